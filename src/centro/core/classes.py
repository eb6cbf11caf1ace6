"""The classes of field (how secret), the dots shown instead, and the relations an actor can have to a record."""

from enum import IntEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FieldClass(IntEnum):
    """C0 public · C1 internal, no person · C2 identity and contact · C3 sensitive · C4 attorney file."""

    C0 = 0
    C1 = 1
    C2 = 2
    C3 = 3
    C4 = 4


class Dots(str):
    """What a sealed field reads as where nobody was allowed to open it."""

    __slots__ = ()


DOTS = Dots("•••")


class Relation(TextChoices):
    """What ties an actor to a record, strongest first."""

    CENTER = "center", _("the whole center")
    OWN = "own", _("people in my care")
    TEAM = "team", _("my team")
    ASSIGNED = "assigned", _("assigned to me now")
    PROGRAM = "program", _("my program")
    NONE = "none", _("nothing")


class Role(TextChoices):
    """What a user works as, one at a time."""

    FRONT_DESK = "front_desk", _("Front desk")
    ORGANIZER = "organizer", _("Organizer")
    COUNSELLOR = "counsellor", _("Counsellor")
    ATTORNEY = "attorney", _("Attorney")
    MANAGER = "manager", _("Manager")
    DIRECTOR = "director", _("Director")
    TRAINER = "trainer", _("Trainer")
    DISPATCHER = "dispatcher", _("Dispatcher")
    OUTREACH = "outreach", _("Outreach worker")
    VOLUNTEER = "volunteer", _("Volunteer")
    INTERPRETER = "interpreter", _("Interpreter")
    STEWARD = "steward", _("Data steward")
    ADMIN = "admin", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
