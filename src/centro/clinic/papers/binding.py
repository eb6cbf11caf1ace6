"""Exhibits bound into a paper: their clean copies as pages, each marked with its letter and number."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

LETTER_PAGE = (612, 792)  # points
MARGIN, MARK_ROOM, MARK_SIZE = 36, 24, 10


@dataclass(frozen=True)
class Bound:
    """An exhibit to be bound: its letter, and the clean copies of its files as (kind, content), kind pdf or jpeg."""

    letter: str
    files: tuple[tuple[str, bytes], ...]


def bind(paper: bytes, exhibits: Sequence[Bound], *, behind_stamps: bool = False) -> bytes:
    """The paper with the pages of every exhibit: at its end, or each behind its stamp (the last pages of the paper)."""
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.open(BytesIO(paper)))
        at = len(whole.pages) - len(exhibits) if behind_stamps else len(whole.pages)
        for exhibit in exhibits:
            at += 1 if behind_stamps else 0
            at = _insert(whole, at, exhibit, opened)
        out = BytesIO()
        whole.save(out, deterministic_id=True)
    return out.getvalue()


def _insert(whole: pikepdf.Pdf, at: int, exhibit: Bound, opened: ExitStack) -> int:
    """Put the pages of an exhibit at a place; gives the place behind them. Its files stay open until the end."""
    sources = [opened.enter_context(_source(kind, content)) for kind, content in exhibit.files]
    pages = [page for source in sources for page in source.pages]
    for number, page in enumerate(pages, start=1):
        whole.pages.insert(at, page)
        _mark(whole, whole.pages[at], f"Exhibit {exhibit.letter}  {number}/{len(pages)}")
        at += 1
    return at


def _source(kind: str, content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content)) if kind == "pdf" else _picture_paper(content)


def _picture_paper(jpeg: bytes) -> pikepdf.Pdf:
    """One letter page that holds one picture, as large as it goes."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as picture:
        width, height = picture.size
        colours = {"L": "/DeviceGray", "CMYK": "/DeviceCMYK"}.get(picture.mode, "/DeviceRGB")
    room = (LETTER_PAGE[0] - 2 * MARGIN, LETTER_PAGE[1] - 2 * MARGIN - MARK_ROOM)
    scale = min(room[0] / width, room[1] / height, 1)
    wide, high = width * scale, height * scale
    left, low = (LETTER_PAGE[0] - wide) / 2, MARGIN + (room[1] - high) / 2
    single = pikepdf.new()
    page = single.add_blank_page(page_size=LETTER_PAGE)
    stream = pikepdf.Stream(single, jpeg)
    stream.Type, stream.Subtype, stream.Filter = map(pikepdf.Name, ("/XObject", "/Image", "/DCTDecode"))
    stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
    stream.ColorSpace = pikepdf.Name(colours)
    page.add_resource(stream, pikepdf.Name.XObject, pikepdf.Name("/Picture"))
    page.contents_add(f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /Picture Do Q".encode())
    return single


def _mark(whole: pikepdf.Pdf, page: Any, words: str) -> None:
    """Write the exhibit's letter and page at the upper edge, over whatever the page says."""
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica-Bold")
    )
    name = page.add_resource(whole.make_indirect(font), pikepdf.Name.Font)
    left, low, _right, high = (float(edge) for edge in page.mediabox)
    place = f"{left + MARGIN:.2f} {max(low, high - MARGIN + MARK_SIZE / 2):.2f}"
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q 0 g BT {name} {MARK_SIZE} Tf {place} Td ({words}) Tj ET Q".encode())
