"""Every key and switch of the case file is documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from wagelaw.case.fields import CASE, SWITCHES

PAGE = (Path(__file__).parents[3] / "docs" / "wage-case.md").read_text(encoding="utf-8")


def keys(fields):
    """Every key of the table of fields, also inside records."""
    for field in fields:
        yield field.key
        yield from keys(field.of)


@pytest.mark.parametrize("name", sorted({*keys(CASE), *SWITCHES}))
def test_stands_on_the_page(name):
    assert f"`{name}`" in PAGE
