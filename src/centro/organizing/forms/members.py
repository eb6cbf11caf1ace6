"""What is typed about members: joining, dues, leaving, committees, the assembly."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.core.money import NotMoney, parse_cents
from centro.organizing.actions.members import Pledge
from centro.organizing.members.choices import MONTHS, LeftWhy, MemberState, Method, Paying, SaidHow, SeatRole, Waiver
from centro.organizing.models import Membership
from centro.people.choices import LANGUAGES, WRITTEN_IN, written_in

MOST_CENTS = 1_000_000


class Dollars(forms.Field):
    """An amount of dollars, kept as whole cents."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 14})
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            cents = parse_cents(str(value)[:20])
        except NotMoney as error:
            raise ValidationError(_("Please write an amount, such as 24 or 12.50."), code="money") from error
        if cents > MOST_CENTS:
            raise ValidationError(_("This is more than dues can be."), code="much")
        return cents


def as_dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


class TermsForm(CarefulForm):
    """What was agreed with a member: dues, how they are paid, what they are interested in."""

    careful = ("interest",)
    dues_cents = Dollars(label=_("Dues for a year"), help_text=_("In dollars. 0 where they are waived."))
    paying = forms.ChoiceField(label=_("How they are paid"), choices=Paying.choices)
    interest = Words(limit=120, label=_("A committee they would like"), required=False)
    may_be_named = forms.BooleanField(label=_("They agree to be named as a member in public"), required=False)

    TERMS = ("dues_cents", "paying", "interest", "may_be_named")

    def clean_dues_cents(self) -> int:
        return self.cleaned_data["dues_cents"] or 0

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.TERMS}


class JoinForm(TermsForm):
    """The pledge was signed or said; what was agreed with it."""

    language = forms.ChoiceField(label=_("Language it was read in"), choices=[(c, LANGUAGES[c]) for c in WRITTEN_IN])
    how = forms.ChoiceField(label=_("How they gave it"), choices=SaidHow.choices, widget=forms.RadioSelect)
    said_on = Day(label=_("On"), past_only=True)

    def pledge(self) -> Pledge:
        got = self.cleaned_data
        return Pledge(got["language"], SaidHow(got["how"]), got["said_on"])


def first_terms(language: str) -> dict[str, Any]:
    return {
        "dues_cents": as_dollars(settings.DUES_CENTS_A_YEAR),
        "paying": Paying.YEAR,
        "language": written_in(language),
        "said_on": clock.today(),
        "how": SaidHow.WITNESSED,
    }


def terms_of(row: Membership) -> dict[str, Any]:
    return {
        "dues_cents": as_dollars(row.dues_cents),
        "paying": row.paying,
        "interest": row.interest,
        "may_be_named": row.may_be_named,
    }


class PayForm(forms.Form):
    """Dues paid or waived, for so many months."""

    cents = Dollars(label=_("Amount"), required=False, help_text=_("In dollars; empty where it is waived"))
    method = forms.ChoiceField(label=_("How"), choices=Method.choices, widget=forms.RadioSelect)
    why = forms.ChoiceField(label=_("Why it is waived"), choices=Waiver.choices, required=False)
    months = forms.TypedChoiceField(label=_("For how many months"), coerce=int, choices=[(n, n) for n in (1, 3, 6, 12)])
    paid_on = Day(label=_("On"))

    def clean_paid_on(self) -> Any:
        day = self.cleaned_data["paid_on"]
        if day > clock.today():
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cents, is_waived = cleaned.get("cents") or 0, cleaned.get("method") == Method.WAIVED
        if is_waived and cents:
            self.add_error("cents", ValidationError(_("Waived dues have no amount."), code="waived"))
        if is_waived and not cleaned.get("why"):
            self.add_error("why", ValidationError(_("Please say why."), code="why"))
        if not is_waived and not cents and "cents" not in self.errors:
            self.add_error("cents", ValidationError(_("Please write what was paid."), code="amount"))
        return cleaned


def first_payment(row: Membership) -> dict[str, Any]:
    """A first guess: the agreed part, paid today."""
    months = MONTHS[Paying(row.paying)]
    cents = -(-row.dues_cents * months // 12)
    amount = as_dollars(cents) if cents else ""
    method = Method.CASH if cents else Method.WAIVED
    return {"cents": amount, "method": method, "months": months, "paid_on": clock.today()}


class LeaveForm(forms.Form):
    why = forms.ChoiceField(label=_("Why they leave"), choices=LeftWhy.choices[1:])


class MembersFilterForm(forms.Form):
    """Coded filters only, so that they may stand in the address."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Any")), *MemberState.choices])
    due = forms.BooleanField(label=_("Dues end within 30 days"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=2000)

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        got = self.cleaned_data
        return {"state": got.get("state", ""), "due": got.get("due", False), "page": got.get("page") or 1}


class CommitteeForm(CarefulForm):
    careful = ("purpose",)
    name = Words(limit=80, label=_("Name of the committee"))
    purpose = Words(limit=300, lines=True, label=_("What it is for"), required=False)


class SeatForm(forms.Form):
    committee = forms.ChoiceField(label=_("Committee"))
    role = forms.ChoiceField(label=_("As"), choices=SeatRole.choices)

    def __init__(self, *args: Any, committees: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["committee"].choices = [(str(row.pk), str(row.name)) for row in committees]


class AssemblyForm(forms.Form):
    name = Words(limit=80, label=_("Name of the assembly"))
    held_on = Day(label=_("Day"))
    percent = forms.IntegerField(label=_("Members who must be there, of a hundred"), min_value=1, max_value=100)


class BallotForm(forms.Form):
    question = Words(limit=200, label=_("The question, as it stands on the ballot"))


class TallyForm(forms.Form):
    """What one person counted."""

    yes = forms.IntegerField(label=_("Yes votes"), min_value=0, max_value=100_000)
    no = forms.IntegerField(label=_("No votes"), min_value=0, max_value=100_000)
    blank = forms.IntegerField(label=_("Blank ballots"), min_value=0, max_value=100_000)
    spoiled = forms.IntegerField(label=_("Spoiled ballots"), min_value=0, max_value=100_000)
