"""What an HTML page's own markup says of its article: headline, byline, day, outlet, address.

Metadata comes first, and each value keeps the name of the place where it stands. A day is never taken from
loose text; one that cannot be is told and not used.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from analysis.corpus.pages import Facts
from analysis.corpus.provenance.days import read_day
from analysis.corpus.provenance.outlets import find_aggregator, outlet_of_domain, outlet_of_name
from analysis.corpus.reading.linked_data import LinkedArticle, read_linked_data
from analysis.errors import Problem

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "parsely-pub-date",
    "datepublished", "date.published", "publication_date", "publish_date", "publishdate", "publish-date",
    "published_time", "og:published_time", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "pubdate", "date",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "displaydate", "originalpublicationdate",
    "article.published",
)  # fmt: skip
_AUTHOR = (
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "article:author",
)
_SITE = ("og:site_name", "application-name", "dc.publisher")
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-]?"
    r"([0-3]\d)(?!\d)",
    re.IGNORECASE,
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(?P<url>\S{1,2000})")
_TITLE_PARTS = re.compile(r" [|–—·»:-] | ?[|»] ?|: ")
_BY = re.compile(r"^(?:(?:words|written)\s+)?by:?\s+", re.IGNORECASE)
_MAX_BYLINE, _MAX_OUTLET, _MAX_HEADLINE = 200, 80, 400  # characters
# Comments of a saving browser stand at the top.
_HEAD_LENGTH = 4_000


@dataclass(frozen=True)
class Described:
    """What the markup says: facts, titles in the order of their worth, and what kind of page it is.

    ``single`` is whether the page calls itself one article, ``live`` whether it calls it a live blog.
    """

    facts: Facts
    titles: tuple[str, ...]
    single: bool
    live: bool
    problems: tuple[Problem, ...]


def read_metadata(tree: HtmlElement, markup: str, known: Facts, page: str) -> Described:
    """Read what a page's markup says of its article.

    Args:
        tree: The page's root element. It is not changed.
        markup: The same page as characters.
        known: What the container says of it (address, day of the copy).
        page: The page's name, for the problems.

    Returns:
        The facts, each with its basis; what the container says stands.
    """
    marks = _Marks(tree)
    linked = read_linked_data(marks.scripts)
    saved = _SAVED_FROM.search(markup[:_HEAD_LENGTH])
    url = known.url or marks.canonical or marks.meta.get("og:url") or (saved["url"] if saved else None)
    url = url if url and _is_web(url) else (linked.url if linked else None)
    titles = tuple(_titles(marks, linked))
    published, basis, problems = _read_published(tree, marks, linked, url, known.scraped, page)
    outlet, outlet_basis = _read_outlet(marks, linked, url)
    facts = Facts(
        article_id=known.article_id,
        outlet=known.outlet or outlet,
        outlet_basis=known.outlet_basis if known.outlet else outlet_basis,
        headline=known.headline or (_without_outlet(titles[0], outlet, marks) if titles else None),
        byline=known.byline or _read_byline(marks, linked),
        published=known.published or published,
        published_basis=known.published_basis if known.published else basis,
        scraped=known.scraped,
        url=url,
    )
    live = linked is not None and linked.live
    single = not live and (linked is not None or marks.meta.get("og:type", "").lower() == "article")
    return Described(facts, titles, single, live, () if known.published else tuple(problems))


class _Marks:
    """The elements of a page that describe it, gathered in one pass; the first of each name stands."""

    def __init__(self, tree: HtmlElement) -> None:
        self.meta: dict[str, str] = {}
        self.scripts: list[str] = []
        self.times: list[tuple[str, str]] = []
        self.authors: list[str] = []
        self.canonical: str | None = None
        self.title: str | None = None
        for element in tree.iter("meta", "link", "title", "script", "time", "a"):
            getattr(self, f"_read_{element.tag}")(element)

    def _read_meta(self, element: HtmlElement) -> None:
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            self.meta.setdefault(name.strip().lower(), content)

    def _read_link(self, element: HtmlElement) -> None:
        if self.canonical is None and element.get("rel", "").lower() == "canonical":
            self.canonical = (element.get("href") or "").strip() or None

    def _read_title(self, element: HtmlElement) -> None:
        if self.title is None and element.text:
            self.title = " ".join(element.text.split())

    def _read_script(self, element: HtmlElement) -> None:
        if "ld+json" in element.get("type", "").lower() and element.text:
            self.scripts.append(element.text)

    def _read_time(self, element: HtmlElement) -> None:
        value = (element.get("datetime") or element.get("content") or "").strip()
        if element.get("itemprop", "").lower() == "datepublished":
            self.times.append((value or _own_text(element), "<time itemprop=datePublished>"))
        elif value and element.get("pubdate") is not None:
            self.times.append((value, "<time pubdate>"))

    def _read_a(self, element: HtmlElement) -> None:
        if "author" in element.get("rel", "").lower().split() and len(self.authors) < 5:
            self.authors.append(_own_text(element))


def _own_text(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())[:_MAX_HEADLINE]


def _is_web(url: str) -> bool:
    return len(url) <= 2_000 and url.lower().startswith(("http://", "https://"))


def _titles(marks: _Marks, linked: LinkedArticle | None) -> Iterator[str]:
    values = (
        linked.headline if linked else None,
        marks.meta.get("og:title"),
        marks.meta.get("twitter:title"),
        marks.title,
    )
    for value in values:
        title = " ".join(html.unescape(value or "").split())
        if title and len(title) <= _MAX_HEADLINE:
            yield title


def _without_outlet(title: str, outlet: str | None, marks: _Marks) -> str:
    """A title without the site's name behind or before it: "Ferries stop | Example Herald"."""
    names = {_squash(name) for name in (outlet, *(marks.meta.get(key) for key in _SITE)) if name}
    parts = [match.span() for match in _TITLE_PARTS.finditer(title)]
    if parts and _squash(title[parts[-1][1] :]) in names:
        return title[: parts[-1][0]]
    if parts and _squash(title[: parts[0][0]]) in names:
        return title[parts[0][1] :]
    return title


