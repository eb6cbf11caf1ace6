"""A counsellor's day on the board: a matter without a next action, what happened, its deadlines, the service log."""

import re

import pytest
from playwright.sync_api import expect

from centro.core.classes import Role
from tests.browser.journey import Journey

PAGES = ("/clinic/", "/clinic/?show=all", "/clinic/cases/", "/clinic/cases/?topic=pay&language=ko", "/clinic/calendar/")
OF_A_CASE = ("", "clocks/", "clocks/note/", "clocks/note/?kind=adverse_act", "log/", "team/", "matters/begin/")


@pytest.fixture
def counsellor(journey: Journey) -> Journey:
    journey.sign_in(Role.COUNSELLOR)
    return journey


def first_case(journey: Journey) -> str:
    """The address of the first case of the list."""
    journey.page.goto(f"{journey.address}/clinic/cases/?mine=1")
    address = journey.page.locator("main .list a.row-link").first.get_attribute("href")
    assert address is not None
    return address


def test_every_page_of_the_clinic_opens_without_a_barrier(counsellor: Journey) -> None:
    for path in PAGES:
        counsellor.open(path)
        counsellor.targets_are_large()
    case = first_case(counsellor)
    for path in OF_A_CASE:
        counsellor.open(f"{case}{path}")
        counsellor.targets_are_large()


def test_a_matter_from_its_opening_to_a_wait(counsellor: Journey) -> None:
    page, what = counsellor.page, f"Ask for the paystubs {counsellor.mark}"
    counsellor.open(f"{first_case(counsellor)}matters/begin/")
    page.locator("[name=route][value=bofe]").check()
    counsellor.field("Next action").fill(what)
    page.locator("[name=on]").fill("2030-01-15")
    counsellor.button("Open the matter").click()
    counsellor.sees("Did something happen?")
    expect(page.get_by_text(what).first).to_be_visible()
    counsellor.check()

    # Something else comes next: a wait.
    counsellor.link("Done: what is next?").click()
    counsellor.check()
    page.locator("[name=kind][value=wait]").check()
    page.locator("[name=what]").fill(f"the bank {counsellor.mark}")
    page.locator("[name=on]").fill("2030-02-01")
    counsellor.button("Save").click()
    expect(page.get_by_text(f"the bank {counsellor.mark}").first).to_be_visible()
    counsellor.check()

    # A move without its tick comes back with words and keeps what was typed.
    page.locator("a[href*='/moves/close/']").click()
    counsellor.check()
    page.locator("[name=note]").fill(f"Nothing to report {counsellor.mark}")
    counsellor.button("Yes, it happened").click()
    counsellor.sees("Please look at this again")
    expect(page.locator("[name=note]")).to_have_value(f"Nothing to report {counsellor.mark}")
    counsellor.check()
    page.locator("[name=deadlines_told]").check()
    counsellor.button("Yes, it happened").click()
    page.wait_for_url(re.compile(r"/clinic/matters/[0-9a-f-]+/$"))
    expect(page.get_by_text(f"Nothing to report {counsellor.mark}").first).to_be_visible()
    counsellor.check()


def test_a_day_is_noted_and_its_deadlines_stand_in_two_languages(counsellor: Journey) -> None:
    page = counsellor.page
    case = first_case(counsellor)
    counsellor.open(f"{case}clocks/note/?kind=bounced_check")
    page.locator("[name=day]").fill("2026-01-05")
    counsellor.button("Note it").click()
    counsellor.sees("Noted. Its deadlines run.")
    counsellor.check()
    counsellor.open(f"{case}clocks/?language=ko")
    expect(page.get_by_text("부도 수표 벌금").first).to_be_visible()
    counsellor.open(f"{case}clocks/?language=es")
    expect(page.get_by_text("Multa por cheque de pago sin fondos").first).to_be_visible()


def test_what_was_done_is_written_into_the_log(counsellor: Journey) -> None:
    words = f"She called about the hearing {counsellor.mark}"
    counsellor.open(f"{first_case(counsellor)}log/")
    counsellor.page.locator("[name=words]").last.fill(words)
    counsellor.page.locator("[name=is_answer_owed]").check()
    counsellor.button("Write it down").click()
    expect(counsellor.page.get_by_text(words).first).to_be_visible()
    counsellor.check()
    counsellor.button("We answered").first.click()
    counsellor.sees("Answered.")
    counsellor.check()
