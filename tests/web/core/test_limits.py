"""The table of limits on guesses: one statement a write, nothing counted is lost, and it does not grow for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centro.core import limits
from centro.core.classes import Role
from centro.core.models import User

pytestmark = pytest.mark.django_db


def test_a_write_is_one_statement() -> None:
    cache.set("warm", 1)
    for write in (lambda: cache.set("a", [1]), lambda: cache.set("a", [1, 2]), lambda: cache.add("b", 1)):
        with CaptureQueriesContext(connection) as asked:
            write()
        assert len([query for query in asked if "count(*)" not in query["sql"]]) == 1
    assert (cache.get("a"), cache.get("b")) == ([1, 2], 1)


def test_what_is_held_is_not_added_again_until_it_is_over(clock: Any) -> None:
    assert cache.add("code", "first", timeout=30)
    assert not cache.add("code", "second", timeout=30)
    assert cache.get("code") == "first"
    clock.shift(timedelta(seconds=32))
    assert cache.get("code") is None
    assert cache.add("code", "third", timeout=30)
    assert cache.get("code") == "third"


def test_what_is_over_is_overwritten_where_nobody_asked_for_it(clock: Any) -> None:
    cache.add("lock", "first", timeout=30)
    clock.shift(timedelta(seconds=32))
    assert cache.add("lock", "second", timeout=30)


def test_a_full_table_gives_up_what_is_over(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CULL_EVERY", 1)
    monkeypatch.setattr(caches["default"], "_max_entries", 5)
    for number in range(5):
        cache.set(f"old-{number}", number, timeout=30)
    clock.shift(timedelta(seconds=32))
    for number in range(2):
        cache.set(f"new-{number}", number, timeout=300)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from core_cache")
        assert cursor.fetchone()[0] == 2


def test_a_limit_that_cannot_be_written_is_an_error() -> None:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("insert"):
            raise DatabaseError
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse), pytest.raises(DatabaseError):
        cache.set("guesses", [1])


def test_a_sign_in_asks_little(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    with CaptureQueriesContext(connection) as asked:
        assert member.type_password().url == reverse("mfa_authenticate")
    assert len([query for query in asked if "count(*)" not in query["sql"]]) <= 20


def test_signing_in_and_its_event_are_one(with_app: Any, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    clock.shift(timedelta(minutes=1))
    member.type_password()
    before = User.objects.get(pk=member.user.pk).last_login

    def fail(*words: Any, **more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("centro.core.accounts.record_event", fail)
    member.client.raise_request_exception = False
    assert member.type_code().status_code == 500
    member.user.refresh_from_db()
    assert member.user.last_login == before
