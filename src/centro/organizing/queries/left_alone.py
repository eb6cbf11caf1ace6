"""People in one's care whom nobody sought out for a month: a line on Today, and the search behind it."""

from dataclasses import dataclass

from centro.core import clock
from centro.core.policy import Actor
from centro.organizing.models import Campaign
from centro.organizing.queries.campaigns import campaigns
from centro.organizing.queries.lookup import fitting
from centro.organizing.queries.searches_filters import Filters

DAYS = 30
LEFT_ALONE = Filters(mine="on", days=str(DAYS), missing="on")


@dataclass(frozen=True)
class Waiting:
    """A campaign with how many people wait there for a sign from whoever cares for them."""

    campaign: Campaign
    count: int


def left_alone(actor: Actor) -> list[Waiting]:
    """The running campaigns of the actor in which somebody of theirs waits, those with the most people first."""
    found = [Waiting(row, fitting(actor, row, LEFT_ALONE).count()) for row in _running(actor)]
    return sorted((one for one in found if one.count), key=lambda one: -one.count)


def count_left_alone(actor: Actor, most: int) -> int:
    """How many people of one's own wait for a sign, in all campaigns; of each no more than `most` are counted."""
    return sum(fitting(actor, row, LEFT_ALONE)[:most].count() for row in _running(actor))


def _running(actor: Actor) -> list[Campaign]:
    return [row for row in campaigns(actor) if row.ends_on is None or row.ends_on >= clock.today()]
