"""Which rows of a large table travel: never too many, every stratum, the same for the same rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.views.sampling import sample_rows, share_rows

SIZES = st.lists(st.integers(1, 60), min_size=1, max_size=8)
BY = ("outlet", "frame")


def make_rows(sizes: list[int]) -> pd.DataFrame:
    """As many rows a stratum as said: an outlet has three frames."""
    strata = np.repeat(np.arange(len(sizes)), sizes)
    return pd.DataFrame({
        "article_id": [f"a{n // 4}" for n in range(len(strata))],
        "start": np.arange(len(strata)),
        "sentence": [f"Sentence {n} of the harbour." for n in range(len(strata))],
        "outlet": [f"Outlet {stratum // 3}" for stratum in strata],
        "frame": [f"frame {stratum % 3}" for stratum in strata],
    })  # fmt: skip


def chosen(rows: pd.DataFrame, **options) -> pd.DataFrame:
    return rows.iloc[sample_rows(rows, BY, **options)]


@given(SIZES, st.integers(0, 300))
def test_shares_are_proportional_within_one_and_every_stratum_has_one_where_there_is_room(sizes, most):
    shares = share_rows(sizes, most)
    assert shares.sum() == min(most, sum(sizes))
    assert (shares <= sizes).all()
    if most >= len(sizes):
        assert (shares >= 1).all()
    # Who gives one row for the sake of its stratum leaves the rest to be shared by the others.
    exact = np.array(sizes) * most / sum(sizes)
    others = exact >= 1 if most >= len(sizes) else np.ones(len(sizes), dtype=bool)
    lifted = shares[~others].sum()
    if sum(sizes) > most and (shares[others] > 1).all() and others.any():
        left = np.array(sizes)[others]
        assert (abs(shares[others] - left * (most - lifted) / left.sum()) < 1).all()


@settings(max_examples=50)
@given(SIZES, st.integers(1, 300), st.integers(0, 5), st.integers(0, 9))
def test_a_sample_is_the_same_whatever_the_order_of_the_rows(sizes, most, seed, turn):
    rows = make_rows(sizes)
    first = chosen(rows, most=most, seed=seed)
    assert len(first) == min(most, len(rows))
    assert list(first["start"]) == sorted(first["start"])
    places = np.random.default_rng(turn).permutation(len(rows))
    again = chosen(rows.iloc[places], most=most, seed=seed)
    assert set(again["start"]) == set(first["start"])
    # Rows keep the order that they have in the table they are chosen from.
    assert list(again["start"]) == [n for n in places if n in set(first["start"])]
    strata = rows.groupby(list(BY)).ngroups
    if most >= strata:
        assert first.groupby(list(BY)).ngroups == strata


def test_another_seed_chooses_other_rows():
    rows = make_rows([500, 300, 200])
    first, second = (set(chosen(rows, most=100, seed=seed)["start"]) for seed in (0, 1))
    assert first != second
    assert len(first & second) < 50


def test_a_table_that_fits_travels_whole():
    rows = make_rows([5, 4])
    assert list(sample_rows(rows, BY, most=9)) == list(range(9))
    assert list(sample_rows(rows.head(0), BY, most=9)) == []


@pytest.mark.parametrize("cell", [["a", "b"], 2.5, pd.NA])
def test_strata_of_lists_of_numbers_and_of_nothing(cell):
    rows = make_rows([40]).assign(frame=pd.Series([cell if n < 3 else None for n in range(40)], dtype=object))
    assert len(chosen(rows, most=10)) == 10
