"""The look holds together: contrast in both schemes, classes and icons that exist, a light first page."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from config.env import ROOT

SOURCE = ROOT / "src/centro"
STATIC = SOURCE / "web/static"
LOOK = STATIC / "centro"
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11
PAGE_LIMIT, SCRIPTS_LIMIT = 130_000, 10_000  # bytes

GROUNDS = ("paper", "card", "sunk")
PAIRS = [(word, ground, TEXT) for word in ("ink", "soft", "accent-text", "danger-text") for ground in GROUNDS]
PAIRS += [
    ("ink", "line", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink", "agave-soft", TEXT),
    ("ink", "amber-soft", TEXT),
    ("ink", "danger-soft", TEXT),
    ("soft", "accent-soft", TEXT),
    ("agave-text", "agave-soft", TEXT),
    ("accent-text", "agave-soft", TEXT),
    ("accent-text", "accent-soft", TEXT),
    ("amber-text", "amber-soft", TEXT),
    ("danger-text", "danger-soft", TEXT),
    ("accent-ink", "accent", TEXT),
    ("accent-ink", "accent-strong", TEXT),
    ("paper", "ink", TEXT),
    ("edge", "paper", SHAPE),
    ("edge", "card", SHAPE),
    ("agave", "paper", SHAPE),
    ("agave", "card", SHAPE),
    ("accent", "card", SHAPE),
]


def tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", text))


@cache
def schemes() -> dict[str, dict[str, str]]:
    """Every set of colours that a page can have: light and dark, each with every accent."""
    light, dark = (LOOK / "tokens.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    found = {}
    for name, part in (("light", light), ("dark", dark)):
        base = tokens(light.split("data-accent")[0]) | tokens(part.split("data-accent")[0])
        found[f"{name} #c2410c"] = base
        for accent, body in re.findall(r'data-accent="(#\w{6})"\]\s*{([^}]*)}', part):
            found[f"{name} {accent}"] = base | tokens(body)
    return found


def light_of(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((light_of(one), light_of(other)))
    return (light + 0.05) / (dark + 0.05)


def pages() -> list[Path]:
    return sorted(SOURCE.rglob("templates/**/*.html"))


def classes_in(text: str) -> set[str]:
    """Whole class names in a template: `btn-{{ kind }}` is not one."""
    plain = re.sub(r"{[%#].*?[%#]}", " ", text)
    values = " ".join(re.findall(r'class="([^"]*)"', plain))
    return set(re.sub(r"\S*{{.*?}}\S*", " ", values).split())


@cache
def known_classes() -> set[str]:
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", "".join(path.read_text() for path in SOURCE.rglob("static/**/*.css"))))


@cache
def sprite() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (LOOK / "icons.svg").read_text(encoding="utf-8")))


def icons_in(text: str) -> set[str]:
    """Icons that a template asks for by name."""
    pairs = re.findall(r'icon\.html" with name="([\w-]+)"|\bicon="([\w-]+)"', text)
    return {included or given for included, given in pairs}


def test_contrast_measures_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_are_ten_schemes() -> None:
    assert len(schemes()) == 10


@pytest.mark.parametrize("name", sorted(schemes()))
def test_every_pair_of_colours_can_be_read(name: str) -> None:
    colours = schemes()[name]
    weak = [
        f"{front} on {back}: {contrast(colours[front], colours[back]):.2f}"
        for front, back, least in PAIRS
        if contrast(colours[front], colours[back]) < least
    ]
    assert weak == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(SOURCE).as_posix())
def test_every_class_of_a_page_is_in_a_stylesheet(page: Path) -> None:
    assert classes_in(page.read_text(encoding="utf-8")) - known_classes() == set()


def test_a_made_up_class_is_noticed() -> None:
    assert classes_in('<a class="btn btn-{{ kind }} {% if x %}glitter{% endif %}">') - known_classes() == {"glitter"}


def test_every_icon_is_in_the_sprite_and_every_one_there_is_used() -> None:
    asked = set().union(*(icons_in(page.read_text(encoding="utf-8")) for page in pages()))
    assert asked - sprite() == set()
    named = "".join(path.read_text(encoding="utf-8") for path in [*pages(), *SOURCE.rglob("*.py")])
    assert {name for name in sprite() if f'"{name}"' not in named} == set()


def test_a_missing_icon_is_noticed() -> None:
    text = '{% include "components/icon.html" with name="unicorn" only %}{% menu icon="dragon" %}'
    assert icons_in(text) - sprite() == {"unicorn", "dragon"}


def test_our_scripts_are_small() -> None:
    assert sum(path.stat().st_size for path in LOOK.glob("*.js")) <= SCRIPTS_LIMIT


def test_no_style_leaves_the_tokens() -> None:
    """Colours stand in tokens.css alone; print and paper white may be written out."""
    for path in set(LOOK.glob("*.css")) - {LOOK / "tokens.css", LOOK / "print.css"}:
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8"))) <= {"#fff"}, path.name


def test_what_every_page_loads_is_light() -> None:
    """Stylesheets, scripts and icons of the frame, compressed, without fonts, leave room for the page itself."""
    base = (SOURCE / "web/templates/web/base.html").read_text(encoding="utf-8")
    files = {name for name in re.findall(r"{% static '([^']+)' %}", base) if not name.endswith("woff2")}
    places = [found for name in [*files, "centro/icons.svg"] for found in SOURCE.glob(f"*/static/{name}")]
    assert len(places) == len(files) + 1
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in places) <= PAGE_LIMIT - 20_000


def test_no_class_of_ours_is_dead() -> None:
    """A page, a script or a view names it, or it is made from a kind: `chip-{{ kind }}`."""
    said = "".join(
        path.read_text(encoding="utf-8") for ending in ("html", "js", "py") for path in SOURCE.rglob(f"*.{ending}")
    )
    styles = "".join(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL) for path in LOOK.glob("*.css"))
    made = re.compile(r"(chip|btn|notice)-\w+|errorlist|htmx-\w+")
    ours = {name for name in re.findall(r"\.([a-z][\w-]*)(?![\w-]*[\"'(/])", styles) if not made.fullmatch(name)}
    assert {name for name in ours if not re.search(rf"(?<![\w-]){name}(?![\w-])", said)} == set()
