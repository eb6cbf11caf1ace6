"""Structure tests: what everybody is asked to do, and what each of them did."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from centro.core import clock, policy
from centro.core.audit import event, record_event, record_events
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.organizing.choices import Source
from centro.organizing.models import Act, Campaign, StructureTest
from centro.people.models import Person, Workplace
from centro.people.versions import take_version

TRIES = 5  # to number a sheet beside another that is printed at the same moment


@transaction.atomic
def add_test(
    *, by: Actor, campaign: Campaign, details: Mapping[str, Any], workplaces: Iterable[Workplace] = ()
) -> StructureTest:
    """Something small that everybody in these workplaces (without any: in the campaign) is asked to do."""
    test = StructureTest(campaign=campaign, added_by_id=by.me, **details)
    test.save()
    test.workplaces.set(workplaces)
    policy.opens_all(test, Relation(policy.relation_to(campaign)))
    record_event("contact.test_added", by=by, about=test, codes=[test.what])
    return test


@transaction.atomic
def edit_test(
    *, by: Actor, test: StructureTest, version: int, details: Mapping[str, Any], workplaces: Iterable[Workplace]
) -> list[str]:
    """Correct what the test is. `Conflict` when somebody else saved first."""
    wanted = {row.pk: row for row in workplaces}
    moved = wanted.keys() != {row.pk for row in test.workplaces.all()}
    now = clock.now()
    changed = take_version(test, version, {**details, "changed_at": now} if moved else details)
    if changed:
        test.changed_at = now
        test.save(update_fields=[*changed, "changed_at"])
        test.workplaces.set(wanted.values())
        record_event("contact.test_edited", by=by, about=test, codes=changed)
    return changed


@transaction.atomic
def mark_act(
    *,
    by: Actor,
    test: StructureTest,
    person: Person,
    deed: str,
    asked_by: UUID | None = None,
    source: str = Source.PAGE,
) -> Act:
    """What one person did; the last word counts. `asked_by` is the leader who asked them, kept if nobody says anew."""
    given = {"asked_by_id": asked_by} if asked_by and asked_by != person.pk else {}
    said = {"deed": deed, "by_id": by.me, "at": clock.now(), "source": source, **given}
    act, _is_new = Act.objects.update_or_create(
        test=test, person=person, defaults=said, create_defaults={**said, "campaign_id": test.campaign_id}
    )
    record_event("contact.tested", by=by, about=act, person=person.pk, codes=[deed] if deed else [])
    return act


@transaction.atomic
def number_people(*, by: Actor, test: StructureTest, people: Sequence[Person]) -> dict[UUID, int]:
    """Give those on a sheet their numbers, which stay theirs on every later sheet. Returns the numbers by person."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                numbers = _numbered(by, test, people)
        except IntegrityError:  # somebody else prints at this moment: their numbers stand, ours follow
            continue
        record_event("contact.test_printed", by=by, about=test)
        return numbers
    raise RuntimeError("no free numbers for the sheet of a test")


def _numbered(by: Actor, test: StructureTest, people: Sequence[Person]) -> dict[UUID, int]:
    """The numbers of these people, new ones after the last of the test."""
    known = {act.person_id: act for act in Act.objects.filter(test=test, person__in=people)}
    last = _last_number(test)
    for person in people:
        act = known.get(person.pk)
        if act is None:
            act = Act(test=test, person=person, campaign_id=test.campaign_id, by_id=by.me)
        if act.number is None:
            last += 1
            act.number = last
            act.save()
        known[person.pk] = act
    return {person.pk: known[person.pk].number or 0 for person in people}


def _last_number(test: StructureTest) -> int:
    return Act.objects.filter(test=test).aggregate(last=Max("number"))["last"] or 0


@transaction.atomic
def key_sheet(*, by: Actor, test: StructureTest, deeds: Mapping[int, str], asked_by: UUID | None = None) -> int:
    """Type in a sheet that came back: what became of each number on it. Returns how many lines."""
    rows = list(Act.objects.filter(test=test, number__in=list(deeds)))
    now = clock.now()
    for act in rows:
        act.deed, act.by_id, act.at, act.source = deeds[act.number or 0], by.me, now, Source.PAPER
        if asked_by and asked_by != act.person_id:
            act.asked_by_id = asked_by
    Act.objects.bulk_update(rows, ["deed", "by", "at", "source", "asked_by"])
    record_events([event("contact.tested", by=by, about=act, person=act.person_id, codes=[act.deed]) for act in rows])
    return len(rows)
