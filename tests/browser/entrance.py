"""Coming in: by one click on the demo's sign-in page, or again with the sign-in of an earlier visit."""

import re

from django.utils import translation
from playwright.sync_api import Page, expect

from centro.core.classes import Role

_kept: dict[Role, list[dict[str, object]]] = {}  # the cookies of each role, in this process


def sign_in(page: Page, role: Role, language: str) -> None:
    """One click, on the first account that has this role."""
    page.context.clear_cookies()
    page.goto("/account/login/")
    speak(page, language)
    with translation.override(language):
        label = str(role.label)
    exactly = re.compile(rf"^\s*{re.escape(label)}\s*$")
    page.locator("form[action*='/demo/'] button").filter(has_text=exactly).click()
    page.wait_for_url("/")


def come_in(page: Page, role: Role, language: str) -> None:
    """Be signed in as this role: most visits begin where an earlier one signed in."""
    page.context.clear_cookies()
    if role in _kept:
        page.context.add_cookies(_kept[role])  # type: ignore[arg-type]
        page.goto("/")
    if role not in _kept or page.locator("body[data-user]").count() == 0:
        sign_in(page, role, language)
        _kept[role] = [dict(cookie) for cookie in page.context.cookies()]
    speak(page, language)


def speak(page: Page, language: str) -> None:
    """Choose the language of every page, unless it is chosen."""
    html = page.locator("html")
    if html.get_attribute("lang") != language:
        page.locator(f"form.languages button[value={language}]").click()
        expect(html).to_have_attribute("lang", language)
        page.wait_for_load_state("load")
