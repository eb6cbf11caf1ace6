"""Letters: Markdown with merge fields, put together line by line.

`{{ field }}` stands for what is known; `{{ field? }}` may stay unknown, and then its whole line is left out, so that
no letter talks about what did not happen. `____` is a line for a pen. A table stands alone in its paragraph. A line of
three hyphens begins a new page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from centro.clinic.papers import official
from centro.clinic.papers.fields import field, vocabulary
from centro.core import content

FOLDER = "letters"
_MERGE = re.compile(r"\{\{\s*([a-z_0-9]+)(\??)\s*\}\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BRACES = re.compile(r"\{\{|\}\}")

Values = Mapping[str, Any]
Block = dict[str, Any]


class LetterFault(Exception):
    """A letter that cannot be put together: `code` says why, `names` which fields."""

    def __init__(self, code: str, names: Sequence[str]) -> None:
        self.code, self.names = code, tuple(names)
        super().__init__(f"{code}: {', '.join(names)}")


@dataclass(frozen=True)
class Kind:
    """A kind of letter: who speaks in it (worker, clinic, attorney), and the routes that use it (none: all)."""

    code: str
    author: str
    routes: tuple[str, ...]
    folder: str = FOLDER
    text: str = ""

    @property
    def is_bundle(self) -> bool:
        """Whether it is put together from many parts, so that nobody words it anew."""
        return self.folder != FOLDER

    @property
    def needs_attorney(self) -> bool:
        """Whether it applies the law to somebody's facts, so that an attorney has to approve it."""
        return self.author == "attorney"


# Put together from facts, the claim and the evidence; their fixed text stands in content/print.
BUNDLES = {
    "wage_packet": Kind("wage_packet", "worker", ("wage_claim",), "print", "clinic_packet"),
    "hearing_kit": Kind("hearing_kit", "clinic", ("wage_claim", "retaliation", "unemployment"), "print", "hearing_kit"),
}


def every_kind() -> dict[str, Kind]:
    """Letters, bundles, and the official forms that this center supplies."""
    return {**bundles(), **kinds()}


def bundles() -> dict[str, Kind]:
    """What is put together instead of being worded."""
    supplied = {
        name: Kind(name, "worker", form.routes, official.FOLDER, name) for name, form in official.forms().items()
    }
    return {**BUNDLES, **supplied}


def kinds() -> dict[str, Kind]:
    """Every kind of letter there is, in the order of its name."""
    names = sorted(path.name.split(".")[0] for path in (Path(settings.CONTENT) / FOLDER).glob("*.en.md"))
    return {name: kind_of(name) for name in names}


def kind_of(name: str) -> Kind:
    """A kind of letter or bundle; an official form that is gone stays one, which nothing can fill any more."""
    if (bundle := bundles().get(name)) is not None:
        return bundle
    if not (Path(settings.CONTENT) / FOLDER / f"{name}.en.md").is_file():
        return Kind(name, "worker", (), official.FOLDER, name)
    path = Path(settings.CONTENT) / FOLDER / f"{name}.en.md"
    head = _head(path, path.stat().st_mtime_ns)
    return Kind(name, head["author"], tuple(head.get("routes", ())))


@lru_cache(maxsize=64)
def _head(path: Path, _changed_at: int) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])


def template(name: str, language: str) -> content.Text:
    """The text of a letter as the lawyers wrote it."""
    kind = kind_of(name)
    if kind.folder == official.FOLDER:
        form = official.forms().get(name)
        return content.Text(form.version if form else "", form.title if form else name, "")
    return content.text(kind.folder, kind.text or name, language)


def fields_in(text: str) -> dict[str, bool]:
    """The fields of a text, in order → whether each must be known."""
    found: dict[str, bool] = {}
    for name, optional in _MERGE.findall(text):
        found[name] = found.get(name, False) or not optional
    return found


def check(text: str) -> None:
    """Raise `LetterFault` for a field that does not exist, and for braces that are none."""
    unknown = [name for name in fields_in(text) if name not in vocabulary()]
    if unknown:
        raise LetterFault("unknown", unknown)
    if _BRACES.search(_MERGE.sub("", text)):
        raise LetterFault("braces", [])


def missing(text: str, values: Values) -> list[str]:
    """Fields that must be known and are not."""
    return [name for name, needed in fields_in(text).items() if needed and not values.get(name)]


def blocks(text: str, values: Values) -> list[Block]:
    """The letter as blocks for print. `values` are written words by field; a table is {columns, rows}.

    A block is {kind: par | heading | item | table | page | rule, …}; text comes as runs [[words, is_bold], …], a value
    never read as Markdown. `LetterFault` when something must be known and is not.
    """
    check(text)
    if unknown := missing(text, values):
        raise LetterFault("missing", unknown)
    return [block for paragraph in _paragraphs(text) for block in _blocks(paragraph, values)]


def _paragraphs(text: str) -> list[list[str]]:
    return [part.split("\n") for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _blocks(lines: list[str], values: Values) -> Iterator[Block]:
    if lines == ["---"]:
        yield {"kind": "page"}
        return
    if (table := _table(lines, values)) is not None:
        if table["rows"]:
            yield {"kind": "table", **table}
        return
    kept = [line.rstrip("\\ ") for line in lines if _is_known(line, values)]
    yield from _grouped(kept, values)


def _grouped(lines: list[str], values: Values) -> Iterator[Block]:
    """Lines that follow each other are one paragraph; headings and items stand alone."""
    plain: list[Any] = []
    for line in lines:
        mark, words = _marked(line)
        if mark == "par":
            plain.append(_runs(words, values))
            continue
        if plain:
            yield {"kind": "par", "lines": plain}
            plain = []
        yield {"kind": mark, "lines": [_runs(words, values)]}
    if plain:
        yield {"kind": "par", "lines": plain}


def _marked(line: str) -> tuple[str, str]:
    if line.startswith("#"):
        return "heading", line.lstrip("# ")
    if line.startswith(("- ", "* ")):
        return "item", line[2:]
    return "par", line


def _table(lines: list[str], values: Values) -> Any:
    """The table of a paragraph that is nothing but a table field."""
    match = _MERGE.fullmatch(lines[0].strip()) if len(lines) == 1 else None
    if match is None or field(match[1]).kind != "table":
        return None
    return values.get(match[1]) or {"columns": [], "rows": []}


def _is_known(line: str, values: Values) -> bool:
    """Whether everything that this line may leave unknown is known."""
    return all(values.get(name) for name, optional in _MERGE.findall(line) if optional)


def _runs(line: str, values: Values) -> list[list[Any]]:
    """A line as runs of words, plain and bold; a run of `____` is a line for a pen."""
    runs: list[list[Any]] = []
    for at, part in enumerate(_BOLD.split(line)):
        if part:
            runs.append([_MERGE.sub(lambda match: str(values[match[1]]), part), at % 2 == 1])
    return runs


def plain(text: str, values: Values) -> str:
    """The letter as plain text, for reading on a page and for comparing."""
    return "\n".join(_plain(block) for block in blocks(text, values))


def _plain(block: Block) -> str:
    if block["kind"] == "table":
        return "\n".join(" · ".join(str(cell) for cell in row) for row in block["rows"])
    return "\n".join("".join(run[0] for run in line) for line in block.get("lines", [])) + "\n"
