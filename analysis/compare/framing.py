"""Which frames stand where: their shares, which go together, and whether headline and text agree.

Every share says what it is a share of. A frame is counted where its words stand, so a sentence with two
frames counts for both, and the shares of all frames do not add up to one.
"""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from analysis.compare.framing_intervals import cluster_intervals
from analysis.compare.framing_units import (
    QUOTED_BY,
    UNITS,
    Units,
    group_rows,
    is_topical,
    make_units,
    place_rows,
    select_frames,
    select_readable,
)
from analysis.compare.intervals import wilson_interval
from analysis.compare.shares import NO_OUTLET
from analysis.compare.small import can_test
from analysis.tables import Tables

SHARE_TYPES = {"share": "Float64", "low": "Float64", "high": "Float64"}


def frame_shares(
    tables: Tables,
    codebook: str = "policy_frames",
    *,
    unit: str = "sentence",
    by: str | None = "voice",
) -> pd.DataFrame:
    """In how many sentences, paragraphs or articles each frame stands, of all that were looked at.

    A frame counts in the voice of its own words: a sentence that is part quotation is looked at for both
    voices, and a frame in its quoted part is the speaker's. Articles count with their headline, but by voice
    with their text alone. A codebook of a topic pack looks only at the articles on the topic.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.
        unit: ``sentence``, ``paragraph`` or ``article``.
        by: ``outlet``, ``voice`` (the journalist's narration, or quotation), ``speaker``, ``party``,
            ``kind of voice`` (person, office, organisation, group), or None for one group. Those not known
            are a group of their own.

    Returns:
        One row a frame that is found anywhere and a group: the group, frame, units (with it), of (looked at),
        share (0 to 1), low and high (95 %; Wilson's for articles, else by how much the share varies between
        articles; null below four articles and where no unit or every unit has it), articles (with it),
        of_articles, and share_of: what the share is a share of, in words. Most frequent frames first, then
        the largest groups, those not known last.
        ``attrs["note"]`` says how many units carry two frames or more and count for each.

    Raises:
        UnknownNameError: There is no such codebook, unit or grouping.
    """
    frames = select_frames(tables, codebook)
    units = make_units(tables, unit, by, topical=is_topical(tables, codebook))
    hits = find_hits(tables, frames, "frame", units)
    made = share_hits(hits, "frame", units)
    made.attrs |= {"codebook": codebook, "unit": unit, "note": say_several(hits, units)}
    return made


def frame_cooccurrence(
    tables: Tables, codebook: str = "policy_frames", *, unit: str = "sentence"
) -> pd.DataFrame:
    """Which frames stand in the same unit, and how often that would be so if they stood independently.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.
        unit: ``sentence``, ``paragraph`` or ``article`` (its text).

    Returns:
        One row a pair that is found: frame_a, frame_b, units (with both), of (looked at), with_a, with_b,
        articles (with both in one unit), expected (with_a times with_b by of) and lift (units by expected:
        above 1, they meet oftener than independent frames would), both null unless each frame stands in four
        articles. Then the first such unit: article_id, start, end and words_a, words_b, the words that match.
        Most frequent first.

    Raises:
        UnknownNameError: There is no such codebook or unit.
    """
    frames = select_frames(tables, codebook)
    units = make_units(tables, unit, None, topical=is_topical(tables, codebook))
    placed = place_rows(units.sentences, frames[frames["field"].fillna("text") == "text"])
    placed = placed.sort_values(["article", "start", "end"], kind="stable")
    once = placed.drop_duplicates(["unit", "frame"])
    alone = once.groupby("frame")[["unit", "article"]].nunique()
    spans = units.sentences.groupby("unit").agg(start=("start", "min"), end=("end", "max"))
    pairs: dict[tuple[str, str], list[tuple[dict, dict]]] = {}
    for _, rows in once.groupby("unit"):
        several = sorted(rows.to_dict("records"), key=lambda row: row["frame"])
        for a, b in itertools.combinations(several, 2):
            pairs.setdefault((a["frame"], b["frame"]), []).append((a, b))
    n = len(units.members)
    made = [_pair_row(names, found, alone, spans, n) for names, found in pairs.items()]
    columns = ["frame_a", "frame_b", "units", "of", "with_a", "with_b", "articles", "expected", "lift",
               "article_id", "start", "end", "words_a", "words_b"]  # fmt: skip
    data = pd.DataFrame(made, columns=columns).astype({"expected": "Float64", "lift": "Float64"})
    data = data.sort_values(["units", "frame_a", "frame_b"], ascending=[False, True, True], ignore_index=True)
    data.attrs |= {"codebook": codebook, "unit": unit, "of": n}
    return data


def headline_against_body(tables: Tables, codebook: str = "policy_frames") -> pd.DataFrame:
    """In how many articles a frame stands in the headline, in the text, or in both.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.

    Returns:
        One row a frame that is found: frame, both, headline_only, text_only, of (articles with a headline
        that were looked at). Most frequent in headlines first. ``attrs["without_headline"]`` counts the
        articles that have none and are left out.

    Raises:
        UnknownNameError: There is no such codebook.
    """
    frames = select_frames(tables, codebook)
    articles = select_readable(tables, topical=is_topical(tables, codebook))
    headed = set(articles.loc[articles["headline"].notna(), "article_id"])
    frames = frames[frames["article_id"].isin(headed)]
    is_headline = (frames["field"] == "headline").fillna(False)
    above, below = (
        {frame: set(rows) for frame, rows in frames[chosen].groupby("frame")["article_id"]}
        for chosen in (is_headline, ~is_headline)
    )
    made = []
    for frame in sorted({*above, *below}):
        head, body = above.get(frame, set()), below.get(frame, set())
        counts = {"both": head & body, "headline_only": head - body, "text_only": body - head}
        made.append({"frame": frame, **{name: len(ids) for name, ids in counts.items()}, "of": len(headed)})
    columns = ["frame", "both", "headline_only", "text_only", "of"]
    data = pd.DataFrame(made, columns=columns)
    data = data.assign(_head=data["both"] + data["headline_only"])
    order = ["_head", "text_only", "frame"]
    data = data.sort_values(order, ascending=[False, False, True], ignore_index=True).drop(columns="_head")
    data.attrs |= {"codebook": codebook, "without_headline": len(articles) - len(headed)}
    return data


