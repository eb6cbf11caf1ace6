"""The demo center: big enough that no screen is empty, fictional through and through, sealed like a real one."""

import re
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.db.models import Count

from centro.clinic import routes
from centro.clinic.choices import CaseState, Route
from centro.clinic.intake import covered
from centro.clinic.models import Case, Exhibit, Hearing, Intake, Letter, Matter
from centro.clinic.queries.intake import answers_of
from centro.core import access, audit, clock, policy
from centro.core import queries as core
from centro.core.classes import Role
from centro.core.models import Access, Document, Event, User
from centro.core.policy import Actor, system
from centro.organizing.models import Campaign, Climb, Contact, Gathering, Post
from centro.organizing.queries.events_turnout import turnout
from centro.people import queries as people
from centro.people.models import Consent, Employer, Employment, Person, Phone, Purge, SameAs, Workplace
from centro.web import demo, queries
from centro.web.demo import names

pytestmark = pytest.mark.django_db
FICTION = re.compile(r"\+1\d{3}55501\d\d")


@pytest.fixture
def center() -> None:
    assert demo.load() is True


def as_role(role: Role) -> Actor:
    return Actor(user_id=User.objects.get(username=role).pk, role=role)


def test_loads_once(center: None) -> None:
    assert demo.load() is False
    assert demo.PEOPLE == 600 <= Person.objects.count() <= 620
    assert Workplace.objects.count() == 60
    assert Employer.objects.count() < 40


def test_refuses_a_real_center(settings) -> None:  # type: ignore[no-untyped-def]
    settings.TESTING = False
    with pytest.raises(RuntimeError):
        demo.load()
    assert not User.objects.exists()


def test_names_come_in_the_proportions_of_the_neighbourhood(center: None) -> None:
    with access.viewing(system("test")):
        everybody = list(Person.objects.all())
        hangul = [p for p in everybody if p.native and "가" <= p.native[0] <= "힣"]
        two_surnames = [p for p in everybody if p.family2]
        accented = [p for p in everybody if re.search("[áéíóúñ]", p.given + p.family + p.family2)]
    assert 0.25 < len(hangul) / len(everybody) < 0.45
    assert 0.30 < len(two_surnames) / len(everybody) < 0.55
    assert len(accented) > 100
    assert {p.language for p in everybody} >= {"en", "es", "ko", "zap", "quc", "bn", "tl"}


def test_nobody_in_it_exists(center: None) -> None:
    with access.viewing(system("test")):
        numbers = {phone.number for phone in Phone.objects.select_related("person")}
    assert numbers
    assert all(FICTION.fullmatch(number) for number in numbers)


def test_names_are_sealed(center: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select given, family from people_person where given is not null")
        for given, family in cursor.fetchall():
            assert bytes(given)[0] == 1
            assert family is None or len(bytes(family)) >= 64
    with access.viewing(system("test")):
        some = Person.objects.exclude(given=None).first()
        assert some is not None
        assert some.given.replace(" ", "").isalpha()


def test_every_role_has_a_user_with_tasks_and_a_screen(center: None) -> None:
    for role in Role:
        actor = as_role(role)
        with access.viewing(actor):
            groups = queries.due_groups(actor)
            assert groups, role
            assert all(line.task.what and "•" not in line.task.what for group in groups for line in group.lines)
            if policy.may(actor, "person.see"):
                assert len(people.people(actor).rows) >= 5, role


def test_days_are_counted_from_today(center: None) -> None:
    with access.viewing(as_role(Role.FRONT_DESK)) as _:
        due = [task.due_on - clock.today() for task in core.tasks(as_role(Role.FRONT_DESK))]
    assert min(due) < timedelta(0) < max(due)
    assert not Person.objects.filter(added_at__gt=clock.now()).exists()
    assert Person.objects.filter(added_at__gt=clock.now() - timedelta(days=14)).exists()
    assert not Employment.objects.filter(from_on__gt=clock.today()).exists()


def test_consents_hold_the_words_that_were_read(center: None) -> None:
    with access.viewing(system("test")):
        consent = Consent.objects.filter(language="ko").select_related("person").first()
        assert consent is not None
        assert consent.text
        assert consent.text_version


def test_queues_are_not_empty(center: None) -> None:
    assert SameAs.objects.count() >= 10
    assert Purge.objects.filter(approved_by=None).exists()
    assert Purge.objects.filter(done_at__isnull=False).exists()


def test_the_log_tells_it_in_the_order_of_time_and_is_whole(center: None) -> None:
    assert audit.verify(Event).broken_at is None
    assert Event.objects.filter(kind="person.added").count() >= 600
    assert not Access.objects.exists()


def test_the_clinic_shows_every_route_every_state_of_a_case_and_papers_of_each_kind(center: None) -> None:
    assert Case.objects.count() == 60
    assert set(Matter.objects.values_list("route", flat=True)) == set(Route)
    in_intakes = set(Intake.objects.values_list("state", flat=True))
    assert {*Case.objects.values_list("state", flat=True), *in_intakes} >= set(CaseState) - {CaseState.TRIAGED}
    wage = Matter.objects.filter(route=Route.WAGE_CLAIM)
    assert set(wage.values_list("state", flat=True)) == set(routes.table(Route.WAGE_CLAIM).states)
    assert {"draft", "waiting", "returned", "issued"} == set(Letter.objects.values_list("state", flat=True))
    assert {"letter_wage_packet", "letter_hearing_kit"} <= set(Document.objects.values_list("kind", flat=True))
    assert Exhibit.objects.filter(confirmed_at__isnull=False).count() == 3
    assert Hearing.objects.count() == 1


def test_each_story_has_its_intake_and_the_laws_that_cover_it(center: None) -> None:
    with access.viewing(system("test")):
        behind = {row.person.family: row for row in Intake.objects.exclude(case=None).select_related("person", "case")}
        told = {family: answers_of(row) for family, row in behind.items()}
    assert set(told) == {"Seo", "Cabrera", "Tzoc", "Sandoval", "Pop", "Ma"}
    answers = {
        family: {law.id: law.answer for law in covered.laws(said, on=clock.today(), language="ko")}
        for family, said in told.items()
    }
    assert answers["Ma"]["ca_overtime"] == "left_out"
    assert answers["Ma"]["prop22_floor"] == "protected"
    assert answers["Tzoc"]["ca_minimum_wage"] == answers["Seo"]["ca_overtime"] == "protected"
    assert [family for family, said in told.items() if covered.is_disputed(said)] == ["Pop"]


def test_it_is_the_same_center_every_time() -> None:
    one, other = (names.person(Random(7), "ko", "김") for _ in range(2))
    assert one == other


def test_scale_multiplies_people_and_shops() -> None:
    demo.load(2)
    assert 1200 <= Person.objects.count() <= 1220
    assert Workplace.objects.count() == 120


def test_the_organizing_is_as_big_as_life(center: None) -> None:
    """Three campaigns, the visits of forty people, a wall chart of sixty, a march to which 400 are expected."""
    assert Campaign.objects.count() == 3
    assert Contact.objects.values("by").distinct().count() >= 38  # and two volunteers who go today for the first time
    posts = Post.objects.values("department__workplace").annotate(people=Count("person", distinct=True))
    assert posts.order_by("-people")[0]["people"] == 60
    assert Climb.objects.filter(step__rung="committee", until__isnull=True).exists()
    by = as_role(Role.ORGANIZER)
    with access.viewing(by):
        march = Gathering.objects.visible_to(by, "see").get(kind="action")
        assert 380 <= turnout(by, march).expected <= 420
