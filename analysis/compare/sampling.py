"""A sample for people to code: random within strata, the same every time, without the machine's answer.

A sample is a DataFrame with one row an item:

    item                    a stable id: table, article and place
    table                   sentences, quotes, events or frames: what the item is a row of
    article_id, outlet, headline    the article that it stands in
    field, start, end, text         the item: characters of the article's text or headline
    before, after           up to 300 characters of the article on either side
    stratum                 the group that it was drawn from
    of_stratum, drawn       how many items the group has, and how many of them were drawn

``attrs["sample"]`` says how it was drawn; on disk it stands in ``sample.json`` beside ``sample.csv``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.compare.cells import guard_cell, plain_cell
from analysis.compare.shares import NO_OUTLET
from analysis.errors import CorpusFormatError, OutputError, UnknownNameError
from analysis.tables import Tables, known_rows

SAMPLE_KINDS = ("sentences", "quotes", "events", "frames")
ALLOCATIONS = ("proportional", "equal")
SAMPLE_COLUMNS = (
    "item", "table", "article_id", "outlet", "headline", "field", "start", "end", "text", "before", "after",
    "stratum", "of_stratum", "drawn",
)  # fmt: skip
CONTEXT = 300

_NUMBERS = ("start", "end", "of_stratum", "drawn")
_TABLE, _ABOUT = "sample.csv", "sample.json"


def draw_sample(
    tables: Tables,
    kind: str,
    n: int = 100,
    by: str = "outlet",
    seed: int = 1,
    *,
    allocation: str = "proportional",
) -> pd.DataFrame:
    """Draw items at random within strata. A larger ``n`` adds items to those of a smaller one.

    Args:
        tables: The extracted tables.
        kind: What an item is: a sentence, a passage in quotation marks, a sentence that tells an event, or a
            match of a codebook. Only in sentences can be seen what the extraction missed.
        n: How many items; all where there are fewer.
        by: The column of ``articles`` whose values are the strata, or "" for none.
        seed: Another number draws other items.
        allocation: "proportional": each stratum in proportion to its items, one at the least (so that there
            may be more than ``n``, where there are more strata than that). "equal": as many of each, as far
            as it has them; estimates then weigh the items.

    Returns:
        The sample, in random order; empty where there is nothing to draw from.

    Raises:
        UnknownNameError: There is no such kind, column or allocation.
    """
    if allocation not in ALLOCATIONS:
        raise UnknownNameError.among("allocation", allocation, ALLOCATIONS)
    items = list_items(tables, kind, by)
    rank = items["item"].map(lambda item: hashlib.sha256(f"{seed}|{item}".encode()).hexdigest())
    items = items.assign(_rank=rank).sort_values("_rank", kind="stable")
    sizes = {name: int(size) for name, size in items["stratum"].value_counts().sort_index().items()}
    drawn = _allocate(sizes, max(0, n), equal=allocation == "equal")
    items["drawn"] = items["stratum"].map(drawn).astype("Int64")
    keep = items.groupby("stratum").cumcount() < items["drawn"]
    sample = items[keep].drop(columns="_rank").reset_index(drop=True)[list(SAMPLE_COLUMNS)]
    sample.attrs = {
        "sample": {
            "kind": kind, "n": n, "by": by, "seed": seed, "allocation": allocation, "of": len(items),
            "fingerprint": tables.fingerprint, "codebooks": [list(each) for each in tables.codebooks],
        }
    }  # fmt: skip
    return sample


def list_items(tables: Tables, kind: str, by: str = "outlet") -> pd.DataFrame:
    """All items that a sample may be drawn from, in reading order; ``drawn`` is null.

    Quotations in headlines are left out: the text gives them again.

    Args:
        tables: The extracted tables.
        kind: As for :func:`draw_sample`.
        by: As for :func:`draw_sample`.

    Raises:
        UnknownNameError: There is no such kind or column.
    """
    if kind not in SAMPLE_KINDS:
        raise UnknownNameError.among("kind of item", kind, SAMPLE_KINDS)
    if by and by not in tables.articles:
        raise UnknownNameError.among("column", by, tables.articles.columns, where="articles")
    rows = getattr(tables, kind).dropna(subset=["start"])
    if "field" not in rows:
        rows = rows.assign(field="text")
    if kind == "quotes":
        rows = rows[rows["field"] == "text"]
    places = rows[["article_id", "field", "start", "end"]].drop_duplicates()
    articles = {row["article_id"]: row for row in known_rows(tables.articles)}
    listed = [_make_item(kind, row, articles[row["article_id"]], by) for row in known_rows(places)]
    items = pd.DataFrame(listed, columns=list(SAMPLE_COLUMNS))
    items["of_stratum"] = items["stratum"].map(items["stratum"].value_counts())
    return items.astype({name: "Int64" if name in _NUMBERS else "string" for name in SAMPLE_COLUMNS})


def save_sample(sample: pd.DataFrame, folder: str | Path) -> Path:
    """Write a sample where people code it; the same sample again changes nothing.

    Args:
        sample: A sample, from :func:`draw_sample`.
        folder: Its folder, made where it does not exist: ``STUDY/coding/NAME``.

    Returns:
        The path of ``sample.csv``.

    Raises:
        OutputError: Another sample stands there and has been coded, or the folder cannot be written to.
    """
    folder = Path(folder)
    path, text = folder / _TABLE, _write_csv(sample)
    about = json.dumps(sample.attrs["sample"], ensure_ascii=False, indent=1) + "\n"
    coded = sorted(other.name for other in folder.glob("*.csv") if other.name != _TABLE)
    if path.exists() and path.read_bytes() == text.encode("utf-8"):
        return path
    if path.exists() and coded:
        raise OutputError(
            f"Another sample stands there, and has been coded ({', '.join(coded)}).",
            where=str(folder),
            allowed="A sample that is being coded is not replaced.",
            todo="Give the new sample another folder.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, content in ((folder / _ABOUT, about), (path, text)):
            draft = target.with_name(target.name + ".part")
            draft.write_text(content, encoding="utf-8", newline="")
            draft.replace(target)
    except OSError as error:
        raise OutputError(
            f"The sample cannot be written: {error.strerror}.", where=str(folder),
            allowed="A folder that you may write to.", todo="Choose another folder.",
        ) from None  # fmt: skip
    return path


def read_sample(folder: str | Path) -> pd.DataFrame:
    """Read a sample that :func:`save_sample` wrote.

    Raises:
        CorpusFormatError: There is none, or it is damaged.
    """
    path = Path(folder) / _TABLE
    try:
        about = json.loads(path.with_name(_ABOUT).read_text(encoding="utf-8"))
        # A spreadsheet that saved it may have put a mark of byte order before it.
        text = path.read_bytes().decode("utf-8-sig")
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(head)
        data = {name: [plain_cell(cell) or None for cell in column] for name, column in zip(head, columns)}  # noqa: B905
        sample = pd.DataFrame({name: pd.Series(data[name], dtype="string") for name in SAMPLE_COLUMNS})
        sample = sample.astype(dict.fromkeys(_NUMBERS, "Int64"))
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise CorpusFormatError(
            f"There is no sample that can be read: {type(error).__name__}: {error}.",
            where=str(path),
            allowed=f"A sample is {_TABLE} with {_ABOUT} beside it, as drawn.",
            todo="Draw it again with the seed and number that you drew it with, or take both from a backup.",
        ) from None
    sample.attrs = {"sample": about}
    return sample


def open_sample(tables: Tables, folder: str | Path, kind: str, n: int = 100, **how: Any) -> pd.DataFrame:
    """The sample that stands in a folder, or else a new one, which is not written.

    Args:
        tables: The extracted tables.
        folder: The sample's folder.
        kind: As for :func:`draw_sample`, like ``n`` and what follows.
        n: How many items to draw, where none stands there.
        **how: ``by``, ``seed``, ``allocation``.
    """
    if (Path(folder) / _TABLE).exists():
        return read_sample(folder)
    return draw_sample(tables, kind, n, **how)


def find_standing(sample: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The items whose words still stand at their place in the corpus: the others are of other pages."""
    articles = {row["article_id"]: row for row in known_rows(tables.articles)}
    stands = [
        row["article_id"] in articles
        and (articles[row["article_id"]][row["field"]] or "")[row["start"] : row["end"]] == row["text"]
        for row in known_rows(sample)
    ]
    return sample[pd.Series(stands, index=sample.index, dtype=bool)]


