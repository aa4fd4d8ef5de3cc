"""What the readers of archive exports share: lines, found documents, and the page they make together.

An export is one page of many articles. A reader finds its documents, and marks in each which stretch is
what; here the marks become segments that tile the text, and the documents become the page's parts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from analysis.corpus.pages import Facts, Layout, Page, Part, Reading, Segment
from analysis.corpus.provenance.days import read_day
from analysis.errors import Problem

ExportReader = Callable[[str, str, str, str], Reading]

# What stands outside every mark of a document: nothing is lost without a rule that says so.
_UNKNOWN = "not known in an export"
# A heading that was lost would hide a document behind the one before it.
AFTER_CLOSING = (
    "{words} words stand after its closing fields; the heading of a document may be missing there."
)
_DATE_LINE = 120  # characters: a longer line is no date line
_YEAR = r"(?:1[89]|20)[0-9]{2}"
_DAY = re.compile(
    rf"[0-9]{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?[^\W\d_]{{3,12}}\.?,?\s+(?:del?\s+)?{_YEAR}\b"
    rf"|[^\W\d_]{{3,12}}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}\b"
    rf"|{_YEAR}-[0-9]{{2}}-[0-9]{{2}}(?![0-9])"
    rf"|[0-9]{{1,2}}([./-])[0-9]{{1,2}}\1{_YEAR}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it: ``text[start:end]`` of the page.

    ``indent`` is the white space before it in characters; ``block`` the number of its block, which a blank
    line or a block element ends; ``centred`` whether the export set it in the middle.
    """

    start: int
    end: int
    text: str
    block: int
    indent: int = 0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the page that a reader knows: its role and the rule that says so."""

    start: int
    end: int
    role: str
    rule: str


@dataclass
class Document:
    """A document of an export as its reader found it; ``start`` and ``end`` bound it in the page.

    ``headline`` is a stretch, ``published`` an ISO day; ``doubts`` are what was wrong with its values.
    """

    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)
    headline: tuple[int, int] | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    article_id: str | None = None
    url: str | None = None
    doubts: list[str] = field(default_factory=list)

    def mark(self, first: Line, last: Line, role: str, rule: str) -> None:
        """Say what the lines from one to another are."""
        self.marks.append(Mark(first.start, last.end, role, rule))

    def mark_headline(self, start: int, end: int, rule: str) -> None:
        """Say where the headline stands."""
        self.marks.append(Mark(start, end, "headline", rule))
        self.headline = (start, end)

    def date(self, line: str) -> bool:
        """Take the day of a line that holds one; whether it does."""
        found = find_day(line)
        if found is None:
            return False
        self.published, doubt = found
        self.doubts += [doubt] if doubt else []
        return True

    @property
    def kept(self) -> list[Mark]:
        """The paragraphs of its text."""
        return [mark for mark in self.marks if mark.role == "paragraph"]


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    at = block = 0
    for whole in text.splitlines(keepends=True):
        stripped = whole.strip("\ufeff \t\r\n\f\v\u00a0\x1c\x1d\x1e\x85\u2028\u2029")
        stripped = stripped.strip()
        if stripped:
            start = at + whole.index(stripped)
            indent = start - at
            lines.append(Line(start, start + len(stripped), stripped, block, indent, indent >= 8))
        else:
            block += 1
        at += len(whole)
    return lines


def split_blocks(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines grouped by block."""
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and blocks[-1][0].block == line.block:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def collapse(text: str) -> str:
    """Text on one line, with single spaces."""
    return " ".join(text.split())


def find_day(line: str) -> tuple[str | None, str | None] | None:
    """The day of a date line: one that begins with a day or a weekday, whatever edition follows.

    Returns:
        The ISO day, and what is doubtful about the line; None if the line is no date line.
    """
    line = collapse(line[: 2 * _DATE_LINE])
    match = _DAY.search(line) if len(line) <= _DATE_LINE else None
    before = line[: match.start()] if match else ""
    if match is None or len(before.split()) > 2 or ":" in before:
        return None
    day, wrong = read_day(match[0])
    if day is None:
        known = re.search("calendar|which lies|which may be", wrong or "")
        return (None, f"The date line is '{line}', {wrong}.") if known else None
    _, wrong = read_day(_with_weekday(line, match))
    doubt = f"The date line is '{line}', {wrong}." if wrong and "weekday" in wrong else None
    return day, doubt


def _with_weekday(line: str, match: re.Match[str]) -> str:
    """The date with the word before or after it, which may be its weekday."""
    before = line[: match.start()].strip(" ,.").split()
    after = line[match.end() :].strip(" ,").split()
    word = before[-1] if before else after[0] if after else ""
    return f"{match[0]} {word.strip(',.;')}"


