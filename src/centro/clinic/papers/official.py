"""Official forms that a center supplies: filled by position from a map, and refused when the file is another one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from django.conf import settings

from centro.clinic.papers.fields import field, vocabulary

FOLDER = "forms"


class WrongForm(Exception):
    """The PDF is not the one that was mapped, or the map names a page or a field that does not exist."""


@dataclass(frozen=True)
class Form:
    """The map of one official form (content/forms/README.md)."""

    name: str
    pdf: str
    sha256: str
    routes: tuple[str, ...]
    fields: tuple[Mapping[str, Any], ...]

    @property
    def path(self) -> Path:
        return Path(settings.CONTENT) / FOLDER / self.pdf


def forms() -> dict[str, Form]:
    """The forms whose map and PDF are both there, by name."""
    found = [_form(path) for path in sorted((Path(settings.CONTENT) / FOLDER).glob("*.en.md"))]
    return {form.name: form for form in found if form.path.is_file()}


def _form(path: Path) -> Form:
    head = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
    name = path.name.split(".")[0]
    return Form(name, Path(head["pdf"]).name, head["sha256"], tuple(head["routes"]), tuple(head["fields"]))


def overlay(form: Form, values: Mapping[str, str], claim: Mapping[str, str]) -> dict[str, Any]:
    """The data of the template `clinic_official`: pages of the form's size with words at their places.

    `values`: written words by field; `claim`: written amounts by item code, and `total`. `WrongForm` when it cannot be.
    """
    with pikepdf.open(BytesIO(_checked(form))) as paper:
        sizes = [[float(edge) for edge in page.mediabox] for page in paper.pages]
    pages: list[dict[str, Any]] = [
        {"width": right - left, "height": high - low, "words": []} for left, low, right, high in sizes
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
    return {"pages": pages, "rows": rows}


def _said(place: Mapping[str, Any], values: Mapping[str, str], claim: Mapping[str, str]) -> tuple[str, str]:
    """What stands at a place, and what it is called; nothing where nobody told."""
    if "claim" in place:
        return place["claim"], claim.get(place["claim"], "")
    name = place.get("tick") or place["field"]
    if name not in vocabulary() or field(name).kind == "table":
        raise WrongForm(name)
    if "tick" in place:
        return field(name).label("en"), "X" if values.get(name, "").lower() == place["is"] else ""
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
        raise WrongForm(form.pdf)
    return content
