"""Litigation holds, and demands for what we hold: written down at once, answered by counsel, never by staff alone."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from centro.clinic.models import Case, Hold, LegalDemand, Matter, PersonHold
from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.classes import Role
from centro.core.models import RoleGrant, Task, User
from centro.core.policy import Actor
from centro.people.models import Person

AnyHold = Hold | PersonHold
REVIEW_EVERY = timedelta(days=90)
TOLD = (Role.ATTORNEY, Role.DIRECTOR)


@transaction.atomic
def place_hold(*, by: Actor, case: Case, reason: str = "", matter: Matter | None = None) -> Hold:
    """From now on nothing of this case is destroyed, whatever any timer says. A second click changes nothing.

    `matter`: for the dispute of this matter alone; lifted by itself.
    """
    known: Hold | None = case.holds.filter(lifted_at__isnull=True, matter=matter).first()
    if known is not None:
        return known
    hold = Hold(case=case, matter=matter, reason=reason, placed_by_id=by.user_id)
    hold.save()
    record_event("hold.placed", by=by, about=hold, person=case.person_id, codes=["matter" if matter else "case"])
    return hold


@transaction.atomic
def hold_person(*, by: Actor, person: Person, reason: str = "") -> PersonHold:
    """From now on nothing of this person is destroyed: no intake, no case, not their file."""
    known: PersonHold | None = PersonHold.objects.filter(person=person, lifted_at__isnull=True).first()
    if known is not None:
        return known
    hold = PersonHold(person=person, reason=reason, placed_by_id=by.user_id)
    hold.save()
    record_event("hold.placed", by=by, about=hold, person=person.pk, codes=["person"])
    return hold


@transaction.atomic
def lift_hold(*, by: Actor, hold: AnyHold) -> bool:
    """The dispute is over. False when somebody lifted it before, or while a demand about it is open."""
    if LegalDemand.objects.filter(_about(hold), state="open").exists():
        return False
    now = {"lifted_at": clock.now(), "lifted_by_id": by.user_id}
    is_done = type(hold).objects.filter(pk=hold.pk, lifted_at__isnull=True).update(**now) == 1
    if is_done:
        record_event("hold.lifted", by=by, about=hold, person=_person_of(hold))
    return is_done


def _about(hold: AnyHold) -> Q:
    """Demands about the case of a hold; of a person, about any of their cases."""
    return Q(case__person=hold.person_id) if isinstance(hold, PersonHold) else Q(case=hold.case_id)


def _person_of(hold: AnyHold) -> UUID:
    return hold.person_id if isinstance(hold, PersonHold) else hold.case.person_id


@transaction.atomic
def review_hold(*, by: Actor, hold: AnyHold) -> None:
    """Somebody looked whether the hold is still needed, and it is."""
    type(hold).objects.filter(pk=hold.pk).update(reviewed_on=clock.today())
    record_event("hold.reviewed", by=by, about=hold, person=_person_of(hold))


@transaction.atomic
def ask_for_reviews(*, by: Actor) -> int:
    """Holds nobody looked at for ninety days come onto the list of whoever placed them. Returns how many."""
    day = clock.today() - REVIEW_EVERY
    old = Q(reviewed_on__lt=day) | Q(reviewed_on__isnull=True, placed_at__lt=clock.now() - REVIEW_EVERY)
    asked = Task.objects.filter(about_kind__in=("hold", "personhold"), done_at__isnull=True).values("about")
    live = Q(lifted_at__isnull=True, placed_by__isnull=False) & ~Q(pk__in=asked)
    holds: list[AnyHold] = [*Hold.objects.filter(old, live).select_related("placed_by", "case")[:200]]
    holds += PersonHold.objects.filter(old, live).select_related("placed_by")[:200]
    for hold in holds:
        if hold.placed_by is not None:
            _ask(by, hold.placed_by, hold)
    return len(holds)


def _ask(by: Actor, user: User, hold: AnyHold) -> None:
    """A task with the case number; of a person's hold, without any name."""
    with translation.override(user.language):
        if isinstance(hold, PersonHold):
            what = _("A person has been under a litigation hold for ninety days: is it still needed?")
        else:
            what = _("%(case)s has been under a litigation hold for ninety days: is it still needed?")
            what %= {"case": hold.case.number}
    core.add_task(by=by, owner=user, what=what, due_on=clock.today(), about=hold)


@transaction.atomic
def receive_demand(*, by: Actor, details: Mapping[str, Any], case: Case | None = None) -> LegalDemand:
    """Somebody came with a paper, or a question. The case is held; attorneys and directors hear of it today."""
    demand = LegalDemand(case=case, by_id=by.user_id, **details)
    demand.save()
    person = case.person_id if case is not None else None
    record_event("legal_demand.received", by=by, about=demand, person=person, codes=[demand.kind])
    if case is not None:
        place_hold(by=by, case=case)
    for user in _to_be_told():
        _warn(by, user, demand)
    return demand


def _to_be_told() -> list[User]:
    live = RoleGrant.objects.live().filter(role__in=TOLD)
    return list(User.objects.filter(is_active=True, pk__in=live.values("user")))


def _warn(by: Actor, user: User, demand: LegalDemand) -> None:
    with translation.override(user.language):
        what = _("A legal demand arrived: %(kind)s. Nobody answers alone; name counsel and look at the deadline.") % {
            "kind": demand.get_kind_display()
        }
    core.add_task(by=by, owner=user, what=what, due_on=clock.today(), about=demand)


@transaction.atomic
def edit_demand(*, by: Actor, demand: LegalDemand, version: int, details: Mapping[str, Any]) -> bool:
    """Who answers, until when, what became of it. False when somebody else saved first."""
    changed = [name for name, value in details.items() if getattr(demand, name) != value]
    if not changed:
        return True
    if not LegalDemand.objects.filter(pk=demand.pk, version=version).update(version=version + 1):
        return False
    for name in changed:
        setattr(demand, name, details[name])
    demand.save(update_fields=changed)
    record_event("legal_demand.edited", by=by, about=demand, codes=changed)
    return True
