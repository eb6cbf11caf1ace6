"""The case file: one JSON document of what happened at work. `parse_case` checks it and returns the records."""

from __future__ import annotations

from wagelaw.case.problems import CaseError, Problem
from wagelaw.case.records import Case

__all__ = ["Case", "CaseError", "Problem", "parse_case"]


def parse_case(document: object) -> Case:
    """A checked case from a JSON document (a dict); CaseError with every problem found.

    First the shapes are read (`read`), then what is well formed is checked for sense (`sense`).
    """
    from wagelaw.case.read import read_case
    from wagelaw.case.sense import check_sense

    case = read_case(document)
    check_sense(case)
    return case
