"""The attorney's queue: what waits, read against the template, approved or returned, one after the other."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centro.clinic.actions import cases, papers
from centro.clinic.actions import facts as telling
from centro.clinic.actions.money import make_plan
from centro.clinic.choices import Route
from centro.clinic.models import ApprovingAttorney, Fact, Letter, LetterState, Matter
from centro.clinic.queries import papers as known
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Document, Event, Task, User
from centro.core.policy import Actor
from tests.web.clinic.conftest import SAID, OpenMatter, Tell
from tests.web.clinic.paperwork import draft, printed
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
ACTOR = Callable[[Role], Actor]
TERMS = {
    "settled_on": ("2026-09-01", ""),
    "installment_amount": ("100000", ""),
    "installment_due_on": ("2026-11-15", ""),
    "pay_by": ("2026-12-05", ""),
    "pay_to": ("a check to me", "저에게 수표로"),
}


@pytest.fixture
def waits(supervised: Matter, tell: Tell, actor: ACTOR, seen_by: SeenBy) -> Callable[[], Letter]:
    """A default notice that was put before the attorney."""
    tell(supervised.case, **SAID)
    tell(supervised.case, **TERMS)

    def ask() -> Letter:
        by = actor(Role.COUNSELLOR)
        with seen_by(Role.COUNSELLOR):
            matter = known.matter_in(by, known.get_case(by, supervised.case_id), str(supervised.pk))
            letter = papers.draft_letter(by=by, case=matter.case, kind="default_notice", matter=matter)
            papers.ask_attorney(by=by, letter=known.get_letter(by, letter.pk))
        letter.refresh_from_db()
        return letter

    return ask


def test_a_settlement_holds_the_plan_of_payments_and_waits_for_the_attorney(
    supervised: Matter, tell: Tell, actor: ACTOR, seen_by: SeenBy, sign_in: SignIn
) -> None:
    tell(supervised.case, **SAID)
    tell(supervised.case, settled_on=("2026-12-01", ""), pay_to=TERMS["pay_to"], default_terms=("all is due", "전액"))
    counsellor = sign_in(Role.COUNSELLOR)
    page = draft(counsellor, supervised.case, "settlement", supervised).url
    assert "Payment plan" in counsellor.get(page).content.decode()  # it is missing
    make_plan(
        by=actor(Role.COUNSELLOR), case=supervised.case, matter=supervised, cents=1_000_001,
        first_on=date(2027, 1, 31), count=3, every="month", note="",
    )  # fmt: skip
    counsellor.post(f"{page}issue/")
    assert not Document.objects.exists()
    counsellor.post(f"{page}ask/")
    approve(sign_in(Role.ATTORNEY), Letter.objects.get())
    counsellor.post(f"{page}issue/")
    letter = Letter.objects.get()
    english, korean = (printed(actor, seen_by, paper) for paper in (letter.document, letter.mirror_document))
    assert "1 January 31, 2027 $3,333.3" in english
    assert "2 February 28, 2027 $3,333.3" in english
    assert "Total $10,000.01" in english
    assert "The employer pays the worker $10,000.01" in english
    assert "When the last part has come, and not before" in english
    assert "Ada Park" in english
    assert "합계 $10,000.01" in korean
    assert "2027년 1월 31일" in korean


def test_without_an_attorney_no_settlement_is_offered(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter, client = open_matter(Route.WAGE_CLAIM), sign_in(Role.COUNSELLOR)
    assert "Settlement agreement" not in client.get(reverse("clinic:papers", args=[matter.case_id])).content.decode()
    assert draft(client, matter.case, "settlement", matter).status_code == 404


def approve(client: Client, letter: Letter) -> Any:
    return client.post(reverse("clinic:approve_letter", args=[letter.pk]), {"version": letter.version})


def test_a_letter_that_applies_the_law_leaves_only_approved(
    waits: Callable[[], Letter], sign_in: SignIn, cast: dict[Role, User]
) -> None:
    letter, counsellor, attorney = waits(), sign_in(Role.COUNSELLOR), sign_in(Role.ATTORNEY)
    assert letter.state == LetterState.WAITING
    counsellor.post(reverse("clinic:issue_letter", args=[letter.pk]))
    assert not Document.objects.exists()
    page = attorney.get(reverse("clinic:approvals")).content.decode()
    assert "Notice of a missed payment" in page
    assert "$1,000.00" in page
    assert "저에게 수표로" in page
    assert "Word for word as the lawyers wrote it." in page
    assert approve(attorney, letter).url == reverse("clinic:approvals")
    letter.refresh_from_db()
    assert letter.state == LetterState.APPROVED
    assert letter.decided_by == ApprovingAttorney.objects.get(user=cast[Role.ATTORNEY])
    counsellor.post(reverse("clinic:issue_letter", args=[letter.pk]))
    assert Document.objects.count() == 2
    kinds = ["letter.drafted", "letter.asked", "letter.approved", "letter.issued"]
    assert (
        list(Event.objects.filter(kind__startswith="letter.").order_by("seq").values_list("kind", flat=True)) == kinds
    )


def test_the_next_one_follows_at_once(waits: Callable[[], Letter], sign_in: SignIn) -> None:
    first, second = sorted((waits(), waits()), key=lambda letter: letter.pk)  # both were asked at one instant
    attorney = sign_in(Role.ATTORNEY)
    page = attorney.get(reverse("clinic:approvals")).content.decode()
    assert "2 papers wait" in page
    assert str(first.pk) in page
    later = attorney.get(reverse("clinic:approvals"), {"after": str(first.pk)}).content.decode()
    assert reverse("clinic:approve_letter", args=[second.pk]) in later
    following = attorney.post(
        reverse("clinic:approve_letter", args=[first.pk]), {"version": first.version}, follow=True
    ).content.decode()
    assert "1 paper waits" in following
    assert reverse("clinic:approve_letter", args=[second.pk]) in following
    assert (
        "Nothing waits"
        in attorney.post(
            reverse("clinic:approve_letter", args=[second.pk]), {"version": second.version}, follow=True
        ).content.decode()
    )


def test_a_returned_letter_comes_back_with_its_reason(
    waits: Callable[[], Letter], sign_in: SignIn, cast: dict[Role, User], seen_by: SeenBy
) -> None:
    letter, attorney = waits(), sign_in(Role.ATTORNEY)
    send_back = reverse("clinic:return_letter", args=[letter.pk])
    empty = attorney.post(send_back, {"version": letter.version, "reason": ""})
    assert empty.status_code == 422
    assert "This field is required" in empty.content.decode()
    attorney.post(send_back, {"version": letter.version, "reason": "Name the settlement day in words."})
    page = sign_in(Role.COUNSELLOR).get(reverse("clinic:letter", args=[letter.pk])).content.decode()
    assert "Name the settlement day in words." in page
    assert "Ask Ada Park to approve" in page
    assert Task.objects.filter(owner=cast[Role.COUNSELLOR], about=letter.case_id).count() == 1


def test_two_attorneys_settle_one_letter_once(waits: Callable[[], Letter], sign_in: SignIn) -> None:
    letter, attorney = waits(), sign_in(Role.ATTORNEY)
    approve(attorney, letter)
    answer = attorney.post(
        reverse("clinic:return_letter", args=[letter.pk]),
        {"version": letter.version, "reason": "Too late"},
        follow=True,
    )
    assert "Somebody else settled this paper meanwhile." in answer.content.decode()
    assert Letter.objects.get(pk=letter.pk).state == LetterState.APPROVED


def test_a_fact_that_changed_after_approval_stops_the_letter(
    waits: Callable[[], Letter], sign_in: SignIn, actor: ACTOR, seen_by: SeenBy
) -> None:
    letter, counsellor = waits(), sign_in(Role.COUNSELLOR)
    approve(sign_in(Role.ATTORNEY), letter)
    with seen_by(Role.COUNSELLOR):
        fact = Fact.objects.get(what="installment_amount")
        telling.tell_fact(
            by=actor(Role.COUNSELLOR), case=letter.case, code=fact.what, value="90000", version=fact.version
        )
    answer = counsellor.post(reverse("clinic:issue_letter", args=[letter.pk]), follow=True).content.decode()
    assert "A fact changed after the attorney read this paper. Please ask again." in answer
    assert not Document.objects.exists()
    counsellor.post(reverse("clinic:ask_attorney", args=[letter.pk]))
    assert Letter.objects.get(pk=letter.pk).state == LetterState.WAITING


def test_what_was_reworded_is_marked_for_the_attorney(supervised: Matter, tell: Tell, sign_in: SignIn) -> None:
    counsellor = sign_in(Role.COUNSELLOR)
    tell(supervised.case, **SAID, **TERMS)
    counsellor.post(
        reverse("clinic:draft_letter", args=[supervised.case_id]), {"kind": "default_notice", "matter": supervised.pk}
    )
    letter = Letter.objects.get()
    body = known.template_text(letter, "en").replace("has not come", "never came")
    counsellor.post(
        reverse("clinic:edit_letter", args=[letter.pk]),
        {"body": body, "mirror": known.template_text(letter, "ko"), "version": letter.version},
    )
    counsellor.post(reverse("clinic:ask_attorney", args=[letter.pk]))
    page = sign_in(Role.ATTORNEY).get(reverse("clinic:approvals")).content.decode()
    assert "<del>has not come.</del><ins>never came.</ins>" in page


def test_without_a_named_attorney_nothing_can_be_asked(
    open_matter: OpenMatter, tell: Tell, sign_in: SignIn, actor: ACTOR, cast: dict[Role, User], seen_by: SeenBy
) -> None:
    matter = open_matter(Route.WAGE_CLAIM)
    with seen_by(Role.MANAGER):
        cases.set_attorney(by=actor(Role.MANAGER), matter=matter, status="supervised", attorney=cast[Role.ATTORNEY])
    tell(matter.case, **SAID, **TERMS)
    counsellor = sign_in(Role.COUNSELLOR)
    counsellor.post(
        reverse("clinic:draft_letter", args=[matter.case_id]), {"kind": "default_notice", "matter": matter.pk}
    )
    letter = Letter.objects.get()
    answer = counsellor.post(reverse("clinic:ask_attorney", args=[letter.pk]), follow=True).content.decode()
    assert "No approving attorney stands behind this matter." in answer
    assert (
        "You are not named as an approving attorney yet."
        in sign_in(Role.ATTORNEY).get(reverse("clinic:approvals")).content.decode()
    )


def test_nothing_is_shown_to_an_attorney_without_the_consent_of_the_worker(
    supervised: Matter, tell: Tell, sign_in: SignIn
) -> None:
    counsellor, person = sign_in(Role.COUNSELLOR), supervised.case.person
    person.consents.update(withdrawn_at=clock.now())
    tell(supervised.case, **SAID, **TERMS)
    counsellor.post(
        reverse("clinic:draft_letter", args=[supervised.case_id]), {"kind": "default_notice", "matter": supervised.pk}
    )
    letter = Letter.objects.get()
    answer = counsellor.post(reverse("clinic:ask_attorney", args=[letter.pk]), follow=True).content.decode()
    assert "The worker has not agreed to show the file to an attorney." in answer
    assert Letter.objects.get().state == LetterState.DRAFT
    assert "Nothing waits" in sign_in(Role.ATTORNEY).get(reverse("clinic:approvals")).content.decode()


def test_an_attorney_whose_protocol_ended_approves_nothing(
    waits: Callable[[], Letter], sign_in: SignIn, clock: Any
) -> None:
    letter = waits()
    row = ApprovingAttorney.objects.get()
    answer = sign_in(Role.MANAGER).post(reverse("clinic:end_approver", args=[row.pk]))
    assert answer.status_code == 302
    assert approve(sign_in(Role.ATTORNEY), letter).status_code == 404
    assert Letter.objects.get(pk=letter.pk).state == LetterState.WAITING


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.MANAGER, Role.FRONT_DESK, Role.DIRECTOR])
def test_nobody_else_approves(waits: Callable[[], Letter], sign_in: SignIn, role: Role) -> None:
    letter, client = waits(), sign_in(role)
    assert client.get(reverse("clinic:approvals")).status_code == 404
    assert approve(client, letter).status_code == 404


def test_outsiders_are_asked_to_sign_in(client: Client) -> None:
    for name in ("approvals", "approvers"):
        assert "/login/" in client.get(reverse(f"clinic:{name}")).url


def test_the_queue_is_walked_and_does_not_jump_back(waits: Callable[[], Letter], sign_in: SignIn) -> None:
    letters, attorney = [waits() for _ in range(4)], sign_in(Role.ATTORNEY)
    for minute, letter in enumerate(letters):
        Letter.objects.filter(pk=letter.pk).update(asked_at=clock.now() + timedelta(minutes=minute))
    first, second, third, fourth = (letter.pk for letter in letters)

    def read(**where: Any) -> Any:
        return attorney.get(reverse("clinic:approvals"), where).context["letter"].pk

    assert read() == first
    assert read(after=first) == second
    assert read(after=fourth) == first
    assert read(before=second) == first
    assert read(before=first) == fourth
    assert read(after="nonsense") == first
    sent = {"version": letters[1].version, "then": str(third)}
    answer = attorney.post(reverse("clinic:approve_letter", args=[second]), sent)
    assert answer.headers["Location"] == f"{reverse('clinic:approvals')}?at={third}"
    assert read(at=third) == third
    assert read(at=second) == first
    sent = {"version": letters[2].version, "then": "//evil.example", "reason": "Say the amount first."}
    assert attorney.post(reverse("clinic:return_letter", args=[third]), sent).headers["Location"] == reverse(
        "clinic:approvals"
    )


def test_however_many_wait_one_is_opened(
    waits: Callable[[], Letter], sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    letter, attorney = waits(), sign_in(Role.ATTORNEY)
    attorney.get(reverse("clinic:approvals"))
    with CaptureQueriesContext(connection) as alone:
        attorney.get(reverse("clinic:approvals"))
    rows = [
        Letter(case_id=letter.case_id, matter_id=letter.matter_id, kind="default_notice", state=LetterState.WAITING,
               language="ko", text_version="x", asked_at=clock.now() + timedelta(minutes=1))
        for _ in range(200)
    ]  # fmt: skip
    Letter.objects.bulk_create(rows)
    with django_assert_max_num_queries(len(alone)):
        page = attorney.get(reverse("clinic:approvals"))
    assert "201 papers wait" in page.content.decode()
    assert len(alone) <= 40


# --- who approves -----------------------------------------------------------------------------------------------------


def test_a_manager_names_an_attorney(sign_in: SignIn, cast: dict[Role, User]) -> None:
    manager, sent = sign_in(Role.MANAGER), {
        "user": str(cast[Role.ATTORNEY].pk),
        "name": "Ada Park",
        "bar_number": "123456",
        "organization": "Partner Law",
        "protocol_on": str(clock.today()),
    }  # fmt: skip
    assert manager.post(reverse("clinic:approvers"), sent).status_code == 302
    page = manager.get(reverse("clinic:approvers")).content.decode()
    assert "Ada Park" in page
    assert "State Bar 123456" in page
    assert "Partner Law" in page
    assert Event.objects.filter(kind="approver.named").exists()
    assert "Ada Park" in sign_in(Role.ATTORNEY).get(reverse("clinic:approvers")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"bar_number": "12A"}, "digits only"),
        ({"protocol_on": str(clock.today() + timedelta(days=400))}, "check the year"),
        ({"user": "nobody"}, "not one of the available choices"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_a_profile_that_is_not_whole_stays_on_the_form(
    sign_in: SignIn, cast: dict[Role, User], wrong: dict[str, str], words: str
) -> None:
    sent = {"user": str(cast[Role.ATTORNEY].pk), "name": "A", "bar_number": "123456", "protocol_on": "2026-11-01"}
    answer = sign_in(Role.MANAGER).post(reverse("clinic:approvers"), {**sent, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ApprovingAttorney.objects.exists()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.FRONT_DESK, Role.ORGANIZER])
def test_others_do_not_see_who_approves(sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get(reverse("clinic:approvers")).status_code == 404
