"""When the door of an event is open, and how fast one link may be used.

Fast enough for a line at the door, too slow to read out a list.
"""

import time
from datetime import timedelta

from django.core.cache import cache

BEFORE, AFTER = timedelta(hours=3), timedelta(hours=4)  # when the door is open around an event
A_MINUTE = 60
MOST = 60  # searches, arrivals, walk-ins and counts of one link in a minute


def may(link: str) -> bool:
    """Whether this link may be used once more now; if so, it is counted. Nothing of the visitor is kept."""
    name = f"event-link:{link}:{int(time.time()) // A_MINUTE}"
    cache.add(name, 0, timeout=2 * A_MINUTE)
    return bool(cache.incr(name) <= MOST)
