"""What became of each correction: the record that goes with the tables, and the problems told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from analysis.corrections.reading import Correction, tell_of
from analysis.errors import Problem, WorkbookError

APPLIED, OVERRIDDEN, FAILED = "applied", "overridden", "not applied"
COLUMNS = (
    "line", "table", "article_id", "start", "end", "field", "text", "column", "was", "value", "who", "when",
    "outcome",
)  # fmt: skip


@dataclass
class Ledger:
    """Outcome, value before and problems of the corrections, as they are applied."""

    outcomes: dict[Correction, str] = field(default_factory=dict)
    before: dict[Correction, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fail(self, correction: Correction, error: WorkbookError) -> None:
        """Tell why a correction is not applied."""
        self.outcomes[correction] = FAILED
        self.problems.append(tell_of(correction, error))

    def note(self, correction: Correction, what: str, *, allowed: str = "", todo: str = "") -> None:
        """Tell something about a correction that is applied all the same."""
        error = WorkbookError(what, allowed=allowed, todo=todo)
        self.problems.append(tell_of(correction, error, "note"))

    def override(self, old: Correction, new: Correction) -> None:
        """Tell that a later correction of the same value stands."""
        self.outcomes[old] = OVERRIDDEN
        by = f" of {new.who}" if new.who else ""
        self.note(
            old,
            f"The correction in line {new.line}{by} is later and speaks of the same value: it stands.",
            todo="Nothing, or take one of the two lines out.",
        )

    def count_applied(self, corrections: Iterable[Correction]) -> int:
        """How many of the corrections stand in the tables."""
        return sum(self.outcomes.get(item, APPLIED) == APPLIED for item in corrections)

    def to_frame(self, corrections: Iterable[Correction]) -> pd.DataFrame:
        """One row a correction, in the file's order: what it said, what stood there, what became of it."""
        rows = []
        for item in corrections:
            row = {name: getattr(item, name, None) for name in COLUMNS}
            row["was"] = self.before.get(item, item.was)
            rows.append({**row, "outcome": self.outcomes.get(item, APPLIED)})
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        return frame.astype({"line": "Int64", "start": "Int64", "end": "Int64"})
