"""The order of computation: hours, wages, overtime, premiums, entries, what was paid, what follows, limitation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wagelaw.calendar import Calendar, Ints, calendar_of
from wagelaw.case.records import Case
from wagelaw.claims.agreed import Agreed, agreed_pay
from wagelaw.claims.credit import Ledger, enter_in_weeks, ledgers, wage_lines
from wagelaw.claims.damages import interest_lines, late_interest_lines, liquidated_lines
from wagelaw.claims.entries import entry_lines
from wagelaw.claims.exempt import exempt_spells
from wagelaw.claims.exposure import exposures
from wagelaw.claims.federal import federal_lines, federal_wages
from wagelaw.claims.federal_adds import what_federal_adds
from wagelaw.claims.federal_coverage import is_covered
from wagelaw.claims.hours import Switches, federal_hours, state_hours
from wagelaw.claims.inside_sales import weeks_without_overtime
from wagelaw.claims.law import Law
from wagelaw.claims.learners import learner_minimums, with_learning_apart
from wagelaw.claims.lines import Limits, Line
from wagelaw.claims.not_covered import left_to_others, without_union_contract
from wagelaw.claims.notes import either_or, notes_of, remarks_of
from wagelaw.claims.penalties import bounced_lines, late_lines, records_lines, statement_lines, waiting_time_line
from wagelaw.claims.periods import PaySchedule, pay_schedule
from wagelaw.claims.premiums import Premiums, day_premiums, premium_lines
from wagelaw.claims.result import Claim, Item, items_of
from wagelaw.claims.vacation import vacation_lines
from wagelaw.claims.wages import Wages, Week, state_wages
from wagelaw.parameters import is_california, law_version

OF_THE_STATE = ("unpaid_wages", "minimum_wage")  # of a claim in a state other than California


@dataclass(slots=True)
class Work:
    """What both layers of law start from."""

    case: Case
    calendar: Calendar
    agreed: Agreed
    schedule: PaySchedule
    law: Law
    switches: Switches
    notes: set[str]


def compute(case: Case) -> Claim:
    """The claim of a checked case; CaseError where it cannot be computed."""
    calendar = calendar_of(case)
    if case.learner:
        calendar.spells = with_learning_apart(calendar.spells)
    work = Work(
        case,
        calendar,
        agreed_pay(case, calendar),
        pay_schedule(case, calendar),
        Law(case),
        Switches(dict(case.switches or {})),
        set(),
    )
    return _california(work) if is_california(case.place) else _federal_alone(work)


def _california(work: Work) -> Claim:
    case = work.case
    limits = Limits(case, work.switches)
    federal = _federal_beside(work)
    wages = _state_wages(work)
    kept = ledgers(case, wages, work.law)
    enter_in_weeks(kept, wages)
    premiums = day_premiums(case, wages, work.switches)
    lines = [
        *wage_lines(case, work.calendar, wages, kept, limits),
        *premium_lines(wages, premiums, limits),
        *entry_lines(case, wages, work.law, limits, work.notes),
        *vacation_lines(case, wages, limits),
    ]
    lines = list(without_union_contract(case, lines))
    wanted = [line for line in lines if case.claims is None or line.code in case.claims]
    follow = _what_follows(work, wages, lines, wanted, kept, limits, premiums)
    items = items_of([*lines, *follow], case.claims)
    adds = what_federal_adds(case, federal, [*wanted, *follow], work.switches)
    not_covered = [*left_to_others(case), *_unclear(case, premiums)]
    return _claim(work, items, wages.weeks, items_of(federal, case.claims, True), adds, not_covered, [*lines, *follow])


def _state_wages(work: Work) -> Wages:
    case, calendar = work.case, work.calendar
    exempt = exempt_spells(case, calendar, work.agreed, work.law, False, work.notes)
    minimum = _minimum_by_spell(work)
    if case.learner:
        minimum = learner_minimums(case, calendar, work.law, minimum)
    without = weeks_without_overtime(case, calendar, work.agreed, minimum, work.notes)
    hours = state_hours(case, calendar, work.law, work.switches, exempt, without)
    return state_wages(case, calendar, hours, work.agreed, minimum, work.schedule, work.switches)


def _minimum_by_spell(work: Work) -> Ints:
    """The minimum wage of each spell, where the hour was worked; no spell of an exempt worker needs one."""
    calendar, spells = work.calendar, work.calendar.spells
    places = [shift.place or work.case.place for shift in calendar.shifts]
    if set(places) == {work.case.place}:
        needed = np.zeros(calendar.days, dtype=np.bool_)
        needed[spells.day] = True
        everywhere: Ints = work.law.minimum_rates(calendar, work.case.place, needed)[spells.day]
        return everywhere
    rates = np.zeros(len(spells.day), dtype=np.int64)
    owners = np.array([places[owner] for owner in spells.shift.tolist()])
    for place in dict.fromkeys(places):
        here = owners == place
        needed = np.zeros(calendar.days, dtype=np.bool_)
        needed[spells.day[here]] = True
        rates[here] = work.law.minimum_rates(calendar, place, needed)[spells.day[here]]
    return rates


def _what_follows(
    work: Work,
    wages: Wages,
    lines: list[Line],
    wanted: list[Line],
    kept: list[Ledger],
    limits: Limits,
    premiums: Premiums,
) -> list[Line]:
    """Liquidated damages, interest and penalties: on what is claimed, waiting time on all that was owed."""
    case = work.case
    follow = [
        *liquidated_lines(case, wanted, kept, work.law, limits, work.switches),
        *interest_lines(case, wanted, work.law),
        *late_interest_lines(case, work.law, limits, work.switches),
        *records_lines(case, limits),
        *bounced_lines(case, wages, limits),
        *late_lines(case, limits),
    ]
    waiting = waiting_time_line(case, wages, lines, limits)
    if waiting:
        follow.append(waiting)
    owing = {line.due for line in lines if line.code in ("overtime", "meal_premium", "rest_premium")}
    also = owing if owing and work.switches.on("statement_follows_premiums") else set()
    follow += statement_lines(case, limits, also)
    return follow


def _unclear(case: Case, premiums: Premiums) -> list[tuple[str, str]]:
    return [(code, why) for code, why in premiums.not_covered.items() if case.claims is None or code in case.claims]


def _federal_beside(work: Work) -> list[Line]:
    if not is_covered(work.case):
        return []
    kept = ledgers(work.case, _federal_wages(work, "US"), work.law)
    return federal_lines(work.case, kept, with_agreed_pay=False)


def _federal_wages(work: Work, place: str) -> Wages:
    case, calendar = work.case, work.calendar
    exempt = exempt_spells(case, calendar, work.agreed, work.law, True, work.notes)
    hours = federal_hours(case, calendar, exempt)
    minimum = work.law.minimum_rates(calendar, place, hours.minutes > 0)
    return federal_wages(case, calendar, hours, work.agreed, minimum, work.schedule)


def _federal_alone(work: Work) -> Claim:
    """Federal law; in a state other than California with the state's own minimum wage and the agreed pay.

    The overtime of such a claim is the federal one already, so that federal law beside it adds nothing.
    """
    case = work.case
    wages = _federal_wages(work, case.place)
    in_a_state = case.place != "US"
    kept = ledgers(case, wages, work.law)
    enter_in_weeks(kept, wages)
    lines = federal_lines(case, kept, with_agreed_pay=in_a_state)
    if not is_covered(case):
        lines = [line for line in lines if in_a_state and line.code in OF_THE_STATE]
    not_covered = left_to_others(case)
    if in_a_state:
        not_covered.append(("state_law", "only_minimum_wage_of_state"))
    else:
        not_covered.append(("unpaid_wages", "agreed_pay_is_state_law"))
    beside = items_of(_federal_beside(work), case.claims, True) if in_a_state else None
    return _claim(work, items_of(lines, case.claims, True), wages.weeks, beside, 0, not_covered, lines)


def _claim(
    work: Work,
    items: list[Item],
    weeks: list[Week],
    federal: list[Item] | None,
    adds: int,
    not_covered: list[tuple[str, str]],
    lines: list[Line],
) -> Claim:
    case = work.case
    exposure = list(exposures(case, lines)) if is_california(case.place) else []
    notes = work.notes | either_or({item.code for item in items} | {one.code for one in exposure})
    return Claim(
        case,
        work.calendar,
        law_version(),
        items,
        weeks,
        federal,
        adds,
        exposure,
        not_covered,
        notes_of(case, work.law, work.switches, notes, work.calendar),
        remarks_of(work.calendar.shifts),
    )
