"""Linked views over one frame of evidence: filters, counts, a time line, sentences, articles.

Every view is an ipywidget, so it stands alone in a cell or in a ``VBox`` or ``Tab``. They share one
:class:`EvidenceStore`, whose ``filters`` and ``picked`` Python can observe and set; the filtering itself
runs in the browser, so that a view works the same in JupyterLab and in an exported page without a kernel.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import pandas as pd
import traitlets

from analysis import schema
from analysis.errors import UnknownNameError
from analysis.views.claims import encode_claims
from analysis.views.encoding import UNKNOWN, encode_evidence, name_dimension
from analysis.views.sampled import add_counts, draw_evidence
from analysis.views.sampling import MOST_TRAVELLING
from analysis.views.selecting import NO_FILTERS, rank_values, select_rows
from analysis.views.tokens import read_token, write_token

HERE = Path(__file__).parent
# The order matters: the files are joined to one module, and main.js has its export.
SCRIPTS = (
    "days", "search", "columns", "tally", "model", "dom", "choices", "filters",
    "listparts", "counting", "counts", "axis", "timeline", "lanemarks", "laneparts", "lanes", "sentences",
    "articles", "wordorder", "contexts",
    "actor", "downloads", "plot", "claimchart", "claimlists", "claims", "keynessparts", "keyness",
    "datebars", "brush", "dates", "selection",
    "story", "readerparts", "reader", "main",
)  # fmt: skip
STYLES = (
    "explorer", "containment", "filters", "contexts", "dates", "lanes", "actor", "claims", "keyness", "story",
    "reader",
)  # fmt: skip
# Values whose order means something, whatever the alphabet says.
ORDERS = {"status": list(schema.STATUSES)}


@cache
def join_scripts() -> str:
    """The views' scripts as one JavaScript module."""
    return "\n".join((HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def read_style() -> str:
    """The views' style sheets as one."""
    return "\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


class EvidenceStore(anywidget.AnyWidget):
    """The shared data model: the evidence, the filters that are set, and the mark that is picked."""

    _esm = "export default {};"
    kind = traitlets.Unicode("store").tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    filters = traitlets.Dict(NO_FILTERS).tag(sync=True)
    picked = traitlets.Dict().tag(sync=True)


class View(anywidget.AnyWidget):
    """One view of a store. ``kind`` says which: filters, counts, timeline, lanes, actor and the like."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    store = traitlets.Instance(EvidenceStore).tag(sync=True, **ipywidgets.widget_serialization)
    title = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    rows = traitlets.Unicode().tag(sync=True)
    columns = traitlets.Unicode().tag(sync=True)
    colour = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    within = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int(60).tag(sync=True)
    orders = traitlets.Dict().tag(sync=True)

    @traitlets.default("_esm")
    def _join_scripts(self) -> str:
        return join_scripts()

    @traitlets.default("_css")
    def _read_style(self) -> str:
        return read_style()


class Explorer:
    """Linked views over a frame of evidence.

    Args:
        evidence: One row a claim, as the functions of :mod:`analysis.views.evidence` give it.
        dimensions: The columns to filter and count by, or a mapping of column to label. A column may
            hold lists.
        details: Further columns that the views name marks by and downloads hold, without a filter of their
            own: the event's id, what happened.
        unit: What one row is, in the singular ("frame match").
        units: The plural, where it is not the unit with an s ("frame matches" is known).
        articles: How many articles were looked at; known for evidence made by this package.
        empty: What to say when there is no evidence at all, and why.
        most: How many rows travel to the browser. Of more, a sample does, stratified by outlet and first
            dimension, with counts of all; every view says so.
        seed: Another seed chooses another sample.

    Raises:
        UnknownNameError: A dimension or detail is not a column of the evidence.
        WorkbookError: ``most`` leaves no row.

    Example:
        >>> explorer = Explorer(frame_evidence(tables), dimensions=["frame", "voice"], unit="frame match")
        >>> explorer.show()
    """

    def __init__(
        self,
        evidence: pd.DataFrame,
        *,
        dimensions: Sequence[str] | Mapping[str, str],
        details: Sequence[str] = (),
        unit: str = "match",
        units: str | None = None,
        articles: int | None = None,
        empty: str | None = None,
        most: int = MOST_TRAVELLING,
        seed: int = 0,
    ) -> None:
        labels = dict(dimensions) if isinstance(dimensions, Mapping) else dict.fromkeys(dimensions, "")
        labels = {"outlet": "", **labels}
        for name in (*labels, *details):
            if name not in evidence:
                raise UnknownNameError.among("dimension", name, map(str, evidence.columns))
        self.evidence = evidence
        self.dimensions = {name: label or name_dimension(name) for name, label in labels.items()}
        total = (
            articles
            if articles is not None
            else evidence.attrs.get("articles", evidence["article_id"].nunique())
        )
        units = units or _plural(unit)
        about = {
            "unit": unit, "units": units, "total_articles": int(total), "unknown": UNKNOWN,
            "empty": empty or f"No {units} were found in this corpus of {total} {_plural('article', total)}.",
        }  # fmt: skip
        self.shown, cube = draw_evidence(evidence, self.dimensions, most=most, seed=seed)
        encoded = encode_evidence(self.shown, self.dimensions, details)
        self.store = EvidenceStore(data={**about, **add_counts(encoded, cube, len(evidence))})

    def __repr__(self) -> str:
        rows, shown = len(self.evidence), len(self.shown)
        sample = f", {shown} of them in the views" if shown < rows else ""
        return f"Explorer({rows} {self.store.data['units']}{sample}, by {', '.join(self.dimensions)})"

    def filters(self, *, title: str = "Choose what to read") -> View:
        """The filters, a search box, and a line that says what is selected; what does not travel is told."""
        return self._view("filters", title, note=self.store.data["left_out"])

    def counts(self, rows: str, columns: str | None = None, *, title: str = "", note: str = "") -> View:
        """Counts by one or two dimensions; a click or Enter on a count reads its sentences.

        Raises:
            UnknownNameError: ``rows`` or ``columns`` is not a dimension of this explorer.
        """
        names = [self._label(name).lower() for name in (rows, columns) if name]
        first = self.store.data["units"]
        default = f"{first[0].upper()}{first[1:]} by {' and '.join(names)}"
        return self._view("counts", title or default, note=note, rows=rows, columns=columns or "")

    def timeline(
        self, *, colour: str | None = None, label: str | None = None, title: str = "", note: str = ""
    ) -> View:
        """A bar from the earliest to the latest day of each claim; claims without a date are listed apart.

        Args:
            colour: The dimension shown by colour and symbol.
            label: The dimension whose value names a bar; the outlet where None.
            title: The heading.
            note: A line below it.

        Raises:
            UnknownNameError: ``colour`` or ``label`` is not a dimension of this explorer.
        """
        for name in (colour, label):
            if name:
                self._label(name)
        note = note or "A symbol stands for a day, a bar for an interval: it happened somewhere within it."
        return self._view("timeline", title or "When", note=note, colour=colour or "", label=label or "")

    def dates(self, *, title: str = "", note: str = "") -> View:
        """Rows over time: a bar a day, week, month or year, with a brush that sets the filters' two days.

        A row whose interval is wider than a bar is counted, hatched, in each bar that it could lie in: that
        is what choosing the bar selects. Rows without a date are counted apart.
        """
        units = self.store.data["units"]
        return self._view("dates", title or f"{units[0].upper()}{units[1:]} over time", note=note)

    def lanes(
        self,
        lane: str,
        *,
        colour: str | None = None,
        within: str | None = None,
        title: str = "",
        note: str = "",
    ) -> View:
        """Swim lanes: a lane a value, a mark an event; a symbol on a certain day, a bar over an interval.

        Rows with one ``event_id``, a dimension or detail, are one mark; without, each row is a mark. Evidence
        dated by publication has a mark an article: when which source says so. The detail ``what`` names a
        mark. What its tellings differ in is shown; a lane without a date is not drawn, but named below.

        Args:
            lane: The dimension with a lane a value, in the order of their first day; a status in the order of
                a policy's life.
            colour: The dimension shown by colour and symbol; its legend filters.
            within: A dimension of which one value is shown at a time: the life of an instrument is
                ``lanes("status", colour="outlet", within="instrument")``. The value is a filter of the store,
                so all its views follow. The first is the one with most pairs of a lane and an article; a
                reset goes back to it.
            title: The heading.
            note: A line below it.

        Raises:
            UnknownNameError: ``lane``, ``colour`` or ``within`` is not a dimension of this explorer.
        """
        names = {"rows": lane, "colour": colour or "", "within": within or ""}
        for name in filter(None, names.values()):
            self._label(name)
        orders = {name: ORDERS[name] for name in names.values() if name in ORDERS}
        if within:
            orders[within] = rank_values(self.shown, within, lane)
            self._start_within(within, orders[within])
        return self._view("lanes", title or "When", note=note, orders=orders, **names)

    def sentences(self, *, title: str = "The sentences") -> View:
        """The sentences behind the counts, each with its match marked, its outlet and its date."""
        return self._view("sentences", title)

    def contexts(self, *, title: str = "Words in context", note: str = "", width: int = 60) -> View:
        """Keyword in context: a line a match, or a line a hit where words are searched for.

        Only the words of the evidence's own sentence are shown. The lines sort outwards from the match.

        Args:
            title: The heading.
            note: A line below it.
            width: Characters to the left and to the right, at most.
        """
        return self._view("contexts", title, note=note, width=width)

    def articles(
        self, *, colour: str | None = None, title: str = "Article by article", note: str = ""
    ) -> View:
        """One line an article, one symbol a claim: whether a count comes from many articles or from one."""
        if colour:
            self._label(colour)
        return self._view("articles", title, note=note, colour=colour or "")

    def claims(self, *, title: str = "", note: str = "") -> View:
        """The figures of one measure over time, by outlet: a panel a year, a chart a unit.

        A day is a symbol, several days are a bar, "more than" is an arrow upward. What only its article's
        publication dates is hollow; what nothing dates, and what is a change, are listed below.

        Raises:
            UnknownNameError: The evidence lacks a column that :func:`figure_evidence` gives.
        """
        self.store.data = encode_claims(self.shown, self.store.data)
        note = note or (
            "A mark stands at its day. Where it would cover another it moves up or down, and a line leads to "
            "its value."
        )
        return self._view("claims", title or "Figures over time", note=note)

    def downloads(self, *, title: str = "Take the selection with you", note: str = "") -> View:
        """What is selected as files: a table (CSV), and a calendar (.ics) where details have ``event_id``.

        The browser makes both, so they work in a page opened from disk too. The calendar has one all-day
        entry an event, over the days that its tellings leave it; every telling stands in its words.
        """
        return self._view("downloads", title, note=note)

    def show(
        self, rows: str | None = None, columns: str | None = None, *, timeline: bool = False
    ) -> ipywidgets.VBox:
        """All views in one box: filters, dates, counts, articles, sentences or words in context, downloads.

        Dates are shown where a row has any.

        Args:
            rows: The dimension counted in rows; the first after the outlet where None.
            columns: The dimension counted in columns; the outlet where None.
            timeline: Whether to draw a time line, coloured by ``rows``.
        """
        rows = rows or next((name for name in self.dimensions if name != "outlet"), "outlet")
        columns = columns or ("outlet" if rows != "outlet" else None)
        views = [self.filters()]
        if self.evidence["date_earliest"].notna().any():
            views.append(self.dates())
        views.append(self.counts(rows, columns))
        if timeline:
            views.append(self.timeline(colour=rows))
        read = ipywidgets.Tab([self.sentences(), self.contexts()], titles=["Sentences", "Words in context"])
        return ipywidgets.VBox([*views, self.articles(colour=rows), read, self.downloads()])

    def token(self) -> str:
        """What is selected now as a short string; :meth:`use_token` and links of exports bring it back."""
        return write_token(self.store.data, self.store.filters, self.store.picked)

    def use_token(self, token: str) -> None:
        """Select what a token says, or a link copied from an export.

        Args:
            token: What :meth:`token` or a view's button gave. It keeps to words, so it holds after a new run
                on more pages; a warning names the choices that are no longer there.

        Raises:
            WorkbookError: The token cannot be read, or belongs to another explorer.
        """
        found = read_token(self.store.data, token)
        self.store.filters, self.store.picked = found.filters, found.picked
        if found.missing:
            warnings.warn(found.say_missing(), stacklevel=2)

    def set_filters(
        self, *, start: str = "", end: str = "", search: str = "", **choices: str | Sequence[str]
    ) -> None:
        """Set the filters from Python; what is not given goes back to its start: in general, to no filter.

        Args:
            start: First day, ``YYYY-MM-DD``.
            end: Last day, ``YYYY-MM-DD``.
            search: Words to look for in the sentences: each where a word begins, "several" as they stand.
            **choices: A dimension and the value or values to keep.

        Raises:
            UnknownNameError: There is no such dimension, or no such value in it.
        """
        known = {each["name"]: each["values"] for each in self.store.data["dimensions"]}
        wanted = dict(self.store.data.get("start_choices", {}))
        for name, values in choices.items():
            label = self._label(name)
            wanted[name] = [values] if isinstance(values, str) else list(values)
            for value in wanted[name]:
                if value not in known[name]:
                    raise UnknownNameError.among(label.lower(), value, known[name])
        self.store.picked = {}
        self.store.filters = {"choices": wanted, "start": start, "end": end, "search": search}

    def selection(self) -> pd.DataFrame:
        """The rows of the evidence that pass the filters now: of all of it, also where a sample travels."""
        return select_rows(self.evidence, self.store.filters)

    def _start_within(self, within: str, ranked: Sequence[str]) -> None:
        data, filters = self.store.data, {**NO_FILTERS, **self.store.filters}
        start = {within: [ranked[0]]} if ranked else {}
        self.store.data = {**data, "start_choices": {**data.get("start_choices", {}), **start}}
        self.store.filters = {**filters, "choices": {**start, **filters["choices"]}}

    def _view(self, kind: str, title: str, **options: Any) -> View:
        return View(kind=kind, store=self.store, title=title, **options)

    def _label(self, name: str) -> str:
        if name not in self.dimensions:
            raise UnknownNameError.among("dimension", name, self.dimensions)
        return self.dimensions[name]


def _plural(unit: str, count: int = 2) -> str:
    if count == 1:
        return unit
    return f"{unit}es" if unit.endswith(("ch", "sh", "s", "x")) else f"{unit}s"
