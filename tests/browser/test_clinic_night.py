"""A clinic night as the front desk and the counsellor live it: the door, the queue, the board, the next appointment."""

from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser.journey import Journey


def test_from_the_door_to_done(journey: Journey) -> None:
    page, name = journey.page, f"Chuy {journey.mark}"
    journey.sign_in(Role.FRONT_DESK)
    journey.open("/clinic/day/")
    journey.link("Somebody is at the door").click()
    journey.check()
    journey.button("Into the queue").click()
    journey.sees("Please look at this again")
    journey.check()
    journey.field("What to call them").fill(name)
    journey.field("Language").select_option("ko")
    journey.button("Into the queue").click()
    journey.sees("They are in the queue.")
    journey.check()
    journey.targets_are_large()

    journey.sign_in(Role.COUNSELLOR)
    journey.open("/clinic/board/")
    card = page.locator("li.board-card", has_text=name)
    card.get_by_role("button", name=journey.say("Counsellor"), exact=True).press("Enter")
    expect(page.locator("section", has=page.locator("#column-counsellor")).get_by_text(name)).to_be_visible()
    journey.open("/")
    expect(page.get_by_text(name)).to_be_visible()
    journey.open("/clinic/board/")
    page.locator("li.board-card", has_text=name).get_by_role("button", name=journey.say("Done"), exact=True).click()
    expect(page.locator("section", has=page.locator("#column-done")).get_by_text(name)).to_be_visible()
    journey.check()


def test_the_pages_of_the_night_have_no_barriers(journey: Journey) -> None:
    journey.sign_in(Role.MANAGER)
    journey.open("/clinic/day/")
    journey.link("Shifts, rooms, hand-over").click()
    journey.sees("The night in numbers")
    journey.check()
    for path in ("/clinic/answers/", "/clinic/same-employer/", "/clinic/demands/", "/clinic/demands/add/"):
        journey.open(path)
    journey.sign_in(Role.DIRECTOR)
    for path in ("/clinic/numbers/", "/clinic/team/"):
        journey.open(path)


def test_a_volunteer_has_the_list_of_the_shift_and_no_buttons(journey: Journey) -> None:
    journey.sign_in(Role.VOLUNTEER)
    journey.open("/clinic/day/")
    expect(journey.page.locator("li.day-line").first).to_be_visible()
    expect(journey.page.locator("li.day-line button")).to_have_count(0)
