"""Forms about deadlines."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.forms.matters import Listed
from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words


class SetClockForm(Listed, CarefulForm):
    """An attorney sets another day, and says why."""

    careful = ("reason",)
    on = Day(label=_("The day the attorney sets"))
    reason = Words(
        limit=500, lines=True, label=_("Reason"), help_text=_("Statute, order, tolling: what a colleague needs")
    )


class MetForm(Listed, forms.Form):
    """It was done, on this day."""

    on = Day(label=_("Done on"), past_only=True)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise ValidationError(_("This day lies ahead."), code="ahead")
        return day
