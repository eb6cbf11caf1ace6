"""The queue of pairs that may be one person, side by side: the same, or not the same; and undoing a merge."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import actions, merge, queries
from centro.people.forms import MergeForm


@allowed("person.merge")
def duplicates(request: Request) -> HttpResponse:
    """Pairs waiting for somebody who sees both, the newest first; and merges that can still be undone."""
    pairs = queries.pairs_to_check(request.actor)
    return render(request, "people/duplicates.html", {"pairs": pairs, "merges": queries.merges_to_undo(request.actor)})


@allowed("person.merge")
def compare(request: Request, one_id: UUID, other_id: UUID) -> HttpResponse:
    """Two files side by side: choose which details are right, see what moves, merge."""
    one, other = queries.get_pair(request.actor, one_id, other_id)
    form = MergeForm(request.POST or None, one=one, other=other)
    context = {"one": one, "other": other, "form": form, "rows": form.rows()}
    if request.method != "POST":
        return render(request, "people/compare.html", context)
    if not form.is_valid():
        return ask_again(request, "people/compare.html", context)
    try:
        merge.merge_people(by=request.actor, kept=one, gone=other, take=form.taken())
    except merge.CannotMerge:
        messages.warning(request, _("One of these files is to be destroyed. Settle that first, then merge."))
        return redirect("people:purges")
    messages.success(request, _("One file now. You can undo this for 30 days, under “Duplicates”."))
    return redirect("people:person", one.pk)


@allowed("person.merge")
@require_POST
def not_same(request: Request, one_id: UUID, other_id: UUID) -> HttpResponse:
    """Two people; nobody is asked about this pair again."""
    one, other = queries.get_pair(request.actor, one_id, other_id)
    actions.say_not_same(by=request.actor, one=one, other=other)
    messages.success(request, _("Remembered: not the same person."))
    return redirect("people:duplicates")


@allowed("person.merge")
@require_POST
def undo_merge(request: Request, merge_id: UUID) -> HttpResponse:
    """Two files again."""
    row = queries.get_merge(request.actor, merge_id)
    try:
        merge.undo_merge(by=request.actor, merge=row)
    except merge.TooLate:
        messages.error(request, _("This merge can no longer be undone."))
    else:
        messages.success(request, _("Two files again, each with what it had."))
    return redirect("people:duplicates")
