"""Papers of membership: the pledge to sign, receipts of dues, the member card."""

from typing import Any
from uuid import UUID

from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.core import content, qr
from centro.core.classes import FieldClass
from centro.core.documents.actions import issue_document
from centro.core.documents.kinds import Kind, register_kind
from centro.core.documents.owners import register_owner
from centro.core.models import Document
from centro.core.money import dollars
from centro.core.policy import Actor
from centro.organizing.members.cards import in_groups
from centro.organizing.models import DuesEntry, Membership
from centro.organizing.queries.members import get_membership
from centro.people.choices import written_in
from centro.people.models import Person


def print_pledge(*, by: Actor, person: Person) -> Document:
    """The pledge in their language, with lines for name, day and signature."""
    language = written_in(person.language)
    pledge = content.text("pledges", "membership", language)
    with translation.override(language):
        data = {
            "name": person.name,
            "pledge": pledge.paragraphs,
            "lines": [_("Name"), _("Day"), _("Signature")],
        }
    return issue_document(by=by, kind="pledge", about=person, language=language, data=data, person=person.pk)


def print_receipt(*, by: Actor, entry: DuesEntry, membership: Membership) -> Document:
    """A receipt with its number; a line that takes another back says so."""
    person, language = membership.person, written_in(membership.person.language)
    with translation.override(language):
        data = {"rows": [[label, value] for label, value in _rows(entry, person)], "thanks": _("Thank you.")}
    return issue_document(by=by, kind="dues_receipt", about=membership, language=language, data=data, person=person.pk)


def _rows(entry: DuesEntry, person: Person) -> list[tuple[str, str]]:
    number = str(entry.number)
    if entry.reverses is not None:
        number = _("%(number)s, takes back receipt %(other)s") % {"number": number, "other": entry.reverses.number}
    return [
        (_("Receipt number"), number),
        (_("Received from"), person.name),
        (_("Amount"), dollars(entry.cents)),
        (_("How"), str(entry.get_method_display())),
        (_("On"), _day(entry.paid_on)),
        (_("For the time"), f"{_day(entry.covers_from)} – {_day(entry.covers_until)}"),
    ]


def _day(day: Any) -> str:
    return formats.date_format(day, "DATE_FORMAT")


def print_card(*, by: Actor, membership: Membership, code: str) -> Document:
    """A card to cut out: name, number, until when, and a code that says nothing. No address."""
    person, language = membership.person, written_in(membership.person.language)
    with translation.override(language):
        until = _day(membership.paid_until) if membership.paid_until else ""
        data = {
            "name": person.name,
            "beside": person.native_beside,
            "rows": [[_("Member number"), str(person.member_number)], [_("Valid until"), until]],
            "code": str(qr.svg(code)),
            "code_words": _("Code of the card"),
            "letters": in_groups(code),
            "cut": _("Cut out along the line."),
        }
    return issue_document(by=by, kind="member_card", about=membership, language=language, data=data, person=person.pk)


def _fetch(actor: Actor, membership: UUID, verb: str) -> Membership:
    return get_membership(actor, membership, verb)


def register() -> None:
    register_owner("membership", _fetch)
    for kind in ("pledge", "dues_receipt", "member_card"):
        register_kind(Kind(kind, template=kind, text=kind, klass=FieldClass.C2))
