"""Every exception that Framelines raises, in one tree.

    WorkbookError
    ├── CorpusError
    │   ├── CorpusNotFoundError      the path does not exist, or a glob matches nothing
    │   ├── CorpusEmptyError         the path exists, but holds nothing that can be read
    │   └── CorpusFormatError        a file, a row or corpus.toml cannot be understood
    ├── CodebookError                a codebook or topic pack is not valid TOML, or breaks its rules
    ├── CodingError                  a file of codings cannot be understood, or an answer is not allowed
    ├── UnknownNameError             a topic pack, table, outlet or parameter that does not exist
    ├── ModelMissingError            no English spaCy model is installed
    ├── TextMismatchError            a span does not belong to the text it is used with
    ├── OutputError                  the output folder cannot be used
    ├── StoreError                   a store cannot be used
    │   └── DamagedPartitionError    a partition of it is not what was written
    ├── QueryError                   a question in SQL that cannot be answered
    ├── SchedulerError               no Dask scheduler answers at an address
    ├── WorkerLostError              a worker ended again and again over the same work
    ├── PageTooSlowError             a page took longer than it may
    └── NotebookError                a notebook cannot be read, or a cell of it failed

Each message has four parts, in this order: what went wrong, the value and where it stands,
what is allowed, what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from unicodedata import category

# Names of columns and codes are listed whole; ids of a corpus would fill the screen.
_LISTED = 40


def find_closest(given: str, known: Iterable[str]) -> str | None:
    """The name that a slip was probably meant to be, whatever its capitals; None where none is close.

    Example:
        >>> find_closest("the gaurdian", ["The Guardian", "The Times"])
        'The Guardian'
    """
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(name.strip().casefold(), name)
    close = difflib.get_close_matches(given.strip().casefold(), folded, n=1)
    return folded[close[0]] if close else None


def hint_at(given: str, known: Iterable[str]) -> str:
    """What a slip in a name was probably meant to be, as a sentence after the message; else nothing."""
    close = find_closest(given, known)
    return f" Did you mean '{close}'?" if close is not None else ""


def printable(words: str) -> str:
    """Words for a terminal: names and texts come from strangers' files, and what could steer it is replaced.

    Example:
        >>> printable("\\x1b[2JGone")
        '\ufffd[2JGone'
    """
    # A no-break space is not printable to Python, and is harmless.
    return "".join(c if c.isprintable() or c in "\n\t" or category(c) == "Zs" else "\ufffd" for c in words)


class WorkbookError(Exception):
    """Base of all errors that a user can mend.

    Args:
        what: What went wrong, as a sentence.
        where: The place and the value given: a file, a line, a cell, a parameter.
        allowed: What would have been accepted.
        todo: What to do next.
    """

    def __init__(self, what: str, *, where: str = "", allowed: str = "", todo: str = "") -> None:
        self.what, self.where, self.allowed, self.todo = what, where, allowed, todo
        super().__init__(self.__str__())

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return "\n".join(part for part in (head, self.allowed, self.todo) if part)


class CorpusError(WorkbookError):
    """Something about the input corpus."""


class CorpusNotFoundError(CorpusError):
    """The corpus path does not exist."""


class CorpusEmptyError(CorpusError):
    """The corpus path holds nothing that can be read."""


class CorpusFormatError(CorpusError):
    """A corpus file, a row of it, or ``corpus.toml`` cannot be understood."""


class CodebookError(WorkbookError):
    """A codebook is not valid TOML, or an entry breaks the codebook's rules."""


class CodingError(WorkbookError):
    """A file of codings cannot be understood, or what was coded is not an answer to its question."""


class UnknownNameError(WorkbookError):
    """A name that does not exist where it was looked up."""

    @classmethod
    def among(cls, kind: str, given: str, known: Iterable[str], *, where: str = "") -> UnknownNameError:
        """Build the error for a name that is not one of ``known``, with the closest match.

        Example:
            >>> print(UnknownNameError.among("table", "quote", ["quotes", "events"]))
            There is no table 'quote'. Did you mean 'quotes'?
            Known: events, quotes.
        """
        known = sorted(known)
        hint = hint_at(given, known)
        more = f" and {len(known) - _LISTED:,} more" if len(known) > _LISTED else ""
        named = f"{', '.join(known[:_LISTED])}{more}"
        allowed = f"Known: {named}." if known else f"There is no {kind} at all here."
        return cls(f"There is no {kind} '{given}'.{hint}", where=where, allowed=allowed)


class ModelMissingError(WorkbookError):
    """No English spaCy model is installed."""


class TextMismatchError(WorkbookError):
    """A span does not belong to the text it is used with."""


class OutputError(WorkbookError):
    """The output folder cannot be used."""


class StoreError(WorkbookError):
    """A store of tables cannot be used."""


class DamagedPartitionError(StoreError):
    """A partition of a store is not what was written."""


class QueryError(WorkbookError):
    """A question in SQL that cannot be answered."""


class SchedulerError(WorkbookError):
    """No Dask scheduler with a worker answers at an address, or its workers are gone."""


class WorkerLostError(WorkbookError):
    """The workers ended, again and again, over the same work."""


class PageTooSlowError(WorkbookError):
    """A page took longer than it may."""


class StoreWarning(UserWarning):
    """Something about a store that was mended, or that keeps results from being kept."""


class NotebookError(WorkbookError):
    """A notebook cannot be read, or a cell of it failed."""


@dataclass(frozen=True)
class Problem:
    """A row of the table ``problems``: something that did not stop the work, but must be told.

    ``severity`` is "error" (not read), "warning" (read with a doubt) or "note"; ``stage`` is one of
    :data:`analysis.schema.STAGES`.
    """

    stage: str
    severity: str
    what: str
    allowed: str = ""
    todo: str = ""
    page: str | None = None
    line: int | None = None
    article_id: str | None = None

    def to_row(self) -> dict[str, object]:
        """The problem as a mapping of column name to value."""
        return asdict(self)

    def __str__(self) -> str:
        place = ", ".join(
            str(part) for part in (self.page, self.line and f"line {self.line}", self.article_id) if part
        )
        parts = (f"{self.severity}:", f"{place}:" if place else "", self.what, self.allowed, self.todo)
        return printable(" ".join(part for part in parts if part))
