"""The extracted tables as one object: select among them, and check what they promise."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from analysis.errors import TextMismatchError, UnknownNameError, hint_at
from analysis.schema import TABLES, find_faults

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Tables:
    """Every table of the contract, one DataFrame an attribute; see :mod:`analysis.schema`.

    ``fingerprint`` is the corpus's; ``topic`` the packs that were used; ``codebooks`` name and version of
    each frame codebook that ran; ``corrections`` how many of a researcher's corrections were applied, and
    ``correction_log`` what became of each.
    """

    pages: pd.DataFrame
    problems: pd.DataFrame
    segments: pd.DataFrame
    articles: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    reported: pd.DataFrame
    mentions: pd.DataFrame
    actors: pd.DataFrame
    dates: pd.DataFrame
    figures: pd.DataFrame
    events: pd.DataFrame
    frames: pd.DataFrame
    terms: pd.DataFrame
    reuse: pd.DataFrame
    fingerprint: str = ""
    topic: tuple[str, ...] = ()
    codebooks: tuple[tuple[str, str], ...] = ()
    corrections: int = 0
    correction_log: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    def __getattr__(self, name: str) -> Any:
        # Called only for what is not there. Private names are asked for by Python and Jupyter.
        hint = "" if name.startswith("_") else hint_at(name, TABLES)
        raise AttributeError(f"There is no table '{name}'.{hint}", name=name, obj=self)

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Name and DataFrame of each table, in the contract's order."""
        for name in TABLES:
            yield name, getattr(self, name)

    def parts(self, name: str) -> Iterator[pd.DataFrame]:
        """A table in parts; these tables are held whole, and so is this one's only part."""
        yield getattr(self, name)

    def counts(self) -> pd.DataFrame:
        """Rows of each table, with what a row is. Shape: one row a table; columns table, rows, a row is."""
        rows = [(name, len(frame), TABLES[name].row) for name, frame in self.items()]
        return pd.DataFrame(rows, columns=["table", "rows", "a row is"])

    def select(
        self, *, outlets: Sequence[str] = (), start: str = "", end: str = "", on_topic: bool = False
    ) -> Tables:
        """The same tables for some of the articles.

        Args:
            outlets: Names of the outlets to keep; none means all.
            start: First day of publication to keep, YYYY-MM-DD; the interval must reach it.
            end: Last day of publication to keep.
            on_topic: Keep only articles to which a topic pack applies.

        Raises:
            UnknownNameError: There is no such outlet in the corpus, or a day is none.
        """
        articles = self.articles
        check_selection(set(articles["outlet"].dropna()), outlets, start, end)
        keep = articles["article_id"].notna()
        if outlets:
            keep &= articles["outlet"].isin(list(outlets)).fillna(False)
        if start:
            keep &= (articles["published_latest"] >= start).fillna(False)
        if end:
            keep &= (articles["published_earliest"] <= end).fillna(False)
        if on_topic:
            keep &= articles["on_topic"].fillna(False)
        ids = set(articles.loc[keep.astype(bool), "article_id"])
        kept: dict[str, pd.DataFrame] = {}
        for name, frame in self.items():
            for column in ("article_id", "article_a", "article_b"):
                if column in frame and name not in ("problems", "segments"):
                    frame = frame[frame[column].isin(ids)]
            kept[name] = frame.reset_index(drop=True)
        kept["actors"] = self.actors[self.actors["actor_id"].isin(kept["mentions"]["actor_id"])]
        return replace(self, **kept)

    def find_loose_spans(self) -> list[str]:
        """List the rows whose text is not exactly what their offsets say; empty where all hold."""
        texts = self.articles.set_index("article_id")[["text", "headline"]].to_dict("index")
        loose = []
        for name, frame in self.items():
            if "article_id" not in frame or name in ("articles", "segments"):
                continue
            fields = frame["field"] if "field" in frame else ["text"] * len(frame)
            for start, end, words in _span_columns(frame):
                rows = zip(frame["article_id"], fields, frame[start], frame[end], frame[words], strict=True)
                loose += [
                    f"{name}: {article} {field} {first}..{last} ({words})"
                    for article, field, first, last, text in rows
                    if not pd.isna(first) and texts[article][field][first:last] != text
                ]
        return loose

    def __repr__(self) -> str:
        return "Tables: " + ", ".join(f"{len(frame)} {name}" for name, frame in self.items())

    def _repr_html_(self) -> str:
        return self.counts().to_html(index=False)


def check_selection(known: Collection[str], outlets: Sequence[str], start: str, end: str) -> None:
    """Check what articles are to be selected by; see :meth:`Tables.select`.

    Args:
        known: The outlets that there are.
        outlets: Those that are wanted.
        start: The first day, or nothing.
        end: The last day, or nothing.

    Raises:
        UnknownNameError: There is no such outlet, or a day is none.
    """
    for name in outlets:
        if name not in known:
            raise UnknownNameError.among("outlet", name, known)
    for where, day in (("start", start), ("end", end)):
        if day and not _is_day(day):
            # Days are compared as text, so that another form would select something else without a word.
            raise UnknownNameError(
                f"'{day}' is not a day.",
                where=where,
                allowed="Days are written as YYYY-MM-DD, such as 2025-01-31; empty means no limit.",
            )


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _span_columns(frame: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """The columns of each span with its words: the row's own, and those of its speaker, cue or trigger."""
    for start in (name for name in frame if name == "start" or name.endswith("_start")):
        stem = start.removesuffix("start")
        words = next((name for name in (f"{stem}text", stem.rstrip("_")) if name in frame), None)
        if words is not None:
            yield start, f"{stem}end", words


def check_tables(tables: Tables) -> str:
    """Check that the tables keep their contract and that every row's text is what its offsets say.

    Returns:
        One sentence that says what was checked.

    Raises:
        TextMismatchError: A table breaks the contract, or a span is not its text.
    """
    faults = [fault for name, frame in tables.items() for fault in find_faults(name, frame)]
    faults += tables.find_loose_spans()
    if faults:
        raise TextMismatchError(
            f"{len(faults)} rows or columns break the contract of the tables; the first: {faults[0]}",
            allowed="Every column of the data dictionary, and text[start:end] equal to the row's text.",
            todo="Report it with the page; until then leave that table out.",
        )
    spans = sum(len(frame) for _, frame in tables.items() if {"article_id", "start", "text"} <= set(frame))
    return f"All {len(TABLES)} tables keep their contract; all {spans} evidence spans are exactly their text."


def known_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, None where a value is unknown."""
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")
