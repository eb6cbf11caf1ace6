"""What is true in every test: a clock that stands still, no network, warnings and undefined words are errors.

The network is closed by pytest-socket (loopback and unix sockets stay open). The order of tests is random:
pytest-randomly prints its seed, `--randomly-seed=N` repeats it. The rest stands in pyproject.toml.
"""

import gc
import os
import re
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
import time_machine
from django.conf import UserSettingsHolder, settings
from django.core import management
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler

from tests import schema

# Longer than any test of ours needs on a slow machine; a test that hangs fails instead of stopping the rest.
LONGEST_SECONDS = 180
# What looking at a page may write: its row in the log, the sign-in session, the counters of sign-in limits, and
# allauth's mark that recovery codes were shown (they are shown once).
MAY_BE_WRITTEN_BY_LOOKING = {
    "core_access",
    "core_cache",
    "django_session",
    "mfa_authenticator",
    "usersessions_usersession",
}
WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# A Monday morning at the center: 10:00 in Los Angeles.
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)

hypothesis.settings.register_profile("centro", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("centro")


def pytest_collection_finish() -> None:
    """What is loaded now stays: Python need not look through it again, which took an eighth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """A test database in memory gets its tables from a file, instead of migrating by itself in every worker."""
    if connection.vendor == "sqlite":
        connection.creation.create_test_db = _copy_tables


def _copy_tables(*words: Any, **options: Any) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(management, "call_command", _fill)
        name: str = type(connection.creation).create_test_db(connection.creation, *words, **options)
    return name


def _fill(command: str, *words: Any, **options: Any) -> None:
    if command == "migrate":
        connection.ensure_connection()
        schema.fill(connection.connection)


@pytest.fixture(scope="session", autouse=True)
def one_chain_of_middleware() -> Iterator[None]:
    """All clients of a process share one chain of middleware, as all visitors of a server do.

    Building it lists every static file, which took a quarter of the time of our tests. A test with settings of its own
    gets a chain of its own.
    """
    build, built = ClientHandler.load_middleware, dict[str, Any]()

    def load(handler: ClientHandler, is_async: bool = False) -> None:
        if is_async or isinstance(settings._wrapped, UserSettingsHolder):
            return build(handler, is_async)
        if not built:
            build(handler)
            built.update({name: value for name, value in vars(handler).items() if "_middleware" in name})
        vars(handler).update(built)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load)
        yield


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """Time stands still at `NOW`; a test moves it with `clock.shift(timedelta(…))` or `clock.move_to(…)`.

    Browsers, benches and tests of processes keep the real time: their other half cannot be stopped.
    """
    if any(request.node.get_closest_marker(name) for name in ("browser", "bench", "real_time")):
        yield None
        return
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A test that hangs fails, and says where it hung."""

    def give_up(number: int, frame: object) -> None:
        pytest.fail(f"took longer than {LONGEST_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def looking_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A GET that writes anything but `MAY_BE_WRITTEN_BY_LOOKING` fails the test that sent it."""
    plain_get = Client.get

    def get(client: Client, *words: Any, **more: Any) -> Any:
        written: list[str] = []

        def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            table = WRITING.match(sql)
            if table and table[1] not in MAY_BE_WRITTEN_BY_LOOKING:
                written.append(sql[:200])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            answer = plain_get(client, *words, **more)
        assert written == [], "a GET wrote"
        return answer

    monkeypatch.setattr(Client, "get", get)
