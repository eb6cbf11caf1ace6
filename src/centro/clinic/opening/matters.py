"""Matters, deadlines, the service log, the team and the attorney file: their pages and words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import tabs
from centro.people import words as people_words

SENTENCES: dict[str, str | Promise] = {
    "case.closed": _("The case was closed"),
    "case.answered": _("An answer was given"),
    "case.handed_over": _("The case was handed over to a colleague"),
    "matter.closed": _("A matter was closed"),
    "matter.handed_over": _("A matter was handed over to a colleague"),
    "matter.restricted": _("Who sees a matter was changed"),
    "matter.named": _("Somebody was put on a matter by name"),
    "matter.unnamed": _("Somebody was taken off a matter"),
    "case.happening_corrected": _("A date was corrected"),
    "clock.moved": _("A deadline moved with its date"),
    "clock.dropped": _("A deadline does not run any more"),
    "clock.set": _("An attorney set a deadline"),
    "clock.met": _("A deadline was met"),
    "clock.missed": _("A deadline was missed"),
    "clock.reopened": _("A deadline runs again"),
    "hearing.set": _("A date of an agency was noted"),
    "hearing.cancelled": _("A date of an agency was cancelled"),
    "hearing.team_told": _("The team was reminded of a date of today"),
    "hearing.worker_told": _("Was reminded of a date of today"),
    "feed.made": _("A calendar address was made"),
    "feed.all_ended": _("Every calendar address was ended"),
    "feed.ended": _("A calendar address was closed"),
}


def open_up() -> None:
    """Called once at start."""
    people_words.register(SENTENCES)
    tabs.register(tabs.CaseTab("clocks", _("Deadlines"), "clinic:clocks", "case.see", 10))
    tabs.register(tabs.CaseTab("log", _("Service log"), "clinic:log", "case.log", 70))
    tabs.register(tabs.CaseTab("team", _("Team"), "clinic:case_team", "case.see", 80))
    tabs.register(tabs.CaseTab("attorney_file", _("Attorney file"), "clinic:attorney_file", "attorney_file.see", 90))
