"""What every reader gives, whatever the file's format: pages, records, and the problems met on the way.

A page is a file, or a part of one, as characters. A plain text page says nothing else; other formats say
which stretches are headline, body or furniture (``segments``), which articles a page holds (``layout``),
and what they know of the article beside its text (``facts``). A record is a row of a table: an article that
somebody else has already cut out, its text kept unchanged.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from analysis.errors import CorpusFormatError, Problem

# A page is one text that people read; what is larger is a file of another kind, and would fill the memory.
MAX_PAGE_BYTES = 20_000_000
_PIECE = 1 << 20


# A page has hundreds: guarding each assignment, as a frozen class does, would take five times as long.
@dataclass(slots=True, unsafe_hash=True)
class Segment:
    """A stretch ``text[start:end]`` of a page with its role and the name of the rule that gave it.

    Segments are shared, and never changed.
    """

    start: int
    end: int
    role: str
    rule: str

    def text(self, page_text: str) -> str:
        """The segment's characters."""
        return page_text[self.start : self.end]


@dataclass(frozen=True)
class Facts:
    """What a format says about an article beside its text; None is unknown.

    ``published`` is an ISO day. A basis names where the value stands ("meta article:published_time").
    """

    article_id: str | None = None
    outlet: str | None = None
    outlet_basis: str | None = None
    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    published_basis: str | None = None
    scraped: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Part:
    """One article of a page, as its layout or its format shows it.

    ``segments`` are the positions of its segments in the page's list; ``stamp`` is the relative time that
    stands with it ("3 hours ago"); ``facts`` is what the format says of this article alone.
    """

    kind: str
    segments: range
    outlet: str | None = None
    outlet_basis: str | None = None
    headline: Segment | None = None
    byline: str | None = None
    stamp: Segment | None = None
    facts: Facts = Facts()


@dataclass(frozen=True)
class Layout:
    """A page's family, its segments with the roles that the family gives, its articles in page order."""

    name: str
    segments: tuple[Segment, ...]
    parts: tuple[Part, ...]
    aggregator: str | None = None


@dataclass(frozen=True)
class Page:
    """A page as characters; ``page`` is its POSIX path relative to the input (``a.zip!b.txt`` in another).

    ``segments`` tile ``text`` where the format shows what stands where, and are empty for plain text;
    ``layout`` is given where the format also shows the page's articles; ``facts`` are the page's own.
    """

    page: str
    sha256: str
    encoding: str
    text: str
    segments: tuple[Segment, ...] = ()
    layout: Layout | None = None
    facts: Facts = Facts()


@dataclass(frozen=True)
class Record:
    """A row of a table file: an article as somebody else has already cut it out."""

    page: str
    line: int
    article_id: str
    text: str
    outlet: str | None = None
    published: str | None = None
    headline: str | None = None
    byline: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a file, or one page or stretch of rows in it, gave; ``sha256`` is that of its bytes."""

    name: str
    sha256: str | None = None
    page: Page | None = None
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Source:
    """A file, or a file inside another: its page name, its suffix ("" if none), and what opens it.

    ``facts`` is what the container says of it (the address and day of a web archive's record).
    """

    name: str
    suffix: str
    opener: Callable[[], BinaryIO]
    facts: Facts = Facts()

    def read(self, limit: int = MAX_PAGE_BYTES) -> bytes:
        """All bytes.

        Raises:
            CorpusFormatError: There are more than ``limit`` of them, or none but white space.
            OSError: The file cannot be read.
        """
        # Asked for all at once, a table of a kilobyte would claim room for as much as a table may hold.
        held = io.BytesIO()
        with self.opener() as handle:
            while held.tell() <= limit and (piece := handle.read(min(_PIECE, limit + 1 - held.tell()))):
                held.write(piece)
        data = held.getvalue()
        if len(data) > limit:
            raise CorpusFormatError(
                f"The file holds more than {limit // 1_000_000} MB.",
                allowed=f"A page of up to {limit // 1_000_000} MB; a table or an archive may be larger.",
                todo="Split it into pages, or save it as .jsonl with one article a line.",
            )
        if not data.strip(b"\x00 \t\r\n"):
            raise CorpusFormatError(
                "The file is empty.",
                allowed="A page needs at least one line of text.",
                todo="Scrape it again, or remove it.",
            )
        return data
