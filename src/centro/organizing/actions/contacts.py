"""What happened at a door or on the phone: contacts, assessments, ties. Rows are added, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from centro.core import actions as core
from centro.core import clock, policy
from centro.core.audit import event, record_event, record_events
from centro.core.models import Event, User
from centro.core.policy import Actor
from centro.organizing.actions.campaigns import put_in_campaign
from centro.organizing.actions.events import note_answer
from centro.organizing.choices import Answer, Basis, Kind, Outcome, Source, StepHow, Strength, TieKind, Turnout, Where
from centro.organizing.models import Assessment, Campaign, Contact, Gathering, QuietTie, Scale, Tie
from centro.organizing.models.contacts import NOTED
from centro.organizing.standings import current_assessment, restate
from centro.people.models import Person
from centro.people.names import fold
from centro.people.search import workplaces_by_sign

BIG_MOVE = 2  # on the scale: asks why


class AsksWhy(Exception):
    """The assessment moves by two or more, and nobody said why. `before` is where they stood."""

    def __init__(self, before: int) -> None:
        super().__init__(before)
        self.before = before


@dataclass(frozen=True)
class Named:
    """Somebody they named: by a name or description and where they work, or a person we know."""

    known_as: str = ""
    works_at: str = ""
    kind: str = TieKind.COWORKER
    will_introduce: bool = False
    other: Person | None = None
    strength: str = Strength.GOOD


@dataclass(frozen=True)
class Told:
    """What was noted about one try. `device_at` None means now."""

    outcome: str
    kind: str = Kind.VISIT
    device_at: datetime | None = None
    where: str = ""
    language: str = ""
    had_interpreter: bool = False
    present: str = ""
    issues: tuple[str, ...] = ()
    own_issue: str = ""
    story: str = ""
    value: int | None = None
    basis: str = Basis.CONVERSATION
    why: str = ""
    named: tuple[Named, ...] = ()
    ask: str = ""
    ask_words: str = ""
    event: Gathering | None = None
    answer: str = ""
    brings: int = 0
    step: str = ""
    step_on: date | None = None
    step_owner: User | None = None
    no_step: str = ""
    together_with: tuple[User, ...] = field(default=())


@transaction.atomic
def log_contact(
    *,
    by: Actor,
    campaign: Campaign,
    person: Person,
    told: Told,
    contact_id: UUID,
    source: Source = Source.PAGE,
    corrects: Contact | None = None,
    must_say_why: bool = True,
) -> tuple[Contact, bool]:
    """Note one try to talk with somebody. Sent again with the same id, it is the same contact (and False).

    With `must_say_why` a big move of the assessment without a reason raises `AsksWhy`; without, whoever was there
    gets a task to say it. The time is that of the device, but never later than now.
    """
    if known := Contact.objects.filter(pk=contact_id).first():
        return known, False
    now = clock.now()
    device_at = told.device_at or now
    contact = Contact(
        id=contact_id,
        person=person,
        campaign=campaign,
        by_id=by.me,
        at=min(device_at, now),
        device_at=device_at,
        received_at=now,
        source=source,
        corrects=corrects,
        **{name: getattr(told, name) for name in NOTED if name != "issues"},
        issues=list(told.issues),
    )
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError:  # the same report, a moment earlier, in another process
        return Contact.objects.get(pk=contact_id), False
    contact.together_with.add(*told.together_with)
    put_in_campaign(by=by, campaign=campaign, people_in=[person])
    events = [_tie_event(by, _new_tie(by, campaign, person, named, contact)) for named in told.named]
    if told.value is not None:
        events.append(_assessed_event(by, _assess_at(by, contact, told, must_say_why=must_say_why)))
    _plan_step(by, contact, told)
    _note_answer(by, contact, told)
    restate(person.pk, campaign.pk)
    codes = [told.kind, told.outcome]
    record_events([*events, event("contact.logged", by=by, about=contact, person=person.pk, codes=codes)])
    return contact, True


def _assess_at(by: Actor, contact: Contact, told: Told, *, must_say_why: bool) -> Assessment:
    value, why = told.value or 0, told.why
    before = current_assessment(contact.person_id, contact.campaign_id)
    if before is not None and _is_unexplained(before, value, why):
        if must_say_why:
            raise AsksWhy(before.value)
        why = _("Noted away from the office.")
        _remind(by, contact, _("The assessment moved by two or more: talk about why"), clock.today())
    return _save_assessment(by, contact.campaign, contact.person, value, told.basis, why, contact)


def _is_unexplained(before: Assessment, value: int, why: str) -> bool:
    """A move of two or more of which nobody said why."""
    return abs(before.value - value) >= BIG_MOVE and not why


_SAID = {"": Turnout.ASKED, Answer.YES: Turnout.YES, Answer.MAYBE: Turnout.MAYBE, Answer.NO: Turnout.CANCELLED}


def _note_answer(by: Actor, contact: Contact, told: Told) -> None:
    """Asked to an event: what they said stands on its list at once. Where nobody talked, nobody was asked."""
    if told.event is None or told.outcome != Outcome.TALKED or told.event.campaign_id != contact.campaign_id:
        return
    note_answer(
        by=by,
        gathering=told.event,
        person=contact.person,
        state=_SAID[told.answer],
        how=StepHow.CALL if told.kind == Kind.CALL else StepHow.TALK,
        brings=told.brings if told.answer == Answer.YES else None,
        at=contact.at,
        contact=contact,
    )


def _plan_step(by: Actor, contact: Contact, told: Told) -> None:
    """The next step becomes a task; “come back” without a day means in a week."""
    owner = told.step_owner
    if told.step:
        what, due_on = told.step, told.step_on or clock.today() + timedelta(days=7)
    elif told.outcome == Outcome.COME_BACK:
        what, due_on = _("Go back for another visit"), told.step_on or clock.today() + timedelta(days=7)
    else:
        return
    _remind(by, contact, what, due_on, owner)


def _remind(by: Actor, contact: Contact, what: str, due_on: date, owner: User | None = None) -> None:
    task = core.add_task(by=by, owner=owner or contact.by, what=what, due_on=due_on, about=contact.person)
    if contact.step_id is None:
        contact.step = task
        contact.save(update_fields=["step"])


@transaction.atomic
def log_nobody_home(
    *, by: Actor, campaign: Campaign, people_there: Iterable[Person], key: UUID, source: Source = Source.PAGE
) -> int:
    """Nobody opened at these doors. `key` makes each contact's id, so that the form may be sent twice."""
    told = Told(outcome=Outcome.NOT_HOME, where=Where.HOME)
    logged = [
        log_contact(
            by=by, campaign=campaign, person=person, told=told, contact_id=uuid5(key, str(person.pk)), source=source
        )[1]
        for person in people_there
    ]
    return sum(logged)


