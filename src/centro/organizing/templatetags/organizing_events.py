"""Small words on the pages of events, and the card of events on a person’s page."""

from collections.abc import Iterable
from typing import Any

from django import template

from centro.organizing.models import Campaign
from centro.organizing.queries import events as reads
from centro.people.choices import LANGUAGES
from centro.people.models import Person

register = template.Library()


@register.filter
def language_names(codes: str | Iterable[str]) -> str:
    """`es` → Español; `["es", "ko"]` → Español, 한국어."""
    several = [codes] if isinstance(codes, str) else codes
    return ", ".join(LANGUAGES.get(code, code) for code in several)


@register.inclusion_tag("organizing/events/of_person.html", takes_context=True)
def events_of(context: dict[str, Any], person: Person, campaign: Campaign) -> dict[str, Any]:
    """What this person said about events, and those of this campaign they can still be asked to."""
    actor = context["actor"]
    known = reads.commitments_of(actor, person)
    asked = {row.gathering_id for row in known}
    still = [row for row in reads.events_to_ask(campaign) if row.pk not in asked]
    return {"person": person, "known": known, "still": still}
