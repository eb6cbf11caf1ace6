"""Penalties that go to the worker: waiting time, wage statements, bounced checks, late pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from wagelaw.calendar import expanded_payments
from wagelaw.case.records import Case, Payment
from wagelaw.claims.lines import Inputs, Limits, Line
from wagelaw.claims.periods import BASIC
from wagelaw.claims.wages import Wages
from wagelaw.money import MINUTES, Amount, plain
from wagelaw.rules import late_pay, records_requests, wage_statement, waiting_time

WORKING_DAYS_A_WEEK = 5
NOT_WAGES = ("expenses",)


@dataclass(frozen=True)
class DailyRate:
    """A day's pay in grains, and the step that tells how it was found."""

    amount: Fraction
    inputs: Inputs


def waiting_time_line(case: Case, wages: Wages, owed: Iterable[Line], limits: Limits) -> Line | None:
    """Lab. Code § 203: a day's pay for each day the final wages were late, at most thirty."""
    job = case.employment
    if job is None or job.end is None or job.separation == "current" or not case.willful_nonpayment:
        return None
    due = waiting_time.due_on(job.separation, job.end, job.notice_given_on)
    until = _paid_until(case, wages, owed)
    if until is None:
        return None
    until = min(until, case.filing)
    days = waiting_time.days_late(due, until)
    if not days:
        return None
    daily = daily_rate(case, wages, job.end)
    inputs: dict[str, tuple[str, object]] = {
        "due": ("date", due),
        "until": ("date", until),
        "days": ("count", days),
        "daily_rate": ("money", daily.amount),
        **daily.inputs,
    }
    return limits.line("waiting_time", due, job.end, job.end, daily.amount * days, "waiting_time_line", inputs)


def _paid_until(case: Case, wages: Wages, owed: Iterable[Line]) -> date | None:
    """The day the last wages came: never (to filing) while other wages are owed."""
    assert case.employment
    assert case.employment.end
    if any(line.cents and line.code not in NOT_WAGES for line in owed):
        return case.filing
    if case.final_payment:
        return case.final_payment.paid_on
    last = [one.paid_on for one in expanded_payments(case) if one.purpose in BASIC and one.last >= case.employment.end]
    return min(last) if last else case.filing


def daily_rate(case: Case, wages: Wages, on: date) -> DailyRate:
    """A day's pay: the rate times the average regular hours of a day worked.

    Where every full week has overtime, or pay is by the piece, it is all pay due for the last full week over the days
    worked in it. A salary's day is a fifth of its week.
    """
    full = _full_weeks(case, wages)
    always_overtime = bool(full) and all(wages.weeks[week].overtime + wages.weeks[week].double for week in full)
    by_pieces = bool((wages.agreed.piece_pay > 0).any()) or bool(wages.on_top.piece_weeks)
    if full and (always_overtime or by_pieces):
        return _of_last_week(wages, full[-1])
    salary = _salary_on(wages, on)
    if salary is not None:
        amount = salary / WORKING_DAYS_A_WEEK
        return DailyRate(amount, {"weekly_salary": ("money", salary)})
    return _of_average_day(wages, on)


def _full_weeks(case: Case, wages: Wages) -> list[int]:
    """Workweeks with work that lie wholly within the employment."""
    job, calendar = case.employment, wages.calendar
    first = calendar.day_of(job.start) if job and job.start else 0
    last = calendar.day_of(job.end) if job and job.end else calendar.days - 1
    return [
        week
        for week in range(calendar.weeks)
        if first <= 7 * week and 7 * week + 6 <= last and wages.weeks[week].minutes
    ]


def _of_last_week(wages: Wages, week: int) -> DailyRate:
    days = int((wages.hours.minutes[7 * week : 7 * week + 7] > 0).sum())
    pay: Amount = wages.weeks[week].due
    pay += wages.on_top.for_all_hours.get(week, 0) + wages.on_top.flat.get(week, 0)
    inputs: Inputs = {
        "week": ("date", wages.calendar.date_of(7 * week)),
        "week_pay": ("money", pay),
        "days_worked": ("count", days),
    }
    return DailyRate(Fraction(pay) / days, inputs)


def _salary_on(wages: Wages, on: date) -> Fraction | None:
    for term, weekly in zip(wages.agreed.terms, wages.agreed.weekly, strict=True):
        if term.basis == "salary" and term.first <= on <= term.last:
            return weekly * MINUTES
    return None


