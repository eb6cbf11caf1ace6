"""Log lines with allow-listed keys only, and error reports without values."""

import json
import logging
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter


class AllowListed(logging.Formatter):
    """One JSON line: time, event, request id, route name, status, milliseconds, actor id. Never a message's values."""

    KEYS = ("request_id", "route", "status", "ms", "actor", "sentence")

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"time": self.formatTime(record), "level": record.levelname, "event": record.name}
        line.update({key: getattr(record, key) for key in self.KEYS if hasattr(record, key)})
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = place_of(record.exc_info[2])
        return json.dumps(line, default=str)


def place_of(trace: Any) -> str:
    """Module and line where an error began: never a value."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""


class SilentReporter(ExceptionReporter):
    """An error report that names the exception and the place, and no local variable, setting or form value."""

    def get_traceback_data(self) -> dict[str, Any]:
        name = self.exc_type.__name__ if self.exc_type else "error"
        return {"exception_type": name, "lastframe": None, "frames": [], "request": None}

    def get_traceback_text(self) -> SafeString:
        name = self.exc_type.__name__ if self.exc_type else "error"
        return format_html("{} at {}", name, place_of(self.tb))

    def get_traceback_html(self) -> SafeString:
        return self.get_traceback_text()
