"""Finding people: the list, the search box that is on every page, and the words kept out of addresses."""

import time

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from centro.core import access
from centro.core.actions import keep_search_words
from centro.core.doors import allowed
from centro.core.request import Request
from centro.people import queries
from centro.people.choices import LANGUAGES
from centro.people.forms import SearchForm

SEARCH_SESSION_SECONDS = 600


@allowed("person.find")
def people(request: Request) -> HttpResponse:
    """Everybody this actor may see, or those a search found."""
    term, language = request.GET.get("s", ""), _known(request.GET.get("language", ""))
    tag = queries.get_tag(request.actor, request.GET["tag"]) if "tag" in request.GET else None
    words = queries.get_search_words(request.actor, term) if term else ""
    if words:
        note_search(request)
        page = queries.find_people(request.actor, words)
    else:
        page = queries.people(
            request.actor, after=request.GET.get("after", ""), language=language, tag=tag.pk if tag else None
        )
    context = {"page": page, "words": words, "shown_in": language, "tag": tag, "main_languages": settings.LANGUAGES}
    return render(request, "people/people.html", context)


@allowed("person.find")
@require_POST
def search(request: Request) -> HttpResponse:
    """Words typed to find someone travel in the body; the address gets a random id."""
    form = SearchForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if not words:
        return redirect("people:people")
    term = keep_search_words(by=request.actor, words=words)
    return redirect(f"{reverse('people:people')}?s={term.pk}")


@allowed("person.find")
@require_POST
def type_ahead(request: Request) -> HttpResponse:
    """The first ten while typing; one row in the access log a search, not a keystroke."""
    form = SearchForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    note_search(request)
    page = queries.find_people(request.actor, words, limit=queries.TYPED_AHEAD) if words else None
    return render(request, "people/people.html#typed_ahead", {"page": page, "words": words})


def note_search(request: Request) -> None:
    """Let this request count as a search, and leave one access row every ten minutes of searching."""
    seen = access.current()
    if seen is None:
        return
    seen.kind = "search"
    now = int(time.time())
    if now - request.session.get("searched", 0) < SEARCH_SESSION_SECONDS:
        seen.is_noted = True
    else:
        request.session["searched"] = now


def _known(language: str) -> str:
    return language if language in LANGUAGES else ""
