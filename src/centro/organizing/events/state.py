"""Where somebody stands about an event: made anew from the steps, after each of them and after a merge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from centro.core import clock
from centro.organizing.choices import StepHow, Turnout
from centro.organizing.models import Commitment, Gathering, Step
from centro.organizing.models.contacts import corrected
from centro.people.models import Person

SAID_YES = (Turnout.YES, Turnout.CONFIRMED)
COMING = (*SAID_YES, Turnout.ATTENDED)  # whom food, rides and chairs are for
NEEDS = ("needs_ride", "children", "interpret")  # clear, and taken over from a file that was merged in


@dataclass(frozen=True)
class Said:
    """What the steps come to."""

    state: str = Turnout.ASKED
    said_yes: bool = False
    brings: int = 0
    arrived_at: datetime | None = None


def said_in(steps: Iterable[Step]) -> Said:
    """The latest word counts. Being asked again takes no answer back, and an arrival stays until it is taken back."""
    state, said_yes, brings = "", False, 0
    arrived_at: datetime | None = None
    for step in steps:
        brings = brings if step.brings is None else step.brings
        is_back = step.how == StepHow.BACK
        if not step.state or (state == Turnout.ATTENDED and not is_back):
            continue
        if step.state == Turnout.ASKED and state and not is_back:
            continue
        state = step.state
        said_yes = said_yes or state in SAID_YES
        arrived_at = step.at if state == Turnout.ATTENDED else None
    return Said(state or Turnout.ASKED, said_yes, brings, arrived_at)


def steps_of(commitment: Commitment) -> list[Step]:
    """Its steps and those of files merged into this person, for the same event, in the order of time.

    What was said in a talk that was noted anew counts no more.
    """
    same = Q(commitment__person=commitment.person_id) | Q(commitment__person__merged_into=commitment.person_id)
    steps = Step.objects.filter(same, ~corrected("contact"), commitment__gathering=commitment.gathering_id)
    return list(steps.order_by("at", "id"))


def restate(commitment: Commitment) -> Said:
    """Write what the steps of one commitment come to; whoever has it open learns of it by its version."""
    said = said_in(steps_of(commitment))
    values = {"state": said.state, "said_yes": said.said_yes, "brings": said.brings, "arrived_at": said.arrived_at}
    Commitment.objects.filter(pk=commitment.pk).update(**values, changed_at=clock.now(), version=F("version") + 1)
    for name, value in values.items():
        setattr(commitment, name, value)
    recount_closed(commitment.gathering_id)
    return said


def recount_closed(gathering: UUID) -> None:
    """The totals that stay when names go: of those who said yes, how many came and how many did not, ever."""
    if not Gathering.objects.filter(pk=gathering, closed_at__isnull=False).exists():
        return
    yes = Commitment.objects.filter(gathering=gathering, said_yes=True, person__merged_into__isnull=True)
    Gathering.objects.filter(pk=gathering).update(
        yes_came=F("gone_came") + yes.filter(state=Turnout.ATTENDED).count(),
        yes_missed=F("gone_missed") + yes.filter(state=Turnout.NO_SHOW).count(),
    )


def keep_counts(going: Any) -> None:
    """Before these commitments are destroyed: what they count for at their events stays, as numbers."""
    yes = going.filter(said_yes=True, person__merged_into__isnull=True).order_by()
    came, missed = Count("pk", filter=Q(state=Turnout.ATTENDED)), Count("pk", filter=Q(state=Turnout.NO_SHOW))
    for row in yes.values("gathering").annotate(came=came, missed=missed):
        Gathering.objects.filter(pk=row["gathering"]).update(
            gone_came=F("gone_came") + row["came"], gone_missed=F("gone_missed") + row["missed"]
        )


def refresh(person: Person) -> None:
    """After a merge, or after it was undone: one person stands once at each event, with what either file knew."""
    for commitment in Commitment.objects.filter(person=person):
        restate(commitment)
        _take_needs_over(commitment)


def _take_needs_over(commitment: Commitment) -> None:
    """A ride or child care that only the hidden file asked for is not forgotten."""
    if any(getattr(commitment, name) for name in NEEDS):
        return
    hidden = Commitment.objects.filter(person__merged_into=commitment.person_id, gathering=commitment.gathering_id)
    if other := hidden.first():
        Commitment.objects.filter(pk=commitment.pk).update(**{name: getattr(other, name) for name in NEEDS})
