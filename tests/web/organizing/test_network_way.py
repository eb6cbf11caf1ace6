"""The way to somebody: the shortest chain of ties from people the team has talked with."""

from collections.abc import Callable
from uuid import uuid4

from centro.core.classes import Role
from centro.organizing import actions
from centro.organizing.models import Campaign
from centro.organizing.queries import network_path
from centro.people import actions as people
from centro.people.models import Employment
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.test_network import Knows, SeenBy, knows, page_of, talk
from tests.web.organizing.test_ties import flat

__all__ = ["knows", "talk"]  # fixtures


def test_the_shortest_way_begins_with_somebody_the_team_talked_with(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, talk: Callable[..., None]
) -> None:
    goal, near, far, met = (add_worker(given=name) for name in ("Goal", "Near", "Far", "Met"))
    knows(near, goal, kind="influences")
    knows(far, near)
    knows(met, far)
    talk(met, value=1)
    page = page_of(sign_in(Role.ORGANIZER), goal, "way").partition('<ol class="way">')[2]
    assert page.index("Met") < page.index("Far") < page.index("Near") < page.index("Goal")
    assert "Somebody who listens to them" in page
    assert "3 steps" in page
    talk(near, value=4)
    assert "Met" not in page_of(sign_in(Role.ORGANIZER), goal, "way").partition('<ol class="way">')[2]


def test_of_two_ways_the_one_from_the_surer_friend_is_shown(
    add_worker: MakePerson, knows: Knows, talk: Callable[..., None], actor: Acting, campaign: Campaign, seen_by: SeenBy
) -> None:
    goal, sure, unsure = (add_worker(given=name) for name in ("Goal", "Sure", "Unsure"))
    knows(goal, unsure)
    knows(goal, sure)
    talk(unsure, value=4)
    talk(sure, value=1)
    with seen_by(Role.ORGANIZER):
        way = network_path.way_to_person(actor(Role.ORGANIZER), goal, campaign)
    assert [link.person.pk for link in way.links] == [sure.pk, goal.pk]


def test_no_way_is_said_and_ended_or_foreign_ties_are_no_way(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, talk: Callable[..., None], actor: Acting
) -> None:
    goal, met = add_worker(given="Goal"), add_worker(given="Met")
    talk(met)
    organizer = sign_in(Role.ORGANIZER)
    assert "No way is known yet" in page_of(organizer, goal, "way")
    tie = knows(met, goal)
    assert "1 step" in page_of(organizer, goal, "way")
    actions.end_tie(by=actor(Role.ORGANIZER), tie=tie)
    assert "No way is known yet" in page_of(organizer, goal, "way")
    other = actions.add_campaign(by=actor(Role.MANAGER), details={"name": "Other", "goal": ""}, scale=["A", "B"])
    actions.add_tie(by=actor(Role.MANAGER), campaign=other, person=met, named=actions.Named(other=goal))
    assert "No way is known yet" in page_of(organizer, goal, "way")


def test_a_confidential_tie_is_a_way_for_the_team(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, talk: Callable[..., None]
) -> None:
    goal, met = add_worker(given="Goal"), add_worker(given="Met")
    knows(met, goal, is_confidential=True)
    talk(met)
    page = page_of(sign_in(Role.ORGANIZER), goal, "way")
    assert "confidential" in page
    assert "Met" in page


def test_the_way_to_a_workplace_ends_with_somebody_who_works_there(
    sign_in: SignIn, add_worker: MakePerson, knows: Knows, talk: Callable[..., None], actor: Acting, campaign: Campaign
) -> None:
    by = actor(Role.ORGANIZER)
    shop = people.add_workplace(by=by, details={"name": "La Cazuela"})
    cook, met = add_worker(given="Cook"), add_worker(given="Met")
    people.add_part(by=by, person=cook, part=Employment, details={"workplace": shop})
    path = f"/organizing/campaigns/{campaign.pk}/way/{shop.pk}/"
    organizer = sign_in(Role.ORGANIZER)
    assert "No way is known yet" in flat(organizer.get(path))
    knows(cook, met, kind="family")
    talk(met)
    page = flat(organizer.get(path)).partition('<ol class="way">')[2]
    assert page.index("Met") < page.index("Cook")
    talk(cook)
    assert "talked with somebody there already" in flat(organizer.get(path))
    assert sign_in(Role.MANAGER).get(path).status_code == 404
    assert organizer.get(f"/organizing/campaigns/{campaign.pk}/way/{uuid4()}/").status_code == 404


def test_a_ring_of_acquaintances_ends_the_search(
    add_worker: MakePerson, knows: Knows, actor: Acting, campaign: Campaign, seen_by: SeenBy
) -> None:
    circle = [add_worker(given=f"W{n}") for n in range(4)]
    for at, one in enumerate(circle):
        knows(one, circle[(at + 1) % 4])
    with seen_by(Role.ORGANIZER):
        assert network_path.way_to_person(actor(Role.ORGANIZER), circle[0], campaign).links == []
