"""The hand-marked pages: what was marked on them, what the extraction finds there, and what agrees.

Three of the seed pages were read in full and marked by hand (``tests/gold/README.md``). They lie in a
checkout of the project, not in the installed package.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.compare.alike import (
    Row,
    change_of,
    overlap,
    pair,
    same_days,
    same_name,
    same_place,
    same_time,
    same_unit,
    words,
)
from analysis.compare.intervals import Share
from analysis.progress import Progress
from analysis.schema import TABLES, build_frame
from analysis.store import extract, load
from analysis.tables import Tables, known_rows

_ROOT = Path(__file__).resolve().parents[2]
GOLD, SEEDS = _ROOT / "tests" / "gold", _ROOT / "seeds"
LEAST_MARKS = 5


@dataclass(frozen=True)
class Score:
    """How many were marked, how many found, and how many of those agree."""

    marked: int
    found: int
    right: int

    @property
    def precision(self) -> Share:
        """Share of what was found that is right."""
        return Share.count(self.right, self.found)

    @property
    def recall(self) -> Share:
        """Share of what was marked that was found."""
        return Share.count(self.right, self.marked)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall: twice the right over marked and found together."""
        return 2 * self.right / (self.marked + self.found) if self.marked + self.found else 0.0


def has_marked_pages() -> bool:
    """Whether the hand-marked pages are here: they come with a checkout, not with the installed package."""
    return (GOLD / "articles.json").is_file() and all(
        (SEEDS / article["file"]).is_file() for article in read_gold("articles")
    )


def read_gold(name: str) -> Any:
    """One file of the hand-marked pages."""
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def extract_marked(*, settings: bool = False, progress: Progress | None = None) -> Tables:
    """Extract the hand-marked pages, as pages of which nothing is known beyond their text.

    Where the pages are not here the tables are empty, and so is what is measured on them.

    Args:
        settings: Whether to use the seeds' ``corpus.toml``, which dates every page.
        progress: Called as work goes on.
    """
    if not has_marked_pages():
        return Tables(**{name: build_frame(name) for name in TABLES})
    names = {article["file"] for article in read_gold("articles")}
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(names | ({"corpus.toml"} if settings else set())):
            shutil.copy(SEEDS / name, folder)
        return extract(load(folder, progress=progress), progress=progress)


