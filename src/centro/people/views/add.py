"""Adding somebody, with a look at who may be the same person already."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.ids import ids_in
from centro.core.request import Request
from centro.people import actions, names, queries
from centro.people.forms import AddPersonForm, LookAlikeForm
from centro.people.models import Person, Workplace
from centro.people.views.find import note_search


@allowed("person.add")
def add_person(request: Request) -> HttpResponse:
    """One screen: a name, and one way to know them again."""
    if request.method != "POST":
        form = AddPersonForm(initial=_first_guess(request))
        return render(request, "people/add_person.html", {"form": form})
    form = AddPersonForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "people/add_person.html", {"form": form, "alike": _alike(request)})
    aside = _set_aside(request)
    alike = [person for person in _alike(request) if person.pk not in aside]
    if alike and "new_anyway" not in request.POST:
        return ask_again(request, "people/add_person.html", {"form": form, "alike": alike, "must_choose": True})
    person = actions.add_person(
        by=request.actor,
        details=form.details(),
        phone=form.phone(),
        workplace=workplace_of(request, form.cleaned_data),
        not_same_as=aside | {other.pk for other in alike},
    )
    messages.success(request, _("They are in the list now."))
    return redirect("people:person", person.pk)


@allowed("person.add")
@require_POST
def look_alikes(request: Request) -> HttpResponse:
    """People the actor may see who may be the one being typed."""
    note_search(request)
    return render(request, "people/add_person.html#look_alikes", {"alike": _alike(request)})


def _alike(request: Request) -> list[Person]:
    form = LookAlikeForm(request.POST)
    form.is_valid()
    typed = {name: form.cleaned_data.get(name, "") for name in ("given", "family", "native")}
    return queries.likely_same(request.actor, phone=form.cleaned_data.get("number", ""), **typed)


def _set_aside(request: Request) -> frozenset[UUID]:
    """People the actor marked as somebody else; only those they may see."""
    return frozenset(queries.people_by_id(request.actor, ids_in(request.POST.getlist("not_same"))))


def workplace_of(request: Request, cleaned: dict[str, object]) -> Workplace | None:
    """The workplace that was picked; or one with that name; or a new one, where only a name was typed."""
    if picked := cleaned.get("workplace"):
        return queries.get_workplace(request.actor, UUID(str(picked)))
    name = str(cleaned.get("workplace_name") or "")
    if not name:
        return None
    same = [w for w in queries.find_workplaces(request.actor, name) if names.fold(w.name) == names.fold(name)]
    return same[0] if same else actions.add_workplace(by=request.actor, details={"name": name})


def _first_guess(request: Request) -> dict[str, str]:
    """What was searched for before pressing “add” is most likely the name."""
    term = request.GET.get("s", "")
    words = queries.get_search_words(request.actor, term) if term else ""
    language = names.language_of(words) if words else request.LANGUAGE_CODE
    if names.is_hangul(words):
        return {"native": words, "language": language}
    given, _, family = words.partition(" ")
    return {"given": given.capitalize(), "family": family.title(), "language": language or "en"}
