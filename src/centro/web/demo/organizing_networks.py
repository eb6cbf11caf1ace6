"""The invented network of each campaign: a few people who know many, their promises, and a confidential tie."""

from datetime import timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from django.db.models import Prefetch

from centro.core import access, clock, content
from centro.core.vault import keyring
from centro.organizing import actions
from centro.organizing.actions import week
from centro.organizing.choices import Strength, TieKind
from centro.organizing.models import Campaign, Tie
from centro.people import queries as people
from centro.people.choices import How, Purpose
from centro.people.models import Employment, Involvement, Person
from centro.web import flows
from centro.web.demo.staff import Staff

HUBS, KNOWS = 6, (5, 9)
_UNNAMED = {
    "es": ("la señora de los tamales", "el primo que maneja la van", "la nueva de planchado"),
    "ko": ("주방 막내", "미용실 원장님 조카", "야간 청소하시는 분"),
    "en": ("the one who fixes the fryer", "her upstairs neighbor", "the driver with the blue cap"),
}
_NOTES = {
    "organizer": "저녁 근무 주방에서 두 분이 같은 이야기를 했습니다. 다음 주에 함께 만나면 좋겠습니다.",
    "organizer_2": "La encargada preguntó quién era yo. Mañana vamos de dos en dos.",
    "organizer_3": "Third floor opened up after the letter. Somebody should bring the flyer in Spanish.",
}
_KINDS = (TieKind.COWORKER, TieKind.COWORKER, TieKind.FAMILY, TieKind.CHURCH, TieKind.FRIEND, TieKind.INFLUENCES)


def load(rng: Random, staff: Staff) -> int:
    """Tie some people of each campaign closely. Returns how many ties."""
    made = 0
    for name, scope in staff.campaigns.items():
        campaign = Campaign.objects.get(pk=scope)
        with keyring.held_for_request():
            near = _people(scope)
            ties = _ties(rng, staff, name, campaign, near)
            Tie.objects.bulk_create(ties)
            made += len(ties)
            if len(near) > 2:
                named = actions.Named(other=near[-1], kind=TieKind.FAMILY, strength=Strength.STRONG)
                by = staff.actor(name)
                actions.add_tie(by=by, campaign=campaign, person=near[0], named=named, is_confidential=True)
            week.leave_note(by=staff.actor(name), campaign=campaign, words=_NOTES[name])
    _hand_on(staff)
    return made


def _hand_on(staff: Staff) -> None:
    """One worker of the first campaign asked for legal help, and one client of the clinic for a visit."""
    organizer, counsellor = staff.actor("organizer"), staff.actor("counsellor")
    with access.viewing(organizer):
        row = Person.objects.visible_to(organizer, "see").filter(language="ko", restricted_at__isnull=True)
        worker = people.get_person(organizer, row.order_by("added_at", "pk").values_list("pk", flat=True)[0])
        agreed = flows.Agreed(content.text("consent", Purpose.CLINIC, "ko"), "ko", How.SPOKEN)
        safe = {"ways": ["call"], "hours": ["evening"], "voicemail_ok": "no"}
        flows.ask_clinic(by=organizer, person=worker, agreed=agreed, topic="pay", safe=safe)
    with access.viewing(counsellor):
        rows = Person.objects.visible_to(counsellor, "see").filter(language="es", restricted_at__isnull=True)
        known = Involvement.objects.filter(scope_kind="campaign", until__isnull=True).values("person")
        for pk in rows.exclude(pk__in=known).order_by("added_at", "pk").values_list("pk", flat=True)[:1]:
            agreed = flows.Agreed(content.text("consent", Purpose.ORGANIZER, "es"), "es", How.SIGNED)
            client = people.get_person(counsellor, pk)
            flows.ask_organizing(by=counsellor, person=client, agreed=agreed, safe_time="evening weekend")


def _people(scope: UUID) -> list[Person]:
    """Sixty of the campaign, those of the busiest workplaces together."""
    jobs = Prefetch("employments", Employment.objects.filter(to_on__isnull=True))
    part_of = Involvement.objects.filter(scope=scope, until__isnull=True).values("person")
    rows = Person.objects.filter(pk__in=part_of, restricted_at__isnull=True).prefetch_related(jobs)
    found = list(rows.order_by("added_at", "pk")[:60])
    return sorted(found, key=lambda person: str(next((job.workplace_id for job in person.employments.all()), "~")))


def _ties(rng: Random, staff: Staff, name: str, campaign: Campaign, crowd: list[Person]) -> list[Tie]:
    """Each hub knows a handful of people, some of whom know each other; some were only described."""
    ties, by = [], staff.users[name]
    pairs: set[frozenset[UUID]] = set()

    def know(one: Person, other: Person | None) -> None:
        if other is not None and (one == other or frozenset((one.pk, other.pk)) in pairs):
            return
        tongue = one.language if one.language in _UNNAMED else "es"
        tie = Tie(id=UUID(int=rng.getrandbits(128), version=4), person=one, other=other, campaign=campaign, by=by)
        tie.kind, tie.strength = rng.choice(_KINDS), rng.choice(Strength.values)
        tie.known_as = "" if other is not None else rng.choice(_UNNAMED[tongue])
        if other is None and tie.kind == TieKind.COWORKER:
            tie.workplace_id = next((job.workplace_id for job in one.employments.all() if job.to_on is None), None)
        tie.at = clock.now() - timedelta(days=rng.randrange(3, 90))
        tie.will_introduce = rng.random() < 0.25
        tie.introduced_at = tie.at + timedelta(days=2) if tie.will_introduce and rng.random() < 0.4 else None
        pairs.add(frozenset((one.pk, other.pk if other else tie.pk)))
        ties.append(tie)

    for hub in crowd[:HUBS]:
        near = rng.sample(crowd, min(len(crowd), rng.randrange(*KNOWS)))
        for other in near:
            know(hub, other)
        for one, other in pairwise(near):
            if rng.random() < 0.4:
                know(one, other)
        for one in near:
            if rng.random() < 0.35:
                know(one, rng.choice(crowd))
        know(hub, None)
    return ties
