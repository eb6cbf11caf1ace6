"""Field mode in Chromium: a day without a connection, the browser killed, the time over, the copy revoked.

The phone is a browser profile on the disk, so that what a thief would find in it can be searched.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from centro.core.classes import Role
from tests.browser import entrance
from tests.browser.handset import PASSPHRASE, SLOW, Handset

STORY = "Xochitl-canary told me about the night kitchen"


@pytest.fixture
def handset(chromium: Browser, center: str, tmp_path: Path, request: Any) -> Iterator[Handset]:
    phone = Handset(chromium, center, tmp_path / "profile", getattr(request, "param", "en"))
    yield phone
    phone.stop()
    assert phone.errors == []


def counts(page: Page) -> tuple[str, str, str]:
    return tuple(page.inner_text(f"#{name}") for name in ("sent", "waiting", "review"))  # type: ignore[return-value]


@pytest.mark.parametrize("handset", ["es", "ko"], indirect=True)
def test_a_day_without_a_connection_and_with_a_dead_battery_loses_nothing(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    names = [text for text in page.locator("#people [data-name]").all_inner_texts() if len(text) > 3]
    streets = page.locator("#people [data-place]").all_inner_texts()
    expect(page.locator("#waiting")).to_have_text("0")
    before = int(page.inner_text("#sent"))
    handset.context.set_offline(True)  # type: ignore[union-attr]
    handset.not_home(page, 0)
    page.locator("#people button").nth(1).click()
    page.locator("#visit [name=outcome][value=talked]").check()
    page.fill("#visit [name=known_as0]", "Lupe")
    page.fill("#visit [name=story]", STORY)
    page.locator("#scale input").nth(1).check()
    page.wait_for_timeout(1500)  # the draft is written after every key
    handset.kill()

    on_disk = handset.bytes_on_disk()
    assert b"centro-field" in on_disk  # the control: the scan reads the right files
    for secret in (*names, *streets, STORY, PASSPHRASE[handset.language]):
        for coding in ("utf-8", "utf-16-le"):
            assert secret.encode(coding) not in on_disk, secret

    page = handset.start(offline=True)
    handset.field(page)
    expect(page.locator("#waiting")).to_have_text("1")
    handset.unlock(page)
    page.locator("#people button").nth(1).click()
    expect(page.locator("#visit [name=story]")).to_have_value(STORY)
    expect(page.locator("#visit [name=known_as0]")).to_have_value("Lupe")
    page.locator("#save").click()
    expect(page.locator("#said")).to_be_visible()  # what happens next is still missing
    page.fill("#visit [name=step]", "Bring the flyer")
    page.locator("#save").click()
    expect(page.locator("#waiting")).to_have_text("2")
    handset.context.set_offline(False)  # type: ignore[union-attr]
    expect(page.locator("#sent")).to_have_text(str(before + 2), timeout=SLOW)
    expect(page.locator("#waiting")).to_have_text("0")
    assert STORY.encode() not in handset.bytes_on_disk()
    page.reload()
    expect(page.locator("#sent")).to_have_text(str(before + 2))


def test_what_was_typed_last_is_kept_by_whoever_goes_back_at_once(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    page.locator("#people button").nth(2).click()
    page.locator("#visit [name=outcome][value=talked]").check()
    page.evaluate(
        """() => {
          const story = document.querySelector("#visit [name=story]");
          for (const typed of ["A", "A word", "A word with the cook"]) {
            story.value = typed;
            story.dispatchEvent(new Event("input", { bubbles: true }));
          }
          document.getElementById("back").click();
        }"""
    )
    page.locator("#people button").nth(2).click()
    expect(page.locator("#visit [name=story]")).to_have_value("A word with the cook")


def test_a_connection_that_comes_while_a_sending_fails_is_used_at_once(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    page.evaluate(
        """() => {
          const real = fetch;
          globalThis.fetch = () => new Promise((answer, fail) => {
            globalThis.fetch = real;
            globalThis.failNow = () => fail(new TypeError("no connection"));
          });
        }"""
    )
    handset.not_home(page, 4)
    page.wait_for_function("() => globalThis.failNow")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    page.wait_for_timeout(200)
    page.evaluate("() => failNow()")
    expect(page.locator("#sent")).to_have_text("1")
    expect(page.locator("#waiting")).to_have_text("0")


def test_the_debrief_shows_what_the_phone_sent(handset: Handset) -> None:
    """From the packet to the page of the person: ties, assessment and story of one offline visit, seen by the team."""
    page = handset.start()
    handset.take(page)
    handset.context.set_offline(True)  # type: ignore[union-attr]
    name = page.locator("#people [data-name]").nth(4).inner_text()
    page.locator("#people button").nth(4).click()
    page.locator("#visit [name=outcome][value=talked]").check()
    page.fill("#visit [name=known_as0]", "the tall cook")
    page.fill("#visit [name=story]", "Heard on the stairs.")
    page.locator("#scale input").nth(1).check()
    page.locator("#visit [name=no_step]").select_option("done")
    page.locator("#save").click()
    handset.context.set_offline(False)  # type: ignore[union-attr]
    expect(page.locator("#waiting")).to_have_text("0", timeout=SLOW)
    list_name = page.inner_text("#list-name")
    for account in ("organizer", "organizer_3"):
        desk = handset.desk(account)
        if list_name in desk.inner_text("main"):
            break
    desk.locator("main .row-link", has_text=list_name).first.click()
    stop = desk.locator("main .list > li").nth(4)
    expect(stop).to_contain_text(name)
    assert "the tall cook" not in desk.inner_text("main")


def test_after_the_time_is_over_the_copy_is_gone_and_the_outbox_is_not(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    handset.context.set_offline(True)  # type: ignore[union-attr]
    handset.not_home(page, 2)
    page.clock.install(time=datetime.now(tz=UTC) + timedelta(hours=73))
    page.reload()
    expect(page.locator("#start")).to_be_visible()
    expect(page.locator("#waiting")).to_have_text("1")
    assert page.evaluate(ROWS) == [0, 0, 1]
    handset.stop()
    page = handset.start(offline=True)  # the clock is right again, but the phone has seen the later time
    handset.field(page)
    expect(page.locator("#start")).to_be_visible()
    expect(page.locator("#locked")).to_be_hidden()


def test_a_revoked_copy_is_gone_at_the_next_contact_and_its_reports_are_looked_at(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    handset.context.set_offline(True)  # type: ignore[union-attr]
    handset.not_home(page, 3)
    reviewed = int(page.inner_text("#review"))
    list_name = page.inner_text("#list-name")
    revoked = 0
    for account in ("organizer", "organizer_3"):
        desk = handset.desk(account)
        if list_name not in desk.inner_text("main"):
            continue
        desk.locator("main .row-link", has_text=list_name).first.click()
        while desk.locator("form[action*='/revoke/']").count():
            with desk.expect_navigation():
                desk.locator("form[action*='/revoke/'] button").first.click()
            revoked += 1
    assert revoked
    handset.context.set_offline(False)  # type: ignore[union-attr]
    expect(page.locator("#start")).to_be_visible(timeout=5000)
    expect(page.locator("#review")).to_have_text(str(reviewed + 1))
    assert page.evaluate(ROWS) == [0, 0, 0]


def test_five_wrong_passphrases_destroy_the_copy_alone(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    handset.context.set_offline(True)  # type: ignore[union-attr]
    handset.not_home(page, 5)
    page.reload()
    for _ in range(5):
        handset.unlock(page, "not the right words")
        expect(page.locator("#said")).to_be_visible()
        page.wait_for_timeout(700)
    expect(page.locator("#start")).to_be_visible()
    assert page.evaluate(ROWS) == [0, 0, 1]


@pytest.mark.parametrize("handset", ["en", "es", "ko"], indirect=True)
def test_field_mode_has_no_barrier_and_fits_a_phone(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    for step in ("#list", "#form"):
        if step == "#form":
            page.locator("#people button").first.click()
            page.locator("#visit [name=outcome][value=talked]").check()
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert not found.violations_count, found.generate_report()
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    with translation.override(handset.language):
        assert translation.gettext("Save the visit") in page.inner_text("#form")


ROWS = """
async () => {
  const db = await new Promise((resolve) => {
    const request = indexedDB.open("centro-field");
    request.onsuccess = () => resolve(request.result);
  });
  const count = (name) => new Promise((resolve) => {
    const request = db.transaction(name).objectStore(name).count();
    request.onsuccess = () => resolve(request.result);
  });
  return [await count("copy"), await count("drafts"), await count("outbox")];
}
"""


DEVICE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasPrf": True,
    "automaticPresenceSimulation": True,
}
UNFINISHED = """
async () => {
  const db = await new Promise((resolve) => {
    const request = indexedDB.open("centro-field");
    request.onsuccess = () => resolve(request.result);
  });
  const request = db.transaction("unfinished").objectStore("unfinished").count();
  return new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
}
"""


def test_a_passkey_locks_the_copy_and_opens_it_without_a_connection(handset: Handset) -> None:
    page = handset.start()
    session = handset.context.new_cdp_session(page)  # type: ignore[union-attr]
    session.send("WebAuthn.enable")
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    entrance.sign_in(page, Role.VOLUNTEER, handset.language)
    handset.field(page)
    page.locator("#lists input").first.check()
    page.locator("#take-passkey").click()
    expect(page.locator("#people li").first).to_be_visible(timeout=SLOW)
    name = page.locator("#people [data-name]").nth(1).inner_text()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    handset.context.set_offline(True)  # type: ignore[union-attr]
    page.reload()
    expect(page.locator("#unlock")).to_be_hidden()
    page.locator("#open-passkey").click()
    expect(page.locator("#people [data-name]").nth(1)).to_have_text(name)
    page.locator("#lock").click()
    session.send("WebAuthn.clearCredentials", {"authenticatorId": device})  # somebody else's finger
    page.locator("#open-passkey").click()
    expect(page.locator("#said")).to_contain_text("It was not opened")
    expect(page.locator("#list")).to_be_hidden()
    assert name.encode() not in handset.bytes_on_disk()


def test_what_was_typed_survives_the_end_of_the_copy_and_nobody_can_read_it_on_the_phone(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    handset.context.set_offline(True)  # type: ignore[union-attr]
    reviewed = int(page.inner_text("#review"))
    page.locator("#people button").nth(6).click()
    page.locator("#visit [name=outcome][value=talked]").check()
    page.fill("#visit [name=story]", STORY)
    page.wait_for_timeout(1000)
    assert page.evaluate(UNFINISHED) == 1
    page.clock.install(time=datetime.now(tz=UTC) + timedelta(hours=73))
    page.reload()
    expect(page.locator("#start")).to_be_visible()
    expect(page.locator("#waiting")).to_have_text("1")
    assert page.evaluate(UNFINISHED) == 0
    assert STORY.encode() not in handset.bytes_on_disk()
    handset.context.set_offline(False)  # type: ignore[union-attr]
    page.locator("body").dispatch_event("online")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator("#review")).to_have_text(str(reviewed + 1), timeout=SLOW)


def sees_walk(desk: Page, list_name: str) -> bool:
    """Whether one of this organizer's lists of that name is out until half past midnight, less two minutes."""
    rows = desk.locator("main .row-link").filter(has_text=list_name)
    for address in rows.evaluate_all("links => links.map((link) => link.pathname)"):
        desk.goto(address)
        if "out, back by 00:28" in desk.inner_text("main"):
            return True
    return False


