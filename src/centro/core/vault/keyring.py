"""The keyring: one small SQLite file with a key per vault, each wrapped by the epoch key, that by the root key.

Write order: the key is committed here first, then the data that it seals; a key without data is harmless. To purge
is to delete the key, truncate the log and rotate the epoch: backups of the database alone stay noise for ever.
"""

import hmac
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from centro.core.vault import root
from centro.core.vault.seal import Unreadable

SCHEMA = """
create table if not exists epoch (id integer primary key, wrapped blob not null, made_at integer not null);
create table if not exists vault (
    id blob primary key, kind text not null, epoch integer not null, wrapped blob not null, made_at integer not null
) without rowid;
create table if not exists named (name text primary key, epoch integer not null, wrapped blob not null) without rowid;
create table if not exists anchor (log text primary key, seq integer not null, mac blob not null) without rowid;
create index if not exists vault_epoch on vault (epoch);
"""
_local = threading.local()
_epochs: dict[tuple[str, int], bytes] = {}
_named: dict[tuple[str, str], bytes] = {}
_held: ContextVar[dict[UUID, bytes] | None] = ContextVar("vault_keys_of_this_request", default=None)


class KeyGone(Unreadable):
    """The vault was purged (or never was): what it sealed is unreadable for ever."""


def _file() -> Path:
    return _as_path(settings.KEYRING)


@lru_cache(maxsize=16)
def _as_path(place: Path | str) -> Path:
    """One `Path` a place: it is asked for with every key."""
    return Path(place)


def _open() -> sqlite3.Connection:
    path = str(_file())
    held: dict[str, sqlite3.Connection] = _local.__dict__.setdefault("connections", {})
    if path not in held:
        connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        connection.executescript(
            "pragma journal_mode=wal; pragma synchronous=full; pragma secure_delete=on; pragma trusted_schema=off;"
        )
        connection.executescript(SCHEMA)
        _file().chmod(0o600)
        held[path] = connection
    return held[path]


