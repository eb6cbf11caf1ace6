"""What is typed about money: lines of the ledger, steps, plans, payments, what the employer owns."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.installments import MOST, Every
from centro.clinic.models import Matter
from centro.clinic.models.money import AssetKind, EntryKind, StepKind
from centro.core.careful import CarefulForm, Day, Words
from centro.core.money import NotMoney, dollars, parse_cents


class Dollars(forms.CharField):
    """An amount as people type it, cleaned to whole cents; `least` in cents."""

    def __init__(self, *, least: int = 1, **options: Any) -> None:
        self.least = least
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_cents(text)
        except NotMoney as error:
            raise ValidationError(_("Write an amount of dollars, like 1,250 or 1250.50."), code="money") from error

    def validate(self, value: Any) -> None:
        if value is None and not self.required:
            return
        super().validate(value)
        if value < self.least:
            raise ValidationError(_("The amount must be more than zero."), code="zero")

    def run_validators(self, value: Any) -> None:
        """Cents have no length to check."""


class OfMatterForm(CarefulForm):
    """A form about one matter of a case; with one matter only, it is that one."""

    matter = forms.ChoiceField(label=_("Matter"), required=False)

    def __init__(self, *args: Any, matters: list[Matter], **options: Any) -> None:
        super().__init__(*args, **options)
        self.matters = {str(matter.pk): matter for matter in matters}
        choices = [(pk, str(matter.get_route_display())) for pk, matter in self.matters.items()]
        field: Any = self.fields["matter"]
        field.choices = choices
        field.required = bool(choices)
        if len(choices) < 2:
            field.widget = field.hidden_widget()
            field.initial = choices[0][0] if choices else ""

    def details(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = {name: self.cleaned_data[name] for name in self.base_fields if name != "removal"}
        return {**cleaned, "matter": self.matters.get(cleaned["matter"])}


class EntryForm(OfMatterForm):
    careful = ("note",)
    field_order = ("kind", "cents", "on", "matter", "note")
    kind = forms.ChoiceField(label=_("What it is"), choices=EntryKind.choices, widget=forms.RadioSelect)
    cents = Dollars(label=_("Amount"), least=0)
    on = Day(label=_("On which day"), past_only=True)
    note = Words(limit=500, lines=True, label=_("Note"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("cents") == 0 and cleaned.get("kind") == EntryKind.RECEIVED:
            self.add_error("cents", ValidationError(_("The amount must be more than zero."), code="zero"))
        return cleaned


class StepForm(OfMatterForm):
    careful = ("reference", "note")
    field_order = ("kind", "on", "cents", "reference", "matter", "note")
    kind = forms.ChoiceField(label=_("What happened"), choices=StepKind.choices)
    on = Day(label=_("On which day"), past_only=True)
    cents = Dollars(
        label=_("Amount"), required=False, help_text=_("Of the decision, the judgment, the bond or the levy")
    )
    reference = Words(limit=120, label=_("Number of the case at the agency or court"), required=False)
    note = Words(limit=500, lines=True, label=_("Note"), required=False)

    def __init__(self, *args: Any, owed: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.owed = owed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in {StepKind.AWARD, StepKind.JUDGMENT} and cleaned.get("cents") is None and "cents" not in self.errors:
            self.add_error("cents", ValidationError(_("How much was decided? The ledger needs it."), code="amount"))
        if kind == StepKind.PAID and self.owed:
            words = _("By the ledger %(owed)s is still open. Note the payment first, or that the rest is given up.")
            self.add_error("kind", ValidationError(words, code="owed", params={"owed": dollars(self.owed)}))
        return cleaned


class PlanForm(OfMatterForm):
    careful = ("note",)
    field_order = ("cents", "count", "every", "first_on", "matter", "is_agreement", "note")
    cents = Dollars(label=_("The whole sum"))
    count = forms.IntegerField(label=_("In how many payments"), min_value=1, max_value=MOST)
    every = forms.ChoiceField(
        label=_("How often"), choices=Every.choices, widget=forms.RadioSelect, initial=Every.MONTH
    )
    first_on = Day(label=_("First payment on"))
    is_agreement = forms.BooleanField(
        label=_("Write the sum into the ledger as agreed"),
        help_text=_("Leave it out when the sum was awarded or agreed before and stands there already."),
        required=False,
        initial=True,
    )
    note = Words(limit=500, lines=True, label=_("Note"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cents, count = cleaned.get("cents"), cleaned.get("count")
        if cents and count and cents < count:
            self.add_error("count", ValidationError(_("That is less than a cent a payment."), code="parts"))
        return cleaned


class ReceiveForm(CarefulForm):
    careful = ("note",)
    cents = Dollars(label=_("How much came in"))
    on = Day(label=_("On which day"), past_only=True)
    note = Words(limit=500, lines=True, label=_("Note"), required=False)

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("cents", "on", "note")}


class AssetForm(CarefulForm):
    careful = ("words",)
    kind = forms.ChoiceField(label=_("What it is"), choices=AssetKind.choices, widget=forms.RadioSelect)
    words = Words(
        limit=300,
        label=_("What the worker knows of it"),
        help_text=_("The bank’s name and branch, the plate, the shop’s name and street. No account numbers."),
    )
    seen_on = Day(label=_("Last seen on"), past_only=True, required=False)

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not any(letter.isalnum() for letter in words):
            raise ValidationError(_("Write what the worker saw."), code="words")
        return words

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "words", "seen_on")}
