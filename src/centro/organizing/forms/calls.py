"""What became of a call."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import Day
from centro.organizing.choices import OF_A_CALL, Outcome


class CallForm(forms.Form):
    """One tap; only “call back” asks for a day."""

    outcome = forms.ChoiceField(label=_("What happened?"), choices=[(o.value, o.label) for o in OF_A_CALL])
    back_on = Day(label=_("Call back on"), required=False)
    contact_id = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("back_on")
        if cleaned.get("outcome") == Outcome.COME_BACK and (day is None or day < clock.today()):
            self.add_error("back_on", ValidationError(_("Please say on which day to call back."), code="day"))
        return cleaned
