"""The units that keyness counts, how each is called, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pandas as pd

from analysis.compare.framing_units import is_topical, select_frames, select_metaphors, select_readable
from analysis.compare.keyness.collocations import learn_phrases
from analysis.compare.keyness.vocabulary import (
    Counts,
    Use,
    count_in_texts,
    count_labels,
    count_words,
    iter_phrases,
    iter_words,
)
from analysis.compare.said import select_quotations
from analysis.engine import Engine
from analysis.progress import Progress
from analysis.tables import Tables

#: Unit -> how several are called.
UNITS = {
    "word": "words",
    "lemma": "lemmas",
    "phrase": "words and phrases",
    "frame": "frames",
    "entry": "entries",
    "metaphor": "metaphors",
    "term": "terms",
    "speaker": "speakers",
}
#: Units that stand in the texts themselves; the others are rows of a table.
IN_TEXT = ("word", "lemma", "phrase")
#: Lists that no codebook bounds.
OPEN = (*IN_TEXT, "entry")
# Characters of the texts that the language model reads together: it is slow, and its progress is told.
_MODEL_PARTITION = 1 << 15
# Unit -> the column of its table that is counted
_COLUMNS = {
    "frame": "frame",
    "entry": "entry",
    "metaphor": "frame",
    "term": "term_group",
    "speaker": "speaker",
}


def choose_read(tables: Tables, articles: pd.DataFrame, unit: str, codebook: str) -> pd.DataFrame:
    """Of some articles, those in which a unit was looked for.

    Frames, terms and metaphors are looked for in English alone, and those of a topic pack in the articles on
    its topic; words, phrases and speakers everywhere.
    """
    if unit in (*IN_TEXT, "speaker"):
        return articles
    if unit == "term":
        topical = bool(getattr(tables, "topic", ()))
    else:
        books = select_metaphors(tables)["codebook"].unique() if unit == "metaphor" else [codebook]
        topical = bool(len(books)) and all(is_topical(tables, book) for book in books)
    read = select_readable(tables, topical=topical)["article_id"]
    return articles[articles["article_id"].isin(read)].reset_index(drop=True)


def count_features(
    tables: Tables,
    articles: pd.DataFrame,
    unit: str,
    codebook: str,
    progress: Progress | None = None,
    *,
    engine: Engine | None = None,
) -> Counts:
    """Count the features of each article, in its text; its headline is not counted."""
    texts = articles["text"].fillna("")
    if unit == "word":
        return count_words(texts, engine=engine)
    if unit == "lemma":
        report = None if progress is None else partial(_report, progress, len(texts))
        return count_in_texts(
            iter_base_forms, texts, partition=_MODEL_PARTITION, engine=engine, report=report
        )
    if unit == "phrase":
        phrases = learn_phrases(texts, engine=engine)
        return count_in_texts(partial(iter_phrases, phrases=phrases), texts, engine=engine)
    rows = select_rows(tables, unit, codebook)
    return count_labels(
        rows, "feature", list(articles["article_id"]), count_words(texts, engine=engine).words
    )


def select_rows(tables: Tables, unit: str, codebook: str) -> pd.DataFrame:
    """The rows of a table that are counted, those in a text alone.

    A quotation counts once, where its first passage stands.

    Returns:
        One row a use: article_id, feature, start, end.
    """
    if unit == "speaker":
        rows = select_quotations(tables).sort_values(["article_id", "start"], kind="stable")
        known = rows[rows["speaker"].notna()]
        rows = known[~known.duplicated(["article_id", "quote_id", "speaker"]) | known["quote_id"].isna()]
    elif unit == "term":
        rows = tables.terms
    else:
        rows = select_metaphors(tables) if unit == "metaphor" else select_frames(tables, codebook)
    rows = rows[(rows["field"].fillna("text") == "text") & rows[_COLUMNS[unit]].notna()]
    rows = rows.assign(feature=rows[_COLUMNS[unit]])
    return rows[["article_id", "feature", "start", "end"]].reset_index(drop=True)


def iter_base_forms(text: str) -> Iterator[Use]:
    """The words of a text by their base forms; see :func:`analysis.language.lemmas.iter_lemmas`."""
    from analysis.language.lemmas import iter_lemmas

    words = ((use.start, use.end) for use in iter_words(text))
    return (Use(found.start, found.end, found.lemma) for found in iter_lemmas(text, words))


def make_finder(unit: str, features: Sequence[str]) -> Callable[[str], Iterator[Use]]:
    """What finds words, lemmas or phrases in the text of an article, as they were counted.

    Args:
        unit: One of :data:`IN_TEXT`.
        features: All that were counted: phrases are learned once, from all articles.
    """
    if unit == "word":
        return iter_words
    if unit == "lemma":
        return iter_base_forms
    pairs = (feature.split(" ") for feature in features if " " in feature)
    phrases = frozenset((one, other) for one, other in pairs)
    return lambda text: iter_phrases(text, phrases)


def _report(progress: Progress, number: int, done: int) -> None:
    progress("finding base forms", done, number)
