"""What is typed about people, their phones, homes, jobs and workplaces."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.people import phones
from centro.people.addresses import split_unit
from centro.people.choices import (
    LANGUAGE_CHOICES,
    AgeBand,
    MetThrough,
    PhoneKind,
    Tenure,
    WorkAs,
)
from centro.people.jurisdictions import JURISDICTIONS, Proposal, name_of, proposed_by

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

    careful = ("safe_contact", "call_me", "aliases")
    given = Words(limit=80, label=_("Given name"), required=False)
    family = Words(limit=80, label=_("Family name"), required=False)
    family2 = Words(limit=80, label=_("Second family name"), required=False)
    native = Words(limit=80, label=_("Name in their own script"), help_text=_("For example 김영희"), required=False)
    romanized = Words(limit=120, label=_("Spelling they use in English"), required=False)
    call_me = Words(limit=60, label=_("Likes to be called"), required=False)
    aliases = Words(
        limit=300,
        label=_("Other names"),
        help_text=_("Names on papers, names before. Separate them with a semicolon."),
        required=False,
    )
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


class ImportedPersonForm(AddPersonForm):
    """A row of a table: somebody new, perhaps with an address."""

    street = Words(limit=160, label=_("Street and number"), required=False)
    unit = Words(limit=20, label=_("Apartment or unit"), required=False)
    city = Words(limit=60, label=_("City"), required=False)

    def clean(self) -> dict[str, Any]:
        return with_unit(super().clean())


def with_unit(cleaned: dict[str, Any]) -> dict[str, Any]:
    """A unit that was typed after the street stands in its own field."""
    street, unit = split_unit(cleaned.get("street") or "")
    return {**cleaned, "street": street, "unit": unit} if unit and not cleaned.get("unit") else cleaned


def details_in(said: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was said, the fields that a `Person` has."""
    return {name: said[name] for name in PersonForm.base_fields if name in said}


def phone_in(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Of what was said, the phone; `None` without a number."""
    return {name: said[name] for name in ("number", "text_ok", "voicemail_ok")} if said.get("number") else None


def home_in(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Of what was said, the home; `None` without a street."""
    return {name: said.get(name, "") for name in ("street", "unit", "city", "zip")} if said.get("street") else None


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

    def clean(self) -> dict[str, Any]:
        return with_unit(super().clean())


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
    asked_where = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Where nobody said which minimum wage holds, the address proposes it; where a county may, it is asked once."""
        cleaned = super().clean()
        was_asked = cleaned.pop("asked_where", False)
        if self.errors or cleaned.get("jurisdiction") or was_asked:
            return cleaned
        proposal = proposed_by(cleaned.get("city", ""), cleaned.get("zip", ""))
        if proposal.county:
            self._ask_where(proposal)
        cleaned["jurisdiction"] = proposal.code
        return cleaned

    def _ask_where(self, proposal: Proposal) -> None:
        self.data = {**self.data, "jurisdiction": proposal.code, "asked_where": "1"}
        question = _("Is this inside the city? If the place belongs to no city, please choose: %(county)s.")
        words = question % {"county": name_of(proposal.county)}
        self.add_error("jurisdiction", ValidationError(words, code="where"))
