"""What the tests want from the machine beside Python: a PostgreSQL server, a Chromium, a reader of PDFs."""

import os
import shutil
import subprocess
from pathlib import Path

WINDOWLESS = "chromium-headless-shell"  # the same Chromium, which draws no window around a page: half the work


def find(*names: str, also: str = "/usr/lib/nothing") -> Path | None:
    """The first of `names` on the path, or in the newest folder that the pattern `also` names."""
    folders = sorted(map(str, Path("/").glob(also.lstrip("/"))), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *folders])
    found = next((place for name in names if (place := shutil.which(name, path=path))), None)
    return Path(found) if found else None


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's server programs."""
    found = find("initdb", also="/usr/lib/postgresql/*/bin")
    return found.resolve().parent if found else None


def find_chromium() -> Path | None:
    return find(WINDOWLESS, "chromium", "chromium-browser", "google-chrome", also="/usr/lib/chromium")


def find_pdftotext() -> Path | None:
    return find("pdftotext")


def install(package: str) -> bool:
    """Install a Debian package where we may; False where we may not or it does not work."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["update"], ["install", "--yes", "--no-install-recommends", package])
    return all(
        subprocess.run(["apt-get", "-qq", *command], env=quiet, capture_output=True, check=False).returncode == 0
        for command in commands
    )
