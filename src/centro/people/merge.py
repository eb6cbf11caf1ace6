"""Two files of one person become one, and for thirty days can become two again.

The kept file takes over phones, homes, jobs, consents and those who live with it, sealed anew under its own key, and
those details that it lacks. Where both say something, whoever merges chooses; a name that was not chosen stays among
the other names. The other file is hidden, not destroyed, until the thirty days are over. A phone that two people
share never merges anybody by itself.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from centro.core import access, clock, policy
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.core.vault.fields import SealedText
from centro.people import homes, names
from centro.people.models import (
    Consent,
    Email,
    Employment,
    Household,
    Involvement,
    Merge,
    Message,
    NotSame,
    Person,
    Phone,
    Purge,
    Referral,
    Residency,
    SameAs,
    Tagging,
    Thread,
)

UNDO_FOR = timedelta(days=30)
MOST_ALIASES = 300  # characters, as in the form
_BESIDE = "\x1e"  # in the hidden file: its own other names, then those that the kept one had
# What belongs to a person and follows a merge, by which column. Modules above add their tables by `also_move`.
_MOVED: list[tuple[type[models.Model], str]] = [
    (model, "person")
    for model in (Tagging, Phone, Email, Residency, Employment, Consent, Involvement, Message, Thread, Referral)
]
_AFTERWARDS: list[Callable[[Person], None]] = []
HOMES = "people.Household"  # in `Merge.moved`: who changed their household with the merge
CHOSEN = (
    "given",
    "family",
    "family2",
    "native",
    "romanized",
    "call_me",
    "birth_year",
    "age_band",
    "language",
    "zip",
    "safe_contact",
    "member_number",
)


class CannotMerge(Exception):
    """The two are the same file, or one of them is already merged away or is to be destroyed."""


class TooLate(Exception):
    """The thirty days are over, or the merge was already undone."""


def also_move(model: type[models.Model], column: str = "person") -> None:
    """A module above says: this column of this table is a person, and follows when two files become one."""
    _MOVED.append((model, column))


def also_do(after: Callable[[Person], None]) -> None:
    """A module above says: do this with each of the two people once their rows have moved, or moved back."""
    _AFTERWARDS.append(after)


def _tidy_up(*people: Person) -> None:
    for after in _AFTERWARDS:
        for person in people:
            after(person)


@transaction.atomic
def merge_people(*, by: Actor, kept: Person, gone: Person, take: Iterable[str] = ()) -> Merge:
    """One person, one file. `take` names the details in which the file that goes is right."""
    if kept.pk == gone.pk or kept.merged_into_id or gone.merged_into_id or _is_to_be_destroyed(kept, gone):
        raise CannotMerge
    filled = [name for name in CHOSEN if getattr(gone, name) and (name in set(take) or not getattr(kept, name))]
    known_as = [*_names_of(kept), *_names_of(gone)]
    row = Merge(kept=kept, gone=gone, by_id=by.user_id)
    row.moved = _move(gone, kept) | _move_housemates(gone, kept)
    _join_threads(gone, kept)
    row.filled = filled
    for name in filled:  # the hidden file keeps what the kept one said, so that an undo can give both back
        of_kept, of_gone = getattr(kept, name), getattr(gone, name)
        setattr(kept, name, of_gone)
        setattr(gone, name, of_kept)
    _keep_other_names(kept, gone, known_as)
    kept.changed_at = gone.changed_at = clock.now()
    kept.version += 1
    gone.merged_into = kept
    kept.save()
    gone.save()
    row.save()
    SameAs.objects.filter(one__in=(kept, gone), other__in=(kept, gone)).delete()
    _tidy_up(kept, gone)
    record_event("person.merged", by=by, about=row, person=kept.pk, codes=filled)
    record_event("person.merged", by=by, about=row, person=gone.pk)
    return row


def _is_to_be_destroyed(*people: Person) -> bool:
    """A purge of one of them is open: merged, what was to be destroyed would live on under another name."""
    asked = Purge.objects.filter(person_id__in=[person.pk for person in people])
    return asked.filter(done_at__isnull=True, cancelled_at__isnull=True).exists()


def _names_of(person: Person) -> list[str]:
    """Every name somebody goes by; read as the program, because they are sealed again in the other file."""
    with access.viewing(policy.system("merge")):
        latin = " ".join(part for part in (person.given, person.family, person.family2) if part)
        return [str(name) for name in (latin, person.native, person.romanized, person.call_me) if name]


def _keep_other_names(kept: Person, gone: Person, known_as: list[str]) -> None:
    """Names that no longer stand in the kept file stay among its other names, where a search finds them."""
    with access.viewing(policy.system("merge")):
        own, of_kept = str(gone.aliases), str(kept.aliases)
    standing, others = _names_of(kept), names.listed(of_kept)
    for name in [*known_as, *names.listed(own)]:
        if not any(_is_part(name, other) for other in [*standing, *others]):
            others.append(name)
    while len("; ".join(others)) > MOST_ALIASES:
        others.pop()
    kept.aliases = "; ".join(others)
    gone.aliases = f"{own}{_BESIDE}{of_kept}"


def _is_part(name: str, other: str) -> bool:
    return set(names.fold(name).split()) <= set(names.fold(other).split())


def _move(source: Person, target: Person) -> dict[str, list[str]]:
    moved: dict[str, list[str]] = {}
    for model, column in _MOVED:
        rows = model._default_manager.filter(**{column: source})
        ids = [str(row.pk) for row in rows if _hand(row, target, column)]
        if ids:
            moved[_place(model, column)] = ids
    return moved


def _join_threads(gone: Person, kept: Person) -> None:
    """Where both were written to, what waits to be read in the hidden file's thread waits in the kept one's."""
    for thread in Thread.objects.filter(person=gone):
        other = Thread.objects.filter(person=kept, inbox=thread.inbox)
        other.filter(last_at__lt=thread.last_at).update(last_at=thread.last_at)
        if thread.unread_at:
            other.filter(unread_at__isnull=True).update(unread_at=thread.unread_at)
        if thread.may_mean_stop:
            other.update(may_mean_stop=True)


def _move_housemates(gone: Person, kept: Person) -> dict[str, list[str]]:
    """Whoever lives with the one file lives with the other. The hidden file stays at home, so that an undo finds it."""
    home = gone.household
    if home is None or home == kept.household:
        return {}
    if kept.household is None:
        kept.household = home
        return {HOMES: [str(kept.pk)]}
    housemates = Person.objects.filter(household=home).exclude(pk=gone.pk)
    ids = [str(pk) for pk in housemates.values_list("pk", flat=True)]
    Person.objects.filter(pk__in=ids).update(household=kept.household)
    return {HOMES: ids}


def _part_housemates(gone: Person, kept: Person, moved: list[str]) -> None:
    """As it was before the merge, for those who have not moved again since."""
    if str(kept.pk) in moved and kept.household == gone.household:
        kept.household = None
    if gone.household is not None and kept.household is not None:
        Person.objects.filter(pk__in=moved, household=kept.household).update(household=gone.household)


def _place(model: type[models.Model], column: str) -> str:
    return model._meta.label if column == "person" else f"{model._meta.label}.{column}"


def _hand(row: Any, target: Person, column: str) -> bool:
    """Give a row to another person, sealed under their key. False where the target has its like already."""
    with access.viewing(policy.system("merge")):
        texts = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if isinstance(f, SealedText)}
    for name, text in texts.items():
        setattr(row, name, text)
    setattr(row, column, target)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True


@transaction.atomic
def undo_merge(*, by: Actor, merge: Merge) -> None:
    """Two people after all: everything goes back to where it was."""
    if not can_undo(merge):
        raise TooLate
    kept, gone = merge.kept, merge.gone
    tables = {_place(model, column): (model, column) for model, column in _MOVED}
    _part_housemates(gone, kept, merge.moved.get(HOMES, []))
    for place in merge.moved.keys() & tables.keys():
        (model, column), ids = tables[place], merge.moved[place]
        for row in model._default_manager.filter(**{column: kept}, pk__in=ids):
            _hand(row, gone, column)
    with access.viewing(policy.system("merge")):
        details = {name: (getattr(gone, name), getattr(kept, name)) for name in merge.filled}
        aliases_of_gone, was_kept_beside, aliases_of_kept = str(gone.aliases).partition(_BESIDE)
    for name, (of_kept, of_gone) in details.items():
        setattr(kept, name, of_kept)
        setattr(gone, name, of_gone)
    if was_kept_beside:
        gone.aliases, kept.aliases = aliases_of_gone, aliases_of_kept
    gone.merged_into = None
    kept.changed_at = gone.changed_at = clock.now()
    kept.version += 1
    kept.save()
    gone.save()
    Merge.objects.filter(pk=merge.pk).update(undone_at=clock.now())
    _tidy_up(kept, gone)
    first, second = sorted((kept.pk, gone.pk))
    NotSame.objects.get_or_create(one_id=first, other_id=second, defaults={"said_by_id": by.user_id})
    record_event("person.unmerged", by=by, about=merge, person=kept.pk)
    record_event("person.unmerged", by=by, about=merge, person=gone.pk)


def can_undo(merge: Merge) -> bool:
    return merge.undone_at is None and clock.now() - merge.at < UNDO_FOR


def finish_old_merges() -> int:
    """After thirty days the hidden file is destroyed, key first. Safe to run twice. Returns how many."""
    old = Merge.objects.filter(undone_at__isnull=True, at__lte=clock.now() - UNDO_FOR).select_related("gone")[:200]
    hidden = [merge.gone for merge in old]
    with transaction.atomic():
        lived_in = homes.buildings_of(person.pk for person in hidden)
        households = {person.household_id for person in hidden if person.household_id}
        Person.objects.filter(pk__in=[person.pk for person in hidden]).delete()
        Household.objects.filter(pk__in=households, people__isnull=True).delete()
        bury([*(person.vault_id() for person in hidden), *homes.leave(lived_in)])
    return len(hidden)
