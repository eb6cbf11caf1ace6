"""The invented organizing: three campaigns, their visits, assessments, ties, and the list of a Saturday."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Count, Prefetch

from centro.core import access, clock
from centro.core.audit import event, record_events
from centro.core.classes import Role
from centro.core.models import Event, Place
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.organizing import actions
from centro.organizing.choices import (
    Answer,
    Ask,
    Basis,
    Issue,
    Kind,
    NoStep,
    Outcome,
    Shift,
    Strength,
    TieKind,
    Where,
)
from centro.organizing.models import Assessment, Campaign, Contact, Scale, Standing, Tie
from centro.organizing.standings import bits_of
from centro.people.models import Employment, Involvement, Person, Residency, Workplace
from centro.web.demo import organizing_events, organizing_leaders, organizing_networks, organizing_talk
from centro.web.demo.staff import Staff

_CAMPAIGNS = {
    "organizer": (
        "식당과 마트 / Restaurants and markets",
        "Two days off in a row, and nobody alone in the night kitchen",
        ["다른 사람을 움직인다", "부르면 온다", "아직 모르겠다", "안 하고 싶어 한다", "반대한다"],
    ),
    "organizer_2": (
        "Costura, hoteles y uñas",
        "Pago por hora para todas antes de la temporada",
        ["Mueve a otras", "Viene si la invitan", "No sabe todavía", "Más bien no", "En contra"],
    ),
    "organizer_3": (
        "Casa Jacaranda: inquilinos que trabajan",
        "One committee for the building and the car wash",
        ["Leads and moves others", "With us: comes when asked", "Undecided", "Leans against", "Against"],
    ),
}
_STORIES = {
    "es": (
        "Lleva seis años ahí. Dice que el encargado cambia las horas después de que salen.",
        "Tiene miedo de que corten turnos antes de Navidad, pero quiere saber más.",
        "Contó de su hija y del dolor de espalda. Hablamos media hora en la escalera.",
    ),
    "ko": (
        "저녁 시간에 혼자 주방을 본다고 합니다. 동료 두 명도 같은 생각이라고 했습니다.",
        "팁을 사장이 가져간다고 합니다. 아직 이름을 말하고 싶어 하지 않습니다.",
        "교회에서 만난 분 소개로 갔고, 다음에 차 한잔 하자고 했습니다.",
    ),
    "en": (
        "Wants the schedule posted two weeks ahead. Knows who is ready to speak up.",
        "Said the last one who complained was let go. Would come if others do.",
        "Talked about rent first, then about the breaks that nobody takes.",
    ),
}
_NAMED = {
    "es": ("su prima, “Lupe”", "el muchacho de la parrilla", "doña Chayo"),
    "ko": ("같이 일하는 박 씨", "설거지하는 언니", "교회 집사님"),
    "en": ("the night cook", "her cousin Nelly", "the tall one at the register"),
}
_SAY_FIRST = {
    "es": "Gracias por firmar la carta de su turno.",
    "ko": "지난번 모임에 와 주셔서 감사합니다.",
    "en": "Thank you for signing the letter of your shift.",
}
_OUTCOMES = (Outcome.TALKED, Outcome.NOT_HOME, Outcome.COME_BACK, Outcome.MOVED, Outcome.REFUSED)
_HALF_A_YEAR = 180
_SEASON_ENDED = 10  # days ago: since then the organizers went alone
_LEADERS = 20_261_127  # the seed of structure tests and the ladder
_EVENTS = 20_261_129  # the seed of the events, so that what is drawn for them changes nobody else
_DEPARTMENTS = {
    "organizer": ("주방", "홀", "계산대"),
    "organizer_2": ("Costura", "Planchado", "Empaque"),
    "organizer_3": ("Wash line", "Detail", "Office"),
}


@dataclass
class _Rows:
    """What one campaign adds, in the order it is saved."""

    contacts: list[Contact] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def save(self) -> None:
        Contact.objects.bulk_create(self.contacts)
        Assessment.objects.bulk_create(self.assessments)
        Tie.objects.bulk_create(self.ties)
        Standing.objects.bulk_create(self.standings)
        record_events(sorted(self.events, key=lambda entry: entry.at))


def load(rng: Random, staff: Staff) -> int:
    """Save the campaigns around people who are part of them already. Returns how many contacts there are."""
    made = 0
    for name, scope in staff.campaigns.items():
        title, goal, scale_words = _CAMPAIGNS[name]
        campaign = Campaign(id=scope, name=title, goal=goal, added_by=staff.users[name])
        campaign.added_at = clock.now() - timedelta(days=200)
        campaign.save()
        scale = Scale.objects.create(
            campaign=campaign, number=1, steps=len(scale_words), words="\n".join(scale_words), at=campaign.added_at
        )
        Place.objects.create(
            user=staff.users["manager"], scope_kind="campaign", scope=scope, relation="program", from_at=scale.at
        )
        for people in _in_hundreds(scope):
            with keyring.held_for_request():
                rows = _Rows()
                for person in people:
                    _history(rng, staff, name, scale, person, rows)
                _ties_between(rng, staff, name, campaign, people, rows)
                rows.save()
                made += len(rows.contacts)
        _saturday(staff, name, campaign)
        _chart(rng, staff, name, campaign)
    organizing_networks.load(rng, staff)
    organizing_leaders.load(Random(_LEADERS), staff)  # noqa: S311
    organizing_events.load(Random(_EVENTS), staff)  # noqa: S311
    organizing_talk.load(Random(_EVENTS), staff)  # noqa: S311
    return made


def _in_hundreds(scope: UUID) -> Iterator[list[Person]]:
    part_of = Involvement.objects.filter(scope=scope).values("person")
    ids = list(Person.objects.filter(pk__in=part_of).order_by("added_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 100):
        yield list(Person.objects.filter(pk__in=ids[start : start + 100]).order_by("added_at", "pk"))


def _id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def _history(rng: Random, staff: Staff, name: str, scale: Scale, person: Person, rows: _Rows) -> None:
    """A person's tries of the last half year, oldest first, and where they stand after them."""
    campaign = scale.campaign
    standing = Standing(id=_id(rng), person=person, campaign=campaign)
    rows.standings.append(standing)
    value = rng.choices((1, 2, 3, 4, 5), weights=(1, 4, 5, 2, 1))[0]
    days = sorted(rng.randrange(1, _HALF_A_YEAR) for _ in range(rng.choices((0, 1, 2, 3, 5), (2, 5, 4, 2, 1))[0]))
    for back in reversed(days):
        at = (clock.now() - timedelta(days=back)).replace(hour=rng.randrange(1, 4), minute=rng.randrange(60))
        contact = _contact(rng, staff, name, campaign, person, at)
        rows.contacts.append(contact)
        by = staff.actor(name)
        if back > _SEASON_ENDED and contact.id.int % 3:  # two of three doors of last season were a volunteer's
            contact.by = staff.last_season[contact.id.int % len(staff.last_season)]
            by = Actor(user_id=contact.by.pk, role=Role.VOLUNTEER)
        done = event("contact.logged", by=by, about=contact, person=person.pk, codes=[contact.outcome])
        done.at = at
        rows.events.append(done)
        standing.tries += 1
        standing.contact_at, standing.outcome = at, contact.outcome
        standing.issues |= bits_of(contact.issues)
        if contact.outcome == Outcome.TALKED:
            standing.talked_at = at
            value = max(1, min(5, value + rng.choice((-1, 0, 0, 0, 1))))
            _assessed(rng, contact, scale, value, standing, rows)


