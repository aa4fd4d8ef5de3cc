"""Factiva exports: HTML as plain blocks or as a table of field codes, and XML.

In plain blocks the header is known by position: what stands above the headline, the headline, the author,
the words ("877 words"), the date, the time, the source and its code, page, language, copyright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from analysis.corpus.pages import Reading
from analysis.corpus.reading.archives.documents import (
    Document,
    ExportReader,
    Line,
    build_reading,
    collapse,
    compare_counts,
)
from analysis.corpus.reading.archives.markup import Rendered, iter_classes, local_name, render_markup

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARCHIVE = "Factiva"
_ARTICLE_START = re.compile(r"<div\b[^>]{0,200}\bclass=[\"']article\b", re.IGNORECASE)
_ARTICLE_ID = re.compile(r"\bid=[\"']article-([A-Z0-9]{6,20}[a-z0-9]{10,30})[\"']", re.IGNORECASE)
# The accession number: a source's code, eight figures, and letters and figures.
_CLOSING_LINE = re.compile(r"[^\W\d_]{4,12}\s([A-Z0-9]{2,10}[0-9]{8,16}[a-z0-9]{6,14})")
_WORD_COUNT = re.compile(r"[0-9][0-9.,' \u00a0]{0,9}\s\S{2,12}")
_TIME = re.compile(r"[0-9]{1,2}[:.][0-9]{2}(?: ?[ap]m)?(?: [A-Z]{2,4})?", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]{2,10}")
_BY = re.compile(r"(?:by|von|par|por|door|di)\s", re.IGNORECASE)
_CODES = {
    "HD": "headline",
    "BY": "byline",
    "PD": "stamp",
    "SN": "outlet",
    "LP": "paragraph",
    "TD": "paragraph",
}
_TABLE = frozenset({"HD", "WC", "PD", "SN", "LP", "TD", "AN"})  # two of them, and it is a table of codes
_MAX_NAME = 12  # words of a byline
_XML_COUNT = re.compile(r"ResultSet\b[^>]{0,200}\bcount=[\"']([0-9]{1,6})[\"']")
_XML_ROLES = {
    "headline": "headline",
    "sourcename": "outlet",
    "publicationdate": "stamp",
    "byline": "byline",
    "leadparagraph": "paragraph",
    "tailparagraphs": "paragraph",
    "accessionno": "id",
}


def find_markup_reader(markup: str) -> ExportReader | None:
    """The reader for an HTML page, if it is an export of Factiva."""
    named = "articleParagraph" in markup and ("Factiva" in markup or "factiva" in markup)
    return read_html if named and _ARTICLE_START.search(markup) else None


def find_xml_reader(markup: str) -> ExportReader | None:
    """The reader for an XML file, if it is an export of Factiva."""
    return read_xml if "<accessionNo" in markup and "aragraph" in markup else None


def read_html(name: str, sha256: str, encoding: str, markup: str) -> Reading:
    """Read an export in HTML."""
    page = render_markup(markup)
    documents = []
    for article, numbers in _iter_articles(page):
        lines = [page.lines[n] for n in numbers]
        document = Document(lines[0].start, len(page.text))
        elements = [page.elements[n] for n in numbers]
        codes = _read_codes(lines, elements)
        if len(_TABLE & set(codes)) > 1:
            _read_coded(document, lines, codes)
        else:
            _read_plain(document, lines, elements)
        _find_id(document, lines, article)
        documents.append(document)
    closing = sum(1 for line in page.lines if _CLOSING_LINE.fullmatch(line.text))
    claims = [("its closing lines “Document ...”", closing)] if closing else []
    marked = len(_ARTICLE_ID.findall(markup))
    claims += [("its marks “article-...”", marked)] if marked else []
    problems = compare_counts(name, claims, len(documents))
    return build_reading((name, sha256, encoding, page.text), _ARCHIVE, documents, problems)


def read_xml(name: str, sha256: str, encoding: str, markup: str) -> Reading:
    """Read an export in XML."""
    page = render_markup(markup, xml=True)
    documents = []
    inside = [_find_ancestor(element, "article") for element in page.elements]
    for article, numbers in groupby(range(len(page.lines)), key=lambda n: inside[n]):
        if article is None:
            continue
        lines = list(numbers)
        document = Document(page.lines[lines[0]].start, len(page.text))
        for n in lines:
            _read_xml_line(document, page.lines[n], page.elements[n])
        documents.append(document)
    claims = [("its accession numbers", markup.count("<accessionNo>"))]
    count = _XML_COUNT.findall(markup)
    claims += [("its attribute count", sum(map(int, count)))] if count else []
    problems = compare_counts(name, claims, len(documents))
    return build_reading((name, sha256, encoding, page.text), _ARCHIVE, documents, problems)


def _iter_articles(page: Rendered) -> Iterator[tuple[_Element, list[int]]]:
    """Each article's element with the numbers of its lines."""
    owners = [_find_owner(element) for element in page.elements]
    for owner, numbers in groupby(range(len(owners)), key=lambda n: owners[n]):
        if owner is not None:
            yield owner, list(numbers)


def _find_owner(element: _Element | None) -> _Element | None:
    """The innermost element of the class "article" that a line stands in."""
    while element is not None:
        classes = (element.get("class") or "").lower().split()
        if "article" in classes:
            return element
        element = element.getparent()
    return None


