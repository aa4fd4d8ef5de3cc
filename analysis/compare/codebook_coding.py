"""Whole articles coded by a codebook: what its matches add up to, and from where on an article has a frame.

A codebook finds words. How many of them make an article one "about costs" nobody can say beforehand: it is
for the coders of a study to say. So the score of an article comes from the codebook alone, and the score from
which a category is given is learned from a sample that people have coded: three numbers for each category,
and no word of the sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.codebooks import Codebook
from analysis.compare.framing_units import is_topical, select_frames, select_readable
from analysis.compare.learned.coded import MIN_EXAMPLES
from analysis.compare.learned.fitting import Sigmoids, choose_threshold, fit_sigmoids
from analysis.errors import CorpusFormatError
from analysis.matching import build_matcher, make_bare_pipeline
from analysis.tables import Tables

if TYPE_CHECKING:
    from spacy.language import Language

LEAD_CHARACTERS = 500
"""A match that begins before this character, or in the headline, counts twice: news begins with its point."""

_COLUMNS = ["unit", "category", "wording", "lead"]
_NEVER = 2.0  # a probability that nothing reaches


@dataclass(frozen=True)
class CodebookCoder:
    """Gives the categories of a codebook from the scores on that a coded sample has shown to be enough.

    ``thresholds`` are probabilities, one a category in the order of ``categories``; a category that the
    sample has too rarely is never given. ``examples`` are how often the sample has each; ``codebook`` is
    name and version.
    """

    codebook: tuple[str, str]
    categories: tuple[str, ...]
    sigmoids: Sigmoids
    thresholds: tuple[float, ...]
    examples: tuple[int, ...]

    def rate(self, scores: pd.DataFrame) -> pd.DataFrame:
        """How probable each category is. Same shape as ``scores``, 0 to 1.

        Raises:
            CorpusFormatError: The scores are of another codebook.
        """
        _check_columns(scores, self.categories, self.codebook[0])
        found = scores[list(self.categories)]
        return pd.DataFrame(self.sigmoids(found.to_numpy(float)), found.index, found.columns)

    def code(self, scores: pd.DataFrame) -> list[tuple[str, ...]]:
        """The categories of each text or article: none, one or several, in the order of the codebook.

        A category is never given without a match, however common it is in the sample.

        Raises:
            CorpusFormatError: The scores are of another codebook.
        """
        likely = self.rate(scores).to_numpy() >= np.array(self.thresholds)
        given = likely & (scores[list(self.categories)].to_numpy(float) > 0)
        return [tuple(self.categories[n] for n in np.flatnonzero(row)) for row in given]

    def untaught(self) -> tuple[str, ...]:
        """The categories that are never given, because the sample has too few examples of them."""
        return tuple(c for c, at in zip(self.categories, self.thresholds, strict=True) if at == _NEVER)


def score_texts(texts: Iterable[str], codebook: Codebook) -> pd.DataFrame:
    """Say how much of each category of a codebook stands in some texts.

    The score is log(1 + (matches + different wordings + matches in the lead) / sqrt(words)). One phrase
    that is repeated counts for less than several that say the same, what stands first counts for more, and a
    text four times as long needs twice the matches. It does not depend on the other texts.

    Args:
        texts: Plain texts, a headline first where there is one. They are cut into words and not tagged, so an
            entry that asks for a part of speech is found as any.
        codebook: What to look for.

    Returns:
        One row a text, one column a category in the order of the codebook.

    Raises:
        CorpusFormatError: A single text was given in place of several.
    """
    if isinstance(texts, str):
        raise CorpusFormatError(
            "One text was given where a list of texts is looked for.",
            allowed="A list of texts.",
            todo="Put the text into a list: [text].",
        )
    nlp = _bare_pipeline()
    matcher = build_matcher(nlp.vocab, codebook.entries)
    texts = list(texts)
    found = [
        (number, match.entry.label, match.text.lower(), match.start < LEAD_CHARACTERS)
        for number, doc in enumerate(nlp.pipe(texts))
        for match in matcher.find(doc)
    ]
    words = pd.Series([len(text.split()) for text in texts], dtype=float)
    return _score(pd.DataFrame(found, columns=_COLUMNS), words, codebook)


def score_articles(tables: Tables, codebook: Codebook) -> pd.DataFrame:
    """Say how much of each category of a codebook stands in the articles of a corpus.

    As :func:`score_texts`, from the matches in the table ``frames``; those in a headline count as the lead.

    Args:
        tables: The extracted tables.
        codebook: A codebook that ran on the corpus.

    Returns:
        One row an article that the codebook looked at, by article_id; one column a category.

    Raises:
        UnknownNameError: The codebook did not run on the corpus.
    """
    rows = select_frames(tables, codebook.name)
    articles = select_readable(tables, topical=is_topical(tables, codebook.name))
    lead = (rows["field"] == "headline") | (rows["start"] < LEAD_CHARACTERS)
    found = pd.DataFrame(
        {
            "unit": rows["article_id"], "category": rows["frame"],
            "wording": rows["text"].str.lower(), "lead": lead.astype(bool),
        }
    )  # fmt: skip
    return _score(found, articles.set_index("article_id")["words"].astype(float), codebook)


def learn_thresholds(
    scores: pd.DataFrame, coded: Sequence[Iterable[str]], codebook: Codebook
) -> CodebookCoder:
    """Learn from coded texts how much of a category makes a coder give it.

    For each category a sigmoid turns scores into probabilities (Platt 1999), and the threshold is the one
    that promises the best F1 (:func:`analysis.compare.learned.fitting.choose_threshold`).

    Args:
        scores: Of the coded texts, from :func:`score_texts` or :func:`score_articles`.
        coded: The categories that coders gave to each, in the order of ``scores``.
        codebook: The codebook that made the scores.

    Raises:
        CorpusFormatError: There are not as many codings as scores, or none at all; one names no category of
            the codebook; the scores are of another codebook.
    """
    truth = _read_codings(scores, coded, codebook)
    sigmoids = fit_sigmoids(scores.to_numpy(float), truth)
    probabilities = sigmoids(scores.to_numpy(float))
    examples = truth.sum(axis=0).astype(int)
    return CodebookCoder(
        (codebook.name, codebook.version),
        tuple(scores.columns),
        sigmoids,
        tuple(
            choose_threshold(probabilities[:, n]) if examples[n] >= MIN_EXAMPLES else _NEVER
            for n in range(len(examples))
        ),
        tuple(map(int, examples)),
    )


def code_left_out(
    scores: pd.DataFrame, coded: Sequence[Iterable[str]], codebook: Codebook, folds: Sequence[object]
) -> list[tuple[str, ...]]:
    """Code each text by thresholds learned from the other folds, to see how good that is.

    Args:
        scores: Of the coded texts.
        coded: The categories that coders gave to each.
        codebook: The codebook that made the scores.
        folds: The fold of each text.

    Returns:
        The categories given to each text, in the order of ``scores``.

    Raises:
        CorpusFormatError: As :func:`learn_thresholds`; or the folds do not fit.
    """
    coded, where = list(coded), np.array([str(fold) for fold in folds])
    _read_codings(scores, coded, codebook)
    if len(where) != len(scores) or len(set(where)) < 2:
        raise CorpusFormatError(
            f"{len(where)} texts are in {len(set(where))} folds; there are {len(scores)} texts.",
            allowed="A fold for each text, and two folds at least.",
        )
    given: list[tuple[str, ...]] = [()] * len(scores)
    for fold in dict.fromkeys(where):
        out = np.flatnonzero(where == fold)
        rest = np.flatnonzero(where != fold)
        coder = learn_thresholds(scores.iloc[rest], [coded[n] for n in rest], codebook)
        for n, categories in zip(out, coder.code(scores.iloc[out]), strict=True):
            given[n] = categories
    return given


@cache
def _bare_pipeline() -> Language:
    """A tokeniser alone, one a process: matchers are kept for its vocabulary."""
    return make_bare_pipeline()


def _score(found: pd.DataFrame, words: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """``found``: unit, category, wording, lead, a row a match; ``words``: words of each unit."""
    found = found.assign(matches=1, wordings=~found.duplicated(["unit", "category", "wording"]))
    sums = found.groupby(["unit", "category"])[["matches", "wordings", "lead"]].sum().sum(axis=1)
    names = [category.name for category in codebook.categories]
    table = sums.unstack("category") if len(sums) else pd.DataFrame()
    table = table.reindex(index=words.index, columns=names).fillna(0.0).astype(float)
    table.columns.name = None
    return np.log1p(table.div(np.sqrt(words.clip(lower=1.0)), axis=0))


def _check_columns(scores: pd.DataFrame, categories: Sequence[str], codebook: str) -> None:
    if list(scores.columns) != list(categories):
        raise CorpusFormatError(
            f"The scores have the columns {', '.join(map(str, scores.columns))}.",
            allowed=f"The categories of {codebook}: {', '.join(categories)}.",
            todo="Score the texts or articles by this codebook.",
        )


def _read_codings(scores: pd.DataFrame, coded: Sequence[Iterable[str]], codebook: Codebook) -> np.ndarray:
    """Which texts have which category: shape (texts, categories), 1.0 or 0.0."""
    _check_columns(scores, [category.name for category in codebook.categories], codebook.name)
    if not len(scores):
        raise CorpusFormatError("There are no coded texts to learn from.", allowed="One coded text or more.")
    bare = next((categories for categories in coded if isinstance(categories, str)), None)
    if bare is not None:
        raise CorpusFormatError(
            f"A coding is the bare text {bare!r}.",
            allowed="A list of categories for each text, which may be empty.",
            todo="Put the name into a list: [name].",
        )
    given = [set(categories) for categories in coded]
    if len(given) != len(scores):
        raise CorpusFormatError(
            f"{len(given)} codings were given for {len(scores)} scores.", allowed="One for each text."
        )
    unknown = sorted(set().union(*given) - set(scores.columns))
    if unknown:
        raise CorpusFormatError(
            f"The codings name {unknown[0]!r}, which is no category of the codebook.",
            allowed=f"One of: {', '.join(scores.columns)}.",
            todo="Rename it in the codings, or use the codebook that has it.",
        )
    return np.array([[float(name in each) for name in scores.columns] for each in given]).reshape(
        scores.shape
    )
