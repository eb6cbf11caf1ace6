"""Who may open a paper: whoever may open the row it is about. Modules above say how that row is fetched."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from centro.core.policy import Actor, Refused

Fetch = Callable[[Actor, UUID, str], Any]


@dataclass(frozen=True)
class Owner:
    """What is known of a kind of owner: how it is fetched, its page, and whether a hold keeps it as it is."""

    fetch: Fetch
    home: Callable[[Any], str]
    is_held: Callable[[Any], bool]
    shows: Callable[[Actor, UUID], bool]


_owners: dict[str, Owner] = {}


def register_owner(
    about_kind: str,
    fetch: Fetch,
    *,
    home: Callable[[Any], str] = lambda _row: "/",
    is_held: Callable[[Any], bool] = lambda _row: False,
    shows: Callable[[Actor, UUID], bool] = lambda _actor, _paper: True,
) -> None:
    """Say how rows of this kind are fetched: `fetch(actor, id, verb)` gives the row, or raises `Refused`.

    The verb is `print` for documents, `see` for files brought in, `edit` to cover something on them; `home` is the
    page where their files stand. `shows(actor, id of a paper)`: false for one that is
    narrower than its owner.
    """
    _owners[about_kind] = Owner(fetch, home, is_held, shows)


def owner_of(actor: Actor, about_kind: str, about: UUID, verb: str) -> Any:
    """The row as this actor may see it; `Refused`: absent, not theirs, or of a kind nobody registered."""
    kind = _owners.get(about_kind)
    if kind is None:
        raise Refused(about_kind)
    return kind.fetch(actor, about, verb)


def shows(actor: Actor, about_kind: str, paper: UUID) -> bool:
    """Whether this actor, who may open the owner, may open this paper of it too."""
    return _owners[about_kind].shows(actor, paper)


def home_of(about_kind: str, row: Any) -> str:
    """The page of an owner where its files stand."""
    return _owners[about_kind].home(row)


def is_held(about_kind: str, row: Any) -> bool:
    """Whether a hold forbids to destroy anything of an owner."""
    return _owners[about_kind].is_held(row)
