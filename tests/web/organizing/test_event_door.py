"""The door: arrivals once, walk-ins without a leak, hosts by a secret link, what a person decides afterwards."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event, RoleGrant, User
from centro.organizing.actions import events as actions
from centro.organizing.actions import events_door as door
from centro.organizing.choices import StepHow, Turnout
from centro.organizing.events.hours import AFTER, BEFORE
from centro.organizing.models import Campaign, Commitment, Gathering, HostLink, Step, WalkIn
from centro.people import actions as people
from centro.people.models import Person, SameAs
from tests.web.conftest import SignIn, page_of
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.events import make_event, say


@pytest.fixture
def tonight(campaign: Campaign, actor: Acting) -> Gathering:
    """An event that began half an hour ago."""
    return make_event(actor(Role.ORGANIZER), campaign, days=-1 / 48)


@pytest.fixture
def rosa(add_worker: MakePerson) -> Person:
    return add_worker(given="Rosa", family="Quispe", phone="+12135550142")


@pytest.fixture
def coming(tonight: Gathering, rosa: Person, actor: Acting) -> Commitment:
    """Rosa said yes."""
    return say(actor(Role.ORGANIZER), tonight, rosa, Turnout.YES)


def link_of(tonight: Gathering, actor: Acting) -> str:
    return door.make_host_link(by=actor(Role.ORGANIZER), gathering=tonight, given_to="The coalition")[1]


def test_a_helper_sees_names_for_the_door_and_nothing_else(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, actor: Acting, cast: dict[Role, User]
) -> None:
    helper, path = sign_in(Role.VOLUNTEER), f"/organizing/events/{tonight.pk}/door/"
    assert helper.get(path).status_code == 404
    actions.give_door(by=actor(Role.ORGANIZER), gathering=tonight, user=cast[Role.VOLUNTEER])
    assert "Sunday assembly" in helper.get("/organizing/events/").content.decode()
    page = helper.post(path, {"words": "ros qui"}).content.decode()
    assert "Rosa Q." in page
    assert "English</span>" in page  # two of one name are told apart by their language
    for hidden in ("Quispe", "5550142", "555-0142", "test-organizer"):
        assert hidden not in page
    for part in ("", "people/", "calls/", "after/", "enter/", "edit/"):
        assert helper.get(f"/organizing/events/{tonight.pk}/{part}").status_code == 404
    assert Access.objects.filter(kind="open", route="organizing:door").exists()


def test_one_letter_lists_nobody_and_a_name_of_no_one_says_so(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, actor: Acting
) -> None:
    client, path = sign_in(Role.ORGANIZER), f"/organizing/events/{tonight.pk}/door/"
    host = f"/organizing/door/{link_of(tonight, actor)}/"
    for words in ("r", "--", "- r", "…", "é", ". ."):
        assert "Rosa Q." not in client.post(path, {"words": words}).content.decode()
        assert "Rosa Q." not in Client().post(host, {"words": words}).content.decode()
    assert "Rosa Q." in Client().post(host, {"words": "ro"}).content.decode()
    assert "walk-in" in client.post(path, {"words": "Beatriz"}).content.decode()
    assert "Rosa Q." in client.post(path, {"words": coming.code.lower()}).content.decode()


def test_the_place_at_the_door_ends_with_the_event(
    sign_in: SignIn, tonight: Gathering, actor: Acting, cast: dict[Role, User], clock: Any
) -> None:
    actions.give_door(by=actor(Role.ORGANIZER), gathering=tonight, user=cast[Role.FRONT_DESK])
    path = f"/organizing/events/{tonight.pk}/door/"
    assert sign_in(Role.FRONT_DESK).get(path).status_code == 200
    clock.shift(timedelta(hours=6))
    assert sign_in(Role.FRONT_DESK).get(path).status_code == 404


def test_whoever_checks_in_five_times_came_once(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, actor: Acting
) -> None:
    client, path = sign_in(Role.ORGANIZER), f"/organizing/events/{tonight.pk}/door/{coming.pk}/"
    hosts = [link_of(tonight, actor) for _ in range(2)]
    for _ in range(3):
        assert client.post(path).status_code == 302
    for secret in hosts:
        assert Client().post(f"/organizing/door/{secret}/{coming.pk}/").status_code == 302
    stale = Commitment.objects.select_related("gathering").get()
    stale.arrived_at = None  # as a second process saw it a moment earlier
    assert not door.arrive(by=actor(Role.ORGANIZER), commitment=stale, how=StepHow.DOOR)
    assert list(Step.objects.values_list("state", flat=True)) == ["yes", "attended"]
    assert Event.objects.filter(kind="event.attended").count() == 1


def test_a_wrong_tap_is_taken_back_to_where_they_stood(sign_in: SignIn, tonight: Gathering, coming: Commitment) -> None:
    client, path = sign_in(Role.ORGANIZER), f"/organizing/events/{tonight.pk}/door/{coming.pk}/"
    client.post(path)
    client.post(path, {"back": "1"})
    coming.refresh_from_db()
    assert (coming.state, coming.arrived_at) == ("yes", None)
    client.post(path)
    coming.refresh_from_db()
    assert coming.state == "attended"


def test_the_code_opens_one_name_for_whoever_keeps_the_door(
    sign_in: SignIn, coming: Commitment, add_worker: MakePerson
) -> None:
    path = f"/organizing/events/code/{coming.code}/"
    assert Client().get(path).url.startswith("/account/login/")
    assert sign_in(Role.FRONT_DESK).get(path).status_code == 404
    client = sign_in(Role.ORGANIZER)
    assert "Rosa Q." in client.get(path).content.decode()
    assert client.get("/organizing/events/code/AAAAAAAA/").status_code == 404
    client.post(path)
    assert Step.objects.last().how == "code"  # type: ignore[union-attr]


def test_a_host_sees_names_and_arrivals_only(tonight: Gathering, coming: Commitment, actor: Acting) -> None:
    host, path = Client(), f"/organizing/door/{link_of(tonight, actor)}/"
    assert "Rosa" not in host.get(path).content.decode()
    page = host.post(path, {"words": "rosa"}).content.decode()
    assert "Rosa Q." in page
    for hidden in ("Quispe", "5550142", "test-organizer", "Yes", "Markets"):
        assert hidden not in page
    assert host.post(f"{path}{coming.pk}/").status_code == 302
    assert ">here<" in host.post(path, {"words": "rosa"}).content.decode()
    seen = Access.objects.filter(route="organizing:host").last()
    assert seen is not None
    assert seen.records == [str(coming.pk)]
    assert seen.fields == ["organizing.commitment.call_name"]


def test_a_wrong_a_late_and_a_closed_link_look_like_no_page(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, actor: Acting, clock: Any
) -> None:
    host, secret = Client(), link_of(tonight, actor)
    absent = host.get("/organizing/no-such-page/")
    assert host.get(f"/organizing/door/{secret}/").status_code == 200
    link = HostLink.objects.get()
    sign_in(Role.ORGANIZER).post(f"/organizing/events/{tonight.pk}/links/{link.pk}/revoke/")
    late = link_of(tonight, actor)
    clock.shift(timedelta(hours=7))
    for wrong in ("made-up", secret, late, secret[:-1]):
        for part in ("", "walk-in/", f"{coming.pk}/"):
            answer = host.post(f"/organizing/door/{wrong}/{part}", {"name": "x", "words": "rosa"})
            assert (answer.status_code, page_of(answer)) == (404, page_of(absent))
    assert Commitment.objects.get().arrived_at is None


def test_a_link_opens_three_hours_before_the_event(campaign: Campaign, rosa: Person, actor: Acting, clock: Any) -> None:
    by = actor(Role.ORGANIZER)
    gathering = make_event(by, campaign, days=2)
    row, host = say(by, gathering, rosa, Turnout.YES), Client()
    path = f"/organizing/door/{link_of(gathering, actor)}/"
    clock.shift(timedelta(days=2) - BEFORE - timedelta(minutes=1))
    answers = [host.get(path), host.post(path, {"words": "rosa"}), host.post(f"{path}{row.pk}/")]
    assert [answer.status_code for answer in answers] == [404] * 3
    clock.shift(timedelta(minutes=1))
    assert "Rosa Q." in host.post(path, {"words": "rosa"}).content.decode()


def test_a_link_ends_when_its_maker_leaves_the_campaign(
    tonight: Gathering, actor: Acting, cast: dict[Role, User]
) -> None:
    path = f"/organizing/door/{link_of(tonight, actor)}/"
    assert Client().get(path).status_code == 200
    cast[Role.ORGANIZER].places.update(to_at=center.now())
    assert Client().get(path).status_code == 404


def test_a_link_ends_with_the_role_of_its_maker(tonight: Gathering, actor: Acting, cast: dict[Role, User]) -> None:
    path, maker = f"/organizing/door/{link_of(tonight, actor)}/", cast[Role.ORGANIZER]
    assert Client().get(path).status_code == 200
    RoleGrant.objects.filter(user=maker).update(to_at=center.now())
    assert Client().get(path).status_code == 404
    RoleGrant.objects.create(user=maker, role=Role.VOLUNTEER, from_at=center.now())
    assert Client().get(path).status_code == 404  # a volunteer gives out no links


def test_a_host_reaches_no_other_event(tonight: Gathering, campaign: Campaign, rosa: Person, actor: Acting) -> None:
    other = say(actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign), rosa, Turnout.YES)
    path = f"/organizing/door/{link_of(tonight, actor)}/"
    assert "Rosa" not in Client().post(path, {"words": "rosa"}).content.decode()
    assert Client().post(f"{path}{other.pk}/").status_code == 404


def test_a_link_that_is_used_too_fast_has_to_wait(
    tonight: Gathering, coming: Commitment, actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("centro.organizing.limits.MOST", 3)
    path = f"/organizing/door/{link_of(tonight, actor)}/"
    answers = [Client().post(path, {"words": "rosa"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert Client().post(f"{path}{coming.pk}/").status_code == 429


def test_a_host_counts_heads_only_where_no_names_are_taken_and_not_too_fast(
    tonight: Gathering, actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("centro.organizing.limits.MOST", 2)
    path = f"/organizing/door/{link_of(tonight, actor)}/"
    assert "/count/" not in Client().get(path).content.decode()
    assert Client().post(f"{path}count/", {"count": "9"}).status_code == 404
    assert Gathering.objects.get().head_count is None
    Gathering.objects.update(takes_names=False)
    assert "/count/" in Client().get(path).content.decode()
    answers = [Client().post(f"{path}count/", {"count": str(count)}).status_code for count in (1, 2, 3)]
    assert (answers, Gathering.objects.get().head_count) == ([302, 302, 429], 2)


def test_a_lock_down_ends_every_link(sign_in: SignIn, tonight: Gathering, actor: Acting) -> None:
    path = f"/organizing/door/{link_of(tonight, actor)}/"
    client = sign_in(Role.ORGANIZER)
    assert "Links for hosts" in client.get("/organizing/lockdown/").content.decode()
    assert client.post("/organizing/lockdown/start/").status_code == 302
    assert Client().get(path).status_code == 404
    assert Event.objects.filter(kind="event.links_ended").count() == 1
    assert door.end_all_host_links(by=actor(Role.ORGANIZER)) == 0


def test_the_door_follows_an_event_to_another_hour_and_shuts_when_it_is_called_off(
    sign_in: SignIn, tonight: Gathering, actor: Acting, cast: dict[Role, User]
) -> None:
    by = actor(Role.ORGANIZER)
    actions.give_door(by=by, gathering=tonight, user=cast[Role.VOLUNTEER])
    link = f"/organizing/door/{link_of(tonight, actor)}/"
    later = {"starts_at": tonight.starts_at + timedelta(days=2), "ends_at": tonight.ends_at + timedelta(days=2)}
    path = f"/organizing/events/{tonight.pk}/door/"
    assert sign_in(Role.VOLUNTEER).get(path).status_code == 200
    actions.edit_event(by=by, gathering=tonight, version=1, details=later)
    assert sign_in(Role.VOLUNTEER).get(path).status_code == 404
    assert HostLink.objects.get().ends_at == later["ends_at"] + AFTER
    sign_in(Role.ORGANIZER).post(f"/organizing/events/{tonight.pk}/call-off/")
    assert Client().get(link).status_code == 404
    assert not cast[Role.VOLUNTEER].places.filter(to_at__gt=center.now()).exists()


def test_a_walk_in_is_kept_once_and_says_nothing_of_whom_we_know(
    sign_in: SignIn, tonight: Gathering, actor: Acting
) -> None:
    hidden = people.add_person(
        by=actor(Role.COUNSELLOR), details={"given": "Rosa", "family": "Quispe"}, phone={"number": "+12135550142"}
    )
    sent = {"name": "Rosa Quispe", "phone": "213-555-0142", "walk_in_id": str(uuid4())}
    known = sign_in(Role.ORGANIZER).post(f"/organizing/events/{tonight.pk}/door/walk-in/", sent)
    for _ in range(2):
        Client().post(f"/organizing/door/{link_of(tonight, actor)}/walk-in/", sent)
    assert known.status_code == 302
    walk_in = WalkIn.objects.get()
    page = sign_in(Role.ORGANIZER).get(f"/organizing/events/{tonight.pk}/walk-ins/{walk_in.pk}/").content.decode()
    assert str(hidden.pk) not in page
    assert "Is it one of these?" not in page
    path = f"/organizing/events/{tonight.pk}/walk-ins/{walk_in.pk}/"
    sign_in(Role.ORGANIZER).post(path, {"keep": "1", "given": "Rosa", "family": "Quispe", "language": "es"})
    kept = Commitment.objects.get()
    assert kept.state == "attended"
    assert kept.person_id != hidden.pk
    assert SameAs.objects.filter(other=hidden.pk).exists() or SameAs.objects.filter(one=hidden.pk).exists()
    assert not WalkIn.objects.exists()


def test_a_walk_in_whom_we_know_came_and_leaves_no_words_behind(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, rosa: Person
) -> None:
    client, base = sign_in(Role.ORGANIZER), f"/organizing/events/{tonight.pk}/"
    assert client.post(f"{base}door/walk-in/", {"name": "", "phone": "12"}).status_code == 422
    client.post(f"{base}door/walk-in/", {"name": "Rosa Quispe", "phone": "2135550142"})
    path = f"{base}walk-ins/{WalkIn.objects.get().pk}/"
    assert str(rosa.pk) in client.get(path).content.decode()
    assert client.post(path, {"person": str(rosa.pk)}).status_code == 302
    coming.refresh_from_db()
    assert coming.state == "attended"
    assert not WalkIn.objects.exists()


def test_where_heads_are_counted_no_name_is_taken(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, actor: Acting
) -> None:
    Gathering.objects.update(takes_names=False)
    client, base = sign_in(Role.ORGANIZER), f"/organizing/events/{tonight.pk}/door/"
    page = client.post(base, {"words": "rosa"}).content.decode()
    assert "Rosa" not in page
    assert "Is here" not in page
    client.post(f"{base}{coming.pk}/")
    assert client.post(f"{base}walk-in/", {"name": "Rosa"}).status_code == 404
    secret = link_of(tonight, actor)
    assert Client().post(f"/organizing/door/{secret}/{coming.pk}/").status_code == 404
    assert Client().post(f"/organizing/door/{secret}/count/", {"count": "412"}).status_code == 302
    assert client.post(f"{base}count/", {"count": "many"}).status_code == 422
    assert Gathering.objects.get().head_count == 412
    assert (Commitment.objects.get().arrived_at, WalkIn.objects.count()) == (None, 0)


def test_no_mark_does_not_mean_absent(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, add_worker: MakePerson, actor: Acting
) -> None:
    by, client = actor(Role.ORGANIZER), sign_in(Role.ORGANIZER)
    lupe = say(by, tonight, add_worker(given="Lupe"), Turnout.CONFIRMED)
    nelly = say(by, tonight, add_worker(given="Nelly"), Turnout.YES)
    door.arrive(by=by, commitment=Commitment.objects.select_related("gathering").get(pk=nelly.pk), how=StepHow.DOOR)
    path = f"/organizing/events/{tonight.pk}/after/"
    assert client.get(path).content.decode().count('name="missed"') == 2
    client.post(path, {"missed": [str(lupe.pk), str(nelly.pk)]})
    states = dict(Commitment.objects.values_list("pk", "state"))
    assert states == {coming.pk: "yes", lupe.pk: "no_show", nelly.pk: "attended"}
    tonight.refresh_from_db()
    assert (tonight.yes_came, tonight.yes_missed) == (1, 1)
    assert tonight.closed_at is not None


def test_the_sheet_is_typed_in_and_twice_is_once(sign_in: SignIn, tonight: Gathering, coming: Commitment) -> None:
    client, path = sign_in(Role.ORGANIZER), f"/organizing/events/{tonight.pk}/enter/"
    sent = {"came": [str(coming.pk)], "name0": "Beatriz", "phone0": "2135550199", "count": "31", "_once": str(uuid4())}
    for _ in range(2):
        assert client.post(path, sent).status_code == 302
    assert WalkIn.objects.count() == 1
    assert (Commitment.objects.get().state, Gathering.objects.get().head_count) == ("attended", 31)
    assert client.post(path, {"phone1": "2135550199"}).status_code == 422
    assert client.post(path, {"name1": "x", "phone1": "12"}).status_code == 422


def test_the_sheet_tells_later_than_a_wrong_tap_that_was_taken_back(
    sign_in: SignIn, tonight: Gathering, coming: Commitment, actor: Acting
) -> None:
    by, client = actor(Role.ORGANIZER), sign_in(Role.ORGANIZER)
    row = Commitment.objects.select_related("gathering").get(pk=coming.pk)
    door.arrive(by=by, commitment=row, how=StepHow.DOOR)
    row.refresh_from_db()
    door.take_back_arrival(by=by, commitment=row)
    answer = client.post(f"/organizing/events/{tonight.pk}/enter/", {"came": [str(coming.pk)]}, follow=True)
    assert "1 person typed in." in answer.content.decode()
    assert Commitment.objects.get().state == "attended"


@pytest.mark.parametrize("sent", [{"keep": "1", "given": "Bea", "language": "es"}, {"person": "rosa"}])
def test_where_names_are_taken_no_more_a_walk_in_is_only_dropped(
    sent: dict[str, str], sign_in: SignIn, tonight: Gathering, rosa: Person, actor: Acting
) -> None:
    client, key = sign_in(Role.ORGANIZER), uuid4()
    door.add_walk_in(by=actor(Role.ORGANIZER), gathering=tonight, walk_in_id=key, name="B", phone="", how=StepHow.DOOR)
    Gathering.objects.update(takes_names=False)
    path = f"/organizing/events/{tonight.pk}/walk-ins/{key}/"
    answer = client.post(path, {**sent, "person": str(rosa.pk)} if "person" in sent else sent)
    assert answer.status_code == 422
    assert "Heads are counted at this event" in answer.content.decode()
    assert (WalkIn.objects.count(), Commitment.objects.count(), Person.objects.count()) == (1, 0, 1)
    assert client.post(path, {"drop": "1"}).status_code == 302
    assert not WalkIn.objects.exists()


def test_what_the_door_heard_is_forgotten_after_thirty_days(tonight: Gathering, actor: Acting, clock: Any) -> None:
    by = actor(Role.ORGANIZER)
    link_of(tonight, actor)
    door.add_walk_in(by=by, gathering=tonight, walk_in_id=uuid4(), name="X", phone="", how=StepHow.DOOR)
    clock.shift(timedelta(days=29))
    assert door.forget_the_door(by=by) == 0
    clock.shift(timedelta(days=2))
    assert door.forget_the_door(by=by) == 2
