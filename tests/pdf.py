"""What a reader that is not ours finds in a PDF: its words, by Poppler’s `pdftotext`. Without it a test is skipped."""

import shutil
import subprocess

import pytest


def raw_text(pdf: bytes, *options: str) -> str:
    """What `pdftotext` says of a PDF, with the options that it takes (`-layout`, `-bbox`)."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(pdf: bytes) -> str:
    """All words in reading order, with single spaces."""
    return " ".join(raw_text(pdf, "-layout").split())


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, with single spaces."""
    return [" ".join(page.split()) for page in raw_text(pdf).split("\f")[:-1]]
