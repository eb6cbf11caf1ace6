"""Membership: pledge, dues with receipts, reversal, card, lapse and renewal, leaving; and who may not."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from centro.core import clock as center
from centro.core import content
from centro.core.classes import Role
from centro.core.documents.actions import render as typeset
from centro.core.models import Document, Event, Task
from centro.core.policy import Actor
from centro.organizing.actions import members as actions
from centro.organizing.members import renewals
from centro.organizing.members.choices import Method, Waiver
from centro.organizing.members.dates import months_later
from centro.organizing.models import DuesEntry, Membership
from centro.organizing.queries import members as queries
from centro.people import actions as people
from centro.people.choices import How, Inbox, Purpose
from centro.people.models import Involvement, Message, Person
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.membership import MakeMember

JOIN = {"how": "witnessed", "said_on": "2026-11-20", "dues_cents": "24", "paying": "year", "language": "es"}
PAY = {"cents": "24", "method": "cash", "months": "12", "paid_on": "2026-11-20", "why": ""}


def shown(answer: HttpResponse) -> str:
    return answer.content.decode()


# --- joining ------------------------------------------------------------------------------------------------------


def test_somebody_joins_with_the_pledge_frozen(sign_in: SignIn, add_worker: MakePerson) -> None:
    rosa = add_worker(given="Rosa", language="es")
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/members/{rosa.pk}/"
    assert "Not a member yet." in shown(organizer.get(path))
    assert "Me hago miembro" in shown(organizer.get(f"{path}join/"))
    assert organizer.post(f"{path}join/", JOIN).status_code == 302
    row, text = Membership.objects.get(), content.text("pledges", "membership", "es")
    assert (row.state, row.pledge_version, row.pledge_language) == ("pending", text.version, "es")
    assert row.pledge_digest == sha256(text.body_markdown.encode()).hexdigest()
    assert row.witness is not None
    assert row.witness.username == "test-organizer"
    assert Event.objects.filter(kind="member.asked", person=rosa.pk).exists()
    assert Person.objects.get(pk=rosa.pk).member_number_mark
    assert organizer.post(f"{path}join/", JOIN).status_code == 422


def test_a_number_from_before_is_kept(make_member: MakeMember, seen_by: Any) -> None:
    row = make_member(given="Ana", member_number="A-17")
    with seen_by(Role.FRONT_DESK):
        assert Person.objects.visible_to(_desk(), "see").get(pk=row.person_id).member_number == "A-17"


def _desk() -> Actor:
    from centro.core.models import User

    return Actor(user_id=User.objects.get(username="test-front_desk").pk, role=Role.FRONT_DESK)


@pytest.mark.parametrize(
    "bad",
    [
        {"how": ""}, {"how": "dreamt"}, {"said_on": "2027-01-01"}, {"said_on": "soon"}, {"dues_cents": "much"},
        {"dues_cents": "99999"}, {"paying": "never"}, {"interest": "SSN 123-45-6789"},
    ],
)  # fmt: skip
def test_a_bad_pledge_stays_on_the_form(bad: dict[str, str], sign_in: SignIn, add_worker: MakePerson) -> None:
    path = f"/organizing/members/{add_worker().pk}/join/"
    assert sign_in(Role.ORGANIZER).post(path, {**JOIN, **bad}).status_code == 422
    assert not Membership.objects.exists()


# --- dues ---------------------------------------------------------------------------------------------------------


def test_the_first_dues_make_a_member_and_receipts_are_numbered(sign_in: SignIn, make_member: MakeMember) -> None:
    row, other = make_member(), make_member(given="Ana")
    desk = sign_in(Role.FRONT_DESK)
    assert desk.post(f"/organizing/members/{row.person_id}/pay/", PAY).status_code == 302
    assert desk.post(f"/organizing/members/{other.person_id}/pay/", {**PAY, "months": "3"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.paid_until) == ("active", date(2027, 11, 19))
    assert list(DuesEntry.objects.order_by("number").values_list("number", "cents")) == [(1, 2400), (2, 2400)]
    assert Event.objects.filter(kind="member.joined", person=row.person_id).exists()
    assert "Receipt 1" in shown(desk.get(f"/organizing/members/{row.person_id}/"))


def test_installments_follow_each_other(make_member: MakeMember, actor: Acting) -> None:
    row, by = make_member(), actor(Role.ORGANIZER)
    for _ in range(4):
        actions.pay(by=by, membership=row, cents=600, method=Method.CASH, months=3, paid_on=date(2026, 11, 20))
    assert row.paid_until == date(2027, 11, 19)
    starts = DuesEntry.objects.order_by("number").values_list("covers_from", flat=True)
    assert list(starts) == [date(2026, 11, 20), date(2027, 2, 20), date(2027, 5, 20), date(2027, 8, 20)]


def test_two_desks_that_take_dues_at_once_follow_each_other(make_member: MakeMember, actor: Acting) -> None:
    row, by, today = make_member(), actor(Role.ORGANIZER), center.today()
    desks = [Membership.objects.get(pk=row.pk) for _ in range(2)]  # both opened the page before either paid
    told: dict[str, Any] = {"cents": 200, "method": Method.CASH, "months": 1, "paid_on": today}
    first, second = (actions.pay(by=by, membership=desk, **told) for desk in desks)
    assert second.covers_from == first.covers_until + timedelta(days=1)
    assert Membership.objects.get().paid_until == second.covers_until
    assert Event.objects.filter(kind="member.joined").count() == 1
    with CaptureQueriesContext(connection) as asked:
        actions.pay(by=by, membership=desks[0], **told)
    assert any("FOR UPDATE" in query["sql"] for query in asked) == connection.features.has_select_for_update


def test_after_a_long_gap_it_begins_anew(make_member: MakeMember, actor: Acting, clock: Any) -> None:
    row = make_member(until=center.today())
    clock.shift(timedelta(days=200))
    day = center.today()
    actions.pay(by=actor(Role.ORGANIZER), membership=row, cents=200, method=Method.CASH, months=1, paid_on=day)
    assert DuesEntry.objects.order_by("-number").first().covers_from == day  # type: ignore[union-attr]


def test_waived_dues_need_a_reason_and_no_amount(sign_in: SignIn, make_member: MakeMember) -> None:
    row = make_member()
    desk, path = sign_in(Role.FRONT_DESK), f"/organizing/members/{row.person_id}/pay/"
    for bad in ({"why": "", "cents": ""}, {"why": "hardship", "cents": "5"}):
        assert desk.post(path, {**PAY, "method": "waived", **bad}).status_code == 422
    assert desk.post(path, {**PAY, "method": "waived", "why": "hardship", "cents": ""}).status_code == 302
    entry = DuesEntry.objects.get()
    assert (entry.cents, entry.why) == (0, "hardship")
    row.refresh_from_db()
    assert row.state == "active"


@pytest.mark.parametrize(
    "bad",
    [
        {"cents": ""}, {"cents": "0"}, {"cents": "-5"}, {"cents": "x"}, {"cents": "99999"}, {"method": "gold"},
        {"months": "7"}, {"paid_on": "2027-01-01"}, {"paid_on": ""},
    ],
)  # fmt: skip
def test_bad_dues_stay_on_the_form(bad: dict[str, str], sign_in: SignIn, make_member: MakeMember) -> None:
    row = make_member()
    answer = sign_in(Role.FRONT_DESK).post(f"/organizing/members/{row.person_id}/pay/", {**PAY, **bad})
    assert answer.status_code == 422
    assert not DuesEntry.objects.exists()


def test_a_wrong_line_is_taken_back_by_another(sign_in: SignIn, make_member: MakeMember) -> None:
    row, desk = make_member(), sign_in(Role.FRONT_DESK)
    desk.post(f"/organizing/members/{row.person_id}/pay/", PAY)
    entry = DuesEntry.objects.get()
    for _ in range(2):
        desk.post(f"/organizing/dues/{entry.pk}/reverse/")
    assert sorted(DuesEntry.objects.values_list("cents", flat=True)) == [-2400, 2400]
    row.refresh_from_db()
    assert (row.state, row.paid_until) == ("pending", None)
    desk.post(f"/organizing/dues/{DuesEntry.objects.get(cents=-2400).pk}/reverse/")
    assert DuesEntry.objects.count() == 2


def test_sums_have_no_names_and_only_for_those_who_answer(sign_in: SignIn, make_member: MakeMember) -> None:
    row = make_member(until=center.today() + timedelta(days=100))
    for role, status in (
        (Role.MANAGER, 200),
        (Role.DIRECTOR, 200),
        (Role.FRONT_DESK, 404),
        (Role.ORGANIZER, 404),
        (Role.VOLUNTEER, 404),
    ):
        answer = sign_in(role).get("/organizing/members/totals/")
        assert answer.status_code == status
        if status == 200:
            assert "$24.00" in shown(answer)
            assert "Quispe" not in shown(answer)
    Person.objects.filter(pk=row.person_id).delete()
    assert "$24.00" in shown(sign_in(Role.DIRECTOR).get("/organizing/members/totals/"))


# --- papers -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_receipt_card_and_pledge_are_printed(language: str, sign_in: SignIn, make_member: MakeMember) -> None:
    row = make_member(until=center.today() + timedelta(days=100), language=language, native="김로사")
    desk, entry = sign_in(Role.FRONT_DESK), DuesEntry.objects.get()
    paths = [f"dues/{entry.pk}/receipt/", f"members/{row.person_id}/card/", f"members/{row.person_id}/pledge/"]
    for path in paths:
        answer = desk.post(f"/organizing/{path}")
        assert answer.status_code == 302
        assert b"".join(desk.get(answer.url)).startswith(b"%PDF")
    assert set(Document.objects.values_list("kind", "language")) == {
        (kind, language) for kind in ("dues_receipt", "member_card", "pledge")
    }


def test_the_card_holds_a_random_code_and_no_address(
    sign_in: SignIn, make_member: MakeMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[Any] = []

    def seen(template: str, data: Any, language: str, **rest: Any) -> bytes:
        pages.append(data)
        return typeset(template, data, language, **rest)

    monkeypatch.setattr("centro.core.documents.actions.render", seen)
    row = make_member(until=center.today(), street="12 Magpie Street")
    desk = sign_in(Role.FRONT_DESK)
    desk.post(f"/organizing/members/{row.person_id}/card/")
    first = Membership.objects.get().card_mark
    desk.post(f"/organizing/members/{row.person_id}/card/")
    assert bytes(Membership.objects.get().card_mark or b"") != bytes(first or b"")
    assert "Magpie" not in str(pages)
    assert str(row.pk) not in str(pages[0]["code"])
    assert len(pages[0]["letters"].replace("-", "")) == 12


# --- time, leaving ------------------------------------------------------------------------------------------------

JOB = Actor(system="test")


def test_dues_that_run_out_make_a_task_and_a_text_once(make_member: MakeMember, actor: Acting, seen_by: Any) -> None:
    row = make_member(until=center.today() + timedelta(days=20), phone="+12135550170", language="es")
    row.person.phones.update(text_ok=True)
    words = {"text": "?", "text_version": "1", "language": "es", "how": How.SPOKEN}
    people.give_consent(by=actor(Role.ORGANIZER), person=row.person, purpose=Purpose.TEXT, **words)
    assert [renewals.remind(by=JOB) for _ in range(3)] == [1, 0, 0]
    assert Task.objects.filter(about=row.person_id).count() == 1
    text = Message.objects.get()
    assert (text.person_id, text.inbox) == (row.person_id, Inbox.ORGANIZING)
    assert Event.objects.filter(kind="member.reminded", person=row.person_id).count() == 1


def test_the_desk_reads_the_answer_of_a_member_whom_nobody_in_organizing_sees(
    make_member: MakeMember, actor: Acting
) -> None:
    row = make_member(until=center.today() + timedelta(days=20), phone="+12135550170", language="es")
    row.person.phones.update(text_ok=True)
    words = {"text": "?", "text_version": "1", "language": "es", "how": How.SPOKEN}
    people.give_consent(by=actor(Role.ORGANIZER), person=row.person, purpose=Purpose.TEXT, **words)
    Involvement.objects.update(until=center.now())
    Person.objects.update(in_care_of=None)
    renewals.remind(by=JOB)
    assert Message.objects.get().inbox == Inbox.DESK


def test_without_consent_there_is_a_task_alone(make_member: MakeMember) -> None:
    row = make_member(until=center.today() + timedelta(days=20), phone="+12135550170")
    renewals.remind(by=JOB)
    assert Task.objects.filter(about=row.person_id).count() == 1
    assert not Message.objects.exists()


def test_who_has_paid_far_ahead_is_left_in_peace(make_member: MakeMember) -> None:
    make_member(until=center.today() + timedelta(days=31))
    assert renewals.remind(by=JOB) == 0
    assert not Task.objects.exists()


def test_sixty_days_later_they_have_lapsed_and_paying_brings_them_back(
    make_member: MakeMember, actor: Acting, clock: Any
) -> None:
    row = make_member(until=center.today())
    clock.shift(timedelta(days=60))
    assert renewals.lapse(by=JOB) == 0
    clock.shift(timedelta(days=1))
    assert [renewals.lapse(by=JOB), renewals.lapse(by=JOB)] == [1, 0]
    row.refresh_from_db()
    assert (row.state, row.lapsed_on) == ("lapsed", center.today())
    by = actor(Role.ORGANIZER)
    actions.waive(by=by, membership=row, why=Waiver.HARDSHIP, months=12, paid_on=center.today())
    assert row.state == "active"


def test_leaving_ends_the_card_and_joining_again_is_possible(sign_in: SignIn, make_member: MakeMember) -> None:
    row, desk = make_member(until=center.today()), sign_in(Role.FRONT_DESK)
    desk.post(f"/organizing/members/{row.person_id}/card/")
    assert desk.post(f"/organizing/members/{row.person_id}/leave/", {"why": "party"}).status_code == 302
    assert Membership.objects.get().state == "active"
    desk.post(f"/organizing/members/{row.person_id}/leave/", {"why": "moved"})
    left = Membership.objects.get()
    assert (left.state, left.left_why, left.card_mark) == ("left", "moved", None)
    assert desk.get(f"/organizing/members/{row.person_id}/pay/").status_code == 404
    assert desk.post(f"/organizing/members/{row.person_id}/join/", JOIN).status_code == 302
    assert Membership.objects.get().state == "pending"


def test_two_edits_of_the_terms_meet(sign_in: SignIn, make_member: MakeMember) -> None:
    row, organizer = make_member(), sign_in(Role.ORGANIZER)
    path = f"/organizing/members/{row.person_id}/edit/"
    sent = {"dues_cents": "12", "paying": "month", "interest": "Kitchen", "version": "1"}
    assert organizer.post(path, sent).status_code == 302
    assert organizer.post(path, {**sent, "dues_cents": "30"}).status_code == 422
    assert Membership.objects.get().dues_cents == 1200
    page = organizer.post(path, {**sent, "dues_cents": "much"}).content.decode()
    assert 'name="version" value="1"' in page  # saving the mended form meets the other edit all the same


# --- who may not --------------------------------------------------------------------------------------------------


def test_members_of_others_are_not_there(sign_in: SignIn, make_member: MakeMember) -> None:
    row = make_member(until=center.today())
    other = signed_in(user_as(Role.ORGANIZER, "elsewhere"))
    entry = DuesEntry.objects.get()
    for path in ("", "join/", "edit/", "pay/"):
        assert other.get(f"/organizing/members/{row.person_id}/{path}").status_code == 404
    for path in (f"dues/{entry.pk}/reverse/", f"dues/{entry.pk}/receipt/", f"members/{row.person_id}/card/"):
        assert other.post(f"/organizing/{path}").status_code == 404
    assert "Quispe" not in shown(other.get("/organizing/members/"))
    assert DuesEntry.objects.count() == 1
    for role in (Role.VOLUNTEER, Role.COUNSELLOR, Role.ADMIN, Role.STEWARD):
        assert sign_in(role).get("/organizing/members/").status_code == 404
        assert sign_in(role).get(f"/organizing/members/{row.person_id}/").status_code == 404
    director = sign_in(Role.DIRECTOR)
    assert director.get(f"/organizing/members/{row.person_id}/pay/").status_code == 404


def test_the_list_filters_and_asks_few_questions(
    sign_in: SignIn, make_member: MakeMember, django_assert_max_num_queries: Any
) -> None:
    for at in range(6):
        make_member(given=f"M{at}", until=center.today() + timedelta(days=20 * at))
    make_member(given="Pending")
    organizer = sign_in(Role.ORGANIZER)
    with django_assert_max_num_queries(25):
        page = shown(organizer.get("/organizing/members/"))
    assert page.index("Pending") < page.index("M0 ") < page.index("M5 ")
    due = shown(organizer.get("/organizing/members/?due=on"))
    assert "M1 " in due
    assert "M2 " not in due
    assert "M5 " not in shown(organizer.get("/organizing/members/?state=pending"))
    assert organizer.get("/organizing/members/?state=odd&page=x").status_code == 200


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 20), 12, date(2027, 11, 20)),
    ],
)
def test_months_are_counted_as_people_do(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_number_or_card_finds_the_member(make_member: MakeMember, actor: Acting) -> None:
    row = make_member(until=center.today())
    code = actions.make_card(by=actor(Role.ORGANIZER), membership=row)
    found = queries.member_by_code(actor(Role.MANAGER), f" {code[:4].lower()}-{code[4:]} ")
    assert found == row
    assert queries.member_by_code(actor(Role.MANAGER), "ABCD") is None
    assert queries.member_by_code(actor(Role.MANAGER), "") is None
