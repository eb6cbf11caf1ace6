"""Two spellings of one address are one building; a unit is found at the end of a street."""

import pytest

from centro.people.addresses import fold_address, split_unit, unit_order


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("1234 West 5th Street", "Los Angeles", "90017"), ("1234 w. 5th st", "", "90017")),
        (("12 Fifth Ave.", "", "90005"), ("12 5th Avenue", "LA", "90005")),
        (("8 Calle Niño", "Ciudad", ""), ("8 calle nino", "ciudad", "")),
        (("100 Wilshire Boulevard,", "", "90010"), ("100  wilshire blvd", "", "90010")),
    ],
)
def test_spellings_of_one_address(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert fold_address(*one) == fold_address(*other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("12 Main St", "", "90005"), ("12 Main St", "", "90006")),
        (("12 Main St", "", "90005"), ("121 Main St", "", "90005")),
        (("12 Main St", "Gardena", ""), ("12 Main St", "Torrance", "")),
        (("12 N Main St", "", "90005"), ("12 S Main St", "", "90005")),
    ],
)
def test_different_addresses(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert fold_address(*one) != fold_address(*other)


def test_no_street_is_no_address() -> None:
    assert fold_address("  ", "Los Angeles", "90005") == ""


@pytest.mark.parametrize(
    ("typed", "street", "unit"),
    [
        ("12 Main St Apt 4", "12 Main St", "4"),
        ("12 Main St, #4B", "12 Main St", "4B"),
        ("12 Main St # 4", "12 Main St", "4"),
        ("12 Calle Ocho apto. 21", "12 Calle Ocho", "21"),
        ("3300 W 8th St 302호", "3300 W 8th St", "302호"),
        ("500 Unit Rd", "500 Unit Rd", ""),
        ("12 Main St", "12 Main St", ""),
        ("12 Suite Lane", "12 Suite Lane", ""),
        ("Apt Street", "Apt Street", ""),
    ],
)
def test_a_unit_after_the_street(typed: str, street: str, unit: str) -> None:
    assert split_unit(typed) == (street, unit)


def test_doors_in_their_order() -> None:
    assert sorted(["", "10", "2", "rear", "2B", "1"], key=unit_order) == ["1", "2", "2B", "10", "rear", ""]
