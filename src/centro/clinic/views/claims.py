"""The claim: what is owed and why, what melts away, what is unsettled, and why it changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import wagelaw
from centro.clinic import claim_sheet, claiming, hours_sheet, queries
from centro.clinic.actions import hours as actions
from centro.clinic.claim_reading import both_sums, compared, item_reading, notes_of, open_questions, step_words
from centro.clinic.forms.hours import SettleForm
from centro.clinic.hours_words import CHANGES
from centro.clinic.models import Case, ClaimVersion
from centro.clinic.queries import hours as told
from centro.clinic.views.cases import around
from centro.core import clock, policy
from centro.core.doors import allowed, ask_again
from centro.core.policy import Refused
from centro.core.request import Request


def _computed(case: Case) -> claiming.Outcome:
    return claiming.compute(told.hours_of(case).calendar, clock.today())


@allowed("case.see")
def claim(request: Request, case_id: UUID) -> HttpResponse:
    """The whole claim as of today: totals, items, what expires, what is too old, what it rests on."""
    case = queries.get_case(request.actor, case_id)
    outcome = _computed(case)
    context = {
        **around(request, case, "claim"),
        "panel": hours_sheet.panel(outcome, case.language, clock.today()),
        "months": hours_sheet.months_of_claim(outcome.claim)[:12] if outcome.claim else [],
        "notes": notes_of(outcome, told.settled_law(case), get_language() or "en"),
        "both": both_sums(outcome) if told.is_called_contractor(request.actor, case) else None,
        "totals": outcome.claim.totals() if outcome.claim else {},
        "latest": told.latest_claim(case),
        "can_edit": policy.can(request.actor, "case.edit", case),
        "languages_of_paper": dict.fromkeys([hours_sheet.spoken(case.language), "en"]),
    }
    return render(request, "clinic/hours/claim.html", context)


@allowed("case.see")
def claim_item(request: Request, case_id: UUID, code: str) -> HttpResponse:
    """The working of one item, payday by payday, in the worker's language with English beside it."""
    case = queries.get_case(request.actor, case_id)
    outcome = _computed(case)
    reading = item_reading(outcome, code, hours_sheet.spoken(case.language))
    if reading is None:
        raise Refused("case.see")
    return render(request, "clinic/hours/item.html", {**around(request, case, "claim"), **reading})


@allowed("case.edit")
@require_POST
def keep_claim(request: Request, case_id: UUID) -> HttpResponse:
    """Keep the claim as it is today, to compare with later."""
    case = queries.get_case(request.actor, case_id, "edit")
    row = actions.keep_claim(by=request.actor, case=case)
    if row is None:
        messages.warning(request, _("It cannot be computed yet. The hours page says what is missing."))
        return redirect("clinic:hours", case.pk)
    messages.success(request, _("Kept as version %(number)s.") % {"number": row.number})
    return redirect("clinic:claim_versions", case.pk)


@allowed("case.see")
def claim_versions(request: Request, case_id: UUID) -> HttpResponse:
    """Every claim that was kept, and the one that follows the calendar."""
    case = queries.get_case(request.actor, case_id)
    context = {"versions": told.claims_of(case), "hours_versions": _histories(case)}
    return render(request, "clinic/hours/versions.html", {**around(request, case, "claim"), **context})


def _histories(case: Case) -> list[dict[str, Any]]:
    return [{"row": row, "what": CHANGES.get(row.what, row.what)} for row in told.hours_versions(case)]


@allowed("case.see")
def why_changed(request: Request, case_id: UUID, number: int) -> HttpResponse:
    """Why the claim of today is not what it was in a version: law, time, or facts, each with its money."""
    case = queries.get_case(request.actor, case_id)
    old, outcome = told.get_claim(case, number), _computed(case)
    steps = _steps(old, outcome)
    context = {
        "old": old,
        "now": outcome.total,
        "change": outcome.total - old.total_cents,
        "steps": [step_words(step, hours_sheet.spoken(get_language() or "en")) for step in steps],
        "rows": compared(told.result_of(old), outcome, get_language() or "en"),
        "problems": hours_sheet.panel(outcome, case.language, clock.today()).problems,
    }
    return render(request, "clinic/hours/why.html", {**around(request, case, "claim"), **context})


def _steps(old: ClaimVersion, outcome: claiming.Outcome) -> list[claiming.Step]:
    if outcome.case_file is None or outcome.claim is None:
        return []
    is_new = outcome.claim.law_version != old.law_version
    return claiming.why_changed(told.result_of(old), told.case_file_of(old), outcome.case_file, is_new_law=is_new)


@allowed("case.see")
def open_law(request: Request, case_id: UUID) -> HttpResponse:
    """The unsettled questions of the law: how each is answered for this case, and which ones matter to it."""
    case = queries.get_case(request.actor, case_id)
    context = {
        "questions": open_questions(_computed(case), told.settled_law(case), get_language() or "en"),
        "can_settle": policy.can(request.actor, "case.settle", case),
    }
    return render(request, "clinic/hours/law.html", {**around(request, case, "claim"), **context})


@allowed("case.settle")
def settle_law(request: Request, case_id: UUID, switch: str) -> HttpResponse:
    """The attorney answers one of them for this case, with the reason."""
    case = queries.get_case(request.actor, case_id, "settle")
    question = wagelaw.switches(hours_sheet.spoken(get_language() or "en")).get(switch)
    if question is None:
        raise Refused("case.settle")
    known = next((row for row in told.settled_law(case) if row.switch == switch), None)
    said = {"setting": {True: "yes", False: "no"}.get(known.setting), "reason": known.reason} if known else {}
    form = SettleForm(request.POST or None, initial=said)
    context = {**around(request, case, "claim"), "form": form, "question": question}
    if request.method != "POST":
        return render(request, "clinic/hours/settle.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/hours/settle.html", context)
    reason = form.cleaned_data["reason"]
    actions.settle_law(by=request.actor, case=case, switch=switch, setting=form.value(), reason=reason)
    messages.success(request, _("Settled for this case. The claim is computed anew."))
    return redirect("clinic:open_law", case.pk)


@allowed("case.edit")
@require_POST
def print_claim(request: Request, case_id: UUID) -> HttpResponse:
    """Print the sheet of hours and claim, frozen as it is."""
    case = queries.get_case(request.actor, case_id, "edit")
    chosen = request.POST.get("language", "")
    document = claim_sheet.print_claim(by=request.actor, case=case, language=hours_sheet.spoken(chosen))
    if document is None:
        messages.warning(request, _("It cannot be computed yet. The hours page says what is missing."))
        return redirect("clinic:hours", case.pk)
    return redirect("core:document", document.pk)
