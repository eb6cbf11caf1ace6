"""Entries with a date of their own: sick leave, deductions, tips, expenses, and app drivers' earnings periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from wagelaw.case.records import AppPeriod, Case, Expense, SickLeave
from wagelaw.claims.law import Law
from wagelaw.claims.lines import Inputs, Limits, Line
from wagelaw.claims.wages import Wages
from wagelaw.money import GRAINS, MINUTES, Amount, lesser
from wagelaw.rules import app_drivers, sick_leave

QUARTER_OF_A_YEAR = 90
SICK_DAYS = {24: 3, 40: 5}


def entry_lines(case: Case, wages: Wages, law: Law, limits: Limits, notes: set[str]) -> Iterator[Line]:
    """Lines of everything that is listed with its own date."""
    yield from _sick_lines(case, wages, law, limits, notes)
    for code, rows in (("deductions", case.deductions), ("tips", case.tips_taken)):
        for row in rows:
            inputs: Inputs = {"what": ("text", row.what or ""), "amount": ("money", row.amount * MINUTES)}
            yield limits.line(code, row.date, row.date, row.date, row.amount * MINUTES, f"{code}_line", inputs)
    for expense in case.expenses:
        yield _expense_line(expense, law, limits)
    for period in case.app_periods:
        yield _app_line(case, period, law, limits)


def _expense_line(expense: Expense, law: Law, limits: Limits) -> Line:
    if expense.miles is None:
        amount: Amount = (expense.amount or 0) * MINUTES
        inputs: Inputs = {"what": ("text", expense.what or ""), "amount": ("money", amount)}
        step = "expenses_line"
    else:
        rate = law.number("irs_standard_mileage_business", expense.date, "business", "US")
        amount = rate * expense.miles * GRAINS
        inputs = {
            "what": ("text", expense.what or ""),
            "miles": ("number", expense.miles),
            "rate": ("number", rate),
        }
        step = "mileage_line"
    return limits.line("expenses", expense.date, expense.date, expense.date, amount, step, inputs)


def _app_line(case: Case, period: AppPeriod, law: Law, limits: Limits) -> Line:
    place = period.place or case.place
    minimum = law.minimum_wage(period.last, place).amount
    mile_rate = law.number("prop22_per_engaged_mile", period.last, "app_based_driver")
    multiplier = law.number("prop22_earnings_multiplier", period.last, "app_based_driver")
    floor = app_drivers.guarantee(multiplier, minimum, period.engaged_minutes, mile_rate, period.engaged_miles)
    short = max(Fraction(0), floor * GRAINS - period.earnings * MINUTES)
    inputs: Inputs = {
        "engaged": ("minutes", period.engaged_minutes),
        "minimum_wage": ("number", minimum),
        "times": ("number", multiplier),
        "miles": ("number", period.engaged_miles),
        "mile_rate": ("number", mile_rate),
        "guarantee": ("money", floor * GRAINS),
        "earnings": ("money", period.earnings * MINUTES),
    }
    return limits.line("app_driver_guarantee", period.last, period.first, period.last, short, "app_driver_line", inputs)


def _sick_lines(case: Case, wages: Wages, law: Law, limits: Limits, notes: set[str]) -> Iterator[Line]:
    if not case.sick_leave:
        return
    start = case.employment.start if case.employment else None
    used: dict[int, int] = {}
    usual = _usual_day(wages)
    paid: Amount = sum(one.amount * MINUTES for one in wages.schedule.apart if one.purpose == "sick_leave")
    for one in sorted(case.sick_leave, key=lambda entry: entry.date):
        if start is None:
            notes.add("sick_leave_start_unknown")
        if not sick_leave.may_use(start, one.date):
            notes.add("sick_leave_too_early")
            continue
        hours = int(law.number("ca_paid_sick_leave_use_hours", one.date))
        year = one.date.year if start is None else _year_of_employment(start, one.date)
        minutes = sick_leave.allowed_minutes(one.minutes, used.get(year, 0), hours, SICK_DAYS[hours], usual)
        used[year] = used.get(year, 0) + minutes
        if minutes < one.minutes:
            notes.add("sick_leave_over_yearly_floor")
        rate = _sick_rate(wages, one)
        owed = rate * minutes
        credited = lesser(paid, owed)
        paid -= credited
        due = _next_payday(wages, one.date)
        inputs: Inputs = {
            "minutes": ("minutes", minutes),
            "rate": ("rate", rate),
            "paid": ("money", credited),
        }
        yield limits.line("sick_leave", due, one.date, one.date, owed - credited, "sick_leave_line", inputs)


def _year_of_employment(start: date, day: date) -> int:
    return (day - start).days // 365


def _usual_day(wages: Wages) -> int:
    """The middle one of the days worked, in minutes."""
    worked = sorted(wages.hours.minutes[wages.hours.minutes > 0].tolist())
    usual: int = worked[len(worked) // 2] if worked else 480
    return usual


def _sick_rate(wages: Wages, one: SickLeave) -> Fraction:
    """The regular rate of the week of use; with no work in it, the average of the ninety days before (246(l))."""
    calendar = wages.calendar
    day = calendar.day_of(one.date)
    if 0 <= day < calendar.days and wages.weeks[day // 7].minutes:
        return wages.weeks[day // 7].rate
    low, high = max(0, day - QUARTER_OF_A_YEAR), max(0, min(day, calendar.days))
    minutes = int(wages.hours.minutes[low:high].sum())
    if not minutes:
        return Fraction(0)
    earned = sum(
        week.rate * int(wages.hours.minutes[max(low, 7 * at) : min(high, 7 * at + 7)].sum())
        for at, week in enumerate(wages.weeks)
    )
    return Fraction(earned) / minutes


def _next_payday(wages: Wages, day: date) -> date:
    later = [one.due for one in wages.schedule.periods if one.last >= day]
    return min(later, default=day)
