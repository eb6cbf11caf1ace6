"""Twilio: asking it to send a text, and proving that what comes in is from there.

What was read for this, and why we speak with it ourselves: docs/decisions/2026-11-23-texts-through-twilio.md.
"""

import base64
import hmac
import http.client
import json
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from django.conf import settings

SECONDS = 10
OPTED_OUT = "21610"  # “the customer has replied with STOP”
TOO_MANY = 429


class NotSent(Exception):
    """The service said no, with its own code: asking again would give the same answer."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TryLater(Exception):
    """The service was not reached, or has too much to do: nothing was sent."""


class NotSure(Exception):
    """The text may have been sent: the answer did not come, or made no sense. Never send it again by itself."""


def is_on() -> bool:
    """Whether this center has an account."""
    return bool(settings.TWILIO_ACCOUNT)


def send(to: str, words: str, *, tell: str) -> str:
    """Ask for one text to be sent; its id at the service. `tell` is the address that hears what becomes of it."""
    sender = "MessagingServiceSid" if settings.TWILIO_FROM.startswith("MG") else "From"
    asked = urlencode({"To": to, sender: settings.TWILIO_FROM, "Body": words, "StatusCallback": tell})
    line = _connected()
    try:
        line.request("POST", f"/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT}/Messages.json", asked, _headers())
        answer = line.getresponse()
        status, content = answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise NotSure from error
    finally:
        line.close()
    return _sid(status, content)


def _connected() -> http.client.HTTPConnection:
    """A line to the service; while there is none, surely nothing was sent."""
    place = urlsplit(settings.TWILIO_API)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    line = kind(place.hostname or "", place.port, timeout=SECONDS)
    try:
        line.connect()
    except OSError as error:
        raise TryLater from error
    return line


def _headers() -> dict[str, str]:
    pair = f"{settings.TWILIO_ACCOUNT}:{settings.TWILIO_TOKEN}".encode()
    return {
        "Authorization": f"Basic {base64.b64encode(pair).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }


def _sid(status: int, content: bytes) -> str:
    """The id of a text that was taken on; otherwise what went wrong, as one of our three answers."""
    if status == TOO_MANY:
        raise TryLater
    try:
        said = json.loads(content)
        if 400 <= status < 500:
            raise NotSent(str(said.get("code", status))[:12])
        if status in {200, 201}:
            return str(said["sid"])[:64]
    except (ValueError, KeyError, AttributeError) as error:
        raise NotSure from error
    raise NotSure


def signature(url: str, fields: Iterable[tuple[str, str]]) -> str:
    """What Twilio writes into `X-Twilio-Signature`: HMAC-SHA1 under the token, of address and sorted form fields."""
    text = url + "".join(name + value for name, value in sorted(fields))
    return base64.b64encode(hmac.digest(settings.TWILIO_TOKEN.encode(), text.encode(), "sha1")).decode()


def is_from_there(url: str, fields: Iterable[tuple[str, str]], claimed: str) -> bool:
    """Whether a request was signed with this account's token. Nothing is while there is no account."""
    return is_on() and hmac.compare_digest(signature(url, fields).encode(), claimed.encode())
