"""Late pay during employment (Lab. Code §§ 204, 210)."""

from __future__ import annotations

from fractions import Fraction

from wagelaw.money import Amount, from_cents

FIRST, LATER = from_cents(100_00), from_cents(200_00)
SHARE = Fraction(1, 4)


def penalty(withheld: Amount, is_first: bool, willful: bool) -> Amount:
    """$100 for a first late payday that was not wilful, else $200 and a quarter of what was withheld; in grains."""
    return FIRST if is_first and not willful else LATER + withheld * SHARE
