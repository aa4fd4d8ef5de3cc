"""Corrections as a notebook shows them, and a panel that writes one: choose a row, a column, a value."""

from __future__ import annotations

import datetime
import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import pandas as pd

from analysis.corpus.reading.files import find_folder
from analysis.corrections.columns import CORRECTABLE, EXCLUDE, KEYED, list_columns, say_cell
from analysis.corrections.finding import describe_row
from analysis.corrections.reading import FILE_NAME, Correction, read_corrections
from analysis.corrections.writing import Saved, append_correction, take_back
from analysis.errors import WorkbookError
from analysis.tables import Tables, known_rows
from analysis.views.chart import count_noun
from analysis.views.table import TableView, show_table

SHOWN = ["table", "article_id", "text", "column", "was", "value", "who", "when", "outcome"]
# More rows than this make no list that anybody reads: a search narrows it.
_MOST = 200
_CONTEXT = 200  # characters beside the words
_WIDE = {"layout": {"width": "95%"}, "style": {"description_width": "7em"}}
# Columns whose values are names, to be chosen from those that stand there or typed.
_SUGGESTED = ("speaker", "actor_id", "frame", "term_group", "instrument", "outlet", "attributed_to")
# What tells the rows at the same words apart in a list.
_TELLING = ("speaker", "codebook", "frame", "entry", "trigger", "status", "term_group", "measure")


def show_corrections(tables: Tables) -> TableView:
    """Show the corrections of a study: what each said, what stood there before, and what became of it.

    Args:
        tables: The tables as extracted, with ``corrections.csv`` applied.
    """
    log = tables.correction_log.reindex(columns=SHOWN)
    caption = f"Corrections: {tables.corrections} of {len(log)} applied" if len(log) else "Corrections"
    return show_table(log, caption, empty=f"Nothing was corrected: the study has no rows in {FILE_NAME}.")


class _OwnKeys(anywidget.AnyWidget):
    """Keeps keys typed in a form from JupyterLab, where "a" adds a cell and "d d" deletes one."""

    _esm = """
    export default {
      render() {
        const keep = (event) => {
          // On the field itself: a shortcut that fits the field is taken before its parents are asked.
          const field = event.target;
          if (field.closest?.(".fl-correcting")) field.setAttribute("data-lm-suppress-shortcuts", "true");
        };
        document.addEventListener("focusin", keep);
        return () => document.removeEventListener("focusin", keep);
      },
    };
    """


