"""The decoder: a program of its own that opens one file brought in, and writes a clean copy made from it.

It is started with an empty environment and a file on standard input. Before it reads one byte it gives up what it
could harm: memory and time are limited, and where the kernel allows it stands in a user and network namespace of
its own. Before it decodes, it gives up opening anything at all: three descriptors (in, out, errors) are all it has,
so it reads no file and reaches no network. Whatever it then does is one line of JSON and the bytes of the copy.

    python -I decoder.py KIND < file > answer          KIND: pdf, jpeg, png, heic, text, m4a, mp3, probe
    python -I decoder.py ACT WHAT < copy > answer      ACT: lines, places, picture, cover; WHAT: JSON (`with_pages`)
"""

import ctypes
import json
import os
import resource
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

MEMORY, CPU_SECONDS = 512 * 1024 * 1024, 10
MAX_PIXELS, MAX_SIDE, MAX_PAGES = 50_000_000, 20_000, 300
PREVIEW_SIDE, PREVIEW_QUALITY = 2400, 85
_NEW_USER, _NEW_NETWORK, _NO_NEW_PRIVILEGES, _NOT_DUMPABLE = 0x10000000, 0x40000000, 38, 4


class Refused(Exception):
    """The file is not taken in; the argument says why, as a code."""


# --- giving up what could do harm -------------------------------------------------------------------------------------


def limit() -> bool:
    """Limit memory, time and size, drop privileges; True when the namespaces could be had."""
    for name, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (most, most))
    libc = ctypes.CDLL(None)
    is_alone = libc.unshare(_NEW_USER | _NEW_NETWORK) == 0
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
    return bool(is_alone)


def open_nothing_more() -> None:
    """From here on no file, socket or pipe can be opened, and no process started."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(content: bytes, kind: str) -> tuple[str, bytes, int]:
    """A JPEG built anew from the pixels: no EXIF, no place, no camera, nothing after the end."""
    from PIL import Image, ImageOps

    shape = {"jpeg": ["JPEG", "MPO"], "png": ["PNG"], "heic": ["HEIF"]}[kind]
    with Image.open(BytesIO(content), formats=shape) as found:
        if found.width * found.height > MAX_PIXELS or max(found.size) > MAX_SIDE:
            raise Refused("too_many_pixels")
        found.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
        found.load()
        turned = ImageOps.exif_transpose(found)
        turned.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
        clean = Image.new("RGB", turned.size, "white")
        see_through = turned.convert("RGBA") if "A" in turned.getbands() or "transparency" in turned.info else None
        clean.paste(turned.convert("RGB"), mask=see_through.getchannel("A") if see_through else None)
    out = BytesIO()
    clean.save(out, "JPEG", quality=PREVIEW_QUALITY, optimize=True)
    return "jpeg", out.getvalue(), 1


def ready_for_pictures() -> None:
    from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin  # noqa: F401
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False, depth_images=False)
    Image.MAX_IMAGE_PIXELS = None  # `picture` counts them itself, before it loads any
    Image.init()


def without_metadata(jpeg: bytes) -> bytes:
    """A JPEG stream without its application segments and comments, except those that say how to read colours."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, size = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        is_metadata = (0xE1 <= marker <= 0xEF and marker not in {0xE2, 0xEE}) or marker == 0xFE
        if not is_metadata:
            kept += jpeg[at : at + 2 + size]
        at += 2 + size
    end = jpeg.rfind(b"\xff\xd9")
    return bytes(kept) + jpeg[at : end + 2 if end > at else len(jpeg)]


# --- PDF --------------------------------------------------------------------------------------------------------------

PAGE_KEYS = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Contents", "/Rotate", "/UserUnit", "/Group"}
# Whatever acts, is attached, points outside or tells about the maker. Short names can be names of letters in a font,
# so they go only from dictionaries whose keys the standard names.
NEVER = frozenset(
    "/JavaScript /OpenAction /AcroForm /XFA /EmbeddedFile /EmbeddedFiles /RichMediaContent /Rendition /Launch "
    "/Metadata /PieceInfo /Annots /OPI /Alternates /FFilter /FDecodeParms /LastModified".split()
)
NEVER_BY_STANDARD = frozenset("/JS /AA /A /AF /EF /F /Ref /URI /Thumb".split())
ACTIONS = frozenset(
    "/JavaScript /Launch /SubmitForm /ResetForm /ImportData /GoToR /GoToE /URI /Sound /Movie /Rendition "
    "/RichMediaExecute /Named /Hide /Trans /GoTo3DView /Thread /SetOCGState".split()
)


