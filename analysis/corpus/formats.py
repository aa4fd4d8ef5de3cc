"""The formats that hold pages: text, HTML, Word, RTF, XML. Each file is an archive's export or a page.

An export of a news archive (Nexis, Factiva and their kind) comes in any of these formats and holds many
articles, so it is looked for first; what is none is read as one page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from analysis.corpus.decoding import Doubt, decode, replace_surrogates
from analysis.corpus.pages import Page, Reading, Source
from analysis.errors import CorpusFormatError, Problem


def read_text(source: Source) -> Iterator[Reading]:
    """A text file: an export, or a page whose lines say what they are by themselves."""
    data = source.read()
    text, encoding, doubt = decode(data)
    yield _read_export_or_text(source, data, encoding, text, doubt)


def find_plain_text(source: Source) -> str | None:
    """The text of a page of text; None for an export, whose lines repeat with every article."""
    from analysis.corpus.archives import find_export

    text, _, _ = decode(source.read())
    return text if find_export(text, source.suffix) is None else None


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


def _read_export_or_text(
    source: Source, data: bytes, encoding: str, text: str, doubt: Doubt | None
) -> Reading:
    from analysis.corpus.archives import find_export

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
