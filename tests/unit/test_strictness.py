"""The test bench itself is strict: each promise of tests/conftest.py is shown to hold."""

import signal
import socket
import time
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_socket
import time_machine
from django.conf import settings
from django.template import engines
from django.utils import timezone

MONDAY_MORNING = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def test_the_clock_stands_still_until_moved(clock: time_machine.Traveller) -> None:
    assert timezone.now() == MONDAY_MORNING  # noqa: TID251
    assert time.time() == MONDAY_MORNING.timestamp()
    clock.shift(timedelta(hours=1))
    assert time.time() == MONDAY_MORNING.timestamp() + 3600


def test_the_network_is_closed() -> None:
    with pytest.raises(pytest_socket.SocketConnectBlockedError), socket.socket() as line:
        line.connect(("192.0.2.1", 443))


def test_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as line,
    ):
        assert line.getpeername() == server.getsockname()


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="planted"):
        warnings.warn("planted", stacklevel=1)


def test_an_undefined_word_in_a_page_fails() -> None:
    page = engines["django"].from_string("{{ nobody_said_this }}")
    with pytest.raises(pytest.fail.Exception, match="nobody_said_this"):
        page.render({})


def test_the_data_folder_belongs_to_this_run() -> None:
    assert settings.TESTING
    assert "centro-test-" in Path(settings.DATA).name
    assert len(settings.ROOT_KEY_FILE.read_bytes()) == 32


@pytest.mark.real_time
def test_a_test_that_hangs_is_ended() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0.05)  # what `patience` set to minutes
    with pytest.raises(pytest.fail.Exception, match="took longer"):
        time.sleep(5)
