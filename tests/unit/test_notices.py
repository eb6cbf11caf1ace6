"""What a page says after a redirect travels in a clear cookie, or lies in the sessions: so it names nobody."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.test_house_rules import faults, in_program

LEVELS = {"debug", "info", "success", "warning", "error", "add_message"}
# What may stand in a notice, each no word about a person: numbers, days, sums, letters of exhibits, parts of a form.
MAY_STAND = {"n", "count", "most", "number", "letters", "amount", "day", "said", "what"}
NAMES = {"name", "names", "call_name", "short_name", "call_me", "given", "family", "native", "username", "full_name"}
WRITING = {"_", "gettext", "ngettext", "pgettext", "npgettext", "str", "format", "join"}
WORDS = {"who", "person", "worker", "phone", "email", "address", "words"} | NAMES


def notices_of(tree: ast.AST) -> set[str]:
    """The names under which a file knows Django's messages."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.contrib":
            found |= {alias.asname or alias.name for alias in node.names if alias.name == "messages"}
    return found


def is_notice(called: ast.AST, notices: set[str]) -> bool:
    """Whether this is `messages.success` or one like it."""
    if not isinstance(called, ast.Attribute) or called.attr not in LEVELS:
        return False
    return isinstance(called.value, ast.Name) and called.value.id in notices


def said_in(function: ast.AST, notices: set[str]) -> Iterator[ast.AST]:
    """What a function tells in notices: the expressions, and those that its variables were given."""
    given: dict[str, list[ast.AST]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given.setdefault(node.targets[0].id, []).append(node.value)
    waiting: list[ast.AST] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and is_notice(node.func, notices):
            waiting += [*node.args[1:], *(word.value for word in node.keywords if word.arg == "message")]
    while waiting:
        node = waiting.pop()
        yield node
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name):
                waiting += [value for value in given.pop(inner.id, []) if not comes_from_elsewhere(value)]


def comes_from_elsewhere(value: ast.AST) -> bool:
    """Whether a variable holds what an action gave back: a count, a row; then what it was asked with is not told."""
    called = value.func if isinstance(value, ast.Call) else None
    name = getattr(called, "id", getattr(called, "attr", ""))
    return called is not None and name not in WRITING


def no_name_in_a_notice(path: Path, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    notices = notices_of(tree)
    for function in ast.walk(tree):
        if notices and isinstance(function, ast.FunctionDef):
            for said in said_in(function, notices):
                yield from sorted(f"{function.name}() says {word} in a notice" for word in told_by(said))


def told_by(said: ast.AST) -> set[str]:
    """Placeholders that may stand in no notice, and fields that hold words about somebody."""
    found = set()
    for node in ast.walk(said):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(re.findall(r"[({](\w+)[)}]", node.value)) - MAY_STAND
        if isinstance(node, ast.Attribute) and node.attr in WORDS:
            found.add(node.attr)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value in WORDS:
            found.add(str(node.slice.value))
    return found


def test_no_notice_names_anybody() -> None:
    paths = [path for path in in_program(".py") if "contrib import messages" in path.read_text(encoding="utf-8")]
    assert len(paths) > 40, "the rule looks where notices are made"
    assert faults(no_name_in_a_notice, paths) == []


@pytest.mark.parametrize(
    "lines",
    [
        'messages.success(request, _("%(name)s is here.") % {"name": row.call_name})',
        'words = _("%(name)s is here.")\n    messages.success(request, words % {"name": got})',
        'messages.info(request, f"{row.short_name} is here.")',
        'said = str(got["name"])\n    more = said\n    messages.add_message(request, 20, more)',
        'messages.error(request, message=_("{who} is here.").format(who=who))',
    ],
)
def test_the_rule_is_awake(lines: str) -> None:
    planted = f"from django.contrib import messages\n\n\ndef show(request, row, got):\n    {lines}\n"
    assert list(no_name_in_a_notice(Path("planted.py"), planted))
    assert list(no_name_in_a_notice(Path("planted.py"), planted.replace("messages.", "notices."))) == []
    other = planted.replace("import messages", "import messages as notices").replace("    messages.", "    notices.")
    assert list(no_name_in_a_notice(Path("planted.py"), other))
