"""A leader's card: her own people on one page, in her language. It names people, so no copy is kept."""

from django.utils import translation
from django.utils.translation import gettext as _

from centro.core import content
from centro.core.documents.typeset import render
from centro.core.policy import Actor
from centro.organizing.ladder.choices import Told
from centro.organizing.queries.ladder import Led
from centro.organizing.structure.paper import paper_frame
from centro.people.choices import written_in
from centro.people.models import Person


def card(actor: Actor, leader: Person, led: Led) -> bytes:
    """The PDF, in the leader's language."""
    language = written_in(leader.language)
    with translation.override(language):
        text = content.text("print", "leader_card", language)
        data = {
            "title": text.title,
            "name": leader.short_name,
            "guide": text.paragraphs,
            "covered": coverage_words(led),
            "columns": [_("Name"), *(str(told.label) for told in Told if told)],
            "rows": [{"name": str(row.call_name), "told": row.told} for row in led.rows],
            "frame": paper_frame(actor),
        }
    return render("leader_card", data, language)


def coverage_words(led: Led) -> str:
    """`7 people: 5 asked, 3 said yes, 1 did it`."""
    return _("Of %(people)s people %(asked)s are asked, %(yes)s said yes, %(did)s did it.") % {
        "people": len(led.rows),
        "asked": led.asked,
        "yes": led.yes,
        "did": led.did,
    }
