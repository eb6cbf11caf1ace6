"""A phone that goes out with a list: a browser profile on the disk, which can die and be searched."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from centro.core.classes import Role
from config import machine
from tests.browser import entrance
from tests.browser.conftest import QUIET, WIDTHS

PASSPHRASE = {"en": "the market opens at six", "es": "el mercado abre a las seis", "ko": "시장은 아침 여섯 시에 열려요"}
SLOW = 20_000


@dataclass
class Handset:
    """One phone: its profile on the disk, and the browser on it while it runs."""

    chromium: Browser
    center: str
    profile: Path
    language: str
    context: BrowserContext | None = None
    errors: list[str] = field(default_factory=list)

    def start(self, *, offline: bool = False) -> Page:
        rootless = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.context = self.chromium.browser_type.launch_persistent_context(
            str(self.profile),
            executable_path=os.environ.get("CHROMIUM") or _executable(),
            args=[*QUIET, *rootless],
            base_url=self.center,
            viewport=WIDTHS["phone"],  # type: ignore[arg-type]
            locale=self.language,
        )
        self.context.set_default_timeout(SLOW)
        self.context.set_offline(offline)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def kill(self) -> None:
        """The browser process dies without a word, as when a phone's battery does."""
        assert self.context is not None
        with suppress(Error):
            self.context.new_cdp_session(self.context.pages[0]).send("Browser.crash")
        self.context = None

    def stop(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def field(self, page: Page) -> None:
        page.goto(f"/organizing/field/{self.language}/")

    def take(self, page: Page) -> None:
        """Sign in as the volunteer and take the first list along."""
        entrance.sign_in(page, Role.VOLUNTEER, self.language)
        page.goto("/organizing/lists/")
        page.locator("main .row-link").first.click()
        page.locator("a[href*='/field/']").click()
        page.locator("#lists input").first.wait_for()
        page.fill("#new-words", PASSPHRASE[self.language])
        page.fill("#new-again", PASSPHRASE[self.language])
        page.locator("#take button.btn-primary").click()
        expect(page.locator("#people li").first).to_be_visible(timeout=SLOW)
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        self.unlock(page)

    def unlock(self, page: Page, passphrase: str = "") -> None:
        page.fill("#words", passphrase or PASSPHRASE[self.language])
        page.locator("#unlock button").click()

    def not_home(self, page: Page, number: int) -> None:
        page.locator("#people button").nth(number).click()
        page.locator("#visit [name=quick]").click()
        expect(page.locator("#list")).to_be_visible()

    def desk(self, user_name: str) -> Page:
        """The lists of a campaign, as its organizer sees them in the office."""
        page = self.chromium.new_context(base_url=self.center, viewport=WIDTHS["desktop"]).new_page()  # type: ignore[arg-type]
        page.goto("/account/login/")
        entrance.speak(page, "en")
        page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        exactly = re.compile(r"^\s*Organizer\s*$" if user_name == "organizer" else rf"{user_name}\s*$")
        page.locator("form[action*='/demo/'] button").filter(has_text=exactly).first.click()
        page.wait_for_url("/")
        page.goto("/organizing/lists/")
        return page

    def bytes_on_disk(self) -> bytes:
        files = (path for path in self.profile.rglob("*") if path.is_file() and not path.is_symlink())
        return b"\0".join(path.read_bytes() for path in files)


def _executable() -> str:
    found = machine.find_chromium()
    assert found
    return found
