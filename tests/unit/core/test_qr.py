"""QR codes: what the picture shows is the code of the text, it needs no style or script, and papers take it."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
import segno

from centro.core import qr
from centro.core.documents import typeset

WHERE = "https://centro.example/r/7K2M9QX4TD"
SVG = "{http://www.w3.org/2000/svg}"


def parts_of(picture: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter())  # noqa: S314 - our own picture


def squares_of(picture: str) -> set[tuple[int, int]]:
    """The dark squares that the path of a picture draws, as (column, row)."""
    path = [part for part in parts_of(picture) if part.get("stroke")]
    dark, x, y = set(), 0.0, 0.0
    for move, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[0].attrib["d"]):
        if move == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(numbers))}
            x += int(numbers)
        else:
            across, down = (float(number) for number in numbers.split())
            x, y = (across, down) if move == "M" else (x + across, y + down)
    return dark


def test_the_picture_shows_the_code_of_the_text() -> None:
    rows = segno.make(WHERE, error="m", micro=False).matrix_iter(border=4)
    expected = {(x, y) for y, row in enumerate(rows) for x, square in enumerate(row) if square}
    assert squares_of(qr.svg(WHERE)) == expected
    assert squares_of(qr.svg(WHERE + "X")) != expected


def test_it_holds_nothing_that_our_pages_forbid() -> None:
    picture = qr.svg(WHERE, label='<script>alert("1")</script>')
    assert {part.tag.removeprefix(SVG) for part in parts_of(picture)} == {"svg", "title", "path"}
    assert {name for part in parts_of(picture) for name in part.attrib} == {
        "role",
        "viewBox",
        "class",
        "fill",
        "stroke",
        "d",
    }


def test_with_a_label_it_is_a_picture_and_without_one_decoration() -> None:
    assert 'role="img"' in qr.svg(WHERE, label="Check in")
    assert "<title>Check in</title>" in qr.svg(WHERE, label="Check in")
    assert 'aria-hidden="true"' in qr.svg(WHERE)


def test_more_than_a_phone_reads_is_refused() -> None:
    qr.svg("x" * qr.LONGEST)
    with pytest.raises(qr.TooLong):
        qr.svg("x" * (qr.LONGEST + 1))


def test_a_paper_takes_it_and_stays_open_to_screen_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(typeset.TEMPLATES / "frame.typ", tmp_path)
    words = '#set document(title: "x")\n#let data = json(bytes(sys.inputs.data))\n#qr(data.code, data.words)'
    (tmp_path / "card.typ").write_text('#import "frame.typ": qr\n' + words)
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)
    pdf = typeset.render("card", {"code": qr.svg(WHERE), "words": "Opens the door"}, "en")
    file = tmp_path / "card.pdf"
    file.write_bytes(pdf)
    with pikepdf.open(file) as card:
        texts = {str(thing.get("/Alt")) for thing in card.objects if isinstance(thing, pikepdf.Dictionary)}
    assert "Opens the door" in texts
