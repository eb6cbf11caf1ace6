"""Signing in, and as what: the hooks into allauth, the actor of a request, the proof for dangerous things."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from centro.core import drafts, qr
from centro.core.audit import record_event
from centro.core.classes import Role
from centro.core.models import RoleGrant, User
from centro.core.policy import NOBODY, Actor
from centro.core.request import Request
from centro.core.vault import keyring
from centro.core.vault.seal import Unreadable, Where, key_id_of, seal, unseal

PASSKEY, CODES, RECOVERY = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
PASSKEY_ONLY = {Role.ATTORNEY, Role.MANAGER, Role.STEWARD, Role.ADMIN}
_ROLE = "role"

# What allauth would mail about one's own factors, as events: mail template → kind and code.
_NOTICES = {
    "account/email/password_changed": ("user.password_changed", "password"),
    "account/email/password_set": ("user.password_set", "password"),
    "mfa/email/webauthn_added": ("factor.added", PASSKEY),
    "mfa/email/webauthn_removed": ("factor.removed", PASSKEY),
    "mfa/email/totp_activated": ("factor.added", CODES),
    "mfa/email/totp_deactivated": ("factor.removed", CODES),
    "mfa/email/recovery_codes_generated": ("factor.added", RECOVERY),
}


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB and one lane: 53 ms on two cores, so that guesses cost and a queue does not build."""

    time_cost, memory_cost, parallelism = 1, 46 * 1024, 1


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Where allauth asks how this program signs people in: by invitation, with events, in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That code is not right. Codes change every 30 seconds: please type the one shown now."),
        "incorrect_password": _("That password is not right."),
        "enter_current_password": _("That is not your present password."),
        "rate_limited": _("Too many tries. Please wait a few minutes."),
        "too_many_login_attempts": _("Too many tries. Please wait five minutes, or sign in with your passkey."),
        "username_password_mismatch": _("The user name and the password do not belong together."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come by invitation only."""
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **rest: Any
    ) -> None:
        """Only what went wrong is said; that something went well shows on the page itself."""
        if message:
            super().add_message(request, level, message=message)

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        methods = {record.get("type") or record["method"] for record in get_authentication_records(request, user)}
        record_event("user.signed_in", by=Actor(user_id=user.pk), about=user, codes=methods)

    def logout(self, request: HttpRequest) -> None:
        with transaction.atomic():
            record_event("user.signed_out", by=Actor(user_id=request.user.pk), about=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password leaves a trace, without what was typed; an unknown name leaves the same trace."""
        user = User.objects.filter(username__iexact=credentials.get("username", "")).first()
        with transaction.atomic():
            record_event("user.sign_in_failed", by=NOBODY, about=user)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **rest: Any) -> None:
        """A change of one's own factors becomes an event. A new one was shown to work, which is a proof as well."""
        kind, code = _NOTICES[template_prefix]
        with transaction.atomic():
            record_event(kind, by=Actor(user_id=user.pk), about=user, codes=[code])
        if kind == "factor.added" and code != RECOVERY:
            record_authentication(context.request, user, "mfa", type=code)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        return not may_change_factors(context.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How one proves oneself again: the strongest first; a password alone only before there is anything else."""
        held = factors_of(user)
        names = ["mfa_reauthenticate_webauthn"] if PASSKEY in held else []
        if CODES in held and not (PASSKEY in held and needs_passkey(user)):
            names.append("mfa_reauthenticate")
        if not held and user.has_usable_password():
            names.append("account_reauthenticate")
        return [{"id": name, "description": name, "url": reverse(name)} for name in names]


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second-factor secrets are sealed under the key of their user, and open for that user only."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("This is your only second step. Please add another one first."),
        "cannot_generate_recovery_codes": _("Please set up a passkey or an authenticator app first."),
    }
    _COLUMN = "data"

    def encrypt(self, text: str) -> str:
        user = self._user()
        key_id = user.vault_id()
        return seal(text.encode(), key=keyring.vault_key(key_id), key_id=key_id, where=self._where(user)).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret of the user who is signing in; one moved here from another user's row does not open."""
        user, envelope = self._user(), _bytes(encrypted_text)
        if key_id_of(envelope) != user.key:
            raise Unreadable("a second-factor secret stands in another user's row")
        return unseal(envelope, key=keyring.vault_key(user.vault_id()), where=self._where(user)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return count_factors(authenticator.user) > 1

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        return str(_("Passkey"))

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, on white ground of its own, so that it can be read in the dark look too."""
        return qr.svg(url)

    def _where(self, user: User) -> Where:
        return Where(Authenticator._meta.db_table, self._COLUMN, user.pk)

    def _user(self) -> User:
        """Who is signed in, or is half-way through signing in."""
        request = context.request
        user: User = request.user if request.user.is_authenticated else request._login_stage.login.user
        return user


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise Unreadable("a second-factor secret is not sealed") from error


def roles_of(user: User) -> list[Role]:
    """The roles a user holds at this moment, in the order of the table."""
    held = set(RoleGrant.objects.live().filter(user=user).values_list("role", flat=True))
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


def factors_of(user: User) -> set[str]:
    """The kinds of second factor a user has set up. Recovery codes are none: they only stand in for one."""
    return set(Authenticator.objects.filter(user=user).exclude(type=RECOVERY).values_list("type", flat=True))


def count_factors(user: User) -> int:
    """How many passkeys and authenticator apps a user has."""
    return int(Authenticator.objects.filter(user=user).exclude(type=RECOVERY).count())


def needs_passkey(user: User) -> bool:
    """Whether a role this user holds, or is proposed for, is too powerful for a code that can be phished."""
    return RoleGrant.objects.filter(user=user, to_at=None, role__in=PASSKEY_ONLY).exists()


def missing_step(request: Request) -> str:
    """The page a signed-in user must finish before any other; empty when nothing is missing."""
    if settings.DEMO and request.user.is_demo:
        return ""
    held = factors_of(request.user)
    if not held:
        return reverse("core:enrol")
    if PASSKEY_ONLY & set(request.roles) and PASSKEY not in held:
        return reverse("mfa_add_webauthn")
    if request.actor.role in PASSKEY_ONLY and not _proofs(request, {PASSKEY}):
        return f"{reverse('mfa_reauthenticate_webauthn')}?{urlencode({'next': request.get_full_path()})}"
    return "" if request.roles else reverse("core:waiting")


def _proofs(request: Request, kinds: set[str]) -> list[float]:
    """When this session showed a factor of these kinds, in seconds since 1970."""
    records = get_authentication_records(request, request.user)
    return [record["at"] for record in records if record.get("type") in kinds]


def _are_recent(instants: list[float]) -> bool:
    return bool(time.time() - max(instants, default=0) < account_settings.REAUTHENTICATION_TIMEOUT)


def proved_recently(request: Request) -> bool:
    """Whether a second factor was shown within the last five minutes (in the demo: always).

    A password alone is no proof; for the roles in PASSKEY_ONLY only a passkey is.
    """
    if settings.DEMO and request.user.is_demo:
        return True
    kinds = {PASSKEY} if request.actor.role in PASSKEY_ONLY else {PASSKEY, CODES, RECOVERY}
    return _are_recent(_proofs(request, kinds))


def may_change_factors(request: Request) -> bool:
    """Whether one may add or remove factors now: after a recent proof, or while setting up the first one."""
    held = factors_of(request.user)
    if held:
        must = {PASSKEY} if PASSKEY in held and needs_passkey(request.user) else {PASSKEY, CODES, RECOVERY}
        return _are_recent(_proofs(request, must))
    records = get_authentication_records(request, request.user)
    return not request.user.has_usable_password() or _are_recent([record["at"] for record in records])


def ask_for_proof(request: Request) -> HttpResponse:
    """To the page that asks for the factor again, and back to where one was; what a form held is kept meanwhile."""
    held = factors_of(request.user)
    page = reverse("mfa_reauthenticate_webauthn" if PASSKEY in held else "mfa_reauthenticate")
    is_form = request.method == "POST"
    then = reverse("core:restore") if is_form else request.get_full_path()
    address = f"{page}?{urlencode({'next': then})}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=200, headers={"HX-Redirect": address})
    else:
        answer = redirect(address)
    if is_form:
        drafts.keep(request, request.user, answer)
    return answer
