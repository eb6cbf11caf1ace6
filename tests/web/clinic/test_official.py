"""An official PDF that the center supplies: filled by position, refused when it is another file."""

import hashlib
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.urls import reverse

from centro.clinic.choices import Route
from centro.clinic.models import Letter
from centro.clinic.papers import official
from centro.clinic.papers.opening import open_papers
from centro.core.classes import Role
from centro.core.documents.typeset import render
from centro.core.models import Document
from tests.pdf import pages_of, raw_text
from tests.web.clinic.conftest import SAID, OpenMatter, SeenBy, Tell
from tests.web.clinic.paperwork import ACTOR, draft, printed
from tests.web.conftest import SignIn

MAP = """---
id: test_form
version: 2026-11-23
title: Test form
pdf: test_form.pdf
sha256: {digest}
routes: [records]
fields:
- {{page: 1, x: 72, y: 120, field: worker_name}}
- {{page: 2, x: 72, y: 300, size: 12, field: job_title}}
- {{page: 2, x: 300, y: 300, tick: union, is: "yes"}}
- {{page: 2, x: 400, y: 300, claim: total}}
---
Checked by nobody: a form of the tests.
"""


def blank_form(pages: int = 2) -> bytes:
    """A PDF with a form field and a script in it, as agencies publish them."""
    out, paper = BytesIO(), pikepdf.new()
    for _ in range(pages):
        paper.add_blank_page(page_size=(612, 792))
    paper.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
    paper.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    paper.save(out)
    return out.getvalue()


BROKEN = (
    "",
    "no map at all",
    "---\n- a list\n---\n",
    "---\ntitle: only\n---\n",
    "---\nroutes: [a\n---\n",
    "---\n{}---\n",
)


@pytest.fixture
def supplied(tmp_path: Path, settings: Any) -> Path:
    """The center's content folder with one official form in it."""
    shutil.copytree(settings.CONTENT, tmp_path / "content")
    settings.CONTENT = tmp_path / "content"
    folder, pdf = tmp_path / "content" / "forms", blank_form()
    (folder / "test_form.pdf").write_bytes(pdf)
    (folder / "test_form.en.md").write_text(MAP.format(digest=hashlib.sha256(pdf).hexdigest()), encoding="utf-8")
    open_papers()
    return folder


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_that_is_no_map_stops_neither_the_start_nor_the_other_forms(supplied: Path, text: str) -> None:
    (supplied / "broken.en.md").write_text(text, encoding="utf-8")
    open_papers()
    assert list(official.forms()) == ["test_form"]


def test_without_a_map_there_is_no_form() -> None:
    assert official.forms() == {}


def test_words_stand_at_their_places_and_nothing_acts(supplied: Path) -> None:
    form = official.forms()["test_form"]
    laid = official.overlay(
        form, {"worker_name": "서충호 Ñandú", "job_title": "cook", "union": "Yes"}, {"total": "12.34"}
    )
    filled = official.fill(form, render("clinic_official", {"title": "Test", **laid}, "en"))
    assert pages_of(filled)[0] == "서충호 Ñandú"
    assert set(pages_of(filled)[1].split()) == {"cook", "X", "12.34"}
    with pikepdf.open(BytesIO(filled)) as paper:
        assert "/AcroForm" not in paper.Root
        assert "/OpenAction" not in paper.Root
    assert 'xMin="72.0' in raw_text(filled, "-bbox")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("field: worker_name", "field: status"),
        ("page: 2, x: 72", "page: 3, x: 72"),
        ("field: job_title", "field: deadlines"),
    ],
)
def test_a_map_that_cannot_be_is_refused(supplied: Path, old: str, new: str) -> None:
    path = supplied / "test_form.en.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(official.WrongForm):
        official.overlay(official.forms()["test_form"], {"job_title": "cook"}, {})


@pytest.mark.django_db
def test_the_form_is_filled_and_frozen(
    supplied: Path, sign_in: SignIn, open_matter: OpenMatter, tell: Tell, actor: ACTOR, seen_by: SeenBy
) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    assert "Test form" in client.get(reverse("clinic:papers", args=[matter.case_id])).content.decode()
    page = draft(client, matter.case, "test_form", matter).url
    assert "Chung-ho Seo" in client.get(page).content.decode()
    client.post(reverse("clinic:issue_letter", args=[Letter.objects.get().pk]))
    letter = Letter.objects.get()
    assert letter.mirror_document is None
    assert printed(actor, seen_by, letter.document) == "Chung-ho Seo cook"


@pytest.mark.django_db
def test_another_file_under_its_name_is_refused(
    supplied: Path, sign_in: SignIn, open_matter: OpenMatter, tell: Tell
) -> None:
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    (supplied / "test_form.pdf").write_bytes(blank_form(3))
    page = draft(client, matter.case, "test_form", matter).url
    assert "The official form is not the file that was mapped." in client.get(page).content.decode()
    client.post(reverse("clinic:issue_letter", args=[Letter.objects.get().pk]))
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ({"field": ["phone"]}, "name"),
        ({"claim": ["total"]}, "name"),
        ({"tick": "union", "is": ["yes"]}, "name"),
        ({"field": "job_title", "size": -9}, "place"),
        ({"field": "job_title", "size": float("inf")}, "place"),
        ({"field": "job_title", "size": True}, "place"),
        ({"field": "job_title", "page": True}, "page"),
        ({"field": "job_title", "size": 12.5}, ""),
        ({"tick": "union", "is": True}, ""),
    ],
)
def test_a_place_that_is_no_place_is_named(place: dict[str, Any], fault: str) -> None:
    assert official.fault_of({"page": 1, "x": 5, "y": 5, **place}, [(612, 792)], {"total"}) == fault


@pytest.mark.parametrize(("said", "ticks"), [("Yes", {"X"}), ("No", set())])
def test_a_bare_yes_in_a_map_ticks_as_a_written_one(supplied: Path, said: str, ticks: set[str]) -> None:
    path = supplied / "test_form.en.md"
    path.write_text(path.read_text(encoding="utf-8").replace('is: "yes"', "is: yes"), encoding="utf-8")
    laid = official.overlay(official.forms()["test_form"], {"union": said}, {})
    assert {word["text"] for page in laid["pages"] for word in page["words"]} == ticks
