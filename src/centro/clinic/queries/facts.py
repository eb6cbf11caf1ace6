"""Facts: what the worker said, what waits to be confirmed, and what the file already offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from centro.clinic.models import Case, Fact
from centro.clinic.papers import letters
from centro.clinic.papers.fields import LANGUAGES, Field, field, groups, vocabulary, written
from centro.core.content import text
from centro.core.policy import Refused
from centro.people.choices import LANGUAGES as LANGUAGE_NAMES

FORM_ROUTES = ("wage_claim",)


@dataclass(frozen=True)
class Row:
    """One fact as the page shows it: its words in English and the worker's language, and what is known."""

    field: Field
    language: str
    fact: Fact | None

    @property
    def label(self) -> str:
        return self.field.label("en")

    @property
    def told_label(self) -> str:
        return self.field.label(self.language)

    @property
    def read_in(self) -> str:
        """The language in which the worker heard it, under its own name."""
        return LANGUAGE_NAMES.get(self.fact.confirmed_in, "") if self.fact else ""

    @property
    def value(self) -> str:
        return written(self.field.kind, self.fact.value, "en") if self.fact else ""

    @property
    def told(self) -> str:
        """The same in the worker's language; empty where that is English."""
        return said(self.field, self.fact, self.language) if self.fact and self.language != "en" else ""


def language_of(case: Case) -> str:
    """The language of papers for this worker: theirs where we have it, else English."""
    return case.language if case.language in LANGUAGES else "en"


def facts_of(case: Case) -> dict[str, Fact]:
    """The facts of a case that a query fetched for the actor, by their code."""
    rows = {row.what: row for row in case.facts.all()}
    for row in rows.values():
        row.case = case
    return rows


def get_fact(case: Case, code: str) -> Fact | None:
    """The fact of this code, if anybody wrote it down. `Refused` for what is no fact."""
    if code not in vocabulary() or field(code).source == "program":
        raise Refused("fact")
    row: Fact | None = case.facts.filter(what=code).first()
    if row is not None:
        row.case = case
    return row


def said(what: Field, fact: Fact, language: str) -> str:
    """A fact as a paper in this language prints it."""
    return written(what.kind, fact.told if what.is_told and language != "en" else fact.value, language)


def values_of(facts: dict[str, Fact], language: str) -> dict[str, str]:
    """What papers may say: facts that the worker confirmed, and what the clinic itself says."""
    return {
        code: said(field(code), fact, language)
        for code, fact in facts.items()
        if fact.is_confirmed or field(code).source == "clinic"
    }


def needed(case: Case) -> list[str]:
    """The facts that papers of this case may need, in the order in which they are read to the worker."""
    routes = set(case.matters.filter(closed_at__isnull=True).values_list("route", flat=True))
    used = {name for kind in letters.kinds().values() if _serves(kind, routes) for name in _fields_of(kind.code)}
    if routes.intersection(FORM_ROUTES):
        used |= {code for code, one in vocabulary().items() if one.group in {"you", "employer", "job", "pay"}}
    return [code for code, one in vocabulary().items() if code in used and one.source == "worker"]


def _serves(kind: letters.Kind, routes: set[str]) -> bool:
    return not kind.routes or bool(routes.intersection(kind.routes))


def _fields_of(kind: str) -> Iterable[str]:
    return letters.fields_in(text(letters.FOLDER, kind, "en").body_markdown)


def sheet(case: Case) -> dict[str, Any]:
    """Facts in three heaps: to be confirmed, confirmed, and not written yet (by group)."""
    facts, language = facts_of(case), language_of(case)
    codes = [code for code, one in vocabulary().items() if code in facts and one.source == "worker"]
    rows = [Row(field(code), language, facts[code]) for code in codes]
    return {
        "waiting": [row for row in rows if row.fact and not row.fact.is_confirmed],
        "confirmed": [row for row in rows if row.fact and row.fact.is_confirmed],
        "unwritten": _by_group([code for code in needed(case) if code not in facts], language),
        "told_in": language,
    }


def _by_group(codes: list[str], language: str) -> list[dict[str, Any]]:
    found = []
    for code, words in groups().items():
        rows = [Row(field(one), language, None) for one in codes if field(one).group == code]
        if rows:
            found.append({"words": words["en"], "told": words[language], "rows": rows})
    return found


def offered(case: Case, code: str) -> str:
    """What the file says already, to be read to the worker instead of typed again."""
    find = _OFFERS.get(code)
    return find(case) if find else ""


def _workplace(case: Case, *names: str) -> str:
    place = case.workplace
    return ", ".join(part for part in (str(getattr(place, name)) for name in names) if part) if place else ""


def _employment(case: Case) -> Any:
    return case.person.employments.filter(workplace=case.workplace).first() if case.workplace_id else None


def _day_of(name: str) -> Any:
    def find(case: Case) -> str:
        day = getattr(_employment(case), name, None)
        return day.isoformat() if day else ""

    return find


def _first(case: Case, name: str, column: str) -> str:
    row = getattr(case.person, name).first()
    return str(getattr(row, column)) if row else ""


_OFFERS: dict[str, Any] = {
    "worker_name": lambda case: case.person.name,
    "worker_phone": lambda case: _first(case, "phones", "number"),
    "worker_email": lambda case: _first(case, "emails", "address"),
    "employer_name": lambda case: str(case.employer_name) or _workplace(case, "name_on_checks"),
    "employer_address": lambda case: _workplace(case, "street", "city", "zip"),
    "worksite": lambda case: _workplace(case, "name", "street", "city"),
    "first_day": _day_of("from_on"),
    "last_day": _day_of("to_on"),
}
