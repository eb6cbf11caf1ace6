"""QR codes, drawn here: for a page as inline SVG, for a paper as the same SVG given to its template.

A code on paper or on a wall is read by whoever passes: give it a web address or a random receipt, never a name.
"""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

LONGEST = 600  # letters: more of them make squares too small for an old phone's camera


class TooLong(ValueError):
    """More text than a phone reads from paper."""


def svg(text: str, label: str = "") -> SafeString:
    """An `<svg class="qr">` of the text, as wide as its place, on white ground also in the dark look.

    It holds no style, script or link, so it stands in a page under our CSP and in a Typst template alike. With a
    `label` it is a picture with that name for screen readers; without one it is decoration beside its own text.
    `TooLong` for more than `LONGEST` letters.
    """
    if len(text) > LONGEST:
        raise TooLong(len(text))
    picture = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(picture, kind="svg", border=4, light="#fff", xmldecl=False, omitsize=True, nl=False, **_named(label))
    drawn = picture.getvalue().decode()
    role = 'role="img"' if label else 'aria-hidden="true"'
    return mark_safe(drawn.replace("<svg ", f"<svg {role} ", 1))  # noqa: S308 - segno escapes the label; the rest is numbers


def _named(label: str) -> dict[str, str | None]:
    return {"svgclass": "qr", "lineclass": None, "title": label or None}
