"""What is marked in an article that is read: quotations, frames, figures, terms, events, shared passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.compare import select_quotations
from analysis.compare.differences import say_value
from analysis.compare.framing_units import select_frames
from analysis.compare.sources.wording import shared_wordings
from analysis.tables import Tables, known_rows
from analysis.views.theme import describe_dates

#: The layers of marks, in the order in which they are offered.
LAYERS = ("quotes", "frames", "figures", "terms", "events", "shared")
OWN, QUOTED, MIXED = "own", "quoted", "mixed"
_VOICES = {"narration": OWN, "quotation": QUOTED, "mixed": MIXED}
_SAID_BY = {OWN: "journalist’s own words", MIXED: "partly quoted"}
# Beyond so many articles only passages that are shared word for word are looked for: the table has them.
MOST_SEARCHED = 500

Row = Mapping[str, Any]
Pair = tuple[str, str]
Span = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """One mark in an article.

    Attributes:
        layer: One of ``LAYERS``, but "shared": passages belong to two articles.
        headline: Whether it stands in the headline.
        start: Where it begins, in characters of the text or the headline.
        end: Where it ends, exclusive.
        label: What it is, in a word or two.
        details: What else is said of it.
        voice: "own", "quoted" or "mixed" where the table says whose words they are; else "".
        tag: A few words to stand before it in the text; "" for none.
    """

    layer: str
    headline: bool
    start: int
    end: int
    label: str
    details: str
    voice: str
    tag: str


@dataclass(frozen=True)
class Passage:
    """Words that two articles share.

    Attributes:
        articles: Ids of the two.
        places: Start and end in the text of either, in characters.
        parts: Where in either the words stand that both have, in order; all of it where it is word for word.
        words: How many words it has in either.
        changes: In how many places the wording differs; none is word for word.
    """

    articles: Pair
    places: tuple[Span, Span]
    parts: tuple[tuple[Span, ...], tuple[Span, ...]]
    words: tuple[int, int]
    changes: int


def read_marks(tables: Tables, ids: Collection[str], codebook: str) -> dict[str, list[Mark]]:
    """Read what is found in some articles, in reading order.

    Args:
        tables: The extracted tables.
        ids: Ids of the articles.
        codebook: Whose frames.

    Returns:
        For each id its marks. Of an event the trigger is marked, of a quotation each passage.

    Raises:
        UnknownNameError: There is no such codebook.
    """
    sources: tuple[tuple[pd.DataFrame, Callable[[Row], Mark]], ...] = (
        (select_quotations(tables), _mark_quote),
        (select_frames(tables, codebook), _mark_frame),
        (tables.figures, _mark_figure),
        (tables.terms, _mark_term),
        (tables.events, _mark_event),
    )
    marks: dict[str, list[Mark]] = {article: [] for article in ids}
    for frame, make in sources:
        for row in known_rows(frame[frame["article_id"].isin(marks)]):
            mark = make(row)
            if mark.start < mark.end:
                marks[row["article_id"]].append(mark)
    for found in marks.values():
        found.sort(key=lambda mark: (not mark.headline, mark.start, -mark.end, LAYERS.index(mark.layer)))
    return marks


def find_passages(tables: Tables, pairs: Iterable[Pair]) -> list[Passage]:
    """Find what pairs of articles share, edited or word for word; in a large corpus word for word alone."""
    pairs = list(dict.fromkeys(pairs))
    if len(tables.articles) > MOST_SEARCHED:
        return _list_verbatim(tables.reuse, {frozenset(pair): pair for pair in pairs})
    return [
        _join_parts(pair, rows)
        for pair, wording in shared_wordings(tables, pairs).items()
        for _, rows in wording.groupby("passage", sort=True)
    ]


def _list_verbatim(reuse: pd.DataFrame, pairs: Mapping[frozenset[str], Pair]) -> list[Passage]:
    named = {article for pair in pairs.values() for article in pair}
    passages = []
    for row in reuse[reuse["article_a"].isin(named) & reuse["article_b"].isin(named)].to_dict("records"):
        pair = pairs.get(frozenset((row["article_a"], row["article_b"])))
        if pair is None:
            continue
        sides = {
            row[f"article_{side}"]: (int(row[f"start_{side}"]), int(row[f"end_{side}"])) for side in "ab"
        }
        places = (sides[pair[0]], sides[pair[1]])
        parts = ((places[0],), (places[1],))
        passages.append(Passage(pair, places, parts, (int(row["words"]), int(row["words"])), 0))
    return sorted(passages, key=lambda passage: (passage.articles, passage.places))


def _join_parts(pair: Pair, rows: pd.DataFrame) -> Passage:
    """One passage of the parts that tile it."""
    places, parts, words = zip(*(_measure_side(rows, side) for side in "ab"), strict=True)
    return Passage(pair, places, parts, words, int((rows["kind"] != "same").sum()))


def _measure_side(rows: pd.DataFrame, side: str) -> tuple[Span, tuple[Span, ...], int]:
    """Where a passage stands in one article, where the words of both do, and how many words it has there."""
    own = rows[rows[f"start_{side}"] < rows[f"end_{side}"]]
    spans = [(int(a), int(b)) for a, b in zip(own[f"start_{side}"], own[f"end_{side}"], strict=True)]
    same = tuple(span for span, kind in zip(spans, own["kind"], strict=True) if kind == "same")
    return (spans[0][0], spans[-1][1]), same, sum(len(text.split()) for text in own[f"text_{side}"])


def _mark(layer: str, row: Row, label: str, details: Iterable[str | None], tag: str = "") -> Mark:
    voice = _VOICES.get(row.get("voice") or "", "")
    says = _say_voice(row, voice) if layer != "quotes" else ""
    told = "; ".join(filter(None, (says, *details)))
    return Mark(
        layer, row.get("field") == "headline", int(row["start"]), int(row["end"]), label, told, voice, tag
    )


def _say_voice(row: Row, voice: str) -> str:
    if voice == QUOTED:
        return f"quoted: {row.get('speaker') or 'speaker not stated'}"
    return _SAID_BY.get(voice, "")


def _mark_quote(row: Row) -> Mark:
    speaker = row["speaker"] or row["speaker_text"] or ""
    unclosed = None if row["closed"] is not False else "its closing mark is missing"
    return _mark(
        "quotes", row, speaker or "speaker not stated", [f"{row['kind']} quotation", row["cue"], unclosed],
        speaker or "?",
    )  # fmt: skip


def _mark_frame(row: Row) -> Mark:
    return _mark("frames", row, row["frame"], [])


def _mark_figure(row: Row) -> Mark:
    dated = row["as_of_earliest"] and row["as_of_latest"]
    return _mark(
        "figures", row, row["codebook_measure"] or row["measure"] or "what it counts is not stated",
        [say_value(row), dated and f"as of {describe_dates(row['as_of_earliest'], row['as_of_latest'])}",
         row["attributed_to"] and f"according to {row['attributed_to']}"],
    )  # fmt: skip


def _mark_term(row: Row) -> Mark:
    return _mark("terms", row, row["term_group"], [row["use"]])


def _mark_event(row: Row) -> Mark:
    dated = row["date_earliest"] and row["date_latest"]
    when = describe_dates(row["date_earliest"], row["date_latest"]) if dated else "no date"
    status = row["status"] or "status not stated"
    told = [row["instrument"], row["modality"], "denied" if row["negated"] else None]
    start = row["start"] if row["trigger_start"] is None else row["trigger_start"]
    end = row["end"] if row["trigger_end"] is None else row["trigger_end"]
    place = {**row, "start": start, "end": end}
    return _mark("events", place, f"{status}, {when}", told, f"{status}, {when}")


def count_layers(marks: Iterable[Mark]) -> dict[str, int]:
    """How many marks each layer has."""
    found = dict.fromkeys(LAYERS[:-1], 0)
    for mark in marks:
        found[mark.layer] += 1
    return found