def _contact(rng: Random, staff: Staff, name: str, campaign: Campaign, person: Person, at: datetime) -> Contact:
    tongue = person.language if person.language in {"en", "ko"} else "es"
    contact = Contact(
        id=_id(rng),
        person=person,
        campaign=campaign,
        kind=rng.choices((Kind.VISIT, Kind.CALL, Kind.ONE_ON_ONE), weights=(6, 3, 1))[0],
        outcome=rng.choices(_OUTCOMES, weights=(10, 6, 2, 1, 1))[0],
        at=at,
        device_at=at,
        received_at=at + timedelta(minutes=40),
        by=staff.users[name],
        where=Where.HOME,
        language=tongue,
    )
    if contact.outcome == Outcome.TALKED:
        contact.story = rng.choice(_STORIES[tongue])
        contact.issues = rng.sample(list(Issue.values), rng.randrange(1, 4))
        contact.ask, contact.answer = Ask.MEETING, rng.choice((Answer.YES, Answer.MAYBE, Answer.NO))
        contact.brings = rng.choice((0, 0, 0, 1, 2)) if contact.answer == Answer.YES else 0
        contact.no_step = NoStep.DONE
    return contact


def _assessed(rng: Random, contact: Contact, scale: Scale, value: int, standing: Standing, rows: _Rows) -> None:
    basis = rng.choices((Basis.CONVERSATION, Basis.ACTION), weights=(9, 1))[0]
    row = Assessment(id=_id(rng), person=contact.person, campaign=contact.campaign, scale=scale, contact=contact)
    row.value, row.basis, row.at, row.by = value, basis, contact.at, contact.by
    rows.assessments.append(row)
    standing.value, standing.basis, standing.assessed_at = value, basis, contact.at


