"""What is typed about structure tests: what they are, and the numbers on a sheet that came back."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.organizing.queries.structure import Ticking
from centro.organizing.structure.choices import Deed, What

MOST_NUMBERS = 2000
_PART = re.compile(r"^(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?$")


class DefinitionForm(CarefulForm):
    """What everybody is asked to do, where, when, and how many of them would be good."""

    careful = ("title",)
    title = Words(limit=120, label=_("Name of the test"), help_text=_("For example: petition for two days off"))
    what = forms.ChoiceField(label=_("What everybody is asked to do"), choices=What.choices)
    held_on = Day(label=_("On"))
    goal = forms.IntegerField(label=_("Goal, in percent of everybody there"), min_value=1, max_value=100)
    workplaces = forms.MultipleChoiceField(
        label=_("Where"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the whole campaign."),
    )

    def __init__(self, *args: Any, workplaces: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = {str(row.pk): row for row in workplaces}
        fields: dict[str, Any] = self.fields
        fields["workplaces"].choices = [(pk, str(row.name)) for pk, row in self.places.items()]

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "what", "held_on", "goal")}

    def chosen_places(self) -> list[Any]:
        return [self.places[pk] for pk in self.cleaned_data["workplaces"]]


def new_test() -> dict[str, Any]:
    """A first guess."""
    return {"held_on": clock.today(), "goal": 70, "what": What.PETITION}


class Numbers(forms.CharField):
    """Numbers as people write them: `1, 4-9, 12`. Cleaned to a list."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})
        super().__init__(max_length=4000, required=False, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        found: list[int] = []
        for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", super().clean(value))):
            if not part:
                continue
            match = _PART.match(part)
            if match is None:
                raise ValidationError(gettext("Numbers like 1, 4-9, 12, please: not “%s”.") % part[:20], code="number")
            first, last = int(match[1]), int(match[2] or match[1])
            found += range(first, last + 1)
            if first > last or len(found) > MOST_NUMBERS:
                raise ValidationError(gettext("Please look at “%s” again.") % part[:20], code="number")
        return sorted(set(found))


class SheetForm(forms.Form):
    """A sheet that came back: whose it was, and which numbers did what."""

    asked_by = forms.ChoiceField(label=_("Who asked them"), required=False)
    did = Numbers(label=_("Did it"), help_text=_("The numbers on the sheet, for example 1, 4-9, 12"))
    refused = Numbers(label=_("Said no"))
    asked = Numbers(label=_("Asked, no answer yet"))
    missed = Numbers(label=_("Not reached"))

    def __init__(self, *args: Any, leaders: list[Any], known: set[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        fields: dict[str, Any] = self.fields
        fields["asked_by"].choices = [("", _("Nobody in particular")), *((str(p.pk), p.name) for p in leaders)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[int] = set()
        for name in self.deed_names():
            numbers = cleaned.get(name) or []
            if strangers := [str(number) for number in numbers if number not in self.known]:
                words = gettext("Not on any sheet of this test: %s") % ", ".join(strangers[:8])
                self.add_error(name, ValidationError(words, code="unknown"))
            if twice := sorted(seen & set(numbers)):
                words = gettext("These stand twice: %s") % ", ".join(str(number) for number in twice[:8])
                self.add_error(name, ValidationError(words, code="twice"))
            seen |= set(numbers)
        if not seen and not self.errors:
            self.add_error("did", ValidationError(_("Type at least one number."), code="nothing"))
        return cleaned

    @staticmethod
    def deed_names() -> tuple[str, ...]:
        return (Deed.DID.value, Deed.REFUSED.value, Deed.ASKED.value, Deed.MISSED.value)

    def deeds(self) -> dict[int, str]:
        return {number: name for name in self.deed_names() for number in self.cleaned_data[name]}

    def leader(self) -> UUID | None:
        chosen = self.cleaned_data["asked_by"]
        return UUID(chosen) if chosen else None


class TickForm(forms.Form):
    """What narrows the list for ticking, from the address."""

    leader = forms.UUIDField(required=False)
    open = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=2000)

    def ticking(self) -> Ticking:
        """What was asked for; what makes no sense is left out."""
        self.is_valid()
        got = self.cleaned_data
        return Ticking(got.get("leader"), bool(got.get("open")), got.get("page") or 1)


class DeedForm(forms.Form):
    """One tap: what somebody did, and which leader asked them."""

    deed = forms.ChoiceField(choices=Deed.choices, required=False)
    leader = forms.UUIDField(required=False)
