"""Networks in Chromium: the picture by keyboard, the way to somebody, the wall to the clinic, the day, the lock-down."""

import re

import pytest
from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser import entrance
from tests.browser.journey import Journey


@pytest.fixture(params=("es", "ko"))
def language(request: pytest.FixtureRequest) -> str:
    """In the two languages in which most visits are made."""
    return str(request.param)


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
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: target.partition("?")[0] in url)
    journey.check()
    journey.open(f"{path}network/")
    page.locator("[data-hides-names]").click()
    expect(page.locator("svg.ring .name").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("svg.ring")).to_be_hidden()
    page.emulate_media(media="screen")
    journey.link("How do we get to them?").click()
    page.wait_for_url("**/way/**")
    journey.check()


def test_somebody_named_is_noted_introduced_and_found(journey: Journey) -> None:
    page, path = journey.page, a_person(journey)
    journey.open(f"{path}ties/add/")
    page.fill("[name=known_as]", f"Lupe {journey.mark}")
    page.locator("[name=will_introduce]").check()
    page.locator("form.narrow .btn-primary").last.click()
    page.wait_for_url("**/organizing/people/*/")
    journey.open(f"{path}network/")
    line = page.locator(".tie-line").filter(has_text=journey.mark)
    expect(line).to_be_visible()
    line.locator("[name=happened][value=yes]").click()
    page.wait_for_load_state()
    line = page.locator(".tie-line").filter(has_text=journey.mark)
    expect(line.locator("[name=happened]")).to_have_count(0)
    line.get_by_role("link").last.click()
    page.wait_for_url("**/name/")
    journey.check()


def test_legal_help_is_asked_for_by_consent_and_one_word_comes_back(journey: Journey) -> None:
    page, path = journey.page, a_person(journey)
    journey.open(path.replace("/organizing", "") + "legal-help/")
    if page.locator("[name=agreed]").count():
        page.locator("form.narrow .btn-primary").click()
        page.wait_for_load_state()
        journey.check()  # what is missing is said, and nothing went out
        page.locator("[name=topic][value=pay]").check()
        page.locator("[name=ways][value=call]").check()
        page.locator("[name=agreed]").check()
        page.locator("form.narrow .btn-primary").click()
        page.wait_for_load_state()
    journey.check()
    journey.sees("received")
    entrance.come_in(page, Role.COUNSELLOR, journey.language)
    journey.open("/clinic/intake/")


def test_the_day_the_week_the_field_and_the_lock_down(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/day/")
    page.fill("[name=words]", f"Note {journey.mark}")
    page.locator("form.narrow .btn-primary").click()
    page.wait_for_load_state()
    journey.check()
    expect(page.get_by_text(f"Note {journey.mark}").first).to_be_visible()
    journey.open("/organizing/week/")
    journey.targets_are_large()
    journey.open("/organizing/field-work/")
    expect(page.get_by_text(f"Note {journey.mark}").first).to_be_visible()
    page.locator("main, header").get_by_role("link", name=journey.say("Lock-down"), exact=True).first.click()
    page.wait_for_url("**/lockdown/")
    journey.check()
    page.locator("[data-opens=lock-down]").click()
    expect(page.locator("dialog#lock-down")).to_be_visible()
    page.locator("dialog#lock-down [data-closes]").click()
    expect(page.locator("dialog#lock-down")).to_be_hidden()
