"""The intake as staff lead it: who waits, starting one, one screen after the other, consents, how we help."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import intake_papers
from centro.clinic.actions import intake as actions
from centro.clinic.actions import levels
from centro.clinic.choices import CaseState, Route
from centro.clinic.forms.intake import BringForm, ConsentsForm, HelpForm, LevelForm, ScreenForm, StartForm
from centro.clinic.intake.answers import Answers
from centro.clinic.intake.questions import Screen, screens
from centro.clinic.intake.questions import screen as screen_named
from centro.clinic.models import Intake
from centro.clinic.queries import conflicts, helping, steps
from centro.clinic.queries import intake as queries
from centro.clinic.queries.walls import is_held
from centro.core import access, content
from centro.core.classes import Role
from centro.core.documents.queries import uploads_about
from centro.core.doors import allowed, ask_again
from centro.core.policy import Refused, can
from centro.core.queries import reveals_left
from centro.core.request import Request
from centro.people import queries as people
from centro.people.choices import How, Purpose
from centro.people.purge import must_keep
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version

LISTS = {"work": queries.at_work, "web": queries.new_from_web}
# What is asked at the door; papers to an agency are asked for one by one when they go out.
ASKED_AT_THE_DOOR = (
    Purpose.KEEP_FILE,
    Purpose.CALL,
    Purpose.TEXT,
    Purpose.EMAIL,
    Purpose.ATTORNEY,
    Purpose.MATCHING,
    Purpose.ORGANIZER,
    Purpose.STORY,
)


@allowed("intake.see")
def intakes(request: Request) -> HttpResponse:
    """Who waits: under way, new from the web, and for attorneys the possible conflicts."""
    shown = request.GET.get("show", "work")
    shown = shown if shown in {*LISTS, "conflict"} else "work"
    rows = queries.lines_of(conflicts.waiting(request.actor)) if shown == "conflict" else None
    context = {
        "shown": shown,
        "lines": rows if rows is not None else queries.lines(LISTS[shown](request.actor)),
        "web_count": queries.count_new_from_web(request.actor),
        "conflict_count": len(conflicts.waiting(request.actor)),
    }
    return render(request, "clinic/intake/list.html", context)


@allowed("intake.start")
def start(request: Request) -> HttpResponse:
    """Before anything is kept: language, interpreter, and what we do and do not do."""
    form = StartForm(request.POST or None, initial={"language": request.GET.get("language", "es"), "source": "walk_in"})
    limits = {code: content.text("intake", "limits", code) for code in ("en", "es", "ko")}
    if request.method != "POST":
        return render(request, "clinic/intake/start.html", {"form": form, "limits": limits})
    if not form.is_valid():
        return ask_again(request, "clinic/intake/start.html", {"form": form, "limits": limits})
    row = actions.start_intake(by=request.actor, **form.cleaned_data)
    return redirect("clinic:intake_screen", row.pk, screens()[0].id)


@allowed("intake.see")
def intake(request: Request, intake_id: UUID) -> HttpResponse:
    """One intake: what comes next, what was said, which deadlines run, what can be done."""
    row = queries.get_intake(request.actor, intake_id)
    answers = queries.answers_of(row)
    context = {
        **around(row, answers.text("call_me")),
        "next": steps.next_step(request.actor, row, answers),
        "parts": steps.parts_of(row, answers),
        "back": _read_back(row, answers),
        "due": steps.due_dates(row, answers)[:6],
        "leads": can(request.actor, "intake.interview", row),
        "missing": queries.missing_for_case(answers),
        "check": conflicts.newest_check(row),
        "kept_until": row.expires_at,
        "papers": intake_papers.of(request.actor, row),
        "letters": uploads_about(row),
        "is_done": steps.is_told(row, answers),
        "is_held": row.person_id is not None and is_held(row.person_id),
    }
    return render(request, "clinic/intake/intake.html", context)


def _read_back(row: Intake, answers: Answers) -> list[dict[str, Any]]:
    """What was said; a helper has to tap for names and numbers."""
    told = steps.read_back(row, helping.as_helper_sees(row, answers))
    return [{**page, "is_hidden": helping.hides(row, answers, page["screen"])} for page in told]


def around(row: Intake, name: str) -> dict[str, Any]:
    """What stands at the head of every page of an intake."""
    return {"intake": row, "name": name or _("No name yet"), "tongue": row.asked_in}


# --- the screens ------------------------------------------------------------------------------------------------


@allowed("intake.edit")
def screen(request: Request, intake_id: UUID, name: str) -> HttpResponse:
    """One idea a screen. What was saved stays; going back loses nothing."""
    page = _screen(name)
    row = queries.for_screen(request.actor, intake_id, page)
    if "version" not in request.POST and helping.hides(row, queries.answers_of(row), page):
        messages.info(request, _("Names and numbers are hidden. Tap “Show and correct” to open them."))
        return redirect("clinic:intake", row.pk)
    form, context = _page_of(request, row, page)
    if request.method != "POST":
        return render(request, "clinic/intake/screen.html", {**context, "version": row.version})
    if not form.is_valid():
        return ask_again(request, "clinic/intake/screen.html", {**context, "version": sent_version(request)})
    try:
        now = actions.answer(
            by=request.actor, intake=row, screen=page, values=form.values(), version=sent_version(request)
        )
    except Conflict:
        differs = [] if helping.is_helper(row) else form.differences()
        meanwhile = {"differs": differs, "version": row.version}
        return ask_again(request, "clinic/intake/screen.html", {**context, **meanwhile})
    return redirect(steps.page_after(request.actor, row, now, page))


def _page_of(request: Request, row: Intake, page: Screen) -> tuple[ScreenForm, dict[str, Any]]:
    """The form of a screen, and what stands around it."""
    answers = queries.answers_of(row)
    form = ScreenForm(page, answers, row.asked_in, request.POST if "version" in request.POST else None)
    return form, {**around(row, answers.text("call_me")), **_of_screen(row, answers, page), "form": form}


@allowed("intake.reveal")
@require_POST
def open_screen(request: Request, intake_id: UUID, name: str) -> HttpResponse:
    """A helper's tap: a screen with the name or number that is hidden; counted, and stopped over the budget."""
    page = _screen(name)
    row = queries.for_screen(request.actor, intake_id, page)
    if reveals_left(request.actor) == 0:
        messages.error(request, _("You have opened as many numbers as one shift allows. Ask your manager."))
        return redirect("clinic:intake", row.pk)
    access.reveal(row)
    _form, context = _page_of(request, row, page)
    return render(request, "clinic/intake/screen.html", {**context, "version": row.version})


