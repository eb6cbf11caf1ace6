"""Writing to a person, and the outbox from which messages are sent by hand."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import access
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import messages, queries
from centro.people.choices import Channel
from centro.people.forms import MessageForm


@allowed("person.message")
def send_message(request: Request, person_id: UUID) -> HttpResponse:
    """Write to a person, if they agreed and it is safe now; otherwise say why not."""
    person = queries.get_person(request.actor, person_id, "message")
    form = MessageForm(request.POST or None, initial={"channel": Channel.TEXT})
    if request.method != "POST":
        return render(request, "people/message.html", {"person": person, "form": form})
    if not form.is_valid():
        return ask_again(request, "people/message.html", {"person": person, "form": form})
    channel = Channel(form.cleaned_data["channel"])
    try:
        messages.send_message(by=request.actor, person=person, channel=channel, words=form.cleaned_data["words"])
    except messages.MayNot as refusal:
        form.add_error("channel", str(refusal.reason))
        return ask_again(request, "people/message.html", {"person": person, "form": form})
    notices.success(request, _("The message is in the outbox."))
    return redirect("people:person", person.pk)


@allowed("message.outbox")
def outbox(request: Request) -> HttpResponse:
    """Messages to send by hand, with the address in full: opening this page counts as revealing them."""
    waiting = queries.outbox(request.actor)
    for message, _person in waiting:
        access.reveal(message)
    return render(request, "people/outbox.html", {"waiting": waiting})


@allowed("message.outbox")
@require_POST
def mark_sent(request: Request, message_id: UUID) -> HttpResponse:
    """It was sent; it leaves the outbox."""
    message = queries.get_message(request.actor, message_id)
    messages.mark_sent(by=request.actor, message=message)
    notices.success(request, _("Marked as sent."))
    return redirect("people:outbox")
