"""Reads of the clinic. The first argument is the actor; what is not theirs is not there."""

from centro.clinic.queries.cases import cases_of, get_case, let_see_heads, matters_of, team_of

__all__ = ["cases_of", "get_case", "let_see_heads", "matters_of", "team_of"]