def _make_item(kind: str, row: dict[str, Any], article: dict[str, Any], by: str) -> dict[str, Any]:
    article_id, field, start, end = row["article_id"], row["field"], row["start"], row["end"]
    words = article[field]
    stratum = NO_OUTLET if by == "outlet" else "not stated"
    return {
        "item": f"{kind}:{article_id}:{field}:{start}-{end}",
        "table": kind,
        **row,
        "outlet": article["outlet"] or NO_OUTLET,
        "headline": article["headline"],
        "text": words[start:end],
        "before": _cut_left(words[:start]) or None,
        "after": _cut_right(words[end:]) or None,
        "stratum": "all" if not by else stratum if article[by] is None else str(article[by]),
    }


def _cut_left(words: str) -> str:
    """The last 300 characters, from a whole word on."""
    if len(words) <= CONTEXT:
        return words
    cut = words[-CONTEXT:]
    return cut[cut.find(" ") + 1 :]


def _cut_right(words: str) -> str:
    if len(words) <= CONTEXT:
        return words
    cut = words[:CONTEXT]
    return cut[: cut.rfind(" ")] if " " in cut else cut


def _allocate(sizes: dict[str, int], n: int, *, equal: bool) -> dict[str, int]:
    """How many to draw of each stratum: one at the least, the rest as Sainte-Laguë gives seats.

    The next item goes where it goes whatever ``n`` is, so that a larger sample never draws fewer of any.
    """
    total = sum(sizes.values())
    if n >= total:
        return dict(sizes)
    if not n:
        return dict.fromkeys(sizes, 0)
    drawn = dict.fromkeys(sizes, 1)
    while sum(drawn.values()) < n:
        open_ = [name for name in sizes if drawn[name] < sizes[name]]
        # What a small stratum cannot give goes to the others.
        name = max(
            open_, key=lambda each: ((1 if equal else sizes[each]) / (2 * drawn[each] + 1), sizes[each], each)
        )
        drawn[name] += 1
    return drawn


def _write_csv(sample: pd.DataFrame) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SAMPLE_COLUMNS)
    for row in known_rows(sample):
        cells = ("" if row[name] is None else str(row[name]) for name in SAMPLE_COLUMNS)
        writer.writerow(map(guard_cell, cells))
    return text.getvalue()
