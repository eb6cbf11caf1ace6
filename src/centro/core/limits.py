"""Where limits on guesses and used one-time codes are kept: a table, because they must hold for every process."""

import base64
import itertools
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from centro.core import clock

CULL_EVERY = 100  # writes of one process: in between, the table may grow a little over its limit

_writes = itertools.count()


class LimitsTable(DatabaseCache):
    """Django's cache in a table, with one statement for each write instead of three in a transaction and a count.

    A limit that cannot be written is an error here, where Django goes on as if nothing had been counted.
    """

    _table: str
    _cull: Callable[..., None]

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._write(self.make_and_validate_key(key, version=version), value, timeout)

    def add(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write where there is nothing, or what is there is over; whether it was written."""
        return self._write(self.make_and_validate_key(key, version=version), value, timeout, only_new=True)

    def _write(self, key: str, value: Any, timeout: float | None, *, only_new: bool = False) -> bool:
        now, table = clock.now().replace(microsecond=0), connection.ops.quote_name(self._table)
        at, adapt = self.get_backend_timeout(timeout), connection.ops.adapt_datetimefield_value
        expires = datetime.max.replace(tzinfo=UTC) if at is None else datetime.fromtimestamp(at, tz=UTC)
        packed = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        statement = (
            f"insert into {table} (cache_key, value, expires) values (%s, %s, %s) "  # noqa: S608  (a name of our settings)
            "on conflict (cache_key) do update set value = excluded.value, expires = excluded.expires"
        )
        values = [key, packed, adapt(expires.replace(microsecond=0))]
        if only_new:
            statement, values = f"{statement} where {table}.expires < %s", [*values, adapt(now)]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            is_written: bool = cursor.rowcount == 1
            if next(_writes) % CULL_EVERY == 0:
                self._cull_if_full(cursor, now, table)
        return is_written

    def _cull_if_full(self, cursor: Any, now: datetime, table: str) -> None:
        cursor.execute(f"select count(*) from {table}")  # noqa: S608
        (count,) = cursor.fetchone()
        if count > self._max_entries:
            self._cull(connection.alias, cursor, now, count)
