"""Measures on the hand-marked seed pages: what was marked, what was found, what agrees.

Articles are paired by the words they share, so offsets of a page and of an article need not be compared.
Two texts agree by the Jaccard similarity of their word multisets.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.tables import Tables

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parents[1] / "seeds"
_TITLES = frozenset("mr mrs ms sir dame lord lady dr prof the a an".split())

_KINDS = {
    "people": {"people", "person", "migrant", "arrival", "mp", "hostage", "man", "woman", "member"},
    "country": {"country", "state", "nation"},
}
_QUALIFIERS = {"passed": ">", "more than": ">", "nearly": "<", "around": "~", "approximately": "~"}
_MONTHS = "january february march april may june july august september october november december".split()

Row = dict[str, Any]


@dataclass(frozen=True)
class Score:
    """How many were marked, how many found, and how many of those agree."""

    marked: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was marked that was found."""
        return self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall: twice the right over marked and found together."""
        return 2 * self.right / (self.marked + self.found) if self.marked + self.found else 0.0


class GoldPages:
    """The hand-marked pages against tables extracted from them."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.articles = [article for article in read_gold("articles") if article["paragraph_spans"]]
        self.topical = {article["id"] for article in self.articles if article["migration_related"]}
        texts = {
            file: (SEEDS / file).read_bytes().decode("utf-8") for file in {a["file"] for a in self.articles}
        }
        self.body = {
            article["id"]: " ".join(
                texts[article["file"]][start:end] for start, end in article["paragraph_spans"]
            )
            for article in self.articles
        }
        rows = tables.articles.to_dict("records")
        self.pairs = pair(self.articles, rows, self._same_article, least=0.5)
        self.gold_id = {row["article_id"]: article["id"] for article, row in self.pairs}

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

    def score_quotes(self) -> tuple[Score, Score]:
        """Quotations of three words or more; and those with the resolved speaker."""
        marked = [q for q in read_gold("quotes")["quotes"] if q["type"] in ("direct", "mixed")]
        passages: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self._rows("quotes"):
            if row["kind"] in ("direct", "mixed"):
                passages[row["gold"], row["quote_id"]].append(row)
        found = [{**own[0], "text": " ".join(row["text"] for row in own)} for own in passages.values()]
        found = [quote for quote in found if len(quote["text"].split()) >= 3]
        pairs = pair(
            marked, found, lambda g, f: same_place(g, f) and overlap(g["clean_text"], f["text"]), least=0.8
        )
        named = sum(bool(g["speaker"]) for g in marked)
        right = sum(same_name(g["speaker"], f["speaker"]) for g, f in pairs if g["speaker"])
        return Score(len(marked), len(found), len(pairs)), Score(named, len(found), right)

    def score_figures(self) -> Score:
        """Policy figures with the right value."""
        marked, found, pairs = self._figures()
        return Score(len(marked), len(found), len(pairs))

    def describe_figures(self) -> list[tuple[str, bool, bool, bool]]:
        """Policy figures with the right value: the mark's id, and whether unit, change and time are right.

        The pages mark the kind of thing ("people"), the table gives the noun counted ("migrant"): a noun for
        that kind is right. The change is that of the marked qualifier, up or down for a marked rise or fall,
        else "=". The time is right where the interval shares a day with the year, month, week or past year
        that the marked words name, counted from the true day of publication. Where the words name none it is
        right to be null, or to hold the day of publication: the figure then holds as the article says it.
        """
        _, _, pairs = self._figures()
        published = {article["id"]: article["date_best"] for article in self.articles}
        return sorted(
            (
                gold["id"],
                same_unit(gold["unit"], row["unit"]),
                change_of(gold) == row["change"],
                same_time(gold["as_of"], published[gold["article"]], row),
            )
            for gold, row in pairs
        )

    def _figures(self) -> tuple[list[Row], list[Row], list[tuple[Row, Row]]]:
        marked = [figure for figure in read_gold("figures") if figure["value"] is not None]
        found = self._rows("figures")

        def alike(gold: Row, row: Row) -> float:
            near = abs(gold["value"] - row["value"]) <= 1e-6 * max(1, abs(gold["value"]))
            return same_place(gold, row) and near and 1 + overlap(gold["text"], row["text"])

        return marked, found, pair(marked, found, alike, least=1)

    def score_events(self) -> tuple[Score, int]:
        """Sentences on the topic that tell a policy event, and how many of them have a marked status."""
        told, found, pairs = self._events()
        sentences = {(row["article_id"], row["start"]) for row in found}
        right = sum(
            f["status"] in {event["status"] for event in told[g["article"], g["start"]]} for g, f in pairs
        )
        return Score(len(told), len(sentences), len(pairs)), right

    def score_event_dates(self) -> tuple[int, int]:
        """Of the sentences found whose words date an event: how many have its days, and how many there are.

        An interval is right that shares a day with the marked one and is at most 31 days wider.
        """
        told, _, pairs = self._events()
        dated = [
            (f, [e for e in told[g["article"], g["start"]] if e.get("date_text") and e["date_earliest"]])
            for g, f in pairs
        ]
        dated = [(row, events) for row, events in dated if events]
        return sum(any(same_days(event, row) for event in events) for row, events in dated), len(dated)

    def _events(self) -> tuple[dict[tuple[str, int], list[Row]], list[Row], list[tuple[Row, Row]]]:
        """The marked events by sentence, the rows found, and the sentences that meet."""
        told: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for event in read_gold("events"):
            if event["article"] in self.topical and event["migration_related"]:
                told[event["article"], event["start"]].append(event)
        found = [row for row in self._rows("events") if row["gold"] in self.topical]
        marked = [events[-1] for events in told.values()]
        pairs = pair(
            marked, found, lambda g, f: same_place(g, f) and overlap(g["text"], f["text"]), least=0.6
        )
        return told, found, pairs

    def _same_article(self, article: Row, row: Row) -> float:
        same_page = article["file"] == row["page"]
        return overlap(self.body[article["id"]], row["text"]) if same_page else 0.0

    def _rows(self, table: str) -> list[Row]:
        frame = getattr(self.tables, table)
        frame = frame.astype(object).where(frame.notna(), None)
        return [
            {**row, "gold": self.gold_id[row["article_id"]]}
            for row in frame.to_dict("records")
            if row["article_id"] in self.gold_id
        ]


