"""The clinic in numbers, from rows and never from the log: totals only, no name and no case."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.charts import Bar
from centro.clinic.choices import CaseState, ClockState, Route, Topic
from centro.clinic.ledger import Sums
from centro.clinic.models import Case, Clock, LogLine, Matter
from centro.clinic.queries import money
from centro.clinic.queries.night import in_clinic
from centro.core import clock
from centro.core.policy import Actor
from centro.people.choices import LANGUAGES

OTHERS = 10
AGES = ((7, "week"), (30, "month"), (90, "quarter"), (365, "year"), (None, "longer"))
# NAICS sectors in words that workers use; codes of one sector are counted as the first of them.
SECTORS: dict[str, str | Promise] = {
    "11": _("Farms"),
    "23": _("Construction"),
    "31": _("Factories and sewing"),
    "44": _("Shops and markets"),
    "48": _("Transport and warehouses"),
    "56": _("Cleaning, guards, temporary work"),
    "61": _("Schools"),
    "62": _("Care of people"),
    "71": _("Entertainment"),
    "72": _("Restaurants and hotels"),
    "81": _("Car washes, nails, laundries, repairs"),
}
ONE_SECTOR = {"32": "31", "33": "31", "42": "44", "45": "44", "49": "48"}
RUNNING = (ClockState.PROVISIONAL, ClockState.CONFIRMED, ClockState.ATTORNEY_SET)


@dataclass(frozen=True)
class Numbers:
    """The whole dashboard."""

    open_cases: int
    states: list[Bar]
    topics: list[Bar]
    languages: list[Bar]
    industries: list[Bar]
    routes: list[Bar]
    ages: list[tuple[str, int]]
    clocks: dict[str, int]
    answers_owed: int
    this_year: Sums
    years: list[money.Year]


def numbers(actor: Actor) -> Numbers:
    """About a dozen grouped queries, however many cases there are."""
    in_clinic(actor, "clinic.totals")
    live = Case.objects.filter(closed_at__isnull=True).order_by()
    today = clock.today()
    return Numbers(
        open_cases=live.count(),
        states=_named(_counts(Case.objects.order_by(), "state"), dict(CaseState.choices), in_order=list(CaseState)),
        topics=_named(_topics(live), dict(Topic.choices)),
        languages=_named(_counts(live, "language"), LANGUAGES),
        industries=_named(_sectors(live.exclude(industry="")), SECTORS),
        routes=_named(_counts(Matter.objects.filter(closed_at=None).order_by(), "route"), dict(Route.choices)),
        ages=_ages(live),
        clocks=_clocks(),
        answers_owed=LogLine.objects.filter(is_answer_owed=True, answered_at__isnull=True).count(),
        this_year=money.all_sums(since=today.replace(month=1, day=1), until=today),
        years=money.by_year(actor),
    )


def _counts(rows: Any, column: str) -> dict[str, int]:
    return dict(rows.values_list(column).annotate(n=Count("pk")))


def _sectors(rows: Any) -> dict[str, int]:
    """By the first two figures of the industry code; some sectors have several."""
    found: Counter[str] = Counter()
    for code, count in _counts(rows.annotate(sector=Substr("industry", 1, 2)), "sector").items():
        found[ONE_SECTOR.get(code, code)] += count
    return found


def _topics(rows: Any) -> dict[str, int]:
    """Cases may be about several things: the lists that occur are few, so they are counted first and opened then."""
    found: Counter[str] = Counter()
    for topics, count in rows.values_list("topics").annotate(n=Count("pk")):
        for topic in topics:
            found[topic] += count
    return found


def _named(counts: dict[str, int], names: dict[str, Any], *, in_order: list[str] | None = None) -> list[Bar]:
    """Bars with their words, the longest first (or in a given order); empty ones are left out."""
    keys = in_order or sorted(counts, key=lambda key: -counts[key])
    return [Bar(label=names.get(key, key), value=counts[key]) for key in keys if counts.get(key)][: max(OTHERS, 13)]


def _ages(rows: Any) -> list[tuple[str, int]]:
    """How long open cases have been with us: code of the span, and how many."""
    now, edges, last = clock.now(), {}, None
    for days, code in AGES:
        within = Q(opened_at__gte=now - timedelta(days=days)) if days else Q()
        edges[code] = Count("pk", filter=within & (Q(opened_at__lt=now - timedelta(days=last)) if last else Q()))
        last = days
    found = rows.aggregate(**edges)
    return [(code, found[code]) for _days, code in AGES]


def _clocks() -> dict[str, int]:
    """Deadlines of open cases: past, in a week, in a month, later."""
    today = clock.today()
    week, month = today + timedelta(days=7), today + timedelta(days=30)
    live = Case.objects.filter(closed_at=None).values("pk")
    rows = Clock.objects.filter(state__in=RUNNING, on__isnull=False, case__in=live).order_by()
    found: dict[str, int] = rows.aggregate(
        past=Count("on", filter=Q(on__lt=today)),
        week=Count("on", filter=Q(on__gte=today, on__lte=week)),
        month=Count("on", filter=Q(on__gt=week, on__lte=month)),
        later=Count("on", filter=Q(on__gt=month)),
    )
    return found
