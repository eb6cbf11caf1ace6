"""The program as it runs, for a browser: a demo center in a folder of its own, served by gunicorn on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PREPARE = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from centro.core.vault import root
from centro.web import demo
if not settings.ROOT_KEY_FILE.exists():
    root.make(settings.ROOT_KEY_FILE)
call_command("migrate", verbosity=0)
call_command("createcachetable")
call_command("collectstatic", interactive=False, verbosity=0)
demo.load()
"""


def _environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "ALLOWED_HOSTS"}}
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    ours = {"CENTRO_MODE": "demo", "CENTRO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return kept | ours | {"PYTHONPATH": path}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path) -> Iterator[str]:
    """The address of a demo center that lives while the block runs."""
    environment, port = _environment(data), _free_port()
    subprocess.run([sys.executable, "-c", _PREPARE], env=environment, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with (data / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(f"http://localhost:{port}/account/login/", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(150):
        if server.poll() is not None:
            raise RuntimeError("the server did not start: see server.log in its folder")
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  (our own address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer in time")
