"""`centro bench` from end to end, on a small center: it measures, counts queries, and knows what too slow is."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from shutil import rmtree

import pytest

from config.bench import Measured
from config.env import ROOT

pytestmark = pytest.mark.bench
PEOPLE = 1200


@pytest.fixture
def own_folder() -> Iterator[None]:
    yield
    rmtree(ROOT / "instance" / f"bench-{PEOPLE}", ignore_errors=True)


def test_a_small_center_is_measured_page_by_page(own_folder: None) -> None:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("CENTRO_")}
    command = [sys.executable, "-m", "config.door", "bench", "--people", str(PEOPLE), "--rounds", "3"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    lines = re.findall(r"^(.+?)\s+([\d.]+)\s+([\d.]+)\s+(\d+|–)\s+([\d.]+)\s+(\d+)", done.stdout, flags=re.MULTILINE)
    assert done.returncode in {0, 1}, done.stderr
    assert {name.strip() for name, *_ in lines} >= {"sign in with a password", "list of people, front desk"}
    assert all(float(p50) <= float(p95) for _, p50, p95, *_ in lines)
    assert all(int(queries) <= 20 for name, *_, queries in lines if "sign in" not in name and "packet" not in name)
    assert {name.strip() for name, *_ in lines} >= {"three years recomputed, while typing"}
    assert "people in" in done.stdout


def test_the_slow_ones_count() -> None:
    page = Measured("a page", (*[10.0] * 90, *[200.0] * 10), (8.0,), 5, 150)
    assert (page.p50, page.p95) == (10.0, 200.0)
    assert not page.is_in_time
    assert "TOO SLOW" in str(page)
    assert Measured("a page", (10.0, 20.0), (8.0,), 5, 150).is_in_time
    assert Measured("a page", (500.0,), (8.0,), 5, None).is_in_time
