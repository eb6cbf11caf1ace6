"""What comes from the texting service (signed, or 404), and the answers that wait at the desk."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from centro.core import access
from centro.core.doors import allowed, public
from centro.core.policy import Refused, system
from centro.core.queries import reveals_left
from centro.core.request import Request
from centro.people.queries import texts
from centro.people.sms import delivery, receiving, twilio

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def _refuse_unsigned(request: Request) -> None:
    """Only what the service signed with our token; everything else meets a page that does not exist."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    claimed = request.headers.get("X-Twilio-Signature", "")
    if not twilio.is_from_there(request.build_absolute_uri(), fields, claimed):
        raise Refused("texts")


@csrf_exempt
@public
@require_POST
def incoming(request: Request) -> HttpResponse:
    """The service hands us a text. It may hand it twice."""
    _refuse_unsigned(request)
    got = request.POST
    if got.get("MessageSid") and got.get("From"):
        receiving.receive(
            by=system("texting service"),
            number=got["From"],
            words=got.get("Body", ""),
            provider_id=got["MessageSid"][:64],
        )
    return HttpResponse(NOTHING_TO_SAY, content_type="text/xml")


@csrf_exempt
@public
@require_POST
def text_status(request: Request, message_id: UUID) -> HttpResponse:
    """The service tells what became of a text of ours."""
    _refuse_unsigned(request)
    got = request.POST
    delivery.note_status(
        by=system("texting service"),
        message_id=message_id,
        status=got.get("MessageStatus", ""),
        code=got.get("ErrorCode", ""),
        provider_id=got.get("MessageSid", ""),
    )
    return HttpResponse(status=204)


@allowed("message.outbox")
def answers(request: Request) -> HttpResponse:
    """Answers at the desk: read them, call back or write, and mark them as read."""
    return _show_answers(request)


def _show_answers(request: Request, status: int = 200) -> HttpResponse:
    context = {"rows": texts.answers(request.actor), "strays": texts.strays(request.actor)}
    return render(request, "people/answers.html", {**context, "is_over_budget": status == 429}, status=status)


@allowed("message.outbox")
@require_POST
def reveal_stray(request: Request, stray_id: UUID) -> HttpResponse:
    """Show the whole number of one text from nobody known; counted, and stopped over the budget of the shift."""
    stray = texts.get_stray(request.actor, stray_id)
    if reveals_left(request.actor) == 0:
        return _show_answers(request, 429)
    access.reveal(stray)
    return _show_answers(request)


@allowed("message.outbox")
@require_POST
def settle_answer(request: Request, thread_id: UUID) -> HttpResponse:
    """Somebody has read it; and said whether it meant “stop”, where that was the question."""
    thread = texts.get_answer(request.actor, thread_id)
    if thread.may_mean_stop:
        receiving.decide_stop(by=request.actor, thread=thread, is_stop=request.POST.get("means") == "stop")
    else:
        receiving.mark_read(by=request.actor, thread=thread)
    notices.success(request, _("Saved."))
    return redirect("people:answers")


@allowed("message.outbox")
@require_POST
def settle_stray(request: Request, stray_id: UUID) -> HttpResponse:
    """Whose text it is; nobody’s goes."""
    stray = texts.get_stray(request.actor, stray_id)
    chosen = request.POST.get("person", "")
    row = next((row for row in texts.strays(request.actor) if row.stray.pk == stray.pk), None)
    person = next((one for one in row.people if str(one.pk) == chosen), None) if row else None
    if chosen and person is None:
        raise Refused("person")
    receiving.settle_stray(by=request.actor, stray=stray, person=person)
    notices.success(request, _("Saved."))
    return redirect("people:answers")
