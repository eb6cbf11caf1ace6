"""Files brought in: what is refused and why, what the clean copy no longer holds, and what the decoder cannot do."""

import os
import re
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from centro.core.documents import uploads
from centro.core.documents.refusals import WORDS, UploadRefused
from config.env import ROOT
from tests import hostile_files as hostile
from tests.damaged_files import damaged

HONEST = [
    ("photo.jpg", hostile.jpeg(), "jpeg", "jpeg"),
    ("PHOTO.JPEG", hostile.jpeg(progressive=True), "jpeg", "jpeg"),
    ("photo.png", hostile.png(), "png", "jpeg"),
    ("stamp.png", hostile.png(mode="RGBA"), "png", "jpeg"),
    ("drawing.png", hostile.png(mode="P"), "png", "jpeg"),
    ("grey.png", hostile.png(mode="L"), "png", "jpeg"),
    ("IMG_0001.HEIC", hostile.heic_with_place(), "heic", "jpeg"),
    ("paystub.pdf", hostile.pdf(pages=3), "pdf", "pdf"),
    ("notes.txt", "Me deben 3 semanas · 임금".encode(), "text", "text"),
    ("notes.txt", "임금".encode("utf-16"), "text", "text"),
    ("voice.m4a", hostile.m4a(), "m4a", ""),
    ("voice.mp3", hostile.mp3(), "mp3", ""),
]


@pytest.mark.parametrize(("name", "content", "kind", "preview"), HONEST)
def test_what_people_bring_comes_in(name: str, content: bytes, kind: str, preview: str) -> None:
    file = uploads.examine_bytes(name, content)
    assert (file.kind, file.preview_kind) == (kind, preview)
    assert file.content == content
    assert bool(file.preview) == bool(preview)
    assert file.is_scanned is False


REFUSED = hostile.refused()
# Six files each; 10 make the 120 and more of the long run.
DAMAGED = int(os.environ.get("CENTRO_DAMAGED_FILES", "2"))
ACTIVE = re.compile(
    rb"/(JavaScript|JS|OpenAction|AA|Launch|EmbeddedFiles?|EF|AcroForm|XFA|RichMedia|Annots|AF|SubmitForm|URI)\b"
)


@pytest.mark.parametrize(("name", "content", "why"), REFUSED, ids=[f"{n}-{why}" for n, _, why in REFUSED])
def test_what_could_hurt_is_refused_with_words(name: str, content: bytes, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(UploadRefused) as refusal:
        uploads.examine_bytes(name, content)
    assert refusal.value.code == why
    assert len(refusal.value.words) > 20
    assert time.monotonic() - began < 10


def outcome(name: str, content: bytes) -> str:
    try:
        return uploads.examine_bytes(name, content).kind
    except UploadRefused as refusal:
        return refusal.code


def test_there_are_enough_of_them() -> None:
    assert len(REFUSED) + len(hostile.BITING_PDFS) + len(hostile.NAMES) >= 80


@pytest.mark.parametrize("seed", range(DAMAGED))
def test_what_is_damaged_is_refused_or_copied_clean(seed: int) -> None:
    for name, content in damaged(seed):
        if outcome(name, content) in WORDS:
            continue
        file = uploads.examine_bytes(name, content)
        assert hostile.CANARY.encode() not in file.preview
        if file.preview_kind == "pdf":
            assert not ACTIVE.search(_clear(file.preview))


@pytest.mark.parametrize("position", range(3))
def test_what_swells_is_stopped_within_its_limits(position: int) -> None:
    name, content = hostile.bombs()[position]
    began = time.monotonic()
    assert outcome(name, content) in {"too_big_inside", "unreadable", "too_many_pixels"}
    assert time.monotonic() - began < 15
    assert most_memory_for(position) < 600 * 1024


def most_memory_for(position: int) -> int:
    """Kilobytes that decoding took at most: asked in a small process, because a child begins as large as its parent."""
    ask = (
        "import resource, django; django.setup()\n"
        "from tests.unit.core.test_uploads import hostile, outcome\n"
        f"outcome(*hostile.bombs()[{position}])\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    said = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(said.stdout.split()[-1])


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", hostile.jpeg_with_place()), ("a.png", hostile.png_with_place()), ("a.heic", hostile.heic_with_place())],
)
def test_a_copy_of_a_photo_tells_no_place_and_no_camera(name: str, content: bytes) -> None:
    assert hostile.CANARY.encode() in content, "the control: the original does tell"
    copy = uploads.examine_bytes(name, content).preview
    assert hostile.CANARY.encode() not in copy
    assert hostile.CANARY.encode("utf-16-le") not in copy
    with Image.open(BytesIO(copy)) as picture:
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive"}


def test_a_photo_taken_sideways_stands_upright_in_the_copy() -> None:
    tags = Image.Exif()
    tags[0x0112] = 6
    copy = uploads.examine_bytes("a.jpg", hostile.jpeg((64, 48), exif=tags)).preview
    with Image.open(BytesIO(copy)) as picture:
        assert picture.size == (48, 64)


def test_a_large_photo_becomes_a_smaller_copy() -> None:
    copy = uploads.examine_bytes("a.jpg", hostile.jpeg((4000, 3000))).preview
    with Image.open(BytesIO(copy)) as picture:
        assert max(picture.size) == 2400


@pytest.mark.parametrize("bite", hostile.BITING_PDFS, ids=lambda bite: bite.__name__)
def test_a_copy_of_a_pdf_does_nothing_and_carries_nothing(bite: object) -> None:
    content = hostile.pdf(bite)
    assert hostile.CANARY.encode() in _clear(content), "the control: the original does bite"
    file = uploads.examine_bytes("paper.pdf", content)
    clear = _clear(file.preview)
    assert hostile.CANARY.encode() not in clear
    assert not ACTIVE.search(clear)
    with pikepdf.open(BytesIO(file.preview)) as paper:
        assert len(paper.pages) == 1
        assert set(paper.Root.keys()) <= {"/Type", "/Pages"}
        assert "/Info" not in paper.trailer


def _clear(content: bytes) -> bytes:
    """A PDF with everything inside it unpacked, as text to look through."""
    with pikepdf.open(BytesIO(content)) as paper, warnings.catch_warnings(action="ignore"):
        out = BytesIO()
        paper.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            recompress_flate=True,
        )
        return out.getvalue()


