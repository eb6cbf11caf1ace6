"""Taking a list out: the listed shape only, a reason, two people where it is long, one download within 15 minutes."""

import csv
import io
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centro.core import access, clock, policy
from centro.core.audit import record_access, record_event
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.people import phones
from centro.people.columns import FIELDS
from centro.people.models import Export, Person
from centro.people.tables import harmless

LONG, OPEN_FOR, KEPT = 200, timedelta(minutes=15), timedelta(hours=24)
OSDI_HEADER = (
    "identifier",
    "given_name",
    "family_name",
    "preferred_language",
    "languages_spoken",
    "phones.number",
    "phones.sms_capable",
    "emails.address",
    "addresses.locality",
    "addresses.postal_code",
    "employer",
)
# The words of the import, so that a list that went out can come in again, and the answer about texts.
HEADER = (*(FIELDS[name] for name in ("full_name", "native", "call_me", "language", "number")), _("text ok"))
HEADER += (FIELDS["zip"], FIELDS["workplace_name"])
_State = Export.State
_OPEN = (_State.WAITING, _State.MAKING, _State.READY)


class SamePerson(Exception):
    """Whoever asked for a list cannot approve it."""


class TooLate(Exception):
    """The list was taken already, or its fifteen minutes are over."""


def _people(by: Actor, export: Export) -> Any:
    rows = Person.objects.visible_to(by, "export").filter(restricted_at__isnull=True)
    if export.language:
        rows = rows.filter(language=export.language)
    if export.zip:
        rows = rows.filter(zip=export.zip)
    return rows


@transaction.atomic
def ask_for_export(
    *, by: Actor, reason: str, language: str = "", zip_code: str = "", shape: str = Export.Shape.CONTACTS
) -> Export:
    """Ask for a list of people. A long one waits for a second officer; a short one is made at once."""
    export = Export(reason=reason, language=language, zip=zip_code, shape=shape, asked_by_id=by.me)
    export.rows = _people(by, export).count()
    export.state = _State.WAITING if export.rows > LONG else _State.MAKING
    export.save()
    record_event("export.asked", by=by, about=export, codes=[f"rows:{export.rows}"])
    return export


@transaction.atomic
def approve_export(*, by: Actor, export: Export) -> bool:
    """The second yes to a long list. False when it was already given."""
    if export.asked_by_id == by.user_id:
        raise SamePerson
    is_approved = (
        Export.objects.filter(pk=export.pk, state=_State.WAITING)
        .exclude(asked_by_id=by.me)
        .update(state=_State.MAKING, approved_by_id=by.me)
        == 1
    )
    if is_approved:
        record_event("export.approved", by=by, about=export)
    return is_approved


def make_export(*, by: Actor, export: Export) -> None:
    """Write the list and seal it. `by` is whoever asked: what they may not see is not in it.

    A list that a lock-down revoked meanwhile is not made.
    """
    if export.state == _State.GONE:
        return
    with translation.override(export.asked_by.language):
        text, count = _written(by, export)
    with transaction.atomic():
        export.content, export.rows = text, count
        export.state, export.ready_at = _State.READY, clock.now()
        export.save(update_fields=["content", "rows", "state", "ready_at"])
        record_event("export.made", by=by, about=export, codes=[f"rows:{count}"])


def _written(by: Actor, export: Export) -> tuple[str, int]:
    """The list as a table in the language of whoever asked, and how many people are on it."""
    text = io.StringIO()
    writer = csv.writer(text)
    is_osdi = export.shape == Export.Shape.OSDI
    if not is_osdi:  # another program reads the headings from the first line
        writer.writerow([f"Centro {export.pk}", f"{by.user_id}", clock.now().isoformat(timespec="minutes")])
    writer.writerow(OSDI_HEADER if is_osdi else HEADER)
    parts = ("phones", "employments__workplace", *(("emails", "residencies") if is_osdi else ()))
    rows = _people(by, export).prefetch_related(*parts).order_by("-changed_at", "id")
    count = 0
    for person in rows.iterator(chunk_size=500):
        writer.writerow([harmless(cell) for cell in (_osdi_line(person) if is_osdi else _line(person))])
        count += 1
    return text.getvalue(), count


def _line(person: Person) -> list[str]:
    phone = next(iter(person.phones.all()), None)
    job = next((job for job in person.employments.all() if job.to_on is None), None)
    if job is not None:
        policy.opens_all(job.workplace)
    return [
        person.name,
        person.native_beside,
        person.call_me,
        person.language,
        phones.shown(phone.number) if phone else "",
        gettext("Yes") if phone and phone.text_ok else gettext("No"),
        person.zip,
        job.workplace.name if job else "",
    ]


def _osdi_line(person: Person) -> list[str]:
    """The same person in the words of OSDI; a phone with its country code, as OSDI asks."""
    phone = next(iter(person.phones.all()), None)
    email = next(iter(person.emails.all()), None)
    home = next((home for home in person.residencies.all() if home.to_on is None), None)
    return [
        f"centro:{person.pk}",
        str(person.given or person.native or person.call_me),
        " ".join(part for part in (person.family, person.family2) if part),
        person.language,
        " ".join([person.language, *(code for code in person.languages if code != person.language)]),
        str(phone.number).removeprefix("+") if phone else "",
        ("true" if phone.text_ok else "false") if phone else "",
        str(email.address) if email else "",
        str(home.city) if home else "",
        person.zip or (str(home.zip) if home else ""),
        _line(person)[-1],
    ]


def take_export(*, by: Actor, export: Export) -> str:
    """The list itself, once, to whoever asked for it, within fifteen minutes of its making."""
    if export.asked_by_id != by.user_id or export.ready_at is None or clock.now() - export.ready_at > OPEN_FOR:
        raise TooLate
    if Export.objects.filter(pk=export.pk, state=_State.READY).update(state=_State.TAKEN) != 1:
        raise TooLate
    record_access("export", by=by, route="people:take_export", records=[export.pk], count=export.rows)
    with access.viewing(by):
        return str(export.content)


def count_open() -> int:
    """How many lists were asked for and can still be made or taken."""
    return Export.objects.filter(state__in=_OPEN).count()


@transaction.atomic
def revoke_all(*, by: Actor) -> int:
    """Destroy every list that waits, is being made or was not taken yet, key first. Returns how many."""
    rows = list(Export.objects.filter(state__in=_OPEN))
    bury([row.vault_id() for row in rows])
    gone = Export.objects.filter(pk__in=[row.pk for row in rows])
    gone.update(state=_State.GONE, key=None, reason=None, content=None)
    if rows:
        record_event("export.all_revoked", by=by, codes=[f"exports:{len(rows)}"])
    return len(rows)


def forget_old() -> int:
    """A day after it was asked for, a list is destroyed, key first."""
    old = list(Export.objects.filter(at__lt=clock.now() - KEPT, key__isnull=False)[:50])
    for export in old:
        with transaction.atomic():
            bury([export.vault_id()])
            Export.objects.filter(pk=export.pk).update(state=_State.GONE, key=None, reason=None, content=None)
    return len(old)
