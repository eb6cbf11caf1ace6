"""Several workers, one employer: seen only among those who agreed to be matched. Judgments are public and count."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from centro.clinic.models import Case, CollectionStep
from centro.clinic.models.money import StepKind
from centro.clinic.queries.cases import let_see_heads
from centro.clinic.queries.night import in_clinic
from centro.core import clock, policy
from centro.core.policy import Actor
from centro.people.choices import Purpose
from centro.people.models import Consent, Workplace

WORKERS, JUDGMENTS = 3, 1
SHOWN, NAMED = 30, 8


@dataclass(frozen=True)
class Group:
    """One employer (or one shop whose owner nobody knows): its shops, and how many workers and judgments."""

    shops: list[Workplace]
    workers: int
    judgments: int
    cases: list[Case]

    @property
    def hidden(self) -> int:
        """Workers who agreed and are not named here: too many for a list, or in cases of other teams."""
        return max(0, self.workers - len(self.cases))

    @property
    def suggests_group(self) -> bool:
        """Whether a complaint for a group can be thought of."""
        return self.workers >= WORKERS


def agreed() -> Q:
    """Cases whose person agreed to be matched with co-workers, and did not take it back."""
    live = Consent.objects.filter(purpose=Purpose.MATCHING, withdrawn_at__isnull=True)
    now = live.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=clock.today()))
    return Q(person__in=now.values("person"))


def same_employer(actor: Actor) -> list[Group]:
    """Employers of three workers or more who agreed to be matched, or with a judgment; the most workers first.

    Who did not agree is neither named nor counted.
    """
    in_clinic(actor, "clinic.radar")
    return _groups(actor, Case.objects.filter(workplace__isnull=False))


def matched_with(actor: Actor, case: Case) -> Group | None:
    """The group of one case, where its worker agreed to be matched."""
    if case.workplace is None or not policy.may(actor, "clinic.radar"):
        return None
    if not Case.objects.filter(agreed(), pk=case.pk).exists():
        return None
    owner = case.workplace.employer_id
    same = Q(workplace__employer=owner) if owner else Q(workplace=case.workplace_id, workplace__employer=None)
    return next(iter(_groups(actor, Case.objects.filter(same))), None)


def _groups(actor: Actor, cases: Any) -> list[Group]:
    """The employers of these cases that are worth a look, with what the actor may see of them."""
    workers, judgments = _counts(cases)
    keys = [
        key for key in {*workers, *judgments} if workers.get(key, 0) >= WORKERS or judgments.get(key, 0) >= JUDGMENTS
    ]
    keys = sorted(keys, key=lambda key: (-workers.get(key, 0), -judgments.get(key, 0), str(key)))[:SHOWN]
    shops, known = _shops(actor, keys), _cases(actor, keys)
    return [Group(shops.get(key, []), workers.get(key, 0), judgments.get(key, 0), known.get(key, [])) for key in keys]


# A workplace counts under its owner, or by itself where no owner is known.
KEY = Coalesce("workplace__employer_id", "workplace_id")


def _counts(cases: Any) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """By employer: how many different workers who agreed, and how many cases with a judgment."""
    keyed = cases.annotate(employer_key=KEY).order_by().values_list("employer_key")
    judged = CollectionStep.objects.filter(kind=StepKind.JUDGMENT).values("case")
    workers = keyed.filter(agreed()).annotate(n=Count("person", distinct=True))
    return dict(workers), dict(keyed.filter(pk__in=judged).annotate(n=Count("pk")))


def _shops(actor: Actor, keys: list[UUID]) -> dict[UUID, list[Workplace]]:
    rows = Workplace.objects.visible_to(actor, "see").filter(Q(employer__in=keys) | Q(employer=None, pk__in=keys))
    found: dict[UUID, list[Workplace]] = {}
    for row in rows:
        found.setdefault(row.employer_id or row.pk, []).append(row)
    return found


def _cases(actor: Actor, keys: list[UUID]) -> dict[UUID, list[Case]]:
    """Cases in these groups whose worker agreed and that this actor may see anyway: one a worker, a few a group."""
    visible = Case.objects.visible_to(actor, "see").filter(agreed(), workplace__isnull=False)
    rows = visible.annotate(employer_key=KEY).filter(employer_key__in=keys).order_by("-opened_at")
    chosen: dict[UUID, dict[UUID, UUID]] = {}
    for pk, key, person in rows.values_list("pk", "employer_key", "person"):
        group = chosen.setdefault(key, {})
        if person not in group and len(group) < NAMED:
            group[person] = pk
    ids = [pk for group in chosen.values() for pk in group.values()]
    found = {row.pk: row for row in visible.filter(pk__in=ids).select_related("person", "workplace", "owner")}
    let_see_heads(actor, found.values())
    return {key: [found[pk] for pk in group.values()] for key, group in chosen.items()}
