"""How many articles a difference needs: against other formulas, and against the exact test itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import power_proportions_2indep, proportion_effectsize

from analysis.compare.sources.power import articles_needed, say_needed
from analysis.errors import WorkbookError

PAIRS = [(0.3, 0.6), (0.1, 0.25), (0.5, 0.52), (0.05, 0.6), (0.0, 0.4), (0.7, 1.0)]


def take_correction_out(needed: int, apart: float) -> float:
    """The size without the correction for continuity, of one with it."""
    return (needed - 1 / apart) ** 2 / needed


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(("power", "tests"), [(0.8, 1), (0.9, 1), (0.8, 14)])
def test_the_size_gives_the_power_that_statsmodels_works_out(one: float, other: float, power, tests) -> None:
    size = take_correction_out(articles_needed(one, other, power=power, tests=tests), abs(one - other))
    worked = power_proportions_2indep(one - other, other, nobs1=size, alpha=0.05 / tests).power
    assert worked == pytest.approx(power, abs=0.03)
    assert worked >= power - 0.002


@pytest.mark.parametrize(("one", "other"), [(0.3, 0.6), (0.1, 0.25), (0.45, 0.6)])
def test_it_is_a_little_more_than_the_arcsine_formula_gives(one: float, other: float) -> None:
    plain = NormalIndPower().solve_power(proportion_effectsize(one, other), alpha=0.05, power=0.8)
    assert plain < articles_needed(one, other) < 1.25 * plain


@pytest.mark.parametrize(("one", "other"), [(0.2, 0.6), (0.6, 0.95)])
def test_fishers_exact_test_finds_the_difference_four_times_in_five(one: float, other: float) -> None:
    size = articles_needed(one, other)
    having = np.arange(size + 1)
    chances = np.outer(stats.binom.pmf(having, size, one), stats.binom.pmf(having, size, other))
    likely = np.argwhere(chances > 1e-6)
    found = sum(
        chances[a, b] for a, b in likely if stats.fisher_exact([[a, size - a], [b, size - b]])[1] <= 0.05
    )
    assert 0.78 <= found <= 0.86


def test_it_is_the_same_either_way_and_grows_with_what_is_asked() -> None:
    assert articles_needed(0.3, 0.6) == articles_needed(0.6, 0.3) == articles_needed(0.7, 0.4)
    assert articles_needed(0.3, 0.6) < articles_needed(0.3, 0.6, tests=14)
    assert articles_needed(0.3, 0.6) < articles_needed(0.3, 0.6, power=0.95)
    assert articles_needed(0.3, 0.6) < articles_needed(0.3, 0.45)


def test_no_number_of_articles_tells_alike_shares_apart() -> None:
    assert articles_needed(0.4, 0.4) is None
    assert say_needed(None) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"share_one": -0.1},
        {"share_other": 40},
        {"power": 1.0},
        {"level": 0.0},
        {"level": 0.9},
        {"tests": 0},
        {"share_one": float("nan")},
    ],
)
def test_what_is_no_share_is_refused(wrong: dict) -> None:
    with pytest.raises(WorkbookError):
        articles_needed(**({"share_one": 0.3, "share_other": 0.6} | wrong))
