"""Reads: papers, for those who may open what they are about."""

from typing import Any, TypeVar
from uuid import UUID

from centro.core import access, policy
from centro.core.access import Sight
from centro.core.classes import FieldClass
from centro.core.documents import blobs
from centro.core.documents.kinds import kinds_for_hand
from centro.core.documents.owners import owner_of, shows
from centro.core.models import Document, Paper, Upload
from centro.core.policy import Actor, Refused

P = TypeVar("P", bound=Paper)


def get_document(actor: Actor, pk: UUID) -> Document:
    """A document whose owner this actor may open; `Refused` otherwise."""
    return _get(actor, Document, pk, "print")


def get_upload(actor: Actor, pk: UUID) -> Upload:
    """An upload whose owner this actor may open; `Refused` otherwise."""
    return _get(actor, Upload, pk, "see")


def printed_about(actor: Actor, owner: Any) -> list[Document]:
    """Documents about a row that this actor may open: papers for the hand are only their own."""
    return [paper for paper in documents_about(owner) if _is_theirs(actor, paper)]


def keys_for_hand(person: UUID) -> list[UUID]:
    """The keys of papers for the hand about a person, who is to be purged."""
    rows = Document.objects.filter(person=person, kind__in=kinds_for_hand())
    return [key for key in rows.values_list("key", flat=True) if key]


def documents_about(owner: Any) -> list[Document]:
    """Documents about a row that was fetched for the actor, the newest first."""
    return _about(Document, owner)


def uploads_about(owner: Any) -> list[Upload]:
    """Files brought in about a row that was fetched for the actor, the newest first."""
    return _about(Upload, owner)


def document_bytes(actor: Actor, document: Document) -> bytes:
    """The PDF as it was issued, for an actor who may open all that it shows."""
    if not _is_theirs(actor, document):
        raise Refused("print")
    return _bytes(actor, document, "issued", document.field_class)


def preview_bytes(actor: Actor, upload: Upload) -> bytes:
    """The clean copy of a file."""
    if not upload.preview_kind:
        raise Refused("preview")
    return _bytes(actor, upload, "preview", upload.field_class)


def original_bytes(actor: Actor, upload: Upload) -> bytes:
    """The file as it was brought in: evidence, for those who open sensitive fields of its owner."""
    if not upload.has_original:
        raise Refused("original")
    return _bytes(actor, upload, "original", max(upload.field_class, FieldClass.C3))


def _is_theirs(actor: Actor, document: Document) -> bool:
    return document.kind not in kinds_for_hand() or document.by_id == actor.user_id


def _get(actor: Actor, model: type[P], pk: UUID, verb: str) -> P:
    paper = model._default_manager.filter(pk=pk).first()
    if paper is None:
        raise Refused(verb)
    paper.belongs_to(owner_of(actor, paper.about_kind, paper.about, verb))
    if not shows(actor, paper.about_kind, paper.pk):
        raise Refused(verb)
    return paper


def _about(model: type[P], owner: Any) -> list[P]:
    papers = list(model._default_manager.filter(about_kind=owner._meta.model_name, about=owner.pk))
    for paper in papers:
        paper.belongs_to(owner)
    return papers


def _bytes(actor: Actor, paper: Paper, part: str, klass: FieldClass) -> bytes:
    if policy.sight(actor, paper, part, klass, masked=False) is not Sight.ALL:
        raise Refused(part)
    access.note(paper, part, klass)
    return blobs.read(paper, part)
