"""A made-up study of two pages, corrections of it, and what became of them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis as an
from analysis.corrections.reading import REQUIRED
from analysis.tables import check_tables

HARBOUR = """Mayor promises a safer harbour after talks

The council agreed the harbour plan on 3 March 2025 and announced a new levy on 4 March 2025.

Ana Ruiz, the mayor, will not speak again before the summer.

"We must protect our border and our economy," said Ana Ruiz, the mayor. "Crime at the docks is a threat."

The harbour police chief, Tom Archer, said the levy would cost £4 million and would pay for 30 officers.

He told reporters that the docks were safe.
"""
QUAY = """Traders fear the levy

Traders on the quay said that the levy would hurt the economy and cost 200 jobs.

"Nobody asked us about it," said Lena Marsh, who sells fish.
"""
PAGES = {"harbour.txt": HARBOUR, "quay.txt": QUAY}
SETTINGS = """topic = "none"
[[pages]]
match = "*.txt"
published = 2025-03-05
outlet = "Example Herald"
"""


def keep_study(folder: Path, store: Path) -> Iterator[tuple[Path, an.Tables]]:
    """The study without corrections, with its tables; while it is kept, its copies share a store."""
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "corpus.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMELINES_CACHE", str(store))
        yield folder, an.extract(an.load(folder))


def copy_study(kept: tuple[Path, an.Tables], folder: Path) -> Path:
    """A copy of the study, to correct."""
    return shutil.copytree(kept[0], folder / "study")


def row_of(tables, table, words=None, **having):
    """The one row of a table whose text has these words, or whose columns have these values."""
    frame = getattr(tables, table)
    rows = frame[frame["text"].str.contains(words, regex=False)] if words else frame
    for column, value in having.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def line(table, row, column, value, *, who="AB", when="2025-11-22T10:00:00", **further):
    """A row of corrections.csv for a row of a table."""
    if isinstance(row, str):
        place = {"article_id": row}
    else:
        place = {name: row.get(name, "") for name in ("article_id", "start", "end", "text")}
    return {"table": table, **place, "column": column, "value": value, "who": who, "when": when, **further}


def write(folder, *rows, delimiter=",", encoding="utf-8", ends="\n", columns=(*REQUIRED, "was", "field")):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator=ends, restval="")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "corrections.csv").write_bytes(out.getvalue().encode(encoding))


def correct(folder, *rows, **form):
    """The tables of a study after corrections: they keep their contract whatever the file says."""
    write(folder, *rows, **form)
    tables = an.extract(an.load(folder))
    check_tables(tables)
    return tables


def told(tables, severity="warning"):
    problems = tables.problems[tables.problems["stage"] == "correct"]
    return list(problems.loc[problems["severity"] == severity, "what"])


def changed(tables, table, plain):
    """Which columns of which rows differ from those without corrections."""
    new, old = getattr(tables, table), getattr(plain, table)
    assert len(new) == len(old)
    return {
        (label, column)
        for column in old
        if column != "corrected"
        for label in old.index
        if not (old[column][label] is new[column][label] or old[column][label] == new[column][label])
    }
