"""What a corpus can and cannot tell about framing, computed from the corpus itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import pandas as pd

from analysis.compare.framing_units import (
    list_codebooks,
    make_units,
    place_rows,
    select_frames,
    select_readable,
)
from analysis.compare.said import select_quotations
from analysis.compare.saying import say_count as _count
from analysis.compare.saying import say_list
from analysis.compare.small import MIN_ARTICLES, can_test
from analysis.corpus.provenance.span import span_publication
from analysis.tables import Tables


def say_limits(tables: Tables, codebook: str = "policy_frames") -> list[str]:
    """Say what can be compared, what is unknown, and on how much the counts rest.

    Args:
        tables: The extracted tables.
        codebook: The codebook of which it is said how many sentences have none of its frames.

    Returns:
        Sentences in plain English, every number counted in these tables.

    Raises:
        UnknownNameError: There is no such codebook.
    """
    articles = select_readable(tables)
    if articles.empty:
        return ["There is no article that can be read, so nothing can be told."]
    parts = (
        _say_outlets(articles),
        _say_comparisons(articles),
        _say_dates(articles),
        _say_clusters(tables, articles),
        _say_topic(tables, articles),
        _say_quotation(tables, articles),
        _say_sentences(tables, codebook),
        _say_copies(articles),
        _say_languages(tables),
        _say_agreement(tables),
    )
    return [sentence for part in parts for sentence in part]


def _say_outlets(articles: pd.DataFrame) -> Iterator[str]:
    sizes = _outlet_sizes(articles)
    unknown = int(articles["outlet"].isna().sum())
    if not sizes:
        yield f"{_count(len(articles), 'article')}, none with a stated outlet: outlets cannot be compared."
        return
    named = _list(f"{name} ({count})" for name, count in sizes.items())
    yield f"{_count(len(articles) - unknown, 'article')} of {_count(len(sizes), 'named outlet')}: {named}."
    if unknown:
        yield f"{_count(unknown, 'article')} more with no stated outlet: what they say is said of no outlet."


def _say_comparisons(articles: pd.DataFrame) -> Iterator[str]:
    sizes = _outlet_sizes(articles)
    if len(sizes) < 2:
        return
    large = [name for name, count in sizes.items() if can_test(count)]
    pairs = len(list(combinations(sizes, 2)))
    if len(large) < 2:
        have = f"only {large[0]} has" if large else "no outlet has"
        yield (
            f"No two outlets can be tested against each other, of {_count(pairs, 'pair')}: {have} "
            f"{MIN_ARTICLES} articles or more. Differences between outlets are counts to read, no findings."
        )
        return
    possible = len(list(combinations(large, 2)))
    yield (
        f"{possible} of {_count(pairs, 'pair')} of outlets {_verb(possible, 'has', 'have')} {MIN_ARTICLES} "
        f"articles or more a side: those among {_list(large)}. Between the others there are counts alone."
    )


def _say_dates(articles: pd.DataFrame) -> Iterator[str]:
    dated = articles.dropna(subset=["published_earliest", "published_latest"])
    undated = len(articles) - len(dated)
    if undated:
        yield (
            f"{_count(undated, 'article')} of {len(articles)} {_verb(undated, 'has', 'have')} no date of "
            "publication and can be placed in no period."
        )
    if dated.empty:
        return
    days = dated[["published_earliest", "published_latest"]].astype(object)
    interval = int((days["published_earliest"] != days["published_latest"]).sum())
    span = span_publication(days.itertuples(index=False, name=None))
    longer = f", of {span.loose} to more than a month" if span.loose else ""
    yield (
        f"The dated articles were published from {span.first} to {span.last}; of {interval} the day is known "
        f"only as an interval{longer}."
    )


def _say_clusters(tables: Tables, articles: pd.DataFrame) -> Iterator[str]:
    pages = articles["page"].value_counts()
    if len(articles) > len(pages) > 0:
        yield (
            f"The articles are from {_count(len(pages), 'file')}, {pages.iloc[0]} of them from one: articles "
            "chosen together are no independent draws from what an outlet publishes."
        )
    sentences = tables.sentences["article_id"].value_counts()
    if len(sentences) > 1:
        share = sentences.iloc[0] / sentences.sum()
        yield f"The longest article holds {share:.0%} of all {sentences.sum():,} sentences."


def _say_topic(tables: Tables, articles: pd.DataFrame) -> Iterator[str]:
    topics = getattr(tables, "topic", ())
    if not topics:
        yield "No topic pack applies: there are no terms and no metaphors to compare."
        return
    on_topic = int(articles["on_topic"].fillna(False).sum())
    yield (
        f"{on_topic} of {_count(len(articles), 'article')} {_verb(on_topic, 'is', 'are')} on the topic of "
        f"{_list(topics)}: terms, metaphors and the topic's own codebooks look at "
        f"{_verb(on_topic, 'it', 'them')} alone."
    )


def _say_quotation(tables: Tables, articles: pd.DataFrame) -> Iterator[str]:
    quotes = select_quotations(tables)
    quotes = quotes[quotes["article_id"].isin(articles["article_id"])]
    words, quoted = int(articles["words"].sum()), int(quotes["text"].str.split().str.len().sum())
    if not words:
        return
    if quotes.empty:
        yield "No words stand in quotation, so no voice can be set against the journalists'."
        return
    voices = quotes.groupby(["article_id", "quote_id"])[["speaker", "party"]].first()
    nobody, neither = (int(voices[name].isna().sum()) for name in ("speaker", "party"))
    yield (
        f"{quoted / words:.0%} of {words:,} words stand in quotation, in {_count(len(voices), 'quotation')}: "
        f"{nobody} with no known speaker, {neither} with no stated party. Who is not known is not shared out "
        "among those who are."
    )


def _say_sentences(tables: Tables, codebook: str) -> Iterator[str]:
    frames = select_frames(tables, codebook)
    units = make_units(tables, "sentence", None)
    total = len(units.members)
    if not total:
        return
    framed = place_rows(units.sentences, frames[frames["field"].fillna("text") == "text"])["unit"].nunique()
    yield (
        f"{total - framed:,} of {_count(total, 'sentence')} ({(total - framed) / total:.0%}) have no frame "
        f"of '{codebook}': they may carry one in words that no entry knows."
    )


def _say_copies(articles: pd.DataFrame) -> Iterator[str]:
    wire = int(articles["wire"].notna().sum())
    groups = articles["version_group"].dropna().value_counts()
    shared = int(groups[groups > 1].sum())
    if not wire and not shared:
        yield "No article names an agency as its source, and none shares its text with another."
        return
    yield (
        f"{wire} of {_count(len(articles), 'article')} {_verb(wire, 'names', 'name')} an agency as source; "
        f"{shared} {_verb(shared, 'shares its', 'share their')} text with another. Frames that come with "
        "copied text are not the outlet's own choice of words."
    )


def _say_languages(tables: Tables) -> Iterator[str]:
    others = len(tables.articles) - len(select_readable(tables))
    if others:
        yield f"{_count(others, 'article')} in other languages {_verb(others, 'is', 'are')} not looked at."


def _say_agreement(tables: Tables) -> Iterator[str]:
    names = list_codebooks(tables)
    if names:
        yield (
            f"The matches come from {_count(len(names), 'codebook')}: {_list(names)}. How often they agree "
            "with a reader on the marked pages stands in 04-validation; on these pages it is unknown until a "
            "sample of them is coded there."
        )


def _outlet_sizes(articles: pd.DataFrame) -> dict[str, int]:
    sizes = articles["outlet"].dropna().value_counts()
    return {name: int(sizes[name]) for name in sorted(sizes.index, key=lambda name: (-sizes[name], name))}


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _list(names: Iterable[str]) -> str:
    return say_list(names, most=12)
