"""Read a coded sample: texts, each with the labels that a coder gave it."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.corpus.pages import Source
from analysis.corpus.reading.columns import names_text, read_cell
from analysis.corpus.reading.decoding import Encoding
from analysis.corpus.reading.delimited import read_delimited
from analysis.corpus.reading.jsonrows import read_json_lines
from analysis.corpus.reading.rows import Fault, Row, open_text, scan_file
from analysis.corpus.reading.sheets import read_workbook
from analysis.errors import CorpusFormatError, CorpusNotFoundError, Problem, hint_at

MIN_EXAMPLES = 5
"""A label with fewer examples is not learned."""

PREFIXES = ("label:", "label_", "label.")
"""What a column of 0 and 1 begins with that holds one label."""

_NONE = frozenset({"none", "[]"})
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no", ""})
_SUFFIXES = (".csv", ".tsv", ".jsonl", ".parquet", ".xlsx")
_COLUMNS = (
    "Columns: text and labels (or a column of 0 and 1 for each, named label:NAME); id and fold if known."
)
_FORM = (
    "Labels: a list, or names joined by ';' or '|', such as 'economic; morality'; 'none' for none of them."
)
_MOST_TOLD = 10
_MOST_HEADER = 10_000  # characters of a first row


@dataclass(frozen=True)
class CodedSample:
    """Texts with their labels, in the order of the table.

    ``given`` holds the labels of each text (none of them is an empty tuple), ``labels`` every label that
    occurs, sorted. ``folds`` is None where the table has no such column; where it has no ``id``, hashes of
    the texts stand for it. ``sha256`` is the file's.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    given: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    folds: tuple[str, ...] | None = None
    source: str = ""
    sha256: str = ""
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)

    def counts(self) -> dict[str, int]:
        """How many texts have each label."""
        counted = Counter(label for given in self.given for label in given)
        return {label: counted[label] for label in self.labels}

    @classmethod
    def of(
        cls, texts: Iterable[str], given: Iterable[Iterable[str]], *, ids: Iterable[str] | None = None
    ) -> CodedSample:
        """A sample made of texts and their labels, without a file.

        Example:
            >>> CodedSample.of(["Taxes will rise.", "Boats landed."], [["economic"], []]).labels
            ('economic',)
        """
        texts = tuple(texts)
        labels = tuple(tuple(dict.fromkeys(each)) for each in given)
        names = tuple(ids) if ids is not None else tuple(map(str, range(1, len(texts) + 1)))
        if not len(texts) == len(labels) == len(names):
            raise CorpusFormatError(
                f"{len(texts)} texts, {len(labels)} lists of labels and {len(names)} ids were given.",
                allowed="As many lists of labels, and ids, as texts.",
            )
        digest = hashlib.sha256(repr((names, texts, labels)).encode("utf-8", "surrogatepass")).hexdigest()
        return cls(names, texts, labels, tuple(sorted({n for each in labels for n in each})), sha256=digest)


@dataclass(frozen=True)
class _Coded:
    line: int
    id: str | None
    text: str
    labels: tuple[str, ...]
    fold: str | None


