"""Tables -> evidence: one row a claim, with the sentence it stands in, who published it and when.

A frame of evidence has these columns, then the dimensions that a view filters and counts by:

    article_id, outlet, headline, published_earliest, published_latest
    sentence                  the sentence (or sentences) that the claim stands in
    match_start, match_end    where the claim stands in ``sentence``, in characters
    before, after             the sentences around it, null at either end of the article
    date_earliest, date_latest    when it happened, else when the article was published
    url                       the article's address, as it was given

After the dimensions stand ``field``, ``start`` and ``end``, where the table has them and they are no
dimension: where the match is found again, in characters of the article's text or headline.

``evidence.attrs["articles"]`` is the number of articles looked at, with a claim or without.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd

from analysis.compare import NO_OUTLET, QUOTED_KINDS, find_differences, select_attributed
from analysis.compare.framing_units import QUOTED_BY, name_voices, select_frames, select_metaphors
from analysis.views.sharing import WHOLE, may_show_whole_texts
from analysis.views.travelling import choose_sentences, say_travelling

COLUMNS = (
    "article_id", "outlet", "headline", "published_earliest", "published_latest", "sentence", "match_start",
    "match_end", "before", "after", "date_earliest", "date_latest", "url",
)  # fmt: skip
PLACE = ("field", "start", "end")
FRAME_WORDS = ("codebook", "frame", "voice", "speaker", "party", "field", "entry")
EVENT_WORDS = (
    "instrument", "status", "actors", "voice", "what", "event_id", "modality", "negated", "date_text",
    "date_basis",
)  # fmt: skip


class Tables(Protocol):
    """What the evidence needs of the extracted tables: one DataFrame an attribute."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    frames: pd.DataFrame
    terms: pd.DataFrame
    quotes: pd.DataFrame
    reported: pd.DataFrame
    events: pd.DataFrame
    figures: pd.DataFrame


def sentence_evidence(tables: Tables) -> pd.DataFrame:
    """One row a sentence of an article, for reading and searching.

    In a report without whole texts these are sentences that something extracted rests on, as
    :func:`analysis.views.travelling.choose_sentences` chooses them.

    Returns:
        Evidence with the dimension ``voice``. Nothing is marked: the match is empty. ``attrs["texts"]`` is
        "whole" where every sentence is in it; else ``attrs["stays"]`` says how many are.
    """
    every = tables.sentences.dropna(subset=["start"])
    sentences = every if may_show_whole_texts() else every[choose_sentences(tables, every)]
    evidence = make_evidence(tables, sentences, ("voice",))
    evidence["match_end"] = evidence["match_start"]
    if may_show_whole_texts():
        evidence.attrs["texts"] = WHOLE
    else:
        evidence.attrs["stays"] = say_travelling(len(sentences), len(every))
    return evidence


def frame_evidence(tables: Tables, *, codebook: str | None = "policy_frames") -> pd.DataFrame:
    """One row a match of a frame codebook.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's matches; those of all of them where None. A frame whose name stands in two
            of them then carries its codebook's name: "economic (narrative_frames)".

    Returns:
        Evidence with the dimensions ``codebook``, ``frame``, ``voice``, ``speaker``, ``party`` (null
        where not stated), ``field`` ("headline" or "text") and ``entry``.

    Raises:
        UnknownNameError: There is no such codebook.
    """
    frames = _tell_apart(tables.frames) if codebook is None else select_frames(tables, codebook)
    return make_evidence(tables, _with_party(tables, frames), FRAME_WORDS)


def metaphor_evidence(tables: Tables) -> pd.DataFrame:
    """One row a metaphor, of every codebook of metaphors.

    Returns:
        Evidence with the dimensions of :func:`frame_evidence`; ``frame`` is the metaphor.
    """
    return make_evidence(tables, _with_party(tables, select_metaphors(tables)), FRAME_WORDS)


def term_evidence(tables: Tables) -> pd.DataFrame:
    """One row a term of a topic pack.

    Returns:
        Evidence with the dimensions ``term_group``, ``use``, ``voice``, ``speaker``, ``party`` and ``entry``.
    """
    dimensions = ("term_group", "use", "voice", "speaker", "party", "entry")
    return make_evidence(tables, _with_party(tables, tables.terms), dimensions)


def quote_evidence(tables: Tables, *, kinds: tuple[str, ...] | None = QUOTED_KINDS) -> pd.DataFrame:
    """One row a passage in quotation marks; quotation marks in headlines are not counted.

    Args:
        tables: The extracted tables.
        kinds: Which kinds of quotation; all of them where None.

    Returns:
        Evidence with the dimensions ``speaker``, ``kind``, ``role``, ``party``, ``cue`` and ``attribution``.
    """
    quotes = tables.quotes[(tables.quotes["field"].fillna("text") == "text")]
    if kinds is not None:
        quotes = quotes[quotes["kind"].isin(kinds)]
    return make_evidence(tables, quotes, ("speaker", "kind", "role", "party", "cue", "attribution"))


