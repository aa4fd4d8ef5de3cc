"""A notebook -> one HTML file that works offline: its views and charts live on without a kernel.

The page's own policy (CSP) forbids every request. Scripts are allowed by the sha256 of the one inline
script and as ``blob:`` (the chart library and the views, unpacked from the page itself); neither
``unsafe-inline`` nor ``unsafe-eval`` is allowed. Styles are: Plotly and pandas' Styler write style
attributes, which a policy can allow only as a whole.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import FileSystemLoader
from nbconvert.exporters.html import HTMLExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets import default
from traitlets.config import Config

from analysis.report.static import PLOTLY_TYPE, StaticPage, host_script
from analysis.views.theme import CHART_STYLE

HERE = Path(__file__).parent
# The first of these that an output has is shown. Plain text comes before scripts, which are left out.
SHOWN_TYPES = (
    "text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "text/plain",
    "application/javascript",
)  # fmt: skip


# A link to anything else (a script, a file on the reader's disk) is left as plain words.
SAFE_SCHEMES = ("http", "https", "mailto", "doi")


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
        # Slots are filled after nbconvert has reparsed the page, which may reorder what stands in tags.
        # Their name holds the notebook's hash, so that no text in the notebook can be one.
        mark = hashlib.sha256(json.dumps(nb, sort_keys=True, default=str).encode()).hexdigest()[:24]
        policy, scripts = f"framelines-policy-{mark}", f"framelines-scripts-{mark}"
        resources = dict(resources or {})
        resources["framelines"] = {
            "title": find_title(nb) or resources.get("metadata", {}).get("name", "Notebook"),
            "version": package_version(),
            "style": page_style(),
            "slot_policy": f'<meta name="{policy}">',
            "slot_scripts": f'<div id="{scripts}"></div>',
        }
        body, resources = super().from_notebook_node(page.notebook, resources, **kw)
        soup = BeautifulSoup(body, "html.parser")
        _add_contents(soup)
        _mend_links(soup)
        _name_codebooks(soup)
        parts = {"meta": (soup.find("meta", attrs={"name": policy}), content_policy(host_script()))}
        parts["div"] = (soup.find(id=scripts), page.scripts())
        for node, _ in parts.values():
            node.replace_with(f"[[{mark}-{node.name}]]")
        body = str(soup)
        for name, (_, text) in parts.items():
            body = body.replace(f"[[{mark}-{name}]]", text)
        return body, resources


def _add_contents(soup: BeautifulSoup) -> None:
    """Give each heading an id of its own, and fill the list of contents."""
    taken: dict[str, int] = {}
    entries = []
    for heading in soup.select("main .prose :is(h1, h2, h3)"):
        base = re.sub(r"[^\w-]+", "-", heading.get_text().strip().lower()).strip("-") or "section"
        taken[base] = taken.get(base, 0) + 1
        heading["id"] = base if taken[base] == 1 else f"{base}-{taken[base]}"
        if heading.name != "h1":
            entries.append((int(heading.name[1]), heading["id"], heading.get_text().strip()))
    nav = soup.select_one("nav.contents")
    if not entries:
        nav.decompose()
        return
    items = "".join(
        f'<li class="level-{level}"><a href="#{html.escape(anchor)}">{html.escape(text)}</a></li>'
        for level, anchor, text in entries
    )
    listed = f"<details open><summary>On this page</summary><ol>{items}</ol></details>"
    nav.append(BeautifulSoup(listed, "html.parser"))


def _name_codebooks(soup: BeautifulSoup) -> None:
    """Say in the page's head and foot what it rests on, where one of its cells shows that."""
    shown = soup.select_one("main [data-framelines-codebooks]")
    if shown is None:
        return
    codebooks, fingerprint = shown["data-framelines-codebooks"], shown["data-framelines-fingerprint"]
    for name, content in (("codebooks", codebooks), ("corpus", fingerprint)):
        soup.head.append(soup.new_tag("meta", attrs={"name": f"framelines-{name}", "content": content}))
    line = soup.new_tag("p")
    line.string = f"Codebooks: {codebooks or 'none'}. Corpus fingerprint: {fingerprint}."
    soup.select_one("footer.page-foot").append(line)


def _mend_links(soup: BeautifulSoup) -> None:
    """Point links between notebooks at their pages; an outside link tells no one where it was clicked."""
    for link in soup.select("main a[href]"):
        address = link["href"]
        # A browser passes over white space and control characters in front of and inside a scheme.
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", address), re.IGNORECASE)
        if scheme and scheme[1].lower() not in SAFE_SCHEMES:
            del link["href"]
        elif scheme:
            link["rel"] = "noreferrer noopener"
        else:
            link["href"] = re.sub(r"\.ipynb(?=$|#)", ".html", address)
    # The policy would stop any other script; without it the console stays free of complaints.
    for script in soup.select("main script"):
        if script.get("type") != PLOTLY_TYPE:
            script.decompose()
    for table in soup.select("main .output-html"):
        if table.find("table", class_="dataframe"):
            table["tabindex"], table["role"], table["aria-label"] = "0", "region", "Table"


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
    return "\n".join(((HERE / "export.css").read_text(encoding="utf-8"), CHART_STYLE, *code))


@cache
def package_version() -> str:
    """The installed version of Framelines."""
    try:
        return version("framelines")
    except PackageNotFoundError:
        return "(not installed)"