def read_coded(path: str | Path) -> CodedSample:
    """Read a table of coded texts.

    Args:
        path: A csv, tsv, jsonl, parquet or xlsx file with the columns ``text`` and ``labels`` (a list, or
            names joined by ";" or "|"), or one column of 0 and 1 for each label, named ``label:NAME``.
            ``id`` and ``fold`` are used where they stand.

    Returns:
        The sample. What is doubtful but can be used (a label with few examples, a text that stands there
        twice) is in its ``problems``.

    Raises:
        CorpusNotFoundError: There is no such file.
        CorpusFormatError: It is no such table, or rows of it cannot be used: the message names file and line.
    """
    path = Path(path)
    if not path.is_file():
        raise CorpusNotFoundError(
            "There is no such file.", where=str(path), allowed="A table of coded texts.", todo=_COLUMNS
        )
    source = Source(path.name, path.suffix.lower(), lambda: path.open("rb"))
    try:
        rows, notes, digest = _read_rows(path, source)
    except CorpusFormatError as error:
        raise _at(error, str(path)) from None
    if not rows:
        raise CorpusFormatError("The table has no row.", where=str(path), allowed=_COLUMNS)
    coded, faults, labels_found = _read_coded_rows(rows, str(path))
    faults += list(_find_clashes(coded))
    if faults:
        raise _say_faults(sorted(faults), str(path), len(rows))
    labels = tuple(sorted(labels_found | {label for row in coded for label in row.labels}))
    if not any(row.labels for row in coded):
        raise CorpusFormatError(
            "No text has a label.", where=str(path), allowed=_FORM, todo="Check the column 'labels'."
        )
    folds = tuple(row.fold for row in coded if row.fold is not None)
    return CodedSample(
        tuple(row.id or _name(row.text) for row in coded),
        tuple(row.text for row in coded),
        tuple(row.labels for row in coded),
        labels,
        folds if len(folds) == len(coded) else None,
        path.name,
        digest,
        (*notes, *_find_doubts(coded, labels, path.name)),
    )


def _read_rows(path: Path, source: Source) -> tuple[list[Row], list[Problem], str]:
    """The table's rows, what was noted, and the file's SHA-256."""
    if source.suffix not in _SUFFIXES:
        raise CorpusFormatError(
            f"A coded table cannot be read from '{source.suffix or path.name}'.",
            allowed=f"One of: {', '.join(_SUFFIXES)}.",
            todo="Export it again as .csv or .jsonl.",
        )
    if source.suffix in (".parquet", ".xlsx"):
        data = path.read_bytes()
        found = _read_parquet(data) if source.suffix == ".parquet" else read_workbook(data, path.name)
        return *_split(found), hashlib.sha256(data).hexdigest()
    digest, encoding = scan_file(source)
    _check_encoding(path, encoding)
    newline = "\n" if source.suffix == ".jsonl" else ""
    with open_text(source, encoding, newline) as text:
        if source.suffix == ".jsonl":
            return *_split(read_json_lines(text, path.name)), digest
        delimiter = "\t" if source.suffix == ".tsv" else ","
        try:
            return *_split(read_delimited(text, path.name, delimiter)), digest
        except CorpusFormatError as error:
            text.seek(0)
            columns = [name.strip(' "\n\r') for name in re.split(r"[,;\t|]", text.readline(_MOST_HEADER))]
            raise error if any(map(names_text, columns)) else _missing("text", columns, "line 1") from None


def _check_encoding(path: Path, encoding: Encoding) -> None:
    """A coded table must be read letter by letter: a guess at its encoding may change labels and words.

    Raises:
        CorpusFormatError: It is neither UTF-8 nor UTF-16; the message names the first line that shows it.
    """
    if encoding.errors == "strict" and encoding.codec.startswith(("utf-8", "utf-16", "utf-32")):
        return
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                byte = line[error.start]
                raise CorpusFormatError(
                    f"The line is not UTF-8: its byte {error.start + 1} is 0x{byte:02x}.",
                    where=f"line {number}",
                    allowed="A table in UTF-8.",
                    todo="Save it again as 'CSV UTF-8', or convert it to UTF-8.",
                ) from None


def _read_parquet(data: bytes) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Threads of Arrow's that hold a file of Python's would abort a process that ends.
        table = pq.ParquetFile(io.BytesIO(data)).read(use_threads=False)
        yield from (Row(number, cells) for number, cells in enumerate(table.to_pylist(), 1))
    except (pa.ArrowException, OSError) as error:
        raise CorpusFormatError(
            f"The Parquet file is cut off or damaged: {str(error).splitlines()[0][:200]}.",
            allowed="A whole Parquet file.",
            todo="Copy or export it again.",
        ) from None