def attribution_evidence(tables: Tables) -> pd.DataFrame:
    """One row for each passage or statement that somebody is said to have said, in order of date.

    Returns:
        Evidence with the dimensions ``said`` ("quotation" or "reported speech", which is never counted as
        quotation), ``speaker``, ``speaker_text`` (the words that name the speaker), ``role``, ``party`` and
        ``cue``; then ``voice`` (the actor's id, or "words:" and the speaker), ``quote_id``, and ``start`` and
        ``end`` in the article's text.
    """
    dimensions = (
        "said",
        "speaker",
        "speaker_text",
        "role",
        "party",
        "cue",
        "voice",
        "quote_id",
        "start",
        "end",
    )
    return make_evidence(tables, select_attributed(tables), dimensions)


def event_evidence(tables: Tables) -> pd.DataFrame:
    """One row a telling of an event, dated by the event, not by its article.

    Returns:
        Evidence with the dimensions ``instrument``, ``status``, ``actors`` (lists), ``voice``, ``what``,
        ``event_id``, ``modality``, ``negated`` ("denied", null where it is not), ``date_text`` and
        ``date_basis``. The match is the trigger; without a date in the text, the date columns are null.
    """
    return make_evidence(
        tables, _tellings(tables.events), EVENT_WORDS, dates=("date_earliest", "date_latest")
    )


def figure_evidence(tables: Tables) -> pd.DataFrame:
    """One row a figure, dated by what it speaks of where the text says so, else by its article.

    Returns:
        Evidence with the dimensions ``measure``, ``unit``, ``value``, ``change``, ``direction``,
        ``attributed_to``, ``voice``, ``high``, ``codebook_measure``, ``period`` and ``dated_by``: "the text"
        or "publication", null where neither gives a day.
    """
    dimensions = (
        "measure", "unit", "value", "change", "direction", "attributed_to", "voice", "high",
        "codebook_measure", "period",
    )  # fmt: skip
    evidence = make_evidence(tables, tables.figures, dimensions, dates=("as_of_earliest", "as_of_latest"))
    dated = evidence["date_earliest"].notna()
    for side in ("earliest", "latest"):
        evidence[f"date_{side}"] = evidence[f"date_{side}"].fillna(evidence[f"published_{side}"])
    basis = pd.Series("the text", evidence.index, "string").where(dated, "publication")
    evidence["dated_by"] = basis.where(evidence["date_earliest"].notna())
    return evidence


def instrument_evidence(tables: Tables) -> pd.DataFrame:
    """One row a telling that names a policy instrument, dated by its publication: when the source says so.

    Returns:
        Evidence with the dimensions of :func:`event_evidence`. The match is the trigger.
    """
    events = tables.events
    return make_evidence(tables, _tellings(events[events["instrument"].notna()]), EVENT_WORDS)


def difference_evidence(tables: Tables) -> pd.DataFrame:
    """One row a side of each difference between sources, dated by its publication.

    Returns:
        Evidence with the dimensions ``difference`` (a label to read, no two the same), ``kind``, ``says`` and
        ``note``.
    """
    sides = find_differences(tables)
    labels: dict[str, str] = {}
    for row in sides.drop_duplicates("difference").to_dict("records"):
        label = f"{row['kind']}: {textwrap.shorten(row['about'], 70, placeholder=' …')}"
        again = sum(given == label or given.startswith(f"{label} (") for given in labels.values())
        labels[row["difference"]] = f"{label} ({again + 1})" if again else label
    sides["difference"] = sides["difference"].map(labels).astype("string")
    evidence = make_evidence(tables, sides, ("difference", "kind", "says", "note"))
    evidence.attrs["left_out"] = sides.attrs["left_out"]
    return evidence


def wrong_evidence(tables: Tables, wrong: pd.DataFrame) -> pd.DataFrame:
    """One row a fault of the extraction, as :func:`analysis.compare.marked_errors.list_wrong` lists them.

    Args:
        tables: What was extracted from the pages that were marked by hand.
        wrong: The faults; those whose words do not stand in the article have no sentence and are left out.

    Returns:
        Evidence with the dimensions ``measure``, ``fault``, ``marked`` and ``found``.
    """
    return make_evidence(tables, wrong.dropna(subset=["start"]), ("measure", "fault", "marked", "found"))


