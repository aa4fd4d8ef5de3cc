"""What each article of a story tells, one row a passage: who is quoted, how it is framed, what is claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.compare.differences import find_differences, say_amount, say_days, say_value
from analysis.compare.framing_units import METAPHORS
from analysis.compare.persons import shared_unit
from analysis.compare.places import frame_rows
from analysis.compare.said import select_quotations
from analysis.tables import Tables, known_rows

ASPECTS = ("headline", "quoted", "frame", "term", "figure", "differs", "event")
ROW_COLUMNS = ("aspect", "label", "article_id", "field", "start", "end", "text", "detail")
UNKNOWN = "unknown"
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
    name = _name_speakers(tables)
    quotes = select_quotations(tables)
    # A passage whose own words name nobody belongs to whom another passage of its quotation names.
    parts = quotes.groupby(["article_id", "quote_id"], dropna=False, sort=False)
    spoken = quotes.assign(**{name: parts[name].transform("first") for name in ("actor_id", "speaker")})
    for row in known_rows(spoken):
        yield _row("quoted", name(row)[0], row, f"{row['kind']} quotation", row["cue"], name(row)[1])
    for row in known_rows(tables.reported):
        yield _row("quoted", name(row)[0], row, "reported speech", row["cue"], name(row)[1])


def _name_speakers(tables: Tables) -> Callable[[Row], tuple[str, str | None]]:
    """Name a speaker: by the actor, else by the words that name somebody, else unknown.

    Somebody known by a surname alone has the full name of the articles that ends with it, if there is exactly
    one, and then the words as written are given, too.
    """
    spoken = (frame["actor_id"] for frame in (tables.mentions, tables.quotes, tables.reported))
    actors = tables.actors[tables.actors["actor_id"].isin(pd.concat(spoken).dropna())]
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    persons = set(actors["actor_id"][(actors["kind"] == "person").fillna(False)])
    full_names: dict[str, set[str]] = {}
    for person in persons:
        words = names[person].split(" ")
        for at in range(1, len(words)):
            full_names.setdefault(" ".join(words[at:]), set()).add(names[person])

    def name(row: Row) -> tuple[str, str | None]:
        own = names.get(row["actor_id"]) or row["speaker"] or row["speaker_text"] or UNKNOWN
        full = full_names.get(own, set()) if row["actor_id"] is None or row["actor_id"] in persons else set()
        return (next(iter(full)), f"named “{row['speaker_text'] or own}”") if len(full) == 1 else (own, None)

    return name


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
        dated = row["as_of_earliest"] is not None
        when = f"as of {say_days(row['as_of_earliest'], row['as_of_latest'])}" if dated else None
        who = f"said by {row['attributed_to']}" if row["attributed_to"] else None
        yield _row("figure", label, row, say_value(row), when, who, row["voice"])


def _key_figure(row: Row) -> tuple[Any, ...]:
    if row["codebook_measure"]:
        return (row["codebook_measure"],)
    return row["value"], row["high"], shared_unit(row["unit"]) if row["unit"] else None


def _label_figure(row: Row) -> str:
    if row["codebook_measure"]:
        return row["codebook_measure"]
    amount = say_amount(row)
    return f"{amount} ({row['measure']})" if row["measure"] else amount


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
