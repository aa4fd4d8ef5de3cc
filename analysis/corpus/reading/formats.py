"""The formats that hold pages: text, HTML, Word, RTF, XML. Each file is an archive's export or a page.

An export of a news archive (Nexis, Factiva and their kind) comes in any of these formats and holds many
articles, so it is looked for first; what is none is read as one page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.corpus.pages import Page, Reading, Source
from analysis.corpus.reading.decoding import Doubt, decode, decode_markup, replace_surrogates
from analysis.errors import CorpusFormatError, Problem

# Formats that keep a page's pictures in the same file.
MAX_BYTES_WITH_PICTURES = 100_000_000
_TAG = re.compile(
    r"<(?:!doctype|!--|\?xml|/?(?:html|head|body|title|meta|link|script|style|p|div|span|br|hr|a|b|i|em|strong|u"
    r"|h[1-6]|ul|ol|li|dl|table|tr|td|th|img|pre|blockquote|article|section|main|header|footer|nav|font|center)"
    r"\b)",
    re.IGNORECASE,
)
# The element that holds all others, after what may stand before it.
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_ROOT_WITHIN = 4_096


def read_text(source: Source) -> Iterator[Reading]:
    """A text file: an export, or a page whose lines say what they are by themselves."""
    data = source.read()
    text, encoding, doubt = decode(data)
    yield _read_export_or_text(source, data, encoding, text, doubt)


def find_plain_text(source: Source) -> str | None:
    """The text of a page of text; None for an export, whose lines repeat with every article."""
    from analysis.corpus.reading.archives import find_export

    text, _, _ = decode(source.read())
    return text if find_export(text, source.suffix) is None else None


def read_markup(source: Source) -> Iterator[Reading]:
    """An HTML file: an export, or a saved page; without a single tag it is text."""
    data = source.read()
    markup, encoding, doubt = decode_markup(data)
    if not _TAG.search(markup):
        note = Problem(
            "read", "note", "The file has no HTML tags, and was read as text.", "A page of HTML.",
            "Name it .txt to read it without this note.", source.name,
        )  # fmt: skip
        reading = _read_export_or_text(replace(source, suffix=".txt"), data, encoding, markup, doubt)
        yield _with_problems(reading, note)
        return
    yield _read_html(source, data, encoding, markup, doubt)


def read_saved_page(source: Source) -> Iterator[Reading]:
    """A page saved by a browser with all its parts (.mhtml)."""
    from analysis.corpus.reading.mhtml import read_mhtml

    data = source.read(MAX_BYTES_WITH_PICTURES)
    markup, url, saved = read_mhtml(data)
    facts = replace(source.facts, url=source.facts.url or url, scraped=source.facts.scraped or saved)
    yield _read_html(replace(source, facts=facts), data, "utf-8", markup, None)


def read_word(source: Source) -> Iterator[Reading]:
    """A Word document: an export, or its paragraphs as a page of text."""
    from analysis.corpus.reading.wordfile import read_docx

    data = source.read(MAX_BYTES_WITH_PICTURES)
    yield _read_export_or_text(source, data, "utf-8", replace_surrogates(read_docx(data)), None)


def read_rich_text(source: Source) -> Iterator[Reading]:
    """A file in Rich Text Format: an export, or its paragraphs as a page of text."""
    from striprtf.striprtf import rtf_to_text

    data = source.read()
    if not data.lstrip().startswith(rb"{\rtf"):
        raise CorpusFormatError(
            "The file is not in Rich Text Format: it does not begin with {\\rtf.",
            allowed="Files that a word processor saved as .rtf.",
            todo="Save it again as .rtf or .txt.",
        )
    # The format is ASCII, and says itself which code page its other characters are of.
    text = rtf_to_text(data.decode("latin-1"), errors="replace")
    yield _read_export_or_text(source, data, "rtf", replace_surrogates(text), None)


def read_xml(source: Source) -> Iterator[Reading]:
    """An XML file: an export, or a feed; any other is left out with a note."""
    from analysis.corpus.reading.archives import find_export

    data = source.read()
    text, encoding, doubt = decode_markup(data)
    read_export = find_export(text, ".xml")
    if read_export is not None:
        yield _with_problems(read_export(source.name, _hash(data), encoding, text), *_tell(doubt, source))
    elif _FEED.search(text, 0, _ROOT_WITHIN):
        yield from read_feed_file(source)
    else:
        note = Problem(
            "read",
            "note",
            "This XML file is neither an export of a news archive nor a feed, and was not read.",
            "XML from Factiva, RSS and Atom are read.",
            "Save the articles as .html, .csv or .jsonl.",
            source.name,
        )
        yield Reading(source.name, problems=(note,))


def read_feed_file(source: Source) -> Iterator[Reading]:
    """An RSS or Atom feed: a record for each of its entries."""
    from analysis.corpus.reading.feeds import read_feed

    data = source.read()
    yield read_feed(source.name, _hash(data), data)


def _read_html(source: Source, data: bytes, encoding: str, markup: str, doubt: Doubt | None) -> Reading:
    from analysis.corpus.reading.archives import find_export
    from analysis.corpus.reading.html import read_html

    read_export = find_export(markup, ".html")
    if read_export is not None:
        reading = read_export(source.name, _hash(data), encoding, markup)
    else:
        reading = read_html(source.name, _hash(data), encoding, markup, source.facts)
    return _with_problems(reading, *_tell(doubt, source))


def _read_export_or_text(
    source: Source, data: bytes, encoding: str, text: str, doubt: Doubt | None
) -> Reading:
    from analysis.corpus.reading.archives import find_export

    sha256 = _hash(data)
    read_export = find_export(text, source.suffix)
    if read_export is not None:
        reading = read_export(source.name, sha256, encoding, text)
    else:
        page = Page(source.name, sha256, encoding, text, facts=source.facts)
        reading = Reading(source.name, sha256, page)
    return _with_problems(reading, *_tell(doubt, source))


def _tell(doubt: Doubt | None, source: Source) -> tuple[Problem, ...]:
    return (Problem("read", "warning", **doubt, page=source.name),) if doubt else ()


def _with_problems(reading: Reading, *problems: Problem) -> Reading:
    return replace(reading, problems=(*problems, *reading.problems))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
