"""A run notebook -> the same with places for its views and charts, and the scripts that fill them."""

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
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from analysis.report.drawing import NARROW, WIDE, draw_figure
from analysis.views.sharing import FULL, WHOLE, WHOLE_HTML, leave_out_around

HERE = Path(__file__).parent
VIEW_TYPE = "application/vnd.jupyter.widget-view+json"
STATE_TYPE = "application/vnd.jupyter.widget-state+json"
PLOTLY_TYPE = "application/vnd.plotly.v1+json"
# A value longer than this is stored once, under its hash, whatever number of views have it.
SHARED_LENGTH = 2000
# The order matters: the files are joined to one script.
PAGE_SCRIPTS = ("host", "figures", "page", "start")
_FRAMEWORK_TRAITS = ("layout", "tabbable", "tooltip")
_AROUND = {"sentence", "before", "after", "sentences"}
_STAYS = (
    '<p class="notice">This view holds whole articles, which do not travel with this page. Make the page '
    "with <code>framelines export</code>, which runs the notebook first: then it holds what may travel.</p>"
)


class StaticPage:
    """A notebook whose widget and chart outputs are replaced by places that the page's script fills.

    Args:
        nb: The notebook, run. Only the widget states that an output shows are kept: old ones pile up. Views
            that hold whole articles, as in JupyterLab, are left out, and so are the sentences around
            evidence, unless the notebook's metadata say that whole articles may travel.
    """

    def __init__(self, nb: NotebookNode) -> None:
        self.notebook = copy.deepcopy(nb)
        self.states = self.notebook.metadata.pop("widgets", {}).get(STATE_TYPE, {}).get("state", {})
        self.names: dict[str, str] = {}
        self.models: dict[str, dict[str, Any]] = {}
        self.shared: dict[str, Any] = {}
        self.full_text = self.notebook.metadata.get("framelines", {}).get("texts") == FULL
        self.tabs = self.figures = self.not_drawn = 0
        for cell in self.notebook.cells:
            for output in cell.get("outputs", []):
                self._replace_output(output)

    def scripts(self) -> str:
        """The saved state, the chart library where a chart is not drawn, and the host, as script elements."""
        parts = []
        if self.models:
            state = {"models": self.models, "shared": self.shared}
            parts.append(
                f'<script type="application/json" id="framelines-state">{script_json(state)}</script>'
            )
        if self.not_drawn:
            parts.append(f'<script type="text/plain" id="framelines-plotly">{packed_plotly()}</script>')
        parts.append(f'<script type="module">{host_script()}</script>')
        return "\n".join(parts)

    def _replace_output(self, output: NotebookNode) -> None:
        data = output.get("data", {})
        if VIEW_TYPE in data:
            shown = self._show_widget(data[VIEW_TYPE]["model_id"])
        elif PLOTLY_TYPE in data:
            shown = self._show_figure(data[PLOTLY_TYPE])
        elif self._is_withheld(data):
            shown = _STAYS
        else:
            return
        output["data"] = {"text/html": shown}

    def _is_withheld(self, data: Mapping[str, Any]) -> bool:
        """Whether an output's HTML holds whole articles that may not travel."""
        return not self.full_text and WHOLE_HTML in "".join(data.get("text/html", ""))

    def _holds_whole(self, state: Mapping[str, Any]) -> bool:
        """Whether a view, or the store that it looks at, holds whole articles."""
        store = self.states.get(str(state.get("store", "")).removeprefix("IPY_MODEL_"), {}).get("state", {})
        held = (each.get("data") for each in (state, store))
        return any(isinstance(data, dict) and data.get("texts") == WHOLE for data in held)

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
        if "without_kernel" in state:
            return f'<p class="frozen">{html.escape(state["without_kernel"])}</p>'
        if model == "AnyModel":
            if not self.full_text and self._holds_whole(state):
                return _STAYS
            name = self._keep_model(model_id)
            return f'<div class="framelines-host" data-framelines-view="{name}"></div>'
        if model == "OutputModel":
            return "".join(self._show_saved(output) for output in state.get("outputs", []))
        if "children" in state:
            return "" if self._is_progress(state) else self._show_box(state, model)
        if model in ("HTMLModel", "HTMLMathModel"):
            return f"<div>{state.get('value', '')}</div>"
        return _show_frozen(state, model)

    def _is_progress(self, state: Mapping[str, Any]) -> bool:
        """Whether a box holds a progress bar: how far a run had come says nothing once it is over."""
        children = (self.states.get(child.removeprefix("IPY_MODEL_"), {}) for child in state["children"])
        return any(str(child.get("model_name")).endswith("ProgressModel") for child in children)

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
        tabs = f'<div class="framelines-tablist" role="tablist">{"".join(heads)}</div>'
        return f'<div data-framelines-tabs="">{tabs}{"".join(panels)}</div>'

    def _show_saved(self, output: Mapping[str, Any]) -> str:
        data = output.get("data", {})
        if VIEW_TYPE in data:
            return self._show_widget(data[VIEW_TYPE]["model_id"])
        if PLOTLY_TYPE in data:
            return self._show_figure(data[PLOTLY_TYPE])
        if self._is_withheld(data):
            return _STAYS
        if "text/html" in data:
            return "".join(data["text/html"])
        text = "".join(data.get("text/plain", "") or output.get("text", ""))
        return f'<pre class="output">{html.escape(text)}</pre>'

    def _show_figure(self, figure: Mapping[str, Any]) -> str:
        self.figures += 1
        shown = _draw_sizes(figure, f"figure-{self.figures}")
        self.not_drawn += not shown
        return (
            f'<div class="framelines-figure" data-framelines-figure="{"drawn" if shown else ""}">{shown}'
            f'<script type="{PLOTLY_TYPE}">{script_json(figure)}</script></div>'
        )

    def _keep_model(self, model_id: str) -> str:
        """Keep a view's state, and that of the widgets it refers to, under a name in order of appearance."""
        if model_id in self.names:
            return self.names[model_id]
        name = self.names[model_id] = f"w{len(self.names) + 1}"
        kept = self.models[name] = {}
        for trait, value in self.states[model_id]["state"].items():
            private = trait.startswith("_") and trait not in ("_esm", "_css")
            if private or trait in _FRAMEWORK_TRAITS:
                continue
            reference = (
                re.fullmatch(r"(IPY_MODEL_|anywidget:)(\w+)", value) if isinstance(value, str) else None
            )
            if reference and reference[2] in self.states:
                value = reference[1] + self._keep_model(reference[2])
            if not self.full_text and isinstance(value, dict) and value.keys() >= _AROUND:
                value = leave_out_around(value)
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
    shown = html.escape(str(value))
    return f'<p class="frozen">{name}: <b>{shown}</b> <small>(works in JupyterLab only)</small></p>'


def _draw_sizes(figure: Mapping[str, Any], key: str) -> str:
    """A chart drawn for a wide and for a narrow place, of which the page shows one; empty if Plotly must."""
    sizes = {"wide": WIDE, "narrow": NARROW}
    drawn = {name: draw_figure(figure, width=size, key=f"{key}-{name}") for name, size in sizes.items()}
    if None in drawn.values():
        return ""
    return "".join(f'<div class="framelines-drawn {name}">{svg}</div>' for name, svg in drawn.items())


def script_json(value: Any) -> str:
    """JSON that is safe inside a script element: no text in it can close the element."""
    text = json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, default=str
    )
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def host_script() -> str:
    """The page's one inline script."""
    return "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in PAGE_SCRIPTS)


@cache
def packed_plotly() -> str:
    """The installed Plotly script as gzip and base64; the same bytes each time."""
    import plotly

    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return base64.b64encode(gzip.compress(script.read_bytes(), 9, mtime=0)).decode()
