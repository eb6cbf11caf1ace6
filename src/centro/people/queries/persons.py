"""People: finding, opening, and what stands around them. What is not the actor’s is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from centro.core import clock, policy
from centro.core.classes import Relation
from centro.core.models import Event, SearchTerm, User
from centro.core.policy import Actor, Refused
from centro.core.vault import keyring
from centro.people import names, search
from centro.people.choices import Purpose
from centro.people.models import (
    Consent,
    Employment,
    Export,
    Person,
    Phone,
    Tag,
    Workplace,
)

PAGE = 50
REACHES = (500, 2_000)  # how many of the found are asked about, before all whom the actor may find are looked through
ENOUGH = 300  # of those found for somebody who does not see the whole center
TYPED_AHEAD = 10


@dataclass(frozen=True)
class Page:
    """One page of a list and the mark that leads to the next; `after` is empty on the last.

    `total` is how many were found; when it `is_cut`, there are more than that.
    """

    rows: list[Any]
    after: str = ""
    total: int | None = None
    is_cut: bool = False
    filters: str = ""

    @property
    def next(self) -> str:
        """The address of the next page, with the filters of this one."""
        return f"?{self.filters}after={quote(self.after)}" if self.after else ""


def get_person(actor: Actor, person: UUID, verb: str = "see") -> Person:
    """A person with everything their page shows: the number of queries does not grow with what there is."""
    jobs = Prefetch("employments", Employment.objects.select_related("workplace"))
    wanted = Person.objects.select_related("in_care_of", "added_by", "household").prefetch_related(
        "phones", "emails", "residencies", "consents", "taggings__tag", jobs
    )
    row: Person = wanted.get_for(actor, verb, pk=person)
    let_see_workplaces(actor, [job.workplace for job in row.employments.all()])
    if policy.may(actor, "tag.see"):
        for tagging in row.taggings.all():
            policy.opens_all(tagging.tag)
    return row


def tags(actor: Actor) -> list[Tag]:
    """The tags of the center, for those who may put them on people."""
    return list(Tag.objects.visible_to(actor, "see"))


def get_tag(actor: Actor, tag: str) -> Tag:
    row: Tag = Tag.objects.get_for(actor, "see", pk=_uuid(tag))
    return row


def household_of(actor: Actor, person: Person) -> list[Person]:
    """The others of a household whom this actor may see."""
    if person.household_id is None:
        return []
    rows = with_list_columns(Person.objects.visible_to(actor, "see").filter(household=person.household_id))
    found = list(rows.exclude(pk=person.pk)[:PAGE])
    let_see_jobs(actor, found)
    return found


def carer_of(actor: Actor) -> UUID | None:
    """Whoever adds a person cares for them, where that is what lets them see the person again."""
    return actor.user_id if Relation.OWN in policy.relations(actor, "person.see") else None


def let_see_workplaces(actor: Actor, workplaces: Iterable[Workplace]) -> None:
    """Workplaces are known to the whole center: those who know any may read the ones beside a person."""
    if Relation.CENTER in policy.relations(actor, "workplace.see"):
        for workplace in workplaces:
            policy.opens_all(workplace)


def let_see_staff(actor: Actor, users: Iterable[User | None]) -> None:
    """Colleagues beside something that is open: those who read names of staff read theirs."""
    if policy.may(actor, "user.name"):
        for user in users:
            if user is not None:
                policy.opens_all(user)


def people(actor: Actor, *, after: str = "", language: str = "", tag: UUID | None = None) -> Page:
    """People this actor may see, the ones changed last first, fifty a page, without counting them all."""
    rows = with_list_columns(Person.objects.visible_to(actor, "see").filter(restricted_at__isnull=True))
    filters = f"language={language}&" if language else ""
    if language:
        rows = rows.filter(language=language)
    if tag:
        rows, filters = rows.filter(taggings__tag=tag), f"{filters}tag={tag}&"
    return page_of(actor, rows.order_by("-changed_at", "id"), after, filters)


def with_list_columns(rows: Any) -> Any:
    jobs = Prefetch("employments", Employment.objects.filter(to_on__isnull=True).select_related("workplace"))
    return rows.prefetch_related("phones", jobs)


def page_of(actor: Actor, rows: Any, after: str, filters: str = "") -> Page:
    if after:
        at, _, last = after.partition("~")
        try:
            since, person = datetime.fromisoformat(at).astimezone(UTC), UUID(last)
        except (ValueError, OverflowError) as error:
            raise Refused("after") from error
        rows = rows.filter(Q(changed_at__lt=since) | Q(changed_at=since, id__gt=person))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    let_see_jobs(actor, shown)
    mark = f"{shown[-1].changed_at.isoformat()}~{shown[-1].pk}" if len(found) > PAGE else ""
    return Page(shown, mark, filters=filters)


def let_see_jobs(actor: Actor, rows: Iterable[Any]) -> None:
    if rows and hasattr(next(iter(rows)), "given"):
        let_see_workplaces(actor, [job.workplace for row in rows for job in row.employments.all()])


def find_people(actor: Actor, words: str, *, limit: int = PAGE) -> Page:
    """People this actor may see for whom every word fits a name, workplace or the end of a phone; best first."""
    sees_all = Relation.CENTER in policy.relations(actor, "person.find")
    enough = search.ENOUGH if sees_all else ENOUGH if limit >= PAGE else limit
    found = search.find(words, limit=enough + 1) if sees_all else _found_for(actor, words, enough + 1)
    shown = found[:limit]
    rows = with_list_columns(Person.objects.visible_to(actor, "find").filter(pk__in=shown)).in_bulk()
    ordered = [rows[person] for person in shown if person in rows]
    let_see_jobs(actor, ordered)
    return Page(ordered, total=min(len(found), enough), is_cut=len(found) > enough)


def _found_for(actor: Actor, words: str, wanted: int) -> list[UUID]:
    """Ids the words fit, best first, of people the actor may find; no more than are `wanted`.

    The policy is asked about the first found, which is all it takes for a rare word or somebody who knows many. For
    the others everybody they may find is looked through, so that the work never grows with the whole center.
    """
    theirs: list[UUID] = []
    asked = 0
    for reach in REACHES:
        found = search.find(words, limit=reach)
        theirs += _visible_of(actor, found[asked:])
        asked = len(found)
        if asked < reach or len(theirs) >= wanted:
            return theirs[:wanted]
    return search.find(words, among=Person.objects.reach_of(actor, "find"), limit=wanted)


def _visible_of(actor: Actor, found: list[UUID]) -> list[UUID]:
    """Those of the found that the actor may find, in the same order."""
    rows = Person.objects.visible_to(actor, "find").filter(pk__in=found)
    visible = set(rows.values_list("pk", flat=True))
    return [person for person in found if person in visible]


def people_by_id(actor: Actor, ids: Iterable[UUID | None]) -> dict[UUID, Person]:
    """Those of these people whom the actor may see, in one query."""
    found: dict[UUID, Person] = Person.objects.visible_to(actor, "see").in_bulk({pk for pk in ids if pk})
    return found


def count_people(actor: Actor) -> int:
    """How many people this actor may see."""
    return int(Person.objects.visible_to(actor, "see").filter(restricted_at__isnull=True).count())


def get_search_words(actor: Actor, term: str) -> str:
    """Words kept from a search of the last half hour, for their own user only."""
    since, mine = clock.now() - clock.SEARCH_KEPT, SearchTerm.objects.filter(user_id=actor.me)
    row = mine.filter(pk=_uuid(term), at__gte=since).select_related("user").first()
    if row is None:
        raise Refused("search")
    policy.opens_all(row.user)
    return str(row.words)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused("id") from error


def likely_same(
    actor: Actor, *, given: str, family: str, native: str, phone: str, but: UUID | None = None
) -> list[Person]:
    """People the actor may see who may be the one being typed: same phone, or names that sound alike."""
    ids = [person for person in same_as(given=given, family=family, native=native, phone=phone) if person != but]
    rows = with_list_columns(Person.objects.visible_to(actor, "find").filter(pk__in=ids[:200])).in_bulk()
    shown = [rows[person] for person in ids if person in rows][:5]
    let_see_jobs(actor, shown)
    return shown


def same_as(*, given: str, family: str, native: str, phone: str) -> list[UUID]:
    """Ids of people with this phone, then of those for whom all the names fit. Unscoped: callers ask the policy."""
    found: dict[UUID, None] = {}
    if phone:
        mark = keyring.blind("number", phone)
        found.update(dict.fromkeys(Phone.objects.filter(number_mark=mark).values_list("person_id", flat=True)))
    whole = f"{given} {family}".strip()
    if given and family and len(names.fold(whole)) >= 5:
        found.update(dict.fromkeys(search.find(whole)[:200]))
    if len(native.strip()) >= 2:
        found.update(dict.fromkeys(search.find(native)[:200]))
    return list(found)


def timeline(actor: Actor, person: Person, *, limit: int = 100) -> list[Event]:
    """What was done for a person, newest first, without the parts of the work this actor may not open."""
    rows = Event.objects.filter(person=person.pk).order_by("-seq")[: limit * 2]
    return [row for row in rows if _may_read(actor, row.kind)][:limit]


def _may_read(actor: Actor, kind: str) -> bool:
    record = kind.partition(".")[0]
    return policy.may(actor, f"{record}.see")


def names_of_staff(actor: Actor, users: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names for a timeline, in one query."""
    rows = User.objects.visible_to(actor, "name").filter(pk__in={user for user in users if user})
    return {row.pk: row.name or row.username for row in rows}


