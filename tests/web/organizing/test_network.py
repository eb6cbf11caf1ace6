"""Who knows whom: the picture of two steps, the way to somebody, names for the unnamed, promised introductions."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from math import hypot
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from centro.core import access
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event, User
from centro.core.vault import keyring
from centro.organizing import actions, queries
from centro.organizing.actions import ties as tie_actions
from centro.organizing.models import Campaign, QuietTie, Standing, Tie
from centro.organizing.network import ring as network_ring
from centro.organizing.queries import network
from centro.people import actions as people
from centro.people.models import Involvement, Person
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.test_ties import flat

SeenBy = Callable[[Role], AbstractContextManager[Any]]
Knows = Callable[..., Any]


@pytest.fixture
def knows(actor: Acting, campaign: Campaign) -> Knows:
    """`knows(rosa, lupe)` or `knows(rosa, "the tall cook")`, with kind, strength and so on."""

    def tie(one: Person, other: Person | str, *, is_confidential: bool = False, **more: Any) -> Any:
        named = actions.Named(known_as=other, **more) if isinstance(other, str) else actions.Named(other=other, **more)
        by = actor(Role.ORGANIZER)
        return actions.add_tie(by=by, campaign=campaign, person=one, named=named, is_confidential=is_confidential)

    return tie


@pytest.fixture
def talk(actor: Acting, campaign: Campaign) -> Callable[..., None]:
    def note(person: Person, **more: Any) -> None:
        told = actions.Told(outcome="talked", **more)
        by = actor(Role.ORGANIZER)
        actions.log_contact(by=by, campaign=campaign, person=person, told=told, contact_id=uuid4())

    return note


def page_of(client: Client, person: Person, part: str = "network") -> str:
    answer = client.get(f"/organizing/people/{person.pk}/{part}/")
    assert answer.status_code == 200
    return flat(answer)


# --- the geometry --------------------------------------------------------------------------------------------------


def test_everybody_has_a_spot_of_their_own_inside_the_picture() -> None:
    first = [f"a{n}" for n in range(24)]
    behind = {key: [f"{key}b{n}" for n in range(2)] for key in first}
    found = network_ring.spots(first, behind)
    assert len(found) == 72 == len(set(found.values()))
    for key, spot in found.items():
        radius = hypot(spot.x - network_ring.MIDDLE, spot.y - network_ring.MIDDLE)
        out = network_ring.OUTER if "b" in key else network_ring.INNER + network_ring.OUT * (int(key[1:]) % 2)
        assert abs(radius - out) < 1.5
        assert all(24 <= at <= network_ring.SIZE - 24 for at in (spot.x, spot.y))


def test_the_outer_stand_on_the_side_of_the_inner_they_belong_to() -> None:
    found = network_ring.spots(["up", "down"], {"up": ["x"], "down": ["y"]})
    assert (found["up"].x > network_ring.MIDDLE) == (found["x"].x > network_ring.MIDDLE)
    assert (found["down"].x > network_ring.MIDDLE) == (found["y"].x > network_ring.MIDDLE)
    assert network_ring.spots([], {}) == {}


def test_names_stand_outside_where_there_is_room() -> None:
    found = network_ring.spots(["top", "right", "bottom", "left"], {})
    sides = [spot.side for spot in found.values()]
    assert sides == ["right", "right", "left", "left"]
    assert network_ring.spots(["alone"], {})["alone"].side == "below"


# --- the picture ---------------------------------------------------------------------------------------------------


def test_two_steps_are_drawn_and_the_third_is_not(sign_in: SignIn, add_worker: MakePerson, knows: Knows) -> None:
    rosa, lupe, ana, zoe = (add_worker(given=name) for name in ("Rosa", "Lupe", "Ana", "Zoe"))
    knows(rosa, lupe, strength="3")
    knows(ana, lupe)
    knows(ana, zoe)
    knows(rosa, "the tall cook")
    page = page_of(sign_in(Role.ORGANIZER), rosa)
    assert f'href="/organizing/people/{lupe.pk}/network/' in page
    assert f'href="/organizing/people/{ana.pk}/network/' in page
    assert str(zoe.pk) not in page
    assert page.count("<circle") == 4
    assert page.count('class="edge') - page.count('class="key"') == 3
    assert "the tall cook" in page
    assert "Lupe, Co-worker, They trust each other" in page


def test_it_says_who_is_close_and_was_not_talked_with(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, talk: Callable[..., None]
) -> None:
    rosa, lupe, ana = (add_worker(given=name) for name in ("Rosa", "Lupe", "Ana"))
    knows(rosa, lupe, strength="3")
    knows(rosa, ana, strength="3")
    talk(ana, value=2)
    page = page_of(sign_in(Role.ORGANIZER), rosa)
    gaps = page.partition("nobody has talked with them yet</h2>")[2].partition("</section>")[0]
    assert "Lupe" in gaps
    assert "Ana" not in gaps
    assert "assessed 0 days ago" in page


def test_a_hub_is_bounded_and_says_how_many_are_left_out(
    actor: Acting, add_worker: MakePerson, campaign: Campaign, seen_by: SeenBy, django_assert_max_num_queries: Any
) -> None:
    by, hub = actor(Role.ORGANIZER), add_worker(given="Hub")
    near = crowd(campaign, 30)
    outer = crowd(campaign, 300)
    ties = [Tie(person=hub, other=one, campaign=campaign, kind="coworker", by_id=by.me) for one in near]
    ties += [
        Tie(person=near[at % 30], other=one, campaign=campaign, kind="friend", by_id=by.me)
        for at, one in enumerate(outer)
    ]
    Tie.objects.bulk_create(ties)
    with seen_by(Role.ORGANIZER), django_assert_max_num_queries(20):
        found = network.picture(by, hub, campaign)
        assert [node.step for node in found.nodes].count(1) == network.FIRST
        assert [node.step for node in found.nodes].count(2) == network.SECOND
        assert found.more == 30 - network.FIRST
        assert max(node.more for node in found.nodes) >= 10 - network.EACH


def test_the_list_shows_the_closest_and_on_request_everybody(
    sign_in: SignIn, actor: Acting, add_worker: MakePerson, campaign: Campaign
) -> None:
    by, hub = actor(Role.ORGANIZER), add_worker(given="Hub")
    near = crowd(campaign, network.LISTED + 5)
    Tie.objects.bulk_create(Tie(person=hub, other=one, campaign=campaign, kind="coworker", by_id=by.me) for one in near)
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/people/{hub.pk}/network/"
    first = flat(organizer.get(path))
    assert first.count('class="sum tie-line"') == network.LISTED
    assert f"The {network.LISTED} closest are shown." in first
    everybody = flat(organizer.get(f"{path}?all=yes"))
    assert everybody.count('class="sum tie-line"') == len(near)
    assert "closest are shown" not in everybody


def crowd(campaign: Campaign, count: int) -> list[Person]:
    """People of the campaign, saved at once."""
    keys = keyring.new_vaults("person-identity", count)
    persons = Person.objects.bulk_create([Person(key=key, given=f"W{at}") for at, key in enumerate(keys)])
    Involvement.objects.bulk_create(
        [Involvement(person=one, scope_kind="campaign", scope=campaign.pk) for one in persons]
    )
    Standing.objects.bulk_create([Standing(person=one, campaign=campaign) for one in persons])
    return persons


def test_two_thousand_people_in_a_network_take_less_than_a_tenth_of_a_second(
    actor: Acting, add_worker: MakePerson, campaign: Campaign, sign_in: SignIn
) -> None:
    by, hub = actor(Role.ORGANIZER), add_worker(given="Hub")
    persons = crowd(campaign, 2000)
    ties = [Tie(person=hub, other=one, campaign=campaign, kind="coworker", by_id=by.me) for one in persons[:400]]
    ties += [
        Tie(person=one, other=persons[(at * 7 + step) % 2000], campaign=campaign, kind="friend", by_id=by.me)
        for at, one in enumerate(persons)
        for step in (1, 2, 3)
        if one != persons[(at * 7 + step) % 2000]
    ]
    Tie.objects.bulk_create(ties, batch_size=500)
    client, path = sign_in(Role.ORGANIZER), f"/organizing/people/{hub.pk}/network/"
    client.get(path)
    spent = []
    for _ in range(3):
        began = time.process_time()
        assert client.get(path).status_code == 200
        spent.append(time.process_time() - began)
    assert min(spent) < 0.3, spent  # the whole page under the test's own weight; the picture alone is measured apart
    with access.viewing(by):
        began = time.process_time()
        network.picture(by, hub, campaign)
        assert time.process_time() - began < 0.1


def test_somebody_set_aside_stands_in_no_picture(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, actor: Acting
) -> None:
    rosa, lupe, ana = (add_worker(given=name) for name in ("Rosa", "Lupe", "Ana"))
    knows(rosa, lupe)
    knows(lupe, ana)
    people.restrict_person(by=actor(Role.ORGANIZER), person=ana)
    assert str(ana.pk) not in page_of(sign_in(Role.ORGANIZER), rosa)
    people.restrict_person(by=actor(Role.ORGANIZER), person=lupe)
    assert str(lupe.pk) not in page_of(sign_in(Role.ORGANIZER), rosa)


def test_a_confidential_tie_is_seen_by_the_team_and_by_nobody_else(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, actor: Acting, campaign: Campaign, cast: dict[Role, User]
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    knows(rosa, lupe, is_confidential=True)
    assert "is-quiet" in page_of(sign_in(Role.ORGANIZER), rosa)
    for role in (Role.VOLUNTEER, Role.FRONT_DESK, Role.STEWARD, Role.COUNSELLOR, Role.MANAGER):
        assert sign_in(role).get(f"/organizing/people/{rosa.pk}/network/").status_code == 404
        if role in {Role.FRONT_DESK, Role.STEWARD}:
            assert "Lupe" not in sign_in(role).get(f"/people/{rosa.pk}/").content.decode()
    assert Client().get(f"/organizing/people/{rosa.pk}/network/").status_code == 302


def test_a_confidential_tie_can_be_taken_back(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, campaign: Campaign
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    tie = knows(rosa, lupe, is_confidential=True)
    path = f"/organizing/people/{rosa.pk}/quiet-ties/{tie.pk}/end/"
    assert sign_in(Role.VOLUNTEER).post(path).status_code == 404
    assert sign_in(Role.MANAGER).post(path).status_code == 404
    assert sign_in(Role.ORGANIZER).post(path).status_code == 302
    assert not QuietTie.objects.exists()
    assert Event.objects.get(kind="contact.quiet_tie_ended").person is None


# --- on paper ------------------------------------------------------------------------------------------------------


def test_names_go_on_paper_only_where_whoever_leads_says_so(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, actor: Acting, campaign: Campaign, cast: dict[Role, User]
) -> None:
    rosa = add_worker(given="Rosa")
    knows(rosa, add_worker(given="Lupe"))
    page = page_of(sign_in(Role.ORGANIZER), rosa)
    assert page.count('hides-names"') == 2
    assert "Print it with names" in page
    path = f"/organizing/people/{rosa.pk}/network/?names=yes"
    assert 'hides-names"' not in flat(sign_in(Role.ORGANIZER).get(path))
    assert Access.objects.filter(kind="print", route="organizing:network").count() == 1
    Campaign.objects.update(added_by=None)  # on the team, and not the one who leads
    page = flat(sign_in(Role.ORGANIZER).get(path))
    assert page.count('hides-names"') == 2
    assert "Print it with names" not in page
    assert "Rosa" not in page.partition("<title>")[2].partition("</title>")[0]


# --- names and introductions -----------------------------------------------------------------------------------------


def test_somebody_only_described_gets_a_name(sign_in: SignIn, add_worker: MakePerson, knows: Knows) -> None:
    rosa, lupe, organizer = add_worker(given="Rosa"), add_worker(given="Lupe"), sign_in(Role.ORGANIZER)
    tie = knows(rosa, "the tall cook", will_introduce=True)
    path = f"/organizing/ties/{tie.pk}/name/"
    assert "the tall cook" in flat(organizer.get(path))
    assert "Lupe" in flat(organizer.post(path, {"words": "lupe"}))
    organizer.post(path, {"other": lupe.pk})
    tie.refresh_from_db()
    assert (tie.other_id, tie.will_introduce) == (lupe.pk, True)
    page = page_of(organizer, lupe)
    assert "Rosa" in page
    assert "the tall cook" not in page_of(organizer, rosa)
    assert Event.objects.filter(kind="contact.tie_named", person=rosa.pk).exists()
    assert organizer.get(path).status_code == 404  # has a name now


def test_nobody_knows_themselves_and_two_ties_become_one(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, actor: Acting
) -> None:
    rosa, lupe, organizer = add_worker(given="Rosa"), add_worker(given="Lupe"), sign_in(Role.ORGANIZER)
    tie = knows(rosa, "the tall cook")
    answer = organizer.post(f"/organizing/ties/{tie.pk}/name/", {"other": rosa.pk}, follow=True)
    assert "Nobody knows themselves" in flat(answer)
    assert organizer.post(f"/organizing/ties/{tie.pk}/name/", {"other": "x"}).status_code == 404
    assert organizer.post(f"/organizing/ties/{tie.pk}/name/", {"other": uuid4()}).status_code == 404
    knows(rosa, lupe)
    assert tie_actions.name_tie(by=actor(Role.ORGANIZER), tie=tie, other=lupe)
    assert Tie.objects.filter(ended_at__isnull=True).count() == 1
    assert not tie_actions.name_tie(by=actor(Role.ORGANIZER), tie=tie, other=lupe)


def test_a_promised_introduction_is_asked_about_until_somebody_says(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, talk: Callable[..., None], clock: Any
) -> None:
    rosa, lupe, organizer = add_worker(given="Rosa"), add_worker(given="Lupe"), sign_in(Role.ORGANIZER)
    tie = knows(rosa, lupe, will_introduce=True)
    Tie.objects.update(at=center.now() - timedelta(days=9))
    page = page_of(organizer, rosa)
    assert "Promised 9 days ago to introduce us." in page
    assert "We talked with them since." not in page
    talk(lupe)
    assert "We talked with them since." in page_of(organizer, rosa)
    path = f"/organizing/ties/{tie.pk}/introduced/"
    assert organizer.post(path, {"happened": "perhaps"}).status_code == 404
    assert sign_in(Role.VOLUNTEER).post(path, {"happened": "yes"}).status_code == 404
    organizer.post(path, {"happened": "yes"})
    organizer.post(path, {"happened": "no"})  # a second answer changes nothing
    tie.refresh_from_db()
    assert tie.will_introduce
    assert tie.introduced_at is not None
    page = page_of(organizer, rosa)
    assert "introduced us" in page
    assert "Did it happen?" not in page
    assert Event.objects.filter(kind="contact.introduction_noted").count() == 1


def test_an_introduction_that_will_not_happen_is_promised_no_more(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows
) -> None:
    rosa, organizer = add_worker(given="Rosa"), sign_in(Role.ORGANIZER)
    tie = knows(rosa, "the tall cook", will_introduce=True)
    organizer.post(f"/organizing/ties/{tie.pk}/introduced/", {"happened": "no"})
    assert "Promised" not in page_of(organizer, rosa)


def test_the_list_is_the_same_from_the_persons_tab(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, actor: Acting, campaign: Campaign, seen_by: SeenBy
) -> None:
    rosa = add_worker(given="Rosa")
    for at in range(12):
        knows(rosa, f"cook {at}")
    page = flat(sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/"))
    assert page.count("not met yet") == 8
    assert f"/organizing/people/{rosa.pk}/network/" in page
    with seen_by(Role.ORGANIZER):
        assert len(queries.ties(actor(Role.ORGANIZER), rosa, campaign)) == 12
