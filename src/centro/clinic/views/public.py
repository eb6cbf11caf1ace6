"""The public door of the clinic: no account, three languages, nothing kept before it is sent."""

import time
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from centro.clinic.actions import public as actions
from centro.clinic.forms.public import PublicForm, ReceiptForm
from centro.clinic.intake import limits, receipts, work
from centro.clinic.queries import public as queries
from centro.core import content
from centro.core.doors import public
from centro.core.request import Request

SALT, LONGEST, SHORTEST = "clinic.public", 12 * 3600, 4.0  # seconds a form is good for, and that filling it in takes


@public
def start(request: Request) -> HttpResponse:
    """Seven questions on one page; with the script, one after the other."""
    language = request.LANGUAGE_CODE
    form = PublicForm(language, request.POST or None)
    context = {"form": form, "limits": content.text("intake", "limits", language), "bits": settings.WORK_BITS}
    if request.method != "POST":
        return render(request, "clinic/public/start.html", {**context, "token": _token()})
    key, words = _read(request.POST.get("token", ""))
    if key is None or words or form.is_bot() or not form.is_valid():
        again = {**context, "token": request.POST.get("token", "") if key else _token(), "words": words}
        return render(request, "clinic/public/start.html", again, status=422)
    has_worked = work.is_done(request.POST["token"], request.POST.get("work", ""), bits=settings.WORK_BITS)
    if not _may_send(request, has_worked=has_worked):
        words = _("Too many came from this place. Please try again in an hour, call us, or come by.")
        return render(request, "clinic/public/start.html", {**context, "token": _token(), "words": words}, status=429)
    receipt = actions.submit_intake(
        by=request.actor,
        form=key,
        answers=form.answers(),
        language=form.cleaned_data["language"],
        asked_in=language,
        has_worked=has_worked,
    )
    return render(request, "clinic/public/sent.html", {"receipt": receipts.written(receipt)})


def _may_send(request: Request, *, has_worked: bool) -> bool:
    """Within the limits of this source; narrower ones for a form without proof of work."""
    source = limits.source_of(request)
    if not has_worked and not limits.may("unworked", source, limits.WITHOUT_WORK):
        return False
    return limits.may("send", source, limits.SENDING)


def _token() -> str:
    """A signed key for one form, with the moment it was shown."""
    return signing.dumps({"key": uuid4().hex, "at": time.time()}, salt=SALT)


def _read(token: str) -> tuple[UUID | None, str]:
    """The key of a form, or none and the words why: too old, too fast, or not ours."""
    try:
        held = signing.loads(token, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None, _("This page was open for too long. Everything is still here: please send it once more.")
    if time.time() - held["at"] < SHORTEST:
        return UUID(held["key"]), _("That was very quick. Please look it over and send it once more.")
    return UUID(held["key"]), ""


@public
def status(request: Request) -> HttpResponse:
    """Where an intake stands, for whoever holds its receipt."""
    form = ReceiptForm(request.POST or None)
    if request.method != "POST":
        return render(request, "clinic/public/status.html", {"form": form})
    if not form.is_valid():
        return render(request, "clinic/public/status.html", {"form": form}, status=422)
    if not limits.may("try", limits.source_of(request), limits.TRYING):
        words = _("Too many tries. Please wait an hour, call us, or come by.")
        return render(request, "clinic/public/status.html", {"form": form, "words": words}, status=429)
    found = queries.status_of(form.cleaned_data["receipt"])
    words = str(found) if found else _("We know no such code. Please look at each letter once more.")
    return render(
        request, "clinic/public/status.html", {"form": ReceiptForm(), "words": words, "is_known": bool(found)}
    )
