"""The table of fields of a case file: the parser reads by it and the JSON Schema is generated from it.

A `Field` is one key: what kind of value, between which bounds, and what holds where it is absent or null. Kinds:
`date`, `clock`, `money` (≥ 0, a string), `count` (whole number), `flag`, `choice`, `text`, `place`, `record`, `list`,
`number` (≥ 0, two places), `word`, `dates`, `choices`, `flags` (an object of named booleans).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagelaw.case import records

DAY_MINUTES = 1440
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKER_CLASSES = (
    "general",
    "minor",
    "personal_attendant",
    "live_in_domestic",
    "agricultural",
    "app_driver",
    "exempt",
)
SEPARATIONS = ("current", "quit_without_notice", "quit_with_notice", "discharged", "laid_off")
BASES = ("hourly", "salary", "day_rate", "piece", "commission", "none")
PERIODS = ("hour", "day", "week", "two_weeks", "half_month", "month", "year", "unit")
PAY_PERIODS = ("week", "two_weeks", "half_month", "month")
KINDS = (
    "production_bonus",
    "flat_sum_bonus",
    "commission",
    "piece_total",
    "shift_differential",
    "discretionary_bonus",
    "expense_reimbursement",
    "percentage_bonus",
    "per_diem_by_hours",
    "retroactive_raise",
)
PURPOSES = ("any", "straight_time", "overtime", "premium", "sick_leave", "vacation")
METHODS = ("cash", "check", "deposit", "other")
STATEMENTS = ("complete", "missing", "defective")
CONFIDENCES = ("sure", "rough", "guess")
CREDITS = (
    "room_alone",
    "room_shared",
    "apartment",
    "apartment_couple",
    "breakfast",
    "lunch",
    "dinner",
)
ITEM_CODES = (
    "unpaid_wages",
    "minimum_wage",
    "overtime",
    "meal_premium",
    "rest_premium",
    "split_shift",
    "reporting_time",
    "piece_rate_nonproductive",
    "sick_leave",
    "vacation",
    "deductions",
    "tips",
    "expenses",
    "app_driver_guarantee",
    "liquidated_damages",
    "interest",
    "waiting_time",
    "wage_statement",
    "records_request",
    "bounced_check",
    "late_pay",
)
OVERTIME_EXEMPTIONS = ("inside_sales", "driver", "ambulance_24h")
PAGA_VIOLATIONS = ("default", "harmless_statement", "isolated", "found_unlawful")
PAGA_STEPS = ("none", "before_notice", "after_notice")
RECORDS = ("payroll", "personnel")
SWITCHES = {
    "seventh_day_short_week": False,
    "day_rate_over_regular_hours": True,
    "liquidated_on_unpaid_overtime": False,
    "liquidated_on_split_and_reporting": False,
    "attendant_meal_periods": False,
    "premiums_as_restitution": False,
    "covid_tolling": True,
    "federal_liquidated_on_overtime_adds": True,
    "split_shift_at_state_minimum": False,
    "recovery_premium_apart": False,
    "statement_follows_premiums": False,
    "interest_on_late_payments": False,
}


@dataclass(frozen=True)
class Field:
    """One key of a record. `attr` is the record's attribute where the key is a word of Python.

    `recurs`: a list that mostly says the same again (the meals of a usual day), so that it is read once and shared.
    """

    key: str
    kind: str
    default: Any = None
    required: bool = False
    choices: tuple[Any, ...] = ()
    low: int = 0
    high: int = 1_000_000
    of: tuple[Field, ...] = ()
    make: Callable[..., Any] = dict
    attr: str = ""
    recurs: bool = False

    @property
    def name(self) -> str:
        """The attribute's name."""
        return self.attr or self.key


def _day(key: str, **more: Any) -> Field:
    return Field(key, "date", **more)


def _span(required: bool = True) -> tuple[Field, ...]:
    return (
        Field("from", "date", required=required, attr="first"),
        Field("to", "date", required=required, attr="last"),
    )


def _minutes(key: str, high: int = DAY_MINUTES, **more: Any) -> Field:
    return Field(key, "count", high=high, **more)


