"""What a report says first: what was found in the corpus, before any notebook runs."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.corpus import Corpus
from analysis.corpus.reading.files import find_folder
from analysis.corrections import FILE_NAME, read_corrections
from analysis.extraction import choose_packs
from analysis.views.chart import count_noun


def describe_found(corpus: Corpus) -> list[str]:
    """Say in a few lines what a corpus holds: pages, articles, outlets, days, topic and own codebooks."""
    return [_say_articles(corpus), _say_days(corpus), _say_topic(corpus), *_say_codebooks(corpus)]


def replaced_codebooks(corpus: Corpus) -> dict[str, str]:
    """The shipped codebooks that one of the user's runs in place of, each with that one's name."""
    return {parent: book.name for book in corpus.codebooks for parent in book.lineage}


def list_outlets(corpus: Corpus) -> set[str]:
    """The outlets that an article of a corpus has, or is given by a correction."""
    corrected = read_corrections(find_folder(corpus.path) / FILE_NAME).corrections
    return {*corpus.outlets, *(each.value for each in corrected if each.column == "outlet")}


def _say_articles(corpus: Corpus) -> str:
    unnamed = sum(article.outlet is None for article in corpus.articles)
    return (
        f"Found {count_noun(len(corpus.articles), 'article')} in {count_noun(len(corpus.files), 'file')}, "
        f"by {count_noun(len(corpus.outlets), 'outlet')}" + (f"; {unnamed} name no outlet" if unnamed else "")
    )


def _say_days(corpus: Corpus) -> str:
    first = [article.published_earliest for article in corpus.articles if article.published_earliest]
    last = [article.published_latest for article in corpus.articles if article.published_latest]
    undated = len(corpus.articles) - len(first)
    if not first or not last:
        return "Published: no article has a date"
    return f"Published from {min(first)} to {max(last)}" + (f"; {undated} have no date" if undated else "")


def _say_topic(corpus: Corpus) -> str:
    topical, packs, _ = choose_packs(corpus)
    if not packs:
        return "Topic: none" + ("" if "none" in corpus.topic else ", as no topic pack applies")
    on_topic = sum(bool(item.match and item.match.on_topic) for item in topical)
    named = ", ".join(f"{pack.name} ({pack.title})" for pack in packs)
    return f"Topic: {named}; {on_topic} of {count_noun(len(corpus.articles), 'article')} are on it"


def _say_codebooks(corpus: Corpus) -> Iterator[str]:
    for book in corpus.codebooks:
        place = f", in place of {book.lineage[0]}" if book.lineage else ""
        yield f"Codebook of your own: {book.name} {book.version}{place}"
