"""Filters that combine, page by page; searches kept under a name and shared."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centro.core import actions as core
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Place, User
from centro.organizing import actions
from centro.organizing.models import Campaign, Search, Standing
from centro.organizing.queries import searches as queries
from centro.organizing.queries.lookup import people_of_campaign
from centro.organizing.queries.searches_filters import Filters
from centro.people import actions as people
from centro.people import merge
from centro.people.models import Employment, Person
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.organizing.conftest import Acting, MakePerson

Fill = Callable[[], dict[str, Person]]


@pytest.fixture
def crowd(add_worker: MakePerson, actor: Acting, campaign: Campaign) -> dict[str, Person]:
    """Four people: visited about pay, called long ago, only heard of, and never met."""
    by = actor(Role.ORGANIZER)
    names = {"Visited": "es", "Called": "ko", "Heardof": "es", "Fresh": "en"}
    found = {name: add_worker(given=name, language=language) for name, language in names.items()}

    def log(name: str, days: int, **told: Any) -> None:
        at = clock.now() - timedelta(days=days)
        said = actions.Told(outcome="talked", device_at=at, **told)
        actions.log_contact(by=by, campaign=campaign, person=found[name], told=said, contact_id=uuid4())

    log("Visited", 3, kind="visit", issues=("pay", "safety"), value=2)
    log("Called", 90, kind="call", issues=("hours",), value=3)
    actions.assess(by=by, campaign=campaign, person=found["Heardof"], value=2, basis="second_hand")
    return found


def names(rows: list[Any]) -> list[str]:
    return [str(row.person.given) for row in rows]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("value=2", ["Heardof", "Visited"]),
        ("value=2&basis=second_hand", ["Heardof"]),
        ("value=2&basis=conversation", ["Visited"]),
        ("age=old", ["Called"]),
        ("age=fresh", ["Heardof", "Visited"]),
        ("issue=pay", ["Visited"]),
        ("issue=safety&language=es", ["Visited"]),
        ("issue=hours", ["Called"]),
        ("kind=visit", ["Visited"]),
        ("kind=call&days=30", []),
        ("kind=call&days=180", ["Called"]),
        ("kind=call&missing=on", ["Fresh", "Heardof", "Visited"]),
        ("days=7", ["Visited"]),
        ("days=7&missing=on", ["Called", "Fresh", "Heardof"]),
        ("step=none", ["Called", "Fresh", "Heardof", "Visited"]),
        ("due=late", ["Visited"]),
        ("due=open", ["Called", "Visited"]),
        ("language=mine", ["Fresh"]),
        ("value=9&kind=dance&days=1&who=me&tie=x&step=x&due=never", ["Called", "Fresh", "Heardof", "Visited"]),
    ],
)
def test_filters_combine(
    query: str, shown: list[str], sign_in: SignIn, crowd: dict[str, Person], campaign: Campaign, cast: dict[Role, User],
    actor: Acting,
) -> None:  # fmt: skip
    by, today = actor(Role.ORGANIZER), clock.today()
    for name, days in (("Visited", -1), ("Called", 5)):
        due = today + timedelta(days=days)
        core.add_task(by=by, owner=cast[Role.ORGANIZER], what="Go", due_on=due, about=crowd[name])
    page = sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/?{query}").content.decode()
    main = page.split("</details>")[-1]
    assert sorted(name for name in crowd if name in main) == shown


def test_place_work_and_ties_are_filters_too(
    sign_in: SignIn, crowd: dict[str, Person], campaign: Campaign, actor: Acting
) -> None:
    by = actor(Role.ORGANIZER)
    shop = people.add_workplace(by=by, details={"name": "Pan de Vida"})
    people.add_part(by=by, person=crowd["Fresh"], part=Employment, details={"workplace": shop})
    kitchen = actions.add_department(by=by, campaign=campaign, workplace=shop, title="Kitchen", expected={})
    actions.put_on_chart(by=by, person=crowd["Called"], department=kitchen, shift="day", is_leader=False)
    named = actions.Named(other=crowd["Visited"], kind="friend")
    actions.add_tie(by=by, campaign=campaign, person=crowd["Heardof"], named=named)
    cases = {
        f"workplace={shop.pk}": {"Fresh"},
        f"department={kitchen.pk}": {"Called"},
        f"tie={crowd['Visited'].pk}": {"Heardof"},
        f"tie={crowd['Heardof'].pk}": {"Visited"},
        f"who={by.user_id}": {"Visited", "Called"},
    }
    organizer = sign_in(Role.ORGANIZER)
    for query, shown in cases.items():
        page = organizer.get(f"/organizing/campaigns/{campaign.pk}/?{query}").content.decode().split("</details>")[-1]
        assert {name for name in crowd if name in page} == shown, query


def test_a_search_by_tie_knows_confidential_ties(
    sign_in: SignIn, crowd: dict[str, Person], campaign: Campaign, actor: Acting
) -> None:
    named = actions.Named(other=crowd["Fresh"], kind="friend")
    heard, by = crowd["Heardof"], actor(Role.ORGANIZER)
    actions.add_tie(by=by, campaign=campaign, person=heard, named=named, is_confidential=True)
    organizer, base = sign_in(Role.ORGANIZER), f"/organizing/campaigns/{campaign.pk}/"
    for knows, found in (("Fresh", {"Heardof"}), ("Heardof", {"Fresh"}), ("Called", set())):
        page = organizer.get(f"{base}?tie={crowd[knows].pk}").content.decode().split("</details>")[-1]
        assert {name for name in crowd if name in page} == found
    assert sign_in(Role.VOLUNTEER).get(f"{base}?tie={crowd['Fresh'].pk}").status_code == 404


def test_few_and_many_find_the_same(
    seen_by: Any, crowd: dict[str, Person], campaign: Campaign, actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a filter becomes a set of ids or is asked one by one is a matter of speed alone."""
    asked = [Filters(language="es"), Filters(kind="visit"), Filters(kind="visit", missing="on"), Filters(mine="on")]
    by = actor(Role.ORGANIZER)
    asked += [Filters(who=str(by.user_id)), Filters(who=str(by.user_id), kind="call", days="180")]
    with seen_by(Role.ORGANIZER):
        few = [names(people_of_campaign(by, campaign, filters)[0]) for filters in asked]
        monkeypatch.setattr(queries, "FEW", 0)
        assert [names(people_of_campaign(by, campaign, filters)[0]) for filters in asked] == few


