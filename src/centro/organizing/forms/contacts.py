"""What is noted at a door: sixty seconds by thumb, and nothing required that one may not know."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.careful import CarefulForm, Day, Moment, Words
from centro.core.models import User
from centro.organizing.actions import Named, Told
from centro.organizing.actions.contacts import BIG_MOVE
from centro.organizing.choices import (
    IN_PERSON,
    Answer,
    Ask,
    Basis,
    Issue,
    Kind,
    NoStep,
    Outcome,
    Strength,
    TieKind,
    Where,
    is_remote,
)
from centro.people.choices import LANGUAGE_CHOICES

MOST_ISSUES = 3
NAMED = 3  # people that one report can name
NAMED_BY = ("known_as", "works", "tie", "introduces")  # the fields of each of them
MOST_ALONG = 2  # colleagues beside whoever notes it
ASKS_WHEN = timedelta(days=30)  # a contact noted later than this asks why


def why_so_far(before: int | None) -> str:
    """What the form asks when an assessment moves by two or more."""
    return gettext("They were at %(before)s. Please say why they moved so far.") % {"before": before}


def scale_choices(words: list[str]) -> list[tuple[str, str]]:
    """`1 · Leads and moves others`, … for a choice of one."""
    return [(str(number), f"{number} · {said}") for number, said in enumerate(words, 1)]


def _choose_among(field: Any, users: Iterable[User]) -> None:
    """Colleagues by name; the caller has fetched them for the actor."""
    named = {user.pk: user.name or user.username for user in users}
    field.queryset = User.objects.filter(pk__in=named)
    field.label_from_instance = lambda user: named[user.pk]


def works_field() -> Words:
    """Where somebody without a file works: a name on a sign, as it was said."""
    return Words(limit=80, label=_("Where they work"), required=False)


class ContactForm(CarefulForm):
    """One try to talk with one person. Only the outcome is needed; where they talked, so is what comes next."""

    careful = (
        "present",
        "own_issue",
        "story",
        "ask_words",
        "why",
        "step",
        *(f"{name}{n}" for name in ("known_as", "works") for n in range(NAMED)),
    )

    outcome = forms.ChoiceField(label=_("What happened?"), choices=IN_PERSON, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("How"), choices=Kind.choices)
    when = Moment(label=_("When"), required=False, help_text=_("Empty means now"))
    where = forms.ChoiceField(label=_("Where"), choices=[("", "—"), *Where.choices], required=False)
    language = forms.ChoiceField(label=_("Language you spoke"), choices=[("", "—"), *LANGUAGE_CHOICES], required=False)
    had_interpreter = forms.BooleanField(label=_("Somebody interpreted"), required=False)
    present = Words(limit=120, label=_("Who else was there"), required=False)
    along = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who went with you"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to two"),
    )
    issues = forms.MultipleChoiceField(
        label=_("What matters to them"),
        choices=Issue.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to three"),
    )
    own_issue = Words(limit=120, label=_("In their own words"), required=False)
    story = Words(
        limit=4000,
        lines=True,
        label=_("Their story"),
        required=False,
        help_text=_("What you heard. Only the campaign’s team reads it."),
    )
    value = forms.ChoiceField(label=_("Where are they today?"), required=False, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("You know it from"), choices=Basis.choices, required=False)
    why = Words(limit=400, label=_("Why so different from last time?"), required=False)
    ask = forms.ChoiceField(label=_("What you asked of them"), choices=Ask.choices, required=False)
    event = forms.ChoiceField(label=_("Which event"), choices=[("", "—")], required=False)
    ask_words = Words(limit=160, label=_("Which meeting, which task"), required=False)
    answer = forms.ChoiceField(label=_("What they said"), choices=Answer.choices, required=False)
    brings = forms.IntegerField(label=_("Brings how many others"), min_value=0, max_value=99, required=False)
    step = Words(limit=160, label=_("Next step"), required=False)
    step_on = Day(label=_("By when"), required=False)
    step_owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Who does it"), required=False, empty_label=_("I do it")
    )
    no_step = forms.ChoiceField(label=_("Or no next step, because"), choices=NoStep.choices, required=False)

    def __init__(
        self,
        *args: Any,
        scale: list[str],
        outcomes: Any = IN_PERSON,
        before: int | None = None,
        staff: Any = (),
        along: Any = (),
        events: Any = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.before = before
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = outcomes
        fields["value"].choices = scale_choices(scale)
        self.events = {str(row.pk): row for row in events}
        fields["event"].choices = [("", "—"), *((key, row.title) for key, row in self.events.items())]
        _choose_among(fields["step_owner"], staff)
        _choose_among(fields["along"], along)
        for number in range(NAMED):
            fields[f"known_as{number}"] = Words(limit=120, label=_("Name, or how they described them"), required=False)
            fields[f"works{number}"] = works_field()
            fields[f"tie{number}"] = forms.ChoiceField(
                label=_("What they are to each other"), choices=TieKind.choices, required=False
            )
            fields[f"introduces{number}"] = forms.BooleanField(label=_("Will introduce us"), required=False)

    def named_fields(self) -> list[tuple[Any, Any, Any, Any]]:
        """The rows for people they named."""
        return [tuple(self[f"{part}{n}"] for part in NAMED_BY) for n in range(NAMED)]  # type: ignore[misc]

    def has_named_more(self) -> bool:
        return any(self[f"known_as{n}"].value() for n in range(1, NAMED))

    def clean_issues(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["issues"]
        if len(chosen) > MOST_ISSUES:
            raise ValidationError(_("Choose the three that matter most."), code="many")
        return chosen

    def clean_along(self) -> list[User]:
        chosen = list(self.cleaned_data["along"])
        if len(chosen) > MOST_ALONG:
            raise ValidationError(_("Two at most: more than three at a door frighten people."), code="many")
        return chosen

    def clean_when(self) -> datetime | None:
        when: datetime | None = self.cleaned_data["when"]
        if when is not None and when > clock.now() + timedelta(minutes=5):
            raise ValidationError(_("This is still to come. Note it when it has happened."), code="future")
        if when is not None and when < clock.now() - timedelta(days=3650):
            raise ValidationError(_("Please check the year of this date."), code="year")
        return when

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") != Outcome.TALKED:
            return cleaned
        if not cleaned.get("step") and not cleaned.get("no_step"):
            self.add_error("step", ValidationError(_("What happens next, or why nothing does?"), code="step"))
        if self._moves_far(cleaned):
            self.add_error("why", ValidationError(why_so_far(self.before), code="why"))
        when = cleaned.get("when")
        if when and when < clock.now() - ASKS_WHEN and not cleaned.get("story"):
            words = _("This is more than 30 days ago. Please say in the story how it comes that it is noted now.")
            self.add_error("story", ValidationError(words, code="late"))
        return cleaned

    def _moves_far(self, cleaned: dict[str, Any]) -> bool:
        value = cleaned.get("value")
        if not value or self.before is None or cleaned.get("why"):
            return False
        return abs(int(value) - self.before) >= BIG_MOVE

    def told(self) -> Told:
        """What was noted, as the action takes it. What belongs to a talk is left out where there was none."""
        got = self.cleaned_data
        if got["outcome"] != Outcome.TALKED:
            return Told(
                outcome=got["outcome"],
                kind=got["kind"],
                device_at=got["when"],
                where=got["where"],
                story=got["story"],
                step_on=got["step_on"],
                together_with=tuple(got["along"]),
            )
        return Told(
            outcome=got["outcome"],
            kind=got["kind"],
            device_at=got["when"],
            where=got["where"],
            language=got["language"],
            had_interpreter=got["had_interpreter"],
            present=got["present"],
            issues=tuple(got["issues"]),
            own_issue=got["own_issue"],
            story=got["story"],
            value=int(got["value"]) if got["value"] else None,
            basis=got["basis"] or Basis.CONVERSATION,
            why=got["why"],
            named=tuple(self._named()),
            ask=got["ask"],
            ask_words=got["ask_words"],
            event=self.events.get(got["event"]),
            answer=got["answer"],
            brings=got["brings"] or 0,
            step=got["step"],
            step_on=got["step_on"],
            step_owner=got["step_owner"],
            no_step="" if got["step"] else got["no_step"],
            together_with=tuple(got["along"]),
        )

    def _named(self) -> list[Named]:
        got = self.cleaned_data
        return [
            Named(
                known_as=got[f"known_as{n}"],
                works_at=got[f"works{n}"],
                kind=got[f"tie{n}"] or TieKind.COWORKER,
                will_introduce=got[f"introduces{n}"],
            )
            for n in range(NAMED)
            if got[f"known_as{n}"]
        ]


def told_by_phone(told: Mapping[str, Any], kind: str = Kind.VISIT) -> QueryDict:
    """What a phone wrote, as a form that was typed: known fields only, and its time apart.

    Nobody can be asked any more, so numbers and words that must not be kept are taken out.
    """
    typed = QueryDict(mutable=True)
    for name in {
        *ContactForm.base_fields,
        *(f"{part}{n}" for part in NAMED_BY for n in range(9)),
    }:
        given = told.get(name)
        if isinstance(given, list):
            typed.setlist(name, [str(one) for one in given[:20]])
        elif given not in (None, "", False):
            typed[name] = str(given)
    typed["removal"] = "remove"
    for name in ("step_owner", "along"):
        typed.pop(name, None)
    typed["kind"] = kind
    if is_remote(kind):
        typed["where"] = Where.PHONE
    return typed


def first_guess(person: Any, kind: str = Kind.VISIT) -> dict[str, Any]:
    """What the form starts with: a visit, at home, in the person's language, a step within 48 hours."""
    return {
        "kind": kind,
        "where": Where.PHONE if is_remote(kind) else Where.HOME,
        "language": person.language,
        "basis": Basis.CONVERSATION,
        "step_on": clock.today() + timedelta(days=2),
    }


