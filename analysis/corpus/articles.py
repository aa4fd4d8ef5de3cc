"""Segments to articles: the kept text with its offsets, and what is known about each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analysis.corpus.layouts import Layout, Part
from analysis.corpus.outlets import find_outlet, find_wire
from analysis.corpus.profile import detect_language
from analysis.corpus.readers import Page, Record
from analysis.corpus.segments import Segment
from analysis.corpus.settings import PageSettings
from analysis.errors import Problem

KEPT_ROLES = frozenset({"paragraph"})
_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})

_BY_USER = "corpus.toml"
_BY_RECORD = "the table's column"


@dataclass(frozen=True)
class Article:
    """An article as loaded. Its text is never changed afterwards.

    Days are ISO strings; the two ends of the publication interval are both set or both None.
    ``stamp`` is the relative time that stood with it, ``aside`` the words of the posts that were
    embedded in it and dropped: both only help to date it.
    """

    article_id: str
    page: str
    kind: str
    text: str
    headline: str | None = None
    outlet: str | None = None
    outlet_basis: str | None = None
    aggregator: str | None = None
    wire: str | None = None
    byline: str | None = None
    url: str | None = None
    scraped: str | None = None
    published_earliest: str | None = None
    published_latest: str | None = None
    published_basis: str | None = None
    language: str | None = None
    stamp: str | None = None
    aside: str | None = None

    @property
    def words(self) -> int:
        """Words in the text, as white space parts them."""
        return len(self.text.split())


@dataclass(frozen=True)
class PlacedSegment:
    """A segment of a page and, where it was kept, its place in the article's text."""

    page: str
    segment: Segment
    article_id: str | None = None
    article_start: int | None = None
    article_end: int | None = None


def build_articles(
    page: Page, layout: Layout, known: PageSettings
) -> tuple[list[Article], list[PlacedSegment], list[Problem]]:
    """Cut a page's articles out.

    Args:
        page: The page.
        layout: Its segments and articles.
        known: What ``corpus.toml`` says about the page.

    Returns:
        The articles in page order, every segment of the page with its place, and notes on what gave no
        article.
    """
    articles: list[Article] = []
    placed: list[PlacedSegment] = []
    problems: list[Problem] = []
    for part in layout.parts:
        segments = [layout.segments[n] for n in part.segments]
        article_id = f"{page.page}#{len(articles)}"
        text, places = _join(page.text, segments)
        if not text:
            problems += _note_empty(page, part, segments)
            placed += [PlacedSegment(page.page, segment) for segment in segments]
            continue
        placed += [
            PlacedSegment(page.page, s, article_id, *place) for s, place in zip(segments, places, strict=True)
        ]
        asides = [segment.text(page.text) for segment in segments if segment.role == "embed"]
        described = _describe(article_id, page, layout, part, text, known)
        articles.append(replace(described, aside="\n".join(asides) or None))
    return articles, placed, problems


def build_records(records: Iterable[Record], known: PageSettings) -> Iterator[Article]:
    """Articles of a table file: the text as it stands there; ``corpus.toml`` wins over the columns."""
    for record in records:
        outlet = known.outlet or record.outlet
        published = known.published or record.published
        yield Article(
            record.article_id,
            record.page,
            "record",
            record.text,
            headline=record.headline,
            outlet=outlet,
            outlet_basis=outlet and (_BY_USER if known.outlet else _BY_RECORD),
            wire=find_wire(record.text, record.byline),
            byline=record.byline,
            url=known.url or record.url,
            scraped=known.scraped,
            published_earliest=published,
            published_latest=published,
            published_basis=published and (_BY_USER if known.published else _BY_RECORD),
            language=detect_language(record.text),
        )


def rename_repeats(articles: Iterable[Article]) -> Iterator[tuple[Article, Problem | None]]:
    """Give a second article with the same id the id ``id~2``, with a problem that says so."""
    seen: dict[str, int] = {}
    for article in articles:
        seen[article.article_id] = n = seen.get(article.article_id, 0) + 1
        if n == 1:
            yield article, None
            continue
        new_id = f"{article.article_id}~{n}"
        yield (
            replace(article, article_id=new_id),
            Problem(
                "read",
                "warning",
                f"A second article has the id '{article.article_id}'; it was loaded as '{new_id}'.",
                "Each article needs an id of its own.",
                "Remove the copy, or give it another id.",
                article.page,
                article_id=new_id,
            ),
        )


def _join(page_text: str, segments: list[Segment]) -> tuple[str, list[tuple[int | None, int | None]]]:
    """The kept segments joined by a newline, and each segment's place in that text."""
    pieces: list[str] = []
    places: list[tuple[int | None, int | None]] = []
    at = 0
    for segment in segments:
        if segment.role not in KEPT_ROLES:
            places.append((None, None))
            continue
        piece = segment.text(page_text).translate(_NO_BREAK)
        at += 1 if pieces else 0
        places.append((at, at + len(piece)))
        pieces.append(piece)
        at += len(piece)
    return "\n".join(pieces), places


def _describe(
    article_id: str, page: Page, layout: Layout, part: Part, text: str, known: PageSettings
) -> Article:
    # An article under another outlet's label is not the page's own: what is known of the page is not its.
    own = part.outlet is None
    # A live blog names itself in its welcome, which is nobody's body text.
    outlet, basis = part.outlet, part.outlet_basis
    if outlet is None and own and known.outlet:
        outlet, basis = known.outlet, _BY_USER
    if outlet is None:
        outlet, basis = find_outlet(page.text if part.kind.startswith("liveblog") else text)
    return Article(
        article_id,
        page.page,
        part.kind,
        text,
        headline=part.headline and part.headline.text(page.text).translate(_NO_BREAK),
        outlet=outlet,
        outlet_basis=basis,
        aggregator=layout.aggregator,
        wire=find_wire(text, part.byline),
        byline=part.byline,
        url=known.url if own else None,
        scraped=known.scraped,
        published_earliest=known.published if own else None,
        published_latest=known.published if own else None,
        published_basis=_BY_USER if own and known.published else None,
        language=detect_language(text),
        stamp=part.stamp and part.stamp.text(page.text),
    )


def _note_empty(page: Page, part: Part, segments: list[Segment]) -> list[Problem]:
    if not any(segment.role != "blank" for segment in segments):
        return []
    line = page.text.count("\n", 0, segments[0].start) + 1
    return [
        Problem(
            "segment", "note", f"A part of the page ({part.kind}) has no running text and gives no article.",
            "An article needs at least one paragraph.", "See the roles and rules in the table segments.",
            page.page, line,
        )
    ]  # fmt: skip
