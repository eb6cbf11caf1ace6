"""What the paper “What we hold about you” says of organizing: visits, where somebody stands, whom they know."""

from collections.abc import Iterable

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centro.core.policy import Actor
from centro.organizing import queries
from centro.organizing.choices import TieKind
from centro.organizing.models import Assessment, Contact, Tie
from centro.organizing.words import contact_lines
from centro.people import held
from centro.people.models import Person

MOST = 500


def join() -> None:
    """Called once at start."""
    when, what = gettext_lazy("When"), gettext_lazy("What")
    held.register(held.Held(gettext_lazy("Visits, calls and talks"), "contact.see", _visits, (when, what)))
    held.register(held.Held(gettext_lazy("Where you stand, as we noted it"), "contact.see", _stands, (when, what)))
    held.register(held.Held(gettext_lazy("People you know, as we noted it"), "contact.see", _known, (when, what)))


def _day(row: Contact | Assessment | Tie) -> str:
    return formats.date_format(timezone.localtime(row.at), "SHORT_DATE_FORMAT")


def _visits(actor: Actor, person: Person) -> Iterable[tuple[str, str]]:
    """Each try, with everything that was written about it."""
    for line in contact_lines(queries.contacts(actor, person)):
        row = line.contact
        parts = [str(row.get_kind_display()), str(row.get_outcome_display()), *line.issues]
        parts += [row.own_issue, row.story, row.present, row.ask_words]
        parts += [str(row.get_answer_display())] if row.answer else []
        yield _day(row), " · ".join(part for part in parts if part)


def _stands(actor: Actor, person: Person) -> Iterable[tuple[str, str]]:
    for campaign in queries.campaigns(actor):
        for row, words in queries.assessments(actor, person, campaign):
            parts = [words, str(row.get_basis_display()), row.why]
            yield _day(row), " · ".join(part for part in parts if part)


def _known(actor: Actor, person: Person) -> Iterable[tuple[str, str]]:
    """Ties from their own side: what they said. Others who have a file of their own are not named on this paper."""
    rows = Tie.objects.visible_to(actor, "see").filter(person=person, ended_at__isnull=True)
    for row in rows.order_by("at")[:MOST]:
        who = row.known_as if row.other_id is None else _("somebody who has a file of their own")
        yield _day(row), f"{TieKind(row.kind).label}: {who}"
