"""How we help: an attorney, or a counsellor under an attorney's protocol, chooses it; the case opens with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from centro.clinic import routes
from centro.clinic.actions import cases
from centro.clinic.actions import intake as intakes
from centro.clinic.actions.evidence import carry_over
from centro.clinic.actions.first_hours import begin_hours
from centro.clinic.actions.money import add_asset
from centro.clinic.choices import AdviceTopic, AttorneyStatus, CaseState, LogKind, Route, Topic
from centro.clinic.intake import deadlines, sentences
from centro.clinic.intake.answers import Answers, spoken
from centro.clinic.models import ApprovingAttorney, Case, ExhibitKind, Intake, Matter
from centro.clinic.models.money import AssetKind
from centro.clinic.queries import intake as reads
from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.documents.queries import uploads_about
from centro.core.models import User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people import queries as people_reads
from centro.people.models import Workplace
from centro.people.names import fold

EVENTS = {
    CaseState.INFO_ONLY: "give_information",
    CaseState.BRIEF_HELP: "help_briefly",
    CaseState.FULL: "help_fully",
    CaseState.REFERRED: "refer",
    CaseState.DECLINED: "decline",
}
SHEETS_OF = {
    Topic.PAY: AdviceTopic.WAGE_THEFT,
    Topic.FIRED: AdviceTopic.WRONGFUL_TERMINATION,
    Topic.PUNISHED: AdviceTopic.RETALIATION,
    Topic.TREATED_DIFFERENTLY: AdviceTopic.DISCRIMINATION,
    Topic.BENEFITS: AdviceTopic.UNEMPLOYMENT_INSURANCE,
}
ASSETS_OF = {
    "property": AssetKind.PROPERTY,
    "shops": AssetKind.SHOP,
    "licenses": AssetKind.LICENCE,
    "delivery_apps": AssetKind.DELIVERY,
    "vehicles": AssetKind.PLATE,
}
FIRST_STEP_WITHIN = timedelta(days=7)
CALLED_BACK_WITHIN = 60  # days to the nearest deadline
GOES = frozenset({CaseState.INFO_ONLY, CaseState.DECLINED})


@dataclass(frozen=True)
class Level:
    """What was chosen: the level, the legal routes that begin, and the attorney who stands behind them."""

    state: CaseState
    routes: tuple[Route, ...] = ()
    attorney: ApprovingAttorney | None = None
    reason: str = ""


@transaction.atomic
def choose_level(*, by: Actor, intake: Intake, level: Level) -> Case:
    """Open the case: its head, its dates with their deadlines, its matters, and the calendar as far as it was told."""
    answers = reads.answers_of(intake)
    case = _open(by, intake, answers)
    intakes.move(by=by, intake=intake, event=EVENTS[level.state])
    _note_dates(by, case, answers)
    _note_hearing_elsewhere(by, case, answers)
    matters = _open_matters(by, case, answers, level)
    cases.record_move(by=by, case=case, matter=None, event=EVENTS[level.state], to_state=level.state, note=level.reason)
    _note_assets(by, case, answers)
    _carry_letters(by, intake, case)
    _hand_over(by, case, answers)
    begin_hours(by=by, case=case, answers=answers)
    record_event("intake.became_case", by=by, about=intake, person=case.person_id, codes=[level.state])
    _stand_behind(by, matters, level)
    _follow_up(by, intake, case, level)
    return case


def _follow_up(by: Actor, intake: Intake, case: Case, level: Level) -> None:
    """A referral is asked after in a week; who is not taken is called back where a deadline is near."""
    step = routes.table(routes.INTAKE).find(EVENTS[level.state], CaseState.ASSESSED)
    days = reads.days_left(intake)
    calls_back = level.state in GOES and days is not None and days < CALLED_BACK_WITHIN
    if step is None or step.next is None or not (level.state == CaseState.REFERRED or calls_back):
        return
    owner = User.objects.get(pk=case.owner_id or by.me)
    what = routes.said(step.next.words, owner.language)
    core.add_task(by=by, owner=owner, what=what, due_on=step.next.due_on(clock.today(), None), about=case)


def _open(by: Actor, intake: Intake, answers: Answers) -> Case:
    """The case in the state “assessed”; the intake is kept with it, for as long as it."""
    if intake.person is None:
        raise intakes.NotYet(_("First the worker has to agree that we keep a file."))
    language = translation.get_language() or "en"
    details: dict[str, Any] = {
        "state": CaseState.ASSESSED,
        "employer_name": answers.text("sign_name") or answers.text("check_name") or _("Not known"),
        "workplace": _workplace(by, answers),
        "topics": list(answers.many("topics")),
        "language": intake.language,
        "needs_interpreter": intake.needs_interpreter,
        "zip": answers.text("zip"),
        "county": answers.text("county"),
        "story": answers.text("story"),
        "goal": _goal(answers, language),
        "contact_employer_ok": answers.yes("contact_employer") is True,
    }
    case = cases.open_case(by=by, person=intake.person, details=details)
    Intake.objects.filter(pk=intake.pk).update(case=case, expires_at=None, changed_at=clock.now())
    intake.case, intake.expires_at = case, None
    return case


def _goal(answers: Answers, language: str) -> str:
    lines = [", ".join(spoken(answers, "wants", language)), answers.text("afraid_of"), answers.text("elsewhere")]
    return "\n".join(line for line in lines if line)[:2000]


def _workplace(by: Actor, answers: Answers) -> Workplace | None:
    """The shop of this name, known or new; a known one learns where it is, if nobody knew.

    A private home is no shop: a family is not put on the list of workplaces.
    """
    name = answers.text("sign_name")
    if not name or answers.text("work") == "home":
        return None
    where = {"city": answers.text("town")[:60], "zip": answers.text("zip"), "jurisdiction": answers.text("place")}
    known = [shop for shop in people_reads.find_workplaces(by, name) if fold(shop.name) == fold(name)]
    if known:
        shop = known[0]
        new = {field: value for field, value in where.items() if value and not getattr(shop, field)}
        people.edit_workplace(by=by, workplace=shop, version=shop.version, details=new)
        return shop
    owners = answers.many("owner_names")
    details = {
        "name": name,
        "name_on_checks": answers.text("check_name"),
        **where,
        **({"owner": owners[0][:120]} if owners else {}),
    }
    return people.add_workplace(by=by, details=details)


def _note_dates(by: Actor, case: Case, answers: Answers) -> None:
    """Every date that was told becomes a happening, and its deadlines run, provisional."""
    for event in deadlines.events(answers):
        facts = {name: value for name, value in event.items() if name not in {"kind", "on", "confidence"}}
        on = date.fromisoformat(event["on"])
        cases.note_happening(by=by, case=case, kind=event["kind"], on=on, confidence=event["confidence"], facts=facts)


def _note_hearing_elsewhere(by: Actor, case: Case, answers: Answers) -> None:
    """A day in court or at an office that no deadline of ours counts from is a task on that day."""
    day = answers.day("hearing_on")
    if answers.text("hearing_of") != "other" or day is None or day.on < clock.today():
        return
    owner = User.objects.get(pk=case.owner_id or by.me)
    with translation.override(owner.language):
        what = _("%(case)s: today the worker has to be in court or at another office") % {"case": case.number}
    core.add_task(by=by, owner=owner, what=what, due_on=day.on, about=case)


def _open_matters(by: Actor, case: Case, answers: Answers, level: Level) -> list[Matter]:
    """The chosen routes for those we help; sheets to read for those we inform; nothing for those who go elsewhere."""
    if level.state in {CaseState.REFERRED, CaseState.DECLINED}:
        return []
    found = [cases.open_matter(by=by, case=case, route=route) for route in level.routes]
    if not found:
        sheets = [SHEETS_OF[Topic(topic)] for topic in answers.many("topics") if topic in SHEETS_OF]
        found = [cases.open_matter(by=by, case=case, route=Route.ADVICE, topic=sheet) for sheet in sheets]
    for matter in found:
        _first_step(by, matter)
    return found


def _first_step(by: Actor, matter: Matter) -> None:
    """No matter without a next action: whoever opened it plans the first step within a week."""
    owner = User.objects.get(pk=matter.owner_id or by.me)
    with translation.override(owner.language):
        what = {
            Route.WAGE_CLAIM: _("Fill in the calendar of hours with the worker"),
            Route.RETALIATION: _("Write the two columns: what the worker did, what the employer did"),
            Route.DISCRIMINATION: _("Write the log of incidents with the counsellor the worker chose"),
            Route.UNEMPLOYMENT: _("Look at the notice and its mail date together"),
            Route.ADVICE: _("Go through the sheet with the worker"),
        }.get(Route(matter.route), _("Plan the first step with the worker"))
    if matter.route == Route.DISCRIMINATION:
        matter.is_restricted = True
        matter.save(update_fields=["is_restricted"])
    due_on = clock.today() + FIRST_STEP_WITHIN
    cases.set_next_action(by=by, matter=matter, what=what, owner=owner, due_on=due_on)


def _stand_behind(by: Actor, matters: Iterable[Matter], level: Level) -> None:
    if level.attorney is not None:
        for matter in matters:
            cases.set_attorney(by=by, matter=matter, status=AttorneyStatus.SUPERVISED, attorney=level.attorney.user)


def _note_assets(by: Actor, case: Case, answers: Answers) -> None:
    """What may one day pay the judgment, onto the collection sheet."""
    if bank := answers.text("bank_name"):
        add_asset(by=by, case=case, kind=AssetKind.BANK, words=bank)
    for code, words in zip(answers.many("assets"), spoken(answers, "assets", "en"), strict=True):
        kind = ASSETS_OF.get(code, AssetKind.OTHER)
        add_asset(by=by, case=case, kind=kind, words=". ".join([words, answers.text("asset_notes")]).strip(". "))


def _carry_letters(by: Actor, intake: Intake, case: Case) -> None:
    """Photos of letters that were brought to the door become evidence of the case."""
    letters = sorted(uploads_about(intake), key=lambda letter: letter.at)
    if not letters:
        return
    what = gettext_noop("A letter that was brought to the intake")
    with translation.override(intake.asked_in):
        told = _(what) if case.language == intake.asked_in != "en" else ""
    details = {"kind": ExhibitKind.NOTICE, "what": what, "told": told, "from_whom": "", "dated_on": None}
    carry_over(by=by, case=case, files=letters, details=details)


def _hand_over(by: Actor, case: Case, answers: Answers) -> None:
    """The first picture of hours and pay, in the service log, where the hours screen and its counsellor find it."""
    lines = sentences.hand_over(answers)
    if lines:
        words = _("From the intake: %(lines)s") % {"lines": "; ".join(lines)}
        cases.log_line(by=by, case=case, kind=LogKind.NOTE, words=words)