def _squash(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold().removeprefix("the")


def _read_byline(marks: _Marks, linked: LinkedArticle | None) -> str | None:
    values = [", ".join(linked.authors)] if linked else []
    values += [marks.meta.get(name, "") for name in _AUTHOR]
    values.append(", ".join(dict.fromkeys(marks.authors)))
    for value in values:
        byline = _BY.sub("", " ".join(html.unescape(value).split()))
        if byline and len(byline) <= _MAX_BYLINE and "//" not in byline and not byline.startswith("@"):
            return byline
    return None


def _read_outlet(
    marks: _Marks, linked: LinkedArticle | None, url: str | None
) -> tuple[str | None, str | None]:
    """Whose page it is; an aggregator's name is nobody's, and the text may say more."""
    outlet = outlet_of_domain(url) if url else None
    if outlet:
        return outlet, "the page's address"
    names = [(linked.publisher if linked else None, "JSON-LD publisher")]
    names += [(html.unescape(marks.meta.get(key, "")), f"meta {key}") for key in _SITE]
    for name, basis in names:
        if name and len(name) <= _MAX_OUTLET and "//" not in name and not find_aggregator([name]):
            return outlet_of_name(name), basis
    return None, None


def _read_published(
    tree: HtmlElement,
    marks: _Marks,
    linked: LinkedArticle | None,
    url: str | None,
    scraped: str | None,
    page: str,
) -> tuple[str | None, str | None, list[Problem]]:
    """The day of publication, where it stands, and the values that cannot be it."""
    not_after = date.fromisoformat(scraped) if scraped else None
    problems: list[Problem] = []
    for value, basis in _dates(marks, linked, url):
        day, wrong = read_day(value, not_after=not_after)
        if day:
            return day, basis, problems
        if wrong:
            problems.append(_doubt(value, basis, wrong, page))
    day = _search_markup(tree)
    day, _ = read_day(day, not_after=not_after) if day else (None, None)
    return day, day and "the page's markup, by htmldate", problems


def _dates(marks: _Marks, linked: LinkedArticle | None, url: str | None) -> Iterator[tuple[str, str]]:
    if linked and linked.published:
        yield linked.published, "JSON-LD datePublished"
    for name in _PUBLISHED:
        if name in marks.meta:
            yield marks.meta[name], f"meta {name}"
    yield from marks.times
    day = _URL_DAY.search(urlsplit(url).path) if url else None
    if day:
        yield "-".join(day.groups()), "the day in the page's address"


def _search_markup(tree: HtmlElement) -> str | None:
    from htmldate import find_date

    try:
        return find_date(tree, extensive_search=False, original_date=True)
    # A library for odd pages meets odder ones; a page without a day is still a page.
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _doubt(value: str, basis: str, wrong: str, page: str) -> Problem:
    return Problem(
        "date",
        "warning",
        f"{basis} is '{value[:80]}', {wrong}; it was not used.",
        "A day of publication as YYYY-MM-DD, not in the future.",
        "Give the page's day in corpus.toml if you know it.",
        page,
    )
