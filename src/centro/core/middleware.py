"""What happens to every request: headers, sizes, keys, session limits, language, the trace that it leaves."""

import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils import translation

from centro.core import access, accounts, audit
from centro.core.bare import bare_page
from centro.core.request import Request
from centro.core.vault import keyring, root

Next = Callable[[Request], HttpResponse]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def headers(get_response: Next) -> Next:
    """Headers of every answer; private pages are never stored."""

    def answer(request: Request) -> HttpResponse:
        request.id = uuid4().hex[:12]
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=(self)")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def keys_ready(get_response: Next) -> Next:
    """Without a root key the site is shut: 503, and not one row is read or written."""

    def answer(request: Request) -> HttpResponse:
        try:
            root.key()
        except root.Locked:
            shut = bare_page(request, "web/locked.html", 503)
            shut.headers["Retry-After"] = "60"
            return shut
        with keyring.held_for_request():
            return get_response(request)

    return answer


def refuse_large_bodies(get_response: Next) -> Next:
    """A body over the limit is answered 413 with words; Django alone would drop the file and say nothing."""

    def answer(request: Request) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.BODY_LIMIT:
            return bare_page(request, "web/too_large.html", 413, megabytes=settings.BODY_LIMIT // 2**20)
        return get_response(request)

    return answer


def same_origin_only(get_response: Next) -> Next:
    """Beside the CSRF token: an unsafe request that the browser says came from elsewhere is refused."""

    def answer(request: Request) -> HttpResponse:
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if request.method not in {"GET", "HEAD", "OPTIONS"} and site not in {"same-origin", "none"}:
            return HttpResponse(status=403)
        return get_response(request)

    return answer


def session_limits(get_response: Next) -> Next:
    """A session ends after 30 idle minutes and after 12 hours; the actor of the request is settled here."""

    def answer(request: Request) -> HttpResponse:
        if request.user.is_authenticated and _is_over(request):
            request.was = request.user
            logout(request)
        request.actor = accounts.actor_of(request)
        return get_response(request)

    return answer


def _is_over(request: Request) -> bool:
    now = int(time.time())
    began = request.session.setdefault("began", now)
    seen = request.session.setdefault("seen", now)
    if now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
        return True
    if now - seen > 60:
        request.session["seen"] = now
    return False


def language(get_response: Next) -> Next:
    """The user's own language; before sign-in the one chosen by cookie or browser."""

    def answer(request: Request) -> HttpResponse:
        chosen = (
            request.user.language if request.user.is_authenticated else translation.get_language_from_request(request)
        )
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
            response.headers.setdefault("Content-Language", chosen)
            return response

    return answer


def viewing(get_response: Next) -> Next:
    """Open the access context of this request, and write its one `Access` row before the answer leaves."""

    def answer(request: Request) -> HttpResponse:
        with access.viewing(request.actor) as seen:
            response = get_response(request)
            route = request.resolver_match.view_name if request.resolver_match else ""
            if response.status_code == 404 and request.actor.user_id:
                audit.record_access("refuse", by=request.actor, route=route)
            elif seen.has_opened:
                audit.record_access(seen.kind, by=request.actor, route=route, records=seen.records, fields=seen.fields)
            return response

    return answer
