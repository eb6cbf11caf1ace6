"""Our own scripts: dialogs, menus, finding by keyboard, copying; and that nothing typed is ever lost or sent twice."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from centro.core.classes import Role
from tests.browser.entrance import sign_in

Check = Callable[[Page], None]
Open = Callable[..., Page]
NAME = "[name=given]"
SEND = "main form .btn-primary"
KEY = "main form [name=_once]"


@pytest.fixture
def desk(center: str, chromium: Browser) -> Iterator[BrowserContext]:
    """The front desk's browser, unwatched: these tests end sign-ins and cut the line, and the console says so."""
    context = chromium.new_context(base_url=center, locale="en")
    sign_in(context.new_page(), Role.FRONT_DESK, "en")
    yield context
    context.close()


def sent_by(page: Page, address: str) -> list[Request]:
    """Every form sent to an address from now on."""
    found: list[Request] = []
    page.on("request", lambda asked: asked.method == "POST" and asked.url.endswith(address) and found.append(asked))
    return found


def typed_page(desk: BrowserContext, name: str) -> Page:
    page = desk.pages[0]
    page.goto("/people/add/")
    page.fill(NAME, name)
    page.wait_for_load_state("networkidle")  # those who may be the same person were looked for
    page.wait_for_timeout(500)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_the_gallery_has_no_barrier(open_page: Open, no_barrier: Check, fits: Check, width: str, scheme: str) -> None:
    page = open_page("/components/", width=width, scheme=scheme)
    no_barrier(page)
    fits(page)


def test_a_dialog_opens_and_closes(open_page: Open, no_barrier: Check) -> None:
    page = open_page("/components/")
    page.click("#confirm [data-opens]")
    expect(page.locator("#sample-confirm")).to_be_visible()
    no_barrier(page)
    page.click("#sample-confirm [data-closes]")
    expect(page.locator("#sample-confirm")).to_be_hidden()


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_a_menu_opens_inside_the_window_and_its_lines_are_walked(open_page: Open, width: str) -> None:
    page = open_page("/components/", width=width, as_role="front_desk")
    page.click("[popovertarget=me-menu]")
    box = page.locator("#me-menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    page.locator("#me-menu a").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#me-menu a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#me-menu")).to_be_hidden()


def test_a_slash_leads_to_the_search_and_arrows_through_what_was_found(open_page: Open, no_barrier: Check) -> None:
    page = open_page("/components/", as_role="front_desk")
    page.keyboard.press("/")
    expect(page.locator("#top-search")).to_be_focused()
    page.keyboard.type("a")
    found = page.locator("#top-search-found a")
    expect(found.first).to_be_visible()
    no_barrier(page)
    page.keyboard.press("ArrowDown")
    expect(found.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#top-search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(found).to_have_count(0)


def test_copying_says_so_in_a_toast(center: str, chromium: Browser) -> None:
    context = chromium.new_context(base_url=center, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/components/")
    page.click("[data-copies]")
    expect(page.locator("#toasts .toast")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "(213) 555-0123"
    page.click("#toasts [data-dismisses]")
    expect(page.locator("#toasts .toast")).to_have_count(0)
    context.close()


def test_a_toast_from_the_server_carries_its_undo(open_page: Open) -> None:
    page = open_page("/components/")
    page.evaluate("htmx.trigger(document.body, 'toast', {text: 'Moved', undo: '/somewhere/undo/'})")
    expect(page.locator("#toasts form")).to_have_attribute("action", "/somewhere/undo/")
    assert len(page.input_value("#toasts [name=_once]")) == 36


def test_a_sign_in_that_ends_in_mid_form_loses_nothing(desk: BrowserContext) -> None:
    page = typed_page(desk, "Rosa")
    key, cookies = page.input_value(KEY), desk.cookies()
    sent = sent_by(page, "/people/add/")
    desk.clear_cookies(name="sessionid")
    page.click(SEND)
    expect(page.locator("#signed-out")).to_be_visible()
    assert page.input_value(NAME) == "Rosa"
    assert sent == []
    desk.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])  # type: ignore[misc]
    with page.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith("/people/add/")):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    assert [key in (asked.post_data or "") for asked in sent] == [True]


def test_whoever_says_not_now_sends_nothing_later(desk: BrowserContext) -> None:
    page = typed_page(desk, "Rosa")
    cookies, sent = desk.cookies(), sent_by(page, "/people/add/")
    desk.clear_cookies(name="sessionid")
    page.click(SEND)
    page.click("#signed-out .dialog-acts [data-closes]")
    desk.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])  # type: ignore[misc]
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(500)
    assert sent == []
    assert page.input_value(NAME) == "Rosa"


def test_another_user_does_not_send_this_page(desk: BrowserContext) -> None:
    page = typed_page(desk, "Rosa")
    sent = sent_by(page, "/people/add/")
    desk.clear_cookies(name="sessionid")
    sign_in(desk.new_page(), Role.ORGANIZER, "en")
    page.click(SEND)
    expect(page.locator("#toasts")).to_contain_text("Somebody else signed in")
    assert sent == []


def test_three_taps_send_one_form(desk: BrowserContext) -> None:
    page = typed_page(desk, "Rosa")
    sent = sent_by(page, "/people/add/")
    with page.expect_navigation():
        page.evaluate("button => { for (const tap of [1, 2, 3]) button.click() }", page.query_selector(SEND))
    assert len(sent) == 1


def test_without_a_connection_the_page_stays(desk: BrowserContext) -> None:
    page = typed_page(desk, "Rosa")
    desk.set_offline(True)
    page.click(SEND)
    expect(page.locator("#toasts")).to_contain_text("No connection")
    assert page.input_value(NAME) == "Rosa"


def test_latin_pages_fetch_one_font(open_page: Open) -> None:
    """Spanish needs no Hangul: not even for the word 한국어 in the language switch."""
    page = open_page("/account/login/", language="es")
    fonts: list[str] = []
    page.on("request", lambda asked: asked.url.endswith(".woff2") and fonts.append(asked.url.rsplit("/", 1)[1]))
    page.reload()
    page.evaluate("document.fonts.ready")
    assert len({name.split(".")[0] for name in fonts}) == 1
