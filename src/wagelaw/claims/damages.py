"""What follows from unpaid wages: liquidated damages on the minimum wage, and interest from each payday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from wagelaw.case.records import Case
from wagelaw.claims.credit import Ledger
from wagelaw.claims.hours import Switches
from wagelaw.claims.law import Law
from wagelaw.claims.lines import Inputs, Limits, Line
from wagelaw.claims.penalties import late_payments
from wagelaw.money import MINUTES, Amount, total
from wagelaw.rules.interest import for_days, simple

WAGE_CODES = frozenset(
    {
        "unpaid_wages",
        "minimum_wage",
        "overtime",
        "split_shift",
        "reporting_time",
        "piece_rate_nonproductive",
        "sick_leave",
        "vacation",
        "deductions",
        "tips",
        "expenses",
        "app_driver_guarantee",
    }
)
PREMIUM_CODES = frozenset({"meal_premium", "rest_premium"})
BEARING = WAGE_CODES | PREMIUM_CODES


def interest_lines(case: Case, lines: Iterable[Line], law: Law) -> Iterator[Line]:
    """One line of interest for each payday: 10 percent on wages and expenses, 7 on meal and rest premiums."""
    by_due: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        if line.code in BEARING and line.due < case.computed_on:
            by_due[line.due].append(line)
    if not by_due:
        return
    rates = _rate(law, case.computed_on), _premium_rate(law, case.computed_on)
    for due in sorted(by_due):
        yield _interest_line(case.computed_on, due, by_due[due], rates)


def _interest_line(until: date, due: date, lines: list[Line], rates: tuple[Fraction, Fraction]) -> Line:
    wages: list[Amount] = []
    premiums: list[Amount] = []
    barred_wages: list[Amount] = []
    barred_premiums: list[Amount] = []
    open_until: date | None = None
    several = False
    for line in lines:
        is_premium = line.code in PREMIUM_CODES
        if line.amount:
            (premiums if is_premium else wages).append(line.amount)
        if line.barred:
            (barred_premiums if is_premium else barred_wages).append(line.barred)
        if line.open_until != open_until and line.open_until:
            several |= open_until is not None
            open_until = min(line.open_until, open_until or line.open_until)
        several |= bool(line.parts)
    days = (until - due).days
    on_wages, on_premiums = total(wages), total(premiums)
    amount = _of_both(on_wages, on_premiums, rates, days)
    barred: Amount = 0
    if barred_wages or barred_premiums:
        barred = _of_both(total(barred_wages), total(barred_premiums), rates, days)
    given = (days, on_wages, rates[0], on_premiums, rates[1])
    first, last = min([line.first for line in lines]), max([line.last for line in lines])
    parts = _parts(lines, rates, days) if several else ()
    return Line("interest", due, first, last, amount, barred, open_until, "interest_line", given, parts=parts)


def _parts(lines: Iterable[Line], rates: tuple[Fraction, Fraction], days: int) -> tuple[tuple[date, Amount], ...]:
    """Interest by the last day on which what it runs on can be claimed, the earliest first."""
    found: dict[date, Amount] = {}
    for line in lines:
        rate = rates[line.code in PREMIUM_CODES]
        for day, amount in line.parts or ([(line.open_until, line.amount)] if line.open_until else ()):
            found[day] = found.get(day, 0) + for_days(amount, rate, days)
    return tuple(sorted(found.items()))


def late_interest_lines(case: Case, law: Law, limits: Limits, switches: Switches) -> Iterator[Line]:
    """Interest on wages that came after their payday, from that day to the day they came: only if the switch is on."""
    late = late_payments(case)
    if not late or not switches.on("interest_on_late_payments"):
        return
    rate = _rate(law, case.computed_on)
    for due, payments in sorted(late.items()):
        owed = total([for_days(one.amount * MINUTES, rate, (one.paid_on - due).days) for one in payments])
        inputs: Inputs = {
            "withheld": ("money", sum(one.amount for one in payments) * MINUTES),
            "rate": ("percent", rate),
            "paid_on": ("date", max(one.paid_on for one in payments)),
        }
        first, last = min(one.first for one in payments), max(one.last for one in payments)
        until = limits.until("minimum_wage", due)
        still_open, barred = (owed, 0) if until else (0, owed)
        yield Line("interest", due, first, last, still_open, barred, until, "late_interest_line", inputs)


def _of_both(wages: Amount, premiums: Amount, rates: tuple[Fraction, Fraction], days: int) -> Amount:
    """Interest of wages and of premiums, each at its rate."""
    if not premiums:
        return for_days(wages, rates[0], days) if wages else 0
    found = for_days(premiums, rates[1], days)
    return for_days(wages, rates[0], days) + found if wages else found


def _rate(law: Law, on: date) -> Fraction:
    return law.number("ca_unpaid_wage_interest", on, "wages_due")


def _premium_rate(law: Law, on: date) -> Fraction:
    return law.number("ca_premium_interest", on, "meal_and_rest_premiums")


def liquidated_lines(
    case: Case, lines: Iterable[Line], ledgers: Iterable[Ledger], law: Law, limits: Limits, switches: Switches
) -> Iterator[Line]:
    """Lab. Code § 1194.2: unpaid minimum wages and the interest on them, for each payday."""
    if case.good_faith_defense:
        return
    bases = _bases(case, lines, ledgers, switches)
    rate = _rate(law, case.computed_on)
    for (due, first, last), base in sorted(bases.items()):
        if base <= 0:
            continue
        interest = simple(base, rate, due, case.computed_on)
        given = (base, rate, max(0, (case.computed_on - due).days), interest)
        yield limits.line("liquidated_damages", due, first, last, base + interest, "liquidated_damages_line", given)


def _bases(
    case: Case, lines: Iterable[Line], ledgers: Iterable[Ledger], switches: Switches
) -> dict[tuple[date, date, date], Amount]:
    bases: dict[tuple[date, date, date], Amount] = {}

    def add(due: date, first: date, last: date, amount: Amount) -> None:
        if amount > 0:
            bases[due, first, last] = bases.get((due, first, last), 0) + amount

    for line in lines:
        base = line.on_minimum
        if line.code in ("split_shift", "reporting_time") and switches.on("liquidated_on_split_and_reporting"):
            base = line.amount + line.barred
        if base:
            add(line.due, line.first, line.last, base)
    for one in ledgers:
        period = one.period
        if case.deductions:
            add(period.due, period.first, period.last, _by_deductions(case, one))
        wholly_unpaid = _unpaid_overtime_at_minimum(one)
        if wholly_unpaid > 0 and switches.on("liquidated_on_unpaid_overtime"):
            add(period.due, period.first, period.last, wholly_unpaid)
    return bases


def _by_deductions(case: Case, one: Ledger) -> Amount:
    """What deductions of the period took below the minimum wage."""
    taken = sum(row.amount for row in case.deductions if one.period.first <= row.date <= one.period.last)
    if not taken:
        return 0
    above = max(0, one.credited - (min(one.at_minimum, one.agreed) - one.unpaid_minimum))
    return max(0, taken * MINUTES - above)


def _unpaid_overtime_at_minimum(one: Ledger) -> Amount:
    """The minimum wage of overtime hours for which nothing at all was paid."""
    if not one.overtime or one.overtime_paid:
        return 0
    return _minimum_of_premium_minutes(one)


def _minimum_of_premium_minutes(one: Ledger) -> Amount:
    return sum((part.overtime + part.double) * part.minimum for part in one.parts)
