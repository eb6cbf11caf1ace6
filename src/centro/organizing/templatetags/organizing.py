"""The row of tabs over the pages of organizing: `{% load organizing %}{% sections %}` in the block `tabs`."""

import re
from typing import Any

from django import template
from django.urls import reverse

from centro.core import policy
from centro.organizing.sections import SECTIONS

register = template.Library()


@register.inclusion_tag("organizing/sections.html", takes_context=True)
def sections(context: dict[str, Any]) -> dict[str, Any]:
    """The parts of organizing that this actor has, the one of this page marked."""
    here = context["request"].resolver_match.url_name or ""
    return {
        "sections": [
            {
                "label": part.label,
                "url": reverse(part.view),
                "is_current": re.fullmatch(part.pages, here) is not None,
            }
            for part in SECTIONS
            if policy.may(context["actor"], part.verb)
        ]
    }
