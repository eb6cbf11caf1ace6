"""The public intake: the least that is needed to call somebody back, in one language, on one page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centro.clinic.forms.intake import Asked, control_of, value_of
from centro.clinic.intake.answers import SILENT, Answers
from centro.clinic.intake.questions import Question, Said, question
from centro.clinic.intake.receipts import as_typed
from centro.core import clock
from centro.core.careful import CarefulForm, Day
from centro.people.choices import LANGUAGE_CHOICES

ASKED = ("call_me", "ways", "phone", "email", "topics", "county")


@dataclass(frozen=True)
class OneDate:
    """A date that somebody may know: its words, the question it answers, and the answers that go with it."""

    words: Said
    question: str
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def may_come(self) -> bool:
        """Whether it may lie ahead."""
        return not question(self.question).is_past


DATES: Mapping[str, OneDate] = {
    "last_day": OneDate(
        Said(en="My last day at work", es="Mi último día de trabajo", ko="마지막으로 일한 날"),
        "last_day",
        {"still_there": "no"},
    ),
    "unpaid_last": OneDate(
        Said(
            en="The last payday on which money was missing",
            es="El último día de pago en que faltó dinero",
            ko="돈이 마지막으로 모자랐던 급여일",
        ),
        "unpaid_last",
        {"topics": "pay"},
    ),
    "act_on": OneDate(
        Said(
            en="The day they did something against me",
            es="El día que hicieron algo en mi contra",
            ko="불이익을 당한 날",
        ),
        "act_on",
        {"act": "other"},
    ),
    "injury_on": OneDate(
        Said(en="The day I was hurt", es="El día que me lastimé", ko="다친 날"), "injury_on", {"topics": "injured"}
    ),
    "unfair_last": OneDate(
        Said(
            en="The last time I was treated differently or harassed",
            es="La última vez que hubo trato desigual o acoso",
            ko="차별이나 괴롭힘이 마지막으로 있었던 날",
        ),
        "unfair_last",
        {"topics": "treated_differently"},
    ),
    "ui_letter": OneDate(
        Said(
            en="The date on a letter from the unemployment office (EDD)",
            es="La fecha de una carta de la oficina de desempleo (EDD)",
            ko="실업급여 기관(EDD) 편지에 적힌 날짜",
        ),
        "letter_on",
        {"letter_from": "ui_notice_mailed", "topics": "benefits"},
    ),
    "wage_decision": OneDate(
        Said(
            en="The date on a decision of the Labor Commissioner",
            es="La fecha de una decisión del Comisionado Laboral",
            ko="노동청 결정문에 적힌 날짜",
        ),
        "letter_on",
        {"letter_from": "oda_served", "topics": "pay"},
    ),
    "hearing": OneDate(
        Said(en="The day of a hearing", es="El día de una audiencia", ko="심리가 있는 날"),
        "hearing_on",
        {"hearing_of": "other"},
    ),
}
WAYS_TO_WRITE = {"phone": {"call", "text", "app"}, "email": {"email"}}


class PublicForm(CarefulForm):
    """Seven answers: a name, a language, a safe way, what it is about, one date, the county."""

    careful = ("call_me",)
    language = forms.ChoiceField(label=_("Your language"), choices=LANGUAGE_CHOICES)
    date_of = forms.ChoiceField(label=_("Which date do you know?"), widget=forms.RadioSelect)
    date_on = Day(label=_("When? Roughly is enough."), required=False)
    # Nobody sees this one; programs that fill in everything do.
    website = forms.CharField(
        required=False, label=_("Leave this empty"), widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        self.spoken = language
        super().__init__(*args, initial={"language": language, "county": "los-angeles"}, **options)
        for name in ASKED:
            self.fields[name] = self._field(question(name))
        self.fields["date_of"].choices = [  # type: ignore[attr-defined]
            *((name, one.words.in_(language)) for name, one in DATES.items()),
            *((code, said.in_(language)) for code, said in SILENT.items()),
        ]

    def _field(self, one: Question) -> forms.Field:
        field = control_of(one, one.ask.in_(self.spoken), self.spoken)
        if one.kind == "choices":
            field.choices = [(c.id, c.label.in_(self.spoken)) for c in one.choices]  # type: ignore[attr-defined]
        field.required = one.is_needed or one.id == "county"
        return field

    def asked(self, name: str) -> Asked:
        return Asked(question(name), self.spoken, self[name], is_alone=True)

    def first(self) -> Iterator[Asked]:
        yield from (self.asked(name) for name in ("call_me",))

    def reach(self) -> Iterator[Asked]:
        yield from (self.asked(name) for name in ("ways", "phone", "email"))

    def about(self) -> Iterator[Asked]:
        yield self.asked("topics")

    def where(self) -> Iterator[Asked]:
        yield self.asked("county")

    def with_a_date(self) -> str:
        """The choices after which the day is asked, for the script that shows it then."""
        return ",".join(DATES)

    def clean(self) -> dict[str, Any]:
        """A chosen way needs its number or address; somebody who comes back by themselves needs neither."""
        cleaned = super().clean()
        ways = set(cleaned.get("ways") or ())
        for name, needing in WAYS_TO_WRITE.items():
            if ways & needing and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("Please write it, so that we can reach you."), code="required"))
        self._check_date(cleaned)
        return cleaned

    def _check_date(self, cleaned: Mapping[str, Any]) -> None:
        """Who knows a date says which; only a hearing may lie ahead."""
        known, day = DATES.get(cleaned.get("date_of", "")), cleaned.get("date_on")
        if known is None or "date_on" in self.errors:
            return
        if day is None:
            self.add_error(
                "date_on", ValidationError(self.fields["date_on"].error_messages["required"], code="required")
            )
        elif day > clock.today() and not known.may_come:
            self.add_error("date_on", ValidationError(_("Please check the year of this date."), code="year"))

    def is_bot(self) -> bool:
        """The hidden field was filled in."""
        return bool(self.data.get("website"))

    def answers(self) -> Answers:
        """The answers as the intake keeps them, with the one date in its place."""
        given = {name: value_of(question(name), self.cleaned_data) for name in ASKED}
        known = DATES.get(self.cleaned_data["date_of"])
        if known is None:
            return Answers().with_(given).only_way()
        beside = dict(known.beside)
        topics = list(dict.fromkeys([*given["topics"], *([beside.pop("topics")] if "topics" in beside else [])]))
        day = {"on": self.cleaned_data["date_on"].isoformat(), "confidence": "rough"}
        return Answers().with_({**given, **beside, "topics": topics, known.question: day}).only_way()


class ReceiptForm(forms.Form):
    """The ten characters somebody was given."""

    receipt = forms.CharField(
        label=_("Your code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_receipt(self) -> str:
        receipt = as_typed(self.cleaned_data["receipt"])
        if not receipt:
            raise ValidationError(_("A code has ten letters and numbers, like 7K2QF-90XMD."), code="shape")
        return receipt
