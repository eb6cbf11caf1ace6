"""The invented work of a week: tasks, messages, look-alikes waiting to be looked at, purges on their way."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from uuid import UUID

from centro.core import clock
from centro.core.audit import event, record_events
from centro.core.models import Task
from centro.core.vault import keyring
from centro.people.choices import Channel, PhoneKind
from centro.people.models import Involvement, Message, NotSame, Person, Phone, Purge, SameAs
from centro.web.demo.staff import Staff

_SPANISH, _KOREAN = "es", "ko"
# What there is to do, by user: the words, and whether they are about somebody.
_TO_DO: dict[str, tuple[tuple[str, bool], ...]] = {
    "front_desk": (
        ("Llamar otra vez: no contestó el lunes", True),
        ("Pedir el número de teléfono nuevo", True),
        ("Print the sign-in sheet for the Thursday clinic", False),
        ("Confirmar la cita del jueves", True),
        ("Ask which language they want letters in", True),
        ("Order water for the tenants’ night", False),
    ),
    "organizer": (
        ("집 방문: 주방 동료 두 명을 소개해 주기로 함", True),
        ("위원회 모임 전에 전화", True),
        ("Bring flyers to the Friday night shift", False),
        ("연락처 다시 확인", True),
        ("Debrief the market visit with Leticia", False),
    ),
    "counsellor": (
        ("서명한 서류 복사본 받기", True),
        ("Call back about the paystubs", True),
        ("통역 예약: 수요일 2시", True),
        ("Write up the intake from this morning", True),
    ),
    "attorney": (
        ("Firmar las cartas de la semana", False),
        ("Return the call from the clinic", False),
        ("Review two letters", False),
    ),
    "manager": (("Check the list of the weekend training", True), ("Approve next month’s schedule", False)),
    "director": (
        ("Look at the purge that waits for a second yes", False),
        ("이사회 보고서", False),
        ("Call the landlord", False),
    ),
    "trainer": (
        ("Llamar a los que faltaron al taller", True),
        ("Print twelve certificates", False),
        ("Reservar el salón", False),
    ),
    "dispatcher": (("Call about Saturday’s painting job", True), ("Actualizar la lista de la mañana", False)),
    "outreach": (("Bring rights cards to the bus yard", False), ("Follow up from the school fair", True)),
    "volunteer": (("명단 전화: 토요일 모임 안내", True), ("Put the chairs back after the meeting", False)),
    "interpreter": (("Interpretar la cita del jueves a las 4", True), ("Send the hours of last week", False)),
    "steward": (("Look through the look-alikes", False), ("Ask the market committee for their list", False)),
    "admin": (("Order two security keys", False), ("Try the restore on the spare laptop", False)),
    "auditor": (("Check the chain of the logs", False),),
}
_DUE = (-3, -1, 0, 0, 1, 4, 9)
_TEXTS = {
    "es": "Hola, le escribimos del centro. Su cita es el jueves a las 4. Responda SÍ si puede venir.",
    "ko": "안녕하세요, 센터입니다. 목요일 4시에 뵙겠습니다. 오실 수 있으면 답장 주세요.",
    "en": "Hello from the center. Your appointment is on Thursday at 4. Reply YES if you can come.",
}


def load(rng: Random, staff: Staff, people: list[Person]) -> None:
    """Save the work of this week around these people, whose names are still at hand."""
    with keyring.held_for_request():
        _tasks(rng, staff)
        _messages(rng, staff, people)
        _look_alikes(rng, staff, people)
    _purges(staff, people)


def _tasks(rng: Random, staff: Staff) -> None:
    tasks, events = [], []
    for name, to_do in _TO_DO.items():
        theirs = list(_people_of(staff, name))
        for number, (words, is_about_someone) in enumerate(to_do):
            person = rng.choice(theirs) if is_about_someone and theirs else None
            task = Task(
                owner=staff.users[name],
                set_by=staff.users[name if number % 3 else "manager"],
                what=words,
                due_on=clock.today() + timedelta(days=_DUE[(number + len(name)) % len(_DUE)]),
                about_kind="person" if person else "",
                about=person,
                made_at=clock.now() - timedelta(days=5, minutes=rng.randrange(2000)),
            )
            tasks.append(task)
            events.append(event("task.added", by=staff.actor(name), about=task))
    for task, key in zip(tasks, keyring.new_vaults("task", len(tasks)), strict=True):
        task.key = key
    Task.objects.bulk_create(tasks)
    record_events(events)


def _people_of(staff: Staff, name: str) -> Iterable[UUID]:
    """People whom this user sees; their newest first."""
    recent = Person.objects.order_by("-added_at", "pk")
    if name in staff.campaigns:
        return recent.filter(in_care_of=staff.users[name]).values_list("pk", flat=True)[:30]
    scopes = {
        "trainer": staff.programs["training"],
        "dispatcher": staff.programs["hiring"],
        "outreach": staff.programs["outreach"],
        "manager": staff.programs["training"],
        "volunteer": staff.shift,
        "interpreter": staff.shift,
    }
    if name in scopes:
        return (
            Involvement.objects.filter(scope=scopes[name])
            .order_by("-since", "pk")
            .values_list("person", flat=True)[:30]
        )
    if name in {"counsellor", "counsellor_2", "attorney"}:
        return recent.filter(in_care_of=staff.users[name]).values_list("pk", flat=True)[:30]
    return recent.values_list("pk", flat=True)[:30]


def _messages(rng: Random, staff: Staff, people: list[Person]) -> None:
    """A few texts to those who said yes to texts."""
    agreed = Phone.objects.filter(person__in=[p.pk for p in people], text_ok=True, person__consents__purpose="text")
    messages = []
    for phone in agreed.select_related("person")[:24]:
        language = phone.person.language if phone.person.language in _TEXTS else _SPANISH
        at = clock.now() - timedelta(hours=rng.randrange(20, 200))
        messages.append(
            Message(
                person=phone.person,
                channel=Channel.TEXT,
                to="+12135550199",
                words=_TEXTS[language],
                language=language,
                sent_by=staff.users["front_desk"],
                at=at,
            )
        )
    Message.objects.bulk_create(messages)


def _look_alikes(rng: Random, staff: Staff, people: list[Person]) -> None:
    """Somebody typed twice with a small difference; and two who were looked at and are not the same."""
    twins, phones, pairs = [], [], []
    for number, one in enumerate(rng.sample(people, min(12, len(people)))):
        twin = Person(language=one.language, zip=one.zip, added_by=staff.users["organizer_3"], met_through="event")
        if number % 4 == 3:
            twin.in_care_of = staff.users["organizer_3"]
        _write_again(one, twin)
        twins.append(twin)
        phones.append(Phone(person=twin, number=f"+1213555010{number % 10}", kind=PhoneKind.MOBILE))
        pairs.append(SameAs(one=one, other=twin, why="alike"))
    for twin, key in zip(twins, keyring.new_vaults("person-identity", len(twins)), strict=True):
        twin.key = key
    Person.objects.bulk_create(twins)
    Phone.objects.bulk_create(phones)
    SameAs.objects.bulk_create(pairs)
    first, second = sorted((people[-1].pk, people[-2].pk))
    NotSame.objects.create(one_id=first, other_id=second, said_by=staff.users["steward"])
    by = staff.actor("organizer_3")
    record_events([event("person.added", by=by, about=twin, person=twin.pk) for twin in twins])


def _write_again(one: Person, twin: Person) -> None:
    """The same name as another hand writes it: without accents, without the second surname."""
    plain = str.maketrans("áéíóúñÁÉÍÓÚÑ", "aeiounAEIOUN")
    twin.given = one.given.translate(plain)
    twin.family = one.family.translate(plain)
    twin.native = one.native


def _purges(staff: Staff, people: list[Person]) -> None:
    """One waits for a second yes, one for its day, one is done."""
    steward, director = staff.users["steward"], staff.users["director"]
    began = clock.now() - timedelta(days=3)
    waiting, agreed = people[40], people[41]
    purges = [
        Purge(
            person_id=waiting.pk,
            vault=waiting.key,
            basis="asked",
            proposed_by=steward,
            due_on=clock.today() + timedelta(days=4),
        ),
        Purge(
            person_id=agreed.pk,
            vault=agreed.key,
            basis="retention",
            no_dispute_expected=True,
            proposed_by=steward,
            approved_by=director,
            due_on=clock.today() + timedelta(days=5),
        ),
        Purge(
            person_id=UUID(int=620),
            basis="mistake",
            no_dispute_expected=True,
            proposed_by=steward,
            approved_by=director,
            due_on=clock.today() - timedelta(days=20),
            done_at=clock.now() - timedelta(days=20),
            rows=9,
        ),
    ]
    for purge in purges:
        purge.proposed_at = min(began, clock.now() - timedelta(days=30)) if purge.done_at else began
    Purge.objects.bulk_create(purges)
    by = staff.actor("steward")
    record_events([event("person.purge_proposed", by=by, about=p, person=p.person_id, codes=[p.basis]) for p in purges])
