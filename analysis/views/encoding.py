"""Evidence as the browser reads it: columns of numbers, each article, sentence and value stored once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from analysis.views.sharing import leave_out_around, may_show_whole_texts
from analysis.views.theme import describe_dates

UNKNOWN = "Not stated"
# Columns whose name says too little to readers.
LABELS = {"date_text": "Date words", "date_basis": "Date rests on"}
_EPOCH = date(1970, 1, 1).toordinal()


def name_dimension(column: str) -> str:
    """A column's name as a label in full words."""
    return LABELS.get(column) or column.replace("_", " ").capitalize()


def encode_evidence(
    evidence: pd.DataFrame, dimensions: Mapping[str, str], details: Sequence[str] = ()
) -> dict[str, Any]:
    """Write evidence as columns of small numbers: each article, sentence and value is stored once.

    Offsets become UTF-16 units, in which browsers count; days become days since 1970. Details are encoded
    as dimensions are, but nobody filters by them. Where a match stands in its article goes into tables that
    readers take with them, so it stays in characters of the text.

    Where whole texts may not travel, neither do the sentences around a match, unless they are evidence
    themselves: ``before`` and ``after`` then say -2. ``texts`` is "whole" where the evidence is all that the
    articles say, and ``left_out`` says in words what of the evidence stays behind, where something does.
    """
    strings: dict[str, int] = {}
    code = strings.setdefault
    found = evidence.drop_duplicates("article_id").to_dict("records")
    articles = {row["article_id"]: at for at, row in enumerate(found)}
    around = {
        side: [code(text, len(strings)) if isinstance(text, str) else -1 for text in _column(evidence, side)]
        for side in ("before", "after")
    }
    sentences = list(evidence["sentence"])
    data = {
        "articles": [_describe_article(row) for row in found],
        "article": [articles[each] for each in evidence["article_id"]],
        "sentence": [code(text, len(strings)) for text in sentences],
        "start": _units(sentences, evidence["match_start"]),
        "end": _units(sentences, evidence["match_end"]),
        **around,
        "sentences": list(strings),
        "from": _days(evidence["date_earliest"]),
        "to": _days(evidence["date_latest"]),
        "event_dates": not evidence["date_earliest"].equals(evidence["published_earliest"]),
        "dimensions": [_encode_dimension(evidence[name], name, label) for name, label in dimensions.items()],
        "details": encode_details(evidence, details),
        "place": {name: encode_numbers(evidence[name]) for name in ("start", "end") if name in evidence},
        "field": encode_details(evidence, [name for name in ("field",) if name in evidence]),
        "texts": evidence.attrs.get("texts", ""),
        "left_out": evidence.attrs.get("stays", ""),
    }
    return data if may_show_whole_texts() else leave_out_around(data)


def encode_details(evidence: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Write columns as dimensions are written, for views that name marks by them."""
    return [_encode_dimension(evidence[name], name, name_dimension(name)) for name in names]


def encode_numbers(column: pd.Series) -> list[float | int | None]:
    """Write a column of numbers: whole ones without their point, unknown ones as null."""
    return [None if pd.isna(n) else int(n) if float(n).is_integer() else float(n) for n in column]


def count_units(text: str, offset: int) -> int:
    """An offset in UTF-16 units."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def _describe_article(row: Mapping[str, Any]) -> dict[str, str]:
    earliest, latest = (_text(row[f"published_{side}"]) for side in ("earliest", "latest"))
    when = describe_dates(earliest, latest)
    return {
        "id": row["article_id"],
        "outlet": row["outlet"],
        "headline": _text(row["headline"]) or "",
        "published": when if earliest else "publication date not stated",
        "earliest": earliest or "",
        "latest": latest or "",
        **_describe_address(_text(row.get("url")) or ""),
    }


def _describe_address(address: str) -> dict[str, str]:
    """An article's address: ``url`` may be followed by a click, ``address`` is only read."""
    if not address:
        return {}
    return {"url": address} if is_web_address(address) else {"address": address}


def is_web_address(address: str) -> bool:
    """Whether an address is a plain one of the web: no other scheme, no user's name, nothing unseen in it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    plain = address.isprintable() and not any(mark in address for mark in ' \\"<>')
    return plain and parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def _encode_dimension(column: pd.Series, name: str, label: str) -> dict[str, Any]:
    lists = as_lists(column)
    values = sort_values({value for each in lists for value in each})
    codes = {value: at for at, value in enumerate(values)}
    several = any(len(each) != 1 for each in lists)
    packed = [[codes[value] for value in each] if several else codes[each[0]] for each in lists]
    return {"name": name, "label": label, "values": values, "codes": packed}


def sort_values(values: Iterable[str]) -> list[str]:
    """Values by the alphabet, as the views list them; "Not stated" stands last."""
    return sorted(values, key=lambda value: (value == UNKNOWN, value.casefold()))


def as_lists(column: pd.Series) -> list[list[str]]:
    """Each cell as a list of words; what is null or empty becomes "Not stated"."""
    cells = []
    for cell in column:
        values = list(cell) if isinstance(cell, (list, tuple)) else [] if pd.isna(cell) else [cell]
        cells.append(list(dict.fromkeys(_word(value) for value in values)) or [UNKNOWN])
    return cells


def _word(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) or abs(value) >= 1e15 else f"{int(value):,}"
    return str(value)


def _column(evidence: pd.DataFrame, name: str) -> list[Any]:
    return list(evidence[name]) if name in evidence else [None] * len(evidence)


def _units(texts: list[str], offsets: pd.Series) -> list[int]:
    return [
        -1 if pd.isna(offset) else count_units(text, int(offset))
        for text, offset in zip(texts, offsets, strict=True)
    ]


def _days(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(day) else date.fromisoformat(day).toordinal() - _EPOCH for day in column]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
