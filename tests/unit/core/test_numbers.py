"""Numbers on files: found in the decoder with page and place, and covered so that nothing lies under the black."""

import os
import stat
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from PIL import Image

from centro.core.documents import ocr
from centro.core.documents.uploads import decode, examine_bytes
from tests import hostile_files as hostile
from tests.pdf import pages_of, raw_text

SSN, CARD = "536-90-4399", "4111 1111 1111 1111"


def paper(*pages: str) -> bytes:
    """A PDF with a text on each page."""
    source = "#set page(width: 300pt, height: 400pt)\n#set text(size: 14pt)\n" + "\n#pagebreak()\n".join(pages)
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def cut(page: Any, place: Any) -> list[int]:
    """How bright each pixel of a place is."""
    sides = (page.width, page.height, page.width, page.height)
    edges = [int(part * side) for part, side in zip(place, sides, strict=True)]
    return list(page.convert("L").crop(edges).get_flattened_data())


def places(pdf: bytes, page: int) -> Any:
    return decode("places", pdf, page=page)[0]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (f"SSN {SSN}", [("ssn", 1)]),
        ("536–90–4399", [("ssn", 1)]),
        ("A 123456789", [("a_number", 1)]),
        (f"paid by {CARD}", [("card", 1)]),
        ("4111 1111 1111 1112", []),
        ("call 213-555-0123, check 1007", []),
    ],
)
def test_a_text_is_searched(words: str, seen: list[tuple[str, int]]) -> None:
    file = examine_bytes("a.txt", words.encode())
    assert (list(file.seen), file.is_searched) == (seen, True)


def test_a_pdf_is_searched_page_by_page() -> None:
    file = examine_bytes("a.pdf", paper("Hello 서충호", f"Seo {SSN}", f"{CARD} and A123456789"))
    assert set(file.seen) == {("ssn", 2), ("card", 3), ("a_number", 3)}
    assert file.is_searched


def test_a_page_without_text_cannot_be_searched() -> None:
    file = examine_bytes("a.pdf", paper("Hello", "#rect(width: 50pt)"))
    assert (file.seen, file.is_searched) == ((), False)


def test_a_photo_is_not_searched() -> None:
    assert not examine_bytes("a.jpg", hostile.jpeg()).is_searched


def test_the_place_is_around_the_number() -> None:
    found = places(paper(f"#place(top + left, dx: 80pt, dy: 180pt)[{SSN}]"), 0)
    kind, (left, top, right, bottom) = found["places"][0]
    assert kind == "ssn"
    margin = 300 * 2.5 / 21  # of Typst: as for A4, by the shorter side
    assert left == pytest.approx((80 + margin) / 300, abs=0.02)
    assert (top + bottom) / 2 == pytest.approx((180 + margin + 5) / 400, abs=0.02)
    assert 0.2 < right - left < 0.35
    assert bottom - top < 0.06


def test_the_first_page_with_a_number_is_shown_first() -> None:
    assert places(paper("Hello", f"x {SSN}"), 0)["page"] == 2


def test_a_turned_page_is_covered_where_it_is_read() -> None:
    with pikepdf.open(BytesIO(paper(f"#v(40pt) {SSN}"))) as turned:
        turned.pages[0].rotate(90, relative=False)
        out = BytesIO()
        turned.save(out)
    found = places(out.getvalue(), 1)
    shown = Image.open(BytesIO(decode("picture", out.getvalue(), page=1)[1]))
    left, top, right, bottom = found["places"][0][1]
    assert bottom - top > right - left  # it is read from top to bottom now
    assert shown.width > shown.height
    dark = sum(level < 100 for level in cut(shown, (left, top, right, bottom)))
    assert dark > 50
    everywhere = sum(level < 100 for level in cut(shown, (0, 0, 1, 1)))
    assert dark > 0.95 * everywhere
    assert len(found["places"]) == 1


def test_a_number_over_two_lines_has_two_places() -> None:
    found = places(paper("#set par(leading: 4pt)\n#box(width: 60pt)[4111 1111 1111 1111]"), 1)
    tops = [place[1] for _kind, place in found["places"]]
    assert len(tops) >= 2
    assert tops == sorted(tops)


def test_nothing_lies_under_the_black() -> None:
    pdf = paper(f"Seo {SSN} cook", "Second page stays text")
    found = places(pdf, 1)
    head, covered = decode("cover", pdf, kind="pdf", page=1, places=[place for _kind, place in found["places"]])
    assert head["seen"] == []
    assert pages_of(covered) == ["", "Second page stays text"]
    with pikepdf.open(BytesIO(covered)) as opened:
        streams = b"".join(one.read_raw_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream))
        assert [float(edge) for edge in opened.pages[0].mediabox] == [0, 0, 300, 400]
        assert "/Font" not in opened.pages[0].resources
    assert SSN.encode() not in streams
    page = Image.open(BytesIO(decode("picture", covered, page=1)[1]))
    assert sum(1 for level in cut(page, found["places"][0][1]) if level > 60) < 100  # but for the edge


def test_the_page_that_stays_is_still_searched_after_covering() -> None:
    pdf = paper(f"Seo {SSN}", f"again {SSN}")
    head, covered = decode("cover", pdf, kind="pdf", page=1, places=[(0, 0, 1, 0.5)])
    assert head["seen"] == [["ssn", 2]]
    assert SSN in raw_text(covered)


def test_a_place_on_a_photo_becomes_black() -> None:
    head, covered = decode("cover", hostile.jpeg((200, 100)), kind="jpeg", page=1, places=[(0.25, 0.4, 0.75, 0.6)])
    assert head["seen"] == []
    with Image.open(BytesIO(covered)) as picture:
        assert picture.size == (200, 100)
        assert sum(picture.getpixel((100, 50))) < 30  # type: ignore[arg-type]
        assert sum(picture.getpixel((20, 10))) > 200  # type: ignore[arg-type]


def test_a_text_loses_its_numbers() -> None:
    head, covered = decode("cover", f"one {SSN}\ntwo".encode(), kind="text", page=1, places=[])
    assert head["seen"] == []
    assert covered.decode() == f"one {'█' * len(SSN)}\ntwo"


# --- photos, where Tesseract stands on the machine: a stand-in says what it would have read ---------------------------

TABLE = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" + "\n".join(
    f"5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{width}\t20\t90\t{text}"
    for line, left, top, width, text in [
        (1, 10, 10, 60, "SSN"),
        (1, 80, 10, 100, "536-90"),
        (1, 190, 12, 40, "4399"),
        (2, 10, 40, 100, '"hello'),
    ]
)


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n/bin/cat > /dev/null\n/bin/cat <<'TABLE'\n{TABLE}\nTABLE\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    return program


def test_words_of_a_line_are_read_together(tesseract: Path) -> None:
    ((kind, (left, top, right, bottom)),) = ocr.places(hostile.jpeg((400, 100)))
    assert kind == "ssn"
    assert (left, top) == pytest.approx((80 / 400 - ocr.ROOM, 10 / 100 - ocr.ROOM))
    assert (right, bottom) == pytest.approx((230 / 400 + ocr.ROOM, 32 / 100 + ocr.ROOM))


def test_a_reader_that_fails_finds_nothing(tesseract: Path) -> None:
    tesseract.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert ocr.places(hostile.jpeg()) == []


def test_without_a_reader_nothing_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.places(hostile.jpeg()) == []
