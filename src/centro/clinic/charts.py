"""The bars of a chart, as queries give them and templates draw them."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its value, the value as it is shown, where it leads, its pattern (solid, stripes, dots)."""

    label: str | Promise
    value: int
    shown: str = ""
    url: str = ""
    pattern: str = "solid"
