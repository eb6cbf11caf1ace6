"""The two logs, for auditors: what was done, what was opened, and whether the chain holds."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from centro.core import audit, queries
from centro.core.doors import allowed
from centro.core.forms import LogFilter
from centro.core.models import Access, Event, LogEntry
from centro.core.request import Request


@allowed("log.read")
def log(request: Request) -> HttpResponse:
    """Entries of one log, newest first, fifty a page. No person is named here."""
    chosen: type[LogEntry] = Access if request.GET.get("log") == "access" else Event
    kinds = queries.log_kinds(request.actor, chosen)
    form = LogFilter(request.GET, kinds=kinds, users=queries.staff(request.actor))
    asked = form.cleaned_data if form.is_valid() else {}
    page = queries.log_page(
        request.actor,
        chosen,
        kind=asked.get("kind", ""),
        user=asked["user"].pk if asked.get("user") else None,
        day=asked.get("day"),
        before=_place_in_log(request.GET.get("before", "")),
    )
    context = {"form": form, "page": page, "older": _older(request.GET, page.older), "is_access": chosen is Access}
    return render(request, "core/log.html", context)


def _place_in_log(text: str) -> int:
    """The number of an entry; 0 (the newest) for anything that cannot be one."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _older(asked: QueryDict, before: int) -> str:
    """The address of the next page: the same filter, older entries."""
    if not before:
        return ""
    query = asked.copy()
    query["before"] = str(before)
    return f"?{query.urlencode()}"


@allowed("log.verify")
def verify(request: Request) -> HttpResponse:
    """Walk both chains and say whether they hold. Only reads, so that nobody waits to write meanwhile."""
    verdicts = [audit.verify(chain) for chain in (Event, Access)]
    audit.record_access("verify", by=request.actor, route="core:verify", count=sum(v.entries for v in verdicts))
    return render(request, "core/verdict.html", {"verdicts": verdicts})
