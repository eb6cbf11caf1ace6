"""Charts that everybody can read: a table whose bars are drawn beside their numbers, told apart by pattern.

`{% bars "states" caption rows %}` takes rows of `Bar`; `{% money_bars sums caption %}` draws the columns of a ledger.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from centro.clinic import ledger
from centro.clinic.charts import Bar
from centro.core.money import dollars

register = template.Library()


@register.inclusion_tag("clinic/dashboard/bars.html")
def bars(key: str, caption: str, rows: Sequence[Bar]) -> dict[str, Any]:
    """A chart of bars. `key` is unique on the page: it names the patterns."""
    widths = ledger.shares([bar.value for bar in rows])
    found = [
        {"bar": bar, "width": max(width, 1 if bar.value else 0), "shown": bar.shown or str(bar.value)}
        for bar, width in zip(rows, widths, strict=True)
    ]
    return {"key": key, "caption": caption, "rows": found}


def money_rows(sums: ledger.Sums, label: str = "") -> list[Bar]:
    """Claimed, awarded and collected as three bars with a pattern each."""
    columns = (
        (_("Claimed"), sums.claimed, "solid"),
        (_("Awarded or agreed"), sums.awarded, "stripes"),
        (_("Collected"), sums.collected, "dots"),
    )
    return [
        Bar(label=f"{label} {words}".strip(), value=cents, shown=dollars(cents), pattern=pattern)
        for words, cents, pattern in columns
    ]


@register.inclusion_tag("clinic/dashboard/bars.html")
def money_bars(sums: ledger.Sums, caption: str, key: str = "money") -> dict[str, Any]:
    """The three columns of a ledger."""
    return bars(key, caption, money_rows(sums))