def find_hits(tables: Tables, rows: pd.DataFrame, label: str, units: Units) -> pd.DataFrame:
    """Find which units of which group have which label: article, unit, group and the label, each once.

    Args:
        tables: The extracted tables.
        rows: Rows with the label, article_id, field, start, end, voice and quote_id.
        label: The column counted.
        units: The units looked at.
    """
    in_text = rows["field"].fillna("text") == "text"
    placed = group_rows(tables, place_rows(units.sentences, rows[in_text]), units)
    columns = ["article", "unit", "group"]
    found = [placed[[*columns, label]].drop_duplicates()]
    if units.unit == "article" and units.by in (None, "outlet"):
        above = rows[~in_text & rows["article_id"].isin(units.ids)]
        article = units.ids.get_indexer(above["article_id"])
        above = above.assign(article=article).merge(units.members, on="article")
        found.append(above[[*columns, label]])
    hits = pd.concat(found).drop_duplicates()
    return hits.merge(units.members, on=columns)


def share_hits(hits: pd.DataFrame, label: str, units: Units) -> pd.DataFrame:
    """Count hits as shares of the units of their group; columns as :func:`frame_shares` says."""
    totals = hits.drop_duplicates(["unit", label])[label].value_counts()
    labels = sorted(totals.index, key=lambda name: (-totals[name], name))
    sizes = units.members.groupby("group")["unit"].nunique()
    unknown = {NO_OUTLET, *QUOTED_BY.values()}
    groups = sorted(sizes.index, key=lambda name: (name in unknown, -sizes[name], name))
    counted = {group: _share_group(hits, label, labels, units, group) for group in groups}
    rows = [counted[group][at] for at in range(len(labels)) for group in groups]
    by = units.by or "group"
    columns = [by, label, "units", "of", "share", "low", "high", "articles", "of_articles", "share_of"]
    made = pd.DataFrame(rows, columns=columns).astype(SHARE_TYPES)
    return made.drop(columns="group") if units.by is None else made


def say_several(hits: pd.DataFrame, units: Units) -> str:
    """Say how many units carry two labels or more, and so count for each."""
    label = hits.columns.difference(["article", "unit", "group"])[0]
    counts = hits.drop_duplicates(["unit", label]).groupby("unit").size()
    found, several = len(counts), int((counts > 1).sum())
    noun = units.unit if found == 1 else UNITS[units.unit]
    looked = units.members["unit"].nunique()
    if several:
        carry = "carries two or more and counts" if several == 1 else "carry two or more and count"
        said = f"{several:,} {carry} for each"
    else:
        said = "none carries a second"
    return (
        f"Of {found:,} {noun} with a {label.replace('_', ' ')}, {said}; "
        f"{looked:,} {units.unit if looked == 1 else UNITS[units.unit]} looked at."
    )


def _share_group(hits: pd.DataFrame, label: str, labels: list[str], units: Units, group: str) -> list[tuple]:
    members = units.members[units.members["group"] == group]
    mine = hits[hits["group"] == group]
    articles = np.sort(members["article"].unique())
    place = pd.Series(range(len(articles)), articles)
    of = np.bincount(place[members["article"]], minlength=len(articles))
    found = np.zeros((len(articles), len(labels)), dtype=np.int64)
    columns = mine[label].map({name: at for at, name in enumerate(labels)})
    np.add.at(found, (place[mine["article"]].to_numpy(), columns.to_numpy(dtype=np.int64)), 1)
    n = int(of.sum())
    counts = found.sum(axis=0)
    if units.unit == "article":
        ends = [wilson_interval(int(k), n) if can_test(n) else None for k in counts]
    else:
        ends = cluster_intervals(found, of)
    said = units.say(group, n)
    return [
        (group, name, int(k), n, round(int(k) / n, 4), *_round(ends[at]),
         int((found[:, at] > 0).sum()), len(articles), said)
        for at, (name, k) in enumerate(zip(labels, counts, strict=True))
    ]  # fmt: skip


def _round(ends: tuple[float, float] | None) -> tuple[float | None, float | None]:
    return (round(ends[0], 4), round(ends[1], 4)) if ends else (None, None)


def _pair_row(
    names: tuple[str, str], found: list[tuple[dict, dict]], alone: pd.DataFrame, spans: pd.DataFrame, n: int
) -> dict:
    a, b = names
    with_a, with_b = int(alone.at[a, "unit"]), int(alone.at[b, "unit"])
    enough = can_test(int(alone.at[a, "article"]), int(alone.at[b, "article"]))
    expected = with_a * with_b / n
    first_a, first_b = found[0]
    return {
        "frame_a": a, "frame_b": b, "units": len(found), "of": n, "with_a": with_a, "with_b": with_b,
        "articles": len({row["article_id"] for row, _ in found}),
        "expected": round(expected, 2) if enough else None,
        "lift": round(len(found) / expected, 2) if enough else None,
        "article_id": first_a["article_id"],
        "start": int(spans.at[first_a["unit"], "start"]), "end": int(spans.at[first_a["unit"], "end"]),
        "words_a": first_a["text"], "words_b": first_b["text"],
    }  # fmt: skip
