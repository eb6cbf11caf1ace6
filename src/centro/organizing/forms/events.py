"""What is typed about events, about people who are asked to them, and at their door."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Moment, Words
from centro.organizing.choices import EventKind, Turnout
from centro.people import names, phones
from centro.people.choices import LANGUAGE_CHOICES, WRITTEN_IN

LONGEST = timedelta(days=3)
FARTHEST = timedelta(days=730)
_TITLES = tuple(f"title_{code}" for code in WRITTEN_IN)
DETAILS = (
    *_TITLES,
    *"kind place starts_at ends_at goal interprets has_childcare has_food has_rides takes_names".split(),
)


class EventForm(CarefulForm):
    """When and where people come together, in which languages, and how many there should be."""

    careful = (*_TITLES, "place")
    campaign = forms.ChoiceField(label=_("Campaign"))
    kind = forms.ChoiceField(label=_("Kind of event"), choices=EventKind.choices)
    title_en = Words(limit=120, label=_("Title in English"), required=False)
    title_es = Words(limit=120, label=_("Title in Spanish"), required=False)
    title_ko = Words(
        limit=120,
        label=_("Title in Korean"),
        required=False,
        help_text=_("One title is enough; messages use the one in each person’s language."),
    )
    place = Words(limit=200, label=_("Where they meet"))
    starts_at = Moment(label=_("Begins"))
    ends_at = Moment(label=_("Ends"))
    goal = forms.IntegerField(label=_("Goal: how many people"), min_value=0, max_value=100_000, required=False)
    interprets = forms.MultipleChoiceField(
        label=_("Interpreted into"),
        choices=LANGUAGE_CHOICES[:10],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    has_childcare = forms.BooleanField(label=_("Child care"), required=False)
    has_food = forms.BooleanField(label=_("Food"), required=False)
    has_rides = forms.BooleanField(label=_("Rides"), required=False)
    takes_names = forms.BooleanField(
        label=_("Names are taken at the door"),
        required=False,
        initial=True,
        help_text=_("Without it heads are counted, and nowhere is it kept who came."),
    )

    def __init__(self, *args: Any, campaigns: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["campaign"].choices = [(str(row.pk), row.name) for row in campaigns]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in _TITLES) and not any(name in self.errors for name in _TITLES):
            self.add_error("title_en", ValidationError(_("Please give it a title in one language."), code="title"))
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and abs(begins - clock.now()) > FARTHEST:
            self.add_error("starts_at", ValidationError(_("Please check the year of this date."), code="year"))
        elif begins and ends and not begins < ends <= begins + LONGEST:
            self.add_error("ends_at", ValidationError(_("It ends after it begins, within three days."), code="order"))
        return cleaned

    def details(self) -> dict[str, Any]:
        """What the action takes; no goal is a goal of zero."""
        return {name: self.cleaned_data[name] for name in DETAILS} | {"goal": self.cleaned_data["goal"] or 0}


def first_guess() -> dict[str, Any]:
    """A meeting in a week, at six in the evening, for two hours."""
    at_six = timezone.localtime(clock.now()).replace(hour=18, minute=0, second=0, microsecond=0)
    begins: datetime = at_six + timedelta(days=7)
    return {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "takes_names": True}


class CommitmentForm(CarefulForm):
    """What somebody said about coming, whom they bring, and what they need for it."""

    careful = ("ride_from", "food_note")
    state = forms.ChoiceField(label=_("What they said"), choices=Turnout.choices, widget=forms.RadioSelect)
    brings = forms.IntegerField(label=_("Brings how many others"), min_value=0, max_value=99, required=False)
    needs_ride = forms.BooleanField(label=_("Needs a ride"), required=False)
    ride_from = Words(
        limit=160, label=_("From where"), required=False, help_text=_("A corner or a stop is enough; no address.")
    )
    children = forms.IntegerField(label=_("Children to look after"), min_value=0, max_value=20, required=False)
    interpret = forms.ChoiceField(
        label=_("Needs interpretation into"), choices=[("", "—"), *LANGUAGE_CHOICES], required=False
    )
    food_note = Words(limit=120, label=_("About food"), required=False)

    def __init__(self, *args: Any, takes_names: bool, is_settled: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        door = {Turnout.ATTENDED, Turnout.NO_SHOW}
        shown = [choice for choice in Turnout.choices if choice[0] not in door or (is_settled and takes_names)]
        fields["state"].choices = shown

    def needs(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "needs_ride": got["needs_ride"] or bool(got["ride_from"]),
            "ride_from": got["ride_from"],
            "children": got["children"] or 0,
            "interpret": got["interpret"],
            "food_note": got["food_note"],
        }


class WalkInForm(CarefulForm):
    """Somebody nobody expected: what they are called and, if they like, a phone."""

    careful = ("name",)
    name = Words(limit=120, label=_("Name"))
    phone = Words(limit=30, label=_("Phone"), required=False)

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return phones.parse(typed)
        except phones.NotAPhone as error:
            raise ValidationError(_("This cannot be a phone number."), code="phone") from error


SHEET_ROWS = 10  # walk-ins typed in at once


class SheetForm(CarefulForm):
    """What stands on the blank rows of a sign-in sheet, and how many heads there were."""

    careful = tuple(f"name{n}" for n in range(SHEET_ROWS))
    count = forms.IntegerField(label=_("Heads, if they were counted"), min_value=0, max_value=100_000, required=False)

    def __init__(self, *args: Any, takes_names: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows_there = SHEET_ROWS if takes_names else 0
        for number in range(self.rows_there):
            self.fields[f"name{number}"] = Words(limit=120, label=_("Name"), required=False)
            self.fields[f"phone{number}"] = Words(limit=30, label=_("Phone"), required=False)

    def rows(self) -> list[tuple[Any, Any]]:
        """The blank rows: name and phone."""
        return [(self[f"name{n}"], self[f"phone{n}"]) for n in range(self.rows_there)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(self.rows_there):
            name, phone = f"name{number}", f"phone{number}"
            typed = cleaned.get(phone)
            if typed and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("Whose phone is it?"), code="name"))
            if typed:
                cleaned[phone] = self._parsed(phone, typed)
        return cleaned

    def _parsed(self, name: str, typed: str) -> str:
        try:
            return phones.parse(typed)
        except phones.NotAPhone:
            self.add_error(name, ValidationError(_("This cannot be a phone number."), code="phone"))
            return ""

    def walked_in(self, key: str) -> list[tuple[UUID, str, str]]:
        """Id, name and phone of each filled row; the ids follow from the key of the form, so that twice is once."""
        try:
            form = UUID(key)
        except ValueError:
            form = uuid4()
        got = self.cleaned_data
        return [
            (uuid5(form, str(n)), got[f"name{n}"], got[f"phone{n}"]) for n in range(self.rows_there) if got[f"name{n}"]
        ]


class KeepForm(CarefulForm):
    """A walk-in who is new to us gets a file: names and language, as far as they said them."""

    careful = ("given", "family", "native")
    given = Words(limit=80, label=_("Given name"), required=False)
    family = Words(limit=80, label=_("Family name"), required=False)
    native = Words(limit=80, label=_("Name in their own script"), required=False)
    language = forms.ChoiceField(label=_("Preferred language"), choices=LANGUAGE_CHOICES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("given") or cleaned.get("native")):
            self.add_error("given", ValidationError(_("One name is needed."), code="name"))
        return cleaned


class CountForm(forms.Form):
    """Heads, without names."""

    count = forms.IntegerField(label=_("How many people are here"), min_value=0, max_value=100_000)


class HostForm(CarefulForm):
    """For whom a link to the door is made."""

    careful = ("given_to",)
    given_to = Words(limit=80, label=_("For whom"), help_text=_("For example: the host of the coalition"))


class FindForm(forms.Form):
    """Which of the people of an event to show: codes only, so that they may stand in the address."""

    state = forms.ChoiceField(label=_("What they said"), required=False, choices=[("", _("Any")), *Turnout.choices])
    needs = forms.ChoiceField(
        label=_("What they need"),
        required=False,
        choices=[
            ("", _("Any")),
            ("rides", _("Rides")),
            ("childcare", _("Child care")),
            ("interpretation", _("Interpretation")),
            ("food", _("A note about food")),
        ],
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=2000)

    def chosen(self) -> dict[str, Any]:
        """What was chosen; what is not a choice is left out."""
        self.is_valid()
        got = self.cleaned_data
        return {"state": got.get("state", ""), "needs": got.get("needs", ""), "page": got.get("page") or 1}


def names_of(typed: str) -> dict[str, str]:
    """A first guess at the names of a walk-in from what was typed at the door."""
    if names.is_hangul(typed):
        return {"native": typed, "language": "ko"}
    given, _space, family = typed.partition(" ")
    return {"given": given, "family": family, "language": names.language_of(typed)}


class WhomForm(forms.Form):
    """Whom of the campaign to show for asking: codes only."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("Any")), *LANGUAGE_CHOICES])
    mine = forms.BooleanField(label=_("Only those in my care"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=2000)

    def chosen(self) -> dict[str, Any]:
        """What was chosen; what is not a choice is left out."""
        self.is_valid()
        got = self.cleaned_data
        return {"language": got.get("language", ""), "is_mine": bool(got.get("mine")), "page": got.get("page") or 1}
