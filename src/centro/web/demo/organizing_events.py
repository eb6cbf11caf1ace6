"""The invented events: an action in six days to which 400 are expected, a committee tonight, two meetings that were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from centro.core import access, clock
from centro.core.audit import event, record_events
from centro.core.models import Event
from centro.core.vault import keyring
from centro.organizing import actions
from centro.organizing.actions import events as event_actions
from centro.organizing.choices import EventKind, StepHow, Turnout
from centro.organizing.codes import CODE_LETTERS
from centro.organizing.events.names import door_names
from centro.organizing.models import Campaign, Commitment, Gathering, Step
from centro.people.models import Involvement, Person
from centro.web.demo.staff import Staff

_ACTION = {
    "title_en": "March for two days off in a row",
    "title_es": "Marcha por dos días libres seguidos",
    "title_ko": "이틀 연속 휴무를 위한 행진",
    "place": "Jacaranda Row y Magpie Street",
    "kind": EventKind.ACTION,
    "goal": 400,
    "interprets": ["es", "ko", "en"],
    "has_rides": True,
    "has_food": True,
    "has_childcare": True,
}
_COMMITTEE = {
    "title_en": "Restaurant committee",
    "title_es": "Comité de restaurantes",
    "title_ko": "식당 위원회",
    "place": "100 Jacaranda Row",
    "kind": EventKind.MEETING,
    "goal": 12,
    "interprets": ["es", "ko"],
    "has_food": True,
}
_ASSEMBLY = {
    "title_en": "Assembly of the restaurants and markets",
    "title_es": "Asamblea de restaurantes y mercados",
    "title_ko": "식당과 마트 총회",
    "place": "100 Jacaranda Row",
    "kind": EventKind.MEETING,
    "goal": 40,
    "interprets": ["es", "ko"],
}
_CORNERS = ("Vermont y Pico", "Jacaranda Row, parada", "올림픽 버스 정류장", "Magpie & 3rd")
_FOOD = ("sin puerco", "vegetariana", "매운 것 못 먹음", "no peanuts")
# What people end up saying, with how many of a hundred.
_COMING = {
    Turnout.ASKED: 24,
    Turnout.MAYBE: 17,
    Turnout.YES: 33,
    Turnout.CONFIRMED: 18,
    Turnout.CANCELLED: 8,
}
_MARCHING = {
    Turnout.ASKED: 18,
    Turnout.MAYBE: 14,
    Turnout.YES: 38,
    Turnout.CONFIRMED: 22,
    Turnout.CANCELLED: 8,
}
_ASKED = 260  # to the march, many of whom bring others
_WAS = {
    Turnout.ATTENDED: 48,
    Turnout.NO_SHOW: 22,
    Turnout.CANCELLED: 12,
    Turnout.MAYBE: 10,
    Turnout.ASKED: 8,
}


@dataclass
class _Rows:
    commitments: list[Commitment] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def save(self) -> None:
        Commitment.objects.bulk_create(self.commitments)
        Step.objects.bulk_create(self.steps)
        record_events(sorted(self.events, key=lambda entry: entry.at))


def load(rng: Random, staff: Staff) -> int:
    """Save the events of the first campaign, and a small one of the second. Returns how many were asked."""
    campaign, *others = (Campaign.objects.get(pk=scope) for scope in staff.campaigns.values())
    tonight = clock.now() + timedelta(hours=2)
    many = list(dict.fromkeys(person for one in (campaign, *others) for person in _people(one, _ASKED)))
    action = _event(staff, campaign, {**_ACTION}, _at(6, 17))
    committee = _event(staff, campaign, _COMMITTEE, tonight)
    asked = [_ask(rng, staff, action, many[:_ASKED], _MARCHING), _ask(rng, staff, committee, many[:14], _COMING)]
    for days, count in ((20, 46), (48, 38)):
        was = _event(staff, campaign, _ASSEMBLY, _at(-days, 18))
        asked.append(_ask(rng, staff, was, many[:count], _WAS))
        _settle(was)
    for helper in ("volunteer", "front_desk"):
        event_actions.give_door(by=staff.actor("organizer"), gathering=committee, user=staff.users[helper])
    return sum(asked)


def _at(days: int, hour: int) -> datetime:
    """A day from today at an hour of Los Angeles in winter."""
    return clock.now().replace(hour=(hour + 8) % 24, minute=0, second=0, microsecond=0) + timedelta(days=days)


def _people(campaign: Campaign, most: int) -> list[Person]:
    part_of = Involvement.objects.filter(scope=campaign.pk, until__isnull=True).values("person")
    return list(Person.objects.filter(pk__in=part_of, restricted_at__isnull=True).order_by("added_at", "pk")[:most])


def _event(staff: Staff, campaign: Campaign, details: dict[str, object], begins: datetime) -> Gathering:
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
    return event_actions.add_event(by=staff.actor("organizer"), campaign=campaign, details={**details, **times})


def _ask(rng: Random, staff: Staff, gathering: Gathering, people: Sequence[Person], weights: dict[Turnout, int]) -> int:
    """Everybody was asked in the three weeks before; most said something, some need something."""
    by = staff.actor("organizer")
    with access.viewing(by), keyring.held_for_request():
        actions.put_in_campaign(by=by, campaign=gathering.campaign, people_in=people)
        called, rows = door_names(person.pk for person in people), _Rows()
        for person in people:
            _one(
                rng,
                staff,
                gathering,
                person,
                called[person.pk],
                rng.choices(list(weights), list(weights.values()))[0],
                rows,
            )
        rows.save()
    return len(people)


def _one(
    rng: Random, staff: Staff, gathering: Gathering, person: Person, name: str, state: Turnout, rows: _Rows
) -> None:
    asker = rng.choice(("organizer", "organizer", "organizer_2", "manager"))
    before = min(gathering.starts_at, clock.now())
    at = before - timedelta(days=rng.randrange(1, 15), minutes=rng.randrange(600))
    row = Commitment(
        id=UUID(int=rng.getrandbits(128), version=4),
        person=person,
        gathering=gathering,
        campaign_id=gathering.campaign_id,
        code="".join(rng.choices(CODE_LETTERS, k=8)),
        asked_by=staff.users[asker],
        asked_at=at,
        call_name=name,
    )
    _say(rng, row, state)
    _needs(rng, row)
    rows.commitments.append(row)
    for step in _steps(staff, row, asker, before):
        rows.steps.append(step)
        done = event(f"event.{step.state}", by=staff.actor(asker), about=row, person=person.pk, codes=[step.how])
        done.at = step.at
        rows.events.append(done)


def _say(rng: Random, row: Commitment, state: Turnout) -> None:
    row.state = state
    row.said_yes = state in {Turnout.YES, Turnout.CONFIRMED, Turnout.ATTENDED, Turnout.NO_SHOW}
    others = (0, 2, 4, 5, 6, 8) if row.gathering.kind == EventKind.ACTION else (0, 0, 0, 1, 2, 3)
    row.brings = rng.choice(others) if row.said_yes else 0
    row.arrived_at = row.gathering.starts_at if state == Turnout.ATTENDED else None


def _needs(rng: Random, row: Commitment) -> None:
    if not row.said_yes or rng.random() < 0.55:
        return
    row.needs_ride = rng.random() < 0.5
    row.ride_from = rng.choice(_CORNERS) if row.needs_ride else ""
    row.children = rng.choice((0, 0, 1, 2))
    row.interpret = row.person.language if row.person.language not in {"en", "es"} else ""
    row.food_note = rng.choice(_FOOD) if rng.random() < 0.15 else ""


def _steps(staff: Staff, row: Commitment, asker: str, before: datetime) -> Iterable[Step]:
    """Asked, answered, and what came of it, in this order."""
    who = staff.users[asker]
    yield Step(commitment=row, state=Turnout.ASKED, how=StepHow.TALK, at=row.asked_at, by=who)
    if row.said_yes:
        at = row.asked_at + (before - row.asked_at) / 2
        yield Step(commitment=row, state=Turnout.YES, how=StepHow.CALL, at=at, by=who, brings=row.brings)
    if row.state not in {Turnout.ASKED, Turnout.YES}:
        is_door = row.state == Turnout.ATTENDED
        how = StepHow.DOOR if is_door else StepHow.CALL
        yield Step(commitment=row, state=row.state, how=how, at=row.arrived_at or before, by=who)


def _settle(gathering: Gathering) -> None:
    """Somebody said who did not come: the totals that our expectations rest on."""
    yes = Commitment.objects.filter(gathering=gathering, said_yes=True)
    came = yes.filter(state=Turnout.ATTENDED).count()
    Gathering.objects.filter(pk=gathering.pk).update(
        closed_at=gathering.ends_at,
        yes_came=came,
        yes_missed=yes.filter(state=Turnout.NO_SHOW).count(),
        head_count=came + 7,
    )
