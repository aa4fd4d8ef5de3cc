"""A page in small: one finding and its picture, kept in the page itself, for the index to show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from analysis.report.drawing.picture import draw_picture
from analysis.report.facts import PageFacts
from analysis.report.static import PLOTLY_TYPE, script_json

TAG = "card"
ID = "framelines-card"
MOST_SENTENCES = 2
# A full stop after one of these, or after a single capital, ends no sentence.
_SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|St|No|vs|cf|e\.g|i\.e)|\b[A-Z])\.$")
_END = re.compile(r"(?<=[.!?])[”’\"')]?\s+(?=[“‘\"'(]?[A-Z0-9])")


@dataclass(frozen=True)
class Card:
    """What the index shows of a page: a finding, its picture as SVG, and what the page was made from."""

    finding: str = ""
    picture: str = ""
    codebooks: str = ""
    corpus: str = ""
    texts: str = ""

    def script(self) -> str:
        """The card as the element that carries it in the page."""
        return f'<script type="application/json" id="{ID}">{script_json(asdict(self))}</script>'


def make_card(nb: NotebookNode, facts: PageFacts) -> Card:
    """The card of a notebook as it ran."""
    finding, figure = find_finding(nb)
    picture = draw_picture(figure) if figure is not None else ""
    return Card(finding, picture, facts.codebooks, facts.fingerprint, facts.texts)


def read_card(page: Path) -> Card:
    """Read the card that a page carries; an empty one where it carries none."""
    found = re.search(rf'<script[^>]* id="{ID}"[^>]*>(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    held = json.loads(found[1]) if found else {}
    return Card(**{name: str(held.get(name, "")) for name in asdict(Card())})


def find_finding(nb: NotebookNode) -> tuple[str, Mapping[str, Any] | None]:
    """The finding of a notebook as it ran: what its first chart says, or that of the cell tagged ``card``.

    Returns:
        At most two sentences, and the figure that they are about; empty and ``None`` where no chart is.
    """
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    cells.sort(key=lambda cell: TAG not in cell.metadata.get("tags", []))
    for cell in cells:
        for sentence, figure in _charts(cell):
            return first_sentences(sentence), figure
    return "", None


def first_sentences(text: str, most: int = MOST_SENTENCES) -> str:
    """The first sentences of a text, as many as ``most``.

    Example:
        >>> first_sentences("Of 4 articles, Mr. Ruiz is in 2. So is Dr. Wu. More follows.")
        'Of 4 articles, Mr. Ruiz is in 2. So is Dr. Wu.'
    """
    text, count = " ".join(text.split()), 0
    for end in _END.finditer(text):
        if not _SHORT.search(text[: end.start()]):
            count += 1
            if count == most:
                return text[: end.end()].rstrip()
    return text


def _charts(cell: NotebookNode) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Sentence and figure of each chart that a cell shows."""
    figure = None
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        figure = data.get(PLOTLY_TYPE, figure)
        said = BeautifulSoup("".join(data.get("text/html", "")), "html.parser").select_one(
            "figure.framelines-chart figcaption"
        )
        if figure is not None and said is not None:
            yield said.get_text(), figure
            figure = None
