"""Writes: issue a document, take in a file."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from centro.core import clock, content
from centro.core.audit import record_event
from centro.core.classes import FieldClass
from centro.core.documents import blobs
from centro.core.documents.kinds import kind_of
from centro.core.documents.queries import original_bytes, preview_bytes
from centro.core.documents.typeset import render
from centro.core.documents.uploads import Examined
from centro.core.models import Document, Numbers, Upload, User
from centro.core.policy import Actor
from centro.core.queries import get_center


@transaction.atomic
def issue_document(
    *,
    by: Actor,
    kind: str,
    about: Any,
    language: str,
    data: Mapping[str, Any],
    person: UUID | None = None,
    bind: Callable[[bytes], bytes] | None = None,
) -> Document:
    """Print a paper about a row and freeze it: what it says never changes again.

    `data` is what the template asks for, as text (see the head of the template); the title, the fixed text
    and the frame of the page are added here; `bind` may add pages before it is frozen. The paper is sealed under
    the vault of `about`, and dies with it; one for the hand has a key of its own, which dies after a day.
    """
    sort, at = kind_of(kind), clock.now()
    text = content.text(sort.folder, sort.text, language)
    paper = Document(
        about_kind=about._meta.model_name,
        about=about.pk,
        person=person,
        klass=int(sort.klass),
        by_id=by.user_id,
        at=at,
        kind=kind,
        language=language,
        text_version=text.version,
    )
    if not sort.for_hand:
        paper.key = about.vault_id()
    page = {"title": text.title, "text": text.paragraphs, **data, "frame": _frame(paper, by, at)}
    pdf = render(sort.template, page, language, at=at)
    pdf = bind(pdf) if bind else pdf
    paper.digest = hashlib.sha256(pdf).hexdigest()
    blobs.write(paper, "issued", pdf)
    paper.save()
    paper.belongs_to(about)
    record_event("document.issued", by=by, about=paper, person=person, codes=[kind, language])
    return paper


@transaction.atomic
def keep_upload(
    *,
    by: Actor,
    about: Any,
    file: Examined,
    person: UUID | None = None,
    klass: FieldClass = FieldClass.C3,
    keeps_original: bool = True,
) -> Upload:
    """Keep a file that somebody brought in: the original untouched (not of ID papers), and its clean copy.

    Name and SHA-256 are sealed with it, under the vault of `about`. Call it with files examined before the transaction.
    """
    upload = Upload(
        key=about.vault_id(),
        about_kind=about._meta.model_name,
        about=about.pk,
        person=person,
        klass=int(klass),
        by_id=by.user_id,
        kind=file.kind,
        name=file.name,
        digest=file.digest,
        size=len(file.content),
        pages=file.pages,
        has_original=keeps_original,
        preview_kind=file.preview_kind,
        is_scanned=file.is_scanned,
        numbers=_numbers(file),
    )
    if keeps_original:
        blobs.write(upload, "original", file.content)
    if file.preview_kind:
        blobs.write(upload, "preview", file.preview)
    upload.save()
    upload.belongs_to(about)
    record_event("upload.kept", by=by, about=upload, person=person, codes=[file.kind])
    return upload


# What a copy of a file says of it, besides whose it is.
_COPIED = (
    "klass", "by_id", "at", "kind", "name", "digest", "size", "pages", "has_original", "preview_kind", "is_scanned",
    "numbers", "looked_by_id", "looked_at",
)  # fmt: skip


@transaction.atomic
def copy_upload(*, by: Actor, upload: Upload, about: Any, person: UUID | None = None) -> Upload:
    """The same file once more, about another row and sealed under its vault: who brought it, and when, stays.

    `Refused` for an actor who may not open it. The first one stays where it is.
    """
    copy = Upload(about_kind=about._meta.model_name, about=about.pk, person=person, key=about.vault_id())
    for name in _COPIED:
        setattr(copy, name, getattr(upload, name))
    if upload.has_original:
        blobs.write(copy, "original", original_bytes(by, upload))
    if upload.preview_kind:
        blobs.write(copy, "preview", preview_bytes(by, upload))
    copy.save()
    copy.belongs_to(about)
    record_event("upload.kept", by=by, about=copy, person=person, codes=[copy.kind])
    return copy


def _numbers(file: Examined) -> Numbers:
    """What the search says: photos and scans have to be looked at, and sound cannot show anything."""
    if file.seen:
        return Numbers.SEEN
    return Numbers.NONE if file.is_searched or not file.preview_kind else Numbers.ASK


def _frame(paper: Document, by: Actor, at: datetime) -> dict[str, str]:
    """Head and foot of every page: the center, the paper's number, its text, its day, and who printed it."""
    center = get_center()
    user = User.objects.filter(pk=by.user_id).values_list("username", flat=True).first()
    with translation.override(paper.language):
        day = formats.date_format(timezone.localtime(at), "DATE_FORMAT")
        mark = _("Paper %(number)s · text of %(version)s · printed on %(day)s by %(user)s")
        return {
            "center": center.name,
            "contact": " · ".join(line for line in (center.phone, center.address) if line),
            "accent": center.accent,
            "mark": mark
            % {"number": paper.short_id, "version": paper.text_version, "day": day, "user": user or "Centro"},
            "page": _("Page {n} of {m}"),
        }
