"""Texts, calls and members in Chromium: in three languages, on a phone and on a desktop."""

import re

from playwright.sync_api import Locator, Page, expect

from centro.core.classes import Role
from tests.browser.journey import Journey


def _follow(page: Page, way: Locator) -> None:
    """Tap what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        way.click()


def test_an_answer_is_read_and_answered(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/texts/?show=all")
    answered = page.locator("main .row-link").filter(has_not_text=journey.say("We:"))  # the last word is theirs
    _follow(page, answered.first)
    journey.check()
    expect(page.locator(".talk .theirs").first).to_be_visible()
    page.fill("main form.form [name=words]", f"OK {journey.mark}")
    _follow(page, journey.button("Send"))
    journey.check()
    expect(page.locator(".talk .ours", has_text=journey.mark)).to_be_visible()
    page.fill(".side [name=words]", f"Bus {journey.mark}")
    _follow(page, journey.button("Answer as this person"))
    expect(page.locator(".talk .theirs", has_text=journey.mark)).to_be_visible()
    _follow(page, journey.button("Read, needs no answer"))
    journey.check()


def test_guides_are_written_in_three_languages(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.ORGANIZER)
    journey.open("/organizing/lists/")
    page.locator("main .row-link", has_text=re.compile("문자")).first.click()
    journey.link("Text one by one").click()
    page.wait_for_url("**/bank/")
    journey.check()
    page.locator(".side a[href$='/guides/']").click()
    page.wait_for_url("**/guides/")
    journey.check()
    journey.link("New guide for texts").click()
    page.wait_for_url("**/guides/add/**")
    journey.check()
    page.fill("[name=name]", f"Guide {journey.mark}")
    for code in ("en", "es", "ko"):
        page.fill(f"[name=event_{code}]", "2026")
    journey.button("Save").click()
    page.wait_for_url("**/guides/")
    journey.check()
    expect(page.get_by_text(f"Guide {journey.mark}").first).to_be_visible()


def test_a_volunteer_texts_and_calls_one_by_one(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.VOLUNTEER)
    journey.open("/organizing/lists/")
    bank = page.locator("main .row-link", has_text=re.compile("저녁 전화"))
    bank.first.click()
    journey.link("Call one by one").click()
    page.wait_for_url("**/bank/")
    journey.check()
    journey.button("Next person").click()
    page.wait_for_url("**/call/")
    journey.check()
    _follow(page, journey.button("Show the number"))
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    journey.check()
    _follow(page, journey.button("Skip, next person"))
    journey.open("/organizing/lists/")
    page.locator("main .row-link", has_text=re.compile("저녁 문자")).first.click()
    journey.link("Text one by one").click()
    page.wait_for_url("**/bank/")
    journey.button("Next person").click()
    page.wait_for_url("**/text/")
    journey.check()
    assert page.locator("[name=words]").input_value()
    _follow(page, journey.button("Skip, next person"))


def test_a_member_pays_and_gets_a_receipt(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.FRONT_DESK)
    journey.open("/organizing/members/?state=active")
    _follow(page, page.locator("main .row-link").first)
    journey.check()
    journey.link("Take dues").click()
    page.wait_for_url("**/pay/")
    journey.check()
    page.fill("[name=cents]", "2")
    page.locator("[name=method][value=cash]").check()
    page.locator("[name=months]").select_option("1")
    journey.button("Save").click()
    page.wait_for_url(re.compile(r"/members/[0-9a-f-]{36}/$"))
    journey.check()
    expect(page.get_by_text("$2.00").first).to_be_visible()
    journey.open("/organizing/members/?state=pending")
    journey.open("/organizing/committees/")
    _follow(page, page.locator("main .row-link").first)
    journey.check()


def test_somebody_reads_the_pledge_and_the_assembly_is_held(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.MANAGER)
    journey.open("/organizing/members/totals/")
    journey.open("/organizing/assemblies/")
    page.fill("[name=name]", f"Assembly {journey.mark}")
    journey.button("Save").click()
    page.wait_for_url(re.compile(r"/assemblies/[0-9a-f-]{36}/$"))
    page.fill("[name=question]", f"Dues {journey.mark}?")
    _follow(page, journey.button("Put to the vote"))
    journey.check()
    page.fill("#code", "nobody")
    _follow(page, journey.button("Is here"))
    journey.sees("No member with this card or number.")
    journey.check()
    for name in ("yes", "no", "blank", "spoiled"):
        page.locator(f"[name={name}]").first.fill("1")
    _follow(page, journey.button("This is my count"))
    journey.sees("Your count is noted.")


def test_the_desk_lets_somebody_join(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.FRONT_DESK)
    journey.open("/people/answers/")
    journey.open("/organizing/members/?state=left")
    _follow(page, page.locator("main .row-link").first)
    journey.check()
    journey.link("Let them join").click()
    page.wait_for_url("**/join/")
    journey.check()
    page.locator("[name=how][value=paper]").check()
    page.fill("[name=dues_cents]", "")
    _follow(page, journey.button("They join"))
    journey.check()
