"""Money: exact, rounded half up once, and ratios that agree with fractions."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagelaw.money import (
    GRAINS,
    GRAINS_PER_CENT,
    cents,
    decimal_text,
    dollars,
    from_cents,
    lesser,
    parse_units,
    plain,
    rate_units,
    total,
)
from wagelaw.ratio import Ratio, ratio

WHOLE = st.integers(-(10**12), 10**12)
BELOW = st.integers(1, 10**6)
NUMBERS = st.one_of(WHOLE, st.builds(Fraction, WHOLE, BELOW), st.builds(Ratio, WHOLE, BELOW))


@pytest.mark.parametrize(
    ("text", "units"), [("0", 0), ("1234.56", 12345600), ("0.0001", 1), ("7.5", 75000), ("-2.25", -22500)]
)
def test_amounts_are_read_exactly(text, units):
    assert parse_units(text) == units


def test_a_rate_finer_than_its_unit_is_refused():
    assert rate_units(Fraction("16.90")) == 169_000
    with pytest.raises(ValueError, match="finer"):
        rate_units(Fraction(1, 3))


@pytest.mark.parametrize(
    ("grains", "rounded"),
    [
        (0, 0),
        (GRAINS, 100),
        (GRAINS_PER_CENT // 2, 1),
        (GRAINS_PER_CENT // 2 - 1, 0),
        (Fraction(GRAINS_PER_CENT, 2), 1),
        (Fraction(GRAINS_PER_CENT * 3, 2), 2),
        (Ratio(GRAINS_PER_CENT * 7 - 1, 14), 0),
        (-GRAINS_PER_CENT // 2, 0),
    ],
)
def test_rounding_is_half_up(grains, rounded):
    assert cents(grains) == rounded


@given(NUMBERS)
def test_rounding_is_the_nearest_cent(amount):
    exact = Fraction(amount) / GRAINS_PER_CENT
    assert Fraction(-1, 2) < cents(amount) - exact <= Fraction(1, 2)


@given(st.integers(-(10**9), 10**9))
def test_cents_come_back(count):
    assert cents(from_cents(count)) == count
    assert Fraction(dollars(count)) == Fraction(count, 100)


@given(NUMBERS, st.integers(0, 6))
def test_decimals_are_near(amount, places):
    assert abs(Fraction(decimal_text(amount, places)) - Fraction(amount)) <= Fraction(1, 2 * 10**places)


def test_an_amount_many_times_is_multiplied():
    one, other = Fraction(1, 3), Fraction(1, 7)
    assert total([one, one, other, one]) == 1 + other
    assert total([]) == 0
    assert lesser(one, other) == other


def test_numbers_leave_arrays_as_pythons_own():
    numpy = pytest.importorskip("numpy")
    assert type(plain(numpy.int64(5))) is int
    assert plain(Fraction(1, 3)) == Fraction(1, 3)


@given(WHOLE, BELOW, NUMBERS)
def test_ratios_are_fractions(above, below, other):
    one, exact = Ratio(above, below), Fraction(above, below)
    theirs = Fraction(other)
    for act in (operator.add, operator.sub, operator.mul):
        assert Fraction(act(one, other)) == act(exact, theirs)
        assert Fraction(act(other, one)) == act(theirs, exact)
    for compare in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne):
        assert compare(one, other) == compare(exact, theirs)
        assert compare(other, one) == compare(theirs, exact)
    assert hash(one) == hash(exact)
    assert bool(one) == bool(exact)
    assert -one == -exact
    assert one / below == exact / below


@given(WHOLE, BELOW, BELOW)
def test_a_ratio_of_a_ratio(above, below, more):
    assert ratio(Ratio(above, below), more) == Fraction(above, below * more)
