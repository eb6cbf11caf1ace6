"""Know your rights: one sheet for each topic, for anybody, to be read and printed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from centro.clinic.choices import AdviceTopic
from centro.clinic.papers.fields import LANGUAGES
from centro.core import content
from centro.core.doors import public
from centro.core.request import Request
from centro.people.choices import LANGUAGES as NAMES


@public
@require_safe
def rights(request: Request) -> HttpResponse:
    """The topics."""
    sheets = [{"topic": topic, "title": _text(topic, get_language() or "en").title} for topic in AdviceTopic]
    return render(request, "clinic/papers/rights.html", {"sheets": sheets})


@public
@require_safe
def rights_sheet(request: Request, topic: str, spoken: str = "") -> HttpResponse:
    """One sheet, in the language of the page or in the one asked for."""
    language = spoken or get_language() or "en"
    if topic not in AdviceTopic.values or language not in LANGUAGES:
        raise Http404
    text = _text(topic, language)
    others = [(code, NAMES[code]) for code in LANGUAGES if code != language]
    context = {"text": text, "spoken": language, "topic": topic, "others": others}
    return render(request, "clinic/papers/rights_sheet.html", context)


def _text(topic: str, language: str) -> content.Text:
    return content.text("advice", topic, language)
