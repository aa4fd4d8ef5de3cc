"""Tables and evidence sentences as a notebook shows them: HTML with a caption, and the same as plain text."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.errors import UnknownNameError, hint_at
from analysis.views.chart import CHART_STYLE, count_noun, data_table
from analysis.views.theme import describe_dates


@dataclass(frozen=True)
class TableView:
    """A DataFrame with its caption. Every cell is escaped; rows left out are told."""

    data: pd.DataFrame = field(repr=False)
    caption: str
    most: int = 40
    empty: str = "There are none."

    def _repr_html_(self) -> str:
        if self.data.empty:
            return f"<p><strong>{html.escape(self.caption)}.</strong> {html.escape(self.empty)}</p>"
        name = html.escape(self.caption)
        table = data_table(self.data, caption=self.caption, most=self.most)
        return (
            f'<div class="framelines-chart"><style>{CHART_STYLE}</style><div class="framelines-scroll" '
            f'role="region" tabindex="0" aria-label="{name}">{table}</div></div>'
        )

    def __repr__(self) -> str:
        if self.data.empty:
            return f"{self.caption}. {self.empty}"
        shown = self.data.head(self.most).astype(object).where(self.data.notna(), "")
        rows = "\n".join(" | ".join(str(value) for value in row) for row in shown.itertuples(index=False))
        left = f"\n... {len(self.data) - self.most} more rows" if len(self.data) > self.most else ""
        head = " | ".join(str(name) for name in self.data)
        return f"{self.caption} ({count_noun(len(self.data), 'row')})\n{head}\n{rows}{left}"


@dataclass(frozen=True)
class EvidenceView:
    """A few evidence sentences, each with its article; the match is marked."""

    rows: list[dict[str, Any]] = field(repr=False)
    caption: str

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li>{_mark(row)}<br><small>{html.escape(_source(row))}</small></li>" for row in self.rows
        )
        return f"<p><strong>{html.escape(self.caption)}</strong></p><ul>{items}</ul>"

    def __repr__(self) -> str:
        lines = [self.caption]
        for row in self.rows:
            words = (
                f"{row['sentence'][: row['match_start']]}[{_match(row)}]{row['sentence'][row['match_end'] :]}"
            )
            lines += textwrap.wrap(f"- {words}", 100, subsequent_indent="  ")
            lines.append(f"  {_source(row)}")
        return "\n".join(lines)


def show_table(
    data: pd.DataFrame,
    caption: str,
    *,
    columns: list[str] | None = None,
    most: int = 40,
    empty: str = "There are none.",
) -> TableView:
    """Show a table with a caption, a row count, and a word on rows that are left out.

    Args:
        data: The table.
        caption: What it shows, as a plain phrase.
        columns: Which columns; all where None.
        most: How many rows at the most.
        empty: What to say where there is no row.

    Raises:
        UnknownNameError: There is no such column.
    """
    for name in columns or ():
        if name not in data:
            raise UnknownNameError.among("column", name, map(str, data.columns), where=caption)
    return TableView(data[columns] if columns else data, caption, most, empty)


def show_evidence(
    evidence: pd.DataFrame, where: Mapping[str, Any] | None = None, *, most: int = 3
) -> EvidenceView:
    """Show evidence sentences, at most one an article, in reading order.

    Args:
        evidence: Evidence as made by :mod:`analysis.views.evidence`.
        where: Values that dimensions must have, such as ``{"frame": "economic"}``.
        most: How many sentences at the most.

    Raises:
        UnknownNameError: There is no such dimension. A value that no row has is told with the closest.
    """
    chosen = evidence
    for name, value in (where or {}).items():
        if name not in evidence:
            raise UnknownNameError.among("dimension", name, map(str, evidence.columns))
        chosen = chosen[(chosen[name] == value).fillna(False)]
    said = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in (where or {}).items()) or "all"
    if chosen.empty:
        hint = "".join(_hint_at_value(evidence, name, value) for name, value in (where or {}).items())
        return EvidenceView([], f"No evidence for {said}, among {count_noun(len(evidence), 'row')}.{hint}")
    shown = chosen.drop_duplicates("article_id").head(most).to_dict("records")
    rows = count_noun(len(chosen), "row")
    return EvidenceView(shown, f"{count_noun(len(shown), 'sentence')}, of {rows} of evidence ({said})")


def _hint_at_value(evidence: pd.DataFrame, name: str, value: Any) -> str:
    known = {str(each) for each in evidence[name].dropna()}
    return hint_at(value, sorted(known)) if isinstance(value, str) and value not in known else ""


def _match(row: Mapping[str, Any]) -> str:
    return row["sentence"][row["match_start"] : row["match_end"]]


def _mark(row: Mapping[str, Any]) -> str:
    before, after = row["sentence"][: row["match_start"]], row["sentence"][row["match_end"] :]
    return f"{html.escape(before)}<mark>{html.escape(_match(row))}</mark>{html.escape(after)}"


def _source(row: Mapping[str, Any]) -> str:
    known = [
        None if pd.isna(row[f"published_{side}"]) else row[f"published_{side}"]
        for side in ("earliest", "latest")
    ]
    day = describe_dates(*known) if known[0] else "publication date not stated"
    headline = "no headline" if pd.isna(row["headline"]) else row["headline"]
    return f"{row['outlet']}, {day}: {headline} [{row['article_id']}]"
