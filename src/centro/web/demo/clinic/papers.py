"""What the invented workers brought, and the papers that were written with them: drafted, waiting, returned, issued."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from centro.clinic.actions import evidence
from centro.clinic.actions import facts as telling
from centro.clinic.actions import papers as actions
from centro.clinic.models import ApprovingAttorney, Case, ExhibitKind, Matter
from centro.clinic.queries.papers import needs_approval
from centro.core.documents.typeset import FONTS
from centro.core.documents.uploads import examine_bytes
from centro.core.policy import Actor

Told = dict[str, tuple[str, str]]  # field → in English, in the worker's words
PAPER, INK = (252, 249, 238), (38, 42, 74)
WIDE, LINE = 900, 64


def confirm(by: Actor, case: Case, told: Told) -> None:
    """Facts as the worker said them, heard in their language and confirmed."""
    for code, (value, words) in told.items():
        fact = telling.tell_fact(by=by, case=case, code=code, value=value, told=words)
        telling.confirm_fact(by=by, fact=fact, language=case.language, version=fact.version)


def bring(by: Actor, case: Case, what: str, told: str, lines: Sequence[str]) -> None:
    """A photo of something written by hand, kept as evidence and confirmed by the worker."""
    details = {"kind": ExhibitKind.NOTES, "what": what, "told": told, "from_whom": "", "dated_on": None}
    files = [examine_bytes("notes.jpg", _photo(lines))]
    for row in evidence.add_exhibits(by=by, case=case, files=files, details=details):
        evidence.confirm_exhibit(by=by, exhibit=row)


def _photo(lines: Sequence[str]) -> bytes:
    """A page of a notebook."""
    page = Image.new("RGB", (WIDE, LINE * (len(lines) + 2)), PAPER)
    pen, hand = ImageDraw.Draw(page), ImageFont.truetype(str(FONTS / "Pretendard-Regular.otf"), 34)
    for at, line in enumerate(lines, start=1):
        pen.line((40, LINE * (at + 1), WIDE - 40, LINE * (at + 1)), fill=(196, 206, 222), width=2)
        pen.text((60, LINE * at + 14), line, font=hand, fill=INK)
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


def write(by: Actor, attorney: ApprovingAttorney, matter: Matter, kind: str, how_far: str) -> None:
    """A paper of a matter: a `draft`, one that is `waiting` for the attorney or was `returned`, or one `issued`."""
    letter = actions.draft_letter(by=by, case=matter.case, kind=kind, matter=matter)
    if how_far == "draft":
        return
    if needs_approval(letter):
        actions.ask_attorney(by=by, letter=letter)
        if how_far == "waiting":
            return
        reader = Actor(user_id=attorney.user_id, role=by.role)
        if how_far == "returned":
            reason = "Say on which day the last pay was due, and send it again."
            actions.return_letter(by=reader, letter=letter, attorney=attorney, reason=reason)
            return
        actions.approve_letter(by=reader, letter=letter, attorney=attorney)
    actions.issue_letter(by=by, letter=letter)
