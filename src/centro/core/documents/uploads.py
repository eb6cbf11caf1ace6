"""Files brought in: what they are, whether they may come in, and the clean copy made in a decoder of its own.

A file is taken in when its ending, its first bytes and a successful decoding agree. Nothing here opens the file in
this process; nothing touches the disk in clear.
"""

import hashlib
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from centro.core.documents import scanning
from centro.core.documents.refusals import UploadRefused

MOST_BYTES = 25 * 1024 * 1024
MOST_FILES = 10
WALL_SECONDS = 20
_TURNS = threading.BoundedSemaphore(2)  # decoders of one process at a time: 2 × 512 MB at most
NAME_LIMIT = 200
DECODER = Path(__file__).with_name("decoder.py")
ENDINGS: dict[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "jpeg": ("jpg", "jpeg"),
    "png": ("png",),
    "heic": ("heic", "heif"),
    "text": ("txt",),
    "m4a": ("m4a",),
    "mp3": ("mp3",),
}
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"dex\n",
    b"\x00asm",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"\x28\xb5\x2f\xfd", b"PK\x05\x06")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_M4A_BRANDS = {b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2"}
_EICAR = b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$"


@dataclass(frozen=True)
class Examined:
    """A file that may come in: what it is, and its clean copy (none for sound)."""

    name: str
    kind: str
    content: bytes
    preview_kind: str
    preview: bytes
    pages: int
    is_scanned: bool
    seen: tuple[tuple[str, int], ...] = ()  # numbers that must not be kept: kind, page or line
    is_searched: bool = False  # whether every page had text to be searched

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def examine(file: Any) -> Examined:
    """Look at an uploaded file once; `UploadRefused` with words for whoever brought it. Later calls remember."""
    if not hasattr(file, "examined"):
        file.examined = _outcome(file)
    outcome: Examined | UploadRefused = file.examined
    if isinstance(outcome, UploadRefused):
        raise outcome
    return outcome


def _outcome(file: Any) -> Examined | UploadRefused:
    try:
        if (file.size or 0) > MOST_BYTES:
            return UploadRefused("too_large")
        file.seek(0)
        return examine_bytes(file.name or "", file.read())
    except UploadRefused as refusal:
        return refusal


def examine_bytes(name: str, content: bytes) -> Examined:
    """The same for bytes at hand."""
    if len(content) > MOST_BYTES:
        raise UploadRefused("too_large")
    kind = kind_by_signature(content)
    if ending_of(name) not in ENDINGS[kind]:
        raise UploadRefused("mismatch")
    is_scanned = scanning.scan(content)
    head, preview = decode(kind, content)
    return Examined(
        name=clean_name(name),
        kind=kind,
        content=content,
        preview_kind=head["preview_kind"],
        preview=preview,
        pages=head["pages"],
        is_scanned=is_scanned,
        seen=tuple((one, where) for one, where in head.get("seen", ())),
        is_searched=head.get("is_searched", False),
    )


def ending_of(name: str) -> str:
    return name[-300:].rpartition(".")[2].strip().lower()


def clean_name(name: str) -> str:
    """The name as it is kept, sealed: its last part, printable, not longer than it needs to be."""
    last = name[-2000:].replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        c for c in last if c.isprintable() and not "\u202a" <= c <= "\u202e" and not "\u2066" <= c <= "\u2069"
    )
    return kept.strip()[-NAME_LIMIT:] or "file"


def kind_by_signature(content: bytes) -> str:
    """What a file is by its first bytes; refused when it is nothing we take, or two things at once."""
    if not content.strip():
        raise UploadRefused("empty")
    _refuse_what_we_never_take(content)
    kind = _kind(content)
    if kind in {"pdf", "jpeg", "png", "heic"} and (
        _ends_as_archive(content) or (kind != "pdf" and b"%PDF-" in content[:1024])
    ):
        raise UploadRefused("two_in_one")
    return kind


def _kind(content: bytes) -> str:
    brand = content[8:12] if content[4:8] == b"ftyp" else b""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if brand in _HEIC_BRANDS:
        return "heic"
    if brand in _M4A_BRANDS:
        return "m4a"
    if content.startswith(b"ID3") or (content[0] == 0xFF and content[1:2] and content[1] & 0xE6 == 0xE2):
        return "mp3"
    if _is_text(content):
        return "text"
    raise UploadRefused("unknown")


def _is_text(content: bytes) -> bool:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!", b"<html", b"<svg", b"<?", b"<script", b"%!ps")):
        return False
    return b"\x00" not in content


def _refuse_what_we_never_take(content: bytes) -> None:
    if _EICAR in content[:4096]:
        raise UploadRefused("virus")
    if content.startswith(_PROGRAMS):
        raise UploadRefused("program")
    if content.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise UploadRefused("office")
    if content.startswith(b"PK\x03\x04"):
        head = content[:4096]
        is_office = b"[Content_Types].xml" in head or b"opendocument" in head or b"_rels/.rels" in head
        raise UploadRefused("office" if is_office else "archive")
    if content.startswith(_ARCHIVES) or content[257:262] == b"ustar":
        raise UploadRefused("archive")


def _ends_as_archive(content: bytes) -> bool:
    """Whether a ZIP directory closes this file, so that it is an archive as well."""
    tail = content[-(65_557):]
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    return directory == 0 or b"PK\x01\x02" in content[-(65_557 + directory) :]


def decode(act: str, content: bytes, /, **what: Any) -> tuple[dict[str, Any], bytes]:
    """Run the decoder on bytes. It has 10 seconds of work, 512 MB, no environment, no files and no network."""
    with _TURNS, _decoder(act, json.dumps(what)) as program:
        try:
            answer, _ = program.communicate(content, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            program.kill()
            raise UploadRefused("too_big_inside") from error
    line, _, copy = answer.partition(b"\n")
    if program.returncode != 0 or not line:
        raise UploadRefused("too_big_inside" if program.returncode in {-9, -24} else "unreadable")
    head: dict[str, Any] = json.loads(line)
    if not head["ok"]:
        raise UploadRefused(head["why"])
    return head, copy


def _decoder(kind: str, what: str) -> subprocess.Popen[bytes]:
    """Our own interpreter with our own program; the file goes in by a pipe."""
    return subprocess.Popen(
        [sys.executable, "-I", str(DECODER), kind, what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )


def examine_files(files: Any) -> None:
    """Examine the files of a request before the transaction that writes: decoding takes seconds.

    More than ten are not looked at; their form refuses them by their number.
    """
    brought = [file for name in files for file in files.getlist(name)]
    for file in brought if len(brought) <= MOST_FILES else []:
        if not hasattr(file, "examined"):
            file.examined = _outcome(file)
