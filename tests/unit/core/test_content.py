"""Long texts: found by kind, name and language; every consent is there in three languages of one version."""

import re

import pytest

from centro.core import content
from centro.people.choices import Purpose

LANGUAGES = ("en", "es", "ko")


@pytest.mark.parametrize("purpose", Purpose.values)
def test_each_purpose_has_its_text_in_three_languages_of_one_version(purpose: str) -> None:
    texts = [content.text("consent", purpose, language) for language in LANGUAGES]
    assert len({text.version for text in texts}) == 1
    assert len({text.title for text in texts}) == 3
    assert all(80 < len(text.body_markdown) < 4000 for text in texts)
    assert len(texts[0].version) <= 12


@pytest.mark.parametrize("purpose", Purpose.values)
def test_the_three_languages_say_the_same_number_of_things(purpose: str) -> None:
    points = {content.text("consent", purpose, language).body_markdown.count("\n- ") for language in LANGUAGES}
    assert len(points) == 1


@pytest.mark.parametrize("purpose", Purpose.values)
def test_the_words_are_polite_and_of_their_language(purpose: str) -> None:
    spanish = content.text("consent", purpose, "es").body_markdown
    korean = content.text("consent", purpose, "ko").body_markdown
    assert not re.search(r"\b(tú|tu|tus|te|puedes|quieres|vosotros)\b", spanish, re.IGNORECASE)
    assert re.search("[가-힣]", korean)
    assert all(sentence.rstrip().endswith(("다", "요")) for sentence in re.findall(r"[^.\n]+(?=\.)", korean))


def test_no_text_lies_in_the_folder_that_no_purpose_asks_for(settings: object) -> None:
    names = {path.name.split(".")[0] for path in (settings.CONTENT / "consent").iterdir()}  # type: ignore[attr-defined]
    assert names == set(Purpose.values)


@pytest.mark.parametrize("name", ["nothing", "../consent/call", "call.en", ""])
def test_a_text_nobody_wrote_is_said_to_be_missing(name: str) -> None:
    with pytest.raises(content.NoSuchText):
        content.text("consent", name, "en")


def test_html_in_a_text_is_shown_and_not_obeyed() -> None:
    text = content.Text("1", "x", "Good <script>alert(1)</script>\n\n- one\n- two")
    assert "<script>" not in text.html
    assert "<li>one</li>" in text.html
    assert content.Text("1", "x", "one\ntwo\n\nthree").paragraphs == ["one two", "three"]
