"""Tags on a person, and who lives with them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import queries, ties
from centro.people.forms import SearchForm, TagForm
from centro.people.views.find import note_search


@allowed("person.edit")
def tags(request: Request, person_id: UUID) -> HttpResponse:
    """The tags of a person, and those the center uses."""
    person = queries.get_person(request.actor, person_id, "edit")
    form = TagForm(request.POST or None)
    context = {"person": person, "form": form, "known": queries.tags(request.actor)}
    if request.method != "POST":
        return render(request, "people/tags.html", context)
    if not form.is_valid():
        return ask_again(request, "people/tags.html", context)
    try:
        ties.tag_person(by=request.actor, person=person, name=form.cleaned_data["name"])
    except ties.TooManyTags:
        form.add_error("name", _("There are too many different tags already. Use one of those below."))
        return ask_again(request, "people/tags.html", context)
    return redirect("people:tags", person.pk)


@allowed("person.edit")
@require_POST
def untag(request: Request, person_id: UUID, tagging_id: UUID) -> HttpResponse:
    """Take a tag off."""
    tagging = queries.get_part(request.actor, person_id, "taggings", tagging_id)
    ties.untag_person(by=request.actor, tagging=tagging)
    return redirect("people:tags", person_id)


@allowed("person.edit")
def household(request: Request, person_id: UUID) -> HttpResponse:
    """Who lives with them; look for somebody to add."""
    person = queries.get_person(request.actor, person_id, "edit")
    form = SearchForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if words:
        note_search(request)
    found = queries.find_people(request.actor, words, limit=queries.TYPED_AHEAD).rows if words else []
    context = {
        "person": person,
        "words": words,
        "members": queries.household_of(request.actor, person),
        "found": [row for row in found if row.pk != person.pk and row.household_id != (person.household_id or 0)],
    }
    return render(request, "people/household.html", context)


@allowed("person.edit")
@require_POST
def join_household(request: Request, person_id: UUID, other_id: UUID) -> HttpResponse:
    """They live together."""
    person, other = queries.get_pair(request.actor, person_id, other_id, "edit")
    ties.join_household(by=request.actor, person=person, other=other)
    messages.success(request, _("Saved."))
    return redirect("people:household", person.pk)


@allowed("person.edit")
@require_POST
def leave_household(request: Request, person_id: UUID) -> HttpResponse:
    """They live elsewhere now."""
    person = queries.get_person(request.actor, person_id, "edit")
    ties.leave_household(by=request.actor, person=person)
    messages.success(request, _("Saved."))
    return redirect("people:person", person.pk)