def _split(found: Iterable[Row | Fault | Problem]) -> tuple[list[Row], list[Problem]]:
    """Rows and notes; a row that cannot be read is an error, since a table with a gap is another sample."""
    rows, notes = [], []
    for each in found:
        problem = each.problem if isinstance(each, Fault) else each
        if isinstance(each, Row):
            rows.append(each)
        elif problem.severity == "error":
            place = f"line {problem.line}" if problem.line else ""
            todo = re.sub(r"^The (?:row|line) was left out\. ", "", problem.todo)
            raise CorpusFormatError(problem.what, where=place, allowed=problem.allowed, todo=todo)
        else:
            notes.append(problem)
    return rows, notes


def _at(error: CorpusFormatError, path: str) -> CorpusFormatError:
    where = f"{path}, {error.where}" if error.where else path
    return CorpusFormatError(error.what, where=where, allowed=error.allowed, todo=error.todo)


def _read_coded_rows(rows: Sequence[Row], path: str) -> tuple[list[_Coded], list[tuple[int, str]], set[str]]:
    """The rows as texts with labels, the faults by line, and the labels that have a column of their own."""
    coded: list[_Coded] = []
    faults: list[tuple[int, str]] = []
    columns = list(dict.fromkeys(name for row in rows[:1_000] for name in row.cells))
    names = {name.strip().casefold(): name for name in columns}
    indicators = {name: _strip_prefix(name) for name in columns if _strip_prefix(name)}
    missing = [name for name in ("text", "labels") if name not in names]
    if "text" in missing or (missing and not indicators):
        raise _missing(missing[0], columns, f"{path}, line {max(1, rows[0].line - 1)}")
    read_labels: Callable[[Mapping], tuple[str, ...]]
    if "labels" in names:
        read_labels = lambda cells: split_labels(cells.get(names["labels"]))  # noqa: E731
    else:
        read_labels = lambda cells: tuple(_read_indicators(cells, indicators))  # noqa: E731
    for row in rows:
        try:
            coded.append(_read_row(row, names, read_labels))
        except ValueError as error:
            faults.append((row.line, str(error)))
    return coded, faults, set() if "labels" in names else set(indicators.values())


def _missing(name: str, columns: Sequence[str], where: str) -> CorpusFormatError:
    hint = hint_at(name, columns)
    listed = ", ".join(f"'{column[:60]}'" for column in columns[:30]) or "none"
    return CorpusFormatError(
        f"The table has no column '{name}'.{hint} Its columns are: {listed}.",
        where=where,
        allowed=f"{_COLUMNS}\n{_FORM}",
        todo=f"Name the column '{name}', and read it again.",
    )


def _read_row(row: Row, names: Mapping[str, str], read_labels: Callable) -> _Coded:
    text = row.cells.get(names["text"])
    if isinstance(text, Mapping | list | tuple):
        raise ValueError("The text is a list or an object, not words.")
    # Words as they stand: "None" may be a headline.
    text = text if isinstance(text, str) and text.strip() else read_cell(text)
    if text is None:
        raise ValueError("The text is empty.")
    own = read_cell(row.cells.get(names["id"])) if "id" in names else None
    if "id" in names and own is None:
        raise ValueError("The id is empty.")
    fold = read_cell(row.cells.get(names["fold"])) if "fold" in names else None
    if "fold" in names and fold is None:
        raise ValueError("The fold is empty; without the column fold texts are sorted into folds.")
    return _Coded(row.line, own, text, read_labels(row.cells), fold)


