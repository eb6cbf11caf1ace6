"""Where people live: the building of an address is made once, taken again, and goes with the last who lived there."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef

from centro.core.vault import keyring
from centro.people.addresses import fold_address
from centro.people.models import Building, Residency

_PARTS = ("street", "city", "zip")


def settle(rows: Iterable[Residency]) -> list[UUID]:
    """Give each home the building of its address, known or new; call it in a transaction, before the homes are saved.

    Where somebody corrects the words of an address and it stays the same place, they are corrected for all who live
    there. Returns the buildings that were left: `leave` them once the homes are saved.
    """
    typed = [(row, {part: getattr(row, part) for part in _PARTS}) for row in rows if row.typed]
    buildings = _buildings_at({_fold(row, words): words for row, words in typed})
    left = []
    for row, words in typed:
        building = buildings[_fold(row, words)]
        _learn(building, words, is_correction=row.building_id == building.pk)
        if row.building_id not in {None, building.pk}:
            left.append(row.building_id)
        row.building = building
        row.typed.clear()
    return left


def leave(buildings: Iterable[UUID]) -> list[UUID]:
    """Take away those of these buildings where nobody lives or lived any more. Returns their vaults."""
    homes = Residency.objects.filter(building=OuterRef("pk"))
    empty = list(Building.objects.select_for_update().filter(~Exists(homes), pk__in=set(buildings)))
    Building.objects.filter(pk__in=[building.pk for building in empty]).delete()
    return [building.vault_id() for building in empty]


def buildings_of(people: Iterable[UUID]) -> list[UUID]:
    """Where these people live or lived: ask before their files are destroyed, to `leave` it afterwards."""
    return list(Residency.objects.filter(person__in=list(people)).values_list("building", flat=True))


def _fold(row: Residency, words: dict[str, str]) -> str:
    """What makes two addresses the same; one without a street is like no other."""
    return fold_address(words["street"], words["city"], words["zip"]) or str(row.pk)


def _buildings_at(wanted: dict[str, dict[str, str]]) -> dict[str, Building]:
    """Folded address → its building, known or new."""
    marks = {folded: keyring.blind("folded", folded) for folded in wanted}
    known = _by_mark(marks.values())
    new = {folded: words for folded, words in wanted.items() if marks[folded] not in known}
    if new:
        keys = keyring.new_vaults("building", len(new))
        rows = [Building(key=key, **words) for key, words in zip(keys, new.values(), strict=True)]
        for row, folded in zip(rows, new, strict=True):
            row.folded = folded
        Building.objects.bulk_create(rows, ignore_conflicts=True)  # of two who type it at once, one makes it
        known = _by_mark(marks.values())
    return {folded: known[mark] for folded, mark in marks.items()}


def _by_mark(marks: Iterable[bytes]) -> dict[bytes, Building]:
    rows = Building.objects.select_for_update().filter(folded_mark__in=list(marks))
    return {bytes(row.folded_mark): row for row in rows}


def _learn(building: Building, words: dict[str, str], *, is_correction: bool) -> None:
    """Take over what was typed: a correction wins; somebody new only adds what was not known."""
    new = {part: words[part] for part in _PARTS if is_correction or (words[part] and not building.__dict__[part])}
    for part, value in new.items():
        setattr(building, part, value)
    if new:
        building.save(update_fields=list(new))
