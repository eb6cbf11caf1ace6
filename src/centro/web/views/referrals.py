"""Handing somebody on: from organizing to the clinic, from the clinic to organizing, and who waits for a visit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import content
from centro.core.doors import allowed, ask_again
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing import queries as organizing
from centro.people import queries as people
from centro.people import referrals, tabs
from centro.people.choices import WRITTEN_IN, How, Purpose, written_in
from centro.people.models import Person
from centro.web import flows
from centro.web.referral_forms import AskClinicForm, AskVisitForm, hours_in_words


def _around(request: Request, person: Person, purpose: Purpose) -> dict[str, Any]:
    """The words of the consent, in the person's language and beside it in English."""
    language = request.POST.get("language") or request.GET.get("language") or person.language
    language = written_in(language)
    return {
        "person": person,
        "text": content.text("consent", purpose, language),
        "english": content.text("consent", purpose, "en") if language != "en" else None,
        "readable_in": WRITTEN_IN,
        "read_in": language,
        "tabs": tabs.tabs_of(request.actor, person),
        "here": request.path,
    }


def _agreed(context: dict[str, Any], form: AskClinicForm | AskVisitForm) -> flows.Agreed:
    return flows.Agreed(context["text"], context["read_in"], How(form.cleaned_data["how"]))


@allowed("referral.to_clinic")
def ask_clinic(request: Request, person_id: UUID) -> HttpResponse:
    """They want legal help: read the words out, hand them on; later one word of how it stands."""
    person = people.get_person(request.actor, person_id)
    context = _around(request, person, Purpose.CLINIC)
    context["status"] = flows.clinic_status(request.actor, person)
    form = AskClinicForm(request.POST or None, initial={"ways": ["call"]})
    context["form"] = form
    if request.method != "POST":
        return render(request, "web/ask_clinic.html", context)
    if not form.is_valid():
        return ask_again(request, "web/ask_clinic.html", context)
    got, agreed = form.cleaned_data, _agreed(context, form)
    try:
        flows.ask_clinic(
            by=request.actor,
            person=person,
            agreed=agreed,
            topic=got["topic"],
            safe=form.safe(),
            tells_day=got["tells_day"],
        )
        messages.success(request, _("The clinic knows, and calls at a safe time."))
    except referrals.AlreadySent:
        messages.info(request, _("The clinic knows already."))
    return redirect("web:ask_clinic", person.pk)


@allowed("referral.to_organizing")
def ask_visit(request: Request, person_id: UUID) -> HttpResponse:
    """They want a visit by an organizer: read the words out, hand them on."""
    person = people.get_person(request.actor, person_id)
    context = _around(request, person, Purpose.ORGANIZER)
    context["status"] = flows.visit_status(request.actor, person)
    form = AskVisitForm(request.POST or None)
    context["form"] = form
    if request.method != "POST":
        return render(request, "web/ask_visit.html", context)
    if not form.is_valid():
        return ask_again(request, "web/ask_visit.html", context)
    agreed = _agreed(context, form)
    try:
        flows.ask_organizing(by=request.actor, person=person, agreed=agreed, safe_time=form.safe_time())
        messages.success(request, _("Organizing knows, and visits them."))
    except referrals.AlreadySent:
        messages.info(request, _("Organizing knows already."))
    return redirect("web:ask_visit", person.pk)


@allowed("referral.take")
def visits_asked(request: Request) -> HttpResponse:
    """Who asked for a visit, and waits."""
    rows = [(row, hours_in_words(row.safe_time)) for row in referrals.waiting(request.actor)]
    return render(request, "web/visits_asked.html", {"rows": rows, "campaigns": organizing.campaigns(request.actor)})


@allowed("referral.take")
@require_POST
def take_visit(request: Request, referral_id: UUID) -> HttpResponse:
    """Take somebody up for one's campaign."""
    row = referrals.get_waiting(request.actor, referral_id)
    try:
        campaign = organizing.get_campaign(request.actor, UUID(request.POST.get("campaign", "")))
    except ValueError as error:
        raise Refused("referral.take") from error
    if not flows.take_visit(by=request.actor, referral=row, campaign=campaign):
        messages.info(request, _("A colleague was faster."))
        return redirect("web:visits_asked")
    messages.success(request, _("They are part of your campaign now. The visit is among your tasks."))
    return redirect("organizing:person", row.person_id)
