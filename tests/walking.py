"""What a result shows of intervals and tests, wherever it shows it: tables, charts, widgets, words."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ipywidgets
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.views.chart import Chart
from analysis.views.encoding import UNKNOWN

#: Columns and keys that hold an interval's end, a p-value, or an effect that is only given with one.
CLAIM = re.compile(
    r"(?:.*_)?(?:p|q|z|p_value|q_value|low|high|lower|upper|interval|se|stderr|lift|expected|log_odds|needed"
    r"|stars?|significant)"
)
#: Words and signs that print one.
PRINTED = re.compile(
    r"[*±†‡★]|\b[pqz]\s?[=<>≤≥]|\b9[059]\s?%|\bq of\b|\bconfidence\b|\bsignifican"
    r"|\([-−+]?\d[\d.,]*\s?%? (?:to|–) [-−+]?\d[\d.,]*\s?%?\)"
)
_MARKUP = re.compile(r"<(style|script)\b.*?</\1>|</?\w[^>]*>", re.DOTALL)
# What a widget or a figure brings that is code, and not what it shows.
_CODE = {"_esm", "_css", "template", "bdata", "layout", "_model_module_version", "_view_module_version"}

#: How many articles stand behind each row of a table.
Sizes = Callable[[pd.DataFrame], pd.Series]


def is_claim(name: object, plain: tuple[str, ...] = ()) -> bool:
    """Whether a column or key of this name holds an interval's end or a test."""
    return isinstance(name, str) and name not in plain and CLAIM.fullmatch(name) is not None


def count_claims(data: pd.DataFrame, plain: tuple[str, ...] = ()) -> pd.Series:
    """How many ends of intervals and test results each row of a table holds."""
    names = [name for name in data if is_claim(name, plain)]
    return data[names].notna().sum(axis=1) if names else pd.Series(0, data.index)


def find_frames(value: Any) -> Iterator[pd.DataFrame]:
    """Every table in a result."""
    if isinstance(value, pd.DataFrame):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from find_frames(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from find_frames(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            yield from find_frames(getattr(value, each.name))


def count_errors(figure: go.Figure) -> int:
    """How many ends of intervals a figure draws, as bars or as bands."""
    drawn = 0
    for trace in figure.data:
        for axis in ("error_x", "error_y"):
            bars = getattr(trace, axis, None)
            for side in ("array", "arrayminus") if bars is not None else ():
                drawn += int((np.nan_to_num(np.asarray(bars[side] or [0], dtype=float)) > 0).sum())
            drawn += bool(bars is not None and (bars["value"] or bars["valueminus"]) and bars["visible"])
        drawn += getattr(trace, "fill", None) not in (None, "none")
    return drawn


def find_faults(value: Any, sizes: Sizes | None, plain: tuple[str, ...] = ()) -> list[str]:
    """What a result shows of intervals and tests and must not.

    Args:
        value: A result of the package.
        sizes: How many articles stand behind each row of its tables: those of four or more may have an
            interval, no others; none may where None.
        plain: Columns whose name says otherwise, but that hold what the text says.
    """
    faults, allowed = [], 0
    for data in find_frames(value):
        claims = count_claims(data, plain)
        if sizes is not None:
            small = sizes(data) < 4
            allowed += int(claims[~small].sum())
            claims = claims[small]
        faults += [
            f"row {at}: {count} of {', '.join(map(str, data))}" for at, count in claims.items() if count
        ]
    for figure in find_figures(value):
        drawn = count_errors(figure)
        if drawn > allowed:
            faults.append(f"{drawn} ends of intervals are drawn, {allowed} may be")
    # Where an interval may stand, words may speak of it.
    return faults if allowed else [*faults, *find_printed(value, plain)]


def find_figures(value: Any) -> Iterator[go.Figure]:
    """Every figure in a result."""
    if isinstance(value, go.Figure):
        yield value
    elif isinstance(value, Chart) and value.figure is not None:
        yield value.figure
    elif isinstance(value, list | tuple):
        for each in value:
            yield from find_figures(each)


def find_printed(value: Any, plain: tuple[str, ...] = ()) -> list[str]:
    """Words, signs and keys that print an interval or a test, in whatever a result shows."""
    faults = []
    for text in find_words(value, plain):
        text = html.unescape(_MARKUP.sub(" ", text))
        found = PRINTED.search(text)
        if found:
            faults.append(f"{found[0]!r} in {text[max(0, found.start() - 40) : found.end() + 40]!r}")
    return faults


def find_words(value: Any, plain: tuple[str, ...] = ()) -> Iterator[str]:
    """Every text that a result shows. A key that holds a claim comes as ``p = value``, which is a fault."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, pd.DataFrame):
        for column in value:
            yield from find_words([each for each in value[column] if isinstance(each, str | list)], plain)
    elif isinstance(value, go.Figure):
        shown = value.to_dict()
        yield from find_words(shown["data"], plain)
        yield from find_words({**shown["layout"]}, plain)
    elif isinstance(value, ipywidgets.Widget):
        yield from find_words({k: v for k, v in value.get_state().items() if k not in _CODE}, plain)
        for name in ("store", "children"):
            yield from find_words(getattr(value, name, ()), plain)
    elif isinstance(value, Mapping):
        yield from _find_in_mapping(value, plain)
    elif isinstance(value, list | tuple | set):
        for each in value:
            yield from find_words(each, plain)
    elif hasattr(value, "__dict__"):
        yield from find_words(vars(value), plain)
        for show in ("_repr_html_", "to_html"):
            if hasattr(value, show):
                yield getattr(value, show)() or ""
        yield repr(value)


def _find_in_mapping(value: Mapping, plain: tuple[str, ...]) -> Iterator[str]:
    name, values = value.get("name"), value.get("values")
    if is_claim(name, plain) and values and list(values) != [UNKNOWN]:
        yield f"p = {name}: {values}"
    for key, each in value.items():
        if is_claim(key, plain) and any(isinstance(end, int | float) for end in np.atleast_1d(each)):
            yield f"p = {key}: {each}"
        if key not in _CODE:
            yield from find_words(each, plain)
