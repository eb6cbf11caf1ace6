"""Coming in for real: invited by one, approved by another, a passkey made on a device, a form saved across a sign-in.

The device is Chromium's own virtual authenticator: a platform authenticator that knows its owner.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import WIDTHS

Open = Callable[..., Page]
Check = Callable[[Page], None]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def newcomer(chromium: Browser, center: str) -> Iterator[Callable[[str, str], Page]]:
    """A page of somebody new, on a device of their own. That its pulse is answered 401 once is what we want."""
    contexts: list[BrowserContext] = []

    def sit_down(language: str, width: str) -> Page:
        viewport = WIDTHS[width]
        contexts.append(chromium.new_context(base_url=center, viewport=viewport, locale=language))  # type: ignore[arg-type]
        return with_device(contexts[-1].new_page())

    yield sit_down
    for context in contexts:
        context.close()


def with_device(page: Page) -> Page:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def invite(open_page: Open, language: str) -> str:
    """The administrator invites somebody for the front desk; the director approves. Returns the link."""
    page = open_page("/users/invite/", language=language, as_role="admin")
    page.locator("input[name=name]").fill("Rosa Méndez")
    page.locator("input[name=roles][value=front_desk]").check()
    page.locator("main form button[type=submit]").last.click()
    link = page.locator("#link").inner_text()
    page.locator("main a.btn-primary").click()
    account = page.url
    director = open_page(account, language=language, as_role="director")
    director.locator("form[action*='/approve/'] button").click()
    expect(director.locator("form[action*='/approve/']")).to_have_count(0)
    return link


@pytest.mark.parametrize(("language", "width"), [("en", "phone"), ("es", "desktop"), ("ko", "phone")])
def test_a_passkey_is_made_used_and_used_again_in_mid_form(
    open_page: Open, newcomer: Callable[[str, str], Page], no_barrier: Check, fits: Check, language: str, width: str
) -> None:
    page = newcomer(language, width)
    page.goto(invite(open_page, language))
    no_barrier(page)
    fits(page)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/welcome/$"))
    no_barrier(page)
    fits(page)
    page.locator("main a.btn-primary").click()
    no_barrier(page)
    page.locator("form[data-passkey=create] button").click()
    expect(page).to_have_url(re.compile("/account/2fa/$"))
    no_barrier(page)
    fits(page)

    page.goto("/account/logout/")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url("/account/login/")
    page.locator("form[data-passkey=get] button").click()
    expect(page).to_have_url("/")

    page.goto("/tasks/add/")
    page.locator("main form [name=what]").fill("Call back about Thursday")
    page.context.clear_cookies(name=re.compile("session"))
    page.locator("main form .btn-primary").last.click()
    dialog = page.locator("#signed-out")
    expect(dialog.locator("form[data-passkey=get]")).to_be_visible()
    no_barrier(page)
    dialog.locator("form[data-passkey=get] button").click()
    expect(page.locator("main")).to_contain_text("Call back about Thursday")
    expect(dialog).not_to_be_visible()


def test_a_device_without_a_passkey_is_told_so(open_page: Open) -> None:
    page = open_page("/account/login/")
    page.evaluate("delete window.PublicKeyCredential")
    page.locator("form[data-passkey=get] button").click()
    expect(page.locator("[data-passkey-missing]")).to_be_visible()
