"""Campaigns: their team, their people, and the words of their scale."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from centro.core import actions as core
from centro.core import policy
from centro.core.audit import record_event
from centro.core.classes import Relation, Role
from centro.core.models import Place, User
from centro.core.policy import Actor
from centro.organizing.models import Campaign, Scale, Standing
from centro.people import actions as people
from centro.people.models import Involvement, Person
from centro.people.versions import save_version


@transaction.atomic
def add_campaign(*, by: Actor, details: Mapping[str, Any], scale: Sequence[str]) -> Campaign:
    """A new effort. Whoever starts it is on its team; `scale` says what 1, 2, … mean."""
    campaign = Campaign(added_by_id=by.user_id, **details)
    campaign.save()
    _new_scale(campaign, scale)
    relation = _relation(by)
    starter = User.objects.get(pk=by.me)
    core.give_place(by=by, user=starter, scope_kind="campaign", scope=campaign.pk, relation=relation)
    policy.opens_all(campaign, relation)
    record_event("campaign.added", by=by, about=campaign)
    return campaign


def _relation(by: Actor) -> Relation:
    """The place that opens the campaign and its people: a manager sees people through the program, not a team."""
    sees_people = policy.relations(by, "person.see")
    both = [relation for relation in policy.relations(by, "campaign.see") if relation in sees_people]
    return both[0] if both else Relation.TEAM


def _new_scale(campaign: Campaign, words: Sequence[str]) -> Scale:
    last = Scale.objects.filter(campaign=campaign).order_by("-number").values_list("number", flat=True).first()
    scale = Scale(campaign=campaign, number=(last or 0) + 1, steps=len(words), words="\n".join(words))
    scale.save()
    return scale


@transaction.atomic
def edit_campaign(*, by: Actor, campaign: Campaign, version: int, details: Mapping[str, Any]) -> list[str]:
    """Correct a campaign. `Conflict` when somebody else saved first."""
    changed = save_version(campaign, version, details)
    if not changed:
        return []
    record_event("campaign.edited", by=by, about=campaign, codes=changed)
    return changed


@transaction.atomic
def reword_scale(*, by: Actor, campaign: Campaign, words: Sequence[str]) -> Scale:
    """Other words for the numbers from now on; what was assessed before keeps the words of its day."""
    scale = _new_scale(campaign, words)
    record_event("campaign.scale_reworded", by=by, about=campaign)
    return scale


@transaction.atomic
def join_team(*, by: Actor, campaign: Campaign, user: User) -> Place:
    """Somebody works on this campaign from now on."""
    is_manager = user.role_grants.filter(role=Role.MANAGER, to_at__isnull=True, from_at__isnull=False).exists()
    is_organizer = user.role_grants.filter(role=Role.ORGANIZER, to_at__isnull=True, from_at__isnull=False).exists()
    relation = Relation.PROGRAM if is_manager and not is_organizer else Relation.TEAM
    place = core.give_place(by=by, user=user, scope_kind="campaign", scope=campaign.pk, relation=relation)
    record_event("campaign.joined", by=by, about=place)
    return place


@transaction.atomic
def leave_team(*, by: Actor, campaign: Campaign, user: User) -> bool:
    """Somebody is off this campaign: at once. False when they were not on it."""
    is_off = core.end_places(by=by, scope=campaign.pk, user=user) > 0
    if is_off:
        record_event("campaign.left", by=by, about=campaign)
    return is_off


@transaction.atomic(savepoint=False)
def put_in_campaign(*, by: Actor, campaign: Campaign, people_in: Iterable[Person]) -> int:
    """People become part of a campaign: its team sees them. Returns how many were not before."""
    wanted = list(people_in)
    scope = Involvement.objects.filter(scope=campaign.pk, until__isnull=True, person__in=wanted)
    known = set(scope.values_list("person", flat=True))
    new = [person for person in wanted if person.pk not in known]
    for person in new:
        people.involve(by=by, person=person, scope_kind="campaign", scope=campaign.pk)
        Standing.objects.get_or_create(person=person, campaign=campaign)
    return len(new)
