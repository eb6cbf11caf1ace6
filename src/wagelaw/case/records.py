"""The parts of a case as Python records. Money is in ten-thousandths of a dollar, clock times in minutes of the day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Meal:
    """An unpaid meal off duty: by the clock, or so long and so many minutes after the start of the stretch.

    Stretches with equal meals share them.
    """

    start: int | None = None
    end: int | None = None
    minutes: int | None = None
    after_minutes: int | None = None


@dataclass(slots=True)
class Shift:
    """One stretch of work."""

    date: date
    start: int | None = None
    end: int | None = None
    minutes: int | None = None
    meals: tuple[Meal, ...] = ()
    rest_periods: int | None = None
    meal_violation: bool | None = None
    rest_violation: bool | None = None
    rate: int | None = None
    pieces: int | None = None
    nonproductive_minutes: int = 0
    scheduled_minutes: int | None = None
    paid_minutes: int | None = None
    call_in: bool = False
    makeup_minutes: int = 0
    recovery_violation: bool | None = None
    place: str | None = None
    worker_class: str | None = None
    wage_order: int | None = None
    note: str | None = None
    confidence: str | None = None
    stands_in: str = "shifts"
    number: int = 0

    @property
    def path(self) -> str:
        """Where in the document it stands."""
        return f"{self.stands_in}[{self.number}]"


@dataclass(slots=True)
class Pattern:
    """A usual week, which stands for a shift on each of its weekdays."""

    first: date
    last: date
    weekdays: tuple[str, ...]
    start: int | None = None
    end: int | None = None
    minutes: int | None = None
    meals: tuple[Meal, ...] = ()
    rest_periods: int | None = None
    meal_violation: bool | None = None
    rest_violation: bool | None = None
    rate: int | None = None
    pieces: int | None = None
    paid_minutes: int | None = None
    leaving_out: tuple[date, ...] = ()
    place: str | None = None
    worker_class: str | None = None
    wage_order: int | None = None
    note: str | None = None
    confidence: str | None = None


@dataclass(slots=True)
class Term:
    """What was agreed from one day to another."""

    first: date
    last: date
    basis: str
    amount: int = 0
    per: str | None = None
    covers_hours: int | None = None
    agreement: str = "oral"


@dataclass(slots=True)
class Remuneration:
    """Something paid on top, and the days in which it was earned."""

    first: date
    last: date
    kind: str
    amount: int
    note: str | None = None
    confidence: str | None = None


@dataclass(slots=True)
class Payment:
    """What was received for a period."""

    first: date
    last: date
    paid_on: date
    amount: int
    purpose: str = "any"
    method: str = "other"
    statement: str | None = None
    note: str | None = None
    confidence: str | None = None


@dataclass(slots=True)
class PaymentPattern:
    """The usual pay."""

    first: date
    last: date
    every: str
    amount: int
    paid_on_offset_days: int = 0
    prorate: bool = False
    purpose: str = "any"
    method: str = "other"
    statement: str | None = None
    note: str | None = None
    confidence: str | None = None


@dataclass(slots=True)
class UnionContract:
    """A collective agreement, where a rule yields to one."""

    first: date
    last: date
    base_rate_ok: bool = True


@dataclass(slots=True)
class PagaNotice:
    """When the notice to the state was given, and how often the employer pays."""

    notice_on: date
    frequency: str = "two_weeks"
    violation: str = "default"
    steps: str = "none"


@dataclass(slots=True)
class Misclassification:
    """Willful treatment as a contractor: how many violations, and whether it is a pattern."""

    violations: int = 1
    pattern: bool = False


@dataclass(slots=True)
class FederalCoverage:
    """What decides whether federal law reaches the employer: yearly sales, hospital or school, work in commerce."""

    annual_sales: int | None = None
    institution: bool | None = None
    in_commerce: bool | None = None


@dataclass(slots=True)
class RecordsRequest:
    """When the employer received a request for records, which, and when it was answered (None: never)."""

    received_on: date
    what: str = "payroll"
    answered_on: date | None = None


@dataclass(slots=True)
class AlternativeWorkweek:
    """A valid alternative schedule: length of its days in hours, and which days."""

    hours: int
    weekdays: tuple[str, ...]


@dataclass(slots=True)
class Employment:
    """First and last day, and how it ended."""

    start: date | None = None
    end: date | None = None
    separation: str = "current"
    notice_given_on: date | None = None


@dataclass(slots=True)
class MealWaiver:
    """Meals waived by mutual consent."""

    first_day: date
    last_day: date
    first: bool = False
    second: bool = False


@dataclass(slots=True)
class Paydays:
    """When wages fall due: so many days after each period of this length."""

    every: str
    days_after: int = 0


@dataclass(slots=True)
class MealsLodging:
    """Meals or lodging that the worker used, for a credit against the minimum wage."""

    first: date
    last: date
    kind: str
    count: int
    written_agreement: bool = False


@dataclass(slots=True)
class AppPeriod:
    """An earnings period of an app driver."""

    first: date
    last: date
    engaged_minutes: int
    earnings: int
    engaged_miles: Fraction = Fraction(0)
    place: str | None = None


@dataclass(slots=True)
class BouncedCheck:
    """A pay check without funds."""

    date: date
    amount: int
    made_good_on: datetime.date | None = None


@dataclass(slots=True)
class Taken:
    """Money taken from the worker: a deduction, or tips."""

    date: date
    amount: int
    what: str | None = None


@dataclass(slots=True)
class Expense:
    """A cost of the work: an amount, or miles at the year's rate."""

    date: date
    amount: int | None = None
    miles: Fraction | None = None
    what: str | None = None


