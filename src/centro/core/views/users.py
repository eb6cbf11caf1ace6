"""Accounts of staff, for the officers: invitations, roles by two people, shutting out, letting back in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from centro.core import accounts, actions, invitations, queries
from centro.core.classes import Role
from centro.core.doors import ShownOnce, allowed, ask_again
from centro.core.forms import EditUser, Invite, ProposeRole
from centro.core.models import User
from centro.core.request import Request


@allowed("user.see")
def users(request: Request) -> HttpResponse:
    """Everybody with an account, and what waits for a second yes."""
    waiting = queries.waiting_grants(request.actor)
    shown, mark = queries.users(request.actor, after=request.GET.get("after", ""))
    following = f"?{urlencode({'after': mark})}" if mark else ""
    return render(request, "core/users.html", {"users": shown, "next": following, "waiting": waiting})


@allowed("user.see")
def user(request: Request, user: UUID) -> HttpResponse:
    """One account: its roles, its ways of signing in, where it is signed in."""
    row = queries.get_user(request.actor, user)
    return render(request, "core/user.html", _page_of(request, row))


def _page_of(request: Request, row: User) -> dict[str, Any]:
    return {
        "account": row,
        "grants": queries.open_grants(request.actor, row),
        "factors": accounts.factors_of(row),
        "sessions": UserSession.objects.filter(user=row).count(),
        "recovery": queries.open_recovery(request.actor, row),
        "form": ProposeRole(),
        "is_self": row.pk == request.actor.user_id,
    }


@allowed("user.invite", step_up=True)
def invite(request: Request) -> HttpResponse:
    """Invite somebody; the link is shown once."""
    form = Invite(request.POST or None, initial={"language": request.LANGUAGE_CODE, "roles": []})
    if not form.is_valid():
        ask = ask_again if form.is_bound else render
        return ask(request, "core/invite.html", {"form": form, "suggestion": invitations.suggest_username()})
    given = dict(form.cleaned_data)
    roles = [Role(role) for role in given.pop("roles")]
    row, link = actions.invite(by=request.actor, roles=roles, **given)
    return _show_link(request, row, link)


@allowed("user.invite", step_up=True)
def edit_user(request: Request, user: UUID) -> HttpResponse:
    """Correct a name, an address or a language; who was slower sees both."""
    row = queries.get_user(request.actor, user)
    now = {"name": row.name, "email": row.email, "language": row.language, "version": row.version}
    form = EditUser(request.POST or None, initial=now)
    page: dict[str, Any] = {"account": row, "form": form, "version": row.version, "differences": []}
    if not form.is_valid():
        ask = ask_again if form.is_bound else render
        return ask(request, "core/edit_user.html", page)
    if actions.edit_user(by=request.actor, user=row, **form.cleaned_data):
        return _back_to(row)
    page |= {"differences": form.differences(row), "saved_by": queries.last_editor(request.actor, row)}
    return render(request, "core/edit_user.html", page, status=409)


def _show_link(request: Request, row: User, link: str) -> HttpResponse:
    """The one page that shows a link: it is kept nowhere, so it cannot be shown again."""
    address = request.build_absolute_uri(reverse("core:invitation", args=[link]))
    is_mailed = invitations.mail_link(user=row, address=address)
    page = render(request, "core/link.html", {"account": row, "address": address, "is_mailed": is_mailed})
    return ShownOnce(page, then=reverse("core:user", args=[row.pk]))


def _back_to(row: User) -> HttpResponse:
    return redirect("core:user", user=row.pk)


def _try(request: Request, row: User, act: Callable[[], Any]) -> HttpResponse:
    """Do it and return to the account; what is not allowed is said there."""
    try:
        act()
    except actions.NotAllowed as reason:
        messages.error(request, str(reason))
    return _back_to(row)


@allowed("user.invite", step_up=True)
@require_POST
def invite_again(request: Request, user: UUID) -> HttpResponse:
    row = queries.get_user(request.actor, user)
    try:
        return _show_link(request, row, actions.invite_again(by=request.actor, user=row))
    except actions.NotAllowed as reason:
        messages.error(request, str(reason))
        return _back_to(row)


@allowed("user.invite", step_up=True)
@require_POST
def propose_recovery(request: Request, user: UUID) -> HttpResponse:
    row = queries.get_user(request.actor, user)
    return _try(request, row, lambda: actions.propose_recovery(by=request.actor, user=row))


@allowed("user.approve_role", step_up=True)
@require_POST
def approve_recovery(request: Request, recovery: UUID) -> HttpResponse:
    row = queries.get_recovery(request.actor, recovery)
    if not actions.approve_recovery(by=request.actor, invitation=row):
        messages.error(request, gettext("Somebody else has to approve this, or it was settled before."))
    return _back_to(row.user)


@allowed("user.invite", step_up=True)
@require_POST
def make_recovery_link(request: Request, recovery: UUID) -> HttpResponse:
    row = queries.get_recovery(request.actor, recovery)
    try:
        return _show_link(request, row.user, actions.make_recovery_link(by=request.actor, invitation=row))
    except actions.NotAllowed as reason:
        messages.error(request, str(reason))
        return _back_to(row.user)


@allowed("user.propose_role", step_up=True)
@require_POST
def propose_role(request: Request, user: UUID) -> HttpResponse:
    row = queries.get_user(request.actor, user)
    form = ProposeRole(request.POST)
    if not form.is_valid():
        return ask_again(request, "core/user.html", {**_page_of(request, row), "form": form})
    actions.propose_role(by=request.actor, user=row, role=Role(form.cleaned_data["role"]))
    return _back_to(row)


@allowed("user.approve_role", step_up=True)
@require_POST
def approve_role(request: Request, grant: UUID) -> HttpResponse:
    row = queries.get_role_grant(request.actor, grant)
    if not actions.approve_role(by=request.actor, grant=row):
        messages.error(request, gettext("Somebody else has to approve this, or it was settled before."))
    return _back_to(row.user)


@allowed("user.approve_role", step_up=True)
@require_POST
def end_role(request: Request, grant: UUID) -> HttpResponse:
    row = queries.get_role_grant(request.actor, grant)
    return _try(request, row.user, lambda: actions.end_role(by=request.actor, grant=row))


@allowed("user.disable", step_up=True)
@require_POST
def disable(request: Request, user: UUID) -> HttpResponse:
    row = queries.get_user(request.actor, user)
    return _try(request, row, lambda: actions.disable_user(by=request.actor, user=row))


@allowed("user.disable", step_up=True)
@require_POST
def enable(request: Request, user: UUID) -> HttpResponse:
    row = queries.get_user(request.actor, user)
    return _try(request, row, lambda: actions.enable_user(by=request.actor, user=row))


@allowed("user.end_session")
@require_POST
def end_sessions(request: Request, user: UUID) -> HttpResponse:
    row = queries.get_user(request.actor, user)
    return _try(request, row, lambda: actions.end_sessions(by=request.actor, user=row))
