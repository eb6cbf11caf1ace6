"""When somebody who goes out wants to be back."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.models import User


class OutForm(forms.Form):
    """A time of the day, today or past midnight; and with whom."""

    back_by = forms.TimeField(
        label=_("When do you want to be back?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    together_with = forms.ChoiceField(label=_("With whom"), required=False)

    def __init__(self, *given: Any, others: list[User], **rest: Any) -> None:
        super().__init__(*given, **rest)
        self.others = {str(user.pk): user for user in others}
        choices = [(key, str(user.name or user.username)) for key, user in self.others.items()]
        self.fields["together_with"].choices = [("", _("alone")), *choices]  # type: ignore[attr-defined]
        if not others:
            del self.fields["together_with"]

    def back_at(self) -> datetime:
        """The next moment the clock shows that time."""
        now = timezone.localtime(clock.now())
        then = datetime.combine(now.date(), self.cleaned_data["back_by"], tzinfo=now.tzinfo)
        return then if then > now else then + timedelta(days=1)

    def companion(self) -> User | None:
        return self.others.get(self.cleaned_data.get("together_with", ""))