@transaction.atomic
def assess(
    *,
    by: Actor,
    campaign: Campaign,
    person: Person,
    value: int,
    basis: str,
    why: str = "",
    at: datetime | None = None,
) -> Assessment:
    """Say where somebody stands, and from what. A move of two or more asks why (`AsksWhy`)."""
    before = current_assessment(person.pk, campaign.pk)
    if before is not None and _is_unexplained(before, value, why):
        raise AsksWhy(before.value)
    row = _save_assessment(by, campaign, person, value, basis, why, at=at)
    restate(person.pk, campaign.pk)
    record_events([_assessed_event(by, row)])
    return row


def _assessed_event(by: Actor, row: Assessment) -> Event:
    return event("contact.assessed", by=by, about=row, person=row.person_id, codes=[row.basis])


def _save_assessment(
    by: Actor,
    campaign: Campaign,
    person: Person,
    value: int,
    basis: str,
    why: str,
    contact: Contact | None = None,
    at: datetime | None = None,
) -> Assessment:
    scale = Scale.objects.filter(campaign=campaign).order_by("-number").first()
    if scale is None or not 1 <= value <= scale.steps:
        raise ValueError("this number is not on the scale of the campaign")
    row = Assessment(
        person=person,
        campaign=campaign,
        scale=scale,
        value=value,
        basis=basis,
        why=why,
        at=_next_moment(person, campaign, at or (contact.at if contact else clock.now())),
        by_id=by.me,
        contact=contact,
    )
    row.save()
    return row


def _next_moment(person: Person, campaign: Campaign, at: datetime) -> datetime:
    """This moment, or the first free one after it: of two assessments of one minute, the one noted later counts."""
    taken = set(Assessment.objects.filter(person=person, campaign=campaign, at__gte=at).values_list("at", flat=True))
    while at in taken:
        at += timedelta(microseconds=1)
    return at


@transaction.atomic
def add_tie(
    *,
    by: Actor,
    campaign: Campaign,
    person: Person,
    named: Named,
    is_confidential: bool = False,
) -> Tie | QuietTie:
    """A person knows another. A confidential tie keeps both ends sealed, and needs a person we know at each."""
    if is_confidential and named.other is not None:
        ends = f"{person.pk} {named.other.pk}"
        quiet = QuietTie(campaign=campaign, ends=ends, kind=named.kind, strength=named.strength, by_id=by.me)
        quiet.save()
        record_event("contact.quiet_tie_added", by=by, about=quiet)
        return quiet
    tie = _new_tie(by, campaign, person, named)
    record_events([_tie_event(by, tie)])
    return tie


def _new_tie(by: Actor, campaign: Campaign, person: Person, named: Named, contact: Contact | None = None) -> Tie:
    known_as, workplace = _described(named)
    tie = Tie(
        person=person,
        other=named.other,
        campaign=campaign,
        known_as=known_as,
        workplace_id=workplace,
        kind=named.kind,
        strength=named.strength,
        will_introduce=named.will_introduce,
        contact=contact,
        by_id=by.me,
    )
    tie.save()
    policy.opens_all(tie)
    return tie


def _described(named: Named) -> tuple[str, UUID | None]:
    """How somebody without a file is known, and where they work. A sign that we do not know stays in the words."""
    if named.other is not None or not named.works_at:
        return ("" if named.other else named.known_as), None
    workplace = workplaces_by_sign().get(fold(named.works_at))
    return (named.known_as, workplace) if workplace else (f"{named.known_as} ({named.works_at})", None)


def _tie_event(by: Actor, tie: Tie) -> Event:
    return event("contact.tie_added", by=by, about=tie, person=tie.person_id, codes=[tie.kind])


@transaction.atomic
def end_tie(*, by: Actor, tie: Tie) -> bool:
    """They do not know each other any more, or it was a mistake. False when it had ended already."""
    is_ended = Tie.objects.filter(pk=tie.pk, ended_at__isnull=True).update(ended_at=clock.now()) == 1
    if is_ended:
        record_event("contact.tie_ended", by=by, about=tie, person=tie.person_id)
    return is_ended
