"""What is typed about texts: a guide in three languages, and the words to one person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core import content
from centro.core.careful import CarefulForm, Words
from centro.organizing.actions.texts import Said
from centro.organizing.models import Guide
from centro.organizing.texting import PLACES, unknown_places, uses
from centro.people.choices import WRITTEN_IN

LONGEST_TEXT, LONGEST_TALK = 480, 2000
STARTS = {False: ("invite_text", "thank_text"), True: ("invite_call",)}
NAMES = {"en": _("English"), "es": _("Spanish"), "ko": _("Korean")}


class GuideForm(CarefulForm):
    """A guide: in each language its words, and what {event} stands for."""

    careful = tuple(f"words_{code}" for code in WRITTEN_IN)
    name = Words(limit=60, label=_("Name of the guide"))

    def __init__(self, *args: Any, for_calls: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.for_calls = for_calls
        fields: dict[str, Any] = self.fields
        for code in WRITTEN_IN:
            limit = LONGEST_TALK if for_calls else LONGEST_TEXT
            fields[f"words_{code}"] = Words(limit=limit, lines=True, label=NAMES[code], required=False)
            label = _("What {event} stands for")
            fields[f"event_{code}"] = Words(limit=120, label=label, required=False)

    def by_language(self) -> list[tuple[str, Any, Any]]:
        """The pairs of fields, a language each."""
        return [(code, self[f"words_{code}"], self[f"event_{code}"]) for code in WRITTEN_IN]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for code in WRITTEN_IN:
            self._check(code, cleaned.get(f"words_{code}") or "", cleaned.get(f"event_{code}") or "")
        if not any(cleaned.get(f"words_{code}") for code in WRITTEN_IN) and not self.errors:
            self.add_error("words_en", ValidationError(_("Please write it in one language at least."), code="empty"))
        return cleaned

    def _check(self, code: str, words: str, event: str) -> None:
        if unknown := unknown_places(words):
            values = {"known": " ".join(f"{{{place}}}" for place in PLACES), "unknown": ", ".join(unknown)}
            said = _("Only %(known)s are filled in, not %(unknown)s.")
            self.add_error(f"words_{code}", ValidationError(said, code="place", params=values))
        elif uses(words, "event") and not event:
            why = _("Please say what {event} stands for in this language.")
            self.add_error(f"event_{code}", ValidationError(why, code="event"))

    def texts(self) -> dict[str, Said]:
        """The languages somebody wrote it in."""
        got = self.cleaned_data
        return {code: Said(got[f"words_{code}"], got[f"event_{code}"]) for code in WRITTEN_IN if got[f"words_{code}"]}


def written_so_far(guide: Guide) -> dict[str, str]:
    """A guide as its form shows it."""
    shown = {"name": str(guide.name)}
    for text in guide.texts.all():
        shown |= {f"words_{text.language}": str(text.words), f"event_{text.language}": str(text.event)}
    return shown


def start_from(name: str, *, for_calls: bool) -> dict[str, str]:
    """A guide to begin with, from the files in content/guides, in every language it is there in."""
    chosen = name if name in STARTS[for_calls] else STARTS[for_calls][0]
    texts = {code: content.text("guides", chosen, code) for code in content.languages_of("guides", chosen)}
    shown = {f"words_{code}": text.body_markdown for code, text in texts.items()}
    return {**shown, "name": texts["en"].title if "en" in texts else ""}


class TextForm(CarefulForm):
    """The words to one person."""

    careful = ("words",)
    words = Words(
        limit=LONGEST_TEXT,
        lines=True,
        label=_("Text message"),
        help_text=_("Short and neutral: whoever holds the phone may read it."),
    )


class PlayForm(forms.Form):
    """In the demo alone: what the person answers."""

    words = Words(limit=480, label=_("What they would answer"))
