"""Table files to records: one article a row, its text kept unchanged."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.corpus.pages import MAX_PAGE_BYTES, Reading, Record, Source
from analysis.corpus.provenance.days import read_day, read_unix_day
from analysis.corpus.reading.columns import Fields, rank_column, read_fields
from analysis.corpus.reading.delimited import read_delimited
from analysis.corpus.reading.jsonrows import read_json, read_json_lines
from analysis.corpus.reading.mojibake import mend_text, tell_mending
from analysis.corpus.reading.rows import Fault, Row, Rows, check_columns, hash_file, open_text, scan_file
from analysis.corpus.reading.sheets import read_parquet, read_workbook
from analysis.errors import CorpusFormatError, Problem

TABLE_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".parquet", ".xlsx")

BATCH = 1_000  # records in one reading
# The first faults of a kind are told one by one; a table may have as many as it has rows.
TOLD = {"error": 20, "warning": 5}
_MAX_WORKBOOK = 200_000_000  # bytes
_SEEN = 200  # names of columns that are remembered for a message
_LISTED = 30
_WANTED = {"headline": "headline", "outlet": "outlet", "published": "day of publication"}

_NO_TEXT = " has no text."
_CUT = re.compile(r"\[\+[0-9]{1,9} chars\]\s{0,9}$")
_TAG = re.compile(r"</?(?:p|div|span|br|a|h[1-6]|ul|ol|li|em|strong|b|i|img|figure|section)\b[^<>]*>", re.I)
_TAGS = 3  # tags in one text: fewer may be what the text is about


def read_table(source: Source) -> Iterator[Reading]:
    """The records of a table file, in readings of at most :data:`BATCH`; a row that is no article is told.

    Text files are read as a stream, so that the file may be larger than the memory.

    Raises:
        CorpusFormatError: The file is no table of its kind.
    """
    if source.suffix == ".xlsx":
        data = source.read(_MAX_WORKBOOK)
        yield from _Table(source.name, hash_file(source)).read(read_workbook(data, source.name))
    elif source.suffix == ".parquet":
        sha256 = hash_file(source)
        with source.opener() as handle:
            yield from _Table(source.name, sha256).read(read_parquet(handle))
    else:
        yield from _read_text_table(source)


def _read_text_table(source: Source) -> Iterator[Reading]:
    sha256, encoding = scan_file(source)
    table = _Table(source.name, sha256)
    if encoding.doubt:
        table.problems.append(Problem("read", "warning", **encoding.doubt, page=source.name))
    # JSON's own line ends only: a line separator (U+2028) may stand inside a string.
    newline = "" if source.suffix in (".csv", ".tsv") else "\n"
    is_json = source.suffix == ".json"
    if source.suffix == ".jsonl":
        with open_text(source, encoding, newline) as text:
            is_json = text.read(1_000).lstrip().startswith("[")
    with open_text(source, encoding, newline) as text:
        if is_json:
            rows = read_json(text, source.name)
        elif source.suffix == ".jsonl":
            rows = read_json_lines(text, source.name)
        else:
            rows = read_delimited(text, source.name, "\t" if source.suffix == ".tsv" else ",")
        yield from table.read(rows)


class _Table:
    """A table file as it is read: its rows so far, and what there is to tell of them."""

    def __init__(self, page: str, sha256: str) -> None:
        self.problems: list[Problem] = []
        self._page, self._sha256 = page, sha256
        self._row = 0
        self._records: list[Record] = []
        self._given = 0
        # By kind: the first, how many, the line of the last.
        self._faults: dict[str, tuple[Fault, int, int | None]] = {}
        # By name, whether its first cell is one value: no list and no object.
        self._columns: dict[str, bool] = {}
        self._has_text = False
        self._cut = self._tagged = self._places = 0
        self._example: tuple[str, str] | None = None

    def read(self, rows: Rows) -> Iterator[Reading]:
        """Readings of the rows; what holds for the whole file comes with the last."""
        broken = None
        try:
            for row in rows:
                if isinstance(row, Row):
                    self._add(row)
                elif isinstance(row, Fault):
                    # A line that could not be read is a row of the file too.
                    self._row += 1
                    self._tell(row)
                else:
                    self.problems.append(row)
                if len(self._records) == BATCH:
                    yield self._give()
        except CorpusFormatError as error:
            # What was read before it stays.
            broken = Problem("read", "error", error.what, error.allowed, error.todo, self._page)
        told = [broken] if broken else self._close()
        self.problems += told
        yield self._give()

    def _give(self) -> Reading:
        reading = Reading(self._page, self._sha256, None, tuple(self._records), tuple(self.problems))
        self._given += len(self._records)
        self._records, self.problems = [], []
        return reading

    def _add(self, row: Row) -> None:
        self._row += 1
        if not self._has_text and len(self._columns) < _SEEN:
            for name, value in row.cells.items():
                self._columns.setdefault(str(name), not isinstance(value, list | tuple | Mapping))
        found = read_fields(row.cells)
        if found.text is None or len(found.text) > MAX_PAGE_BYTES:
            self._tell(self._without_text(found, row.line))
            return
        self._has_text = True
        published, wrong = _read_published(found)
        if wrong:
            self._tell_date(found, wrong, row.line)
        self._cut += bool(_CUT.search(found.text[-40:]))
        self._tagged += _is_tagged(found.text)
        found = self._mend(found)
        self._records.append(
            Record(
                self._page, row.line, found.id or f"{self._page}#{self._row - 1}", found.text, found.outlet,
                published, found.headline, found.byline, found.url,
            )
        )  # fmt: skip

    def _without_text(self, found: Fields, line: int) -> Fault:
        if found.text is not None:
            what, many = f"The text of row {self._row} is longer than a page may be.", "rows are too long"
        elif found.nested:
            what = f"Row {self._row}: '{found.nested}' holds a list or an object, not text."
            many = "rows hold a list or an object for their text"
        else:
            what, many = f"Row {self._row}{_NO_TEXT}", "rows have no text"
        problem = Problem(
            "read", "error", what,
            f"Each row needs 'text' of up to {MAX_PAGE_BYTES // 1_000_000} MB.",
            "The row was left out. Fill in its text, or remove it.", self._page, line,
        )  # fmt: skip
        return Fault(problem, many)

    def _tell_date(self, found: Fields, wrong: str, line: int) -> None:
        value = found.published if found.published is not None else f"{found.unix:.0f}"
        problem = Problem(
            "read", "warning", f"Row {self._row}: 'published' is '{value[:80]}', {wrong}.",
            "Write dates as YYYY-MM-DD.", "The row was read without its date.", self._page, line,
        )  # fmt: skip
        self._tell(Fault(problem, "rows have a date that was not used"))

    def _tell(self, fault: Fault) -> None:
        first, count, _ = self._faults.get(fault.many, (fault, 0, None))
        self._faults[fault.many] = first, count + 1, fault.problem.line
        if count < TOLD[fault.problem.severity]:
            self.problems.append(fault.problem)

    def _mend(self, found: Fields) -> Fields:
        mended = {}
        for name in ("text", "headline", "outlet", "byline"):
            value = getattr(found, name)
            if value and not value.isascii() and (new := mend_text(value)).places:
                mended[name] = new.text
                self._places += new.places
                self._example = self._example or new.example
        return replace(found, **mended) if mended else found

    def _close(self) -> list[Problem]:
        """What is told of the file as a whole, once all of it is read."""
        records = self._given + len(self._records)
        if not self._has_text and self._columns:
            try:
                check_columns(list(self._columns))
            except CorpusFormatError as error:
                # Said once of the file, not of each of its rows.
                self.problems = [problem for problem in self.problems if not problem.what.endswith(_NO_TEXT)]
                return [Problem("read", "error", error.what, error.allowed, error.todo, self._page)]
        if not records and not self._faults and not self.problems:
            return [
                self._of_file("error", "The table holds no row.", "One article a row.", "Export it again.")
            ]
        told = [self._count_rest(fault, count, last) for fault, count, last in self._faults.values()]
        told.append(self._tell_unused())
        if self._cut:
            told.append(self._of_file(
                "warning", f"{self._cut} of {records} texts are cut short: they end like “[+1234 chars]”.",
                "Whole articles. (NewsAPI gives the first 200 characters.)",
                "They were read as they are: fetch the pages that 'url' names to have the rest.",
            ))  # fmt: skip
        if self._tagged:
            told.append(self._of_file(
                "warning", f"{self._tagged} of {records} texts hold HTML tags.",
                "The text of a table is kept unchanged, tags too.",
                "Take the tags out, or save the articles as .html pages to have them cleaned.",
            ))  # fmt: skip
        if self._places:
            told.append(
                Problem("read", "warning", **tell_mending(self._places, self._example), page=self._page)
            )
        return [problem for problem in told if problem]

    def _tell_unused(self) -> Problem | None:
        """What no column gives, where there are columns whose names are not known."""
        fields = {name: {field for field, _ in rank_column(name)} for name in self._columns if name}
        given = set().union(*fields.values())
        if "url" in given:
            given.add("outlet")
        lacking = [words for field, words in _WANTED.items() if field not in given]
        unused = sorted(name for name, meant in fields.items() if not meant and self._columns[name])
        if not lacking or not unused or not self._has_text:
            return None
        missing = " or ".join(", ".join(lacking).rsplit(", ", 1))
        listed = ", ".join(f"'{name[:60]}'" for name in unused[:_LISTED])
        more = f" and {len(unused) - _LISTED} more" if len(unused) > _LISTED else ""
        return self._of_file(
            "note", f"No column gives the {missing}. Not used: {listed}{more}.",
            "Beside 'text', the columns id, outlet, published, headline, byline and url are used.",
            "If one of these holds it, give it that name.",
        )  # fmt: skip

    def _count_rest(self, fault: Fault, count: int, last: int | None) -> Problem | None:
        """One problem for the faults of a kind that were not told one by one."""
        one = fault.problem
        rest = count - TOLD[one.severity]
        if rest <= 0:
            return None
        return self._of_file(
            one.severity, f"{rest:,} more {fault.many}, the last in line {last}.", one.allowed, one.todo
        )

    def _of_file(self, severity: str, what: str, allowed: str, todo: str) -> Problem:
        return Problem("read", severity, what, allowed, todo, self._page)


def _read_published(found: Fields) -> tuple[str | None, str | None]:
    """An ISO day, and what is wrong with the value where it gives none."""
    if found.unix is not None:
        return read_unix_day(found.unix)
    return read_day(found.published) if found.published else (None, None)


def _is_tagged(text: str) -> bool:
    """Whether a text is markup: more than a tag or two that it may quote."""
    if "<" not in text:
        return False
    return sum(1 for _ in itertools.islice(_TAG.finditer(text), _TAGS)) == _TAGS