def read_gold(name: str) -> Any:
    """One file of the hand-marked pages."""
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def words(text: Any) -> list[str]:
    """The words of a text, folded; none for null."""
    return re.findall(r"[^\W_]+", text.casefold()) if isinstance(text, str) else []


def overlap(one: str, other: str) -> float:
    """Jaccard similarity of two texts' word multisets, 0 to 1."""
    a, b = Counter(words(one)), Counter(words(other))
    union = (a | b).total()
    return (a & b).total() / union if union else 0.0


def same_place(gold: Row, row: Row) -> bool:
    """Whether a mark and a row belong to the same article."""
    return gold["article"] == row["gold"]


def same_days(event: Row, row: Row) -> bool:
    """Whether a row's interval shares a day with a marked one and is at most 31 days wider."""
    if not row["date_earliest"]:
        return False
    shares = row["date_earliest"] <= event["date_latest"] and event["date_earliest"] <= row["date_latest"]
    width, marked = (
        datetime.date.fromisoformat(each["date_latest"]) - datetime.date.fromisoformat(each["date_earliest"])
        for each in (row, event)
    )
    return shares and width <= marked + datetime.timedelta(days=31)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same person: titles aside, one's words are all among the other's."""
    a, b = (set(words(name)) - _TITLES for name in (one, other))
    return bool(a and b) and (a <= b or b <= a)


def same_unit(marked: str, found: str | None) -> bool:
    """Whether a unit in the singular is the one marked, or a noun for the kind of thing marked."""
    one, other = (re.sub(r"ies\b", "y", unit.lower()) for unit in (marked, found or ""))
    one = re.sub(r"(?<=[sx])es\b|(?<=[^s])s\b", "", one)
    return one == other or other.split(" ")[-1] in _KINDS.get(one, ())


def change_of(gold: Row) -> str:
    """The change that a mark stands for."""
    moved = re.match(r"(rise|fall) in ", gold["measures"])
    if moved:
        return "up" if moved.group(1) == "rise" else "down"
    return _QUALIFIERS.get((gold["qualifier"] or "").lower(), "=")


def same_time(marked: str | None, published: str, row: Row) -> bool:
    """Whether a figure's interval agrees with the words marked, or with no such words."""
    first, last = row["as_of_earliest"], row["as_of_latest"]
    due = days_of(marked, datetime.date.fromisoformat(published)) if marked else None
    if due is None:
        return first is None or first <= published <= last
    return first is not None and first <= due[1].isoformat() and due[0].isoformat() <= last


def days_of(marked: str, published: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """The days that marked words name, seen from the day of publication; None where they name none."""
    year = re.search(r"20\d\d", marked)
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(name, marked.lower())), None)
    if month:
        within = int(year.group()) if year else published.year - (month > published.month)
        last = datetime.date(within + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
        return last.replace(day=1), last
    if year or "previous year" in marked:
        within = int(year.group()) if year else published.year - 1
        return datetime.date(within, 1, 1), datetime.date(within, 12, 31)
    if "last year" in marked:
        day = published - datetime.timedelta(days=365)
        return day - datetime.timedelta(days=7), day + datetime.timedelta(days=7)
    back = 365 if "year" in marked else 6 if "week" in marked else None
    return (published - datetime.timedelta(days=back), published) if back else None


def pair(
    marked: Sequence[Row], found: Iterable[Row], alike: Callable[[Row, Row], float], *, least: float
) -> list[tuple[Row, Row]]:
    """Pair marks with rows one to one, the most alike first, none less alike than ``least``."""
    found = list(found)
    ranked = sorted(
        ((float(alike(g, f)), -i, -j) for i, g in enumerate(marked) for j, f in enumerate(found)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for value, i, j in ranked:
        if value < least:
            break
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return [(marked[i], found[j]) for i, j in pairs.items()]