def test_pages_follow_each_other_and_lose_nobody(
    seen_by: Any, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    by = actor(Role.ORGANIZER)
    for number in range(9):
        person = add_worker(given=f"W{number}")
        if number % 3:
            told = actions.Told(outcome="not_home", device_at=clock.now() - timedelta(days=number // 3))
            actions.log_contact(by=by, campaign=campaign, person=person, told=told, contact_id=uuid4())
    with seen_by(Role.ORGANIZER):
        whole = names(people_of_campaign(by, campaign, Filters())[0])
        paged, after = [], ""
        while True:
            rows, after = people_of_campaign(by, campaign, Filters(after=after), most=2)
            paged += names(rows)
            if not after:
                break
    assert paged == whole
    assert len(set(paged)) == 9


def test_people_of_another_campaign_set_aside_or_merged_away_are_not_found(
    sign_in: SignIn, crowd: dict[str, Person], campaign: Campaign, actor: Acting
) -> None:
    Person.objects.filter(pk=crowd["Called"].pk).update(restricted_at=clock.now())
    crowd["Heardof"].involvements.update(until=clock.now())
    Person.objects.filter(pk=crowd["Fresh"].pk).update(merged_into=crowd["Visited"])
    page = sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/").content.decode()
    assert [name for name in crowd if name in page] == ["Visited"]


def test_who_came_by_a_merge_is_found(
    crowd: dict[str, Person], campaign: Campaign, actor: Acting, sign_in: SignIn, cast: dict[Role, User]
) -> None:
    by = actor(Role.STEWARD)
    other = people.add_person(by=by, details={"given": "Kept", "family": "Elsewhere"})
    kept, gone = (Person.objects.visible_to(by, "merge").get(pk=row.pk) for row in (other, crowd["Fresh"]))
    merge.merge_people(by=by, kept=kept, gone=gone)
    assert Standing.objects.filter(person=other, campaign=campaign).exists()
    assert "Kept" in sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/").content.decode()


def test_a_turf_is_up_to_a_list_of_people_in_the_order_of_their_streets(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    for name, street in (("Far", "90 Tortuga Street"), ("Near", "2 Magpie Street"), ("Next", "12 Magpie Street")):
        add_worker(given=name, street=street)
    told = actions.Told(outcome="not_home")
    lately = add_worker(given="Lately", street="14 Magpie Street")
    by = actor(Role.ORGANIZER)
    actions.log_contact(by=by, campaign=campaign, person=lately, told=told, contact_id=uuid4())
    page = sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/?order=place").content.decode()
    rows = page.split('<ul class="list">')[1]
    assert sorted(["Far", "Near", "Next", "Lately"], key=rows.index) == ["Near", "Next", "Lately", "Far"]
    assert rows.count(" checked>") == 3  # all but whoever was tried this week


def save(client: Any, campaign: Campaign, **sent: str) -> Any:
    said = {"name": "Night kitchen", "shared": "mine", "value": "2", "language": "es", **sent}
    return client.post(f"/organizing/campaigns/{campaign.pk}/searches/", said)


def test_a_search_is_kept_opened_renamed_and_dropped(
    sign_in: SignIn, crowd: dict[str, Person], campaign: Campaign
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    answer = save(organizer, campaign)
    assert answer.url == f"/organizing/campaigns/{campaign.pk}/?language=es&value=2"
    kept = Search.objects.get()
    assert kept.codes == {"language": "es", "value": "2"}
    page = organizer.get(answer.url).content.decode()
    assert "Night kitchen" in page
    assert "Rename or share this search" in page
    assert organizer.get(f"/organizing/searches/{kept.pk}/").url == answer.url
    path = f"/organizing/searches/{kept.pk}/edit/"
    sent = {"name": "Kitchen", "shared": "team", "version": "1"}
    assert organizer.post(path, sent).status_code == 302
    again = organizer.post(path, {**sent, "name": "Mine"})
    assert again.status_code == 422
    assert "Somebody else changed this meanwhile" in again.content.decode()
    assert organizer.post(f"/organizing/searches/{kept.pk}/drop/").status_code == 302
    assert not Search.objects.exists()
    kinds = ["contact.search_saved", "contact.search_edited", "contact.search_dropped"]
    assert list(Event.objects.filter(kind__in=kinds).order_by("seq").values_list("kind", flat=True)) == kinds


@pytest.mark.parametrize(
    ("shared", "found"), [("mine", False), ("team", True), ("organizers", True), ("managers", False)]
)
def test_a_search_is_found_by_those_it_is_shared_with(
    shared: str, found: bool, sign_in: SignIn, crowd: dict[str, Person], campaign: Campaign
) -> None:
    save(sign_in(Role.ORGANIZER), campaign, shared=shared)
    colleague = user_as(Role.ORGANIZER, "colleague")
    stranger = user_as(Role.ORGANIZER, "stranger")
    Place.objects.create(user=colleague, scope_kind="campaign", scope=campaign.pk, relation="team", from_at=clock.now())
    path = f"/organizing/searches/{Search.objects.get().pk}/"
    client = signed_in(colleague)
    assert client.get(path).status_code == (302 if found else 404)
    assert ("Night kitchen" in client.get(f"/organizing/campaigns/{campaign.pk}/").content.decode()) is found
    assert client.get(f"{path}edit/").status_code == 404  # shared is not owned
    assert client.post(f"{path}drop/").status_code == 404
    assert signed_in(stranger).get(path).status_code == 404
    for role in (Role.MANAGER, Role.VOLUNTEER, Role.FRONT_DESK, Role.COUNSELLOR):
        assert sign_in(role).get(path).status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"shared": "world"},
        {"value": "", "language": ""},
        {"name": "those with A123456789"},
    ],
)
def test_a_bad_search_comes_back(bad: dict[str, str], sign_in: SignIn, campaign: Campaign) -> None:
    assert save(sign_in(Role.ORGANIZER), campaign, **bad).status_code == 422
    assert not Search.objects.exists()


def test_a_search_whose_codes_are_no_longer_known_still_opens(
    sign_in: SignIn, campaign: Campaign, actor: Acting, crowd: dict[str, Person]
) -> None:
    save(sign_in(Role.ORGANIZER), campaign)
    Search.objects.update(codes={"value": "2", "mood": "bad", "step": str(uuid4())})
    organizer = sign_in(Role.ORGANIZER)
    page = organizer.get(organizer.get(f"/organizing/searches/{Search.objects.get().pk}/").url).content.decode()
    assert "Visited" in page


def test_the_number_of_queries_does_not_grow_with_the_people(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    organizer, counts = sign_in(Role.ORGANIZER), []
    path = f"/organizing/campaigns/{campaign.pk}/?language=es&days=30&missing=on&step=none"
    for _ in range(3):
        for number in range(3):
            add_worker(given=f"W{number}", language="es")
        with CaptureQueriesContext(connection) as asked:
            organizer.get(path)
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 45
