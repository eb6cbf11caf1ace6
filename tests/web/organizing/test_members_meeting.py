"""Committees with dates; the assembly's quorum; ballots counted twice, without names."""

from datetime import date
from typing import Any

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Event
from centro.organizing.actions import members as actions
from centro.organizing.models import Assembly, Ballot, Committee, Membership, Presence, Seat, Tally
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.organizing.conftest import Acting
from tests.web.organizing.membership import MakeMember
from tests.web.organizing.test_members import shown

COUNT = {"yes": "12", "no": "3", "blank": "1", "spoiled": "0"}


@pytest.fixture
def committee(sign_in: SignIn) -> Committee:
    sign_in(Role.ORGANIZER).post("/organizing/committees/add/", {"name": "Kitchens", "purpose": "Safety"})
    return Committee.objects.get()


@pytest.fixture
def assembly(sign_in: SignIn, make_member: MakeMember) -> Assembly:
    for name in ("Rosa", "Ana", "Luis", "Eva", "Teo", "Ida"):
        make_member(given=name, until=center.today())
    sent = {"name": "Winter", "held_on": "2026-12-12", "percent": "20"}
    assert sign_in(Role.MANAGER).post("/organizing/assemblies/", sent).status_code == 302
    return Assembly.objects.get()


def test_a_member_sits_on_a_committee_and_leaves_it(
    sign_in: SignIn,
    make_member: MakeMember,
    committee: Committee,
) -> None:
    row, organizer = make_member(until=center.today()), sign_in(Role.ORGANIZER)
    for _ in range(2):
        sent = {"committee": committee.pk, "role": "chair"}
        assert organizer.post(f"/organizing/members/{row.person_id}/seat/", sent).status_code == 302
    seat = Seat.objects.get()
    assert "Speaks for the committee" in shown(organizer.get(f"/organizing/committees/{committee.pk}/"))
    organizer.post(f"/organizing/seats/{seat.pk}/end/")
    seat.refresh_from_db()
    assert seat.to_on == center.today()
    assert Event.objects.filter(kind="member.unseated", person=row.person_id).count() == 1


def test_only_members_sit(sign_in: SignIn, make_member: MakeMember, committee: Committee) -> None:
    row = make_member()
    sent = {"committee": committee.pk, "role": "member"}
    assert sign_in(Role.ORGANIZER).post(f"/organizing/members/{row.person_id}/seat/", sent).status_code == 404
    assert not Seat.objects.exists()


def test_an_ended_committee_ends_its_seats(
    sign_in: SignIn,
    make_member: MakeMember,
    committee: Committee,
) -> None:
    row, organizer = make_member(until=center.today()), sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/members/{row.person_id}/seat/", {"committee": committee.pk, "role": "member"})
    organizer.post(f"/organizing/committees/{committee.pk}/end/")
    assert Seat.objects.get().to_on == center.today()
    assert "No committee yet" in shown(organizer.get("/organizing/committees/"))


def test_whoever_cannot_see_a_member_sees_no_seat_of_theirs(
    sign_in: SignIn,
    make_member: MakeMember,
    committee: Committee,
) -> None:
    row = make_member(until=center.today())
    sent = {"committee": committee.pk, "role": "member"}
    sign_in(Role.ORGANIZER).post(f"/organizing/members/{row.person_id}/seat/", sent)
    other = signed_in(user_as(Role.ORGANIZER, "elsewhere"))
    assert "Quispe" not in shown(other.get(f"/organizing/committees/{committee.pk}/"))
    assert other.post(f"/organizing/seats/{Seat.objects.get().pk}/end/").status_code == 404
    assert sign_in(Role.DIRECTOR).post("/organizing/committees/add/", {"name": "x"}).status_code == 404


@pytest.mark.parametrize("bad", [{"name": ""}, {"name": "x", "purpose": "A 123-45-6789"}])
def test_a_bad_committee_stays_on_the_form(bad: dict[str, str], sign_in: SignIn) -> None:
    assert sign_in(Role.ORGANIZER).post("/organizing/committees/add/", bad).status_code == 422
    assert not Committee.objects.exists()


