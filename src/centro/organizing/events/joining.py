"""What events add at start: their sentences on the timeline, what a merge moves, what a lock-down ends."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centro.core.policy import Actor
from centro.organizing import lockdown
from centro.organizing.actions import events_door
from centro.organizing.events import papers as events_papers
from centro.organizing.events import state as events_state
from centro.organizing.models import Commitment
from centro.organizing.queries import events as reads
from centro.people import held, merge, purge, words
from centro.people.models import Person

SENTENCES = {
    "event.asked": _("Asked to come to an event"),
    "event.maybe": _("Said maybe to an event"),
    "event.yes": _("Said yes to an event"),
    "event.confirmed": _("Confirmed for an event"),
    "event.cancelled": _("Cannot come to an event"),
    "event.attended": _("Came to an event"),
    "event.no_show": _("Did not come to an event"),
    "event.tried": _("Called about an event: nobody answered"),
    "event.told": _("Told that an event is called off"),
    "event.needs": _("Noted what they need for an event"),
    "event.walk_in_known": _("Had walked in at an event"),
}


def join() -> None:
    """Called once at start."""
    words.SENTENCES.update(SENTENCES)
    events_papers.register()
    purge.register(purge.Part(leave=_keep_counts))
    merge.also_move(Commitment)
    merge.also_do(events_state.refresh)
    held.register(
        held.Held(title=_("Events"), verb="event.see", rows=_held, columns=(_("When"), _("What"), _("What they said")))
    )
    lockdown.register(
        lockdown.Outside("host_links", _("Links for hosts"), reads.count_live_host_links, _end_host_links)
    )


def _keep_counts(_by: Actor, person: UUID) -> None:
    events_state.keep_counts(Commitment.objects.filter(person=person))


def _end_host_links(by: Actor) -> int:
    return events_door.end_all_host_links(by=by)


def _held(actor: Actor, person: Person) -> Iterable[list[str]]:
    """One line an event: the day, its title, what was said and what they asked for."""
    language = (get_language() or "en")[:2]
    for row in reads.commitments_of(actor, person):
        day = formats.date_format(timezone.localtime(row.gathering.starts_at).date(), "DATE_FORMAT")
        said = [str(row.get_state_display()), str(row.ride_from), str(row.food_note)]
        yield [day, row.gathering.title_in(language), " · ".join(part for part in said if part)]
