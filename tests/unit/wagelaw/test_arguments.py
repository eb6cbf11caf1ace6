"""What the commands say to words that make no sense: two lines, the chosen language, exit 2."""

import pytest

from wagelaw.cli import main

SAID = {
    "en": ("usage", "missing: ", "not known: ", "is not one of", "a value must follow", "do not go together"),
    "es": ("uso", "falta: ", "no se conoce: ", "no es ninguno de", "debe seguir un valor", "no pueden ir juntos"),
    "ko": ("사용법", "빠졌습니다: ", "알 수 없습니다: ", "중에 없습니다", "값이 와야 합니다", "함께 쓸 수 없습니다"),
}


def complaint(capsys, *words):
    with pytest.raises(SystemExit) as left:
        main(list(words))
    printed = capsys.readouterr()
    assert left.value.code == 2
    assert printed.out == ""
    return printed.err


@pytest.mark.parametrize("language", SAID)
def test_complaints_are_in_the_chosen_language(capsys, language):
    usage, missing, unknown, choice, nothing, both = SAID[language]
    lang = ("--lang", language)
    asked = {
        missing: ("audit", "a.csv", *lang),
        unknown: ("coverage", "a.json", "--colour", *lang),
        choice: ("clocks", "a.json", *lang, "--lang", "tlh"),
        nothing: ("law", *lang, "--on"),
        both: ("clocks", "a.json", "--json", "--table", *lang),
    }
    for words, command in asked.items():
        printed = complaint(capsys, *command)
        assert printed.startswith(f"{usage}: wagelaw {command[0]} ")
        assert words in printed.splitlines()[-1]


@pytest.mark.parametrize("language", SAID)
def test_numbers_must_be_numbers(capsys, language):
    last = complaint(capsys, "audit", "a.csv", "--out", "b", "--threads", "two", "--lang", language).splitlines()[-1]
    assert "--threads" in last
    assert "'two'" in last
    assert "invalid" not in last


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Not in an audit: interest"), ("es", "intereses, daños"), ("ko", "이자, 손해배상")]
)
def test_help_says_what_an_audit_leaves_out(capsys, language, words):
    with pytest.raises(SystemExit) as left:
        main(["audit", "--help", "--lang", language])
    assert left.value.code == 0
    assert words in " ".join(capsys.readouterr().out.split())


def test_long_nonsense_stays_short(capsys):
    printed = complaint(capsys, "coverage", "a.json", "--" + "x" * 5000)
    assert len(printed.splitlines()[-1]) < 200
