"""RSS and Atom files to records: one article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from analysis.codebooks import load_outlets
from analysis.corpus.pages import Reading, Record
from analysis.corpus.provenance.days import read_day
from analysis.corpus.reading.decoding import decode_markup, replace_surrogates
from analysis.corpus.reading.mojibake import mend_text, tell_mending
from analysis.corpus.reading.visible import parse_html, render
from analysis.errors import CorpusFormatError, Problem

_ALLOWED = "An RSS or Atom feed: <rss>, <feed> or <rdf:RDF>, without entities of its own."
_AS_IT_STANDS = {"sanitize_html": False, "resolve_relative_uris": False}
_LONGEST_TITLE = 200  # characters
_TOLD = 5  # doubtful dates told one by one

_DOCTYPE, _ENTITY = re.compile("<!doctype", re.IGNORECASE), re.compile("<!entity", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_TAG = re.compile(r"<[A-Za-z/!]|&[#\w]{1,30};")
_ADDRESS = re.compile(r"\S{1,200}@\S{1,200} \((?P<name>[^()]{1,200})\)")
# What feeds add to the name of their outlet: "Example Herald - RSS Feed", "Latest news | Example Herald".
_FEED_WORDS = re.compile(r"(?:\s|[-–—|:])+(?:rss(?: ?2\.0)?|atom|feeds?)$", re.IGNORECASE)
_JOINTS = re.compile(r"\s[-–—:»]\s|\|")


def read_feed(name: str, sha256: str, data: bytes) -> Reading:
    """The entries of a feed as records, in the feed's order.

    An entry's text is its full content, else its summary, without markup and with its paragraphs on lines of
    their own. Its outlet is the source that the entry names, else the feed's title.

    Args:
        name: The file's page name.
        sha256: That of its bytes.
        data: Its bytes.

    Raises:
        CorpusFormatError: It is no feed, or declares entities of its own, which can grow without end.
    """
    text, _, doubt = decode_markup(data)
    if _ENTITY.search(text) and _DOCTYPE.search(text):
        raise CorpusFormatError(
            "The feed declares entities of its own, and was not opened: they can grow without end.",
            allowed=_ALLOWED,
            todo="Take the <!ENTITY ...> lines out, or download the feed again.",
        )
    parsed = _parse(text)
    feed = _Feed(name, _clean_outlet(parsed.feed))
    for number, entry in enumerate(parsed.entries, 1):
        feed.add(number, entry)
    problems = [Problem("read", "warning", **doubt, page=name)] if doubt else []
    if parsed.bozo and isinstance(parsed.bozo_exception, Exception):
        problems.append(_tell_broken(parsed, name))
    return Reading(name, sha256, None, tuple(feed.records), tuple([*problems, *feed.tell()]))


def _parse(text: str) -> Any:
    """The feed as feedparser reads it, which is given no address and fetches nothing."""
    import feedparser

    # The text is decoded: what it declared of its bytes holds no longer.
    data = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, **_AS_IT_STANDS)
    except Exception as error:
        # A parser of whatever stands on the web: what it lets through is of any kind.
        raise _no_feed(f"{type(error).__name__}: {error}") from None
    if not parsed.get("version") and not parsed.entries:
        raise _no_feed("it holds neither a channel nor an entry")
    return parsed


def _no_feed(why: str) -> CorpusFormatError:
    return CorpusFormatError(
        f"The file is no feed that can be read: {why.splitlines()[0][:200]}.",
        allowed=_ALLOWED,
        todo="Download it again; a page of HTML should be named .html.",
    )


def _tell_broken(parsed: Any, name: str) -> Problem:
    error = parsed.bozo_exception
    line = error.getLineNumber() if hasattr(error, "getLineNumber") else None
    why = error.getMessage() if hasattr(error, "getMessage") else str(error)
    why = why.strip().rstrip(".")[:200]
    return Problem(
        "read", "warning",
        f"The feed is not valid XML ({why}). What stands before the fault was read.",
        "A whole feed.", "Entries may be missing or cut short: download the feed again.", name, line,
    )  # fmt: skip


class _Feed:
    """The records of a feed as they are read, and what there is to tell of them."""

    def __init__(self, name: str, outlet: str | None) -> None:
        self.records: list[Record] = []
        self._name, self._outlet = name, outlet
        self._problems: list[Problem] = []
        self._entries = self._summaries = self._updates = self._dates = self._places = 0
        self._example: tuple[str, str] | None = None

    def add(self, number: int, entry: Mapping[str, Any]) -> None:
        """Read one entry, the ``number``-th of the feed."""
        self._entries += 1
        text, is_summary = _find_text(entry)
        headline = _strip(entry.get("title"))
        if not text:
            named = f" (“{headline[:80]}”)" if headline else ""
            self._problems.append(Problem(
                "read", "error", f"Entry {number}{named} holds no text.",
                "An entry needs its content or a summary.", "Fetch the page that it links to.",
                self._name, number,
            ))  # fmt: skip
            return
        self._summaries += is_summary
        mended = mend_text(text)
        self._places += mended.places
        self._example = self._example or mended.example
        link = _plain(entry.get("link"))
        article_id = _plain(entry.get("id")) or link or f"{self._name}#{number - 1}"
        outlet = _clean_outlet(entry.get("source") or {}) or self._outlet
        published = self._find_day(number, entry)
        self.records.append(
            Record(
                self._name, number, article_id, mended.text, outlet, published, headline,
                _find_byline(entry), link,
            )
        )  # fmt: skip

    def tell(self) -> list[Problem]:
        """The problems of entries, and what holds for the feed as a whole."""
        told = list(self._problems)
        total = self._entries
        if not total:
            told.append(
                self._of_feed(
                    "error", "The feed holds no entry.", "At least one entry.", "Download it again."
                )
            )
        if self._dates > _TOLD:
            rest = self._dates - _TOLD
            told.append(self._of_feed(
                "warning",
                f"{rest} more {'entries have' if rest > 1 else 'entry has'} a date that was not used.",
                "A date with its year.", "They were read without their dates.",
            ))  # fmt: skip
        if self._places:
            told.append(
                Problem("read", "warning", **tell_mending(self._places, self._example), page=self._name)
            )
        if self._summaries:
            told.append(self._of_feed(
                "note", f"{self._summaries} of {total} entries hold a summary, not the article.",
                "The full content, where a feed gives it.", "To have the articles, fetch the pages of 'url'.",
            ))  # fmt: skip
        if self._updates:
            told.append(self._of_feed(
                "note", f"{self._updates} of {total} entries give the day of their last update alone.",
                "The day of publication.", "The day of the update was taken for it.",
            ))  # fmt: skip
        return told

    def _find_day(self, number: int, entry: Mapping[str, Any]) -> str | None:
        value = _plain(entry.get("published")) or _plain(entry.get("created"))
        updated = None if value else _plain(entry.get("updated"))
        day, wrong = read_day(value or updated or "")
        if wrong:
            self._dates += 1
            if self._dates <= _TOLD:
                self._problems.append(Problem(
                    "read", "warning", f"Entry {number}: the date is '{(value or updated)[:80]}', {wrong}.",
                    "A date with its year.", "The entry was read without its date.", self._name, number,
                ))  # fmt: skip
        self._updates += bool(day and updated)
        return day

    def _of_feed(self, severity: str, what: str, allowed: str, todo: str) -> Problem:
        return Problem("read", severity, what, allowed, todo, self._name)


def _find_text(entry: Mapping[str, Any]) -> tuple[str | None, bool]:
    """An entry's text, and whether it is no more than a summary."""
    contents = [_strip(part.get("value"), part.get("type")) for part in entry.get("content") or []]
    full = max((text for text in contents if text), key=len, default=None)
    if full:
        return full, False
    detail = entry.get("summary_detail") or {}
    return _strip(entry.get("summary"), detail.get("type")), True


