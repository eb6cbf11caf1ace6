"""Every address of the program, as a test visits it: with made-up ids where it wants some."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

from centro.core import policy
from centro.core.classes import Role
from centro.core.policy import Actor
from centro.web.views import errors

_MADE_UP: dict[type, Any] = {
    UUIDConverter: UUID(int=7),
    IntConverter: 7,
    SlugConverter: "made-up",
    StringConverter: "made-up",
}


@dataclass(frozen=True)
class Address:
    """One page: where it is, which door it has, and whether it stands for a record that must exist."""

    path: str
    verb: str
    wants_record: bool

    @property
    def is_guarded(self) -> bool:
        return "." in self.verb

    def lacks(self, role: Role) -> bool:
        return self.is_guarded and not policy.may(Actor(role=role), self.verb)


def every_address(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        path, wants = prefix, False
        text = str(entry.pattern)
        for name, converter in entry.pattern.converters.items():
            made_up = converter.to_url(_MADE_UP[type(converter)])
            text = text.replace(f"<uuid:{name}>", made_up).replace(f"<int:{name}>", made_up)
            text = text.replace(f"<str:{name}>", made_up).replace(f"<slug:{name}>", made_up)
            text, wants = text.replace(f"<{name}>", made_up), True
        path += text
        if isinstance(entry, URLResolver):
            yield from every_address(entry, path)
        elif isinstance(entry, URLPattern):
            yield Address(path, getattr(entry.callback, "verb", ""), wants)


def addresses() -> list[Address]:
    """All of them, once each; static files are no pages."""
    return sorted({a for a in every_address() if not a.path.startswith(settings.STATIC_URL)}, key=lambda a: a.path)


def visit(client: Client, address: Address, method: str, **options: Any) -> Any:
    """Ask for a page without following it anywhere."""
    return getattr(client, method)(address.path, **options)


def draw_no_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals show one page for all addresses, and drawing it is most of their work: a status is enough."""
    monkeypatch.setattr(errors, "render", lambda request, name, context=None, status=200: HttpResponse(status=status))