def _name(text: str) -> str:
    """An id for a text without one: the same text has the same, and so stands in one fold."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def split_labels(value: object) -> tuple[str, ...]:
    """The labels of a cell: a list, or names joined by ";" or "|"; "none" and an empty cell are none of them.

    Raises:
        ValueError: It is neither; the message says what it is.

    Example:
        >>> split_labels("economic; morality")
        ('economic', 'morality')
    """
    if value is None:
        raise ValueError("The labels are missing (null): the row was not coded.")
    if isinstance(value, str):
        if value.strip().casefold() in _NONE:
            return ()
        if value.strip().startswith(("[", "{")):
            raise ValueError(f"The labels are {value[:60]!r}, which is code, not names.")
        value = [part for part in value.replace("|", ";").split(";") if part.strip()]
    if not isinstance(value, list | tuple):
        kind = "an object" if isinstance(value, Mapping) else "a single value that is no name"
        raise ValueError(f"The labels are {kind}: {str(value)[:60]}.")
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise ValueError(f"One of the labels is {str(item)[:60]!r}, which is no name.")
    return tuple(dict.fromkeys(" ".join(item.split()) for item in value))


def _strip_prefix(column: str) -> str:
    """The label that a column of 0 and 1 holds; "" for another column."""
    plain = column.strip()
    return next((plain[len(p) :].strip() for p in PREFIXES if plain.casefold().startswith(p)), "")


def _read_indicators(cells: Mapping[str, object], indicators: Mapping[str, str]) -> Iterator[str]:
    for column, label in indicators.items():
        value = cells.get(column)
        plain = "" if value is None else str(value).strip().casefold().removesuffix(".0")
        if plain in _YES:
            yield label
        elif plain not in _NO:
            raise ValueError(f"Column '{column}' holds '{str(value)[:40]}', where 0 or 1 is expected.")


def _find_clashes(coded: Sequence[_Coded]) -> Iterator[tuple[int, str]]:
    """Ids that stand twice, and texts that stand twice with different labels."""
    ids: dict[str, int] = {}
    texts: dict[str, _Coded] = {}
    for row in coded:
        if row.id and ids.setdefault(row.id, row.line) != row.line:
            yield row.line, f"The id '{row.id[:60]}' stands in line {ids[row.id]} already."
        first = texts.setdefault(row.text, row)
        if set(first.labels) != set(row.labels):
            told = " and ".join(repr("; ".join(each.labels) or "none") for each in (first, row))
            yield row.line, f"The text stands in line {first.line} already, with other labels: {told}."


def _say_faults(faults: Sequence[tuple[int, str]], path: str, rows: int) -> CorpusFormatError:
    line, what = faults[0]
    more = [f"line {n}: {each}" for n, each in faults[1:_MOST_TOLD]]
    if len(faults) > _MOST_TOLD:
        more.append(f"and {len(faults) - _MOST_TOLD} more")
    rest = f" Also {'; '.join(more)}." if more else ""
    return CorpusFormatError(
        f"{what}{rest.replace('..', '.')}",
        where=f"{path}, line {line}",
        allowed=f"{_COLUMNS}\n{_FORM}",
        todo=f"Mend {len(faults)} of {rows} rows, and read it again.",
    )


def _find_doubts(coded: Sequence[_Coded], labels: Sequence[str], page: str) -> Iterator[Problem]:
    counted = Counter(label for row in coded for label in row.labels)
    few = [f"{label} ({counted[label]})" for label in labels if counted[label] < MIN_EXAMPLES]
    if few:
        yield Problem(
            "read", "warning", f"Too few examples to learn from: {', '.join(few)}.",
            f"At least {MIN_EXAMPLES} texts with the label; 20 and more for a figure that means something.",
            "Code more texts; until then the label is never given.", page,
        )  # fmt: skip
    doubled = [row for row, count in Counter(row.text for row in coded).items() if count > 1]
    if doubled:
        yield Problem(
            "read", "note", f"{len(doubled)} texts stand in the table more than once, with the same labels.",
            "Each text once.", "They are used as often as they stand there.", page,
        )  # fmt: skip
    close = _find_look_alikes(labels)
    if close:
        yield Problem(
            "read", "warning", f"Labels that differ only in case or marks: {'; '.join(close)}.",
            "One spelling a label.", "They were read as different labels.", page,
        )  # fmt: skip


def _find_look_alikes(labels: Sequence[str]) -> list[str]:
    plain: dict[str, list[str]] = {}
    for label in labels:
        plain.setdefault("".join(c for c in label.casefold() if c.isalnum()), []).append(label)
    return [", ".join(f"'{label}'" for label in alike) for alike in plain.values() if len(alike) > 1]
