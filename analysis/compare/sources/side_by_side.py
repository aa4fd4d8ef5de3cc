"""A story side by side: what each of its articles tells, and what was found in some and not in others.

There is no statistics here: a story has a few articles, and each count comes with its passages.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analysis import schema
from analysis.compare.differences import say_days
from analysis.compare.shares import NO_OUTLET
from analysis.compare.sources.stories import find_stories
from analysis.compare.sources.story_rows import ASPECTS, UNKNOWN, read_rows
from analysis.errors import UnknownNameError, WorkbookError
from analysis.tables import Tables, known_rows

ARTICLE_COLUMNS = (
    "article_id", "outlet", "published_earliest", "published_latest", "headline", "words", "basis",
)  # fmt: skip
_ASPECT_NAMES = {
    "headline": "Headlines", "quoted": "Who is quoted", "frame": "Frames in the journalist's own words",
    "term": "Terms", "figure": "Figures", "differs": "Where they differ",
    "event": "Events (one that is told in other words may be two rows)",
}  # fmt: skip
_CAUTION = (
    "Each number counts passages. What was not found in an article may have been told all the same: the page "
    "may be cut short, or the extraction may have missed it."
)
_EVENTS_CAUTION = "An event told in other words may be counted as two."
# What an article can be without; headlines are of each, and differences between them.
_NOT_COMPARED = ("headline", "differs")
_MOST_SHOWN = 12


@dataclass(frozen=True)
class Story:
    """Articles on one event, side by side.

    Attributes:
        story: The id of the story; None where the articles were named one by one.
        articles: One row an article, in order of publication: article_id, outlet, published_earliest,
            published_latest, headline, words (of the text), ``basis`` (why it is of this story; null where
            the articles were named one by one).
        rows: One row a passage: aspect (headline, quoted, frame, term, figure, event, differs), label,
            article_id, field, start, end, text, detail. ``text`` is exactly the characters from start to end
            of the article's text, or of its headline where ``field`` says so.
    """

    story: str | None
    articles: pd.DataFrame = field(repr=False)
    rows: pd.DataFrame = field(repr=False)

    @cached_property
    def grid(self) -> pd.DataFrame:
        """How many passages of each aspect and label an article has: aspect, label, a column an article."""
        ids = list(self.articles["article_id"])
        counts = self.rows.groupby(["aspect", "label", "article_id"], sort=False).size()
        grid = counts.unstack(fill_value=0).reindex(columns=ids, fill_value=0).astype(int)
        order = pd.DataFrame(
            {"aspect": [ASPECTS.index(aspect) for aspect in grid.index.get_level_values("aspect")],
             "told": (grid > 0).sum(axis=1).to_numpy(), "total": grid.sum(axis=1).to_numpy(),
             "label": list(grid.index.get_level_values("label"))}
        )  # fmt: skip
        order = order.sort_values(["aspect", "told", "total", "label"], ascending=[True, False, False, True])
        grid = grid.iloc[order.index].reset_index()
        grid.columns = ["aspect", "label", *ids]
        return grid

    @property
    def _compared(self) -> pd.DataFrame:
        """The rows of the grid that one article can have and another not; nobody knows who is unknown."""
        unfit = self.grid["aspect"].isin(_NOT_COMPARED) | (self.grid["label"] == UNKNOWN)
        return self.grid[~unfit]

    @cached_property
    def only(self) -> pd.DataFrame:
        """What one article tells and another does not, as far as was found.

        Returns:
            Rows of ``grid`` with ``told_by`` and ``not_found_in``, lists of article ids. Who speaks where
            that is unknown cannot be compared and is left out.
        """
        ids = list(self.articles["article_id"])
        told = self._compared[ids].to_numpy() > 0
        kept = ~told.all(axis=1)
        only = self._compared[kept].reset_index(drop=True)
        for name, wanted in (("told_by", True), ("not_found_in", False)):
            only[name] = [
                [article for article, has in zip(ids, row, strict=True) if has == wanted]
                for row in told[kept]
            ]
        return only

    @property
    def says(self) -> str:
        """What stands side by side, and what the counts cannot say."""
        outlets = self.articles["outlet"].dropna().nunique()
        stated = self.articles["outlet"].notna().all()
        days = [
            *self.articles["published_earliest"].dropna(),
            *self.articles["published_latest"].dropna(),
        ]
        when = "" if not days else f", published {say_days(min(days), max(days))}"
        undated = int(self.articles["published_earliest"].isna().sum())
        when += f" ({undated} of unknown date)" if undated else ""
        who = f" of {outlets} {'outlet' if outlets == 1 else 'outlets'}" if outlets else ""
        who += "" if stated else (" and some of no stated outlet" if outlets else " of no stated outlet")
        told, only = (
            [int((frame["aspect"] != "event").sum()), int((frame["aspect"] == "event").sum())]
            for frame in (self._compared, self.only)
        )
        events = (
            f" Events found in every article: {told[1] - only[1]}; only in some: {only[1]}. {_EVENTS_CAUTION}"
        )
        return (
            f"{len(self.articles)} articles{who}{when}. Speakers, frames, terms and figures found in every "
            f"article: {told[0] - only[0]}; only in some: {only[0]}."
            f"{events if told[1] else ''} {_CAUTION}"
        )

    @cached_property
    def keys(self) -> dict[str, str]:
        """Article id -> the letter and outlet by which the story's tables name it."""
        return {
            row["article_id"]: f"{_letter(number)} {row['outlet'] or NO_OUTLET}"
            for number, row in enumerate(known_rows(self.articles))
        }

    def __repr__(self) -> str:
        lines = [f"Story {self.story or ''}".rstrip() + f": {self.says}"]
        for row in known_rows(self.articles):
            when = say_days(row["published_earliest"], row["published_latest"])
            lines.append(f"  {self.keys[row['article_id']]}, {when}: {row['headline'] or 'no headline'}")
            lines += [f"      {reason}" for reason in row["basis"] or ()]
        for aspect, shown, left in self._shown():
            lines.append(f"{_ASPECT_NAMES[aspect]}:")
            lines += [f"  {row['label']}: {self._say_counts(row)}" for row in shown]
            lines += [f"  ... {left} more"] if left else []
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        articles = "".join(
            f"<li><b>{html.escape(self.keys[row['article_id']])}</b>, "
            f"{html.escape(say_days(row['published_earliest'], row['published_latest']))}: "
            f"{html.escape(row['headline'] or 'no headline')}"
            + (f"<br><small>{html.escape('; '.join(row['basis']))}</small>" if row["basis"] else "")
            + "</li>"
            for row in known_rows(self.articles)
        )
        heads = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.keys.values())
        across = f'colspan="{len(self.keys) + 1}"'
        body = "".join(
            f'<tr><th scope="rowgroup" {across}>{html.escape(_ASPECT_NAMES[aspect])}</th></tr>'
            + "".join(self._html_row(row) for row in shown)
            + (f"<tr><td {across}>{left} more in .grid</td></tr>" if left else "")
            for aspect, shown, left in self._shown()
        )
        return (
            f'<div class="framelines-story"><p>{html.escape(self.says)}</p><ul>{articles}</ul>'
            f'<div style="overflow-x:auto"><table><caption>What each article tells</caption>'
            f'<thead><tr><th scope="col">told</th>{heads}</tr></thead><tbody>{body}</tbody></table>'
            "</div></div>"
        )

    def _html_row(self, row: dict) -> str:
        cells = "".join(f"<td>{row[article] or 'not found'}</td>" for article in self.keys)
        return f'<tr><th scope="row" style="text-align:left">{html.escape(row["label"])}</th>{cells}</tr>'

    def _shown(self) -> list[tuple[str, list[dict], int]]:
        """The rows of each aspect that are shown, and how many more there are."""
        found = []
        for aspect in ASPECTS[1:]:
            rows = known_rows(self.grid[self.grid["aspect"] == aspect])
            if rows:
                found.append((aspect, rows[:_MOST_SHOWN], max(0, len(rows) - _MOST_SHOWN)))
        return found

    def _say_counts(self, row: dict) -> str:
        return ", ".join(
            f"{name.split(' ')[0]} {row[article] or 'not found'}" for article, name in self.keys.items()
        )


