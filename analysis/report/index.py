"""The page that links the pages of a report: what each asks, and what all were made from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from nbformat import NotebookNode

from analysis.report.export import content_policy, find_title, page_style
from analysis.report.facts import package_version


@dataclass(frozen=True)
class IndexEntry:
    """One notebook in the index; ``problem`` says why it has no page."""

    name: str
    title: str
    summary: str
    problem: str | None = None

    @classmethod
    def of(cls, name: str, nb: NotebookNode, problem: str | None) -> IndexEntry:
        """The entry of a notebook: its title and its first paragraph."""
        return cls(name, find_title(nb) or name, first_paragraph(nb), problem)


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
    listed = "".join(_list_item(entry) for entry in entries)
    used = ", ".join(f"{name} {number}" for name, number in versions.items())
    facts = {"Corpus": corpus.name, "Fingerprint": f"sha256 {fingerprint}", "Made with": used}
    rows = "".join(f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in facts.items())
    title = f"Report on {html.escape(corpus.name)}"
    return f"""<!DOCTYPE html>
<html lang="en" class="framelines-page">
<head>
<meta charset="utf-8">
{content_policy()}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Framelines {html.escape(package_version())}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{page_style()}</style>
</head>
<body>
<div class="page"><main id="content">
<h1>{title}</h1>
<p>Each page is one file: it opens without Python or a network, and can be sent on its own.</p>
<ul class="reports">{listed}</ul>
<dl class="facts">{rows}</dl>
</main></div>
</body>
</html>
"""


def _list_item(entry: IndexEntry) -> str:
    title, summary = html.escape(entry.title), html.escape(entry.summary)
    if entry.problem:
        return (
            f'<li class="failed"><h2>{title}</h2>'
            "<p>This notebook did not run to its end, so it has no page.</p>"
            f'<pre class="output output-error">{html.escape(entry.problem)}</pre></li>'
        )
    return f'<li><h2><a href="{quote(entry.name, safe="")}.html">{title}</a></h2><p>{summary}</p></li>'
