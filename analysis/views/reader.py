"""The side-by-side reader: two articles, and what is found in them as layers of marks.

A live view asks the kernel for the texts that it shows; nothing of them stands in its state. A page holds the
sentences that carry a mark, of no article more than half, and the first words of each shared passage, unless
whole articles may travel with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import pandas as pd
import traitlets

from analysis.compare.sources.choose import select_compared
from analysis.compare.sources.stories import find_closest_articles, find_stories
from analysis.compare.sources.wording import edited_passages
from analysis.errors import UnknownNameError
from analysis.tables import Tables, known_rows
from analysis.views.chart import count_noun
from analysis.views.encoding import UNKNOWN, encode_evidence
from analysis.views.evidence import make_evidence
from analysis.views.explorer import EvidenceStore, View
from analysis.views.reader_encoding import (
    MOST_PASSAGE_WORDS,
    Limits,
    choose_pieces,
    divide_whole,
    encode_article,
    encode_passages,
    limit_passages,
    read_spans,
)
from analysis.views.reader_marks import (
    LAYERS,
    MOST_SEARCHED,
    Pair,
    Passage,
    find_passages,
    read_marks,
)
from analysis.views.sharing import WHOLE, is_live, may_show_whole_texts, say_sharing
from analysis.views.story import describe_articles

MOST_ARTICLES = 40  # that travel with a page, unless more are named
MOST_LISTED = 2000  # that can be chosen in a live view, unless more are named
MOST_PAIRS = 200  # of articles of one story, in which passages are looked for
TITLE = "Read two articles side by side"
LIVE, EVIDENCE, FULL = "live", "evidence", "full"
_SHARED = ["article_a", "article_b", "words"]


class ReaderView(View):
    """Two articles side by side; made by :func:`show_reader`.

    ``left`` and ``right`` are the ids of the articles, ``right`` may be "" for none; ``layers`` are the
    layers of marks that are switched on. Python can observe and set them.
    """

    left = traitlets.Unicode().tag(sync=True)
    right = traitlets.Unicode().tag(sync=True)
    layers = traitlets.List(traitlets.Unicode(), list(LAYERS)).tag(sync=True)

    def __init__(self, tables: Any, codebook: str, **traits: Any) -> None:
        super().__init__(**traits)
        self._tables, self._codebook = tables, codebook
        self.on_msg(self._answer)

    def __repr__(self) -> str:
        heads = {head["id"]: head for head in self.store.data["heads"]}
        shown = [heads[each] for each in (self.left, self.right) if each in heads]
        if not shown:
            return self.store.data["empty"]
        return " | ".join(f"{head['outlet']}, {head['published']}: {head['headline']}" for head in shown)

    def read_article(self, article: str) -> dict[str, Any]:
        """Read a whole article for the browser, as :func:`reader_encoding.encode_article` writes it.

        Raises:
            UnknownNameError: There is no such article.
        """
        rows = self._tables.articles
        if article not in set(rows["article_id"]):
            raise UnknownNameError.among("article", article, rows["article_id"])
        return _read_whole(self._tables, [article], self._codebook)[article]

    def _answer(self, _: Any, asked: Any, __: Any) -> None:
        """Answer the browser, which may ask for an article that it shows and for what a pair shares."""
        if self.store.data["mode"] != LIVE:
            return
        known = set(self._tables.articles["article_id"])
        if asked.get("kind") == "text" and asked.get("article") in known:
            self.send({**asked, "reading": self.read_article(asked["article"])})
        elif asked.get("kind") == "passages" and known.issuperset(asked.get("pair", [""])):
            texts = _read_texts(self._tables, asked["pair"])
            passages = find_passages(self._tables, [tuple(asked["pair"])])
            self.send({**asked, "passages": encode_passages(passages, texts)})


def show_reader(
    tables: Any,
    articles: Sequence[str] | None = None,
    *,
    codebook: str = "policy_frames",
    title: str = TITLE,
    note: str = "",
) -> ReaderView:
    """Read two articles side by side, with what is found in them marked in layers that can be switched.

    In JupyterLab any two articles can be chosen, of a large corpus two of 2,000 or of those that are named,
    and their texts come from the kernel. A page made of the notebook holds 40 articles at most, or those that
    are named, and of each the sentences that carry a mark, half of them at most; with ``--full-text`` whole
    articles.

    The view begins with the first two articles named, else with two that share a passage or tell one story,
    or have most in common, articles on a topic before others; else with the longest of two outlets. Frames
    are marked apart in the journalist's own words and in quoted ones, quotations by passage, events at their
    trigger.

    Args:
        tables: The extracted tables.
        articles: Ids of the articles to choose from, the first two first; one article stands alone.
        codebook: Whose frames are marked.
        title: The heading.
        note: A line below it.

    Returns:
        A view for the last line of a cell; it stands alone or in a ``VBox`` or ``Tab``.

    Raises:
        UnknownNameError: There is no such article or codebook.
    """
    named = list(dict.fromkeys(articles or ()))
    known = set(tables.articles["article_id"])
    for article in named:
        if article not in known:
            raise UnknownNameError.among("article", article, known)
    pairs = [] if named else _find_pairs(tables)
    ranked = named or _rank_articles(tables, pairs)
    pair = named[:2] if named else _choose_pair(tables, pairs)
    mode = LIVE if is_live() else FULL if may_show_whole_texts() else EVIDENCE
    shown = named or ranked[: MOST_LISTED if mode == LIVE else MOST_ARTICLES]
    if not set(pair) <= set(shown):
        shown = list(dict.fromkeys([*pair, *shown]))[: len(shown)]
    total = len(tables.articles)
    data = {
        **encode_evidence(make_evidence(tables, tables.sentences.head(0), ()), {}),
        "unit": "mark", "units": "marks", "total_articles": total, "unknown": UNKNOWN,
        "empty": "There is no article to read: none was found in this corpus.",
        "heads": describe_articles(tables, shown), "mode": mode, "most_words": MOST_PASSAGE_WORDS,
        "chosen": _say_chosen(len(shown), total),
        "sharing": say_sharing(), **_read_for_page(tables, shown, pairs, codebook, mode),
    }  # fmt: skip
    left, right = [*pair, "", ""][:2]
    return ReaderView(
        tables, codebook, kind="reader", store=EvidenceStore(data=data), title=title, note=note,
        left=left, right=right,
    )  # fmt: skip


def _say_chosen(chosen: int, total: int) -> str:
    return f"{chosen:,} of {count_noun(total, 'article')} can be chosen." if chosen < total else ""


def _find_pairs(tables: Any) -> list[Pair]:
    """Pairs of articles that share a passage, most words first, then those of one story."""
    articles = tables.articles
    if len(articles) > MOST_SEARCHED:
        shared = tables.reuse
    else:
        shared = pd.concat([frame[_SHARED] for frame in (tables.reuse, edited_passages(tables))])
    words = shared.groupby(_SHARED[:2])["words"].sum().sort_values(ascending=False, kind="stable")
    pairs = [tuple(pair) for pair in words.index]
    if 1 < len(articles) <= MOST_SEARCHED:
        for _, rows in find_stories(tables).groupby("story", sort=False):
            pairs += combinations(rows["article_id"], 2)
    return list(dict.fromkeys(pairs))[:MOST_PAIRS]


def _rank_articles(tables: Any, pairs: Iterable[Pair]) -> list[str]:
    """All articles: those of the pairs first, then those on a topic, then the longest."""
    articles = tables.articles
    ranked = articles.assign(off=~articles["on_topic"].fillna(False).astype(bool)).sort_values(
        ["off", "words"], ascending=[True, False], kind="stable", na_position="last"
    )
    return list(dict.fromkeys([*(each for pair in pairs for each in pair), *ranked["article_id"]]))


def _choose_pair(tables: Any, pairs: Sequence[Pair]) -> list[str]:
    """Two articles to begin with: a pair of two outlets on a topic, if there is one."""
    compared = select_compared(tables).articles
    outlets = dict(zip(compared["article_id"], compared["outlet"].fillna(""), strict=True))
    on_topic = [pair for pair in pairs if set(pair) <= set(outlets)]
    if not on_topic and 1 < len(compared) <= MOST_SEARCHED:
        closest = find_closest_articles(tables, off_topic=False)["article_id"].tolist()
        on_topic = [tuple(closest)] if closest else []
    # An outlet that is not known is not one more outlet.
    apart = [
        pair for pair in on_topic if len({outlets[each] for each in pair if pd.notna(outlets[each])}) == 2
    ]
    found = [*apart, *on_topic, *pairs]
    return list(found[0]) if found else _take_longest(tables)


def _take_longest(tables: Any) -> list[str]:
    """The longest article, on a topic if there is one, and the longest of another outlet."""
    ranked = _rank_articles(tables, ())
    outlets = dict(zip(tables.articles["article_id"], tables.articles["outlet"].fillna(""), strict=True))
    others = [each for each in ranked[1:] if outlets[each] and outlets[each] != outlets[ranked[0]]]
    return [*ranked[:1], *others[:1]] if others else ranked[:2]


def _read_for_page(
    tables: Any, ids: Sequence[str], pairs: Sequence[Pair], codebook: str, mode: str
) -> dict[str, Any]:
    """What travels with the view: nothing of the texts where a kernel gives them."""
    readings: dict[str, Any] = {}
    if mode == LIVE:
        read_marks(tables, (), codebook)  # says what is wrong with the codebook
        return {"readings": readings, "passages": []}
    chosen = set(ids)
    named = list(combinations(ids, 2))[:MOST_PAIRS] if not pairs else []
    passages = find_passages(tables, [pair for pair in (*pairs, *named) if set(pair) <= chosen])
    texts = _read_texts(tables, chosen)
    if mode == FULL:
        readings = _read_whole(tables, ids, codebook)
        return {"readings": readings, "passages": encode_passages(passages, texts), "texts": WHOLE}
    limits = limit_passages(passages, texts)
    readings = _read_evidence(tables, ids, codebook, passages, limits)
    return {"readings": readings, "passages": encode_passages(passages, texts, limits)}


def _read_whole(tables: Any, ids: Sequence[str], codebook: str) -> dict[str, Any]:
    marks, spans = read_marks(tables, ids, codebook), read_spans(tables, ids)
    return {
        row["article_id"]: encode_article(
            row, divide_whole(row["text"] or "", spans[row["article_id"]]), 0, marks[row["article_id"]],
            len(spans[row["article_id"]]),
        )
        for row in _find_articles(tables, ids)
    }  # fmt: skip


def _read_evidence(
    tables: Any,
    ids: Sequence[str],
    codebook: str,
    passages: Sequence[Passage],
    limits: Limits,
) -> dict[str, Any]:
    marks, spans = read_marks(tables, ids, codebook), read_spans(tables, ids)
    shared: dict[str, list[tuple[int, int]]] = {}
    for (number, side), parts in limits.items():
        shared.setdefault(passages[number].articles[side], []).extend(parts)
    readings = {}
    for row in _find_articles(tables, ids):
        article = row["article_id"]
        pieces, after = choose_pieces(
            row["text"] or "", spans[article], marks[article], shared.get(article, ())
        )
        readings[article] = encode_article(row, pieces, after, marks[article], len(spans[article]))
    return readings


def _find_articles(tables: Tables, ids: Iterable[str]) -> list[dict[str, Any]]:
    articles = tables.articles
    return known_rows(articles[articles["article_id"].isin(set(ids))].drop_duplicates("article_id"))


def _read_texts(tables: Any, ids: Iterable[str]) -> dict[str, str]:
    rows = tables.articles[tables.articles["article_id"].isin(set(ids))]
    return dict(zip(rows["article_id"], rows["text"].fillna(""), strict=True))
