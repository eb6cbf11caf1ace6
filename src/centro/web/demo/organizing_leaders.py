"""The invented leaders: a petition in the workplace that a campaign knows best, a committee on the ladder, searches."""

from datetime import timedelta
from random import Random

from django.db.models import Count

from centro.core import access, clock
from centro.core.policy import Actor
from centro.organizing.actions import ladder, searches, structure
from centro.organizing.actions.charts import put_on_chart
from centro.organizing.choices import Shift
from centro.organizing.ladder.choices import Rung
from centro.organizing.models import Campaign, Department, Post, StructureTest
from centro.organizing.structure.choices import Deed
from centro.people.models import Employment, Involvement, Person, Workplace
from centro.web.demo.staff import Staff

WORKPLACE = 60  # people on the chart
_TITLES = {
    "organizer": (
        "이틀 연속 휴무 서명",
        "야간 주방, 아직 만나지 못함",
        "우리 언어로 이야기할 사람",
        "평가가 오래된 사람",
    ),
    "organizer_2": ("Petición por el pago por hora", "Sin hablar todavía", "Hablan mi idioma", "Evaluación vieja"),
    "organizer_3": ("Photo for two days off", "Not talked with yet", "Speak what I speak", "Old assessments"),
}
_EVIDENCE = {
    "organizer": "동료 네 명을 모임에 데려왔고 서명을 직접 받았습니다.",
    "organizer_2": "Trajo a cuatro compañeras y juntó las firmas ella misma.",
    "organizer_3": "Brought four of the wash line and collected the names herself.",
}
_COACHING = {
    "organizer": "사람들 앞에서 말하는 것을 아직 어려워합니다. 다음 모임 인사를 맡기기로 했습니다.",
    "organizer_2": "Le cuesta pedir. Practicamos la pregunta tres veces y la hizo sola.",
    "organizer_3": "Talks first and asks last. Next time: ask, then wait.",
}
_STEPS = ((6, 200), (5, 120), (4, 20), (4, 100), (4, 45), (3, 60), (2, 30), (2, 95))  # place on the ladder, days ago


def load(rng: Random, staff: Staff) -> None:
    """Around each campaign's people, charts and ties, which are there already."""
    for name, scope in staff.campaigns.items():
        by = staff.actor(name)
        with access.viewing(by):
            campaign = Campaign.objects.visible_to(by, "see").get(pk=scope)
            workplace = _busiest(campaign)
            if workplace is not None:
                _grow(rng, by, campaign, workplace)
                leaders = _test(rng, by, campaign, workplace, _TITLES[name][0])
                _ladder(by, campaign, leaders, name)
            _searches(by, campaign, _TITLES[name])


def _busiest(campaign: Campaign) -> Workplace | None:
    """The workplace on whose chart most people stand."""
    posts = Post.objects.filter(campaign=campaign).values("department__workplace")
    row = posts.annotate(people=Count("pk")).order_by("-people", "department__workplace").first()
    return Workplace.objects.get(pk=row["department__workplace"]) if row else None


def _grow(rng: Random, by: Actor, campaign: Campaign, workplace: Workplace) -> None:
    """More of the campaign work there too, many of them by a second job, until the chart is one of sixty."""
    departments = list(Department.objects.filter(campaign=campaign, workplace=workplace))
    standing = Post.objects.filter(campaign=campaign, department__in=departments)
    part_of = Involvement.objects.filter(scope=campaign.pk, until__isnull=True).values("person")
    rows = Person.objects.visible_to(by, "see").filter(pk__in=part_of, restricted_at__isnull=True)
    more = rows.exclude(pk__in=standing.values("person")).order_by("added_at", "pk")
    since = clock.today() - timedelta(days=500)
    for person in more[: max(0, WORKPLACE - standing.count())]:
        Employment(person=person, workplace=workplace, from_on=since - timedelta(days=rng.randrange(900))).save()
        shift = rng.choices((Shift.DAY, Shift.EVENING, Shift.NIGHT), weights=(5, 4, 1))[0]
        is_leader = rng.random() < 0.1
        put_on_chart(by=by, person=person, department=rng.choice(departments), shift=shift, is_leader=is_leader)


def _test(rng: Random, by: Actor, campaign: Campaign, workplace: Workplace, title: str) -> list[Person]:
    """Two of three by day acted, hardly anybody in the evening, nobody at night. Returns those whom others follow."""
    what = "photo" if title.startswith("Photo") else "petition"
    held_on = clock.today() - timedelta(days=9)
    details = {"title": title, "what": what, "goal": 65, "held_on": held_on}
    test = structure.add_test(by=by, campaign=campaign, details=details, workplaces=[workplace])
    posts = Post.objects.filter(campaign=campaign, department__workplace=workplace).order_by("-is_leader", "pk")
    people = Person.objects.visible_to(by, "see").in_bulk([post.person_id for post in posts])
    on_chart = [post for post in posts if post.person_id in people]
    leaders = [people[post.person_id] for post in on_chart if post.is_leader]
    for post in on_chart:
        person, leader = people[post.person_id], rng.choice(leaders) if leaders else None
        asked_by = leader.pk if leader is not None and not post.is_leader else None
        structure.mark_act(by=by, test=test, person=person, deed=_deed(rng, test, post), asked_by=asked_by)
    return leaders


def _deed(rng: Random, test: StructureTest, post: Post) -> str:
    likely = {"day": (8, 2, 1, 1), "morning": (6, 2, 1, 2), "evening": (1, 3, 1, 4), "night": (0, 0, 1, 5)}
    weights = likely.get(post.shift, (4, 2, 1, 2))
    return str(rng.choices((Deed.DID, Deed.ASKED, Deed.REFUSED, Deed.MISSED), weights=weights)[0].value)


def _ladder(by: Actor, campaign: Campaign, leaders: list[Person], name: str) -> None:
    """A committee, two of whom have stood still for long; the first leader has people of her own."""
    for person, (place, days) in zip(leaders, _STEPS, strict=False):
        ladder.decide_step(
            by=by,
            campaign=campaign,
            person=person,
            name=list(Rung)[place - 1].value,
            decided_on=clock.today() - timedelta(days=days),
            mentor=None,
            evidence=_EVIDENCE[name],
            seen=None,
        )
    for leader in leaders[:2]:
        ladder.add_note(by=by, campaign=campaign, person=leader, words=_COACHING[name])
        beside = Post.objects.filter(campaign=campaign, is_leader=False, department__posts__person=leader)
        ids = list(beside.order_by("pk").values_list("person", flat=True).distinct()[:7])
        for person in Person.objects.visible_to(by, "see").filter(pk__in=ids).order_by("pk"):
            ladder.follow(by=by, campaign=campaign, leader=leader, person=person)


def _searches(by: Actor, campaign: Campaign, titles: tuple[str, ...]) -> None:
    for title, codes, shared in (
        (titles[1], {"contact": "never"}, "team"),
        (titles[2], {"language": "mine", "contact": "old"}, "mine"),
        (titles[3], {"age": "old", "value": "2"}, "organizers"),
    ):
        searches.save_search(by=by, campaign=campaign, name=title, shared=shared, codes=codes)
