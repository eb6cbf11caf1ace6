"""The audit keeps the memory of one chunk for the next: no page is asked for twice."""

import resource
import sys

import numpy as np
import pytest

from wagelaw.audit import memory


def pages_asked_for():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux has the option")
def test_a_second_chunk_takes_the_pages_of_the_first():
    assert memory.keep_freed_memory()
    for _ in range(3):
        arrays = [np.ones(1 << 17) for _ in range(8)]
        del arrays
    before = pages_asked_for()
    for _ in range(20):
        arrays = [np.ones(1 << 17) for _ in range(8)]
        del arrays
    assert pages_asked_for() - before < 20 * 8 * 64  # an array has 256 pages


def test_elsewhere_nothing_happens(monkeypatch):
    def no_library(_):
        raise OSError

    monkeypatch.setattr(memory.ctypes, "CDLL", no_library)
    assert memory.keep_freed_memory.__wrapped__() is False
