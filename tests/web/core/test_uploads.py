"""Files brought in, through a page: examined, sealed, opened as their owner, and never in clear on the disk."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from centro.core import access
from centro.core.classes import FieldClass, Role
from centro.core.documents import actions, blobs, owners, queries
from centro.core.documents.fields import FilesField
from centro.core.documents.refusals import WORDS
from centro.core.documents.uploads import examine, examine_bytes
from centro.core.doors import allowed
from centro.core.models import Access, Event, Upload
from centro.core.policy import Actor, Refused
from centro.core.request import Request
from centro.people.models import Person
from tests import hostile_files as hostile

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Role], Actor]
CANARY = b"CANARY-of-the-upload-9d1c"


class BringForm(forms.Form):
    files = FilesField()


@allowed("person.add")
def bring(request: Request) -> HttpResponse:
    """A page as modules write it: form, action, answer."""
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse(form.errors["files"].as_text(), status=422)
    person = Person.objects.visible_to(request.actor).get()
    for file in form.cleaned_data["files"]:
        actions.keep_upload(by=request.actor, about=person, person=person.pk, file=file, klass=FieldClass.C2)
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [path("bring/", bring), path("", include("config.urls"))]


@pytest.fixture(autouse=True)
def ground(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.BLOBS = tmp_path / "blobs"
    known = dict(owners._owners)
    owners.register_owner("person", lambda actor, pk, verb: Person.objects.get_for(actor, verb, pk=pk))
    with override_settings(ROOT_URLCONF=__name__):
        yield
    owners._owners.clear()
    owners._owners.update(known)


@pytest.fixture
def person(cast: dict[Role, Any]) -> Person:
    return Person.objects.create(given="Ana", in_care_of=cast[Role.COUNSELLOR])


@pytest.fixture
def upload(actor: ActorOf, person: Person) -> Upload:
    file = examine_bytes("Ana Pérez talón.jpg", hostile.jpeg_with_place())
    return actions.keep_upload(by=actor(Role.COUNSELLOR), about=person, person=person.pk, file=file)


def a_file(content: bytes = b"", name: str = "talon.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or hostile.jpeg(), content_type="image/jpeg")


def test_a_file_comes_in(sign_in: Callable[[Role], Client], person: Person) -> None:
    answer = sign_in(Role.FRONT_DESK).post("/bring/", {"files": [a_file(), a_file(hostile.pdf(), "carta.pdf")]})
    assert answer.status_code == 302
    assert sorted(Upload.objects.values_list("kind", "preview_kind")) == [("jpeg", "jpeg"), ("pdf", "pdf")]
    assert Event.objects.filter(kind="upload.kept", person=person.pk).count() == 2


def test_a_visitor_is_asked_to_sign_in_before_anything_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("centro.core.documents.uploads.decode", lambda *_: pytest.fail("decoded for a visitor"))
    assert Client().post("/bring/", {"files": [a_file()]}).status_code == 302
    assert not Upload.objects.exists()


def test_decoding_is_over_before_the_transaction_begins(
    sign_in: Callable[[Role], Client], person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from centro.core import doors

    began: list[str] = []
    carry_out = doors.carry_out_once
    monkeypatch.setattr(doors, "carry_out_once", lambda *a: (began.append("writing"), carry_out(*a))[1])
    monkeypatch.setattr("centro.core.documents.uploads.clean_name", lambda name: began.append("decoding") or name)
    sign_in(Role.FRONT_DESK).post("/bring/", {"files": [a_file()]})
    assert began == ["decoding", "writing"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.docx", hostile.office(), "office"),
        ("a.zip", hostile.zipped(), "archive"),
        ("a.jpg", hostile.pdf(), "mismatch"),
        ("a.jpg", hostile.jpeg()[:200], "unreadable"),
        ("a.pdf", hostile.locked_pdf(), "locked"),
    ],
)
def test_a_bad_file_stays_on_the_form_with_its_words(
    sign_in: Callable[[Role], Client], person: Person, name: str, content: bytes, why: str
) -> None:
    answer = sign_in(Role.FRONT_DESK).post("/bring/", {"files": [a_file(content, name)]})
    assert answer.status_code == 422
    assert str(WORDS[why]) in answer.content.decode()
    assert not Upload.objects.exists()
    assert not list(blobs.all_files())


def test_eleven_files_are_too_many_and_none_is_needed(
    sign_in: Callable[[Role], Client], person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("centro.core.documents.uploads.decode", lambda *_: pytest.fail("decoded one of too many"))
    client = sign_in(Role.FRONT_DESK)
    answer = client.post("/bring/", {"files": [a_file(b"x", f"{n}.txt") for n in range(11)]})
    assert str(WORDS["too_many"]) in answer.content.decode()
    assert client.post("/bring/", {}).status_code == 422
    assert not Upload.objects.exists()


def test_original_and_copy_are_sealed_with_their_name(upload: Upload, settings: Any) -> None:
    everything = b"".join(path.read_bytes() for path in Path(settings.BLOBS).rglob("*") if path.is_file())
    row = Upload.objects.filter(pk=upload.pk).values().get()
    assert {path.suffix for path in blobs.all_files()} == {".original", ".preview"}
    for clear in (b"\xff\xd8\xff", b"JFIF", hostile.CANARY.encode(), "talón".encode()):
        assert clear not in everything
        assert clear not in bytes(row["name"]) + bytes(row["digest"])
    assert "talón" not in str([path.name for path in Path(settings.BLOBS).rglob("*")])


def test_the_original_is_untouched_and_the_copy_tells_nothing(upload: Upload, actor: ActorOf) -> None:
    by = actor(Role.COUNSELLOR)
    with access.viewing(by):
        found = queries.get_upload(by, upload.pk)
        assert queries.original_bytes(by, found) == hostile.jpeg_with_place()
        assert hostile.CANARY.encode() not in queries.preview_bytes(by, found)
        assert found.name == "Ana Pérez talón.jpg"
        assert len(found.digest) == 64


def test_files_are_served_so_that_they_cannot_act(upload: Upload, sign_in: Callable[[Role], Client]) -> None:
    client = sign_in(Role.COUNSELLOR)
    copy = client.get(reverse("core:upload_preview", args=[upload.pk]))
    original = client.get(reverse("core:upload_original", args=[upload.pk]))
    for answer in (copy, original):
        assert answer.status_code == 200
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Content-Type"] == "image/jpeg"
        assert "Ana" not in answer["Content-Disposition"]
    assert copy["Content-Disposition"].startswith("inline")
    assert original["Content-Disposition"].startswith("attachment")
    assert [row.kind for row in Access.objects.order_by("-seq")[:2]] == ["export", "open"]


def test_others_see_the_copy_at_most(actor: ActorOf, person: Person, sign_in: Callable[[Role], Client]) -> None:
    file = examine_bytes("a.jpg", hostile.jpeg())
    upload = actions.keep_upload(by=actor(Role.FRONT_DESK), about=person, file=file, klass=FieldClass.C2)
    desk = sign_in(Role.FRONT_DESK)
    assert desk.get(reverse("core:upload_preview", args=[upload.pk])).status_code == 200
    assert desk.get(reverse("core:upload_original", args=[upload.pk])).status_code == 404
    for role in (Role.ORGANIZER, Role.VOLUNTEER, Role.ADMIN, Role.AUDITOR):
        assert sign_in(role).get(reverse("core:upload_preview", args=[upload.pk])).status_code == 404, role


def test_of_an_id_paper_only_the_copy_is_kept(actor: ActorOf, person: Person) -> None:
    by = actor(Role.COUNSELLOR)
    file = examine_bytes("id.jpg", hostile.jpeg_with_place())
    upload = actions.keep_upload(by=by, about=person, file=file, keeps_original=False)
    assert [path.suffix for path in blobs.all_files()] == [".preview"]
    with access.viewing(by), pytest.raises(Refused):
        queries.original_bytes(by, queries.get_upload(by, upload.pk))


def test_sound_has_no_copy(actor: ActorOf, person: Person, sign_in: Callable[[Role], Client]) -> None:
    file = examine_bytes("voice.mp3", hostile.mp3())
    upload = actions.keep_upload(by=actor(Role.COUNSELLOR), about=person, file=file)
    client = sign_in(Role.COUNSELLOR)
    assert client.get(reverse("core:upload_preview", args=[upload.pk])).status_code == 404
    assert client.get(reverse("core:upload_original", args=[upload.pk]))["Content-Type"] == "audio/mpeg"


def test_a_file_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    file = a_file()
    first = examine(file)
    monkeypatch.setattr("centro.core.documents.uploads.decode", lambda *_: pytest.fail("decoded twice"))
    assert examine(file) is first


@pytest.mark.parametrize("size", [1, 5, 25])
def test_nothing_lies_in_clear_in_temporary_places(
    sign_in: Callable[[Role], Client], person: Person, tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """M33: a watcher reads every file that appears in the temporary folder while a large file comes in and goes out."""
    watched = tmp_path / "tmp"
    watched.mkdir()
    monkeypatch.setenv("TMPDIR", str(watched))
    monkeypatch.setattr(tempfile, "tempdir", None)
    body = (CANARY + b" " * 999 + b"\n") * (size * 1024)
    content = body[: size * 1024 * 1024]
    with Watcher(watched) as watcher:
        client = sign_in(Role.FRONT_DESK)
        assert client.post("/bring/", {"files": [a_file(content, "notas.txt")]}).status_code == 302
        upload = Upload.objects.get()
        answer = client.get(reverse("core:upload_preview", args=[upload.pk]))
        assert CANARY in answer.content
    assert watcher.clear == []
    assert all(CANARY not in path.read_bytes() for path in blobs.all_files())


def test_the_control_the_watcher_sees_a_file_in_clear(tmp_path: Path) -> None:
    with Watcher(tmp_path) as watcher:
        (tmp_path / "upload.tmp").write_bytes(CANARY)
        watcher.look()
    assert watcher.clear == ["upload.tmp"]


class Watcher:
    """Reads whatever appears in a folder, all the time, and remembers what held the canary."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clear = folder, list[str]()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def look(self) -> None:
        for here, _, names in os.walk(self.folder):
            for name in names:
                try:
                    content = (Path(here) / name).read_bytes()
                except OSError:
                    continue
                if CANARY in content and name not in self.clear:
                    self.clear.append(name)

    def _watch(self) -> None:
        while not self._is_over.wait(0.002):
            self.look()

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        self.look()
