"""A notebook -> one HTML file that works offline: its views and charts live on without a kernel.

The page's own policy (CSP) forbids every request. Scripts are allowed by the sha256 of the one inline
script and as ``blob:`` (the chart library and the views, unpacked from the page itself); neither
``unsafe-inline`` nor ``unsafe-eval`` is allowed. Styles are: Plotly and pandas' Styler write style
attributes, which a policy can allow only as a whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import FileSystemLoader
from nbconvert.exporters.html import HTMLExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets import default
from traitlets.config import Config

from analysis.report.about import add_about
from analysis.report.cards import make_card
from analysis.report.facts import name_paths, package_version, read_facts
from analysis.report.outline import add_contents, order_headings, set_title
from analysis.report.safe import mend_links, name_regions, take_out_acting
from analysis.report.static import StaticPage, host_script
from analysis.views.theme import CHART_STYLE

HERE = Path(__file__).parent
# The first of these that an output has is shown. Plain text comes before scripts, which are left out.
SHOWN_TYPES = (
    "text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "text/plain",
    "application/javascript",
)  # fmt: skip


class FramelinesExporter(HTMLExporter):
    """The nbconvert exporter called ``framelines``: one HTML file without outside parts."""

    export_from_notebook = "Framelines page (HTML)"
    template_file = "framelines.html.j2"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "basic"

    @default("exclude_anchor_links")
    def _exclude_anchor_links_default(self) -> bool:
        return True

    @property
    def extra_loaders(self) -> list[FileSystemLoader]:
        """Where nbconvert finds the template of this exporter."""
        return [FileSystemLoader(HERE / "templates")]

    @property
    def default_config(self) -> Config:
        """nbconvert's settings, with the outputs that this exporter has replaced first."""
        config = Config({"NbConvertBase": {"display_data_priority": list(SHOWN_TYPES)}})
        made = super().default_config.copy()
        made.merge(config)
        return made

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Write a notebook as a page.

        Args:
            nb: The notebook, run, with its widget state; never changed.
            resources: nbconvert's resources.
            **kw: Passed on to nbconvert.

        Returns:
            The page, and the resources. The same notebook gives the same page, byte for byte.
        """
        page = StaticPage(nb)
        name_paths(page.notebook)
        # Slots are filled after nbconvert has reparsed the page, which may reorder what stands in tags.
        # Their name holds the notebook's hash, so that no text in the notebook can be one.
        mark = hashlib.sha256(json.dumps(nb, sort_keys=True, default=str).encode()).hexdigest()[:24]
        policy, scripts, card = (f"framelines-{part}-{mark}" for part in ("policy", "scripts", "card"))
        resources = dict(resources or {})
        resources["framelines"] = {
            "title": find_title(nb) or resources.get("metadata", {}).get("name", "Notebook"),
            "version": package_version(),
            "style": page_style(),
            "slot_policy": f'<meta name="{policy}">',
            "slot_scripts": f'<div id="{scripts}"></div>',
            "slot_card": f'<meta name="{card}">',
        }
        body, resources = super().from_notebook_node(page.notebook, resources, **kw)
        soup = BeautifulSoup(body, "html.parser")
        facts = read_facts(soup, page.notebook, resources["framelines"]["title"])
        take_out_acting(soup)
        mend_links(soup)
        name_regions(soup)
        set_title(soup, facts.title)
        order_headings(soup)
        add_contents(soup)
        add_about(soup, facts)
        _fill_places(soup, page.models)
        parts = {
            policy: (soup.find("meta", attrs={"name": policy}), content_policy(host_script())),
            card: (soup.find("meta", attrs={"name": card}), make_card(nb, facts).script()),
            scripts: (soup.find(id=scripts), page.scripts()),
        }
        for name, (node, _) in parts.items():
            node.replace_with(f"[[{name}]]")
        body = str(soup)
        for name, (_, text) in parts.items():
            body = body.replace(f"[[{name}]]", text)
        return body, resources


def _fill_places(soup: BeautifulSoup, models: Mapping[str, Mapping[str, Any]]) -> None:
    """Say in the place of each view what stands there, for a reader without JavaScript."""
    for place in soup.select("[data-framelines-view]"):
        model = models.get(place["data-framelines-view"], {})
        place["data-kind"] = str(model.get("kind") or "whole")
        note = soup.new_tag("noscript")
        words = soup.new_tag("p", attrs={"class": "notice"})
        words.string = f"{model.get('title') or 'An interactive view'}: this view needs JavaScript."
        note.append(words)
        place.append(note)


def find_title(nb: Mapping[str, Any]) -> str | None:
    """The text of a notebook's first ``#`` heading."""
    for cell in nb["cells"]:
        if cell["cell_type"] == "markdown":
            found = re.search(r"^#\s+(.+?)\s*#*$", "".join(cell["source"]), re.MULTILINE)
            if found:
                return re.sub(r"[*_`]", "", found[1])
    return None


def content_policy(*scripts: str) -> str:
    """The meta element that forbids every request, and every script but these and ``blob:``."""
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests) + " blob:" if digests else "'none'"
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "font-src data:; media-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


@cache
def page_style() -> str:
    """The page's style sheet, with colours for code in light and dark."""
    light = HtmlFormatter(style="default", nobackground=True).get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark", nobackground=True).get_style_defs(".highlight")
    code = [f"@media (prefers-color-scheme: {name}) {{\n{rules}\n}}" for name, rules in
            (("light", light), ("dark", dark))]  # fmt: skip
    sheets = [(HERE / f"{name}.css").read_text(encoding="utf-8") for name in ("export", "figures")]
    return "\n".join((*sheets, CHART_STYLE, *code))
