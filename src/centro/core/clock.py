"""The center's clock: days, shifts and deadlines are counted in the center's own time zone."""

from datetime import date, datetime, timedelta

from django.utils import timezone

SHIFT = timedelta(hours=12)
SEARCH_KEPT = timedelta(minutes=30)


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """Today at the center, not in London."""
    return timezone.localdate()


def shift_began() -> datetime:
    """The start of the window in which a shift's budgets are counted."""
    return now() - SHIFT
