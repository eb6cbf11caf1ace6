"""The form of a visit on paper: blank, or a page for each person, in the language in which they are talked with.

The page says the words of `ContactForm`, into which it is typed again. It names people, so no copy is kept.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from centro.core import content
from centro.core.documents.typeset import render
from centro.core.policy import Actor
from centro.organizing import queries
from centro.organizing.choices import IN_PERSON, Answer, Ask, Basis, Issue, NoStep, Where
from centro.organizing.forms.contacts import ContactForm
from centro.organizing.models import Assignment, Campaign
from centro.organizing.queries.lists import StopRow
from centro.organizing.queries.lookup import home_of
from centro.organizing.structure.paper import paper_frame
from centro.organizing.words import contact_lines
from centro.people import phones
from centro.people.choices import LANGUAGES, WRITTEN_IN
from centro.people.models import Person

NOTED = 3  # earlier talks on a page
STORY = 7  # lines for the story
Facts = list[tuple[str, str]]
Part = dict[str, Any]


def blank_forms(actor: Actor, campaign: Campaign) -> bytes:
    """The empty form, a page in each of our languages."""
    scale = len(queries.scale_words(campaign))
    return _print(actor, [_page(code, scale, facts=[(words, "") for words in _unknown(code)]) for code in WRITTEN_IN])


def sheet_of(actor: Actor, campaign: Campaign, person: Person, language: str, *, with_notes: bool) -> bytes:
    """The page of one person; with notes, what was said in the last talks stands on it."""
    scale = len(queries.scale_words(campaign))
    with translation.override(language):
        facts = _known(person)
        noted = _noted(actor, person) if with_notes else []
    return _print(actor, [_page(language, scale, title=person.name, facts=facts, noted=noted)])


def sheets_of(actor: Actor, assignment: Assignment, rows: Iterable[StopRow]) -> bytes:
    """A page for each door of a list, with its code; whoever goes knows no more of them than the list says."""
    scale = len(queries.scale_words(assignment.campaign))
    return _print(actor, [_page_of_stop(assignment, row, scale) for row in rows])


def language_of(person: Person) -> str:
    """The language of a person's page: theirs, or where we do not print it the reader's."""
    return person.language if person.language in WRITTEN_IN else (get_language() or "en")[:2]


def _print(actor: Actor, sheets: list[Part]) -> bytes:
    language = (get_language() or "en")[:2]
    title = content.text("print", "visit_form", language).title
    return render("visit_form", {"title": title, "sheets": sheets, "frame": paper_frame(actor)}, language)


def _page_of_stop(assignment: Assignment, row: StopRow, scale: int) -> Part:
    language = language_of(row.person)
    with translation.override(language):
        where = " · ".join(part for part in (str(row.stop.street), str(row.stop.unit)) if part)
        last = f"{_day(row.last.contact_at)} {row.last.outcome_words}" if row.last.contact_at else _("First visit")
        facts = [(_("Address"), where), (_("Phone"), _phone(row.person)), (_("Last time"), last)]
    code = f"{assignment.code}-{row.stop.number}"
    say_first = str(row.stop.say_first or "")
    return _page(language, scale, title=str(row.stop.call_name), code=code, facts=facts, say_first=say_first)


def _page(language: str, scale: int, *, title: str = "", facts: Facts, noted: Facts | None = None, **more: str) -> Part:
    """One page, as the template takes it."""
    with translation.override(language):
        text = content.text("print", "visit_form", language)
        return {
            "language": language,
            "title": title or text.title,
            "guide": " ".join(text.paragraphs),
            "facts": [list(fact) for fact in facts],
            "noted": [list(line) for line in noted or []],
            "parts": _parts(scale),
            "code": more.get("code", ""),
            "say_first": more.get("say_first", ""),
        }


def _parts(scale: int) -> list[Part]:
    """What is asked, in the order in which one tells it. Numbers of the scale alone: others may look at the page."""
    return [
        _pens(_field("when"), _("Who went"), _field("language")),
        _boxes("outcome", [words for _code, words in IN_PERSON]),
        _boxes("where", [*Where.labels, _field("had_interpreter")]),
        _boxes("issues", Issue.labels),
        _pens(_field("own_issue")),
        {
            "columns": [
                _("Name, or how they described them"),
                _("What they are to each other"),
                _("Where they work"),
                _("Will introduce us"),
            ]
        },
        _boxes("value", map(str, range(1, scale + 1))),
        _boxes("basis", Basis.labels),
        _boxes("ask", [words for code, words in Ask.choices if code]),
        _boxes("answer", [words for code, words in Answer.choices if code]),
        _pens(_field("ask_words"), _field("brings")),
        _pens(_field("step"), _field("step_on")),
        _boxes("no_step", [words for code, words in NoStep.choices if code]),
        {"label": _field("story"), "lines": STORY},
    ]


def _field(name: str) -> str:
    return str(ContactForm.base_fields[name].label)


def _boxes(name: str, choices: Iterable[Any]) -> Part:
    return {"label": _field(name), "boxes": [str(words) for words in choices]}


def _pens(*labels: str) -> Part:
    return {"pens": list(labels)}


def _unknown(language: str) -> list[str]:
    """What a blank page asks about the person."""
    with translation.override(language):
        return [_("Name"), _("Likes to be called"), _("Phone"), _("Language"), _("Address"), _("Where they work")]


def _known(person: Person) -> Facts:
    """How to find and greet them; what is not known is a line to write on."""
    job = next((job for job in person.employments.all() if job.to_on is None), None)
    home = home_of(person)
    where = ", ".join(str(part) for part in (home.street, home.unit, home.city, home.zip) if part) if home else ""
    facts = [
        (_("Likes to be called"), str(person.call_me or "")),
        (_("Language"), LANGUAGES.get(person.language, person.language)),
        (_("Phone"), _phone(person)),
        (_("Address"), where),
        (_("Where they work"), str(job.workplace.name) if job else ""),
    ]
    return facts + ([(_("How to contact them safely"), str(person.safe_contact))] if person.safe_contact else [])


def _phone(person: Person) -> str:
    phone = next(iter(person.phones.all()), None)
    return phones.shown(str(phone.number)) if phone else ""


def _noted(actor: Actor, person: Person) -> Facts:
    """The last talks: the day and what came of it, what mattered, the story."""
    found = []
    for line in contact_lines(queries.contacts(actor, person)[:NOTED]):
        row = line.contact
        said = [*line.issues, str(row.own_issue or ""), str(row.story or "")]
        found.append((f"{_day(row.at)} {row.get_outcome_display()}", " · ".join(part for part in said if part)))
    return found


def _day(at: Any) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")
