"""One word about somebody whom the clinic sent for a visit: received, or visited."""

from datetime import datetime
from uuid import UUID

from centro.core.policy import Actor, Refused, may
from centro.organizing.choices import Outcome
from centro.organizing.models import Contact

RECEIVED, VISITED = "received", "visited"


def visit_word(actor: Actor, *, person: UUID, campaign: UUID, since: datetime) -> str:
    """Whether the campaign that took them up has talked with them since. The caller has looked at the consent."""
    if not may(actor, "referral.to_organizing"):
        raise Refused("referral.to_organizing")
    talks = Contact.objects.valid().filter(person=person, campaign=campaign, outcome=Outcome.TALKED)
    return VISITED if talks.filter(at__gte=since).exists() else RECEIVED
