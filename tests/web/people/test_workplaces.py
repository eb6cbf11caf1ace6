"""Workplaces: adding, correcting, owners with several shops."""

import re

import pytest

from centro.core.classes import Role
from centro.core.models import Event
from centro.people.jurisdictions import JURISDICTIONS, Proposal, proposed_by
from centro.people.models import Employer, Workplace
from tests.web.conftest import SignIn
from wagelaw import parameters

SHOP = {
    "name": "Casa Lupita",
    "name_on_checks": "CL Foods Inc",
    "city": "Los Angeles",
    "owner": "Kim Brothers",
    "jurisdiction": "US-CA-los-angeles",
}
LA, LA_COUNTY = "US-CA-los-angeles", "US-CA-los-angeles-county-unincorporated"
SM_COUNTY = "US-CA-san-mateo-county-unincorporated"


def test_a_workplace_is_added_and_shown(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    page = desk.post("/people/workplaces/add/", SHOP, follow=True).content.decode()
    assert all(word in page for word in ("Casa Lupita", "CL Foods Inc", "Kim Brothers"))
    assert Event.objects.filter(kind="workplace.added").count() == 1
    assert "Casa Lupita" in desk.get("/people/workplaces/").content.decode()


def test_shops_of_one_owner_stand_together(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    desk.post("/people/workplaces/add/", SHOP)
    page = desk.post("/people/workplaces/add/", {"name": "Second Sign", "owner": "KIM brothers"}, follow=True)
    assert Employer.objects.count() == 1
    assert "Casa Lupita" in page.content.decode()


def test_correcting_one_that_somebody_else_corrected_shows_both(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    desk.post("/people/workplaces/add/", SHOP)
    url = f"/people/workplaces/{Workplace.objects.get().pk}/edit/"
    assert "Kim Brothers" in desk.get(url).content.decode()
    assert desk.post(url, {**SHOP, "name": "Casa Lupe", "version": "1"}).status_code == 302
    answer = sign_in(Role.ORGANIZER).post(url, {**SHOP, "name": "La Lupe", "version": "1"})
    assert answer.status_code == 409
    assert "Casa Lupe" in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"name": ""},
        {"name": "x" * 121},
        {**SHOP, "zip": "1"},
        {**SHOP, "industry": "food"},
        {**SHOP, "jurisdiction": "US-XX"},
    ],
)
def test_bad_input_stays_on_the_form(sent: dict[str, str], sign_in: SignIn) -> None:
    assert sign_in(Role.FRONT_DESK).post("/people/workplaces/add/", sent).status_code == 422
    assert not Workplace.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.VOLUNTEER])
def test_roles_without_workplaces_see_none(role: Role, sign_in: SignIn) -> None:
    assert sign_in(role).get("/people/workplaces/").status_code == 404


def test_every_wage_jurisdiction_is_one_the_law_tables_know() -> None:
    known = parameters.places()
    assert [code for code, _ in JURISDICTIONS if code not in known] == []
    ours = {code for code, _ in JURISDICTIONS}
    assert [code for code in known if code.startswith("US-CA") and code not in ours] == []


@pytest.mark.parametrize(
    ("city", "zip_code", "code", "county"),
    [
        ("Oakland", "", "US-CA-oakland", ""),
        ("santa monica", "90401", "US-CA-santa-monica", LA_COUNTY),
        ("Los Ángeles", "", LA, LA_COUNTY),
        ("LA", "90005", LA, LA_COUNTY),
        ("San Francisco", "94103", "US-CA-san-francisco", ""),
        ("San Mateo", "", "US-CA-san-mateo", SM_COUNTY),
        ("Altadena", "91001", "US-CA", LA_COUNTY),
        ("Fresno", "93701", "US-CA", ""),
        ("Fresno", "", "", ""),
        ("Houston", "77002", "", ""),
        ("", "90005", "", ""),
    ],
)
def test_an_address_proposes_the_minimum_wage(city: str, zip_code: str, code: str, county: str) -> None:
    assert proposed_by(city, zip_code) == Proposal(code, county)


def test_every_city_with_a_wage_of_its_own_is_proposed_by_its_name() -> None:
    """By the codes of the law tables: no city that sets a wage is missed, and none is proposed for another."""
    places = parameters.places()
    cities = {code for code in places if code.startswith("US-CA-") and not code.endswith("-unincorporated")}
    named = {code: re.sub(r" \(.*\)", "", dict(JURISDICTIONS)[code]) for code in cities}
    assert {code: proposed_by(name, "").code for code, name in named.items()} == {code: code for code in cities}


def test_where_no_county_may_decide_the_city_does(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    shop = {**SHOP, "city": "Oakland", "jurisdiction": ""}
    page = desk.post("/people/workplaces/add/", shop, follow=True).content.decode()
    assert Workplace.objects.get().jurisdiction == "US-CA-oakland"
    assert "Oakland" in page


@pytest.mark.parametrize("answer", [LA, LA_COUNTY, ""])
def test_where_a_county_may_decide_it_is_asked_once(sign_in: SignIn, answer: str) -> None:
    desk = sign_in(Role.FRONT_DESK)
    asked = desk.post("/people/workplaces/add/", {**SHOP, "jurisdiction": ""})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Is this inside the city?" in page
    assert f'<option value="{LA}" selected' in page
    assert 'name="asked_where" value="1"' in page
    assert "Casa Lupita" in page
    assert not Workplace.objects.exists()
    sent = {**SHOP, "jurisdiction": answer, "asked_where": "1"}
    assert desk.post("/people/workplaces/add/", sent).status_code == 302
    assert Workplace.objects.get().jurisdiction == answer
