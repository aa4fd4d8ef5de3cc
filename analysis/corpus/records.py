"""Table files to records: one article a row, its text kept unchanged."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.corpus.decoding import decode, replace_surrogates
from analysis.corpus.pages import Reading, Record, Source
from analysis.errors import CorpusFormatError, Problem

TABLE_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".parquet")

_FIELDS = {
    "text": ("text",),
    "id": ("id",),
    "outlet": ("outlet",),
    "published": ("published", "date", "dct"),
    "headline": ("headline", "title"),
    "byline": ("byline",),
    "url": ("url",),
}


def read_table(source: Source) -> Iterator[Reading]:
    """The records of a table file. A row that is no article becomes a problem.

    Raises:
        CorpusFormatError: The file is no table of its kind.
    """
    data = source.read(limit=2_000_000_000)
    sha256 = hashlib.sha256(data).hexdigest()
    if source.suffix == ".parquet":
        yield _records(pd.read_parquet(io.BytesIO(data)).to_dict("records"), source.name, sha256)
        return
    text, _, doubt = decode(data)
    doubts = (Problem("read", "warning", **doubt, page=source.name),) if doubt else ()
    reading = _records(_table_rows(text, source.suffix), source.name, sha256)
    yield Reading(source.name, sha256, records=reading.records, problems=doubts + reading.problems)


def _table_rows(text: str, suffix: str) -> Iterator[Mapping[str, Any]] | list[Mapping[str, Any]]:
    if suffix in (".csv", ".tsv"):
        table = pd.read_csv(
            io.StringIO(text), sep="\t" if suffix == ".tsv" else ",", dtype=str, keep_default_na=False
        )
        return table.to_dict("records")
    if suffix == ".jsonl":
        # Not splitlines: a line separator (U+2028) may stand inside a JSON string.
        return [_parse_json(line, n) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    content = _parse_json(text, 1)
    return content if isinstance(content, list) else [content]


def _parse_json(text: str, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CorpusFormatError(
            f"Line {line + error.lineno - 1} is not valid JSON: {error.msg}.",
            allowed="A .jsonl file holds one object a line, a .json file a list of objects.",
            todo="Mend the line, or export the file again.",
        ) from None
    except RecursionError:
        raise CorpusFormatError(
            f"Line {line} holds lists or objects nested too deep to be read.",
            allowed="A .jsonl file holds one object a line, a .json file a list of objects.",
            todo="Export the file again, one article a row.",
        ) from None


def _records(rows: Any, page: str, sha256: str) -> Reading:
    records, problems = [], []
    for line, row in enumerate(rows, 1):
        values = (
            {field: _first(row, names) for field, names in _FIELDS.items()}
            if isinstance(row, Mapping)
            else {}
        )
        if not values.get("text"):
            problems.append(
                Problem(
                    "read", "error", f"Row {line} has no text.",
                    "Each row needs 'text'; id, outlet, published, headline, byline and url are used.",
                    "Name the column that holds the article 'text'.", page, line,
                )
            )  # fmt: skip
            continue
        published, faulty = _day(values["published"])
        if faulty:
            problems.append(
                Problem(
                    "read", "warning", f"Row {line}: 'published' is '{faulty}', which is not a date.",
                    "Write dates as YYYY-MM-DD.", "The row was read without its date.", page, line,
                )
            )  # fmt: skip
        article_id = values.pop("id") or f"{page}#{line - 1}"
        records.append(
            Record(page=page, line=line, article_id=article_id, **{**values, "published": published})
        )
    return Reading(page, sha256, records=tuple(records), problems=tuple(problems))


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row.get(name)
        if value is not None and value is not pd.NA and value == value and str(value) != "":
            return replace_surrogates(str(value))
    return None


def _day(value: str | None) -> tuple[str | None, str | None]:
    """An ISO day, and the value where it is none."""
    if value is None:
        return None, None
    day = pd.to_datetime(value[:10], format="%Y-%m-%d", errors="coerce")
    return (None, value) if pd.isna(day) else (day.date().isoformat(), None)
