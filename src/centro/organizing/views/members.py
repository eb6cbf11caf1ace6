"""Members: the list, one member, joining, dues, papers, leaving, sums."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import clock, content, policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing.actions import members as actions
from centro.organizing.forms import members as forms
from centro.organizing.members import papers
from centro.organizing.members.choices import LeftWhy, MemberState, Method, Waiver
from centro.organizing.models import Membership
from centro.organizing.queries import members as queries
from centro.organizing.views.pages import pages
from centro.people import queries as people
from centro.people import tabs
from centro.people.choices import WRITTEN_IN, written_in
from centro.people.models import Person
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


@allowed("member.see")
def members(request: Request) -> HttpResponse:
    """Members, whose dues end first, first."""
    form = forms.MembersFilterForm(request.GET)
    chosen = form.chosen()
    rows, has_more = queries.members(request.actor, **chosen)
    states = queries.count_states(request.actor)
    context = {
        "rows": rows,
        "form": form,
        "states": [(state, state.label, states.get(state, 0)) for state in MemberState],
        "chosen": chosen,
        **pages(request, chosen["page"], has_more=has_more),
    }
    return render(request, "organizing/members/members.html", context)


def _member(request: Request, person_id: UUID, verb: str = "see") -> Membership:
    """The membership of somebody the actor may do this to."""
    person = people.get_person(request.actor, person_id)
    row = queries.membership_of(request.actor, person)
    if row is None or not policy.can(request.actor, f"member.{verb}", row):
        raise policy.Refused("member")
    return row


@allowed("member.see")
def member(request: Request, person_id: UUID) -> HttpResponse:
    """One person as a member: pledge, dues, committees; or the way to join."""
    person = people.get_person(request.actor, person_id)
    row = queries.membership_of(request.actor, person)
    committees = queries.committees(request.actor)
    context = {
        "person": person,
        "membership": row,
        "dues": queries.dues_of(request.actor, row) if row else [],
        "seats": queries.seats_of(request.actor, person),
        "seat_form": forms.SeatForm(committees=committees) if committees else None,
        "leave_form": forms.LeaveForm(),
        "today": clock.today(),
        "tabs": tabs.tabs_of(request.actor, person),
        "here": request.path,
    }
    return render(request, "organizing/members/member.html", context)


@allowed("member.join")
def join(request: Request, person_id: UUID) -> HttpResponse:
    """Read the pledge out beside the English, and note how it was given and what was agreed."""
    person = people.get_person(request.actor, person_id)
    language = request.POST.get("language") or request.GET.get("language") or person.language
    language = written_in(language)
    form = forms.JoinForm(request.POST if request.method == "POST" else None, initial=forms.first_terms(language))
    context = {
        "person": person,
        "form": form,
        "pledge": content.text("pledges", "membership", language),
        "read_in": language,
        "readable_in": WRITTEN_IN,
    }
    if request.method != "POST":
        return render(request, "organizing/members/join.html", context)
    if form.is_valid() and _join(request, person, form):
        return redirect("organizing:member", person.pk)
    return ask_again(request, "organizing/members/join.html", context)


def _join(request: Request, person: Person, form: forms.JoinForm) -> bool:
    try:
        actions.join(by=request.actor, person=person, pledge=form.pledge(), details=form.terms())
    except actions.AlreadyMember:
        form.add_error(None, _("They have joined already."))
        return False
    notices.success(request, _("Noted. The first dues, paid or waived, make them a member."))
    return True


@allowed("member.join")
def edit_member(request: Request, person_id: UUID) -> HttpResponse:
    """Other dues, another way of paying."""
    row = _member(request, person_id, "join")
    form = forms.TermsForm(request.POST if request.method == "POST" else None, initial=forms.terms_of(row))
    context = {"person": row.person, "form": form, "version": row.version}
    if request.method != "POST":
        return render(request, "organizing/members/edit_member.html", context)
    if form.is_valid():
        try:
            version = sent_version(request)
            actions.edit_membership(by=request.actor, membership=row, version=version, details=form.terms())
        except Conflict:
            form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
    else:
        context["version"] = sent_version(request)
    if form.errors:
        return ask_again(request, "organizing/members/edit_member.html", context)
    notices.success(request, _("Saved."))
    return redirect("organizing:member", row.person_id)


@allowed("member.pay")
def pay(request: Request, person_id: UUID) -> HttpResponse:
    """Take dues, or waive them with a reason."""
    row = _member(request, person_id, "pay")
    if row.state == MemberState.LEFT:
        raise policy.Refused("member")
    form = forms.PayForm(request.POST if request.method == "POST" else None, initial=forms.first_payment(row))
    context = {"person": row.person, "membership": row, "form": form}
    if request.method != "POST":
        return render(request, "organizing/members/pay.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/members/pay.html", context)
    _take(request, row, form.cleaned_data)
    notices.success(request, _("Saved."))
    return redirect("organizing:member", row.person_id)


def _take(request: Request, row: Membership, got: dict[str, Any]) -> None:
    terms = {"by": request.actor, "membership": row, "months": got["months"], "paid_on": got["paid_on"]}
    if got["method"] == Method.WAIVED:
        actions.waive(why=Waiver(got["why"]), **terms)
    else:
        actions.pay(cents=got["cents"], method=Method(got["method"]), **terms)


@allowed("member.pay")
@require_POST
def reverse(request: Request, entry_id: UUID) -> HttpResponse:
    """A line was wrong: another takes it back."""
    entry = queries.get_entry(request.actor, entry_id, "pay")
    try:
        actions.reverse_payment(by=request.actor, entry=entry)
        notices.success(request, _("Taken back."))
    except actions.CannotReverse:
        notices.error(request, _("This line was taken back before."))
    return redirect("organizing:member", entry.membership.person_id if entry.membership else None)


@allowed("member.print")
@require_POST
def receipt(request: Request, entry_id: UUID) -> HttpResponse:
    """The receipt of one line, in the member's language."""
    entry = queries.get_entry(request.actor, entry_id, "print")
    if entry.membership is None:
        raise policy.Refused("member")
    paper = papers.print_receipt(by=request.actor, entry=entry, membership=entry.membership)
    return redirect("core:document", paper.pk)


