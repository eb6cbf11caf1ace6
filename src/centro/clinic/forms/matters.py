"""Forms about matters: a move, what is next, a new matter, the attorney, the team."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centro.clinic import routes
from centro.clinic.actions.matters import ByAttorney, Fact, Following
from centro.clinic.choices import AdviceTopic, AttorneyStatus, Confidence, Route
from centro.clinic.deadlines import event_fields, event_words
from centro.clinic.event_words import answer, label_of
from centro.clinic.models import Case, Matter
from centro.clinic.queries import matters as queries
from centro.core import clock
from centro.core.careful import CarefulForm, Day, Words
from centro.core.models import User
from centro.core.policy import Actor

# Dated events that are a date in a room: they ask for the hour and the place.
ROOMS = frozenset({"conference_on", "ui_hearing_on"})
# Events that lie ahead; all others have happened.
AHEAD = ROOMS
MORNING = time(9)


def names_of(users: list[User], actor: Actor) -> list[tuple[str, Any]]:
    """Colleagues to choose from, oneself first and called so."""
    return [(str(u.pk), _("I do") if u.pk == actor.user_id else u.name or u.username) for u in users]


class Listed:
    """A form whose page shows its fields in their order, all but the one that takes words out."""

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        form: Any = self
        return [field for field in form.visible_fields() if field.name != "removal"]


class OwnedForm(Listed, CarefulForm):
    """A form that asks who does it. `colleagues` are those who may."""

    owner = forms.ChoiceField(label=_("Who does it"))

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.colleagues = {str(user.pk): user for user in queries.colleagues(actor)}
        field: Any = self.fields["owner"]
        field.choices = names_of(list(self.colleagues.values()), actor)

    def clean_owner(self) -> User:
        return self.colleagues[self.cleaned_data["owner"]]


class NextForm(OwnedForm):
    """What is next in a matter: something to do, or a wait."""

    careful: tuple[str, ...] = ("what",)
    kind = forms.ChoiceField(
        label=_("What comes next"),
        choices=[("act", _("Something to do")), ("wait", _("We wait for somebody"))],
        widget=forms.RadioSelect,
    )
    what = Words(limit=280, label=_("What is to be done, or what we wait for"))
    on = Day(label=_("By, or until"))
    field_order: tuple[str, ...] = ("kind", "what", "on", "owner")

    def clean_on(self) -> date | None:
        return not_past(self.cleaned_data["on"])

    def following(self) -> Following:
        return _following(self.cleaned_data, is_wait=self.cleaned_data["kind"] == "wait")


def not_past(day: date | None) -> date | None:
    """A day on which something can still be done."""
    if day is not None and day < clock.today():
        raise ValidationError(_("This day is already past."), code="past")
    return day


def _following(cleaned: dict[str, Any], *, is_wait: bool) -> Following:
    return Following(what=cleaned["what"], on=cleaned["on"], owner=cleaned["owner"], is_wait=is_wait)


class FactForm(Listed, CarefulForm):
    """A dated fact of one kind: the day, how sure, what else this kind says; hour and place where it is a room."""

    careful = ("place",)
    day = Day(label=_("Day"))
    hour = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = Words(limit=200, label=_("Place, or telephone or video"), required=False)
    interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    confidence = forms.ChoiceField(
        label=_("How sure is the day?"), choices=Confidence.choices, initial=Confidence.SURE, widget=forms.RadioSelect
    )

    def __init__(self, kind: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.says = [field["key"] for field in event_fields(kind)]
        for field in event_fields(kind):
            self.fields[field["key"]] = _field_of(field)
        if kind not in ROOMS:
            self.drop_room()
        self.order_fields(["day", "hour", "place", "interpreter", *self.says, "confidence"])

    def drop_room(self) -> None:
        """Ask for the day alone, without hour and place."""
        for name in ("hour", "place", "interpreter"):
            self.fields.pop(name, None)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if self.kind not in AHEAD and day > clock.today():
            raise ValidationError(_("This has happened, so its day cannot lie ahead."), code="ahead")
        return day

    def fact(self) -> Fact:
        says = {key: self.cleaned_data[key] for key in self.says if self.cleaned_data.get(key)}
        return Fact(on=self.cleaned_data["day"], confidence=self.cleaned_data["confidence"], says=says)

    def at(self) -> datetime | None:
        """The moment of a date in a room; nine in the morning where nobody knows the hour. None for other events."""
        if self.kind not in ROOMS:
            return None
        hour = self.cleaned_data.get("hour") or MORNING
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], hour))


def _field_of(field: dict[str, Any]) -> forms.Field:
    """The question for one field of an event: one answer of several, or many."""
    answers = [(code, answer(code)) for code in field["choices"]]
    label: Any = label_of(field["key"])
    if field["kind"] == "choices":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=answers, widget=widget, required=False)
    return forms.ChoiceField(label=label, choices=[("", _("Not known")), *answers], required=False)


class MoveForm(NextForm):
    """A move: ticks for what must be told, a note, and what is next. The dated fact is a form of its own."""

    careful = ("note", "what")
    note = Words(limit=1000, lines=True, label=_("Note"), required=False)

    def __init__(self, actor: Actor, case: Case, matter: Matter | None, step: queries.Step, *args: Any, **options: Any):
        super().__init__(actor, *args, **options)
        self.step = step
        self.told: list[str] = []
        del self.fields["kind"]
        self._say_what_is_next(step.move.next, matter is None)
        if step.is_noted and matter is not None:
            self._ask_which_attorney(actor, matter)
        for standing in queries.to_be_told(actor, case, matter, step):
            words: Any = standing.words
            self.told.append(standing.guard)
            self.fields[standing.guard] = forms.BooleanField(
                label=words, error_messages={"required": _("Please confirm this first.")}
            )
        self.order_fields(["attorney", "done_on", *self.told, "what", "on", "owner", "note"])

    def _ask_which_attorney(self, actor: Actor, matter: Matter) -> None:
        """Who did it, and on which day, unless the dated fact says the day."""
        self.attorneys = {str(user.pk): user for user in queries.attorneys(actor)}
        choices = names_of(list(self.attorneys.values()), actor)
        self.fields["attorney"] = forms.ChoiceField(label=_("Which attorney did it"), choices=choices)
        self.initial.setdefault("attorney", str(matter.attorney_id or ""))
        if not self.step.move.asks:
            self.fields["done_on"] = Day(label=_("On which day"), past_only=True)

    def done(self, fact: Fact | None) -> ByAttorney | None:
        """What an attorney did, where this only notes it."""
        if "attorney" not in self.fields:
            return None
        day = fact.on if fact else self.cleaned_data["done_on"]
        return ByAttorney(self.attorneys[self.cleaned_data["attorney"]], day)

    def _say_what_is_next(self, following: routes.Next | None, is_case: bool) -> None:
        """The table proposes it; whoever moves may say it better. After the end there is nothing."""
        if following is None:
            for name in ("what", "on", "owner"):
                del self.fields[name]
            return
        is_wait = following.is_wait and not is_case
        self.fields["what"].label = _("We wait for") if is_wait else _("Next action")
        self.fields["on"].label = _("Until") if is_wait else _("By")
        self.initial.setdefault("what", routes.said(following.words, queries.language()))
        if following.before is None:
            self.initial.setdefault("on", following.due_on(clock.today(), None))
        else:
            self.fields["on"].required = False
            self.fields["on"].help_text = _("Leave it empty for %(days)s days before that date") % {
                "days": following.before
            }
        if is_wait:
            del self.fields["owner"]

    def told_guards(self) -> frozenset[str]:
        return frozenset(name for name in self.told if self.cleaned_data.get(name))

    def following(self) -> Following | None:  # type: ignore[override]
        following = self.step.move.next
        if following is None:
            return None
        cleaned = {"owner": None, **self.cleaned_data}
        return _following(cleaned, is_wait=following.is_wait)


class BeginMatterForm(OwnedForm):
    """One route more, with its first action."""

    careful = ("what",)
    route = forms.ChoiceField(label=_("Which route"), choices=Route.choices, widget=forms.RadioSelect)
    topic = forms.ChoiceField(
        label=_("Which sheet, for “Know your rights”"), choices=[("", "—"), *AdviceTopic.choices], required=False
    )
    what = Words(limit=280, label=_("Next action"))
    on = Day(label=_("By"))
    field_order = ("route", "topic", "what", "on", "owner", "is_restricted")
    is_restricted = forms.BooleanField(
        label=_("Show it only to its owner, its attorney and those named on it"),
        help_text=_("For sexual harassment, and whenever the worker asks for it"),
        required=False,
    )

    def clean_on(self) -> date | None:
        return not_past(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("route") == Route.ADVICE and not cleaned.get("topic"):
            self.add_error("topic", ValidationError(_("Please choose a sheet."), code="topic"))
        if cleaned.get("route") != Route.ADVICE:
            cleaned["topic"] = ""
        return cleaned


class AttorneyForm(Listed, forms.Form):
    """Who stands behind a matter."""

    status = forms.ChoiceField(label=_("Attorney"), choices=AttorneyStatus.choices, widget=forms.RadioSelect)
    attorney = forms.ChoiceField(label=_("Which attorney"), required=False)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.attorneys = {str(user.pk): user for user in queries.attorneys(actor)}
        field: Any = self.fields["attorney"]
        field.choices = [("", "—"), *names_of(list(self.attorneys.values()), actor)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["attorney"] = self.attorneys.get(cleaned.get("attorney") or "")
        if cleaned.get("status") not in {None, AttorneyStatus.NONE} and cleaned["attorney"] is None:
            self.add_error("attorney", ValidationError(_("Please name the attorney."), code="attorney"))
        return cleaned


class ColleagueForm(OwnedForm):
    """Somebody to put on a team or to hand over to."""

    owner = forms.ChoiceField(label=_("Colleague"))


class NamedForm(ColleagueForm):
    """Somebody who may see a restricted matter, and until when."""

    until = Day(label=_("Until"), help_text=_("Leave it empty if there is no last day"), required=False)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(actor, *args, **options)
        self.colleagues.pop(str(actor.user_id), None)  # whoever names others sees the matter already
        field: Any = self.fields["owner"]
        field.choices = [("", _("Choose somebody")), *names_of(list(self.colleagues.values()), actor)]

    def clean_until(self) -> date | None:
        return not_past(self.cleaned_data["until"])


class HappeningKindForm(Listed, forms.Form):
    """Which kind of dated event to note."""

    kind = forms.ChoiceField(label=_("What happened?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        field.choices = queries.event_choices()


def event_heading(kind: str) -> str:
    """The name of an event in the language of the page."""
    return event_words(kind, queries.language())
