"""The steps of the leadership ladder as every campaign begins with them, and what speaks for each."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rung(TextChoices):
    """The steps that a campaign begins with; a campaign may say them in its own words, and add to them."""

    CONTACT = "contact", pgettext_lazy("ladder", "Contact")
    PARTICIPANT = "participant", _("Takes part")
    MEMBER = "member", pgettext_lazy("ladder", "Member")
    COMMITTEE = "committee", _("On the committee")
    LEADER = "leader", _("Leader")
    TRAINER = "trainer", _("Trains others")


class Evidence(TextChoices):
    """What a rule counts. What no part of the program counts yet speaks for nobody."""

    TALKED = "talked", _("talks with us")
    CAME = "came", _("times they came")
    DID = "did", _("structure tests in which they acted")
    BROUGHT = "brought", _("people they brought")
    JOINED = "joined", _("joined the center")
    RAN = "ran", _("agenda items they ran, noted by a mentor")
    TRAINED = "trained", _("trainings they finished")


class Told(IntegerChoices):
    """How far a leader has got with one of her people."""

    NOT_YET = 0, _("Not asked yet")
    ASKED = 1, _("Asked")
    YES = 2, _("Said yes")
    DID = 3, _("Did it")


# Each step with what it asks for, all of it: only counted rows, never a judgement.
DEFAULT: dict[Rung, dict[str, int]] = {
    Rung.CONTACT: {},
    Rung.PARTICIPANT: {Evidence.CAME: 2},
    Rung.MEMBER: {Evidence.CAME: 2, Evidence.JOINED: 1},
    Rung.COMMITTEE: {Evidence.DID: 1, Evidence.BROUGHT: 3},
    Rung.LEADER: {Evidence.DID: 2, Evidence.BROUGHT: 5, Evidence.RAN: 1},
    Rung.TRAINER: {Evidence.TRAINED: 1, Evidence.BROUGHT: 5, Evidence.RAN: 2},
}
