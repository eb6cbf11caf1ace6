"""Keeps the memory of one chunk for the next.

The C library of Linux hands freed memory back after every chunk and asks for it again, page by page, for the next one:
that can take as long as the rules themselves, and threads wait for each other there. Arrow's own allocator keeps more
than it uses, up to half of all that an audit takes; Arrow is told to take its memory from the C library, too.
"""

from __future__ import annotations

import ctypes
from functools import cache

import pyarrow as pa

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # names of options of mallopt(3)
KEPT = 32 << 20  # bytes that may stay unused: about what the arrays of a chunk take
LARGEST_ARRAY = 8 << 20


@cache
def keep_freed_memory() -> bool:
    """Tells the C library so, once a process; False where it has no such options (not Linux)."""
    try:
        option = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    pa.set_memory_pool(pa.system_memory_pool())
    return bool(option(TRIM_THRESHOLD, KEPT) and option(MMAP_THRESHOLD, LARGEST_ARRAY))
