"""The intake in the browser: written from the web on a phone, led by a counsellor, read by keyboard and by axe."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENT, on_both_screens
from tests.browser.journey import WIDTHS, Journey

Open = Callable[..., Page]
Check = Callable[[Page], None]
RECENT = (datetime.now(tz=UTC).date() - timedelta(days=12)).isoformat()


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form.form button.btn-primary").click()


@on_both_screens
def test_somebody_writes_from_the_web(
    open_page: Open, no_barrier: Check, fits: Check, width: str, language: str
) -> None:
    page = open_page("/clinic/start/", width=width, language=language)
    no_barrier(page)
    fits(page)
    page.fill("[name=call_me]", "Lupe")
    next_one = page.locator("[data-send] button[type=button].btn-primary")
    next_one.click()
    page.check("[name=ways][value=text]")
    page.fill("[name=phone]", "323 555 0142")
    expect(page.locator("#q-email")).to_be_hidden()
    next_one.click()
    page.check("[name=topics][value=pay]")
    next_one.click()
    page.check("[name=date_of][value=unknown]")
    expect(page.locator("[name=date_on]")).to_be_hidden()
    page.check("[name=date_of][value=last_day]")
    page.fill("[name=date_on]", RECENT)
    next_one.click()
    expect(next_one).to_be_hidden()
    page.wait_for_timeout(4000)  # whoever is quicker is asked to look again
    page.locator("[data-send] button:not([type])").click()
    receipt = page.locator(".receipt")
    expect(receipt).to_have_text(re.compile(r"^[0-9A-Z]{5}-[0-9A-Z]{5}$"))
    no_barrier(page)
    fits(page)
    code = receipt.inner_text()
    page.goto("/clinic/status/")
    page.fill("[name=receipt]", code.lower())
    page.locator("main form.form button.btn-primary").click()
    expect(page.locator("main .notice")).to_be_visible()
    assert "Lupe" not in page.content()


def test_what_has_to_be_corrected_is_one_tap_away(center: str, chromium: Browser) -> None:
    context = chromium.new_context(base_url=center, viewport=WIDTHS["phone"], locale="es")
    context.set_default_timeout(PATIENT)
    visitor = Journey(context.new_page(), center, "es", "phone")
    visitor.open("/clinic/start/")
    page = visitor.page
    for _ in range(4):
        visitor.button("Go on").click()
    page.wait_for_timeout(4000)
    with page.expect_navigation():
        visitor.button("Send").click()
    expect(page.locator("[name=call_me]")).to_be_visible()
    expect(page.locator("[name=topics]").first).to_be_hidden()
    page.locator(".errors a[href='#id_topics']").click()
    expect(page.locator("[name=topics]").first).to_be_focused()
    expect(page.locator("[name=call_me]")).to_be_hidden()
    visitor.check()
    context.close()


@pytest.mark.parametrize(("width", "language", "tongue"), [("phone", "ko", "ko"), ("desktop", "en", "es")])
def test_a_counsellor_leads_somebody_to_the_page_of_laws(
    open_page: Open, no_barrier: Check, fits: Check, width: str, language: str, tongue: str
) -> None:
    page = open_page("/clinic/intake/begin/", width=width, language=language, as_role="counsellor")
    page.select_option("select[name=language]", tongue)
    send(page)
    page.fill("[name=call_me]", "민지")
    no_barrier(page)
    fits(page)
    send(page)
    page.check("[name=ways][value=come_back]")
    send(page)
    send(page)
    page.check("[name=topics][value=pay]")
    send(page)
    send(page)
    expect(page.locator("#q-last_day")).to_be_hidden()
    page.check("[name=still_there][value=no]")
    expect(page.locator("#q-last_day")).to_be_visible()
    page.fill("[name=last_day]", RECENT)
    page.check("[name=how_ended][value=discharged]")
    send(page)
    for _ in range(4):
        send(page)
    page.go_back()
    page.goto(page.url.partition("/ask/")[0] + "/ask/last_day/")
    expect(page.locator("[name=last_day]")).to_have_value(RECENT)
    expect(page.locator("#due .sum").first).to_be_visible()
    no_barrier(page)
    fits(page)
    send(page)
    page.goto(page.url.partition("/ask/")[0] + "/ask/employer/")
    page.fill("[name=sign_name]", f"Nowhere Diner {width}")
    send(page)
    send(page)
    with page.expect_navigation():
        page.locator("main form button.btn-primary").click()
    page.check("[name=keep_file][value=yes]")
    no_barrier(page)
    fits(page)
    send(page)
    page.select_option("[name=county]", "los-angeles")
    send(page)
    page.check("[name=work][value=home]")
    send(page)
    send(page)
    page.check("[name=label][value=employee]")
    send(page)
    page.check("[name=hired_by][value=family]")
    page.check("[name=home_duties][value=house]")
    page.check("[name=live_in][value=no]")
    send(page)
    page.goto(page.url.partition("/ask/")[0] + "/coverage/")
    expect(page.locator("#protected .law").first).to_be_visible()
    expect(page.locator("#left_out")).to_contain_text("152(2)")
    no_barrier(page)
    fits(page)


def test_silence_empties_the_answer_and_leaving_shows_nothing(open_page: Open) -> None:
    page = open_page("/clinic/intake/begin/", as_role="front_desk")
    send(page)
    page.goto(page.url.partition("/ask/")[0] + "/ask/employer/")
    page.fill("[name=sign_name]", "Seoul Garden")
    page.check("[name=sign_name-silence][value=unsaid]")
    expect(page.locator("[name=sign_name]")).to_have_value("")
    page.fill("[name=sign_name]", "Seoul")
    page.locator("[name=sign_name]").blur()
    expect(page.locator("[name=sign_name-silence][value=unsaid]")).not_to_be_checked()
    page.route("https://www.wikipedia.org/", lambda route: route.abort())
    expect(page.locator("[data-exit]")).to_have_attribute("rel", "noreferrer noopener")


# --- scripts of the public form ---------------------------------------------------------------------------------------

VOICES = """
  const spoken = [];
  globalThis.spoken = spoken;
  const voices = %s;
  globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
  Object.defineProperty(globalThis, "speechSynthesis", { value: {
    getVoices: () => voices, addEventListener() {},
    cancel() { spoken.push(null); }, speak(one) { spoken.push(one.text); },
  }});
