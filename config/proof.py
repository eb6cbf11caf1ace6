"""`centro check` and `centro test`: everything that proves the program, stage by stage.

Each stage prints one header and, when it fails, its own words; the last line counts what passed and failed.
Where a tool of the machine is missing (PostgreSQL, Chromium), one line says so and what is skipped; with
CI=true that is a failure, because nothing may be skipped there.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from config import cluster, machine
from config.env import ROOT

BIN = Path(sys.prefix) / "bin"
DJANGO = [sys.executable, "-m", "django"]
CHECKS: dict[str, list[list[str | Path]]] = {
    "style": [
        [BIN / "ruff", "check", "--quiet", "."],
        [BIN / "ruff", "format", "--check", "--quiet", "."],
    ],
    "types": [[sys.executable, "-m", "mypy"]],
    "imports": [[BIN / "lint-imports", "--no-logo", "--no-cache"]],
    "templates": [[BIN / "djlint", "--lint", "--quiet", "src"]],
    "catalogues": [[BIN / "centro", "messages", "--check"]],
    "Django": [
        [*DJANGO, "check", "--fail-level", "WARNING"],
        [*DJANGO, "makemigrations", "--check", "--dry-run"],
    ],
}
PATIENCE = 30.0  # seconds for pytest to end what it started
HOUSE_RULES = "tests/unit/test_house_rules.py"


@dataclass
class Tally:
    """What passed, failed and was skipped so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    began: float = field(default_factory=time.monotonic)

    def line(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def _say(line: str) -> None:
    print(line, flush=True)


@contextmanager
def _surroundings() -> Iterator[dict[str, str]]:
    """The environment of a stage: test mode, a data folder of its own, nothing of a center's."""
    with tempfile.TemporaryDirectory(prefix="centro-check-") as data:
        dropped = {
            "DATABASE_URL",
            "ALLOWED_HOSTS",
            "EMAIL_URL",
            "CENTRO_ROOT_KEY_FILE",
            "CENTRO_SECRET_KEY_FILE",
        }
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        yield kept | {
            "CENTRO_MODE": "test",
            "CENTRO_DATA": data,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }


# --- the stages ---------------------------------------------------------------------------------------------


def check(tally: Tally) -> None:
    """The fast part: style, types, imports, templates, catalogues, Django's own checks, house rules."""
    with _surroundings() as env, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, checked in [(name, pool.submit(_check, commands, env)) for name, commands in CHECKS.items()]:
            _say(f"== {name}")
            words, seconds = checked.result()
            tally.passed += not words
            tally.failed += bool(words)
            _say("".join(f"{said}\n" for said in words) + f"{'failed' if words else 'ok'}, {seconds:.1f} s")
    run_tests(tally, "house rules", [HOUSE_RULES, "-n", "0"])


def _check(commands: list[list[str | Path]], env: dict[str, str]) -> tuple[list[str], float]:
    """What those commands said that failed, and how long they took."""
    since = time.monotonic()
    words = [said for command in commands if (said := _complaint(command, env))]
    return words, time.monotonic() - since


def _complaint(command: list[str | Path], env: dict[str, str]) -> str:
    """Nothing when the command succeeds, or else what it said."""
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout.strip() or f"exit code {done.returncode}"


def run_tests(tally: Tally, name: str, arguments: list[str], extra: dict[str, str] | None = None) -> None:
    """Run pytest; a run without a single test is a failure."""
    _say(f"== {name}")
    with tempfile.TemporaryDirectory(prefix="centro-report-") as folder, _surroundings() as env:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", *arguments]
        code = _to_its_end([*command, f"--junit-xml={report}"], env | (extra or {}))
        ran, failed, skipped = _counts(report)
    tally.passed += ran - failed - skipped
    tally.failed += failed or (1 if code else 0)
    tally.skipped += skipped


def _to_its_end(command: list[str], env: dict[str, str]) -> int:
    """Run a command; when we are stopped, let it end what it has started (a demo, browsers) before we go."""
    with subprocess.Popen(command, cwd=ROOT, env=env) as child:
        try:
            return child.wait()
        except BaseException:
            child.send_signal(signal.SIGINT)
            child.wait(PATIENCE)
            raise


def _counts(report: Path) -> tuple[int, int, int]:
    """Tests run, failed and skipped, from pytest's report; nothing when it died before writing one."""
    if not report.is_file():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314  (pytest wrote it a moment ago)
    numbers = [[int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")] for suite in suites]
    ran, failures, errors, skipped = (sum(column) for column in zip(*numbers, strict=True))
    return ran, failures + errors, skipped


def _workers() -> list[str]:
    """One for each core; whoever is done first takes over tests of the others."""
    return ["-n", str(min(os.cpu_count() or 1, 8)), "--dist=worksteal"]


def on_sqlite(tally: Tally, *, fast: bool) -> None:
    _found("pdftotext", "poppler-utils", machine.find_pdftotext, "the tests that read printed papers", tally)
    slow = ["-m", "not slow and not browser and not bench"] if fast else ["-m", "not browser and not bench"]
    run_tests(tally, "tests on SQLite", [*_workers(), *slow])


def on_postgres(tally: Tally) -> None:
    """The tests that meet the database again on PostgreSQL, because a center may choose it."""
    programs = _found("PostgreSQL", "postgresql", machine.find_postgres, "the tests on PostgreSQL", tally)
    if programs is None:
        return
    try:
        with cluster.cluster(programs) as url:
            run_tests(
                tally,
                "tests on PostgreSQL",
                ["tests/web", *_workers(), "-m", "not browser and not bench and not own_database"],
                {"DATABASE_URL": url},
            )
    except cluster.NoCluster as words:
        _say(f"PostgreSQL did not start: {words}")
        tally.failed += 1


def in_browser(tally: Tally) -> None:
    """The journeys in Chromium, phone and desktop: each worker has a browser and a demo center of its own."""
    if not any((ROOT / "tests/browser").glob("test_*.py")):
        return
    if os.environ.get("CI") == "true" and machine.find(machine.WINDOWLESS) is None:
        machine.install(machine.WINDOWLESS)  # where it cannot be had, any Chromium does
    chromium = _found("Chromium", "chromium", machine.find_chromium, "the browser tests", tally)
    if chromium is not None:
        run_tests(tally, "tests in Chromium", ["tests/browser", "-m", "browser", *_workers()])


def _found(what: str, package: str, look: Callable[[], Path | None], tests_named: str, tally: Tally) -> Path | None:
    """Where a tool is, installed on the way where possible."""
    found = look()
    if found is None:
        _say(f"== installing {what}")
        machine.install(package)
        found = look()
    if found is None:
        must = os.environ.get("CI") == "true"
        _say(f"{what} is missing (Debian: sudo apt-get install {package}); skipped: {tests_named}.")
        tally.failed += must
        tally.skipped += not must
    return found


# --- the commands -------------------------------------------------------------------------------------------


def run(stages: Sequence[Callable[[Tally], None]]) -> int:
    """Run stages, then count; exit code 1 when anything failed."""
    tally = Tally()
    for stage in stages:
        stage(tally)
    _say(f"== {time.monotonic() - tally.began:.0f} s")
    _say(tally.line())
    return 1 if tally.failed or not tally.passed else 0


def run_check() -> int:
    return run([check])


def run_test(*, fast: bool, browser: bool, postgres: bool) -> int:
    """All stages, or only those asked for."""
    if browser or postgres:
        asked = ((on_postgres, postgres), (in_browser, browser))
        return run([stage for stage, is_asked in asked if is_asked])
    with _making_tables():
        if fast:
            return run([check, lambda tally: on_sqlite(tally, fast=True)])
        return run([check, lambda tally: on_sqlite(tally, fast=False), on_postgres, in_browser])


@contextmanager
def _making_tables() -> Iterator[None]:
    """While the checks run, migrations make the tables all tests start from; where they fail, so do the tests."""
    command = [sys.executable, "-m", "tests.schema"]
    with _surroundings() as env, subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL):
        yield
