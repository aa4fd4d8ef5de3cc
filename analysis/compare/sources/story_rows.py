"""What each article of a story tells, one row a passage: who is quoted, how it is framed, what is claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.compare.differences import find_differences
from analysis.compare.framing_units import METAPHORS
from analysis.compare.persons import shared_unit
from analysis.compare.places import frame_rows
from analysis.compare.said import select_quotations
from analysis.tables import Tables, known_rows

ASPECTS = ("headline", "quoted", "frame", "term", "figure", "event", "differs")
ROW_COLUMNS = ("aspect", "label", "article_id", "field", "start", "end", "text", "detail")
UNKNOWN = "unknown"
_SIGNS = {">": "more than ", "<": "less than ", "~": "about "}
_MOST_CHARACTERS = 120

Row = Mapping[str, Any]


def read_rows(tables: Tables) -> pd.DataFrame:
    """Read what the articles tell.

    Args:
        tables: The tables of these articles alone.

    Returns:
        One row a passage, by aspect and label, then in reading order; columns ``ROW_COLUMNS``.
    """
    rows = [
        *_read_headlines(tables),
        *_read_quoted(tables),
        *_read_frames(tables),
        *_read_terms(tables),
        *_read_figures(tables),
        *_read_events(tables),
        *_read_differences(tables),
    ]
    rows.sort(key=lambda row: (ASPECTS.index(row["aspect"]), row["label"], row["article_id"], row["start"]))
    return frame_rows(rows, ROW_COLUMNS)


def _row(aspect: str, label: str, row: Row, *details: str | None) -> dict[str, Any]:
    place = {name: row[name] for name in ("article_id", "start", "end", "text")}
    detail = "; ".join(filter(None, details)) or None
    return {"aspect": aspect, "label": label, "field": row.get("field") or "text", **place, "detail": detail}


def _read_headlines(tables: Tables) -> Iterator[dict[str, Any]]:
    for article in known_rows(tables.articles):
        headline = article["headline"]
        if headline:
            place = {"field": "headline", "start": 0, "end": len(headline), "text": headline}
            yield _row("headline", "headline", {**article, **place})


def _read_quoted(tables: Tables) -> Iterator[dict[str, Any]]:
    names = dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))
    quotes = select_quotations(tables)
    # A passage whose own words name nobody belongs to whom another passage of its quotation names.
    parts = quotes.groupby(["article_id", "quote_id"], dropna=False, sort=False)
    spoken = quotes.assign(**{name: parts[name].transform("first") for name in ("actor_id", "speaker")})
    for row in known_rows(spoken):
        yield _row("quoted", _name_speaker(row, names), row, f"{row['kind']} quotation", row["cue"])
    for row in known_rows(tables.reported):
        yield _row("quoted", _name_speaker(row, names), row, "reported speech", row["cue"])


def _name_speaker(row: Row, names: Mapping[str, str]) -> str:
    """The speaker: the name of the actor, else the words that name somebody, else unknown."""
    return names.get(row["actor_id"]) or row["speaker"] or row["speaker_text"] or UNKNOWN


def _read_frames(tables: Tables) -> Iterator[dict[str, Any]]:
    frames = tables.frames
    own = frames[(frames["voice"] == "narration").fillna(False)]
    own = own[~own["codebook"].str.endswith(METAPHORS).fillna(False)]
    codebooks = own.groupby(own["frame"].str.casefold())["codebook"].nunique()
    for row in known_rows(own):
        several = codebooks[row["frame"].casefold()] > 1
        label = f"{row['frame']} ({row['codebook']})" if several else row["frame"]
        yield _row("frame", label, row, row["codebook"])


def _read_terms(tables: Tables) -> Iterator[dict[str, Any]]:
    for row in known_rows(tables.terms):
        yield _row("term", row["term_group"], row, row["use"], row["voice"], row["speaker"])


def _read_figures(tables: Tables) -> Iterator[dict[str, Any]]:
    """Figures of one measure of the codebook have its name; others are one where value and unit are."""
    rows = known_rows(tables.figures)
    labels = _label(rows, _key_figure, _label_figure)
    for row, label in zip(rows, labels, strict=True):
        who = f"said by {row['attributed_to']}" if row["attributed_to"] else None
        yield _row("figure", label, row, _say_value(row), _say_as_of(row), who, row["voice"])


def _key_figure(row: Row) -> tuple[Any, ...]:
    if row["codebook_measure"]:
        return (row["codebook_measure"],)
    return row["value"], row["high"], shared_unit(row["unit"]) if row["unit"] else None


def _label_figure(row: Row) -> str:
    if row["codebook_measure"]:
        return row["codebook_measure"]
    amount = _say_amount(row)
    return f"{amount} ({row['measure']})" if row["measure"] else amount


def _say_amount(row: Row) -> str:
    if row["value"] is None:
        return "a number that could not be read"
    high = "" if row["high"] is None else f" to {row['high']:,.10g}"
    return f"{row['value']:,.10g}{high} {row['unit'] or ''}".rstrip()


def _say_value(row: Row) -> str:
    moved = f"{row['direction']} " if row["direction"] else ""
    return f"{moved}{_SIGNS.get(row['change'] or '', '')}{_say_amount(row)}"


def _say_as_of(row: Row) -> str | None:
    earliest, latest = row["as_of_earliest"], row["as_of_latest"]
    return f"as of {say_days(earliest, latest)}" if earliest else None


def say_days(earliest: str | None, latest: str | None) -> str:
    """An interval of days in words: "2025-07-09", "2025-07-01 to 2025-07-31", "no date"."""
    if not earliest or not latest:
        return "no date"
    return earliest if earliest == latest else f"{earliest} to {latest}"


def _read_events(tables: Tables) -> Iterator[dict[str, Any]]:
    rows = known_rows(tables.events)
    labels = _label(rows, lambda row: row["event_id"], lambda row: _shorten(row["what"] or row["text"]))
    for row, label in zip(rows, labels, strict=True):
        when = say_days(row["date_earliest"], row["date_latest"])
        denied = "denied" if row["negated"] else None
        yield _row("event", label, row, row["status"], denied, when)


def _label(rows: Sequence[Row], key: Callable[[Row], Any], say: Callable[[Row], str]) -> list[str]:
    """Label rows of one key by the first of them, so that no two keys have one label."""
    known: dict[Any, str] = {}
    taken: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: (row["article_id"], row["start"])):
        if key(row) not in known:
            label = say(row)
            taken[label] = taken.get(label, 0) + 1
            known[key(row)] = label if taken[label] == 1 else f"{label} ({taken[label]})"
    return [known[key(row)] for row in rows]


def _shorten(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= _MOST_CHARACTERS:
        return words
    return words[: _MOST_CHARACTERS + 1].rsplit(" ", 1)[0][:_MOST_CHARACTERS] + " …"


def _read_differences(tables: Tables) -> Iterator[dict[str, Any]]:
    for row in known_rows(find_differences(tables)):
        yield _row("differs", f"{row['kind']}: {_shorten(row['about'])}", row, row["says"], row["note"])
