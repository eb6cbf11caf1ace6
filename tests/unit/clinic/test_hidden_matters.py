"""Every read of matters, and of rows that name one, leaves out those this user may not open; or says here why not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

SOURCES = Path(__file__).resolve().parents[3] / "src" / "centro" / "clinic"
READING = ("queries", "views", "forms", "papers")
GUARDS = {"without_hidden", "hidden_from", "shown_matters", "get_open_matter", "is_named_on", "not_only_for"}
# Functions that read such rows without asking who looks, each with its reason.
KNOWN = {
    "forms/evidence.py: values_of": "which ticks are set; the choices are what the view fetched for the actor",
    "queries/agenda.py: entries": "only dates of one's own matters, or of no matter",
    "queries/board.py: _described": "deadlines that _near() already chose for this actor",
    "queries/board.py: _matters": "matters that _needy() already chose for this actor",
    "queries/board.py: board": "log lines that _unanswered() already chose for this actor",
    "queries/board.py: count_adrift": "only one's own matters",
    "queries/cases.py: heads": "says whose case a task is about, to those who may open the case; no word of the matter",
    "queries/cases.py: matters_of": "what shown_matters() then chooses from",
    "queries/clocks.py: of_matter": "of a matter that was fetched for this actor",
    "queries/dashboard.py: _clocks": "totals",
    "queries/dashboard.py: numbers": "totals",
    "queries/facts.py: needed": "which questions the worker is asked; no word of the matter",
    "queries/money.py: all_sums": "totals",
    "queries/money.py: by_year": "totals",
    "queries/papers.py: _matter_name": "a letter to the worker names all that is open for them",
    "queries/papers.py: _plan_values": "the plan of the matter that the paper is about",
    "queries/papers.py: deadlines": "a letter to the worker names all their days",
    "queries/productions.py: _ledger": "leaves out the matters that _hidden_matters() found for both who make it",
    "queries/productions.py: _log": "the same",
    "queries/productions.py: _papers_outside": "finds the letters of hidden matters in order to leave them out",
    "queries/radar.py: _counts": "totals",
    "queries/walls.py: all_held_people": "whom a hold keeps; names no matter",
    "queries/walls.py: held_cases": "which cases a hold keeps; names no matter",
    "queries/walls.py: live_hold": "whether a hold keeps the case; names no matter",
    "views/evidence.py: _row": "names only those that the form offers, fetched for this actor",
    "views/matters.py: agenda_of": "of a matter that was fetched for this actor",
}


def tables() -> dict[str, set[str]]:
    """The models that are a matter or name one, each with the names by which a case reaches its rows."""
    found = {"Matter": {"matters"}, "Exhibit": {"exhibits"}, "ExhibitFile": {"exhibit_files"}}
    for model in apps.get_app_config("clinic").get_models():
        fields = {field.name: field for field in model._meta.fields}
        if "matter" in fields and "case" in fields:
            found[model.__name__] = {fields["case"].remote_field.get_accessor_name() or ""}
    return found


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield f"{path.relative_to(SOURCES)}: {node.name}", node


def reads(node: ast.FunctionDef, models: set[str], names: set[str]) -> bool:
    """Whether it asks the database for such rows: `Clock.objects`, or `case.clocks` with a call upon it."""
    for part in ast.walk(node):
        if not isinstance(part, ast.Attribute):
            continue
        if part.attr == "objects" and isinstance(part.value, ast.Name) and part.value.id in models:
            return True
        if isinstance(part.value, ast.Attribute) and part.value.attr in names and part.attr in _ASKS:
            owner = part.value.value
            if not (isinstance(owner, ast.Name) and owner.id == "self"):  # a form's own list of choices
                return True
    return False


_ASKS = {"all", "filter", "exclude", "select_related", "values", "values_list", "first", "get", "exists", "order_by"}


def asks_who_looks(node: ast.FunctionDef) -> bool:
    return any(isinstance(part, ast.Name) and part.id in GUARDS for part in ast.walk(node)) or any(
        isinstance(part, ast.Attribute) and part.attr in GUARDS for part in ast.walk(node)
    )


def unguarded() -> set[str]:
    found = tables()
    names = {name for held in found.values() for name in held if name}
    files = [path for part in READING for path in sorted((SOURCES / part).rglob("*.py"))]
    return {
        where
        for path in files
        for where, node in functions(path)
        if reads(node, set(found), names) and not asks_who_looks(node)
    }


def test_reads_of_matters_leave_out_the_hidden_ones() -> None:
    found = sorted(unguarded() - set(KNOWN))
    assert not found, "use queries.matters.without_hidden, or say in KNOWN why not:\n" + "\n".join(found)


def test_what_is_known_is_still_there() -> None:
    assert set(KNOWN) <= unguarded()


@pytest.mark.parametrize("text", ["def f(a):\n    return Clock.objects.all()", "def f(c):\n    return c.x.log.first()"])
def test_a_new_read_would_be_seen(text: str) -> None:
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.FunctionDef)
    assert reads(node, {"Clock"}, {"log"})
    assert not asks_who_looks(node)
