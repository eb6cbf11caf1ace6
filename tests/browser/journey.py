"""One visitor's way through the pages, in one language on one screen, and what must hold on each of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, ViewportSize, expect

from centro.core.classes import Role
from tests.browser import barriers, entrance

# An answer of 4xx is looked at by itself; a question that the next key overtakes is given up on purpose.
NO_COMPLAINT = re.compile("Failed to load resource|htmx:afterRequest|htmx:sendAbort")
WIDTHS: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}


@dataclass
class Journey:
    """One visitor's way through the pages, and everything the browser complained about on it."""

    page: Page
    address: str
    language: str
    screen: str
    also: tuple[str, ...] = ()  # other screens on which each page is looked at, too
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    mark: str = field(default_factory=lambda: uuid4().hex[:8])  # in what this visit types, to find it again

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not NO_COMPLAINT.match(message.text):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.strangers.append(request.url)

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.complaints.append(f"{response.status} {urlsplit(response.url).path}")

    # --- words ---

    def say(self, words: str, **values: object) -> str:
        """A sentence of the program in the language of this journey."""
        with override(self.language):
            return gettext(words) % values if values else gettext(words)

    def count(self, one: str, many: str, n: int) -> str:
        with override(self.language):
            return ngettext(one, many, n) % {"n": n}

    # --- moving ---

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.check()

    def sign_in(self, role: Role, *, anew: bool = False) -> None:
        """Come in as the user who is named after the role; `anew` where this visit changes what a sign-in keeps."""
        come = entrance.sign_in if anew else entrance.come_in
        come(self.page, role, self.language)
        self.check()

    def button(self, words: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(words, **values), exact=True)

    def link(self, words: str, **values: object) -> Locator:
        return self.page.locator("main").get_by_role("link", name=self.say(words, **values), exact=True)

    def field(self, words: str) -> Locator:
        """The control under a label, whether or not the label says that it is needed."""
        label, needed = re.escape(self.say(words)), re.escape(self.say("needed"))
        return self.page.locator("main").get_by_label(re.compile(rf"^{label}\s*({needed})?$"))

    def sees(self, words: str, **values: object) -> None:
        expect(self.page.get_by_text(self.say(words, **values)).first).to_be_visible()

    # --- what must hold on every page ---

    def check(self) -> None:
        """No barrier (axe), nothing wider than the screen, the right language, nobody else asked, no complaint."""
        barriers.come_to_rest(self.page)
        assert self.page.locator("html").get_attribute("lang") == self.language
        for _screen in self._screens():
            barriers.refuse_barriers(self.page)
            barriers.refuse_too_wide(self.page)
        assert not self.strangers, self.strangers
        assert not self.complaints, f"{self.page.url}: {self.complaints}"

    def targets_are_large(self) -> None:
        """Buttons and controls are at least 44 px high: thumbs first."""
        for screen in self._screens():
            small = self.page.evaluate(
                """() => [...document.querySelectorAll("button, select, textarea, input")]
                  .filter((each) => !["hidden", "checkbox", "radio"].includes(each.type))
                  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 41)
                  .map((each) => each.outerHTML.slice(0, 120))"""
            )
            assert not small, f"on a {screen}: {small}"

    def _screens(self) -> Iterator[str]:
        """The page as it is, then on each other screen; the visit goes on with its own."""
        yield self.screen
        for other in self.also:
            self.page.set_viewport_size(WIDTHS[other])
            yield other
        if self.also:
            self.page.set_viewport_size(WIDTHS[self.screen])
