"""What must not be kept is found in free text, and can be taken out."""

import pytest

from centro.core import sensitive


@pytest.mark.parametrize(
    "text",
    [
        "SSN 123-45-6789",
        "her number is 123 45 6789",
        "A-123456789",
        "A# 12345678",
        "ITIN: 912345678",
        "card 4111 1111 1111 1111",
        "사회보장번호 123456789",
    ],
)
def test_numbers_are_found(text: str) -> None:
    assert sensitive.find(text).numbers


@pytest.mark.parametrize(
    "text",
    [
        "call 213-555-0123",
        "owes $12,345.67",
        "2026-11-23",
        "case 2031",
        "4111 1111 1111 1112",
        "works 10:30-22:00",
    ],
)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert not sensitive.find(text)


@pytest.mark.parametrize(
    "text", ["is undocumented", "no tiene papeles; es indocumentada", "불법 체류", "lost his green card"]
)
def test_words_about_status_are_found(text: str) -> None:
    assert sensitive.find(text).words


def test_taking_out_leaves_the_rest() -> None:
    text = "Ask for Rosa, SSN 123-45-6789, she is undocumented"
    found = sensitive.find(text)
    assert sensitive.without(text, found, words_too=False) == "Ask for Rosa, SSN […], she is undocumented"
    assert sensitive.without(text, found, words_too=True) == "Ask for Rosa, SSN […], she is […]"
