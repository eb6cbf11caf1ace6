"""Confidential ties: no table shows who knows whom. Both ends are opened here, in memory, for the team alone."""

from collections.abc import Iterable
from uuid import UUID

from centro.core.policy import Actor
from centro.organizing.models import Campaign, QuietTie
from centro.people.models import Person

MOST_QUIET = 2_000  # confidential ties of a campaign that are opened to look for one


def quiet_ends(actor: Actor, campaign: Campaign) -> list[tuple[QuietTie, UUID, UUID]]:
    """The confidential ties of a campaign with both their ends, for its team; the ends are read in memory only."""
    pairs = []
    for row in QuietTie.objects.visible_to(actor, "see").filter(campaign=campaign)[:MOST_QUIET]:
        row.campaign = campaign
        one, other = (UUID(end) for end in str(row.ends).split())
        pairs.append((row, one, other))
    kept = _kept_instead(end for _, *ends in pairs for end in ends)
    moved = ((row, kept.get(one, one), kept.get(other, other)) for row, one, other in pairs)
    return [(row, one, other) for row, one, other in moved if one != other]


def quiet_ties_of(actor: Actor, person: UUID, campaign: Campaign) -> list[tuple[QuietTie, UUID]]:
    """Confidential ties with this person at one end, each with the other end."""
    return [
        (row, other if one == person else one)
        for row, one, other in quiet_ends(actor, campaign)
        if person in {one, other}
    ]


def _kept_instead(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Of people whose file was merged into another: the other."""
    merged = Person.objects.filter(pk__in=list(ids), merged_into__isnull=False)
    return dict(merged.values_list("pk", "merged_into"))


def get_quiet_tie(actor: Actor, tie: UUID) -> QuietTie:
    row: QuietTie = QuietTie.objects.get_for(actor, "see", pk=tie)
    return row
