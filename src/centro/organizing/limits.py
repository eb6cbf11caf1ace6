"""How fast a phone, or a link that opens without an account, may be used.

Fast enough for a line at the door, too slow to read out a list.
"""

import time

from django.core.cache import cache

A_MINUTE = 60
MOST = 60  # uses of one link in a minute
MOST_REPORTS = 600  # of one phone in a minute: four times the longest list


def may(link: str, uses: int = 1, most: int | None = None) -> bool:
    """Whether this link may be used once more (or so many times) now; if so, it is counted. Nobody is known by it."""
    name = f"link:{link}:{int(time.time()) // A_MINUTE}"
    cache.add(name, 0, timeout=2 * A_MINUTE)
    return bool(cache.incr(name, uses) <= (most or MOST))
