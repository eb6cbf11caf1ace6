"""Tables that other tools write: which tool a table comes from, and what its columns are.

One YAML file a tool, each with where its column names were read. A name that was not found in public is not in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Mapping:
    """One tool: the headings by which its tables are known, and which field each heading is."""

    name: str
    source: str
    needs: frozenset[str]
    columns: dict[str, str]


def plain(heading: str) -> str:
    """A heading as it is compared: `First Name`, `first_name` and ` FIRST  NAME ` are one."""
    return " ".join(heading.replace("_", " ").casefold().split())


@cache
def mappings() -> tuple[Mapping, ...]:
    """Every tool we know, in the order of their files."""
    return tuple(_read(path) for path in sorted(HERE.glob("*.yaml")))


def _read(path: Path) -> Mapping:
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = {plain(heading): field for heading, field in told["columns"].items()}
    return Mapping(told["name"], told["source"], frozenset(map(plain, told["needs"])), columns)


def recognize(header: Sequence[str]) -> Mapping | None:
    """The tool that wrote a table with these headings: of those that fit, the one that names most of them."""
    headings = {plain(heading) for heading in header}
    fits = [one for one in mappings() if one.needs <= headings]
    return max(fits, key=lambda one: len(headings & one.columns.keys()), default=None)
