"""Papers as files: opened for whoever may open their owner, never inside our own pages' origin."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from centro.core import access
from centro.core.documents import queries
from centro.core.documents.files import MEDIA_TYPES
from centro.core.documents.kinds import kind_of
from centro.core.doors import allowed
from centro.core.models import Document, Upload
from centro.core.request import Request

SANDBOX = "sandbox; default-src 'none'"


@allowed("document.open")
@require_safe
def document(request: Request, document_id: UUID) -> HttpResponse:
    """A printed paper, as it was issued."""
    paper = queries.get_document(request.actor, document_id)
    _log_as(kind_of(paper.kind).access)
    return _file(queries.document_bytes(request.actor, paper), "pdf", _name(paper, paper.kind))


@allowed("document.open")
@require_safe
def preview(request: Request, upload_id: UUID) -> HttpResponse:
    """The clean copy of a file; a picture shows inside a page, everything else is saved."""
    upload = queries.get_upload(request.actor, upload_id)
    content = queries.preview_bytes(request.actor, upload)
    return _file(content, upload.preview_kind, _name(upload, "copy"), is_shown=upload.preview_kind == "jpeg")


@allowed("document.open")
@require_safe
def original(request: Request, upload_id: UUID) -> HttpResponse:
    """The file as it was brought in, to be saved and never shown."""
    upload = queries.get_upload(request.actor, upload_id)
    _log_as("export")
    return _file(queries.original_bytes(request.actor, upload), upload.kind, _name(upload, "original"))


def _log_as(kind: str) -> None:
    seen = access.current()
    if seen is not None:
        seen.kind = kind


def _name(paper: Document | Upload, what: str) -> str:
    """A name of our own: what it is and its number, nothing a person typed."""
    return f"centro-{what.replace('_', '-')}-{paper.short_id}"


def _file(content: bytes, kind: str, name: str, *, is_shown: bool = False) -> HttpResponse:
    media_type, suffix = MEDIA_TYPES[kind]
    disposition = "inline" if is_shown else "attachment"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}.{suffix}"',
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
