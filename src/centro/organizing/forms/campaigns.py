"""What is typed about campaigns and lists."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Moment, Words
from centro.organizing.choices import Kind
from centro.people.choices import LANGUAGES

LEAST_STEPS, MOST_STEPS = 3, 7
DEFAULT_SCALE = [
    _("Leads and moves others"),
    _("With us: comes when asked"),
    _("Undecided"),
    _("Leans against"),
    _("Against"),
]
LONGEST_SHIFT = timedelta(days=14)


class CampaignForm(CarefulForm):
    """An effort with a goal, and what the numbers of its scale mean."""

    careful = ("goal",)
    name = Words(limit=120, label=_("Name of the campaign"))
    goal = Words(limit=300, lines=True, label=_("Goal"), required=False)
    ends_on = Day(label=_("Ends on"), required=False, help_text=_("Assessments and ties are kept for 180 days more."))
    scale = Words(
        limit=600,
        lines=True,
        label=_("What the numbers mean"),
        help_text=_("One line a number, from 1 on: three to seven lines. 1 is closest to us."),
    )

    def clean_scale(self) -> list[str]:
        lines = [" ".join(line.split())[:80] for line in self.cleaned_data["scale"].split("\n") if line.strip()]
        if not LEAST_STEPS <= len(lines) <= MOST_STEPS:
            raise ValidationError(_("Three to seven lines, please."), code="lines")
        return lines

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "goal", "ends_on")}


class ListForm(CarefulForm):
    """A list for one shift: its name, when, and who goes."""

    careful = ("name",)
    name = Words(limit=80, label=_("Name of the list"), help_text=_("For example: Saturday, Normandie north"))
    kind = forms.ChoiceField(label=_("For"), choices=[(k.value, k.label) for k in (Kind.VISIT, Kind.CALL, Kind.TEXT)])
    from_at = Moment(label=_("Shift begins"))
    to_at = Moment(label=_("Shift ends"))
    goes = forms.MultipleChoiceField(
        label=_("Volunteers who go"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see these people during the shift and nobody else. Organizers of the campaign may go too."),
    )

    def __init__(self, *args: Any, volunteers: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["goes"].choices = [(str(user.pk), _with_languages(user)) for user in volunteers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_at"), cleaned.get("to_at")
        if begins and ends and not begins < ends <= begins + LONGEST_SHIFT:
            self.add_error("to_at", ValidationError(_("A shift ends after it begins, within 14 days."), code="order"))
        return cleaned


def _with_languages(user: Any) -> str:
    """A volunteer with the languages in which they can talk at a door: `Ana · Español, English`."""
    codes = dict.fromkeys([*user.speaks, user.language])
    return f"{user.name or user.username} · {', '.join(LANGUAGES.get(code, code) for code in codes)}"


def next_shift() -> dict[str, datetime]:
    """A first guess: from now, for four hours."""
    begins = timezone.localtime(clock.now()).replace(minute=0, second=0, microsecond=0)
    return {"from_at": begins, "to_at": begins + timedelta(hours=4)}
