"""Signing in again without leaving the page: the small form of the dialog that opens when a sign-in has ended.

The page names whom it was opened by (a user id); only that user gets in here. Answers are fragments:
422 the same step again with words, 200 the next step, 200 with `data-signed-in` when done. That last one holds the
new CSRF token, with which the page sends its form once more, under the same idempotency key.
"""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import clear_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from centro.core.doors import public
from centro.core.forms import Code, SignIn
from centro.core.request import Request


@public
def again(request: Request, user: UUID) -> HttpResponse:
    """One step of signing the same user in again."""
    if request.user.is_authenticated:
        return _done(request, user)
    if request.method != "POST":
        return _ask(request, user, "password", SignIn(request=request))
    if "credential" in request.POST:
        return _by_passkey(request, user)
    if "code" in request.POST:
        return _by_code(request, user)
    return _by_password(request, user)


def _by_password(request: Request, user: UUID) -> HttpResponse:
    form = SignIn(data=request.POST, request=request)
    if not form.is_valid():
        return _ask(request, user, "password", form)
    if form.user.pk != user:
        return _somebody_else(request, user, form)
    form.login(request)
    if request.user.is_authenticated:
        return _done(request, user)
    return _ask(request, user, "code", Code(user=form.user))


def _by_code(request: Request, user: UUID) -> HttpResponse:
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or stage.login.user.pk != user:
        clear_login(request)
        return _ask(request, user, "password", SignIn(request=request))
    request._login_stage = stage  # type: ignore[attr-defined]  # where the vault looks for whose secret this is
    form = Code(user=stage.login.user, data=request.POST)
    if not form.is_valid():
        return _ask(request, user, "code", form)
    form.save()
    stage.exit()
    return _done(request, user)


def _by_passkey(request: Request, user: UUID) -> HttpResponse:
    form = LoginWebAuthnForm(data=request.POST)
    if not form.is_valid():
        return _ask(request, user, "password", SignIn(request=request), failed=True)
    passkey = form.cleaned_data["credential"]
    if passkey.user_id != user:
        return _somebody_else(request, user, SignIn(request=request))
    perform_passwordless_login(request, passkey, Login(user=passkey.user))
    return _done(request, user)


def _somebody_else(request: Request, user: UUID, form: Form) -> HttpResponse:
    clear_authentication_records(request)
    words = gettext("This page belongs to another account. Please sign in as the person who opened it.")
    return _ask(request, user, "password", form, words=words)


def _ask(request: Request, user: UUID, step: str, form: Form, **more: Any) -> HttpResponse:
    status = 422 if more or form.errors else 200
    return render(request, "core/again.html", {"step": step, "form": form, "user_id": user, **more}, status=status)


def _done(request: Request, user: UUID) -> HttpResponse:
    """The page may go on, if it belongs to whoever is signed in now."""
    if request.user.pk != user:
        return render(request, "core/again.html", {"step": "other"}, status=409)
    return render(request, "core/again.html", {"step": "done"})
