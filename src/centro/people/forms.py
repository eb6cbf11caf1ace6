"""Shape and validation of what is typed about people."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.people import phones
from centro.people.choices import (
    LANGUAGE_CHOICES,
    LANGUAGES,
    AgeBand,
    Channel,
    How,
    MetThrough,
    PhoneKind,
    Purpose,
    Tenure,
    WorkAs,
)
from centro.people.columns import FIELDS
from centro.people.jurisdictions import JURISDICTIONS
from centro.people.merge import CHOSEN
from centro.people.models import Purge

NOT_SAID = [("", _("Not known"))]
NAMES = ("given", "family", "native", "call_me")


class ZipField(forms.RegexField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            regex=r"^\d{5}$",
            error_messages={"invalid": _("A ZIP code has five digits.")},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **{"label": _("ZIP code"), "required": False, **options},
        )


class PhoneField(forms.CharField):
    """A phone number as people write it; kept as E.164."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=40,
            widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
            **{"label": _("Phone"), **options},
        )

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return phones.parse(text)
        except phones.NotAPhone as error:
            raise ValidationError(
                _("This does not look like a phone number. Write it with the area code."), code="phone"
            ) from error


class PersonForm(CarefulForm):
    """Who a person is. One name is enough."""

    careful = ("safe_contact", "call_me")
    given = Words(limit=80, label=_("Given name"), required=False)
    family = Words(limit=80, label=_("Family name"), required=False)
    family2 = Words(limit=80, label=_("Second family name"), required=False)
    native = Words(limit=80, label=_("Name in their own script"), help_text=_("For example 김영희"), required=False)
    romanized = Words(limit=120, label=_("Spelling they use in English"), required=False)
    call_me = Words(limit=60, label=_("Likes to be called"), required=False)
    language = forms.ChoiceField(label=_("Preferred language"), choices=LANGUAGE_CHOICES)
    languages = forms.MultipleChoiceField(
        label=_("Also speaks"), choices=LANGUAGE_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    zip = ZipField()
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=1920,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    age_band = forms.ChoiceField(label=_("Or age, about"), choices=[*NOT_SAID, *AgeBand.choices], required=False)
    member_number = Words(limit=20, label=_("Member number"), required=False)
    met_through = forms.ChoiceField(label=_("How we met"), choices=[*NOT_SAID, *MetThrough.choices], required=False)
    safe_contact = Words(
        limit=300,
        lines=True,
        label=_("How to contact them safely"),
        help_text=_("For example: never say the center’s name; the husband answers after 6"),
        required=False,
    )

    def clean_birth_year(self) -> str:
        year = self.cleaned_data["birth_year"]
        if year is None:
            return ""
        if year > clock.today().year - 10:
            raise ValidationError(_("Please check the year."), code="year")
        return str(year)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in NAMES):
            self.add_error("given", ValidationError(_("Please write at least one name."), code="name"))
        return cleaned

    @classmethod
    def values_of(cls, person: Any) -> dict[str, Any]:
        """What the form starts with for a person who is already known."""
        return {name: getattr(person, name) for name in cls.base_fields if name != "removal"}

    def details(self) -> dict[str, Any]:
        """The cleaned fields that a `Person` has."""
        return details_in(self.cleaned_data)