REMARKS = (Field("note", "text"), Field("confidence", "choice", choices=CONFIDENCES))
OVERRULES = (
    Field("place", "place"),
    Field("worker_class", "choice", choices=WORKER_CLASSES),
    Field("wage_order", "count", low=1, high=17),
)
MEAL = (
    Field("start", "clock"),
    Field("end", "clock"),
    _minutes("minutes", low=1),
    _minutes("after_minutes"),
)
WORKED = (
    Field("start", "clock"),
    Field("end", "clock"),
    _minutes("minutes"),
    Field("meals", "list", default=(), of=MEAL, make=records.Meal, high=6, recurs=True),
    Field("rest_periods", "count", high=20),
    Field("meal_violation", "flag"),
    Field("rest_violation", "flag"),
    Field("rate", "money"),
    Field("pieces", "count"),
    _minutes("paid_minutes"),
)
SHIFT = (
    _day("date", required=True),
    *WORKED,
    _minutes("nonproductive_minutes", default=0),
    _minutes("scheduled_minutes"),
    Field("call_in", "flag", default=False),
    _minutes("makeup_minutes", default=0),
    Field("recovery_violation", "flag"),
    *OVERRULES,
    *REMARKS,
)
PATTERN = (
    *_span(),
    Field("weekdays", "choices", choices=WEEKDAYS, required=True, high=7),
    *WORKED,
    Field("except", "dates", default=(), attr="leaving_out", high=4000),
    *OVERRULES,
    *REMARKS,
)
TERM = (
    *_span(),
    Field("basis", "choice", choices=BASES, required=True),
    Field("amount", "money", default=0),
    Field("per", "choice", choices=PERIODS),
    Field("covers_hours", "count", low=1, high=100),
    Field("agreement", "choice", choices=("oral", "written"), default="oral"),
)
REMUNERATION = (
    *_span(),
    Field("kind", "choice", choices=KINDS, required=True),
    Field("amount", "money", required=True),
    *REMARKS,
)
PAYMENT_TRAITS = (
    Field("for", "choice", choices=PURPOSES, default="any", attr="purpose"),
    Field("method", "choice", choices=METHODS, default="other"),
    Field("statement", "choice", choices=STATEMENTS),
    *REMARKS,
)
PAYMENT = (
    *_span(),
    _day("paid_on", required=True),
    Field("amount", "money", required=True),
    *PAYMENT_TRAITS,
)
PAYMENT_PATTERN = (
    *_span(),
    Field("every", "choice", choices=PAY_PERIODS, required=True),
    Field("paid_on_offset_days", "count", default=0, high=366),
    Field("amount", "money", required=True),
    Field("prorate", "flag", default=False),
    *PAYMENT_TRAITS,
)
TAKEN = (_day("date", required=True), Field("amount", "money", required=True), Field("what", "text"))
EXPENSE = (
    _day("date", required=True),
    Field("amount", "money"),
    Field("miles", "number"),
    Field("what", "text"),
)


def _rows(key: str, of: tuple[Field, ...], make: Callable[..., Any], high: int = 5000) -> Field:
    return Field(key, "list", default=(), of=of, make=make, high=high)


