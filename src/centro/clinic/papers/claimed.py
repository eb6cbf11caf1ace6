"""What a letter says of a claim."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from centro.core.money import dollars
from wagelaw.claims.result import Claim
from wagelaw.working import item_name


def letter_values(claim: Claim, language: str) -> dict[str, Any]:
    """What a letter may say of a claim; days as dates, money as cents, the items as a table."""
    return {
        "claim_items": items_table(claim, language),
        "claim_total": claim.totals()["total"],
        "claim_from": first_day(claim),
        "claim_to": last_day(claim),
        "computed_on": claim.case.computed_on,
    }


def items_table(claim: Claim, language: str) -> dict[str, Any]:
    """Every item with its law and its amount, and the total."""
    with translation.override(language):
        rows = [[item_name(item.code, language), "; ".join(item.law), dollars(item.cents)] for item in claim.items]
        total = [_("Total"), "", dollars(claim.totals()["total"])]
        return {"columns": [_("What"), _("Law"), _("Amount")], "rows": [*rows, total] if rows else []}


def first_day(claim: Claim) -> date | None:
    days = [line.first for item in claim.items for line in item.lines]
    return min(days) if days else None


def last_day(claim: Claim) -> date | None:
    days = [line.last for item in claim.items for line in item.lines]
    return max(days) if days else None
