"""Typing in what came back on paper: one line a door, and the next line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core.careful import CarefulForm, Words
from centro.organizing.actions import Told
from centro.organizing.choices import NoStep, Outcome, Where, is_remote, outcomes_of
from centro.people.choices import LANGUAGES

AT_ONCE = 20  # doors on one page


class PaperForm(CarefulForm):
    """The doors of a list that nobody typed in yet: what happened, a note, the next step."""

    def __init__(self, *args: Any, stops: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.stops = stops
        fields: dict[str, Any] = self.fields
        for stop in stops:
            fields[f"outcome-{stop.pk}"] = forms.ChoiceField(
                label=_("What happened?"), choices=[("", "—"), *outcomes_of(stop.assignment.kind)], required=False
            )
            fields[f"note-{stop.pk}"] = Words(limit=1000, label=_("Note"), required=False)
            fields[f"step-{stop.pk}"] = Words(limit=160, label=_("Next step"), required=False)
        self.careful = tuple(f"{name}-{stop.pk}" for stop in stops for name in ("note", "step"))

    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        """Each stop with its three fields."""
        return [
            (stop, self[f"outcome-{stop.pk}"], self[f"note-{stop.pk}"], self[f"step-{stop.pk}"]) for stop in self.stops
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for stop in self.stops:
            outcome, note = cleaned.get(f"outcome-{stop.pk}"), cleaned.get(f"note-{stop.pk}")
            if outcome == Outcome.TALKED and not cleaned.get(f"step-{stop.pk}"):
                words = _("What happens next? Write “nothing” if nothing does.")
                self.add_error(f"step-{stop.pk}", ValidationError(words, code="step"))
            if not outcome and (note or cleaned.get(f"step-{stop.pk}")):
                self.add_error(f"outcome-{stop.pk}", ValidationError(_("What happened? Choose one."), code="outcome"))
        return cleaned

    def told(self) -> list[tuple[Any, Told]]:
        """Each stop that was filled in, with what was noted of it."""
        got = self.cleaned_data
        return [(stop, self._told(stop)) for stop in self.stops if got[f"outcome-{stop.pk}"]]

    def _told(self, stop: Any) -> Told:
        got, step = self.cleaned_data, self.cleaned_data[f"step-{stop.pk}"]
        is_nothing = step.casefold().strip(".") in {
            word.casefold() for word in ("-", "—", str(_("nothing")), "nothing")
        }
        kind = stop.assignment.kind
        return Told(
            outcome=got[f"outcome-{stop.pk}"],
            kind=kind,
            where=Where.PHONE if is_remote(kind) else Where.HOME,
            story=got[f"note-{stop.pk}"],
            step="" if is_nothing else step,
            no_step=NoStep.DONE if is_nothing else "",
            device_at=stop.assignment.from_at,
        )


class VisitSheetForm(forms.Form):
    """How the page of one person is printed."""

    language = forms.ChoiceField(
        label=_("Language of the page"),
        choices=[(code, LANGUAGES[code]) for code in ("es", "ko", "en")],
        widget=forms.RadioSelect,
    )
    with_notes = forms.BooleanField(
        label=_("With what was said in the last talks"),
        required=False,
        help_text=_("Only for yourself: whoever finds the page reads it."),
    )


class CodeForm(forms.Form):
    """The short code on a sheet: the list’s letters, perhaps with the number of a line."""

    code = forms.RegexField(
        r"^\s*([0-9A-Za-z]{4})(?:\s*-?\s*(\d{1,3}))?\s*$",
        label=_("Code on the sheet"),
        max_length=12,
        error_messages={"invalid": _("Four letters or digits, for example K7QX, or K7QX-12 for one line.")},
    )

    def list_code(self) -> str:
        """The four signs of the list."""
        return str(self.cleaned_data["code"]).strip()[:4].upper()
