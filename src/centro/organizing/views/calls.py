"""Calling the people of a list: the guide beside the number, what happened in one tap, and the next person."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import access
from centro.core.doors import allowed, ask_again
from centro.core.queries import reveals_left
from centro.core.request import Request
from centro.organizing import queries
from centro.organizing.actions.calls import NoVoicemail, note_call
from centro.organizing.choices import OF_A_CALL, Kind, Outcome
from centro.organizing.forms.calls import CallForm
from centro.organizing.models import Stop
from centro.organizing.queries import texts as guiding
from centro.organizing.views.texting import go_on
from centro.people import queries as people
from centro.people.choices import Purpose
from centro.people.models import Phone


@allowed("message.send")
def call_stop(request: Request, stop_id: UUID) -> HttpResponse:
    """One person to call; what happened is one tap."""
    stop = guiding.get_talk_stop(request.actor, stop_id, Kind.CALL)
    if request.method != "POST":
        form = CallForm(initial={"contact_id": uuid4()})
        return render(request, "organizing/texts/call_stop.html", _around(request, stop, form))
    form = CallForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        try:
            outcome = Outcome(got["outcome"])
            note_call(
                by=request.actor, stop=stop, outcome=outcome, contact_id=got["contact_id"], back_on=got["back_on"]
            )
        except NoVoicemail:
            form.add_error("outcome", _("No voicemail on this phone: somebody else may listen to it."))
    if form.errors:
        return ask_again(request, "organizing/texts/call_stop.html", _around(request, stop, form))
    notices.success(request, _("Noted."))
    return go_on(request, stop.assignment)


def _around(request: Request, stop: Stop, form: CallForm) -> dict[str, Any]:
    """The number, if they agreed to calls; the guide in their language, and in mine beside it."""
    may_call = people.has_consent(stop.person, Purpose.CALL) and stop.person.restricted_at is None
    phones: list[Phone] = list(stop.person.phones.all()) if may_call else []
    return {
        "stop": stop,
        "list": stop.assignment,
        "last": queries.last_seen(stop.person, stop.assignment.campaign),
        "phones": phones,
        "is_masked": any("•" in str(phone.number) for phone in phones),
        "reveals_left": reveals_left(request.actor),
        "may_call": may_call,
        "may_leave": any(phone.voicemail_ok for phone in phones),
        "outcomes": [(o.value, o.label) for o in OF_A_CALL if o is not Outcome.COME_BACK],
        "guide": _said(request, stop, stop.person.language),
        "guide_in_mine": _said(request, stop, get_language() or "en"),
        "form": form,
    }


def _said(request: Request, stop: Stop, language: str) -> str:
    guide = guiding.guide_of_list(request.actor, stop.assignment)
    text = guiding.text_in(guide, language)
    return guiding.words_for(text, name=str(stop.call_name), sender=people.own_name(request.actor)) if text else ""


@allowed("message.send")
@require_POST
def reveal_number(request: Request, stop_id: UUID) -> HttpResponse:
    """Show the number of the person to call; counted, and stopped over the budget of the shift."""
    stop = guiding.get_talk_stop(request.actor, stop_id, Kind.CALL)
    if people.has_consent(stop.person, Purpose.CALL) and reveals_left(request.actor) > 0:
        for phone in stop.person.phones.all():
            access.reveal(phone)
    form = CallForm(initial={"contact_id": uuid4()})
    return render(request, "organizing/texts/call_stop.html", _around(request, stop, form))
