"""What frames, terms and metaphors are counted in: sentences, paragraphs or articles, and whose they are.

A share of frames is a share of something. This module says of what: which articles a codebook looked at,
which sentences and paragraphs they have, and to which outlet, voice, speaker or party each belongs. A
sentence that is part narration and part quotation has words in both voices, and belongs to both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebooks import list_topics, load_codebook, load_topic
from analysis.compare.said import select_quotations
from analysis.compare.shares import NO_OUTLET
from analysis.compare.voices import VOICES
from analysis.errors import UnknownNameError, WorkbookError
from analysis.tables import Tables

UNITS = {"sentence": "sentences", "paragraph": "paragraphs", "article": "articles"}
KIND_OF_VOICE = "kind of voice"
# Groupings by who is quoted, with the name of the group of those not known.
QUOTED_BY = {**VOICES, KIND_OF_VOICE: "not stated"}
GROUPINGS = ("outlet", "voice", *QUOTED_BY)
VOICES_OF = {
    "narration": ("narration",),
    "quotation": ("quotation",),
    "mixed": ("narration", "quotation"),
}
EVERYTHING = "all"
METAPHORS = "metaphors"


@dataclass(frozen=True)
class Units:
    """The units that were looked at, and who they belong to.

    ``sentences`` has a row a sentence of the table, with ``article`` and ``unit`` as numbers: sentences of
    one paragraph share a unit. ``members`` has a row a unit and group that it belongs to: article, unit,
    group. ``ids`` are the articles in the order of their numbers.
    """

    unit: str
    by: str | None
    sentences: pd.DataFrame
    members: pd.DataFrame
    ids: pd.Index
    topical: bool

    def say(self, group: str, count: int) -> str:
        """Say what a share is a share of: "of 412 sentences with words in the journalist's voice"."""
        noun = self.unit if count == 1 else UNITS[self.unit]
        return f"of {count:,} {noun}{_say_group(self.by, group)}{_say_topic(self.unit, self.topical)}"


def check_choice(kind: str, given: str | None, known: Iterable[str | None]) -> None:
    """Raise an UnknownNameError where a choice is none of the known ones."""
    known = list(known)
    if given not in known:
        raise UnknownNameError.among(kind, str(given), [name for name in known if name is not None])


def select_frames(tables: Tables, codebook: str) -> pd.DataFrame:
    """The matches of one codebook.

    Args:
        tables: The extracted tables.
        codebook: A codebook that ran on the corpus, or one that ships and did not: then there are none.

    Raises:
        UnknownNameError: There is no such codebook; the message names the closest that ran.
    """
    known = list_codebooks(tables)
    if codebook not in known:
        try:
            load_codebook(codebook)
        except WorkbookError:
            raise UnknownNameError.among("codebook", codebook, known) from None
    return tables.frames[(tables.frames["codebook"] == codebook).fillna(False)]


def select_metaphors(tables: Tables) -> pd.DataFrame:
    """The matches of every codebook of metaphors."""
    return tables.frames[tables.frames["codebook"].str.endswith(METAPHORS).fillna(False)]


def list_codebooks(tables: Tables) -> list[str]:
    """Names of the codebooks that ran on a corpus."""
    ran = [name for name, _ in getattr(tables, "codebooks", ())]
    return list(dict.fromkeys([*ran, *tables.frames["codebook"].dropna()]))


def list_topic_codebooks(tables: Tables) -> list[str]:
    """Names of the frame codebooks that the topic packs of a corpus bring, metaphors left out.

    They look at articles on the topic alone. A pack may bring none; one that did not run is not named.
    """
    packs = [load_topic(name) for name in getattr(tables, "topic", ()) if name in list_topics()]
    brought = dict.fromkeys(load_codebook(name).name for pack in packs for name in pack.codebooks)
    ran = list_codebooks(tables)
    return [name for name in brought if name in ran and not name.endswith(METAPHORS)]


def is_topical(tables: Tables, codebook: str) -> bool:
    """Whether a codebook runs on the articles of a topic pack alone, and not on all that can be read."""
    packs = [load_topic(name) for name in getattr(tables, "topic", ()) if name in list_topics()]
    return any(codebook in (*pack.codebooks, f"{pack.name} {METAPHORS}") for pack in packs)


def select_readable(tables: Tables, *, topical: bool = False) -> pd.DataFrame:
    """The articles that were looked at: those in English, or those of them that are on the topic."""
    articles = tables.articles
    readable = articles["language"].fillna("en") == "en"
    return articles[readable & articles["on_topic"].fillna(False)] if topical else articles[readable]


def make_units(tables: Tables, unit: str, by: str | None, *, topical: bool = False) -> Units:
    """Cut the articles that were looked at into units, and say to which groups each belongs.

    Args:
        tables: The extracted tables.
        unit: One of ``UNITS``.
        by: One of ``GROUPINGS``; None for one group.
        topical: Whether only articles on the topic were looked at.

    Raises:
        UnknownNameError: There is no such unit or grouping.
    """
    check_choice("unit", unit, UNITS)
    check_choice("grouping", by, (None, *GROUPINGS))
    articles = select_readable(tables, topical=topical)
    # Sorted by id, so that the order of the articles changes nothing in what is drawn from them.
    ids = pd.Index(sorted(articles["article_id"]))
    sentences = tables.sentences.dropna(subset=["start"])
    sentences = sentences[sentences["article_id"].isin(ids)]
    sentences = sentences.assign(article=ids.get_indexer(sentences["article_id"]))
    sentences = sentences.sort_values(["article", "start"], kind="stable").reset_index(drop=True)
    sentences["unit"] = _number_units(sentences, unit)
    members = _find_members(tables, sentences, articles, ids, unit, by)
    return Units(unit, by, sentences, members.drop_duplicates(ignore_index=True), ids, topical)


def place_rows(sentences: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Find the units that rows of a table stand in: a row over two sentences stands in both.

    Args:
        sentences: The sentences of :class:`Units`.
        rows: Rows with article_id, start and end in the article's text.

    Returns:
        The rows with ``article`` and ``unit``, a row for each unit; those outside of every sentence are left
        out.
    """
    numbers = sentences.drop_duplicates("article_id").set_index("article_id")["article"]
    rows = rows[rows["article_id"].isin(numbers.index)]
    article = rows["article_id"].map(numbers).to_numpy(dtype=np.int64)
    ends = [sentences["end"], rows["end"]]
    width = 2 + max((int(column.max()) for column in ends if len(column)), default=0)
    home = sentences["article"].to_numpy(dtype=np.int64) * width
    starts = home + sentences["start"].to_numpy(dtype=np.int64)
    stops = home + sentences["end"].to_numpy(dtype=np.int64)
    start = article * width + rows["start"].to_numpy(dtype=np.int64)
    end = article * width + rows["end"].to_numpy(dtype=np.int64)
    first = np.searchsorted(stops, start, side="right")
    after = np.searchsorted(starts, end, side="left")
    times = np.maximum(after - first, 0)
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    sentence = np.repeat(first, times) + within
    placed = rows.iloc[np.repeat(np.arange(len(rows)), times)]
    return placed.assign(
        article=sentences["article"].to_numpy()[sentence], unit=sentences["unit"].to_numpy()[sentence]
    )


