"""The debrief: where each person of a list stands, from what, and why where it is far from the last time."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core.careful import CarefulForm, Words
from centro.core.ids import ids_in
from centro.organizing.actions.assess_many import Said
from centro.organizing.actions.contacts import BIG_MOVE
from centro.organizing.choices import Basis
from centro.organizing.forms.contacts import scale_choices, why_so_far
from centro.organizing.queries.lookup import Row


def people_on(data: Mapping[str, Any]) -> list[UUID]:
    """Whom the page that was sent had a line for, in its order."""
    return ids_in(name.removeprefix("value-") for name in data if name.startswith("value-"))


class AssessManyForm(CarefulForm):
    """Some people at once. Whoever gets no number stays as they are."""

    basis = forms.ChoiceField(label=_("You know it from"), choices=Basis.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, rows: list[Row], scale: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows
        self.careful = tuple(f"why-{row.person.pk}" for row in rows)
        fields: dict[str, Any] = self.fields
        for row in rows:
            pk = row.person.pk
            fields[f"value-{pk}"] = forms.ChoiceField(
                label=_("Where are they today?"), choices=[("", "—"), *scale_choices(scale)], required=False
            )
            fields[f"basis-{pk}"] = forms.ChoiceField(
                label=_("You know it from"), choices=[("", _("As above")), *Basis.choices], required=False
            )
            fields[f"why-{pk}"] = Words(limit=400, label=_("Why so different from last time?"), required=False)

    def lines(self) -> list[tuple[Row, Any, Any, Any]]:
        """Each person with their three fields."""
        names = ("value", "basis", "why")
        return [(row, *(self[f"{name}-{row.person.pk}"] for name in names)) for row in self.rows]  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_empty = True
        for row in self.rows:
            value, why = cleaned.get(f"value-{row.person.pk}"), cleaned.get(f"why-{row.person.pk}")
            is_empty = is_empty and not value
            if value and not why and row.value and abs(int(value) - row.value) >= BIG_MOVE:
                self.ask_why(row.person, row.value)
        if is_empty and not self.errors:
            self.add_error(None, ValidationError(_("Choose a number for at least one person."), code="nothing"))
        return cleaned

    def ask_why(self, person: Any, before: int) -> None:
        self.add_error(f"why-{person.pk}", ValidationError(why_so_far(before), code="why"))

    def said(self) -> list[Said]:
        """What was said of each person who got a number."""
        got = self.cleaned_data
        return [
            Said(
                person=row.person,
                value=int(got[f"value-{row.person.pk}"]),
                basis=got[f"basis-{row.person.pk}"] or got["basis"],
                why=got[f"why-{row.person.pk}"],
            )
            for row in self.rows
            if got[f"value-{row.person.pk}"]
        ]
