"""Shape and validation of evidence."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import Exhibit, ExhibitKind, Matter
from centro.core.careful import CarefulForm, Day, Words
from centro.core.documents.fields import FilesField
from centro.people.choices import LANGUAGES


class ExhibitForm(CarefulForm):
    """What it is, of when, from whom, and for which of the matters that this user may open."""

    careful = ("what", "told", "from_whom")
    kind = forms.ChoiceField(label=_("Kind"), choices=ExhibitKind.choices)
    what = Words(limit=300, label=_("What it is"), help_text=_("In English: it stands in the index."))
    told = Words(limit=300, required=False, label=_("In the worker’s language"))
    dated_on = Day(past_only=True, required=False, label=_("Of which day"))
    from_whom = Words(limit=200, required=False, label=_("From whom"))
    matters = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("For which matters"),
        help_text=_(
            "Only the papers of these matters take it. Nothing ticked: all papers of the case. What is only for a "
            "restricted matter is seen by those named on it and by nobody else."
        ),
    )

    def __init__(self, language: str, matters: Iterable[Matter], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(row.pk): row for row in matters}
        if self.known:
            field: Any = self.fields["matters"]
            field.choices = self.matter_choices()
        else:
            del self.fields["matters"]
        if language == "en":
            del self.fields["told"]
        else:
            self.fields["told"].label = _("In %(language)s") % {"language": LANGUAGES[language]}
            self.fields["told"].widget.attrs["lang"] = language

    def details(self) -> dict[str, Any]:
        """What the actions ask for."""
        return {"told": "", **{name: self.cleaned_data[name] for name in self.fields if name in _DETAILS}}

    def matter_choices(self) -> list[tuple[str, str]]:
        """The matters that this user may open, as they are called."""
        return [(pk, _name(row)) for pk, row in self.known.items()]

    def matters_said(self) -> dict[Matter, bool]:
        """Each matter that was asked about, and whether it is for it."""
        ticked = self.cleaned_data.get("matters", ())
        return {row: pk in ticked for pk, row in self.known.items()}

    def in_words(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of this form as one reads them, without the matters: nobody loses a tie to a colleague."""
        kinds = dict(ExhibitKind.choices)
        said = {name: values[name] for name in _DETAILS if name in self.fields}
        return said | {"kind": kinds[said["kind"]]}

    @staticmethod
    def values_of(exhibit: Exhibit) -> dict[str, Any]:
        ticked = [str(row.pk) for row in exhibit.matters.all()]
        return {name: getattr(exhibit, name) for name in _DETAILS} | {"matters": ticked}


def _name(matter: Matter) -> str:
    """What a matter is called among the others of its case."""
    topic = f": {matter.get_topic_display()}" if matter.topic else ""
    return f"{matter.get_route_display()}{topic}"


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
        self.order_fields(
            ["brought", "kind", "what", "told", "dated_on", "from_whom", "matters", "is_apart", "keeps_original"]
        )
