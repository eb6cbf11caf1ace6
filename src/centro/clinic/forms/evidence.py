"""Shape and validation of evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import Exhibit, ExhibitKind
from centro.core.careful import CarefulForm, Day, Words
from centro.core.documents.fields import FilesField
from centro.people.choices import LANGUAGES


class ExhibitForm(CarefulForm):
    """What it is, of when, and from whom."""

    careful = ("what", "told", "from_whom")
    kind = forms.ChoiceField(label=_("Kind"), choices=ExhibitKind.choices)
    what = Words(limit=300, label=_("What it is"), help_text=_("In English: it stands in the index."))
    told = Words(limit=300, required=False, label=_("In the worker’s language"))
    dated_on = Day(past_only=True, required=False, label=_("Of which day"))
    from_whom = Words(limit=200, required=False, label=_("From whom"))

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if language == "en":
            del self.fields["told"]
        else:
            self.fields["told"].label = _("In %(language)s") % {"language": LANGUAGES[language]}
            self.fields["told"].widget.attrs["lang"] = language

    def details(self) -> dict[str, Any]:
        """What the actions ask for."""
        return {"told": "", **{name: self.cleaned_data[name] for name in self.fields if name in _DETAILS}}

    @staticmethod
    def values_of(exhibit: Exhibit) -> dict[str, Any]:
        return {name: getattr(exhibit, name) for name in _DETAILS}


_DETAILS = ("kind", "what", "told", "dated_on", "from_whom")


class NewExhibitForm(ExhibitForm):
    """The same with its files: several photos at once."""

    brought = FilesField(label=_("Photos, PDFs or recordings"))
    is_apart = forms.BooleanField(required=False, label=_("Each file is an exhibit of its own"))
    keeps_original = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Keep the originals too, sealed"),
        help_text=_("As proof. Staff see a clean copy, without the place where the photo was taken."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["brought", "kind", "what", "told", "dated_on", "from_whom", "is_apart", "keeps_original"])
