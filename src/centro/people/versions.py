"""Two people edit one record: the second is told, and nothing is overwritten. For every table with a `version`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from centro.core import clock


@dataclass(frozen=True)
class Conflict(Exception):
    """Somebody else saved this record first. `now` is the record as it stands; nothing was overwritten."""

    now: Any


def take_version(row: Any, version: int, changes: Mapping[str, Any]) -> list[str]:
    """Set the fields that differ, if the record is still at `version`. Returns their names; `Conflict` otherwise."""
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    if not changed:
        return []
    claimed = type(row).objects.filter(pk=row.pk, version=version).update(version=version + 1)
    if not claimed:
        raise Conflict(row)
    row.version = version + 1
    for name in changed:
        setattr(row, name, changes[name])
    return changed


def save_version(row: Any, version: int, changes: Mapping[str, Any]) -> list[str]:
    """The same, and save them."""
    changed = take_version(row, version, changes)
    if changed:
        row.changed_at = clock.now()
        row.save(update_fields=[*changed, "changed_at"])
    return changed
