"""Why a file is not taken in, in words for whoever brought it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "empty": _("This file is empty. Please choose another one."),
    "too_large": _("This file is larger than 25 MB. Please send a smaller photo, or fewer pages."),
    "office": _("We do not take Word, Excel or similar files. Please save it as a PDF, or take a photo of it."),
    "archive": _("We do not take packed files such as ZIP. Please send each photo or PDF by itself."),
    "program": _("This is a program, not a paper. A photo or a PDF works best."),
    "virus": _("A scanner says that this file is dangerous. It was not kept."),
    "unknown": _("We do not know this kind of file. A photo or a PDF works best."),
    "mismatch": _("What is in this file is not what its name says. A photo or a PDF works best."),
    "two_in_one": _("This file is two kinds of file at once. Please take a new photo of it, or print it to a PDF."),
    "locked": _("This PDF is locked with a password. Please save it without one, or take a photo of it."),
    "too_many_pages": _("This PDF has more than 300 pages. Please send the pages that matter."),
    "too_many_pixels": _("This picture is too large. Please send a smaller one."),
    "too_big_inside": _("This file takes too long to open. Please take a new photo of it."),
    "unreadable": _("This file cannot be opened: it may be damaged. Please send it again, or take a photo of it."),
    "too_many": _("Please send no more than 10 files at once."),
}


class UploadRefused(Exception):
    """A file that is not taken in. `code` is a key of `WORDS`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    @property
    def words(self) -> str:
        return str(WORDS[self.code])
