"""What must be true before this program answers a single request."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def pages(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address pattern with its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from pages(entry, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


@register()
def every_page_has_a_door(app_configs: Any, **options: Any) -> list[Error]:
    return [
        Error(
            f"/{route} has no door: put @allowed(…) or @public on {view.__module__}.{view.__name__}",
            id="centro.E001",
        )
        for route, view in pages()
        if not hasattr(view, "verb")
    ]


@register()
def every_model_field_is_classified(app_configs: Any, **options: Any) -> list[Error]:
    """Free text and identity are sealed; a clear text column is listed as a code, with its reason."""
    from centro.core.inventory import unclassified

    return [
        Error(
            f"{name} is clear text that nobody classified: seal it, or list it in core/inventory.py",
            id="centro.E002",
        )
        for name in unclassified()
    ]


@register()
def nothing_is_held_that_must_not_be(app_configs: Any, **options: Any) -> list[Error]:
    """Immigration status, identity numbers and origin have no column: what is not held cannot be taken."""
    from centro.core.inventory import never_to_be_held

    return [
        Error(f"{name} must not exist: this program never holds that, sealed or not", id="centro.E003")
        for name in never_to_be_held()
    ]
