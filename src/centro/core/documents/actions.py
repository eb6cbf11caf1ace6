"""Writes: issue a document."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from centro.core import clock, content
from centro.core.audit import record_event
from centro.core.documents import blobs
from centro.core.documents.kinds import kind_of
from centro.core.documents.typeset import render
from centro.core.models import Document, User
from centro.core.policy import Actor
from centro.core.queries import get_center


@transaction.atomic
def issue_document(
    *, by: Actor, kind: str, about: Any, language: str, data: Mapping[str, Any], person: UUID | None = None
) -> Document:
    """Print a paper about a row and freeze it: what it says never changes again.

    `data` is what the template asks for, as text (see the head of the template); the title, the fixed text
    and the frame of the page are added here. The paper is sealed under the vault of `about`, and dies with
    it.
    """
    sort, at = kind_of(kind), clock.now()
    text = content.text("print", sort.text, language)
    paper = Document(
        key=about.vault_id(),
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
    page = {"title": text.title, "text": text.paragraphs, **data, "frame": _frame(paper, by, at)}
    pdf = render(sort.template, page, language, at=at)
    paper.digest = hashlib.sha256(pdf).hexdigest()
    blobs.write(paper, "issued", pdf)
    paper.save()
    paper.belongs_to(about)
    record_event("document.issued", by=by, about=paper, person=person, codes=[kind, language])
    return paper


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