def _tell_apart(frames: pd.DataFrame) -> pd.DataFrame:
    """Frames of all codebooks, so named that no two of different codebooks are counted as one."""
    shared = frames.groupby("frame")["codebook"].transform("nunique") > 1
    apart = frames["frame"] + " (" + frames["codebook"] + ")"
    return frames.assign(frame=frames["frame"].mask(shared.fillna(False), apart))


def _with_party(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Matches with the party of whoever is quoted; null in narration, and where no passage states it."""
    party = name_voices(tables, rows, "party")
    return rows.assign(party=party.where(party != QUOTED_BY["party"]).astype("string"))


def _tellings(events: pd.DataFrame) -> pd.DataFrame:
    """Events with their trigger as the match, and in words whether they are denied."""
    return events.assign(
        start=events["trigger_start"].fillna(events["start"]),
        end=events["trigger_end"].fillna(events["end"]),
        negated=events["negated"].map({True: "denied"}).astype("string"),
    )


def make_evidence(
    tables: Tables, rows: pd.DataFrame, dimensions: tuple[str, ...], *, dates: tuple[str, str] | None = None
) -> pd.DataFrame:
    """Make evidence of rows of a table.

    Args:
        tables: The extracted tables.
        rows: Claims, with article_id, start and end; where ``field`` is "headline", in the headline.
        dimensions: Their columns to keep.
        dates: The two columns that date a claim; by the publication of its article where None.
    """
    articles = {row["article_id"]: row for row in tables.articles.to_dict("records")}
    sentences = find_sentence_spans(tables.sentences)
    words = (*dimensions, *(name for name in PLACE if name in rows and name not in dimensions))
    made = []
    for row in rows.to_dict("records"):
        article = articles.get(row["article_id"])
        if article is None:
            continue
        earliest, latest = dates or ("published_earliest", "published_latest")
        when = row if dates else article
        made.append(
            {
                "article_id": row["article_id"],
                "outlet": _known(article["outlet"]) or NO_OUTLET,
                **{name: article[name] for name in ("headline", "published_earliest", "published_latest")},
                **_place(row, article, sentences.get(row["article_id"], [])),
                "date_earliest": when[earliest],
                "date_latest": when[latest],
                "url": article["url"],
                **{name: row.get(name) for name in words},
            }
        )
    evidence = pd.DataFrame(made, columns=[*COLUMNS, *words])
    numbers = ("match_start", "match_end")
    types = {name: "Int64" if name in numbers else "string" for name in COLUMNS}
    types |= {name: str(rows[name].dtype) for name in words if name in rows}
    evidence = evidence.astype(types)
    # Reading order: by publication, then as it stands in the article.
    order = evidence.assign(_row=range(len(evidence))).sort_values(
        ["published_earliest", "article_id", "_row"], kind="stable", na_position="last"
    )
    evidence = order.drop(columns="_row").reset_index(drop=True)
    evidence.attrs["articles"] = len(articles)
    return evidence


def find_sentence_spans(sentences: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Where the sentences of each article begin and end in its text, in order."""
    columns = zip(sentences["article_id"], sentences["start"], sentences["end"], strict=True)
    spans: dict[str, list[tuple[int, int]]] = {}
    for article_id, start, end in columns:
        spans.setdefault(article_id, []).append((int(start), int(end)))
    return {article_id: sorted(found) for article_id, found in spans.items()}


def _place(
    row: Mapping[str, Any], article: Mapping[str, Any], spans: list[tuple[int, int]]
) -> dict[str, Any]:
    """Cut out the sentences that a claim stands in, with one sentence on either side."""
    start, end = int(row["start"]), int(row["end"])
    if row.get("field") == "headline":
        return {
            "sentence": _known(article["headline"]) or "", "match_start": start, "match_end": end,
            "before": None, "after": None,
        }  # fmt: skip
    text = _known(article["text"]) or ""
    first = max(0, bisect_right(spans, (start, len(text) + 1)) - 1)
    last = first
    while last + 1 < len(spans) and spans[last + 1][0] < end:
        last += 1
    if not spans or not spans[first][0] <= start < spans[last][1]:
        # A claim outside of every sentence is still shown: as itself.
        return {
            "sentence": text[start:end],
            "match_start": 0,
            "match_end": end - start,
            "before": None,
            "after": None,
        }
    left, right = spans[first][0], max(end, spans[last][1])
    return {
        "sentence": text[left:right], "match_start": start - left, "match_end": end - left,
        "before": _sentence_at(text, spans, first - 1), "after": _sentence_at(text, spans, last + 1),
    }  # fmt: skip


def _sentence_at(text: str, spans: list[tuple[int, int]], index: int) -> str | None:
    return text[slice(*spans[index])].strip() or None if 0 <= index < len(spans) else None


def _known(value: Any) -> Any:
    return None if value is None or value is pd.NA or value != value else value
