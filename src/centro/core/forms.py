"""Forms of the ground: signing in, one's own factors, inviting people, reading the logs.

The first group gives allauth's forms our words and our care; allauth finds them by ACCOUNT_FORMS and MFA_FORMS.
"""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from centro.core.careful import Words
from centro.core.classes import Role
from centro.core.invitations import USERNAME
from centro.core.models import User
from centro.core.vault.seal import Unreadable
from centro.core.words import said_of

_PASSWORD_HELP = _("At least 15 characters. A sentence that only you would say is good; no need for signs or numbers.")


class SignIn(LoginForm):  # type: ignore[misc]
    """User name and password, the first of two steps."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["login"], _("User name"), autocomplete="username", autocapitalize="none")
        _say(self.fields["password"], _("Password"), autocomplete="current-password")


class PasswordAgain(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["password"], _("Password"), autocomplete="current-password")


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["oldpassword"], _("Present password"), autocomplete="current-password")
        _say(self.fields["password1"], _("New password"), _PASSWORD_HELP, autocomplete="new-password")
        _say(self.fields["password2"], _("New password again"), autocomplete="new-password")


class SetPassword(SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["password1"], _("Password"), _PASSWORD_HELP, autocomplete="new-password")
        _say(self.fields["password2"], _("Password again"), autocomplete="new-password")


class _Code:
    """A six-digit code, or a recovery code. A secret that was tampered with never fits."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        _say(fields["code"], _("Code"), autocomplete="one-time-code", inputmode="numeric", autofocus=True)

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except Unreadable as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return code


class Code(_Code, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgain(_Code, CodeAgainForm):  # type: ignore[misc]
    """The same, before something dangerous."""


class FirstCode(_Code, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app. Its secret waits in the session sealed, not as allauth leaves it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        session = context.request.session
        waiting = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **options)
        if self.is_bound and waiting:
            self.secret = get_adapter().decrypt(waiting)
        else:
            session[SECRET_SESSION_KEY] = get_adapter().encrypt(self.secret)


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A name for a passkey, and what the browser made of it. Always one that signs in by itself."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["name"], _("Name of this passkey"), _("For example: my phone, the office computer."))
        self.fields["name"].max_length = 60
        del self.fields["passwordless"]


class PasskeyName(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self.fields["name"], _("Name of this passkey"))


def _say(field: forms.Field, label: Any, help_text: Any = "", **attributes: Any) -> None:
    """Give a field our words; no placeholder, which would vanish while one types."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class Invite(forms.Form):
    """Somebody new: what to call them, how they sign in, in which language, as what they will work."""

    name = Words(label=_("Name"), limit=120)
    username = forms.RegexField(
        USERNAME,
        label=_("User name"),
        max_length=60,
        required=False,
        help_text=_("Small letters, digits, dots. It need not be the real name. Leave it empty for a suggestion."),
        error_messages={"invalid": _("Please use small letters, digits, dots and hyphens only.")},
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, help_text=_("If you want the link mailed.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(
        label=_("Works as"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username and User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("Somebody else has this user name."))
        return username


class EditUser(forms.Form):
    """How somebody is called, mailed and spoken to; `version` is that of the account as it was shown."""

    name = Words(label=_("Name"), limit=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def differences(self, user: User) -> list[dict[str, Any]]:
        """What was typed beside what somebody else saved meanwhile, for each field that differs."""
        pairs = [(name, self.cleaned_data[name], str(getattr(user, name))) for name in ("name", "email", "language")]
        return [
            {"label": self.fields[name].label, "yours": yours, "theirs": theirs}
            for name, yours, theirs in pairs
            if yours != theirs
        ]


class ProposeRole(forms.Form):
    """One more role for a user."""

    role = forms.ChoiceField(label=_("Works as"), choices=Role.choices)


class LogFilter(forms.Form):
    """Which entries of a log to show: codes only, so that they may stand in the address."""

    log = forms.ChoiceField(
        label=_("Log"), choices=[("event", _("What was done")), ("access", _("What was opened"))], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    user = forms.ModelChoiceField(User.objects.none(), label=_("User"), required=False, empty_label=_("Everybody"))
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, kinds: list[str], users: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        in_words = sorted(((kind, f"{said_of(kind)} ({kind})") for kind in kinds), key=lambda pair: pair[1].casefold())
        self.fields["kind"].choices = [("", _("All kinds")), *in_words]  # type: ignore[attr-defined]
        self.fields["user"].queryset = users  # type: ignore[attr-defined]


class CenterForm(forms.Form):
    """What everybody sees of the center. The colours are those whose contrast is tested."""

    def differences(self, now: dict[str, str]) -> list[dict[str, Any]]:
        """What was typed beside what somebody else saved meanwhile, for each field that differs, in words."""
        colours = dict(self.fields["accent"].choices)  # type: ignore[attr-defined]
        typed = self.cleaned_data
        return [
            {
                "label": self.fields[name].label,
                "yours": colours.get(typed[name], typed[name]),
                "theirs": colours.get(now[name], now[name]),
            }
            for name in self.fields
            if typed[name] != now[name]
        ]

    name = Words(limit=120, label=_("Name of the center"))
    phone = Words(limit=40, label=_("Phone"), required=False)
    address = Words(limit=200, label=_("Address"), required=False)
    accent = forms.ChoiceField(
        label=_("Colour"),
        widget=forms.RadioSelect,
        choices=[
            ("#c2410c", _("Persimmon")),
            ("#1d4ed8", _("Blue")),
            ("#7a2e5d", _("Plum")),
            ("#3f6212", _("Olive")),
            ("#44403c", _("Slate")),
        ],
    )
