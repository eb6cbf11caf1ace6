"""Where a member stands: what a line taken back says of somebody who left, and two files of one member."""

from datetime import timedelta
from typing import Any

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Task
from centro.core.policy import system
from centro.organizing.actions import committees
from centro.organizing.actions import members as actions
from centro.organizing.members import renewals
from centro.organizing.models import DuesEntry, Membership
from centro.organizing.queries import members as queries
from centro.people import merge
from centro.people.models import Person
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting
from tests.web.organizing.membership import MakeMember
from tests.web.organizing.test_event_people import merged

YEAR = timedelta(days=365)


def test_taking_a_payment_back_makes_nobody_a_member_who_left(sign_in: SignIn, make_member: MakeMember) -> None:
    row, desk = make_member(until=center.today() + YEAR), sign_in(Role.FRONT_DESK)
    desk.post(f"/organizing/members/{row.person_id}/pay/", {"cents": "24", "method": "cash", "months": "12",
                                                            "paid_on": f"{center.today()}", "why": ""})  # fmt: skip
    newest, first = DuesEntry.objects.all()
    desk.post(f"/organizing/members/{row.person_id}/leave/", {"why": "moved"})
    for entry, until in ((newest, first.covers_until), (first, None)):
        desk.post(f"/organizing/dues/{entry.pk}/reverse/")
        row.refresh_from_db()
        assert (row.state, row.paid_until, row.left_on) == ("left", until, center.today())


def test_nobody_leaves_without_a_reason_and_the_page_says_so(sign_in: SignIn, make_member: MakeMember) -> None:
    path = f"/organizing/members/{make_member().person_id}/"
    for sent in ({}, {"why": "party"}):
        answer = sign_in(Role.FRONT_DESK).post(f"{path}leave/", sent, follow=True)
        assert "Please choose why they leave." in answer.content.decode()
    assert Membership.objects.get().state == "pending"


def one_of_two(actor: Acting, seen_by: Any, kept: Membership, gone: Membership) -> tuple[Membership, Any]:
    """The kept membership after its file took over the other one's."""
    people = [Person.objects.get(pk=row.person_id) for row in (kept, gone)]
    done = merged(actor, seen_by, *people)
    kept.refresh_from_db()
    return kept, done


def test_dues_of_both_files_count_for_the_one_who_stays_and_go_back_when_undone(
    make_member: MakeMember, actor: Acting, seen_by: Any
) -> None:
    kept, gone = make_member(given="Rosa"), make_member(given="Rosita", until=center.today() + YEAR)
    row, done = one_of_two(actor, seen_by, kept, gone)
    assert (row.state, row.paid_until) == ("active", center.today() + YEAR)
    assert DuesEntry.objects.get().membership_id == row.pk
    assert queries.count_states(actor(Role.ORGANIZER)) == {"active": 1}
    merge.undo_merge(by=actor(Role.STEWARD), merge=done)
    for one, state in ((kept, "pending"), (gone, "active")):
        one.refresh_from_db()
        assert one.state == state
    assert DuesEntry.objects.get().membership_id == gone.pk


def test_the_dues_outlive_the_hidden_file(make_member: MakeMember, actor: Acting, seen_by: Any, clock: Any) -> None:
    kept, gone = make_member(given="Rosa"), make_member(given="Rosita", until=center.today() + YEAR)
    one_of_two(actor, seen_by, kept, gone)
    clock.shift(merge.UNDO_FOR + timedelta(days=1))
    assert merge.finish_old_merges() == 1
    assert DuesEntry.objects.get().membership_id == kept.pk


def test_who_left_in_one_file_and_is_a_member_in_the_other_is_a_member_until_undone(
    make_member: MakeMember, actor: Acting, seen_by: Any
) -> None:
    kept, gone = make_member(given="Rosa"), make_member(given="Rosita", until=center.today() + YEAR)
    actions.leave(by=actor(Role.ORGANIZER), membership=kept, why=actions.LeftWhy.MOVED)
    row, done = one_of_two(actor, seen_by, kept, gone)
    assert (row.state, row.left_on, row.left_why) == ("active", None, "")
    merge.undo_merge(by=actor(Role.STEWARD), merge=done)
    row.refresh_from_db()
    assert (row.state, row.left_on, row.left_why, row.paid_until) == ("left", center.today(), "moved", None)


def test_a_hidden_file_is_counted_nowhere(make_member: MakeMember, actor: Acting, seen_by: Any) -> None:
    rows = [make_member(given=name, until=center.today() + timedelta(days=9)) for name in ("Rosa", "Rosita")]
    organizer = actor(Role.ORGANIZER)
    code = actions.make_card(by=organizer, membership=rows[1])
    assert queries.member_by_code(organizer, code) == rows[1]
    one_of_two(actor, seen_by, *rows)
    assembly = committees.call_assembly(by=organizer, name="All", held_on=center.today(), percent=50)
    assert assembly.members == 1
    assert queries.member_by_code(organizer, code) is None
    Membership.objects.update(paid_until=center.today() - timedelta(days=61))
    assert renewals.lapse(by=system("test")) == 1


@pytest.mark.parametrize(("language", "words"), [("es", "Hablar de"), ("ko", "회원")])
def test_the_task_to_renew_is_written_in_the_language_of_its_owner(
    language: str, words: str, make_member: MakeMember, cast: Any, actor: Acting, seen_by: Any
) -> None:
    make_member(until=center.today() + timedelta(days=9))
    owner = cast[Role.ORGANIZER]
    owner.language = language
    owner.save()
    Person.objects.update(in_care_of=owner)
    renewals.remind(by=system("test"))
    with seen_by(Role.ORGANIZER):
        assert words in Task.objects.visible_to(actor(Role.ORGANIZER)).get().what
