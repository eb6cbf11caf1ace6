"""Where a person stands, made anew from the rows that say so: after a contact, an assessment, a merge."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.lookups import Exact

from centro.organizing.choices import Basis, Issue, Outcome
from centro.organizing.models import Assessment, Campaign, Contact, Standing
from centro.organizing.models.contacts import corrected
from centro.people.models import Involvement, Person

_ISSUES = list(Issue.values)


def current_assessment(person: UUID, campaign: UUID) -> Assessment | None:
    """The newest from a conversation or an action; only where there is none, the newest from second hand."""
    rows = Assessment.objects.filter(~corrected("contact"), person=person, campaign=campaign)
    return rows.order_by(Exact(F("basis"), Basis.SECOND_HAND), "-at", "id").first()


def bits_of(codes: Iterable[str]) -> int:
    """Issues as bits, in the order of `Issue`: a search then asks for them without reading a contact."""
    return sum({1 << _ISSUES.index(code) for code in codes if code in _ISSUES})


def restate(person: UUID, campaign: UUID) -> None:
    """Write where one person stands in one campaign."""
    rows = Contact.objects.valid().filter(person=person, campaign=campaign).latest_first()
    tries = list(rows.values_list("at", "outcome", "issues"))
    assessed = current_assessment(person, campaign)
    stands = {
        "tries": len(tries),
        "contact_at": tries[0][0] if tries else None,
        "outcome": tries[0][1] if tries else "",
        "talked_at": next((at for at, outcome, _issues in tries if outcome == Outcome.TALKED), None),
        "value": assessed.value if assessed else None,
        "basis": assessed.basis if assessed else "",
        "assessed_at": assessed.at if assessed else None,
        "issues": bits_of(code for _at, _outcome, issues in tries for code in issues),
    }
    where: dict[str, Any] = {"person_id": person, "campaign_id": campaign}
    if not Standing.objects.filter(**where).update(**stands):
        Standing.objects.update_or_create(**where, defaults=stands)


def refresh(person: Person) -> None:
    """Write where a person stands in every campaign that knows them: their rows came or went with a merge."""
    known: set[UUID] = set(Standing.objects.filter(person=person).values_list("campaign", flat=True))
    known |= set(Contact.objects.filter(person=person).values_list("campaign", flat=True))
    known |= set(Assessment.objects.filter(person=person).values_list("campaign", flat=True))
    part_of = Involvement.objects.filter(person=person, scope_kind="campaign", until__isnull=True)
    known |= set(Campaign.objects.filter(pk__in=part_of.values("scope")).values_list("pk", flat=True))
    for campaign in known:
        restate(person.pk, campaign)
