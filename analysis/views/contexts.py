"""Words in context: every match on a line of its own, with what stands left and right of it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pandas as pd

from analysis.compare import NO_OUTLET
from analysis.compare.framing_units import check_choice, select_frames
from analysis.tables import Tables, known_rows
from analysis.views.evidence import find_sentence_spans
from analysis.views.sharing import may_show_whole_texts
from analysis.views.theme import CHART_STYLE

SORTS = ("right", "left", "words", "outlet")
# Lines do not wrap, so that the words stand under each other; a narrow window scrolls.
_STYLE = """
.framelines-contexts td{vertical-align:baseline}
.framelines-contexts .left{text-align:right}
.framelines-contexts .left,.framelines-contexts .words,.framelines-contexts .right{white-space:nowrap;
max-width:none;font-size:12.5px}
.framelines-contexts .words{font-weight:600;padding-right:10px}
"""
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_COLUMNS = ["left", "words", "right", "outlet", "voice", "speaker", "article_id", "field", "start", "end"]


@dataclass(frozen=True)
class ContextView:
    """Matches in context, a line each; ``data`` has the lines that are shown, everything escaped in HTML."""

    data: pd.DataFrame = field(repr=False)
    caption: str
    width: int

    def _repr_html_(self) -> str:
        caption = html.escape(self.caption)
        if self.data.empty:
            return f"<p>{caption}</p>"
        lines = "".join(_html_line(row) for row in known_rows(self.data))
        heads = "".join(
            f'<th scope="col"{kind}>{name}</th>'
            for name, kind in (("left", ' class="left"'), ("words", ' class="words"'),
                               ("right", ' class="right"'), ("who", ""))
        )  # fmt: skip
        return (
            f'<div class="framelines-chart framelines-contexts"><style>{CHART_STYLE}{_STYLE}</style>'
            f'<div class="framelines-scroll" role="region" tabindex="0" aria-label="{caption}"><table>'
            f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div></div>"
        )

    def __repr__(self) -> str:
        rows = known_rows(self.data)
        most = max((len(row["words"]) for row in rows), default=0)
        lines = [
            f"{row['left']:>{self.width}} [{row['words']}]{' ' * (most - len(row['words']))} "
            f"{row['right']:<{self.width}} | {row['outlet']}, {_say_voice(row)}"
            for row in rows
        ]
        return "\n".join([self.caption, *lines])


def show_contexts(
    tables: Tables,
    *,
    frame: str | None = None,
    term: str | None = None,
    codebook: str = "policy_frames",
    width: int = 60,
    most: int = 20,
    sort: str = "right",
) -> ContextView:
    """Show the words of a frame, or of a group of terms, each in its context (a keyword-in-context list).

    Where there are more than ``most``, every article has its turn before any comes twice, so that one long
    article does not fill the list; the caption says how many there are.

    Args:
        tables: The extracted tables.
        frame: A frame of the codebook; all of its frames where neither this nor ``term`` is given.
        term: A group of terms; then ``codebook`` is not looked at.
        codebook: Which codebook's frames.
        width: Characters to the left and to the right; in a report without whole texts they end where the
            sentence ends.
        most: How many lines.
        sort: ``right`` or ``left`` (by the words on that side, read outwards), ``words`` (the match), or
            ``outlet``; always by letters and digits, whatever marks stand before or between them.

    Raises:
        UnknownNameError: There is no such codebook, frame, group of terms or order.
    """
    check_choice("order", sort, SORTS)
    rows = tables.terms if term is not None else select_frames(tables, codebook)
    column, wanted = ("term_group", term) if term is not None else ("frame", frame)
    if wanted is not None:
        check_choice(column.replace("_", " "), wanted, sorted(set(rows[column].dropna())))
        rows = rows[(rows[column] == wanted).fillna(False)]
    articles = {row["article_id"]: row for row in known_rows(tables.articles)}
    ends = {} if may_show_whole_texts() else find_sentence_spans(tables.sentences)
    lines = [
        _cut(row, articles[row["article_id"]], width, ends.get(row["article_id"], []))
        for row in known_rows(rows)
    ]
    shown = sorted(_take_turns(lines, most), key=lambda line: _order(line, sort))
    what = f"'{wanted}'" if wanted is not None else f"every frame of '{codebook}'"
    said = f"{len(shown)} of {len(lines)}" if len(shown) < len(lines) else str(len(lines))
    by = f"by the words on the {sort}" if sort in ("left", "right") else f"by {sort}"
    caption = f"Words of {what} in context: {said}, {by}"
    if not lines:
        caption = f"No words of {what.replace('every', 'any', 1)} were found."
    return ContextView(pd.DataFrame(shown, columns=_COLUMNS), caption, width)


def _cut(
    row: Mapping[str, Any], article: Mapping[str, Any], width: int, spans: Sequence[tuple[int, int]]
) -> dict[str, Any]:
    where = "headline" if row.get("field") == "headline" else "text"
    text, start, end = article[where] or "", int(row["start"]), int(row["end"])
    first, last = _find_ends(spans, start, end) if spans and where == "text" else (0, len(text))
    left, right = text[max(first, start - width) : start], text[end : min(last, end + width)]
    # A word that the width cuts in two is left out: half a word is another word.
    if start - width > first and _is_inside_word(text, start - width):
        left = "".join(_SPACE.split(left, maxsplit=1)[1:])
    if end + width < last and _is_inside_word(text, end + width):
        right = right[: max((at for at, letter in enumerate(right) if letter.isspace()), default=0)]
    known = {name: row.get(name) for name in ("voice", "speaker", "article_id")}
    return {
        **known, "left": _flat(left), "words": _flat(text[start:end]), "right": _flat(right),
        "outlet": article["outlet"] or NO_OUTLET, "field": where, "start": start, "end": end,
    }  # fmt: skip


def _find_ends(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end that a match stands in; the match itself where it is in none."""
    inside = [span for span in spans if span[0] < end and span[1] > start]
    return min([start, *(first for first, _ in inside)]), max([end, *(last for _, last in inside)])


def _is_inside_word(text: str, at: int) -> bool:
    return at < len(text) and not text[at].isspace() and not text[at - 1].isspace()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _take_turns(lines: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    turns: dict[str, Any] = {}
    ranked = [(next(turns.setdefault(line["article_id"], count())), at) for at, line in enumerate(lines)]
    return [lines[at] for _, at in sorted(ranked)[:most]]


def _order(line: Mapping[str, Any], sort: str) -> tuple[Any, ...]:
    right, words = _letters(line["right"]), _letters(line["words"])
    sides = {
        "right": [right],
        "left": [_letters(line["left"])[::-1]],
        "words": [words, right],
        "outlet": [line["outlet"] == NO_OUTLET, _letters(line["outlet"]), right],
    }
    return (*sides[sort], line["article_id"], line["start"])


def _letters(text: str) -> list[str]:
    """The words of a text as they are sorted: letters without their accents, and digits."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def _say_voice(row: Mapping[str, Any]) -> str:
    if row["voice"] in ("quotation", "mixed"):
        return row["speaker"] or "quoted, speaker not known"
    return "journalist" if row["voice"] == "narration" else "voice not stated"


def _html_line(row: Mapping[str, Any]) -> str:
    left, words, right = (html.escape(row[name]) for name in ("left", "words", "right"))
    who = html.escape(f"{row['outlet']}, {_say_voice(row)}")
    return (
        f'<tr><td class="left">{left}</td><td class="words"><mark>{words}</mark></td>'
        f'<td class="right">{right}</td><td>{who}</td></tr>'
    )
