"""Europresse exports in HTML: articles one after the other, each with its document number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.corpus.pages import Reading
from analysis.corpus.reading.archives.documents import (
    Document,
    ExportReader,
    Line,
    Mark,
    build_reading,
    collapse,
    compare_counts,
    find_day,
)
from analysis.corpus.reading.archives.markup import Rendered, iter_classes, render_markup

_ARCHIVE = "Europresse"
_SOURCE, _STAMP = "docpublicationname", "docheader"
_TITLES = frozenset({"titrearticlevisu", "titrearticle"})
_BYLINES = frozenset({"sm-margin-bottomnews", "docauthors"})
_TEXTS = frozenset({"doctext", "dococurrcontainer"})
_CLOSING = frozenset({"txtcertificat", "public-lblnodoc", "public-lblnodoc-text"})
_NUMBER = re.compile(
    r"(?:num(?:é|e)ro de document|document number|número de documento|dokumentnummer)\s?:\s?(\S+)", re.I
)
_CERTIFIED = re.compile(r"(?:news|web|tv|radio|pdf)·[0-9]{8}·\S{1,30}·\S{1,40}")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s?[0-9]{4}", re.IGNORECASE)
_ISSUE = re.compile(r",? (?:no|n°|nº)\.? ?[0-9]{1,7}$", re.IGNORECASE)
_MAX_BYLINE = 8  # words
_TEXT_ROLES = (None, "paragraph")
_LETTER = re.compile(r"[^\W\d_]")


def find_markup_reader(markup: str) -> ExportReader | None:
    """The reader for an HTML page, if it is an export of Europresse."""
    return read_html if "DocPublicationName" in markup and "itreArticle" in markup else None


def read_html(name: str, sha256: str, encoding: str, markup: str) -> Reading:
    """Read an export."""
    page = render_markup(markup, own_line=_TITLES | {_SOURCE})
    roles = [_find_role(page, n) for n in range(len(page.lines))]
    starts = [n for n, role in enumerate(roles) if role == "outlet" and (not n or roles[n - 1] != "outlet")]
    documents = []
    for start, end in pairwise([*starts, len(roles)]):
        document = Document(page.lines[start].start, len(page.text))
        _read_document(document, page.lines[start:end], roles[start:end])
        documents.append(document)
    numbers = {number for line in page.lines for number in _find_numbers(line.text)}
    closing = sum(1 for line in page.lines if _NUMBER.match(line.text))
    claims = [("its document numbers", closing or len(numbers))] if numbers else []
    problems = compare_counts(name, claims, len(documents))
    return build_reading((name, sha256, encoding, page.text), _ARCHIVE, documents, problems)


def _find_numbers(line: str) -> list[str]:
    match = _NUMBER.match(line) or _CERTIFIED.fullmatch(line)
    return [match[match.lastindex or 0]] if match else []


def _find_role(page: Rendered, n: int) -> str | None:
    text = page.lines[n].text
    for name in iter_classes(page.elements[n]):
        if name == _SOURCE:
            return "outlet"
        if name == _STAMP:
            return "stamp"
        if name in _TITLES:
            return "headline"
        if name in _BYLINES:
            return "byline"
        if name in _CLOSING:
            return "furniture"
        if name in _TEXTS:
            return "paragraph"
    return (
        "furniture" if _NUMBER.match(text) or _CERTIFIED.fullmatch(text) or _COPYRIGHT.match(text) else None
    )


def _read_document(document: Document, lines: Sequence[Line], roles: Sequence[str | None]) -> None:
    titles = [n for n, role in enumerate(roles) if role == "headline"]
    if titles:
        last = titles[0]
        while last + 1 in titles and lines[last + 1].block == lines[last].block:
            last += 1
        document.mark_headline(lines[titles[0]].start, lines[last].end, "Europresse title")
    known = range(len(lines))
    top = next((n for n in known if roles[n] in _TEXT_ROLES and (not titles or n > titles[0])), len(lines))
    end = next((n for n in known if n > top and roles[n] == "furniture"), len(lines))
    named = "byline" in roles or roles[top : top + 1] != [None] or not _is_byline(lines[top:end])
    for n, (line, role) in enumerate(zip(lines, roles, strict=True)):
        document.article_id = document.article_id or next(iter(_find_numbers(line.text)), None)
        if role == "headline" and document.headline and line.start < document.headline[1]:
            continue
        if role is None and n < top:
            document.mark(line, line, "standfirst", "Europresse line before the title")
        elif n == top and not named:
            _mark_byline(document, line, "Europresse line after the title")
        elif role == "paragraph" or (role is None and n < end):
            document.mark(line, line, "paragraph", "Europresse text")
        else:
            _mark_known(document, line, role)


def _mark_known(document: Document, line: Line, role: str | None) -> None:
    if role == "outlet":
        document.outlet = document.outlet or _ISSUE.sub("", collapse(line.text))
        document.mark(line, line, "outlet", "Europresse source line")
    elif role == "stamp":
        if document.published is None:
            _find_date(document, line)
        document.mark(line, line, "stamp", "Europresse date line")
    elif role == "byline":
        _mark_byline(document, line, "Europresse author line")
    else:
        role = "standfirst" if role == "headline" else "furniture"
        document.mark(line, line, role, "Europresse line around the text")


def _mark_byline(document: Document, line: Line, rule: str) -> None:
    document.byline = document.byline or collapse(line.text)
    document.marks.append(Mark(line.start, line.end, "byline", rule))


def _find_date(document: Document, line: Line) -> None:
    """The date stands behind the section and before the page: "Politique, jeudi 5 octobre 2013, p. 3"."""
    pieces = [piece.strip() for piece in line.text.split(",")]
    for n, piece in enumerate(pieces):
        if find_day(piece) or (n and find_day(" ".join(pieces[n - 1 : n + 1]))):
            document.date(piece if find_day(piece) else " ".join(pieces[n - 1 : n + 1]))
            return


def _is_byline(lines: Sequence[Line]) -> bool:
    text = lines[0].text
    short = len(text.split()) <= _MAX_BYLINE and not text.endswith((".", "!", "?", ":", "…", ".»", ". »"))
    return short and len(lines) > 1 and bool(_LETTER.search(text))