def test_a_photo_inside_a_pdf_still_shows() -> None:
    file = uploads.examine_bytes("paper.pdf", hostile.pdf(hostile.photo_with_place))
    with pikepdf.open(BytesIO(file.preview)) as paper:
        (image,) = paper.pages[0].obj.Resources.XObject.values()
        assert pikepdf.PdfImage(image).as_pil_image().size == (64, 48)


@pytest.mark.parametrize("name", hostile.NAMES)
def test_a_name_is_kept_tame(name: str) -> None:
    kept = uploads.examine_bytes(name, hostile.jpeg()).name
    assert 0 < len(kept) <= 200
    assert kept.isprintable()
    assert not re.search("[/\\\\\u202a-\u202e\r\n\x00]", kept)


def test_the_decoder_opens_nothing_and_sees_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTRO_CANARY", "secret")
    head, _ = uploads.decode("probe", b"")
    assert head["can_open"] is False
    assert set(head["environment"]) <= {"LC_CTYPE"}, "which Python sets for itself"


def test_the_control_a_plain_program_can_open() -> None:
    plain = "import socket; socket.socket().close(); print('opened')"
    run = subprocess.run([sys.executable, "-I", "-c", plain], capture_output=True, text=True, check=True)
    assert run.stdout == "opened\n"


def test_the_decoder_stops_at_its_memory() -> None:
    code = (
        f"import importlib.util as u; s = u.spec_from_file_location('d', {str(uploads.DECODER)!r});"
        "d = u.module_from_spec(s); s.loader.exec_module(d); d.limit(); bytes(600 * 1024 * 1024)"
    )
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in run.stderr


def test_no_more_than_two_decoders_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once: list[int] = []
    running: set[int] = set()
    start = uploads._decoder

    class Counted:
        def __init__(self, kind: str, what: str) -> None:
            self.program = start(kind, what)

        def __enter__(self) -> object:
            running.add(id(self))
            at_once.append(len(running))
            return self.program.__enter__()

        def __exit__(self, *gone: object) -> None:
            self.program.__exit__(*gone)  # type: ignore[arg-type]
            running.discard(id(self))

    monkeypatch.setattr(uploads, "_decoder", Counted)
    with ThreadPoolExecutor(6) as people:
        files = list(people.map(lambda n: uploads.examine_bytes(f"{n}.txt", b"hello"), range(6)))
    assert len(files) == len(at_once) == 6
    assert max(at_once) == 2


def test_every_refusal_has_words() -> None:
    from django.utils import translation

    for code in WORDS:
        english = UploadRefused(code).words
        for language in ("es", "ko"):
            with translation.override(language):
                assert UploadRefused(code).words != english, (code, language)


def test_the_decoder_knows_nothing_of_ours_but_how_to_look_at_pages() -> None:
    text = re.sub(r'""".*?"""', "", uploads.DECODER.read_text(), flags=re.DOTALL)
    assert {line.strip() for line in text.splitlines() if "centro" in line} <= {
        "from centro.core.documents import pages",
        "from centro.core.documents import pages  # noqa: F401",
    }
    loaded = "import sys, centro.core.documents.pages as p; p.ready(); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-c", loaded], capture_output=True, check=True, text=True)
    assert "'django'" not in done.stdout
    assert [
        name for name in re.findall(r"'(centro[\w.]*)'", done.stdout) if not name.startswith("centro.core.doc")
    ] == [
        "centro",
        "centro.core",
        "centro.core.sensitive",
    ]
