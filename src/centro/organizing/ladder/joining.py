"""What structure tests, the ladder and searches add to timelines, merges and the lock-down; called once at start."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.core import clock, policy
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.organizing import lockdown
from centro.organizing.actions.ladder import revoke_every_link
from centro.organizing.models import Act, Climb, CoachingNote, Following, LeaderLink
from centro.organizing.queries.ladder import count_links_out
from centro.people import held, merge, tabs, words
from centro.people.models import Person

SENTENCES: dict[str, str | Promise] = {
    "contact.tested": _("What they did in a structure test noted"),
    "contact.stepped": _("A step on the ladder decided"),
    "contact.coached": _("Coaching note written"),
    "contact.followed": _("Became one of a leader’s own people"),
    "contact.unfollowed": _("Not one of that leader’s people any more"),
    "contact.leader_told": _("A leader ticked them on her own list"),
    "contact.link_made": _("Got a link to her own list"),
    "contact.link_revoked": _("The link to her own list was revoked"),
}


def join() -> None:
    tabs.register(
        tabs.Tab(
            label=_("Ladder"),
            verb="contact.see",
            address=lambda person: reverse("organizing:climb", args=[person.pk]),
        )
    )
    words.register(SENTENCES)
    held.register(held.Held(_("Structure tests and the ladder"), "contact.see", _held, (_("When"), _("What"))))
    lockdown.register(lockdown.Outside("leaders", _("Leaders’ links to their own lists"), count_links_out, _revoke))
    for model in (Act, Climb, CoachingNote, Following):
        merge.also_move(model)
    merge.also_move(Act, "asked_by")
    merge.also_move(Following, "leader")
    merge.also_do(_end_links_of_merged)


def _revoke(by: Actor) -> int:
    return revoke_every_link(by=by)


def _end_links_of_merged(person: Person) -> None:
    """The link of a file that was merged away ends, and an undo does not bring it back: she gets a new one."""
    if person.merged_into_id:
        LeaderLink.objects.filter(leader=person, revoked_at__isnull=True).update(revoked_at=clock.now())


def _held(by: Actor, person: Person) -> Iterator[tuple[str, str]]:
    """What a person did in tests, on which steps they stood and why, and what their mentors noted, in their words."""

    def day(at: date) -> str:
        return formats.date_format(at, "DATE_FORMAT")

    acts = Act.objects.visible_to(by, "see").filter(person=person).exclude(deed="").select_related("test")
    for act in acts:
        yield day(act.test.held_on), f"{act.test.get_what_display()}: {act.get_deed_display()}"
    for climb in Climb.objects.visible_to(by, "see").filter(person=person).select_related("step"):
        step = policy.opens_all(climb.step, Relation(policy.relation_to(climb)))
        yield day(climb.decided_on), f"{step.label}: {climb.evidence}"
    for note in CoachingNote.objects.visible_to(by, "see").filter(person=person):
        yield day(timezone.localtime(note.at).date()), str(note.words)
