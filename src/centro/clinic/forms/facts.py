"""Shape and validation of a fact: its form depends on what kind of thing it is."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import Fact
from centro.clinic.papers.fields import Field
from centro.core.careful import CarefulForm, Day, Words
from centro.core.money import NotMoney, dollars, parse_cents
from centro.people.choices import LANGUAGES


class FactForm(CarefulForm):
    """One fact in English and, where it is words, in the worker's language."""

    careful = ("value", "told")

    def __init__(self, what: Field, language: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.what = what
        self.fields["value"] = _input_of(what)
        self.fields["value"].label = what.label(language) if language == "en" or not what.is_told else _("In English")
        if what.is_told and language != "en":
            name = LANGUAGES.get(language, language)
            self.fields["told"] = Words(limit=4000, lines=True, label=_("In %(language)s") % {"language": name})
            self.fields["told"].widget.attrs["lang"] = language
            self.order_fields(["told", "value"])

    def clean_value(self) -> str:
        value = self.cleaned_data["value"]
        if isinstance(value, date):
            return value.isoformat()
        if self.what.kind != "money":
            return str(value)
        try:
            return str(parse_cents(value))
        except NotMoney as error:
            raise ValidationError(_("Please write an amount of money, such as 2,800.50."), code="money") from error

    def words(self) -> dict[str, str]:
        """What is written down: the value, and the same as it was told."""
        return {"value": self.cleaned_data["value"], "told": self.cleaned_data.get("told", "")}

    @staticmethod
    def values_of(fact: Fact | None, what: Field, offered: str) -> dict[str, Any]:
        """What the form shows at first: the fact as it stands, or what the file offers."""
        if fact is None:
            return {"value": offered}
        value = dollars(int(fact.value)).lstrip("$") if what.kind == "money" and fact.value else fact.value
        return {"value": value, "told": fact.told}


def _input_of(what: Field) -> forms.Field:
    if what.kind == "day":
        return Day()
    if what.kind == "yes_no":
        return forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect)
    if what.kind == "words":
        return Words(limit=4000, lines=True)
    return Words(limit=300)
