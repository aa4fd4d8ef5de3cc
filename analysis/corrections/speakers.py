"""What follows from a corrected speaker: the actor, and every row of the same quotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.corrections.ledger import Ledger
from analysis.corrections.reading import Correction
from analysis.errors import hint_at
from analysis.tables import Tables, known_rows

# (table, label of the row, column) and the value that follows.
Follows = Iterator[tuple[tuple[str, int, str], Any]]

_ABOUT = ("actor_id", "role", "party")


class SpeakerFollower:
    """Works out what follows from corrected speakers.

    Args:
        tables: The tables as extracted.
        articles: The articles in which a speaker is corrected.
    """

    def __init__(self, tables: Tables, articles: set[str]) -> None:
        self._actors: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for actor in known_rows(tables.actors):
            if actor["name"]:
                self._actors[actor["name"].casefold()].append(actor)
        self._names = [name for name in tables.actors["name"].dropna()]
        quoting = ("quotes", "frames", "terms", "figures")
        self._rows = {name: _by_quote(getattr(tables, name), articles) for name in quoting}
        self._said = {name: _by_label(getattr(tables, name), articles) for name in ("quotes", "reported")}

    def follow(self, table: str, label: int, speaker: str | None, named: set[int]) -> Follows:
        """What follows from the speaker of one row of ``quotes`` or ``reported``.

        Args:
            table: The row's table.
            label: Its label there.
            speaker: The speaker as corrected; None is unknown.
            named: Passages whose speaker is corrected by a line of their own: they keep it.
        """
        row = self._said[table][label]
        if table == "reported":
            yield from self._about(table, label, row, speaker)
            return
        key = row["article_id"], row["quote_id"]
        passages = [(n, other) for n, other in self._rows["quotes"][key] if n == label or n not in named]
        for n, passage in passages:
            yield ("quotes", n, "speaker"), speaker
            yield ("quotes", n, "attribution"), "corrected"
            yield from self._about("quotes", n, passage, speaker)
            for name in ("frames", "terms"):
                for other, inside in self._inside(name, key, passage):
                    if inside["speaker"] != speaker:
                        yield (name, other, "speaker"), speaker
            for other, inside in self._inside("figures", key, passage):
                if inside["attributed_to"] and inside["attributed_to"] == passage["speaker"]:
                    yield ("figures", other, "attributed_to"), speaker

    def check(self, correction: Correction, ledger: Ledger) -> None:
        """Tell where a name is not that of an actor of the corpus, so that what follows is unknown."""
        name = correction.value
        if not name or len(self._actors.get(name.casefold(), ())) == 1:
            return
        hint = hint_at(name, self._names)
        ledger.note(
            correction,
            f"The speaker '{name}' is no actor of this corpus, so actor, role and party are unknown.{hint}",
            allowed="A name of the table actors, or any other.",
            todo="Nothing, if the name is right.",
        )

    def _inside(
        self, name: str, key: tuple[str, str], passage: Mapping[str, Any]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        for label, row in self._rows[name][key]:
            if row["field"] == passage["field"] and passage["start"] <= row["start"] < passage["end"]:
                yield label, row

    def _about(self, table: str, label: int, row: Mapping[str, Any], speaker: str | None) -> Follows:
        actors = self._actors.get((speaker or "").casefold(), [])
        actor = actors[0] if len(actors) == 1 else {}
        for column in _ABOUT:
            if column in row and row[column] != actor.get(column):
                yield (table, label, column), actor.get(column)
        if _names_another(row["speaker_text"], row["speaker"], speaker):
            for column in ("speaker_text", "speaker_start", "speaker_end"):
                if column in row:
                    yield (table, label, column), None


def _names_another(words: str | None, old: str | None, new: str | None) -> bool:
    """Whether the words on the page name the wrong speaker; "he" or "the minister" may be the right one."""
    if not words or not old:
        return False
    return old.split()[-1] in words and not (new and new.split()[-1] in words)


def _by_label(frame: pd.DataFrame, articles: set[str]) -> dict[int, dict[str, Any]]:
    chosen = frame[frame["article_id"].isin(articles)]
    return dict(zip(chosen.index, known_rows(chosen), strict=True))


def _by_quote(
    frame: pd.DataFrame, articles: set[str]
) -> dict[tuple[str, str], list[tuple[int, dict[str, Any]]]]:
    found = defaultdict(list)
    for label, row in _by_label(frame[frame["quote_id"].notna()], articles).items():
        found[row["article_id"], row["quote_id"]].append((label, row))
    return found
