"""A document as Nexis Uni sets it, in Word and in rich text: one line a paragraph.

Headline, outlet, date; copyright; fields ("Length: 870 words"); the line "Body", the text; closing fields and
"End of Document". A cover page with the list of titles may come first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.corpus.reading.archives.bodies import mark_body
from analysis.corpus.reading.archives.documents import AFTER_CLOSING, Document, Line, Mark, collapse, find_day
from analysis.corpus.reading.archives.fields import COPYRIGHT, Field, read_field

END = re.compile(
    r"(?:end of document|ende des dokuments|dokumentende|ende dokument|fin du document|fin de documento|"
    r"fin del documento|einde van document|einde van het document|fine del documento|fim do documento)",
    re.IGNORECASE,
)
COVER_COUNT = re.compile(
    r"(?:documents?|dokumente?|documenten|documentos|documenti)\s?\(([0-9][0-9.,]{0,8})\)", re.IGNORECASE
)
_COVER = re.compile(
    r"(?:client/matter|search terms|search type|narrowed by|content type|user name|date and time|job number|"
    r"mandant/angelegenheit|suchbegriffe|suchtyp|client/dossier|termes de la recherche)\b\s{0,3}:?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"([0-9]{1,5})\.\s+\S")
_BODY = re.compile(r"(?:body|text|volltext|corps|corps du texte|texte|cuerpo|texto|tekst|hoofdtekst|testo)")
_HEADED = {  # a heading on a line of its own, and what follows it
    "classification": "other",
    "graphic": "picture",
    "grafik": "picture",
    "graphique": "picture",
    "notes": "other",
    "correction": "other",
    "klassifikation": "other",
    "classificatie": "other",
}
_LONG = 200  # words: more after the closing fields than captions have
_HEADING = 8  # lines before the date
_HEADER = 24  # lines of header, at most


def read_uni(document: Document, lines: Sequence[Line]) -> None:
    """Mark what stands where in a document.

    Args:
        document: The document, to be filled in.
        lines: Its lines, without those of the cover page, with "End of Document".
    """
    if lines and END.fullmatch(lines[-1].text):
        document.mark(lines[-1], lines[-1], "furniture", "Nexis end of document")
        lines = lines[:-1]
    fields = [read_field(line.text, any_case=True) for line in lines]
    start, end = _find_body(lines, fields)
    _read_heading(document, lines[:start], fields)
    mark_body(document, lines[start:end], "Nexis body", whole_lines=not _is_broken(lines[start:end]))
    _mark_fields(document, lines[end:], fields[end:])
    after = sum(
        len(line.text.split()) for line, field in zip(lines[end:], fields[end:], strict=True) if not field
    )
    if after > _LONG:
        document.doubts.append(AFTER_CLOSING.format(words=after))


def find_first(lines: Sequence[Line]) -> int:
    """The first line of the first document: behind the cover page, if there is one."""
    end = next((n for n, line in enumerate(lines) if END.fullmatch(line.text)), len(lines))
    cover = [n for n in range(end) if _COVER.match(lines[n].text) or COVER_COUNT.fullmatch(lines[n].text)]
    if not cover:
        return 0
    header = next((n for n in range(cover[0], end) if _opens_header(lines[n])), end)
    last = max(n for n in cover if n < header or n == cover[0])
    date = next((n for n in range(last + 1, header) if find_day(lines[n].text)), None)
    if date is None:
        # What a table on the cover page says may still stand there; the titles say where it ends.
        titles = {collapse(line.text.partition(".")[2]) for line in lines[:last] if _TITLE.match(line.text)}
        return next((n for n in range(last + 1, header) if collapse(lines[n].text) in titles), last + 1)
    start = date - 1
    while start > last + 1 and lines[start - 1].block == lines[date].block:
        start -= 1
    return max(start, last + 1)


def _opens_header(line: Line) -> bool:
    """Whether a line stands in a document's header, behind its date."""
    field = read_field(line.text, any_case=True)
    return (
        _is_body(line) or bool(COPYRIGHT.match(line.text)) or (field is not None and field.kind != "closing")
    )


