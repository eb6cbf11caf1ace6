"""The root key on paper: what was printed can be typed back, and a slip of the pen is named by its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centro.core.vault import paper
from config import paper_kit

KEYS = st.binary(min_size=32, max_size=32)
KEY = bytes(range(32))


@given(KEYS)
def test_what_is_printed_can_be_typed_back(key: bytes) -> None:
    assert paper.read("\n".join(paper.lines(key))) == key


@given(KEYS)
def test_hands_write_small_letters_other_spaces_and_look_alikes(key: bytes) -> None:
    written = "\n".join(line[3:].replace(" ", "-").replace("0", "o").replace("1", "l") for line in paper.lines(key))
    assert paper.read(written.lower()) == key


def test_the_lines_stay_as_they_were_printed() -> None:
    """A fixed vector: a kit printed by this version opens in every later one."""
    assert paper.lines(KEY) == [
        "1  0008 20C2 0A1G 73E",
        "2  0G28 A1C6 0T3G FV4",
        "3  1048 J2CA 1A5G Q9A",
        "4  1G68 T3CE 1T7G ZF3",
    ]


def test_a_wrong_character_is_named_by_its_line() -> None:
    """Every single slip in one kit: at least 99 of 100 are caught by the line itself, and none is misplaced."""
    rows, caught, slips = [line[3:].replace(" ", "") for line in paper.lines(KEY)], 0, 0
    for row, text in enumerate(rows):
        for at, right in enumerate(text):
            for wrong in set(paper.ALPHABET) - {right}:
                slips += 1
                caught += _slip([*rows[:row], text[:at] + wrong + text[at + 1 :], *rows[row + 1 :]]) == row + 1
    assert caught / slips > 0.99


def _slip(rows: list[str]) -> int | None:
    try:
        paper.read("\n".join(rows))
    except paper.Miswritten as slip:
        return slip.line
    return None


@pytest.mark.parametrize("text", ["", "1", "\n".join(paper.lines(KEY)[:3]), "\n".join(["x" * 15] * 4), "é\n" * 4])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(paper.Miswritten):
        paper.read(text)


def test_lines_in_the_wrong_order_are_refused() -> None:
    rows = [line[3:] for line in paper.lines(KEY)]
    with pytest.raises(paper.Miswritten):
        paper.read("\n".join([rows[1], rows[0], *rows[2:]]))


def test_a_short_key_is_never_printed() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        paper.lines(bytes(31))


def test_the_words_are_all_different_and_sixty_four() -> None:
    assert len(set(paper.WORDS)) == 64


def test_set_up_goes_on_when_both_kits_were_typed_back() -> None:
    said: list[str] = []
    answers = iter(["done", " ".join(paper.words(KEY, 1)), "", "wrong words", " ".join(paper.words(KEY, 2)).upper()])
    assert paper_kit.hand_out(KEY, lambda _: next(answers), said.append)
    assert all(line in "".join(said) for line in paper.lines(KEY))


def test_set_up_stops_when_a_kit_was_not_written_down() -> None:
    assert not paper_kit.hand_out(KEY, lambda _: "x", lambda _: None)
