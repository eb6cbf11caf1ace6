"""Papers: facts confirmed one by one, letters put together from them, issued in two languages and frozen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic.actions import cases, facts
from centro.clinic.choices import Route
from centro.clinic.models import Fact, Letter, LetterState, Matter
from centro.clinic.queries import papers as known
from centro.core.classes import DOTS, Role
from centro.core.models import Document, Event
from centro.core.policy import Actor
from tests.web.clinic.conftest import SAID, OpenCase, OpenMatter, Tell
from tests.web.clinic.paperwork import draft, printed
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
ACTOR = Callable[[Role], Actor]


# --- facts ------------------------------------------------------------------------------------------------------------


def test_a_fact_is_written_in_both_languages_and_confirmed_by_the_worker(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    edit = reverse("clinic:edit_fact", args=[case.pk, "job_title"])
    answer = client.post(edit, {"value": "cook", "told": "조리사", "version": "0"})
    assert answer.url == reverse("clinic:facts", args=[case.pk])
    page = client.get(answer.url).content.decode()
    assert "조리사" in page
    fact = Fact.objects.get()
    assert not fact.is_confirmed
    client.post(reverse("clinic:confirm_fact", args=[case.pk, "job_title"]), {"version": fact.version})
    fact.refresh_from_db()
    assert fact.is_confirmed
    assert fact.confirmed_in == "ko"
    assert set(Event.objects.filter(kind__startswith="fact.").values_list("kind", flat=True)) == {
        "fact.told",
        "fact.confirmed",
    }


def test_what_the_file_knows_is_offered(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    assert "Chung-ho Seo" in client.get(reverse("clinic:edit_fact", args=[case.pk, "worker_name"])).content.decode()
    assert "Hanmat House" in client.get(reverse("clinic:edit_fact", args=[case.pk, "employer_name"])).content.decode()


def test_a_corrected_fact_has_to_be_confirmed_again(open_case: OpenCase, tell: Tell) -> None:
    case = open_case()
    tell(case, first_day=("2022-03-07", ""))
    fact = Fact.objects.get()
    assert fact.is_confirmed
    by = Actor(user_id=case.owner_id, role=Role.COUNSELLOR)
    facts.tell_fact(by=by, case=case, code="first_day", value="2022-03-08", version=fact.version)
    assert not Fact.objects.get().is_confirmed


def test_two_people_correct_one_fact(sign_in: SignIn, open_case: OpenCase, tell: Tell) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    tell(case, employer_address=("1 First Street", ""))
    edit = reverse("clinic:edit_fact", args=[case.pk, "employer_address"])
    client.post(edit, {"value": "2 Second Street", "version": "1"})
    answer = client.post(edit, {"value": "3 Third Street", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 Second Street" in page
    assert "3 Third Street" in page
    assert client.post(edit, {"value": "3 Third Street", "version": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("first_day", "31 February", "Enter a valid date"),
        ("installment_amount", "much", "2,800.50"),
        ("send_to", "my number is 536-90-4399", "536-90-4399"),
        ("union", "perhaps", "not one of the available choices"),
    ],
)
def test_what_cannot_be_kept_stays_on_the_form(
    sign_in: SignIn, open_case: OpenCase, code: str, value: str, words: str
) -> None:
    case = open_case(language="en")
    edit = reverse("clinic:edit_fact", args=[case.pk, code])
    answer = sign_in(Role.COUNSELLOR).post(edit, {"value": value, "version": "0"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Fact.objects.exists()


@pytest.mark.parametrize("code", ["today", "claim_total", "ssn", "immigration"])
def test_what_is_no_fact_has_no_page(sign_in: SignIn, open_case: OpenCase, code: str) -> None:
    case = open_case()
    assert sign_in(Role.COUNSELLOR).get(reverse("clinic:edit_fact", args=[case.pk, code])).status_code == 404


def test_a_fact_is_sealed(open_case: OpenCase, tell: Tell, seen_by: SeenBy) -> None:
    case = open_case()
    tell(case, **SAID)
    assert {str(fact.value) for fact in Fact.objects.all()} == {DOTS}


# --- letters ----------------------------------------------------------------------------------------------------------


def test_a_records_request_is_issued_in_english_and_korean(
    sign_in: SignIn, open_matter: OpenMatter, tell: Tell, actor: ACTOR, seen_by: SeenBy
) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    page = draft(client, matter.case, "records_request", matter)
    shown = client.get(page.url).content.decode()
    assert "조리사" in shown
    letter = Letter.objects.get()
    assert client.post(reverse("clinic:issue_letter", args=[letter.pk])).url == page.url
    letter.refresh_from_db()
    assert letter.state == LetterState.ISSUED
    english, korean = (printed(actor, seen_by, paper) for paper in (letter.document, letter.mirror_document))
    assert "I have worked for you as cook since March 7, 2022." in english
    assert "December 14, 2026" in english
    assert "December 23, 2026" in english
    assert "My last day of work" not in english
    assert "근무 기록 요청서" in korean
    assert "2022년 3월 7일부터" in korean
    assert "조리사" in korean
    assert letter.document.short_id in english
    assert letter.text_version in english
    assert Event.objects.filter(kind="letter.issued", codes=["records_request"]).exists()
    assert client.get(reverse("core:document", args=[letter.document_id])).status_code == 200


def test_a_spanish_mirror_keeps_its_accents(
    sign_in: SignIn, open_case: OpenCase, tell: Tell, actor: ACTOR, seen_by: SeenBy
) -> None:
    case, client = open_case(language="es"), sign_in(Role.COUNSELLOR)
    matter = cases.open_matter(by=actor(Role.COUNSELLOR), case=case, route=Route.RECORDS)
    tell(case, **{**SAID, "job_title": ("car washer", "lavador de autos, año tras año")})
    draft(client, case, "records_request", matter)
    client.post(reverse("clinic:issue_letter", args=[Letter.objects.get().pk]))
    spanish = printed(actor, seen_by, Letter.objects.get().mirror_document)
    assert "Código Laboral, sección 1198.5" in spanish
    assert "año tras año" in spanish


def test_an_english_speaker_gets_one_paper(sign_in: SignIn, open_case: OpenCase, tell: Tell, actor: ACTOR) -> None:
    case, client = open_case(language="en"), sign_in(Role.COUNSELLOR)
    matter = cases.open_matter(by=actor(Role.COUNSELLOR), case=case, route=Route.RECORDS)
    tell(case, **SAID)
    draft(client, case, "records_request", matter)
    client.post(reverse("clinic:issue_letter", args=[Letter.objects.get().pk]))
    assert Letter.objects.get().mirror_document is None
    assert Document.objects.count() == 1


def test_what_the_worker_did_not_confirm_is_not_printed(sign_in: SignIn, open_matter: OpenMatter, tell: Tell) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **{code: said for code, said in SAID.items() if code != "job_title"})
    tell(matter.case, confirmed=False, job_title=("cook", "조리사"))
    page = draft(client, matter.case, "records_request", matter).url
    assert "[Your work]" in client.get(page).content.decode()
    answer = client.post(reverse("clinic:issue_letter", args=[Letter.objects.get().pk]), follow=True)
    assert "This is missing or not confirmed: Your work" in answer.content.decode()
    assert Letter.objects.get().state == LetterState.DRAFT
    assert not Document.objects.exists()


def test_an_issued_paper_stays_as_it_was(
    sign_in: SignIn, open_matter: OpenMatter, tell: Tell, actor: ACTOR, seen_by: SeenBy
) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    draft(client, matter.case, "records_request", matter)
    letter = Letter.objects.get()
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    before = printed(actor, seen_by, Document.objects.order_by("at").first())
    fact = Fact.objects.get(what="job_title")
    with seen_by(Role.COUNSELLOR):
        facts.tell_fact(
            by=actor(Role.COUNSELLOR), case=matter.case, code="job_title", value="baker", version=fact.version
        )
    client.post(reverse("clinic:edit_letter", args=[letter.pk]), {"body": "Nothing.", "mirror": "없음", "version": "2"})
    client.post(reverse("clinic:issue_letter", args=[letter.pk]))
    assert Document.objects.count() == 2
    assert printed(actor, seen_by, Document.objects.order_by("at").first()) == before
    assert "cook" in client.get(reverse("clinic:letter", args=[letter.pk])).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"body": "Dear {{ boss }}", "mirror": "x"}, "There is no field called boss."),
        (
            {"body": "Dear {{ employer_name }}", "mirror": "님"},
            "These fields stand in one language only: employer_name",
        ),
        ({"body": "Dear {{ employer_name", "mirror": "님"}, "Two braces stand alone"),
        ({"body": "", "mirror": "님"}, "This field is required"),
        ({"body": "My SSN is 536-90-4399", "mirror": "님"}, "536-90-4399"),
    ],
)
def test_wording_that_cannot_be_stays_on_the_form(
    sign_in: SignIn, open_matter: OpenMatter, typed: dict[str, str], words: str
) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    draft(client, matter.case, "records_request", matter)
    edit = reverse("clinic:edit_letter", args=[Letter.objects.get().pk])
    answer = client.post(edit, {**typed, "version": "1"})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_wording_is_changed_and_shown_against_the_template(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    draft(client, matter.case, "records_request", matter)
    letter = Letter.objects.get()
    body = known.template_text(letter, "en").replace("Thank you.", "Thank you very much.")
    mirror = known.template_text(letter, "ko")
    edit = reverse("clinic:edit_letter", args=[letter.pk])
    assert client.post(edit, {"body": body, "mirror": mirror, "version": "1"}).status_code == 302
    page = client.get(reverse("clinic:letter_changes", args=[letter.pk])).content.decode()
    assert "<del>you.</del><ins>you very much.</ins>" in page
    second = client.post(edit, {"body": body + "\n\nBye.", "mirror": mirror, "version": "1"})
    assert second.status_code == 422
    assert "Somebody changed this while you were typing" in second.content.decode()


# --- who writes what --------------------------------------------------------------------------------------------------


def test_without_an_attorney_a_demand_letter_does_not_exist(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    page = client.get(reverse("clinic:papers", args=[matter.case_id])).content.decode()
    assert "Request for my work records" in page
    assert "Referral" in page
    assert "Demand" not in page
    assert draft(client, matter.case, "demand", matter).status_code == 404
    assert not Letter.objects.exists()


def test_with_one_it_is_offered(sign_in: SignIn, supervised: Matter) -> None:
    page = sign_in(Role.COUNSELLOR).get(reverse("clinic:papers", args=[supervised.case_id])).content.decode()
    assert "Demand for unpaid wages" in page


def test_a_letter_of_another_route_or_another_case_is_refused(
    sign_in: SignIn, open_matter: OpenMatter, open_case: OpenCase
) -> None:
    matter, other, client = open_matter(Route.RECORDS), open_case(), sign_in(Role.COUNSELLOR)
    assert draft(client, matter.case, "ui_appeal", matter).status_code == 404
    assert draft(client, other, "records_request", matter).status_code == 404
    assert draft(client, matter.case, "../consent/attorney", matter).status_code == 404


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.VOLUNTEER, Role.ATTORNEY])
def test_for_everybody_off_the_team_there_is_nothing(sign_in: SignIn, open_matter: OpenMatter, role: Role) -> None:
    matter = open_matter(Route.RECORDS)
    draft(sign_in(Role.COUNSELLOR), matter.case, "records_request", matter)
    letter, client = Letter.objects.get(), sign_in(role)
    for name, of in (("facts", matter.case_id), ("papers", matter.case_id), ("letter", letter.pk)):
        assert client.get(reverse(f"clinic:{name}", args=[of])).status_code == 404
    for name in ("ask_attorney", "issue_letter", "approve_letter"):
        assert client.post(reverse(f"clinic:{name}", args=[letter.pk])).status_code == 404


@pytest.mark.parametrize("name", ["facts", "papers"])
def test_outsiders_are_asked_to_sign_in(client: Client, open_case: OpenCase, name: str) -> None:
    assert "/login/" in client.get(reverse(f"clinic:{name}", args=[open_case().pk])).url


def test_pages_ask_the_database_little(
    sign_in: SignIn, open_matter: OpenMatter, tell: Tell, django_assert_max_num_queries: Any
) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    for _ in range(5):
        draft(client, matter.case, "records_request", matter)
    for name, of in (("facts", matter.case_id), ("papers", matter.case_id), ("letter", Letter.objects.first().pk)):
        with django_assert_max_num_queries(32):
            client.get(reverse(f"clinic:{name}", args=[of]))
