"""The root key on paper: four lines to type back in if every disk is lost, and words that prove it was printed.

    1  3K7Q F92H M04T XR7    thirteen characters hold eight bytes, the last two check the line
    words of kit 2: heron maple quilt anchor

Crockford's alphabet has no I, L, O or U, and takes a typed I for 1 and a typed O for 0.
"""

from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("ILO", "110")
LINES, BYTES_PER_LINE, CHARACTERS, CHECKS = 4, 8, 13, 2
WORDS = (
    "anchor apple arrow basket beaver bell birch bridge button camel candle carrot castle cedar cherry clover "
    "copper coral cotton desert dragon eagle falcon feather forest garden ginger guitar hammer harbor heron honey "
    "island ivory jacket kettle ladder lantern lemon lizard maple marble meadow mirror monkey needle olive orange "
    "paper pepper pigeon pillow planet quilt rabbit river saddle silver spider sugar timber tulip violin walnut"
).split()


class Miswritten(ValueError):
    """A line does not fit its check characters. `line` counts from 1; 0 when lines are missing."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line} is miswritten" if line else "a root key has four lines")


def _check(line: int, characters: str) -> str:
    mark = sha256(f"{line}:{characters}".encode()).digest()
    return "".join(ALPHABET[byte % 32] for byte in mark[:CHECKS])


def lines(key: bytes) -> list[str]:
    """The four lines of a 32-byte key, as printed."""
    if len(key) != LINES * BYTES_PER_LINE:
        raise ValueError("a root key has 32 bytes")
    return [_line(n + 1, key[n * BYTES_PER_LINE : (n + 1) * BYTES_PER_LINE]) for n in range(LINES)]


def _line(number: int, part: bytes) -> str:
    value = int.from_bytes(part)
    characters = "".join(ALPHABET[value >> shift & 31] for shift in range(5 * (CHARACTERS - 1), -1, -5))
    written = characters + _check(number, characters)
    return f"{number}  " + " ".join(written[start : start + 4] for start in range(0, len(written), 4))


def words(key: bytes, kit: int) -> list[str]:
    """Four words that only somebody with this printed kit can type back."""
    mark = sha256(b"centro paper kit %d:" % kit + key).digest()
    return [WORDS[byte % len(WORDS)] for byte in mark[:4]]


def read(text: str) -> bytes:
    """The key that was typed in from paper; `Miswritten` names the line to look at again."""
    typed = [line for line in text.upper().splitlines() if line.strip()]
    if len(typed) != LINES:
        raise Miswritten(0)
    return b"".join(_read_line(number, line) for number, line in enumerate(typed, start=1))


def _read_line(number: int, line: str) -> bytes:
    characters = "".join(c for c in line.translate(_MEANT) if c.isalnum())
    if len(characters) == CHARACTERS + CHECKS + 1 and characters[0] == str(number):
        characters = characters[1:]
    body, check = characters[:-CHECKS], characters[-CHECKS:]
    if len(body) != CHARACTERS or set(body) - set(ALPHABET) or check != _check(number, body):
        raise Miswritten(number)
    value = 0
    for character in body:
        value = value << 5 | ALPHABET.index(character)
    if value >> (8 * BYTES_PER_LINE):
        raise Miswritten(number)
    return value.to_bytes(BYTES_PER_LINE)
