"""The extraction against the people who coded a sample: what it gets right, and what its counts are worth.

What coders say is the answer of more than half of those who coded the item. Where half of them say yes and
half no, the item is undecided for that value, and is counted as such, not as right or wrong. The items that
are left are the easier ones, so that many undecided items flatter what is measured on the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.compare.agreement import WHOLE, Answer, read_answers
from analysis.compare.answers import answer_items
from analysis.compare.intervals import Share
from analysis.compare.prevalence import CorrectedPrevalence, correct_prevalence
from analysis.compare.sampling import find_standing, list_items
from analysis.tables import Tables

_SHARES = ("precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high")
_MATCHES = "a sample of matches holds nothing that was missed"


def measure_accuracy(
    tables: Tables, sample: pd.DataFrame, codings: pd.DataFrame, question: str
) -> pd.DataFrame:
    """Measure how often the extraction answers as the coders do, for the whole corpus that was drawn from.

    Args:
        tables: The extracted tables.
        sample: The sample, drawn from these tables; items whose words stand no longer there are left out.
        codings: What people coded.
        question: The question's name.

    Returns:
        One row for the whole answer, then one a value, most coded first: value, items (decided), undecided,
        coded, found, right (items); precision and recall (0 to 1), each with the 95 % interval of Wilson,
        null below ten items. They weigh each item by the items of its stratum that it stands for; with
        weights the interval is wider. For the whole answer both are the share of items answered alike. Recall
        is among the items that were sampled: what the extraction did not find at all is seen in sentences
        only, and for a sample of matches there is none. Empty where nothing is coded yet.

    Raises:
        UnknownNameError: Nobody was asked such a question, or the extraction does not answer it.
    """
    coded = _Coded.build(tables, sample, codings, question)
    rows = [_compare_whole(coded)] if coded.coders else []
    rows += [_compare_value(coded, value) for value in coded.values()]
    counts = ["value", "items", "undecided", "coded", "found", "right"]
    return pd.DataFrame(rows, columns=[*counts, *_SHARES]).astype(dict.fromkeys(_SHARES, "Float64"))


def estimate_prevalence(
    tables: Tables, sample: pd.DataFrame, codings: pd.DataFrame, question: str
) -> pd.DataFrame:
    """Estimate in how many of all items a value holds: as found, as coded, and corrected for measured error.

    Args:
        tables: The extracted tables.
        sample: The sample, drawn from these tables.
        codings: What people coded.
        question: The question's name.

    Returns:
        One row a value, most coded first: value, items (all there are), found (share in which the extraction
        finds it), coded (share of the sample, weighted), coded_low, coded_high, corrected, low and high
        (:func:`analysis.compare.prevalence.correct_prevalence`), and note: why it is not identified.

    Raises:
        UnknownNameError: Nobody was asked such a question, or the extraction does not answer it.
    """
    coded = _Coded.build(tables, sample, codings, question)
    items = list_items(tables, coded.kind, coded.by)
    said = [set(values) for values in answer_items(tables, items, question)["values"]]
    rows = []
    for value in coded.values():
        found = Share.count(sum(value in answer for answer in said), len(said))
        share, corrected = _correct(coded, value, found)
        rows.append(
            (value, len(said), found.value, *_claim(share), corrected.value, corrected.low, corrected.high,
             corrected.why)
        )  # fmt: skip
    shares = ("found", "coded", "coded_low", "coded_high", "corrected", "low", "high")
    columns = ["value", "items", *shares, "note"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(shares, "Float64"))


@dataclass(frozen=True)
class _Coded:
    """Items that people coded: votes by value, the extraction's answer, and the stratum of each.

    ``weight`` is how many items of each stratum those stand for that still stand in the corpus.
    """

    kind: str
    by: str
    coders: Mapping[str, list[Answer]]
    machine: Mapping[str, Answer]
    stratum: Mapping[str, str]
    weight: Mapping[str, float]

    @classmethod
    def build(cls, tables: Tables, sample: pd.DataFrame, codings: pd.DataFrame, question: str) -> _Coded:
        answers = read_answers(codings, question)
        standing = find_standing(sample, tables)
        # What an item stood for when it was drawn holds whatever the corpus calls its outlet by now.
        weight = (standing["of_stratum"] / standing["drawn"]).groupby(standing["stratum"]).sum()
        standing = standing[standing["item"].isin(list(answers))]
        machine = answer_items(tables, standing, question)
        about = sample.attrs["sample"]
        return cls(
            about["kind"],
            about["by"],
            {item: list(answers[item].values()) for item in standing["item"]},
            {row.item: frozenset(row.values) for row in machine.itertuples()},
            dict(zip(standing["item"], standing["stratum"], strict=True)),
            weight.astype(float).to_dict(),
        )

    def values(self) -> list[str]:
        """Every value that coders or the extraction gave, most coded first."""
        given = Counter(value for votes in self.coders.values() for answer in votes for value in answer)
        known = {*given, *(value for answer in self.machine.values() for value in answer)}
        return sorted(known, key=lambda value: (-given[value], value))

    def decide(self, value: str) -> dict[str, bool | None]:
        """What most coders of each item say of a value; null where they are split."""
        return {item: _majority(sum(value in each for each in votes), len(votes))
                for item, votes in self.coders.items()}  # fmt: skip

    def weigh(self, items: Mapping[str, object]) -> dict[str, float]:
        """How many items of the corpus each of these stands for."""
        drawn = Counter(self.stratum[item] for item in items)
        return {item: self.weight[self.stratum[item]] / drawn[self.stratum[item]] for item in items}


def _majority(yes: int, of: int) -> bool | None:
    return None if 2 * yes == of else 2 * yes > of


def _is_decided(has: list[bool | None], votes: list[Answer]) -> bool:
    """Whether coders have a common answer: where each chose another there is none, and not an empty one."""
    return None not in has and (any(has) or frozenset() in votes)


def _compare_value(coded: _Coded, value: str) -> tuple[object, ...]:
    votes = coded.decide(value)
    decided = {item: has for item, has in votes.items() if has is not None}
    found = {item: value in coded.machine[item] for item in decided}
    weights = coded.weigh(decided)
    right = sum(has and found[item] for item, has in decided.items())
    precision = _share({item: decided[item] for item in decided if found[item]}, weights)
    recall = _share({item: found[item] for item in decided if decided[item]}, weights)
    counts = len(decided), len(votes) - len(decided), sum(decided.values()), sum(found.values()), right
    return (value, *counts, *_claim(precision), *_claim(recall if coded.kind != "frames" else Share(0, 0, 0)))


def _compare_whole(coded: _Coded) -> tuple[object, ...]:
    votes = {value: coded.decide(value) for value in coded.values()}
    alike = {
        item: all(has[item] == (value in coded.machine[item]) for value, has in votes.items())
        for item in coded.coders
        if _is_decided([has[item] for has in votes.values()], coded.coders[item])
    }
    share = _share(alike, coded.weigh(alike))
    counts = len(alike), len(coded.coders) - len(alike), len(alike), len(alike), sum(alike.values())
    return (WHOLE, *counts, *_claim(share) * 2)


def _correct(coded: _Coded, value: str, found: Share) -> tuple[Share, CorrectedPrevalence]:
    decided = {item: has for item, has in coded.decide(value).items() if has is not None}
    weights = coded.weigh(decided)
    share = _share(decided, weights)
    if coded.kind == "frames":
        return share, CorrectedPrevalence(None, None, None, _MATCHES)
    says = {item: value in coded.machine[item] for item in decided}
    sensitivity = _share({item: says[item] for item in decided if decided[item]}, weights)
    specificity = _share({item: not says[item] for item in decided if not decided[item]}, weights)
    return share, correct_prevalence(found, sensitivity, specificity)


def _claim(share: Share) -> tuple[float | None, float | None, float | None]:
    """A share with its interval, or nulls where it rests on too few items."""
    return (share.value, *share.interval()) if share.enough else (None, None, None)


def _share(right: Mapping[str, bool], weights: Mapping[str, float]) -> Share:
    return Share.weigh(list(right.values()), [weights[item] for item in right])
