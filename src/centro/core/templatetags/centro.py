"""Template words that every page may use."""

from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from centro.core import money, policy, words
from centro.core.classes import Role

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: Any) -> SafeString:
    """The key that makes a form safe to send twice. A form that comes back with errors keeps its key."""
    request = context.get("request")
    held = request.POST.get("_once") if request is not None and request.method == "POST" else None
    return format_html('<input type="hidden" name="_once" value="{}">', held or uuid4())


@register.filter
def dollars(cents: int) -> str:
    return money.dollars(cents)


@register.filter
def may(actor: policy.Actor, verb: str) -> bool:
    """`{% if actor|may:"person.edit" %}`: whether to show what leads there."""
    return policy.may(actor, verb)


@register.simple_tag
def can(actor: policy.Actor, verb: str, row: Any) -> bool:
    return policy.can(actor, verb, row)


@register.filter
def said(kind: str) -> words.Words:
    """An entry of a log in words."""
    return words.said_of(kind)


@register.filter
def role_name(code: str) -> str:
    """A role in words; what nobody asked for was done by the program itself."""
    return str(Role(code).label) if code in Role.values else gettext("the program itself")


@register.filter
def language_name(code: str) -> str:
    """A language under its own name: `ko` → 한국어."""
    return dict(settings.LANGUAGES).get(code, code)
