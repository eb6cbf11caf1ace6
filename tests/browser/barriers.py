"""What WCAG 2.2 A and AA forbid, as far as axe sees it, and what fits a screen and a thumb.

Axe looks at each look of a page once a process: the same markup, in the same state, on the same screen, has the same
barriers. Names, words, errors and open menus are part of the look; ids and tokens, new on every answer, are not.
Contrast takes axe seven tenths of its time, and is measured on each page that shows a text in a way that no page before
it did: its colour, its size and weight, and all the grounds it stands on.
"""

import re
from hashlib import sha256
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_NEW_EACH_TIME = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # ids, the keys of forms
    r'|(?<=value=")\w{64}(?=")|(?<=content=")\w{64}(?=")'  # form tokens
)
_LOOK = """() => [
  document.documentElement.outerHTML,
  [innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches,
   [...document.querySelectorAll(":popover-open")].map((open) => open.id),
   [...document.querySelectorAll("input, select, textarea")].map((one) => one.matches(":focus") + one.value.length)
  ].join()
]"""
_REST = """async () => {
  await document.fonts.ready;
  const isBusy = () => document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling");
  while (isBusy()) await new Promise(requestAnimationFrame);
}"""
_SHADES = """() => {
  const grounds = (box) => {
    const seen = [];
    for (; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode];
      if (own.join() !== "rgba(0, 0, 0, 0),none,1,none,normal") seen.push(own.join());
    }
    return seen;
  };
  const known = new Map();
  const of = (box) => known.get(box) ?? known.set(box, grounds(box).join(" on ")).get(box);
  const hasText = (box) => box.matches("input, select, textarea")
    || [...box.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isExempt = (box) => box.closest(":disabled, [aria-disabled=true], [aria-hidden=true], [inert]") !== null;
  const isTiny = (box) => box.clientWidth <= 1 || box.clientHeight <= 1;
  const texts = [...document.body.querySelectorAll("*")].filter((box) => hasText(box) && box.checkVisibility());
  const shades = texts.map((box) => {
    const style = getComputedStyle(box);
    const text = [style.color, style.fontSize, style.fontWeight, style.textShadow, style.visibility, style.position];
    return `${text.join()} ${isExempt(box)} ${isTiny(box)} on ${of(box)}`;
  });
  return [...new Set(shades)];
}"""
_FIND = """async ([rules, asksContrast]) => {
  const found = await axe.run({
    runOnly: rules, resultTypes: ["violations"], rules: { "color-contrast": { enabled: asksContrast } },
  });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""
_SMALL_TARGETS = """
() => [...document.querySelectorAll("button, select, summary, input:not([type=hidden]), nav a, a.btn")]
  .filter(el => el.offsetParent && getComputedStyle(el).position !== "absolute")
  .map(el => [el, el.getBoundingClientRect()])
  .filter(([el, box]) => box.width && (box.width < 24 || box.height < 24))
  .filter(([el]) => !el.closest("label"))
  .map(([el, box]) => `${el.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""
_clear: set[bytes] = set()
_clear_shades: set[str] = set()


def come_to_rest(page: Page) -> None:
    """Wait until the page is loaded, its fonts are there and htmx has put down what it fetched."""
    page.wait_for_load_state("load")
    page.evaluate(_REST)


def refuse_barriers(page: Page) -> None:
    """Fail on what stands in somebody's way, on the page as it opens: half under the head no line is large enough."""
    page.evaluate("scrollTo(0, 0)")
    look = _look(page)
    if look in _clear:
        return
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    shades = set(page.evaluate(_SHADES))
    found = page.evaluate(_FIND, [RULES, not shades <= _clear_shades])
    assert found == [], f"on {urlsplit(page.url).path}: {found}"
    _clear.add(look)
    _clear_shades.update(shades)


def _look(page: Page) -> bytes:
    markup, state = page.evaluate(_LOOK)
    return sha256(f"{_NEW_EACH_TIME.sub('', markup)} {state}".encode()).digest()


def refuse_too_wide(page: Page) -> None:
    """Fail when a page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{urlsplit(page.url).path} is {wide} px too wide"


def refuse_small_targets(page: Page) -> None:
    """Fail when something to tap is smaller than 24 px (WCAG 2.5.8)."""
    assert page.evaluate(_SMALL_TARGETS) == [], f"too small to tap on {urlsplit(page.url).path}"
