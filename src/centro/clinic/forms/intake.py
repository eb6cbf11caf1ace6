"""A screen of the intake as a form: its questions, each with "I don't know" and "rather not say" beside the answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from centro.clinic.calendar.typed_pay import MOST_CENTS, cents_of
from centro.clinic.choices import CaseState, Confidence, Route
from centro.clinic.intake.answers import HOW_SURE, SILENCES, SILENT, Answers
from centro.clinic.intake.questions import LANGUAGES, Question, Said, Screen
from centro.clinic.models import ApprovingAttorney, Source
from centro.core.careful import CarefulForm, Day, Words
from centro.core.documents.fields import FilesField
from centro.people.choices import LANGUAGE_CHOICES, How, Purpose
from centro.people.choices import LANGUAGES as SPOKEN
from centro.people.forms import PhoneField, ZipField

MOST_MINUTES = 10_000
# A point before three digits may part thousands or be a slip: it is asked about, and not guessed.
SUM = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+(?:[.,][0-9]{1,2})?")


def beside(said: Said, language: str) -> SafeString:
    """The words in the worker's language, with the English under them."""
    if language == "en":
        return format_html('<span lang="en">{}</span>', said.en)
    return format_html(
        '<span class="both"><span lang="{}">{}</span><small class="quiet" lang="en">{}</small></span>',
        language,
        said.in_(language),
        said.en,
    )


@dataclass(frozen=True)
class Asked:
    """One question on the page: its words, its control, and the way to say nothing."""

    question: Question
    language: str
    field: forms.BoundField
    silence: forms.BoundField | None = None
    sure: forms.BoundField | None = None
    is_alone: bool = False  # no English beside it: the worker reads it themselves

    @property
    def options(self) -> list[Any]:
        """The answers a question offers."""
        return [option for option in self.field if option.data["value"] not in SILENCES]

    @property
    def silences(self) -> list[Any]:
        """The two ways to say nothing, whichever control they stand in."""
        return [option for option in self.silence or self.field if option.data["value"] in SILENCES]

    @property
    def has_options(self) -> bool:
        return self.field.widget_type in {"radioselect", "checkboxselectmultiple"}

    @property
    def ask(self) -> str:
        return self.question.ask.in_(self.language)

    @property
    def english(self) -> str:
        return "" if self.language == "en" or self.is_alone else self.question.ask.en

    @property
    def depends(self) -> str:
        """The conditions within this screen, for the script that shows a question when it matters."""
        return ";".join(f"{name}={','.join(values)}" for name, values in self.question.when.items())


