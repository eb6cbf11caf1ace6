"""What the decoder does with a clean copy: look for numbers that must not be kept, show a page, cover places of it.

Runs inside the decoder, which limits it and gives it nothing but the bytes. A place is [left, top, right, bottom] as
parts of the page from 0 to 1, seen from its upper left corner as it is read. A number is never given out: what comes
back says its kind (ssn, a_number, card), its page or line, and where it stands.
"""

import ctypes
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from centro.core import sensitive

SHOWN_SIDE, COVERED_SIDE, QUALITY = 1400, 2200, 85  # pixels of the longer side; JPEG quality
ROOM = 0.004  # a found number is covered with this much room around it
COVER = "█"
MOST_LETTERS = 60_000  # of one page, that are looked through for places
# Signs that stand between digits, as the one that is looked for; letter by letter, so that places stay the same.
_PLAIN = str.maketrans("‐‑‒–—−\r\n\t\u00a0\u2002\u2003\u2009", "------" + 7 * " ")

Place = Sequence[float]
Seen = tuple[str, int]  # kind, page or line


def ready() -> None:
    """Load what the functions below need, before nothing more can be opened."""
    import pypdfium2 as pdfium
    from PIL import Image, ImageDraw, JpegImagePlugin  # noqa: F401

    Image.init()
    "".encode("utf-16-le")  # as PDFium hands out text
    document = pdfium.PdfDocument.new()
    page = document.new_page(72, 72)
    page.get_textpage().get_text_range()
    page.render(scale=1).to_pil()


# --- looking ----------------------------------------------------------------------------------------------------------


def in_paper(content: bytes) -> tuple[list[Seen], int]:
    """Numbers by page of a PDF, and how many pages have no text of their own (photos, scans)."""
    import pypdfium2 as pdfium

    seen, silent = [], 0
    with pdfium.PdfDocument(content) as document:
        for at in range(len(document)):
            page = document[at]
            text = page.get_textpage().get_text_range().translate(_PLAIN)
            silent += not text.strip()
            seen += [(kind, at + 1) for kind, _start, _end in sensitive.numbers(text)]
            page.close()
    return list(dict.fromkeys(seen)), silent


def in_words(content: bytes) -> list[Seen]:
    """Numbers by line of a text."""
    text = content.decode()
    found = sensitive.numbers(text.translate(_PLAIN))
    return [(kind, text.count("\n", 0, start) + 1) for kind, start, _end in found]


def places_on(content: bytes, number: int) -> list[tuple[str, Place]]:
    """Where the numbers stand on a page of a PDF; one that goes over two lines has two places."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(content) as document:
        page = document[number - 1]
        letters = page.get_textpage()
        text = _letters_of(letters).translate(_PLAIN)
        return [
            (kind, place)
            for kind, start, end in sensitive.numbers(text)
            for place in _places(page, letters, range(start, end))
        ]


def _letters_of(letters: Any) -> str:
    """The text of a page, one letter for each place that PDFium counts."""
    import pypdfium2.raw as raw

    count = min(letters.count_chars(), MOST_LETTERS)
    return "".join(chr(raw.FPDFText_GetUnicode(letters.raw, at) or 32) for at in range(count))


def _places(page: Any, letters: Any, span: range) -> Iterator[Place]:
    """Boxes around letters, one for each line that they stand on, whichever way it is read."""
    whole: list[float] = []
    last: Place = ()
    for at in span:
        one = _seen_box(page, letters.get_charbox(at, loose=True))
        if one[2] <= one[0] or one[3] <= one[1]:
            continue
        if whole and not _is_beside(last, one):
            yield _with_room(whole)
            whole = []
        whole = _around(whole, one) if whole else list(one)
        last = one
    if whole:
        yield _with_room(whole)


def _is_beside(last: Place, one: Place) -> bool:
    """Whether a letter follows the last one without a jump of more than two letters."""
    for low, high in ((0, 2), (1, 3)):
        size = max(last[high] - last[low], one[high] - one[low])
        if max(one[low] - last[high], last[low] - one[high]) > 2 * size:
            return False
    return True


def _around(whole: Place, one: Place) -> list[float]:
    return [min(whole[0], one[0]), min(whole[1], one[1]), max(whole[2], one[2]), max(whole[3], one[3])]


def _seen_box(page: Any, box: Sequence[float]) -> tuple[float, float, float, float]:
    """A box of PDF coordinates (left, bottom, right, top) as parts of the page as it is read, turned and cropped."""
    import pypdfium2.raw as raw

    fine, across, down = 100_000, ctypes.c_int(), ctypes.c_int()
    xs, ys = [], []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        raw.FPDF_PageToDevice(page.raw, 0, 0, fine, fine, 0, x, y, across, down)
        xs.append(across.value / fine)
        ys.append(down.value / fine)
    return min(xs), min(ys), max(xs), max(ys)


def _with_room(box: Sequence[float]) -> Place:
    left, top, right, bottom = box
    return (max(0, left - ROOM), max(0, top - ROOM), min(1, right + ROOM), min(1, bottom + ROOM))


# --- showing ----------------------------------------------------------------------------------------------------------


def picture_of(content: bytes, number: int, side: int = SHOWN_SIDE) -> bytes:
    """A page of a PDF as a JPEG."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(content) as document:
        return _jpeg(_drawn(document[number - 1], side))


