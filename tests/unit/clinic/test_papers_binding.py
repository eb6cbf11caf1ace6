"""Exhibits bound into a paper: their pages in order, each with its mark, nothing of the paper lost."""

from io import BytesIO

import pikepdf
import pytest

from centro.clinic.papers.binding import Bound, bind
from centro.core.documents.uploads import examine_bytes
from tests import hostile_files as hostile
from tests.pdf import pages_of


def pages(count: int) -> bytes:
    out, whole = BytesIO(), pikepdf.new()
    for _ in range(count):
        whole.add_blank_page(page_size=(612, 792))
    whole.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def photo() -> tuple[str, bytes]:
    return "jpeg", examine_bytes("a.jpg", hostile.jpeg_with_place()).preview


def test_exhibits_stand_at_the_end_in_their_order(photo: tuple[str, bytes]) -> None:
    exhibits = [Bound("A", (photo, photo)), Bound("B", (("pdf", pages(3)),))]
    bound = bind(pages(2), exhibits)
    expected = ["", "", "Exhibit A 1/2", "Exhibit A 2/2", "Exhibit B 1/3", "Exhibit B 2/3", "Exhibit B 3/3"]
    assert pages_of(bound) == expected


def test_in_a_hearing_kit_each_stands_behind_its_stamp(photo: tuple[str, bytes]) -> None:
    exhibits = [Bound("A", (photo,)), Bound("B", ()), Bound("C", (photo, photo))]
    bound = bind(pages(1 + 3), exhibits, behind_stamps=True)
    assert pages_of(bound) == ["", "", "Exhibit A 1/1", "", "", "Exhibit C 1/2", "Exhibit C 2/2"]


def test_a_picture_fits_its_page(photo: tuple[str, bytes]) -> None:
    with pikepdf.open(BytesIO(bind(pages(1), [Bound("A", (photo,))]))) as paper:
        page = paper.pages[1]
        assert [float(edge) for edge in page.mediabox] == [0, 0, 612, 792]
        assert bytes(page.Resources.XObject.Picture.read_raw_bytes()) == photo[1]


def test_nothing_to_bind_changes_nothing_that_is_seen() -> None:
    with pikepdf.open(BytesIO(bind(pages(3), []))) as paper:
        assert len(paper.pages) == 3
