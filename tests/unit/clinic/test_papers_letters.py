"""Putting letters together: fields, lines that fall out, tables, pens, and what a value cannot do."""

import pytest

from centro.clinic.papers import letters
from centro.clinic.papers.compare import compare, excerpt, is_changed
from centro.clinic.papers.fields import written


def words(text: str, **values: object) -> list[str]:
    return ["".join(run[0] for run in line) for block in letters.blocks(text, values) for line in block["lines"]]


def test_a_field_is_filled_and_a_line_about_nothing_is_left_out() -> None:
    text = "I am {{ worker_name }}.\nMy last day was {{ last_day? }}.\n\nThank you."
    assert words(text, worker_name="Rosa") == ["I am Rosa.", "Thank you."]
    assert words(text, worker_name="Rosa", last_day="July 3") == ["I am Rosa.", "My last day was July 3.", "Thank you."]


def test_what_must_be_known_stops_the_letter() -> None:
    with pytest.raises(letters.LetterFault) as fault:
        letters.blocks("{{ worker_name }} {{ job_title }}", {"job_title": "cook"})
    assert (fault.value.code, fault.value.names) == ("missing", ("worker_name",))


@pytest.mark.parametrize("text", ["{{ status }}", "{{ ssn? }}"])
def test_a_field_nobody_defined_is_refused(text: str) -> None:
    with pytest.raises(letters.LetterFault, match="unknown"):
        letters.check(text)


@pytest.mark.parametrize("text", ["{{ worker name }}", "{{worker_name", "}}"])
def test_braces_that_are_no_field_are_refused(text: str) -> None:
    with pytest.raises(letters.LetterFault, match="braces"):
        letters.check(text)


def test_a_value_is_never_read_as_markdown_or_as_a_field() -> None:
    value = "**bold** # heading {{ job_title }} ____"
    block = letters.blocks("So: {{ worker_name }}", {"worker_name": value})[0]
    assert block == {"kind": "par", "lines": [[[f"So: {value}", False]]]}


def test_blocks_know_headings_items_bold_tables_and_pages() -> None:
    table = {"columns": ["a"], "rows": [["1"]]}
    text = "## Head\n\n- one **two**\n\n{{ deadlines }}\n\n---\n\nSigned: ____"
    kinds = [block["kind"] for block in letters.blocks(text, {"deadlines": table})]
    assert kinds == ["heading", "item", "table", "page", "par"]
    item = letters.blocks(text, {"deadlines": table})[1]
    assert item["lines"] == [[["one ", False], ["two", True]]]


def test_the_comparison_shows_what_was_taken_out_and_added() -> None:
    pieces = compare("Pay by {{ pay_by }} please.", "Pay at once by {{ pay_by }} please.")
    assert [(piece.how, piece.words.strip()) for piece in pieces if piece.how != "same"] == [("added", "at once")]
    assert "".join(piece.words for piece in pieces if piece.how != "out") == "Pay at once by {{ pay_by }} please."
    assert not is_changed(compare("same words", "same words"))


@pytest.mark.parametrize(
    ("kind", "value", "language", "expected"),
    [
        ("day", "2025-07-03", "en", "July 3, 2025"),
        ("day", "2025-07-03", "es", "3 de julio de 2025"),
        ("day", "2025-07-03", "ko", "2025년 7월 3일"),
        ("money", "280050", "ko", "$2,800.50"),
        ("yes_no", "no", "es", "No"),
        ("name", "서충호", "en", "서충호"),
        ("words", "", "en", ""),
    ],
)
def test_values_are_written_in_the_language_of_the_paper(kind: str, value: str, language: str, expected: str) -> None:
    assert written(kind, value, language) == expected


def test_the_attorney_reads_only_the_lines_that_changed() -> None:
    before = "One.\n\nTwo stays.\n\nThree is here.\n\nFour.\n\nFive."
    pieces = excerpt(compare(before, before.replace("Three is here", "Three was here")))
    assert "".join(piece.words for piece in pieces if piece.how != "out") == "…\nThree was here.\n…"
