"""What goes into a packet or a hearing kit: confirmed facts, the latest claim, the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import wagelaw
from centro.clinic.choices import AttorneyStatus
from centro.clinic.models import Case, Fact, Letter
from centro.clinic.papers import letters, official
from centro.clinic.papers.hearing import hearing_kit
from centro.clinic.papers.packet import Told, packet
from centro.clinic.queries.approvals import attorney_of
from centro.clinic.queries.evidence import proofs
from centro.clinic.queries.facts import values_of
from centro.clinic.queries.hours import case_file_of, latest_claim
from centro.core.money import dollars

NEEDED = {"wage_packet": ("worker_name", "employer_name", "claim_total"), "hearing_kit": ("worker_name",)}


@dataclass(frozen=True)
class Claimed:
    """The newest case file of a case, and what is owed by it: what `wagelaw.claim` gives."""

    document: Mapping[str, Any]
    claim: Any


def claim_of(case: Case) -> Claimed | None:
    """What is owed in a case, computed by the wage law; None while nobody entered hours."""
    row = latest_claim(case)
    if row is None:
        return None
    document = case_file_of(row)
    return Claimed(document, wagelaw.claim(document))


def lacks(kind: str, known: Mapping[str, Any]) -> list[str]:
    """Fields that a bundle needs and that are not known."""
    return [name for name in NEEDED.get(kind, ("worker_name",)) if not known.get(name)]


def _amounts(claimed: Claimed | None) -> dict[str, str]:
    """What is owed by item, and in all, as a form prints it."""
    if claimed is None:
        return {}
    owed = {item.code: item.cents for item in claimed.claim.items} | {"total": claimed.claim.totals()["total"]}
    return {code: dollars(cents).lstrip("$") for code, cents in owed.items()}


def _official(form: official.Form | None, known: Mapping[str, str], claimed: Claimed | None) -> dict[str, Any]:
    """What is laid over an official form; `is_wrong` where its PDF is gone or not the one that was mapped."""
    if form is None:
        return {"is_wrong": True}
    try:
        return official.overlay(form, known, _amounts(claimed))
    except official.WrongForm:
        return {"is_wrong": True}


def content_of(letter: Letter, facts: dict[str, Fact], claimed: Claimed | None, language: str) -> dict[str, Any]:
    """The data of a bundle's template; empty while something that it needs is missing."""
    known = values_of(facts, language)
    names = " / ".join(part for part in (known.get("worker_name", ""), known.get("employer_name", "")) if part)
    if letter.kind == "hearing_kit":
        return hearing_kit(proofs(letter.case, language, letter.matter), names, language)
    if letter.kind not in letters.BUNDLES:
        return _official(official.forms().get(letter.kind), known, claimed)
    if claimed is None:
        return {}
    attorney = attorney_of(letter.matter)
    told = Told(
        facts=known,
        proofs=proofs(letter.case, language, letter.matter),
        needs_interpreter=letter.case.needs_interpreter,
        has_attorney=letter.matter is not None and letter.matter.attorney_status != AttorneyStatus.NONE,
        attorney=str(attorney.name) if attorney else "",
    )
    return packet(claimed.claim, claimed.document, told, language)
