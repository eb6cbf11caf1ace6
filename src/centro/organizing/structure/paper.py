"""The sheet of a structure test, to be carried from person to person. It names people, so no copy is kept."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from centro.core import clock, content
from centro.core.documents.typeset import render
from centro.core.policy import Actor
from centro.core.queries import get_center
from centro.organizing.models import StructureTest
from centro.organizing.queries.structure import TickRow
from centro.organizing.structure.choices import Deed
from centro.organizing.words import in_every_language
from centro.people.queries import own_name

ON_PAPER = (Deed.DID, Deed.REFUSED, Deed.MISSED)


def sheet(
    actor: Actor,
    test: StructureTest,
    rows: list[TickRow],
    numbers: Mapping[UUID, int],
    language: str,
    *,
    has_more: bool = False,
) -> bytes:
    """The PDF: in the reader's language, its few headings in all three. With `has_more` it says who is missing."""
    with translation.override(language):
        missing = _("Only %(n)d people are on this sheet, not everybody. Print one for each leader.") % {"n": len(rows)}
        data = {
            "title": str(test.title),
            "what": f"{test.get_what_display()} · {formats.date_format(test.held_on, 'DATE_FORMAT')}",
            "guide": content.text("print", "structure_sheet", language).paragraphs + [missing] * has_more,
            "asked_by": _("Who asks"),
            "columns": [in_every_language(lambda: _("Name")), *(_in_words(deed) for deed in ON_PAPER)],
            "rows": [
                {"number": str(numbers[row.person.pk]), "name": row.person.short_name, "place": row.place}
                for row in sorted(rows, key=lambda row: numbers[row.person.pk])
            ],
            "frame": paper_frame(actor),
        }
    return render("structure_sheet", data, language)


def _in_words(deed: Deed) -> list[str]:
    return in_every_language(lambda: str(deed.label))


def paper_frame(actor: Actor) -> dict[str, str]:
    """Head and foot of a page that nobody keeps: the center, who printed it and when."""
    center = get_center()
    who = own_name(actor)
    day = formats.date_format(timezone.localtime(clock.now()), "SHORT_DATETIME_FORMAT")
    return {
        "center": center.name,
        "contact": " · ".join(line for line in (center.phone, center.address) if line),
        "accent": center.accent,
        "mark": _("Printed by %(user)s, %(day)s. This sheet names people: give it back.")
        % {"user": who or "Centro", "day": day},
        "page": _("Page {n} of {m}"),
    }
