"""What WCAG 2.2 A and AA forbid, as far as axe sees it, and what fits a screen and a thumb.

Axe looks at each shape of a page once a run: the same elements, with the same roles, names that are there or missing,
states, and targets too small, on the same screen have the same barriers in whichever words. A line of a list looks like
the line before it. Contrast takes axe seven tenths of its time, and is measured on each page that shows a text in a way
that no page before it did: its colour, its size and weight, and all the grounds it stands on.
"""

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SHAPE = r"""() => {
  const WORDS = new RegExp("^(href|action|formaction|src|value|content|title|alt|placeholder|d|points|datetime|lang"
    + "|aria-(label|description|pressed|current|selected|checked|valuenow|valuetext)|data-.*|hx-.*)$");
  const TAPPED = "a, button, select, summary, textarea, input, [role=button], [tabindex]";
  const NEW_EACH_TIME = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]+/g;
  const attribute = ({ name, value }) =>
    WORDS.test(name) ? `${name}${value.trim() ? "" : " empty"}` : `${name}=${value.replace(NEW_EACH_TIME, "#")}`;
  const scrolls = (box) => (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)
    && /auto|scroll/.test(getComputedStyle(box).overflow);
  const isSmall = ({ width, height }) => width < 24 || height < 24;
  const state = (box) => box.checkVisibility() ? [
    box.matches(":focus") && "focus", box.matches(":popover-open") && "open", box.value && "filled",
    box.matches(TAPPED) && isSmall(box.getBoundingClientRect()) && "small", scrolls(box) && "scrolls",
  ].filter(Boolean).join() : "hidden";
  const shape = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? "words" : "";
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("script, style, template")) return "";
    const inside = [...node.childNodes].map(shape).filter(Boolean).filter((one, at, all) => one !== all[at - 1]);
    return `<${node.localName} ${[...node.attributes].map(attribute).join(" ")} ${state(node)}>${inside.join("")}</>`;
  };
  const screen = [innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches];
  return `${screen.join()} ${shape(document.documentElement)}`;
}"""
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
  const floats = (box) => /fixed|sticky/.test(getComputedStyle(box).position) && !box.matches(":popover-open, :modal");
  const floating = [...document.body.querySelectorAll("*")].filter(floats);
  const styles = floating.map((box) => box.getAttribute("style"));
  for (const box of floating) box.style.position = "static";
  const found = await axe.run({
    runOnly: rules, resultTypes: ["violations"], rules: { "color-contrast": { enabled: asksContrast } },
  });
  for (const [at, box] of floating.entries()) {
    styles[at] === null ? box.removeAttribute("style") : box.setAttribute("style", styles[at]);
  }
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
_clear: set[str] = set()  # shapes and shades without a barrier
_shared: list[Path] = []  # the folder where the processes of this run tell each other


def share(folder: Path) -> None:
    """What one process of a run has found clear, no other looks at again."""
    _shared[:] = [folder]


def _is_clear(look: str) -> bool:
    return look in _clear or any((folder / look).exists() for folder in _shared)


def _note_clear(look: str) -> None:
    _clear.add(look)
    for folder in _shared:
        (folder / look).touch()


def come_to_rest(page: Page) -> None:
    """Wait until the page is loaded, its fonts are there and htmx has put down what it fetched."""
    page.wait_for_load_state("load")
    page.evaluate(_REST)


def refuse_barriers(page: Page) -> None:
    """Fail on what stands in somebody's way. What floats lies still meanwhile: a line half under the bar can scroll."""
    shape = _mark(page.evaluate(_SHAPE))
    shades = {_mark(shade) for shade in page.evaluate(_SHADES)}
    asks_contrast = not all(map(_is_clear, shades))
    if _is_clear(shape) and not asks_contrast:
        return
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_FIND, [RULES, asks_contrast])
    assert found == [], f"on {urlsplit(page.url).path}: {found}"
    for look in {shape, *shades}:
        _note_clear(look)


def _mark(look: str) -> str:
    return sha256(look.encode()).hexdigest()


def refuse_too_wide(page: Page) -> None:
    """Fail when a page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{urlsplit(page.url).path} is {wide} px too wide"


def refuse_small_targets(page: Page) -> None:
    """Fail when something to tap is smaller than 24 px (WCAG 2.5.8)."""
    assert page.evaluate(_SMALL_TARGETS) == [], f"too small to tap on {urlsplit(page.url).path}"
