"""How fast one host's link may be used: enough for a line at the door, too slow to read out a list."""

import time

from django.core.cache import cache

A_MINUTE = 60
MOST = 60  # searches, arrivals and walk-ins of one link in a minute


def may(link: str) -> bool:
    """Whether this link may be used once more now; if so, it is counted. Nothing of the visitor is kept."""
    name = f"event-link:{link}:{int(time.time()) // A_MINUTE}"
    cache.add(name, 0, timeout=2 * A_MINUTE)
    return bool(cache.incr(name) <= MOST)
