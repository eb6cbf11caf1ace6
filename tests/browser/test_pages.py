"""Every page of the frame opens without a barrier, in three languages, on a phone and on a desktop."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from centro.core.classes import Role
from tests.browser import barriers
from tests.browser.journey import Journey

COMMON = ("/", "/tasks/", "/tasks/?show=given", "/tasks/?show=done", "/tasks/add/", "/roles/", "/about/")
PAGES: dict[Role, tuple[str, ...]] = {
    Role.FRONT_DESK: (
        *(*COMMON, "/people/", "/people/add/", "/people/workplaces/", "/people/workplaces/add/", "/people/outbox/"),
        *("/account/2fa/", "/account/sessions/", "/account/2fa/passkeys/add/"),
    ),
    Role.STEWARD: (
        *("/", "/people/duplicates/", "/people/purges/", "/people/review/", "/people/imports/", "/people/exports/"),
    ),
    Role.DIRECTOR: ("/", "/people/purges/", "/people/exports/", "/users/"),
    Role.ADMIN: ("/", "/users/", "/users/invite/", "/center/", "/log/"),
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


OF_A_PERSON = (
    *("", "edit/", "print/", "tags/", "household/", "hand-over/", "message/", "consents/keep_file/"),
    *("phones/add/", "emails/add/", "residencies/add/", "employments/add/"),
)


def first_link(journey: Journey, of: str) -> str:
    """Where the first link of the page leads whose address holds these words."""
    address = journey.page.locator(f"main a[href*='{of}']").first.get_attribute("href")
    assert address is not None
    return address


def addresses(journey: Journey) -> list[str]:
    """Where the lines of the list on this page lead."""
    found: list[str] = journey.page.locator("main .list a").evaluate_all("rows => rows.map(row => row.pathname)")
    return found


def somebody_with_a_home(journey: Journey) -> tuple[str, str]:
    """The first workplace, and the first worker of it, whose home is known: a new case brings workplaces without."""
    journey.open("/people/workplaces/")
    for workplace in addresses(journey):
        journey.page.goto(workplace)
        for worker in addresses(journey):
            journey.page.goto(worker)
            if journey.page.locator("main a[href*='/people/buildings/']").count():
                return workplace, worker
    raise AssertionError("nobody at any of these workplaces has a home")


def test_pages_around_a_person(journey: Journey) -> None:
    """Somebody who has a home and a job, their building, their workplace, and a task about them."""
    journey.sign_in(Role.FRONT_DESK)
    workplace, person = somebody_with_a_home(journey)
    for path in (workplace, f"{workplace}edit/"):
        journey.open(path)
    for path in OF_A_PERSON:
        journey.open(f"{person}{path}")
    journey.page.goto(person)
    journey.open(first_link(journey, "/people/buildings/"))
    journey.page.goto("/tasks/")
    journey.open(first_link(journey, "/edit/"))


def test_pages_around_an_account(journey: Journey) -> None:
    journey.sign_in(Role.ADMIN)
    journey.page.goto("/users/")
    account = journey.page.locator("main .list a.row-link").first.get_attribute("href") or ""
    for path in (account, f"{account}edit/"):
        journey.open(path)


OF_ONES_OWN = (
    "/account/2fa/",
    "/account/sessions/",
    "/account/password/set/",
    "/account/2fa/passkeys/add/",
    "/account/2fa/totp/activate/",
    "/account/2fa/recovery-codes/generate/",
    "/account/reauthenticate/",
    "/account/2fa/reauthenticate/",
    "/account/2fa/passkeys/reauthenticate/",
    "/account/logout/",
)


def test_pages_around_ones_own_sign_in(journey: Journey) -> None:
    """Factors, codes, sign-ins and the step that is asked again, as somebody sees them who has no factor yet."""
    journey.sign_in(Role.INTERPRETER)
    for path in OF_ONES_OWN:
        journey.open(path)
        assert urlsplit(journey.page.url).path == path
        journey.targets_are_large()


def test_a_pale_text_on_a_page_seen_before_is_found(journey: Journey) -> None:
    """The control: contrast is measured again as soon as a text looks like none before it."""
    journey.open("/about/")
    journey.page.evaluate("document.querySelector('main p').style.color = '#dddddd'")
    with pytest.raises(AssertionError, match="color-contrast"):
        barriers.refuse_barriers(journey.page)


def test_a_name_that_is_gone_from_a_page_seen_before_is_found(journey: Journey) -> None:
    """The control: a page of a known shape is not looked at again, whatever its words; without the words it is."""
    journey.open("/about/")
    journey.page.evaluate("document.querySelector('form.languages button').textContent = 'other words'")
    barriers.refuse_barriers(journey.page)
    journey.page.evaluate("document.querySelector('form.languages button').textContent = ''")
    with pytest.raises(AssertionError, match="button-name"):
        barriers.refuse_barriers(journey.page)


def test_a_request_to_another_origin_would_be_seen(journey: Journey) -> None:
    """The control: what every journey watches for is noticed, and would fail it."""
    elsewhere = "http://127.0.0.1:49999/"
    with pytest.raises(Error):
        journey.page.goto(elsewhere)
    assert journey.strangers == [elsewhere]
    journey.strangers.clear()
