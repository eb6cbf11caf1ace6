"""The calendar of a case and its versions; claims, what they are worth, and what melts away."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from centro.clinic.calendar.compiling import with_facts
from centro.clinic.calendar.model import Calendar
from centro.clinic.claiming import at_risk
from centro.clinic.intake import covered
from centro.clinic.models import Case, ClaimVersion, HoursVersion, SettledLaw
from centro.clinic.queries import intake
from centro.core import clock, policy
from centro.core.classes import Dots
from centro.core.policy import Actor, Refused
from centro.people.choices import WorkAs
from centro.people.models import Employment


@dataclass(frozen=True)
class Hours:
    """The calendar of a case as it stands: its version (0: nothing told yet), and whether there is an undo or redo."""

    calendar: Calendar
    version: int = 0
    can_undo: bool = False
    can_redo: bool = False
    row: HoursVersion | None = None


def newest_hours(case: Case) -> HoursVersion | None:
    """The newest version of the calendar of a case that a query fetched for the actor."""
    row: HoursVersion | None = _of(case, case.hours.select_related("by").first())
    return row


def hours_of(case: Case) -> Hours:
    """The calendar with what the attorney settled, and with what the rest of the file knows of the job."""
    row = newest_hours(case)
    if row is None:
        return Hours(_known(case, Calendar()))
    calendar = calendar_of(row)
    return Hours(_known(case, calendar), row.number, row.back_to is not None, row.forward_to is not None, row)


def calendar_of(row: HoursVersion) -> Calendar:
    """The calendar that a version holds."""
    text = row.document
    if isinstance(text, Dots):
        raise Refused("case.see")
    return Calendar.of(json.loads(text) if text else {})


def version_of_hours(case: Case, number: int) -> HoursVersion | None:
    """One version of the calendar."""
    row: HoursVersion | None = _of(case, case.hours.select_related("by").filter(number=number).first())
    return row


def hours_versions(case: Case, limit: int = 30) -> list[HoursVersion]:
    """The newest versions, to look back."""
    rows = list(case.hours.select_related("by").defer("document")[:limit])
    for row in rows:
        _of(case, row)
    return rows


def _of(case: Case, row: Any) -> Any:
    if row is not None:
        row.case = case
        if row.by is not None:
            policy.opens_all(row.by)
    return row


def _known(case: Case, calendar: Calendar) -> Calendar:
    """With the place of the workplace and the days of the job, where the calendar has none of its own."""
    switches = {row.switch: row.setting for row in settled_law(case)}
    calendar = replace(calendar, switches=switches)
    place = case.workplace.jurisdiction if case.workplace else ""
    if calendar.job.start and calendar.job.place:
        return calendar
    jobs = Employment.objects.filter(person_id=case.person_id, workplace=case.workplace)
    job = jobs.values("from_on", "to_on").first() if case.workplace else None
    return with_facts(calendar, place=place, start=job["from_on"] if job else None, end=job["to_on"] if job else None)


def settled_law(case: Case) -> list[SettledLaw]:
    """What an attorney settled in this case, and holds."""
    rows = list(case.settled_law.filter(ended_at__isnull=True).select_related("by"))
    return [_of(case, row) for row in rows]


def is_called_contractor(actor: Actor, case: Case) -> bool:
    """Whether the boss says that this worker is no employee, as the intake or else the file of the person has it."""
    row = intake.intake_of(actor, case)
    if row is not None:
        return covered.is_disputed(intake.answers_of(row))
    jobs = Employment.objects.filter(person_id=case.person_id, workplace=case.workplace, works_as=WorkAs.CONTRACTOR)
    return case.workplace_id is not None and jobs.exists()


# --- claims -------------------------------------------------------------------------------------------------


def latest_claim(case: Case) -> ClaimVersion | None:
    """The newest claim of a case: the working one, or the last that was kept."""
    row: ClaimVersion | None = _of(case, case.claims.select_related("by").first())
    return row


def claims_of(case: Case) -> list[ClaimVersion]:
    """Every claim of a case, the newest first."""
    return [_of(case, row) for row in case.claims.select_related("by")]


def get_claim(case: Case, number: int) -> ClaimVersion:
    """One claim of a case."""
    row = _of(case, case.claims.select_related("by").filter(number=number).first())
    if row is None:
        raise Refused("case.see")
    found: ClaimVersion = row
    return found


def case_file_of(claim: ClaimVersion) -> dict[str, Any]:
    """The case file that a claim was computed from."""
    return _opened(claim.case_file)


def result_of(claim: ClaimVersion) -> dict[str, Any]:
    """What was computed, as it was kept: see `claiming.short_of`."""
    return _opened(claim.result)


def _opened(text: str) -> dict[str, Any]:
    if isinstance(text, Dots):
        raise Refused("case.see")
    document: dict[str, Any] = json.loads(text)
    return document


@dataclass(frozen=True)
class Worth:
    """What the latest claim of a case comes to, in cents: in all, lost already, and melting this month and next."""

    total: int
    barred: int
    at_risk: int


def worth_of_cases(cases: Iterable[UUID]) -> Mapping[UUID, Worth]:
    """The worth of cases that a query has already let the actor see; cases without a claim are left out."""
    today, found = clock.today(), {}
    columns = ("case_id", "total_cents", "barred_cents", "expiring")
    for case, total, barred, expiring in _latest().filter(case_id__in=list(cases)).values_list(*columns):
        found[case] = Worth(total, barred, at_risk(expiring, today))
    return found


def value_at_risk(cases: Iterable[UUID]) -> Mapping[UUID, int]:
    """Cents that expire this month and next, by case; for lists. Nought where nothing melts or nothing is computed."""
    worth = worth_of_cases(cases := list(cases))
    return {case: worth[case].at_risk if case in worth else 0 for case in cases}


def with_value_at_risk(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The same for sorting in the database: `.order_by("-value_at_risk")`. As fresh as the daily job left it."""
    newest = ClaimVersion.objects.filter(case=OuterRef("pk")).order_by("-number")
    return cases.annotate(
        value_at_risk=Subquery(newest.values("at_risk_cents")[:1]),
        claim_total=Subquery(newest.values("total_cents")[:1]),
    )


def _latest() -> QuerySet[ClaimVersion]:
    newest = ClaimVersion.objects.filter(case=OuterRef("case")).order_by("-number").values("pk")[:1]
    return ClaimVersion.objects.filter(pk=Subquery(newest))


def all_claims_of_another_month() -> QuerySet[ClaimVersion]:
    """Claims whose melting money was counted in a month that is over; for the daily job."""
    return ClaimVersion.objects.exclude(at_risk_month=clock.today().replace(day=1))
