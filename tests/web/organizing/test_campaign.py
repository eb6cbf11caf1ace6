"""The list of a campaign's people, starting a campaign, and who is on it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Place, User
from centro.organizing import actions
from centro.organizing.models import Campaign, Scale
from centro.people import actions as people
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson


def names_on(page: str, *names: str) -> list[str]:
    return sorted((name for name in names if name in page), key=page.index)


def test_whoever_was_not_talked_with_for_longest_comes_first(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    by = actor(Role.ORGANIZER)
    for name, days in (("Recent", 1), ("Older", 90)):
        told = actions.Told(outcome="talked", device_at=clock.now() - timedelta(days=days), value=2)
        person = add_worker(given=name)
        actions.log_contact(by=by, campaign=campaign, person=person, told=told, contact_id=uuid4())
    add_worker(given="Never")
    page = sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/").content.decode()
    assert names_on(page, "Recent", "Older", "Never") == ["Never", "Older", "Recent"]
    assert "this week" in page
    assert "is-old" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("value=2", ["Talked"]),
        ("value=none", ["Fresh"]),
        ("contact=never", ["Fresh"]),
        ("contact=recent", ["Talked"]),
        ("language=ko", ["Talked"]),
        ("language=ko&contact=never", []),
        ("mine=on", ["Fresh", "Talked"]),
        ("zip=90006", []),
        ("value=x&contact=y&language=z&page=0", ["Fresh", "Talked"]),
        ("page=2", ["Fresh", "Talked"]),
        ("after=nonsense~x", ["Fresh", "Talked"]),
    ],
)
def test_filters_combine_and_nonsense_is_left_out(
    query: str, shown: list[str], sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    add_worker(given="Fresh")
    person = add_worker(given="Talked", language="ko")
    told = actions.Told(outcome="talked", value=2)
    by = actor(Role.ORGANIZER)
    actions.log_contact(by=by, campaign=campaign, person=person, told=told, contact_id=uuid4())
    page = sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/?{query}").content.decode()
    assert names_on(page, "Fresh", "Talked") == shown


def test_the_number_of_queries_does_not_grow_with_the_people(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign
) -> None:
    client, counts = sign_in(Role.ORGANIZER), []
    client.get(f"/organizing/campaigns/{campaign.pk}/")  # what is asked once a sign-in is asked now
    for _ in range(2):
        for number in range(4):
            add_worker(given=f"W{number}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/organizing/campaigns/{campaign.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40


def test_a_campaign_is_started_corrected_and_reworded(sign_in: SignIn) -> None:
    organizer = sign_in(Role.ORGANIZER)
    assert "/organizing/campaigns/add/" in organizer.get("/organizing/").content.decode()
    organizer.post("/organizing/campaigns/add/", {"name": "Bakeries", "scale": "Yes\nMaybe\nNo"})
    row = Campaign.objects.get()
    assert "Bakeries" in organizer.get("/organizing/").content.decode()
    organizer.post(f"/organizing/campaigns/{row.pk}/edit/", {"name": "Ovens", "scale": "A\nB\nC\nD", "version": "1"})
    assert "Ovens" in organizer.get(f"/organizing/campaigns/{row.pk}/").content.decode()
    assert [scale.steps for scale in Scale.objects.order_by("number")] == [3, 4]
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"campaign.added", "campaign.edited", "campaign.scale_reworded"} <= kinds


def test_whoever_saves_second_is_told(sign_in: SignIn, campaign: Campaign) -> None:
    organizer, sent = sign_in(Role.ORGANIZER), {"scale": "A\nB\nC", "version": "1"}
    organizer.post(f"/organizing/campaigns/{campaign.pk}/edit/", {"name": "First", **sent})
    answer = organizer.post(f"/organizing/campaigns/{campaign.pk}/edit/", {"name": "Second", **sent})
    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.content.decode()
    assert Event.objects.filter(kind="campaign.edited").count() == 1


@pytest.mark.parametrize("bad", [{}, {"name": "x"}, {"name": "x", "scale": "one"}, {"name": "x" * 121, "scale": "a"}])
def test_a_bad_campaign_stays_on_the_form(bad: dict[str, Any], sign_in: SignIn) -> None:
    assert sign_in(Role.ORGANIZER).post("/organizing/campaigns/add/", bad).status_code == 422
    assert not Campaign.objects.exists()


def test_a_colleague_joins_and_leaves_at_once(sign_in: SignIn, campaign: Campaign, cast: dict[Role, User]) -> None:
    organizer, manager, path = sign_in(Role.ORGANIZER), sign_in(Role.MANAGER), f"/organizing/campaigns/{campaign.pk}/"
    assert manager.get(path).status_code == 404
    organizer.post(f"{path}team/", {"joins": cast[Role.MANAGER].pk})
    assert manager.get(path).status_code == 200
    organizer.post(f"{path}team/", {"leaves": cast[Role.MANAGER].pk})
    assert manager.get(path).status_code == 404
    assert Place.objects.filter(user=cast[Role.MANAGER]).count() == 1


def test_a_stranger_cannot_put_somebody_on_the_team(
    sign_in: SignIn, campaign: Campaign, cast: dict[Role, User]
) -> None:
    path = f"/organizing/campaigns/{campaign.pk}/team/"
    assert sign_in(Role.MANAGER).post(path, {"joins": cast[Role.MANAGER].pk}).status_code == 404
    assert sign_in(Role.VOLUNTEER).post(path, {"joins": cast[Role.VOLUNTEER].pk}).status_code == 404
    assert Client().post(path).url.startswith("/account/login/")


def test_a_manager_who_starts_a_campaign_sees_its_people(actor: Acting, sign_in: SignIn) -> None:
    by = actor(Role.MANAGER)
    row = actions.add_campaign(by=by, details={"name": "Ovens", "goal": ""}, scale=["A", "B"])
    person = people.add_person(by=actor(Role.ORGANIZER), details={"given": "Nelly"})
    actions.put_in_campaign(by=by, campaign=row, people_in=[person])
    assert "Nelly" in sign_in(Role.MANAGER).get(f"/organizing/campaigns/{row.pk}/").content.decode()
    given = Event.objects.filter(kind="place.given", codes=["campaign", "program"])
    assert given.get().about == Place.objects.get(scope=row.pk).pk
