"""The leadership ladder: its steps, who stands where, coaching notes, a leader's own people and her link to them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from centro.core import clock
from centro.core.audit import record_event
from centro.core.links import mark_of, new_link
from centro.core.models import User
from centro.core.policy import Actor
from centro.organizing.ladder.choices import DEFAULT, Told
from centro.organizing.models import Campaign, Climb, CoachingNote, Following, LadderStep, LeaderLink
from centro.organizing.models.ladder import OFF
from centro.people.models import Person
from centro.people.versions import save_version

MOST_LED = 10  # people of one leader: more than that and nobody is really followed
LASTS = timedelta(days=30)  # a leader's link


class Moved(Exception):
    """Somebody else decided about this person since the page was opened. `now` is where they stand."""

    def __init__(self, now: Climb | None) -> None:
        super().__init__(now)
        self.now = now


class StoodOn(Exception):
    """People stand on the step, or it is the last one: it stays. `people`: how many."""

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self.people = people


class TooMany(Exception):
    """A leader has as many people as one can follow."""


@transaction.atomic
def begin_ladder(*, by: Actor, campaign: Campaign) -> list[LadderStep]:
    """The campaign's own steps; it begins with the usual ones. Said twice, they are the same steps."""
    known = list(LadderStep.objects.standing().filter(campaign=campaign))
    if known:
        return known
    steps = [
        LadderStep(campaign=campaign, place=place, rung=rung, rules=dict(rules))
        for place, (rung, rules) in enumerate(DEFAULT.items(), 1)
    ]
    for step in steps:
        step.save()
    record_event("contact.ladder_begun", by=by, about=campaign)
    return steps


@transaction.atomic
def edit_step(*, by: Actor, step: LadderStep, version: int, details: Mapping[str, Any]) -> list[str]:
    """Other words for a step, or other evidence. Who stands on it stays there. `Conflict` when it was saved before."""
    changed = save_version(step, version, details)
    if changed:
        record_event("contact.ladder_edited", by=by, about=step, codes=changed)
    return changed


@transaction.atomic
def add_step(*, by: Actor, campaign: Campaign, words: str, rules: Mapping[str, int]) -> LadderStep:
    """One more step at the top of the ladder."""
    last = begin_ladder(by=by, campaign=campaign)[-1]
    step = LadderStep(campaign=campaign, place=last.place + 1, words=words, rules=dict(rules))
    step.save()
    record_event("contact.ladder_edited", by=by, about=step)
    return step


@transaction.atomic
def move_step(*, by: Actor, campaign: Campaign, name: str, up: bool) -> bool:
    """A step changes places with the next one above, or below. Who stands on it stays there. False at either end."""
    steps = _locked(by, campaign)
    here = next((place for place, step in enumerate(steps) if step.name == name), -1)
    there = here + 1 if up else here - 1
    if here < 0 or not 0 <= there < len(steps):
        return False
    one, other = steps[here], steps[there]
    _place(one, OFF - 1)  # out of the way: no two steps have one place, not for a moment
    _place(other, one.place)
    _place(one, other.place)
    record_event("contact.ladder_edited", by=by, about=one, codes=["place"])
    return True


@transaction.atomic
def take_step_off(*, by: Actor, campaign: Campaign, name: str) -> bool:
    """Nobody will stand on this step any more; decisions of before still name it. False when it is off already.

    `StoodOn` while somebody stands on it, and for the last step of a ladder: a person decides about people.
    """
    steps = _locked(by, campaign)
    step = next((step for step in steps if step.name == name), None)
    if step is None:
        return False
    people = Climb.objects.filter(step=step, until__isnull=True).count()
    if people or len(steps) == 1:
        raise StoodOn(people)
    _place(step, OFF + LadderStep.objects.filter(campaign=campaign).count() - len(steps))
    record_event("contact.ladder_edited", by=by, about=step, codes=["off"])
    return True


def _locked(by: Actor, campaign: Campaign) -> list[LadderStep]:
    """The steps from the lowest to the highest; nobody else changes them or decides on them meanwhile."""
    begin_ladder(by=by, campaign=campaign)
    return list(LadderStep.objects.standing().select_for_update().filter(campaign=campaign).order_by("place"))


def _place(step: LadderStep, place: int) -> None:
    """Whoever has the step open learns of it by its version."""
    LadderStep.objects.filter(pk=step.pk).update(place=place, version=F("version") + 1, changed_at=clock.now())


