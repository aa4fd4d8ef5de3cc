"""Charts of who is quoted: speakers in the whole corpus, and voices in each outlet."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.compare import VOICES, can_test, count_voices, select_quotations
from analysis.views.chart import Chart, count_noun, empty_chart, finish_chart, label_text, make_figure
from analysis.views.marks import draw_bars, label_rows
from analysis.views.theme import PALETTE, PATTERNS, nth_of

_UNKNOWN = len(PALETTE) - 1  # grey


def plot_speakers(tables: Any, *, top: int = 15) -> Chart:
    """Who is quoted most: quotations (direct and mixed) a speaker, however many passages each has.

    Args:
        tables: The extracted tables.
        top: How many speakers to draw; the data has all.
    """
    title, n = "Who is quoted", len(tables.articles)
    quotes = select_quotations(tables).drop_duplicates(["article_id", "quote_id"])
    named = quotes.dropna(subset=["speaker"])
    if named.empty:
        return empty_chart(
            title, f"None of the {count_noun(len(quotes), 'quotation')} found has a known speaker."
        )
    grouped = named.groupby("speaker")
    data = pd.DataFrame(
        {
            "speaker": list(grouped.groups),
            "quotations": grouped.size().to_numpy(),
            "articles": grouped["article_id"].nunique().to_numpy(),
        }
    ).sort_values(["quotations", "speaker"], ascending=[False, True])
    sentence = (
        f"{data.iloc[0]['speaker']} is quoted most, {count_noun(data.iloc[0]['quotations'], 'time')} in "
        f"{data.iloc[0]['articles']} of {count_noun(n, 'article')}; "
        f"{len(named)} of {count_noun(len(quotes), 'quotation')} have a known speaker."
    )
    if len(data) > top:
        sentence += f" Drawn are the first {top} of {len(data)} speakers."
    drawn = data.head(top)
    words = [f"{row.quotations} in {count_noun(row.articles, 'article')}" for row in drawn.itertuples()]
    return finish_chart(
        title, sentence, data, draw_bars(drawn, "speaker", "quotations", None, "Quotations", words)
    )


def plot_voices(tables: Any, *, by: str = "party", top: int = 5) -> Chart:
    """Whose words each outlet quotes: one bar an outlet, as long as the words that it quotes.

    Args:
        tables: The extracted tables.
        by: ``party`` or ``speaker``.
        top: How many voices have a part of their own, at most five; the rest share one. The data has all.

    Raises:
        UnknownNameError: ``by`` is neither.
    """
    title, n = f"Words in quotation, by {by} and outlet", len(tables.articles)
    data = count_voices(tables, by)
    if data.empty:
        return empty_chart(title, f"None of {count_noun(n, 'article')} quotes anybody.")
    unknown = VOICES[by]
    words = data.groupby(by)["words"].sum()
    # Of two voices with as many words, the alphabet decides.
    known = sorted(words.index.drop(unknown, errors="ignore"), key=lambda name: (-words[name], name))
    parts = known[: min(top, _UNKNOWN - 1)]
    rest = "all others with a party" if by == "party" else "all other speakers"
    drawn = data.assign(part=data[by].where(data[by].isin([*parts, unknown]), rest))
    return finish_chart(
        title,
        _say_voices(words, known, parts, unknown, by, data),
        data,
        _draw_voices(drawn, parts, rest, unknown),
    )


def _draw_voices(drawn: pd.DataFrame, parts: list[str], rest: str, unknown: str) -> Any:
    sizes = drawn.drop_duplicates("outlet").set_index("outlet")["of"]
    outlets = list(sizes.index)
    labels = label_rows([f"{name} ({count_noun(sizes[name], 'article')})" for name in outlets], most=80)
    grouped = drawn.groupby(["part", "outlet"])[["words", "quotations"]].sum()
    figure = make_figure(len(outlets), barmode="stack")
    names = {**{name: at for at, name in enumerate(parts)}, rest: len(parts), unknown: _UNKNOWN}
    for name, at in names.items():
        if name not in grouped.index.get_level_values("part"):
            continue
        part = grouped.loc[name].reindex(outlets, fill_value=0)
        figure.add_bar(
            x=[int(count) for count in part["words"]], y=labels, orientation="h", marker=_marker(at),
            name=label_text(name, most=40),
            customdata=[count_noun(count, "quotation") for count in part["quotations"]],
            hovertemplate="%{y}<br>%{fullData.name}: %{x:,} words in %{customdata}<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(title_text="Words in quotation", tickformat=",d", rangemode="tozero", nticks=6)
    figure.update_yaxes(autorange="reversed", type="category")
    # A legend of stacked bars is reversed unless told otherwise.
    figure.update_layout(height=190 + 38 * len(outlets), legend={"traceorder": "normal"})
    return figure


def _marker(at: int) -> dict[str, Any]:
    if at == _UNKNOWN:
        # What is not known is drawn as an empty box.
        return {"color": "rgba(138,143,152,.16)", "line": {"color": PALETTE[at], "width": 1}}
    pattern = {"shape": nth_of(PATTERNS, at), "fillmode": "overlay", "fgcolor": "#fff", "fgopacity": 0.8}
    return {"color": PALETTE[at], "pattern": pattern}


def _say_voices(
    words: pd.Series, known: list[str], parts: list[str], unknown: str, by: str, data: pd.DataFrame
) -> str:
    total, left = f"{words.sum():,}", int(words.get(unknown, 0))
    nobody = "no party stated" if by == "party" else "no known speaker"
    if known:
        whose = f"speakers of {known[0]}" if by == "party" else known[0]
        said = f"Of {total} words in quotation, {words[known[0]]:,} are by {whose}, the most of any {by}"
        said += f"; {left:,} have {nobody}."
    else:
        said = f"All {total} words in quotation have {nobody}."
    if len(known) > len(parts):
        said += f" {len(parts)} of {len(known)} {'parties' if by == 'party' else 'speakers'} are drawn apart."
    sizes = data.drop_duplicates("outlet")["of"]
    small = sum(not can_test(size) for size in sizes)
    if small:
        said += f" {small} of {count_noun(len(sizes), 'outlet')} have fewer than four articles."
    return said
