"""What texts, calls and membership add to timelines and merges; called once at start."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centro.core.money import dollars
from centro.core.policy import Actor
from centro.organizing.members import papers as members_papers
from centro.organizing.members import state as members_state
from centro.organizing.models import Membership, Presence, Seat
from centro.organizing.queries.members import dues_of, membership_of
from centro.people import held, merge, tabs, words
from centro.people.models import Person
from centro.people.queries.texts import messages_of

SENTENCES: dict[str, str | Promise] = {
    "assignment.skipped": _("Skipped on a list of texts or calls"),
    "member.asked": _("Asked to become a member"),
    "member.joined": _("Became a member"),
    "member.edited": _("Membership corrected"),
    "member.paid": _("Dues paid"),
    "member.waived": _("Dues waived"),
    "member.payment_reversed": _("A payment of dues was taken back"),
    "member.lapsed": _("Dues ran out"),
    "member.left": _("Is no member any more"),
    "member.carded": _("Got a member card"),
    "member.reminded": _("Reminded to renew the membership"),
    "member.seated": _("Joined a committee"),
    "member.unseated": _("Left a committee"),
    "member.present": _("Came to the assembly"),
}


def join() -> None:
    words.register(SENTENCES)
    members_papers.register()
    tabs.register(
        tabs.Tab(
            label=_("Membership"),
            verb="member.see",
            address=lambda person: reverse("organizing:member", args=[person.pk]),
        )
    )
    held.register(held.Held(_("Texts of organizing"), "message.see", _texts, (_("When"), _("Who"), _("Words"))))
    held.register(held.Held(_("Membership"), "member.see", _membership))
    for model in (Membership, Seat, Presence):
        merge.also_move(model)
    merge.also_do(members_state.refresh)


def _texts(actor: Actor, person: Person) -> Iterable[held.Row]:
    """What was written in both directions."""
    for message in messages_of(actor, person):
        who = person.short_name if message.is_incoming else gettext("The center")
        yield _day(message.at), who, str(message.words)


def _membership(actor: Actor, person: Person) -> Iterable[held.Row]:
    """State, pledge and the lines of the ledger."""
    row = membership_of(actor, person)
    if row is None:
        return
    yield gettext("State"), str(row.get_state_display())
    yield gettext("Pledge"), f"{row.get_said_how_display()}, {_day(row.said_on)}"
    yield gettext("A committee they would like"), str(row.interest)
    for entry in dues_of(actor, row):
        yield _day(entry.paid_on), f"{dollars(entry.cents)} {entry.get_method_display()} ({entry.number})"


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
