"""Forms of the service log and of the attorney file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import LogKind
from centro.clinic.forms.matters import Listed
from centro.clinic.models import Matter
from centro.core.careful import CarefulForm, Words


class LogForm(Listed, CarefulForm):
    """What was done for the worker; or what they wrote that waits for our answer."""

    careful = ("words",)
    kind = forms.ChoiceField(label=_("What it was"), choices=LogKind.choices)
    words = Words(limit=4000, lines=True, label=_("In a few words"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=1440, required=False)
    matter = forms.ChoiceField(label=_("About which matter"), required=False)
    is_answer_owed = forms.BooleanField(label=_("The worker waits for our answer"), required=False)

    def __init__(self, matters: list[Matter], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.matters = {str(matter.pk): matter for matter in matters}
        field: Any = self.fields["matter"]
        field.choices = [("", _("The case as a whole"))]
        field.choices += [(pk, matter.get_route_display()) for pk, matter in self.matters.items()]

    def clean_matter(self) -> Matter | None:
        return self.matters.get(self.cleaned_data["matter"])


class AttorneyNoteForm(Listed, CarefulForm):
    """A note that only attorneys on the team read."""

    careful = ("words",)
    words = Words(limit=20_000, lines=True, label=_("Note"))
