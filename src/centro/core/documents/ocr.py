"""Numbers on photos, read by Tesseract where the machine has it. Without it nothing is found, and people look.

The picture is our own clean copy, never the bytes that somebody brought. The program gets it on its standard input,
with no environment but one thread, 20 seconds of work and 1 GB (docs/decisions/2026-11-23-numbers-on-photos.md).
"""

import csv
import resource
import shutil
import subprocess
from io import BytesIO, StringIO
from itertools import groupby

from PIL import Image

from centro.core import sensitive

CPU_SECONDS, MEMORY, WALL_SECONDS = 20, 1024**3, 25
ROOM = 0.005

Found = list[tuple[str, tuple[float, ...]]]
Word = dict[str, str]  # a line of Tesseract's table


def is_here() -> bool:
    """Whether this machine can read photos."""
    return shutil.which("tesseract") is not None


def places(jpeg: bytes) -> Found:
    """The numbers that must not be seen on a picture: kind, and [left, top, right, bottom] as parts of it."""
    program = shutil.which("tesseract")
    table = _read(program, jpeg) if program else ""
    if not table:
        return []
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as picture:
        width, height = picture.size
    rows = csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if (row.get("text") or "").strip()]
    lines = groupby(words, key=lambda row: (row["page_num"], row["block_num"], row["par_num"], row["line_num"]))
    return [found for _line, line in lines for found in _on_line(list(line), width, height)]


def _read(program: str, jpeg: bytes) -> str:
    """The words of a picture with their boxes, as Tesseract's table; nothing when it fails."""
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", "--psm", "11", "tsv"],
            input=jpeg,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={"OMP_THREAD_LIMIT": "1"},
            cwd="/",
            preexec_fn=_limit,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _on_line(words: list[Word], width: int, height: int) -> Found:
    """The numbers of one line of words, each with one box around the words that hold it."""
    text, spans = "", []
    for word in words:
        spans.append((len(text), len(text) + len(word["text"]), word))
        text += word["text"] + " "
    return [
        (kind, _box([word for begins, ends, word in spans if begins < end and start < ends], width, height))
        for kind, start, end in sensitive.numbers(text)
    ]


def _box(words: list[Word], width: int, height: int) -> tuple[float, ...]:
    lefts, tops = [int(word["left"]) for word in words], [int(word["top"]) for word in words]
    rights = [int(word["left"]) + int(word["width"]) for word in words]
    lows = [int(word["top"]) + int(word["height"]) for word in words]
    edges = min(lefts) / width - ROOM, min(tops) / height - ROOM, max(rights) / width + ROOM, max(lows) / height + ROOM
    return tuple(min(1.0, max(0.0, edge)) for edge in edges)
