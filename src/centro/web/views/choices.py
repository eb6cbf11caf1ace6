"""What one chooses for oneself: the language of every page, and as what one works."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from centro.core import accounts, audit, policy
from centro.core.actions import set_language
from centro.core.classes import Role
from centro.core.doors import allowed, public
from centro.core.request import Request


@public
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Show every page in another language, from now on."""
    code = request.POST.get("language", "")
    answer = redirect(back(request))
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            set_language(by=request.actor, language=code)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
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


def back(request: Request) -> str:
    """Where the form says it came from, if that is a page of ours; Today otherwise."""
    where = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        where, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return where if is_ours and where.startswith("/") else reverse("web:home")


@public
def pulse(request: Request) -> HttpResponse:
    """Who is signed in now, and a fresh form token: a page that was signed out asks before it sends again."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})
