"""Reading tables that people bring: CSV in whatever encoding and with whatever separator, or XLSX."""

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from centro.people import names

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 60, 2_000
MOST_BYTES, MOST_UNPACKED = 10 * 1024 * 1024, 200 * 1024 * 1024


class NotATable(Exception):
    """The file cannot be read as a table; `code` says why: type, size, rows, columns, empty, broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Table:
    """A header and rows of text, all of one width."""

    header: list[str]
    rows: list[list[str]]


def read(name: str, content: bytes) -> Table:
    """The table in a file, by its ending; `NotATable` for everything else."""
    if len(content) > MOST_BYTES:
        raise NotATable("size")
    ending = name.rpartition(".")[2].lower()
    if ending in {"csv", "tsv", "txt"}:
        return _whole(_from_text(content))
    if ending == "xlsx":
        return _whole(_from_workbook(content))
    raise NotATable("type")


def _from_text(content: bytes) -> list[list[str]]:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotATable("broken")
    text = _decode(content)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        return [
            row
            for row, _ in zip(csv.reader(io.StringIO(text, newline=""), dialect), range(MOST_ROWS + 2), strict=False)
        ]
    except csv.Error as error:
        raise NotATable("broken") from error


def _decode(content: bytes) -> str:
    """UTF-8 or UTF-16 where it is one; else the Korean encoding if that gives Hangul; else the Western one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        korean = content.decode("cp949", errors="replace")
        return (
            korean if names.is_hangul(korean) and "\ufffd" not in korean else content.decode("cp1252", errors="replace")
        )


def _from_workbook(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise NotATable("size")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
        return [[_cell(value) for value in row] for row in rows]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise NotATable("broken") from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _whole(rows: list[list[str]]) -> Table:
    filled = [_trimmed(row) for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise NotATable("empty")
    if len(filled) > MOST_ROWS + 1:
        raise NotATable("rows")
    width = max(len(row) for row in filled)
    if width > MOST_COLUMNS:
        raise NotATable("columns")
    header, *body = [row + [""] * (width - len(row)) for row in filled]
    return Table(header, body)


def _trimmed(row: list[str]) -> list[str]:
    """Cells without white space around them, and no empty ones at the end."""
    cells = [cell.strip()[:LONGEST_CELL] for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def harmless(cell: str) -> str:
    """A cell for a spreadsheet, in which nothing is ever a formula (OWASP: CSV injection)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not cell[1:].isdigit() else cell
