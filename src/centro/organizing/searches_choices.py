"""The codes of searches, each with the words staff read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Shared(TextChoices):
    """Who else finds a saved search."""

    MINE = "mine", _("Only I")
    TEAM = "team", _("Everybody on the campaign")
    ORGANIZERS = "organizers", _("Its organizers")
    MANAGERS = "managers", _("Its managers")
