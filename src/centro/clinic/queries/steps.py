"""The way through an intake: which screens are open, what comes next, what a page shows around a screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import OVER, CaseState
from centro.clinic.intake import deadlines
from centro.clinic.intake.answers import HOW_SURE, SILENT, Answers, spoken
from centro.clinic.intake.questions import PARTS, Question, Screen, screens
from centro.clinic.intake.questions import screen as screen_named
from centro.clinic.models import Intake
from centro.core import clock, policy
from centro.core.classes import Role
from centro.core.policy import Actor
from centro.people import phones

BEFORE_CLEARING = frozenset({CaseState.NEW, CaseState.TRIAGED, CaseState.CONFLICT})
UNTIL_THE_CHECK = ("before", "dates", "names")
PART_NAMES: dict[str, str | Promise] = {
    "before": _("Who and how to reach"),
    "dates": _("Dates that cannot wait"),
    "names": _("Names for the conflict check"),
    "job": _("The job"),
    "topics": _("What happened"),
    "proof": _("Proof"),
    "goal": _("What they want"),
}


@dataclass(frozen=True)
class Step:
    """Where to go on, in words; `is_waiting`: nothing to do here, somebody else comes next."""

    label: str | Promise
    url: str = ""
    is_waiting: bool = False


@dataclass(frozen=True)
class PartLine:
    """One part of the way: how much of it is answered, and where it begins."""

    name: str | Promise
    done: int
    total: int
    url: str

    @property
    def is_done(self) -> bool:
        return self.done == self.total


def is_open(intake: Intake, screen: Screen) -> bool:
    """The job only after the conflict check; the story only after the check and a yes to keep a file."""
    if screen.part in UNTIL_THE_CHECK:
        return True
    return intake.state not in BEFORE_CLEARING and (screen.is_desk or intake.person_id is not None)


def way_of(intake: Intake, answers: Answers) -> list[Screen]:
    """The screens that are open at this point, in their order."""
    return [screen for screen in answers.way() if is_open(intake, screen)]


def _after(name: str, way: list[Screen]) -> Screen | None:
    order = [screen.id for screen in screens()]
    return next((screen for screen in way if order.index(screen.id) > order.index(name)), None)


def before(name: str, way: list[Screen]) -> Screen | None:
    """The screen before it on the way; None at the beginning."""
    order = [screen.id for screen in screens()]
    return next((screen for screen in reversed(way) if order.index(screen.id) < order.index(name)), None)


def place_of(name: str, way: list[Screen]) -> tuple[int, int]:
    """The number of a screen on the way, and how many there are."""
    ids = [screen.id for screen in way]
    return (ids.index(name) + 1 if name in ids else 1), len(ids)


def page_after(actor: Actor, intake: Intake, answers: Answers, screen: Screen) -> str:
    """The address after a screen was answered."""
    following = _after(screen.id, way_of(intake, answers))
    if screen.part == "names" and (following is None or following.part != "names"):
        return next_step(actor, intake, answers).url or _address("intake", intake)
    if screen.part == "job" and (following is None or following.part != "job"):
        return _address("coverage", intake)
    if following is None or not (following.is_desk or policy.can(actor, "intake.interview", intake)):
        return _address("intake", intake)
    return screen_address(intake, following)


def screen_address(intake: Intake, screen: Screen) -> str:
    return reverse("clinic:intake_screen", args=[intake.pk, screen.id])


def _address(view: str, intake: Intake) -> str:
    return reverse(f"clinic:{view}", args=[intake.pk])


def next_step(actor: Actor, intake: Intake, answers: Answers) -> Step:
    """The one thing to do next in this intake, for this actor."""
    if intake.case_id is not None:
        return Step(_("Open the case"), reverse("clinic:case", args=[intake.case_id]))
    if intake.state in OVER:
        return Step(_("This intake is over"), is_waiting=True)
    if intake.state == CaseState.CONFLICT:
        return _about_conflict(actor, intake)
    if intake.state == CaseState.ASSESSED:
        return _for_interviewer(actor, intake, Step(_("Choose how we help"), _address("intake_level", intake)))
    left = [screen for screen in way_of(intake, answers) if not answers.is_done(screen)]
    asked = next((screen for screen in left if screen.part in UNTIL_THE_CHECK), None)
    if intake.state in BEFORE_CLEARING:
        check = Step(_("Check for a conflict"), _address("intake_conflict", intake))
        return Step(_("Go on asking"), screen_address(intake, asked)) if asked else _for_staff(actor, check)
    if intake.person_id is None:
        return _for_staff(actor, Step(_("Ask what they agree to"), _address("intake_consents", intake)))
    return _interview(actor, intake, left)


def _about_conflict(actor: Actor, intake: Intake) -> Step:
    if policy.may(actor, "intake.clear"):
        return Step(_("Decide about the possible conflict"), _address("decide_conflict", intake))
    return Step(_("Possible conflict: an attorney decides"), is_waiting=True)


def _interview(actor: Actor, intake: Intake, left: list[Screen]) -> Step:
    desk = next((screen for screen in left if screen.is_desk), None)
    if desk is not None:
        return Step(_("Go on asking"), screen_address(intake, desk))
    told = Step(_("Go on with the interview"), screen_address(intake, left[0])) if left else None
    return _for_interviewer(actor, intake, told or Step(_("Read it back and finish the interview"), "#finish"))


def _for_staff(actor: Actor, step: Step) -> Step:
    """Who only helps for a shift neither compares names nor takes consents."""
    return step if policy.may(actor, "intake.start") else Step(_("Staff go on from here"), is_waiting=True)


def _for_interviewer(actor: Actor, intake: Intake, step: Step) -> Step:
    """Only whoever leads the intake goes on; others see that it waits."""
    if policy.can(actor, "intake.interview", intake):
        return step
    may_take = intake.owner_id is None and actor.role in {Role.COUNSELLOR, Role.ATTORNEY}
    return Step(_("Take it over to go on") if may_take else _("A counsellor goes on from here"), is_waiting=True)


def parts_of(intake: Intake, answers: Answers) -> list[PartLine]:
    """The parts of the way with how much of each is answered; closed parts are not there yet."""
    way = way_of(intake, answers)
    return [
        PartLine(PART_NAMES[part], sum(map(answers.is_done, found)), len(found), screen_address(intake, found[0]))
        for part in PARTS
        if (found := [screen for screen in way if screen.part == part])
    ]


def is_told(intake: Intake, answers: Answers) -> bool:
    """Whether the interview is under way and every screen of it was answered at least in part."""
    way = way_of(intake, answers)
    return intake.state == CaseState.INTERVIEW and all(map(answers.is_done, way))


# --- reading back ---------------------------------------------------------------------------------------------------


def read_back(intake: Intake, answers: Answers) -> list[dict[str, Any]]:
    """Everything that was answered, by screen, in the worker's language with the English words of the question."""
    language = intake.asked_in
    found = []
    for screen in way_of(intake, answers):
        rows = [_row(one, answers, language) for one in answers.asked_on(screen) if answers.has(one.id)]
        if rows:
            url = screen_address(intake, screen)
            title = {"title": screen.title.in_(language), "english": screen.title.en}
            found.append({"screen": screen, **title, "url": url, "rows": rows})
    return found


