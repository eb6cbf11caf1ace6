"""Who may open a paper: whoever may open the row it is about. Modules above say how that row is fetched."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from centro.core.policy import Actor, Refused

Fetch = Callable[[Actor, UUID, str], Any]
_fetchers: dict[str, Fetch] = {}


def register_owner(about_kind: str, fetch: Fetch) -> None:
    """Say how rows of this kind are fetched: `fetch(actor, id, verb)` gives the row, or raises `Refused`.

    The verb is `print` for documents and `see` for files brought in.
    """
    _fetchers[about_kind] = fetch


def owner_of(actor: Actor, about_kind: str, about: UUID, verb: str) -> Any:
    """The row as this actor may see it; `Refused`: absent, not theirs, or of a kind nobody registered."""
    fetch = _fetchers.get(about_kind)
    if fetch is None:
        raise Refused(about_kind)
    return fetch(actor, about, verb)
