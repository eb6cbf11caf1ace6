"""Tasks: one's own, the ones one gave, the ones that are done. Every step works without a script."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import actions
from centro.core import queries as core
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people.views.versions import sent_version
from centro.web import queries
from centro.web.forms import TaskForm
from centro.web.views.choices import back

_LISTS = {"mine": core.tasks, "given": core.tasks_given, "done": core.tasks_done}


@allowed("task.see")
def tasks(request: Request) -> HttpResponse:
    """One list of tasks: mine, given to others, or done."""
    shown = request.GET.get("show", "mine")
    shown = shown if shown in _LISTS else "mine"
    groups = queries.due_groups(request.actor, limit=200) if shown == "mine" else []
    lines = queries.task_lines(request.actor, _LISTS[shown](request.actor)[:200]) if shown != "mine" else []
    return render(request, "web/tasks.html", {"shown": shown, "groups": groups, "lines": lines})


@allowed("task.add")
def add_task(request: Request) -> HttpResponse:
    """Something somebody has to do by a day; perhaps about a person."""
    about = _about(request)
    if request.method != "POST":
        form = TaskForm(request.actor, initial={"about": about.pk if about else None})
        return render(request, "web/add_task.html", {"form": form, "about": about})
    form = TaskForm(request.actor, request.POST)
    if not form.is_valid():
        return ask_again(request, "web/add_task.html", {"form": form, "about": about})
    words = {name: form.cleaned_data[name] for name in ("what", "due_on", "owner")}
    actions.add_task(by=request.actor, about=about, **words)
    messages.success(request, _("The task is on the list."))
    return redirect(back(request))


def _about(request: Request) -> Any:
    """The person the task is about, from the link or the form."""
    text = request.POST.get("about") or request.GET.get("about") or ""
    try:
        return queries.get_about(request.actor, UUID(text)) if text else None
    except ValueError:
        return None


@allowed("task.see")
def task(request: Request, task_id: UUID) -> HttpResponse:
    """One line of a list, for a script that just changed it; the whole list for everybody else."""
    row = core.get_task(request.actor, task_id)
    if not request.headers.get("HX-Request"):
        return redirect("web:tasks")
    (line,) = queries.task_lines(request.actor, [row])
    return render(request, "web/tasks.html#line", {"line": line, "next": back(request)})


@allowed("task.do")
def edit_task(request: Request, task_id: UUID) -> HttpResponse:
    """Correct a task, move its day, or hand it to a colleague; who was slower sees both."""
    row = core.get_task(request.actor, task_id)
    now = {"what": row.what, "due_on": row.due_on, "owner": str(row.owner_id)}
    if request.method != "POST":
        form = TaskForm(request.actor, initial=now)
        return render(request, "web/edit_task.html", {"form": form, "version": row.version})
    form = TaskForm(request.actor, request.POST)
    if not form.is_valid():
        return ask_again(request, "web/edit_task.html", {"form": form, "version": sent_version(request)})
    said = {name: form.cleaned_data[name] for name in now}
    if actions.edit_task(by=request.actor, task=row, version=sent_version(request), **said):
        messages.success(request, _("Saved."))
        return redirect(back(request))
    saved_by = core.last_editor_of_task(request.actor, row)
    beside = {"differences": form.beside(now), "saved_by": saved_by, "version": row.version}
    return render(request, "web/edit_task.html", {"form": form, **beside}, status=409)


@allowed("task.do")
@require_POST
def do_task(request: Request, task_id: UUID) -> HttpResponse:
    """Tick a task off; the line says so and offers to undo it."""
    actions.do_task(by=request.actor, task=core.get_task(request.actor, task_id))
    return _changed(request, task_id)


@allowed("task.do")
@require_POST
def undo_task(request: Request, task_id: UUID) -> HttpResponse:
    """Put a ticked task back on the list."""
    actions.undo_task(by=request.actor, task=core.get_task(request.actor, task_id))
    return _changed(request, task_id)


def _changed(request: Request, task_id: UUID) -> HttpResponse:
    """To the one changed line for a script; back to the page otherwise."""
    where = back(request)
    if not request.headers.get("HX-Request"):
        return redirect(where)
    return redirect(f"{reverse('web:task', args=[task_id])}?{urlencode({'next': where})}")
