"""Opening a case by hand, and correcting what stands at its head."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import Route, Topic
from centro.clinic.intake.questions import counties
from centro.clinic.models import Case
from centro.core.careful import CarefulForm, Words
from centro.people.choices import LANGUAGE_CHOICES
from centro.people.forms import ZipField


class CaseForm(CarefulForm):
    """What is known at the start: who the worker says the employer is, what it is about, in which language."""

    careful: tuple[str, ...] = ("employer_name", "goal")
    employer_name = Words(
        limit=200,
        label=_("Employer"),
        help_text=_("As the worker says it: the name on the sign, the check, or the boss"),
    )
    topics = forms.MultipleChoiceField(
        label=_("What it is about"), choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("The worker’s language"), choices=LANGUAGE_CHOICES)
    needs_interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    goal = Words(limit=2000, lines=True, label=_("What the worker wants"), required=False)
    contact_employer_ok = forms.BooleanField(
        label=_("We may contact the employer"),
        help_text=_("Only if the worker said yes"),
        required=False,
    )

    def clean_employer_name(self) -> str:
        name: str = self.cleaned_data["employer_name"]
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("Write a name, or how the worker calls the boss."), code="name")
        return name

    def details(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}


class HeadForm(CaseForm):
    """Everything that stands at the head of an open case, with the shop as the center knows it."""

    careful = ("employer_name", "goal", "story")
    workplace = forms.UUIDField(required=False, widget=forms.HiddenInput)
    workplace_name = Words(limit=120, label=_("Which shop it is (empty for a private home)"), required=False)
    county = forms.ChoiceField(label=_("County where they worked"), required=False)
    zip = ZipField(label=_("ZIP code of the workplace"))
    industry = forms.RegexField(
        regex=r"^\d{2,6}$", label=_("Industry"), help_text=_("NAICS code, two to six digits"), required=False,
        error_messages={"invalid": _("A NAICS code has two to six digits.")},
    )  # fmt: skip
    story = Words(limit=20_000, lines=True, label=_("What happened, in the worker’s words"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(row["id"], row[_language()]) for row in counties()]
        self.fields["county"].choices = [("", _("Not known")), *known]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What was typed, but for the shop, which the view finds."""
        return {name: value for name, value in super().details().items() if not name.startswith("workplace")}

    @classmethod
    def values_of(cls, case: Case) -> dict[str, Any]:
        """The head of a case as it stands."""
        shop = case.workplace
        kept = {name: getattr(case, name) for name in cls.base_fields if hasattr(case, name)}
        return {**kept, "workplace": shop.pk if shop else None, "workplace_name": shop.name if shop else ""}

    def in_words(self, values: dict[str, Any]) -> dict[str, str]:
        """The same values as a person reads them: labels for codes, yes and no for ticks."""
        return {name: self._word(name, value) for name, value in values.items() if name in self.fields}

    def _word(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        labels = dict(getattr(self.fields[name], "choices", ()))
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(code, code)) for code in codes)


def _language() -> str:
    code = (get_language() or "en")[:2]
    return code if code in {"en", "es", "ko"} else "en"


class OpenCaseForm(CaseForm):
    """The same, with the legal routes that begin at once."""

    routes = forms.MultipleChoiceField(
        label=_("Begin with"),
        choices=[choice for choice in Route.choices if choice[0] != Route.ADVICE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("More can be opened later. Each goes its own way."),
    )

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "routes"}
