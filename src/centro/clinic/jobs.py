"""Background work of the clinic, every part of it in one list: what comes again by itself."""

from datetime import timedelta

from centro.clinic.actions import appointments, hours, intake, money, mornings, rounds, walls
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


def tell_of_today() -> int:
    """The dates of today, in the morning: the team and the worker."""
    return mornings.tell_of_today(by=system("clinic mornings"))


def raise_timers() -> int:
    """What has to be done after a decision comes onto somebody's list on its day."""
    return money.raise_due_timers(by=system("clinic timers"))


def alarm_missed() -> int:
    """Installments that did not come."""
    return money.alarm_missed(by=system("clinic installments"))


def forget_names() -> int:
    """How people were called in the queue, two days later."""
    return appointments.forget_names(by=system("clinic queue"))


def forget_intakes() -> int:
    """Intakes that nobody may keep longer; a day before, their letter of days is offered."""
    by = system("clinic intakes")
    return intake.offer_letters(by=by) + intake.forget_expired(by=by)


def count_melting_money() -> int:
    """A new month: what expires in it and the next is counted again."""
    return hours.count_melting_money(by=system("clinic claims"))


def ask_for_reviews() -> int:
    """Holds that nobody looked at for ninety days."""
    return walls.ask_for_reviews(by=system("clinic holds"))


PERIODS = (
    Period("clinic.claims", timedelta(hours=1), count_melting_money),
    Period("clinic.intakes", timedelta(hours=1), forget_intakes),
    Period("clinic.deadlines", timedelta(hours=1), look_after_deadlines),
    Period("clinic.mornings", timedelta(hours=1), tell_of_today),
    Period("clinic.contact", timedelta(hours=1), keep_in_touch),
    Period("clinic.holds", timedelta(days=1), ask_for_reviews),
    Period("clinic.queue", timedelta(hours=1), forget_names),
    Period("clinic.timers", timedelta(hours=1), raise_timers),
    Period("clinic.installments", timedelta(hours=1), alarm_missed),
)
