"""The audit's bench on one million shifts, for every run of the tests; ten million are for `tests/bench` alone.

Its bounds are far from what is measured (300 times and more, 140 MiB, 3 times the work), so that a busy machine passes.
"""

import pytest

from tests.bench import wagelaw_audit as bench

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("by_clock", [False, True])
def test_thirty_times_as_fast_as_plain_fractions_with_equal_cents(by_clock):
    assert bench.ROWS >= 1_000_000
    bench.test_the_audit_is_thirty_times_as_fast_as_plain_fractions(by_clock)


def test_memory_stays_below_250_mib_and_work_grows_no_faster_than_rows(tmp_path):
    bench.test_memory_and_growth(tmp_path)