def _screen(name: str) -> Screen:
    try:
        return screen_named(name)
    except KeyError as error:
        raise Refused("intake.edit") from error


def _of_screen(row: Intake, answers: Any, page: Screen) -> dict[str, Any]:
    way = steps.way_of(row, answers)
    number, total = steps.place_of(page.id, way)
    back = steps.before(page.id, way)
    return {
        "screen": page,
        "title": page.title.in_(row.asked_in),
        "why": page.why.in_(row.asked_in),
        "number": number,
        "total": total,
        "back": steps.screen_address(row, back) if back else "",
        "due": steps.due_dates(row, answers)[:5] if page.part == "dates" else [],
    }


# --- consents ---------------------------------------------------------------------------------------------------


@allowed("intake.start")
def consents(request: Request, intake_id: UUID) -> HttpResponse:
    """Every consent by itself, read out in the worker's language, each refusable; is it somebody we know?"""
    row = queries.get_intake(request.actor, intake_id, "start")
    if row.state in steps.BEFORE_CLEARING or row.case_id is not None:
        raise Refused("intake.edit")
    answers = queries.answers_of(row)
    form = ConsentsForm(_purposes(answers), request.POST or None, initial={"how": How.SPOKEN})
    context = {
        **around(row, answers.text("call_me")),
        "form": form,
        "texts": [(form[p.value], content.text("consent", p, row.asked_in), _english(p, row)) for p in form.purposes],
        "alike": [] if row.person_id else _alike(request, answers),
    }
    if request.method != "POST":
        return render(request, "clinic/intake/consents.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/intake/consents.html", context)
    return _record(request, row, form)


def _purposes(answers: Any) -> list[Purpose]:
    """Ways of contact are asked only where the worker called them safe."""
    ways = set(answers.many("ways"))
    unsafe = {purpose for purpose in (Purpose.CALL, Purpose.TEXT, Purpose.EMAIL) if purpose.value not in ways}
    return [purpose for purpose in ASKED_AT_THE_DOOR if purpose not in unsafe]


def _english(purpose: Purpose, row: Intake) -> content.Text | None:
    return content.text("consent", purpose, "en") if row.asked_in != "en" else None


def _alike(request: Request, answers: Any) -> list[Any]:
    given, _space, family = answers.text("whole_name").partition(" ")
    return people.likely_same(
        request.actor, given=given, family=family, native=answers.text("whole_name"), phone=answers.text("phone")
    )


def _record(request: Request, row: Intake, form: ConsentsForm) -> HttpResponse:
    known = _id(request.POST.get("person", ""))
    person = people.get_person(request.actor, known) if known else None
    kept = actions.record_consents(
        by=request.actor, intake=row, agreed=form.agreed(), how=How(form.cleaned_data["how"]), person=person
    )
    if kept is None:
        messages.warning(request, _("They did not agree that we keep a file. It goes by itself; offer the letter now."))
        return redirect("clinic:intake", row.pk)
    messages.success(request, _("Recorded."))
    return redirect("clinic:intake_go_on", row.pk)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# --- going on -----------------------------------------------------------------------------------------------------


@allowed("intake.see")
def go_on(request: Request, intake_id: UUID) -> HttpResponse:
    """To whatever comes next in this intake."""
    row = queries.get_intake(request.actor, intake_id)
    return redirect(steps.next_step(request.actor, row, queries.answers_of(row)).url or row_address(row))


def row_address(row: Intake) -> str:
    return reverse("clinic:intake", args=[row.pk])


