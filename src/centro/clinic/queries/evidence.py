"""Evidence of a case: exhibits with their files, and the lines of the index."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from centro.clinic.models import Case, Exhibit, Matter
from centro.clinic.papers.binding import Bound
from centro.clinic.papers.fields import written
from centro.clinic.papers.packet import Proof
from centro.clinic.queries.matters import hidden_from
from centro.clinic.queries.named import not_only_for
from centro.core.documents.queries import preview_bytes
from centro.core.models import Numbers, Upload
from centro.core.policy import Actor, Refused


def exhibits(actor: Actor, case: Case) -> list[Exhibit]:
    """The exhibits of a case that a query fetched for the actor, by their letter; with those set aside.

    None that is only for matters hidden from the actor.
    """
    rows = _shown(actor, case).select_related("brought_by", "confirmed_by")
    return _opened(case, rows.prefetch_related("files__upload__looked_by", "matters"))


def _shown(actor: Actor, case: Case) -> QuerySet[Exhibit]:
    return not_only_for(case.exhibits.all(), Matter.objects.filter(hidden_from(actor)))


def _counting(case: Case, matter: Matter | None) -> QuerySet[Exhibit]:
    """The exhibits that go into a paper of a matter: those for it, and those for the whole case.

    A paper of no matter is read by the whole team: it takes none that is only for restricted matters.
    """
    live = case.exhibits.filter(set_aside_at__isnull=True)
    if matter is None:
        return not_only_for(live, case.matters.filter(is_restricted=True))
    return not_only_for(live, case.matters.exclude(pk=matter.pk))


def _opened(case: Case, exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    rows = list(exhibits)
    for row in rows:
        row.case = case
        for upload in uploads_of(row):
            upload.belongs_to(case)
    return rows


def uploads_of(exhibit: Exhibit) -> list[Upload]:
    """The files of an exhibit in their order."""
    return [file.upload for file in exhibit.files.all()]


def to_look_at(rows: Iterable[Exhibit]) -> list[Upload]:
    """The files of exhibits that somebody has to look at for numbers, first those where one was seen."""
    found = [upload for row in rows for upload in uploads_of(row) if upload.is_asked_about]
    return sorted(found, key=lambda upload: upload.numbers != Numbers.SEEN)


def showing_numbers(case: Case, matter: Matter | None = None) -> list[str]:
    """The letters of exhibits that go into a paper and show a number that nobody covered or allowed."""
    shown = _counting(case, matter).filter(files__upload__numbers=Numbers.SEEN)
    return [row.letter for row in shown.distinct()]


def get_exhibit(actor: Actor, case: Case, exhibit: UUID) -> Exhibit:
    """One exhibit of a case that a query fetched for the actor; `Refused` for another case's, or a hidden one."""
    row = _shown(actor, case).filter(pk=exhibit).first()
    if row is None:
        raise Refused("exhibit")
    row.case = case
    return row


def bound(actor: Actor, case: Case, matter: Matter | None) -> list[Bound]:
    """The exhibits that go into a paper with the clean copies of their files; a recording has none."""
    live = _opened(case, _counting(case, matter).prefetch_related("files__upload"))
    return [Bound(row.letter, tuple(_copies(actor, row))) for row in live]


def _copies(actor: Actor, row: Exhibit) -> list[tuple[str, bytes]]:
    seen = [upload for upload in uploads_of(row) if upload.preview_kind in {"jpeg", "pdf"}]
    return [(upload.preview_kind, preview_bytes(actor, upload)) for upload in seen]


def proofs(case: Case, language: str, matter: Matter | None = None) -> list[Proof]:
    """The exhibits that go into a paper of a matter (or of the whole case), as the index prints them in a language."""
    rows = _counting(case, matter).select_related("brought_by", "confirmed_by")
    with translation.override(language):
        return [_proof(row, language) for row in _opened(case, rows.prefetch_related("files__upload__looked_by"))]


def _proof(row: Exhibit, language: str) -> Proof:
    uploads = uploads_of(row)
    return Proof(
        letter=row.letter,
        what=str(row.told if language != "en" and row.told else row.what),
        kind=str(row.get_kind_display()),
        dated=written("day", row.dated_on, language),
        from_whom=str(row.from_whom),
        pages=sum(upload.pages for upload in uploads),
        chain="; ".join(_chain(row, language)),
        digests=tuple(str(upload.digest) for upload in uploads),
    )


def _chain(row: Exhibit, language: str) -> list[str]:
    """Who brought it in and who noted that the worker confirmed it, and when."""
    brought = {
        "who": row.brought_by.username if row.brought_by else "—",
        "day": written("day", timezone.localtime(row.brought_at).date(), language),
    }
    found = [_("brought in by %(who)s on %(day)s") % brought]
    if row.confirmed_at:
        who = row.confirmed_by.username if row.confirmed_by else "—"
        day = written("day", timezone.localtime(row.confirmed_at).date(), language)
        found.append(_("confirmed by the worker on %(day)s (%(who)s)") % {"who": who, "day": day})
    return [*found, *(_covering(upload, language) for upload in uploads_of(row) if upload.numbers == Numbers.COVERED)]


def _covering(upload: Upload, language: str) -> str:
    """Who covered a number on a file, and when; whoever compares it with the original knows why they differ."""
    who = upload.looked_by.username if upload.looked_by else "—"
    day = written("day", timezone.localtime(upload.looked_at).date(), language) if upload.looked_at else "—"
    return _("a number covered by %(who)s on %(day)s") % {"who": who, "day": day}
