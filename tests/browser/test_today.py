"""The day of the front desk: a task comes, is done, is undone, and goes to a colleague."""

from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser.journey import Journey


def test_a_task_from_morning_to_evening(journey: Journey) -> None:
    page, words = journey.page, f"Water the plants 물 주기 ñ {journey.mark}"
    journey.sign_in(Role.FRONT_DESK)
    journey.link("Add a task").click()
    journey.check()

    journey.button("Add the task").click()
    journey.sees("Please look at this again")
    journey.check()
    journey.field("What is to be done").fill(words)
    journey.button("Add the task").click()
    journey.sees("The task is on the list.")
    journey.check()

    line = page.locator("li", has_text=words)
    line.get_by_role("button").click()
    expect(line.get_by_role("button", name=journey.say("Undo"))).to_be_visible()
    expect(line.get_by_role("button", name=journey.say("Undo"))).to_be_focused()
    journey.check()
    line.get_by_role("button", name=journey.say("Undo")).click()
    expect(line.locator("s")).to_have_count(0)
    line.get_by_role("button").click()
    expect(line.locator("s")).to_have_text(words)

    journey.open("/tasks/?show=done")
    expect(page.locator("li", has_text=words)).to_be_visible()


def test_giving_a_task_to_a_colleague(journey: Journey) -> None:
    words = f"Bring the flyers {journey.mark}"
    journey.sign_in(Role.MANAGER)
    journey.open("/tasks/add/")
    journey.field("What is to be done").fill(words)
    journey.field("Who does it").select_option(label="Efraín Bautista Luna")
    journey.button("Add the task").click()
    journey.sees("The task is on the list.")
    journey.open("/tasks/?show=given")
    journey.page.get_by_text(words, exact=True).wait_for()

    journey.sign_in(Role.DISPATCHER)
    journey.page.get_by_text(words, exact=True).wait_for()
    journey.sees("asked by %(name)s", name="Imelda Ocampo")


def test_without_a_script_everything_still_works(journey: Journey) -> None:
    """The same by plain forms: scripts are shut out of this visit."""
    journey.page.route("**/*.js", lambda route: route.abort())
    words = f"Count the chairs {journey.mark}"
    journey.sign_in(Role.TRAINER)
    journey.open("/tasks/add/")
    journey.field("What is to be done").fill(words)
    journey.button("Add the task").click()
    journey.sees("The task is on the list.")
    line = journey.page.locator("li", has_text=words)
    line.get_by_role("button").click()
    journey.open("/tasks/?show=done")
    line.get_by_role("button").click()
    journey.open("/tasks/")
    line.wait_for()


def test_working_as_another_role(journey: Journey) -> None:
    journey.sign_in(Role.FRONT_DESK, anew=True)
    journey.page.locator(".me").click()
    journey.button("Interpreter").click()
    journey.page.wait_for_load_state()
    journey.sees("Your list for this shift")
    journey.check()
    journey.page.locator(".me").click()
    journey.button("Front desk").click()
    journey.page.wait_for_load_state()
    journey.sees("Somebody is at the door: look for them first, then add them")


def test_changing_the_language_stays_on_the_page(journey: Journey) -> None:
    journey.sign_in(Role.ORGANIZER)
    journey.open("/roles/")
    other = {"en": "ko", "es": "en", "ko": "es"}[journey.language]
    journey.page.locator(f"form.languages button[value={other}]").click()
    expect(journey.page.locator("html")).to_have_attribute("lang", other)
    journey.language = other
    assert journey.page.url.endswith("/roles/")
    journey.check()
    journey.sees("What each role may see and do")
