"""The conflict check: do we already help the other side, or act against this worker?

It opens names of people and employers without asking who looks, because a conflict must be found even where nobody at
this desk may see the case. What it gives back are record ids; no page shows more than that something was found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from centro.clinic.choices import OVER
from centro.clinic.intake.answers import Answers
from centro.clinic.intake.sameness import may_be_same
from centro.clinic.models import Case, ConflictCheck, Intake
from centro.core.policy import Actor, Refused
from centro.core.vault.fields import open_columns
from centro.people import search
from centro.people.models import Employer, Person, Workplace
from centro.people.names import fold

_PERSON_NAMES = ("call_me", "given", "family", "family2", "native", "romanized")
_SHOP_NAMES = ("name", "name_on_checks", "aliases")


@dataclass(frozen=True)
class Found:
    """What the two steps found: record ids, and which of the names just typed they hang on."""

    worker: tuple[str, ...]
    other: tuple[str, ...]
    matched: tuple[str, ...]


def adverse_names(answers: Answers) -> tuple[str, ...]:
    """Everybody on the other side, as typed: the shop, its checks, owners, bosses, companies above."""
    names = [answers.text("sign_name"), answers.text("check_name")]
    names += [name for key in ("owner_names", "boss_names", "above_names") for name in answers.many(key)]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def worker_names(answers: Answers) -> tuple[str, ...]:
    return tuple(name for name in (answers.text("whole_name"), answers.text("call_me")) if name)


@dataclass(frozen=True)
class Here:
    """Whoever the check is about: their own intake, case and file are no conflict."""

    intake: UUID | None
    case: UUID | None
    person: UUID | None


def compare(intake: Intake, answers: Answers) -> Found:
    """The names that an intake was told."""
    here = Here(intake.pk, intake.case_id, intake.person_id)
    return _compare(worker_names(answers), adverse_names(answers), here)


def compare_case(case: Case) -> Found:
    """The names of a case that is open, as they stand now: the worker, and the employer as they say it and as we know.

    The actor sees the case; its person and workplace came with it.
    """
    shop = case.workplace
    typed = [str(case.employer_name), *([shop.name, shop.name_on_checks] if shop else [])]
    worker = [
        name for row in _rows(Person, _PERSON_NAMES, [case.person_id]) for name in _whole_names(*map(str, row[1:]))
    ]
    own = Intake.objects.filter(case=case).values_list("pk", flat=True).first()
    return _compare(worker, dict.fromkeys(name for name in typed if name), Here(own, case.pk, case.person_id))


def _compare(worker_side: Iterable[str], typed: Iterable[str], here: Here) -> Found:
    """Step one: is this worker the other side of a case? Step two: is anybody on the other side a person we help?"""
    worker = {hit for name in worker_side for hit in _cases_against(name, here)}
    other: dict[str, list[str]] = {}
    for name in typed:
        found = [hit for known in (name, *network_of(name)) for hit in _clients_called(known, here)]
        if found:
            other[name] = found
    hits = tuple(dict.fromkeys(hit for found in other.values() for hit in found))
    return Found(tuple(sorted(worker)), hits, tuple(other))


def network_of(name: str) -> tuple[str, ...]:
    """The other names of an owner or shop: the owner behind the sign, and every shop of that owner."""
    wanted = fold(name)
    shops = {shop for shop, line in search.workplace_lines().items() if wanted and wanted in line}
    owners = {pk for pk, *known in _rows(Employer, ("name", "aliases")) if _any_same(name, known)}
    owners |= set(Workplace.objects.filter(pk__in=shops, employer__isnull=False).values_list("employer_id", flat=True))
    shops |= set(Workplace.objects.filter(employer__in=owners).values_list("pk", flat=True))
    names = [text for _, *texts in _rows(Employer, ("name", "aliases"), owners) for text in _parts(texts)]
    names += [text for _, *texts in _rows(Workplace, _SHOP_NAMES, shops) for text in _parts(texts)]
    return tuple(dict.fromkeys(text for text in names if text and fold(text) != wanted))


def _cases_against(name: str, here: Here) -> Iterator[str]:
    """Cases and open intakes in which this name stands on the other side."""
    for case, employer in open_columns(Case.objects.all(), ("employer_name",), for_index=True):
        if case != here.case and may_be_same(name, employer):
            yield f"case:{case}"
    shops = {shop for shop, *texts in _rows(Workplace, _SHOP_NAMES) if _any_same(name, texts)}
    owners = {pk for pk, *texts in _rows(Employer, ("name", "aliases")) if _any_same(name, texts)}
    against = Case.objects.filter(workplace__in=shops) | Case.objects.filter(workplace__employer__in=owners)
    yield from (f"case:{case}" for case in against.exclude(pk=here.case).values_list("pk", flat=True))
    for other, answers in _open_intakes(here):
        if any(may_be_same(name, adverse) for adverse in adverse_names(answers)):
            yield f"intake:{other}"


def _clients_called(name: str, here: Here) -> Iterator[str]:
    """People with a case, or at the door now, who may be called this; never the worker who sits here."""
    clients = set(Case.objects.values_list("person_id", flat=True)) - {here.person}
    near = set(search.find(name, among=clients))
    for person, *parts in _rows(Person, _PERSON_NAMES, near):
        if any(may_be_same(name, known) for known in _whole_names(*map(str, parts))):
            yield f"person:{person}"
    for other, answers in _open_intakes(here):
        if any(may_be_same(name, known) for known in worker_names(answers)):
            yield f"intake:{other}"


def _whole_names(call_me: str, given: str, family: str, family2: str, native: str, romanized: str) -> list[str]:
    return [name for name in (f"{given} {family} {family2}".strip(), native, romanized, call_me) if name]


def _open_intakes(here: Here) -> Iterator[tuple[UUID, Answers]]:
    own = [here.intake] if here.intake else []
    rows = Intake.objects.exclude(pk__in=own).exclude(state__in=OVER).filter(case__isnull=True)
    for other, desk in open_columns(rows, ("desk",), for_index=True):
        yield other, Answers.from_text(desk)


def _rows(model: type, columns: tuple[str, ...], only: Iterable[UUID] | None = None) -> Iterator[tuple[UUID, ...]]:
    rows = model._default_manager.all()  # type: ignore[attr-defined]
    chosen = rows if only is None else rows.filter(pk__in=list(only))
    return open_columns(chosen, columns, for_index=True)


def _parts(texts: Iterable[object]) -> list[str]:
    """Names in a line of other names, which people part by commas or semicolons."""
    return [part.strip() for text in texts for part in str(text).replace(";", ",").split(",") if part.strip()]


def _any_same(name: str, texts: Iterable[object]) -> bool:
    return any(may_be_same(name, part, is_company=True) for part in _parts(texts))


# --- reads for pages --------------------------------------------------------------------------------------------


def newest_check(intake: Intake) -> ConflictCheck | None:
    """The last check of an intake that a query fetched for the actor."""
    row = intake.checks.select_related("by", "decided_by").first()
    if row is not None:
        row.intake = intake
    return row


def waiting(actor: Actor) -> list[Intake]:
    """Intakes in which an attorney has to decide, oldest first, for attorneys."""
    return list(Intake.objects.visible_to(actor, "clear").filter(state="conflict").order_by("changed_at"))


def get_for_decision(actor: Actor, intake: UUID) -> tuple[Intake, ConflictCheck]:
    """The intake and its open check, for an attorney."""
    row: Intake = Intake.objects.get_for(actor, "clear", pk=intake)
    check = newest_check(row)
    if check is None or row.state != "conflict":
        raise Refused("intake.clear")
    return row, check


def open_hits(actor: Actor, hits: Iterable[str]) -> tuple[list[Case], int]:
    """The cases behind the hits that this attorney may open anyway, and how many belong to other teams."""
    ids: dict[str, set[UUID]] = {"case": set(), "person": set(), "intake": set()}
    for hit in hits:
        kind, _, pk = hit.partition(":")
        ids[kind].add(UUID(pk))
    related = Case.objects.filter(pk__in=ids["case"]) | Case.objects.filter(person_id__in=ids["person"])
    mine = list(Case.objects.visible_to(actor, "see").filter(pk__in=related.values("pk")).order_by("-opened_at")[:20])
    return mine, related.count() - len(mine) + len(ids["intake"])
