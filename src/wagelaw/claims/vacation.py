"""Vacation earned and not taken is paid with the last wages (Lab. Code § 227.3), at the last rate: "all vested vacation
shall be paid to him as wages at his final rate"."""

from __future__ import annotations

from collections.abc import Iterator

from wagelaw.case.records import Case
from wagelaw.claims.lines import Inputs, Limits, Line
from wagelaw.claims.penalties import final_rate
from wagelaw.claims.wages import Wages
from wagelaw.money import MINUTES, Amount, lesser
from wagelaw.rules.waiting_time import due_on


def vacation_lines(case: Case, wages: Wages, limits: Limits) -> Iterator[Line]:
    """What is owed for vacation left at the end, less what was paid for it from the last day on."""
    job = case.employment
    if not case.vacation_minutes or job is None or job.end is None or job.separation == "current":
        return
    rate = final_rate(wages, job.end)
    owed: Amount = rate * case.vacation_minutes
    paid = sum(one.amount for one in wages.schedule.apart if one.purpose == "vacation" and one.paid_on >= job.end)
    credited = lesser(paid * MINUTES, owed)
    due = due_on(job.separation, job.end, job.notice_given_on)
    inputs: Inputs = {
        "minutes": ("minutes", case.vacation_minutes),
        "rate": ("rate", rate),
        "paid": ("money", credited),
    }
    yield limits.line("vacation", due, job.end, job.end, owed - credited, "vacation_line", inputs)
