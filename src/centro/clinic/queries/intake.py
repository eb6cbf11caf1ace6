"""Intakes: who waits, what was answered, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from centro.clinic.choices import OVER, CaseState, Route, Topic
from centro.clinic.intake.answers import Answers
from centro.clinic.intake.questions import Screen, screen, screens
from centro.clinic.models import ApprovingAttorney, Case, Intake, Source
from centro.clinic.queries import steps
from centro.core import clock, policy
from centro.core.classes import Role
from centro.core.models import Place, RoleGrant, User
from centro.core.policy import Actor, Refused

SHOWN = 50
ROUTES_OF = {
    Topic.PAY: Route.WAGE_CLAIM,
    Topic.PUNISHED: Route.RETALIATION,
    Topic.TREATED_DIFFERENTLY: Route.DISCRIMINATION,
    Topic.BENEFITS: Route.UNEMPLOYMENT,
    Topic.INJURED: Route.SAFETY,
}


@dataclass(frozen=True)
class Line:
    """An intake in a list: how the person is called, and the days to the nearest deadline."""

    intake: Intake
    name: str
    days: int | None


def get_intake(actor: Actor, intake: UUID, verb: str = "see") -> Intake:
    """An intake this actor may do this to; with the story open where it is their own interview."""
    rows = Intake.objects.select_related("owner", "person", "case", "started_by")
    own = rows.visible_to(actor, "interview").filter(pk=intake).first()
    row: Intake = (
        own if own is not None and policy.may(actor, f"intake.{verb}") else rows.get_for(actor, verb, pk=intake)
    )
    _let_see_staff([row])
    return row


def for_screen(actor: Actor, intake: UUID, page: Screen) -> Intake:
    """An intake for one screen: the story only in one's own interview, and only once no conflict stands in the way."""
    row = get_intake(actor, intake, "edit" if page.is_desk else "interview")
    if not steps.is_open(row, page) or row.case_id is not None:
        raise Refused("intake.edit")
    return row


def _let_see_staff(rows: Iterable[Intake]) -> None:
    for row in rows:
        for user in (row.owner, row.started_by):
            if user is not None:
                policy.opens_all(user)


def answers_of(intake: Intake) -> Answers:
    """What was said, as far as the present actor may read it: the story is left out where it is not theirs."""
    desk, story = intake.desk, intake.story
    return Answers.from_text(_readable(desk)) | Answers.from_text(_readable(story))


def _readable(text: str) -> str:
    return "" if text.startswith("•") else text


def missing_for_case(answers: Answers) -> list[Screen]:
    """The screens that still lack the least a case needs: a name, a safe way, a topic, one date, the county."""
    needed = {"name": "call_me", "reach": "ways", "topics": "topics", "where": "county"}
    found = [screen(name) for name, key in needed.items() if not answers.has(key)]
    days = [one.id for each in screens() if each.is_desk for one in each.questions if one.kind == "day"]
    return found if any(answers.day(name) for name in days) else [*found, screen("began")]


def suggested_routes(answers: Answers) -> list[Route]:
    """The routes that the topics lead to; punishment also where somebody was fired after using a right."""
    found = [ROUTES_OF[Topic(topic)] for topic in answers.many("topics") if topic in ROUTES_OF]
    if "fired" in answers.many("topics") and answers.many("because"):
        found.append(Route.RETALIATION)
    return list(dict.fromkeys(found))


# --- lists ------------------------------------------------------------------------------------------------------


def at_work(actor: Actor) -> QuerySet[Intake]:
    """Intakes that are under way, the one with the nearest deadline first."""
    rows = Intake.objects.visible_to(actor, "see").filter(case__isnull=True).exclude(state__in=OVER)
    taken = rows.exclude(source=Source.WEB, state=CaseState.NEW, owner__isnull=True)
    return taken.select_related("owner").order_by("first_due_on", "-changed_at")


def new_from_web(actor: Actor) -> QuerySet[Intake]:
    """What came by the public page and waits to be taken up; the ones held back by the daily limit last."""
    rows = Intake.objects.visible_to(actor, "see")
    fresh = rows.filter(source=Source.WEB, state=CaseState.NEW, owner__isnull=True)
    return fresh.order_by("is_held_back", "first_due_on", "at")


def lines(rows: QuerySet[Intake]) -> list[Line]:
    """Fifty of them with what a list shows."""
    return lines_of(list(rows[:SHOWN]))


def lines_of(found: list[Intake]) -> list[Line]:
    _let_see_staff(row for row in found if row.owner_id)
    return [Line(row, answers_of(row).text("call_me"), days_left(row)) for row in found]


def days_left(intake: Intake) -> int | None:
    """Days to the nearest deadline that the worker has to keep."""
    return (intake.first_due_on - clock.today()).days if intake.first_due_on else None


def count_new_from_web(actor: Actor) -> int:
    return new_from_web(actor).count()


def intake_of(actor: Actor, case: Case) -> Intake | None:
    """The intake a case came from, for those who hear the story."""
    return Intake.objects.visible_to(actor, "interview").filter(case=case).select_related("case").first()


# --- staff --------------------------------------------------------------------------------------------------------


def duty_counsellor(intake: Intake) -> User | None:
    """Who is asked to look today: its own counsellor; whoever is on duty; else the one with least to do."""
    if intake.owner_id is not None:
        return intake.owner
    now = clock.now()
    duty = Place.objects.filter(scope_kind="duty", from_at__lte=now, to_at__gt=now, user__is_active=True)
    place: Place | None = duty.select_related("user").first()
    if place is not None:
        return place.user
    held = RoleGrant.objects.filter(role=Role.COUNSELLOR, from_at__lte=now, to_at__isnull=True)
    counsellors = User.objects.filter(is_active=True, pk__in=held.values("user"))
    least: User | None = counsellors.annotate(load=Count("tasks")).order_by("load", "username").first()
    return least


def could_help(actor: Actor) -> list[User]:
    """Volunteers and interpreters who could help with one intake."""
    now = clock.now()
    held = RoleGrant.objects.filter(role__in=(Role.VOLUNTEER, Role.INTERPRETER), from_at__lte=now, to_at__isnull=True)
    rows = User.objects.visible_to(actor, "name").filter(is_active=True, pk__in=held.values("user"))
    return list(rows.order_by("username"))


def approving_attorneys(actor: Actor) -> list[ApprovingAttorney]:
    """Attorneys with a written protocol in force, for whoever decides how we help."""
    if not policy.may(actor, "intake.interview"):
        return []
    rows = ApprovingAttorney.objects.filter(protocol_on__lte=clock.today(), user__is_active=True)
    found = list(rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=clock.today())).select_related("user"))
    for row in found:
        policy.opens_all(row)
        policy.opens_all(row.user)
    return found
