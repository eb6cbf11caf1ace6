"""The arithmetic of the ledger, by example and at random."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from centro.clinic import ledger
from centro.clinic.ledger import Entry, Sums, changes, share, shares, sums

ONE, TWO = UUID(int=1), UUID(int=2)
ENTRIES = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(sorted(ledger.COLUMN_OF)),
        cents=st.integers(0, 10**9),
        matter=st.sampled_from([None, ONE, TWO]),
    ),
    max_size=30,
)


def of(entries: list[Entry]) -> Sums:
    return sums((entry.kind, change) for entry, change in zip(entries, changes(entries), strict=True))


def test_a_claim_worked_out_again_stands_for_the_first() -> None:
    entries = [Entry("claimed", 1_000_000, ONE), Entry("claimed", 1_250_050, ONE)]
    assert changes(entries) == [1_000_000, 250_050]
    assert of(entries).claimed == 1_250_050


def test_a_lower_claim_takes_the_difference_away() -> None:
    assert changes([Entry("claimed", 900, ONE), Entry("claimed", 400, ONE)]) == [900, -500]


def test_matters_stand_side_by_side() -> None:
    assert of([Entry("claimed", 700, ONE), Entry("claimed", 500, TWO)]).claimed == 1200


def test_a_settlement_stands_for_the_award_before_it() -> None:
    found = of([Entry("awarded", 1_200_000, ONE), Entry("agreed", 900_000, ONE), Entry("received", 300_000, ONE)])
    assert (found.awarded, found.collected, found.owed) == (900_000, 300_000, 600_000)


def test_money_that_came_in_counts_every_time() -> None:
    assert of([Entry("received", 100, ONE), Entry("received", 100, ONE)]).collected == 200


def test_what_is_given_up_is_owed_no_more_and_was_not_collected() -> None:
    found = of([Entry("awarded", 1000, ONE), Entry("received", 600, ONE), Entry("satisfied", 400, ONE)])
    assert (found.collected, found.forgiven, found.owed) == (600, 400, 0)


def test_more_than_was_owed_is_no_debt_of_the_worker() -> None:
    assert of([Entry("awarded", 1000, ONE), Entry("received", 1100, ONE)]).owed == 0


def test_nothing_is_empty() -> None:
    assert sums([]).is_empty
    assert not Sums(claimed=1).is_empty


@given(ENTRIES)
def test_columns_are_the_last_of_each_matter_or_all_that_came(entries: list[Entry]) -> None:
    """An oracle that never speaks of changes."""
    found = of(entries)
    for column, total in (("claimed", found.claimed), ("awarded", found.awarded)):
        last = {e.matter: e.cents for e in entries if ledger.COLUMN_OF[e.kind] == column}
        assert total == sum(last.values())
    assert found.collected == sum(e.cents for e in entries if e.kind == "received")
    assert found.forgiven == sum(e.cents for e in entries if e.kind == "satisfied")


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_share_is_of_a_hundred(part: int, whole: int) -> None:
    assert 0 <= share(part, whole) <= 100


def test_the_longest_bar_is_full() -> None:
    assert shares([50, 200, 0]) == [25, 100, 0]
    assert shares([]) == []
    assert shares([0, 0]) == [0, 0]