class MarkedPages:
    """The hand-marked pages against tables extracted from them.

    Args:
        tables: What was extracted from the pages, whole.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.articles = [article for article in read_gold("articles") if article["paragraph_spans"]]
        self.topical = {article["id"] for article in self.articles if article["migration_related"]}
        files = {article["file"] for article in self.articles}
        texts = {file: (SEEDS / file).read_bytes().decode("utf-8") for file in files}
        self.paragraphs = {
            article["id"]: [
                (start, texts[article["file"]][start:end]) for start, end in article["paragraph_spans"]
            ]
            for article in self.articles
        }
        self.body = {name: " ".join(text for _, text in own) for name, own in self.paragraphs.items()}
        rows = known_rows(tables.articles)
        self.pairs = pair(self.articles, rows, self._same_article, least=0.5)
        self.gold_id = {row["article_id"]: article["id"] for article, row in self.pairs}
        self.found = {article["id"]: row for article, row in self.pairs}

    def score_articles(self, least: float = 0.5) -> Score:
        """Articles whose body agrees at least so far."""
        right = sum(overlap(self.body[article["id"]], row["text"]) >= least for article, row in self.pairs)
        return Score(len(self.articles), len(self.tables.articles), right)

    def count_outlets(self) -> int:
        """Articles whose outlet is right; unknown is right where the page does not say."""
        return sum(words(article["outlet"]) == words(row["outlet"]) for article, row in self.pairs)

    def publication_widths(self) -> list[int]:
        """Days of each publication interval that holds the true day."""
        import pandas as pd

        widths = []
        for article, row in self.pairs:
            first, last = row["published_earliest"], row["published_latest"]
            if isinstance(first, str) and first <= article["date_best"] <= last:
                widths.append((pd.Timestamp(last) - pd.Timestamp(first)).days + 1)
        return widths

    @cached_property
    def quotes(self) -> tuple[list[Row], list[Row], list[tuple[Row, Row]]]:
        """Quotations of three words or more: those marked, those found, and the pairs that agree."""
        marked = [q for q in read_gold("quotes")["quotes"] if q["type"] in ("direct", "mixed")]
        passages: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows("quotes"):
            if row["kind"] in ("direct", "mixed"):
                passages[row["gold"], row["quote_id"]].append(row)
        found = [{**own[0], "text": " ".join(row["text"] for row in own)} for own in passages.values()]
        found = [quote for quote in found if len(quote["text"].split()) >= 3]
        pairs = pair(
            marked, found, lambda g, f: same_place(g, f) and overlap(g["clean_text"], f["text"]), least=0.8
        )
        return marked, found, pairs

    def score_quotes(self) -> tuple[Score, Score]:
        """Quotations of three words or more; and those with the resolved speaker."""
        marked, found, pairs = self.quotes
        named = sum(bool(g["speaker"]) for g in marked)
        right = sum(same_name(g["speaker"], f["speaker"]) for g, f in pairs if g["speaker"])
        return Score(len(marked), len(found), len(pairs)), Score(named, len(found), right)

    @cached_property
    def figures(self) -> tuple[list[Row], list[Row], list[tuple[Row, Row]]]:
        """Policy figures: those marked, all figures found, and the pairs with the same value."""
        marked = [figure for figure in read_gold("figures") if figure["value"] is not None]
        found = self.rows("figures")

        def alike(gold: Row, row: Row) -> float:
            near = abs(gold["value"] - row["value"]) <= 1e-6 * max(1, abs(gold["value"]))
            return same_place(gold, row) and near and 1 + overlap(gold["text"], row["text"])

        return marked, found, pair(marked, found, alike, least=1)

    def score_figures(self) -> Score:
        """Policy figures with the right value."""
        return Score(*map(len, self.figures))

    def describe_figures(self) -> list[tuple[str, bool, bool, bool]]:
        """Policy figures with the right value: the mark's id, and whether unit, change and time are right.

        The pages mark the kind of thing ("people"), the table gives the noun counted ("migrant"): a noun for
        that kind is right. The change is that of the marked qualifier, up or down for a marked rise or fall,
        else "=". The time is right where the interval shares a day with the year, month, week or past year
        that the marked words name, counted from the true day of publication. Where the words name none it is
        right to be null, or to hold the day of publication: the figure then holds as the article says it.
        """
        published = {article["id"]: article["date_best"] for article in self.articles}
        return sorted(
            (
                gold["id"],
                same_unit(gold["unit"], row["unit"]),
                change_of(gold) == row["change"],
                same_time(gold["as_of"], published[gold["article"]], row),
            )
            for gold, row in self.figures[2]
        )

    @cached_property
    def events(self) -> tuple[dict[tuple[str, int], list[Row]], list[Row], list[tuple[Row, Row]]]:
        """The marked events by sentence, the rows found, and the sentences that meet."""
        told: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for event in read_gold("events"):
            if event["article"] in self.topical and event["migration_related"]:
                told[event["article"], event["start"]].append(event)
        found = [row for row in self.rows("events") if row["gold"] in self.topical]
        marked = [events[-1] for events in told.values()]
        pairs = pair(
            marked, found, lambda g, f: same_place(g, f) and overlap(g["text"], f["text"]), least=0.6
        )
        return told, found, pairs

    def score_events(self) -> tuple[Score, int]:
        """Sentences on the topic that tell a policy event, and how many of them have a marked status."""
        told, found, pairs = self.events
        sentences = {(row["article_id"], row["start"]) for row in found}
        right = sum(f["status"] in self.statuses(g) for g, f in pairs)
        return Score(len(told), len(sentences), len(pairs)), right

    def statuses(self, event: Row) -> list[str]:
        """Every status that is marked in an event's sentence."""
        return sorted({each["status"] for each in self.events[0][event["article"], event["start"]]})

    def date_events(self) -> list[tuple[Row, list[Row], bool]]:
        """The sentences found whose words date an event: the row, the marks with days, whether one has them.

        An interval is right that shares a day with the marked one and is at most 31 days wider.
        """
        told, _, pairs = self.events
        dated = [
            (f, [e for e in told[g["article"], g["start"]] if e.get("date_text") and e["date_earliest"]])
            for g, f in pairs
        ]
        return [(row, own, any(same_days(event, row) for event in own)) for row, own in dated if own]

    def score_event_dates(self) -> tuple[int, int]:
        """Of the sentences found whose words date an event: how many have its days, and of how many."""
        dated = self.date_events()
        return sum(right for *_, right in dated), len(dated)

    def units(self) -> Iterator[tuple[Row, int, list[Row], list[Row]]]:
        """Paragraphs on the topic that the text holds: the mark, where, the matches and the terms in it.

        Matches are those of the policy frames.
        """
        tables = {name: self.rows(name) for name in ("frames", "terms")}
        tables["frames"] = [row for row in tables["frames"] if row["codebook"].startswith("policy")]
        for unit in read_gold("frames"):
            if unit["article"] not in self.topical or unit["unit"] == "headline":
                continue
            start = self.found.get(unit["article"], {"text": ""})["text"].find(_plain(unit["text"]))
            if start < 0:
                continue
            end = start + len(unit["text"])
            inside = (
                [
                    row for row in rows
                    if same_place(unit, row) and row["field"] == "text" and start <= row["start"] < end
                ]
                for rows in tables.values()
            )  # fmt: skip
            yield (unit, start, *inside)

    def score_frames(self) -> dict[str, Score]:
        """Of each policy frame, the paragraphs in which it is marked, found, and both."""
        marked, found, right = Counter(), Counter(), Counter()
        for unit, _, matches, _ in self.units():
            there, seen = marked_frames(unit), {row["frame"] for row in matches}
            marked.update(there)
            found.update(seen)
            right.update(there & seen)
        return {name: Score(marked[name], found[name], right[name]) for name in sorted({*marked, *found})}

    def score_terms(self) -> Score:
        """Terms for migrants, paragraph by paragraph and word for word."""
        marked, found = Counter(), Counter()
        for number, (unit, _, _, terms) in enumerate(self.units()):
            marked.update((number, *words(term["text"])) for term in unit["terms"])
            found.update((number, *words(row["text"])) for row in terms)
        return Score(marked.total(), found.total(), (marked & found).total())

    def rows(self, table: str) -> list[Row]:
        """The rows of a table on articles that are marked, each with the mark's id of its article."""
        return [
            {**row, "gold": self.gold_id[row["article_id"]]}
            for row in known_rows(getattr(self.tables, table))
            if row["article_id"] in self.gold_id
        ]

    def place(self, mark: Row) -> tuple[str, int, int] | None:
        """Field, start and end of a mark's words in the article that was found; None where they are not."""
        if mark["article"] not in self.found:
            return None
        text, wanted = self.found[mark["article"]]["text"], _plain(mark["text"])
        for start, paragraph in self.paragraphs[mark["article"]]:
            if start <= mark["start"] < start + len(paragraph):
                at = text.find(_plain(paragraph)) + mark["start"] - start
                if text.startswith(wanted, max(at, 0)):
                    return "text", at, at + len(wanted)
        for field in ("text", "headline"):
            at = (self.found[mark["article"]][field] or "").find(wanted)
            if at >= 0:
                return field, at, at + len(wanted)
        return None

    def _same_article(self, article: Row, row: Row) -> float:
        same_page = article["file"] == row["page"]
        return overlap(self.body[article["id"]], row["text"]) if same_page else 0.0


def marked_frames(unit: Row) -> set[str]:
    """The policy frames marked in a paragraph, spelled as the codebook spells them."""
    return {each["frame"].replace("defense", "defence") for each in unit["frames"]}


def mean_f1(scores: dict[str, Score]) -> float:
    """Mean of F1 over the frames with at least five marks."""
    kept = [score.f1 for score in scores.values() if score.marked >= LEAST_MARKS]
    return sum(kept) / len(kept) if kept else 0.0


def _plain(text: str) -> str:
    return text.replace("\xa0", " ")
