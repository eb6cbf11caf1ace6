"""A form that arrives after its sign-in ended is kept for ten minutes, sealed under a key that only its cookie holds.

After the same user has signed in again, the page `core:restore` shows it for sending. Nobody else can open it: not
another user, and not the server without the cookie.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from centro.core import access, clock, policy
from centro.core.models import Draft, User
from centro.core.vault.seal import Unreadable, Where, seal, unseal

COOKIE = "__Host-draft" if settings.SECURE else "centro_draft"
KEPT = timedelta(minutes=10)
LIMIT = 100_000  # characters; what is longer was not typed
ROUTE_LIMIT = 200  # as Draft.route
NEVER = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Kept:
    """A form that waits to be sent again: where to, and its fields in their order."""

    route: str
    fields: list[tuple[str, str]]


def _where(draft: UUID) -> Where:
    return Where(Draft._meta.db_table, "body", draft)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in NEVER:
            yield from ((name, str(value)) for value in values)


def keep(request: HttpRequest, user: User, answer: HttpResponse) -> None:
    """Seal what was posted, for this user, and give the browser the key."""
    text, route = json.dumps(list(_fields(request))), request.get_full_path()
    if len(text) > LIMIT or len(route) > ROUTE_LIMIT:
        return
    draft, key = Draft(user=user, route=route), os.urandom(32)
    draft.body = seal(text.encode(), key=key, key_id=draft.pk, where=_where(draft.pk)).hex()
    draft.save()
    answer.set_cookie(
        COOKIE,
        f"{draft.pk.hex}.{key.hex()}",
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def find(request: HttpRequest) -> Kept | None:
    """The form this browser has the key of, if it is this user's and not older than ten minutes."""
    name, _, key = request.COOKIES.get(COOKIE, "").partition(".")
    try:
        pk, secret = UUID(name), bytes.fromhex(key)
    except ValueError:
        return None
    draft = Draft.objects.filter(pk=pk, user=request.user.pk, at__gte=clock.now() - KEPT).select_related("user").first()
    if draft is None or len(secret) != 32:
        return None
    with access.viewing(policy.system("give a form back to the user who typed it")):
        sealed = draft.body
    try:
        text = unseal(bytes.fromhex(sealed), key=secret, where=_where(pk))
    except Unreadable:
        return None
    return Kept(draft.route, [(name, value) for name, value in json.loads(text)])


def forget_old() -> int:
    """Delete the forms that nobody came back for. Returns how many; the worker calls it."""
    gone, _ = Draft.objects.filter(at__lt=clock.now() - KEPT).delete()
    return gone
