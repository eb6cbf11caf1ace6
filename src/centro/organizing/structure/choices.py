"""The codes of structure tests, each with the words staff read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    """What everybody is asked to do."""

    PETITION = "petition", _("Sign a petition")
    STICKER = "sticker", _("Wear a sticker or button")
    PHOTO = "photo", _("Be in a photo")
    DELEGATION = "delegation", _("Go along to the boss")
    OTHER = "other", _("Something else")


class Deed(TextChoices):
    """What became of asking one person."""

    NONE = "", _("Not asked yet")
    DID = "did", _("Did it")
    ASKED = "asked", _("Asked, no answer yet")
    REFUSED = "refused", _("Said no")
    MISSED = "missed", _("Not reached")


ASKED = (Deed.DID.value, Deed.ASKED.value, Deed.REFUSED.value)  # whoever was talked to, whatever came of it
