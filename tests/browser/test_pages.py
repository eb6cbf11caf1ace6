"""Every page of the frame opens without a barrier, in three languages, on a phone and on a desktop."""

import pytest

from centro.core.classes import Role
from tests.browser.journey import Journey

COMMON = ("/", "/tasks/", "/tasks/?show=given", "/tasks/?show=done", "/tasks/add/", "/roles/", "/about/")
PAGES: dict[Role, tuple[str, ...]] = {
    Role.FRONT_DESK: (*COMMON, "/people/", "/people/add/", "/people/workplaces/", "/people/workplaces/add/"),
    Role.STEWARD: ("/", "/people/duplicates/", "/people/purges/"),
    Role.DIRECTOR: ("/", "/people/purges/", "/users/"),
    Role.ADMIN: ("/", "/users/", "/users/invite/", "/log/"),
    Role.AUDITOR: ("/", "/log/"),
    Role.VOLUNTEER: ("/",),
}


def test_visitors_read_what_this_is(journey: Journey) -> None:
    journey.page.goto(f"{journey.address}/about/")
    journey.page.locator(f"form.languages button[value={journey.language}]").click()
    journey.open("/about/")
    journey.sees("What we promise")
    journey.open("/account/login/")
    journey.targets_are_large()


def test_the_gallery_shows_every_component(journey: Journey) -> None:
    journey.sign_in(Role.ADMIN)
    journey.open("/components/")
    assert journey.page.locator("main h2").count() >= 20


@pytest.mark.parametrize("role", PAGES)
def test_pages_of_a_role(journey: Journey, role: Role) -> None:
    journey.sign_in(role)
    for path in PAGES[role]:
        journey.open(path)
        journey.targets_are_large()


def test_what_is_not_there_says_so_calmly(journey: Journey) -> None:
    journey.sign_in(Role.VOLUNTEER)
    journey.open("/people/purges/")
    journey.sees("There is nothing here for you")
