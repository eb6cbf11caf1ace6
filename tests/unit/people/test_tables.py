"""Tables as people bring them: encodings, separators, headings, and files that are none."""

import io
import zipfile

import openpyxl
import pytest

from centro.people import columns, tables


def test_a_table_is_read_whatever_its_encoding() -> None:
    text = "이름,전화\n김영희,213-555-0123\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp949"):
        assert tables.read("people.csv", text.encode(encoding)).rows == [["김영희", "213-555-0123"]]
    western = "nombre;teléfono\nJosé Núñez;213-555-0124\n".encode("cp1252")
    assert tables.read("gente.csv", western).rows == [["José Núñez", "213-555-0124"]]


def test_a_workbook_is_read_without_its_formulas() -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Name", "Phone", "ZIP"])
    book.active.append(["Rosa Cruz", 2135550123, 90005.0])
    book.save(content)
    assert tables.read("people.XLSX", content.getvalue()).rows == [["Rosa Cruz", "2135550123", "90005"]]


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.MOST_UNPACKED + 1))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("people.docx", b"x", "type"),
        ("people", b"x", "type"),
        ("people.csv", b"", "empty"),
        ("people.csv", b"name,phone\n", "empty"),
        ("people.csv", b"a\n" * (tables.MOST_ROWS + 5), "rows"),
        ("people.csv", (",".join("x" * 70) + "\n1\n").encode(), "columns"),
        ("people.csv", b"\x00\x01\x02\x03", "broken"),
        ("people.xlsx", b"not a zip", "broken"),
        ("people.xlsx", b"PK\x03\x04" + b"\0" * 50, "broken"),
        ("people.csv", b"x" * (tables.MOST_BYTES + 1), "size"),
    ],
)
def test_what_is_no_table_says_why(name: str, content: bytes, code: str) -> None:
    with pytest.raises(tables.NotATable) as refusal:
        tables.read(name, content)
    assert refusal.value.code == code


def test_a_workbook_that_unpacks_to_gigabytes_is_refused() -> None:
    with pytest.raises(tables.NotATable) as refusal:
        tables.read("people.xlsx", _bomb())
    assert refusal.value.code == "size"


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["First name", "Last name", "Cell phone", "ZIP"], ["given", "family", "number", "zip"]),
        (["Nombre", "Apellido", "Segundo apellido", "Teléfono"], ["given", "family", "family2", "number"]),
        (["이름", "전화번호", "우편번호", "직장"], ["full_name", "number", "zip", "workplace_name"]),
        (["Full name", "Favourite colour"], ["full_name", ""]),
    ],
)
def test_headings_are_guessed_in_three_languages(header: list[str], fields: list[str]) -> None:
    assert columns.guess(header) == fields


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("김영희", {"native": "김영희"}),
        ("Cruz, Rosa", {"given": "Rosa", "family": "Cruz"}),
        ("Rosa", {"given": "Rosa"}),
        ("Rosa Cruz", {"given": "Rosa", "family": "Cruz"}),
        ("Rosa Cruz Luna", {"given": "Rosa", "family": "Cruz", "family2": "Luna"}),
        ("Ana Rosa Cruz Luna", {"given": "Ana Rosa", "family": "Cruz", "family2": "Luna"}),
    ],
)
def test_a_whole_name_is_parted(whole: str, parts: dict[str, str]) -> None:
    found = columns.details(["full_name"], [whole])
    assert {name: found[name] for name in found if name in {"given", "family", "family2", "native"}} == parts


def test_what_must_not_be_kept_is_taken_out() -> None:
    assert columns.details(["given"], ["Rosa"])["removal"] == "remove"


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert tables.harmless(cell) == f"'{cell}"


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert tables.harmless("Rosa") == "Rosa"
