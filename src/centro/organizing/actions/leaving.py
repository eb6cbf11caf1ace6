"""A campaign lets go of somebody who took back their yes to it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.actions.ladder import revoke_link, unfollow
from centro.organizing.actions.lists import revoke_pack, take_off_list
from centro.organizing.models import Assignment, Campaign, Following, Pack, Stop
from centro.people.models import Involvement, Person


@transaction.atomic
def let_go(*, by: Actor, campaign: Campaign, person: Person) -> None:
    """Nobody of the campaign sees this person any more: on no list, on no phone, at no door, among no leader's people.

    What they said about events stays, hidden, until they are in the campaign again (`events.rounds.WITH_NAMES`).
    """
    _end_involvements(campaign, person)
    stops = Stop.objects.filter(person=person, assignment__campaign=campaign)
    _revoke_copies(by, stops.values_list("assignment", flat=True))
    for stop in stops:
        take_off_list(by=by, stop=stop)
    for following in Following.objects.filter(person=person, campaign=campaign):
        unfollow(by=by, following=following)
    revoke_link(by=by, campaign=campaign, leader=person)
    record_event("campaign.let_go", by=by, about=campaign, person=person.pk)


def _end_involvements(campaign: Campaign, person: Person) -> None:
    lists = Assignment.objects.filter(campaign=campaign).values("pk")
    here = Q(scope=campaign.pk) | Q(scope__in=lists)
    Involvement.objects.filter(here, person=person, until__isnull=True).update(until=clock.now())


def _revoke_copies(by: Actor, lists: "QuerySet[Stop, UUID]") -> None:
    """Whatever phone carries one of these lists destroys its copy at its next contact."""
    for pack in Pack.objects.live().filter(assignment__in=lists):
        revoke_pack(by=by, pack=pack)
