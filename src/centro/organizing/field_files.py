"""The files that a phone keeps for field mode, and the worker's script with their names and one version of them all."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

_HERE = Path(__file__).parent / "static/organizing/field"
_ADDRESS = re.compile(rb'(?:href|src)="(/static/[^"#]+)')
MODULES = ("crypto.js", "store.js", "form.js", "walk.js")  # imported by app.js under their plain names


def files_of_page(page: bytes) -> list[str]:
    """Addresses of the stylesheets, scripts and icons of a page, and of the modules that its script imports."""
    found = {address.decode() for address in _ADDRESS.findall(page)}
    return sorted(found | {f"{settings.STATIC_URL}organizing/field/{name}" for name in MODULES})


def worker_script(pages: Mapping[str, bytes]) -> str:
    """The worker with what it keeps. Its version is a mark of every page and of every file's own bytes."""
    files = sorted({file for page in pages.values() for file in files_of_page(page)})
    mark = sha256()
    for path, page in sorted(pages.items()):
        mark.update(path.encode() + page)
    for file in files:
        mark.update(file.encode())
    mark.update(_modules())
    keeps = json.dumps([*sorted(pages), *files])
    head = f'const VERSION = "{mark.hexdigest()[:16]}";\nconst KEEPS = {keeps};\n'
    return head + (_HERE / "worker.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _modules() -> bytes:
    found = (finders.find(f"organizing/field/{name}") for name in (*MODULES, "app.js", "worker.js"))
    return b"".join(Path(str(path)).read_bytes() for path in found if path)
