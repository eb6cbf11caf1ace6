"""What is covered on a page is gone from the file, also where pages share what they draw with."""

from collections.abc import Callable
from io import BytesIO
from random import Random

import pikepdf
import pytest
from PIL import Image

from centro.core.documents import pages, uploads

KEPT = b"THE OTHER PAGE"
HIDDEN = b"123-45-6789"
WHOLE_PAGE = [(0.0, 0.0, 1.0, 1.0)]


def _jpeg(seed: int) -> bytes:
    """A picture that no other one repeats."""
    out = BytesIO()
    Image.frombytes("RGB", (64, 48), Random(seed).randbytes(64 * 48 * 3)).save(out, "JPEG")
    return out.getvalue()


SCAN, OTHER_SCAN = _jpeg(1), _jpeg(2)


def _image(paper: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    head = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/ColorSpace": pikepdf.Name.DeviceRGB}
    size = {"/Width": 64, "/Height": 48, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode}
    return paper.make_indirect(pikepdf.Stream(paper, content, {**head, **size}))


def _form(paper: pikepdf.Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    head = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 300, 200])}
    return paper.make_indirect(pikepdf.Stream(paper, content, {**head, "/Resources": resources}))


def _written(words: bytes) -> bytes:
    return b"BT /F 20 Tf 20 100 Td (" + words + b") Tj ET"


def scans(paper: pikepdf.Pdf, shared: pikepdf.Object) -> tuple[bytes, bytes]:
    """Two photos of pages, as a scanner writes them: every page names both."""
    shared.XObject = pikepdf.Dictionary(One=_image(paper, SCAN), Two=_image(paper, OTHER_SCAN))
    return b"q 300 0 0 200 0 0 cm /One Do Q", b"q 300 0 0 200 0 0 cm /Two Do Q " + _written(KEPT)


def forms(paper: pikepdf.Pdf, shared: pikepdf.Object) -> tuple[bytes, bytes]:
    """Each page draws a form; both stand in one dictionary."""
    own = pikepdf.Dictionary(Font=shared.Font)
    shared.XObject = pikepdf.Dictionary(
        One=_form(paper, _written(HIDDEN), own), Two=_form(paper, _written(KEPT), own), Three=_image(paper, SCAN)
    )
    return b"/One Do q 300 0 0 200 0 0 cm /Three Do Q", b"/Two Do"


def forms_that_know_each_other(paper: pikepdf.Pdf, shared: pikepdf.Object) -> tuple[bytes, bytes]:
    """The form of the second page names the dictionary in which the first page's things stand."""
    one, two = _form(paper, _written(HIDDEN), shared), _form(paper, _written(KEPT), shared)
    shared.XObject = pikepdf.Dictionary(One=one, Two=two, Three=_image(paper, SCAN))
    return b"/One Do q 300 0 0 200 0 0 cm /Three Do Q", b"/Two Do"


def broken(paper: pikepdf.Pdf, shared: pikepdf.Object) -> tuple[bytes, bytes]:
    """What the second page draws cannot be read to its end."""
    first, second = scans(paper, shared)
    return first, second + b" <</Broken"


Draw = Callable[[pikepdf.Pdf, pikepdf.Object], tuple[bytes, bytes]]


def two_pages(draw: Draw, *, is_inherited: bool = False) -> bytes:
    """A PDF of two pages with one /Resources, which stands on both or above both."""
    with pikepdf.Pdf.new() as paper:
        face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        shared = paper.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F=paper.make_indirect(face))))
        for content in draw(paper, shared):
            page = paper.add_blank_page(page_size=(300, 200))
            page.obj.Contents = paper.make_stream(content)
            page.obj.Resources = shared
            if is_inherited:
                del page.obj.Resources
        if is_inherited:
            paper.Root.Pages.Resources = shared
        out = BytesIO()
        paper.save(out)
        return out.getvalue()


def _everything_in(content: bytes) -> bytes:
    """All streams of a PDF, unpacked, whether a page draws them or not."""
    with pikepdf.open(BytesIO(content)) as paper:
        streams = [thing for thing in paper.objects if isinstance(thing, pikepdf.Stream)]
        return b"\n".join(
            stream.read_raw_bytes() if stream.get("/Filter") == "/DCTDecode" else stream.read_bytes()
            for stream in streams
        )


@pytest.mark.parametrize("is_clean_copy", [False, True], ids=["as it came", "clean copy"])
@pytest.mark.parametrize("is_inherited", [False, True], ids=["beside", "above"])
@pytest.mark.parametrize("draw", [scans, forms, forms_that_know_each_other, broken], ids=lambda draw: draw.__name__)
def test_what_is_covered_is_gone_though_the_pages_share_it(draw: Draw, is_inherited: bool, is_clean_copy: bool) -> None:
    content = two_pages(draw, is_inherited=is_inherited)
    if is_clean_copy:
        content = uploads.examine_bytes("paper.pdf", content).preview
    before = _everything_in(content)
    assert SCAN[-40:] in before, "the control: it stands in the paper"
    covered = pages.cover(content, "pdf", 1, WHOLE_PAGE)
    after = _everything_in(covered)
    assert SCAN[-40:] not in after
    assert HIDDEN not in after


@pytest.mark.parametrize("draw", [scans, forms, forms_that_know_each_other], ids=lambda draw: draw.__name__)
def test_the_other_page_looks_as_before(draw: Draw) -> None:
    content = two_pages(draw)
    covered = pages.cover(content, "pdf", 1, WHOLE_PAGE)
    assert pages.picture_of(covered, 2) == pages.picture_of(content, 2)
    assert KEPT in _everything_in(covered)
