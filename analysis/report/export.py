"""A notebook -> one HTML file that works offline: its views and charts live on without a kernel.

The page's own policy (CSP) forbids every request. Scripts are allowed by the sha256 of the one inline
script and as ``blob:`` (the chart library and the views, unpacked from the page itself); neither
``unsafe-inline`` nor ``unsafe-eval`` is allowed. Styles are: Plotly and pandas' Styler write style
attributes, which a policy can allow only as a whole.
"""

from __future__ import annotations

import base64
import copy
import gzip
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

from analysis.views.theme import CHART_STYLE

HERE = Path(__file__).parent
VIEW_TYPE = "application/vnd.jupyter.widget-view+json"
STATE_TYPE = "application/vnd.jupyter.widget-state+json"
PLOTLY_TYPE = "application/vnd.plotly.v1+json"
# A value longer than this is stored once, under its hash, whatever number of views have it.
SHARED_LENGTH = 2000
_FRAMEWORK_TRAITS = ("_model_", "_view_", "_anywidget_id", "_dom_classes", "layout", "tabbable", "tooltip")


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
        config = Config({"NbConvertBase": {"display_data_priority": [
            "text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "text/plain",
            "application/javascript",
        ]}})  # fmt: skip
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
        parts = {"meta": (soup.find("meta", attrs={"name": policy}), content_policy(host_script()))}
        parts["div"] = (soup.find(id=scripts), page.scripts())
        for node, _ in parts.values():
            node.replace_with(f"[[{mark}-{node.name}]]")
        body = str(soup)
        for name, (_, text) in parts.items():
            body = body.replace(f"[[{mark}-{name}]]", text)
        return body, resources


class StaticPage:
    """A notebook whose widget and chart outputs are replaced by places that ``host.js`` fills.

    Args:
        nb: The notebook, run. Only the widget states that an output shows are kept: old ones pile up in a file.
    """

    def __init__(self, nb: NotebookNode) -> None:
        self.notebook = copy.deepcopy(nb)
        self.states = self.notebook.metadata.pop("widgets", {}).get(STATE_TYPE, {}).get("state", {})
        self.names: dict[str, str] = {}
        self.models: dict[str, dict[str, Any]] = {}
        self.shared: dict[str, Any] = {}
        self.tabs = self.figures = 0
        for cell in self.notebook.cells:
            for output in cell.get("outputs", []):
                self._replace_output(output)

    def scripts(self) -> str:
        """The saved state, the chart library where a chart needs it, and the host, as script elements."""
        parts = []
        if self.models:
            state = {"models": self.models, "shared": self.shared}
            parts.append(
                f'<script type="application/json" id="framelines-state">{script_json(state)}</script>'
            )
        if self.figures:
            parts.append(f'<script type="text/plain" id="framelines-plotly">{packed_plotly()}</script>')
        parts.append(f'<script type="module">{host_script()}</script>')
        return "\n".join(parts)

    def _replace_output(self, output: NotebookNode) -> None:
        data = output.get("data", {})
        if VIEW_TYPE in data:
            shown = self._show_widget(data[VIEW_TYPE]["model_id"])
        elif PLOTLY_TYPE in data:
            shown = self._show_figure(data[PLOTLY_TYPE])
        else:
            return
        output["data"] = {"text/html": shown}

    def _show_widget(self, model_id: str) -> str:
        if model_id not in self.states:
            return (
                '<p class="notice">This view was not saved with the notebook. '
                "Make the page with <code>framelines export</code>, which runs the notebook first.</p>"
            )
        saved = self.states[model_id]
        state, model = saved.get("state", {}), saved.get("model_name", "")
        if model == "AnyModel" and str(state.get("_anywidget_id", "")).startswith("plotly."):
            return self._show_figure(
                {"data": state.get("_widget_data"), "layout": state.get("_widget_layout")}
            )
        if model == "AnyModel":
            name = self._keep_model(model_id)
            return f'<div class="framelines-host" data-framelines-view="{name}"></div>'
        if model == "OutputModel":
            return "".join(self._show_saved(output) for output in state.get("outputs", []))
        if "children" in state:
            return self._show_box(state, model)
        if model in ("HTMLModel", "HTMLMathModel"):
            return f"<div>{state.get('value', '')}</div>"
        return _show_frozen(state, model)

    def _show_box(self, state: Mapping[str, Any], model: str) -> str:
        shown = [self._show_widget(child.removeprefix("IPY_MODEL_")) for child in state["children"]]
        titles = [title or f"Part {at}" for at, title in enumerate(state.get("titles") or [], 1)]
        titles += [f"Part {at}" for at in range(len(titles) + 1, len(shown) + 1)]
        if model in ("TabModel", "StackModel"):
            return self._show_tabs(shown, titles, state.get("selected_index") or 0)
        if model == "AccordionModel":
            pairs = zip(titles, shown, strict=False)
            return "".join(
                f"<details open><summary>{html.escape(name)}</summary>{part}</details>"
                for name, part in pairs
            )
        across = " across" if model == "HBoxModel" else ""
        return f'<div class="framelines-box{across}">{"".join(f"<div>{part}</div>" for part in shown)}</div>'

    def _show_tabs(self, shown: list[str], titles: list[str], selected: int) -> str:
        self.tabs += 1
        heads, panels = [], []
        for at, (title, part) in enumerate(zip(titles, shown, strict=False)):
            tab, panel = f"framelines-tab-{self.tabs}-{at}", f"framelines-panel-{self.tabs}-{at}"
            heads.append(
                f'<button type="button" role="tab" id="{tab}" aria-controls="{panel}" '
                f'aria-selected="{str(at == selected).lower()}">{html.escape(title)}</button>'
            )
            panels.append(f'<div role="tabpanel" id="{panel}" aria-labelledby="{tab}">{part}</div>')
        return (
            f'<div data-framelines-tabs=""><div class="framelines-tablist" role="tablist">{"".join(heads)}</div>'
            f"{''.join(panels)}</div>"
        )

    def _show_saved(self, output: Mapping[str, Any]) -> str:
        data = output.get("data", {})
        if VIEW_TYPE in data:
            return self._show_widget(data[VIEW_TYPE]["model_id"])
        if PLOTLY_TYPE in data:
            return self._show_figure(data[PLOTLY_TYPE])
        if "text/html" in data:
            return "".join(data["text/html"])
        text = "".join(data.get("text/plain", "") or output.get("text", ""))
        return f'<pre class="output">{html.escape(text)}</pre>'

    def _show_figure(self, figure: Mapping[str, Any]) -> str:
        self.figures += 1
        return (
            '<div class="framelines-figure" data-framelines-figure="">'
            f'<script type="{PLOTLY_TYPE}">{script_json(figure)}</script></div>'
        )

    def _keep_model(self, model_id: str) -> str:
        """Keep a view's state and that of the widgets it refers to, under a short name in order of appearance."""
        if model_id in self.names:
            return self.names[model_id]
        name = self.names[model_id] = f"w{len(self.names) + 1}"
        kept = self.models[name] = {}
        for trait, value in self.states[model_id]["state"].items():
            if trait.startswith(_FRAMEWORK_TRAITS) or trait.startswith("_") and trait not in ("_esm", "_css"):
                continue
            reference = (
                re.fullmatch(r"(IPY_MODEL_|anywidget:)(\w+)", value) if isinstance(value, str) else None
            )
            if reference and reference[2] in self.states:
                value = reference[1] + self._keep_model(reference[2])
            kept[trait] = self._share(value)
        return name

    def _share(self, value: Any) -> Any:
        text = script_json(value)
        if len(text) < SHARED_LENGTH:
            return value
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        self.shared[key] = value
        return {"$shared": key}


