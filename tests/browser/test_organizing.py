"""Organizing in Chromium: from the list of a campaign to a noted visit, the sheet, and the wall chart."""

from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser.conftest import on_both_screens
from tests.browser.journey import Journey

pytestmark = on_both_screens


def test_a_talk_is_noted_and_stands_on_the_persons_page(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/")
    page.locator(".ticked-row .row-link").nth(3).click()
    page.wait_for_load_state()
    journey.check()
    journey.link("Note a visit").click()
    page.wait_for_url("**/log/**")
    page.locator("[name=outcome][value=talked]").check()
    journey.check()
    page.fill("[name=known_as0]", f"Lupe {journey.mark}")
    page.fill("[name=step]", f"Flyer {journey.mark}")
    page.locator("[name=value]").nth(2).check()
    if page.locator("[name=why]").count():
        page.fill("[name=why]", "Her hours were cut")
    page.locator("#save").click()
    page.wait_for_url("**/organizing/people/*/")
    journey.check()
    expect(page.get_by_text(f"Lupe {journey.mark}").first).to_be_visible()
    expect(page.get_by_text(f"Flyer {journey.mark}").first).to_be_visible()


def test_the_sheet_the_keying_and_the_chart_can_be_read(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/lists/")
    page.locator("main .row-link").first.click()
    page.wait_for_load_state()
    journey.check()
    list_path = page.url.removeprefix(journey.address)
    for part in ("sheet/", "enter/"):
        journey.open(f"{list_path}{part}")
    journey.open("/organizing/sheets/")
    journey.open("/organizing/reports/")
    journey.open("/organizing/?value=2")
    if page.locator(".ticked-row .row-link").count():
        page.locator(".ticked-row .row-link").first.click()
        page.wait_for_load_state()
        page.locator("a.chip[href*='/chart/']").first.click()
        page.wait_for_load_state()
        journey.check()


def test_a_volunteer_walks_the_list_of_the_shift(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.VOLUNTEER)
    journey.open("/organizing/")
    page.locator("main .row-link").first.click()
    page.wait_for_load_state()
    journey.check()
    page.locator("main .row-link").last.click()
    page.wait_for_load_state()
    journey.check()
    page.locator("[name=quick]").click()
    page.wait_for_url("**/lists/*/")
    journey.sees("done")
