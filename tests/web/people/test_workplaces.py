"""Workplaces: adding, correcting, owners with several shops."""

import pytest

from centro.core.classes import Role
from centro.core.models import Event
from centro.people.jurisdictions import JURISDICTIONS
from centro.people.models import Employer, Workplace
from tests.web.conftest import SignIn
from wagelaw import parameters

SHOP = {"name": "Casa Lupita", "name_on_checks": "CL Foods Inc", "city": "Los Angeles", "owner": "Kim Brothers"}


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
