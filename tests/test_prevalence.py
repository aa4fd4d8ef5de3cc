"""Intervals and corrected prevalence against independent calculations: statsmodels, and simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from analysis.compare.intervals import Share, wilson_interval
from analysis.compare.prevalence import correct_prevalence

RUNS = 300


@pytest.mark.parametrize(("right", "of"), [(0, 1), (0, 12), (3, 10), (10, 10), (47, 100), (999, 1000)])
def test_wilson_is_that_of_statsmodels(right, of):
    assert wilson_interval(right, of) == pytest.approx(proportion_confint(right, of, method="wilson"))


def test_of_nothing_anything_may_hold():
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_of_none_or_all_an_interval_ends_at_nought_or_one():
    assert {wilson_interval(0, of)[0] for of in range(1, 200)} == {0.0}
    assert {wilson_interval(of, of)[1] for of in range(1, 200)} == {1.0}
    assert Share.count(0, 0).value is None


def test_equal_weights_change_nothing_and_unequal_ones_cost_certainty():
    right = [True] * 6 + [False] * 14
    alike = Share.weigh(right, [2.5] * 20)
    assert (alike.right, alike.of) == (pytest.approx(6), pytest.approx(20))
    # Ten items stand for 90 others, ten for 10: the share is weighted, and rests on fewer than 20.
    uneven = Share.weigh(right, [9.0] * 10 + [1.0] * 10)
    assert uneven.value == pytest.approx(54 / 100)
    assert uneven.of == pytest.approx(100**2 / (10 * 81 + 10))
    assert uneven.items == 20


def test_below_ten_items_there_is_no_interval():
    assert Share.count(4, 9).interval() == (None, None)
    assert Share.count(4, 10).interval() == pytest.approx(proportion_confint(4, 10, method="wilson"))


def test_corrected_prevalence_is_rogan_and_gladens():
    # 30 % found; 80 of 100 with it are found, 180 of 200 without it are spared: (.3 + .9 - 1) / (.8 + .9 - 1)
    corrected = correct_prevalence(Share.count(300, 1000), Share.count(80, 100), Share.count(180, 200))
    assert corrected.value == pytest.approx(0.2 / 0.7)
    assert 0 < corrected.low < corrected.value < corrected.high < 1


def test_an_extraction_without_error_is_not_corrected():
    corrected = correct_prevalence(
        Share.count(300, 1000), Share.count(10**6, 10**6), Share.count(10**6, 10**6)
    )
    assert corrected.value == pytest.approx(0.3)
    # Then the interval is the one that adds z²/2 to either side (Agresti and Coull 1998).
    expected = proportion_confint(300, 1000, method="agresti_coull")
    assert (corrected.low, corrected.high) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("sensitivity", "specificity", "why"),
    [
        ((0, 0), (90, 100), "none of the items"),
        ((50, 50), (0, 0), "every item"),
        ((5, 9), (90, 100), "only 9 coded with it; 10 are needed"),
        ((50, 60), (8, 9), "only 9 coded without it; 10 are needed"),
        ((10, 50), (80, 100), "no more often"),
        ((5, 50), (80, 100), "no more often"),
    ],
)
def test_what_the_sample_cannot_tell_is_not_told(sensitivity, specificity, why):
    shares = Share.count(*sensitivity), Share.count(*specificity)
    corrected = correct_prevalence(Share.count(30, 100), *shares)
    assert (corrected.value, corrected.low, corrected.high) == (None, None, None)
    assert why in corrected.why


def simulate(draw) -> tuple[int, float]:
    """How many of the runs' intervals hold the true share, and how wide they are on average."""
    rng = np.random.default_rng(20)
    held, widths = 0, []
    for _ in range(RUNS):
        truth, corrected = draw(rng)
        assert corrected.value is not None
        held += corrected.low <= truth <= corrected.high
        widths.append(corrected.high - corrected.low)
    return held, float(np.mean(widths))


# 300 runs of a true 95 % interval hold 285; 3 standard errors of that are 11.3.
LEAST, MOST = 285 - 12, 285 + 12


@pytest.mark.parametrize(
    ("truth", "finds", "spares", "n"),
    [(0.3, 0.8, 0.9, 400), (0.1, 0.7, 0.95, 1000), (0.5, 0.6, 0.8, 300), (0.05, 0.9, 0.85, 2000)],
)
def test_interval_covers_the_truth_in_19_of_20_runs(truth, finds, spares, n):
    def draw(rng):
        found = truth * finds + (1 - truth) * (1 - spares)
        return truth, correct_prevalence(
            Share.count(int(rng.binomial(n, found)), n),
            Share.count(int(rng.binomial(60, finds)), 60),
            Share.count(int(rng.binomial(120, spares)), 120),
        )

    held, width = simulate(draw)
    assert LEAST <= held <= MOST
    assert width < 0.5


def draw_coded_corpus(rng, items=1500, coded=200, truth=0.3, finds=0.75, spares=0.9):
    """A corpus with its true and found items, of which some are coded: as the workbook uses it."""
    has = rng.random(items) < truth
    found = np.where(has, rng.random(items) < finds, rng.random(items) >= spares)
    sample = rng.choice(items, coded, replace=False)
    there, said = has[sample], found[sample]
    return truth, correct_prevalence(
        Share.count(int(found.sum()), items),
        Share.count(int(said[there].sum()), int(there.sum())),
        Share.count(int((~said[~there]).sum()), int((~there).sum())),
    )


def test_interval_is_not_too_narrow_where_the_coded_items_are_some_of_those_counted():
    assert simulate(draw_coded_corpus)[0] >= LEAST


@given(
    st.integers(0, 50), st.integers(1, 50), st.integers(0, 40), st.integers(0, 40),
    st.integers(0, 40), st.integers(0, 40),
)  # fmt: skip
def test_corrected_share_and_interval_stay_between_0_and_1(found, more, finds, misses, spares, false):
    corrected = correct_prevalence(
        Share.count(found, found + more), Share.count(finds, finds + misses),
        Share.count(spares, spares + false),
    )  # fmt: skip
    if corrected.value is None:
        assert corrected.why
    else:
        assert 0 <= corrected.low <= corrected.high <= 1
        assert 0 <= corrected.value <= 1
