"""How often one source may write or try a code: counted under a key of the day, so that no address is ever kept."""

import hmac
import secrets
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

HOUR, DAY = 3600, 86400
SENDING = ((5, HOUR), (20, DAY))
WITHOUT_WORK = ((2, HOUR), (6, DAY))  # who sent no proof of work: no script, or an old browser
TRYING = ((5, HOUR),)
A_CENTER_A_DAY = 200
PLAYED = 20  # people that one computer plays in a demo


def source_of(request: HttpRequest) -> str:
    """A mark of where a request comes from, which nobody can turn back once the day's key is gone."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:
        address = "unknown"
    return hmac.new(_key_of_the_day(), str(address).encode(), "sha256").hexdigest()[:32]


def _key_of_the_day() -> bytes:
    name = f"intake:key:{int(time.time()) // DAY}"
    cache.add(name, secrets.token_hex(32), timeout=DAY)
    return bytes.fromhex(cache.get(name) or secrets.token_hex(32))


def may(what: str, source: str, limits: tuple[tuple[int, int], ...]) -> bool:
    """Whether this source may do this once more now; if so, it is counted. In a demo one computer plays everybody."""
    name, now = f"intake:{what}:{source}", time.time()
    times = [moment for moment in cache.get(name, []) if moment > now - DAY]
    wider = PLAYED if settings.DEMO else 1
    if any(sum(moment > now - window for moment in times) >= most * wider for most, window in limits):
        return False
    cache.set(name, [*times, now], timeout=DAY)
    return True
