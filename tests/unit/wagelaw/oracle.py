"""A slow, plain reference of California's wage rules in fractions, written from the law and not from the program.

It knows hourly workers of class `general` anywhere in the state: rate changes, two rates a day, production and flat
bonuses of one workweek, learners, meals and rests from clock times, split shifts, weekly pay. One loop over hours as
they were worked; every amount is an exact `Fraction` of a dollar until its payday's line is rounded half up.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

STATE_MINIMUM = ((date(2023, 1, 1), "15.50"), (date(2024, 1, 1), "16.00"), (date(2025, 1, 1), "16.50"),
                 (date(2026, 1, 1), "16.90"))  # fmt: skip
HOUR = 60
HERE, UTC = ZoneInfo("America/Los_Angeles"), ZoneInfo("UTC")
CODES = ("unpaid_wages", "minimum_wage", "overtime", "meal_premium", "rest_premium", "split_shift")
PREMIUMS = ("meal_premium", "rest_premium")


def minimum(day):
    """California's minimum wage on `day`."""
    return Fraction(next(rate for start, rate in reversed(STATE_MINIMUM) if start <= day))


def cents(amount):
    """Rounded half up to the cent, as text."""
    whole = (abs(amount) * 100 * 2 + 1) // 2
    return f"{'-' if amount < 0 and whole else ''}{whole // 100}.{whole % 100:02d}"


@dataclass
class Piece:
    """Minutes in a row at one agreed rate on one day, and what multiple the law gives them."""

    day: date
    minutes: int
    agreed: Fraction
    floor: Fraction  # its minimum wage
    multiple: str = "regular"

    def pay(self):
        """Straight-time dollars as the law has them: at least the minimum wage."""
        return Fraction(self.minutes, HOUR) * max(self.agreed, self.floor)


@dataclass
class Week:
    """One workweek from Sunday: pieces of work in the order worked, with everything that follows."""

    start: date
    pieces: list
    bonuses: list
    paid: Fraction
    shifts: list
    attendant: bool
    lines: dict = field(default_factory=dict)

    def floor(self, day):
        """The highest minimum wage of a day."""
        return max(each.floor for each in self.pieces if each.day == day)

    def minutes(self, multiple=None, day=None):
        """Minutes of the week, of one multiple, of one day."""
        return sum(
            each.minutes for each in self.pieces if multiple in (None, each.multiple) and day in (None, each.day)
        )


def claim(case):
    """`weeks` and `items` of a case: item code → text amount, weeks as the claim document has them."""
    weeks = [_computed(week) for week in _weeks(case)]
    computed_on = date.fromisoformat(case["computed_on"])
    after = int(case["paydays"]["days_after"])
    totals = {code: Fraction(0) for code in (*CODES, "interest", "liquidated_damages")}
    for week in weeks:
        late = max(0, (computed_on - (week.start + timedelta(days=6 + after))).days)
        for code in CODES:
            totals[code] += Fraction(cents(week.lines[code]))
        totals["interest"] += Fraction(cents(_interest(week.lines, late)))
        base = week.lines["liquidated_base"]
        totals["liquidated_damages"] += Fraction(cents(base + base * Fraction(late, 3650)))
    items = {code: cents(amount) for code, amount in totals.items() if amount}
    return {"items": items, "weeks": [_shown(week) for week in _from_first_to_last(weeks)]}


def _interest(lines, days):
    """Ten percent simple on wages, seven on meal and rest premiums, actual days over 365."""
    wages = sum(lines[code] for code in CODES if code not in PREMIUMS)
    premiums = sum(lines[code] for code in PREMIUMS)
    return (wages * Fraction(10, 100) + premiums * Fraction(7, 100)) * Fraction(days, 365)


def _weeks(case):
    """The case by workweeks, oldest first."""
    found, learned = {}, 0
    attendant = case.get("worker_class") == "personal_attendant"
    for shift in sorted(case["shifts"], key=lambda each: (each["date"], each.get("start", ""))):
        day = date.fromisoformat(shift["date"])
        start = _sunday(day)
        week = found.setdefault(start, Week(start, [], [], Fraction(0), [], attendant))
        week.pieces += _pieces(case, shift, day, learned)
        learned += _worked(shift)
        week.shifts.append(shift)
    for payment in case.get("payments", ()):
        if _sunday(date.fromisoformat(payment["from"])) in found:
            found[_sunday(date.fromisoformat(payment["from"]))].paid += Fraction(payment["amount"])
    weeks = [found[start] for start in sorted(found)]
    for week in weeks:
        _split(week)
    for bonus in case.get("remuneration", ()):
        _spread(bonus, weeks)
    return weeks


