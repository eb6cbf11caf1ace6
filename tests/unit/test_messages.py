"""Catalogues: what is collected, what is kept, what the check finds. Texts here are planted."""

import gettext
from pathlib import Path

import pytest

from config import messages

PAGE = """{% load i18n %}
    <h1>{% translate "People" %}</h1>
  <p title="{% translate 'Find' context 'verb' %}">
{% blocktranslate trimmed count n=people|length with name=center.name %}
    {{ n }} person of <b>{{ name }}</b>
  {% plural %}
    {{ n }} people of <b>{{ name }}</b>
{% endblocktranslate %}
{% include "components/button.html" with label=_("Save") only %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
label = _("Name")  # Translators: of a person
hours = ngettext("%(n)s hour", "%(n)s hours", 2)
found = pgettext_lazy("verb", "Find")
"""
ALL = {
    "Name": {"es": "Nombre", "ko": "이름"},
    "People": {"es": "Personas", "ko": "사람들"},
    "Save": {"es": "Guardar", "ko": "저장"},
    "Find": {"es": "Buscar", "ko": "찾기", "context": "verb"},
    "%(n)s hour|%(n)s hours": {"es": ["%(n)s hora", "%(n)s horas"], "ko": ["%(n)s시간"]},
    "%(n)s person of <b>%(name)s</b>|%(n)s people of <b>%(name)s</b>": {
        "es": ["%(n)s persona de <b>%(name)s</b>", "%(n)s personas de <b>%(name)s</b>"],
        "ko": ["<b>%(name)s</b>의 사람 %(n)s명"],
    },
}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program of one page and one Python file."""
    pages = tmp_path / "src" / "people" / "templates" / "people"
    pages.mkdir(parents=True)
    (pages / "people.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "src" / "people" / "forms.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def update(program: Path, additions: dict[str, object] | None = None, *, prune: bool = False) -> list[str]:
    return messages.update(additions, prune=prune, root=program / "src", locale=program / "locale")


def check(program: Path) -> list[str]:
    return messages.check(program / "src", program / "locale")


def po(program: Path, language: str) -> str:
    return messages.po_path(language, program / "locale").read_text(encoding="utf-8")


def test_every_sentence_is_collected(program: Path) -> None:
    found = messages.collect(messages.source_files(program / "src"))
    assert {key: one.msgid for key, one in found.items()} == {
        ("Name", None): "Name",
        ("%(n)s hour", None): ("%(n)s hour", "%(n)s hours"),
        ("Find", "verb"): "Find",
        ("People", None): "People",
        ("%(n)s person of <b>%(name)s</b>", None): (
            "%(n)s person of <b>%(name)s</b>",
            "%(n)s people of <b>%(name)s</b>",
        ),
        ("Save", None): "Save",
    }


def test_complete_catalogues_pass(program: Path) -> None:
    assert len(check(program)) == 12  # six sentences in two languages
    notes = update(program, ALL)
    assert notes == ["es: 6 sentences, 0 without translation", "ko: 6 sentences, 0 without translation"]
    assert check(program) == []


def test_compiled_catalogue_speaks(program: Path) -> None:
    update(program, ALL)
    with (program / "locale/es/LC_MESSAGES/django.mo").open("rb") as file:
        spanish = gettext.GNUTranslations(file)
    assert spanish.gettext("Name") == "Nombre"
    assert spanish.pgettext("verb", "Find") == "Buscar"
    assert spanish.ngettext("%(n)s hour", "%(n)s hours", 3) == "%(n)s horas"


def test_writing_twice_gives_the_same_bytes(program: Path) -> None:
    update(program, ALL)
    before = po(program, "ko")
    update(program)
    assert po(program, "ko") == before


def test_words_for_a_sentence_not_yet_said_wait_for_it(program: Path) -> None:
    notes = update(program, ALL | {"Soon": {"es": "Pronto", "ko": "곧"}})
    assert notes[-1] == "not said by the program (kept until it is): Soon"
    assert check(program) == [
        f"{language}: no longer said (centro messages --prune): 'Soon'" for language in ("es", "ko")
    ]
    with (program / "src/people/forms.py").open("a", encoding="utf-8") as file:
        file.write('soon = _("Soon")\n')
    update(program)
    assert check(program) == []


def test_prune_drops_what_is_no_longer_said(program: Path) -> None:
    update(program, ALL | {"Gone": {"es": "Ido", "ko": "없음"}})
    assert "Gone" in po(program, "es")
    update(program, prune=True)
    assert "Gone" not in po(program, "es")
    assert check(program) == []


HOURS = "%(n)s hour|%(n)s hours"


@pytest.mark.parametrize(
    ("msgid", "es", "fault"),
    [
        (HOURS, ["una hora", "horas"], "other placeholders than the English sentence: '%(n)s hour'"),
        (HOURS, ["%(m)s h", "%(n)s h"], "placeholders that the English sentence has not: '%(n)s hour'"),
        (HOURS, ["%(n)s h", ""], "not translated: '%(n)s hour'"),
        ("Name", "<b>Nombre</b>", "other tags than the English sentence: 'Name'"),
        ("Name", "", "not translated: 'Name'"),
    ],
)
def test_the_check_names_the_fault(program: Path, msgid: str, es: object, fault: str) -> None:
    update(program, ALL)
    update(program, {msgid: {"es": es}})
    assert check(program) == [f"es: {fault}"]


def test_fuzzy_is_a_fault(program: Path) -> None:
    update(program, ALL)
    path = messages.po_path("ko", program / "locale")
    path.write_text(po(program, "ko").replace('msgid "Name"', '#, fuzzy\nmsgid "Name"'), encoding="utf-8")
    assert check(program) == ["ko: marked fuzzy: 'Name'"]


def test_untrimmed_sentence_is_a_fault(program: Path) -> None:
    page = program / "src/people/templates/people/people.html"
    page.write_text("{% load i18n %}{% blocktranslate %}\n  Hello\n{% endblocktranslate %}", encoding="utf-8")
    update(program, prune=True)
    assert any(fault.startswith("stray spaces") for fault in check(program))


def test_a_broken_file_stops_the_check_but_loses_no_words(program: Path) -> None:
    update(program, ALL)
    page = program / "src/people/templates/people/people.html"
    page.write_text(PAGE.replace("{% endblocktranslate %}", "{% if %}"), encoding="utf-8")
    assert len(check(program)) == 1
    update(program)
    page.write_text(PAGE, encoding="utf-8")
    update(program)
    assert check(program) == []