def _ties_between(rng: Random, staff: Staff, name: str, campaign: Campaign, people: list[Person], rows: _Rows) -> None:
    """Some know each other; some named a person nobody has met yet."""
    for person in people:
        if rng.random() < 0.4:
            other = rng.choice(people)
            tongue = person.language if person.language in {"en", "ko"} else "es"
            is_known = rng.random() < 0.6 and other != person
            tie = Tie(id=_id(rng), person=person, campaign=campaign, by=staff.users[name])
            tie.other, tie.known_as = (other, "") if is_known else (None, rng.choice(_NAMED[tongue]))
            tie.kind = rng.choice((TieKind.COWORKER, TieKind.FAMILY, TieKind.FRIEND, TieKind.CHURCH, TieKind.HOUSEMATE))
            tie.strength, tie.will_introduce = rng.choice(Strength.values), rng.random() < 0.3
            tie.at = clock.now() - timedelta(days=rng.randrange(1, _HALF_A_YEAR))
            rows.ties.append(tie)


def _saturday(staff: Staff, name: str, campaign: Campaign) -> None:
    """A list of ten for the shift that runs now, with first words released; a volunteer goes along."""
    actor = staff.actor(name)
    begins = clock.now() - timedelta(hours=1)
    homes = Prefetch("residencies", Residency.objects.select_related(None))
    with access.viewing(actor):
        people = list(
            Person.objects.visible_to(actor, "see")
            .filter(involvements__scope=campaign.pk, residencies__isnull=False)
            .distinct()
            .prefetch_related(homes)
            .order_by("zip", "pk")[:10]
        )
        volunteer = staff.users["volunteer" if name != "organizer_2" else "volunteer_2"]
        row = actions.make_list(
            by=actor,
            campaign=campaign,
            name="토요일 저녁 방문" if name == "organizer" else "Sábado por la tarde",
            from_at=begins,
            to_at=begins + timedelta(hours=10),
            people_on=people,
            goes=[volunteer],
        )
        for stop in row.stops.select_related("person", "assignment"):
            tongue = stop.person.language if stop.person.language in {"en", "ko"} else "es"
            actions.release_line(by=actor, stop=stop, words=_SAY_FIRST[tongue])


def _chart(rng: Random, staff: Staff, name: str, campaign: Campaign) -> None:
    """The wall chart of the workplace where the campaign knows most people; the night shift is the gap."""
    actor = staff.actor(name)
    part_of = Involvement.objects.filter(scope=campaign.pk).values("person")
    jobs = Employment.objects.filter(person__in=part_of, to_on__isnull=True)
    busiest = jobs.values("workplace").annotate(people=Count("pk")).order_by("-people", "workplace").first()
    if busiest is None:
        return
    workplace = Workplace.objects.get(pk=busiest["workplace"])
    departments = [
        actions.add_department(
            by=actor,
            campaign=campaign,
            workplace=workplace,
            title=title,
            expected={Shift.DAY: rng.randrange(4, 8), Shift.EVENING: rng.randrange(3, 6), Shift.NIGHT: 3},
        )
        for title in _DEPARTMENTS[name]
    ]
    there = Person.objects.filter(employments__in=jobs.filter(workplace=workplace)).distinct().order_by("pk")
    for person in list(there)[:-2]:
        actions.put_on_chart(
            by=actor,
            person=person,
            department=rng.choice(departments),
            shift=rng.choice((Shift.DAY, Shift.DAY, Shift.EVENING)),
            is_leader=rng.random() < 0.2,
        )