def _pieces(case, shift, day, learned):
    """The stretch; for a learner cut where the 160th hour ends, at 85 percent of the state's rate before."""
    whole, agreed, floor = _worked(shift), _agreed(case, shift, day), minimum(day)
    early = max(0, min(whole, 160 * HOUR - learned)) if case.get("learner") else 0
    nickels = floor * Fraction(85, 100) * 20
    lower = Fraction((2 * nickels.numerator + nickels.denominator) // (2 * nickels.denominator), 20)
    parts = [(early, lower), (whole - early, floor)] if 0 < early < whole else [(whole, lower if early else floor)]
    return [Piece(day, minutes, agreed, least) for minutes, least in parts]


def _spread(bonus, weeks):
    """A bonus in equal parts for each hour of its weeks (29 CFR 778.209(b)); flat sums for each hour not overtime."""
    earned = [week for week in weeks if bonus["from"] <= str(week.start) <= bonus["to"]]
    multiple = "regular" if bonus["kind"] == "flat_sum_bonus" else None
    minutes = sum(week.minutes(multiple) for week in earned)
    for week in earned if minutes else ():
        week.bonuses.append((bonus["kind"], Fraction(bonus["amount"]) * HOUR / minutes))


def _sunday(day):
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _agreed(case, shift, day):
    if "rate" in shift:
        return Fraction(shift["rate"])
    terms = [term for term in case["pay"] if term["from"] <= str(day) <= term["to"]]
    return Fraction(terms[0]["amount"])


def _moment(day, text):
    return datetime.combine(day, time.fromisoformat(text), HERE).astimezone(UTC)


def _passed(day, start, end):
    """Minutes that really passed between two clock times of a day, also in a night when the clocks change."""
    return int((_moment(day, end) - _moment(day, start)).total_seconds()) // 60


def _worked(shift):
    if "minutes" in shift:
        return shift["minutes"]
    day = date.fromisoformat(shift["date"])
    off = sum(_passed(day, meal["start"], meal["end"]) for meal in shift.get("meals", ()))
    return _passed(day, shift["start"], shift["end"]) - off


def _computed(week):
    rate = _regular_rate(week)
    straight = sum(Fraction(each.minutes, HOUR) * each.agreed for each in week.pieces if each.multiple == "regular")
    overtime = sum(each.pay() for each in week.pieces if each.multiple != "regular") + _premium_part(week)
    lack = sum(
        Fraction(each.minutes, HOUR) * max(0, each.floor - each.agreed)
        for each in week.pieces
        if each.multiple == "regular"
    )
    week.lines = _credited(week.paid, straight, overtime, lack)
    week.lines["liquidated_base"] = _liquidated_base(week, straight)
    days = {each.day for each in week.pieces}
    # A premium hour is never worth less than the minimum wage of its day.
    week.lines["meal_premium"] = sum(max(rate, week.floor(day)) for day in days if _meal_violated(week, day))
    week.lines["rest_premium"] = sum(max(rate, week.floor(day)) for day in days if _rest_violated(week, day))
    week.lines["split_shift"] = sum((_split_shift(week, day) for day in days), Fraction(0))
    week.rate, week.due = rate, straight + overtime + lack
    return week


def _split(week):
    """Marks every piece: past 8 hours a day, past 12, the seventh day, then the latest straight hours past 40.

    A personal attendant in a home: past 9 hours a day and 45 a week, never double (Lab. Code 1454).
    """
    days = [week.start + timedelta(days=number) for number in range(7)]
    marked = []
    for number, day in enumerate(days):
        seventh = number == 6 and all(week.minutes(day=each) for each in days) and not _short_week(week, days)
        limits = (0, 8 * HOUR) if seventh else (8 * HOUR, 12 * HOUR)
        limits = (9 * HOUR, 10**9) if week.attendant else limits
        marked += _marked([each for each in week.pieces if each.day == day], *limits)
    over = sum(each.minutes for each in marked if each.multiple == "regular") - (45 if week.attendant else 40) * HOUR
    week.pieces = _latest_to_overtime(marked, over)


def _short_week(week, days):
    """Lab. Code 556: at most 30 hours in the week and six on any day."""
    return week.minutes() <= 30 * HOUR and all(week.minutes(day=day) <= 6 * HOUR for day in days)


def _marked(pieces, overtime_after, double_after):
    done, result = 0, []
    for piece in pieces:
        ends = (("regular", overtime_after), ("overtime", double_after), ("double", 10**9))
        left = piece.minutes
        for multiple, limit in ends:
            part = max(0, min(left, limit - done))
            if part:
                result.append(replace(piece, minutes=part, multiple=multiple))
                done, left = done + part, left - part
    return result


def _latest_to_overtime(pieces, over):
    result = []
    for piece in reversed(pieces):
        part = max(0, min(over, piece.minutes)) if piece.multiple == "regular" else 0
        over -= part
        if part:
            result.append(replace(piece, minutes=part, multiple="overtime"))
        if piece.minutes > part:
            result.append(replace(piece, minutes=piece.minutes - part))
    return result[::-1]


def _parts(week):
    """The regular rate's parts: pay that grows with hours over all hours, flat sums over non-overtime hours."""
    hours = Fraction(week.minutes(), HOUR)
    pay = sum(each.pay() for each in week.pieces) / hours if hours else Fraction(0)
    growing = sum((an_hour for kind, an_hour in week.bonuses if kind != "flat_sum_bonus"), Fraction(0))
    flat = sum((an_hour for kind, an_hour in week.bonuses if kind == "flat_sum_bonus"), Fraction(0))
    return pay + (growing if hours else 0), flat if week.minutes("regular") else Fraction(0)


def _regular_rate(week):
    return sum(_parts(week))


def _premium_part(week):
    """What the law adds to straight pay: a half and a whole on what grows, 1.5 and 2 on what is flat."""
    growing, flat = _parts(week)
    overtime, double = (Fraction(week.minutes(multiple), HOUR) for multiple in ("overtime", "double"))
    return growing * (overtime / 2 + double) + flat * (overtime * Fraction(3, 2) + double * 2)


def _credited(paid, straight, overtime, lack):
    """A payment pays its own period's agreed straight time, then overtime, then what the minimum wage lacks."""
    lines = {}
    for code, due in (("unpaid_wages", straight), ("overtime", overtime), ("minimum_wage", lack)):
        lines[code] = max(Fraction(0), due - paid)
        paid = max(Fraction(0), paid - due)
    return lines


def _liquidated_base(week, straight):
    """Unpaid straight hours at the minimum wage, and what paid ones lack of it; None of it for overtime hours.

    Which hours a short payment left unpaid is only plain where the week has one rate and one minimum wage.
    """
    unpaid = week.lines["unpaid_wages"] / straight if straight else 0
    owed = sum(
        Fraction(each.minutes, HOUR) * min(each.agreed, each.floor)
        for each in week.pieces
        if each.multiple == "regular"
    )
    return unpaid * owed + week.lines["minimum_wage"]


def is_plain(week_document, case):
    """Whether the week starting at that Sunday has one rate and one minimum wage."""
    start = date.fromisoformat(week_document["start"])
    week = next(each for each in _weeks(case) if each.start == start)
    return len({(each.agreed, each.floor) for each in week.pieces}) == 1


def _of_day(week, day):
    return [shift for shift in week.shifts if shift["date"] == str(day)]


def _meal_violated(week, day):
    """A meal of 30 minutes by the end of hour 5 past 5 hours, a second by the end of hour 10 past 10."""
    shifts = _of_day(week, day)
    told = [shift["meal_violation"] for shift in shifts if shift.get("meal_violation") is not None]
    if told:
        return any(told)
    if any("minutes" in shift for shift in shifts):
        return False
    worked, good = 0, []
    (shift,) = shifts
    at = shift["start"]
    for meal in shift.get("meals", ()):
        worked += _passed(day, at, meal["start"])
        at = meal["end"]
        if _passed(day, meal["start"], at) >= 30:
            good.append(worked)
    needed = [limit for limit in (5 * HOUR, 10 * HOUR) if week.minutes(day=day) > limit]
    return any(len(good) <= number or good[number] > limit for number, limit in enumerate(needed))


def _rest_violated(week, day):
    """Ten minutes for each four hours or major fraction, none under three and a half hours."""
    given = [shift.get("rest_periods") for shift in _of_day(week, day)]
    if any(count is None for count in given):
        return False
    minutes = week.minutes(day=day)
    due = 0 if minutes < 210 else minutes // 240 + (minutes % 240 > 120)
    return sum(given) < due


def _split_shift(week, day):
    """An hour at the minimum wage for a day broken by an unpaid gap of more than an hour, less pay above it."""
    shifts = _of_day(week, day)
    if any("minutes" in shift for shift in shifts) or len(shifts) < 2:
        return Fraction(0)
    gaps = [_passed(day, a["end"], b["start"]) for a, b in pairwise(shifts)]
    if max(gaps) <= HOUR:
        return Fraction(0)
    earned = sum(each.pay() for each in week.pieces if each.day == day)
    return max(Fraction(0), week.floor(day) * (Fraction(week.minutes(day=day), HOUR) + 1) - earned)


def _from_first_to_last(weeks):
    """Every workweek from the first to the last with work, those without work empty."""
    if not weeks:
        return []
    by_start = {week.start: week for week in weeks}
    count = (weeks[-1].start - weeks[0].start).days // 7 + 1
    return [by_start.get(weeks[0].start + timedelta(days=7 * number)) for number in range(count)]


def _shown(week):
    if week is None:
        return {"minutes_worked": 0}
    return {
        "start": str(week.start),
        "minutes_worked": week.minutes(),
        "regular_minutes": week.minutes("regular"),
        "overtime_minutes": week.minutes("overtime"),
        "double_minutes": week.minutes("double"),
        "regular_rate": week.rate,
        "due": cents(week.due),
    }
