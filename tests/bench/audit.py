"""How long it takes to prove that nobody touched a log of 100,000 entries (M21: at most 5 seconds).

Run: `python -m pytest tests/bench/audit.py -s`.
"""

import time
from collections.abc import Iterator

import pytest
from django.db import transaction

from centro.core import audit
from centro.core.models import Event
from centro.core.policy import Actor
from centro.core.vault import keyring

ENTRIES, BATCH = 100_000, 1_000
VERIFY_LIMIT, APPEND_LIMIT = 5.0, 0.005  # seconds for all, seconds for one

pytestmark = [pytest.mark.django_db, pytest.mark.bench]


@pytest.fixture
def long_log() -> Iterator[float]:
    """A log of 100,000 entries; yields the seconds one entry of a batch took."""
    began = time.perf_counter()
    for start in range(0, ENTRIES, BATCH):
        rows = [audit.event("person.edited", by=Actor(), codes=["given", str(n)]) for n in range(start, start + BATCH)]
        with transaction.atomic():
            audit.record_events(rows)
    yield (time.perf_counter() - began) / ENTRIES
    keyring.set_anchor("Event", 0, b"")


def test_a_hundred_thousand_entries_are_verified_in_time(long_log: float) -> None:
    began = time.perf_counter()
    verdict = audit.verify(Event)
    seconds = time.perf_counter() - began
    print(f"\n{verdict.entries:,} entries verified in {seconds:.2f} s; {long_log * 1e6:.0f} µs an entry to write")
    assert verdict == audit.Verdict("Event", ENTRIES)
    assert seconds <= VERIFY_LIMIT


def test_one_entry_is_written_in_time() -> None:
    with transaction.atomic():
        audit.record_event("warm.up", by=Actor())
    began = time.perf_counter()
    for _ in range(200):
        with transaction.atomic():
            audit.record_event("person.edited", by=Actor(), codes=["given"])
    each = (time.perf_counter() - began) / 200
    print(f"\n{each * 1e3:.2f} ms for one entry in its own transaction")
    assert each <= APPEND_LIMIT
