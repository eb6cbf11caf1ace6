"""Homes in buildings: people of one address are found together, and an address goes with the last who lived there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from centro.core import policy
from centro.core.classes import Relation, Role
from centro.core.models import Event, Place, PurgedVault
from centro.core.policy import Actor
from centro.people import actions, imports, merge, paper, purge, queries
from centro.people.models import Building, ImportBatch, Merge, Person, Residency
from centro.people.tables import Table
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
HOME = {"street": "1234 W 8th Street", "unit": "4", "city": "Los Angeles", "zip": "90017", "tenure": "tenant"}


def lives_at(client: Any, person: Person, **said: str) -> Residency:
    before = list(Residency.objects.values_list("pk", flat=True))
    assert client.post(f"/people/{person.pk}/residencies/add/", {**HOME, **said}).status_code == 302
    return Residency.objects.exclude(pk__in=before).get()


@pytest.fixture
def rosa_and_ana(sign_in: SignIn, add_person: MakePerson) -> tuple[Residency, Residency]:
    """Two in one building, who spelled its street each in their own way."""
    desk = sign_in(Role.FRONT_DESK)
    rosa = lives_at(desk, add_person(given="Rosa", family="Cruz"), unit="10")
    ana = lives_at(desk, add_person(given="Ana", family="Soto"), street="1234 w. 8th st #2", unit="", city="")
    return rosa, ana


def test_two_spellings_are_one_building(rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn) -> None:
    rosa, ana = rosa_and_ana
    assert rosa.building_id == ana.building_id
    page = sign_in(Role.FRONT_DESK).get(f"/people/buildings/{rosa.building_id}/").content.decode()
    assert page.index("Unit 2") < page.index("Ana Soto") < page.index("Unit 10") < page.index("Rosa Cruz")
    assert "2 people here" in page
    assert f"/people/buildings/{ana.building_id}/" in sign_in(Role.FRONT_DESK).get(f"/people/{ana.person_id}/").text


def test_an_address_is_sealed_under_a_key_of_its_own(rosa_and_ana: tuple[Residency, Residency]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select street, city, zip, key from people_building")
        street, city, zip_code, _key = cursor.fetchone()
        assert cursor.fetchone() is None
    assert b"8th" not in bytes(street)
    assert b"Angeles" not in bytes(city)
    assert zip_code == "90017"


def test_one_who_moved_away_is_not_among_the_people_here(
    rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn
) -> None:
    rosa, _ana = rosa_and_ana
    desk, at = sign_in(Role.FRONT_DESK), f"/people/{rosa.person_id}/residencies/{rosa.pk}/edit/"
    assert desk.post(at, {**HOME, "to_on": "2026-01-01", "version": "1"}).status_code == 302
    page = desk.get(f"/people/buildings/{rosa.building_id}/").content.decode()
    assert "Ana Soto" in page
    assert "Rosa Cruz" not in page


def test_one_who_is_set_aside_is_not_listed(rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn) -> None:
    rosa, _ana = rosa_and_ana
    desk = sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{rosa.person_id}/restrict/")
    assert "Rosa Cruz" not in desk.get(f"/people/buildings/{rosa.building_id}/").content.decode()


def test_an_organizer_finds_only_their_own_there(
    rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn, cast: dict[Role, Any]
) -> None:
    rosa, _ana = rosa_and_ana
    organizer, at = sign_in(Role.ORGANIZER), f"/people/buildings/{rosa.building_id}/"
    assert organizer.get(at).status_code == 404
    Person.objects.filter(pk=rosa.person_id).update(in_care_of=cast[Role.ORGANIZER])
    page = organizer.get(at).content.decode()
    assert "1234 W 8th Street" in page
    assert "Rosa Cruz" in page
    assert "Ana Soto" not in page


def test_a_volunteer_has_no_buildings_and_sees_no_address(
    rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn, cast: dict[Role, Any], actor: Acting
) -> None:
    rosa, _ana = rosa_and_ana
    volunteer = sign_in(Role.VOLUNTEER)
    assert volunteer.get(f"/people/buildings/{rosa.building_id}/").status_code == 404
    tie = actions.involve(by=actor(Role.FRONT_DESK), person=rosa.person, scope_kind="shift", scope=rosa.pk)
    Place.objects.create(user=cast[Role.VOLUNTEER], relation=Relation.ASSIGNED, scope_kind="shift", scope=tie.scope)
    page = volunteer.get(f"/people/{rosa.person_id}/").content.decode()
    assert "8th" not in page
    assert "Angeles" not in page


def test_a_visitor_is_asked_to_sign_in(client: Any, db: None) -> None:
    assert client.get("/people/buildings/00000000-0000-4000-8000-000000000007/").url.startswith("/account/login/")


def test_correcting_an_address_corrects_it_for_all_and_moving_takes_another_building(
    rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn
) -> None:
    rosa, ana = rosa_and_ana
    desk, at = sign_in(Role.FRONT_DESK), f"/people/{rosa.person_id}/residencies/{rosa.pk}/edit/"
    assert 'value="1234 W 8th Street"' in desk.get(at).content.decode()
    desk.post(at, {**HOME, "street": "1234 West 8th St.", "version": "1"})
    assert "1234 West 8th St." in desk.get(f"/people/{ana.person_id}/").content.decode()
    desk.post(at, {**HOME, "street": "77 Elm St", "version": "2"})
    assert "1234 West 8th St." in desk.get(f"/people/{ana.person_id}/").content.decode()
    assert "77 Elm St" in desk.get(f"/people/{rosa.person_id}/").content.decode()
    assert Building.objects.count() == 2
    codes = Event.objects.filter(kind="person.residency_edited").order_by("seq").values_list("codes", flat=True)
    assert [set(row) for row in codes] == [{"street", "unit"}, {"street"}]


def test_two_who_edit_one_home_are_shown_both(rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn) -> None:
    rosa, _ana = rosa_and_ana
    desk, at = sign_in(Role.FRONT_DESK), f"/people/{rosa.person_id}/residencies/{rosa.pk}/edit/"
    desk.post(at, {**HOME, "street": "77 Elm St", "version": "1"})
    answer = desk.post(at, {**HOME, "street": "88 Oak St", "version": "1"})
    assert answer.status_code == 409
    assert "77 Elm St" in answer.content.decode()
    assert Building.objects.count() == 2  # nothing of what was typed stays behind


def test_the_last_to_leave_takes_the_building_along(rosa_and_ana: tuple[Residency, Residency], sign_in: SignIn) -> None:
    rosa, ana = rosa_and_ana
    desk = sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{rosa.person_id}/residencies/{rosa.pk}/remove/")
    assert Building.objects.count() == 1
    desk.post(f"/people/{ana.person_id}/residencies/{ana.pk}/remove/")
    assert Building.objects.count() == 0


def test_a_purge_destroys_an_address_that_nobody_else_has(
    rosa_and_ana: tuple[Residency, Residency],
    add_person: MakePerson,
    actor: Acting,
    sign_in: SignIn,
    clock: time_machine.Traveller,
) -> None:
    rosa, _ana = rosa_and_ana
    alone = lives_at(sign_in(Role.FRONT_DESK), rosa.person, street="5 Lonely Road")
    vault = alone.building.vault_id()
    row = purge.propose_purge(by=actor(Role.STEWARD), person=rosa.person, basis="asked", no_dispute_expected=True)
    purge.approve_purge(by=actor(Role.DIRECTOR), purge=row)
    clock.shift(timedelta(days=8))
    assert purge.carry_out_due_purges(by=policy.system("purge")) == 1
    assert Building.objects.get().pk == rosa.building_id
    assert PurgedVault.objects.filter(vault=vault).exists()


def test_homes_follow_a_merge_and_come_back(
    rosa_and_ana: tuple[Residency, Residency], actor: Acting, seen_by: SeenBy
) -> None:
    rosa, ana = rosa_and_ana
    steward = actor(Role.STEWARD)
    done = merge.merge_people(by=steward, kept=rosa.person, gone=ana.person)
    with seen_by(Role.STEWARD):
        kept = queries.get_person(steward, rosa.person_id)
        assert sorted(home.unit for home in kept.residencies.all()) == ["10", "2"]
        assert {home.street for home in kept.residencies.all()} == {"1234 W 8th Street"}
    merge.undo_merge(by=steward, merge=Merge.objects.get(pk=done.pk))
    with seen_by(Role.STEWARD):
        assert [home.unit for home in queries.get_person(steward, ana.person_id).residencies.all()] == ["2"]


def test_the_paper_says_where_they_live(
    rosa_and_ana: tuple[Residency, Residency], actor: Acting, seen_by: SeenBy
) -> None:
    rosa, _ana = rosa_and_ana
    with seen_by(Role.FRONT_DESK):
        person = queries.get_person(actor(Role.FRONT_DESK), rosa.person_id)
        rows = dict(paper._places(person))
    assert rows["Home"] == "1234 W 8th Street, 10, Los Angeles, 90017"


def test_a_table_brings_addresses_in_and_its_undo_takes_them_out(actor: Acting, seen_by: SeenBy) -> None:
    steward = actor(Role.STEWARD)
    header = ["Name", "Phone", "Address", "City", "Zip"]
    rows = [
        ["Rosa Cruz", "213 555 0123", "9 Main Street Apt 3", "Gardena", "90247"],
        ["Ana Soto", "213 555 0124", "9 main st #5", "", "90247"],
        ["Luz Paz", "213 555 0125", "", "", ""],
    ]
    table = Table(header=header, rows=rows)
    with seen_by(Role.STEWARD):
        batch = policy.opens_all(imports.bring_in(by=steward, name="people.csv", table=table))
        assert batch.columns == ["full_name", "number", "street", "city", "zip"]
        imports.check_batch(by=steward, batch=batch)
        batch = policy.opens_all(ImportBatch.objects.get())
        imports.start_adding(by=steward, batch=batch, adds_alike=False)
        imports.add_batch(by=steward, batch=batch)
        (unit_3, unit_5) = queries.units_in(steward, Building.objects.get().pk)
        assert [(unit.name, unit.homes[0].person.name) for unit in (unit_3, unit_5)] == [
            ("3", "Rosa Cruz"),
            ("5", "Ana Soto"),
        ]
        assert imports.undo_batch(by=steward, batch=batch) == 0
    assert not Building.objects.exists()