@contextmanager
def _writing() -> Iterator[sqlite3.Connection]:
    connection = _open()
    connection.execute("begin immediate")
    try:
        yield connection
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _wrap(outer: bytes, inner: bytes, label: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(outer).encrypt(nonce, inner, label)


def _unwrap(outer: bytes, wrapped: bytes, label: bytes) -> bytes:
    try:
        return AESGCM(outer).decrypt(wrapped[:12], wrapped[12:], label)
    except InvalidTag as error:
        raise Unreadable("a wrapped key does not open under this root key") from error


def _epoch_key(connection: sqlite3.Connection, epoch: int) -> bytes:
    mark = (str(_file()), epoch)
    if mark not in _epochs:
        row = connection.execute("select wrapped from epoch where id = ?", (epoch,)).fetchone()
        if row is None:
            raise KeyGone("the epoch key is gone")
        _epochs[mark] = _unwrap(root.key(), row[0], b"epoch:%d" % epoch)
    return _epochs[mark]


def _new_epoch(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("select coalesce(max(id), 0) from epoch").fetchone()
    epoch, key = last + 1, os.urandom(32)
    wrapped = _wrap(root.key(), key, b"epoch:%d" % epoch)
    connection.execute("insert into epoch values (?, ?, ?)", (epoch, wrapped, int(time.time())))
    _epochs[(str(_file()), epoch)] = key
    return int(epoch)


def _current_epoch(connection: sqlite3.Connection) -> int:
    (epoch,) = connection.execute("select max(id) from epoch").fetchone()
    return epoch or _new_epoch(connection)


def wrapped_anew_at() -> datetime:
    """When all keys were last wrapped under a new epoch key."""
    (made_at,) = _open().execute("select max(made_at) from epoch").fetchone()
    return datetime.fromtimestamp(made_at or 0, tz=UTC)


@contextmanager
def held_for_request() -> Iterator[None]:
    """Within this, each vault key is fetched once; outside, every use asks the keyring again."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def new_vaults(kind: str, count: int = 1) -> list[UUID]:
    """Make vault keys of one kind and commit them, before anything is sealed under them."""
    made = [(uuid4(), os.urandom(32)) for _ in range(count)]
    with _writing() as connection:
        epoch = _current_epoch(connection)
        outer, now = _epoch_key(connection, epoch), int(time.time())
        connection.executemany(
            "insert into vault values (?, ?, ?, ?, ?)",
            ((vault.bytes, kind, epoch, _wrap(outer, key, vault.bytes), now) for vault, key in made),
        )
    held = _held.get()
    if held is not None:
        held.update(made)
    return [vault for vault, _ in made]


def vault_key(vault: UUID) -> bytes:
    """The 32-byte key of a vault; `KeyGone` after a purge."""
    held = _held.get()
    if held is not None and vault in held:
        return held[vault]
    connection = _open()
    row = connection.execute("select epoch, wrapped from vault where id = ?", (vault.bytes,)).fetchone()
    if row is None:
        raise KeyGone("the vault was purged")
    key = _unwrap(_epoch_key(connection, row[0]), row[1], vault.bytes)
    if held is not None:
        held[vault] = key
    return key


def hold_all(kinds: list[str]) -> None:
    """Fetch every key of these kinds into `held_for_request` at once, for work that opens them all."""
    held, connection = _held.get(), _open()
    if held is None:
        raise RuntimeError("hold_all needs held_for_request")
    for kind in kinds:
        rows = connection.execute("select id, epoch, wrapped from vault where kind = ?", (kind,))
        held.update((UUID(bytes=v), _unwrap(_epoch_key(connection, epoch), wrapped, v)) for v, epoch, wrapped in rows)


def named_key(name: str) -> bytes:
    """A random key with a name (blind indexes, the audit chain), made at first use."""
    mark = (str(_file()), name)
    if mark in _named:
        return _named[mark]
    connection = _open()
    row = connection.execute("select epoch, wrapped from named where name = ?", (name,)).fetchone()
    if row is None:
        with _writing() as connection:
            epoch = _current_epoch(connection)
            wrapped = _wrap(_epoch_key(connection, epoch), os.urandom(32), name.encode())
            connection.execute("insert or ignore into named values (?, ?, ?)", (name, epoch, wrapped))
            row = connection.execute("select epoch, wrapped from named where name = ?", (name,)).fetchone()
    _named[mark] = _unwrap(_epoch_key(connection, row[0]), row[1], name.encode())
    return _named[mark]


def living(vaults: Iterable[UUID]) -> list[UUID]:
    """Those of these vaults that still have a key."""
    find = "select 1 from vault where id = ?"
    return [vault for vault in vaults if _open().execute(find, (vault.bytes,)).fetchone()]


def shred(vaults: list[UUID]) -> int:
    """Delete vault keys, then the epoch that wrapped them. Returns how many there were.

    What they sealed cannot be read again: not here, not from a copy of the database, and not from a later backup
    of this file. Every other key is wrapped anew (0.75 s for 100,000).
    """
    with _writing() as connection:
        gone = sum(connection.execute("delete from vault where id = ?", (v.bytes,)).rowcount for v in vaults)
    held = _held.get()
    for vault in vaults:
        if held is not None:
            held.pop(vault, None)
    rotate()
    return gone


def rotate() -> int:
    """Wrap every key under a new epoch and destroy the old ones; readers go on. Returns the keys wrapped."""
    with _writing() as connection:
        old = [epoch for (epoch,) in connection.execute("select id from epoch")]
        if not old:
            return 0
        keys = {epoch: _epoch_key(connection, epoch) for epoch in old}
        fresh = _new_epoch(connection)
        outer = _epoch_key(connection, fresh)
        vaults = connection.execute("select id, epoch, wrapped from vault").fetchall()
        connection.executemany(
            "update vault set epoch = ?, wrapped = ? where id = ?",
            ((fresh, _wrap(outer, _unwrap(keys[e], w, v), v), v) for v, e, w in vaults),
        )
        for name, epoch, wrapped in connection.execute("select name, epoch, wrapped from named").fetchall():
            label = name.encode()
            again = _wrap(outer, _unwrap(keys[epoch], wrapped, label), label)
            connection.execute("update named set epoch = ?, wrapped = ? where name = ?", (fresh, again, name))
        connection.executemany("delete from epoch where id = ?", ((epoch,) for epoch in old))
    for epoch in old:
        _epochs.pop((str(_file()), epoch), None)
    _open().execute("pragma wal_checkpoint(truncate)")
    return len(vaults)


def blind(name: str, value: str) -> bytes:
    """A 128-bit keyed mark of a near-unique value (a phone, an e-mail, a member number), for exact look-up.

    Never for names or categories: how often a mark returns would tell them.
    """
    return hmac.digest(named_key(f"blind:{name}"), value.encode(), "sha256")[:16]


def copy_to(path: Path) -> None:
    """Write a whole copy of the keyring (its keys wrapped as they are) to a new file, for a backup."""
    _open().execute("vacuum into ?", (str(path),))


def set_anchor(log: str, seq: int, mac: bytes) -> None:
    """Remember the newest link of a log."""
    with _writing() as connection:
        connection.execute("insert or replace into anchor values (?, ?, ?)", (log, seq, mac))


def anchor(log: str) -> tuple[int, bytes] | None:
    """The newest link of a log that the keyring was told of."""
    row: tuple[int, bytes] | None = _open().execute("select seq, mac from anchor where log = ?", (log,)).fetchone()
    return row


def forget() -> None:
    """Drop what this process remembers of keys (after a restore, between tests)."""
    for connection in _local.__dict__.pop("connections", {}).values():
        connection.close()
    _epochs.clear()
    _named.clear()
