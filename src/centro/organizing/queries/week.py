"""Who leads a campaign; the debrief of a day and the sheet of a week."""

from centro.core import policy
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.organizing.models import Campaign


def leads(actor: Actor, campaign: Campaign) -> bool:
    """Whether this actor leads the campaign: whoever started it, or its manager."""
    return campaign.added_by_id == actor.user_id or policy.relation_to(campaign) == Relation.PROGRAM
