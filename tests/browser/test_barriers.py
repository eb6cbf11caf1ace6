"""The watch on barriers itself: it sees what is too small, and is not misled by what floats over a line."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import barriers

PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title><style>
  body, h1 {{ margin: 0; }} a {{ display: block; height: 40px; }} a.small {{ height: 12px; }}
  .head {{ position: sticky; top: 0; background: white; }} main {{ height: 900px; }}
</style></head><body><nav class="head"><a href="/">Home</a></nav><main><h1>Lines</h1>{links}</main></body></html>"""


@pytest.fixture
def page(chromium: Browser):
    with chromium.new_context(viewport={"width": 360, "height": 200}) as context:
        yield context.new_page()


def show(page: Page, *links: str) -> None:
    page.set_content(PAGE.format(links="".join(links)))


def test_a_line_half_under_the_head_is_no_barrier(page):
    show(page, *(f'<a href="/{n}">Line {n}</a>' for n in range(4)))
    page.evaluate("scrollTo(0, document.querySelector('main a').offsetTop - 15)")
    barriers.refuse_barriers(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.head')).position") == "sticky"
    assert page.locator("[style]").count() == 0


def test_lines_too_small_for_a_thumb_are(page):
    show(page, *(f'<a class="small" href="/{n}">Line {n}</a>' for n in range(4)))
    with pytest.raises(AssertionError, match="target-size"):
        barriers.refuse_barriers(page)
