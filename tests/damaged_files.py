"""Honest files hurt at random: what a bad line, a broken card or somebody who tries makes of them."""

from random import Random

from tests.hostile_files import BITING_PDFS, heic_with_place, jpeg_with_place, m4a, mp3, pdf, png_with_place


def damaged(seed: int) -> list[tuple[str, bytes]]:
    """One honest file of each kind, hurt at random: bytes changed, cut out, or put in from another file."""
    rng = Random(seed)
    whole = [
        ("a.jpg", jpeg_with_place()),
        ("a.png", png_with_place()),
        ("a.heic", heic_with_place()),
        ("a.pdf", pdf(BITING_PDFS[seed % len(BITING_PDFS)])),
        ("a.m4a", m4a()),
        ("a.mp3", mp3()),
    ]
    return [(name, _hurt(rng, content, rng.choice(whole)[1])) for name, content in whole]


def _hurt(rng: Random, content: bytes, other: bytes) -> bytes:
    hurt = bytearray(content)
    for _ in range(rng.randrange(1, 12)):
        at, much = rng.randrange(len(hurt)), rng.randrange(1, 40)
        hurt[at : at + much] = rng.choice([rng.randbytes(much), b"", bytes(much), other[:much]])
    return bytes(hurt)
