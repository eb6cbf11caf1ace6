"""Addresses of the ground: `account` (signing in; allauth's names), users, logs, papers.

allauth's own list of addresses is not included. The pages of it that this program has are named here, each behind
one of our doors; the names it looks up but that lead nowhere here answer 404.
"""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, include, path

from centro.core.doors import allowed, enrolling, public
from centro.core.views import account as own
from centro.core.views import again, center, logs, users

one_s_own = allowed("center.account")

account = [
    path("login/", public(own.SignInPage.as_view()), name="account_login"),
    path("logout/", public(own.sign_out), name="account_logout"),
    path("inactive/", public(allauth.account_inactive), name="account_inactive"),
    path("reauthenticate/", enrolling(allauth.reauthenticate), name="account_reauthenticate"),
    path("password/change/", one_s_own(allauth.password_change), name="account_change_password"),
    path("password/set/", enrolling(own.set_password), name="account_set_password"),
    path("2fa/", one_s_own(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", enrolling(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", enrolling(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", one_s_own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", enrolling(own.RecoveryCodesPage.as_view()), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        one_s_own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/passkeys/", one_s_own(own.passkeys), name="mfa_list_webauthn"),
    path("2fa/passkeys/login/", public(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("2fa/passkeys/add/", enrolling(own.AddPasskeyPage.as_view()), name="mfa_add_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/", enrolling(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("2fa/passkeys/<int:pk>/remove/", one_s_own(own.RemovePasskeyPage.as_view()), name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", one_s_own(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("sessions/", one_s_own(sessions.list_usersessions), name="usersessions_list"),
    path("signup/", public(own.absent), name="account_signup"),
    path("password/reset/", public(own.absent), name="account_reset_password"),
    path("email/", public(own.absent), name="account_email"),
]

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("centro.core.documents.urls")),
    path("demo/<uuid:user>/", own.demo_sign_in, name="demo_sign_in"),
    path("invitation/<str:link>/", own.invitation, name="invitation"),
    path("welcome/", own.enrol, name="enrol"),
    path("welcome/waiting/", own.waiting, name="waiting"),
    path("restore/", own.restore, name="restore"),
    path("again/<uuid:user>/", again.again, name="again"),
    path("users/", users.users, name="users"),
    path("users/invite/", users.invite, name="invite"),
    path("users/<uuid:user>/", users.user, name="user"),
    path("users/<uuid:user>/edit/", users.edit_user, name="edit_user"),
    path("users/<uuid:user>/invite-again/", users.invite_again, name="invite_again"),
    path("users/<uuid:user>/recover/", users.propose_recovery, name="propose_recovery"),
    path("users/<uuid:user>/role/", users.propose_role, name="propose_role"),
    path("users/<uuid:user>/disable/", users.disable, name="disable"),
    path("users/<uuid:user>/enable/", users.enable, name="enable"),
    path("users/<uuid:user>/end-sessions/", users.end_sessions, name="end_sessions"),
    path("users/recovery/<uuid:recovery>/approve/", users.approve_recovery, name="approve_recovery"),
    path("users/recovery/<uuid:recovery>/link/", users.make_recovery_link, name="make_recovery_link"),
    path("users/role/<uuid:grant>/approve/", users.approve_role, name="approve_role"),
    path("users/role/<uuid:grant>/end/", users.end_role, name="end_role"),
    path("center/", center.center, name="center"),
    path("log/", logs.log, name="log"),
    path("log/verify/", logs.verify, name="verify"),
]
