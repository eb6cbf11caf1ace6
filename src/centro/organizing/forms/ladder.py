"""What is typed about the ladder: its steps, a decision with its evidence, a coaching note."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.organizing.ladder.choices import Evidence, Told
from centro.organizing.models import LadderStep


class StepForm(CarefulForm):
    """A step in the campaign's words, and how much of what speaks for it: empty is not asked for."""

    careful = ("words",)
    words = Words(limit=60, label=_("The step in your words"), required=False, help_text=_("Empty: the usual word"))

    def __init__(self, *args: Any, must_have_words: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].required = must_have_words
        for evidence in Evidence:
            self.fields[f"rule_{evidence.value}"] = forms.IntegerField(
                label=capfirst(evidence.label), min_value=0, max_value=100, required=False
            )

    def rule_fields(self) -> list[Any]:
        return [self[f"rule_{evidence.value}"] for evidence in Evidence]

    def rules(self) -> dict[str, int]:
        """What is asked for, all of it."""
        asked = {evidence.value: self.cleaned_data[f"rule_{evidence.value}"] for evidence in Evidence}
        return {code: times for code, times in asked.items() if times}


def rules_of(step: LadderStep) -> dict[str, int]:
    """A step's rules as the form has them."""
    return {f"rule_{code}": times for code, times in step.rules.items()}


class DecideForm(CarefulForm):
    """Somebody stands on a step: since when, who walks with them, and how we know."""

    careful = ("evidence",)
    step = forms.ChoiceField(label=pgettext_lazy("ladder", "Step"))
    decided_on = Day(past_only=True, label=_("Since"))
    mentor = forms.ChoiceField(label=_("Who walks with them"), required=False)
    evidence = Words(limit=400, lines=True, label=_("How we know"))
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, steps: list[LadderStep], team: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.team = {str(user.pk): user for user in team}
        fields: dict[str, Any] = self.fields
        fields["step"].choices = [(step.name, f"{number} · {step.label}") for number, step in enumerate(steps, 1)]
        names = [(pk, user.name or user.username) for pk, user in self.team.items()]
        fields["mentor"].choices = [("", _("Nobody yet")), *names]

    def decision(self) -> dict[str, Any]:
        """What was decided, as the action takes it."""
        got = self.cleaned_data
        return {
            "name": got["step"],
            "decided_on": got["decided_on"] or clock.today(),
            "mentor": self.team.get(got["mentor"]),
            "evidence": got["evidence"],
            "seen": got["seen"],
        }


class NoteForm(CarefulForm):
    """A coaching note, and what was seen that no list counts."""

    careful = ("words",)
    words = Words(limit=2000, lines=True, label=_("Coaching note"))
    shows = forms.ChoiceField(
        label=_("It shows"),
        required=False,
        choices=[("", _("Nothing that is counted")), (Evidence.RAN.value, _("They ran an agenda item"))],
    )


class ToldForm(forms.Form):
    """One tap of a leader on her own list."""

    told = forms.TypedChoiceField(choices=Told.choices, coerce=int)
