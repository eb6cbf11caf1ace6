"""An event in Chromium: set up, asked, confirmed, checked in by a host without an account, and the numbers after it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override, pgettext
from playwright.sync_api import Browser, expect

from centro.core.classes import Role
from tests.browser.conftest import WIDTHS
from tests.browser.journey import Journey

HERE = ZoneInfo("America/Los_Angeles")


def said(journey: Journey, words: str) -> str:
    """A word of the turnout in the language of the journey."""
    with override(journey.language):
        return pgettext("turnout", words)


def number_of(journey: Journey, words: str) -> str:
    """The number under a label of the turnout."""
    card = journey.page.locator(".stat").filter(has=journey.page.get_by_text(words, exact=True))
    return card.locator(".total").inner_text().strip()


def add_event(journey: Journey, title: str) -> str:
    """Set up a meeting that begins in an hour; the path of its page."""
    page, begins = journey.page, datetime.now(HERE) + timedelta(hours=1)
    journey.open("/organizing/events/add/")
    page.fill("[name=title_es]", title)
    page.fill("[name=place]", "Jacaranda Row")
    page.fill("[name=starts_at]", f"{begins:%Y-%m-%dT%H:%M}")
    page.fill("[name=ends_at]", f"{begins + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.fill("[name=goal]", "12")
    journey.button("Save").click()
    page.wait_for_url("**/organizing/events/*-*/")
    journey.check()
    return page.url.removeprefix(journey.address)


def ask_two(journey: Journey, path: str) -> str:
    """Two are put on the list, one confirms and brings two; the code of that one for the door."""
    page = journey.page
    journey.open(f"{path}ask/")
    for tick in page.locator("[name=person]").all()[:2]:
        tick.check()
    with page.expect_navigation():
        journey.button("Put the ticked on the list").click()
    journey.open(f"{path}people/")
    page.locator("main .row-link").first.click()
    page.wait_for_url("**/people/*-*/")
    page.locator("[name=state][value=confirmed]").check()
    page.fill("[name=brings]", "2")
    journey.check()
    journey.targets_are_large()
    code = page.locator(".side b.keep").inner_text()
    journey.button("Save").click()
    page.wait_for_url("**/people/")
    return code


def link_for_host(journey: Journey, path: str) -> str:
    page = journey.page
    journey.open(path)
    page.fill("#given_to", "Coalition")
    journey.button("Make a link").click()
    address = page.locator("#address").inner_text()
    journey.check()
    return address


@pytest.mark.parametrize("language", ["es", "ko"])
def test_asked_confirmed_checked_in_by_a_host_and_counted(journey: Journey, chromium: Browser) -> None:
    title = f"Asamblea {journey.mark}"
    journey.sign_in(Role.ORGANIZER)
    path = add_event(journey, title)
    code = ask_two(journey, path)
    address = link_for_host(journey, path)
    context = chromium.new_context(
        base_url=journey.address,
        viewport=WIDTHS[journey.screen],  # type: ignore[arg-type]
        locale=journey.language,
    )
    host = Journey(context.new_page(), journey.address, journey.language, journey.screen)
    host.open(address.removeprefix(journey.address))
    expect(host.page.get_by_text(title).first).to_be_visible()
    host.page.locator("#door").press_sequentially(code)
    is_here = host.page.locator("#door-found .btn-primary")
    expect(is_here).to_have_count(1)
    host.check()
    host.targets_are_large()
    with host.page.expect_navigation():
        is_here.click()
    expect(host.page.locator(".page-head .chip-sure")).to_contain_text("1")
    host.check()
    context.close()
    journey.open(path)
    with_context = {"Asked": "2", "Confirmed": "0", "Came": "1", "Expected": "3"}
    for words, number in with_context.items():
        assert number_of(journey, said(journey, words)) == number, words


@pytest.mark.parametrize("language", ["es", "ko"])
def test_the_pages_of_the_march_can_be_read(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/events/")
    page.locator("main .row-link").last.click()
    page.wait_for_load_state()
    journey.check()
    path = page.url.removeprefix(journey.address)
    for part in ("people/", "calls/?all", "ask/", "door/", "edit/"):
        journey.open(f"{path}{part}")
    journey.open("/organizing/events/?past")
    page.locator("main .row-link").first.click()
    page.wait_for_load_state()
    was = page.url.removeprefix(journey.address)
    for part in ("", "after/", "enter/"):
        journey.open(f"{was}{part}")


@pytest.mark.parametrize("language", ["es", "ko"])
def test_a_volunteer_keeps_the_door(journey: Journey) -> None:
    """Whoever walks in is counted and noted; what they are called is for the organizers, not for the door."""
    page = journey.page
    journey.sign_in(Role.VOLUNTEER)
    journey.open("/organizing/events/")
    page.locator("main .row-link").first.click()
    page.wait_for_url("**/door/")
    journey.check()
    before = walked_in(journey)
    page.fill("[name=name]", f"Beatriz {journey.mark}")
    with page.expect_navigation():
        journey.button("They walked in").click()
    journey.sees("Noted: they are here.")
    assert walked_in(journey) == before + 1
    assert journey.mark not in page.content()
    journey.check()


def walked_in(journey: Journey) -> int:
    """How many walked in so far, as the head of the door says."""
    chip = journey.page.locator(".page-head .end .chip:not(.chip-sure)")
    if not chip.count():
        return 0
    n = int("".join(filter(str.isdigit, chip.inner_text())))
    expect(chip).to_have_text(journey.count("%(n)s walked in", "%(n)s walked in", n))
    return n
