"""What the role should do next: lines on Today that lead to work, shown to those whose role has the verb."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centro.clinic.queries import board, conflicts, intake
from centro.core import health, policy
from centro.core import queries as core
from centro.core.policy import Actor
from centro.organizing import queries as organizing
from centro.people import queries as people
from centro.people import referrals
from centro.people.queries import texts

MOST = 999  # that a line counts


@dataclass(frozen=True)
class Step:
    """One thing to do. With a `count`, the line appears while there is something to count."""

    verb: str
    text: str | Promise
    view: str
    icon: str
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class Shown:
    """A step as the page shows it."""

    text: str
    url: str
    icon: str
    count: int = 0


STEPS: tuple[Step, ...] = (
    Step(
        "intake.clear",
        ngettext_lazy(
            "%(n)d possible conflict waits for an attorney", "%(n)d possible conflicts wait for an attorney", "n"
        ),
        "clinic:intakes",
        "alert-triangle",
        lambda actor: len(conflicts.waiting(actor)),
    ),
    Step(
        "case.move",
        ngettext_lazy("%(n)d matter has no next action", "%(n)d matters have no next action", "n"),
        "clinic:home",
        "alert-triangle",
        board.count_adrift,
    ),
    Step(
        "intake.start",
        ngettext_lazy("%(n)d intake came from the web", "%(n)d intakes came from the web", "n"),
        "clinic:intakes",
        "inbox",
        intake.count_new_from_web,
    ),
    Step(
        "person.approve_purge",
        ngettext_lazy(
            "%(n)d file is to be destroyed and waits for a second yes",
            "%(n)d files are to be destroyed and wait for a second yes",
            "n",
        ),
        "people:purges",
        "alert-triangle",
        lambda actor: people.purges_waiting(actor).filter(approved_by__isnull=True).count(),
    ),
    Step(
        "export.approve",
        ngettext_lazy("%(n)d list waits for a second yes", "%(n)d lists wait for a second yes", "n"),
        "people:exports",
        "alert-triangle",
        lambda actor: people.exports_waiting(actor).count(),
    ),
    Step(
        "user.approve_role",
        ngettext_lazy("%(n)d role waits for a second yes", "%(n)d roles wait for a second yes", "n"),
        "core:users",
        "user-shield",
        lambda actor: core.waiting_grants(actor).count(),
    ),
    Step(
        "person.merge",
        ngettext_lazy("%(n)d pair may be one person: look at both", "%(n)d pairs may be one person: look at both", "n"),
        "people:duplicates",
        "copy-check",
        lambda actor: len(people.pairs_to_check(actor)),
    ),
    Step(
        "person.propose_purge",
        ngettext_lazy(
            "%(n)d file was not needed for three years: keep it, or let it go",
            "%(n)d files were not needed for three years: keep them, or let them go",
            "n",
        ),
        "people:review",
        "history",
        lambda actor: len(people.files_to_review(actor)),
    ),
    Step(
        "contact.see",
        ngettext_lazy("%(n)d report from a phone waits for you", "%(n)d reports from phones wait for you", "n"),
        "organizing:reports",
        "map-pin",
        lambda actor: len(organizing.reports_held(actor)),
    ),
    Step(
        "contact.see",
        ngettext_lazy(
            "%(n)d person in your care: no visit, call or text for 30 days",
            "%(n)d people in your care: no visit, call or text for 30 days",
            "n",
        ),
        "organizing:left_alone",
        "users",
        lambda actor: organizing.count_left_alone(actor, MOST + 1),
    ),
    Step(
        "message.see",
        ngettext_lazy(
            "%(n)d text waits for an answer in your languages", "%(n)d texts wait for an answer in your languages", "n"
        ),
        "organizing:inbox",
        "inbox",
        texts.count_unread,
    ),
    Step(
        "referral.take",
        ngettext_lazy("%(n)d person asked for a visit", "%(n)d people asked for a visit", "n"),
        "web:visits_asked",
        "map-pin",
        lambda actor: len(referrals.waiting(actor)),
    ),
    Step(
        "assignment.edit",
        ngettext_lazy("%(n)d list on paper is not typed in", "%(n)d lists on paper are not typed in", "n"),
        "organizing:find_sheet",
        "map-pin",
        lambda actor: len(organizing.unentered_lists(actor)),
    ),
    Step(
        "person.add",
        _("Somebody is at the door: look for them first, then add them"),
        "people:people",
        "users",
    ),
    Step(
        "workplace.add",
        _("Note a workplace: the name on the sign and the name on the checks"),
        "people:workplaces",
        "building-store",
    ),
    Step(
        "setting.edit",
        _("No backup was made in the last day"),
        "core:center",
        "alert-triangle",
        lambda actor: not health.is_backed_up(),
    ),
    Step("log.verify", _("Check that nothing is missing from the log"), "core:log", "history"),
    Step("center.roles", _("Read what your role may see and do"), "web:roles", "shield-lock"),
)


def next_steps(actor: Actor) -> list[Shown]:
    """The steps of this actor's role that lead somewhere now, the urgent ones first."""
    return [shown for step in STEPS if policy.may(actor, step.verb) and (shown := _show(step, actor))]


def _show(step: Step, actor: Actor) -> Shown | None:
    count = step.count(actor) if step.count else 0
    if step.count and not count:
        return None
    words = str(step.text % {"n": min(count, MOST)} if step.count else step.text)
    if count > MOST:
        words = _("%(line)s (and more)") % {"line": words}
    return Shown(text=str(words), url=reverse(step.view), icon=step.icon, count=min(count, MOST))
