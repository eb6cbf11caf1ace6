"""What this module adds to the person page, the timeline and merges; called once at start."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centro.core.policy import Actor
from centro.organizing import actions, lockdown, queries, talk_joining
from centro.organizing.events import joining as events_joining
from centro.organizing.ladder import joining as ladder_joining
from centro.organizing.models import Assessment, Contact, Post, Stop, Tie
from centro.organizing.network import joining as network_joining
from centro.organizing.standings import refresh
from centro.people import exports, merge, tabs, words

SENTENCES = {
    "contact.logged": _("Visit, call or talk noted"),
    "contact.assessed": _("Assessed"),
    "contact.tie_added": _("Noted whom they know"),
    "contact.sheet_printed": _("Their visit sheet was printed"),
    "contact.charted": _("Put on the wall chart"),
    "contact.uncharted": _("Taken off the wall chart"),
    "contact.tie_ended": _("A tie was ended"),
    "contact.corrected": _("A visit, call or talk was corrected"),
    "contact.tie_named": _("Somebody they named has a file now"),
    "contact.introduction_noted": _("Noted whether they introduced somebody"),
    "assignment.put_on": _("Put on a visit list"),
    "assignment.taken_off": _("Taken off a visit list"),
    "assignment.went_out": _("Went out with a visit list"),
    "assignment.came_back": _("Came back from a visit list"),
    "assignment.out_longer": _("Stays out longer"),
    "assignment.overdue": _("Not back in time"),
    "campaign.let_go": _("Let go by the campaign: they took back their yes"),
    "assignment.released": _("First words for the visit released"),
}


def join() -> None:
    tabs.register(
        tabs.Tab(
            label=_("Organizing"),
            verb="contact.see",
            address=lambda person: reverse("organizing:person", args=[person.pk]),
        )
    )
    words.SENTENCES.update(SENTENCES)
    lockdown.register(
        lockdown.Outside("phones", _("Copies of lists on phones"), queries.count_packs_out, _revoke_packs)
    )
    lockdown.register(lockdown.Outside("exports", _("Lists taken out"), exports.count_open, _revoke_exports))
    for model in (Contact, Assessment, Tie, Stop, Post):
        merge.also_move(model)
    merge.also_move(Tie, "other")
    network_joining.join()
    ladder_joining.join()
    merge.also_do(refresh)
    events_joining.join()
    talk_joining.join()


def _revoke_packs(by: Actor) -> int:
    return actions.revoke_every_pack(by=by)


def _revoke_exports(by: Actor) -> int:
    return exports.revoke_all(by=by)