def tile(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Segments from ``start`` to ``end``: the marks, and what stands between them."""
    at = start
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        first, last = max(mark.start, at), min(mark.end, end)
        if first < last:
            yield from _fill(text, at, first)
            yield Segment(first, last, mark.role, mark.rule)
            at = last
    yield from _fill(text, at, end)


def _fill(text: str, start: int, end: int) -> Iterator[Segment]:
    gap = text[start:end]
    inner = gap.strip()
    if not inner:
        if gap:
            yield Segment(start, end, "blank", "white space")
        return
    first = start + gap.index(inner)
    for low, high, role, rule in (
        (start, first, "blank", "white space"),
        (first, first + len(inner), "furniture", _UNKNOWN),
        (first + len(inner), end, "blank", "white space"),
    ):
        if low < high:
            yield Segment(low, high, role, rule)


def build_reading(
    page: tuple[str, str, str, str], archive: str, documents: list[Document], problems: list[Problem]
) -> Reading:
    """A page of an export's documents.

    Args:
        page: Its name, the SHA-256 of its bytes, their encoding, and its text as characters.
        archive: The archive's name, as layout and basis columns give it ("Nexis").
        documents: What was found, in page order. The first takes what stands before it, each what follows.
        problems: What was met on the way, on the export as a whole.
    """
    name, sha256, encoding, text = page
    # An export that was found to hold nothing is still a page, all of it furniture.
    documents = documents or [Document(0, len(text))]
    segments: list[Segment] = []
    parts: list[Part] = []
    newlines = [match.start() for match in re.finditer("\n", text)]
    problems = list(problems)
    for n, document in enumerate(documents):
        start = 0 if n == 0 else document.start
        end = documents[n + 1].start if n + 1 < len(documents) else len(text)
        first = len(segments)
        segments += tile(text, start, end, document.marks)
        parts.append(_build_part(document, archive, text, segments, range(first, len(segments))))
        line = bisect_right(newlines, document.start) + 1
        problems += [_tell(what, name, line) for what in _doubt(n + 1, document)]
    layout = Layout(f"{archive} export", tuple(segments), tuple(parts))
    made = Page(name, sha256, encoding, text, layout.segments, layout)
    return Reading(name, sha256, made, problems=tuple(problems))


def _build_part(
    document: Document, archive: str, text: str, segments: list[Segment], positions: range
) -> Part:
    headline = collapse(text[slice(*document.headline)]) if document.headline else None
    facts = Facts(
        article_id=document.article_id,
        outlet=document.outlet,
        outlet_basis=document.outlet and f"{archive} export: source line",
        headline=headline,
        byline=document.byline,
        published=document.published,
        published_basis=document.published and f"{archive} export: date line",
        url=document.url,
    )
    named = (segments[n] for n in positions if (segments[n].start, segments[n].end) == document.headline)
    # A headline broken into indented lines is not what people read; the facts have it on one line.
    plain = headline is not None and len(text[slice(*document.headline)]) == len(headline)
    return Part("record", positions, headline=next(named, None) if plain else None, facts=facts)


def _doubt(number: int, document: Document) -> Iterator[str]:
    for doubt in document.doubts:
        yield f"Document {number}: {doubt}"
    if not document.kept:
        return  # that it gives no article is told where articles are built
    missing = [
        what
        for what, value in (
            ("outlet", document.outlet),
            ("headline", document.headline),
            ("date", document.published),
        )
        if not value
    ]
    if missing:
        yield f"Document {number} of the export shows no {' and no '.join(missing)}."


def _tell(what: str, page: str, line: int) -> Problem:
    return Problem(
        "read",
        "warning",
        what,
        "A document has its outlet, its date and its headline before its text.",
        "See its roles and rules in the table segments, or name outlet and date in corpus.toml.",
        page,
        line,
    )


def compare_counts(
    page: str, claims: Iterable[tuple[str, int]], found: int, missing: Iterable[str] = ()
) -> list[Problem]:
    """What an export's own markers count, beside what was found: a note, or an error for what is missing.

    Args:
        page: The export's name.
        claims: How each kind of marker puts it, and the number of documents it counts.
        found: The number of documents found.
        missing: What else shows that documents are not there, as sentences.
    """
    problems = [
        Problem("read", "error", sentence, "Every document that the export counts.", _EXPORT_AGAIN, page)
        for sentence in missing
    ]
    for kind, count in claims:
        told = f"{found} {'was' if found == 1 else 'were'} found"
        what = f"By {kind} the export holds {count} document{'s' * (count != 1)}; {told}."
        if count == found:
            problems.append(Problem("read", "note", what, _ALL_COUNTED, "There is nothing to do.", page))
        else:
            severity = "error" if found < count else "warning"
            problems.append(Problem("read", severity, what, _ALL_COUNTED, _EXPORT_AGAIN, page))
    return problems


_ALL_COUNTED = "Every document that the export counts, and no other."
_EXPORT_AGAIN = "Count the documents in the file; if some are missing there, export them again."