def paper(content: bytes, _kind: str) -> tuple[str, bytes, int]:
    """A PDF with the same pages and nothing else: no scripts, actions, links, forms, attachments or metadata."""
    import pikepdf

    try:
        source = pikepdf.open(BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    pages = len(source.pages)
    if not 0 < pages <= MAX_PAGES:
        raise Refused("too_many_pages" if pages else "unreadable")
    source.flatten_annotations("all")
    clean = pikepdf.Pdf.new()
    clean.pages.extend(source.pages)
    for page in clean.pages:
        for key in set(page.obj.keys()) - PAGE_KEYS:
            del page.obj[key]
    for thing in clean.objects:
        _strip(thing, deep=0)
    out = BytesIO()
    clean.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return "pdf", out.getvalue(), pages


def _strip(thing: Any, deep: int) -> None:
    """Take out of an object, and of what stands inside it, whatever acts or tells."""
    import pikepdf

    if deep > 50:
        raise Refused("unreadable")
    if isinstance(thing, pikepdf.Array):
        for inner in thing:
            _strip_inner(inner, deep)
        return
    if not isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        return
    is_standard = isinstance(thing, pikepdf.Stream) or bool({"/Type", "/Subtype", "/S"} & set(thing.keys()))
    is_action = str(thing.get("/S", "")) in ACTIONS
    for key in set(thing.keys()):
        if is_action or key in NEVER or (is_standard and key in NEVER_BY_STANDARD):
            del thing[key]
        else:
            _strip_inner(thing[key], deep)
    if isinstance(thing, pikepdf.Stream):
        _strip_stream(thing)


def _strip_inner(inner: Any, deep: int) -> None:
    if not getattr(inner, "is_indirect", True):
        _strip(inner, deep + 1)


def _strip_stream(stream: Any) -> None:
    import pikepdf

    if stream.get("/Subtype") == "/PS":
        stream.write(b"")
    elif stream.get("/Filter") == "/DCTDecode":
        clean, options = without_metadata(stream.read_raw_bytes()), stream.get("/DecodeParms")
        stream.write(clean, filter=pikepdf.Name.DCTDecode, decode_parms=options)


def ready_for_paper() -> None:
    import pikepdf

    ready_for_pages()

    with pikepdf.Pdf.new() as blank:
        blank.add_blank_page()
        blank.flatten_annotations("all")
        blank.save(BytesIO(), deterministic_id=True)


# --- words and sound --------------------------------------------------------------------------------------------------


def ready_for_words() -> None:
    from centro.core.documents import pages  # noqa: F401

    for name in ("utf-8-sig", "utf-16"):
        "".encode(name)


def words(content: bytes, _kind: str) -> tuple[str, bytes, int]:
    """Plain text in UTF-8 without control marks and marks that turn the direction of reading."""
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("unreadable") from error
    if "\x00" in text:
        raise Refused("unreadable")
    turning = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    kept = "".join(
        c for c in text if c in "\n\t" or (ord(c) >= 32 and not 127 <= ord(c) < 160 and ord(c) not in turning)
    )
    return "text", kept.encode(), 1


def sound(content: bytes, kind: str) -> tuple[str, bytes, int]:
    """Sound is not decoded: the container must be what it says, and there is no copy."""
    if not (_is_mp3(content) if kind == "mp3" else _is_m4a(content)):
        raise Refused("unreadable")
    return "", b"", 1


_MP3_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_MP3_BITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MP3_BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _mp3_frame(content: bytes, at: int) -> int:
    """The length in bytes of the MPEG layer III frame at this place; 0 when there is none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer, bits, rate = (head[1] >> 3) & 3, (head[1] >> 1) & 3, head[2] >> 4, (head[2] >> 2) & 3
    if version == 1 or layer != 1 or bits in {0, 15} or rate == 3:
        return 0
    kilobits = (_MP3_BITS_1 if version == 3 else _MP3_BITS_2)[bits]
    factor = 144_000 if version == 3 else 72_000
    return factor * kilobits // _MP3_RATES[version][rate] + ((head[2] >> 1) & 1)


def _is_mp3(content: bytes) -> bool:
    at = 0
    if content[:3] == b"ID3" and len(content) > 10:
        size = content[6:10]
        at = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    first = _mp3_frame(content, at)
    return bool(first) and bool(_mp3_frame(content, at + first))


def _is_m4a(content: bytes) -> bool:
    seen: dict[bytes, bytes] = {}
    at = 0
    while at + 8 <= len(content):
        size, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if size == 0:
            size = len(content) - at
        if size < 8 or at + size > len(content):
            return False
        seen[name] = content[at : at + size]
        at += size
    movie = seen.get(b"moov", b"")
    return at == len(content) and b"ftyp" in seen and b"mdat" in seen and b"soun" in movie and b"vide" not in movie


# --- pages of a clean copy --------------------------------------------------------------------------------------------


def ready_for_pages() -> None:
    from centro.core.documents import pages

    pages.ready()


def looked_through(preview_kind: str, copy: bytes) -> dict[str, Any]:
    """The numbers in a clean copy, as [kind, page or line]; `is_searched`: all of it could be read, so none is hidden.

    What cannot be looked through is not refused: somebody looks at it instead.
    """
    from centro.core.documents import pages

    try:
        seen, silent = pages.in_paper(copy) if preview_kind == "pdf" else (pages.in_words(copy), 0)
    except Exception:  # noqa: BLE001  (whatever a hostile file makes a reader raise)
        return {"seen": [], "is_searched": False}
    return {"seen": seen, "is_searched": not silent}


def with_pages(act: str, copy: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Show a page (`page`), find the places of numbers on it, or cover `places` of it; `kind` is that of the copy.

    Page 0 is the first that has a number.
    """
    from centro.core.documents import pages

    if act == "picture":
        return {}, pages.picture_of(copy, asked["page"])
    if act == "lines":
        return looked_through("text", copy), b""
    if act == "places":
        found = looked_through("pdf", copy)
        page = asked["page"] or next((where for _kind, where in found["seen"]), 1)
        return {**found, "page": page, "places": pages.places_on(copy, page)}, b""
    covered = pages.cover(copy, asked["kind"], asked["page"], asked["places"])
    found = looked_through(asked["kind"], covered) if asked["kind"] != "jpeg" else {"seen": []}
    return found, covered


# --- the program ------------------------------------------------------------------------------------------------------

Decode = Callable[[bytes, str], tuple[str, bytes, int]]
KINDS: dict[str, tuple[Callable[[], None], Decode | None]] = {
    "pdf": (ready_for_paper, paper),
    "jpeg": (ready_for_pictures, picture),
    "png": (ready_for_pictures, picture),
    "heic": (ready_for_pictures, picture),
    "text": (ready_for_words, words),
    "m4a": (lambda: None, sound),
    "mp3": (lambda: None, sound),
    "lines": (ready_for_words, None),
    "picture": (ready_for_pages, None),
    "places": (ready_for_pages, None),
    "cover": (ready_for_paper, None),
}


def probe() -> dict[str, Any]:
    """What this decoder could still do, for the deploy check."""
    import socket

    facts: dict[str, Any] = {"environment": sorted(os.environ)}
    try:
        socket.socket().close()
    except OSError:
        return {**facts, "can_open": False}
    return {**facts, "can_open": True}


def answer(kind: str, what: str = "{}") -> tuple[dict[str, Any], bytes]:
    is_alone = limit()
    if kind == "probe":
        import socket  # noqa: F401

        open_nothing_more()
        return {"ok": True, "is_alone": is_alone, **probe()}, b""
    ready, decode = KINDS[kind]
    ready()
    open_nothing_more()
    try:
        brought = sys.stdin.buffer.read()
        if decode is None:
            found, copy = with_pages(kind, brought, json.loads(what))
            return {"ok": True, **found}, copy
        preview_kind, copy, pages = decode(brought, kind)
        seen = looked_through(preview_kind, copy) if kind in {"pdf", "text"} else {}
    except Refused as refusal:
        return {"ok": False, "why": str(refusal)}, b""
    except MemoryError:
        return {"ok": False, "why": "too_big_inside"}, b""
    except Exception:  # noqa: BLE001  (whatever a hostile file makes a decoder raise)
        return {"ok": False, "why": "unreadable"}, b""
    return {"ok": True, "preview_kind": preview_kind, "pages": pages, "is_alone": is_alone, **seen}, copy


if __name__ == "__main__":
    head, body = answer(*sys.argv[1:3])
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()
