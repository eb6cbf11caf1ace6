"""Going down the list together: many assessments in one act, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from centro.core.policy import Actor
from centro.organizing.actions.contacts import AsksWhy, assess
from centro.organizing.choices import Basis
from centro.organizing.models import Campaign
from centro.organizing.standings import current_assessment
from centro.people.models import Person


@dataclass(frozen=True)
class Said:
    """What was said of one person: a number, from what, and why if it is far from the last."""

    person: Person
    value: int
    basis: str
    why: str = ""


class AsksWhyOf(Exception):
    """One of them moves by two or more, and nobody said why: nothing was saved. `before` is where they stood."""

    def __init__(self, person: Person, before: int) -> None:
        super().__init__(person, before)
        self.person, self.before = person, before


@transaction.atomic
def assess_many(*, by: Actor, campaign: Campaign, said: Sequence[Said]) -> int:
    """Note where each of them stands. Returns how many it changed nothing for: second-hand, beside a conversation."""
    behind = 0
    for one in said:
        try:
            row = assess(by=by, campaign=campaign, person=one.person, value=one.value, basis=one.basis, why=one.why)
        except AsksWhy as asked:
            raise AsksWhyOf(one.person, asked.before) from asked
        counts = current_assessment(one.person.pk, campaign.pk)
        behind += one.basis == Basis.SECOND_HAND and counts is not None and counts.pk != row.pk
    return behind
