"""`CarefulForm`: the base of every form. Long, odd and dangerous input comes back with words, never a crash."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core import clock, sensitive

EARLIEST = date(1920, 1, 1)
YEARS_AHEAD = 10


class Words(forms.CharField):
    """A line of plain text (some lines with `lines=True`) in one Unicode form, without control characters."""

    def __init__(self, *, limit: int, lines: bool = False, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3}) if lines else forms.TextInput(attrs={"autocomplete": "off"})
        self.has_lines = lines
        super().__init__(max_length=limit, widget=options.pop("widget", widget), **options)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        kept = "\n" if self.has_lines else ""
        text = "".join(c for c in text if c in kept or unicodedata.category(c)[0] != "C" or c in "\u200d\u200c")
        return text.strip() if self.has_lines else " ".join(text.split())


class Day(forms.DateField):
    """A day in a lifetime: not before 1920, not more than ten years ahead."""

    def __init__(self, *, past_only: bool = False, **options: Any) -> None:
        self.past_only = past_only
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        latest = clock.today() if self.past_only else date(clock.today().year + YEARS_AHEAD, 12, 31)
        if not EARLIEST <= value <= latest:
            raise ValidationError(_("Please check the year of this date."), code="year")


class Moment(forms.DateTimeField):
    """A day and a time of day at the center."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


class CarefulForm(forms.Form):
    """A form that does not keep what must not be kept.

    Where free text holds a social security number, an A-number or a bank card, or words about immigration status,
    the form comes back once and offers to take them out; numbers are never saved.
    """

    careful: tuple[str, ...] = ()
    removal = forms.ChoiceField(
        label=_("What should we do with them?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("remove", _("Take them out and save")),
            ("keep_words", _("Take out the numbers, keep the words: they are about something else")),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_about: list[str] = []

    def clean(self) -> dict[str, Any]:
        self.asks_about = []
        cleaned = super().clean() or self.cleaned_data
        choice = cleaned.pop("removal", "")
        for name in self.careful:
            text = cleaned.get(name) or ""
            found = sensitive.find(text)
            if not found:
                continue
            if choice in {"remove", "keep_words"}:
                cleaned[name] = sensitive.without(text, found, words_too=choice == "remove")
                continue
            self.asks_about += [*found.numbers, *found.words]
            self.add_error(
                name,
                ValidationError(
                    _("Please do not write this here: it could hurt this person if the file is ever taken."),
                    code="sensitive",
                ),
            )
        return cleaned

    @property
    def shows_removal(self) -> bool:
        """Whether the page has to offer taking words out."""
        return bool(self.asks_about)
