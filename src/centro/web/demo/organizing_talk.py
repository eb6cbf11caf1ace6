"""The invented talk: guides, a list of texts and one of calls in each campaign, a few threads, forty members."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from centro.core import access, clock, content
from centro.core.policy import Actor
from centro.organizing import actions
from centro.organizing.actions import committees, members, texts
from centro.organizing.actions.members import Pledge
from centro.organizing.actions.texts import Said
from centro.organizing.choices import Kind
from centro.organizing.members.choices import LeftWhy, Method, Paying, SaidHow, SeatRole, Waiver
from centro.organizing.models import Campaign, Membership
from centro.people.choices import Channel, How, Inbox, MessageState, Purpose
from centro.people.models import Consent, Message, Person, Phone, Thread
from centro.web.demo.staff import Staff

_MEMBERS = 14  # a campaign
_SPOKEN = ("en", "es", "ko")
_EVENTS = {"en": "Saturday at 10, at the center", "es": "el sábado a las 10, en el centro", "ko": "토요일 10시, 센터"}
_ASKED = {
    "en": "Hello, this is the worker center. We meet on Saturday at 10. Will you come?",
    "es": "Hola, le escribe el centro de trabajadores. Nos reunimos el sábado a las 10. ¿Viene?",
    "ko": "안녕하세요, 노동자센터입니다. 토요일 10시에 모입니다. 오실 수 있으세요?",
}
_ANSWERED = {
    "en": (
        "Yes, and my cousin wants to come too",
        "I work until noon, can I come later?",
        "Stop sending so early please",
    ),
    "es": (
        "Sí, voy con mi hermana",
        "Trabajo hasta las 12, ¿puedo llegar después?",
        "No puedo parar de trabajar ese día",
    ),
    "ko": ("네, 언니와 같이 갈게요", "12시까지 일하는데 늦게 가도 될까요?", "그날은 그만 쉬고 싶어요"),
}
_COMMITTEES = {
    "organizer": ("주방 안전 위원회", "밤에 혼자 일하는 사람이 없게"),
    "organizer_2": ("Comité de costura", "Pago por hora para todas"),
    "organizer_3": ("Building committee", "Repairs, rent and the car wash"),
}


def load(rng: Random, staff: Staff) -> int:
    """Save it around people who are part of the campaigns already. Returns how many members there are."""
    for name, scope in staff.campaigns.items():
        by = staff.actor(name)
        with access.viewing(by):
            campaign = Campaign.objects.visible_to(by, "see").get(pk=scope)
            people = _speaking(by, campaign)
            _agree(people[:30])
            _lists(staff, name, campaign, people)
            _threads(rng, staff, name, people[20:23])
            _join(rng, staff, name, people[:_MEMBERS])
    return Membership.objects.count()


def _speaking(by: Actor, campaign: Campaign) -> list[Person]:
    """People of the campaign with a phone, those the guides are written for, and whom no other campaign has taken."""
    rows = Person.objects.visible_to(by, "see").filter(
        involvements__scope=campaign.pk, phones__isnull=False, language__in=_SPOKEN, restricted_at__isnull=True
    )
    rows = rows.filter(membership__isnull=True, threads__isnull=True)
    return list(rows.distinct().prefetch_related("phones", "residencies").order_by("added_at", "pk")[:60])


def _agree(people: Iterable[Person]) -> None:
    """They said yes to texts and calls, and their phone takes them at any hour."""
    for person in people:
        Phone.objects.filter(person=person).update(text_ok=True, from_hour=None, to_hour=None)
        known = set(Consent.objects.filter(person=person, withdrawn_at__isnull=True).values_list("purpose", flat=True))
        for purpose in {Purpose.TEXT, Purpose.CALL} - known:
            text = content.text("consent", purpose, person.language)
            Consent.objects.create(
                person=person,
                purpose=purpose,
                text=text.body_markdown,
                text_version=text.version,
                language=person.language,
                how=How.SPOKEN,
                taken_at=clock.now() - timedelta(days=60),
            )


def _guide(by: Actor, campaign: Campaign, *, for_calls: bool) -> None:
    name = "invite_call" if for_calls else "invite_text"
    found = {code: content.text("guides", name, code) for code in _SPOKEN}
    said = {code: Said(text.body_markdown, _EVENTS[code]) for code, text in found.items()}
    guide = texts.add_guide(by=by, campaign=campaign, name=found["en"].title, for_calls=for_calls, texts=said)
    for assignment in campaign.assignments.filter(kind=Kind.CALL if for_calls else Kind.TEXT):
        texts.choose_guide(by=by, assignment=assignment, guide=guide)


def _lists(staff: Staff, name: str, campaign: Campaign, people: list[Person]) -> None:
    by, begins = staff.actor(name), clock.now() - timedelta(hours=1)
    volunteer = staff.users["volunteer" if name != "organizer_2" else "volunteer_2"]
    titles = {"organizer": ("저녁 문자", "저녁 전화"), "organizer_2": ("Mensajes de la tarde", "Llamadas de la tarde")}
    named = titles.get(name, ("Evening texts", "Evening calls"))
    for kind, title, chosen in ((Kind.TEXT, named[0], people[:12]), (Kind.CALL, named[1], people[8:20])):
        actions.make_list(
            by=by,
            campaign=campaign,
            name=title,
            kind=kind,
            from_at=begins,
            to_at=begins + timedelta(hours=10),
            people_on=chosen,
            goes=[volunteer],
        )
        _guide(by, campaign, for_calls=kind is Kind.CALL)


def _threads(rng: Random, staff: Staff, name: str, people: list[Person]) -> None:
    """Three were asked and answered: one yes, one question, one that may mean “stop”."""
    for at, person in enumerate(people):
        asked_at = clock.now() - timedelta(days=1 + at, minutes=rng.randrange(200))
        heard_at = asked_at + timedelta(minutes=20 + rng.randrange(60))
        number = next(iter(person.phones.all())).number
        shared = {"person": person, "channel": Channel.TEXT, "inbox": Inbox.ORGANIZING, "to": str(number)}
        shared |= {"language": person.language}
        words, answer = _ASKED[person.language], _ANSWERED[person.language][at]
        sender = staff.users[name]
        Message.objects.create(words=words, at=asked_at, state=MessageState.SENT, sent_by=sender, **shared)
        Message.objects.create(
            words=answer,
            at=heard_at,
            state=MessageState.RECEIVED,
            is_incoming=True,
            provider_id=f"demo-{person.pk}",
            **shared,
        )
        Thread.objects.create(
            person=person, inbox=Inbox.ORGANIZING, last_at=heard_at, unread_at=heard_at, may_mean_stop=at == 2
        )


def _join(rng: Random, staff: Staff, name: str, people: list[Person]) -> None:
    """Members with dues paid, running out and run out; one who left, one about to join; and their committee."""
    by = staff.actor(name)
    joined = []
    for at, person in enumerate(people):
        paying = rng.choice(list(Paying))
        day = clock.today() - timedelta(days=(5, 40, 120, 340, 350, 500)[at % 6])
        terms = {"dues_cents": 2400, "paying": paying, "interest": "", "may_be_named": rng.random() < 0.3}
        how = rng.choice((SaidHow.PAPER, SaidHow.WITNESSED))
        row = members.join(by=by, person=person, pledge=Pledge(person.language, how, day), details=terms)
        if at == _MEMBERS - 1:
            continue
        if rng.random() < 0.2:
            members.waive(by=by, membership=row, why=Waiver.HARDSHIP, months=12, paid_on=day)
        else:
            method = rng.choice((Method.CASH, Method.CHECK))
            members.pay(by=by, membership=row, cents=2400, method=method, months=12, paid_on=day)
        Membership.objects.filter(pk=row.pk).update(asked_on=day, active_on=day)
        joined.append(row)
    members.leave(by=by, membership=joined[-1], why=LeftWhy.MOVED)
    title, purpose = _COMMITTEES[name]
    committee = committees.add_committee(by=by, name=title, purpose=purpose)
    for at, row in enumerate(joined[:5]):
        role = SeatRole.CHAIR if at == 0 else SeatRole.MEMBER
        committees.seat(by=by, committee=committee, person=row.person, role=role)
