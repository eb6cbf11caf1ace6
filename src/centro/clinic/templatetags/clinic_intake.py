"""Template words of the intake: words of a question in a language, a language under its own name."""

from django import template

from centro.clinic.intake.questions import Said
from centro.people.choices import LANGUAGES

register = template.Library()


@register.filter
def in_language(said: Said, language: str) -> str:
    """`{{ screen.title|in_language:"ko" }}`."""
    return said.in_(language)


@register.filter
def spoken_name(code: str) -> str:
    """A worker's language under its own name: `quc` → K’iche’."""
    return LANGUAGES.get(code, code)
