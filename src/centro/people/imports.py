"""Bringing in a table of people: read, choose columns, check every row, add in small steps, undo the whole batch.

Adding goes in transactions of 200 rows, so that nobody else waits; after a crash the next run goes on where it
stopped, because each row says what became of it.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef

from centro.core import audit, clock
from centro.core.audit import record_event
from centro.core.models import Event
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.core.vault import keyring
from centro.people import actions, columns, homes, names, queries, search
from centro.people.forms import ImportedPersonForm, details_in, home_in, phone_in
from centro.people.models import (
    Employment,
    ImportBatch,
    ImportRow,
    Person,
    Phone,
    Residency,
    SameAs,
)
from centro.people.tables import Table

STEP, KEPT = 200, timedelta(hours=24)
_BROUGHT = {Phone, Employment, Residency, SameAs}  # what an import writes about somebody
_State = ImportRow.State


Said = dict[str, Any]


class NotNow(Exception):
    """The batch is in another state than this needs."""


@transaction.atomic
def bring_in(*, by: Actor, name: str, table: Table) -> ImportBatch:
    """Keep a table, sealed, with a first guess at its columns."""
    batch = ImportBatch(
        name=name,
        header=json.dumps(table.header),
        columns=columns.guess(table.header),
        total=len(table.rows),
        by_id=by.me,
    )
    batch.save()
    rows = (ImportRow(batch=batch, number=n, cells=json.dumps(cells)) for n, cells in enumerate(table.rows, start=2))
    ImportRow.objects.bulk_create(rows, batch_size=1000)
    record_event("import.brought_in", by=by, about=batch)
    return batch


@transaction.atomic
def choose_columns(*, by: Actor, batch: ImportBatch, fields: list[str]) -> None:
    """Say what each column is; the check starts again from the first row."""
    if batch.state not in {ImportBatch.State.MAPPING, ImportBatch.State.CHECKED}:
        raise NotNow
    batch.columns, batch.state, batch.done = fields, ImportBatch.State.CHECKING, 0
    batch.save(update_fields=["columns", "state", "done"])
    batch.rows.update(state=_State.WAITING, alike=None)
    record_event("import.columns_chosen", by=by, about=batch)


@dataclass
class _Known:
    """Who is here already: by phone mark, and by the whole name."""

    marks: dict[bytes, UUID] = field(default_factory=dict)
    keys: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    def now(cls) -> "_Known":
        marks = Phone.objects.filter(number_mark__isnull=False).values_list("number_mark", "person_id")
        return cls({bytes(mark): person for mark, person in marks.iterator()}, search.people_by_name())

    def find(self, said: Said) -> UUID | None:
        """Somebody with this phone or this whole name; the row itself is known from now on."""
        number, key = said.get("number"), _name_key(said)
        mark = keyring.blind("number", number) if number else None
        return (self.marks.get(mark) if mark else None) or (
            self.keys.get(key) if " " in key or names.is_hangul(key) else None
        )

    def add(self, said: Said, row: UUID) -> None:
        if number := said.get("number"):
            self.marks.setdefault(keyring.blind("number", number), row)
        self.keys.setdefault(_name_key(said), row)


def _name_key(said: Said) -> str:
    return names.fold(" ".join(said.get(part, "") for part in ("family", "family2", "given", "native")))


class Reader:
    """Reads row after row with one form: a new form for each would cost ten times as much."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.form = ImportedPersonForm({})

    def read(self, row: ImportRow) -> tuple[Said, dict[str, str]]:
        """What a row says, cleaned; and what is wrong with it, by field, in the words of the form."""
        self.form.data = columns.details(self.batch.columns, json.loads(row.cells))
        self.form.full_clean()
        errors = {name: str(texts[0]) for name, texts in self.form.errors.items()}
        return dict(self.form.cleaned_data), errors


def _next_rows(batch: ImportBatch, states: list[ImportRow.State]) -> list[ImportRow]:
    rows = list(batch.rows.filter(state__in=states)[:STEP])
    for row in rows:
        row.batch = batch
    return rows


def check_batch(*, by: Actor, batch: ImportBatch) -> None:
    """Look at every row: ready, maybe here already, or to correct. Nothing is added."""
    known, reader = _Known.now(), Reader(batch)
    while rows := _next_rows(batch, [_State.WAITING]):
        for row in rows:
            said, errors = reader.read(row)
            row.alike = known.find(said) if not errors else None
            row.state = _State.WRONG if errors else _State.ALIKE if row.alike else _State.READY
            if not errors:
                known.add(said, row.pk)
        with transaction.atomic():
            ImportRow.objects.bulk_update(rows, ["state", "alike"])
            ImportBatch.objects.filter(pk=batch.pk).update(done=batch.rows.exclude(state=_State.WAITING).count())
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.CHECKED)
        record_event("import.checked", by=by, about=batch)


@transaction.atomic
def start_adding(*, by: Actor, batch: ImportBatch, adds_alike: bool) -> None:
    """Add the rows that are ready; with `adds_alike` also those that may be here, as pairs for the queue."""
    started = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.CHECKED).update(
        state=ImportBatch.State.ADDING, adds_alike=adds_alike, done=0
    )
    if not started:
        raise NotNow
    record_event("import.started", by=by, about=batch, codes=["alike"] if adds_alike else [])


