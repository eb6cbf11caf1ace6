"""A table of people, from upload to undo."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from centro.clinic.models import Case
from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from centro.organizing.choices import TieKind
from centro.organizing.models import Campaign, Tie
from centro.people import actions, imports, queries
from centro.people.choices import How, Purpose
from centro.people.models import Employment, ImportBatch, ImportRow, Person, Phone, SameAs
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
Committed = Callable[..., AbstractContextManager[Any]]
CSV = """First name,Last name,Phone,Language,Workplace,Note
Rosa,Cruz,213-555-0123,Spanish,Casa Lupita,
영희,김,213-555-0124,Korean,Casa Lupita,
Ana,Luna,12,Spanish,,
Rosa,Cruz,213-555-0199,Spanish,,same name as above
Luz,Vega,213-555-0125,Spanish,,SSN 123-45-6789
"""


@pytest.fixture
def steward(sign_in: SignIn) -> Client:
    return sign_in(Role.STEWARD)


def upload(client: Client, text: str = CSV, name: str = "people.csv") -> ImportBatch:
    client.post("/people/imports/", {"file": SimpleUploadedFile(name, text.encode())})
    return ImportBatch.objects.get()


def check(client: Client, batch: ImportBatch) -> None:
    fields = {f"column{place}": field for place, field in enumerate(batch.columns)}
    client.post(f"/people/imports/{batch.pk}/columns/", fields)


@pytest.fixture
def work_at_once(django_capture_on_commit_callbacks: Committed) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_from_upload_to_people(steward: Client, work_at_once: Any, seen_by: SeenBy, actor: Acting) -> None:
    batch = upload(steward)
    assert batch.columns == ["given", "family", "number", "language", "workplace_name", "safe_contact"]
    with work_at_once():
        check(steward, batch)
    assert imports.counts(batch) == {"waiting": 0, "ready": 3, "alike": 1, "wrong": 1, "added": 0}
    assert not Person.objects.exists()
    with work_at_once():
        steward.post(f"/people/imports/{batch.pk}/add/")
    assert Person.objects.count() == 3
    assert Phone.objects.count() == 3
    assert Employment.objects.count() == 2
    assert len({job.workplace_id for job in Employment.objects.all()}) == 1
    assert Event.objects.filter(kind="person.imported").count() == 3
    with seen_by(Role.STEWARD):
        rosa = queries.find_people(actor(Role.STEWARD), "rosa cruz").rows[0]
        luz = queries.find_people(actor(Role.STEWARD), "luz").rows[0]
        assert rosa.language == "es"
        assert "6789" not in luz.safe_contact
        assert [p.language for p in queries.find_people(actor(Role.STEWARD), "kim younghee").rows] == ["ko"]


def test_who_may_be_here_already_waits_for_a_look(steward: Client, work_at_once: Any, add_person: MakePerson) -> None:
    here = add_person(given="Rosa", family="Cruz", phone="+12135550123")
    batch = upload(steward)
    with work_at_once():
        check(steward, batch)
    assert imports.counts(batch)["alike"] == 2
    with work_at_once():
        steward.post(f"/people/imports/{batch.pk}/add/", {"alike": "1"})
    assert SameAs.objects.filter(other=here).count() == 2


def test_rows_to_correct_come_back_as_a_table_with_the_reason(steward: Client, work_at_once: Any) -> None:
    batch = upload(steward)
    with work_at_once():
        check(steward, batch)
    page = steward.get(f"/people/imports/{batch.pk}/").content.decode()
    assert "Row 4" in page
    table = steward.get(f"/people/imports/{batch.pk}/to-correct/").content.decode()
    assert "Ana,Luna,12" in table
    assert "does not look like a phone number" in table


def test_undo_takes_everybody_away_except_those_worked_with(
    steward: Client, work_at_once: Any, clock: time_machine.Traveller
) -> None:
    batch = upload(steward)
    with work_at_once():
        check(steward, batch)
    with work_at_once():
        steward.post(f"/people/imports/{batch.pk}/add/")
    clock.shift(timedelta(minutes=5))
    touched = Person.objects.order_by("added_at").first()
    assert touched is not None
    steward.post(f"/people/{touched.pk}/phones/add/", {"number": "213 555 0177", "kind": "home"})
    with work_at_once():
        steward.post(f"/people/imports/{batch.pk}/undo/")
    assert [person.pk for person in Person.objects.all()] == [touched.pk]
    batch.refresh_from_db()
    assert batch.state == "undone"


def bring_in_one(client: Client, work_at_once: Any) -> tuple[ImportBatch, Person]:
    batch = upload(client, "First name,Phone\nRosa,213-555-0123\n")
    with work_at_once():
        check(client, batch)
    with work_at_once():
        client.post(f"/people/imports/{batch.pk}/add/")
    return batch, Person.objects.get()


def agree(person: Person, steward: Actor) -> None:
    said = {"purpose": Purpose.CALL, "how": How.SPOKEN, "text": "May we?", "text_version": "1", "language": "en"}
    actions.give_consent(by=steward, person=person, **said)  # type: ignore[arg-type]


def name_in_a_tie(person: Person, steward: Actor) -> None:
    """Nothing was done for them; somebody else’s file names them."""
    other = actions.add_person(by=steward, details={"given": "Luz"}, phone=None)
    campaign = Campaign.objects.create(name="Kitchens")
    Tie.objects.create(campaign=campaign, person=other, other=person, kind=TieKind.COWORKER, by_id=steward.me)


def open_case(person: Person, steward: Actor) -> None:
    Case.objects.create(person=person, number="1")


@pytest.mark.parametrize("work_with", [agree, open_case, name_in_a_tie])
def test_undo_leaves_whoever_the_work_speaks_of(
    work_with: Callable[[Person, Actor], None], steward: Client, work_at_once: Any, actor: Acting
) -> None:
    batch, person = bring_in_one(steward, work_at_once)
    work_with(person, actor(Role.STEWARD))
    with work_at_once():
        steward.post(f"/people/imports/{batch.pk}/undo/")
    assert Person.objects.filter(pk=person.pk).exists()


def test_adding_twice_adds_once_and_goes_on_after_a_crash(
    steward: Client, work_at_once: Any, actor: Acting, seen_by: SeenBy
) -> None:
    batch = upload(steward)
    with work_at_once():
        check(steward, batch)
    with seen_by(Role.STEWARD):
        by = actor(Role.STEWARD)
        mine = queries.get_import(by, batch.pk)
        imports.start_adding(by=by, batch=mine, adds_alike=False)
        with pytest.raises(imports.NotNow):
            imports.start_adding(by=by, batch=mine, adds_alike=False)
        imports.add_batch(by=by, batch=queries.get_import(by, batch.pk))
        imports.add_batch(by=by, batch=queries.get_import(by, batch.pk))
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.exe", "x", "kind of file cannot be read"),
        ("people.csv", "", "empty"),
        ("people.csv", "name\n", "empty"),
        ("people.xlsx", "not a workbook", "damaged"),
    ],
)
def test_a_file_that_is_no_table_comes_back_with_words(name: str, content: str, words: str, steward: Client) -> None:
    answer = steward.post("/people/imports/", {"file": SimpleUploadedFile(name, content.encode())})
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [(["", "", "", "", "", ""], "has to be a name"), (["given", "given", "", "", "", ""], "the same thing")],
)
def test_columns_must_make_sense(fields: list[str], words: str, steward: Client) -> None:
    batch = upload(steward)
    sent = {f"column{place}": field for place, field in enumerate(fields)}
    answer = steward.post(f"/people/imports/{batch.pk}/columns/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_rows_of_a_file_are_destroyed_after_a_day(steward: Client, clock: time_machine.Traveller) -> None:
    batch = upload(steward)
    clock.shift(timedelta(hours=25))
    assert imports.forget_old_rows() == 1
    assert not ImportRow.objects.exists()
    assert steward.get(f"/people/imports/{batch.pk}/").status_code in {200, 302}


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.DIRECTOR, Role.ADMIN, Role.ORGANIZER])
def test_other_roles_have_no_import(role: Role, sign_in: SignIn) -> None:
    assert sign_in(role).get("/people/imports/").status_code == 404