@transaction.atomic
def decide_step(
    *,
    by: Actor,
    campaign: Campaign,
    person: Person,
    name: str,
    decided_on: date,
    mentor: User | None,
    evidence: str,
    seen: UUID | None,
    was_suggested: bool = False,
) -> Climb:
    """A person stands on a step from this day, because somebody decided so, up or down; what was before stays written.

    `seen` is the decision that the page showed; `Moved` when there is another by now, or the step was taken off.
    """
    step = next((step for step in _locked(by, campaign) if step.name == name), None)
    now = Climb.objects.select_for_update().filter(campaign=campaign, person=person, until__isnull=True).first()
    if step is None or (now.pk if now else None) != seen:
        raise Moved(now)
    if now is not None:
        Climb.objects.filter(pk=now.pk).update(until=clock.now())
    climb = Climb(campaign=campaign, person=person, step=step, decided_on=decided_on, mentor=mentor, by_id=by.me)
    climb.evidence, climb.was_suggested = evidence, was_suggested
    climb.save()
    record_event("contact.stepped", by=by, about=climb, person=person.pk, codes=[step.rung or "own"])
    return climb


@transaction.atomic
def add_note(*, by: Actor, campaign: Campaign, person: Person, words: str, shows: str = "") -> CoachingNote:
    """What a mentor saw and said. Notes are added, never changed."""
    note = CoachingNote(campaign=campaign, person=person, words=words, shows=shows, by_id=by.me)
    note.save()
    record_event("contact.coached", by=by, about=note, person=person.pk, codes=[shows] if shows else [])
    return note


@transaction.atomic
def follow(*, by: Actor, campaign: Campaign, leader: Person, person: Person) -> bool:
    """One more of a leader's own people. False when they are already; `TooMany` over ten."""
    led = Following.objects.filter(campaign=campaign, leader=leader)
    if leader.pk == person.pk or led.filter(person=person).exists():
        return False
    if led.count() >= MOST_LED:
        raise TooMany
    row = Following(campaign=campaign, leader=leader, person=person, by_id=by.me)
    row.call_name = str(person.short_name)
    row.save()
    record_event("contact.followed", by=by, about=row, person=person.pk)
    return True


@transaction.atomic
def unfollow(*, by: Actor, following: Following) -> None:
    """Not one of her people any more."""
    record_event("contact.unfollowed", by=by, about=following, person=following.person_id)
    following.delete()


@transaction.atomic
def start_over(*, by: Actor, campaign: Campaign, leader: Person) -> int:
    """For a new ask: nobody of hers has been asked yet. Returns how many had been."""
    rows = Following.objects.filter(campaign=campaign, leader=leader, told__gt=Told.NOT_YET)
    count = rows.update(told=Told.NOT_YET, told_at=None)
    record_event("contact.followings_cleared", by=by, about=leader, person=leader.pk)
    return count


@transaction.atomic
def tell(*, by: Actor, following: Following, told: int) -> bool:
    """How far a leader has got with one of her people; the last word counts. False when nothing changed."""
    rows = Following.objects.filter(pk=following.pk).exclude(told=told)
    is_new = rows.update(told=told, told_at=clock.now()) == 1
    if is_new:
        record_event(
            "contact.leader_told", by=by, about=following, person=following.person_id, codes=[Told(told).name.lower()]
        )
    return is_new


@transaction.atomic
def make_link(*, by: Actor, campaign: Campaign, leader: Person) -> tuple[LeaderLink, str]:
    """A link for a leader, to be shown once; an older one of hers ends."""
    now, secret = clock.now(), new_link()
    LeaderLink.objects.filter(campaign=campaign, leader=leader, revoked_at__isnull=True).update(revoked_at=now)
    link = LeaderLink(campaign=campaign, leader=leader, by_id=by.me, ends_at=now + LASTS, mark=mark_of(secret))
    link.save()
    record_event("contact.link_made", by=by, about=link, person=leader.pk)
    return link, secret


@transaction.atomic
def revoke_link(*, by: Actor, campaign: Campaign, leader: Person) -> bool:
    """Her link shows nothing from now on. False when there was none."""
    live = LeaderLink.objects.filter(campaign=campaign, leader=leader, revoked_at__isnull=True)
    is_revoked = live.update(revoked_at=clock.now()) > 0
    if is_revoked:
        record_event("contact.link_revoked", by=by, about=leader, person=leader.pk)
    return is_revoked


@transaction.atomic
def revoke_every_link(*, by: Actor) -> int:
    """Lock-down: no leader's link shows anything any more. Returns how many did."""
    count = LeaderLink.objects.live().update(revoked_at=clock.now())
    record_event("contact.links_revoked", by=by)
    return count
