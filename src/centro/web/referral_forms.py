"""What is asked when somebody is handed on: what it is about, how and when to reach them safely, and their yes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.people.choices import How
from centro.people.models import Referral

WAYS = (("call", _("Call")), ("text", _("Text message")), ("come_back", _("They come by themselves")))
HOURS = (
    ("morning", _("Morning")),
    ("afternoon", _("Afternoon")),
    ("evening", pgettext_lazy("safe hours", "Evening")),
    ("weekend", _("Weekend")),
)


class _AgreedForm(forms.Form):
    """Nothing goes out without a yes."""

    hours = forms.MultipleChoiceField(
        label=_("Safe times"), choices=HOURS, required=False, widget=forms.CheckboxSelectMultiple
    )
    how = forms.ChoiceField(
        label=_("How they said yes"),
        choices=[(How.SPOKEN, How.SPOKEN.label), (How.SIGNED, How.SIGNED.label)],
        initial=How.SPOKEN,
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label=_("They heard these words in their language and said yes"),
        error_messages={"required": _("Without their yes nothing is handed on.")},
    )


class AskClinicForm(_AgreedForm):
    """Legal help: one word of what it is about, and how the clinic reaches them."""

    topic = forms.ChoiceField(
        label=_("One word of what it is about"),
        choices=[choice for choice in Referral.Topic.choices if choice[0]],
        widget=forms.RadioSelect,
        help_text=_("The story stays with the worker until they tell it at the clinic."),
    )
    ways = forms.MultipleChoiceField(
        label=_("How the clinic may reach them"), choices=WAYS, widget=forms.CheckboxSelectMultiple
    )
    voicemail_ok = forms.BooleanField(label=_("The clinic may leave a voice message"), required=False)
    tells_day = forms.BooleanField(
        label=_("I may also know the day of their appointment"),
        required=False,
        help_text=_("Only if they want that. Otherwise you see: received, appointment, closed."),
    )
    field_order = ("topic", "ways", "hours", "voicemail_ok", "tells_day", "how", "agreed")

    def safe(self) -> dict[str, Any]:
        """The answers to the intake's own questions about safe contact."""
        got = self.cleaned_data
        return {
            "ways": got["ways"],
            "hours": got["hours"],
            "voicemail_ok": "yes" if got["voicemail_ok"] else "no",
        }


class AskVisitForm(_AgreedForm):
    """A visit by an organizer."""

    def safe_time(self) -> str:
        """The chosen times as codes, sealed with the referral."""
        return " ".join(self.cleaned_data["hours"])


def hours_in_words(codes: str) -> list[str]:
    """`evening weekend` as words."""
    labels = dict(HOURS)
    return [str(labels[code]) for code in codes.split() if code in labels]