# --- the assembly -------------------------------------------------------------------------------------------------


def test_the_quorum_counts_members_once(sign_in: SignIn, assembly: Assembly, actor: Acting) -> None:
    manager, path = sign_in(Role.MANAGER), f"/organizing/assemblies/{assembly.pk}/"
    assert "0 here, 2 needed" in shown(manager.get(path))
    codes = [actions.make_card(by=actor(Role.MANAGER), membership=row) for row in Membership.objects.all()[:2]]
    for code in (codes[0], codes[0]):
        manager.post(f"{path}check-in/", {"code": code})
    assert "Not enough members are here yet." in shown(manager.get(path))
    manager.post(f"{path}check-in/", {"code": codes[1]})
    assert "the assembly can decide" in shown(manager.get(path))
    assert Presence.objects.count() == 2


@pytest.mark.parametrize("code", ["", "WRONG-CODE-123", "000000", "x" * 60])
def test_an_unknown_card_says_so(code: str, sign_in: SignIn, assembly: Assembly) -> None:
    answer = sign_in(Role.MANAGER).post(f"/organizing/assemblies/{assembly.pk}/check-in/", {"code": code})
    assert answer.status_code == 422
    assert not Presence.objects.exists()


def test_a_result_stands_when_two_people_counted_the_same(sign_in: SignIn, assembly: Assembly) -> None:
    manager, director = sign_in(Role.MANAGER), sign_in(Role.DIRECTOR)
    path = f"/organizing/assemblies/{assembly.pk}/"
    manager.post(f"{path}ballots/", {"question": "Raise the dues?"})
    tally = f"/organizing/ballots/{Ballot.objects.get().pk}/tally/"
    for _ in range(2):
        manager.post(tally, COUNT)
    assert "Two people counted the same" not in shown(manager.get(path))
    director.post(tally, {**COUNT, "yes": "11"})
    assert "The counts differ" in shown(manager.get(path))
    director.post(tally, COUNT)
    assert "Two people counted the same" in shown(director.get(path))
    manager.post(tally, {**COUNT, "yes": "99"})
    assert set(Tally.objects.values_list("yes", flat=True)) == {12}
    assert Event.objects.filter(kind="member.tallied").count() == 4


def test_a_count_says_nothing_about_a_person(assembly: Assembly) -> None:
    columns = {field.name for model in (Ballot, Tally) for field in model._meta.get_fields()}
    assert not columns & {"person", "membership", "presence"}


@pytest.mark.parametrize("bad", [{"yes": "-1"}, {"no": ""}, {"blank": "x"}])
def test_a_bad_count_is_not_kept(bad: dict[str, str], sign_in: SignIn, assembly: Assembly) -> None:
    manager = sign_in(Role.MANAGER)
    manager.post(f"/organizing/assemblies/{assembly.pk}/ballots/", {"question": "Raise the dues?"})
    answer = manager.post(f"/organizing/ballots/{Ballot.objects.get().pk}/tally/", {**COUNT, **bad})
    assert answer.status_code == 422
    assert not Tally.objects.exists()


def test_the_assembly_is_for_those_who_hold_it(sign_in: SignIn, assembly: Assembly) -> None:
    for role in (Role.ORGANIZER, Role.FRONT_DESK, Role.VOLUNTEER, Role.ADMIN):
        assert sign_in(role).get("/organizing/assemblies/").status_code == 404
        assert sign_in(role).get(f"/organizing/assemblies/{assembly.pk}/").status_code == 404
    bad: dict[str, Any] = {"name": "", "held_on": "x", "percent": "0"}
    assert sign_in(Role.MANAGER).post("/organizing/assemblies/", bad).status_code == 422
    assert Assembly.objects.count() == 1
    assert Assembly.objects.get().held_on == date(2026, 12, 12)
