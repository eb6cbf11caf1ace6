"""Papers and evidence: photos from a phone, facts read aloud, a letter for the attorney, approved by keyboard."""

import re
from pathlib import Path
from time import monotonic

from playwright.sync_api import expect

from centro.core.classes import Role
from tests import hostile_files as hostile
from tests.browser.journey import Journey

CASE = re.compile(r"/clinic/cases/[0-9a-f-]{36}/")
TERMS = {
    "settled_on": "2026-09-01",
    "installment_amount": "1,000",
    "installment_due_on": "2026-11-15",
    "pay_by": "2026-12-05",
}


def seo_case(journey: Journey) -> str:
    """Where the case of the Koreatown cook is, which an attorney stands behind."""
    journey.open("/clinic/cases/")
    link = journey.page.locator("main a[href*='/clinic/cases/']").filter(has_text=re.compile("Chung-ho|서충호")).first
    found = CASE.search(link.get_attribute("href") or "")
    assert found
    return found[0]


def write_fact(journey: Journey, case: str, code: str, value: str, told: str = "") -> None:
    journey.page.goto(f"{journey.address}{case}facts/{code}/")
    if told:
        journey.page.locator("[name=told]").fill(told)
    journey.page.locator("[name=value]").fill(value)
    journey.button("Save").click()
    journey.page.wait_for_url(f"**{case}facts/")


def test_photos_from_a_phone_become_an_exhibit(journey: Journey, tmp_path: Path) -> None:
    journey.sign_in(Role.COUNSELLOR)
    case = seo_case(journey)
    journey.open(f"{case}evidence/")
    journey.check()
    names = []
    for number in (1, 2):
        photo = tmp_path / f"IMG_{number}.jpg"
        photo.write_bytes(hostile.jpeg_with_place())
        names.append(str(photo))
    journey.page.locator("input[type=file]").set_input_files(names)
    journey.button("Keep as evidence").click()
    journey.sees("Please look at this again")
    journey.check()
    journey.page.locator("input[type=file]").set_input_files(names)
    journey.page.locator("[name=what]").fill(f"Schedule {journey.mark}")
    journey.button("Keep as evidence").click()
    covers_numbers(journey)
    row = journey.page.locator(".exhibit", has_text=journey.mark)
    expect(row.locator("img")).to_have_count(2)
    journey.check()
    row.get_by_role("button", name=re.compile(re.escape(journey.say("The worker confirms it")))).click()
    expect(journey.page.locator(".exhibit", has_text=journey.mark).locator(".chip-sure")).to_be_visible()
    journey.targets_are_large()


def covers_numbers(journey: Journey) -> None:
    """On a photo a place is drawn, another is set by keyboard; other photos of the case are looked at later."""
    page = journey.page
    page.wait_for_url("**/uploads/*/numbers/")
    journey.sees("Is a number on it that must not be seen?")
    journey.check()
    journey.targets_are_large()
    sheet, boxes = page.locator("[data-sheet]"), page.locator(".cover-box")
    sheet.scroll_into_view_if_needed()
    edge = sheet.bounding_box()
    assert edge
    across, down = edge["x"] + edge["width"] / 10, edge["y"] + edge["height"] / 2
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + edge["width"] / 2, down + edge["height"] / 5, steps=4)
    page.mouse.up()
    expect(boxes).to_have_count(1)
    left, wide = (float(page.locator(f"[name={edge}_0]").input_value()) for edge in ("left", "wide"))
    assert 8 < left < 12
    assert 48 < wide < 52
    journey.button("Add a place").click()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight"):
        page.keyboard.press(key)
    places = [page.locator(f"[name={edge}_1]").input_value() for edge in ("left", "top", "wide", "high")]
    assert places == ["29.0", "44.0", "41.0", "5.0"]
    page.keyboard.press("Delete")
    expect(boxes).to_have_count(1)
    journey.button("Cover these places for good").click()
    journey.sees("Covered for good. Please look once more.")
    expect(boxes).to_have_count(0)
    middle = [0.35, 0.6]  # inside the place that was drawn
    assert brightness(journey, *middle) < 30
    with page.expect_navigation():
        journey.button("That is all").click()
    journey.link("Later").click()
    page.wait_for_url("**/evidence/")


