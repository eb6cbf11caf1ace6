"""What a letter says of a claim. A claim is what `wagelaw.claim` gives; it is read through its own methods."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

import wagelaw
from centro.clinic.papers.fields import written
from centro.core.money import dollars


def item_name(code: str, language: str) -> str:
    """The short name of an item."""
    return wagelaw.explain(code, language).partition("\n")[0]


def letter_values(claim: Any, language: str) -> dict[str, Any]:
    """What a letter may say of a claim; days as dates, money as cents, the items as a table."""
    return {
        "claim_items": items_table(claim, language),
        "claim_total": claim.totals()["total"],
        "claim_from": _day(claim, "first", min),
        "claim_to": _day(claim, "last", max),
        "computed_on": claim.case.computed_on,
    }


def items_table(claim: Any, language: str) -> dict[str, Any]:
    """Every item with its law and its amount, and the total."""
    with translation.override(language):
        rows = [[item_name(item.code, language), "; ".join(item.law), dollars(item.cents)] for item in claim.items]
        total = [_("Total"), "", dollars(claim.totals()["total"])]
        columns = [_("What"), _("Law"), _("Amount")]
        return {"columns": columns, "rows": [*rows, total] if rows else [], "amounts": True}


def plan_values(parts: Iterable[Any], language: str) -> dict[str, Any]:
    """What a settlement says of a payment plan: each part with its day and amount, and the sum."""
    found = list(parts)
    total = sum(part.cents for part in found)
    with translation.override(language):
        rows = [[str(part.number), written("day", part.due_on, language), dollars(part.cents)] for part in found]
        columns = [_("Part"), _("Not later than"), _("Amount")]
        table = {"columns": columns, "rows": [*rows, [_("Total"), "", dollars(total)]], "amounts": True}
    return {"settlement_total": total, "payment_plan": table}


def _day(claim: Any, end: str, pick: Any) -> date | None:
    """The first or last day of work that can still be claimed."""
    days = [getattr(line, end) for item in claim.items for line in item.lines if line.cents]
    found: date | None = pick(days, default=None)
    return found
