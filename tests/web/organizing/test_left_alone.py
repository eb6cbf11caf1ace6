"""Whoever is in one's care and heard from nobody for a month stands on Today, and one click away."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import User
from centro.organizing import actions
from centro.organizing.models import Campaign
from centro.people.models import Person
from centro.web import next_steps
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def cared_for(add_worker: MakePerson, actor: Acting, campaign: Campaign, cast: dict[Role, User]) -> dict[str, Person]:
    """Three in the organizer's care: tried yesterday, a month and a half ago, never; one in nobody's."""
    by, found = actor(Role.ORGANIZER), {name: add_worker(given=name) for name in ("Seen", "Long", "Never", "Other")}
    Person.objects.filter(pk__in=[row.pk for row in found.values()]).update(in_care_of=None)
    mine = [found[name].pk for name in ("Seen", "Long", "Never")]
    Person.objects.filter(pk__in=mine).update(in_care_of=cast[Role.ORGANIZER])
    for name, days in (("Seen", 1), ("Long", 45)):
        told = actions.Told(outcome="not_home", device_at=clock.now() - timedelta(days=days))
        actions.log_contact(by=by, campaign=campaign, person=found[name], told=told, contact_id=uuid4())
    return found


def test_today_counts_no_further_than_a_line_says(
    sign_in: SignIn, cared_for: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_steps, "MOST", 1)
    page = flat(sign_in(Role.ORGANIZER).get("/"))
    assert "1 person in your care: no visit, call or text for 30 days (and more)" in page


def test_today_counts_them_and_leads_to_the_search(
    sign_in: SignIn, cared_for: dict[str, Person], campaign: Campaign
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    assert "2 people in your care: no visit, call or text for 30 days" in flat(organizer.get("/"))
    answer = organizer.get("/organizing/left-alone/")
    assert answer.headers["Location"] == f"/organizing/campaigns/{campaign.pk}/?days=30&missing=on&mine=on"
    page = flat(organizer.get(answer.headers["Location"])).split("</details>")[-1]
    assert {name for name in cared_for if name in page} == {"Long", "Never"}


def test_nobody_waits_after_a_visit_or_when_the_campaign_is_over(
    sign_in: SignIn, cared_for: dict[str, Person], campaign: Campaign, actor: Acting
) -> None:
    organizer, words = sign_in(Role.ORGANIZER), "in your care: no visit"
    for name in ("Long", "Never"):
        told = actions.Told(outcome="not_home")
        actions.log_contact(
            by=actor(Role.ORGANIZER), campaign=campaign, person=cared_for[name], told=told, contact_id=uuid4()
        )
        assert (words in flat(organizer.get("/"))) is (name == "Long")
    assert "Nobody is left alone" in flat(organizer.get("/organizing/left-alone/"))
    Person.objects.update(in_care_of=None)
    Campaign.objects.update(ends_on=clock.today() - timedelta(days=1))
    Person.objects.filter(given__isnull=False).update(in_care_of=actor(Role.ORGANIZER).me)
    assert words not in flat(organizer.get("/"))


def test_two_campaigns_are_chosen_from(sign_in: SignIn, cared_for: dict[str, Person], actor: Acting) -> None:
    by = actor(Role.ORGANIZER)
    second = actions.add_campaign(by=by, details={"name": "Kitchens"}, scale=["1", "2", "3"])
    actions.put_in_campaign(by=by, campaign=second, people_in=[cared_for["Seen"]])
    organizer = sign_in(Role.ORGANIZER)
    page = flat(organizer.get("/organizing/left-alone/"))
    assert page.index("Markets") < page.index("Kitchens")  # two wait in the first, one in the second
    assert f'href="/organizing/campaigns/{second.pk}/?days=30&amp;missing=on&amp;mine=on"' in page


def test_others_have_no_such_page(sign_in: SignIn, cared_for: dict[str, Person]) -> None:
    for role in (Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK, Role.STEWARD):
        client = sign_in(role)
        assert client.get("/organizing/left-alone/").status_code == 404
        assert "in your care: no visit" not in flat(client.get("/"))
    assert "in your care: no visit" not in flat(sign_in(Role.MANAGER).get("/"))  # on no campaign


def test_queries_do_not_grow_with_the_people(
    sign_in: SignIn, cared_for: dict[str, Person], add_worker: MakePerson, cast: dict[Role, User]
) -> None:
    organizer, counts = sign_in(Role.ORGANIZER), []
    organizer.get("/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            organizer.get("/")
        counts.append(len(asked))
        for number in range(5):
            add_worker(given=f"More{number}")
        Person.objects.update(in_care_of=cast[Role.ORGANIZER])
    assert counts[0] == counts[1] <= 60
