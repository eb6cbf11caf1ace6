"""THIRD_PARTY.md and the lock files say the same, and they agree with what is really there."""

import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path

from config import third_party
from config.env import ROOT

PAGE = third_party.PAGE.read_text(encoding="utf-8")
RUN, TEST = third_party.pins(third_party.RUN), third_party.pins(third_party.TEST)


def test_every_pinned_package_is_listed_and_no_other() -> None:
    assert third_party.listed(PAGE) == RUN | TEST


def test_a_missing_package_would_be_noticed() -> None:
    line = next(line for line in PAGE.splitlines() if line.startswith("| django | "))
    assert third_party.listed(PAGE.replace(line, "")) != RUN | TEST


def test_developers_get_the_same_versions_as_centers() -> None:
    assert RUN <= TEST


def test_each_lock_file_pins_by_hash_and_names_no_registry() -> None:
    for lock in (third_party.RUN, third_party.TEST):
        text = lock.read_text(encoding="utf-8")
        assert text.count("--hash=sha256:") >= len(third_party.pins(lock))
        assert not {word for word in ("http://", "https://", "--index-url", "--find-links") if word in text}


def test_every_direct_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {line.partition(">")[0].partition("[")[0] for line in project["dependencies"]}
    assert wanted <= {name for name, _version in RUN}


def test_every_package_has_a_licence() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows if not row[2]] == []


def test_what_compiled_wheels_bundle_is_told() -> None:
    """Every installed package of the lock with machine code in it says what that is."""
    names = {name for name, _version in TEST}
    installed = {found.name.lower().replace("_", "-").replace(".", "-") for found in distributions()}
    compiled = {name for name in names & installed if third_party.compiled_parts(distribution(name))}
    assert compiled - third_party.BUNDLED.keys() == set()
    assert "cryptography" in compiled


def test_the_notes_are_about_packages_that_are_used() -> None:
    names = {name for name, _version in TEST}
    assert (third_party.BUNDLED.keys() | third_party.LICENCES.keys()) - names == set()


def test_every_vendored_folder_is_listed_with_its_bytes() -> None:
    assert third_party.vendored_folders() == set(third_party.VENDORED)
    for folder in third_party.VENDORED:
        assert f"| {folder} | " in PAGE
        assert third_party.digest(ROOT / folder) in PAGE, f"{folder} changed: python -m config.third_party"


def test_vendored_files_stand_beside_their_licence() -> None:
    without = [name for name in third_party.VENDORED if not any((ROOT / name).glob("LICENSE*"))]
    assert without == []


def test_a_changed_vendored_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("one")
    before = third_party.digest(tmp_path)
    (tmp_path / "a.js").write_text("two")
    changed = third_party.digest(tmp_path)
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    assert len({before, changed, third_party.digest(tmp_path)}) == 3
