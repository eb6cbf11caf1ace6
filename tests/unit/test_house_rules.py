"""The rules of the house (docs/architecture.md), read from the source itself.

Each rule is a function from a file to the faults in it; it is run over the whole program, and once over a planted
fault, so that a rule that finds nothing is known to be awake.
"""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from config.env import ROOT, Env

LONGEST_FILE = 400
LONGEST_VIEW = 25
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services", "common"}
# Written by others: they keep their own house.
FOREIGN = ("/vendor/", "/migrations/0")
# Templates that libraries look for by these names; components, which the gallery shows one by one (and tests so).
FOUND_BY_NAME = ("account/", "allauth/", "mfa/", "usersessions/", "django/", "components/")
FOUND_BY_NAME += ("403.html", "404.html", "429.html", "500.html")

Rule = Callable[[Path, str], Iterator[str]]


def ours(*kinds: str) -> list[Path]:
    """Every file of the program, its tests and its tools with one of these endings."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.splitlines() if not any(part in f"/{name}" for part in FOREIGN)]
    return sorted(path for path in paths if path.is_file() and (path.suffix in kinds or path.name in kinds))


def faults(rule: Rule, paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        found += [f"{path.relative_to(ROOT)}: {fault}" for fault in rule(path, path.read_text(encoding="utf-8"))]
    return found


def in_program(*kinds: str) -> list[Path]:
    return [path for path in ours(*kinds) if path.is_relative_to(ROOT / "src") or path.is_relative_to(ROOT / "config")]


def pages() -> list[Path]:
    return [path for path in in_program(".html") if "templates" in path.parts]


# --- every file ---------------------------------------------------------------------------------------------


def no_long_file(path: Path, text: str) -> Iterator[str]:
    if (lines := len(text.splitlines())) > LONGEST_FILE:
        yield f"{lines} lines; make it a package of the same name"


def no_empty_name(path: Path, text: str) -> Iterator[str]:
    words = {part.partition(".")[0] for part in path.relative_to(ROOT).parts}
    yield from (f"“{word}” says nothing: name it after what it does" for word in sorted(words & FORBIDDEN_NAMES))


def no_place_of_this_machine(path: Path, text: str) -> Iterator[str]:
    for found in re.findall(r"(?<![\w.])/(?:work|root|home/\w+)/[\w.-]+|https?://[\w.-]*(?:pypi|npmjs)[\w.-]*", text):
        yield f"names a place that other machines do not have: {found}"


# --- Python -------------------------------------------------------------------------------------------------------


def docstring(path: Path, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    if tree.body and not ast.get_docstring(tree):
        yield "has no docstring: say in one sentence what it is for"


def short_views(path: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        is_view = isinstance(node, ast.FunctionDef) and node.args.args[:1] and node.args.args[0].arg == "request"
        if is_view and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_VIEW:
            yield f"{node.name} has {lines} lines; a view has {LONGEST_VIEW}"


# Before there is anybody who could act.
WITHOUT_ACTOR = {"create_center", "accept_invitation"}


def clear_actions(path: Path, text: str) -> Iterator[str]:
    """An action is called by names only, says who acts and what happens."""
    for node in ast.parse(text).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if node.args.args or node.args.posonlyargs:
            yield f"{node.name} takes unnamed arguments"
        if node.name not in WITHOUT_ACTOR and "by" not in {argument.arg for argument in node.args.kwonlyargs}:
            yield f"{node.name} does not say who acts (by=)"
        if not ast.get_docstring(node):
            yield f"{node.name} has no docstring"


def law_by_its_door(path: Path, text: str) -> Iterator[str]:
    """`wagelaw` is used through what its `__init__` gives, never through its inner files."""
    for node in ast.walk(ast.parse(text)):
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"reaches into {name}" for name in named if name.startswith("wagelaw."))


# --- pages --------------------------------------------------------------------------------------------------

IN_A_PAGE = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "an hx-on attribute": r"\bhx-on",
    "a script in hx-vals": r"hx-(?:vals|headers|vars)\s*=\s*[\"']\s*js",
    "a filter in hx-trigger": r"hx-trigger\s*=\s*\"[^\"]*\[",
    "a javascript: address": r"javascript:",
    "text that skips escaping": r"\|\s*safe\b|autoescape\s+off",
    "a whole form at once": r"\{\{\s*form\s*\}\}|\bform\.as_",
}


def closed_page(path: Path, text: str) -> Iterator[str]:
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", text, flags=re.DOTALL)
    yield from (f"has {what}" for what, pattern in IN_A_PAGE.items() if re.search(pattern, text))


def template_name(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


def unused(names: list[str], texts: list[str]) -> list[str]:
    """Templates that no Python file and no other template names."""
    everything = "\n".join(texts)
    return [name for name in names if name not in everything and not name.startswith(FOUND_BY_NAME)]


# --- the rules over the program -----------------------------------------------------------------------------

PYTHON = [*in_program(".py"), ROOT / "centro"]
RULES: dict[Rule, list[Path]] = {
    no_long_file: ours(".py", ".html", ".css", ".js", "centro"),
    no_empty_name: ours(".py", ".html", ".css", ".js"),
    no_place_of_this_machine: [
        path
        for path in ours(".py", ".html", ".css", ".js", ".md", ".toml", ".lock", ".yaml", "centro", "run")
        if path.name != Path(__file__).name
    ],
    docstring: PYTHON,
    short_views: [path for path in in_program(".py") if "views" in path.parts or path.name == "views.py"],
    clear_actions: [path for path in in_program(".py") if path.name == "actions.py" or "actions" in path.parts],
    law_by_its_door: [path for path in in_program(".py") if "centro" in path.parts],
    closed_page: pages(),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps_the_rule(rule: Rule) -> None:
    found = faults(rule, RULES[rule])
    assert not found, "\n".join(found)


def test_every_page_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in in_program(".py", ".html")]
    assert unused([template_name(path) for path in pages()], texts) == []


def test_every_setting_is_documented() -> None:
    guide = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(Env) if f"`{field.name}`" not in guide] == []


def test_every_setting_has_its_reason_beside_it() -> None:
    lines = (ROOT / "config/env.py").read_text(encoding="utf-8").splitlines()
    bare = []
    for field in fields(Env):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"    {field.name}: "))
        if not lines[at - 1].startswith("    # "):
            bare.append(field.name)
    assert bare == []


# --- and over planted faults --------------------------------------------------------------------------------

HERE = ROOT / "src/centro/people/views.py"
PLANTED: list[tuple[Rule, Path, str]] = [
    (no_long_file, HERE, "x = 1\n" * 401),
    (no_empty_name, ROOT / "src/centro/people/utils.py", ""),
    (no_empty_name, ROOT / "src/centro/common/models.py", ""),
    (no_place_of_this_machine, HERE, 'open("/root/notes")'),
    (docstring, HERE, "x = 1\n"),
    (short_views, HERE, "def find(request):\n" + "    pass\n" * 25),
    (clear_actions, HERE, 'def add(person, *, by):\n    """Add."""'),
    (clear_actions, HERE, 'def add(*, person):\n    """Add."""'),
    (clear_actions, HERE, "def add(*, by): ..."),
    (law_by_its_door, HERE, "from wagelaw.calendar import weeks"),
    (closed_page, HERE, '<p style="color: red">'),
    (closed_page, HERE, "<style>p {}</style>"),
    (closed_page, HERE, "<script>go()</script>"),
    (closed_page, HERE, '<a href="#" onclick="go()">'),
    (closed_page, HERE, '<a hx-on:click="go()">'),
    (closed_page, HERE, "<a hx-vals='js:{a: b}'>"),
    (closed_page, HERE, '<a hx-trigger="click[ctrlKey]">'),
    (closed_page, HERE, '<a href="javascript:go()">'),
    (closed_page, HERE, "{{ name|safe }}"),
    (closed_page, HERE, "{{ form }}"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED)
def test_the_rule_finds_a_planted_fault(rule: Rule, path: Path, text: str) -> None:
    assert len(list(rule(path, text))) == 1


def test_an_unused_page_is_found() -> None:
    assert unused(["people/old.html", "people/new.html", "mfa/index.html"], ['render("people/new.html")']) == [
        "people/old.html"
    ]


def test_what_is_allowed_is_not_found() -> None:
    page = '<script src="/a.js"></script>{# style="" #}<a href="/on=1" hx-trigger="click">'
    page += "{{ form.name.as_field_group }}"
    assert list(closed_page(HERE, page)) == []
    assert list(law_by_its_door(HERE, "import wagelaw\nfrom wagelaw import claim")) == []
