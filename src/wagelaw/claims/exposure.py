"""Civil penalties that go to the state, shown apart: what the employer is exposed to for this worker's pay periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wagelaw.calendar import years_before
from wagelaw.case.records import Case
from wagelaw.claims.lines import Inputs, Line
from wagelaw.money import GRAINS, MINUTES, Amount, from_cents
from wagelaw.rules import civil_penalties

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


def _paga(case: Case, lines: list[Line]) -> Iterator[Exposure]:
    assert case.paga
    notice = case.paga.notice_on
    periods = _periods(lines, VIOLATIONS, years_before(notice, 1), notice)
    if not periods:
        return
    amount = civil_penalties.paga(periods, notice, case.paga.frequency == "week")
    share = civil_penalties.paga_worker_share(notice)
    inputs: Inputs = {
        "notice_on": ("date", notice),
        "periods": ("count", periods),
        "worker_share": ("percent", share),
        "to_workers": ("money", from_cents(100 * amount) * share),
        "cap_15": ("money", from_cents(100 * amount) * Fraction(15, 100)),
        "cap_30": ("money", from_cents(100 * amount) * Fraction(30, 100)),
    }
    yield Exposure("paga", from_cents(100 * amount), "paga_line", inputs)


def _periods(lines: Iterable[Line], codes: Iterable[str], since: date, until: date) -> int:
    """Paydays with any of these violations in a span."""
    wanted = frozenset(codes)
    return len({line.due for line in lines if line.code in wanted and since <= line.due <= until})


def _counted(code: str, periods: int, dollars: Fraction) -> Exposure:
    return Exposure(code, dollars * GRAINS, f"{code}_line", {"periods": ("count", periods)})
