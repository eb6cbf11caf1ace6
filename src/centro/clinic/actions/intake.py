"""Writes of the intake: started, answered, taken over, consented to, decided on, opened as a case, forgotten."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.clinic import routes
from centro.clinic.choices import CaseState
from centro.clinic.intake import deadlines
from centro.clinic.intake.answers import Answers, split
from centro.clinic.intake.questions import Screen
from centro.clinic.models import Intake, Source
from centro.clinic.queries import intake as reads
from centro.clinic.queries.walls import all_held_people, is_held
from centro.core import actions as core
from centro.core import clock, content
from centro.core.audit import record_event
from centro.core.classes import Relation, Role
from centro.core.documents.actions import keep_upload
from centro.core.documents.uploads import Examined
from centro.core.models import User
from centro.core.policy import Actor, Refused, opens_all
from centro.core.purge import bury
from centro.people import actions as people
from centro.people.choices import How, Purpose
from centro.people.models import Person
from centro.people.versions import Conflict

HELPS_FOR = timedelta(hours=12)
NAMES = {"name", "employer"}  # screens whose change makes an old conflict check worthless


class NotYet(Exception):
    """This step comes later: `why` says what is missing, in words."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@transaction.atomic
def start_intake(
    *, by: Actor, language: str, asked_in: str, source: str = Source.WALK_IN, needs_interpreter: bool = False
) -> Intake:
    """Somebody is at the door. What they say lies under a key of its own, and goes in 48 hours unless they say keep."""
    interviews = by.role in {Role.COUNSELLOR, Role.ATTORNEY}
    row = Intake(
        language=language,
        asked_in=asked_in,
        source=source,
        needs_interpreter=needs_interpreter,
        owner_id=by.user_id if interviews else None,
        started_by_id=by.user_id,
    )
    row.expires_at = row.kept_until()
    row.save()
    opens_all(row, Relation.OWN if interviews else Relation.CENTER)
    record_event("intake.started", by=by, about=row, codes=[source, language])
    return row


@transaction.atomic
def answer(*, by: Actor, intake: Intake, screen: Screen, values: Mapping[str, Any], version: int) -> Answers:
    """Keep what was said on one screen. `Conflict` when somebody else saved meanwhile; nothing is overwritten.

    A date that starts a deadline of less than thirty days puts a task on the duty counsellor's list at once.
    """
    answers = reads.answers_of(intake).after(screen, values)
    kept = answers.only_way()
    desk, story = split(kept)
    _claim(intake, version)
    changed = ["desk", "topics", "county", "changed_at", "expires_at", "first_due_on"]
    if _sees_story(intake):
        intake.story = story.as_text()
        changed.append("story")
    intake.desk = desk.as_text()
    intake.topics, intake.county = list(kept.many("topics")), kept.text("county")
    intake.first_due_on = _first_due(kept)
    intake.changed_at, intake.expires_at = clock.now(), intake.kept_until()
    intake.save(update_fields=changed)
    record_event("intake.answered", by=by, about=intake, person=intake.person_id, codes=sorted(values))
    _note_dates(by, intake, kept)
    if screen.id in NAMES:
        _forget_check(by, intake)
    return kept


def _sees_story(intake: Intake) -> bool:
    return not intake.story.startswith("•")


def _claim(intake: Intake, version: int) -> None:
    """Take the next version, or `Conflict`: somebody else saved first."""
    if not Intake.objects.filter(pk=intake.pk, version=version).update(version=version + 1):
        raise Conflict(intake)
    intake.version = version + 1


def _first_due(answers: Answers) -> Any:
    days = deadlines.shortest(answers, today=clock.today())
    return clock.today() + timedelta(days=days) if days is not None else None


def _note_dates(by: Actor, intake: Intake, answers: Answers) -> None:
    """All date screens answered: triaged. A near deadline: somebody looks today."""
    dates = [screen for screen in answers.way() if screen.part == "dates"]
    if intake.state == CaseState.NEW and all(answers.is_done(screen) for screen in dates):
        move(by=by, intake=intake, event="triage", only_if_allowed=True)
    days = deadlines.shortest(answers, today=clock.today())
    if days is not None and days < deadlines.SOON and intake.paged_at is None:
        page_duty_counsellor(by=by, intake=intake)


