"""The link of an invitation: 256 random bits, of which only the SHA-256 is kept; and a user name that says nothing."""

import secrets

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext

from centro.core import access, policy
from centro.core.models import User
from centro.core.queries import get_center

USERNAME = r"^[a-z0-9][a-z0-9._-]+$"  # at most 60 characters
_PLANTS = "agave alder aster cedar clover fern ginkgo juniper laurel linden lotus maple olive poppy sage yarrow".split()


def suggest_username() -> str:
    """A name to sign in with that says nothing of the person: a plant and two digits."""
    while True:
        username = f"{secrets.choice(_PLANTS)}-{secrets.randbelow(90) + 10}"
        if not User.objects.filter(username=username).exists():
            return username


def mail_link(*, user: User, address: str) -> bool:
    """Mail somebody their link, if mail is set up here and their address is known. It says nothing but the link."""
    with access.viewing(policy.system("mail an invitation")):
        email = str(user.email)
    if not (settings.MAIL_IS_ON and email):
        return False
    with translation.override(user.language):
        subject = gettext("Your way in to {center}").format(center=get_center().name)
        words = gettext("This link works once, for 24 hours:")
    return send_mail(subject, f"{words}\n\n{address}\n", None, [email], fail_silently=True) == 1
