"""Searches kept under a name."""

from collections.abc import Mapping

from django.db import transaction

from centro.core import policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.organizing.models import Campaign, Search
from centro.people.versions import save_version


@transaction.atomic
def save_search(*, by: Actor, campaign: Campaign, name: str, shared: str, codes: Mapping[str, str]) -> Search:
    """Keep filters under a name, for oneself or to share."""
    search = Search(campaign=campaign, name=name, shared=shared, codes=dict(codes), owner_id=by.me)
    search.save()
    policy.opens_all(search, Relation(policy.relation_to(campaign)))
    record_event("contact.search_saved", by=by, about=search, codes=[*codes, shared])
    return search


@transaction.atomic
def edit_search(
    *, by: Actor, search: Search, version: int, name: str, shared: str, codes: Mapping[str, str] | None = None
) -> list[str]:
    """Another name, other people who find it, or other filters. `Conflict` when it was saved elsewhere first."""
    wanted = {"name": name, "shared": shared, **({"codes": dict(codes)} if codes is not None else {})}
    changed = save_version(search, version, wanted)
    if changed:
        record_event("contact.search_edited", by=by, about=search, codes=changed)
    return changed


@transaction.atomic
def drop_search(*, by: Actor, search: Search) -> None:
    """Not kept any more: the people in it stay as they are."""
    record_event("contact.search_dropped", by=by, about=search)
    search.delete()