@transaction.atomic
def page_duty_counsellor(*, by: Actor, intake: Intake) -> bool:
    """A deadline is near: the duty counsellor finds it among today's tasks. Once an intake; False with nobody there."""
    duty = reads.duty_counsellor(intake)
    if duty is None or not Intake.objects.filter(pk=intake.pk, paged_at=None).update(paged_at=clock.now()):
        return False
    intake.paged_at = clock.now()
    with translation.override(duty.language):
        day = formats.date_format(intake.first_due_on, "DATE_FORMAT") if intake.first_due_on else ""
        what = _("An intake has a deadline on %(day)s: look at it today") % {"day": day}
    core.add_task(by=by, owner=duty, what=what, due_on=clock.today(), about=intake)
    record_event("intake.paged", by=by, about=intake, person=intake.person_id)
    return True


def _forget_check(by: Actor, intake: Intake) -> None:
    """A name was changed after the check: it has to be made again before anything else is told."""
    if intake.state in {CaseState.CLEARED, CaseState.INTERVIEW, CaseState.ASSESSED}:
        set_state(by=by, intake=intake, state=CaseState.TRIAGED)


@transaction.atomic
def move(*, by: Actor, intake: Intake, event: str, only_if_allowed: bool = False) -> bool:
    """Take a step of the table `routes/intake.yaml`. `Refused` where it is not a step from here, or not this role's."""
    step = routes.table(routes.INTAKE).find(event, intake.state)
    if step is None or by.role not in step.roles:
        if only_if_allowed:
            return False
        raise Refused(f"intake.{event}")
    return set_state(by=by, intake=intake, state=CaseState(step.to))


@transaction.atomic
def set_state(*, by: Actor, intake: Intake, state: CaseState) -> bool:
    """The intake is in another state now. False when somebody else moved it first."""
    was = intake.state
    if not Intake.objects.filter(pk=intake.pk, state=was).update(state=state, changed_at=clock.now()):
        return False
    intake.state = state
    record_event("intake.moved", by=by, about=intake, person=intake.person_id, codes=[was, state])
    return True


@transaction.atomic
def take(*, by: Actor, intake: Intake) -> bool:
    """I lead this one from now on. False when somebody took it first."""
    free = Intake.objects.filter(pk=intake.pk, owner=None)
    if not free.update(owner_id=by.me, is_held_back=False):
        return False
    intake.owner_id = by.user_id
    opens_all(intake, Relation.OWN)
    Intake.objects.filter(pk=intake.pk).update(expires_at=intake.kept_until(), changed_at=clock.now())
    record_event("intake.taken", by=by, about=intake, person=intake.person_id)
    return True


@transaction.atomic
def let_help(*, by: Actor, intake: Intake, user: User) -> None:
    """A volunteer or interpreter sees this one intake, without its story, until the end of the shift."""
    until = clock.now() + HELPS_FOR
    core.give_place(by=by, user=user, scope_kind="intake", scope=intake.pk, relation=Relation.ASSIGNED, until=until)


@transaction.atomic
def keep_letter(*, by: Actor, intake: Intake, files: Sequence[Examined], keeps_original: bool) -> None:
    """Photos of a letter that has a deadline, sealed with the intake: whoever leads it opens them."""
    for file in files:
        keep_upload(by=by, about=intake, file=file, person=intake.person_id, keeps_original=keeps_original)
    intake.changed_at, intake.expires_at = clock.now(), intake.kept_until()
    intake.save(update_fields=["changed_at", "expires_at"])
    record_event("intake.letter_brought", by=by, about=intake, person=intake.person_id)


# --- consent ----------------------------------------------------------------------------------------------------


@transaction.atomic
def record_consents(
    *, by: Actor, intake: Intake, agreed: Iterable[Purpose], how: How, person: Person | None = None
) -> Person | None:
    """What the worker said yes to, each by itself. With “keep my file” they become a person of the center.

    Without it nothing else can be kept: the intake goes as promised, and None comes back.
    """
    wanted = set(agreed)
    if Purpose.KEEP_FILE not in wanted:
        record_event("intake.keeping_refused", by=by, about=intake)
        return None
    kept = intake.person or person or _new_person(by, intake)
    if intake.person_id is None:
        intake.person = kept
        intake.expires_at = intake.kept_until()
        intake.save(update_fields=["person", "expires_at"])
    for purpose in sorted(wanted):
        text = content.text("consent", purpose, intake.asked_in)
        people.give_consent(
            by=by,
            person=kept,
            purpose=Purpose(purpose),
            text=text.body_markdown,
            text_version=text.version,
            language=intake.asked_in,
            how=how,
        )
    if intake.state == CaseState.CLEARED:
        move(by=by, intake=intake, event="start_interview")
    record_event("intake.consented", by=by, about=intake, person=kept.pk, codes=sorted(wanted))
    return kept


