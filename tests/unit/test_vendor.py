"""Files of others in static/vendor: each is in MANIFEST with its hash, licence and origin, and is complete."""

import re
from hashlib import sha256
from typing import NamedTuple

from config.env import ROOT

VENDOR = ROOT / "src/centro/web/static/vendor"
LICENCES = {"MIT", "0BSD", "OFL-1.1"}
OURS = {"MANIFEST", "tabler/parts.scss"}


class Line(NamedTuple):
    sha256: str
    licence: str
    package: str
    origin: str
    name: str


def manifest() -> list[Line]:
    lines = (VENDOR / "MANIFEST").read_text(encoding="utf-8").splitlines()
    return [Line(*line.split(" | ")) for line in lines if not line.startswith("#")]


def names_here() -> set[str]:
    return {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}


def changed(lines: list[Line]) -> list[str]:
    """Files whose bytes are not the ones the manifest tells of."""
    return [line.name for line in lines if sha256((VENDOR / line.name).read_bytes()).hexdigest() != line.sha256]


def broken_links(text: str) -> list[str]:
    """Addresses in a stylesheet that lead to no file beside it."""
    links = re.findall(r"url\(\s*[\"']?(?!data:)([^\"')]+)", text)
    return [link for link in links if not (VENDOR / "pretendard" / link).resolve().is_file()]


def test_every_file_is_in_the_manifest_and_no_other() -> None:
    assert {line.name for line in manifest()} == names_here() - OURS


def test_every_file_is_the_one_that_was_taken() -> None:
    assert changed(manifest()) == []


def test_a_changed_file_is_noticed() -> None:
    first = manifest()[0]
    assert changed([first._replace(sha256="0" * 64)]) == [first.name]


def test_every_line_says_licence_package_and_version() -> None:
    for line in manifest():
        assert line.licence in LICENCES
        assert re.fullmatch(r"(@[\w-]+/)?[\w.-]+@\d+\.\d+\.\d+", line.package)
        assert line.origin


def test_a_licence_stands_beside_the_files() -> None:
    for folder in {name.split("/")[0] for name in names_here() if "/" in name}:
        assert list((VENDOR / folder).glob("LICENSE*")), folder


def test_no_stylesheet_or_script_asks_for_what_is_not_here() -> None:
    """Neither fonts nor source maps: WhiteNoise refuses to hash a file with a link that leads nowhere."""
    for path in [*VENDOR.rglob("*.css"), *VENDOR.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text, path.name
        assert broken_links(text) == [], path.name


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    assert broken_links("src: url(./nowhere.woff2)") == ["./nowhere.woff2"]
    assert broken_links("src: url(./centro-latin.woff2), url('data:image/svg+xml,x')") == []


def test_nothing_asks_for_another_place() -> None:
    """No stylesheet or script of the frame names another origin to load from."""
    foreign = re.compile(r"(?:@import|url\()\s*[\"']?(?:https?:)?//")
    for path in (VENDOR.parent).rglob("*.css"):
        assert not foreign.search(path.read_text(encoding="utf-8")), path.name
