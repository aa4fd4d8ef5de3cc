"""Why two articles are taken for one story, in words that a reader can check."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.compare.sources.story_features import LEAD_WORDS
from analysis.compare.sources.story_pairs import Pairs, find_common
from analysis.reuse import VERSION_CONTAINMENT
from analysis.tables import Tables
from analysis.tellings.words import WORD, stem

# A feature that at most about a third of the articles around have is worth naming.
_RARE = 1.0
_MOST_NAMED = 5
_MOST_CHARACTERS = 100
_LEAST_WORDS = 2


class Reasons:
    """The reasons for a pair, by its rows in the features."""

    def __init__(self, tables: Tables, pairs: Pairs) -> None:
        self._pairs = pairs
        self._actors = dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))
        texts = tables.articles.set_index("article_id")[["headline", "text"]]
        self._openings = {
            article: f"{headline}\n{text[: LEAD_WORDS * 12]}"
            for article, headline, text in zip(
                texts.index, texts["headline"].fillna(""), texts["text"].fillna(""), strict=True
            )
        }

    def say(self, a: int, b: int) -> list[str]:
        """What two articles have in common, the strongest reason first."""
        return [words for _, words in self._find(a, b)]

    def are_enough(self, a: int, b: int) -> bool:
        """Whether there are two kinds of reasons, many words of the openings, or versions of one text."""
        shared = self._pairs.passages.get((min(a, b), max(a, b)))
        if shared is not None and shared.containment >= VERSION_CONTAINMENT:
            return True
        opening = self._find_rare(a, b).get("word", ())
        return len(opening) >= _MOST_NAMED or len(list(self._find(a, b))) > 1

    def _find(self, a: int, b: int) -> Iterator[tuple[str, str]]:
        shared = self._pairs.passages.get((min(a, b), max(a, b)))
        if shared is not None:
            yield "passage", f"shared passage of {shared.words:,} words"
        for event in self._pairs.events(a, b)[:1]:
            yield "event", self._say_event(event, a)
        rare = self._find_rare(a, b)
        named = [self._actors.get(actor) or actor for actor in rare.get("actor", ())]
        if named:
            yield "actor", f"actors: {', '.join(named[:_MOST_NAMED])}"
        if "instrument" in rare:
            yield "instrument", f"instruments: {', '.join(rare['instrument'][:_MOST_NAMED])}"
        if "figure" in rare:
            said = [f"{value:,.10g} {unit}" for value, unit in rare["figure"][:_MOST_NAMED]]
            yield "figure", f"figures: {', '.join(said)}"
        in_names = {stem(word) for name in named for word in WORD.findall(name)}
        words = [word for word in rare.get("word", ()) if word not in in_names]
        if len(words) >= _LEAST_WORDS:
            yield "word", f"words: {', '.join(self._as_written(words[:_MOST_NAMED], a))}"

    def _find_rare(self, a: int, b: int) -> dict[str, list]:
        """The rare features of both, by kind, those that say most first; words only where both open so."""
        features = self._pairs.features
        found: dict[str, list] = {}
        for matrix, kinds in ((features.lead, ("word",)), (features.body, ("actor", "instrument", "figure"))):
            columns, weights = find_common(matrix, a, b)
            for column in columns[np.lexsort((columns, -weights))]:
                kind, value = features.names[column]
                if kind in kinds and features.weigh(a, column) >= _RARE:
                    found.setdefault(kind, []).append(value)
        return found

    def _say_event(self, event: str, a: int) -> str:
        row = self._pairs.features.events[event, a]
        what = " ".join((row["what"] or row["trigger"] or "").split())
        what = what if len(what) <= _MOST_CHARACTERS else what[:_MOST_CHARACTERS].rsplit(" ", 1)[0] + " …"
        first, last = row["date_earliest"], row["date_latest"]
        when = "" if not first else f" on {first}" if first == last else f" between {first} and {last}"
        return f"event{when}: {what}"

    def _as_written(self, stems: list[str], a: int) -> list[str]:
        opening = self._openings[self._pairs.features.ids[a]]
        written: dict[str, str] = {}
        for word in WORD.findall(opening):
            written.setdefault(stem(word), word)
        return [written.get(word, word) for word in stems]
