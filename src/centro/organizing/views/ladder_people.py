"""A leader's own people: chosen by the team, ticked by herself through a link, printed on her card."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import access, audit, qr
from centro.core.doors import ShownOnce, allowed, ask_again, printed, public
from centro.core.ids import id_in
from centro.core.request import Request
from centro.organizing import limits
from centro.organizing.actions import ladder as actions
from centro.organizing.forms.ladder import ToldForm
from centro.organizing.ladder.choices import Told
from centro.organizing.ladder.paper import card as card_of
from centro.organizing.ladder.paper import coverage_words
from centro.organizing.queries import find_others, get_campaign
from centro.organizing.queries import ladder as queries
from centro.organizing.queries.ladder import Leader
from centro.organizing.views.ladder import back_to, page_of
from centro.organizing.views.person import person_and_campaign
from centro.people import queries as people
from centro.people.choices import written_in
from centro.people.views.find import note_search


@allowed("contact.see")
@require_POST
def follow(request: Request, person_id: UUID) -> HttpResponse:
    """One more of her people: somebody she knows, or somebody found by name."""
    leader, campaign = person_and_campaign(request, person_id)
    if words := request.POST.get("words", "").strip()[:120]:
        note_search(request)
        found = find_others(request.actor, leader, words)
        return render(
            request, "organizing/ladder/person.html", page_of(request, leader, campaign, words=words, found=found)
        )
    chosen = id_in(request.POST, "person")
    if chosen is None:
        raise Http404
    try:
        person = people.get_person(request.actor, chosen)
        actions.follow(by=request.actor, campaign=campaign, leader=leader, person=person)
    except actions.TooMany:
        messages.warning(request, _("Ten is as many as one can follow. Take somebody off first."))
        return ask_again(request, "organizing/ladder/person.html", page_of(request, leader, campaign))
    return back_to(leader, campaign)


@allowed("contact.see")
@require_POST
def unfollow(request: Request, following_id: UUID) -> HttpResponse:
    """Not one of her people any more."""
    row = queries.get_following(request.actor, following_id)
    leader, campaign = people.get_person(request.actor, row.leader_id), get_campaign(request.actor, row.campaign_id)
    actions.unfollow(by=request.actor, following=row)
    return back_to(leader, campaign)


@allowed("contact.see")
@require_POST
def start_over(request: Request, person_id: UUID) -> HttpResponse:
    """A new ask: her list begins again."""
    leader, campaign = person_and_campaign(request, person_id)
    actions.start_over(by=request.actor, campaign=campaign, leader=leader)
    messages.success(request, _("Saved."))
    return back_to(leader, campaign)


@allowed("contact.see")
@require_POST
def make_link(request: Request, person_id: UUID) -> HttpResponse:
    """A link to her own list, shown this once."""
    leader, campaign = person_and_campaign(request, person_id)
    link, secret = actions.make_link(by=request.actor, campaign=campaign, leader=leader)
    address = request.build_absolute_uri(reverse("organizing:my_people", args=[secret]))
    picture = qr.svg(address, label=_("The link as a code"))
    context = {"person": leader, "campaign": campaign, "link": link, "address": address, "picture": picture}
    page = render(request, "organizing/ladder/link.html", context)
    return ShownOnce(page, then=f"{reverse('organizing:climb', args=[leader.pk])}?campaign={campaign.pk}")


@allowed("contact.see")
@require_POST
def revoke_link(request: Request, person_id: UUID) -> HttpResponse:
    """Her link shows nothing from now on."""
    leader, campaign = person_and_campaign(request, person_id)
    actions.revoke_link(by=request.actor, campaign=campaign, leader=leader)
    messages.success(request, _("The link is closed."))
    return back_to(leader, campaign)


@allowed("contact.see")
def card(request: Request, person_id: UUID) -> HttpResponse:
    """Her people on one page, in her language, to print."""
    leader, campaign = person_and_campaign(request, person_id)
    return printed(card_of(request.actor, leader, queries.led_by(request.actor, campaign, leader)), "card")


# --- the leader herself, without an account ---


def _leader(secret: str) -> Leader:
    """Wrong, over and revoked look like a page that does not exist."""
    leader = queries.leader_by(secret)
    if leader is None:
        raise Http404
    return leader


def _show(request: Request, leader: Leader, secret: str, *, is_slow: bool = False) -> HttpResponse:
    """Her list in her language (unless she chose another), with its own line in the log."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = chosen if chosen in dict(settings.LANGUAGES) else written_in(leader.language)
    with access.viewing(leader.actor) as seen, translation.override(language):
        led = queries.own_people(leader)
        told = [one for one in Told if one]
        context = {"led": led, "covered": coverage_words(led), "secret": secret, "is_slow": is_slow, "told": told}
        answer = render(request, "organizing/ladder/my_people.html", context, status=429 if is_slow else 200)
    if seen.has_opened:
        route = "organizing:my_people"
        audit.record_access("open", by=leader.actor, route=route, records=seen.records, fields=seen.fields)
    answer["Content-Language"] = language
    return answer


@public
def my_people(request: Request, secret: str) -> HttpResponse:
    """A leader's own people: call-names, and how far she has got with each. Nothing else."""
    return _show(request, _leader(secret), secret)


@public
@require_POST
def tell(request: Request, secret: str, following_id: UUID) -> HttpResponse:
    """She asked one of her people, or they said yes, or did it."""
    leader = _leader(secret)
    if not limits.may(f"leader:{leader.link.pk}"):
        return _show(request, leader, secret, is_slow=True)
    form = ToldForm(request.POST)
    row = next((row for row in queries.own_people(leader).rows if row.pk == following_id), None)
    if row is None or not form.is_valid():
        raise Http404
    actions.tell(by=leader.actor, following=row, told=form.cleaned_data["told"])
    return redirect("organizing:my_people", secret)
