"""Coded filters of a campaign's people, so that they may stand in the address; and the name of a saved search."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.core.careful import CarefulForm, Words
from centro.organizing.choices import Basis, Issue, Kind
from centro.organizing.queries.searches_filters import Filters
from centro.organizing.searches_choices import Shared
from centro.people.choices import LANGUAGE_CHOICES

ANY = ("", _("Any"))
Choice = tuple[str, Any]


@dataclass(frozen=True)
class Choices:
    """What may be chosen in this campaign: code and words."""

    scale: list[str] = field(default_factory=list)
    team: list[Choice] = field(default_factory=list)
    workplaces: list[Choice] = field(default_factory=list)
    departments: list[Choice] = field(default_factory=list)
    steps: list[Choice] = field(default_factory=list)


class FilterForm(forms.Form):
    """All that may be asked for at once. What is not a choice is left out, so that an old address still works."""

    value = forms.ChoiceField(label=_("Assessment"), required=False)
    age = forms.ChoiceField(
        label=_("Age of the assessment"),
        required=False,
        choices=[ANY, ("fresh", _("Of the last 60 days")), ("old", _("More than 60 days old"))],
    )
    basis = forms.ChoiceField(label=_("Known from"), required=False, choices=[ANY, *Basis.choices])
    contact = forms.ChoiceField(
        label=_("Last contact"),
        required=False,
        choices=[
            ANY,
            ("never", _("Never")),
            ("old", _("More than 60 days ago")),
            ("recent", _("In the last 7 days")),
        ],
    )
    kind = forms.ChoiceField(label=_("Contact by"), required=False, choices=[ANY, *Kind.choices])
    days = forms.ChoiceField(
        label=_("Within"),
        required=False,
        choices=[
            ANY,
            ("7", _("7 days")),
            ("30", _("30 days")),
            ("90", _("90 days")),
            ("180", _("half a year")),
            ("365", _("a year")),
        ],
    )
    who = forms.ChoiceField(label=_("With whom of us"), required=False)
    missing = forms.BooleanField(label=_("Those without such a contact"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[ANY, ("mine", _("One that I speak")), *LANGUAGE_CHOICES]
    )
    issue = forms.ChoiceField(label=_("What matters to them"), required=False, choices=[ANY, *Issue.choices])
    workplace = forms.ChoiceField(label=_("Workplace"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    step = forms.ChoiceField(label=_("Step on the ladder"), required=False)
    event = forms.ChoiceField(
        label=_("Events"),
        required=False,
        choices=[
            ANY,
            ("yes", _("Said yes to one to come")),
            ("came", _("Came in the last half year")),
            ("twice", _("Came twice or more")),
            ("missed", _("Said yes and did not come")),
        ],
    )
    due = forms.ChoiceField(
        label=_("Next step"),
        required=False,
        choices=[ANY, ("late", _("One of mine is overdue")), ("open", _("One of mine is open"))],
    )
    zip = forms.RegexField(r"^\d{5}$", label=_("ZIP code"), required=False, max_length=5)
    mine = forms.BooleanField(label=_("Only those in my care"), required=False)
    order = forms.ChoiceField(
        label=_("In the order of"),
        required=False,
        choices=[("", _("whom nobody talked with for longest")), ("place", _("ZIP code and street: up to 150 people"))],
    )
    tie = forms.UUIDField(required=False, widget=forms.HiddenInput)
    building = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, max_length=90, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = [(str(n), f"{n} · {words}") for n, words in enumerate(choices.scale, 1)]
        fields: dict[str, Any] = self.fields
        fields["value"].choices = [ANY, *numbers, ("none", _("Not yet"))]
        fields["who"].choices = [ANY, *choices.team]
        fields["workplace"].choices = [ANY, *choices.workplaces]
        fields["department"].choices = [ANY, *choices.departments]
        fields["step"].choices = [ANY, *choices.steps, ("none", pgettext_lazy("ladder", "None yet"))]

    def filters(self) -> Filters:
        """What was chosen; what is not a choice is left out."""
        self.is_valid()
        got = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("missing", "mine"):
            if name in got:
                got[name] = "on"
        return Filters(**{name: str(value) for name, value in got.items()})

    def more_fields(self) -> list[Any]:
        """What stands behind “More”: everything but the five that are asked for most."""
        names = "age basis kind days who missing issue department step event due order".split()
        return [self[name] for name in names]


class SearchForm(CarefulForm):
    """The name of a search, and who else finds it."""

    careful = ("name",)
    name = Words(limit=80, label=_("Name of the search"), help_text=_("For example: night kitchen, not visited"))
    shared = forms.ChoiceField(label=_("Who finds it"), choices=Shared.choices)
