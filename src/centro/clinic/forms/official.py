"""Shape and validation of official forms and of their maps."""

import re
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import Route
from centro.clinic.papers import form1, letters, official
from centro.core.careful import CarefulForm, Words
from centro.core.documents.fields import FilesField

MOST_PLACES = 400
FAULTS = {
    "shape": _("Place %(at)s has no page, x and y."),
    "what": _("Place %(at)s needs one of field, claim, or tick with is."),
    "page": _("Place %(at)s names a page that the PDF does not have."),
    "place": _("Place %(at)s does not lie on its page."),
    "name": _("Place %(at)s names something that this program does not know."),
}


class BringOfficialForm(CarefulForm):
    """The PDF of an agency, under a short name."""

    name = Words(limit=24, label=_("Short name"), help_text=_("Small letters, digits and _, such as dlse_form_1."))
    title = Words(limit=120, label=_("Title"), help_text=_("As the agency calls it, with its revision."))
    routes = forms.MultipleChoiceField(
        label=_("Offered in"), choices=Route.choices, widget=forms.CheckboxSelectMultiple
    )
    brought = FilesField(label=_("The PDF, as the agency publishes it"), help_text="")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise ValidationError(_("Please use small letters, digits and _ only."), code="name")
        if name in letters.BUNDLES or name in letters.kinds():
            raise ValidationError(_("A letter of the clinic has this name already."), code="taken")
        return name

    def clean_brought(self) -> bytes:
        files = self.cleaned_data["brought"]
        if len(files) != 1 or files[0].kind != "pdf":
            raise ValidationError(_("Please choose one PDF."), code="pdf")
        content: bytes = files[0].content
        return content


class MapForm(forms.Form):
    """What stands where: a list in YAML, one place a line."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=64)
    places = Words(limit=60_000, lines=True, required=False, label=_("Places"))

    def __init__(self, form: official.Form, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.form = form
        self.fields["places"].widget.attrs.update(rows=14, spellcheck="false", autocapitalize="off")

    def clean_places(self) -> list[dict[str, Any]]:
        try:
            places = yaml.safe_load(self.cleaned_data["places"] or "[]")
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise ValidationError(_("This is no list of places. One place stands on one line."), code="yaml") from error
        if not isinstance(places, list) or len(places) > MOST_PLACES:
            raise ValidationError(_("This is no list of places. One place stands on one line."), code="yaml")
        sizes, items = official.page_sizes(self.form.path.read_bytes()), claim_items()
        faults = [(at, official.fault_of(place, sizes, items)) for at, place in enumerate(places, start=1)]
        wrong = [ValidationError(FAULTS[code], code=code, params={"at": at}) for at, code in faults if code]
        if wrong:
            raise ValidationError(wrong[:10])
        return places

    @staticmethod
    def written(form: official.Form) -> str:
        """The places as they are typed: one a line."""
        lines = [
            yaml.safe_dump(dict(place), default_flow_style=True, sort_keys=False, width=1000).strip()
            for place in form.fields
        ]
        return "\n".join(f"- {line}" for line in lines)


def claim_items() -> list[str]:
    """What a place may take from the claim."""
    rows = [*form1.table()["claims"], *form1.table()["penalties"]]
    return ["total", "interest", *(code for row in rows for code in row["codes"])]
