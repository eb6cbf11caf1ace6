"""What the frame of every page shows: who works as what, the parts of the work, the languages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centro.core import policy
from centro.core.policy import NOBODY
from centro.core.queries import get_center
from centro.core.request import Request


@dataclass(frozen=True)
class Part:
    """A part of the work in the navigation: shown to those whose role has `verb`."""

    label: str | Promise
    view: str
    icon: str
    verb: str
    group: str | Promise = ""


# The parts of the work, in the order of the rail. A module adds its line here.
PARTS: tuple[Part, ...] = (
    Part(_("Today"), "web:home", "sun", "center.home"),
    Part(_("People"), "people:people", "users", "person.find"),
    Part(_("Workplaces"), "people:workplaces", "building-store", "workplace.find"),
)


def page(request: Request) -> dict[str, Any]:
    """Context of every page; two small queries, none for visitors."""
    actor = getattr(request, "actor", NOBODY)
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "actor": actor,
        "roles": getattr(request, "roles", []),
        "role_label": actor.role.label if actor.role else "",
        "nav": [_line(part, here) for part in PARTS if policy.may(actor, part.verb)],
        "languages": [
            {"code": code, "name": name, "is_current": code == get_language()}
            for code, name in settings.LANGUAGES
        ],
        "center": get_center(),
        "demo": settings.DEMO,
    }


def _line(part: Part, here: str) -> dict[str, Any]:
    module = part.view.partition(":")[0]
    is_current = here == part.view or (
        module != "web" and here.startswith(f"{module}:") and part.view.endswith(module)
    )
    return {
        "label": part.label,
        "url": reverse(part.view),
        "icon": part.icon,
        "is_current": is_current,
        "group": part.group,
    }
