"""The wage and hour law of California, with the federal floor, as a program that shows its working.

    from wagelaw import claim
    result = claim(case)           # a dict as in docs/wage-case.md; CaseError says what is wrong with it
    result.as_json("es")           # the claim as a document, notes in a language
    result.render("ko")            # the claim in words

`explain(code, language)` tells a worker what an item is; `schema("case" | "claim" | …)` is a document's JSON Schema;
`switches(language)` lists the unsettled questions a case may settle; `audit` runs the same rules over millions of
shifts (`wagelaw.audit`). The package needs nothing else of this repository. Money is exact: no float anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagelaw.case.problems import CaseError

if TYPE_CHECKING:
    from wagelaw.claims.result import Claim

__all__ = ["CaseError", "claim", "explain", "schema", "switches"]


def claim(case: object) -> Claim:
    """The claim of a case document (a dict); `CaseError` where it cannot be computed."""
    from wagelaw.case import parse_case
    from wagelaw.claims.compute import compute

    return compute(parse_case(case))


def explain(code: str, language: str = "en") -> str:
    """What an item is and where it comes from, in plain words; KeyError for a code that does not exist."""
    from wagelaw.working import explained

    return explained(code, language)


def schema(document: str = "case") -> dict[str, Any]:
    """The JSON Schema (2020-12) of `case` or `claim`, of the facts of `coverage` or of the events of `clocks`."""
    from wagelaw.case.schema import schema_of

    return schema_of(document)


def switches(language: str = "en") -> dict[str, dict[str, Any]]:
    """Every switch: the legal question it settles, in words, and its default."""
    from wagelaw.working import switch_questions

    return switch_questions(language)
