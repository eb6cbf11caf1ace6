"""Today, language, role, and the answers when something is not there or went wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from centro.core import accounts, audit, policy, queries
from centro.core.actions import set_language
from centro.core.classes import Role
from centro.core.doors import allowed, public
from centro.core.request import Request


@allowed("center.home")
def home(request: Request) -> HttpResponse:
    """Today: what is due, by role."""
    return render(request, "web/home.html", {"tasks": queries.tasks(request.actor)[:50]})


@public
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Show every page in another language, from now on."""
    code = request.POST.get("language", "")
    answer = redirect(_back(request))
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            set_language(by=request.actor, language=code)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            secure=settings.SECURE,
            httponly=True,
        )
    return answer


@allowed("center.home")
@require_POST
def choose_role(request: Request) -> HttpResponse:
    """Work as another role one holds."""
    role = request.POST.get("role", "")
    if role not in request.roles:
        raise policy.Refused("role")
    accounts.choose_role(request, Role(role))
    audit.record_access("role", by=request.actor, route="web:choose_role", fields=[role])
    return redirect("web:home")


@allowed("center.roles")
def roles(request: Request) -> HttpResponse:
    """What each role may see and do: the policy table in words."""
    return render(request, "web/roles.html", {"table": policy.explain()})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "web/failed.html", {"request_id": getattr(request, "id", "")}, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/expired.html", status=403)


def _back(request: Request) -> str:
    where = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return where if is_ours else reverse("web:home")
