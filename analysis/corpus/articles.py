"""Segments to articles: the kept text with its offsets, and what is known about each article."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from analysis.corpus.languages import detect_language
from analysis.corpus.pages import Facts, Layout, Page, Part, Record, Segment
from analysis.corpus.provenance.outlets import (
    aggregator_of_domain,
    find_masthead,
    find_outlet,
    find_wire,
    outlet_of_domain,
    outlet_of_name,
)
from analysis.corpus.settings import PageSettings
from analysis.errors import Problem

KEPT_ROLES = frozenset({"paragraph"})
# A paragraph that an export broke into lines of 80 characters is one line of the article; no offset changes.
_ODD_SPACES = "\u00a0\u202f\n\r\v\f\x85\u2028\u2029"
_PLAIN_SPACE = str.maketrans(dict.fromkeys(_ODD_SPACES, " "))

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

    def __repr__(self) -> str:
        return f"Article({self.article_id!r}, {self._about()})"

    def _repr_html_(self) -> str:
        # Never the text: what of it may travel with a page is decided elsewhere.
        headline = html.escape(self.headline or "No headline")
        return f"<p><strong>{headline}</strong><br>{html.escape(f'{self.article_id}: {self._about()}')}</p>"

    def _about(self) -> str:
        days = dict.fromkeys(day for day in (self.published_earliest, self.published_latest) if day)
        words = f"{self.words} word{'s' if self.words != 1 else ''}"
        return f"{self.outlet or 'no outlet'}, {' to '.join(days) or 'no date'}, {words}"

    @property
    def words(self) -> int:
        """Words in the text, as white space parts them."""
        return len(self.text.split())

    @property
    def is_readable(self) -> bool:
        """Whether it is in English, which the extractors read, or its language is unknown."""
        return self.language in (None, "en")


class PlacedSegment(NamedTuple):
    """A segment of a page and, where it was kept, its place in the article's text."""

    page: str
    segment: Segment
    article_id: str | None = None
    article_start: int | None = None
    article_end: int | None = None


