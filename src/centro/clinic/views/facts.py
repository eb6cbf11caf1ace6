"""The facts of a case: written down, read to the worker in their language, and confirmed one by one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import queries
from centro.clinic.actions import facts as actions
from centro.clinic.forms.facts import FactForm
from centro.clinic.models import Case, Fact
from centro.clinic.papers.fields import field, groups
from centro.clinic.queries import facts as known
from centro.clinic.views.cases import around
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people.versions import Conflict
from centro.people.views.versions import differences, sent_version


@allowed("case.see")
def facts(request: Request, case_id: UUID) -> HttpResponse:
    """What is confirmed, what waits to be read aloud, what nobody has written yet."""
    case = queries.get_case(request.actor, case_id)
    return render(request, "clinic/papers/facts.html", {**around(request, case, "facts"), **known.sheet(case)})


@allowed("case.edit")
def edit_fact(request: Request, case_id: UUID, code: str) -> HttpResponse:
    """Write down one fact, in the worker's language and in English."""
    case = queries.get_case(request.actor, case_id, "edit")
    fact, language = known.get_fact(case, code), known.language_of(case)
    what = field(code)
    if request.method != "POST":
        form = FactForm(what, language, initial=FactForm.values_of(fact, what, known.offered(case, code)))
        page = _around(request, case, form, fact.version if fact else 0)
        return render(request, "clinic/papers/edit_fact.html", page)
    form = FactForm(what, language, request.POST)
    if not form.is_valid():
        return ask_again(request, "clinic/papers/edit_fact.html", _around(request, case, form, sent_version(request)))
    try:
        actions.tell_fact(by=request.actor, case=case, code=code, version=sent_version(request), **form.words())
    except Conflict as conflict:
        return _both(request, case, form, conflict.now)
    messages.success(request, _("Saved. Now read it to the worker.") if what.source == "worker" else _("Saved."))
    return _back(request, case)


def _both(request: Request, case: Case, form: FactForm, now: Fact) -> HttpResponse:
    """What somebody else saved meanwhile beside what was typed."""
    theirs = {name: getattr(now, name) for name in form.words()}
    typed = {name: text for name, text in form.words().items() if name in form.fields}
    who = now.changed_by.username if now.changed_by else ""
    page = {"differences": differences(form, theirs, typed), "saved_by": who}
    return ask_again(request, "clinic/papers/edit_fact.html", {**_around(request, case, form, now.version), **page})


def _around(request: Request, case: Case, form: FactForm, version: int) -> dict[str, Any]:
    """What stands around the form of a fact."""
    language = known.language_of(case)
    group = groups()[form.what.group]
    return {
        **around(request, case, "facts"),
        "form": form,
        "version": version,
        "what": form.what.label("en"),
        "told": form.what.label(language) if language != "en" else "",
        "told_in": language,
        "group": group["en"],
        "back": request.GET.get("letter", ""),
    }


def _back(request: Request, case: Case) -> HttpResponse:
    """To the letter that asked for the fact, or to the facts."""
    try:
        return redirect("clinic:letter", UUID(request.GET.get("letter", "")))
    except ValueError:
        return redirect("clinic:facts", case.pk)


@allowed("case.edit")
@require_POST
def confirm_fact(request: Request, case_id: UUID, code: str) -> HttpResponse:
    """The worker said: that is right."""
    case = queries.get_case(request.actor, case_id, "edit")
    fact, language = known.get_fact(case, code), known.language_of(case)
    version = sent_version(request)
    if fact is None or not actions.confirm_fact(by=request.actor, fact=fact, language=language, version=version):
        messages.error(request, _("This fact was changed meanwhile. Please read it again."))
    return _back(request, case)
