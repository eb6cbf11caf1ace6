"""What the frame of every page shows: who works as what, the parts of the work, the languages."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

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
    """A part of the work in the navigation: shown to those whose role has `verb`, marked on its `pages`."""

    label: str | Promise
    view: str
    icon: str
    verb: str
    pages: str
    group: str | Promise = ""


_PEOPLE = r"people:(?!.*workplace)"
_CASES = r"clinic:(?!approvals|night|\w*intake|coverage|decide_conflict)"
_MEMBERS = r"(members?|join|pay|edit_member|totals|\w*committees?|assembl\w+)$"
_HOUSE = _("The house")
# The parts of the work, in the order of the rail. A module adds its line here; `pages` is a pattern of view names.
PARTS: tuple[Part, ...] = (
    Part(_("Today"), "web:home", "sun", "center.home", r"web:(home|tasks?|add_task|edit_task)"),
    Part(_("People"), "people:people", "users", "person.find", _PEOPLE),
    Part(_("Organizing"), "organizing:home", "map-pin", "assignment.see", rf"organizing:(?!{_MEMBERS})"),
    Part(_("Intakes"), "clinic:intakes", "inbox", "intake.see", r"clinic:(\w*intake|coverage|decide_conflict)"),
    Part(_("To approve"), "clinic:approvals", "copy-check", "case.approve", r"clinic:approvals"),
    Part(
        _("Clinic"),
        "clinic:home",
        "scale",
        "case.see",
        _CASES,
    ),
    Part(_("Workplaces"), "people:workplaces", "building-store", "workplace.find", r"people:.*workplace"),
    Part(_("Members"), "organizing:members", "users", "member.see", f"organizing:{_MEMBERS}"),
    Part(
        _("Appointments"),
        "clinic:day",
        "clock",
        "appointment.see",
        r"clinic:(day|board|walk_in|night|change_app|answers)",
    ),
    Part(_("Clinic in numbers"), "clinic:dashboard", "history", "clinic.totals", r"clinic:(dashboard|team)"),
    Part(_("Staff"), "core:users", "user-shield", "user.see", r"core:(users?|invite)", _HOUSE),
    Part(_("The center"), "core:center", "settings", "setting.edit", r"core:center", _HOUSE),
    Part(_("Log"), "core:log", "history", "log.read", r"core:(log|verify)", _HOUSE),
    Part(_("Official forms"), "clinic:official_forms", "printer", "setting.edit", r"clinic:\w*official\w*", _HOUSE),
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
            {"code": code, "name": name, "is_current": code == get_language()} for code, name in settings.LANGUAGES
        ],
        "center": get_center(),
        "demo": settings.DEMO,
        "this_page": _this_page(request),
    }


def _this_page(request: Request) -> str:
    """The address that shows this page again; after a form that came back, the page on which the form stood."""
    stood = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and stood.netloc == request.get_host():
        return f"{stood.path}?{stood.query}" if stood.query else stood.path
    return request.get_full_path()


def _line(part: Part, here: str) -> dict[str, Any]:
    return {
        "label": part.label,
        "url": reverse(part.view),
        "icon": part.icon,
        "is_current": re.match(part.pages, here) is not None,
        "group": part.group,
    }
