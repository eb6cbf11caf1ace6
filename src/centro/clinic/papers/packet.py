"""The packet for the Labor Commissioner: all its parts in one document, once in each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from centro.clinic.papers import form1, sheets
from centro.clinic.papers.fields import written
from centro.core import content

PRINT = "clinic_packet"


@dataclass(frozen=True)
class Proof:
    """An exhibit as the index prints it, in the language of the paper."""

    letter: str
    what: str
    kind: str
    dated: str
    from_whom: str
    pages: int
    chain: str
    digests: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What the packet is made from besides the claim: confirmed facts by field, exhibits, and who stands behind it."""

    facts: Mapping[str, str]
    proofs: Sequence[Proof]
    needs_interpreter: bool
    has_attorney: bool
    attorney: str


def packet(claim: Any, document: Mapping[str, Any], told: Told, language: str) -> dict[str, Any]:
    """The data of the template `clinic_packet`: text only, every sum as `wagelaw` has it.

    `document` is the case file that the claim was computed from.
    """
    rows, subtotal, penalties = form1.claimed_rows(claim, language)
    with translation.override(language):
        return {
            "note": _note(told, language),
            "cover": {"title": _("What is in this packet"), "rows": _cover(claim, document, told)},
            "form": {
                "title": _("Form 1: what to write in each box"),
                "columns": [_("Box"), _("Question"), _("Answer")],
                "rows": form1.boxes(document, told.facts, language, needs_interpreter=told.needs_interpreter),
                "week": {"title": _("Box 31: typical week"), **form1.week_grid(document, language)},
                "claims": {
                    "title": _("Box 36: what is claimed, still owed after what was paid"),
                    "columns": ["", _("What"), _("From"), _("To"), _("Amount")],
                    "rows": rows,
                    "sum": [_("Subtotal"), subtotal],
                },
                "penalties": {
                    "title": _("Box 37: penalties"),
                    "columns": ["", _("What"), _("Amount")],
                    "rows": penalties,
                },
                "sign": [_("Name in print"), _("Signature"), _("Date")],
            },
            "hours": {
                "title": _("Hours statement (Form 55)"),
                "rate": _("Rate"),
                "sheets": sheets.hours_statement(claim, language),
                "note": _("One row for each pay period, one sheet for each rate. Case number: left blank."),
            },
            "calculation": {
                "title": _("Calculation"),
                "law": _("Law: version %(version)s, computed on %(day)s.")
                % {"version": claim.law_version, "day": written("day", claim.case.computed_on, language)},
                "barred": _("too old to claim here"),
                "items": sheets.calculation(claim, language),
                "totals": sheets.totals(claim, language),
            },
            "log": {
                "title": _("Log of the days"),
                "note": _("Start, end, meals taken and hours worked. ~ roughly remembered, ? a guess."),
                "months": sheets.day_log(claim, language),
            },
            "proofs": index(told.proofs),
            "next": {
                "title": _("What happens next"),
                "text": content.text("print", PRINT, language).paragraphs,
            },
        }


def _note(told: Told, language: str) -> str:
    """Who stands behind it, and which paper is the one that counts."""
    parts = []
    if not told.has_attorney:
        parts.append(_("Information, not legal advice. The worker is the author of this packet."))
    elif told.attorney:
        parts.append(_("Read by %(name)s before it was issued.") % {"name": told.attorney})
    if language != "en":
        parts.append(_("This copy is for you. It says the same as the English paper, which is the one that is sent."))
    return " ".join(parts)


def _cover(claim: Any, document: Mapping[str, Any], told: Told) -> list[list[str]]:
    """The checklist: a box to tick and what it is about.

    Form 155 and the vacation schedule are named where they are needed and not laid out: their boxes stand in no source
    that was read.
    """
    has_commission = any(term["basis"] == "commission" for term in document.get("pay") or ())
    has_vacation = any(item.code == "vacation" and item.cents for item in claim.items)
    lines = [
        _("Form 1, filled in from these pages and signed by you"),
        _("Hours statement (Form 55)"),
        *([_commissions()] if has_commission else []),
        *([_("Vacation pay schedule: ask the Labor Commissioner’s office for it")] if has_vacation else []),
        _("Calculation"),
        _("Log of the days"),
        _("Index of the evidence"),
        *(_("Exhibit %(letter)s: %(what)s") % {"letter": one.letter, "what": one.what} for one in told.proofs),
        _("Copies, never originals: notes of your time, pay stubs, checks, union contract"),
    ]
    total = sheets.totals(claim, translation.get_language() or "en")[-1]
    return [*(["[ ]", line] for line in lines), ["", f"{total[0]}: {total[1]}"]]


def _commissions() -> str:
    """What the instructions to Form 155 ask for beside it (templateroller.com/template/1764519, read 2026-11-23)."""
    return _(
        "Form 155 (commissions): ask the Labor Commissioner’s office for it. Add a copy of the written agreement about "
        "commissions, or an example of how they were paid where it was only said"
    )


def index(proofs: Sequence[Proof]) -> dict[str, Any]:
    """The evidence index, with the chain of each file; in the language that is active."""
    return {
        "title": _("Index of the evidence"),
        "columns": [_("Exhibit"), _("What"), _("Of"), _("From"), _("Pages"), _("Chain")],
        "rows": [
            [one.letter, f"{one.what} ({one.kind})", one.dated, one.from_whom, str(one.pages), one.chain]
            for one in proofs
        ],
        "digests": [[one.letter, digest] for one in proofs for digest in one.digests],
        "none": _("No evidence was brought in yet."),
        "digest": _("Fingerprint (SHA-256) of each file as it was brought in"),
    }
