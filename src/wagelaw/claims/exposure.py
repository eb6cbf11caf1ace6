"""Civil penalties that go to the state, shown apart: what the employer is exposed to for this worker's pay periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wagelaw.calendar import years_before
from wagelaw.case.records import Case, Misclassification
from wagelaw.claims.lines import Inputs, Line
from wagelaw.money import GRAINS, MINUTES, Amount
from wagelaw.rules import civil_penalties, sick_leave

VIOLATIONS = frozenset(
    {
        "unpaid_wages",
        "minimum_wage",
        "overtime",
        "meal_premium",
        "rest_premium",
        "split_shift",
        "reporting_time",
        "piece_rate_nonproductive",
        "deductions",
        "expenses",
        "wage_statement",
        "late_pay",
    }
)


@dataclass(frozen=True)
class Exposure:
    """One civil penalty: code, grains, and what it was counted from."""

    code: str
    amount: Amount
    step: str
    inputs: Inputs


def exposures(case: Case, lines: Iterable[Line]) -> Iterator[Exposure]:
    """PAGA where a notice is given; §§ 558, 1197.1 and 225.5 for the year before filing."""
    kept = list(lines)
    if case.paga:
        yield from _paga(case, kept)
    since = years_before(case.filing, 1)
    overtime = _periods(kept, {"overtime", "meal_premium"}, since, case.filing)
    if overtime:
        yield _counted("civil_558", overtime, Fraction(civil_penalties.overtime_and_meals(overtime)))
    minimum = _periods(kept, {"minimum_wage"}, since, case.filing)
    if minimum:
        yield _counted("civil_1197_1", minimum, Fraction(civil_penalties.minimum_wage(minimum)))
    taken = [row for row in case.deductions if since <= row.date <= case.filing]
    if taken:
        withheld = Fraction(sum(row.amount for row in taken) * MINUTES, GRAINS)
        yield _counted("civil_225_5", len(taken), civil_penalties.deductions(len(taken), withheld))
    faulty = _periods(kept, {"wage_statement"}, since, case.filing)
    if faulty:
        yield _counted("civil_226_3", faulty, Fraction(civil_penalties.statements(faulty)))
    if case.misclassification:
        yield _misclassified(case.misclassification)
    yield from _refused_sick_leave(case, kept)


def _misclassified(facts: Misclassification) -> Exposure:
    least, most = civil_penalties.misclassification(facts.violations, facts.pattern)
    inputs: Inputs = {"violations": ("count", facts.violations), "most": ("money", most * GRAINS)}
    return Exposure("civil_226_8", least * GRAINS, "civil_226_8_line", inputs)


def _refused_sick_leave(case: Case, lines: list[Line]) -> Iterator[Exposure]:
    withheld = sum((Fraction(line.amount + line.barred) for line in lines if line.code == "sick_leave"), Fraction(0))
    if withheld:
        harm = case.sick_leave_harm_days
        dollars = sick_leave.refused(withheld / GRAINS) + sick_leave.other_harm(harm)
        inputs: Inputs = {"withheld": ("money", withheld), "harm_days": ("count", harm)}
        yield Exposure("sick_leave_248_5", dollars * GRAINS, "sick_leave_248_5_line", inputs)


def _paga(case: Case, lines: list[Line]) -> Iterator[Exposure]:
    assert case.paga
    notice = case.paga.notice_on
    periods = _periods(lines, VIOLATIONS, years_before(notice, 1), notice)
    if not periods:
        return
    weekly, violation = case.paga.frequency == "week", case.paga.violation
    amount = civil_penalties.paga(periods, notice, weekly, violation, case.paga.steps) * GRAINS
    uncapped = civil_penalties.paga(periods, notice, weekly, violation) * GRAINS
    share = civil_penalties.paga_worker_share(notice)
    inputs: Inputs = {
        "notice_on": ("date", notice),
        "periods": ("count", periods),
        "worker_share": ("percent", share),
        "to_workers": ("money", amount * share),
        "cap_15": ("money", uncapped * Fraction(15, 100)),
        "cap_30": ("money", uncapped * Fraction(30, 100)),
    }
    yield Exposure("paga", amount, "paga_line", inputs)


def _periods(lines: Iterable[Line], codes: Iterable[str], since: date, until: date) -> int:
    """Paydays with any of these violations in a span."""
    wanted = frozenset(codes)
    return len({line.due for line in lines if line.code in wanted and since <= line.due <= until})


def _counted(code: str, periods: int, dollars: Fraction) -> Exposure:
    return Exposure(code, dollars * GRAINS, f"{code}_line", {"periods": ("count", periods)})
