"""Frames over time: in how many of a period's articles each frame is found, where a period has enough.

An article belongs to a period only if the whole interval of its publication lies inside: one that may have
been published in either of two months is in neither, and is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pandas as pd

from analysis.compare.framing_units import check_choice, is_topical, select_frames, select_readable
from analysis.compare.intervals import wilson_interval
from analysis.compare.small import MIN_ARTICLES, can_test
from analysis.tables import Tables

PERIODS = ("week", "month", "quarter", "year")
# Up to so many days from the first publication to the last, a period is chosen.
_REACH = {"week": 62, "month": 550, "quarter": 1830}
_CODES = {"week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


def frames_over_time(
    tables: Tables, codebook: str = "policy_frames", *, period: str = "auto"
) -> pd.DataFrame:
    """In how many articles of each period a frame is found, in headline or text.

    Args:
        tables: The extracted tables.
        codebook: Which codebook's frames.
        period: ``week`` (from Monday), ``month``, ``quarter`` or ``year``; ``auto`` goes by
            how far the publications reach: weeks up to two months, months up to a year and a half, quarters
            up to five years.

    Returns:
        One row a frame and period of four articles or more: period ("2025-07"), earliest, latest (its days),
        frame, articles (k), of (n), share (0 to 1), low and high (Wilson's 95 %). Most widespread frames
        first, then by time. Empty where no period has four.
        ``attrs``: ``period``; ``small``, period to articles, for those with fewer; ``undated`` and
        ``not_placed``, ids of articles without a date and with one that reaches over two periods; ``note``,
        all of it in sentences.

    Raises:
        UnknownNameError: There is no such codebook or period.
    """
    check_choice("period", period, ("auto", *PERIODS))
    frames = select_frames(tables, codebook)
    articles = select_readable(tables, topical=is_topical(tables, codebook))
    dated = articles.dropna(subset=["published_earliest", "published_latest"])
    chosen = period if period != "auto" else _choose_period(dated)
    first, last = (_periods(dated[f"published_{side}"], chosen) for side in ("earliest", "latest"))
    inside = first == last
    when = pd.Series(first[inside], dated.loc[inside, "article_id"].to_numpy(), dtype="object")
    sizes = Counter(when)
    large = sorted(each for each, size in sizes.items() if can_test(size))
    small = sorted(set(sizes) - set(large))
    named = [{_name(each, chosen): sizes[each] for each in group} for group in (large, small)]
    found = frames[["article_id", "frame"]].drop_duplicates()
    found = found.assign(period=found["article_id"].map(when)).dropna(subset=["period"])
    counts = found.groupby(["frame", "period"]).size()
    spread = found[found["period"].isin(large)]["frame"].value_counts()
    order = sorted(spread.index, key=lambda frame: (-spread[frame], frame))
    rows = [
        _period_row(frame, each, chosen, int(counts.get((frame, each), 0)), sizes[each])
        for frame in order for each in large
    ]  # fmt: skip
    columns = ["period", "earliest", "latest", "frame", "articles", "of", "share", "low", "high"]
    made = pd.DataFrame(rows, columns=columns)
    undated = sorted(set(articles["article_id"]) - set(dated["article_id"]))
    loose = sorted(dated.loc[~inside, "article_id"])
    made.attrs |= {"codebook": codebook, "period": chosen, "small": named[1], "undated": undated}
    made.attrs |= {"not_placed": loose, "note": _say(chosen, *named, undated, loose)}
    return made


def _choose_period(dated: pd.DataFrame) -> str:
    if dated.empty:
        return "month"
    ends = dated["published_earliest"].min(), dated["published_latest"].max()
    first, last = (date.fromisoformat(day) for day in ends)
    reach = (last - first).days
    return next((name for name, most in _REACH.items() if reach <= most), "year")


def _periods(days: pd.Series, period: str) -> pd.PeriodIndex:
    return pd.PeriodIndex(pd.to_datetime(days.astype("object")), freq=_CODES[period])


def _period_row(frame: str, each: pd.Period, period: str, k: int, n: int) -> tuple:
    low, high = wilson_interval(k, n)
    days = (each.start_time.date().isoformat(), each.end_time.date().isoformat())
    return (_name(each, period), *days, frame, k, n, round(k / n, 4), round(low, 4), round(high, 4))


def _name(each: pd.Period, period: str) -> str:
    """A period as words that sort by time: 2025-07, 2025 Q3, week from 2025-06-30."""
    if period == "week":
        return f"week from {each.start_time.date().isoformat()}"
    return f"{each.year} Q{each.quarter}" if period == "quarter" else str(each)


def _say(period: str, large: dict[str, int], small: dict[str, int], undated: list, loose: list) -> str:
    if large:
        listed = _list(f"{name} ({n} articles)" for name, n in large.items())
        said = f"{len(large)} {_plural(period, len(large))} of {MIN_ARTICLES} articles or more: {listed}."
    else:
        said = f"No {period} has {MIN_ARTICLES} articles or more, so no share over time is given."
    if small:
        listed = _list(f"{name} ({n})" for name, n in small.items())
        said += f" Left out for having fewer: {listed}."
    if loose:
        said += (
            f" {len(loose)} {_plural('article', len(loose))} may have been published in either of two "
            f"{period}s and {'is' if len(loose) == 1 else 'are'} not placed: {_list(loose)}."
        )
    if undated:
        said += f" {len(undated)} {_plural('article', len(undated))} without a date: {_list(undated)}."
    return said


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"


def _list(names: Iterable[str], most: int = 12) -> str:
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
