"""“What we hold about you”: everything in a person's file, as sections for the printed paper, in their language."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centro.core import access, content
from centro.core.documents.actions import issue_document
from centro.core.documents.owners import register_owner
from centro.core.models import Document
from centro.core.policy import Actor
from centro.people import held, phones, queries
from centro.people.choices import LANGUAGES, Inbox
from centro.people.models import Person
from centro.people.queries.texts import messages_of
from centro.people.words import sentence


def print_person_file(*, by: Actor, person: Person, language: str) -> Document:
    """Issue the paper, frozen as it is handed over. Masked numbers are printed in full: it is the person's own file.

    With what other modules hold it is a paper for the hand: whoever printed it opens it, for a day.
    """
    for part in (*person.phones.all(), *person.emails.all()):
        access.reveal(part)
    with translation.override(language):
        more = held.sections(by, person)
        data = _data(by, person, language, more)
    kind = "whole_file" if more else "person_file"
    return issue_document(by=by, kind=kind, about=person, language=language, data=data, person=person.pk)


def _data(by: Actor, person: Person, language: str, more: list[dict[str, Any]]) -> dict[str, Any]:
    rights = content.text("print", "your_rights", language)
    return {
        "person": {"name": person.name, "beside": person.native_beside},
        "nothing": _("Nothing."),
        "sections": [
            {"title": _("Who you are"), "rows": _filled(_who(person))},
            {"title": _("How to reach you"), "rows": _filled(_reach(person))},
            {"title": _("Where you live and work"), "rows": _filled(_places(person))},
            {
                "title": _("What you agreed to"),
                "columns": [_("What"), _("How"), _("When"), _("Until")],
                "rows": [_consent(row) for row in person.consents.all()],
            },
            *more,
            {
                "title": _("What was done"),
                "columns": [_("When"), _("What")],
                "rows": [[_day(e.at), str(sentence(e))] for e in queries.timeline(by, person)],
            },
        ],
        "left_out": _left_out(by),
        "rights": {"title": rights.title, "text": rights.paragraphs},
    }


def _left_out(by: Actor) -> str:
    parts = ", ".join(held.left_out(by))
    if not parts:
        return ""
    return _("Not on this paper: %(parts)s. If we hold something there, those who work on it print it for you.") % {
        "parts": parts
    }


def _filled(rows: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [[label, value] for label, value in rows if value]


def _who(person: Person) -> Iterable[tuple[str, str]]:
    yield _("Name"), person.name
    yield _("Name in their own script"), person.native_beside
    yield _("Spelling they use in English"), person.romanized
    yield _("Likes to be called"), person.call_me
    yield _("Other names"), person.aliases
    yield _("Preferred language"), LANGUAGES.get(person.language, person.language)
    yield _("Also speaks"), ", ".join(LANGUAGES.get(code, code) for code in person.languages)
    yield _("Year of birth"), person.birth_year
    yield _("Or age, about"), str(person.get_age_band_display())
    yield _("ZIP code"), person.zip
    yield _("Member number"), person.member_number
    yield _("Tags"), ", ".join(tagging.tag.name for tagging in person.taggings.all())
    yield _("How we met"), str(person.get_met_through_display())


def _reach(person: Person) -> Iterable[tuple[str, str]]:
    for phone in person.phones.all():
        yield str(phone.get_kind_display()), phones.shown(phone.number)
    for email in person.emails.all():
        yield _("E-mail"), email.address
    yield _("How to contact them safely"), person.safe_contact


def _places(person: Person) -> Iterable[tuple[str, str]]:
    for home in person.residencies.all():
        where = ", ".join(part for part in (home.street, home.unit, home.city, home.zip) if part)
        yield _("Home"), _with_period(where, home.from_on, home.to_on)
    for job in person.employments.all():
        what = ", ".join(part for part in (job.workplace.name, job.job, str(job.get_works_as_display())) if part)
        yield _("Job"), _with_period(what, job.from_on, job.to_on)


def _with_period(what: str, begins: date | None, ends: date | None) -> str:
    if not (begins or ends):
        return what
    if begins and ends:
        return f"{what} ({_date(begins)} – {_date(ends)})"
    words = _("since %(day)s") if begins else _("until %(day)s")
    return f"{what} ({words % {'day': _date(begins or ends)}})"


def _consent(row: Any) -> list[str]:
    until = _day(row.withdrawn_at) if row.withdrawn_at else _date(row.expires_on)
    return [str(row.get_purpose_display()), str(row.get_how_display()), _day(row.taken_at), until]


def _of_the_desk(actor: Actor, person: Person) -> Iterable[held.Row]:
    """What the desk and they wrote to each other, all of it."""
    for message in messages_of(actor, person, Inbox.DESK, most=None):
        who = person.short_name if message.is_incoming else _("The center")
        yield _day(message.at), who, str(message.words)


def _day(at: datetime) -> str:
    return _date(timezone.localtime(at).date())


def _date(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else ""


def _fetch(actor: Actor, person: UUID, verb: str) -> Person:
    return queries.get_person(actor, person, verb)


register_owner("person", _fetch)
held.register(
    held.Held(
        gettext_lazy("Messages of the desk"),
        "message.outbox",
        _of_the_desk,
        (gettext_lazy("When"), gettext_lazy("Who"), gettext_lazy("Words")),
    )
)
