"""Which laws cover a worker: a ride-share driver and a domestic worker in three languages, on page and paper."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from centro.clinic.models import Intake
from centro.core.classes import Role
from tests.pdf import text_of
from tests.web.clinic.asking import address, agree, begin, cleared, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]

RIDE_SHARE = {
    "work": {"work": "app_driving", "job_title": "driver"},
    "boss": {"label": "contractor"},
    "app": {
        "app_kind": "ride_hail",
        "app_sets_hours": "no",
        "app_forces_accepting": "no",
        "app_bars_other_apps": "no",
        "app_bars_other_work": "no",
    },
}
DOMESTIC = {
    "work": {"work": "home"},
    "boss": {"label": "employee"},
    "home": {"hired_by": "family", "home_duties": "house", "live_in": "no"},
}
# By language: a word of each group's answer that must be on the page.
DRIVER_WORDS = {
    "es": ("garantizar", "empleado", "AB 1340"),
    "ko": ("120%", "계약자", "AB 1340"),
    "en": ("120", "contractor", "AB 1340"),
}


def covered(client: Client, language: str, answers: dict[str, dict[str, Any]]) -> tuple[Intake, str]:
    intake = cleared(client)
    Intake.objects.filter(pk=intake.pk).update(asked_in=language)
    told(client, intake, answers)
    return intake, client.get(address(intake, "coverage/")).content.decode()


def groups_on(page: str) -> dict[str, str]:
    """The text of each group of laws on the page."""
    found = {}
    for piece in page.split('<section class="card stack" id="')[1:]:
        code, _quote, rest = piece.partition('"')
        found[code] = rest.partition("</section>")[0]
    return found


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_a_ride_share_driver(sign_in: SignIn, language: str) -> None:
    _intake, page = covered(sign_in(Role.FRONT_DESK), language, RIDE_SHARE)
    groups = groups_on(page)
    assert "7453" in groups["protected"]
    assert "1182.12" in groups["left_out"]
    assert "§ 510" in groups["left_out"]
    assert "203(e)" in groups["unsettled"]
    assert "AB 1340" in page
    assert 'id="both"' not in page
    for word in DRIVER_WORDS[language][1:]:
        assert word in page


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_a_domestic_worker(sign_in: SignIn, language: str) -> None:
    _intake, page = covered(sign_in(Role.FRONT_DESK), language, DOMESTIC)
    groups = groups_on(page)
    for citation in ("1182.12", "§ 510", "226.7", "206, 213(a)", "207, 213(a)"):
        assert citation in groups["protected"], citation
    assert "152(2)" in groups["left_out"]
    assert "232" in groups["left_out"]


def test_english_stands_beside_the_workers_language(sign_in: SignIn) -> None:
    _intake, page = covered(sign_in(Role.FRONT_DESK), "ko", DOMESTIC)
    assert "캘리포니아 초과수당" in page
    assert "California overtime" in page


def test_a_disputed_contractor_sees_both_answers_side_by_side(sign_in: SignIn) -> None:
    disputed = {
        "work": {"work": "general", "business": "other"},
        "boss": {"label": "contractor"},
        "abc": {"controls_work": "yes", "same_business": "yes", "own_business": "no"},
    }
    _intake, page = covered(sign_in(Role.FRONT_DESK), "es", disputed)
    both = groups_on(page)["both"]
    assert "leaves you out" in both
    assert "protects you" in both


def test_one_answer_that_is_missing_is_asked_for(sign_in: SignIn) -> None:
    answers = {**DOMESTIC, "home": {**DOMESTIC["home"], "live_in": "unknown"}}
    _intake, page = covered(sign_in(Role.FRONT_DESK), "es", answers)
    assert "¿Vive usted en esa casa?" in groups_on(page)["needs_fact"]


@pytest.mark.parametrize(
    ("language", "title", "inside"),
    [
        ("es", "Qué leyes le protegen", "California"),
        ("ko", "어떤 법이 보호하나요", "초과수당"),
        ("en", "Which laws cover you", "overtime"),
    ],
)
def test_the_paper_can_be_read_in_its_language(sign_in: SignIn, language: str, title: str, inside: str) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake, _page = covered(client, language, DOMESTIC)
    paper = client.post(address(intake, "coverage/print/"))
    pdf: Any = client.get(paper.headers["Location"])
    text = text_of(pdf.content)
    assert title in text
    assert inside in text
    assert "§ 510" in text


def test_the_letter_lists_the_days_in_two_languages(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client, "ko")
    against = {"act": "fired", "act_on": "2026-11-09", "act_on-sure": "sure", "because": ["safety_complaint"]}
    told(client, intake, {"name": {"call_me": "민지"}, "against": against})
    paper = client.post(address(intake, "letter/"))
    pdf: Any = client.get(paper.headers["Location"])
    text = text_of(pdf.content)
    assert "놓치면 안 되는 날" in text
    assert "민지" in text
    assert "safety complaint" in text
    assert "OSHA" in text
    intake.refresh_from_db()
    assert intake.letter_offered_at is not None


def test_the_case_keeps_the_page(sign_in: SignIn) -> None:
    client = sign_in(Role.ATTORNEY)
    intake, _page = covered(client, "es", DOMESTIC)
    agree(client, intake, "keep_file")
    told(client, intake, {"where": {"county": "los-angeles"}})
    client.post(address(intake, "finish/"))
    client.post(address(intake, "level/"), {"level": "full", "routes": ["wage_claim"]})
    intake.refresh_from_db()
    page = client.get(f"/clinic/cases/{intake.case_id}/coverage/").content.decode()
    assert "152(2)" in groups_on(page)["left_out"]


def test_visitors_and_others_find_nothing(client: Client, sign_in: SignIn) -> None:
    intake = begin(sign_in(Role.FRONT_DESK))
    assert client.get(address(intake, "coverage/")).status_code == 302
    assert sign_in(Role.ORGANIZER).get(address(intake, "coverage/")).status_code == 404
    assert sign_in(Role.ORGANIZER).post(address(intake, "coverage/print/")).status_code == 404


def test_without_the_kind_of_work_nothing_is_claimed(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake, page = covered(client, "es", {"where": {"county": "los-angeles"}})
    assert groups_on(page) == {}
    assert "First: what kind of work" in page
    answer = client.post(address(intake, "coverage/print/"), follow=True)
    assert "First ask what kind of work it is." in answer.content.decode()


def test_a_question_that_several_laws_wait_for_is_asked_once(sign_in: SignIn) -> None:
    _intake, page = covered(sign_in(Role.FRONT_DESK), "es", {"work": {"work": "home"}})
    assert groups_on(page)["needs_fact"].count("¿Vive usted en esa casa?") == 1
