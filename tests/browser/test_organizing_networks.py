"""Networks in Chromium: the picture by keyboard, the way to somebody, the wall to the clinic, the day, lock-down."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from centro.core.classes import Role
from tests.browser import entrance
from tests.browser.journey import Journey


@pytest.fixture(params=("es", "ko"))
def language(request: pytest.FixtureRequest) -> str:
    """In the two languages in which most visits are made."""
    return str(request.param)


def tap(page: Page, what: Locator) -> None:
    """Tap what leads to another page, and wait for it."""
    with page.expect_navigation():
        what.click()


def a_person(journey: Journey) -> str:
    """The path of somebody in the first campaign who knows others."""
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/?value=2")
    links = journey.page.locator(".ticked-row .row-link")
    paths = [re.sub(r"\?.*", "", str(links.nth(at).get_attribute("href"))) for at in range(min(links.count(), 30))]
    for path in paths:
        journey.page.goto(f"{journey.address}{path}network/")
        if journey.page.locator("a.node.step-1").count():
            return path
    raise AssertionError("nobody of the demo knows anybody")


def test_the_picture_is_walked_by_keyboard_and_the_way_is_found(journey: Journey) -> None:
    page, path = journey.page, a_person(journey)
    journey.check()
    first = page.locator("a.node.step-1").first
    first.focus()
    expect(page.locator("svg.ring")).to_have_class(re.compile("is-lit"))
    target = str(first.get_attribute("href"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert target.partition("?")[0] in page.url
    journey.check()
    journey.open(f"{path}network/")
    page.locator("[data-hides-names]").click()
    expect(page.locator("svg.ring .name").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("svg.ring")).to_be_hidden()
    page.emulate_media(media="screen")
    tap(page, journey.link("How do we get to them?"))
    journey.check()


def test_somebody_named_is_noted_introduced_and_found(journey: Journey) -> None:
    page, path = journey.page, a_person(journey)
    journey.open(f"{path}ties/add/")
    page.fill("[name=known_as]", f"Lupe {journey.mark}")
    page.locator("[name=will_introduce]").check()
    tap(page, page.locator("form.narrow .btn-primary").last)
    journey.open(f"{path}network/")
    line = page.locator(".tie-line").filter(has_text=journey.mark)
    expect(line).to_be_visible()
    tap(page, line.locator("[name=happened][value=yes]"))
    line = page.locator(".tie-line").filter(has_text=journey.mark)
    expect(line.locator("[name=happened]")).to_have_count(0)
    tap(page, line.get_by_role("link").last)
    journey.check()


def test_legal_help_is_asked_for_by_consent_and_one_word_comes_back(journey: Journey) -> None:
    page, path = journey.page, a_person(journey)
    journey.open(path.replace("/organizing", "") + "legal-help/")
    if page.locator("[name=agreed]").count():
        tap(page, page.locator("form.narrow .btn-primary"))
        journey.check()  # what is missing is said, and nothing went out
        page.locator("[name=topic][value=pay]").check()
        page.locator("[name=ways][value=call]").check()
        page.locator("[name=agreed]").check()
        tap(page, page.locator("form.narrow .btn-primary"))
    journey.check()
    journey.sees("received")
    entrance.come_in(page, Role.COUNSELLOR, journey.language)
    journey.open("/clinic/intake/")


def test_the_day_the_week_the_field_and_the_lock_down(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/day/")
    page.fill("textarea[name=words]", f"Note {journey.mark}")
    tap(page, page.locator("form.narrow .btn-primary"))
    journey.check()
    expect(page.get_by_text(f"Note {journey.mark}").first).to_be_visible()
    journey.open("/organizing/week/")
    journey.targets_are_large()
    journey.open("/organizing/field-work/")
    expect(page.get_by_text(f"Note {journey.mark}").first).to_be_visible()
    tap(page, page.get_by_role("link", name=journey.say("Lock-down"), exact=True))
    journey.check()
    page.locator("[data-opens=lock-down]").click()
    expect(page.locator("dialog#lock-down")).to_be_visible()
    page.locator("dialog#lock-down [data-closes]").click()
    expect(page.locator("dialog#lock-down")).to_be_hidden()
