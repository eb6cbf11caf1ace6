"""Names in three scripts, as they are typed at a front desk."""

import pytest

from centro.people import names


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("José María", "jose maria"),
        ("Ñuñez-Peña", "nunez pena"),
        ("O’Brien", "obrien"),
        ("  GARCÍA ", "garcia"),
        ("k’iche’", "kiche"),
    ],
)
def test_accents_case_and_marks_do_not_matter(typed: str, folded: str) -> None:
    assert names.fold(typed) == folded


def test_a_half_typed_syllable_begins_the_whole_one() -> None:
    assert names.fold("김").startswith(names.fold("기"))
    assert not names.fold("김").startswith(names.fold("나"))


@pytest.mark.parametrize(
    ("hangul", "latin"), [("김", "gim"), ("영희", "yeonghui"), ("박", "bak"), ("최", "choe"), ("Lee", "Lee")]
)
def test_romanization_follows_the_revised_system(hangul: str, latin: str) -> None:
    assert names.romanize(hangul) == latin


@pytest.mark.parametrize(
    "spellings",
    [
        ("영희", "Young-hee", "Yeonghui", "Younghee"),
        ("민수", "Minsoo", "Min Su"),
        ("정", "Jung", "Jeong", "Chung"),
        ("승현", "Seunghyun", "Sung-hyun"),
    ],
)
def test_spellings_of_one_korean_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({names.sound(spelling) for spelling in spellings}) == 1


def test_different_korean_names_do_not_sound_alike() -> None:
    assert names.sound("민수") != names.sound("영희")


@pytest.mark.parametrize("spelling", ["Lee", "yi", "Rhee", "이"])
def test_a_family_name_is_known_by_all_its_spellings(spelling: str) -> None:
    assert "이" in names.families_of(spelling)


def test_a_spelling_may_stand_for_two_family_names() -> None:
    assert {"전", "천"} <= names.families_of("Chun")


def test_an_ordinary_word_is_no_korean_family_name() -> None:
    assert names.families_of("Hernández") == frozenset()


@pytest.mark.parametrize(
    ("whole", "parts"),
    [("김영희", ("김", "영희")), ("남궁민수", ("남궁", "민수")), ("이 영희", ("이", "영희"))],
)
def test_a_hangul_name_parts_into_family_and_given(whole: str, parts: tuple[str, str]) -> None:
    assert names.split_hangul(whole) == parts


@pytest.mark.parametrize(("name", "language"), [("김영희", "ko"), ("Ñandú", "es"), ("Ann Smith", "en")])
def test_a_name_suggests_a_language(name: str, language: str) -> None:
    assert names.language_of(name) == language
