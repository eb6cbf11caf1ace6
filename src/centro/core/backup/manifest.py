"""What a snapshot says about itself: hashes, counts, heads of the logs, files. Signed with a key of the keyring."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from centro.core.vault import keyring

FORMAT = 1
LOGS = {"Event": "core_event", "Access": "core_access"}
_SIGNING = "backup:manifest"


class NotOurs(Exception):
    """The manifest was not signed by this center's keyring."""


def ready_to_sign() -> None:
    """Have the signing key in the keyring before the keyring is copied."""
    keyring.named_key(_SIGNING)


@dataclass
class Manifest:
    """`parts`: part → SHA-256 of its clear bytes; `tables`: rows; `heads`: last link of a log; `files`: bytes."""

    stamp: str
    vendor: str
    parts: dict[str, str]
    tables: dict[str, int]
    heads: dict[str, tuple[int, str]]
    migrations: list[str]
    files: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT
    mac: str = ""

    def _signed(self) -> bytes:
        facts = {**asdict(self), "mac": ""}
        return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()

    def sign(self) -> None:
        self.mac = hmac.digest(keyring.named_key(_SIGNING), self._signed(), "sha256").hex()

    def check_signature(self) -> None:
        expected = hmac.digest(keyring.named_key(_SIGNING), self._signed(), "sha256").hex()
        if not hmac.compare_digest(expected, self.mac):
            raise NotOurs("the manifest was not signed by the keyring beside it")

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode()


def read_manifest(content: bytes) -> Manifest:
    facts: dict[str, Any] = json.loads(content)
    if facts.get("format") != FORMAT:
        raise NotOurs(f"the manifest is of format {facts.get('format')}, this version reads {FORMAT}")
    heads = {log: (int(seq), str(mac)) for log, (seq, mac) in facts.pop("heads").items()}
    return Manifest(heads=heads, **facts)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def count_tables(cursor: Any) -> dict[str, int]:
    """Rows of every table, as this cursor sees them. (S608: the names come from the database's own list.)"""
    names = sorted(connection.introspection.table_names())
    counts = {}
    for name in names:
        cursor.execute(f"select count(*) from {connection.ops.quote_name(name)}")  # noqa: S608
        counts[name] = int(cursor.fetchone()[0])
    return counts


def read_heads(cursor: Any) -> dict[str, tuple[int, str]]:
    """The last link of each log; (0, "") for an empty one."""
    heads = {}
    for log, table in LOGS.items():
        cursor.execute(f"select seq, mac from {table} order by seq desc limit 1")  # noqa: S608
        row = cursor.fetchone()
        heads[log] = (int(row[0]), bytes(row[1]).hex()) if row else (0, "")
    return heads


def applied_migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