class CorrectionPanel(ipywidgets.VBox):
    """A form that adds corrections to the ``corrections.csv`` of a study.

    Without a kernel, as in an exported page, it is the table of the corrections made so far.

    Args:
        tables: The tables as extracted.
        folder: The folder of the study, or the corpus path that the tables were extracted from.
    """

    def __init__(self, tables: Tables, folder: str | Path) -> None:
        self._tables, self._folder = tables, find_folder(folder)
        self._articles = {row["article_id"]: row for row in known_rows(tables.articles)}
        self._saved: Saved | None = None
        self._asked: tuple[str, int | None, str] | None = None
        self.start = ipywidgets.Button(description="Correct a row", button_style="primary")
        self.start.on_click(lambda _: self.show_form())
        self.who = ipywidgets.Text(description="Your name", **_WIDE)
        self.table = ipywidgets.Dropdown(options=CORRECTABLE, value="quotes", description="Table", **_WIDE)
        self.search = ipywidgets.Text(
            description="Search", placeholder="words, an article or a name", continuous_update=False, **_WIDE
        )
        self.row = ipywidgets.Select(description="Row", rows=8, **_WIDE)
        self.passage, self.present = ipywidgets.HTML(), ipywidgets.HTML()
        self.column = ipywidgets.Dropdown(description="Column", **_WIDE)
        self.value: Any = ipywidgets.Text(description="New value", **_WIDE)
        self._place = ipywidgets.Box()
        self.save = ipywidgets.Button(description="Save", button_style="primary")
        self.undo = ipywidgets.Button(description="Undo the last", disabled=True)
        self.table.observe(lambda _: (self._list_rows(), self._list_columns()), "value")
        self.search.observe(lambda _: self._list_rows(), "value")
        self.row.observe(lambda _: self._show_row(), "value")
        self.column.observe(lambda _: self._ask_value(), "value")
        self.save.on_click(lambda _: self._try(self._save))
        self.undo.on_click(lambda _: self._try(self._undo))
        self.said, self.made = ipywidgets.HTML(), ipywidgets.HTML()
        super().__init__([self.start, self.made])
        self.add_class("fl-correcting")
        self._show_made()

    def show_form(self) -> None:
        """Show the form."""
        self._list_rows()
        self._list_columns()
        self.children = [
            self.who, self.table, self.search, self.row, self.passage, self.column, self.present,
            self._place, ipywidgets.HBox([self.save, self.undo]), self.said, self.made,
            _OwnKeys(),
        ]  # fmt: skip

    def _list_rows(self) -> None:
        name, wanted = self.table.value, self.search.value.casefold().split()
        frame = getattr(self._tables, name)
        options: list[tuple[str, int]] = []
        found = 0
        for label, row in zip(frame.index, known_rows(frame), strict=True):
            words = _label(name, row, self._words(name, row))
            told = " ".join([words, *(str(value) for value in row.values() if value is not None)]).casefold()
            if all(word in told for word in wanted):
                found += 1
                if len(options) < _MOST:
                    options.append((words, label))
        self.row.options = options
        self.row.description = "Row" if found <= _MOST else f"Row ({_MOST} of {found})"
        self.row.value = options[0][1] if options else None
        self._show_row()

    def _list_columns(self) -> None:
        columns = list(list_columns(self.table.value))
        self.column.options = columns
        self.column.value = "speaker" if "speaker" in columns else columns[0]
        self._ask_value()

    def _show_row(self) -> None:
        row = self._row()
        if row is None:
            self.passage.value = "<p>No row has these words. Search for others.</p>"
        elif "start" in row:
            text = self._articles[row["article_id"]][row.get("field") or "text"]
            first, last = row["start"], row["end"]
            parts = text[max(0, first - _CONTEXT) : first], text[first:last], text[last : last + _CONTEXT]
            before, words, after = map(html.escape, parts)
            self.passage.value = f"<p>{before}<mark>{words}</mark>{after}</p>"
        else:
            self.passage.value = f"<p>{html.escape(_label(self.table.value, row, ''))}</p>"
        self._ask_value()

    def _ask_value(self) -> None:
        """The present value, and the field that takes the new one: a list where the values are known."""
        row, column, table = self._row(), self.column.value, self.table.value
        spec = list_columns(table).get(column) if column else None
        # A field that somebody types in is not replaced while a list is only filled anew.
        asked = table, self.row.value, column
        if spec is None or row is None or asked == self._asked:
            return
        self._asked = asked
        now = say_cell(table, column, row)
        self.present.value = f"<p>Now: <strong>{html.escape(now or 'unknown')}</strong>. {spec.meaning}</p>"
        named = {"description": "New value", **_WIDE}
        values = spec.values or (("true", "false") if spec.type == "bool" else ())
        if column in ("row", EXCLUDE):
            self.present.value = f"<p>{spec.meaning}</p>"
        if values:
            self.value = ipywidgets.Dropdown(
                options=values, value=now if now in values else values[0], **named
            )
        elif column in _SUGGESTED:
            self.value = ipywidgets.Combobox(options=self._names(table, column), value=now, **named)
        else:
            self.value = ipywidgets.Text(value=now, placeholder=_form(spec.type), **named)
        self._place.children = [self.value]

    def _names(self, table: str, column: str) -> list[str]:
        names = set(getattr(self._tables, table)[column].dropna())
        if column in ("speaker", "actor_id"):
            names |= set(self._tables.actors["name" if column == "speaker" else "actor_id"].dropna())
        return sorted(names)

    def _row(self) -> dict[str, Any] | None:
        if self.row.value is None:
            return None
        return known_rows(getattr(self._tables, self.table.value).loc[[self.row.value]])[0]

    def _words(self, table: str, row: dict[str, Any]) -> str:
        if "start" not in row or table in KEYED:
            return ""
        return self._articles[row["article_id"]][row.get("field") or "text"][row["start"] : row["end"]]

    def _try(self, act: Callable[[], str]) -> None:
        try:
            said = act()
        except WorkbookError as error:
            said = f"Not saved. {error}"
        self.said.value = f'<p role="status">{html.escape(said)}</p>'
        self._show_made()

    def _save(self) -> str:
        row, table = self._row(), self.table.value
        if row is None or not self.who.value.strip():
            return "Not saved. " + (
                "Choose a row." if row is None else "Give your name: each correction has one."
            )
        correction = Correction(
            table,
            row[KEYED.get(table, "article_id")],
            self.column.value,
            self.value.value.strip(),
            row.get("start") if table not in KEYED else None,
            row.get("end") if table not in KEYED else None,
            self._words(table, row),
            self.who.value.strip(),
            datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            self._tell_apart(table, row),
            "headline" if row.get("field") == "headline" else "",
        )
        if table != "pages" and correction.value == say_cell(table, correction.column, row):
            return f"Not saved. '{correction.column}' is '{correction.value}' already: give another value."
        self._saved = append_correction(self._folder, correction)
        self.undo.disabled = False
        what = correction.value or "unknown"
        said = f"Written to {FILE_NAME}: {table}, {correction.column}: {what}."
        return f"{said} Run the notebook again to apply it."

    def _tell_apart(self, table: str, row: dict[str, Any]) -> str:
        """What tells the row from others at the same words; "" where it is alone."""
        if table in KEYED:
            return ""
        frame = getattr(self._tables, table)
        same = pd.Series(True, index=frame.index)
        for name in ("article_id", "field", "start", "end"):
            if name in frame:
                same &= frame[name] == row[name]
        rows = [
            (label, other) for label, other in zip(frame.index[same], known_rows(frame[same]), strict=True)
        ]
        own = next(other for label, other in rows if label == self.row.value)
        return describe_row(table, own, rows) if len(rows) > 1 else ""

    def _undo(self) -> str:
        if self._saved is None:
            return "There is nothing to take back."
        saved, self._saved = self._saved, None
        self.undo.disabled = True
        take_back(saved)
        return f"The last correction was taken out of {FILE_NAME}."

    def _show_made(self) -> None:
        """The corrections of the file, with what became of each in the run that gave the tables."""
        file = read_corrections(self._folder / FILE_NAME)
        log = self._tables.correction_log
        outcomes = dict(zip(log["line"], log["outcome"], strict=True)) if len(log) else {}
        rows = [
            {name: getattr(item, name, None) for name in SHOWN}
            | {"outcome": outcomes.get(item.line, "from the next run on")}
            for item in file.corrections
        ]
        caption = f"{FILE_NAME}: {count_noun(len(rows), 'correction')}"
        if file.problems:
            caption += f", {count_noun(len(file.problems), 'problem')}"
        table = show_table(
            pd.DataFrame(rows, columns=SHOWN), caption, most=_MOST, empty="Nothing was corrected."
        )
        self.made.value = table._repr_html_()


def _label(table: str, row: dict[str, Any], words: str) -> str:
    """A row in one line of a list."""
    if table == "pages":
        return row["page"]
    if table == "articles":
        told = [row["article_id"], row["outlet"], row["published_earliest"], row["headline"]]
        return ", ".join(part for part in told if part)
    told = [row[name] for name in _TELLING if row.get(name)]
    return " · ".join(part for part in (" ".join(words.split())[:90], *told, row["article_id"]) if part)


def _form(type_: str) -> str:
    forms = {
        "date": "YYYY-MM-DD",
        "interval": "YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD; empty: unknown",
        "list": "one; another",
        "float": "a number",
    }
    return forms.get(type_, "empty: unknown")
