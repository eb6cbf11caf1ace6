"""The money of a case, from what is claimed to an installment that came in."""

from datetime import timedelta

from playwright.sync_api import expect

from centro.core import clock
from centro.core.classes import Role
from tests.browser.journey import Journey


def test_from_the_claim_to_a_payment(journey: Journey) -> None:
    page = journey.page
    journey.sign_in(Role.MANAGER)
    journey.open("/clinic/demands/")
    page.locator("aside a, .side a").first.click()
    journey.sees("Litigation hold")
    journey.check()
    journey.link("Money").click()
    journey.check()

    journey.link("Add to the ledger").click()
    journey.check()
    page.get_by_label(journey.say("Claimed"), exact=True).check()
    journey.field("Amount").fill("lots")
    journey.button("Write it down").click()
    journey.sees("Write an amount of dollars, like 1,250 or 1250.50.")
    journey.check()
    journey.field("Amount").fill("4,800")
    journey.button("Write it down").click()
    journey.sees("%(amount)s is in the ledger.", amount="$4,800.00")

    journey.link("Add").click()
    page.get_by_label(journey.say("Bank on a check"), exact=True).check()
    journey.field("What the worker knows of it").fill(f"Banco {journey.mark}")
    journey.check()
    journey.button("Write it down").click()
    expect(page.get_by_text(f"Banco {journey.mark}").first).to_be_visible()

    journey.link("Add a step").click()
    journey.field("What happened").select_option("judgment")
    journey.field("Amount").fill("3600")
    journey.check()
    journey.button("Write it down").click()
    journey.sees("What runs")
    journey.check()

    journey.link("Payments in parts").click()
    journey.field("The whole sum").fill("3600")
    journey.field("In how many payments").fill("3")
    journey.field("First payment on").fill((clock.today() + timedelta(days=7)).isoformat())
    journey.check()
    journey.button("Draw up the plan").click()
    journey.sees("The plan stands: %(count)d payments.", count=3)
    page.locator("main li.sum a.btn").first.click()
    journey.check()
    journey.button("Mark as received").click()
    journey.sees("%(amount)s received.", amount="$1,200.00")
    journey.check()
    journey.targets_are_large()