@allowed("intake.take")
@require_POST
def take(request: Request, intake_id: UUID) -> HttpResponse:
    """I lead this intake from now on."""
    row = queries.get_intake(request.actor, intake_id, "take")
    if not actions.take(by=request.actor, intake=row):
        messages.warning(request, _("Somebody else took it first."))
    return redirect("clinic:intake", row.pk)


@allowed("intake.assign")
def let_help(request: Request, intake_id: UUID) -> HttpResponse:
    """A volunteer or interpreter helps with this one intake until the end of the shift."""
    row = queries.get_intake(request.actor, intake_id, "assign")
    form = HelpForm(queries.could_help(request.actor), request.POST or None)
    context = {**around(row, queries.answers_of(row).text("call_me")), "form": form}
    if request.method != "POST":
        return render(request, "clinic/intake/help.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/intake/help.html", context)
    actions.let_help(by=request.actor, intake=row, user=form.people[form.cleaned_data["user"]])
    messages.success(request, _("They see this intake until the end of the shift, without the story."))
    return redirect("clinic:intake", row.pk)


@allowed("intake.edit")
def bring(request: Request, intake_id: UUID) -> HttpResponse:
    """A photo of the letter that has a deadline."""
    row = queries.get_intake(request.actor, intake_id, "edit")
    if row.case_id is not None:
        raise Refused("intake.edit")
    form = BringForm(request.POST or None, request.FILES or None)
    context = {**around(row, queries.answers_of(row).text("call_me")), "form": form}
    if request.method != "POST":
        return render(request, "clinic/intake/bring.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/intake/bring.html", context)
    brought = form.cleaned_data
    actions.keep_letter(
        by=request.actor, intake=row, files=brought["brought"], keeps_original=brought["keeps_original"]
    )
    messages.success(request, _("Kept. Note the date of mailing that stands on it."))
    return redirect("clinic:intake_screen", row.pk, "letter")


@allowed("intake.interview")
@require_POST
def finish(request: Request, intake_id: UUID) -> HttpResponse:
    """The worker heard everything read back and corrected it: the interview is done."""
    row = queries.get_intake(request.actor, intake_id, "interview")
    try:
        actions.finish_interview(by=request.actor, intake=row)
    except actions.NotYet as error:
        messages.error(request, _("Before a case can be opened we still need: %(what)s") % {"what": error.why})
        return redirect("clinic:intake", row.pk)
    return redirect("clinic:intake_level", row.pk)


@allowed("intake.interview")
def level(request: Request, intake_id: UUID) -> HttpResponse:
    """How we help. With it the case opens, with its matters, its dates and their deadlines."""
    row = queries.get_intake(request.actor, intake_id, "interview")
    if row.state != CaseState.ASSESSED or row.case_id is not None:
        raise Refused("intake.interview")
    answers = queries.answers_of(row)
    initial = {"routes": queries.suggested_routes(answers), "level": CaseState.FULL}
    form = LevelForm(
        request.POST or None,
        initial=initial,
        attorneys=queries.approving_attorneys(request.actor),
        is_counsellor=request.actor.role == Role.COUNSELLOR,
    )
    context = {**around(row, answers.text("call_me")), "form": form, "due": steps.due_dates(row, answers)[:6]}
    if request.method != "POST":
        return render(request, "clinic/intake/level.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/intake/level.html", context)
    return _open_case(request, row, form)


def _open_case(request: Request, row: Intake, form: LevelForm) -> HttpResponse:
    chosen = levels.Level(
        CaseState(form.cleaned_data["level"]),
        tuple(Route(route) for route in form.cleaned_data["routes"]),
        form.attorney(),
        form.cleaned_data["reason"],
    )
    case = levels.choose_level(by=request.actor, intake=row, level=chosen)
    messages.success(request, _("Case %(number)s is open.") % {"number": case.number})
    return redirect("clinic:case", case.pk)


@allowed("intake.print")
@require_POST
def letter(request: Request, intake_id: UUID) -> HttpResponse:
    """The letter with their deadlines, in their language and in English: for whoever we turn away, or who goes home."""
    row = queries.get_intake(request.actor, intake_id, "print")
    paper = intake_papers.print_deadlines(by=request.actor, intake=row)
    actions.note_letter(by=request.actor, intake=row)
    return redirect("core:document", paper.pk)


@allowed("intake.start")
@require_POST
def forget(request: Request, intake_id: UUID) -> HttpResponse:
    """They want nothing kept: the intake and its key are destroyed now."""
    row = queries.get_intake(request.actor, intake_id, "start")
    if row.case_id is not None or (row.person_id is not None and must_keep(row.person_id)):
        raise Refused("intake.start")
    actions.forget(by=request.actor, intake=row)
    messages.success(request, _("Nothing of it is left."))
    return redirect("clinic:intakes")


@allowed("intake.start")
def paper_sheet(request: Request) -> HttpResponse:
    """The questions on paper, in two languages side by side; for whoever has no screen."""
    language = request.GET.get("language", "es")
    language = language if language in {"es", "ko", "en"} else "es"
    context = {"screens": [one for one in screens() if one.is_desk], "tongue": language}
    return render(request, "clinic/intake/paper.html", context)
