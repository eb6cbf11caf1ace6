"""Guides, and who of a list may be written to by whom: only those whose language the sender speaks."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from centro.core import clock, policy
from centro.core.classes import Relation
from centro.core.policy import Actor, Refused
from centro.organizing.choices import Kind
from centro.organizing.models import Assignment, Campaign, Contact, Guide, GuideText, ListGuide, Stop, Turn
from centro.organizing.queries.lists import StopRow, get_stop, rows_of_list
from centro.organizing.texting import filled, id_of_text
from centro.people.models import Message
from centro.people.queries.texts import languages_of


def guides(actor: Actor, campaign: Campaign, *, for_calls: bool | None = None) -> list[Guide]:
    """The guides of a campaign that are in use. The caller fetched the campaign for the actor."""
    rows = Guide.objects.filter(campaign=campaign, ended_at__isnull=True).prefetch_related("texts")
    found = list(rows if for_calls is None else rows.filter(for_calls=for_calls))
    return [_opened(row, campaign) for row in found]


def get_guide(actor: Actor, guide: UUID, verb: str = "see") -> Guide:
    row: Any = Guide.objects.select_related("campaign").get_for(actor, verb, pk=guide)
    policy.opens_all(row.campaign, Relation(row.relation))
    return _opened(row, row.campaign)


def _opened(guide: Guide, campaign: Campaign) -> Guide:
    guide.campaign = campaign
    for text in guide.texts.all():
        text.guide = guide
    return guide


def guide_of_list(actor: Actor, assignment: Assignment) -> Guide | None:
    """The guide a list is worked with, as far as the actor may read its campaign's words."""
    in_use = ListGuide.objects.filter(assignment=assignment, guide__ended_at__isnull=True)
    chosen = in_use.select_related("guide").first()
    return _opened(chosen.guide, assignment.campaign) if chosen else None


def text_in(guide: Guide | None, language: str) -> GuideText | None:
    """The guide in this language; None where nobody wrote it."""
    found = guide.texts.all() if guide else []
    return next((text for text in found if text.language == language), None)


def words_for(text: GuideText, *, name: str, sender: str) -> str:
    return filled(str(text.words), name=name, event=str(text.event), sender=sender)


@dataclass(frozen=True)
class Bank:
    """How far a list is: for this sender, and why some cannot be written to or called."""

    mine: list[StopRow]  # waiting, in languages I speak
    done: int
    total: int
    others: list[tuple[str, int]]  # languages that colleagues speak, with how many wait
    unwritten: list[tuple[str, int]]  # languages nobody wrote the guide in


def bank(actor: Actor, assignment: Assignment, guide: Guide | None) -> Bank:
    """Who waits on a list of texts or calls."""
    rows = rows_of_list(actor, assignment)
    done = tried_on(assignment)
    waiting = [row for row in rows if row.person.pk not in done]
    speaks = set(languages_of(actor))
    written = {text.language for text in guide.texts.all()} if guide else set()
    is_text = assignment.kind == Kind.TEXT
    unwritten = [row for row in waiting if is_text and row.person.language not in written]
    open_rows = [row for row in waiting if row not in unwritten]
    mine = [row for row in open_rows if row.person.language in speaks]
    return Bank(
        mine=_in_turn(actor, mine),
        done=len(rows) - len(waiting),
        total=len(rows),
        others=_by_language([row for row in open_rows if row.person.language not in speaks]),
        unwritten=_by_language(unwritten),
    )


def tried_on(assignment: Assignment) -> set[UUID]:
    """Who of the list has been written to from it, or called during its shift."""
    people = list(Stop.objects.filter(assignment=assignment).values_list("person", flat=True))
    if assignment.kind == Kind.TEXT:
        ids = {id_of_text(assignment.pk, person): person for person in people}
        return {ids[pk] for pk in Message.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    tries = Contact.objects.valid().filter(
        campaign=assignment.campaign_id, person__in=people, kind=assignment.kind, at__gte=assignment.from_at
    )
    return set(tries.values_list("person", flat=True))


def _in_turn(actor: Actor, rows: list[StopRow]) -> list[StopRow]:
    """Without those a colleague has in hand; those somebody skipped come last."""
    turns = {turn.stop_id: turn for turn in Turn.objects.filter(stop__in=[row.stop.pk for row in rows])}
    now = clock.now()

    def is_free(row: StopRow) -> bool:
        turn = turns.get(row.stop.pk)
        return turn is None or turn.until <= now or turn.user_id == actor.me

    def is_skipped(row: StopRow) -> bool:
        return row.stop.pk in turns and turns[row.stop.pk].is_skipped

    return sorted((row for row in rows if is_free(row)), key=is_skipped)


def _by_language(rows: list[StopRow]) -> list[tuple[str, int]]:
    return sorted(Counter(str(row.person.get_language_display()) for row in rows).items())


def get_talk_stop(actor: Actor, stop: UUID, kind: Kind) -> Stop:
    """A stop of a list of texts or calls whose person speaks what the actor speaks; otherwise it is not there."""
    row = get_stop(actor, stop)
    if row.assignment.kind != kind or row.person.language not in languages_of(actor):
        raise Refused("stop")
    return row
