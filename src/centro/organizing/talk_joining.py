"""What texts, calls and membership add to timelines and merges; called once at start."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.organizing import members_papers
from centro.organizing.models import Membership, Presence, Seat
from centro.people import merge, tabs, words

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
    for model in (Membership, Seat, Presence):
        merge.also_move(model)
