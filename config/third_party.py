"""THIRD_PARTY.md: every package of the lock files, what its wheel bundles, and every vendored file.

Written by `python -m config.third_party` from the installed packages and the notes below; a test compares it with
the lock files, with the compiled parts that are really there, and with the bytes of the vendored files.
"""

import re
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from config.env import ROOT

PAGE = ROOT / "THIRD_PARTY.md"
RUN, TEST = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)

# What compiled wheels carry inside: named by their own licence files where in brackets stands a licence, else by the
# binaries for Linux x86-64. A package whose compiled part is its own code says so.
OWN = "its own code, compiled"
BUNDLED = {
    "argon2-cffi-bindings": "the Argon2 reference implementation",
    "ast-serialize": "Rust crates (in its licenses/crates)",
    "axe-playwright-python": "axe-core",
    "cffi": "libffi",
    "charset-normalizer": OWN,
    "cryptography": "OpenSSL, Rust crates",
    "djlint": "its own code, compiled; mypyc (MIT)",
    "greenlet": OWN,
    "grimp": "Rust crates",
    "hypothesis": OWN,
    "librt": OWN,
    "lxml": "libxml2, libxslt, libexslt, libiconv; schematron files (in its LICENSES.txt)",
    "mypy": "its own code, compiled; typeshed (in its licenses)",
    "numpy": "OpenBLAS and LAPACK (BSD-3-Clause), GCC runtime (GPL-3.0-or-later with GCC exception), "
    "libquadmath (LGPL-2.1-or-later) and the code named in its licenses",
    "pikepdf": "qpdf (Apache-2.0), libjpeg-turbo, GCC runtime (GPL-3.0-or-later with GCC exception), "
    "sRGB profile (Zlib), veraPDF rules (CC-BY-4.0), pdfminer.six table (MIT)",
    "pillow": "aom, brotli, bzip2, dav1d, freetype, harfbuzz, lcms2, libavif, libjpeg, liblzma, libpng, libtiff, "
    "libwebp, libyuv, openjpeg, raqm, xau and others (texts in its LICENSE)",
    "pillow-heif": "libheif and libde265 (LGPLv3), x265 (GPLv2); Centro reads such pictures, it never writes one",
    "playwright": "Node.js",
    "psycopg-binary": "libpq, OpenSSL, Kerberos, OpenLDAP, SASL, keyutils, libcrypt",
    "pyarrow": "Arrow C++ and the libraries named in its LICENSE.txt and NOTICE.txt",
    "pypdfium2": "PDFium (BSD-3-Clause) and the libraries named in its licenses folder",
    "pyrage": "Rust crates",
    "pyyaml": "libyaml",
    "regex": OWN,
    "rpds-py": "Rust crates",
    "ruff": "Rust crates (named in its LICENSE)",
    "time-machine": OWN,
    "typst": "the Typst compiler, Rust crates, OpenSSL, fonts Libertinus Serif, New Computer Modern, DejaVu Sans Mono",
}
# Where a package's metadata say nothing usable, its licence file does.
LICENCES = {
    "axe-playwright-python": "MIT",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
    "pyrage": "MIT",
    "qrcode": "BSD-3-Clause",
    "colorama": "BSD-3-Clause (Windows only)",
    "tzdata": "Apache-2.0 (Windows only)",
}
# Folders of files by others that stand in this repository: what they are, licence, where they come from.
VENDORED = {
    "src/centro/core/fonts": (
        "Pretendard and six Noto Sans, fonts for printing",
        "OFL-1.1",
        "npm pretendard, @expo-google-fonts",
    ),
    "src/centro/web/static/vendor/icons": ("Tabler Icons 3.51.0, in centro/icons.svg", "MIT", "npm @tabler/icons"),
    "src/centro/web/static/vendor/htmx": ("htmx 2.0.11", "0BSD", "npm htmx.org"),
    "src/centro/web/static/vendor/pretendard": (
        "Pretendard, variable web font in subsets",
        "OFL-1.1",
        "npm pretendard",
    ),
    "src/centro/web/static/vendor/tabler": ("Tabler 1.6.1, the parts of parts.scss", "MIT", "npm @tabler/core"),
}


def pins(lock: Path) -> set[tuple[str, str]]:
    """Names and versions of a lock file."""
    return set(PINNED.findall(lock.read_text(encoding="utf-8")))


def listed(page: str) -> set[tuple[str, str]]:
    """Names and versions of THIRD_PARTY.md."""
    return set(re.findall(r"^\| ([\w.-]+) \| (\d[\w.]*) \|", page, re.MULTILINE))


def licence(name: str) -> str:
    """What the installed package says of its licence."""
    if name in LICENCES:
        return LICENCES[name]
    try:
        facts = distribution(name).metadata
    except PackageNotFoundError:
        return "not for this system"
    classified = [line.split(" :: ")[-1] for line in facts.get_all("Classifier", []) if line.startswith("License")]
    said = [*facts.get_all("License-Expression", []), ", ".join(classified), *facts.get_all("License", [])]
    return next((words.partition("\n")[0] for words in said if words), "")


def compiled_parts(package: Distribution) -> list[str]:
    """Files of an installed package that are machine code."""
    return [str(file) for file in package.files or [] if re.search(r"\.so(\.\d+)*$|/bin/ruff$", str(file))]


def digest(folder: Path) -> str:
    """One fingerprint over all files of a folder, names included."""
    total = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder)}\0".encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def vendored_folders() -> set[str]:
    """Folders of the repository that hold others' files."""
    found = {path for path in (ROOT / "src").glob("centro/*/static/vendor/*") if path.is_dir()}
    return {str(path.relative_to(ROOT)) for path in found | set((ROOT / "src/centro").glob("*/fonts"))}


def _package_rows(pairs: set[tuple[str, str]]) -> str:
    return "\n".join(
        f"| {name} | {version} | {licence(name)} | {BUNDLED.get(name, '')} |" for name, version in sorted(pairs)
    )


def page() -> str:
    """The whole text of THIRD_PARTY.md."""
    run, test = pins(RUN), pins(TEST)
    vendored = "\n".join(
        f"| {path} | {what} | {terms} | {source} | `{digest(ROOT / path)}` |"
        for path, (what, terms, source) in sorted(VENDORED.items())
        if (ROOT / path).is_dir()
    )
    return f"""\
# What others made

Centro stands on the work of others. None of the packages is shipped with it: the installation fetches them by the
hashes in `requirements.lock`. The vendored files stand in this repository, beside their licences;
`src/centro/web/static/vendor/MANIFEST` says of which package each is and how two of them were made.
Agency forms are never shipped. This page is written by `python -m config.third_party`; a test compares it with the
lock files and with the vendored bytes.

## Packages that a running center uses

| Package | Version | Licence | Its wheel bundles |
|---|---|---|---|
{_package_rows(run)}

## Packages that only developers use

| Package | Version | Licence | Its wheel bundles |
|---|---|---|---|
{_package_rows(test - run)}

## Vendored files

| Folder | What | Licence | From | SHA-256 (first 16) |
|---|---|---|---|---|
{vendored}
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