def brightness(journey: Journey, across: float, down: float) -> float:
    """How bright the picture of the page is at a place, 0 to 255."""
    found: float = journey.page.evaluate(
        """async ([across, down]) => {
          const seen = document.querySelector("[data-sheet] img");
          await seen.decode();
          const paper = document.createElement("canvas");
          paper.width = seen.naturalWidth; paper.height = seen.naturalHeight;
          const pen = paper.getContext("2d");
          pen.drawImage(seen, 0, 0);
          const [red, green, blue] = pen.getImageData(across * paper.width, down * paper.height, 1, 1).data;
          return (red + green + blue) / 3;
        }""",
        [across, down],
    )
    return found


def test_an_attorney_approves_by_keyboard(journey: Journey) -> None:
    journey.sign_in(Role.COUNSELLOR)
    case, page = seo_case(journey), journey.page
    write_fact(journey, case, "worker_name", f"Chung-ho Seo {journey.mark}")
    write_fact(journey, case, "pay_to", f"check {journey.mark}", "수표로")
    journey.check()
    confirm = page.locator("#waiting form button")
    for left in range(confirm.count() - 1, -1, -1):
        confirm.first.click()
        expect(confirm).to_have_count(left)
    for code, value in TERMS.items():
        write_fact(journey, case, code, value)

    journey.open(f"{case}papers/")
    journey.check()
    page.locator("form:has(input[value=default_notice]) button").click()
    page.wait_for_url("**/clinic/papers/**")
    journey.check()
    letter = page.url.rstrip("/").rpartition("/")[2]
    page.locator("a[href$='/edit/']").click()
    body = page.locator("[name=body]")
    body.fill(body.input_value().replace("has not come", f"never came {journey.mark}"))
    journey.button("Save").click()
    page.wait_for_url("**/clinic/papers/**")
    page.locator("form[action$='/ask/'] button").click()
    journey.sees("It waits for the attorney now.")

    journey.sign_in(Role.ATTORNEY)
    journey.open("/clinic/approvals/")
    journey.check()
    act = page.locator(f"form[action*='{letter}/approve/']")
    while not act.count():
        page.keyboard.press("j")
        page.wait_for_load_state("load")
    expect(page.locator("ins", has_text=journey.mark)).to_be_visible()
    turns_pages_fast(journey)
    while not act.count():
        page.keyboard.press("j")
        page.wait_for_load_state("load")
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.locator(f"form[action*='{letter}/approve/']")).to_have_count(0)
    journey.open("/clinic/approvers/")
    journey.check()

    journey.sign_in(Role.COUNSELLOR)
    journey.open(f"/clinic/papers/{letter}/")
    page.locator("form[action$='/issue/'] button").click()
    expect(page.locator("main a[href*='/documents/']")).to_have_count(2)
    journey.check()


def turns_pages_fast(journey: Journey) -> None:
    """Twenty papers in thirty minutes: what the program takes of a paper's minute and a half is under three seconds."""
    page = journey.page
    if not page.locator("[data-key=k]").count():  # nothing else waits
        return
    began = monotonic()
    for key in ("k", "j", "j", "k"):
        with page.expect_navigation():
            page.keyboard.press(key)
    assert (monotonic() - began) / 4 < 3


def test_a_sheet_is_read_by_anybody(journey: Journey) -> None:
    journey.open("/clinic/rights/")
    journey.check()
    journey.page.locator("main a[href*='/rights/retaliation/']").click()
    expect(journey.page.locator("article")).to_be_visible()
    journey.check()
