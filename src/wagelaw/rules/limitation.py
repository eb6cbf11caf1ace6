"""How far back a claim reaches (CCP §§ 337–340; B&P Code § 17208; Lab. Code §§ 203(b), 1194.2; 29 USC 255)."""

from __future__ import annotations

from datetime import date, timedelta

from wagelaw.calendar import years_before

PENALTIES = frozenset({"wage_statement", "records_request", "late_pay", "bounced_check"})
PREMIUMS = frozenset({"meal_premium", "rest_premium"})
NO_RESTITUTION = frozenset({"liquidated_damages", "waiting_time"})
TOLLED_FROM, TOLLED_UNTIL = date(2020, 4, 6), date(2020, 10, 1)


def years(code: str, forum: str, agreement: str = "oral", premiums_as_restitution: bool = False) -> int:
    """Years that a claim of this code reaches back before filing.

    `unpaid_wages` here is the part of agreed pay above the minimum wage: two years on an oral promise, four on a
    written one; the part up to the minimum wage is a claim under statute like `minimum_wage`.
    """
    if code in PENALTIES:
        return 1
    if code in NO_RESTITUTION:
        return 3
    if code in PREMIUMS:
        return 4 if forum == "court" and premiums_as_restitution else 3
    if code == "unpaid_wages" and agreement == "written":
        return 4
    if forum == "court":
        return 4
    return 2 if code == "unpaid_wages" else 3


def is_open(due: date, filed: date, reach: int, tolled: bool) -> bool:
    """Whether a due date is not earlier than the same date so many years before filing (tolled days added)."""
    return due >= years_before(filed - timedelta(days=tolled_days(due) if tolled else 0), reach)


def last_day(due: date, reach: int, tolled: bool) -> date:
    """The last day on which the money can be claimed (28 February for what was due on a leap day)."""
    try:
        day = due.replace(year=due.year + reach)
    except ValueError:
        day = due.replace(year=due.year + reach, day=28)
    return day + timedelta(days=tolled_days(due)) if tolled else day


def tolled_days(due: date) -> int:
    """Days for which Emergency Rule 9 stopped the clock of civil actions in 2020: at most 178."""
    return max(0, (TOLLED_UNTIL - max(due, TOLLED_FROM)).days)
