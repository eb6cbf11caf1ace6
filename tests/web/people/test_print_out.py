"""“What we hold about you”: the paper, in the person's language, frozen, and only for those who may print."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import get_resolver

from centro.core.classes import Role
from centro.core.documents import blobs
from centro.core.documents.hand import forget_handed_over
from centro.core.models import Access, Document
from centro.core.vault import keyring
from centro.people import held
from centro.people.choices import Inbox
from centro.people.models import Message
from tests.pdf import raw_text
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

CaptureCommit = Callable[..., AbstractContextManager[list[Any]]]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "How to reach you"), ("es", "Cómo comunicarnos con usted"), ("ko", "연락처")],
)
def test_the_paper_speaks_the_language_and_holds_the_whole_number(
    language: str, words: str, sign_in: SignIn, add_person: MakePerson, tmp_path: Path
) -> None:
    person = add_person(given="Rosa", family="Hernández", phone="+12135550123")
    desk = sign_in(Role.FRONT_DESK)
    answer = desk.post(f"/people/{person.pk}/print/", {"language": language})
    document = desk.get(answer["Location"])
    text = raw_text(document.content, "-layout")
    assert words in text
    assert "Rosa Hernández" in text
    assert "(213) 555-0123" in text
    assert Access.objects.filter(kind="print").exists()


def test_what_was_printed_stays_in_the_list(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{person.pk}/print/", {"language": "ko"})
    page = desk.get(f"/people/{person.pk}/print/").content.decode()
    assert str(Document.objects.get().pk) in page


def test_a_role_that_does_not_print_gets_neither_the_page_nor_the_paper(
    sign_in: SignIn, add_person: MakePerson
) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    where = desk.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"]
    director = sign_in(Role.DIRECTOR)
    assert director.get(f"/people/{person.pk}/print/").status_code == 404
    assert director.get(where).status_code == 404
    assert sign_in(Role.ORGANIZER).get(where).status_code == 404


@pytest.fixture
def visits_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module above holds visits, which organizers open and the front desk does not."""
    get_resolver().url_patterns  # noqa: B018  (pages register what they hold as they load: not in the list set here)
    monkeypatch.setattr(held, "_HELD", [])
    held.register(
        held.Held("Visits", "contact.see", lambda actor, person: [("12 May", person.given)], columns=("Day", "Who"))
    )


@pytest.mark.usefixtures("visits_are_held")
def test_the_paper_holds_what_other_modules_hold(sign_in: SignIn, add_person: MakePerson, tmp_path: Path) -> None:
    person = add_person(role=Role.ORGANIZER, given="Rosa")
    organizer = sign_in(Role.ORGANIZER)
    paper = organizer.get(organizer.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"])
    words = raw_text(paper.content, "-layout")
    assert "Visits" in words
    assert "12 May" in words
    assert "Not on this paper" not in words


@pytest.mark.usefixtures("visits_are_held")
def test_the_paper_says_which_parts_it_leaves_out(sign_in: SignIn, add_person: MakePerson, tmp_path: Path) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    paper = desk.get(desk.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"])
    words = raw_text(paper.content, "-layout")
    assert "12 May" not in words
    assert "Not on this paper: Visits." in words


def test_the_paper_holds_what_the_desk_and_they_wrote(
    sign_in: SignIn, add_person: MakePerson, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    person = add_person(given="Rosa", phone="+12135550123")
    to = {"person": person, "channel": "text", "to": "+12135550123", "language": "en"}
    Message.objects.create(**to, inbox=Inbox.DESK, words="Please call us back.")
    clock.shift(timedelta(minutes=1))
    Message.objects.create(**to, inbox=Inbox.DESK, words="Tomorrow at noon.", is_incoming=True, state="received")
    Message.objects.create(**to, inbox=Inbox.ORGANIZING, words="Come to the meeting.")
    desk = sign_in(Role.FRONT_DESK)
    paper = desk.get(desk.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"])
    words = raw_text(paper.content, "-layout")
    assert "Messages of the desk" in words
    assert "Please call us back." in words
    assert "Tomorrow at noon." in words
    assert "Come to the meeting." not in words
    assert words.index("The center") < words.index("Tomorrow at noon.")


def test_who_does_not_read_at_the_desk_prints_without_it(
    sign_in: SignIn, add_person: MakePerson, tmp_path: Path
) -> None:
    person = add_person(role=Role.ORGANIZER, given="Rosa")
    Message.objects.create(person=person, channel="text", inbox=Inbox.DESK, to="+12135550123", words="A secret.")
    organizer = sign_in(Role.ORGANIZER)
    paper = organizer.get(organizer.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"])
    words = raw_text(paper.content, "-layout")
    assert "A secret." not in words
    assert "Messages of the desk" in words.partition("Not on this paper:")[2]


@pytest.mark.usefixtures("visits_are_held")
def test_a_paper_with_other_modules_opens_for_whoever_printed_it_alone(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(role=Role.ORGANIZER, given="Rosa")
    organizer, desk = sign_in(Role.ORGANIZER), sign_in(Role.FRONT_DESK)
    where = organizer.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"]
    assert organizer.get(where).status_code == 200
    assert where in organizer.get(f"/people/{person.pk}/print/").content.decode()
    assert desk.get(where).status_code == 404
    assert where not in desk.get(f"/people/{person.pk}/print/").content.decode()


@pytest.mark.usefixtures("visits_are_held")
def test_such_a_paper_is_destroyed_after_a_day(
    sign_in: SignIn,
    add_person: MakePerson,
    clock: time_machine.Traveller,
    django_capture_on_commit_callbacks: CaptureCommit,
) -> None:
    person, organizer = add_person(role=Role.ORGANIZER, given="Rosa"), sign_in(Role.ORGANIZER)
    where = organizer.post(f"/people/{person.pk}/print/", {"language": "en"})["Location"]
    paper = Document.objects.get()
    key = paper.vault_id()
    assert key != person.vault_id()
    clock.shift(timedelta(hours=23))
    assert forget_handed_over() == 0
    clock.shift(timedelta(hours=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_handed_over() == 1
    assert keyring.living([key]) == []
    assert not blobs.path_of(paper.pk, "issued").exists()
    assert organizer.get(where).status_code in {302, 404}
    assert forget_handed_over() == 0
