"""A private PostgreSQL: made in a temporary folder, reached through a socket in it, removed afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Nothing here must survive a crash, so nothing waits for the disk.
HASTE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]
PATIENCE = 30.0  # seconds


class NoCluster(Exception):
    """PostgreSQL could not be started; the text is its own last words."""


def _unprivileged() -> dict[str, Any]:
    """How to start a child that is not root, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a cluster with the server programs in `programs`; gives the DATABASE_URL of an empty database."""
    child = _unprivileged()
    # The path of a socket may have 107 bytes at most, so the folder is short.
    folder = Path(tempfile.mkdtemp(prefix="centro-pg-", dir="/tmp"))
    server = None
    try:
        if child:
            os.chown(folder, child["user"], child["group"])
        _make(programs, folder, child)
        server = _start(programs, folder, child)
        yield f"postgres://centro@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)
            server.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _make(programs: Path, folder: Path, child: dict[str, Any]) -> None:
    options = ["--auth=trust", "--username=centro", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [str(programs / "initdb"), *options, "--pgdata", str(folder / "data")]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **child)
    if made.returncode != 0:
        raise NoCluster(made.stderr.strip())


def _start(programs: Path, folder: Path, child: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    options = [f"unix_socket_directories={folder}", "listen_addresses=", *HASTE]
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    command += [word for option in options for word in ("-c", option)]
    log = folder / "log"
    with log.open("wb") as file:
        server = subprocess.Popen(command, cwd=folder, stdout=file, stderr=file, start_new_session=True, **child)
    end = time.monotonic() + PATIENCE
    while "ready to accept connections" not in log.read_text(errors="replace"):
        if server.poll() is not None or time.monotonic() > end:
            server.kill()
            raise NoCluster(log.read_text(errors="replace").strip())
        time.sleep(0.05)
    return server
