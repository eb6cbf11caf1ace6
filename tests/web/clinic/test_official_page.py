"""The page of official forms: an officer brings a PDF, says what stands where, tries it, and it is offered."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from centro.clinic.choices import Route
from centro.clinic.models import Letter
from centro.clinic.papers import letters, official
from centro.core.classes import Role
from centro.core.models import Document, Event
from tests.pdf import pages_of, raw_text
from tests.web.clinic.conftest import SAID, OpenMatter, SeenBy, Tell
from tests.web.clinic.paperwork import ACTOR, draft, printed
from tests.web.clinic.test_official import blank_form
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
PLACES = """- {page: 1, x: 72, y: 120, size: 12, field: worker_name}
- {page: 2, x: 300, y: 210, tick: union, is: "yes"}
- {page: 2, x: 400, y: 300, claim: total}"""
FORM = {"name": "agency_form", "title": "Form of an agency, rev. 2026", "routes": ["records"]}


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "forms"


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in(Role.ADMIN)


def bring(client: Client, content: bytes = b"", file: str = "form.pdf", **more: Any) -> Any:
    brought = SimpleUploadedFile(file, content or blank_form(), content_type="application/pdf")
    return client.post(reverse("clinic:official_forms"), {**FORM, **more, "brought": brought})


def at(name: str = "official_form", *more: Any) -> str:
    return reverse(f"clinic:{name}", args=[FORM["name"], *more])


def stamp(client: Client) -> str:
    return str(client.get(at()).context["form"].initial["version"])


def put(client: Client, places: str = PLACES, **more: str) -> Any:
    return client.post(at(), {"places": places, "version": stamp(client), **more})


def test_a_pdf_is_kept_as_it_is_and_mapped(officer: Client, own_folder: Path) -> None:
    pdf = blank_form()
    assert bring(officer, pdf).headers["Location"] == at()
    assert (own_folder / "agency_form.pdf").read_bytes() == pdf
    assert put(officer).headers["Location"] == at()
    form = official.forms()["agency_form"]
    assert (form.title, form.routes, len(form.fields)) == (FORM["title"], ("records",), 3)
    assert form.sha256 == hashlib.sha256(pdf).hexdigest()
    page = officer.get(at()).content.decode()
    assert "{page: 1, x: 72, y: 120, size: 12, field: worker_name}" in page
    assert officer.get(at("official_page", 2)).content.startswith(b"\xff\xd8\xff")
    assert officer.get(at("official_page", 3)).status_code == 404
    assert {"official_form.brought", "official_form.mapped"} <= set(Event.objects.values_list("kind", flat=True))


def test_it_is_tried_with_the_names_of_its_fields(officer: Client) -> None:
    bring(officer)
    put(officer)
    tried = officer.get(at("try_official_form")).content
    assert pages_of(tried)[0] == "Your name"
    assert set(pages_of(tried)[1].split()) == {"X", "12,345.67"}
    assert 'xMin="72.0' in raw_text(tried, "-bbox")
    with pikepdf.open(BytesIO(tried)) as paper:
        assert "/OpenAction" not in paper.Root


def test_it_is_offered_at_once_and_filled(
    officer: Client, sign_in: SignIn, open_matter: OpenMatter, tell: Tell, actor: ACTOR, seen_by: SeenBy
) -> None:
    bring(officer)
    put(officer)
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    assert str(FORM["title"]) in client.get(reverse("clinic:papers", args=[matter.case_id])).content.decode()
    page = draft(client, matter.case, "agency_form", matter).headers["Location"]
    client.post(f"{page}issue/")
    letter = Letter.objects.get()
    assert letter.document is not None
    assert printed(actor, seen_by, letter.document) == "Chung-ho Seo"


def test_one_that_was_taken_away_leaves_its_papers(
    officer: Client, sign_in: SignIn, open_matter: OpenMatter, tell: Tell
) -> None:
    bring(officer)
    put(officer)
    matter, client = open_matter(Route.RECORDS), sign_in(Role.COUNSELLOR)
    tell(matter.case, **SAID)
    page = draft(client, matter.case, "agency_form", matter).headers["Location"]
    assert officer.post(at("drop_official_form")).headers["Location"] == reverse("clinic:official_forms")
    assert officer.get(at()).status_code == 404
    assert client.get(reverse("clinic:papers", args=[matter.case_id])).status_code == 200
    assert "It needs a new map before it is filled." in client.get(page).content.decode()
    client.post(f"{page}issue/")
    assert not Document.objects.exists()


def test_a_new_revision_keeps_the_places(officer: Client) -> None:
    bring(officer)
    put(officer)
    newer = blank_form(3)
    bring(officer, newer)
    form = official.forms()["agency_form"]
    assert len(form.fields) == 3
    assert form.sha256 == hashlib.sha256(newer).hexdigest()


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ("- {page: 3, x: 1, y: 1, field: worker_name}", "Place 1 names a page that the PDF does not have."),
        ("- {page: 1, x: 900, y: 1, field: worker_name}", "Place 1 does not lie on its page."),
        ("- {page: 1, x: 1, y: 1, field: status}", "Place 1 names something that this program does not know."),
        ("- {page: 1, x: 1, y: 1, field: deadlines}", "Place 1 names something"),
        ("- {page: 1, x: 1, y: 1, claim: gold}", "Place 1 names something"),
        ("- {page: 1, x: 1, y: 1}", "Place 1 needs one of field, claim, or tick with is."),
        ("- {page: 1, x: 1, y: 1, tick: union}", "Place 1 needs one of"),
        ("- {page: 1, field: worker_name}", "Place 1 has no page, x and y."),
        ("- {page: 1, x: left, y: 1, field: worker_name}", "Place 1 does not lie on its page."),
        ("page: 1", "This is no list of places."),
        ("- {page: 1, x", "This is no list of places."),
        ("- !!python/object/apply:os.system ['true']", "This is no list of places."),
    ],
)
def test_a_map_that_cannot_be_stays_on_the_page(officer: Client, places: str, words: str) -> None:
    bring(officer)
    answer = put(officer, places)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["form"].data["places"] == places
    assert official.forms()["agency_form"].fields == ()


def test_two_who_map_at_once(officer: Client) -> None:
    bring(officer)
    old = stamp(officer)
    put(officer)
    answer = put(officer, "[]", version=old)
    assert answer.status_code == 422
    assert "Somebody else changed this map meanwhile." in answer.content.decode()
    assert len(official.forms()["agency_form"].fields) == 3


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": "Form 1"}, "small letters, digits and _ only"),
        ({"name": "../forms"}, "small letters, digits and _ only"),
        ({"name": "demand"}, "has this name already"),
        ({"name": "wage_packet"}, "has this name already"),
        ({"title": ""}, "This field is required"),
        ({"routes": ["nowhere"]}, "not one of the available choices"),
    ],
)
def test_what_is_no_form_stays_on_the_page(officer: Client, own_folder: Path, more: dict[str, Any], words: str) -> None:
    answer = bring(officer, **more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not own_folder.exists()


def test_only_a_pdf_is_taken(officer: Client, own_folder: Path) -> None:
    answer = bring(officer, b"just words", "form.txt")
    assert answer.status_code == 422
    assert "Please choose one PDF." in answer.content.decode()


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.ATTORNEY, Role.FRONT_DESK, Role.ORGANIZER])
def test_nobody_else_has_the_page(officer: Client, sign_in: SignIn, role: Role) -> None:
    bring(officer)
    client = sign_in(role)
    assert client.get(reverse("clinic:official_forms")).status_code == 404
    assert client.get(at()).status_code == 404
    assert client.post(at("drop_official_form")).status_code == 404
    assert "agency_form" in official.forms()


def test_outsiders_are_asked_to_sign_in() -> None:
    assert "/login/" in Client().get(reverse("clinic:official_forms")).headers["Location"]


def test_a_map_is_read_once_and_again_when_it_changed(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(officer)
    put(officer)
    letters.every_kind()
    with monkeypatch.context() as patched:
        patched.setattr(yaml, "safe_load", lambda _text: pytest.fail("it was read a second time"))
        assert "agency_form" in letters.every_kind()
    put(officer, "- {page: 1, x: 10, y: 10, field: job_title}")
    assert [place["field"] for place in official.forms()["agency_form"].fields] == ["job_title"]
