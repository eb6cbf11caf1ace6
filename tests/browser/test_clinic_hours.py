"""Hours from memory in a browser: the cook tells his week and the claim follows; dragging, keys, undo; both widths."""

import re

from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser import barriers, entrance
from tests.browser.journey import Journey

WEEK = {
    "en": "Mon–Sat 10:30–22:00, one 20-minute meal, no rests",
    "es": "lun a sáb 10:30 a 22:00, una comida de 20 minutos, sin descansos",
    "ko": "월–토 10:30–22:00, 식사 20분 한 번, 휴식 없음",
}
PAY = {
    "en": "$2,800 cash at the end of the month",
    "es": "2,800 dólares en efectivo a fin de mes",
    "ko": "월말에 현금 2,800달러",
}
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def save(journey: Journey, words: str) -> None:
    """Send a form of the calendar when the claim has followed, and be back on it."""
    journey.page.wait_for_timeout(250)
    barriers.come_to_rest(journey.page)
    with journey.page.expect_navigation():
        journey.button(words).click()
    journey.sees("Saved.")


def open_case(journey: Journey) -> str:
    """A new worker, a new case; gives the address of its hours."""
    page, family = journey.page, "Seo" + journey.mark.translate(_LETTERS)
    journey.open("/people/add/")
    journey.field("Given name").fill("Min-seok")
    journey.field("Family name").fill(family)
    journey.page.locator("[name=met_through]").select_option("walk_in")
    journey.button("Add").click()
    page.wait_for_url(lambda url: "/people/add/" not in url)
    person = page.url.rstrip("/").rpartition("/")[2]
    journey.open(f"/clinic/people/{person}/open/")
    page.locator("[name=employer_name]").fill("Hanmat House")
    page.locator("[name=topics]").first.check()
    journey.button("Open the case").click()
    page.wait_for_url("**/clinic/cases/*/")
    return page.url.removeprefix(journey.address) + "hours/"


def tell_job(journey: Journey, hours: str) -> None:
    journey.open(hours + "job/")
    journey.page.locator("[name=place]").select_option("US-CA-los-angeles")
    journey.page.locator("[name=start]").fill("2024-03-04")
    journey.page.locator("[name=headcount]").fill("12")
    save(journey, "Save")


def test_the_cook_tells_his_week_and_the_claim_follows(journey: Journey) -> None:
    page, language = journey.page, journey.language
    entrance.come_in(page, Role.COUNSELLOR, journey.language)
    hours = open_case(journey)
    journey.open(hours)
    journey.sees("No hours are told yet. Begin with a usual week.")
    tell_job(journey, hours)

    # The week, typed; what was understood stands below at once, and so does what was not.
    box = page.locator("[name=week-words]")
    box.fill(WEEK[language] + ", banana")
    expect(page.locator("#read-week")).to_contain_text("“banana”")
    box.fill(WEEK[language])
    expect(page.locator("#read-week .hours-unread")).to_have_count(0)
    expect(page.locator("#read-week")).to_contain_text("10:30–22:00")
    journey.check()
    save(journey, "Add this usual week")

    # The pay, and with it the claim beside the calendar, before anything is saved.
    page.locator("[name=pay-words]").fill(PAY[language])
    journey.sees("not saved yet")
    expect(page.locator("#claim-live .total")).to_have_text(re.compile(r"\$1\d\d,\d{3}\.\d\d"))
    save(journey, "Save the pay")
    journey.check()
    journey.targets_are_large()

    # The claim, and the working of one number.
    total = page.locator("#claim-live .total").inner_text()
    page.goto(page.url.partition("hours/")[0] + "claim/")
    expect(page.locator("main .total").first).to_have_text(total)
    journey.check()
    page.locator("main a[href*='/claim/item/overtime/']").click()
    journey.sees("How it was computed, payday by payday")
    journey.check()
    for part in ("claim/versions/", "claim/law/", "hours/bring/"):
        journey.open(hours.removesuffix("hours/") + part)


def test_days_by_tap_by_keys_and_by_dragging_and_undo(journey: Journey) -> None:
    page = journey.page
    entrance.come_in(page, Role.COUNSELLOR, journey.language)
    hours = open_case(journey)
    tell_job(journey, hours)
    page.locator("[name=week-words]").fill(WEEK[journey.language])
    save(journey, "Add this usual week")

    # A tap on a day opens its form; its words are at hand.
    journey.open(hours + "?month=2025-03")
    page.locator("[data-day='2025-03-13']").click()
    expect(page.locator("[name=days-first]")).to_have_value("2025-03-13")
    page.locator("[name=days-kind][value=hours]").check()
    page.locator("[name=days-words]").fill("10:30–23:15")
    journey.check()
    save(journey, "Save the day")
    expect(page.locator("[data-day='2025-03-13']")).to_contain_text("23:15")

    # Keys alone: walk to a day, take two with Shift, choose, save.
    page.locator("[data-day='2025-03-17']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[name=days-first]")).to_have_value("2025-03-18")
    expect(page.locator("[name=days-last]")).to_have_value("2025-03-19")

    # Dragging with a mouse.
    if journey.screen == "desktop":
        first, last = (page.locator(f"[data-day='2025-03-{day}']") for day in (24, 26))
        first.hover()
        page.mouse.down()
        last.hover()
        page.mouse.up()
        expect(page.locator("[name=days-first]")).to_have_value("2025-03-24")
        expect(page.locator("[name=days-last]")).to_have_value("2025-03-26")
    page.locator("#tell-days").evaluate("part => { part.open = true }")
    page.locator("[name=days-kind][value=holiday]").check()
    save(journey, "Save the day")
    changed = page.locator("td.is-off.is-different")
    expect(changed).to_have_count(3 if journey.screen == "desktop" else 2)
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    journey.sees("Undone. It can be brought back.")
    journey.open(hours + "?month=2025-03")
    expect(changed).to_have_count(0)
    expect(page.locator("[data-day='2025-03-13']")).to_contain_text("23:15")
