"""Background work of the clinic, every part of it in one list: what comes again by itself."""

from datetime import timedelta

from centro.clinic.actions import rounds
from centro.core.jobs import Period
from centro.core.policy import system


def look_after_deadlines() -> int:
    """Days that passed, then days that come."""
    by = system("deadlines")
    return rounds.note_passed_days(by=by) + rounds.remind_of_deadlines(by=by)


def keep_in_touch() -> int:
    """Long silences, and homes that changed."""
    by = system("contact")
    return rounds.keep_alive(by=by) + rounds.hear_of_moves(by=by)


PERIODS = (
    Period("clinic.deadlines", timedelta(hours=1), look_after_deadlines),
    Period("clinic.contact", timedelta(hours=1), keep_in_touch),
)
