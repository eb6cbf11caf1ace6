"""What a production would hand over, item by item, and the privilege log of what it keeps back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import AttorneyNote, Case, LedgerEntry, Letter, LogLine, Matter, Production
from centro.clinic.models.productions import ProducedKind
from centro.clinic.queries.cases import get_case
from centro.clinic.queries.matters import hidden_from
from centro.clinic.queries.named import not_only_for
from centro.core.classes import FieldClass, Role
from centro.core.documents.queries import documents_about, uploads_about
from centro.core.models import Document, User
from centro.core.money import dollars
from centro.core.policy import Actor, Refused

PRODUCTION = "production"


@dataclass(frozen=True)
class Item:
    """One thing handed over: what it is, of which day, by whom (an account), and its hash or its words."""

    kind: str | Promise
    at: datetime
    who: str
    words: str


@dataclass(frozen=True)
class Withheld:
    """One thing kept back: what it is, of which day, by whom. Never a word of it."""

    kind: str | Promise
    at: datetime
    who: str


T = TypeVar("T", Item, Withheld)


@dataclass(frozen=True)
class Answer:
    """What goes out, and the privilege log."""

    items: list[Item]
    withheld: list[Withheld]


def get_production(actor: Actor, production: UUID, verb: str) -> Production:
    """A production of a case on which this actor may do this."""
    row = Production.objects.select_related("demand", "document").filter(pk=production).first()
    if row is None:
        raise Refused(f"case.{verb}")
    row.case = get_case(actor, row.case_id, verb)
    return row


def productions_of(case: Case) -> list[Production]:
    """The productions of a case that a query fetched for the actor, the newest first."""
    rows = list(case.productions.select_related("demand"))
    for row in rows:
        row.case = case
    return rows


def answer_of(actor: Actor, production: Production) -> Answer:
    """What goes out and what stays, in the order of time. The case comes from `get_case`.

    Of a restricted matter nothing is there, unless whoever proposed it and whoever looks at it now are named on it.
    """
    case, kinds, hidden = production.case, set(production.kinds), _hidden_matters(actor, production)
    papers = _papers_outside(case, hidden)
    items = [
        *(_papers(papers) if ProducedKind.PAPERS in kinds else ()),
        *(_files(case, hidden) if ProducedKind.FILES in kinds else ()),
        *(_log(case, hidden) if ProducedKind.LOG in kinds else ()),
        *(_ledger(case, hidden) if ProducedKind.LEDGER in kinds else ()),
    ]
    withheld = [*_attorney_notes(case), *_secret_papers(papers)]
    return Answer(_in_days(items, production), _in_days(withheld, production))


def _hidden_matters(actor: Actor, production: Production) -> list[UUID]:
    """The restricted matters of the case on which one of the two people of a production is not named."""
    proposer = Actor(user_id=production.proposed_by_id, role=Role.ATTORNEY)
    rows = Matter.objects.filter(hidden_from(actor) | hidden_from(proposer), case=production.case)
    return list(rows.values_list("pk", flat=True))


def _papers_outside(case: Case, hidden: list[UUID]) -> list[Document]:
    """The papers of a case, without the letters of these matters and without earlier productions."""
    letters = Letter.objects.filter(matter__in=hidden).values_list("document_id", "mirror_document_id")
    left_out = {pk for pair in letters for pk in pair}
    return [row for row in documents_about(case) if row.pk not in left_out and row.kind != PRODUCTION]


def _in_days(rows: list[T], production: Production) -> list[T]:
    """Those of the days that were asked about, the oldest first."""
    first, last = production.from_on or date.min, production.to_on or date.max
    return sorted((row for row in rows if first <= _day(row.at) <= last), key=lambda row: row.at)


def _papers(papers: list[Document]) -> Iterator[Item]:
    """Papers below the class of the attorney file."""
    rows = [row for row in papers if row.field_class < FieldClass.C4]
    names = _accounts(row.by_id for row in rows)
    for row in rows:
        yield Item(
            _("Paper we issued"), row.at, names.get(row.by_id, ""), f"{row.kind} {row.short_id} SHA-256 {row.digest}"
        )


def _secret_papers(papers: list[Document]) -> Iterator[Withheld]:
    rows = [row for row in papers if row.field_class >= FieldClass.C4]
    names = _accounts(row.by_id for row in rows)
    for row in rows:
        yield Withheld(_("Paper of the attorney file"), row.at, names.get(row.by_id, ""))


def _files(case: Case, hidden: list[UUID]) -> Iterator[Item]:
    """Files below the class of the attorney file, without those that are only for these matters."""
    shown = not_only_for(case.exhibits.all(), case.matters.filter(pk__in=hidden))
    left_out = case.exhibit_files.exclude(exhibit__in=shown.values("pk")).values_list("upload", flat=True)
    secret = set(left_out)
    rows = [row for row in uploads_about(case) if row.field_class < FieldClass.C4 and row.pk not in secret]
    names = _accounts(row.by_id for row in rows)
    for row in rows:
        yield Item(_("File the worker brought"), row.at, names.get(row.by_id, ""), f"{row.name} SHA-256 {row.digest}")


def _log(case: Case, hidden: list[UUID]) -> Iterator[Item]:
    rows: list[LogLine] = list(case.log.exclude(matter__in=hidden))
    names = _accounts(row.by_id for row in rows)
    for row in rows:
        row.case = case
        yield Item(row.get_kind_display(), row.at, names.get(row.by_id, ""), row.words)


def _ledger(case: Case, hidden: list[UUID]) -> Iterator[Item]:
    rows: list[LedgerEntry] = list(case.ledger.filter(taken_back_at__isnull=True).exclude(matter__in=hidden))
    names = _accounts(row.by_id for row in rows)
    for row in rows:
        at = timezone.make_aware(datetime.combine(row.on, time(12)))
        yield Item(row.get_kind_display(), at, names.get(row.by_id, ""), dollars(row.cents))


def _attorney_notes(case: Case) -> Iterator[Withheld]:
    """Days and authors of the attorney file: what a privilege log says. The notes themselves are not read."""
    rows = list(AttorneyNote.objects.filter(file__case=case).defer("words"))
    names = _accounts(row.by_id for row in rows)
    for row in rows:
        yield Withheld(_("Note of the attorney file"), row.at, names.get(row.by_id, ""))


def _accounts(users: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Accounts by id; a production names staff by account."""
    known = User.objects.filter(pk__in={user for user in users if user})
    return dict(known.values_list("pk", "username"))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
