"""The request as views see it: with the actor that the middleware settled."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from centro.core.classes import Role
    from centro.core.models import User
    from centro.core.policy import Actor


class Request(HttpRequest):
    """A request after the middleware: whose it is (`user`), as what they work (`actor`), and its id for the logs."""

    actor: "Actor"
    user: "User"  # AnonymousUser never gets past a door
    id: str
    roles: list["Role"]
    was: "User"  # whose sign-in has just ended, if one has
    prepared: Any  # what a door did before the transaction (`allowed(first=…)`)
