"""Shape and validation of an approval, and of naming an approving attorney."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centro.core.careful import CarefulForm, Day, Words
from centro.core.models import User


class ReturnForm(CarefulForm):
    """Why an attorney returns a paper."""

    careful = ("reason",)
    reason = Words(limit=1000, lines=True, label=_("What has to change"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].widget.attrs["rows"] = 2


class ApproverForm(CarefulForm):
    """An attorney who approves papers, with the day of the written protocol."""

    user = forms.ChoiceField(label=_("Account"))
    name = Words(limit=120, label=_("Name as it stands on papers"))
    bar_number = forms.RegexField(
        r"^\d{3,8}$",
        label=_("State Bar number"),
        max_length=8,
        error_messages={"invalid": _("A State Bar number has digits only.")},
    )
    organization = Words(
        limit=200, required=False, label=_("Organization"), help_text=_("If the attorney comes from a partner.")
    )
    protocol_on = Day(past_only=True, label=_("Day of the written protocol"))

    def __init__(self, attorneys: list[User], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.attorneys = {str(user.pk): user for user in attorneys}
        self.fields["user"].choices = [(pk, user.name or user.username) for pk, user in self.attorneys.items()]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What `name_approver` asks for."""
        return {**self.cleaned_data, "user": self.attorneys[self.cleaned_data["user"]]}
