"""What we write to people about an event, in their language."""

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from centro.core.queries import get_center
from centro.organizing.models import Commitment, Gathering
from centro.people.choices import WRITTEN_IN
from centro.people.models import Person


def language_for(person: Person) -> str:
    """Of our languages the one this person speaks best; English where they speak none of them."""
    spoken = [person.language, *person.languages]
    return next((code for code in spoken if code in WRITTEN_IN), "en")


def called_off(gathering: Gathering, language: str) -> str:
    """That it does not take place, in one language: what, and on which day it would have been."""
    with translation.override(language):
        told = {
            "center": get_center().name,
            "title": gathering.title_in(language),
            "day": formats.date_format(timezone.localtime(gathering.starts_at), _("l, F j")),
        }
        return _("%(center)s: %(title)s on %(day)s is called off. Please do not come. We will be in touch.") % told


def reminder(gathering: Gathering, commitment: Commitment, language: str) -> str:
    """The reminder in one language: what, when, where, and the code that opens the door."""
    begins = timezone.localtime(gathering.starts_at)
    with translation.override(language):
        told = {
            "center": get_center().name,
            "title": gathering.title_in(language),
            "day": formats.date_format(begins, _("l, F j")),
            "hour": formats.date_format(begins, "TIME_FORMAT"),
            "place": str(gathering.place),
            "code": commitment.code,
        }
        said = _("%(center)s: %(title)s. %(day)s, %(hour)s, %(place)s. If you cannot come, please tell us.") % told
        code = _("Your code at the door: %(code)s") % told
        return f"{said} {code}" if gathering.takes_names else said
