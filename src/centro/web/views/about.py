"""What each role may see and do, and what this program is."""

from django.http import HttpResponse
from django.shortcuts import render

from centro.core.doors import allowed, public
from centro.core.request import Request
from centro.web import role_words
from centro.web.protection import protection


@allowed("center.roles")
def roles(request: Request) -> HttpResponse:
    """The policy table in words, one's own role first."""
    return render(request, "web/roles.html", {"table": role_words.table(first=request.actor.role)})


@public
def about(request: Request) -> HttpResponse:
    """What this program is, under which licences, and what it promises."""
    return render(request, "web/about.html", {"protection": protection()})
