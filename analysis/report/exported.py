"""An exported page, read back: its words, tables, charts and views as rows that can be compared."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from analysis.errors import OutputError
from analysis.report.static import PLOTLY_TYPE

Row = tuple[str, ...]
_COUNT = re.compile(r"\s*\((?:the first \d+ of )?\d+ rows?\)$")
_NUMBER = re.compile(r"[-+]?[\d.,]*\d%?")
# What stands in a view's data for every kind of evidence; the rest belongs to one kind of view.
_COMMON = {
    "articles", "article", "sentence", "sentences", "start", "end", "before", "after", "from", "to",
    "dimensions", "details", "place", "field", "unit", "units", "unknown", "total_articles", "event_dates",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One thing on a page: its rows, and which of their columns tell a row from another.

    ``kind`` is fact, words, table, chart or view; ``section`` the heading that it stands under.
    """

    kind: str
    section: str
    name: str
    columns: Row
    rows: tuple[Row, ...] = field(repr=False)
    keys: tuple[int, ...] = ()


def read_page(path: str | Path) -> list[Item]:
    """Read a page that Framelines has written.

    Args:
        path: The HTML file.

    Returns:
        Its items in the order of the page.

    Raises:
        OutputError: The file cannot be read, or is no page of ours.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _not_ours(path, f"The file cannot be read: {error}.") from None
    soup = BeautifulSoup(text, "lxml")
    made = soup.find("meta", attrs={"name": "generator"})
    main = soup.find("main")
    if main is None or made is None or not str(made.get("content")).startswith("Framelines"):
        raise _not_ours(path, "This is not a page that Framelines has written.")
    state = _read_json(soup.find("script", id="framelines-state"))
    return [_read_facts(soup), *_read_cells(main), *_read_views(state)]


def _not_ours(path: str | Path, what: str) -> OutputError:
    return OutputError(
        what,
        where=str(path),
        allowed="An HTML file of `framelines report` or `framelines export`, or a folder of them.",
        todo="Make one with: framelines report CORPUS --out DIR",
    )


def _read_facts(soup: BeautifulSoup) -> Item:
    """What the page was made with and from, as its head says."""
    found = soup.find_all("meta", attrs={"name": re.compile(r"^(generator|framelines-)")})
    rows = [(str(meta["name"]).removeprefix("framelines-"), str(meta.get("content", ""))) for meta in found]
    return Item("fact", "", "Made with and from", ("fact", "value"), tuple(rows), (0,))


def _read_cells(main: Tag) -> Iterator[Item]:
    section, words = "", []
    for node in main.select(":is(h1, h2, h3, h4, .output, .framelines-figure, figure.framelines-chart)"):
        if node.name in ("h1", "h2", "h3", "h4"):
            if node.find_parent(class_="output"):
                continue
            yield from _words(section, words)
            section, words = _plain(node), []
        elif node.find_parent(class_="output") is None:
            yield from _read_output(node, section, words)
    yield from _words(section, words)


def _read_output(node: Tag, section: str, words: list[Row]) -> Iterator[Item]:
    for table in node.find_all("table"):
        yield _read_table(table, section)
    for script in node.find_all("script", type=PLOTLY_TYPE):
        yield _read_chart(_read_json(script), section)
    for part in node.find_all(["script", "style", "svg", "table", "template"]):
        part.extract()
    lines = node.get_text() if node.name == "pre" else node.get_text("\n")
    words += [(" ".join(line.split()),) for line in lines.splitlines() if line.strip()]


def _words(section: str, words: list[Row]) -> Iterator[Item]:
    if words:
        yield Item("words", section, "", ("words",), tuple(words))


def _read_table(table: Tag, section: str) -> Item:
    caption = table.find("caption")
    name = _COUNT.sub("", _plain(caption)) if caption else "table"
    lines = [[_plain(cell) for cell in line.find_all(["td", "th"])] for line in table.find_all("tr")]
    columns, rows = (tuple(lines[0]), lines[1:]) if lines and table.find("thead") else ((), lines)
    width = max((len(row) for row in [columns, *rows]), default=0)
    columns += ("",) * (width - len(columns))
    padded = [tuple(row) + ("",) * (width - len(row)) for row in rows]
    words = [
        at for at in range(width) if not all(_NUMBER.fullmatch(row[at]) or not row[at] for row in padded)
    ]
    return Item("table", section, name, columns, tuple(padded), tuple(words))


def _read_chart(figure: Mapping[str, Any], section: str) -> Item:
    said = figure.get("layout", {}).get("meta", {}).get("description", "")
    rows = [row for trace in figure.get("data") or [] for row in _read_trace(trace)]
    name = said.split(". ")[0] if said else "chart"
    return Item("chart", section, name, ("series", "label", "value"), tuple(rows), (0, 1))


def _read_trace(trace: Mapping[str, Any]) -> Iterator[Row]:
    """A point a row; the axis that has words names it."""
    x, y, said = (_values(trace.get(name)) for name in ("x", "y", "text"))
    panel = str(trace.get("xaxis", "")).removeprefix("x")
    series = " ".join(filter(None, [str(trace.get("name") or ""), f"panel {panel}" if panel else ""]))
    for at, (across, up) in enumerate(zip(x, y, strict=False)):
        words = str(said[at]) if at < len(said) and said[at] is not None else ""
        if across is None and up is None:
            continue
        if isinstance(up, str) and not isinstance(across, str):
            yield series, up, _say_value(across)
        elif isinstance(across, str) and not isinstance(up, str):
            yield series, across, _say_value(up)
        else:
            yield series, words, f"{_say_value(across)}, {_say_value(up)}"


def _values(value: Any) -> list[Any]:
    """A column of a trace; Plotly writes arrays of numbers as the bytes of a NumPy array."""
    if isinstance(value, Mapping) and "bdata" in value:
        import numpy as np

        return np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"])).tolist()
    return list(value) if isinstance(value, (list, tuple)) else []


def _say_value(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _read_views(state: Mapping[str, Any]) -> Iterator[Item]:
    shared, models = state.get("shared", {}), state.get("models", {})

    def trait(model: Mapping[str, Any], name: str) -> Any:
        value = model.get(name)
        return shared.get(value["$shared"]) if isinstance(value, Mapping) and "$shared" in value else value

    titles: dict[str, str] = {}
    for model in models.values():
        titles.setdefault(str(trait(model, "store")).removeprefix("IPY_MODEL_"), str(trait(model, "title")))
    for name, model in models.items():
        data = trait(model, "data")
        if isinstance(data, Mapping) and "sentences" in data:
            yield from _read_evidence(data, titles.get(name, ""))


def _read_evidence(data: Mapping[str, Any], title: str) -> Iterator[Item]:
    columns = [*data.get("dimensions", []), *data.get("details", [])]
    labels = [column["label"] for column in columns]
    rows = []
    for at, code in enumerate(data["article"]):
        article, sentence = data["articles"][code], data["sentences"][data["sentence"][at]]
        cells = [_cell(column, at) for column in columns]
        match = _cut_units(sentence, data["start"][at], data["end"][at]) if "start" in data else ""
        rows.append((article["id"], sentence, match, article["published"], *cells))
    name = f"{data.get('units', 'rows')}: {title}" if title else str(data.get("units", "rows"))
    names = ("article_id", "sentence", "match", "published", *labels)
    yield Item("view", "", name, names, tuple(rows), (0, 1, 2))
    rest = {key: value for key, value in data.items() if key not in _COMMON}
    other = [(key, _fingerprint(value)) for key, value in sorted(rest.items())]
    yield Item("view", "", f"{name}, further data", ("data", "value"), tuple(other), (0,))


def _fingerprint(value: Any) -> str:
    """Data that only one kind of view reads, as few letters: that it changed can be said, not how."""
    text = json.dumps(value, sort_keys=True)
    return text if len(text) <= 80 else f"sha256 {hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _cell(column: Mapping[str, Any], at: int) -> str:
    codes = column["codes"][at]
    return "; ".join(column["values"][code] for code in (codes if isinstance(codes, list) else [codes]))


def _cut_units(text: str, start: int, end: int) -> str:
    """A passage by its offsets in UTF-16 units, in which browsers count."""
    if start < 0:
        return ""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")


def _read_json(node: Tag | None) -> dict[str, Any]:
    try:
        found = json.loads(node.string or "{}") if node is not None else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _plain(node: Tag) -> str:
    return " ".join(node.get_text(" ").split())
