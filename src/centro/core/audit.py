"""The two append-only logs and the chain that shows when one was touched.

    mac(n) = HMAC-SHA256(audit key, mac(n-1) ‖ canonical row n)

The key lives in the keyring, so that whoever can write the database alone cannot recompute the chain. A cut-off
tail shows against the anchor that the keyring keeps of the last link it saw.
"""

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from centro.core import clock
from centro.core.models import Access, Event, LogEntry
from centro.core.policy import Actor
from centro.core.vault import keyring

_LOCKS: dict[type[LogEntry], int] = {Event: 620_001, Access: 620_002}
START = bytes(32)


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many links hold, and the first that does not (`None`: the chain is whole)."""

    log: str
    entries: int
    broken_at: int | None = None
    why: str = ""


def _canonical(row: LogEntry) -> bytes:
    values = {
        field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields if field.name != "mac"
    }
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return int(value.timestamp() * 1_000_000)
    return str(value) if isinstance(value, UUID) else value


def _mac(key: bytes, before: bytes, row: LogEntry) -> bytes:
    return hmac.digest(key, before + _canonical(row), "sha256")


def _append(rows: Sequence[LogEntry]) -> None:
    """Chain and insert rows of one log, in this transaction; writers of one log wait for each other."""
    log = type(rows[0])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCKS[log]])
    last = log._default_manager.order_by("-seq").values_list("seq", "mac").first()
    seq, before = (last[0], bytes(last[1])) if last else (0, START)
    key = keyring.named_key(f"audit:{log.__name__}")
    for row in rows:
        seq += 1
        row.seq = seq
        row.mac = before = _mac(key, before, row)
    log._default_manager.bulk_create(rows)


def record_event(
    kind: str,
    *,
    by: Actor,
    about: Any = None,
    person: UUID | None = None,
    codes: Iterable[str] = (),
) -> None:
    """Write what was done, in the same transaction as the thing itself: one or the other never stands alone."""
    record_events([_event(kind, by=by, about=about, person=person, codes=codes)])


def record_events(rows: Sequence[Event]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("an event is written in the transaction of what it records")
    if rows:
        _append(rows)


def _event(kind: str, *, by: Actor, about: Any, person: UUID | None, codes: Iterable[str]) -> Event:
    return Event(
        at=clock.now(),
        kind=kind,
        by=by.user_id,
        role=by.role or by.system[:20],
        about_kind=about._meta.model_name if about is not None else "",
        about=about.pk if about is not None else None,
        person=person,
        codes=sorted(codes),
    )


def event(kind: str, *, by: Actor, about: Any = None, person: UUID | None = None, codes: Iterable[str] = ()) -> Event:
    """An event not yet written, for actions that write many at once through `record_events`."""
    return _event(kind, by=by, about=about, person=person, codes=codes)


def record_access(
    kind: str,
    *,
    by: Actor,
    route: str,
    records: Iterable[UUID] = (),
    fields: Iterable[str] = (),
    count: int = 0,
) -> None:
    """Write what was opened, before the answer leaves."""
    ids = [str(record) for record in records]
    row = Access(
        at=clock.now(),
        kind=kind,
        by=by.user_id,
        role=by.role or by.system[:20],
        route=route[:80],
        records=ids[:200],
        fields=sorted(fields),
        count=count or len(ids),
    )
    with transaction.atomic():
        _append([row])


def verify(log: type[LogEntry]) -> Verdict:
    """Walk a chain from its first link; name the first that was altered, removed, moved or cut off."""
    key, before, expected = keyring.named_key(f"audit:{log.__name__}"), START, 0
    newest, mark = keyring.anchor(log.__name__) or (0, b"")
    for row in log._default_manager.order_by("seq").iterator(chunk_size=5000):
        expected += 1
        if row.seq != expected:
            return Verdict(log.__name__, expected - 1, expected, "missing")
        if not hmac.compare_digest(_mac(key, before, row), bytes(row.mac)):
            return Verdict(log.__name__, expected - 1, row.seq, "altered")
        before = bytes(row.mac)
        if expected == newest and before != mark:  # cut off, and grown again since
            return Verdict(log.__name__, expected - 1, expected, "cut off")
    if newest > expected:
        return Verdict(log.__name__, expected, expected + 1, "cut off")
    return Verdict(log.__name__, expected)


def drop_anchor(log: type[LogEntry]) -> None:
    """Let the keyring remember the newest link, so that a cut tail is seen. The worker does it every minute."""
    last = log._default_manager.order_by("-seq").values_list("seq", "mac").first()
    if last:
        keyring.set_anchor(log.__name__, last[0], bytes(last[1]))
