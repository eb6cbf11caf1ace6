"""The person journey: search, add with a warning, edit, consent, paper, merge, undo, purge."""

from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser.conftest import on_both_screens
from tests.browser.journey import Journey

_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def search(journey: Journey, words: str) -> None:
    """The one box that is on every page; Enter shows the whole list."""
    box = journey.page.get_by_role("searchbox").first
    box.fill(words)
    box.press("Enter")
    journey.page.wait_for_url("**/people/?s=*")


def fill_in(journey: Journey, given: str, family: str) -> None:
    journey.field("Given name").fill(given)
    journey.field("Family name").fill(family)
    number = int(journey.mark, 16)  # of the range kept for fiction, in an area code that the demo does not use
    journey.page.locator("[name=number]").fill(f"({450 + number % 50}) 555-01{number // 50 % 100:02d}")


def add(journey: Journey, given: str, family: str) -> str:
    """Search first, find nobody, add; returns the address of the new file."""
    search(journey, family)
    journey.sees("Nobody by these words")
    journey.check()
    journey.link("Add someone").click()
    journey.check()
    journey.button("Add").click()
    journey.sees("Please look at this again")
    journey.check()
    fill_in(journey, given, family)
    journey.button("Add").click()
    expect(journey.page.locator("h1")).to_contain_text(family)
    journey.check()
    return journey.page.url.removeprefix(journey.address)


@on_both_screens
def test_a_file_from_first_to_last(journey: Journey) -> None:
    page, family = journey.page, "Quin" + journey.mark.translate(_LETTERS)
    journey.sign_in(Role.FRONT_DESK)
    first = add(journey, "Zoraida", family)

    # The same name again: the warning comes while typing, and before saving.
    journey.open("/people/add/")
    fill_in(journey, "Zoraida", family)
    journey.sees("Maybe already here")
    expect(page.locator("#look-alikes").get_by_text(family).first).to_be_visible()
    journey.check()
    journey.button("Add").click()
    journey.sees("Please look: is it one of these?")
    journey.check()
    journey.button("No, this is somebody else: add them").click()
    page.wait_for_url(lambda url: "/people/add/" not in url)
    second = page.url.removeprefix(journey.address)
    assert second != first

    # Edit.
    journey.open(first)
    journey.link("Edit").click()
    page.locator("[name=call_me]").fill("Zori")
    journey.check()
    journey.button("Save").click()
    expect(page.get_by_text("“Zori”")).to_be_visible()

    # Consent, in the words that are read out.
    page.locator("summary", has_text=journey.say("Ask about")).click()
    journey.link("Keep my file").click()
    journey.check()
    page.locator("[name=how]").first.check()
    journey.button("They agree").click()
    journey.sees("Recorded.")
    journey.check()

    # The paper that says everything.
    journey.link("What we hold about you").click()
    journey.check()
    with page.expect_response(lambda answer: "application/pdf" in answer.headers.get("content-type", "")) as paper:
        journey.button("Make the paper").click()
    assert paper.value.status == 200

    # One file, and two again.
    journey.sign_in(Role.STEWARD)
    one, other = (path.strip("/").split("/")[1] for path in (first, second))
    journey.open(f"/people/{one}/same-as/{other}/")
    journey.button("Yes, make it one file").click()
    journey.sees("One file now. You can undo this for 30 days, under “Duplicates”.")
    journey.check()
    journey.open("/people/duplicates/")
    page.locator("li", has_text=family).get_by_role("button").click()
    journey.sees("Two files again, each with what it had.")
    journey.open(second)

    # Destroying needs two people.
    page.get_by_role("link", name=journey.say("Destroy this file")).click()
    journey.check()
    page.locator("[name=basis]").first.check()
    page.locator("[name=no_dispute_expected]").check()
    journey.button("Propose to destroy").click()
    page.wait_for_url(lambda url: not url.endswith("/purge/"))
    journey.check()
    journey.sign_in(Role.DIRECTOR)
    journey.open("/people/purges/")
    line = page.locator("li", has_text=family)
    line.get_by_role("button", name=journey.say("Approve")).click()
    expect(line.get_by_text(journey.say("approved"))).to_be_visible()
    journey.check()
