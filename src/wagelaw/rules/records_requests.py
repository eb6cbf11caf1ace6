"""Requests for records that went unanswered: $750 (Lab. Code §§ 226(c), (f) payroll; 1198.5(b), (k) personnel)."""

from __future__ import annotations

from datetime import date, timedelta

from wagelaw.money import from_cents

PENALTY = from_cents(750_00)
DAYS = {"payroll": 21, "personnel": 30}


def due_on(received_on: date, what: str) -> date:
    """The last day on which the employer could answer."""
    return received_on + timedelta(days=DAYS[what])
