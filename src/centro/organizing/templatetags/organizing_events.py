"""Small words on the pages of events: languages by their names, one value of many by its key."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from centro.people.choices import LANGUAGES

register = template.Library()


@register.filter
def language_names(codes: str | Iterable[str]) -> str:
    """`es` → Español; `["es", "ko"]` → Español, 한국어."""
    several = [codes] if isinstance(codes, str) else codes
    return ", ".join(LANGUAGES.get(code, code) for code in several)


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """The value under this key, or nothing."""
    return values.get(key, "")
