"""Final pay and waiting-time penalties (Lab. Code §§ 201, 202, 203)."""

from __future__ import annotations

from datetime import date, timedelta

MOST_DAYS = 30
NOTICE = timedelta(hours=72)


def due_on(separation: str, end: date, notice_given_on: date | None) -> date:
    """When final wages fell due: at once on discharge, on the last day after 72 hours' notice, else after 72 hours."""
    if separation == "quit_without_notice":
        return end + NOTICE
    if separation == "quit_with_notice" and notice_given_on is not None:
        return max(end, notice_given_on + NOTICE)
    return end


def days_late(due: date, until: date) -> int:
    """Calendar days from the due day to payment or suit, at most thirty."""
    return max(0, min(MOST_DAYS, (until - due).days))