def _row(one: Question, answers: Answers, language: str) -> dict[str, Any]:
    english = "" if language == "en" else one.ask.en
    return {"ask": one.ask.in_(language), "english": english, "said": "; ".join(_said(one, answers, language))}


def _said(one: Question, answers: Answers, language: str) -> Iterator[str]:
    if silence := answers.is_silent(one.id):
        yield SILENT[silence].in_(language)
    elif day := answers.day(one.id):
        sure = "" if day.confidence == "sure" else f" ({HOW_SURE[day.confidence].in_(language)})"
        with translation.override(language):
            yield f"{formats.date_format(day.on, 'DATE_FORMAT')}{sure}"
    elif one.kind == "phone":
        yield phones.shown(answers.text(one.id))
    elif one.kind == "money":
        yield f"${answers.text(one.id)}"
    else:
        yield from spoken(answers, one.id, language)


@dataclass(frozen=True)
class Due:
    """A deadline that may run: words in the worker's language and in English, the day, and the days left."""

    what: str
    english: str
    body: str
    on: Any
    days: int | None
    is_sure: bool
    is_near: bool
    citation: str
    notes: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether the day is over: a lawyer has to look today whether it can be saved."""
        return self.days is not None and self.days < 0


def due_dates(intake: Intake, answers: Answers) -> list[Due]:
    """Days that cannot wait: deadlines that just passed, then hearings and deadlines of the worker by their day."""
    return [*_deadlines(deadlines.late, intake, answers), *sorted(_ahead(intake, answers), key=_nearest_first)]


def _ahead(intake: Intake, answers: Answers) -> Iterator[Due]:
    yield from _hearing(intake, answers)
    yield from _deadlines(deadlines.running, intake, answers)


def _nearest_first(due: Due) -> tuple[bool, str]:
    return due.on is None, due.on or ""


def _deadlines(told: Callable[..., list[dict[str, Any]]], intake: Intake, answers: Answers) -> Iterator[Due]:
    today, language = clock.today(), intake.asked_in
    plain = told(answers, today=today, language="en")
    for row, english in zip(told(answers, today=today, language=language), plain, strict=True):
        if deadlines.is_pressing(row):
            yield Due(
                what=row["what"],
                english="" if language == "en" else english["what"],
                body=row["body_name"],
                on=row["on"],
                days=row["days"],
                is_sure=row["certainty"] == "certain",
                is_near=row["days"] is not None and row["days"] < deadlines.SOON,
                citation=row["citation"],
                notes=(*row["stops"], *row["notes"]),
            )


def _hearing(intake: Intake, answers: Answers) -> Iterator[Due]:
    """The day on which the worker has to be somewhere."""
    days, day, language = deadlines.hearing(answers, today=clock.today()), answers.day("hearing_on"), intake.asked_in
    if days is None or day is None:
        return
    asked = screen_named("hearing")
    yield Due(
        what=asked.title.in_(language),
        english="" if language == "en" else asked.title.en,
        body="; ".join(spoken(answers, "hearing_of", language)),
        on=day.on.isoformat(),
        days=days,
        is_sure=day.confidence == "sure",
        is_near=days < deadlines.SOON,
        citation="",
        notes=(asked.why.in_(language),),
    )
