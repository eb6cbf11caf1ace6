"""Shape and validation of a letter's wording."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.papers import letters
from centro.core.careful import CarefulForm, Words
from centro.people.choices import LANGUAGES


class LetterForm(CarefulForm):
    """The wording of a letter in English and in the worker's language; facts stay merge fields."""

    careful = ("body", "mirror")
    body = Words(limit=40_000, lines=True, label=_("English"))
    mirror = Words(limit=40_000, lines=True, label=_("Worker’s language"))

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].widget.attrs.update(rows=24, lang="en", spellcheck="true")
        if language == "en":
            del self.fields["mirror"]
        else:
            self.fields["mirror"].label = LANGUAGES[language]
            self.fields["mirror"].widget.attrs.update(rows=24, lang=language, spellcheck="true")

    def clean_body(self) -> str:
        return _checked(self.cleaned_data["body"])

    def clean_mirror(self) -> str:
        return _checked(self.cleaned_data["mirror"])

    def clean(self) -> dict[str, Any]:
        """Both sides say the same: each fact that stands in one stands in the other."""
        cleaned = super().clean()
        body, mirror = cleaned.get("body"), cleaned.get("mirror")
        if body and mirror:
            apart = set(letters.fields_in(body)) ^ set(letters.fields_in(mirror))
            if apart:
                names = ", ".join(sorted(apart))
                message = _("These fields stand in one language only: %(names)s") % {"names": names}
                raise ValidationError(message, code="apart")
        return cleaned


def _checked(text: str) -> str:
    try:
        letters.check(text)
    except letters.LetterFault as fault:
        if fault.code == "unknown":
            names = ", ".join(fault.names)
            raise ValidationError(
                _("There is no field called %(names)s.") % {"names": names}, code="unknown"
            ) from fault
        raise ValidationError(
            _("Two braces stand alone. A field is written {{ like_this }}."), code="braces"
        ) from fault
    return text
