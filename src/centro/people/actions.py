"""Writes about people: one function for each thing staff say they did. Each leaves one event."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import User
from centro.core.policy import Actor
from centro.people import homes, queries, referrals
from centro.people.choices import How, Purpose
from centro.people.messages import send_message
from centro.people.models import (
    Consent,
    Employer,
    Employment,
    Involvement,
    NotSame,
    OfPerson,
    Person,
    Phone,
    Residency,
    SameAs,
    Workplace,
)
from centro.people.versions import save_version, take_version

__all__ = ["send_message"]  # the one way a message leaves; other modules ask for it here


def _touch(person: Person) -> None:
    """A part of the person changed: they come first in the list, and open edit forms see it."""
    person.changed_at = clock.now()
    Person.objects.filter(pk=person.pk).update(changed_at=person.changed_at)


@transaction.atomic
def add_person(
    *,
    by: Actor,
    details: Mapping[str, Any],
    phone: Mapping[str, Any] | None = None,
    workplace: Workplace | None = None,
    not_same_as: frozenset[UUID] = frozenset(),
) -> Person:
    """Somebody new: their names and one way to know them again.

    People `by` looked at and set aside are remembered as not the same. Look-alikes that `by` may not see are never
    mentioned: the pair goes to the queue of those who see both.
    """
    person = Person(added_by_id=by.user_id, in_care_of_id=queries.carer_of(by), **details)
    person.save()
    policy.opens_all(person, _relation_after_adding(by))
    if phone:
        Phone.objects.create(person=person, **phone)
    if workplace:
        Employment.objects.create(person=person, workplace=workplace)
    record_event(
        "person.added",
        by=by,
        about=person,
        person=person.pk,
        codes=[name for name, v in details.items() if v],
    )
    for other in not_same_as:
        _keep_apart(by, person.pk, other)
    _queue_look_alikes(person, number=(phone or {}).get("number", ""), but=not_same_as)
    return person


def _relation_after_adding(by: Actor) -> Relation:
    held = policy.relations(by, "person.see")
    return Relation.CENTER if Relation.CENTER in held else Relation.OWN


def _queue_look_alikes(person: Person, *, number: str, but: frozenset[UUID]) -> None:
    """Pairs that may be one person wait for the front desk and the steward, whoever added them."""
    alike = queries.same_as(given=person.given, family=person.family, native=person.native, phone=number)
    pairs = [
        SameAs(one=person, other_id=other, why="alike")
        for other in alike[:20]
        if other != person.pk and other not in but
    ]
    SameAs.objects.bulk_create(pairs, ignore_conflicts=True)


@transaction.atomic
def say_not_same(*, by: Actor, one: Person, other: Person) -> None:
    """Two people look alike and are not. Nobody is asked about this pair again."""
    _keep_apart(by, one.pk, other.pk)
    record_event("person.not_same", by=by, about=one, person=one.pk)


def _keep_apart(by: Actor, one: UUID, other: UUID) -> None:
    first, second = sorted((one, other))
    NotSame.objects.get_or_create(one_id=first, other_id=second, defaults={"said_by_id": by.user_id})
    SameAs.objects.filter(one_id__in=(one, other), other_id__in=(one, other)).delete()


@transaction.atomic
def edit_person(*, by: Actor, person: Person, version: int, details: Mapping[str, Any]) -> list[str]:
    """Correct what is known of a person. Returns the names of the fields that changed."""
    changed = save_version(person, version, details)
    if changed:
        record_event("person.edited", by=by, about=person, person=person.pk, codes=changed)
    return changed


@transaction.atomic
def add_part(*, by: Actor, person: Person, part: type[OfPerson], details: Mapping[str, Any]) -> Any:
    """A phone, an e-mail, a home or a job of a person."""
    row: Any = part(**{part.vault_of: person, **details})
    _save_part(row)
    _touch(person)
    record_event(f"person.{part._meta.model_name}_added", by=by, about=row, person=person.pk)
    return row


@transaction.atomic
def edit_part(*, by: Actor, row: OfPerson, version: int, details: Mapping[str, Any]) -> list[str]:
    """Correct a phone, an e-mail, a home or a job."""
    changed = take_version(row, version, details)
    if changed:
        _save_part(row)
        _touch(_owner(row))
        record_event(f"person.{row._meta.model_name}_edited", by=by, about=row, person=_owner(row).pk, codes=changed)
    return changed


@transaction.atomic
def remove_part(*, by: Actor, row: OfPerson) -> None:
    """Take a phone, an e-mail, a home or a job away: it was wrong or must not be used."""
    person = _owner(row)
    record_event(f"person.{row._meta.model_name}_removed", by=by, about=row, person=person.pk)
    row.delete()
    if isinstance(row, Residency):
        homes.leave([row.building_id])
    _touch(person)


def _save_part(row: OfPerson) -> None:
    """Save a part; a home finds its building first."""
    left = homes.settle([row]) if isinstance(row, Residency) else []
    row.save()
    homes.leave(left)


def _owner(row: OfPerson) -> Person:
    person: Person = getattr(row, row.vault_of)
    return person


@transaction.atomic
def give_consent(
    *,
    by: Actor,
    person: Person,
    purpose: Purpose,
    text: str,
    text_version: str,
    language: str,
    how: How,
    expires_on: date | None = None,
) -> Consent:
    """A person agreed to one purpose, in these words. An older yes to the same purpose is replaced."""
    Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        text=text,
        text_version=text_version,
        language=language,
        how=how,
        taken_by_id=by.user_id,
        expires_on=expires_on,
    )
    record_event("person.consent_given", by=by, about=consent, person=person.pk, codes=[purpose])
    return consent


@transaction.atomic
def withdraw_consent(*, by: Actor, consent: Consent) -> bool:
    """A person took a yes back; it acts at once, and ends what followed from it. False when it was withdrawn before."""
    ended = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    if ended:
        record_event(
            "person.consent_withdrawn",
            by=by,
            about=consent,
            person=consent.person_id,
            codes=[consent.purpose],
        )
        referrals.withdrawn(by, consent)
    return bool(ended)


@transaction.atomic
def restrict_person(*, by: Actor, person: Person) -> None:
    """The person asked us not to use their data for now: out of every list, kept as it is."""
    if Person.objects.filter(pk=person.pk, restricted_at__isnull=True).update(restricted_at=clock.now()):
        record_event("person.restricted", by=by, about=person, person=person.pk)


@transaction.atomic
def lift_restriction(*, by: Actor, person: Person) -> None:
    """The person lets us use their data again."""
    if Person.objects.filter(pk=person.pk, restricted_at__isnull=False).update(restricted_at=None):
        record_event("person.restriction_lifted", by=by, about=person, person=person.pk)


@transaction.atomic
def hand_over(*, by: Actor, person: Person, to: User) -> None:
    """Another organizer or counsellor cares for this person from now on."""
    Person.objects.filter(pk=person.pk).update(in_care_of=to, changed_at=clock.now())
    record_event("person.handed_over", by=by, about=person, person=person.pk)


@transaction.atomic
def involve(*, by: Actor, person: Person, scope_kind: str, scope: UUID) -> Involvement:
    """A person becomes part of a campaign, case, program or list: those with a place on it see them."""
    row = Involvement.objects.create(person=person, scope_kind=scope_kind, scope=scope)
    record_event("person.involved", by=by, about=row, person=person.pk, codes=[scope_kind])
    return row


def _with_employer(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details with the employer in place of the owner's name; a name not known yet becomes a new employer."""
    rest = {name: value for name, value in details.items() if name != "owner"}
    if "owner" not in details:
        return rest
    name = details["owner"]
    known = queries.employer_by_name(name) if name else None
    return {**rest, "employer": known or (Employer.objects.create(name=name) if name else None)}


@transaction.atomic
def add_workplace(*, by: Actor, details: Mapping[str, Any]) -> Workplace:
    """A shop, site or home where people work. `owner` in the details names the employer, known or new."""
    workplace = Workplace(**_with_employer(details))
    workplace.save()
    policy.opens_all(workplace)
    record_event("workplace.added", by=by, about=workplace)
    return workplace


@transaction.atomic
def edit_workplace(*, by: Actor, workplace: Workplace, version: int, details: Mapping[str, Any]) -> list[str]:
    """Correct what is known of a workplace."""
    changed = save_version(workplace, version, _with_employer(details))
    if changed:
        record_event("workplace.edited", by=by, about=workplace, codes=changed)
    return changed
