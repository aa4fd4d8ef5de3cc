"""Nexis and Lexis exports: text, HTML, and the plain text of Word and rich text.

Two shapes: documents that are numbered ("3 of 10 DOCUMENTS"), and those of Nexis Uni, each of which ends
with "End of Document".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.corpus.pages import Reading
from analysis.corpus.reading.archives.documents import (
    Document,
    ExportReader,
    Line,
    build_reading,
    compare_counts,
    split_lines,
)
from analysis.corpus.reading.archives.fields import read_field
from analysis.corpus.reading.archives.markup import render_markup
from analysis.corpus.reading.archives.nexis_numbered import read_numbered
from analysis.corpus.reading.archives.nexis_uni import COVER_COUNT, END, count_titles, find_first, read_uni
from analysis.errors import Problem

# "3 of 10 DOCUMENTS", "Dokument 3 von 10": a number, a short word, a number, and a word for document.
_NUMBERED = re.compile(
    r"(?:do[ck][^\W\d_]{4,8}\s{1,3}([0-9][0-9.,]{0,8})\s{1,3}[^\W\d_]{1,4}\s{1,3}([0-9][0-9.,]{0,8})"
    r"|([0-9][0-9.,]{0,8})\s{1,3}[^\W\d_]{1,4}\s{1,3}([0-9][0-9.,]{0,8})\s{1,3}do[ck][^\W\d_]{4,9})",
    re.IGNORECASE,
)
_MARKER_LINE = re.compile(rf"^[ \t\f\ufeff]*+{_NUMBERED.pattern}[ \t]*+$", re.IGNORECASE | re.MULTILINE)
_FIELD_LINE = re.compile(
    r"^[ \t]*+(?:LENGTH|L(?:Ä|AE)NGE|LENGTE|LONGUEUR|LONGITUD|LUNGHEZZA|LOAD-DATE|LANGUAGE|BYLINE|SECTION|"
    r"PUBLICATION-TYPE|BODY|TEXT|Copyright)\b",
    re.MULTILINE,
)
_UNI_LINE = re.compile(
    r"^\s{0,3}(?:Load-Date|Length|Länge|Longueur|Section|Byline|Copyright|Body\s*$|Documents? ?\([0-9])",
    re.MULTILINE,
)
_END_LINE = re.compile(rf"^[ \t\u00a0]*+{END.pattern}[ \t\u00a0]*+$", re.IGNORECASE | re.MULTILINE)
_HEADER = 12  # lines in which a document shows that it is one
_SHOWN = 8  # gaps that are listed
_META_COUNT = re.compile(r"<META\b[^>]{0,300}\bDOCUMENTS\s?=\s?[\"']?([0-9]{1,6})", re.IGNORECASE)
# "Selected Items: 1-10": which documents of the search the file holds.
_REQUESTED = re.compile(r"[^\W\d_][^:\n]{4,60}:[^:\n]{3,60}:\s{1,3}([0-9]{1,6})-([0-9]{1,6})")
# What every marker has in it: most pages need no search.
_WORDS = ("ocument", "okument", "OCUMENT", "OKUMENT")
_SAMPLE = 200_000  # characters in which the first document of an export begins
_ARCHIVE = "Nexis"
_NOTICE = 40  # words: a document with nothing but a short text is the archive's own notice


def find_text_reader(text: str) -> ExportReader | None:
    """The reader for a text, if it is an export of Nexis."""
    if not any(word in text for word in _WORDS):
        return None
    sample = text[:_SAMPLE].replace("\r", "\n")
    if _MARKER_LINE.search(sample) and _FIELD_LINE.search(sample):
        return read_numbered_text
    whole = text.replace("\r", "\n")
    if _END_LINE.search(whole) and _UNI_LINE.search(whole):
        return read_uni_text
    return None


def find_markup_reader(markup: str) -> ExportReader | None:
    """The reader for an HTML page, if it is an export of Nexis."""
    return read_numbered_html if "<DOC NUMBER" in markup or '"DOC_ID_' in markup else None


def read_numbered_text(name: str, sha256: str, encoding: str, text: str) -> Reading:
    """Read an export whose documents are numbered, as plain text."""
    text = _join_line_ends(text)
    lines = split_lines(text)
    starts = [n for n, line in enumerate(lines) if _NUMBERED.fullmatch(line.text)]
    headings = len(starts)
    if _holds_document(lines[: starts[0] if starts else 0]):
        starts.insert(0, 0)
    documents = [
        _read_numbered(lines, start, end, len(text), whole_lines=False)
        for start, end in _iter_spans(starts, lines)
    ]
    _mark_cover(documents, lines[: starts[0] if starts else 0])
    claims = [("its numbered headings", headings), *_count_requested(lines[: starts[0] if starts else 0])]
    problems = compare_counts(name, claims, len(documents)) + _check_numbers(name, lines)
    return build_reading((name, sha256, encoding, text), _ARCHIVE, documents, problems)


def read_numbered_html(name: str, sha256: str, encoding: str, markup: str) -> Reading:
    """Read an export whose documents are numbered, as HTML."""
    page = render_markup(markup)
    marked = [n for n, comment in page.comments if "<DOC NUMBER" in comment]
    starts = marked or [n for n, anchor in page.anchors if anchor.startswith("DOC_ID_")]
    documents = [
        _read_numbered(page.lines, start, end, len(page.text), whole_lines=True)
        for start, end in _iter_spans(starts, page.lines)
    ]
    _mark_cover(documents, page.lines[: starts[0] if starts else 0])
    claims = [("its DOC marks", max(markup.count("<DOC NUMBER"), markup.count('"DOC_ID_')))]
    meta = _META_COUNT.search(markup)
    claims += [("its META DOCUMENTS", int(meta[1]))] if meta else []
    headings = sum(1 for line in page.lines if _NUMBERED.fullmatch(line.text))
    claims += [("its numbered headings", headings)] if headings > len(starts) else []
    problems = compare_counts(name, claims, len(documents)) + _check_numbers(name, page.lines, counted=True)
    return build_reading((name, sha256, encoding, page.text), _ARCHIVE, documents, problems)


def read_uni_text(name: str, sha256: str, encoding: str, text: str) -> Reading:
    """Read an export of Nexis Uni, as the plain text of its Word or rich text file."""
    text = _join_line_ends(text)
    lines = split_lines(text)
    first = find_first(lines)
    ends = [n + 1 for n, line in enumerate(lines) if END.fullmatch(line.text) and n >= first]
    spans = list(zip([first, *ends], [*ends, len(lines)], strict=True))
    if len(spans) > 1 and not _is_document(lines[slice(*spans[-1])]):
        spans.pop()
    documents = []
    for start, end in spans:
        document = Document(lines[start].start if start < len(lines) else len(text), len(text))
        read_uni(document, lines[start:end])
        documents.append(document)
    _mark_cover(documents, lines[:first])
    claims = [("its lines “End of Document”", len(ends))]
    cover = (COVER_COUNT.fullmatch(line.text) for line in lines[:first])
    claims += [("its cover page", _read_number(match[1])) for match in cover if match]
    titles = count_titles(lines[:first])
    claims += [("the titles on its cover page", titles)] if titles else []
    problems = compare_counts(name, claims, len(documents))
    return build_reading((name, sha256, encoding, text), _ARCHIVE, documents, problems)


def _holds_document(cover: Sequence[Line]) -> bool:
    """Whether a document whose heading was lost stands before the first heading, and no cover page."""
    fields = (read_field(line.text) for line in cover)
    return any(field is not None and field.kind == "closing" for field in fields)


def _mark_cover(documents: Sequence[Document], lines: Sequence[Line]) -> None:
    for line in lines if documents else ():
        documents[0].mark(line, line, "furniture", "Nexis cover page")


def _join_line_ends(text: str) -> str:
    """The text with line feeds alone: two characters within a wrapped paragraph would become two spaces."""
    return text.replace("\r\n", "\n")


def _iter_spans(starts: Sequence[int], lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    yield from pairwise([*starts, len(lines)])


def _read_numbered(
    lines: Sequence[Line], first: int, end: int, length: int, *, whole_lines: bool
) -> Document:
    document = Document(lines[first].start if first < len(lines) else length, length)
    lines = lines[first:end]
    if lines and _NUMBERED.fullmatch(lines[0].text):
        document.mark(lines[0], lines[0], "furniture", "Nexis document number")
        lines = lines[1:]
    if _is_notice(lines):
        document.mark(lines[0], lines[-1], "furniture", "Nexis notice")
        document.doubts.append("It holds no article but a notice of the archive.")
    elif lines:
        read_numbered(document, lines, whole_lines=whole_lines)
    return document


def _is_notice(lines: Sequence[Line]) -> bool:
    """Whether a document is one short text: no outlet, no date, no field."""
    words = sum(len(line.text.split()) for line in lines)
    return (
        bool(lines)
        and lines[0].block == lines[-1].block
        and words < _NOTICE
        and not read_field(lines[0].text)
    )


def _is_document(lines: Sequence[Line]) -> bool:
    """Whether what follows the last "End of Document" is a document that was cut off."""
    return any(read_field(line.text, any_case=True) for line in lines[:_HEADER])


def _count_requested(cover: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """How many documents the cover page says were asked for."""
    for line in cover:
        match = _REQUESTED.fullmatch(line.text)
        if match and int(match[1]) <= int(match[2]):
            yield "the request on its cover page", int(match[2]) - int(match[1]) + 1


def _check_numbers(name: str, lines: Sequence[Line], *, counted: bool = False) -> list[Problem]:
    """Numbers that are left out among the documents of one search, and the end that is not there.

    Args:
        name: The export's name.
        lines: Its lines.
        counted: Whether the export says how many documents it holds: then it may end before the last.
    """
    problems: list[Problem] = []
    for total, numbers in _iter_runs(lines):
        gaps = [(a + 1, b - 1) for a, b in pairwise(numbers) if b > a + 1]
        if gaps:
            listed = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in gaps[:_SHOWN])
            listed += ", ..." if len(gaps) > _SHOWN else ""
            count = sum(b - a + 1 for a, b in gaps)
            what = f"Of the documents numbered to {total}, {count} {_be(count)} left out: {listed}."
            todo = "Export the missing documents again."
            problems.append(Problem("read", "error", what, "Numbers without a gap.", todo, name))
        elif not counted and numbers[0] == 1 and numbers[-1] < total:
            what = f"The documents are numbered to {total}; the last one here is {numbers[-1]}."
            allowed = "An export may be in several files."
            problems.append(Problem("read", "warning", what, allowed, "See that all are here.", name))
    return problems


def _iter_runs(lines: Sequence[Line]) -> Iterator[tuple[int, list[int]]]:
    """Rising numbers of one search, with the number of its documents; a lone slip in that breaks no run."""
    run: list[int] = []
    total = 0
    for line in lines:
        match = _NUMBERED.fullmatch(line.text)
        if match is None:
            continue
        number, of = _read_number(match[1] or match[3]), _read_number(match[2] or match[4])
        if run and (number == run[-1] + 1 or (of == total and number > run[-1])):
            run.append(number)
            continue
        if run:
            yield total, run
        run, total = [number], of
    if run:
        yield total, run


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _read_number(text: str) -> int:
    return int(re.sub(r"[.,]", "", text))
