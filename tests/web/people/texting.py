"""A texting service on this machine that speaks the requests of Twilio, for tests."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

ACCOUNT, TOKEN, SENDER = "AC" + "0" * 32, "12345", "+12135550100"


class Service:
    """What it was asked to send, and what it answers next: a status with a code, or nothing at all."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.status, self.code = 201, 0
        self.is_silent = False
        self.address = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        self.asked.append(dict(parse_qsl(handler.rfile.read(length).decode())))
        self.asked[-1] |= {"path": handler.path, "auth": handler.headers["Authorization"]}
        if self.is_silent:
            time.sleep(0.5)
            return
        said: dict[str, Any] = {"sid": f"SM{len(self.asked):032}", "status": "queued"}
        if self.status >= 400:
            said = {"code": self.code, "message": "no", "status": self.status}
        content = json.dumps(said).encode()
        handler.send_response(self.status)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.answer(self)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    worker = threading.Thread(target=server.serve_forever, daemon=True)
    worker.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        worker.join()
