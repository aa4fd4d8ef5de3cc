"""Corrections on tables: what each changes, what follows from it, and what could not be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus.reading.files import find_folder
from analysis.corrections.columns import EXCLUDE, REMOVE, ROW, ends_of, interval_of, read_cells, say_cell
from analysis.corrections.exclusion import find_excluded, leave_out, recount_actors
from analysis.corrections.finding import RowFinder
from analysis.corrections.ledger import OVERRIDDEN, Ledger
from analysis.corrections.reading import FILE_NAME, Correction, read_corrections
from analysis.corrections.speakers import SpeakerFollower
from analysis.corrections.voices import follow_voices
from analysis.errors import CorpusFormatError, Problem, UnknownNameError, WorkbookError, hint_at
from analysis.schema import TABLES, build_frame
from analysis.tables import Tables

BY_HAND = "corrected"
# Names of a closed list that only the codebooks know: one that stands nowhere else may be a slip of the pen.
_NAMED = frozenset({"frame", "term_group", "instrument"})

# A value of a table: table, label of the row, column.
Cell = tuple[str, int, str]
Decided = dict[Cell, tuple[Any, Correction]]
# All that is said of each value, the latest last.
Said = Mapping[Cell, list[tuple[Any, Correction]]]


def correct_tables(tables: Tables, path: str | Path) -> Tables:
    """Apply the ``corrections.csv`` of a study to its tables.

    Args:
        tables: The tables as extracted. They are not changed.
        path: The folder, file or glob that they were extracted from.

    Returns:
        The tables as corrected, with a problem row for each correction that could not be applied.
    """
    file = read_corrections(find_folder(path) / FILE_NAME)
    corrected = apply_corrections(tables, file.corrections, whole=Path(path).is_dir())
    return _add_problems(corrected, file.problems)


def apply_corrections(tables: Tables, corrections: Sequence[Correction], *, whole: bool = True) -> Tables:
    """Apply corrections to tables; where two decide one value, the later stands.

    Args:
        tables: The tables as extracted. They are not changed.
        corrections: Those of one file.
        whole: Whether the tables are those of the whole study: of some of its pages, the corrections of
            the others say nothing.

    Returns:
        The tables as corrected. How many corrections were applied stands in ``corrections``, what became
        of each in ``correction_log``.
    """
    if not whole:
        here = {*tables.articles["article_id"], *tables.articles["page"]}
        corrections = [item for item in corrections if item.article_id in here]
    ledger = Ledger()
    if not corrections:
        return replace(tables, correction_log=ledger.to_frame([]))
    pages, articles = find_excluded(tables, corrections, ledger)
    decided = _decide(tables, _set_apart(corrections, articles, ledger), ledger)
    changed = _write(tables, _follow(tables, decided, ledger), decided)
    if pages or articles:
        changed = leave_out(changed, pages, articles)
    if pages or articles or any(table == "mentions" for table, _, _ in decided):
        changed = recount_actors(changed)
    changed = replace(
        changed,
        corrections=ledger.count_applied(corrections),
        correction_log=ledger.to_frame(corrections),
    )
    return _add_problems(changed, ledger.problems)


def say_corrections(tables: Tables) -> str:
    """How many corrections were applied and how many could not be, as a sentence; "" where there are none."""
    told = tables.problems[tables.problems["stage"] == "correct"]
    failed = int((told["severity"] == "warning").sum())
    if not tables.corrections and told.empty:
        return ""
    return f"{tables.corrections} correction{'s' * (tables.corrections != 1)} applied, {failed} could not be."


def _set_apart(corrections: Iterable[Correction], gone: set[str], ledger: Ledger) -> list[Correction]:
    """The corrections of values, without those of articles that are left out."""
    kept = []
    for item in corrections:
        if item.column != EXCLUDE and item.article_id in gone:
            ledger.outcomes[item] = OVERRIDDEN
            ledger.note(item, "The article is left out, and what this corrects with it.")
        elif item.column != EXCLUDE:
            kept.append(item)
    return kept


def _decide(tables: Tables, corrections: Sequence[Correction], ledger: Ledger) -> Decided:
    """Each value that a correction gives, the later over the earlier that can stand."""
    finder = RowFinder(tables, corrections)
    said: dict[Cell, list[tuple[Any, Correction]]] = defaultdict(list)
    for item in sorted(corrections, key=lambda each: each.order):
        try:
            found = finder.find(item)
            _check_name(tables, item, ledger)
        except WorkbookError as error:
            ledger.fail(item, error)
            continue
        if found.note:
            ledger.note(item, found.note.what, todo=found.note.todo)
        ledger.before[item] = say_cell(item.table, item.column, found.rows[0][1]) or item.was
        for label, _ in found.rows:
            for column, value in read_cells(item.table, item.column, item.value).items():
                said[item.table, label, column].append((value, item))
    failed = _check_intervals(tables, said, ledger)
    stacks = {cell: [given for given in values if given[1] not in failed] for cell, values in said.items()}
    decided = {cell: values[-1] for cell, values in stacks.items() if values}
    standing = {item for _, item in decided.values()}
    overridden = {
        earlier: values[-1][1]
        for values in stacks.values()
        for _, earlier in values
        if earlier not in standing
    }
    for earlier, item in sorted(overridden.items(), key=lambda pair: pair[0].line):
        ledger.override(earlier, item)
    return decided


def _check_name(tables: Tables, item: Correction, ledger: Ledger) -> None:
    """Tell of a name that may be a slip; an actor's id must be one of the table actors.

    Raises:
        UnknownNameError: There is no such actor.
    """
    if item.column == "actor_id" and item.value:
        known = set(tables.actors["actor_id"])
        if item.value not in known:
            raise UnknownNameError.among("actor", item.value, known)
    if item.column in _NAMED and item.value:
        known = set(getattr(tables, item.table)[item.column].dropna())
        hint = hint_at(item.value, sorted(known))
        if item.value not in known and hint:
            what = f"The {item.column} '{item.value}' stands nowhere else.{hint}"
            ledger.note(item, what, todo="Nothing, if the name is right.")


def _check_intervals(tables: Tables, said: Said, ledger: Ledger) -> set[Correction]:
    """The corrections that would leave half an interval, or one that ends before it begins.

    Of two that do so together the later fails: an earlier one of the same value stands then, if it can.
    """
    pairs = {
        tuple((table, label, end) for end in ends_of(table, interval_of(column)))
        for table, label, column in said
        if interval_of(column)
    }
    failed: set[Correction] = set()
    while wrong := {item for pair in pairs if (item := _find_wrong(tables, said, pair, failed))}:
        failed |= wrong
    for item in sorted(failed, key=lambda each: each.line):
        ledger.fail(
            item,
            CorpusFormatError(
                f"'{item.value}' in '{item.column}' leaves an interval with one end, or with its ends the "
                "wrong way round.",
                allowed=f"Both ends at once in '{interval_of(item.column) or item.column}': 2025-07-05, or "
                "2025-07-05/2025-07-12.",
                todo="Mend the value.",
            ),
        )
    return failed


def _find_wrong(
    tables: Tables, said: Said, pair: tuple[Cell, ...], failed: Collection[Correction]
) -> Correction | None:
    """The latest correction of an interval whose ends cannot stand; None where they can."""
    ends, made = [], []
    for table, label, column in pair:
        stack = said.get((table, label, column), ())
        value, item = next((given for given in reversed(stack) if given[1] not in failed), (None, None))
        ends.append(value if item else _known(getattr(tables, table).at[label, column]))
        made += [item] if item else []
    first, last = ends
    if (first is None) == (last is None) and (first or "") <= (last or ""):
        return None
    return max(made, key=lambda item: item.order, default=None)


def _follow(tables: Tables, decided: Decided, ledger: Ledger) -> dict[Cell, Any]:
    """The values that follow: of a speaker the quotation, of a quotation the voice, of a date its basis."""
    follows: dict[Cell, Any] = {}
    spoken = {
        cell: given
        for cell, given in decided.items()
        if cell[2] == "speaker" and cell[0] in ("quotes", "reported")
    }
    if spoken:
        follower = SpeakerFollower(tables, {item.article_id for _, item in spoken.values()})
        named = {label for table, label, _ in spoken if table == "quotes"}
        for (table, label, _), (value, item) in sorted(spoken.items(), key=lambda pair: pair[1][1].order):
            follower.check(item, ledger)
            follows |= follower.follow(table, label, value, named)
    given = {**follows, **{cell: value for cell, (value, _) in decided.items()}}
    follows |= follow_voices(tables, given)
    for table, label, column in decided:
        basis = f"{interval_of(column) or column}_basis".removeprefix("date_" if table == "dates" else "")
        if basis in TABLES[table].names:
            follows[table, label, basis] = BY_HAND
    return follows


def _write(tables: Tables, follows: Mapping[Cell, Any], decided: Decided) -> Tables:
    """Write the values into copies of the tables, with the names of the columns that changed."""
    given = {**follows, **{cell: value for cell, (value, _) in decided.items()}}
    by_row: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for (table, label, column), value in given.items():
        by_row[table][label][column] = value
    changed = {}
    for table, rows in by_row.items():
        frame = getattr(tables, table).copy()
        for label, values in rows.items():
            for column in [name for name in values if name != ROW]:
                frame.at[label, column] = pd.NA if values[column] is None else values[column]
            names = [name for name in TABLES[table].names if name in values and not _is_basis(name)]
            frame.at[label, "corrected"] = names or None
        removed = [label for label, values in rows.items() if values.get(ROW) == REMOVE]
        changed[table] = frame.drop(index=removed).reset_index(drop=True)
    return replace(tables, **changed)


def _is_basis(column: str) -> bool:
    return column.endswith("basis") or column == "attribution"


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _add_problems(tables: Tables, problems: Sequence[Problem]) -> Tables:
    if not problems:
        return tables
    rows = build_frame("problems", [problem.to_row() for problem in problems])
    return replace(tables, problems=pd.concat([tables.problems, rows], ignore_index=True))
