"""Pay on top: bonuses, commissions and differentials, spread over the weeks in which they were earned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wagelaw.calendar import Calendar, Ints
from wagelaw.case.records import Remuneration
from wagelaw.money import MINUTES, Amount
from wagelaw.rules.regular_rate import share_of_bonus

OVER_ALL_HOURS = frozenset(
    {
        "production_bonus",
        "commission",
        "piece_total",
        "shift_differential",
        "per_diem_by_hours",
        "retroactive_raise",
    }
)


@dataclass(slots=True)
class OnTop:
    """Grains by week: `for_all_hours` (divided by all hours), `flat` (by those that are not overtime); piece weeks."""

    for_all_hours: dict[int, Amount] = field(default_factory=dict)
    flat: dict[int, Amount] = field(default_factory=dict)
    piece_weeks: set[int] = field(default_factory=set)


def pay_on_top(
    rewards: Iterable[Remuneration], calendar: Calendar, minutes: Ints, regular: Ints, flat_apart: bool
) -> OnTop:
    """Each week's share of what was paid on top; flat sums count with production bonuses unless `flat_apart`."""
    found = OnTop()
    for one in rewards:
        is_flat = one.kind == "flat_sum_bonus"
        if not is_flat and one.kind not in OVER_ALL_HOURS:
            continue
        span = calendar.clip_span(one.first, one.last)
        if (one.last - one.first).days < 6:
            span = _whole_weeks(calendar, span)
        apart = is_flat and flat_apart
        shares = _shares(one.amount * MINUTES, regular if apart else minutes, span)
        target = found.flat if apart else found.for_all_hours
        for week, share in shares.items():
            target[week] = target.get(week, 0) + share
            if one.kind == "piece_total":
                found.piece_weeks.add(week)
    return found


def _whole_weeks(calendar: Calendar, span: slice) -> slice:
    """What was earned on a day or two belongs to the whole workweek."""
    return slice(7 * (span.start // 7), min(calendar.days, 7 * -(-span.stop // 7)))


def _shares(amount: int, minutes: Ints, span: slice) -> dict[int, Amount]:
    """An amount spread over the minutes of its days, by week."""
    in_period = int(minutes[span].sum())
    if not in_period:
        return {}
    shares: dict[int, Amount] = {}
    for week in range(span.start // 7, -(-span.stop // 7)):
        part = int(minutes[max(span.start, 7 * week) : min(span.stop, 7 * week + 7)].sum())
        if part == in_period:
            return {week: amount}
        if part:
            shares[week] = share_of_bonus(amount, part, in_period)
    return shares