def count_titles(lines: Sequence[Line]) -> int:
    """The number of titles that the cover page lists."""
    return sum(1 for line, then in pairwise(lines) if _TITLE.match(line.text) and _COVER.match(then.text))


def _is_body(line: Line) -> bool:
    return bool(_BODY.fullmatch(line.text.lower()))


def _find_body(lines: Sequence[Line], fields: Sequence[Field | None]) -> tuple[int, int]:
    start = next((n + 1 for n, line in enumerate(lines[:_HEADER]) if _is_body(line)), None)
    if start is None:
        known = [n for n, field in enumerate(fields[:_HEADER]) if field and field.kind != "closing"]
        dated = [n for n, line in enumerate(lines[:_HEADING]) if find_day(line.text)]
        start = max([n + 1 for n in (*known, *dated)], default=0)
    closing = max((n for n, field in enumerate(fields) if field and field.kind == "closing"), default=-1)
    for n in range(start, len(lines)):
        field = fields[n]
        # Without closing fields after it, a line that says "Notes" is a crosshead.
        headed = n < closing and lines[n].text.lower() in _HEADED
        if headed or (field and field.kind == "closing"):
            return start, n
    return start, len(lines)


def _read_heading(document: Document, lines: Sequence[Line], fields: Sequence[Field | None]) -> None:
    dated = next((n for n, line in enumerate(lines[:_HEADING]) if n and find_day(line.text)), None)
    if dated is not None:
        document.date(lines[dated].text)
        document.mark(lines[dated], lines[dated], "stamp", "Nexis date line")
    first_field = next((n for n, field in enumerate(fields[: len(lines)]) if field), len(lines))
    source = dated - 1 if dated is not None else min(1, first_field - 1)
    if 0 <= source < len(lines) and not COPYRIGHT.match(lines[source].text):
        document.outlet = collapse(lines[source].text)
        document.mark(lines[source], lines[source], "outlet", "Nexis source line")
    if source > 0:
        # Word shows a linked title twice.
        last = source - 1
        while last > 0 and lines[last].text == lines[0].text:
            last -= 1
        document.mark_headline(lines[0].start, lines[last].end, "Nexis headline")
    _mark_fields(document, lines[max(source, 0) :], fields[max(source, 0) :])


def _mark_fields(document: Document, lines: Sequence[Line], fields: Sequence[Field | None]) -> None:
    taken = {mark.start for mark in document.marks}
    captions: list[Mark] = []
    rule, caption = "Nexis header", False
    for line, field in zip(lines, fields, strict=False):
        if line.start in taken:
            continue
        if COPYRIGHT.match(line.text):
            document.mark(line, line, "furniture", "Nexis copyright")
            continue
        rule, caption = (field.rule, False) if field else (rule, caption)
        heads = line.text.lower() in _HEADED or _is_body(line)
        if heads:
            rule = f"Nexis field {line.text.upper()}"
            caption = _HEADED.get(line.text.lower()) == "picture" and not document.kept
        if caption and not heads:
            # A document without a body is a caption: that is then its text.
            captions.append(Mark(line.start, line.end, "paragraph", f"{rule}, the only text"))
        elif field and field.kind == "byline" and field.value < len(line.text):
            value = line.text[field.value :].strip()
            document.byline = document.byline or collapse(value)
            document.marks.append(Mark(line.start, line.end - len(value), "furniture", rule))
            document.marks.append(Mark(line.end - len(value), line.end, "byline", rule))
        else:
            role = "standfirst" if field and field.kind in ("standfirst", "lead") else "furniture"
            document.mark(line, line, role, rule)
    document.marks += captions


def _is_broken(lines: Sequence[Line]) -> bool:
    """Whether a body is broken into lines of a column, each a paragraph of its own in Word."""
    if len(lines) < 6 or max(len(line.text) for line in lines) > 90:
        return False
    open_ended = sum(line.text[-1] not in ".!?:;\"'”’)" for line in lines)
    return open_ended > len(lines) / 2
