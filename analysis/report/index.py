"""The page that links the pages of a report: what each asks, and what all were made from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from nbformat import NotebookNode

from analysis.report.cards import Card, read_card
from analysis.report.export import content_policy, find_title, page_style
from analysis.report.facts import made_on, package_version
from analysis.views.provenance import name_corpus
from analysis.views.sharing import EVIDENCE, FULL, say_sharing


@dataclass(frozen=True)
class IndexEntry:
    """One notebook in the index; ``problem`` says why it has no page, ``card`` holds what its page found."""

    name: str
    title: str
    summary: str
    problem: str | None = None
    card: Card = field(default_factory=Card)

    @classmethod
    def of(cls, name: str, nb: NotebookNode, problem: str | None, page: Path | None = None) -> IndexEntry:
        """The entry of a notebook: its title, its first paragraph, and the card that its page carries."""
        card = read_card(page) if page is not None and not problem else Card()
        return cls(name, find_title(nb) or name, first_paragraph(nb), problem, card)


def first_paragraph(nb: NotebookNode) -> str:
    """The first paragraph of prose in a notebook, without Markdown's marks; empty where there is none."""
    for cell in nb.cells:
        if cell.cell_type != "markdown":
            continue
        for block in re.split(r"\n\s*\n", cell.source):
            if block.strip() and not re.match(r"\s*([#>|*+-]|\d+\.|```|<)", block):
                plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", block)
                return re.sub(r"[*`]|\b_|_\b", "", " ".join(plain.split()))
    return ""


def build_index(
    entries: Iterable[IndexEntry], *, corpus: Path, fingerprint: str, versions: Mapping[str, str]
) -> str:
    """Build the index page as HTML.

    Args:
        entries: The notebooks, in order.
        corpus: The corpus; only its name is written, so that a page says nothing of the maker's disk.
        fingerprint: SHA-256 of the corpus.
        versions: Versions by name.
    """
    entries = list(entries)
    listed = "".join(_list_item(entry) for entry in entries)
    name = name_corpus(corpus)
    cards = [entry.card for entry in entries]
    facts = {
        "Corpus": name,
        "Fingerprint": f"sha256 {fingerprint}",
        "Codebooks": ", ".join(dict.fromkeys(card.codebooks for card in cards if card.codebooks)),
        "Made with": ", ".join(f"{package} {number}" for package, number in versions.items()),
        "Made on": made_on() or "",
    }
    rows = "".join(f"<dt>{each}</dt><dd>{html.escape(value)}</dd>" for each, value in facts.items() if value)
    travels = say_sharing(FULL if any(card.texts == FULL for card in cards) else EVIDENCE)
    title = f"Report on {html.escape(name)}"
    return f"""<!DOCTYPE html>
<html lang="en" class="framelines-page">
<head>
<meta charset="utf-8">
{content_policy()}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Framelines {html.escape(package_version())}">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{page_style()}</style>
</head>
<body>
<div class="page">
<header class="page-head">
<h1>{title}</h1>
<p class="run">Each page is one file: it opens without Python or a network, and can be sent on its own.</p>
</header>
<main id="content">
<ul class="reports">{listed}</ul>
</main>
</div>
<footer class="page-foot">
<h2>What the pages were made from</h2>
<dl class="facts">{rows}</dl>
<p>{html.escape(travels)}</p>
</footer>
</body>
</html>
"""


def _list_item(entry: IndexEntry) -> str:
    title, summary = html.escape(entry.title), html.escape(entry.summary)
    if entry.problem:
        return (
            f'<li class="failed"><div class="words"><h2>{title}</h2>'
            "<p>This notebook did not run to its end, so it has no page.</p>"
            f'<pre class="output output-error">{html.escape(entry.problem)}</pre></div></li>'
        )
    card = entry.card
    picture = f'<div class="picture" aria-hidden="true">{card.picture}</div>' if card.picture else ""
    finding = f'<p class="finding">{html.escape(card.finding)}</p>' if card.finding else ""
    address = f"{quote(entry.name, safe='')}.html"
    return (
        f'<li>{picture}<div class="words"><h2><a href="{address}">{title}</a></h2>'
        f'<p class="asks">{summary}</p>{finding}</div></li>'
    )
