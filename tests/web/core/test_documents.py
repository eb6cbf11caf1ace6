"""Printed papers: frozen, sealed, opened only as the row they are about, and safe from what people are called."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

import centro.people.paper  # noqa: F401 - it says how a person is fetched
from centro.core import access, audit, content, policy
from centro.core.classes import Relation, Role
from centro.core.documents import actions, blobs, queries, typeset
from centro.core.models import Access, Document, Event
from centro.core.policy import Actor, Refused
from centro.core.vault import keyring
from centro.core.vault.seal import Unreadable
from centro.people.models import Person
from tests.pdf import raw_text

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Role], Actor]
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "/frame.typ": *',
    '#panic("x")',
    "*bold* _x_ $x^2$ `raw` // comment",
    "]] #let data = 1",
    '\\"}, "person": {"name": "swapped"}}',
    "\x00\x07\x1b[31m",
    "\u202egnirts desrever",
    "\ud800 lone",
    "{n} {m}",
    "<script>alert(1)</script>",
    "陈伟 สวัสดี 🙂",
    "a" * 60_000,
    "",
]


def file_of(name: str, **more: Any) -> dict[str, Any]:
    rights = content.text("print", "your_rights", "en")
    return {
        "nothing": "Nothing is written here.",
        "rights": {"title": rights.title, "text": rights.paragraphs},
        "person": {"name": name, "beside": ""},
        "sections": [{"title": "Names", "rows": [["Given name", name]]}, {"title": "Phones", "rows": []}],
        **more,
    }


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def person(cast: dict[Role, Any]) -> Person:
    return Person.objects.create(given="María", family="Hernández", in_care_of=cast[Role.ORGANIZER])


@pytest.fixture
def paper(actor: ActorOf, person: Person) -> Document:
    return issue(actor(Role.FRONT_DESK), person)


def issue(by: Actor, person: Person, language: str = "en", name: str = "María Hernández") -> Document:
    return actions.issue_document(
        by=by, kind="person_file", about=person, person=person.pk, language=language, data=file_of(name)
    )


@pytest.mark.parametrize(
    ("language", "title", "foot"),
    [
        ("en", "What we hold about you", "Page 1 of 1"),
        ("es", "Lo que guardamos sobre usted", "Página 1 de 1"),
        ("ko", "저희가 보관하고 있는 내용", "1쪽 중 1쪽"),
    ],
)
def test_the_file_prints_in_three_languages(
    actor: ActorOf, person: Person, language: str, title: str, foot: str
) -> None:
    by = actor(Role.FRONT_DESK)
    paper = issue(by, person, language)
    person = Person.objects.get_for(by, "print", pk=person.pk)
    with access.viewing(by):
        words = raw_text(queries.document_bytes(by, queries.get_document(by, paper.pk)), "-layout")
    assert title in words
    assert foot in words
    assert "María Hernández" in words
    assert paper.short_id in words
    assert paper.text_version in words
    assert "test-front_desk" in words


def test_only_our_letters_are_in_it() -> None:
    page = {"title": "한글 ñ", "text": [], **file_of("김수민"), "frame": frame()}
    with pikepdf.open(pikepdf_stream(typeset.render("person_file", page, "ko"))) as pdf:
        names = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
        assert pdf.Root.Lang == "ko"
        assert "/StructTreeRoot" in pdf.Root
    assert names
    assert all("Pretendard" in name for name in names)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("نازنین", "NotoSansArabic"),
        ("Անահիտ", "NotoSansArmenian"),
        ("বাংলা", "NotoSansBengali"),
        ("नेपाली", "NotoSansDevanagari"),
        ("አማርኛ", "NotoSansEthiopic"),
        ("ภาษาไทย", "NotoSansThai"),
        ("Иван Nguyễn Thị", "Pretendard"),
    ],
)
def test_names_in_other_scripts_have_letters_too(name: str, letters: str) -> None:
    page = {"title": "T", "text": [], **file_of(name), "frame": frame()}
    with pikepdf.open(pikepdf_stream(typeset.render("person_file", page, "en"))) as pdf:
        fonts = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert any(letters in font for font in fonts)


def frame() -> dict[str, str]:
    return {"center": "Centro", "contact": "", "accent": "#c2410c", "mark": "Paper 1", "page": "Page {n} of {m}"}


def pikepdf_stream(pdf: bytes) -> Any:
    from io import BytesIO

    return BytesIO(pdf)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_person_is_called_is_never_code(name: str) -> None:
    page = {"title": "What we hold", "text": [name], **file_of(name), "frame": frame()}
    words = raw_text(typeset.render("person_file", page, "en"), "-layout")
    assert "root:" not in words
    assert "swapped" not in words or name in " ".join(words.split())
    assert "Nothing is written here." in words
    if name.startswith(("#", "*", "]]", "<", "{")):
        assert " ".join(name.split()) in " ".join(words.split())


def test_the_same_data_at_the_same_instant_gives_the_same_bytes() -> None:
    from centro.core import clock

    page, now = {"title": "T", "text": [], **file_of("Ana"), "frame": frame()}, clock.now()
    assert typeset.render("person_file", page, "es", at=now) == typeset.render("person_file", page, "es", at=now)


@pytest.mark.parametrize("name", ["nothing", "../fonts/LICENSE", "frame.typ", ""])
def test_a_template_that_is_not_there(name: str) -> None:
    with pytest.raises(typeset.NoSuchTemplate):
        typeset.render(name, {}, "en")


def test_the_bytes_are_frozen_and_sealed(paper: Document, actor: ActorOf, person: Person) -> None:
    envelope = blobs.path_of(paper.pk, "issued").read_bytes()
    assert b"%PDF" not in envelope
    assert b"Hern" not in envelope
    Person.objects.filter(pk=person.pk).update(version=9)
    by = actor(Role.FRONT_DESK)
    with access.viewing(by):
        first = queries.document_bytes(by, queries.get_document(by, paper.pk))
        second = queries.document_bytes(by, queries.get_document(by, paper.pk))
    assert first == second
    assert first.startswith(b"%PDF")


def test_download_is_a_file_that_cannot_act(paper: Document, sign_in: Callable[[Role], Client]) -> None:
    answer = sign_in(Role.FRONT_DESK).get(reverse("core:document", args=[paper.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="centro-person-file-{paper.short_id}.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_each_opening_leaves_one_print_row_without_a_name(paper: Document, sign_in: Callable[[Role], Client]) -> None:
    before = Access.objects.count()
    sign_in(Role.FRONT_DESK).get(reverse("core:document", args=[paper.pk]))
    rows = list(Access.objects.order_by("-seq")[: Access.objects.count() - before])
    assert [row.kind for row in rows] == ["print"]
    assert str(paper.pk) in rows[0].records
    assert "core.document.issued" in rows[0].fields
    assert "Hern" not in json.dumps([rows[0].records, rows[0].fields])


def test_those_who_may_not_open_the_person_may_not_open_the_paper(
    paper: Document, sign_in: Callable[[Role], Client]
) -> None:
    address = reverse("core:document", args=[paper.pk])
    assert sign_in(Role.ORGANIZER).get(address).status_code == 200  # the person is in this organizer's care
    for role in (Role.COUNSELLOR, Role.DIRECTOR, Role.STEWARD, Role.VOLUNTEER, Role.ADMIN, Role.AUDITOR):
        assert sign_in(role).get(address).status_code == 404, role
    assert sign_in(Role.FRONT_DESK).get(reverse("core:document", args=[uuid4()])).status_code == 404


def test_a_permission_that_ends_ends_the_link(
    paper: Document, person: Person, sign_in: Callable[[Role], Client]
) -> None:
    client, address = sign_in(Role.ORGANIZER), reverse("core:document", args=[paper.pk])
    assert client.get(address).status_code == 200
    Person.objects.filter(pk=person.pk).update(in_care_of=None)
    assert client.get(address).status_code == 404


def test_a_visitor_is_asked_to_sign_in(paper: Document) -> None:
    answer = Client().get(reverse("core:document", args=[paper.pk]))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_a_more_secret_paper_needs_the_more_secret_class(
    paper: Document, actor: ActorOf, sign_in: Callable[[Role], Client]
) -> None:
    Document.objects.filter(pk=paper.pk).update(klass=3)
    assert sign_in(Role.ORGANIZER).get(reverse("core:document", args=[paper.pk])).status_code == 404
    by = actor(Role.ORGANIZER)
    with access.viewing(by), pytest.raises(Refused):
        queries.document_bytes(by, queries.get_document(by, paper.pk))


def test_issuing_leaves_one_event_of_codes(paper: Document, person: Person) -> None:
    event = Event.objects.get(kind="document.issued")
    assert (event.about, event.person, event.codes) == (paper.pk, person.pk, ["en", "person_file"])
    assert audit.verify(Event).broken_at is None


def test_a_paper_dies_with_the_vault_of_its_owner(paper: Document, person: Person, actor: ActorOf) -> None:
    keyring.shred([Person.objects.get(pk=person.pk).key])
    by = actor(Role.FRONT_DESK)
    owner = policy.opens_all(Person(pk=person.pk), Relation.CENTER)
    paper.belongs_to(owner)
    with access.viewing(by), pytest.raises(keyring.KeyGone):
        queries.document_bytes(by, paper)


def test_a_file_moved_to_another_paper_does_not_open(actor: ActorOf, person: Person) -> None:
    by = actor(Role.FRONT_DESK)
    one, other = issue(by, person), issue(by, person)
    blobs.path_of(other.pk, "issued").write_bytes(blobs.path_of(one.pk, "issued").read_bytes())
    with pytest.raises(Unreadable):
        blobs.read(other, "issued")
    blobs.path_of(one.pk, "issued").unlink()
    with pytest.raises(Unreadable):
        blobs.read(one, "issued")


def test_a_flipped_bit_does_not_open(paper: Document) -> None:
    path = blobs.path_of(paper.pk, "issued")
    envelope = bytearray(path.read_bytes())
    envelope[len(envelope) // 2] ^= 1
    path.write_bytes(envelope)
    with pytest.raises(Unreadable):
        blobs.read(paper, "issued")


def test_when_the_disk_is_full_nothing_half_written_stays(
    actor: ActorOf, person: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        issue(actor(Role.FRONT_DESK), person)
    assert not [path for path in Path(settings.BLOBS).rglob("*") if path.is_file()]
    assert not Document.objects.exists()


def test_the_sweep_takes_old_files_that_no_row_speaks_of(paper: Document, actor: ActorOf, person: Person) -> None:
    from datetime import timedelta

    from centro.core import clock

    orphan = issue(actor(Role.FRONT_DESK), person)
    Document.objects.filter(pk=orphan.pk).delete()
    assert blobs.sweep({paper.pk}) == 0
    assert blobs.sweep({paper.pk}, now=clock.now() + timedelta(days=8)) == 1
    assert blobs.path_of(paper.pk, "issued").exists()
    assert not blobs.path_of(orphan.pk, "issued").exists()
