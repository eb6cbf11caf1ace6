"""Which words stop texts, start them, or need a human."""

import pytest

from centro.people.sms.stopping import Meaning, read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("STOP", "en"), ("stop.", "en"), (" Stop. Thank you", "en"), ("STOPALL", "en"), ("Unsubscribe please", "en"),
        ("Don’t text me", "en"), ("ALTO", "es"), ("¡Alto!", "es"), ("BAJA", "es"), ("NO MAS", "es"), ("no más", "es"),
        ("Ya no me escriban por favor", "es"), ("그만", "ko"), ("그만 보내세요.", "ko"), ("수신거부", "ko"),
        ("수신 거부 부탁드립니다", "ko"), ("STOP 감사합니다", "en"),
    ],
)  # fmt: skip
def test_a_whole_message_of_stop_words_stops(text: str, language: str) -> None:
    reading = read(text)
    assert (reading.meaning, reading.language) == (Meaning.STOP, language)


@pytest.mark.parametrize("text", ["START", "unstop", "Empezar", "시작", "수신 동의"])
def test_a_start_starts(text: str) -> None:
    assert read(text).meaning is Meaning.START


@pytest.mark.parametrize(
    "text",
    [
        "We have got to STOP this bill", "no puedo parar hoy", "일을 그만두었어요", "stop calling my wife",
        "dejen de escribirme", "이 번호로 보내지 마시고 언니에게", "Wrong number, sorry",
    ],
)  # fmt: skip
def test_a_stop_word_in_a_sentence_needs_a_human(text: str) -> None:
    assert read(text).meaning is Meaning.MAYBE_STOP


@pytest.mark.parametrize(
    "text",
    ["Yes", "Sí, voy", "네 갈게요", "", "🙂", "I work at the bus stops shop", "El trabajo está en Altos", "thanks"],
)
def test_other_words_are_words(text: str) -> None:
    assert read(text).meaning is Meaning.WORDS


def test_only_what_the_carrier_answers_counts_as_answered() -> None:
    assert read("STOP").is_answered
    assert not read("ALTO").is_answered
    assert not read("no more texts").is_answered