def add_batch(*, by: Actor, batch: ImportBatch) -> None:
    """Add people two hundred at a time; safe to run again."""
    wanted = [_State.READY, _State.ALIKE] if batch.adds_alike else [_State.READY]
    shops = search.workplaces_by_sign()
    while rows := _next_rows(batch, wanted):
        _add_step(by, batch, rows, shops)
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.DONE)
        record_event("import.done", by=by, about=batch)


@transaction.atomic
def _add_step(by: Actor, batch: ImportBatch, rows: list[ImportRow], shops: dict[str, UUID]) -> None:
    reader = Reader(batch)
    said = [reader.read(row)[0] for row in rows]
    keys = keyring.new_vaults("person-identity", len(rows))
    people = [
        Person(
            key=key, import_batch=batch, added_by_id=by.user_id, in_care_of_id=queries.carer_of(by), **details_in(one)
        )
        for key, one in zip(keys, said, strict=True)
    ]
    Person.objects.bulk_create(people)
    phones = [(person, phone_in(one)) for person, one in zip(people, said, strict=True)]
    Phone.objects.bulk_create([Phone(person=person, **phone) for person, phone in phones if phone])
    Employment.objects.bulk_create(_jobs(by, people, said, shops))
    lived_in = [(person, home_in(one)) for person, one in zip(people, said, strict=True)]
    rooms = [Residency(person=person, **home) for person, home in lived_in if home]
    homes.settle(rooms)
    Residency.objects.bulk_create(rooms)
    pairs = [
        SameAs(one=person, other_id=row.alike, why="import")
        for person, row in zip(people, rows, strict=True)
        if row.alike
    ]
    known = set(Person.objects.filter(pk__in=[pair.other_id for pair in pairs]).values_list("pk", flat=True))
    SameAs.objects.bulk_create([pair for pair in pairs if pair.other_id in known], ignore_conflicts=True)
    for person, row in zip(people, rows, strict=True):
        row.person, row.state = person.pk, _State.ADDED
    ImportRow.objects.bulk_update(rows, ["person", "state"])
    ImportBatch.objects.filter(pk=batch.pk).update(done=batch.rows.filter(state=_State.ADDED).count())
    audit.record_events([audit.event("person.imported", by=by, about=person, person=person.pk) for person in people])


def _jobs(by: Actor, people: list[Person], said: list[Said], shops: dict[str, UUID]) -> list[Employment]:
    """Jobs at workplaces known by this very name; a new name becomes a new workplace, once."""
    jobs = []
    for person, one in zip(people, said, strict=True):
        name = one.get("workplace_name")
        if not name:
            continue
        line = names.fold(name)
        if line not in shops:
            shops[line] = actions.add_workplace(by=by, details={"name": name}).pk
        jobs.append(Employment(person=person, workplace_id=shops[line]))
    return jobs


def undo_batch(*, by: Actor, batch: ImportBatch) -> int:
    """Take away everybody the batch added with whom nobody has worked since. Returns how many stay."""
    while _take_away_step(by, batch):
        pass
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.UNDONE)
        record_event("import.undone", by=by, about=batch)
    return Person.objects.filter(import_batch=batch).count()


@transaction.atomic
def _take_away_step(by: Actor, batch: ImportBatch) -> int:
    people = list(_untouched(batch)[:STEP])
    audit.record_events([audit.event("person.import_undone", by=by, about=p, person=p.pk) for p in people])
    lived_in = homes.buildings_of(person.pk for person in people)
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    bury([*(person.vault_id() for person in people), *homes.leave(lived_in)])
    return len(people)


def _untouched(batch: ImportBatch) -> Any:
    """Those of a batch who have nothing but what it brought: no event names them since, no other row is about them."""
    since = Event.objects.filter(person=OuterRef("pk")).exclude(kind="person.imported")
    rows = Person.objects.filter(~Exists(since), import_batch=batch, version=1)
    for tie in Person._meta.related_objects:
        if tie.related_model not in _BROUGHT:
            about_them = {tie.field.attname: OuterRef("pk")}
            rows = rows.filter(~Exists(tie.related_model._base_manager.filter(**about_them)))
    return rows.filter(changed_at__lt=F("added_at") + timedelta(seconds=1))


def forget_old_rows() -> int:
    """A day after a file was brought in its rows are destroyed, key first; the batch stays for its undo."""
    old = list(ImportBatch.objects.filter(at__lt=clock.now() - KEPT, key__isnull=False)[:50])
    for batch in old:
        with transaction.atomic():
            batch.rows.all().delete()
            bury([batch.vault_id()])
            ImportBatch.objects.filter(pk=batch.pk).update(key=None, name=None, header=None)
    return len(old)


def counts(batch: ImportBatch) -> dict[str, int]:
    """How many rows are in each state."""
    found = dict(batch.rows.values_list("state").annotate(n=Count("pk")).order_by())
    return {state.value: found.get(state.value, 0) for state in _State}