def _new_person(by: Actor, intake: Intake) -> Person:
    answers = reads.answers_of(intake)
    given, _space, family = answers.text("whole_name").partition(" ")
    hangul = any("가" <= letter <= "힣" for letter in answers.text("whole_name"))
    names = {"native": answers.text("whole_name")} if hangul else {"given": given, "family": family}
    details = {**names, "call_me": answers.text("call_me"), "language": intake.language, "met_through": _met(intake)}
    safe = _safe_contact(answers)
    return people.add_person(by=by, details={**details, "safe_contact": safe}, phone=_phone(answers))


def _met(intake: Intake) -> str:
    ways = {Source.WEB: "online", Source.PHONE: "phone", Source.REFERRAL: "referral"}
    return ways.get(Source(intake.source), "walk_in")


def _phone(answers: Answers) -> dict[str, Any] | None:
    number = answers.text("phone")
    if not number:
        return None
    ways = answers.many("ways")
    return {"number": number, "text_ok": "text" in ways, "voicemail_ok": answers.yes("voicemail_ok") is True}


def _safe_contact(answers: Answers) -> str:
    """The safe ways in one line, in words that staff read whatever the worker's language."""
    parts = [*answers.many("ways"), *answers.many("hours")]
    parts += ["shared phone"] if answers.yes("shared_phone") else []
    if answers.text("backup_name"):
        parts.append(f"else: {answers.text('backup_name')} {answers.text('backup_phone')}".strip())
    return ", ".join(parts)[:300]


# --- the end of an intake -----------------------------------------------------------------------------------------


@transaction.atomic
def finish_interview(*, by: Actor, intake: Intake) -> None:
    """Everything is told. `NotYet` while the minimum of a case is not there."""
    missing = reads.missing_for_case(reads.answers_of(intake))
    if missing:
        raise NotYet(", ".join(screen.title.in_(translation.get_language() or "en") for screen in missing))
    move(by=by, intake=intake, event="finish_interview")


@transaction.atomic
def note_letter(*, by: Actor, intake: Intake) -> None:
    """The worker has the letter with their dates."""
    Intake.objects.filter(pk=intake.pk).update(letter_offered_at=clock.now())
    record_event("intake.letter_given", by=by, about=intake, person=intake.person_id)


@transaction.atomic
def forget(*, by: Actor, intake: Intake) -> None:
    """Destroy an intake now, with its key: the worker asked for it, or its time is over.

    `Refused` under a hold on its person: then nothing of them is destroyed.
    """
    if intake.person_id is not None and is_held(intake.person_id):
        raise Refused("intake.start")
    key = intake.vault_id()
    record_event("intake.forgotten", by=by, about=intake, person=intake.person_id)
    intake.delete()
    bury([key])


def forget_expired(*, by: Actor) -> int:
    """Destroy intakes whose time is over, that became no case and that no hold keeps. Returns how many."""
    held = all_held_people().values("pk")
    due = Intake.objects.filter(expires_at__lt=clock.now(), case__isnull=True)
    rows = list(due.filter(Q(person__isnull=True) | ~Q(person__in=held))[:200])
    return sum(_forget_if_still_due(by, row) for row in rows)


@transaction.atomic
def _forget_if_still_due(by: Actor, intake: Intake) -> bool:
    """Destroy one, unless the worker said yes to keeping it while the others before it were destroyed."""
    still = Intake.objects.select_for_update().filter(pk=intake.pk, expires_at__lt=clock.now(), case__isnull=True)
    if not still.exists():
        return False
    forget(by=by, intake=intake)
    return True


@transaction.atomic
def offer_letters(*, by: Actor) -> int:
    """A day before an intake with deadlines goes, somebody is asked to offer the letter with its dates."""
    near = clock.now() + timedelta(hours=24)
    due = Intake.objects.filter(expires_at__lt=near, case__isnull=True, letter_offered_at=None)
    rows = list(due.exclude(first_due_on=None).select_related("owner", "started_by")[:200])
    for row in rows:
        Intake.objects.filter(pk=row.pk).update(letter_offered_at=clock.now())
        if owner := row.owner or row.started_by or reads.duty_counsellor(row):
            with translation.override(owner.language):
                what = _("An intake with deadlines goes tomorrow: offer the letter with its dates first")
            core.add_task(by=by, owner=owner, what=what, due_on=clock.today(), about=row)
    return len(rows)
