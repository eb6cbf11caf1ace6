"""What is typed at the desk: consents, messages, tags, searches, tables, lists, merges, purges."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.people.choices import (
    LANGUAGE_CHOICES,
    LANGUAGES,
    WRITTEN_IN,
    Channel,
    How,
    Purpose,
)
from centro.people.columns import FIELDS
from centro.people.forms.persons import PersonForm, ZipField
from centro.people.merge import CHOSEN
from centro.people.models import Export, Purge


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What they agree to"), choices=Purpose.choices)
    language = forms.ChoiceField(label=_("Language it was read in"), choices=[(c, LANGUAGES[c]) for c in WRITTEN_IN])
    how = forms.ChoiceField(label=_("How they agreed"), choices=How.choices, widget=forms.RadioSelect)
    expires_on = Day(label=_("Until"), help_text=_("Leave empty if it holds until they take it back"), required=False)

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and day < clock.today():
            raise ValidationError(_("This day is already past."), code="past")
        return day


class PurgeForm(forms.Form):
    basis = forms.ChoiceField(label=_("Why"), choices=Purge.Basis.choices, widget=forms.RadioSelect)
    no_dispute_expected = forms.BooleanField(
        label=_("No lawsuit, claim or subpoena about this person is expected"),
        help_text=_("If one is, the file must be kept: ask the attorney first."),
    )


class MessageForm(CarefulForm):
    """A short, neutral message: it may be read by whoever holds the phone."""

    careful = ("words",)
    channel = forms.ChoiceField(
        label=_("How to send it"),
        choices=[(Channel.TEXT, Channel.TEXT.label), (Channel.EMAIL, Channel.EMAIL.label)],
        widget=forms.RadioSelect,
    )
    words = Words(
        limit=480,
        lines=True,
        label=_("Message"),
        help_text=_("Short and neutral: no employer, no claim, nothing that hurts if somebody else reads it."),
    )


class ExportForm(CarefulForm):
    """A list that leaves: only those who are needed, and why."""

    careful = ("reason",)
    reason = Words(limit=300, lines=True, label=_("What the list is for"))
    language = forms.ChoiceField(
        label=_("Only people who prefer"), choices=[("", _("Everybody")), *LANGUAGE_CHOICES], required=False
    )
    zip = ZipField(help_text=_("Only people of this ZIP code"))
    shape = forms.ChoiceField(
        label=_("Which columns"), choices=Export.Shape.choices, initial=Export.Shape.CONTACTS, required=False
    )

    def clean_shape(self) -> str:
        """A form sent without it asks for the list that people call from."""
        return str(self.cleaned_data["shape"] or Export.Shape.CONTACTS)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("A table of people"),
        help_text=_("CSV or XLSX, up to 20,000 rows. The first line says what each column is."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class ColumnsForm(forms.Form):
    """What each column of a table is: one choice a column, each field once."""

    def __init__(self, *args: Any, batch: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place, heading in enumerate(json.loads(batch.header)):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": place + 1},
                choices=list(FIELDS.items()),
                required=False,
                initial=batch.columns[place],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [field for field in cleaned.values() if field]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("Two columns are the same thing. Leave one of them out."), code="twice")
        if not {"full_name", "given", "family", "native", "call_me"} & set(chosen):
            raise ValidationError(_("One column has to be a name."), code="name")
        return cleaned

    def fields_chosen(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class MergeForm(forms.Form):
    """For each detail in which two files differ: which of them is right."""

    def __init__(self, *args: Any, one: Any, other: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.one, self.other = one, other
        for name in self.differing():
            self.fields[name] = forms.ChoiceField(
                choices=[("one", "one"), ("other", "other")], widget=forms.RadioSelect, initial="one"
            )

    def differing(self) -> list[str]:
        """Details that both files have, and that are not the same."""
        pairs = ((name, getattr(self.one, name), getattr(self.other, name)) for name in CHOSEN)
        return [name for name, mine, theirs in pairs if mine and theirs and mine != theirs]

    def rows(self) -> list[dict[str, Any]]:
        """The table side by side: every detail that at least one of the two has."""
        chosen = self.data if self.is_bound else {}
        return [
            {
                "name": name,
                "label": PersonForm.base_fields[name].label,
                "one": shown_value(self.one, name),
                "other": shown_value(self.other, name),
                "must_choose": name in self.fields,
                "takes_other": chosen.get(name) == "other",
            }
            for name in CHOSEN
            if getattr(self.one, name) or getattr(self.other, name)
        ]

    def taken(self) -> list[str]:
        """The details in which the second file is right."""
        return [name for name, choice in self.cleaned_data.items() if choice == "other"]


def shown_value(person: Any, name: str) -> str:
    """A detail as people read it: codes by their words."""
    spoken = getattr(person, f"get_{name}_display", None)
    return str(spoken() if spoken else getattr(person, name))


class TagForm(CarefulForm):
    careful = ("name",)
    name = Words(limit=40, label=_("Tag"), help_text=_("One word or two, for example: speaks at meetings"))


class SearchForm(forms.Form):
    words = Words(limit=120, label=_("Find someone"), required=False)
