"""A center whose web server runs in a process of its own, and a browser of the plainest kind that talks to it."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from config.env import ROOT
from config.running import answers, gunicorn
from tests.web.core.backup.centers import Center

TOKEN = "t" * 32  # cookie and header hold the same secret: that is what the CSRF check asks
STAFF = """
from centro.core.classes import Role
from tests.web.conftest import signed_in, user_as
say(**{role.value: signed_in(user_as(role)).cookies["sessionid"].value for role in (Role.FRONT_DESK, Role.STEWARD)})
"""


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when the line broke before an answer."""

    status: int
    location: str = ""
    body: str = ""


LOST = Answer(0)


@dataclass
class Server:
    """One running center; `ask` may be called from many threads at once."""

    center: Center
    log: Path
    sessions: dict[str, str] = field(default_factory=dict)
    port: int = 0
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        command = gunicorn(bind=f"127.0.0.1:{self.port}", workers=1, log="info")
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                command, env=self.center.environment(), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        assert answers(self.child, command), self.log.read_text()
        self._wait_for_a_page()

    def _wait_for_a_page(self) -> None:
        deadline = time.monotonic() + 60
        while not self.ask("/people/").status:
            assert time.monotonic() < deadline, self.log.read_text()

    def kill(self) -> None:
        """As a power cut would: no process gets to say another word."""
        if self.child is not None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
            self.child = None

    def ask(self, path: str, sent: Mapping[str, str] | None = None, role: str = "front_desk") -> Answer:
        """GET, or POST where something is sent; redirects are not followed."""
        headers = {"Cookie": f"sessionid={self.sessions[role]}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        body = urlencode(sent) if sent is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request("GET" if body is None else "POST", path, body, headers)
            got = line.getresponse()
            return Answer(got.status, got.headers.get("Location", ""), got.read().decode(errors="replace"))
        except (OSError, HTTPException):
            return LOST
        finally:
            line.close()


def found_center(center: Center, log: Path) -> Server:
    """Tables, two members of staff who are signed in, and no server yet."""
    center.lay_tables()
    return Server(center, log, json.loads(json.dumps(center.run(STAFF))))
