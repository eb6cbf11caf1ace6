"""Campaigns, the words of their scales, and who is on them."""

from collections.abc import Iterable
from uuid import UUID

from centro.core import clock
from centro.core.models import Place, User
from centro.core.policy import Actor
from centro.organizing.models import Campaign, Scale


def campaigns(actor: Actor) -> list[Campaign]:
    """The campaigns this actor is on, the running ones first."""
    today = clock.today()
    rows = list(Campaign.objects.visible_to(actor, "see"))
    return sorted(rows, key=lambda row: (row.ends_on is not None and row.ends_on < today, row.added_at))


def chosen_campaign(actor: Actor, wanted: str) -> Campaign | None:
    """The campaign whose id stands in the address, else the actor's first; none for those who are on none."""
    mine = campaigns(actor)
    return next((row for row in mine if str(row.pk) == wanted), mine[0] if mine else None)


def get_campaign(actor: Actor, campaign: UUID, verb: str = "see") -> Campaign:
    row: Campaign = Campaign.objects.get_for(actor, verb, pk=campaign)
    return row


def scale_words(campaign: Campaign) -> list[str]:
    """What 1, 2, … mean in this campaign today."""
    return words_of_scales([campaign]).get(campaign.pk, [])


def words_of_scales(rows: Iterable[Campaign]) -> dict[UUID, list[str]]:
    """The words of the present scale of each of these campaigns, in one query."""
    by_id = {row.pk: row for row in rows}
    found: dict[UUID, list[str]] = {}
    for scale in Scale.objects.filter(campaign__in=by_id).order_by("number"):
        scale.campaign = by_id[scale.campaign_id]
        found[scale.campaign_id] = str(scale.words).split("\n")
    return found


def team(actor: Actor, campaign: Campaign) -> list[User]:
    """Who works on a campaign now, by name."""
    live = Place.objects.live().filter(scope=campaign.pk)
    rows = User.objects.visible_to(actor, "name").filter(pk__in=live.values("user"), is_active=True)
    return list(rows.order_by("username"))