@pytest.mark.parametrize("handset", ["ko"], indirect=True)
def test_somebody_new_and_a_walk_are_told_without_a_connection(handset: Handset) -> None:
    page = handset.start()
    handset.take(page)
    list_name = page.inner_text("#list-name")
    handset.context.set_offline(True)  # type: ignore[union-attr]
    page.fill("#back-time", "23:58")
    page.locator("#go-out button").click()
    expect(page.locator("#out")).to_be_visible()
    page.locator("#somebody-new").click()
    expect(page.locator("#not-home")).to_be_hidden()
    page.locator("#visit [name=outcome][value=talked]").check()
    page.locator("#visit [name=no_step]").select_option("done")
    page.locator("#save").click()
    expect(page.locator("#said")).to_have_text("뭐라고 부르면 될까요?")
    page.fill("#new-name", "정다운")
    page.fill("#new-where", "8가 세차장")
    page.locator("#save").click()
    expect(page.locator("#waiting")).to_have_text("1")
    page.locator("#longer").click()
    expect(page.locator("#back-by")).to_contain_text("28")
    handset.context.set_offline(False)  # type: ignore[union-attr]
    expect(page.locator("#waiting")).to_have_text("0", timeout=SLOW)
    desk = next(page for page in map(handset.desk, ("organizer", "organizer_3")) if sees_walk(page, list_name))
    desk.goto("/organizing/reports/")
    report = desk.locator("main .card", has_text="8가 세차장").first
    with desk.expect_navigation():
        report.get_by_role("button", name="Take it into the log").click()
    expect(desk.locator("main")).not_to_contain_text("8가 세차장")
    page.locator("#are-back").click()
    expect(page.locator("#go-out")).to_be_visible()
