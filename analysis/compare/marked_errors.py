"""How often the extraction is wrong on the hand-marked pages, table by table, and every row that is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.compare.alike import Row, same_days, same_name, words
from analysis.compare.intervals import Share
from analysis.compare.marked import MarkedPages, Score, has_marked_pages, marked_frames, mean_f1
from analysis.tables import Tables

QUOTATION, FIGURE, EVENT = "quotation", "policy figure", "event sentence"
FRAME, TERM = "policy frame", "term for migrants"
DATES, SETTLED = "their date, where words give one", "their date, where the page's day is given too"
WRONG_COLUMNS = ("measure", "fault", "article_id", "field", "start", "end", "text", "marked", "found")

# What two readers reach, who marked the pages apart (tests/gold/README.md).
_READERS = {
    QUOTATION: "F1 .92", "speaker": "17 of 17", FIGURE: "F1 .87", EVENT: "F1 .77", "status": "29 of 31",
    "date": "20 of 20", FRAME: "mean F1 .84", TERM: "F1 .82",
}  # fmt: skip


def measure_marked(tables: Tables, settled: Tables | None = None) -> pd.DataFrame:
    """Measure how often the extraction is right on the hand-marked pages.

    Args:
        tables: What :func:`analysis.compare.marked.extract_marked` gives.
        settled: What it gives with settings, for a row on dates where the day of publication is known.

    Returns:
        One row a measure: measure, marked, found, right; precision and recall (0 to 1), each with the 95 %
        interval of Wilson, from ten on; f1; and readers: what two human readers reach with each other. Where
        the pages mark only some of what is to be found, as of figures, there is no precision. The last row
        is the mean of F1 over the policy frames marked in five paragraphs or more. Empty, like the tables,
        where the pages are not here.
    """
    shares = ["precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high", "f1"]
    columns = ["measure", "marked", "found", "right", *shares, "readers"]
    types = dict.fromkeys(shares, "Float64") | dict.fromkeys(("marked", "found", "right"), "Int64")
    rows = _list_measures(MarkedPages(tables)) if has_marked_pages() else []
    if rows and settled is not None:
        rows.insert(_after_dates(rows), _describe(*_score_dates(MarkedPages(settled), SETTLED)))
    return pd.DataFrame(rows, columns=columns).astype(types)


def measure_marked_frames(tables: Tables) -> pd.DataFrame:
    """Measure each policy frame on the hand-marked pages.

    Returns:
        One row a frame, most marked first: frame, marked, found, right (paragraphs) and f1 (0 to 1).
    """
    scores = MarkedPages(tables).score_frames() if has_marked_pages() else {}
    rows = [(name, score.marked, score.found, score.right, score.f1) for name, score in scores.items()]
    made = pd.DataFrame(rows, columns=["frame", "marked", "found", "right", "f1"])
    return made.sort_values(["marked", "frame"], ascending=[False, True]).reset_index(drop=True)


def list_wrong(tables: Tables) -> pd.DataFrame:
    """List every row of the hand-marked pages that is wrong.

    Args:
        tables: What :func:`analysis.compare.marked.extract_marked` gives.

    Returns:
        One row a fault: measure, fault (missed, extra, wrong speaker, wrong status, no date, wide date, wrong
        date, wrong unit, wrong change, wrong time), article_id, field, start, end and text in the article as
        it was found (null where the words do not stand there), marked and found: what either says. A wide
        date holds the marked one and is more than 31 days wider.
    """
    pages = MarkedPages(tables) if has_marked_pages() else None
    finders = (_wrong_quotes, _wrong_figures, _wrong_events, _wrong_frames, _wrong_terms)
    rows = [row for find in finders for row in find(pages)] if pages else []
    frame = pd.DataFrame(rows, columns=list(WRONG_COLUMNS))
    return frame.astype({name: "Int64" if name in ("start", "end") else "string" for name in WRONG_COLUMNS})


def _list_measures(pages: MarkedPages) -> list[dict[str, Any]]:
    rows = [_describe(name, score, readers, part) for name, score, readers, part in _scores(pages)]
    mean = {"measure": "policy frames, mean over frames", "f1": mean_f1(pages.score_frames())}
    return [*rows, {**mean, "readers": _READERS[FRAME]}]


def _scores(pages: MarkedPages) -> Iterator[tuple[str, Score, str, bool]]:
    """Measure, score, what readers reach, and whether the pages mark only a part of what is there."""
    articles, paired = len(pages.articles), len(pages.pairs)
    quotes, speakers = pages.score_quotes()
    described = pages.describe_figures()
    events, status = pages.score_events()
    frames = pages.score_frames().values()
    yield "articles", pages.score_articles(), "", False
    yield "articles with clean text", pages.score_articles(0.97), "", False
    yield "outlet of an article", Score(articles, paired, pages.count_outlets()), "", False
    yield (
        "publication day within its interval",
        Score(articles, paired, len(pages.publication_widths())),
        "",
        False,
    )
    yield "quotations", quotes, _READERS[QUOTATION], False
    yield "quotations with their speaker", speakers, _READERS["speaker"], False
    yield "policy figures", pages.score_figures(), _READERS[FIGURE], True
    right = sum(all(each[1:]) for each in described)
    yield "their unit, change and time", Score(len(described), len(described), right), "", False
    yield "event sentences", events, _READERS[EVENT], False
    yield "their status", Score(events.right, events.right, status), _READERS["status"], False
    yield _score_dates(pages, DATES)
    marked, found, right = (
        sum(getattr(score, name) for score in frames) for name in ("marked", "found", "right")
    )
    yield "policy frames by paragraph", Score(marked, found, right), "", False
    yield "terms for migrants", pages.score_terms(), _READERS[TERM], False


def _score_dates(pages: MarkedPages, name: str) -> tuple[str, Score, str, bool]:
    right, dated = pages.score_event_dates()
    return name, Score(dated, dated, right), _READERS["date"], False


def _after_dates(rows: list[dict[str, Any]]) -> int:
    return 1 + next(n for n, row in enumerate(rows) if row["measure"] == DATES)


def _describe(measure: str, score: Score, readers: str, part: bool) -> dict[str, Any]:
    nothing = Share.count(0, 0)
    row: dict[str, Any] = {
        "measure": measure,
        "marked": score.marked,
        "right": score.right,
        "readers": readers,
    }
    for name, share in (("precision", nothing if part else score.precision), ("recall", score.recall)):
        row[name], (row[f"{name}_low"], row[f"{name}_high"]) = share.value, share.interval()
    return row if part else {**row, "found": score.found, "f1": score.f1}


def _wrong_quotes(pages: MarkedPages) -> Iterator[Row]:
    marked, found, pairs = pages.quotes
    for mark in _unpaired(marked, [g for g, _ in pairs]):
        yield _missed(pages, QUOTATION, mark, mark["speaker"])
    for row in _unpaired(found, [f for _, f in pairs]):
        yield _wrong(QUOTATION, "extra", row, None, row["speaker"])
    for mark, row in pairs:
        if mark["speaker"] and not same_name(mark["speaker"], row["speaker"]):
            yield _wrong(QUOTATION, "wrong speaker", row, mark["speaker"], row["speaker"])


def _wrong_figures(pages: MarkedPages) -> Iterator[Row]:
    marked, _, pairs = pages.figures
    for mark in _unpaired(marked, [g for g, _ in pairs]):
        yield _missed(pages, FIGURE, mark, mark["measures"])
    judged = {name: right for name, *right in pages.describe_figures()}
    for mark, row in pairs:
        said = {
            "unit": (mark["unit"], row["unit"]),
            "change": (mark["qualifier"], row["change"]),
            "time": (mark["as_of"], _days(row, "as_of")),
        }
        for (what, (told, read)), right in zip(said.items(), judged[mark["id"]], strict=True):
            if not right:
                yield _wrong(FIGURE, f"wrong {what}", row, told, read)


def _wrong_events(pages: MarkedPages) -> Iterator[Row]:
    told, found, pairs = pages.events
    for mark in _unpaired([events[-1] for events in told.values()], [g for g, _ in pairs]):
        yield _missed(pages, EVENT, mark, mark["what"])
    met = {(row["article_id"], row["start"]) for _, row in pairs}
    extra = {(row["article_id"], row["start"]): row for row in reversed(found)}
    for place in sorted(extra.keys() - met):
        yield _wrong(EVENT, "extra", extra[place], None, extra[place]["what"])
    for mark, row in pairs:
        if row["status"] not in pages.statuses(mark):
            yield _wrong(EVENT, "wrong status", row, " or ".join(pages.statuses(mark)), row["status"])
    for row, events, right in pages.date_events():
        if not right:
            days = " or ".join(_days(event, "date") or "" for event in events if not same_days(event, row))
            yield _wrong(EVENT, _judge_date(row, events), row, days, _days(row, "date"))


def _wrong_frames(pages: MarkedPages) -> Iterator[Row]:
    for unit, _, matches, _ in pages.units():
        there, first = marked_frames(unit), {row["frame"]: row for row in reversed(matches)}
        for each in unit["frames"]:
            name = each["frame"].replace("defense", "defence")
            if name not in first:
                words_there = each["evidence"] or [unit]
                yield _missed(pages, FRAME, {**words_there[0], "article": unit["article"]}, name)
        for name in sorted(first.keys() - there):
            yield _wrong(FRAME, "extra", first[name], None, name)


def _wrong_terms(pages: MarkedPages) -> Iterator[Row]:
    for unit, _, _, terms in pages.units():
        found = Counter(tuple(words(row["text"])) for row in terms)
        for term in unit["terms"]:
            if found[tuple(words(term["text"]))] > 0:
                found[tuple(words(term["text"]))] -= 1
            else:
                yield _missed(pages, TERM, {**term, "article": unit["article"]}, term["text"])
        for row in terms:
            if found[tuple(words(row["text"]))] > 0:
                found[tuple(words(row["text"]))] -= 1
                yield _wrong(TERM, "extra", row, None, row["text"])


def _unpaired(rows: list[Row], paired: list[Row]) -> list[Row]:
    taken = {id(row) for row in paired}
    return [row for row in rows if id(row) not in taken]


def _missed(pages: MarkedPages, measure: str, mark: Row, says: str | None) -> Row:
    article, place = pages.found.get(mark["article"]), pages.place(mark)
    field, start, end = place or ("text", None, None)
    return {
        "measure": measure, "fault": "missed", "article_id": article and article["article_id"],
        "field": field, "start": start, "end": end,
        "text": article[field][start:end] if place else mark["text"], "marked": says, "found": None,
    }  # fmt: skip


def _wrong(measure: str, fault: str, row: Row, marked: str | None, found: str | None) -> Row:
    place = {name: row.get(name) for name in ("article_id", "start", "end", "text")}
    return {
        "measure": measure, "fault": fault, **place, "field": row.get("field") or "text", "marked": marked,
        "found": found,
    }  # fmt: skip


def _judge_date(row: Row, events: list[Row]) -> str:
    first, last = row["date_earliest"], row["date_latest"]
    if first is None:
        return "no date"
    holds = any(first <= event["date_earliest"] and event["date_latest"] <= last for event in events)
    return "wide date" if holds else "wrong date"


def _days(row: Row, side: str) -> str | None:
    first, last = row[f"{side}_earliest"], row[f"{side}_latest"]
    if first is None:
        return None
    return first if first == last else f"{first} to {last}"
