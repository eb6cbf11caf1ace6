"""Signing in, and as what: the hooks into allauth, the actor of a request, the proof for dangerous things."""

import time


from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import RoleGrant, User
from centro.core.policy import NOBODY, Actor
from centro.core.request import Request
from centro.core.vault import keyring
from centro.core.vault.seal import Where, key_id_of, seal, unseal

PASSKEY_ONLY = {Role.ATTORNEY, Role.MANAGER, Role.STEWARD, Role.ADMIN}
_ROLE = "role"


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB and one lane: 53 ms on two cores, so that guesses cost and a queue does not build."""

    time_cost, memory_cost, parallelism = 1, 46 * 1024, 1


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come by invitation only."""
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second-factor secrets are sealed under the key of their user."""

    _COLUMN = "data"

    def encrypt(self, text: str) -> str:
        user = self._user()
        key_id = user.vault_id()
        return seal(text.encode(), key=keyring.vault_key(key_id), key_id=key_id, where=self._where(user)).hex()

    def decrypt(self, encrypted_text: str) -> str:
        envelope = bytes.fromhex(encrypted_text)
        key_id = key_id_of(envelope)
        user = User.objects.get(key=key_id)
        return unseal(envelope, key=keyring.vault_key(key_id), where=self._where(user)).decode()

    def _where(self, user: User) -> Where:
        return Where(Authenticator._meta.db_table, self._COLUMN, user.pk)

    def _user(self) -> User:
        from allauth.core import context

        user: User = context.request.user
        return user


def roles_of(user: User) -> list[Role]:
    """The roles a user holds at this moment, in the order of the table."""
    now = clock.now()
    held = set(
        RoleGrant.objects.filter(Q(to_at__isnull=True) | Q(to_at__gt=now), user=user, from_at__lte=now).values_list("role", flat=True)
    )
    return [role for role in Role if role in held]


def actor_of(request: Request) -> Actor:
    """Who asks, working as the role they chose; the first they hold if they chose none or lost it."""
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    roles = roles_of(user)
    chosen = request.session.get(_ROLE)
    role = next((r for r in roles if r == chosen), roles[0] if roles else None)
    request.roles = roles
    return Actor(user_id=user.pk, role=role)


def choose_role(request: Request, role: Role) -> None:
    """Work as another role one holds, from the next request on. Walls never add up."""
    request.session[_ROLE] = role.value


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exclude(type="recovery_codes").exists()


def missing_step(request: Request) -> str:
    """The page a signed-in user must finish before any other; empty when nothing is missing."""
    if settings.DEMO and request.user.is_demo:
        return ""
    if not has_second_factor(request.user):
        return reverse("mfa_index")
    return ""


def proved_recently(request: Request) -> bool:
    """Whether a factor was shown within the last five minutes (in the demo: always)."""
    if settings.DEMO and request.user.is_demo:
        return True
    methods = request.session.get("account_authentication_methods", [])
    newest = max((entry.get("at", 0) for entry in methods), default=0)
    return time.time() - newest < account_settings.REAUTHENTICATION_TIMEOUT


def ask_for_proof(request: Request) -> HttpResponse:
    """To the page that asks for the factor again, and back to where one was."""
    return redirect(f"{reverse('mfa_reauthenticate')}?next={request.get_full_path()}")


