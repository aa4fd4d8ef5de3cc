"""How far coders agree: Krippendorff's alpha, the share of equal answers, and who said what.

Codings are a DataFrame as :mod:`analysis.compare.codings` reads it: item, coder, question, values (a list;
empty: none of them). Fewer than ten items that two coders have coded give counts, and no coefficient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare.intervals import MIN_ITEMS
from analysis.errors import UnknownNameError

WHOLE = "the whole answer"
NONE = "none of them"
DRAWS = 1000

_AGREEMENT = ["value", "coders", "items", "given", "agreement", "alpha", "low", "high", "note"]
_AGREEMENT_TYPES = dict.fromkeys(("agreement", "alpha", "low", "high"), "Float64")

Answer = frozenset[str]
Distance = Callable[[Any, Any], float]


def measure_agreement(codings: pd.DataFrame, question: str, *, seed: int = 1) -> pd.DataFrame:
    """Measure how far coders agree on a question: on the whole answer, and on each value as yes or no.

    Alpha is Krippendorff's (2019, "Content Analysis", 4th ed., chapter 12): 1 is full agreement, 0 what
    chance gives. For a whole answer with several values, two answers differ by the MASI distance (Passonneau
    2006, "Measuring Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation"): partly,
    where they share a value. For one value it is nominal. The interval is a percentile bootstrap over items,
    which takes items as independent.

    Args:
        codings: The coders' answers.
        question: The question's name.
        seed: Of the bootstrap.

    Returns:
        One row for the whole answer, then one a value, most given first: value, coders, items (coded by two
        or more), given (answers with the value), agreement (share of pairs of coders with the same answer),
        alpha, low, high (95 %), and note: why there is none. Empty where nothing is coded yet.

    Raises:
        UnknownNameError: Something is coded, but nobody was asked such a question.
    """
    answers = read_answers(codings, question)
    shared = [list(own.values()) for own in answers.values() if len(own) > 1]
    coders = len({coder for own in answers.values() for coder in own})
    if not coders:
        return pd.DataFrame(columns=_AGREEMENT).astype(_AGREEMENT_TYPES)
    given = Counter(value for own in answers.values() for answer in own.values() for value in answer)
    total = sum(len(own) for own in answers.values())
    made = [(WHOLE, coders, len(shared), total, *_measure(shared, masi_distance, seed))]
    for value, count in sorted(given.items(), key=lambda each: (-each[1], each[0])):
        units = [[value in answer for answer in unit] for unit in shared]
        made.append((value, coders, len(shared), count, *_measure(units, _differs, seed)))
    return pd.DataFrame(made, columns=_AGREEMENT).astype(_AGREEMENT_TYPES)


def confuse_coders(codings: pd.DataFrame, question: str, one: str = "", other: str = "") -> pd.DataFrame:
    """Count who answered what where both of two coders answered; the extraction may be one of them.

    Args:
        codings: The answers of both, and of others.
        question: The question's name.
        one: A coder; the first by name where none is given.
        other: Another; the next by name where none is given.

    Returns:
        One row a value that either gave, most given first: value, both, only ONE, only OTHER, neither. Where
        every answer is a single value: one row an answer of ``one``, a column an answer of ``other``. Empty
        with fewer than two coders.

    Raises:
        UnknownNameError: There is no such question, or no such coder of it.
    """
    answers = read_answers(codings, question)
    coders = sorted({coder for own in answers.values() for coder in own})
    for name in filter(None, (one, other)):
        if name not in coders:
            raise UnknownNameError.among("coder", name, coders)
    if len(coders) < 2:
        return pd.DataFrame(columns=["value", "both", "only one", "only the other", "neither"])
    one = one or next(coder for coder in coders if coder != other)
    other = other or next(coder for coder in coders if coder != one)
    pairs = [(own[one], own[other]) for own in answers.values() if one in own and other in own]
    given = Counter(value for pair in pairs for answer in pair for value in answer)
    order = sorted(given, key=lambda value: (-given[value], value))
    if all(len(answer) == 1 for pair in pairs for answer in pair):
        return _cross(pairs, order, one, other)
    rows = []
    for value in order:
        said = Counter((value in first, value in second) for first, second in pairs)
        rows.append((value, said[True, True], said[True, False], said[False, True], said[False, False]))
    return pd.DataFrame(rows, columns=["value", "both", f"only {one}", f"only {other}", "neither"])


def list_differences(codings: pd.DataFrame, sample: pd.DataFrame, question: str) -> pd.DataFrame:
    """List the items on which coders differ, with what each of them says.

    Args:
        codings: The answers, of the extraction too if it is to be compared.
        sample: The sample that they are about.
        question: The question's name.

    Returns:
        One row an item, in the sample's order: item, outlet, text, and a column a coder; null where that
        coder has not coded the item.
    """
    answers = read_answers(codings, question)
    coders = sorted({coder for own in answers.values() for coder in own})
    rows = []
    for item in sample[["item", "outlet", "text"]].to_dict("records"):
        own = answers.get(item["item"], {})
        if len(set(own.values())) > 1:
            rows.append({**item, **{coder: _join(own[coder]) if coder in own else None for coder in coders}})
    return pd.DataFrame(rows, columns=["item", "outlet", "text", *coders], dtype="object")


def read_answers(codings: pd.DataFrame, question: str) -> dict[str, dict[str, Answer]]:
    """The answers to one question by item and coder, both in order; of two by one coder the last counts.

    Raises:
        UnknownNameError: Something is coded, but nobody was asked such a question.
    """
    asked = codings[codings["question"] == question]
    if asked.empty and len(codings):
        raise UnknownNameError.among("coded question", question, set(codings["question"]))
    answers: dict[str, dict[str, Answer]] = {}
    for item, coder, values in zip(asked["item"], asked["coder"], asked["values"], strict=True):
        answers.setdefault(item, {})[coder] = frozenset(values)
    return {item: dict(sorted(answers[item].items())) for item in sorted(answers)}


def masi_distance(one: Answer, other: Answer) -> float:
    """How far two sets of values differ, 0 to 1, by MASI; between single values it is 0 or 1.

    Example:
        >>> round(masi_distance(frozenset("a"), frozenset("ab")), 3)
        0.667
    """
    if one == other:
        return 0.0
    common = len(one & other)
    if not common:
        return 1.0
    monotone = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - monotone * common / len(one | other)


def measure_alpha(units: Sequence[Sequence[Any]], distance: Distance) -> float | None:
    """Krippendorff's alpha.

    Args:
        units: The answers to each item; an item with one answer counts for nothing.
        distance: How far two answers differ.

    Returns:
        Alpha; null where all answers are the same, so that chance would give no difference either.
    """
    return _Coincidences(units, distance).alpha()


class _Coincidences:
    """How often each answer was given to each item, and how far the answers differ."""

    def __init__(self, units: Sequence[Sequence[Any]], distance: Distance) -> None:
        units = [unit for unit in units if len(unit) > 1]
        # Ordered, so that sums of the same numbers are the same numbers.
        known = sorted({answer for unit in units for answer in unit}, key=_rank)
        at = {answer: n for n, answer in enumerate(known)}
        self.counts = np.zeros((len(units), len(known)))
        for row, unit in enumerate(units):
            for answer in unit:
                self.counts[row, at[answer]] += 1
        self._distances = np.array([[distance(one, other) for other in known] for one in known])

    def alpha(self, rows: np.ndarray | None = None) -> float | None:
        """Alpha of all items, or of those at ``rows``."""
        import krippendorff

        counts = self.counts if rows is None else self.counts[rows]
        if (counts.sum(axis=0) > 0).sum() < 2:
            return None
        domain = np.arange(counts.shape[1])
        return float(
            krippendorff.alpha(
                value_counts=counts, value_domain=domain, level_of_measurement=self._measure_distance
            )
        )

    def interval(self, seed: int) -> tuple[float | None, float | None]:
        """The middle 95 % of alphas of items drawn again; nulls where a tenth of the draws have none."""
        rng = np.random.default_rng(seed)
        draws = rng.integers(0, len(self.counts), (DRAWS, len(self.counts)))
        alphas = [alpha for alpha in map(self.alpha, draws) if alpha is not None]
        if len(alphas) < 0.9 * DRAWS:
            return None, None
        low, high = np.quantile(alphas, [0.025, 0.975])
        return float(low), float(high)

    def _measure_distance(self, one: np.ndarray, other: np.ndarray, *_: Any, **__: Any) -> np.ndarray:
        return self._distances[np.asarray(one, dtype=int), np.asarray(other, dtype=int)]


def _measure(
    units: Sequence[Sequence[Any]], distance: Distance, seed: int
) -> tuple[float | None, float | None, float | None, float | None, str]:
    """Agreement, alpha, its interval, and why there is none."""
    if len(units) < MIN_ITEMS:
        return None, None, None, None, f"{len(units)} items coded by two or more; {MIN_ITEMS} are needed"
    equal = [first == second for unit in units for first, second in combinations(unit, 2)]
    table = _Coincidences(units, distance)
    alpha = table.alpha()
    if alpha is None:
        return sum(equal) / len(equal), None, None, None, "all answers are the same"
    low, high = table.interval(seed)
    if low == high and low is not None:
        # Items drawn again from items without a difference never show one.
        return sum(equal) / len(equal), alpha, None, None, "no item differs, which tells no interval"
    note = "" if low is not None else "too few items differ for an interval"
    return sum(equal) / len(equal), alpha, low, high, note


def _cross(
    pairs: Iterable[tuple[Answer, Answer]], order: Sequence[str], one: str, other: str
) -> pd.DataFrame:
    counts = Counter((min(first), min(second)) for first, second in pairs)
    rows = [(value, *(counts[value, second] for second in order)) for value in order]
    return pd.DataFrame(rows, columns=[f"{one}, down; {other}, across", *order])


def _differs(one: object, other: object) -> float:
    return float(one != other)


def _rank(answer: Any) -> Any:
    return sorted(answer) if isinstance(answer, frozenset) else answer


def _join(answer: Answer) -> str:
    return "; ".join(sorted(answer)) or NONE