class ArticleIds:
    """The ids given so far in a corpus: a second article with the same id becomes ``id~2``."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def claim(self, article_id: str, page: str) -> tuple[str, list[Problem]]:
        """An id that no article has yet, and the warning where it is not the one asked for."""
        self._seen[article_id] += 1
        if self._seen[article_id] == 1:
            return article_id, []
        new_id, _ = self.claim(f"{article_id}~{self._seen[article_id]}", page)
        return new_id, [
            Problem(
                "read",
                "warning",
                f"A second article has the id '{article_id}'; it was loaded as '{new_id}'.",
                "Each article needs an id of its own.",
                "Remove the copy, or give it another id.",
                page,
                article_id=new_id,
            )
        ]


def build_articles(
    page: Page, layout: Layout, known: PageSettings, ids: ArticleIds
) -> tuple[list[Article], list[PlacedSegment], list[Problem]]:
    """Cut a page's articles out.

    Args:
        page: The page.
        layout: Its segments and articles.
        known: What ``corpus.toml`` says about the page.
        ids: The ids that are taken.

    Returns:
        The articles in page order, every segment of the page with its place, and notes on what gave no
        article.
    """
    articles: list[Article] = []
    placed: list[PlacedSegment] = []
    problems: list[Problem] = []
    for part in layout.parts:
        segments = [layout.segments[n] for n in part.segments]
        text, places = _join(page.text, segments)
        if not text:
            problems += _note_empty(page, part, segments)
            placed += [PlacedSegment(page.page, segment) for segment in segments]
            continue
        wanted = part.facts.article_id or f"{page.page}#{len(articles)}"
        article_id, repeated = ids.claim(wanted, page.page)
        problems += repeated
        placed += [
            PlacedSegment(page.page, s, article_id, *place) for s, place in zip(segments, places, strict=True)
        ]
        asides = [segment.text(page.text) for segment in segments if segment.role == "embed"]
        described = _describe(article_id, page, layout, part, text, known)
        articles.append(replace(described, aside="\n".join(asides) or None))
    return articles, placed, problems


def build_records(
    records: Iterable[Record], known: PageSettings, ids: ArticleIds
) -> tuple[list[Article], list[Problem]]:
    """Articles of a table file: the text as it stands there; ``corpus.toml`` wins over the columns."""
    articles: list[Article] = []
    problems: list[Problem] = []
    for record in records:
        outlet, basis = record.outlet, record.outlet and _BY_RECORD
        if known.outlet:
            outlet, basis = known.outlet, _BY_USER
        elif outlet is None and record.url:
            outlet = outlet_of_domain(record.url)
            basis = outlet and "the row's address"
        published = known.published or record.published
        article_id, repeated = ids.claim(record.article_id, record.page)
        problems += repeated
        articles.append(
            Article(
                article_id,
                record.page,
                "record",
                record.text,
                headline=record.headline,
                outlet=outlet,
                outlet_basis=basis,
                aggregator=record.url and aggregator_of_domain(record.url),
                wire=find_wire(record.text, record.byline),
                byline=record.byline,
                url=known.url or record.url,
                scraped=known.scraped,
                published_earliest=published,
                published_latest=published,
                published_basis=published and (_BY_USER if known.published else _BY_RECORD),
                language=detect_language(record.text),
            )
        )
    return articles, problems


def _join(page_text: str, segments: list[Segment]) -> tuple[str, list[tuple[int | None, int | None]]]:
    """The kept segments joined by a newline, and each segment's place in that text."""
    pieces: list[str] = []
    places: list[tuple[int | None, int | None]] = []
    at = 0
    # Looking for a character is a hundred times quicker than translating a text without it.
    odd = [space for space in _ODD_SPACES if space in page_text]
    for segment in segments:
        if segment.role not in KEPT_ROLES:
            places.append((None, None))
            continue
        piece = segment.text(page_text)
        if any(space in piece for space in odd):
            piece = piece.translate(_PLAIN_SPACE)
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
    facts = _join_facts(part.facts, page.facts if own else Facts())
    url = (known.url if own else None) or facts.url
    outlet, basis = _find_outlet(page, layout, part, text, known, facts, url)
    published, published_basis = facts.published, facts.published_basis
    if own and known.published:
        published, published_basis = known.published, _BY_USER
    headline = part.headline.text(page.text).translate(_PLAIN_SPACE) if part.headline else facts.headline
    byline = part.byline or facts.byline
    return Article(
        article_id,
        page.page,
        part.kind,
        text,
        headline=headline,
        outlet=outlet,
        outlet_basis=basis,
        aggregator=layout.aggregator or (url and aggregator_of_domain(url)),
        wire=find_wire(text, byline),
        byline=byline,
        url=url,
        scraped=known.scraped or facts.scraped,
        published_earliest=published,
        published_latest=published,
        published_basis=published_basis,
        language=detect_language(text),
        stamp=part.stamp and part.stamp.text(page.text),
    )


def _find_outlet(
    page: Page,
    layout: Layout,
    part: Part,
    text: str,
    known: PageSettings,
    facts: Facts,
    url: str | None,
) -> tuple[str | None, str | None]:
    """The outlet and what it rests on: label, user, the format's facts, address, own words, masthead."""
    if part.outlet:
        return part.outlet, part.outlet_basis
    if known.outlet:
        return known.outlet, _BY_USER
    if facts.outlet:
        return outlet_of_name(facts.outlet), facts.outlet_basis
    if url and outlet_of_domain(url):
        return outlet_of_domain(url), "the page's address"
    furniture = [s.text(page.text) for s in layout.segments if s.role in ("furniture", "outlet")]
    # A live blog names itself in its welcome, which is nobody's body text.
    said = find_outlet(page.text if part.kind.startswith("liveblog") else text, furniture)
    # What stands around several articles, or on an aggregator's page, is not the name of each.
    if said[0] or layout.aggregator or len(layout.parts) > 1:
        return said
    return find_masthead(furniture)


def _join_facts(first: Facts, then: Facts) -> Facts:
    """What the first says, and what the other adds."""
    given = {field.name: getattr(first, field.name) for field in fields(Facts)}
    return replace(then, **{name: value for name, value in given.items() if value is not None})


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