def group_rows(tables: Tables, placed: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Say to which group each placed row belongs: by the voice of its own words, not of its sentence.

    Returns:
        The rows with ``group``, a row for each group; those that belong to none are left out.
    """
    if units.by is None:
        return placed.assign(group=EVERYTHING)
    if units.by == "outlet":
        return placed.merge(units.members, on=["article", "unit"])
    if units.by == "voice":
        return _explode_voices(placed)
    quoted = placed[placed["voice"].isin(["quotation", "mixed"])]
    return quoted.assign(group=name_voices(tables, quoted, units.by))


def name_voices(tables: Tables, rows: pd.DataFrame, by: str) -> pd.Series:
    """The speaker, party or kind of voice of rows that stand in quotations.

    A quotation belongs to the first voice that one of its passages names; one that none names is not spread
    over the others.

    Args:
        tables: The extracted tables.
        rows: Rows with ``quote_id``.
        by: One of ``QUOTED_BY``.
    """
    quotes, name = tables.quotes, by
    if by == KIND_OF_VOICE:
        kinds = tables.actors.drop_duplicates("actor_id").set_index("actor_id")["kind"]
        name, quotes = "kind", quotes.assign(kind=quotes["actor_id"].map(kinds))
    known = quotes.dropna(subset=["quote_id", name]).drop_duplicates(["article_id", "quote_id"])
    voices = known.set_index(["article_id", "quote_id"])[name]
    keys = pd.MultiIndex.from_frame(rows[["article_id", "quote_id"]])
    return pd.Series(voices.reindex(keys).to_numpy(), rows.index, "object").fillna(QUOTED_BY[by])


def _number_units(sentences: pd.DataFrame, unit: str) -> Any:
    if unit == "article":
        return sentences["article"]
    if unit == "sentence":
        return np.arange(len(sentences))
    return sentences.groupby(["article", sentences["paragraph"].fillna(-1)], sort=False).ngroup()


def _find_members(
    tables: Tables, sentences: pd.DataFrame, articles: pd.DataFrame, ids: pd.Index, unit: str, by: str | None
) -> pd.DataFrame:
    columns = ["article", "unit", "group"]
    if by == "voice":
        return _explode_voices(sentences)[columns]
    if by in QUOTED_BY:
        passages = place_rows(sentences, select_quotations(tables))
        return passages.assign(group=name_voices(tables, passages, by))[columns]
    if unit == "article":
        # An article without a sentence still has a headline that was looked at.
        whole = pd.DataFrame({"article": range(len(ids)), "unit": range(len(ids))})
    else:
        whole = sentences[["article", "unit"]].drop_duplicates()
    if by is None:
        return whole.assign(group=EVERYTHING)
    outlet = articles.set_index("article_id")["outlet"].fillna(NO_OUTLET).reindex(ids).to_numpy()
    return whole.assign(group=outlet[whole["article"].to_numpy()])


def _explode_voices(rows: pd.DataFrame) -> pd.DataFrame:
    voices = rows["voice"].astype("object").map(VOICES_OF)
    return rows.assign(group=voices)[voices.notna()].explode("group")


def _say_group(by: str | None, group: str) -> str:
    if by is None:
        return ""
    if by == "outlet":
        return " of no stated outlet" if group == NO_OUTLET else f" of {group}"
    if by == "voice":
        whose = "the journalist's voice" if group == "narration" else "quotation"
        return f" with words in {whose}"
    unknown = group == QUOTED_BY[by]
    if by == "speaker":
        return f" quoting {'a speaker who is not known' if unknown else group}"
    if by == "party":
        return f" quoting a speaker {'whose party is not stated' if unknown else f'of {group}'}"
    return f" quoting {'a voice of no known kind' if unknown else f'a voice of the kind {group}'}"


def _say_topic(unit: str, topical: bool) -> str:
    return "" if not topical else " on the topic" if unit == "article" else " in articles on the topic"