"""
READ = "[data-read-aloud]"


def test_the_browser_has_worked_before_the_form_is_sent(open_page: Open) -> None:
    page = open_page("/clinic/start/")
    expect(page.locator("input[name=work]")).to_have_value(re.compile(r"^[0-9]+$"), timeout=60_000)


@pytest.mark.parametrize(
    "voices", ["[]", '[{ lang: "es-US", localService: false }]', '[{ lang: "fr-FR", localService: true }]']
)
def test_without_a_voice_of_this_device_nothing_is_read_aloud(open_page: Open, voices: str) -> None:
    page = open_page("/clinic/status/", language="es")
    page.add_init_script(VOICES % voices)
    page.reload()
    expect(page.locator(READ)).to_be_hidden()


def test_the_form_is_read_aloud_in_its_language_and_what_is_typed_is_not(open_page: Open, no_barrier: Check) -> None:
    page = open_page("/clinic/start/", language="es", width="phone")
    page.add_init_script(VOICES % '[{ lang: "en-US", localService: true }, { lang: "es_MX", localService: true }]')
    page.reload()
    page.fill("[name=call_me]", "Lupe")
    page.locator(READ).click()
    no_barrier(page)
    spoken = [text for text in page.evaluate("globalThis.spoken") if text]
    assert "¿Cómo quiere que le llamemos?" in spoken
    assert not any("Lupe" in text or "Send" in text for text in spoken)
    assert page.locator(READ).get_attribute("aria-pressed") == "true"
    page.locator(READ).click()
    assert page.evaluate("globalThis.spoken.at(-1)") is None
    assert page.locator(READ).get_attribute("aria-pressed") == "false"