class ScreenForm(CarefulForm):
    """The questions of one screen. Empty answers are allowed: somebody may come back to them."""

    def __init__(self, screen: Screen, answers: Answers, language: str, *args: Any, **options: Any) -> None:
        self.screen, self.answers, self.language = screen, answers, language
        here = {one.id for one in screen.questions}
        outside = {one.id: {k: v for k, v in one.when.items() if k not in here} for one in screen.questions}
        self.shown = [one for one in screen.questions if answers.holds(outside[one.id])]
        super().__init__(*args, initial=self._initial(), **options)
        for one in self.shown:
            self.fields.update(fields_of(one, language))
        self.careful = tuple(one.id for one in self.shown if one.kind in {"words", "lines", "names"})

    def _initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in self.shown:
            found |= dict(_initial_of(one, self.answers))
        return found

    def asked(self) -> Iterator[Asked]:
        for one in self.shown:
            names = (f"{one.id}-silence", f"{one.id}-sure")
            silence, sure = (self[name] if name in self.fields else None for name in names)
            yield Asked(one, self.language, self[one.id], silence, sure)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = self.answers.with_(self._values(cleaned))
        for one in self.shown:
            if one.is_needed and given.holds(one.when) and not given.has(one.id) and one.id not in self.errors:
                self.add_error(one.id, ValidationError(_("We need this one to go on."), code="required"))
        self._order(cleaned)
        return cleaned

    def _order(self, cleaned: Mapping[str, Any]) -> None:
        """The last time is not before the first."""
        for first, last in (("unpaid_first", "unpaid_last"), ("unfair_first", "unfair_last")):
            begins, ends = cleaned.get(first), cleaned.get(last)
            if begins and ends and ends < begins:
                self.add_error(last, ValidationError(_("The end is before the beginning."), code="order"))

    def values(self) -> dict[str, Any]:
        """The answers of this screen, as they are kept; questions whose condition fails have none."""
        values = self._values(self.cleaned_data)
        given = self.answers.with_(values)
        return {one.id: values[one.id] if given.holds(one.when) else "" for one in self.shown}

    def differences(self) -> list[dict[str, str]]:
        """What was typed beside what somebody else saved meanwhile, where the two differ."""
        typed, saved = Answers(self.values()), self.answers
        return [
            {"label": one.ask.in_(self.language), "yours": _shown(typed, one), "theirs": _shown(saved, one)}
            for one in self.shown
            if typed.given.get(one.id) != saved.given.get(one.id, "")
        ]

    def _values(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {one.id: value_of(one, cleaned) for one in self.shown}


# --- from a question to its fields ----------------------------------------------------------------------------------


def fields_of(one: Question, language: str) -> dict[str, forms.Field]:
    """The control of a question, and beside it how sure a day is and the two ways to say nothing."""
    label = one.ask.in_(language)
    if one.kind in {"choice", "flag"}:
        options = [(choice.id, beside(choice.label, language)) for choice in one.choices]
        silent = [] if one.is_needed else [(code, beside(said, language)) for code, said in SILENT.items()]
        return {one.id: _radio(label, [*options, *silent])}
    found: dict[str, forms.Field] = {one.id: control_of(one, label, language)}
    if one.kind == "day":
        sure = [(code, beside(HOW_SURE[code], language)) for code in Confidence.values]
        found[f"{one.id}-sure"] = _radio(HOW_SURE["sure"].in_(language), sure)
    if not one.is_needed:
        silent = [(code, beside(said, language)) for code, said in SILENT.items()]
        found[f"{one.id}-silence"] = _radio(label, silent)
    return found


def _radio(label: Any, choices: list[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def control_of(one: Question, label: str, language: str) -> forms.Field:
    """The one control that takes the answer; flags and single choices have theirs in `fields_of`."""
    if one.kind == "choices":
        options = [(choice.id, beside(choice.label, language)) for choice in one.choices]
        return forms.MultipleChoiceField(
            label=label, choices=options, required=False, widget=forms.CheckboxSelectMultiple
        )
    if one.kind in {"county", "place"}:
        names = [("", "—"), *((choice.id, choice.label.in_(language)) for choice in one.choices)]
        return forms.ChoiceField(label=label, choices=names, required=False)
    if one.kind == "day":
        return Day(label=label, required=False, past_only=one.is_past)
    if one.kind == "time":
        clock_face = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        return forms.TimeField(label=label, required=False, widget=clock_face)
    if one.kind == "count":
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_MINUTES, widget=widget)
    simple = {"phone": PhoneField, "zip": ZipField, "money": AmountField}
    if one.kind in simple:
        return simple[one.kind](label=label, required=False)
    if one.kind == "email":
        return forms.EmailField(label=label, required=False, max_length=254)
    return Words(label=label, required=False, limit=one.limit, lines=one.kind in {"lines", "names"})


class AmountField(forms.CharField):
    """Dollars as people say them: 2,800 or $12.50. Kept as a plain decimal text."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip().removeprefix("$").strip()
        if not text:
            return ""
        if not SUM.fullmatch(text):
            raise ValidationError(_("Write an amount in dollars, for example 2,800 or 16.50."), code="money")
        cents = cents_of(text)
        if cents is None or not 0 < cents < MOST_CENTS:
            raise ValidationError(_("This amount cannot be right: it is between one cent and a million."), code="money")
        return f"{Decimal(cents) / 100:f}"


def _initial_of(one: Question, answers: Answers) -> Iterator[tuple[str, Any]]:
    if silence := answers.is_silent(one.id):
        yield (one.id if one.kind in {"choice", "flag"} else f"{one.id}-silence"), silence
    elif one.kind == "day":
        if day := answers.day(one.id):
            yield one.id, day.on
            yield f"{one.id}-sure", day.confidence
    elif one.kind == "choices":
        yield one.id, list(answers.many(one.id))
    elif one.kind == "names":
        yield one.id, "\n".join(answers.many(one.id))
    else:
        yield one.id, answers.text(one.id)


def _shown(answers: Answers, one: Question) -> str:
    day = answers.day(one.id)
    return f"{day.on:%Y-%m-%d}" if day else "; ".join(answers.many(one.id))


def value_of(one: Question, cleaned: Mapping[str, Any]) -> Any:
    """An answer as it is kept: text, list, day or silence; empty where nothing was said."""
    value = cleaned.get(one.id)
    if one.kind in {"choice", "flag"}:
        return {"not": value} if value in SILENCES else value or ""
    if value in (None, "", []):
        silence = cleaned.get(f"{one.id}-silence")
        return {"not": silence} if silence else ""
    if one.kind == "day":
        return {"on": value.isoformat(), "confidence": cleaned.get(f"{one.id}-sure") or "rough"}
    if one.kind == "names":
        return [line.strip() for line in str(value).splitlines() if line.strip()][:20]
    if one.kind == "time":
        return f"{value:%H:%M}"
    return list(value) if one.kind == "choices" else str(value)


# --- the other forms of an intake -------------------------------------------------------------------------------------


class StartForm(forms.Form):
    """Before anything is kept: in which language, and whether somebody interprets."""

    language = forms.ChoiceField(label=_("The worker’s language"), choices=LANGUAGE_CHOICES)
    asked_in = forms.ChoiceField(
        label=_("Ask in"),
        help_text=_("English stands beside it. For another language an interpreter reads from this one."),
        choices=[(code, SPOKEN[code]) for code in LANGUAGES],
        widget=forms.RadioSelect,
        required=False,
    )
    needs_interpreter = forms.BooleanField(label=_("Somebody interprets"), required=False)
    source = forms.ChoiceField(
        label=_("How they came"),
        choices=[choice for choice in Source.choices if choice[0] != Source.WEB],
        initial=Source.WALK_IN,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """A language that we ask in is asked in; any other is interpreted from the one chosen."""
        cleaned = super().clean() or self.cleaned_data
        language = cleaned.get("language", "en")
        if not cleaned.get("asked_in"):
            cleaned["asked_in"] = language if language in LANGUAGES else "en"
        if language not in LANGUAGES:
            cleaned["needs_interpreter"] = True
        return cleaned


class ConsentsForm(forms.Form):
    """Each consent by itself: yes or no. What is not answered counts as no."""

    how = forms.ChoiceField(label=_("How they answered"), choices=How.choices, initial=How.SPOKEN)

    def __init__(self, purposes: list[Purpose], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.purposes = purposes
        for purpose in purposes:
            self.fields[purpose.value] = forms.ChoiceField(
                label=purpose.label,
                choices=[("yes", _("They agree")), ("no", _("They do not agree"))],
                required=False,
                widget=forms.RadioSelect,
            )

    def agreed(self) -> list[Purpose]:
        return [purpose for purpose in self.purposes if self.cleaned_data.get(purpose.value) == "yes"]


class DecisionForm(CarefulForm):
    """What an attorney decides about a possible conflict, with the reason."""

    careful = ("reason",)
    may_go_on = forms.ChoiceField(
        label=_("May we help this worker?"),
        choices=[("yes", _("Yes: there is no conflict, or it can be waived")), ("no", _("No: refer them elsewhere"))],
        widget=forms.RadioSelect,
    )
    reason = Words(limit=1000, lines=True, label=_("Reason"), help_text=_("Only those on the case will read it."))


class LevelForm(CarefulForm):
    """How we help, and the legal routes that begin."""

    careful = ("reason",)
    LEVELS = (
        (CaseState.INFO_ONLY, _("Information only: sheets to read, and the deadlines")),
        (CaseState.BRIEF_HELP, _("Brief help: one letter or form, then they go on alone")),
        (CaseState.FULL, _("Full help: we go the way with them")),
        (CaseState.REFERRED, _("Somebody else helps better: refer them")),
        (CaseState.DECLINED, _("We cannot take it: deadlines in writing")),
    )
    level = forms.ChoiceField(label=_("How we help"), choices=LEVELS, widget=forms.RadioSelect)
    routes = forms.MultipleChoiceField(
        label=_("Legal routes that begin"),
        choices=[choice for choice in Route.choices if choice[0] != Route.ADVICE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Ticked by what the worker came for. With none, the sheets of the topics are opened."),
    )
    reason = Words(limit=800, lines=True, label=_("Why"), required=False)

    def __init__(self, *args: Any, attorneys: list[ApprovingAttorney], is_counsellor: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.attorneys = {str(one.pk): one for one in attorneys}
        self.is_counsellor = is_counsellor
        self.fields["attorney"] = forms.ChoiceField(
            label=_("Attorney whose written protocol this follows") if is_counsellor else _("Attorney who supervises"),
            choices=[("", _("None")), *((pk, one.name or one.user.username) for pk, one in self.attorneys.items())],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        helps = cleaned.get("level") in {CaseState.BRIEF_HELP, CaseState.FULL}
        if self.is_counsellor and helps and not cleaned.get("attorney"):
            words = _("A counsellor chooses this only under an attorney’s written protocol. Name the attorney.")
            self.add_error("attorney", ValidationError(words, code="protocol"))
        return cleaned

    def attorney(self) -> ApprovingAttorney | None:
        return self.attorneys.get(self.cleaned_data.get("attorney", ""))


class BringForm(forms.Form):
    """A photo of the letter from an office. The original is kept only if the worker wants it."""

    brought = FilesField(label=_("Photo or PDF of the letter"))
    keeps_original = forms.BooleanField(
        required=False,
        label=_("They want the original kept too, sealed"),
        help_text=_("Otherwise only a clean copy stays, without the place where the photo was taken."),
    )


class HelpForm(forms.Form):
    """Who helps with this one intake until the end of the shift."""

    user = forms.ChoiceField(label=_("Who helps"))

    def __init__(self, people: list[Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        self.fields["user"].choices = [  # type: ignore[attr-defined]
            (pk, one.name or one.username) for pk, one in self.people.items()
        ]
