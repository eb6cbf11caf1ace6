"""Template words of the people module."""

from django import template

from centro.people import phones

register = template.Library()


@register.filter
def phone(number: str) -> str:
    """A number as people read it; a masked one as it is."""
    return phones.shown(number)


@register.filter
def masked(text: str) -> bool:
    """Whether a text shows dots in place of something."""
    return "•••" in text
