"""Shape and validation of the places that are to be covered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_PLACES = 10
EDGES = ("left", "top", "wide", "high")
LABELS = {
    "left": _("From the left, %"),
    "top": _("From the top, %"),
    "wide": _("Width, %"),
    "high": _("Height, %"),
}


class CoverForm(forms.Form):
    """Up to ten places of one page, each by four numbers in percent of it: left, top, width, height."""

    page = forms.IntegerField(min_value=1, max_value=300, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    drop_original = forms.BooleanField(
        required=False,
        label=_("Destroy the original too"),
        help_text=_("Otherwise it stays sealed, with the number. Nobody gets it back afterwards."),
    )

    def __init__(self, *args: Any, by_hand: bool, may_drop: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_hand = by_hand
        if not may_drop:
            del self.fields["drop_original"]
        for at in range(MOST_PLACES if by_hand else 0):
            for edge in EDGES:
                self.fields[f"{edge}_{at}"] = forms.FloatField(
                    label=LABELS[edge],
                    required=False,
                    min_value=0,
                    max_value=100,
                    widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal", "data-edge": edge}),
                )

    def rows(self) -> list[list[Any]]:
        """The fields of each place, for the page."""
        return [[self[f"{edge}_{at}"] for edge in EDGES] for at in range(MOST_PLACES if self.by_hand else 0)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.by_hand and not self.errors and not self.places():
            raise ValidationError(
                _("Mark at least one place on the page, or say that there is no number."), code="none"
            )
        return cleaned

    def places(self) -> list[tuple[float, ...]]:
        """The places that were filled in, as [left, top, right, bottom] in parts of the page."""
        found: list[tuple[float, ...]] = []
        for at in range(MOST_PLACES if self.by_hand else 0):
            left, top, wide, high = (self.cleaned_data.get(f"{edge}_{at}") or 0 for edge in EDGES)
            if wide and high:
                found.append((left / 100, top / 100, min(1.0, (left + wide) / 100), min(1.0, (top + high) / 100)))
        return found

    @staticmethod
    def filled(places: Any) -> dict[str, str]:
        """The first values of the form for places that were found."""
        given = {}
        for at, (left, top, right, bottom) in enumerate(places[:MOST_PLACES]):
            for edge, part in zip(EDGES, (left, top, right - left, bottom - top), strict=True):
                given[f"{edge}_{at}"] = f"{part * 100:.1f}"
        return given