@dataclass(slots=True)
class SickLeave:
    """Paid sick time asked for and refused."""

    date: date
    minutes: int


@dataclass(slots=True)
class FinalPayment:
    """When the final wages came."""

    paid_on: date
    amount: int = 0


@dataclass(slots=True)
class Case:
    """A whole case, checked; docs/wage-case.md tells every key."""

    place: str
    computed_on: date
    format: str | None = None
    worker_class: str = "general"
    wage_order: int | None = None
    industry: str | None = None
    employer_headcount: int | None = None
    cba: UnionContract | None = None
    public_works: bool = False
    garment: bool = False
    learner: bool = False
    overtime_exemption: str | None = None
    resident: bool = False
    on_duty_meal_agreement: bool = False
    paga: PagaNotice | None = None
    misclassification: Misclassification | None = None
    flsa_coverage: FederalCoverage | None = None
    eight_and_eighty: date | None = None
    workweek_start: str = "sunday"
    workday_start: int = 0
    alternative_workweek: AlternativeWorkweek | None = None
    household_employer: bool = False
    employment: Employment | None = None
    forum: str = "labor_commissioner"
    filed_on: date | None = None
    pay: tuple[Term, ...] = ()
    fluctuating_workweek: bool = False
    shifts: tuple[Shift, ...] = ()
    meal_waivers: tuple[MealWaiver, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    remuneration: tuple[Remuneration, ...] = ()
    payments: tuple[Payment, ...] = ()
    payment_patterns: tuple[PaymentPattern, ...] = ()
    paydays: Paydays | None = None
    meals_lodging: tuple[MealsLodging, ...] = ()
    app_periods: tuple[AppPeriod, ...] = ()
    bounced_checks: tuple[BouncedCheck, ...] = ()
    deductions: tuple[Taken, ...] = ()
    expenses: tuple[Expense, ...] = ()
    tips_taken: tuple[Taken, ...] = ()
    sick_leave: tuple[SickLeave, ...] = ()
    sick_leave_harm_days: int = 0
    vacation_minutes: int = 0
    records_requests: tuple[RecordsRequest, ...] = ()
    final_payment: FinalPayment | None = None
    willful_nonpayment: bool = True
    flsa_willful: bool = False
    knowing_statement_violation: bool = True
    good_faith_defense: bool = False
    claims: tuple[str, ...] | None = None
    switches: Mapping[str, bool] | None = None

    @property
    def filing(self) -> date:
        """The day that stops the clocks of limitation."""
        return self.filed_on or self.computed_on
