"""Papers of an event: the sign-in sheet, call sheets, rides, the bus list. For the hand: gone after a day."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from centro.core import content
from centro.core.classes import FieldClass
from centro.core.documents.actions import issue_document
from centro.core.documents.kinds import Kind, register_kind
from centro.core.documents.owners import register_owner
from centro.core.models import Document
from centro.core.policy import Actor
from centro.organizing.choices import Turnout
from centro.organizing.events.state import COMING
from centro.organizing.models import Commitment, Gathering
from centro.organizing.queries import events as reads
from centro.organizing.queries.events_after import MOST, by_name
from centro.organizing.queries.events_calls import call_sheet
from centro.organizing.words import in_every_language
from centro.people import phones, purge
from centro.people.choices import LANGUAGES, WRITTEN_IN

BLANK_ROWS = 24
TICK, PEN = "[]", "__"  # what the template draws: a box, a line to write on
_TEMPLATES = {"signin": "event_signin", "calls": "event_list", "rides": "event_list", "bus": "event_list"}
PAPERS = tuple(_TEMPLATES)


def register() -> None:
    """Called once at start."""
    for name, template in _TEMPLATES.items():
        text = f"event_{name}"
        register_kind(Kind(text, template=template, text=text, klass=FieldClass.C2, for_hand=True))
    register_owner("gathering", _fetch)
    purge.register(purge.Part(vaults=_printed_with))


def _fetch(actor: Actor, gathering: UUID, _verb: str) -> Gathering:
    return reads.get_event(actor, gathering, "edit")


def _printed_with(person: UUID) -> list[UUID]:
    """The keys of papers of every event this person was asked to: a purge ends them, whoever else stands on them."""
    asked_to = Commitment.objects.filter(person=person).values("gathering")
    papers = Document.objects.filter(about__in=asked_to, kind__in=[f"event_{name}" for name in PAPERS])
    return [key for key in papers.values_list("key", flat=True) if key]


def print_paper(*, by: Actor, gathering: Gathering, name: str, language: str) -> Document:
    """Issue one of `PAPERS`; only whoever printed it opens it, for a day."""
    with translation.override(language):
        data = _DATA[name](by, gathering)
    return issue_document(by=by, kind=f"event_{name}", about=gathering, language=language, data=data)


def _when(gathering: Gathering) -> str:
    return formats.date_format(timezone.localtime(gathering.starts_at), "DATETIME_FORMAT")


def _head(gathering: Gathering) -> dict[str, Any]:
    language = (translation.get_language() or "en")[:2]
    rows = [
        [_("Event"), gathering.title_in(language)],
        [_("When"), _when(gathering)],
        [_("Where"), str(gathering.place)],
    ]
    return {"event": rows, "nothing": _("Nobody.")}


def _signin(by: Actor, gathering: Gathering) -> dict[str, Any]:
    """Everybody asked, by name, but for those who cannot come; none where no names are taken."""
    rows = reads.rows_of(by, gathering, "edit").exclude(state=Turnout.CANCELLED)[:MOST]
    names = [str(row.call_name) for row in by_name(gathering, rows)] if gathering.takes_names else []
    titles = [str(title) for title in (gathering.title_en, gathering.title_es, gathering.title_ko) if title]
    return {
        "event": {"titles": titles, "when": _when(gathering), "place": str(gathering.place)},
        "welcome": [part for code in WRITTEN_IN for part in content.text("print", "event_signin", code).paragraphs],
        "columns": [" · ".join(in_every_language(say)) for say in (_name, _phone, _signature)],
        "names": names,
        "blank": BLANK_ROWS,
    }


def _name() -> str:
    return _("Name")


def _phone() -> str:
    return _("Phone, if you like")


def _signature() -> str:
    return _("Signature")


def _calls(by: Actor, gathering: Gathering) -> dict[str, Any]:
    """Whom the round still has to reach, a group for each who asked."""
    sheet = call_sheet(by, gathering, is_mine=False, most=MOST)
    lines = sorted(sheet.rows, key=lambda line: (line.asked_by.casefold(), line.name.casefold()))
    said = [str(Turnout(state).label) for state in (Turnout.CONFIRMED, Turnout.MAYBE, Turnout.CANCELLED)]
    return {
        **_head(gathering),
        "columns": [_("Name"), _("Phone"), _("Language"), _("So far"), *said, _("Note")],
        "widths": [9, 11, 6, 6, 5, 5, 5, 8],
        "groups": _groups(
            lines,
            lambda line: line.asked_by,
            lambda line: [line.name, _number(line), _speaks(line), _so_far(line), TICK, TICK, TICK, PEN],
        ),
    }


def _rides(by: Actor, gathering: Gathering) -> dict[str, Any]:
    return {
        **_head(gathering),
        "columns": [_("Name"), _("Phone"), _("Seats"), _("Language"), _("Driver")],
        "widths": [9, 10, 4, 6, 9],
        "groups": _groups(
            _riders(by, gathering),
            _corner,
            lambda line: [line.name, _number(line), str(1 + line.row.brings), _speaks(line), PEN],
        ),
    }


def _bus(by: Actor, gathering: Gathering) -> dict[str, Any]:
    """For whoever rides along: names for the door only, no phones."""
    return {
        **_head(gathering),
        "columns": [_("Name"), _("Seats"), pgettext("bus", "There"), pgettext("bus", "Back")],
        "widths": [6, 2, 2, 2],
        "groups": _groups(
            _riders(by, gathering),
            _corner,
            lambda line: [str(line.row.call_name), str(1 + line.row.brings), TICK, TICK],
        ),
    }


_DATA: dict[str, Callable[[Actor, Gathering], dict[str, Any]]] = {
    "signin": _signin,
    "calls": _calls,
    "rides": _rides,
    "bus": _bus,
}


def _riders(by: Actor, gathering: Gathering) -> list[reads.Asked]:
    rows = reads.rows_of(by, gathering, "edit").filter(needs_ride=True, state__in=COMING)[:MOST]
    lines = reads.with_people(by, gathering, rows)
    return sorted(lines, key=lambda line: (_corner(line).casefold(), line.name.casefold()))


def _corner(line: reads.Asked) -> str:
    """Where they get in; where nobody asked, at least the ZIP code of their home."""
    zip_code = line.person.zip if line.person else ""
    return str(line.row.ride_from) or zip_code or _("Not known yet: ask them")


def _groups(
    lines: Iterable[reads.Asked], title: Callable[[reads.Asked], str], row: Callable[[reads.Asked], list[str]]
) -> list[dict[str, Any]]:
    return [{"title": name or "—", "rows": [row(line) for line in found]} for name, found in groupby(lines, key=title)]


def _number(line: reads.Asked) -> str:
    numbers = list(line.person.phones.all())[:1] if line.person else []
    return phones.shown(str(numbers[0].number)) if numbers else ""


def _speaks(line: reads.Asked) -> str:
    return LANGUAGES.get(line.person.language, line.person.language) if line.person else ""


def _so_far(line: reads.Asked) -> str:
    more = f" +{line.row.brings}" if line.row.brings else ""
    return f"{line.row.get_state_display()}{more}"