def _drawn(page: Any, side: int) -> Any:
    return page.render(scale=side / max(page.get_size())).to_pil().convert("RGB")


def _jpeg(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


# --- covering ---------------------------------------------------------------------------------------------------------


def cover(content: bytes, kind: str, number: int, places: Sequence[Place]) -> bytes:
    """The clean copy with these places of a page under black, for good; a text loses its numbers instead."""
    if kind == "text":
        return _without_numbers(content)
    if kind == "jpeg":
        return _covered_picture(content, places)
    return _covered_paper(content, number, places)


def _without_numbers(content: bytes) -> bytes:
    text = content.decode()
    for _kind, start, end in sensitive.numbers(text.translate(_PLAIN)):
        text = text[:start] + COVER * (end - start) + text[end:]
    return text.encode()


def _blacken(picture: Any, places: Sequence[Place]) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in places:
        corners = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
        pen.rectangle(corners, fill="black")


def _covered_picture(content: bytes, places: Sequence[Place]) -> bytes:
    from PIL import Image

    with Image.open(BytesIO(content), formats=["JPEG"]) as found:
        picture = found.convert("RGB")
    _blacken(picture, places)
    return _jpeg(picture)


def _covered_paper(content: bytes, number: int, places: Sequence[Place]) -> bytes:
    """The PDF with one page replaced by its own picture, so that nothing lies under the black or beside the page."""
    import pikepdf
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(content) as document, pikepdf.open(BytesIO(content)) as paper:
        _put_picture(paper, document[number - 1], number, places)
        for other in range(1, len(paper.pages) + 1):
            if other != number and not _forgets_what_it_does_not_draw(paper, other):
                _put_picture(paper, document[other - 1], other)
        for key in set(paper.Root.keys()) - {"/Type", "/Pages"}:
            del paper.Root[key]  # whatever else speaks of the pages may repeat their words
        out = BytesIO()
        plain = pikepdf.ObjectStreamMode.disable
        paper.save(out, deterministic_id=True, object_stream_mode=plain, fix_metadata_version=False)
    return out.getvalue()


def _put_picture(paper: Any, seen: Any, number: int, places: Sequence[Place] = ()) -> None:
    """Put the picture of a page, as it is `seen`, in its place."""
    import pikepdf

    size, picture = seen.get_size(), _drawn(seen, COVERED_SIDE)
    _blacken(picture, places)
    stream = pikepdf.Stream(paper, _jpeg(picture))
    stream.Type, stream.Subtype, stream.Filter = map(pikepdf.Name, ("/XObject", "/Image", "/DCTDecode"))
    stream.Width, stream.Height, stream.BitsPerComponent = picture.width, picture.height, 8
    stream.ColorSpace = pikepdf.Name("/DeviceRGB")
    paper.add_blank_page(page_size=size)
    page = paper.pages[-1]
    page.add_resource(stream, pikepdf.Name.XObject, pikepdf.Name("/Page"))
    page.contents_add(f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Page Do Q".encode())
    paper.pages[number - 1] = page
    del paper.pages[-1]


def _forgets_what_it_does_not_draw(paper: Any, number: int) -> bool:
    """Pages of a scan often name the pictures of all. False where what a page draws cannot be read to its end."""
    paper.get_warnings()
    paper.pages[number - 1].remove_unreferenced_resources()
    return not paper.get_warnings()
