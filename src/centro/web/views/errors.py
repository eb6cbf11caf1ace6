"""What is said when something is not there or went wrong: plain words, no values, and what to do next."""

import sys
from collections.abc import Iterator

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from centro.core.bare import bare_page

_NEVER_BACK = ("csrfmiddlewaretoken", "password", "code", "token", "secret")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent and not yours look the same."""
    request.resolver_match = None  # no part of the navigation may tell that the address exists
    return render(request, "web/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read; most often it is far too long."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return bare_page(request, "web/too_large.html", 413, megabytes=2)
    return bare_page(request, "web/unreadable.html", 400)


def failed(request: HttpRequest) -> HttpResponse:
    """Our mistake (500), or a database that is busy or full (503): then what was typed comes back."""
    request_id = getattr(request, "id", "")
    if isinstance(sys.exc_info()[1], OperationalError):
        facts = _sent(request) | {"csrf_token": get_token(request), "request_id": request_id}
        answer = bare_page(request, "web/busy.html", 503, **facts)
        answer.headers["Retry-After"] = "10"
        return answer
    return bare_page(request, "web/failed.html", 500, request_id=request_id)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long. Sent from our own page, it comes back with what was typed."""
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return render(request, "web/expired.html", _sent(request) if is_ours else {"typed": []}, status=403)


def _sent(request: HttpRequest) -> dict[str, object]:
    """Where the form goes and what was typed, without secrets, for a page that offers to send it again."""
    return {"action": request.get_full_path(), "typed": list(_typed(request)), "method": request.method}


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    try:
        fields = request.POST.lists()
    except (BadRequest, OSError):
        return
    for name, values in fields:
        if not any(word in name.lower() for word in _NEVER_BACK):
            yield from ((name, str(value)) for value in values)
