"""What speaks for a step of the ladder, counted from rows that other work left: nothing here is a judgement."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from centro.organizing.choices import EventKind, Outcome, TieKind, Turnout
from centro.organizing.ladder.choices import Evidence
from centro.organizing.members.choices import MemberState
from centro.organizing.models import Act, CoachingNote, Commitment, Contact, LadderStep, Tie
from centro.organizing.structure.choices import Deed
from centro.people.models import Person

Counts = dict[UUID, int]
Counting = Callable[[UUID, Collection[UUID]], Counts]


def _rows(rows: Any) -> Counts:
    return dict(rows.order_by().values_list("person").annotate(times=Count("pk")))


def _talked(campaign: UUID, people: Collection[UUID]) -> Counts:
    return _rows(Contact.objects.valid().filter(campaign=campaign, person__in=people, outcome=Outcome.TALKED))


def _came(campaign: UUID, people: Collection[UUID]) -> Counts:
    return _rows(Commitment.objects.filter(campaign=campaign, person__in=people, state=Turnout.ATTENDED))


def _did(campaign: UUID, people: Collection[UUID]) -> Counts:
    return _rows(Act.objects.filter(campaign=campaign, person__in=people, deed=Deed.DID))


def _brought(campaign: UUID, people: Collection[UUID]) -> Counts:
    """Whom they brought in by name, or with how many they came to events: whichever is more."""
    named = _rows(
        Tie.objects.filter(campaign=campaign, person__in=people, kind=TieKind.RECRUITED, ended_at__isnull=True)
    )
    came = Commitment.objects.filter(campaign=campaign, person__in=people, state=Turnout.ATTENDED).order_by()
    others = dict(came.values_list("person").annotate(others=Sum("brings")))
    return {person: max(named.get(person, 0), others.get(person) or 0) for person in named.keys() | others.keys()}


def _joined(campaign: UUID, people: Collection[UUID]) -> Counts:
    """Members now; of those whom no membership was written for, who has a number from before."""
    by_number = Q(member_number__isnull=False, membership__isnull=True)
    members = Person.objects.filter(Q(membership__state=MemberState.ACTIVE) | by_number, pk__in=people)
    return dict.fromkeys(members.values_list("pk", flat=True), 1)


def _ran(campaign: UUID, people: Collection[UUID]) -> Counts:
    return _rows(CoachingNote.objects.filter(campaign=campaign, person__in=people, shows=Evidence.RAN))


def _trained(campaign: UUID, people: Collection[UUID]) -> Counts:
    came = Commitment.objects.filter(campaign=campaign, person__in=people, state=Turnout.ATTENDED)
    return _rows(came.filter(gathering__kind=EventKind.TRAINING))


COUNTED: dict[Evidence, Counting] = {
    Evidence.TALKED: _talked,
    Evidence.CAME: _came,
    Evidence.DID: _did,
    Evidence.BROUGHT: _brought,
    Evidence.JOINED: _joined,
    Evidence.RAN: _ran,
    Evidence.TRAINED: _trained,
}


@dataclass(frozen=True)
class Line:
    """One kind of evidence about one person, in words and a number."""

    words: str
    count: int


def counted(campaign: UUID, people: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """What speaks for each of these people: eight queries, whatever their number."""
    found: dict[UUID, dict[str, int]] = {person: {} for person in people}
    for evidence, count in COUNTED.items():
        for person, times in count(campaign, people).items():
            if times:
                found[person][evidence.value] = times
    return found


def lines(counts: Mapping[str, int]) -> list[Line]:
    """Counts as words."""
    return [Line(str(Evidence(code).label), counts[code]) for code in Evidence.values if counts.get(code)]


def holds(step: LadderStep, counts: Mapping[str, int]) -> bool:
    """Whether all that a step asks for is there. A step that asks for nothing is suggested to nobody."""
    return bool(step.rules) and all(counts.get(code, 0) >= times for code, times in step.rules.items())


def suggested(steps: list[LadderStep], counts: Mapping[str, int], place: int) -> LadderStep | None:
    """The highest step above the present one (0: none) for which everything is there."""
    return next((step for step in reversed(steps) if step.place > place and holds(step, counts)), None)
