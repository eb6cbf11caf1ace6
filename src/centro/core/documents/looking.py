"""Looking for numbers on the files of an owner: what was seen and where, a page as a picture, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from centro.core.documents import ocr
from centro.core.documents.owners import home_of, is_held, owner_of, shows
from centro.core.documents.queries import preview_bytes, uploads_about
from centro.core.documents.refusals import UploadRefused
from centro.core.documents.uploads import decode
from centro.core.models import Numbers, Upload
from centro.core.policy import Actor, Refused

Place = tuple[float, ...]  # left, top, right, bottom: parts of the page from 0 to 1


@dataclass(frozen=True)
class Look:
    """What is seen on a file: numbers as (kind, page or line), and the places of those on one page."""

    page: int
    seen: tuple[tuple[str, int], ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Covered:
    """A clean copy with something covered, and the numbers that it still shows. None: it could not be made."""

    version: int
    copy: bytes
    seen: tuple[tuple[str, int], ...]


def get_to_cover(actor: Actor, upload: UUID) -> Upload:
    """A file that has a clean copy, for those who may change what it is about."""
    row = Upload.objects.filter(pk=upload).first()
    if row is None or not row.preview_kind:
        raise Refused("edit")
    row.belongs_to(owner_of(actor, row.about_kind, row.about, "edit"))
    if not shows(actor, row.about_kind, row.pk):
        raise Refused("edit")
    return row


def look(actor: Actor, upload: Upload, page: int) -> Look:
    """What a file shows; `page` 0 is the first page with a number, else the first."""
    content = preview_bytes(actor, upload)
    if upload.preview_kind == "jpeg":
        found = ocr.places(content)
        return Look(1, tuple((kind, 1) for kind, _place in found), tuple(place for _kind, place in found))
    try:
        act = "places" if upload.preview_kind == "pdf" else "lines"
        head, _ = decode(act, content, page=min(page, upload.pages))
    except UploadRefused:
        return Look(max(page, 1))
    seen = tuple((kind, where) for kind, where in head["seen"])
    return Look(head.get("page", 1), seen, tuple(tuple(place) for _kind, place in head.get("places", ())))


def page_picture(actor: Actor, upload: Upload, page: int) -> bytes:
    """A page of the clean copy as a JPEG."""
    content = preview_bytes(actor, upload)
    if upload.preview_kind == "jpeg":
        return content
    if upload.preview_kind != "pdf" or not 1 <= page <= upload.pages:
        raise Refused("page")
    try:
        return decode("picture", content, page=page)[1]
    except UploadRefused as refusal:
        raise Refused("page") from refusal


def covered(actor: Actor, upload: Upload, page: int, places: Sequence[Place]) -> Covered | None:
    """The clean copy with these places covered; it takes a second, and changes nothing yet."""
    content = preview_bytes(actor, upload)
    try:
        head, copy = decode("cover", content, kind=upload.preview_kind, page=page, places=list(places))
    except UploadRefused:
        return None
    return Covered(upload.version, copy, tuple((kind, where) for kind, where in head["seen"]))


def may_lose_original(upload: Upload) -> bool:
    """Whether the original may be destroyed: there is one, and no hold keeps it."""
    return upload.has_original and not is_held(upload.about_kind, upload.opened_as())


def home(upload: Upload) -> str:
    """The page where the files of its owner stand."""
    return home_of(upload.about_kind, upload.opened_as())


def asked_about(actor: Actor, upload: Upload) -> list[Upload]:
    """The other files of its owner that somebody has to look at and this actor may, the oldest first."""
    rows = [row for row in uploads_about(upload.opened_as()) if row.is_asked_about and row.pk != upload.pk]
    rows = [row for row in rows if shows(actor, row.about_kind, row.pk)]
    return sorted(rows, key=lambda row: (row.numbers != Numbers.SEEN, row.at))