def _strip(value: object, kind: str | None = None) -> str | None:
    """A value as text: without markup, a line a paragraph, lines of white space left out."""
    text = _plain(value)
    if text is None:
        return None
    if kind != "text/plain" and _TAG.search(text):
        try:
            text = render(parse_html(text)[0]).text
        except CorpusFormatError:
            return None
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line) or None


def _plain(value: object) -> str | None:
    text = replace_surrogates(value).strip() if isinstance(value, str) else ""
    return text or None


def _find_byline(entry: Mapping[str, Any]) -> str | None:
    written = _strip(entry.get("author"))
    # RSS asks for an address, with the name behind it.
    address = _ADDRESS.fullmatch(written) if written else None
    if address:
        return address["name"]
    names = (
        _strip(author.get("name")) for author in entry.get("authors") or [] if isinstance(author, Mapping)
    )
    return ", ".join(dict.fromkeys(name for name in names if name)) or written


def _clean_outlet(feed: Mapping[str, Any]) -> str | None:
    """The outlet that a feed's title names: a part of it that is known, else all but the word "feed"."""
    title = _strip(feed.get("title"))
    if title is None:
        return None
    title = title.replace("\n", " ")[:_LONGEST_TITLE]
    for _ in range(2):
        title = _FEED_WORDS.sub("", title)
    known = _known_outlets()
    parts = (part.strip() for part in _JOINTS.split(title))
    return next((known[part.casefold()] for part in parts if part.casefold() in known), title)


@cache
def _known_outlets() -> dict[str, str]:
    return {
        name.casefold(): outlet.name for outlet in load_outlets() for name in (outlet.name, *outlet.aliases)
    }
