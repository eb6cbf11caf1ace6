"""The wall chart of a workplace: departments by shifts, gaps in words, and what a volunteer never sees."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event
from centro.organizing import actions
from centro.organizing.models import Campaign, Department, Post
from centro.people import actions as people
from centro.people.models import Employment, Workplace
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson


@pytest.fixture
def shop(actor: Acting) -> Workplace:
    return people.add_workplace(by=actor(Role.ORGANIZER), details={"name": "Pan de Vida Bakery"})


@pytest.fixture
def path(campaign: Campaign, shop: Workplace) -> str:
    return f"/organizing/campaigns/{campaign.pk}/chart/{shop.pk}/"


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_chart_is_built_and_says_where_nobody_is_known(
    sign_in: SignIn, add_worker: MakePerson, shop: Workplace, campaign: Campaign, actor: Acting, path: str
) -> None:
    organizer, by = sign_in(Role.ORGANIZER), actor(Role.ORGANIZER)
    rosa = add_worker(given="Rosa", family="Quispe")
    people.add_part(by=by, person=rosa, part=Employment, details={"workplace": shop})
    actions.assess(by=by, campaign=campaign, person=rosa, value=2, basis="conversation")
    assert "No departments yet" in flat(organizer.get(path))
    organizer.post(f"{path}add/", {"title": "Kitchen", "heads_morning": "3", "heads_night": "6"})
    page = flat(organizer.get(path))
    assert "Kitchen, Night: 0 of 6 known" in page
    assert "Nowhere on the chart yet" in page
    sent = {"department": Department.objects.get().pk, "shift": "night", "is_leader": "on"}
    organizer.post(f"{path}place/{rosa.pk}/", sent)
    page = flat(organizer.get(path))
    assert "Kitchen, Night: 1 of 6 known" in page
    assert page.count('class="blank"><span class="unseen"') == 8
    assert "worker stand-2 leads" in page
    assert "Nowhere on the chart yet" not in page
    initials = flat(organizer.get(f"{path}?initials=on"))
    assert ">RQ" in initials
    assert "Rosa" not in initials.split("<main", 1)[1]


def test_a_person_stands_in_one_place_of_a_workplace(sign_in: SignIn, add_worker: MakePerson, path: str) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker()
    for title in ("Kitchen", "Register"):
        organizer.post(f"{path}add/", {"title": title})
    for department in Department.objects.all():
        organizer.post(f"{path}place/{rosa.pk}/", {"department": department.pk, "shift": "day"})
    assert Post.objects.get().department == Department.objects.last()


def test_a_department_is_corrected_and_whoever_saves_second_is_told(sign_in: SignIn, path: str) -> None:
    organizer = sign_in(Role.ORGANIZER)
    organizer.post(f"{path}add/", {"title": "Kichen", "heads_day": "3", "heads_night": "6"})
    row = Department.objects.get()
    where = f"{path}departments/{row.pk}/"
    opened = flat(organizer.get(where))
    for shown in ('value="Kichen"', 'value="6"', 'name="version" value="1"'):
        assert shown in opened
    sent = {"title": "Kitchen", "heads_day": "4", "version": "1"}
    assert organizer.post(where, sent).status_code == 302
    page = flat(organizer.get(path))
    assert "Kitchen, Daytime: 0 of 4 known" in page
    assert "Night" not in page.split("<table", 1)[1].split("</thead>", 1)[0]
    late = organizer.post(where, {"title": "Cocina", "heads_day": "9", "version": "1"})
    assert late.status_code == 422
    assert "Somebody else changed this meanwhile" in flat(late)
    assert 'value="Cocina"' in flat(late)
    assert "Kitchen" in flat(organizer.get(path))
    assert organizer.post(where, {"title": "", "version": "2"}).status_code == 422
    assert Event.objects.filter(kind="contact.department_edited").count() == 1


def test_somebody_is_taken_off_the_chart(
    sign_in: SignIn, add_worker: MakePerson, shop: Workplace, actor: Acting, path: str
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker(given="Rosa", family="Quispe")
    job = people.add_part(by=actor(Role.ORGANIZER), person=rosa, part=Employment, details={"workplace": shop})
    organizer.post(f"{path}add/", {"title": "Kitchen", "heads_night": "1"})
    place = f"{path}place/{rosa.pk}/"
    assert "Take off the chart" not in flat(organizer.get(place))
    organizer.post(place, {"department": Department.objects.get().pk, "shift": "night", "is_leader": "on"})
    assert '<option value="night" selected>' in flat(organizer.get(place))
    assert "not here any more" not in flat(organizer.get(path))
    Employment.objects.filter(pk=job.pk).update(to_on=center.today())
    assert "not here any more" in flat(organizer.get(path))
    for role in (Role.MANAGER, Role.VOLUNTEER):
        assert sign_in(role).post(f"{path}take-off/{rosa.pk}/").status_code == 404
    for _ in range(2):
        assert organizer.post(f"{path}take-off/{rosa.pk}/").url == path
    assert not Post.objects.exists()
    assert Event.objects.filter(kind="contact.uncharted", person=rosa.pk).count() == 1


def test_the_cards_of_one_language_are_shown_and_the_others_still_count(
    sign_in: SignIn, add_worker: MakePerson, path: str
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    organizer.post(f"{path}add/", {"title": "Kitchen", "heads_night": "3"})
    for given, code in (("Rosa", "es"), ("Minjun", "ko")):
        sent = {"department": Department.objects.get().pk, "shift": "night"}
        organizer.post(f"{path}place/{add_worker(given=given, language=code).pk}/", sent)
    whole, korean = flat(organizer.get(path)), flat(organizer.get(f"{path}?language=ko"))
    assert "Rosa" in whole
    assert "Minjun" in korean
    assert "Rosa" not in korean.split("<main", 1)[1]
    assert "and 1 who speaks another language" in korean
    assert whole.count('class="blank"><span class="unseen"') == korean.count('class="blank"><span class="unseen"') == 1
    assert "Minjun" not in flat(organizer.get(f"{path}?language=nonsense")).split("<main", 1)[1]


def test_the_poster_has_initials_says_who_printed_it_and_is_noted(
    sign_in: SignIn, add_worker: MakePerson, path: str
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker(given="Rosa", family="Quispe")
    organizer.post(f"{path}add/", {"title": "Kitchen", "heads_night": "3"})
    organizer.post(f"{path}place/{rosa.pk}/", {"department": Department.objects.get().pk, "shift": "night"})
    assert 'href="?poster=on&amp;initials=on"' in flat(organizer.get(path))
    assert not Access.objects.filter(kind="print").exists()
    page = flat(organizer.get(f"{path}?poster=on&initials=on"))
    assert ">RQ" in page
    assert "Printed by Name of Organizer" in page
    assert "organizing/poster.css" in page
    assert Access.objects.get(kind="print").route == "organizing:chart"


@pytest.mark.parametrize(
    ("page", "bad"),
    [
        ("add/", {}),
        ("add/", {"title": "x" * 61}),
        ("add/", {"title": "x", "heads_day": "-1"}),
        ("add/", {"title": "x", "heads_day": "501"}),
        ("place", {"department": "x", "shift": "day"}),
        ("place", {"shift": "siesta"}),
    ],
)
def test_bad_input_stays_on_the_form(
    page: str, bad: dict[str, str], sign_in: SignIn, add_worker: MakePerson, path: str
) -> None:
    where = f"{path}place/{add_worker().pk}/" if page == "place" else f"{path}{page}"
    assert sign_in(Role.ORGANIZER).post(where, bad).status_code == 422
    assert not Post.objects.exists()


def test_others_do_not_find_the_chart(sign_in: SignIn, path: str) -> None:
    for role in (Role.MANAGER, Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK):
        assert sign_in(role).get(path).status_code == 404
        assert sign_in(role).post(f"{path}add/", {"title": "x"}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_workers(
    sign_in: SignIn, add_worker: MakePerson, shop: Workplace, actor: Acting, path: str
) -> None:
    organizer, by, counts = sign_in(Role.ORGANIZER), actor(Role.ORGANIZER), []
    organizer.post(f"{path}add/", {"title": "Kitchen", "heads_day": "9"})
    organizer.get(path)
    for _ in range(2):
        for number in range(3):
            worker = add_worker(given=f"W{number}")
            people.add_part(by=by, person=worker, part=Employment, details={"workplace": shop})
        with CaptureQueriesContext(connection) as asked:
            organizer.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40
