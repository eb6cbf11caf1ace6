"""The form of a visit on paper: blank in three languages, a page for one person, a page for every door of a list."""

from typing import Any

import pytest
from django.utils import timezone

from centro.core import access
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event
from centro.organizing import actions, visit_paper
from centro.organizing.choices import IN_PERSON
from centro.organizing.models import Campaign, Contact
from centro.people import queries as people
from centro.people.models import Person
from tests.pdf import pages_of
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakeList, MakePerson

STORY = "They cut her hours after she asked for water"


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def rosa(add_worker: MakePerson, actor: Acting, campaign: Campaign) -> Person:
    """Somebody who speaks Korean and with whom somebody talked."""
    row = add_worker(given="Rosa", family="Quispe", language="ko", street="12 Magpie Street", phone="+12135550140")
    told = actions.Told(outcome="talked", no_step="done", story=STORY, issues=("hours",))
    by = actor(Role.ORGANIZER)
    actions.log_contact(by=by, campaign=campaign, person=row, told=told, contact_id=row.pk)
    return row


def test_the_blank_form_is_a_page_in_each_language(sign_in: SignIn, campaign: Campaign) -> None:
    answer = sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/visit-form/")
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = pages_of(answer.content)
    assert len(pages) == 3
    for page, words in zip(pages, ("What happened?", "¿Qué pasó?", "어떻게 되었나요?"), strict=True):
        assert words in page
    for _code, label in IN_PERSON:
        assert str(label) in pages[0]


@pytest.mark.parametrize("notes", [False, True])
def test_one_page_of_one_person(notes: bool, sign_in: SignIn, rosa: Person) -> None:
    path, organizer = f"/organizing/people/{rosa.pk}/visit-sheet/", sign_in(Role.ORGANIZER)
    page = flat(organizer.get(path))
    assert (
        "checked" in page.split('type="radio" name="language" value="ko"')[1].split(">")[0]
    )  # theirs, until somebody chooses another
    answer = organizer.post(path, {"language": "es", **({"with_notes": "on"} if notes else {})})
    (page,) = pages_of(answer.content)
    for words in ("Rosa Quispe", "12 Magpie Street", "555-0140", "¿Qué pasó?"):
        assert words in page
    assert (STORY in page) is notes
    event = Event.objects.get(kind="contact.sheet_printed", person=rosa.pk)
    assert event.codes == (["es", "notes"] if notes else ["es"])
    assert Access.objects.filter(route="organizing:visit_sheet", kind="print").exists()


def test_no_number_of_the_scale_is_said_in_words(actor: Acting, rosa: Person, campaign: Campaign) -> None:
    """Others may look at the page: where people stand is a number to ring, and how they stood is not on it."""
    by = actor(Role.ORGANIZER)
    actions.assess(by=by, campaign=campaign, person=rosa, value=5, basis="conversation", why="She said so")
    with access.viewing(by):
        pdf = visit_paper.sheet_of(by, campaign, people.get_person(by, rosa.pk), "en", with_notes=True)
    words = pages_of(pdf)[0]
    for hidden in ("Leans against", "Undecided", "She said so"):
        assert hidden not in words


def test_bad_wishes_come_back(sign_in: SignIn, rosa: Person) -> None:
    organizer, path = sign_in(Role.ORGANIZER), f"/organizing/people/{rosa.pk}/visit-sheet/"
    for bad in ("", "fr"):
        assert organizer.post(path, {"language": bad}).status_code == 422
    assert not Event.objects.filter(kind="contact.sheet_printed").exists()


def test_nobody_set_aside_is_printed(sign_in: SignIn, rosa: Person) -> None:
    Person.objects.filter(pk=rosa.pk).update(restricted_at=center.now())
    assert sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/visit-sheet/").status_code == 404


def test_others_print_nothing(sign_in: SignIn, rosa: Person, make_list: MakeList, campaign: Campaign) -> None:
    row = make_list(rosa)
    for role in (Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK, Role.STEWARD, Role.MANAGER):
        client = sign_in(role)
        assert client.get(f"/organizing/people/{rosa.pk}/visit-sheet/").status_code == 404
        assert client.post(f"/organizing/people/{rosa.pk}/visit-sheet/", {"language": "es"}).status_code == 404
        assert client.post(f"/organizing/lists/{row.pk}/pages/").status_code == 404
        assert client.get(f"/organizing/campaigns/{campaign.pk}/visit-form/").status_code == 404


def test_a_list_has_a_page_for_each_door_in_its_language(
    sign_in: SignIn, rosa: Person, add_worker: MakePerson, make_list: MakeList
) -> None:
    row, organizer = make_list(rosa, add_worker(given="Ana", language="es")), sign_in(Role.ORGANIZER)
    pages = pages_of(organizer.post(f"/organizing/lists/{row.pk}/pages/").content)
    doors = {str(stop.number): stop.person_id for stop in row.stops.all()}
    assert len(pages) == 2
    for page in pages:
        is_rosa = doors[page.split(f"{row.code}-")[1].split()[0]] == rosa.pk
        assert ("Rosa" in page, "Ana" in page) == (is_rosa, not is_rosa)
        assert ("어떻게 되었나요?" if is_rosa else "¿Qué pasó?") in page
    assert not any(STORY in page for page in pages)
    row.refresh_from_db()
    assert row.printed_at is not None  # whatever is not typed in a day after the shift is missed
    assert Access.objects.filter(route="organizing:list_pages", kind="print").exists()


def test_a_page_that_came_back_is_typed_into_the_whole_form(sign_in: SignIn, rosa: Person, make_list: MakeList) -> None:
    row, organizer = make_list(rosa), sign_in(Role.ORGANIZER)
    stop = row.stops.get()
    link = f"/organizing/stops/{stop.pk}/log/?paper=on"
    Contact.objects.all().delete()
    assert link in organizer.get(f"/organizing/lists/{row.pk}/enter/").content.decode()
    page = organizer.get(link).content.decode()
    assert f"{timezone.localtime(row.from_at):%Y-%m-%dT%H:%M}" in page  # the day of the shift, not of the typing
    sent = {"outcome": "talked", "kind": "visit", "known_as0": "Lupe", "no_step": "done", "paper": "on"}
    answer = organizer.post(f"/organizing/stops/{stop.pk}/log/", sent)
    assert answer.url == f"/organizing/lists/{row.pk}/enter/"
    assert Contact.objects.get().source == "paper"
