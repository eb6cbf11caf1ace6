"""The wall chart built and a structure test run by thumb and on a desk; the ladder, a leader's own list, a search."""

import pytest
from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser.conftest import on_both_screens
from tests.browser.journey import Journey

pytestmark = pytest.mark.parametrize("language", ["es", "ko"])


def path_of(journey: Journey) -> str:
    return journey.page.url.removeprefix(journey.address).split("#")[0]


@on_both_screens
def test_a_wall_chart_is_built_and_a_structure_test_run(journey: Journey) -> None:
    page, mark = journey.page, journey.mark
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/tests/")
    journey.link("New test").click()
    page.wait_for_url("**/tests/add/")
    page.fill("[name=title]", f"Petition {mark}")
    page.locator("[name=workplaces]").first.check()
    journey.check()
    journey.button("Save").click()
    page.wait_for_url("**/organizing/tests/*-*/")
    journey.check()
    test = path_of(journey)
    page.locator("a.chip[href*='/chart/']").click()  # the chart of that workplace, as the test sees it
    page.wait_for_url("**/chart/**")
    chart = path_of(journey).split("?")[0]
    journey.open(f"{chart}add/")
    page.fill("[name=title]", f"Kitchen {mark}")
    page.fill("[name=heads_night]", "6")
    journey.button("Save").click()
    page.wait_for_url("**/chart/*/")
    journey.check()
    expect(page.get_by_text(f"Kitchen {mark}").first).to_be_visible()
    page.locator(".worker").last.click()
    page.wait_for_url("**/place/**")
    page.select_option("[name=department]", label=f"Kitchen {mark}")
    page.select_option("[name=shift]", "night")
    journey.check()
    journey.button("Put on the chart").click()
    page.wait_for_url("**/chart/*/")
    night = page.locator("tr", has_text=f"Kitchen {mark}")
    expect(night.locator(".worker")).to_have_count(1)
    expect(night.locator(".blank")).to_have_count(5)
    _tick_one(journey, test)
    page.locator("a.chip[href*='/chart/']").click()
    page.wait_for_url("**/chart/**")
    expect(page.get_by_role("img", name=journey.say("did it"))).to_have_count(1)
    journey.check()


def _tick_one(journey: Journey, test: str) -> None:
    """One tap on the first line: the line says so, without the page going away; a second person said no."""
    page = journey.page
    journey.open(f"{test}tick/")
    journey.targets_are_large()
    first, second = page.locator(".ticking-row").nth(0), page.locator(".ticking-row").nth(1)
    first.locator(".deed-did").click()
    expect(first.locator(".deed-did")).to_have_attribute("aria-pressed", "true")
    second.locator(".deed-refused").click()
    expect(second.locator(".deed-refused")).to_have_attribute("aria-pressed", "true")
    journey.check()
    journey.open(test)
    expect(page.locator("#total h2")).to_contain_text("1")
    expect(page.locator("#total")).to_contain_text("2")


def test_somebody_climbs_and_a_leader_ticks_her_own_people(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/ladder/")
    page.locator(".rung li a[href*='/ladder/']").last.click()
    page.wait_for_url("**/people/*/ladder/**")
    journey.check()
    page.fill("[name=evidence]", f"Saw it {journey.mark}")
    page.locator("#decide").click()
    page.wait_for_load_state()
    expect(page.get_by_text(f"Saw it {journey.mark}").first).to_be_visible()
    if page.locator("form[action$='/end/']").count() == 0:
        page.locator("#leads summary").click()
        page.locator("#leads form.split button").first.click()
        page.wait_for_load_state()
    journey.button("Begin again for a new ask").click()
    page.wait_for_load_state()
    journey.button("Make a link for them").click()
    page.locator("#address").wait_for()
    journey.check()
    address = page.locator("#address").inner_text().strip()
    page.context.clear_cookies()
    page.goto(address)
    page.locator(".ticking-row").first.wait_for()
    journey.targets_are_large()
    line = page.locator(".ticking-row").first
    line.locator("button.deed").nth(1).click()
    page.wait_for_load_state()
    expect(page.locator(".ticking-row").first.locator("[aria-pressed=true]").first).to_be_visible()


def test_a_search_is_kept_and_its_people_are_assessed_together(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    days, kind = (365 if journey.screen == "phone" else 180), ("visit" if journey.language == "es" else "call")
    journey.open(f"/organizing/?value=3&kind={kind}&days={days}")  # each visit keeps a search of its own
    if page.locator("#save_name").count():
        page.locator("main details.card > summary").last.click()
        page.fill("#save_name", f"Search {journey.mark}")
        journey.button("Save the search").click()
    else:  # an earlier visit to this center kept these filters: then it gets another name
        journey.link("Rename or share this search").click()
        page.wait_for_url("**/edit/")
        journey.check()
        page.fill("[name=name]", f"Search {journey.mark}")
        journey.button("Save").click()
    page.wait_for_url("**/campaigns/**")
    journey.check()
    expect(page.locator(".pills [aria-current]", has_text=f"Search {journey.mark}")).to_be_visible()
    journey.open(f"{path_of(journey)}&order=place")
    journey.link("Assess these together").click()
    page.wait_for_url("**/assess/**")
    journey.check()
    page.locator("select[name^=value-]").first.select_option("3")
    page.locator("#save").click()
    page.wait_for_url(lambda url: "/assess/" not in url or "after=" in url)
    journey.open("/organizing/")
    journey.link("How assessments moved").click()
    page.wait_for_url("**/trends/")
    journey.check()
    page.locator(".multiples a").first.click()
    page.wait_for_url("**/trends/?workplace=*")
    journey.check()