def _of_average_day(wages: Wages, on: date) -> DailyRate:
    worked = wages.hours.minutes > 0
    days = int(worked.sum())
    if not days:
        return DailyRate(Fraction(0), {})
    average = Fraction(int(wages.hours.regular.sum()), days)
    rate = final_rate(wages, on)
    inputs: Inputs = {"rate": ("rate", rate), "average_day": ("minutes", average)}
    return DailyRate(rate * average, inputs)


def final_rate(wages: Wages, on: date) -> Fraction:
    """The rate of the last spell up to a day, at least the minimum wage."""
    last = wages.calendar.day_of(on)
    spells = wages.calendar.spells
    rate, floor = Fraction(0), 0
    for at in range(len(spells.day) - 1, -1, -1):
        if spells.day[at] <= last:
            rate = Fraction(plain(wages.agreed.rate[at])) / wages.scale
            floor = int(wages.minimum_of_day[int(spells.day[at])])
            if not rate and wages.weeks[int(spells.day[at]) // 7].minutes:
                rate = wages.weeks[int(spells.day[at]) // 7].rate
            break
    return max(rate, Fraction(floor))


def statement_lines(case: Case, limits: Limits, also: Iterable[date] = ()) -> Iterator[Line]:
    """Lab. Code § 226(e): each payday of the last year without a complete statement, up to $4,000."""
    if case.household_employer or not case.knowing_statement_violation:
        return
    faulty = {
        (one.paid_on, one.first, one.last)
        for one in expanded_payments(case)
        if one.statement in ("missing", "defective")
    }
    known = {paid_on for paid_on, _, _ in faulty}
    faulty |= {(day, day, day) for day in also if day not in known}
    days = sorted(faulty)
    barred = {day for day in days if not limits.is_open("wage_statement", day[0])}
    open_days = [day for day in days if day not in barred]
    for chosen in (open_days, sorted(barred)):
        for number, ((due, first, last), amount) in enumerate(
            zip(chosen, wage_statement.amounts(len(chosen)), strict=True)
        ):
            yield limits.line("wage_statement", due, first, last, amount, "wage_statement_line", (number + 1,))


def bounced_lines(case: Case, wages: Wages, limits: Limits) -> Iterator[Line]:
    """Lab. Code § 203.1: a day's pay for each day until a bounced check was made good, at most thirty."""
    for check in case.bounced_checks:
        until = check.made_good_on or case.filing
        days = waiting_time.days_late(check.date, until)
        daily = daily_rate(case, wages, check.date)
        inputs: dict[str, tuple[str, object]] = {
            "until": ("date", until),
            "days": ("count", days),
            "daily_rate": ("money", daily.amount),
            **daily.inputs,
        }
        yield limits.line(
            "bounced_check",
            check.date,
            check.date,
            check.date,
            daily.amount * days,
            "bounced_check_line",
            inputs,
        )


def records_lines(case: Case, limits: Limits) -> Iterator[Line]:
    """Lab. Code §§ 226(f), 1198.5(k): each request for records that was not answered in time."""
    for request in case.records_requests:
        due = records_requests.due_on(request.received_on, request.what)
        if (request.answered_on or case.filing) <= due or (request.what == "payroll" and case.household_employer):
            continue
        inputs: Inputs = {"received_on": ("date", request.received_on), "due": ("date", due)}
        amount = records_requests.PENALTY
        step = f"{request.what}_records_line"
        yield limits.line("records_request", due, request.received_on, due, amount, step, inputs)


def late_lines(case: Case, limits: Limits) -> Iterator[Line]:
    """Lab. Code § 210: each payday on which wages came late."""
    for number, (due, late) in enumerate(sorted(late_payments(case).items())):
        withheld = sum(one.amount for one in late) * MINUTES
        amount = late_pay.penalty(withheld, number == 0, case.willful_nonpayment)
        given = (max(one.paid_on for one in late), withheld, number + 1)
        first, last = min(one.first for one in late), max(one.last for one in late)
        yield limits.line("late_pay", due, first, last, amount, "late_pay_line", given)


def late_payments(case: Case) -> dict[date, list[Payment]]:
    """Payments that came after their payday, by payday; none where the paydays are not known."""
    found: dict[date, list[Payment]] = {}
    for one in expanded_payments(case) if case.paydays else ():
        assert case.paydays
        due = one.last + timedelta(days=case.paydays.days_after)
        if one.purpose in BASIC and one.paid_on > due:
            found.setdefault(due, []).append(one)
    return found
