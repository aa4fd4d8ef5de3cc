"""What a report says first: what was found in the corpus, before any notebook runs."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.codebooks import Codebook, list_codebooks
from analysis.corpus import Corpus
from analysis.corpus.provenance.span import span_publication
from analysis.corpus.reading.files import find_folder
from analysis.corrections import FILE_NAME, read_corrections
from analysis.extraction import choose_packs
from analysis.views.chart import count_noun

_DEFAULT = "policy_frames"  # the codebook that the notebooks ask for


def describe_found(corpus: Corpus) -> list[str]:
    """Say in a few lines what a corpus holds: pages, articles, outlets, days, topic and own codebooks."""
    return [_say_articles(corpus), _say_days(corpus), _say_topic(corpus), *_say_codebooks(corpus)]


def replaced_codebooks(corpus: Corpus) -> dict[str, str]:
    """The shipped codebooks that a notebook is not to ask for, each with the name of the user's it asks for.

    One that builds on a shipped codebook runs in its place. One that stands for itself runs beside the
    others, but whoever wrote it wants to read of its frames: the first is asked for in place of the default.
    """
    replaced = {parent: book.name for book in corpus.codebooks for parent in book.lineage}
    own = next(_list_own(corpus), None)
    return replaced if own is None else {_DEFAULT: own.name, **replaced}


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
    span = span_publication((each.published_earliest, each.published_latest) for each in corpus.articles)
    if span.first is None:
        return "Published: no article has a date"
    return f"Published from {span.first} to {span.last}{span.say_rest()}"


def _say_topic(corpus: Corpus) -> str:
    topical, packs, _ = choose_packs(corpus)
    if not packs:
        chosen = "; events of any subject are looked for" if "none" in corpus.topic else ""
        return "Topic: none" + (chosen or ", as no topic pack applies")
    on_topic = sum(bool(item.match and item.match.on_topic) for item in topical)
    named = ", ".join(f"{pack.name} ({pack.title})" for pack in packs)
    return f"Topic: {named}; {on_topic} of {count_noun(len(corpus.articles), 'article')} are on it"


def _say_codebooks(corpus: Corpus) -> Iterator[str]:
    for book in corpus.codebooks:
        place = f", in place of {book.lineage[0]}" if book.lineage else ""
        asked = not place and replaced_codebooks(corpus).get(_DEFAULT) == book.name
        yield f"Codebook of your own: {book.name} {book.version}{place}" + (
            "; the notebooks compare its frames" if asked else ""
        )


def _list_own(corpus: Corpus) -> Iterator[Codebook]:
    """The codebooks of the user's that build on none that ships."""
    return (book for book in corpus.codebooks if not book.lineage and book.name not in list_codebooks())
