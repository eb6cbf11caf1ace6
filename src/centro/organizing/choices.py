"""The codes of the organizing module, each with the words staff read."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    VISIT = "visit", _("House visit")
    ONE_ON_ONE = "one_on_one", _("One-on-one")
    CALL = "call", _("Call")
    TEXT = "text", _("Text message")
    TABLING = "tabling", _("Table or street")


class Outcome(TextChoices):
    TALKED = "talked", _("We talked")
    NOT_HOME = "not_home", _("Not home")
    COME_BACK = "come_back", _("Come back another day")
    MOVED = "moved", _("Lives elsewhere now")
    WRONG = "wrong", _("Wrong address or number")
    REFUSED = "refused", _("Does not want to talk")
    UNSAFE = "unsafe", _("Not safe to go there")
    NO_ANSWER = "no_answer", _("No answer")
    VOICEMAIL = "voicemail", _("Left a voicemail")
    SENT = "sent", _("Text sent")


ON_A_LINE = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.SENT)  # of calls and texts alone
IN_PERSON = [(code, words) for code, words in Outcome.choices if code not in ON_A_LINE]
OF_A_CALL = (
    Outcome.TALKED, Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.COME_BACK, Outcome.WRONG, Outcome.REFUSED
)  # fmt: skip
OF_A_TEXT = (Outcome.TALKED, Outcome.SENT, Outcome.COME_BACK, Outcome.WRONG, Outcome.REFUSED)


def is_remote(kind: str) -> bool:
    """Nobody stands at a door: a call, or a text."""
    return kind in {Kind.CALL, Kind.TEXT}


def outcomes_of(kind: str) -> list[tuple[str, Any]]:
    """What can become of a try of this kind, as choices."""
    remote = {Kind.CALL.value: OF_A_CALL, Kind.TEXT.value: OF_A_TEXT}.get(kind)
    return [(one.value, one.label) for one in remote] if remote else IN_PERSON


def nobody_of(kind: str) -> Outcome:
    """What happens most often, when nobody was reached: one tap."""
    return {Kind.CALL.value: Outcome.NO_ANSWER, Kind.TEXT.value: Outcome.SENT}.get(kind, Outcome.NOT_HOME)


class Where(TextChoices):
    HOME = "home", _("At home")
    WORK = "work", _("At or near work")
    CENTER = "center", _("At the center")
    PHONE = "phone", _("By phone")
    OTHER = "other", _("Somewhere else")


class Issue(TextChoices):
    PAY = "pay", _("Pay")
    HOURS = "hours", _("Hours and breaks")
    SAFETY = "safety", _("Heat, injuries, safety")
    RESPECT = "respect", _("Respect")
    HARASSMENT = "harassment", _("Harassment")
    FIRING = "firing", _("Fear of being fired")
    RENT = "rent", _("Rent and housing")
    FAMILY = "family", _("Family and health")


class Basis(TextChoices):
    CONVERSATION = "conversation", _("A conversation")
    ACTION = "action", _("Something they did")
    SECOND_HAND = "second_hand", _("What somebody else said")


class Ask(TextChoices):
    NONE = "", _("Nothing yet")
    MEETING = "meeting", _("Come to a meeting or action")
    TASK = "task", _("Take on a task")
    JOIN = "join", _("Join the center")
    BRING = "bring", _("Bring others")
    INTRODUCE = "introduce", _("Introduce somebody")


class Answer(TextChoices):
    NONE = "", _("No answer yet")
    YES = "yes", pgettext_lazy("answer", "Yes")
    MAYBE = "maybe", pgettext_lazy("answer", "Maybe")
    NO = "no", pgettext_lazy("answer", "No")


class NoStep(TextChoices):
    """Why there is no next step."""

    NONE = "", "—"
    ASKED_NOT = "asked_not", _("They asked us not to come back")
    HANDED_OVER = "handed_over", _("Somebody else takes over")
    DONE = "done", _("Nothing more to do for now")


class TieKind(TextChoices):
    """What the other is to this person. What looks different from the other side has its words in `OTHER_SIDE`."""

    COWORKER = "coworker", _("Co-worker")
    FAMILY = "family", _("Family member")
    HOUSEMATE = "housemate", _("Housemate")
    FRIEND = "friend", _("Friend")
    COMPADRE = "compadre", _("Compadre or comadre")
    CHURCH = "church", _("Same church")
    HOMETOWN = "hometown", _("Same home town")
    INFLUENCES = "influences", _("Somebody who listens to them")
    RECRUITED = "recruited", _("Somebody they brought in")


OTHER_SIDE = {
    TieKind.INFLUENCES.value: _("Somebody they listen to"),
    TieKind.RECRUITED.value: _("Somebody who brought them in"),
}


class Strength(TextChoices):
    """How close two people are."""

    WEAK = "1", _("They greet each other")
    GOOD = "2", _("They talk")
    STRONG = "3", _("They trust each other")


class Source(TextChoices):
    """How a contact came into the program."""

    PAGE = "page", _("typed here")
    FIELD = "field", _("from a phone in the field")
    PAPER = "paper", _("from a paper list")


class Held(TextChoices):
    """Why a report from the field waits for a person to look at it."""

    NOTHING = "", "—"
    REVOKED = "revoked", _("the phone’s copy of the list had been revoked")
    EXPIRED = "expired", _("the phone’s copy of the list had run out")
    GONE = "gone", _("the person’s file is not there any more")
    UNREADABLE = "unreadable", _("the report could not be read")
    WRONG = "wrong", _("something in the report is not right")
    NEW = "new", _("somebody new: add them, or say who it is")
    UNFINISHED = "unfinished", _("the phone’s copy ended before the form was finished")


class Shift(TextChoices):
    MORNING = "morning", _("Morning")
    DAY = "day", _("Daytime")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Night")
    VARIES = "varies", _("Changes")


class EventKind(TextChoices):
    """What people are asked to come to."""

    MEETING = "meeting", _("Meeting")
    ACTION = "action", _("Action")
    TRAINING = "training", _("Training")
    CLINIC = "clinic", _("Clinic")
    OUTREACH = "outreach", _("Outreach")
    HOUSE = "house", _("House meeting")


class Turnout(TextChoices):
    """Where somebody stands about one event."""

    ASKED = "asked", pgettext_lazy("turnout", "Asked")
    MAYBE = "maybe", pgettext_lazy("turnout", "Maybe")
    YES = "yes", pgettext_lazy("turnout", "Yes")
    CONFIRMED = "confirmed", pgettext_lazy("turnout", "Confirmed")
    ATTENDED = "attended", pgettext_lazy("turnout", "Came")
    NO_SHOW = "no_show", pgettext_lazy("turnout", "Did not come")
    CANCELLED = "cancelled", pgettext_lazy("turnout", "Cannot come")


class StepHow(TextChoices):
    """How a step of a commitment became known."""

    TALK = "talk", _("in a talk")
    CALL = "call", _("by a call")
    PAGE = "page", _("typed here")
    DOOR = "door", _("at the door")
    CODE = "code", _("by their code")
    HOST = "host", _("by a host’s link")
    PAPER = "paper", _("from the sign-in sheet")
    AFTER = "after", _("after the event")
    BACK = "back", _("taken back")
