"""A demo center running as its own process, and Chromium to walk through it as staff do.

Every page is watched: an error on the console, an answer of 500 or more, or a request to another origin fails the
test that opened it. Widths: a phone (360) and a desktop (1280).
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from centro.core.classes import Role
from config import machine, running
from config.env import ROOT
from tests import schema
from tests.browser import barriers, entrance
from tests.browser.journey import WIDTHS, Journey

LANGUAGES = ("en", "es", "ko")
# A journey is walked once in a language, on this screen, and each of its pages is looked at on both.
SCREENS = {"en": "desktop", "es": "phone", "ko": "desktop"}
on_both_screens = pytest.mark.parametrize("width", WIDTHS)
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENT = 10_000  # milliseconds a step may take on a busy machine
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark our tests; their order is random, but one language comes after the other: users keep the one they chose."""
    ours = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in ours:
        item.add_marker("browser")
    if ours:
        items.sort(key=lambda item: LANGUAGES.index(_language_of(item)))


def _language_of(item: pytest.Item) -> str:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return str(parameters.get("language", LANGUAGES[0]))


@pytest.fixture(scope="session", autouse=True)
def memory(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One memory of what is without a barrier, for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    barriers.share(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo center with data of its own; `CENTRO_ADDRESS` names one that runs already."""
    if given := os.environ.get("CENTRO_ADDRESS"):
        yield given
        return
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("CENTRO_")}
    surroundings.pop("DATABASE_URL", None)
    data = tmp_path_factory.mktemp("center")
    schema.lay(data)
    surroundings["CENTRO_DATA"] = str(data)
    command = [sys.executable, "-m", "config.door", "demo", "--port", str(_free_port())]
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        ready = next((line for line in demo.stdout if line.startswith("Ready: ")), None)
        assert ready, "the demo center did not start"
        yield ready.removeprefix("Ready: ").strip()
        demo.send_signal(signal.SIGINT)
        assert demo.wait(3 * running.PATIENCE) == 0  # it waits that long for each of its two processes


def _free_port() -> int:
    """A port of the system's choice: several of these centers start at the same moment."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = machine.find_chromium()
    assert found, "Chromium is missing: run `./centro test --browser`"
    with sync_playwright() as play:
        rootless = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=found, args=[*QUIET, *rootless])
        yield browser
        browser.close()


@pytest.fixture
def open_page(center: str, chromium: Browser) -> Iterator[Open]:
    """`open_page("/people/", width="phone", language="ko", as_role="front_desk")` → a watched, unmoving page.

    With `anew` the sign-in is one of its own, which the test may end.
    """
    troubles: list[str] = []
    contexts = []

    def watch(page: Page) -> None:
        page.on("console", lambda said: said.type == "error" and troubles.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("response", lambda answer: answer.status >= 500 and troubles.append(f"{answer.status} {answer.url}"))
        page.on("request", lambda asked: _is_foreign(asked.url, center) and troubles.append(f"asked {asked.url}"))

    def open_one(
        path: str = "/",
        *,
        width: str = "desktop",
        language: str = "en",
        as_role: str = "",
        anew: bool = False,
        scheme: str = "light",
    ) -> Page:
        context = chromium.new_context(
            base_url=center,
            viewport=WIDTHS[width],
            locale=language,
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",  # a colour on its way to another is no colour to measure
        )
        contexts.append(context)
        page = context.new_page()
        watch(page)
        if as_role:
            come = entrance.sign_in if anew else entrance.come_in
            come(page, Role(as_role), language)
        page.goto(path)
        entrance.speak(page, language)
        return page

    yield open_one
    heard = list(
        troubles
    )  # what a page complains of while its window closes, such as an answer it still waited for, is none
    for context in contexts:
        context.close()
    assert heard == []


def _is_foreign(url: str, center: str) -> bool:
    return urlsplit(url).scheme in {"http", "https", "ws", "wss"} and urlsplit(url).netloc != urlsplit(center).netloc


@pytest.fixture
def no_barrier() -> Callable[[Page], None]:
    """Fails on what WCAG 2.2 A and AA forbid, as far as axe sees it, once the page has come."""

    def check(page: Page) -> None:
        barriers.come_to_rest(page)
        barriers.refuse_barriers(page)

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Fails when a page is wider than its window, or something to tap is smaller than 24 px."""

    def check(page: Page) -> None:
        barriers.refuse_too_wide(page)
        barriers.refuse_small_targets(page)

    return check


@pytest.fixture
def width(language: str) -> str:
    """The screen on which a journey in this language is walked; `on_both_screens` walks it twice."""
    return SCREENS[language]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def journey(
    request: pytest.FixtureRequest, center: str, chromium: Browser, width: str, language: str
) -> Iterator[Journey]:
    """A visitor in each language who has not signed in yet, and sees each page on both screens."""
    context = chromium.new_context(base_url=center, viewport=WIDTHS[width], locale=language)
    context.set_default_timeout(PATIENT)
    walked = request.node.callspec.params.get("width")
    also = () if walked else tuple(screen for screen in WIDTHS if screen != width)
    visitor = Journey(context.new_page(), center, language, width, also)
    yield visitor
    complaints, strangers = list(visitor.complaints), list(visitor.strangers)
    context.close()
    assert complaints == []
    assert strangers == []
