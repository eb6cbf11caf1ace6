"""The codes of membership, each with the words staff read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MemberState(TextChoices):
    PENDING = "pending", _("About to join")
    ACTIVE = "active", _("Member")
    LAPSED = "lapsed", _("Dues ran out")
    LEFT = "left", _("Left")


class SaidHow(TextChoices):
    """How somebody gave the pledge."""

    PAPER = "paper", _("Signed on paper")
    WITNESSED = "witnessed", _("Said yes before a witness")


class Paying(TextChoices):
    """How the dues of a year are paid."""

    YEAR = "year", _("Once a year")
    QUARTER = "quarter", _("In four parts")
    MONTH = "month", _("Every month")


MONTHS = {Paying.YEAR: 12, Paying.QUARTER: 3, Paying.MONTH: 1}


class Method(TextChoices):
    CASH = "cash", _("Cash")
    CHECK = "check", _("Check")
    OTHER = "other", _("Another way")
    WAIVED = "waived", _("Waived")


class Waiver(TextChoices):
    """Why somebody does not pay this time."""

    NONE = "", "—"
    HARDSHIP = "hardship", _("No money for it now")
    FIRST = "first", _("First months are free")
    WORK = "work", _("Gives time instead")
    OTHER = "other", _("Another reason")


class LeftWhy(TextChoices):
    NONE = "", "—"
    ASKED = "asked", _("They asked to leave")
    MOVED = "moved", _("Moved away")
    DIED = "died", _("Died")
    OTHER = "other", _("Another reason")


class SeatRole(TextChoices):
    MEMBER = "member", _("On the committee")
    CHAIR = "chair", _("Speaks for the committee")
