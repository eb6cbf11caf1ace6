"""The codes of the people module, each with the words staff and workers read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Languages a person may speak, each under its own name (a proper noun: not translated).
LANGUAGES: dict[str, str] = {
    "en": "English",
    "es": "Español",
    "ko": "한국어",
    "zap": "Dizhsa (Zapoteco)",
    "quc": "K’iche’",
    "mam": "Mam",
    "kjb": "Q’anjob’al",
    "mix": "Tu’un Savi (Mixteco)",
    "zh": "中文",
    "tl": "Tagalog",
    "vi": "Tiếng Việt",
    "bn": "বাংলা",
    "th": "ไทย",
    "hy": "Հայերեն",
    "ru": "Русский",
    "ne": "नेपाली",
    "pt": "Português",
    "ar": "العربية",
    "fa": "فارسی",
    "am": "አማርኛ",
}
LANGUAGE_CHOICES = list(LANGUAGES.items())
WRITTEN_IN = ("en", "es", "ko")  # what the program writes, prints and reads out


def written_in(language: str) -> str:
    """This language where the program writes it, else English."""
    return language if language in WRITTEN_IN else "en"


class MetThrough(TextChoices):
    WALK_IN = "walk_in", _("Walked in")
    PHONE = "phone", _("Called us")
    FRIEND = "friend", _("A friend or relative")
    VISIT = "visit", _("House visit")
    WORKPLACE = "workplace", _("At their workplace")
    EVENT = "event", _("Event or meeting")
    OUTREACH = "outreach", _("Street outreach")
    REFERRAL = "referral", _("Sent by another organization")
    ONLINE = "online", _("Website or social media")
    CORNER = "corner", _("Day-labor corner")


class AgeBand(TextChoices):
    UNDER_18 = "under_18", _("Under 18")
    TO_24 = "18_24", _("18 to 24")
    TO_34 = "25_34", _("25 to 34")
    TO_44 = "35_44", _("35 to 44")
    TO_54 = "45_54", _("45 to 54")
    TO_64 = "55_64", _("55 to 64")
    OVER_65 = "65_plus", _("65 or older")


class PhoneKind(TextChoices):
    MOBILE = "mobile", _("Mobile")
    HOME = "home", _("Home")
    WORK = "work", _("Work")
    OTHER = "other", _("Somebody else’s")


class Tenure(TextChoices):
    TENANT = "tenant", _("Tenant")
    HOUSEMATE = "housemate", _("Housemate")
    LIVE_IN = "live_in", _("Lives where they work")
    OTHER = "other", _("Other")


class WorkAs(TextChoices):
    EMPLOYEE = "employee", _("Employee")
    CONTRACTOR = "contractor", _("Called an independent contractor")
    DAY_LABOR = "day_labor", _("Day labor")
    OWNER_DRIVER = "owner_driver", _("Owner-driver")
    UNKNOWN = "unknown", _("Not known")


class Purpose(TextChoices):
    """What a person can agree to. Each is asked, recorded and withdrawn on its own."""

    KEEP_FILE = "keep_file", _("Keep my file")
    CALL = "call", _("Call me")
    TEXT = "text", _("Text me")
    EMAIL = "email", _("E-mail me")
    ATTORNEY = "attorney", _("Show my file to an attorney")
    CLINIC = "clinic", _("Tell the clinic that I want help")
    AGENCY = "agency", _("Send my papers to an agency")
    ORGANIZER = "organizer", _("Let an organizer see my contact details")
    STORY = "story", _("Use my photo or story")
    MATCHING = "matching", _("Match me with co-workers of the same employer")


class How(TextChoices):
    SPOKEN = "spoken", _("Said so")
    SIGNED = "signed", _("Signed on paper")
    TEXTED = "texted", _("By text message")


class Channel(TextChoices):
    CALL = "call", _("Call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")


class Inbox(TextChoices):
    """Which part of the work a message belongs to: whoever answers it answers there."""

    DESK = "desk", _("Front desk")
    ORGANIZING = "organizing", _("Organizing")


class MessageState(TextChoices):
    """What became of a message."""

    OUTBOX = "outbox", _("in the outbox")
    WAITING = "waiting", _("about to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("arrived")
    FAILED = "failed", _("did not arrive")
    UNSURE = "unsure", _("not sure whether it was sent")
    STOPPED = "stopped", _("held back")
    RECEIVED = "received", _("came in")
