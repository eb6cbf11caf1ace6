"""Several workers, one employer: seen only among those who agreed to be matched. Judgments are public and count."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from centro.clinic.models import Case
from centro.clinic.models.money import StepKind
from centro.clinic.queries.cases import let_see_heads
from centro.clinic.queries.night import in_clinic
from centro.core import clock, policy
from centro.core.policy import Actor
from centro.people.choices import Purpose
from centro.people.models import Consent, Workplace

WORKERS, JUDGMENTS, SHOWN = 3, 1, 50


@dataclass(frozen=True)
class Group:
    """One employer (or one shop whose owner nobody knows): its shops, and how many workers and judgments."""

    shops: list[Workplace]
    workers: int
    judgments: int
    cases: list[Case]

    @property
    def hidden(self) -> int:
        """Workers who agreed, in cases of other teams."""
        return max(0, self.workers - len({case.person_id for case in self.cases}))

    @property
    def suggests_group(self) -> bool:
        """Whether a complaint for a group can be thought of."""
        return self.workers >= WORKERS


def agreed() -> Exists:
    """Whether the person of a case agreed to be matched with co-workers, and did not take it back."""
    live = Consent.objects.filter(person=OuterRef("person"), purpose=Purpose.MATCHING, withdrawn_at__isnull=True)
    return Exists(live.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=clock.today())))


def same_employer(actor: Actor) -> list[Group]:
    """Employers of three workers or more who agreed to be matched, or with a judgment; the most workers first.

    Who did not agree is neither named nor counted.
    """
    in_clinic(actor, "clinic.radar")
    found = list(_counted()[:SHOWN])
    if not found:
        return []
    keys = [row["employer_key"] for row in found]
    shops, cases = _shops(actor, keys), _cases(actor, keys)
    return [
        Group(
            shops=shops.get(row["employer_key"], []),
            workers=row["workers"],
            judgments=row["judgments"],
            cases=cases.get(row["employer_key"], []),
        )
        for row in found
    ]


def _keyed() -> Any:
    """Cases under the owner of their workplace, or the workplace itself where no owner is known."""
    key = Coalesce("workplace__employer_id", "workplace_id")
    return Case.objects.filter(workplace__isnull=False).annotate(employer_key=key)


def _counted() -> Any:
    rows = (
        _keyed()
        .order_by()
        .values("employer_key")
        .annotate(
            workers=Count("person", filter=agreed(), distinct=True),
            judgments=Count("pk", filter=Q(collection_steps__kind=StepKind.JUDGMENT), distinct=True),
        )
    )
    return rows.filter(Q(workers__gte=WORKERS) | Q(judgments__gte=JUDGMENTS)).order_by("-workers", "-judgments")


def _shops(actor: Actor, keys: list[UUID]) -> dict[UUID, list[Workplace]]:
    rows = Workplace.objects.visible_to(actor, "see").filter(Q(employer__in=keys) | Q(employer=None, pk__in=keys))
    found: dict[UUID, list[Workplace]] = {}
    for row in rows:
        found.setdefault(row.employer_id or row.pk, []).append(row)
    return found


def _cases(actor: Actor, keys: list[UUID]) -> dict[UUID, list[Case]]:
    """The cases in these groups whose worker agreed and that this actor may see anyway."""
    visible = Case.objects.visible_to(actor, "see").filter(workplace__isnull=False).filter(agreed())
    rows = visible.annotate(employer_key=Coalesce("workplace__employer_id", "workplace_id"))
    chosen = list(rows.filter(employer_key__in=keys).select_related("person")[: SHOWN * 4])
    let_see_heads(actor, chosen)
    found: dict[UUID, list[Case]] = {}
    for case in chosen:
        key: UUID = case.employer_key
        found.setdefault(key, []).append(case)
    return found


def matched_with(actor: Actor, case: Case) -> Group | None:
    """The group of one case, where its worker agreed to be matched."""
    if case.workplace_id is None or not policy.may(actor, "clinic.radar"):
        return None
    if not Case.objects.filter(pk=case.pk).filter(agreed()).exists():
        return None
    key = case.workplace.employer_id if case.workplace and case.workplace.employer_id else case.workplace_id
    row = _counted().filter(employer_key=key).first()
    if row is None:
        return None
    cases = _cases(actor, [key]).get(key, [])
    return Group(_shops(actor, [key]).get(key, []), row["workers"], row["judgments"], cases)
