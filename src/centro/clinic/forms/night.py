"""What is typed on a clinic night: appointments, walk-ins, shifts, rooms, the hand-over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import Appointment, Case, Room
from centro.clinic.models.night import Station, VisitKind
from centro.clinic.queries.night import is_taken
from centro.core import clock, policy
from centro.core.careful import CarefulForm, Day, Words
from centro.core.models import User
from centro.people.choices import LANGUAGE_CHOICES


class Hour(forms.TimeField):
    """A time of day, as the clock of the phone gives it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class OneOf(forms.ChoiceField):
    """One of some rows, or none: cleaned to the row itself. The words of a row come from `said`."""

    def __init__(self, *, none: Any = "—", **options: Any) -> None:
        self.rows: dict[str, Any] = {}
        self.none = none
        super().__init__(required=False, **options)

    def offer(self, rows: Iterable[Any]) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", self.none), *((pk, said(row)) for pk, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


def said(row: Any) -> str:
    """How a colleague, a room or a case is named in a list."""
    if isinstance(row, User):
        return str(policy.opens_all(row).name or row.username)
    if isinstance(row, Case):
        return f"{row.number} · {row.employer_name}"
    return str(row)


def moment(day: Any, hour: Any) -> datetime:
    """A day and an hour at the center."""
    return timezone.make_aware(datetime.combine(day, hour))


class VisitForm(CarefulForm):
    """What is the same for those who booked and those who came by themselves. There is no field for a story."""

    careful = ("call_name",)
    call_name = Words(
        limit=60, label=_("What to call them"), help_text=_("As they want to be called in the waiting room")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    needs_interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    kind = forms.ChoiceField(label=_("What for"), choices=VisitKind.choices, widget=forms.RadioSelect)

    def clean_call_name(self) -> str:
        name: str = self.cleaned_data["call_name"]
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("Write a name, a nickname or a number that they will answer to."), code="name")
        return name

    def details(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("call_name", "language", "needs_interpreter", "kind")}


class BookForm(VisitForm):
    """When, where, with whom."""

    field_order = (
        "call_name",
        "kind",
        "day",
        "hour",
        "language",
        "needs_interpreter",
        "interpreter",
        "with_user",
        "room",
        "case",
        "anyway",
    )
    day = Day(label=_("Day"))
    hour = Hour(label=_("Time"))
    interpreter = OneOf(label=_("Interpreter"), none=_("Not found yet"))
    with_user = OneOf(label=_("With whom"), none=_("Whoever is free"))
    room = OneOf(label=_("Room"), none=_("Not chosen yet"))
    case = OneOf(label=_("About the case"), none=_("No case yet"))
    anyway = forms.BooleanField(label=_("Book it all the same"), required=False)

    def __init__(
        self,
        *args: Any,
        helpers: tuple[list[User], list[User]],
        rooms: list[Room],
        cases: list[Case],
        known: Appointment | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.known = known
        offers = {"with_user": helpers[0], "interpreter": helpers[1], "room": rooms, "case": cases}
        for name, rows in offers.items():
            field: Any = self.fields[name]
            field.offer(rows)
        if not cases:
            self.fields.pop("case")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if day and hour:
            self._check_time(cleaned, moment(day, hour))
        return cleaned

    def _check_time(self, cleaned: dict[str, Any], at: datetime) -> None:
        is_new_time = self.known is None or self.known.starts_at != at
        if is_new_time and at < clock.now() - timedelta(hours=1):
            self.add_error("hour", ValidationError(_("This time is already past."), code="past"))
        if cleaned.get("anyway"):
            return
        but = self.known.pk if self.known else None
        for name in is_taken(starts_at=at, room=cleaned.get("room"), with_user=cleaned.get("with_user"), but=but):
            self.add_error(name, ValidationError(_("Somebody else is booked here within half an hour."), code="taken"))

    def details(self) -> dict[str, Any]:
        more = {name: self.cleaned_data[name] for name in ("interpreter", "with_user", "room")}
        starts_at = moment(self.cleaned_data["day"], self.cleaned_data["hour"])
        case = {"case": self.cleaned_data["case"]} if self._chooses_case() else {}
        return {**super().details(), **more, **case, "starts_at": starts_at}

    def _chooses_case(self) -> bool:
        """Whoever cannot see the case of an appointment leaves it as it is."""
        field: Any = self.fields.get("case")
        held = str(self.known.case_id) if self.known and self.known.case_id else ""
        return field is not None and (not held or held in field.rows)


class ShiftForm(forms.Form):
    """Who helps, where, from when to when."""

    user = OneOf(label=_("Who"), none=_("Choose somebody"))
    station = forms.ChoiceField(
        label=_("Where"), choices=[("", _("Wherever needed")), *Station.choices], required=False
    )
    from_hour = Hour(label=_("From"))
    to_hour = Hour(label=_("Until"))

    def __init__(self, *args: Any, staff: Iterable[User], day: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.day = day
        user: Any = self.fields["user"]
        user.offer(staff)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("user") is None:
            self.add_error("user", ValidationError(_("Choose who helps."), code="user"))
        begins, ends = cleaned.get("from_hour"), cleaned.get("to_hour")
        if begins and ends and ends <= begins:
            self.add_error("to_hour", ValidationError(_("A shift ends after it begins."), code="order"))
        return cleaned

    def details(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "user": cleaned["user"],
            "station": cleaned["station"],
            "from_at": moment(self.day, cleaned["from_hour"]),
            "to_at": moment(self.day, cleaned["to_hour"]),
        }


class RoomForm(forms.Form):
    name = Words(limit=40, label=_("Name on the door"))


class HandOverForm(CarefulForm):
    careful = ("words",)
    words = Words(
        limit=1000,
        lines=True,
        label=_("What the next shift should know"),
        help_text=_("About the house: keys, machines, what ran out. Nothing about people."),
    )


def version_of(text: str) -> int:
    """The version a form was made from; nonsense is version 0, which is never current."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0
