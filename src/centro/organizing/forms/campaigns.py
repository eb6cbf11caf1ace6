"""What is typed about campaigns and lists, and the coded filters of the people of a campaign."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.organizing.choices import Kind
from centro.organizing.queries import Filters
from centro.people.choices import LANGUAGE_CHOICES

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


class FilterForm(forms.Form):
    """Coded filters only, so that they may stand in the address."""

    value = forms.ChoiceField(label=_("Assessment"), required=False)
    contact = forms.ChoiceField(
        label=_("Last contact"),
        required=False,
        choices=[
            ("", _("Any")),
            ("never", _("Never")),
            ("old", _("More than 60 days ago")),
            ("recent", _("In the last 7 days")),
        ],
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("Any")), *LANGUAGE_CHOICES])
    zip = forms.RegexField(r"^\d{5}$", label=_("ZIP code"), required=False, max_length=5)
    mine = forms.BooleanField(label=_("Only those in my care"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=2000)

    def __init__(self, *args: Any, scale: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = [(str(n), f"{n} · {said}") for n, said in enumerate(scale, 1)]
        fields: dict[str, Any] = self.fields
        fields["value"].choices = [("", _("Any")), *numbers, ("none", _("Not yet"))]

    def filters(self) -> Filters:
        """What was chosen; what is not a choice is left out."""
        self.is_valid()
        got = self.cleaned_data
        return Filters(
            language=got.get("language", ""),
            value=got.get("value", ""),
            contact=got.get("contact", ""),
            zip=got.get("zip", ""),
            is_mine=bool(got.get("mine")),
            page=got.get("page") or 1,
        )


class _Moment(forms.DateTimeField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


class ListForm(CarefulForm):
    """A list for one shift: its name, when, and who goes."""

    careful = ("name",)
    name = Words(limit=80, label=_("Name of the list"), help_text=_("For example: Saturday, Normandie north"))
    kind = forms.ChoiceField(label=_("For"), choices=[(k.value, k.label) for k in (Kind.VISIT, Kind.CALL)])
    from_at = _Moment(label=_("Shift begins"))
    to_at = _Moment(label=_("Shift ends"))
    goes = forms.MultipleChoiceField(
        label=_("Volunteers who go"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see these people during the shift and nobody else. Organizers of the campaign may go too."),
    )

    def __init__(self, *args: Any, volunteers: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["goes"].choices = [(str(user.pk), user.name or user.username) for user in volunteers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_at"), cleaned.get("to_at")
        if begins and ends and not begins < ends <= begins + LONGEST_SHIFT:
            self.add_error("to_at", ValidationError(_("A shift ends after it begins, within 14 days."), code="order"))
        return cleaned


def next_shift() -> dict[str, datetime]:
    """A first guess: from now, for four hours."""
    begins = timezone.localtime(clock.now()).replace(minute=0, second=0, microsecond=0)
    return {"from_at": begins, "to_at": begins + timedelta(hours=4)}
