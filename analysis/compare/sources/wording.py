"""What articles share and what each of them changed: word differences of the passages they have alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.reuse import Change, EditedPassage, find_edited_passages

if TYPE_CHECKING:
    from analysis.tables import Tables

# Two articles, whichever comes first.
Pair = frozenset[str]

PASSAGES = {
    "article_a": "string", "start_a": "int64", "end_a": "int64",
    "article_b": "string", "start_b": "int64", "end_b": "int64",
    "words": "int64", "similarity": "float64", "changed": "int64",
}  # fmt: skip
WORDING = {
    "passage": "int64", "kind": "string",
    "start_a": "int64", "end_a": "int64", "text_a": "string",
    "start_b": "int64", "end_b": "int64", "text_b": "string",
}  # fmt: skip


def edited_passages(tables: Tables) -> pd.DataFrame:
    """Passages that articles share, also where words were replaced, dropped or put in.

    The table ``reuse`` has what is alike word for word, ten words or more, stock phrases of fewer than fifty
    articles included; here a passage counts by what its words tell, so that titles and phrases do not.

    Args:
        tables: The tables of a corpus.

    Returns:
        One row a passage, in the order of the articles. Offsets lie in the articles' ``text``. ``words`` is
        how many words are equal, ``similarity`` these in both articles of all words of both sides,
        ``changed`` how many places differ: 0 is word for word.
    """
    rows = [
        (
            p.article_a, p.start_a, p.end_a, p.article_b, p.start_b, p.end_b, p.words, p.similarity,
            sum(change.kind != "same" for change in p.changes),
        )
        for p in find_edited_passages(_read_texts(tables))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(PASSAGES)).astype(PASSAGES)


def shared_wording(tables: Tables, article_a: str, article_b: str) -> pd.DataFrame:
    """The words that two articles share, and what each of them changed, passage by passage.

    Args:
        tables: The tables of a corpus; all its articles say which phrases are stock.
        article_a: Id of an article.
        article_b: Id of another one.

    Returns:
        One row a part of a passage, in the first article's order; the parts of a passage tile it on both
        sides. ``kind`` is same, replaced, only_a or only_b; a part that one article does not have has an
        empty span and text there. ``text_a`` is ``text[start_a:end_a]`` of the first article, ``text_b`` of
        the second. Passages word for word (the table ``reuse``) stand among them as one part.

    Raises:
        UnknownNameError: There is no article of that id.
    """
    return shared_wordings(tables, [(article_a, article_b)])[article_a, article_b]


def shared_wordings(tables: Tables, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], pd.DataFrame]:
    """The words that the articles of many pairs share: the corpus is read once for all of them.

    Args:
        tables: The tables of a corpus; all its articles say which phrases are stock.
        pairs: Ids of two articles each.

    Returns:
        Each pair as it was given, with what :func:`shared_wording` says of it.

    Raises:
        UnknownNameError: There is no article of such an id.
    """
    pairs = list(pairs)
    texts = _read_texts(tables)
    edited: dict[Pair, list[EditedPassage]] = defaultdict(list)
    for passage in find_edited_passages(texts, pairs):
        edited[frozenset((passage.article_a, passage.article_b))].append(passage)
    verbatim = _read_reuse(tables, {frozenset(pair) for pair in pairs})
    return {(a, b): _list_wording(texts, a, b, edited, verbatim) for a, b in pairs}


def _list_wording(
    texts: Mapping[str, str],
    article_a: str,
    article_b: str,
    edited: Mapping[Pair, Sequence[EditedPassage]],
    verbatim: Mapping[Pair, Sequence[tuple[str, Change]]],
) -> pd.DataFrame:
    """One row a part: passages with their changes, and what else is alike word for word."""
    pair = frozenset((article_a, article_b))
    passages = [
        (passage if passage.article_a == article_a else passage.turned()).changes
        for passage in edited.get(pair, ())
    ]
    for first, change in verbatim.get(pair, ()):
        change = change if first == article_a else change.turned()
        if not any(_overlap(change, changes) for changes in passages):
            passages.append((change,))
    passages.sort(key=lambda changes: changes[0].start_a)
    rows = [
        (
            number, change.kind,
            change.start_a, change.end_a, texts[article_a][change.start_a : change.end_a],
            change.start_b, change.end_b, texts[article_b][change.start_b : change.end_b],
        )
        for number, changes in enumerate(passages, 1)
        for change in changes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(WORDING)).astype(WORDING)


def _read_texts(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.articles["article_id"], tables.articles["text"].fillna(""), strict=True))


def _read_reuse(tables: Tables, pairs: Collection[Pair]) -> dict[Pair, list[tuple[str, Change]]]:
    """What the table reuse has of the pairs: the article that it names first, and the places in both."""
    found = defaultdict(list)
    named = set().union(*pairs)
    both = tables.reuse["article_a"].isin(named) & tables.reuse["article_b"].isin(named)
    for row in tables.reuse[both].itertuples():
        change = Change("same", int(row.start_a), int(row.end_a), int(row.start_b), int(row.end_b))
        found[frozenset((row.article_a, row.article_b))].append((row.article_a, change))
    return found


def _overlap(change: Change, others: Sequence[Change]) -> bool:
    """Whether a change shares a word of either article with a passage."""
    first, last = others[0], others[-1]
    apart_a = change.end_a <= first.start_a or last.end_a <= change.start_a
    apart_b = change.end_b <= first.start_b or last.end_b <= change.start_b
    return not (apart_a and apart_b)