class AssessForm(CarefulForm):
    """Where somebody stands, and from what."""

    careful = ("why",)
    value = forms.ChoiceField(label=_("Where are they today?"), widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("You know it from"), choices=Basis.choices, widget=forms.RadioSelect)
    why = Words(limit=400, lines=True, label=_("What shows it"), required=False)

    def __init__(self, *args: Any, scale: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["value"].choices = scale_choices(scale)


class TieForm(CarefulForm):
    """Somebody they know: a person found in the program, or a name for somebody we have not met."""

    careful = ("known_as", "works_at")
    works_at = works_field()
    kind = forms.ChoiceField(label=_("What they are to each other"), choices=TieKind.choices)
    strength = forms.ChoiceField(
        label=_("How close"), choices=Strength.choices, initial=Strength.GOOD, widget=forms.RadioSelect
    )
    known_as = Words(limit=120, label=_("Name, or how they described them"), required=False)
    will_introduce = forms.BooleanField(label=_("Will introduce us"), required=False)
    is_confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Only between two people we know. The program’s tables then do not show who knows whom."),
    )


class LineForm(CarefulForm):
    """The one line that whoever goes may say first."""

    careful = ("say_first",)
    say_first = Words(
        limit=140,
        label=_("Say this first"),
        required=False,
        help_text=_("Volunteers read it, also without a connection. No case, no diagnosis, no names of others."),
    )
