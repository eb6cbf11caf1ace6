"""The components that hold other content, as block tags: `{% card title=_("Pay") %} … {% endcard %}`.

Components without content of their own are includes: `{% include "components/chip.html" with label=… only %}`.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


def _render(context: template.Context, name: str, **parts: Any) -> SafeString:
    """The component in the page's own context, because forms inside need its request and token."""
    with context.push(**parts):
        return context.template.engine.get_template(f"components/{name}.html").render(context)  # type: ignore[union-attr]


@register.simple_block_tag(takes_context=True)
def card(context: template.Context, content: str, title: str = "", url: str = "", label: str = "") -> SafeString:
    """A sheet with a title and, if there is more to see, where it leads."""
    return _render(context, "card", content=content, title=title, url=url, label=label)


@register.simple_block_tag(takes_context=True)
def dialog(context: template.Context, content: str, id: str, title: str) -> SafeString:  # noqa: A002
    """A `<dialog>` with its title and close button; `data-opens="ID"` on a button opens it."""
    return _render(context, "dialog", content=content, id=id, title=title)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: str,
    id: str,  # noqa: A002
    title: str,
    url: str,
    label: str,
    kind: str = "primary",
) -> SafeString:
    """A dialog that asks before it posts to `url`; the content says what will happen."""
    return _render(context, "confirm", content=content, id=id, title=title, url=url, label=label, kind=kind)


@register.simple_block_tag(takes_context=True)
def menu(context: template.Context, content: str, id: str, label: str, icon: str = "") -> SafeString:  # noqa: A002
    """A button and the popover that it opens; with an icon, the label is heard and not seen."""
    return _render(context, "menu", content=content, id=id, label=label, icon=icon)


@register.filter
def initials(name: str) -> str:
    """Two letters for an avatar, one syllable for a Korean name: `Ana Ruiz` → AR, `김수` → 김."""
    words = [word for word in str(name).replace("•", " ").split() if word[0].isalnum()]
    if not words:
        return "·"
    first, last = words[0][0], words[-1][0]
    is_one = first > "\u2e7f" or len(words) == 1
    return (first if is_one else first + last).upper()


@register.filter
def beside(cells: Iterable[Any], columns: Iterable[str]) -> list[tuple[str, Any]]:
    """Each cell with the label of its column."""
    return list(zip(columns, cells, strict=True))
