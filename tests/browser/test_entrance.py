"""Coming in: the sign-in page, one click, the first page of each role, and out again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from centro.core.classes import Role

Check = Callable[[Page], None]
WORKING = [role.value for role in Role]


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_the_sign_in_page_is_open_to_everybody(
    open_page: Callable[..., Page], no_barrier: Check, fits: Check, width: str, language: str
) -> None:
    page = open_page("/", width=width, language=language)
    expect(page).to_have_url("/account/login/?next=/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    no_barrier(page)
    fits(page)


@pytest.mark.parametrize("role", WORKING)
def test_each_role_comes_in_by_one_click(
    open_page: Callable[..., Page], no_barrier: Check, fits: Check, role: str
) -> None:
    page = open_page("/", width="phone", language="es", as_role=role, anew=True)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("h1")).to_be_visible()
    no_barrier(page)
    fits(page)


def test_signing_out_closes_the_door(open_page: Callable[..., Page]) -> None:
    page = open_page("/", as_role="front_desk", anew=True)
    page.goto("/account/logout/")
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url("/account/login/")
    page.goto("/")
    expect(page).to_have_url("/account/login/?next=/")
