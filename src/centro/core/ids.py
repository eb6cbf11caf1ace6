"""Ids in what was sent: from an address or a form, where anybody may have written anything."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """Those of these texts that are ids, in their order."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def id_in(data: Mapping[str, Any], name: str) -> UUID | None:
    """The id that stands there under this name; None where none does."""
    return next(iter(ids_in([data.get(name) or ""])), None)
