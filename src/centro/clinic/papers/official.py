"""Official forms that a center supplies: filled by position from a map, and refused when the file is another one.

They stand in `content/forms`, beside the letters, or in the folder `forms` of the center's own data, where the page
“Official forms” keeps what an officer of the center brought. The center's own come first.
"""

import hashlib
import logging
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from django.conf import settings

from centro.clinic.papers.fields import field, vocabulary
from centro.core.backup import brought

log = logging.getLogger("centro.clinic")

FOLDER = "forms"
DOCUMENT = "letter_official"  # the kind of paper of every official form; which one, says the letter
SMALLEST, LARGEST = 4, 72  # points of the letters


class WrongForm(Exception):
    """The PDF is not the one that was mapped, or the map names a page or a field that does not exist."""


@dataclass(frozen=True)
class Form:
    """The map of one official form (content/forms/README.md)."""

    name: str
    title: str
    version: str
    path: Path
    sha256: str
    routes: tuple[str, ...]
    fields: tuple[Mapping[str, Any], ...]


def own_folder() -> Path:
    """Where the forms stand that were brought through the page; every backup holds them."""
    return Path(settings.DATA) / brought.FORMS


def forms() -> dict[str, Form]:
    """The forms whose map and PDF are both there, by name."""
    maps = [path for folder in (Path(settings.CONTENT) / FOLDER, own_folder()) for path in folder.glob("*.en.md")]
    found = [form for path in maps if (form := _form(path, path.stat().st_mtime_ns)) is not None]
    return {form.name: form for form in sorted(found, key=lambda form: form.name) if form.path.is_file()}


@lru_cache(maxsize=64)
def _form(path: Path, _changed_at: int) -> Form | None:
    """The form of a map; None, and a line in the log of the server, where the file is no map: others still work."""
    try:
        return _read(path)
    except (KeyError, IndexError, TypeError, ValueError, OSError, yaml.YAMLError) as fault:
        log.error("no map of a form: %s (%s)", path.name, type(fault).__name__)
        return None


def _read(path: Path) -> Form:
    head = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
    return Form(
        name=path.name.split(".")[0],
        title=str(head["title"]),
        version=str(head["version"]),
        path=path.with_name(Path(head["pdf"]).name),
        sha256=head["sha256"],
        routes=tuple(head["routes"]),
        fields=tuple(head["fields"] or ()),
    )


def written_map(form: Form) -> str:
    """The text of a map as it lies in its file."""
    head = {
        "id": form.name,
        "version": form.version,
        "title": form.title,
        "pdf": form.path.name,
        "sha256": form.sha256,
        "routes": list(form.routes),
        "fields": [dict(place) for place in form.fields],
    }
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=110)}---\n"


def page_sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    with pikepdf.open(BytesIO(content)) as paper:
        edges = [[float(edge) for edge in page.mediabox] for page in paper.pages]
    return [(right - left, high - low) for left, low, right, high in edges]


def fault_of(place: Any, sizes: list[tuple[float, float]], items: Container[str]) -> str:
    """What is wrong with one place of a map, as a code; empty when nothing is."""
    if not isinstance(place, Mapping) or not {"page", "x", "y"} <= set(place):
        return "shape"
    if len({"field", "tick", "claim"} & set(place)) != 1 or ("tick" in place) != ("is" in place):
        return "what"
    if type(place["page"]) is not int or not 1 <= place["page"] <= len(sizes):
        return "page"
    wide, high = sizes[place["page"] - 1]
    numbers = [place["x"], place["y"], place.get("size", 9)]
    if not all(type(one) in {int, float} for one in numbers):
        return "place"
    if not (0 <= place["x"] < wide and 0 <= place["y"] < high and SMALLEST <= numbers[2] <= LARGEST):
        return "place"
    name = place.get("claim") or place.get("tick") or place.get("field")
    if not isinstance(name, str) or not isinstance(place.get("is", ""), str | bool | int):
        return "name"
    if "claim" in place:
        return "" if name in items else "name"
    return "" if name in vocabulary() and field(name).kind != "table" else "name"


def _ticked_at(place: Mapping[str, Any]) -> str:
    """The answer at which a place is ticked; YAML reads a bare yes or no as true or false."""
    said = place["is"]
    return {True: "yes", False: "no"}[said] if isinstance(said, bool) else str(said).lower()


def sample(form: Form) -> dict[str, Any]:
    """The overlay with the name of each field in its place, to be looked at."""
    labels = {code: one.label("en") for code, one in vocabulary().items()}
    ticks = {place["tick"]: _ticked_at(place) for place in form.fields if "tick" in place}
    amounts = {place["claim"]: "12,345.67" for place in form.fields if "claim" in place}
    return overlay(form, labels | ticks, amounts)


def overlay(form: Form, values: Mapping[str, str], claim: Mapping[str, str]) -> dict[str, Any]:
    """The data of the template `clinic_official`: pages of the form's size with words at their places.

    `values`: written words by field; `claim`: written amounts by item code, and `total`. `WrongForm` when it cannot be.
    """
    pages: list[dict[str, Any]] = [
        {"width": wide, "height": high, "words": []} for wide, high in page_sizes(_checked(form))
    ]
    rows = []
    for place in form.fields:
        if not 1 <= place["page"] <= len(pages):
            raise WrongForm(f"page {place['page']}")
        label, words = _said(place, values, claim)
        if words:
            size = place.get("size", 9)
            pages[place["page"] - 1]["words"].append({"x": place["x"], "y": place["y"], "size": size, "text": words})
            rows.append([str(place["page"]), label, words])
    return {"title": form.title, "pages": pages, "rows": rows}


def _said(place: Mapping[str, Any], values: Mapping[str, str], claim: Mapping[str, str]) -> tuple[str, str]:
    """What stands at a place, and what it is called; nothing where nobody told."""
    if "claim" in place:
        return place["claim"], claim.get(place["claim"], "")
    name = place.get("tick") or place["field"]
    if name not in vocabulary() or field(name).kind == "table":
        raise WrongForm(name)
    if "tick" in place:
        return field(name).label("en"), "X" if values.get(name, "").lower() == _ticked_at(place) else ""
    return field(name).label("en"), values.get(name, "")


def fill(form: Form, words: bytes) -> bytes:
    """The official pages with the words laid over them; the form's own fields, scripts and links are left out."""
    with pikepdf.open(BytesIO(_checked(form))) as paper, pikepdf.open(BytesIO(words)) as laid:
        if len(paper.pages) != len(laid.pages):
            raise WrongForm("pages")
        for page, over in zip(paper.pages, laid.pages, strict=True):
            page.add_overlay(over, pikepdf.Rectangle(*(float(edge) for edge in page.mediabox)))
            for key in ("/Annots", "/AA"):
                if key in page.obj:
                    del page.obj[key]
        for key in ("/AcroForm", "/OpenAction", "/AA", "/Names"):
            if key in paper.Root:
                del paper.Root[key]
        out = BytesIO()
        paper.save(out, deterministic_id=True)
    return out.getvalue()


def _checked(form: Form) -> bytes:
    """The bytes of the PDF, if they are the ones that were mapped."""
    content = form.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != form.sha256:
        raise WrongForm(form.name)
    return content