def compare_story(
    tables: Tables, story: str | Sequence[str], *, stories: pd.DataFrame | None = None
) -> Story:
    """Set the articles of a story side by side, each thing told with its passages.

    Args:
        tables: The extracted tables.
        story: The id of a story that :func:`find_stories` found, or the ids of two articles or more.
        stories: What ``find_stories`` found, where that is at hand; else it is found again.

    Raises:
        UnknownNameError: There is no such story or article.
        WorkbookError: Fewer than two articles are named.
    """
    reasons: dict[str, list[str]] = {}
    name = None
    if isinstance(story, str):
        found = find_stories(tables) if stories is None else stories
        members = found[found["story"] == story]
        if members.empty:
            raise UnknownNameError.among("story", story, found["story"].unique(), where="find_stories")
        name, reasons = story, dict(zip(members["article_id"], members["basis"], strict=True))
    ids = list(dict.fromkeys(reasons or story))
    known = set(tables.articles["article_id"])
    for article in ids:
        if article not in known:
            raise UnknownNameError.among("article", article, known)
    if len(ids) < 2:
        raise WorkbookError(
            f"A story is compared between two articles or more, and {len(ids)} is named.",
            allowed="The id of a story, or a list of article ids.",
            todo="See find_stories(tables) for the stories there are.",
        )
    own = _restrict(tables, ids)
    return Story(name, _order_articles(own.articles, reasons), read_rows(own))


def _restrict(tables: Tables, ids: Sequence[str]) -> Tables:
    """The tables of some articles; what belongs to no article is left out."""
    frames = {}
    for name in schema.TABLES:
        frame = getattr(tables, name)
        keyed = [column for column in ("article_id", "article_a", "article_b") if column in frame]
        keep = frame[keyed].isin(ids).all(axis=1) if keyed else pd.Series(name == "actors", frame.index)
        frames[name] = frame[keep.astype(bool)].reset_index(drop=True)
    return Tables(**frames)


def _order_articles(articles: pd.DataFrame, reasons: dict[str, list[str]]) -> pd.DataFrame:
    basis = [reasons.get(article) for article in articles["article_id"]]
    articles = articles.assign(basis=pd.Series(basis, articles.index, "object"))
    ordered = articles.sort_values(["published_earliest", "article_id"], na_position="last", kind="stable")
    return ordered[list(ARTICLE_COLUMNS)].reset_index(drop=True)


def _letter(number: int) -> str:
    """A, B, ... Z, AA, AB."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
