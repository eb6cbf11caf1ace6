"""Opening a case by hand, and correcting what stands at its head."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import Route, Topic
from centro.core.careful import CarefulForm, Words
from centro.people.choices import LANGUAGE_CHOICES


class CaseForm(CarefulForm):
    """What is known at the start: who the worker says the employer is, what it is about, in which language."""

    careful = ("employer_name", "goal")
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

    def details(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}


class OpenCaseForm(CaseForm):
    """The same, with the legal routes that begin at once."""

    routes = forms.MultipleChoiceField(
        label=_("Begin with"),
        choices=[choice for choice in Route.choices if choice[0] != Route.ADVICE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("More can be opened later. Each goes its own way."),
    )

    def clean_employer_name(self) -> str:
        name: str = self.cleaned_data["employer_name"]
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("Write a name, or how the worker calls the boss."), code="name")
        return name

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "routes"}