def _show_frozen(state: Mapping[str, Any], model: str) -> str:
    """A control that needs a kernel, as its value."""
    if model == "ButtonModel":
        value = state.get("description", "")
        return f'<p class="frozen">{html.escape(str(value))} <small>(works in JupyterLab only)</small></p>'
    labels, index = state.get("_options_labels"), state.get("index")
    value = state.get("value", "")
    if labels and isinstance(index, int):
        value = labels[index]
    elif labels and isinstance(index, (list, tuple)):
        value = ", ".join(str(labels[at]) for at in index)
    if model == "LabelModel":
        return f"<p>{html.escape(str(value))}</p>"
    name = html.escape(str(state.get("description", "")).rstrip(":") or "Value")
    return f'<p class="frozen">{name}: <b>{html.escape(str(value))}</b> <small>(works in JupyterLab only)</small></p>'


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


def _mend_links(soup: BeautifulSoup) -> None:
    """Point links between notebooks at their pages; an outside link tells no one where it was clicked."""
    for link in soup.select("main a[href]"):
        address = link["href"]
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
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


def script_json(value: Any) -> str:
    """JSON that is safe inside a script element: no text in it can close the element."""
    text = json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, default=str
    )
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def host_script() -> str:
    """The page's one inline script."""
    return (HERE / "host.js").read_text(encoding="utf-8")


@cache
def page_style() -> str:
    """The page's style sheet, with colours for code in light and dark."""
    light = HtmlFormatter(style="default", nobackground=True).get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark", nobackground=True).get_style_defs(".highlight")
    code = f"@media (prefers-color-scheme: light) {{\n{light}\n}}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"
    return "\n".join(((HERE / "export.css").read_text(encoding="utf-8"), CHART_STYLE, code))


@cache
def packed_plotly() -> str:
    """The installed Plotly script as gzip and base64; the same bytes each time."""
    import plotly

    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return base64.b64encode(gzip.compress(script.read_bytes(), 9, mtime=0)).decode()


@cache
def package_version() -> str:
    """The installed version of Framelines."""
    try:
        return version("framelines")
    except PackageNotFoundError:
        return "(not installed)"
