"""What is typed about holds and legal demands."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import Matter
from centro.clinic.models.productions import ProducedKind
from centro.clinic.models.walls import DemandKind, DemandState
from centro.core.careful import CarefulForm, Day, Words


class HoldForm(CarefulForm):
    """What is held, and why."""

    careful = ("reason",)
    what = forms.ChoiceField(label=_("What is held"), widget=forms.RadioSelect, required=False, initial="case")

    def __init__(self, matters: Iterable[Matter], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.matters = {str(row.pk): row for row in matters}
        field: Any = self.fields["what"]
        field.choices = [
            ("case", _("This case")),
            *((pk, row.get_route_display()) for pk, row in self.matters.items()),
            ("person", _("Everything of this person")),
        ]

    @property
    def is_person(self) -> bool:
        return bool(self.cleaned_data["what"] == "person")

    def matter(self) -> Matter | None:
        return self.matters.get(self.cleaned_data["what"])

    reason = Words(limit=500, lines=True, label=_("Why"), required=False)


class DemandForm(CarefulForm):
    """What arrived. The words of the paper itself stay on the paper."""

    careful = ("what", "served_on", "scope")
    kind = forms.ChoiceField(label=_("What arrived"), choices=DemandKind.choices)
    arrived_on = Day(label=_("On which day"), past_only=True)
    served_on = Words(limit=120, label=_("Who took it"), help_text=_("The colleague to whom it was handed or said"))
    deadline = Day(label=_("Answer due by"), required=False)
    what = Words(limit=2000, lines=True, label=_("From whom, and what it says"))
    scope = Words(limit=2000, lines=True, label=_("What it asks for"), required=False)
    number = Words(
        limit=12,
        label=_("Case number"),
        required=False,
        help_text=_("If it is about one of our cases. That case is then held: nothing of it is destroyed."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        arrived, deadline = cleaned.get("arrived_on"), cleaned.get("deadline")
        if arrived and deadline and deadline < arrived:
            words = _("The answer cannot be due before the demand arrived.")
            self.add_error("deadline", ValidationError(words, code="order"))
        return cleaned

    def details(self) -> dict[str, Any]:
        names = ("kind", "arrived_on", "served_on", "deadline", "what", "scope")
        return {name: self.cleaned_data[name] for name in names}


class CounselForm(CarefulForm):
    """Who answers, until when, and what became of it."""

    careful = ("counsel", "scope")
    counsel = Words(limit=200, label=_("Counsel who answers"), required=False)
    deadline = Day(label=_("Answer due by"), required=False)
    scope = Words(limit=2000, lines=True, label=_("What it asks for"), required=False)
    state = forms.ChoiceField(label=_("What became of it"), choices=DemandState.choices, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("state") == DemandState.ANSWERED and not cleaned.get("counsel"):
            self.add_error("counsel", ValidationError(_("Name the counsel who answered."), code="counsel"))
        return cleaned

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("counsel", "deadline", "scope", "state")}


class ProductionForm(forms.Form):
    """What is handed over, and of which days."""

    kinds = forms.MultipleChoiceField(
        label=_("What is handed over"), choices=ProducedKind.choices, widget=forms.CheckboxSelectMultiple
    )
    from_on = Day(label=_("From the day"), past_only=True, required=False)
    to_on = Day(label=_("Up to the day"), past_only=True, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", ValidationError(_("The last day comes before the first."), code="order"))
        return cleaned