def own_name(actor: Actor) -> str:
    """The name of whoever asks, as it stands on what they print and write."""
    return names_of_staff(actor, [actor.user_id]).get(actor.me, "") if actor.user_id else ""


def live_consents(person: Person) -> dict[str, Consent]:
    """The consents in force today, by purpose."""
    today = clock.today()
    return {
        consent.purpose: consent
        for consent in person.consents.all()
        if consent.withdrawn_at is None and (consent.expires_on is None or consent.expires_on >= today)
    }


HANDING_ON = {Purpose.CLINIC, Purpose.ORGANIZER}
_HANDED_ON_BY = ("referral.to_clinic", "referral.to_organizing", "referral.take")


def shown_purposes(actor: Actor, consents: Mapping[str, Consent]) -> list[Purpose]:
    """What a page may say of a person's consents, asked or not.

    That they were handed on between organizing and the clinic is for those who hand people on, and for who heard the
    yes. To all others it is not even a gap.
    """
    if any(policy.may(actor, verb) for verb in _HANDED_ON_BY):
        return list(Purpose)
    heard = {purpose for purpose, consent in consents.items() if consent.taken_by_id == actor.user_id}
    return [purpose for purpose in Purpose if purpose not in HANDING_ON or purpose in heard]


def has_consent(person: Person, purpose: Purpose) -> bool:
    return purpose in live_consents(person)


def last_editor(actor: Actor, about: UUID) -> str:
    """Who saved this record last, by name, where the actor may know names of staff."""
    newest = Event.objects.filter(about=about).order_by("-seq").values_list("by", flat=True).first()
    return names_of_staff(actor, [newest]).get(newest, "") if newest else ""


def exports_waiting(actor: Actor) -> QuerySet[Export]:
    """Lists that wait for a second officer, for those who may be that officer."""
    if not policy.may(actor, "export.approve"):
        return Export.objects.none()
    waiting: QuerySet[Export] = Export.objects.visible_to(actor, "see").filter(state=Export.State.WAITING)
    return waiting.exclude(asked_by_id=actor.me)


def get_part(actor: Actor, person: UUID, kind: str, part: UUID, verb: str = "edit") -> Any:
    """One phone, e-mail, job, home or consent (`kind` is the plural) of a person the actor may do this to."""
    owner = get_person(actor, person, verb)
    found = next((row for row in getattr(owner, kind).all() if row.pk == part), None)
    if found is None:
        raise Refused(verb)
    return found