class AddPersonForm(PersonForm):
    """Somebody new: one name, and one of phone, workplace, how we met."""

    number = PhoneField(required=False)
    text_ok = forms.BooleanField(label=_("We may send text messages"), required=False)
    voicemail_ok = forms.BooleanField(label=_("We may leave a voice message"), required=False)
    workplace = forms.UUIDField(required=False, widget=forms.HiddenInput)
    workplace_name = Words(limit=120, label=_("Where they work"), required=False)
    field_order = (
        "given",
        "family",
        "family2",
        "native",
        "call_me",
        "language",
        "number",
        "text_ok",
        "voicemail_ok",
        "workplace_name",
        "met_through",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ways = ("number", "workplace", "workplace_name", "met_through")
        if not self.errors and not any(cleaned.get(name) for name in ways):
            message = _("So that we know them again, please add one of these: a phone, where they work, or how we met.")
            self.add_error("number", ValidationError(message, code="one_way"))
        return cleaned

    def phone(self) -> Mapping[str, Any] | None:
        return phone_in(self.cleaned_data)


def details_in(said: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was said, the fields that a `Person` has."""
    return {name: said[name] for name in PersonForm.base_fields if name in said}


def phone_in(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Of what was said, the phone; `None` without a number."""
    return {name: said[name] for name in ("number", "text_ok", "voicemail_ok")} if said.get("number") else None


class LookAlikeForm(forms.Form):
    """What has been typed so far while adding somebody: lenient, because it is not finished."""

    given = forms.CharField(required=False, max_length=80)
    family = forms.CharField(required=False, max_length=80)
    native = forms.CharField(required=False, max_length=80)
    number = forms.CharField(required=False, max_length=40)

    def clean_number(self) -> str:
        try:
            return phones.parse(self.cleaned_data["number"])
        except phones.NotAPhone:
            return ""


class PhoneForm(CarefulForm):
    careful = ("shared_with",)
    number = PhoneField()
    kind = forms.ChoiceField(label=_("Kind of phone"), choices=PhoneKind.choices)
    text_ok = forms.BooleanField(label=_("We may send text messages"), required=False)
    voicemail_ok = forms.BooleanField(label=_("We may leave a voice message"), required=False)
    from_hour = forms.TimeField(
        label=_("Call from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    to_hour = forms.TimeField(
        label=_("Call until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    shared_with = Words(
        limit=80, label=_("Shared with"), help_text=_("Who else may answer or read messages"), required=False
    )


class EmailForm(CarefulForm):
    address = forms.EmailField(label=_("E-mail"), max_length=254)
    shared_with = Words(
        limit=80, label=_("Shared with"), help_text=_("Who else may answer or read messages"), required=False
    )

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).lower()


class PeriodForm(CarefulForm):
    """From one day until another; an end before its beginning comes back."""

    from_on = Day(label=_("From"), required=False)
    to_on = Day(label=_("Until"), help_text=_("Leave empty if it goes on"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("to_on")
        if begins and ends and ends < begins:
            self.add_error("to_on", ValidationError(_("The end is before the beginning."), code="order"))
        return cleaned


class ResidencyForm(PeriodForm):
    careful = ("street", "unit")
    street = Words(limit=160, label=_("Street and number"))
    unit = Words(limit=20, label=_("Apartment or unit"), required=False)
    city = Words(limit=60, label=_("City"), required=False)
    zip = ZipField()
    tenure = forms.ChoiceField(label=_("Lives there as"), choices=[*NOT_SAID, *Tenure.choices], required=False)
    field_order = ("street", "unit", "city", "zip", "tenure")


class EmploymentForm(PeriodForm):
    careful = ("job",)
    workplace = forms.UUIDField(required=False, widget=forms.HiddenInput)
    workplace_name = Words(limit=120, label=_("Where they work"), required=False)
    job = Words(limit=80, label=_("Job"), help_text=_("For example cook, cashier, driver"), required=False)
    works_as = forms.ChoiceField(label=_("Works there as"), choices=WorkAs.choices)
    field_order = ("workplace_name", "workplace", "job", "works_as")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("workplace") or cleaned.get("workplace_name")):
            self.add_error("workplace_name", ValidationError(_("Please write where they work."), code="required"))
        return cleaned


class WorkplaceForm(CarefulForm):
    """A workplace; shops whose owner has the same name belong together."""

    careful = ("aliases",)
    name = Words(limit=120, label=_("Name on the sign"))
    name_on_checks = Words(limit=120, label=_("Name on the checks"), required=False)
    aliases = Words(limit=300, label=_("Other names"), help_text=_("What people call it; older names"), required=False)
    owner = Words(limit=120, label=_("Owner"), help_text=_("Shops of one owner are shown together"), required=False)
    street = Words(limit=160, label=_("Street and number"), required=False)
    city = Words(limit=60, label=_("City"), required=False)
    zip = ZipField()
    industry = forms.RegexField(
        regex=r"^\d{2,6}$", label=_("Industry"), help_text=_("NAICS code, two to six digits"), required=False,
        error_messages={"invalid": _("A NAICS code has two to six digits.")},
    )  # fmt: skip
    jurisdiction = forms.ChoiceField(
        label=_("Which minimum wage holds"),
        help_text=_("The city, or the county where the place is outside every city"),
        choices=[*NOT_SAID, *JURISDICTIONS],
        required=False,
    )


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What they agree to"), choices=Purpose.choices)
    language = forms.ChoiceField(
        label=_("Language it was read in"), choices=[(c, LANGUAGES[c]) for c in ("en", "es", "ko")]
    )
    how = forms.ChoiceField(label=_("How they agreed"), choices=How.choices, widget=forms.RadioSelect)
    expires_on = Day(label=_("Until"), help_text=_("Leave empty if it holds until they take it back"), required=False)

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and day < clock.today():
            raise ValidationError(_("This day is already past."), code="past")
        return day


class PurgeForm(forms.Form):
    basis = forms.ChoiceField(label=_("Why"), choices=Purge.Basis.choices, widget=forms.RadioSelect)
    no_dispute_expected = forms.BooleanField(
        label=_("No lawsuit, claim or subpoena about this person is expected"),
        help_text=_("If one is, the file must be kept: ask the attorney first."),
    )


class MessageForm(CarefulForm):
    """A short, neutral message: it may be read by whoever holds the phone."""

    careful = ("words",)
    channel = forms.ChoiceField(
        label=_("How to send it"),
        choices=[(Channel.TEXT, Channel.TEXT.label), (Channel.EMAIL, Channel.EMAIL.label)],
        widget=forms.RadioSelect,
    )
    words = Words(
        limit=480,
        lines=True,
        label=_("Message"),
        help_text=_("Short and neutral: no employer, no claim, nothing that hurts if somebody else reads it."),
    )


class SearchForm(forms.Form):
    words = Words(limit=120, label=_("Find someone"), required=False)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("A table of people"),
        help_text=_("CSV or XLSX, up to 20,000 rows. The first line says what each column is."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class ExportForm(CarefulForm):
    """A list that leaves: only those who are needed, and why."""

    careful = ("reason",)
    reason = Words(limit=300, lines=True, label=_("What the list is for"))
    language = forms.ChoiceField(
        label=_("Only people who prefer"), choices=[("", _("Everybody")), *LANGUAGE_CHOICES], required=False
    )
    zip = ZipField(help_text=_("Only people of this ZIP code"))


class ColumnsForm(forms.Form):
    """What each column of a table is: one choice a column, each field once."""

    def __init__(self, *args: Any, batch: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place, heading in enumerate(json.loads(batch.header)):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": place + 1},
                choices=list(FIELDS.items()),
                required=False,
                initial=batch.columns[place],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [field for field in cleaned.values() if field]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("Two columns are the same thing. Leave one of them out."), code="twice")
        if not {"full_name", "given", "family", "native", "call_me"} & set(chosen):
            raise ValidationError(_("One column has to be a name."), code="name")
        return cleaned

    def fields_chosen(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class MergeForm(forms.Form):
    """For each detail in which two files differ: which of them is right."""

    def __init__(self, *args: Any, one: Any, other: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.one, self.other = one, other
        for name in self.differing():
            self.fields[name] = forms.ChoiceField(
                choices=[("one", "one"), ("other", "other")], widget=forms.RadioSelect, initial="one"
            )

    def differing(self) -> list[str]:
        """Details that both files have, and that are not the same."""
        pairs = ((name, getattr(self.one, name), getattr(self.other, name)) for name in CHOSEN)
        return [name for name, mine, theirs in pairs if mine and theirs and mine != theirs]

    def rows(self) -> list[dict[str, Any]]:
        """The table side by side: every detail that at least one of the two has."""
        chosen = self.data if self.is_bound else {}
        return [
            {
                "name": name,
                "label": PersonForm.base_fields[name].label,
                "one": shown_value(self.one, name),
                "other": shown_value(self.other, name),
                "must_choose": name in self.fields,
                "takes_other": chosen.get(name) == "other",
            }
            for name in CHOSEN
            if getattr(self.one, name) or getattr(self.other, name)
        ]

    def taken(self) -> list[str]:
        """The details in which the second file is right."""
        return [name for name, choice in self.cleaned_data.items() if choice == "other"]


def shown_value(person: Any, name: str) -> str:
    """A detail as people read it: codes by their words."""
    spoken = getattr(person, f"get_{name}_display", None)
    return str(spoken() if spoken else getattr(person, name))