@allowed("member.print")
@require_POST
def card(request: Request, person_id: UUID) -> HttpResponse:
    """A new card; an older one opens nothing any more."""
    row = _member(request, person_id, "print")
    if row.state != MemberState.ACTIVE:
        raise policy.Refused("member")
    code = actions.make_card(by=request.actor, membership=row)
    return redirect("core:document", papers.print_card(by=request.actor, membership=row, code=code).pk)


@allowed("member.print")
@require_POST
def pledge(request: Request, person_id: UUID) -> HttpResponse:
    """The pledge on paper, to be signed."""
    person = people.get_person(request.actor, person_id, "print")
    return redirect("core:document", papers.print_pledge(by=request.actor, person=person).pk)


@allowed("member.join")
@require_POST
def leave(request: Request, person_id: UUID) -> HttpResponse:
    """They are no member any more."""
    row = _member(request, person_id, "join")
    form = forms.LeaveForm(request.POST)
    if form.is_valid():
        actions.leave(by=request.actor, membership=row, why=LeftWhy(form.cleaned_data["why"]))
        notices.success(request, _("Saved."))
    else:
        notices.error(request, _("Please choose why they leave."))
    return redirect("organizing:member", row.person_id)


@allowed("member.totals")
def totals(request: Request) -> HttpResponse:
    """What the dues of a year came to, without names."""
    text = request.GET.get("year", "")
    this_year = clock.today().year
    year = int(text) if text.isdecimal() and 2000 <= int(text) <= this_year else this_year
    context = {"year": year, "sums": queries.sums(request.actor, year), "years": range(this_year, this_year - 5, -1)}
    return render(request, "organizing/members/totals.html", context)
