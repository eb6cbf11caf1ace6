"""The root key sealed by a passphrase: opens by those very words only, and is noise otherwise."""

import os
from pathlib import Path

import pytest

from centro.core.vault import locked_start

WORDS = "maíz lluvia tren 김치"


def test_the_words_open_it_however_they_are_spaced() -> None:
    key = os.urandom(32)
    sealed = locked_start.seal(key, WORDS)
    assert key not in sealed
    assert locked_start.open_sealed(sealed, f"  {WORDS.replace(' ', '   ')} ") == key


@pytest.mark.parametrize("words", ["", "maíz lluvia tren 김", "MAÍZ LLUVIA TREN 김치"])
def test_other_words_do_not(words: str) -> None:
    sealed = locked_start.seal(os.urandom(32), WORDS)
    with pytest.raises(locked_start.WrongPassphrase):
        locked_start.open_sealed(sealed, words)


@pytest.mark.parametrize("place", [0, 5, 25, 40, -1])
def test_a_changed_file_does_not_open(place: int) -> None:
    sealed = bytearray(locked_start.seal(os.urandom(32), WORDS))
    sealed[place] ^= 1
    with pytest.raises(locked_start.WrongPassphrase):
        locked_start.open_sealed(bytes(sealed), WORDS)


@pytest.mark.parametrize("words", ["", "short words", " " * 40])
def test_a_passphrase_that_could_be_guessed_is_refused(words: str) -> None:
    with pytest.raises(locked_start.TooShort):
        locked_start.seal(os.urandom(32), words)


def test_the_file_is_for_this_user_only_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "root.key"
    for content in (b"first", b"second"):
        locked_start.write(path, content)
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o400
    assert [file.name for file in path.parent.iterdir()] == ["root.key"]
