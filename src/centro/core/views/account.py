"""Signing in, one's own factors, coming in by invitation: mostly allauth's, in our words, behind our doors."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView, LogoutView, PasswordSetView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from centro.core import accounts, actions, drafts, queries
from centro.core.doors import allowed, enrolling, public
from centro.core.links import mark_of
from centro.core.models import User
from centro.core.policy import Actor
from centro.core.request import Request


class SignInPage(LoginView):  # type: ignore[misc]
    """User name and password, or a passkey; in the demo also one button for each role."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "demo_accounts": queries.all_demo_accounts()}


class AddPasskeyPage(AddWebAuthnView):  # type: ignore[misc]
    """A passkey that signs in by itself: kept on the device, and opened with its screen lock."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**context)
        options = webauthn.begin_registration(self.request.user, passwordless=True)
        is_must = accounts.needs_passkey(self.request.user)
        return {**page, "js_data": {"creation_options": options}, "is_must": is_must}

    def form_valid(self, form: Any) -> HttpResponse:
        """Recovery codes stand in for the second of two steps; who has no password has no use for them."""
        answer: HttpResponse = super().form_valid(form)
        if self.request.user.has_usable_password():
            return answer
        Authenticator.objects.filter(user=self.request.user, type=accounts.RECOVERY).delete()
        return redirect("mfa_index")


class RemovePasskeyPage(RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away; the only one left, or the only factor, stays."""

    success_url = "/account/2fa/"

    def get_queryset(self) -> QuerySet[Any]:
        keys: QuerySet[Any] = super().get_queryset()
        is_only_key = accounts.needs_passkey(self.request.user) and keys.count() == 1
        return keys.none() if is_only_key or accounts.count_factors(self.request.user) == 1 else keys


class RecoveryCodesPage(ViewRecoveryCodesView):  # type: ignore[misc]
    """Shown once, and only when asked: opening the page marks nothing, its button does."""

    def get(self, request: Request) -> HttpResponse:
        if not accounts.may_change_factors(request):
            return accounts.ask_for_proof(request)
        codes = Authenticator.objects.filter(user=request.user, type=accounts.RECOVERY).first()
        if codes is None:
            raise Http404
        page = {"was_shown": codes.wrap().did_view, "left": len(codes.wrap().get_unused_codes())}
        return render(request, self.template_name, page)

    def post(self, request: Request) -> HttpResponse:
        page = self.get_context_data()
        return render(request, self.template_name, page) if page["can_view_codes"] else redirect(request.path)


def sign_out(request: Request) -> HttpResponse:
    """End this session, and what the browser kept of its pages."""
    answer: HttpResponse = LogoutView.as_view()(request)
    if request.method == "POST":
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def set_password(request: Request) -> HttpResponse:
    """A first password, for those who come in without a passkey."""
    if not accounts.may_change_factors(request):
        return accounts.ask_for_proof(request)
    answer: HttpResponse = PasswordSetView.as_view()(request)
    return answer


def absent(request: Request, **parts: Any) -> HttpResponse:
    """allauth knows pages that this program does not have: signing up, e-mail addresses, password by mail."""
    raise Http404


def passkeys(request: Request) -> HttpResponse:
    """The list of passkeys stands on the page of all factors."""
    return redirect("mfa_index")


@public
@require_POST
def demo_sign_in(request: Request, user: UUID) -> HttpResponse:
    """One click, in the demo only; anywhere else this page does not exist."""
    account = next((row for row, _role in queries.all_demo_accounts() if row.pk == user), None)
    if not settings.DEMO or account is None:
        raise Http404
    _let_in(request, account, "demo")
    actions.set_language(by=Actor(user_id=account.pk), language=get_language() or account.language)
    return redirect("web:home")


def _let_in(request: Request, user: User, how: str) -> None:
    """Sign somebody in who has shown what they need to; whoever was signed in here before is signed out."""
    logout(request)
    record_authentication(request, user, how)
    perform_login(request, Login(user=user))


@public
def invitation(request: Request, link: str) -> HttpResponse:
    """Coming in by a link that works once. Opening the page uses nothing up; the button does."""
    found = queries.find_invitation(mark_of(link))
    if found is None:
        return render(request, "core/invitation_over.html", status=410)
    if request.method != "POST":
        return render(request, "core/invitation.html", {"invitation": found})
    user = actions.accept_invitation(link=link)
    if user is None:
        return render(request, "core/invitation_over.html", status=410)
    _let_in(request, user, "invitation")
    return redirect("core:enrol")


@enrolling
def enrol(request: Request) -> HttpResponse:
    """The choice of a way to sign in, for whoever has none yet."""
    if accounts.factors_of(request.user):
        return redirect(accounts.missing_step(request) or "web:home")
    is_must = accounts.needs_passkey(request.user)
    has_password = request.user.has_usable_password()
    codes = reverse("mfa_activate_totp" if has_password else "account_set_password")
    return render(request, "core/enrol.html", {"is_must": is_must, "codes": codes, "has_password": has_password})


@enrolling
def waiting(request: Request) -> HttpResponse:
    """Signed in, but no role is in force yet."""
    return redirect("web:home") if request.roles else render(request, "core/waiting.html")


@allowed("center.account")
def restore(request: Request) -> HttpResponse:
    """What was typed when the sign-in ended, ready to be sent."""
    answer = render(request, "core/restore.html", {"kept": drafts.find(request)})
    answer.delete_cookie(drafts.COOKIE, samesite="Lax")
    return answer