def _find_ancestor(element: _Element | None, name: str) -> _Element | None:
    while element is not None and local_name(element).lower() != name:
        element = element.getparent()
    return element


def _find_id(document: Document, lines: Sequence[Line], article: _Element) -> None:
    closing = (_CLOSING_LINE.fullmatch(line.text) for line in reversed(lines))
    found = next((match[1] for match in closing if match), None)
    while found is None and article is not None:
        name = article.get("id") or ""
        found = name.removeprefix("article-") if name.startswith("article-") else None
        article = article.getparent()
    document.article_id = found


# Plain blocks.


def _read_plain(document: Document, lines: Sequence[Line], elements: Sequence[_Element]) -> None:
    paragraphs = [n for n, element in enumerate(elements) if _has_class(element, "articleparagraph")]
    first = paragraphs[0] if paragraphs else len(lines)
    headed = [n for n in range(first) if _is_headline(elements[n])]
    counted = next((n for n in range(first) if _WORD_COUNT.fullmatch(lines[n].text)), None)
    if headed:
        document.mark_headline(lines[headed[0]].start, lines[headed[-1]].end, "Factiva headline")
    start = headed[-1] + 1 if headed else 0
    for n in range(start, counted if counted is not None else first):
        if document.byline is None and _is_byline(lines[n], elements[n]):
            document.byline = collapse(lines[n].text)
            document.mark(lines[n], lines[n], "byline", "Factiva author line")
    _read_source(document, lines[start if counted is None else counted + 1 : first])
    last = paragraphs[-1] if paragraphs else -1
    known = {mark.start for mark in document.marks}
    for n, line in enumerate(lines):
        if line.start in known or (
            document.headline and document.headline[0] <= line.start < document.headline[1]
        ):
            continue
        kept = first <= n <= last
        role, rule = (
            ("paragraph", "Factiva paragraph") if kept else ("furniture", "Factiva line around the text")
        )
        document.mark(line, line, role, rule)


def _read_source(document: Document, lines: Sequence[Line]) -> None:
    """The date, and the source after it; a time may stand between."""
    dated = next((n for n, line in enumerate(lines) if document.date(line.text)), None)
    if dated is None:
        # No date that can be read: the source is what stands before its code.
        coded = next((n for n, line in enumerate(lines) if n and _CODE.fullmatch(line.text)), None)
        source = coded - 1 if coded is not None else None
    else:
        document.mark(lines[dated], lines[dated], "stamp", "Factiva date line")
        after = range(dated + 1, len(lines))
        source = next((n for n in after if not _TIME.fullmatch(lines[n].text)), None)
    if source is not None:
        document.outlet = collapse(lines[source].text)
        document.mark(lines[source], lines[source], "outlet", "Factiva source line")


def _is_headline(element: _Element | None) -> bool:
    while element is not None:
        if element.get("id") == "hd" or (element.get("class") or "").lower().endswith("headline"):
            return True
        element = element.getparent()
    return False


def _is_byline(line: Line, element: _Element) -> bool:
    short = len(line.text.split()) <= _MAX_NAME
    return "author" in iter_classes(element) or (short and bool(_BY.match(line.text)))


def _has_class(element: _Element, name: str) -> bool:
    return any(found.endswith(name) for found in iter_classes(element))


# A table of codes.


def _read_codes(lines: Sequence[Line], elements: Sequence[_Element]) -> list[str]:
    """The code of the row that each line stands in ("HD", "PD"), "" where there is none."""
    codes: list[str] = []
    for line, element in zip(lines, elements, strict=True):
        if "index" in iter_classes(element) and _CODE.fullmatch(line.text):
            codes.append(line.text)
        else:
            codes.append(codes[-1].lower() if codes else "")
    return codes


def _read_coded(document: Document, lines: Sequence[Line], codes: Sequence[str]) -> None:
    for code, numbers in groupby(range(len(lines)), key=lambda n: codes[n]):
        inside = [lines[n] for n in numbers]
        rule = f"Factiva field {code.upper()}"
        role = _CODES.get(code.upper(), "furniture") if code.islower() else "furniture"
        text = collapse(" ".join(line.text for line in inside))
        if role == "headline":
            document.mark_headline(inside[0].start, inside[-1].end, rule)
            continue
        if role == "stamp":
            document.date(text)
        elif role == "outlet":
            document.outlet = text
        elif role == "byline":
            document.byline = text
        for line in inside:
            document.mark(line, line, role, rule)


# XML.


def _read_xml_line(document: Document, line: Line, element: _Element) -> None:
    names: list[str] = []
    node: _Element | None = element
    while node is not None and local_name(node).lower() != "article":
        names.append(local_name(node))
        node = node.getparent()
    role = next((_XML_ROLES[name.lower()] for name in names if name.lower() in _XML_ROLES), "furniture")
    rule = f"Factiva element {names[-1] if names else 'article'}"
    if role == "headline":
        start = line.start
        if document.headline and document.marks[-1].role == "headline":
            start = document.marks.pop().start
        document.mark_headline(start, line.end, rule)
        return
    if role == "outlet":
        document.outlet = collapse(line.text)
    elif role == "stamp" and document.published is None:
        document.date(line.text)
    elif role == "byline":
        document.byline = document.byline or collapse(line.text)
    elif role == "id":
        document.article_id, role = line.text, "furniture"
    document.mark(line, line, role, rule)
