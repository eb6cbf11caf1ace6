"""Money in the database is whole cents; this file is where it becomes words and back."""

import re
from decimal import ROUND_HALF_UP, Decimal


class NotMoney(ValueError):
    """What was typed is not an amount of dollars."""


def parse_cents(text: str) -> int:
    """Cents from what a person types: `2800`, `2,800.50`, `$ 2,800`. `NotMoney` for anything else."""
    plain = text.strip().removeprefix("$").replace(",", "").strip()
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", plain):
        raise NotMoney(text)
    return int((Decimal(plain) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def dollars(cents: int) -> str:
    """`$1,234.56`, the same in the three languages, as it stands on checks and forms."""
    sign = "−" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"
