"""Lists of a shift: what a volunteer sees of them, and what not."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event, Place, User
from centro.organizing import actions
from centro.organizing.models import Assignment, Campaign, Contact, Stop
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakeList, MakePerson

STORY = "She told me about the harassment."


def test_a_list_is_made_of_the_ticked_and_ordered_by_street(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, cast: dict[Role, User]
) -> None:
    homes = ("9 Tortuga Street", "12 Magpie Street", "2 Magpie Street")
    ticked = [add_worker(given=f"W{at}", street=home).pk for at, home in enumerate(homes)]
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/campaigns/{campaign.pk}/list/"
    assert 'name="goes"' in organizer.post(path, {"person": ticked}).content.decode()
    sent = {"person": ticked, "name": "North", "kind": "visit", "goes": [cast[Role.VOLUNTEER].pk]}
    answer = organizer.post(path, {**sent, "from_at": "2026-11-23T09:00", "to_at": "2026-11-23T13:00"})
    page = sign_in(Role.VOLUNTEER).get(answer.url).content.decode()
    assert page.index("2 Magpie") < page.index("12 Magpie") < page.index("9 Tortuga")


def test_the_ticked_are_fetched_together_however_many_they_are(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign
) -> None:
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/campaigns/{campaign.pk}/list/"
    ticked = [add_worker(given=f"W{at}", street=f"{at} Magpie Street").pk for at in range(1, 7)]
    counts = []
    for some in (ticked[:1], ticked):
        with CaptureQueriesContext(connection) as asked:
            assert organizer.post(path, {"person": some}).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0]


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "x", "kind": "visit", "from_at": "2026-11-23T13:00", "to_at": "2026-11-23T09:00"},
        {"name": "x", "kind": "visit", "from_at": "2026-11-23T13:00", "to_at": "2027-11-23T09:00"},
        {"name": "", "kind": "visit", "from_at": "2026-11-23T09:00", "to_at": "2026-11-23T13:00"},
        {"name": "x", "kind": "party", "from_at": "soon", "to_at": ""},
    ],
)
def test_a_bad_list_stays_on_the_form(
    bad: dict[str, str], sign_in: SignIn, add_worker: MakePerson, campaign: Campaign
) -> None:
    path = f"/organizing/campaigns/{campaign.pk}/list/"
    assert sign_in(Role.ORGANIZER).post(path, {**bad, "person": [add_worker().pk]}).status_code == 422
    assert sign_in(Role.ORGANIZER).post(path, {"name": "x", "person": ["nonsense"]}).status_code == 422
    assert not Assignment.objects.exists()


def test_a_volunteer_sees_the_list_and_nothing_others_noted(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, campaign: Campaign, actor: Acting
) -> None:
    rosa = add_worker(given="Rosa", family="Quispe", phone="+12135550142", street="12 Magpie Street")
    told = actions.Told(outcome="talked", story=STORY, value=4, device_at=center.now() - timedelta(days=3))
    by = actor(Role.ORGANIZER)
    actions.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=uuid4())
    row, volunteer = make_list(rosa), sign_in(Role.VOLUNTEER)
    stop = row.stops.get()
    actions.release_line(by=by, stop=stop, words="Thank you for the letter.")
    pages = [volunteer.get(f"/organizing/lists/{row.pk}/"), volunteer.get(f"/organizing/stops/{stop.pk}/log/")]
    for page in (answer.content.decode() for answer in pages):
        for shown in ("Rosa", "12 Magpie Street", "Thank you for the letter.", "We talked"):
            assert shown in page
        for hidden in ("Quispe", "5550142", "555-0142", STORY, "stand-4", "They were at"):
            assert hidden not in page
    for path in ("", "log/", "assess/", "ties/add/"):
        assert volunteer.get(f"/organizing/people/{rosa.pk}/{path}").status_code == 404
    assert volunteer.get(f"/organizing/stops/{stop.pk}/").status_code == 404
    assert Access.objects.filter(kind="open", route="organizing:list").exists()


def test_a_volunteer_may_read_the_scale_and_note_a_visit_without_learning_what_was_before(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, campaign: Campaign, actor: Acting
) -> None:
    rosa = add_worker()
    actions.assess(by=actor(Role.ORGANIZER), campaign=campaign, person=rosa, value=5, basis="conversation")
    row, volunteer = make_list(rosa), sign_in(Role.VOLUNTEER)
    path = f"/organizing/stops/{row.stops.get().pk}/log/"
    assert "2 · With us" in volunteer.get(path).content.decode()
    answer = volunteer.post(path, {"outcome": "talked", "kind": "visit", "value": "2", "no_step": "done"})
    assert answer.url == f"/organizing/lists/{row.pk}/"
    assert Contact.objects.get().by.username == "test-volunteer"
    assert "1 of 1 done" in volunteer.get(answer.url).content.decode()


def test_the_list_is_gone_when_the_shift_is_over(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, clock: Any
) -> None:
    row = make_list(add_worker(), hours=1)
    assert sign_in(Role.VOLUNTEER).get(f"/organizing/lists/{row.pk}/").status_code == 200
    clock.shift(timedelta(hours=2))
    volunteer, stop = sign_in(Role.VOLUNTEER), row.stops.get()
    assert volunteer.get(f"/organizing/lists/{row.pk}/").status_code == 404
    assert volunteer.post(f"/organizing/stops/{stop.pk}/log/", {"quick": "not_home"}).status_code == 404


def test_a_volunteer_taken_off_in_mid_shift_sees_nothing_at_the_next_tap(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, cast: dict[Role, User]
) -> None:
    row, volunteer = make_list(add_worker()), sign_in(Role.VOLUNTEER)
    cast[Role.VOLUNTEER].places.update(to_at=center.now())
    assert volunteer.get(f"/organizing/lists/{row.pk}/").status_code == 404
    assert volunteer.post(f"/organizing/lists/{row.pk}/nobody-home/").status_code == 404


def test_somebody_elses_volunteer_gets_404(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, cast: dict[Role, User]
) -> None:
    row = make_list(add_worker())
    for role in (Role.INTERPRETER, Role.FRONT_DESK, Role.COUNSELLOR, Role.ADMIN):
        assert sign_in(role).get(f"/organizing/lists/{row.pk}/").status_code == 404


def test_a_whole_building_is_noted_at_once_and_twice_is_once(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList
) -> None:
    there = [add_worker(given=f"W{unit}", street="12 Magpie Street", unit=str(unit)) for unit in range(3)]
    row, volunteer = make_list(*there, add_worker(given="Elsewhere", street="9 Pepper Tree")), sign_in(Role.VOLUNTEER)
    page = volunteer.get(f"/organizing/lists/{row.pk}/").content.decode()
    assert page.count('name="stop"') == 3
    ticked = list(Stop.objects.filter(person__in=there[:2]).values_list("pk", flat=True))
    sent = {"stop": ticked, "_once": str(uuid4())}
    for _ in range(2):
        volunteer.post(f"/organizing/lists/{row.pk}/nobody-home/", sent)
    assert Contact.objects.filter(outcome="not_home").count() == 2


def test_taking_off_and_ending_hide_people_at_once(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    row, organizer, volunteer = make_list(rosa, lupe), sign_in(Role.ORGANIZER), sign_in(Role.VOLUNTEER)
    organizer.post(f"/organizing/stops/{row.stops.get(person=rosa).pk}/take-off/")
    assert volunteer.get(f"/people/{rosa.pk}/").status_code == 404
    assert volunteer.get(f"/people/{lupe.pk}/").status_code == 200
    organizer.post(f"/organizing/lists/{row.pk}/end/")
    assert volunteer.get(f"/people/{lupe.pk}/").status_code == 404
    assert volunteer.get(f"/organizing/lists/{row.pk}/").status_code == 404


def test_one_more_is_put_on_and_the_first_words_are_released(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    row, organizer = make_list(rosa), sign_in(Role.ORGANIZER)
    for _ in range(2):
        organizer.post(f"/organizing/people/{lupe.pk}/put-on/", {"list": row.pk})
    assert row.stops.count() == 2
    stop = row.stops.get(person=lupe)
    assert organizer.post(f"/organizing/stops/{stop.pk}/", {"say_first": "x" * 141}).status_code == 422
    organizer.post(f"/organizing/stops/{stop.pk}/", {"say_first": "Ask about her mother."})
    assert "Ask about her mother." in sign_in(Role.VOLUNTEER).get(f"/organizing/lists/{row.pk}/").content.decode()
    assert organizer.post(f"/organizing/people/{lupe.pk}/put-on/", {"list": "x"}).status_code == 404


def test_a_full_list_says_so_and_stays(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    row, organizer = make_list(rosa), sign_in(Role.ORGANIZER)
    monkeypatch.setattr("centro.organizing.actions.lists.MOST", 1)
    answer = organizer.post(f"/organizing/people/{lupe.pk}/put-on/", {"list": row.pk}, follow=True)
    assert answer.status_code == 200
    assert "This list is full" in answer.content.decode()
    assert row.stops.count() == 1


def test_whoever_is_sent_along_leaves_an_event(add_worker: MakePerson, make_list: MakeList) -> None:
    row = make_list(add_worker())
    place = Place.objects.get(scope=row.pk)
    assert (place.from_at, place.to_at) == (row.from_at, row.to_at)
    assert Event.objects.filter(kind="place.given", about=place.pk).exists()
