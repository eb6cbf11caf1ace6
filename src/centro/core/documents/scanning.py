"""An optional virus scanner on this machine: clamd over its local socket. Without one, files are marked not scanned."""

import socket
import struct

from django.conf import settings

from centro.core.documents.refusals import UploadRefused

CHUNK, SECONDS = 1 << 16, 20


def scan(content: bytes) -> bool:
    """Whether a scanner looked and found nothing. False: there is none. `UploadRefused`: it found something."""
    path = getattr(settings, "CLAMD_SOCKET", "")
    if not path:
        return False
    try:
        verdict = _ask(str(path), content)
    except OSError:
        return False
    if verdict.endswith(b"FOUND"):
        raise UploadRefused("virus")
    return verdict.endswith(b"OK")


def _ask(path: str, content: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS)
        line.connect(path)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), CHUNK):
            piece = content[at : at + CHUNK]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        return line.recv(4096).strip(b"\0\n ")