CASE = (
    Field("format", "choice", choices=("wagelaw/case/1",)),
    Field("place", "place", required=True),
    Field("worker_class", "choice", choices=WORKER_CLASSES, default="general"),
    Field("wage_order", "count", low=1, high=17),
    Field("industry", "word"),
    Field("employer_headcount", "count", low=1),
    Field(
        "cba",
        "record",
        of=(*_span(), Field("base_rate_ok", "flag", default=True)),
        make=records.UnionContract,
    ),
    Field("public_works", "flag", default=False),
    Field("garment", "flag", default=False),
    Field("learner", "flag", default=False),
    Field("overtime_exemption", "choice", choices=OVERTIME_EXEMPTIONS),
    Field("resident", "flag", default=False),
    Field("on_duty_meal_agreement", "flag", default=False),
    Field(
        "paga",
        "record",
        of=(
            _day("notice_on", required=True),
            Field("frequency", "choice", choices=PAY_PERIODS, default="two_weeks"),
            Field("violation", "choice", choices=PAGA_VIOLATIONS, default="default"),
            Field("steps", "choice", choices=PAGA_STEPS, default="none"),
        ),
        make=records.PagaNotice,
    ),
    Field(
        "misclassification",
        "record",
        of=(Field("violations", "count", low=1, high=1000, default=1), Field("pattern", "flag", default=False)),
        make=records.Misclassification,
    ),
    Field(
        "flsa_coverage",
        "record",
        of=(Field("annual_sales", "money"), Field("institution", "flag"), Field("in_commerce", "flag")),
        make=records.FederalCoverage,
    ),
    _day("eight_and_eighty"),
    Field("workweek_start", "choice", choices=WEEKDAYS, default="sunday"),
    Field("workday_start", "clock", default=0),
    Field(
        "alternative_workweek",
        "record",
        of=(
            Field("hours", "count", low=8, high=12, required=True),
            Field("weekdays", "choices", choices=WEEKDAYS, required=True, high=7),
        ),
        make=records.AlternativeWorkweek,
    ),
    Field("household_employer", "flag", default=False),
    Field(
        "employment",
        "record",
        of=(
            _day("start"),
            _day("end"),
            Field("separation", "choice", choices=SEPARATIONS, default="current"),
            _day("notice_given_on"),
        ),
        make=records.Employment,
    ),
    Field("forum", "choice", choices=("labor_commissioner", "court"), default="labor_commissioner"),
    _day("filed_on"),
    _day("computed_on", required=True),
    _rows("pay", TERM, records.Term, 1000),
    Field("fluctuating_workweek", "flag", default=False),
    _rows("shifts", SHIFT, records.Shift, 20_000),
    _rows(
        "meal_waivers",
        (
            Field("from", "date", required=True, attr="first_day"),
            Field("to", "date", required=True, attr="last_day"),
            Field("first", "flag", default=False),
            Field("second", "flag", default=False),
        ),
        records.MealWaiver,
        1000,
    ),
    _rows("patterns", PATTERN, records.Pattern, 500),
    _rows("remuneration", REMUNERATION, records.Remuneration),
    _rows("payments", PAYMENT, records.Payment),
    _rows("payment_patterns", PAYMENT_PATTERN, records.PaymentPattern, 500),
    Field(
        "paydays",
        "record",
        of=(
            Field("every", "choice", choices=PAY_PERIODS, required=True),
            Field("days_after", "count", default=0, high=366),
        ),
        make=records.Paydays,
    ),
    _rows(
        "meals_lodging",
        (
            *_span(),
            Field("kind", "choice", choices=CREDITS, required=True),
            Field("count", "count", required=True),
            Field("written_agreement", "flag", default=False),
        ),
        records.MealsLodging,
        1000,
    ),
    _rows(
        "app_periods",
        (
            *_span(),
            Field("engaged_minutes", "count", required=True, high=100_000),
            Field("engaged_miles", "number", default="0"),
            Field("earnings", "money", required=True),
            Field("place", "place"),
        ),
        records.AppPeriod,
        2000,
    ),
    _rows(
        "bounced_checks",
        (_day("date", required=True), Field("amount", "money", required=True), _day("made_good_on")),
        records.BouncedCheck,
        1000,
    ),
    _rows("deductions", TAKEN, records.Taken),
    _rows("expenses", EXPENSE, records.Expense),
    _rows("tips_taken", TAKEN, records.Taken),
    _rows(
        "sick_leave",
        (_day("date", required=True), _minutes("minutes", required=True)),
        records.SickLeave,
        1000,
    ),
    Field("sick_leave_harm_days", "count", default=0, high=10_000),
    Field("vacation_minutes", "count", default=0),
    _rows(
        "records_requests",
        (
            _day("received_on", required=True),
            Field("what", "choice", choices=RECORDS, default="payroll"),
            _day("answered_on"),
        ),
        records.RecordsRequest,
        100,
    ),
    Field(
        "final_payment",
        "record",
        of=(_day("paid_on", required=True), Field("amount", "money", default=0)),
        make=records.FinalPayment,
    ),
    Field("willful_nonpayment", "flag", default=True),
    Field("flsa_willful", "flag", default=False),
    Field("knowing_statement_violation", "flag", default=True),
    Field("good_faith_defense", "flag", default=False),
    Field("claims", "choices", choices=ITEM_CODES, high=len(ITEM_CODES)),
    Field("switches", "flags", default={}, choices=tuple(SWITCHES)),
)
