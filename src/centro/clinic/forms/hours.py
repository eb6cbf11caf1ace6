"""What is typed about hours and pay: read as it is typed, with words for what was not understood."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext_lazy as _

from centro.clinic import hours_words as words
from centro.clinic.calendar.model import CONFIDENCES, Anchor, Day, Job, Line, Meal, Payment, Term, Week
from centro.clinic.calendar.typed_pay import read_pay
from centro.clinic.calendar.typed_week import read_hours, read_week
from centro.clinic.calendar.week_words import WEEKDAYS
from centro.core import clock
from centro.core.careful import CarefulForm, Words
from centro.core.careful import Day as DayField
from centro.core.money import NotMoney, parse_cents
from centro.people.jurisdictions import JURISDICTIONS

_SURE = [(code, words.CONFIDENCE[code]) for code in CONFIDENCES]
LONGEST_RANGE = 400  # days that are told to be different in one go


class MoneyField(forms.CharField):
    """An amount of dollars, as cents."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_cents(text)
        except NotMoney:
            raise ValidationError(_("This is no amount of dollars. Write for example 2800 or 2,800.50.")) from None


class WeekForm(CarefulForm):
    """A usual week: typed, or put together from days and times."""

    careful = ("note",)
    words = Words(
        limit=600,
        lines=True,
        required=False,
        label=_("Usual week"),
        help_text=_(
            "As you would say it, in English, Spanish or Korean: Mon–Sat 10:30–22:00, one 20-minute meal, no rests"
        ),
    )
    first = DayField(required=False, label=_("From which day on"))
    last = DayField(required=False, label=_("Until which day, if it ended"))
    confidence = forms.ChoiceField(required=False, label=_("How sure"), choices=[("", _("As it was said")), *_SURE])
    note = Words(limit=300, required=False, label=_("Note"))
    days = forms.MultipleChoiceField(
        required=False,
        label=_("Days"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, WEEKDAY_NAMES[at]) for at, name in enumerate(WEEKDAYS)],
    )
    start = forms.TimeField(
        required=False, label=_("Start"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        required=False, label=_("End"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    meal = forms.IntegerField(
        required=False, min_value=0, max_value=240, label=_("Meal, minutes"), help_text=_("0: no meal")
    )
    rests = forms.IntegerField(required=False, min_value=0, max_value=9, label=_("Rests of 10 minutes"))

    def __init__(self, *args: Any, starts: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.starts = starts
        self.reading = read_week("", clock.today())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        text = cleaned.get("words") or ""
        if text:
            self.reading = read_week(text, clock.today())
            for sentence in words.reading_problems(self.reading):
                self.add_error("words", sentence)
        elif not self.errors:
            self._from_controls(cleaned)
        if not (cleaned.get("first") or self.reading.first or self.starts):
            self.add_error("first", _("From which day on? A month is enough in the words: from March 2024."))
        return cleaned

    def _from_controls(self, cleaned: dict[str, Any]) -> None:
        days, start, end = cleaned.get("days"), cleaned.get("start"), cleaned.get("end")
        if not days and not start and not end:
            self.add_error("words", _("Write the usual week, or choose days and times below."))
            return
        for name, value in (("days", days), ("start", start), ("end", end)):
            if not value:
                self.add_error(name, _("This is needed here."))
        if days and start and end:
            line = Line(tuple(days), _clock(start), _clock(end), None, self._meals(cleaned), cleaned.get("rests"))
            self.reading = replace(self.reading, lines=(line,), missing=())

    def _meals(self, cleaned: dict[str, Any]) -> tuple[Meal, ...] | None:
        minutes = cleaned.get("meal")
        return None if minutes is None else ((Meal(minutes),) if minutes else ())

    def week(self) -> Week:
        """The usual week that was told."""
        told = self.cleaned_data
        first = told.get("first") or self.reading.first or self.starts
        assert first is not None  # noqa: S101 - clean() asked for it
        sure = told.get("confidence") or self.reading.confidence
        last = told.get("last") or self.reading.last
        return Week(first, last, self.reading.lines, sure, told.get("words") or "", told.get("note") or "")


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


class DaysForm(CarefulForm):
    """One day or several that were not as usual, or were after all."""

    careful = ("note",)
    first = DayField(label=_("Day"))
    last = DayField(required=False, label=_("Until, if several days"))
    kind = forms.ChoiceField(
        label=_("What was it like?"),
        widget=forms.RadioSelect,
        choices=[
            ("hours", _("Other hours")),
            ("off", _("Day off")),
            ("holiday", _("Holiday")),
            ("sick", _("Sick")),
            ("usual", _("As usual")),
        ],
    )
    words = Words(
        limit=300,
        required=False,
        label=_("The hours of that day"),
        help_text=_("For example: 10:30–23:15, one 20-minute meal, no rests"),
    )
    confidence = forms.ChoiceField(required=False, label=_("How sure"), choices=[("", _("As it was said")), *_SURE])
    note = Words(limit=200, required=False, label=_("Why, or how one knows"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last") or cleaned.get("first")
        self.reading = read_hours(cleaned.get("words") or "", clock.today())
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        elif first and last and (last - first).days >= LONGEST_RANGE:
            self.add_error("last", _("That is more than a year. Please tell it as a usual week."))
        if cleaned.get("kind") == "hours":
            if first and max(first, last or first) > clock.today():
                self.add_error("first", _("This day is still to come. Only work that was done counts."))
            for sentence in words.reading_problems(self.reading):
                self.add_error("words", sentence)
        return cleaned

    def days(self) -> tuple[date, date]:
        """First and last day."""
        first = self.cleaned_data["first"]
        return first, self.cleaned_data.get("last") or first

    def day(self) -> Day | None:
        """What the days were like; None: as usual."""
        told = self.cleaned_data
        if told["kind"] == "usual":
            return None
        lines = self.reading.lines if told["kind"] == "hours" else ()
        return Day(told["kind"], lines, told.get("confidence") or self.reading.confidence, told.get("note") or "")


class CopyForm(forms.Form):
    """A week like another one."""

    source = DayField(label=_("A day of the week that is copied"))
    first = DayField(label=_("Into the weeks from"))
    last = DayField(label=_("until"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The last day is before the first."))
        return cleaned


class PayForm(CarefulForm):
    """Pay as it was told, all of it."""

    careful = ("words",)
    words = Words(
        limit=600,
        lines=True,
        label=_("Pay as told"),
        help_text=_("For example: $2,800 cash at the end of the month, no pay stubs, then $3,000 from March 2025"),
    )
    received = forms.ChoiceField(
        required=False,
        label=_("What came on payday?"),
        choices=[
            ("", _("What was agreed; by the hour or day: all work, without overtime pay")),
            ("amount", _("Always the same amount")),
            ("nothing", _("Nothing")),
        ],
    )
    amount = MoneyField(required=False, label=_("That amount, each payday"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.reading = read_pay(cleaned.get("words") or "", clock.today())
        for sentence in words.reading_problems(self.reading) if cleaned.get("words") else ():
            self.add_error("words", sentence)
        if any(term.amount <= 0 for term in self.reading.terms):
            self.add_error(
                "words", _("The pay is zero. If nothing was paid, tell what was agreed, and choose Nothing below.")
            )
        if cleaned.get("received") == "amount" and not cleaned.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("How much came on each payday?"))
        return cleaned

    def terms(self) -> tuple[Term, ...]:
        """The pay that was told, oldest first."""
        told, text = self.cleaned_data, self.cleaned_data["words"]
        came = {"amount": str(told.get("amount")), "nothing": "nothing"}.get(told.get("received") or "")
        return tuple(replace(term, words=text, received=came or term.received) for term in self.reading.terms)


class PaymentForm(forms.Form):
    """One payment that is known by itself."""

    first = DayField(label=_("Pay for work from"))
    last = DayField(label=_("until"))
    paid_on = DayField(past_only=True, label=_("Paid on"))
    amount = MoneyField(label=_("Amount, before deductions"))
    method = forms.ChoiceField(label=_("How"), choices=[*words.METHODS.items()][:3])
    statement = forms.ChoiceField(
        required=False, label=_("Pay stub"), choices=[("", _("Not known")), *words.STATEMENTS.items()]
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The last day is before the first."))
        if cleaned.get("amount") == 0:
            self.add_error("amount", _("A payment of zero is no payment. Leave it out."))
        return cleaned

    def payment(self) -> Payment:
        told = self.cleaned_data
        return Payment(told["first"], told["last"], told["paid_on"], told["amount"], told["method"], told["statement"])


class AnchorForm(CarefulForm):
    """Something certain by which hours are remembered."""

    careful = ("words",)
    words = Words(
        limit=200,
        label=_("What is certain"),
        help_text=_("Church on Sundays, the bus card, the time of a photo, a holiday"),
    )
    on = DayField(required=False, label=_("On which day, if it was one"))

    def anchor(self) -> Anchor:
        return Anchor(self.cleaned_data["words"], self.cleaned_data.get("on"))


KINDS_OF_WORKER = [
    ("general", _("Everybody else")),
    ("personal_attendant", _("Looks after a person at home")),
    ("live_in_domestic", _("Lives in the home where they work")),
    ("agricultural", _("Farm work")),
    ("minor", _("Under 18")),
    ("app_driver", _("Drives for an app")),
    ("exempt", _("On salary, as a manager or professional")),
]
_INDUSTRIES = [
    ("", _("None of these")),
    ("fast_food", _("Fast food, of a chain")),
    ("hotel", _("Hotel")),
    ("hotel_no_health_benefits", _("Hotel without health insurance")),
    ("hotel_with_health_benefits", _("Hotel with health insurance")),
    ("health_care_clinic", _("Health clinic")),
    ("health_care_large", _("Large hospital or health system")),
    ("health_care_other", _("Other health care")),
    ("nonprofit", _("Nonprofit organization")),
]
_SEPARATIONS = [
    ("current", _("Still works there")),
    ("discharged", _("Fired")),
    ("laid_off", _("Laid off")),
    ("quit_without_notice", _("Quit without notice")),
    ("quit_with_notice", _("Quit with 72 hours notice")),
]


class JobForm(forms.Form):
    """What the law needs to know of the job."""

    place = forms.ChoiceField(label=_("Where the work was done"), choices=[("", "—"), *JURISDICTIONS])
    start = DayField(required=False, label=_("First day of the job"))
    separation = forms.ChoiceField(label=_("How it ended"), choices=_SEPARATIONS)
    end = DayField(required=False, label=_("Last day of the job"))
    notice_on = DayField(required=False, label=_("Day on which notice was given"))
    final_paid_on = DayField(required=False, past_only=True, label=_("Day on which the last wages came, if they came"))
    headcount = forms.IntegerField(
        required=False, min_value=1, max_value=1_000_000, label=_("How many people work for the employer, about")
    )
    worker_class = forms.ChoiceField(label=_("Kind of worker"), choices=KINDS_OF_WORKER)
    industry = forms.ChoiceField(
        required=False,
        label=_("Kind of business"),
        choices=_INDUSTRIES,
        help_text=_("Some have a higher minimum wage. Where the tables do not know it, the claim says so."),
    )
    forum = forms.ChoiceField(
        label=_("Where it is claimed"),
        choices=[
            ("labor_commissioner", _("Labor Commissioner, 3 years back")),
            ("court", _("Court, 4 years back for wages")),
        ],
    )
    filed_on = DayField(required=False, past_only=True, label=_("Day on which it was filed, if it was"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day is before the first."))
        if cleaned.get("separation") != "current" and not end and "end" not in self.errors:
            self.add_error("end", _("The job ended: on which day?"))
        if cleaned.get("separation") == "quit_with_notice" and not cleaned.get("notice_on"):
            self.add_error("notice_on", _("On which day was notice given?"))
        return cleaned

    def job(self, before: Job) -> Job:
        """The job as it is told now; what the form does not ask stays, unless it hung on another kind of worker."""
        told: dict[str, Any] = {name: self.cleaned_data.get(name) for name in self.fields}
        order = before.wage_order if told["worker_class"] == before.worker_class else None
        return replace(before, **told, wage_order=order)


class BringForm(forms.Form):
    """A table of hours or pay, or a list of time stamps."""

    file = forms.FileField(
        required=False,
        label=_("A table of hours or of pay"),
        help_text=_("CSV or XLSX, with a heading over each column: date, in, out; or period, pay date, amount."),
    )
    stamps = forms.CharField(
        required=False,
        max_length=60_000,
        label=_("Or a list of times"),
        help_text=_("One line for each time or each day: 3/4/2025 10:28 in, 22:05 out"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("stamps") or "").strip() and not self.errors:
            raise ValidationError(_("Choose a table, or write times into the list."))
        return cleaned


class SettleForm(CarefulForm):
    """How an attorney settles a question of unsettled law, and why."""

    careful = ("reason",)
    setting = forms.ChoiceField(
        label=_("For this case"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No")), ("default", _("As it is set for everybody"))],
    )
    reason = Words(limit=1000, lines=True, label=_("Reason"), help_text=_("It stands in the claim beside the result."))

    def value(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["setting"])
