"""The exporter without a browser: what a page holds, what it never holds, the same bytes each time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import nbformat
import plotly
import pytest
from bs4 import BeautifulSoup
from made_tables import HOSTILE
from nbconvert.exporters import get_exporter

from analysis.report.export import FramelinesExporter, find_title
from analysis.report.static import PLOTLY_TYPE, STATE_TYPE, VIEW_TYPE, StaticPage, script_json


def output(data: dict) -> dict:
    return nbformat.v4.new_output("display_data", data=data)


def notebook(*outputs: dict, states: dict | None = None, prose: str = "# A title") -> nbformat.NotebookNode:
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(prose)])
    nb.cells.append(nbformat.v4.new_code_cell("1 + 1", outputs=list(outputs)))
    if states:
        nb.metadata["widgets"] = {STATE_TYPE: {"state": states}}
    return nb


def widget(model: str, **state) -> dict:
    return {"model_name": model, "state": state}


def view(model_id: str) -> dict:
    return output({VIEW_TYPE: {"model_id": model_id}, "text/plain": "View"})


def export(nb: nbformat.NotebookNode) -> tuple[str, BeautifulSoup]:
    page = FramelinesExporter().from_notebook_node(nb)[0]
    return page, BeautifulSoup(page, "html.parser")


FIGURE = output({PLOTLY_TYPE: {"data": [{"type": "bar", "y": [1]}], "layout": {"title": {"text": HOSTILE}}}})
PIE = output({PLOTLY_TYPE: {"data": [{"type": "pie", "values": [1, 2]}], "layout": {}}})


def test_exporter_is_registered_with_nbconvert():
    assert get_exporter("framelines") is FramelinesExporter


def test_policy_allows_just_the_page_s_own_script():
    _, soup = export(notebook(FIGURE))
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    scripts = [
        script
        for script in soup.find_all("script")
        if script.get("type") in (None, "module", "text/javascript")
    ]
    hashes = [base64.b64encode(hashlib.sha256(each.string.encode()).digest()).decode() for each in scripts]
    assert len(scripts) == 1
    assert f"script-src 'sha256-{hashes[0]}' blob:;" in policy
    assert "unsafe-eval" not in policy and policy.count("unsafe-inline") == 1
    assert soup.head.find_all()[1]["http-equiv"], "the policy stands before anything it must govern"


def test_no_element_asks_for_anything():
    _, soup = export(notebook(FIGURE, output({"text/html": "<table><tr><td>1</td></tr></table>"})))
    asking = soup.find_all(lambda tag: tag.get("src") or (tag.name == "link" and tag.get("href")))
    assert asking == []


def test_chart_library_is_packed_once_and_only_where_a_chart_is_not_drawn():
    page, soup = export(notebook(FIGURE, PIE, PIE))
    packed = soup.find(id="framelines-plotly").string
    script = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()
    assert gzip.decompress(base64.b64decode(packed)) == script
    assert page.count('id="framelines-plotly"') == 1
    drawn, soup = export(notebook(FIGURE, FIGURE))
    assert "framelines-plotly" not in drawn.replace('getElementById("framelines-plotly")', "")
    assert len(soup.select("svg.framelines-drawing")) == 4, "each for a wide and for a narrow place"
    ids = [node["id"] for node in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_same_notebook_gives_the_same_bytes_and_is_not_changed():
    nb = notebook(FIGURE, view("abc"), states={"abc": widget("LabelModel", value="x")})
    before = json.dumps(nb)
    assert export(nb)[0] == export(nb)[0]
    assert json.dumps(nb) == before


def test_widget_ids_do_not_show():
    states = {"f00d": widget("AnyModel", _esm="export default {}", store="IPY_MODEL_beef", kind="x"),
              "beef": widget("AnyModel", _esm="export default {}", data={"a": 1})}  # fmt: skip
    page, soup = export(notebook(view("f00d"), states=states))
    state = json.loads(soup.find(id="framelines-state").string)
    assert set(state["models"]) == {"w1", "w2"}
    assert state["models"]["w1"]["store"] == "IPY_MODEL_w2"
    assert "beef" not in page and "f00d" not in page


def test_states_that_no_output_shows_are_left_out():
    states = {"a": widget("AnyModel", _esm="shown"), "b": widget("AnyModel", _esm="piled up")}
    assert "piled up" not in export(notebook(view("a"), states=states))[0]


def test_long_values_are_stored_once():
    long = "x" * 5000
    states = {name: widget("AnyModel", _esm=long) for name in ("a", "b")}
    page, _ = export(notebook(view("a"), view("b"), states=states))
    assert page.count(long) == 1


def test_boxes_tabs_and_words_are_kept():
    states = {
        "tab": widget(
            "TabModel", children=["IPY_MODEL_one", "IPY_MODEL_two"], titles=["One", "T<wo"], selected_index=1
        ),
        "one": widget("LabelModel", value=HOSTILE),
        "two": widget("HBoxModel", children=["IPY_MODEL_three"]),
        "three": widget("HTMLModel", value="<b>bold</b>"),
    }
    _, soup = export(notebook(view("tab"), states=states))
    tabs = soup.find_all(role="tab")
    assert [(tab.get_text(), tab["aria-selected"]) for tab in tabs] == [("One", "false"), ("T<wo", "true")]
    assert HOSTILE in soup.find_all(role="tabpanel")[0].get_text()
    assert soup.find_all(role="tabpanel")[1].find("b").get_text() == "bold"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (widget("DropdownModel", description="Corpus:", _options_labels=["a", "b"], index=1), "Corpus: b"),
        (
            widget("SelectMultipleModel", description="Pick", _options_labels=["a", "b"], index=[0, 1]),
            "Pick: a, b",
        ),
        (widget("IntSliderModel", description="", value=3), "Value: 3"),
        (widget("ButtonModel", description="Run <again>"), "Run <again>"),
    ],
)
def test_controls_that_need_a_kernel_are_their_value_and_say_so(state, words):
    _, soup = export(notebook(view("x"), states={"x": state}))
    assert soup.select_one(".frozen").get_text() == f"{words} (works in JupyterLab only)"


def test_a_bar_of_progress_is_left_out():
    states = {
        "box": widget("HBoxModel", children=["IPY_MODEL_words", "IPY_MODEL_bar"]),
        "words": widget("HTMLModel", value="Extracting articles: 100%"),
        "bar": widget("FloatProgressModel", value=20.0),
    }
    page, soup = export(notebook(view("box"), states=states))
    assert "Extracting articles" not in page and soup.select_one(".frozen") is None


def test_view_without_saved_state_says_what_to_do():
    _, soup = export(notebook(view("gone")))
    assert "framelines export" in soup.select_one(".output .notice").get_text()


def test_hostile_text_stays_text_in_every_kind_of_output():
    outputs = [
        FIGURE,
        output({"text/plain": HOSTILE}),
        nbformat.v4.new_output("stream", text=HOSTILE),
        view("x"),
        view("y"),
    ]
    states = {"x": widget("AnyModel", _esm="1", data=[HOSTILE]), "y": widget("TextModel", value=HOSTILE)}
    _, soup = export(notebook(*outputs, states=states))
    assert soup.find_all("img") == []
    assert not [tag for tag in soup.find_all() if any(name.startswith("on") for name in tag.attrs)]
    assert json.loads(soup.find(id="framelines-state").string)["models"]["w1"]["data"] == [HOSTILE]


def test_scripts_in_outputs_are_taken_out():
    page, _ = export(notebook(output({"text/html": "<p>kept</p><script>gone()</script>"})))
    assert "kept" in page and "gone()" not in page


def test_headings_have_ids_of_their_own_and_a_list_of_contents():
    _, soup = export(notebook(prose="# T\n\n## Same\n\n### Part\n\n## Same"))
    links = [(link["href"], link.get_text()) for link in soup.select("nav.contents a")]
    assert links == [("#same", "Same"), ("#part", "Part"), ("#same-2", "Same")]
    assert soup.select_one("a.skip")["href"] == "#content"
    assert soup.title.get_text() == "T"


def test_links_between_notebooks_lead_to_pages():
    _, soup = export(notebook(prose="# T\n\n[next](02-b.ipynb#part) [out](https://example.org/a.ipynb)"))
    first, second = soup.select("main a")
    assert first["href"] == "02-b.html#part"
    assert (second["href"], second["rel"]) == ("https://example.org/a.ipynb", ["noreferrer", "noopener"])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\tscript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
    ],
)
def test_a_link_leads_to_pages_only(address):
    shown = f'<p><a href="{address}">words</a></p>'
    _, soup = export(notebook(output({"text/html": shown})))
    assert soup.select("main a") == []
    assert "words" in soup.main.get_text()


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("http://example.org/a", "http://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("mailto:ana@example.org", "mailto:ana@example.org"),
    ],
)
def test_a_link_tells_nobody_where_it_was_clicked(address, leads_to):
    shown = f'<p><a href="{address}" ping="https://example.org/heard">words</a></p>'
    _, soup = export(notebook(output({"text/html": shown})))
    (link,) = soup.select("main a")
    assert link.attrs == {"href": leads_to, "rel": ["noreferrer", "noopener"]}
    assert soup.find("meta", attrs={"name": "referrer"})["content"] == "no-referrer"


def test_what_acts_without_a_click_is_taken_out():
    acting = (
        '<meta http-equiv="refresh" content="0;url=https://example.org"><base href="https://example.org">'
        '<iframe src="https://example.org"></iframe>'
        '<form action="https://example.org"><p onclick="x()">kept</p></form>'
    )
    _, soup = export(notebook(output({"text/html": acting})))
    assert soup.select("main :is(meta, base, iframe, form, [onclick])") == []
    assert "kept" in soup.main.get_text()


@pytest.mark.parametrize(
    ("prose", "levels"),
    [
        ("# T\n\n## A\n\n### B\n\n## C", [("h1", "T"), ("h2", "A"), ("h3", "B"), ("h2", "C")]),
        (
            "# T\n\n## A\n\n# B\n\n## C\n\n### D",
            [("h1", "T"), ("h2", "A"), ("h2", "B"), ("h3", "C"), ("h4", "D")],
        ),
        ("# T\n\n#### A\n\n## B", [("h1", "T"), ("h2", "A"), ("h2", "B")]),
        ("## A", [("h1", "a page"), ("h2", "A")]),
        ("Words", [("h1", "a page")]),
    ],
)
def test_a_page_has_one_title_and_no_jump_between_headings(prose, levels):
    page, _ = FramelinesExporter().from_notebook_node(notebook(prose=prose), {"metadata": {"name": "a page"}})
    headings = BeautifulSoup(page, "html.parser").select(".page :is(h1, h2, h3, h4, h5, h6)")
    assert [(heading.name, heading.get_text()) for heading in headings] == levels


def test_each_landmark_is_there_once():
    _, soup = export(notebook(prose="# T\n\n## A"))
    assert [len(soup.find_all(name)) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert soup.html["lang"] == "en"


def test_regions_have_names_of_their_own():
    table = '<table class="dataframe"><caption>Rain</caption><tr><td>1</td></tr></table>'
    _, soup = export(notebook(output({"text/html": table}), output({"text/html": table})))
    assert [region["aria-label"] for region in soup.select("main [role=region]")] == ["Rain", "Rain (2)"]


def test_a_view_s_place_says_what_stands_there():
    states = {"a": widget("AnyModel", _esm="1", title="Read <them>", kind="sentences")}
    _, soup = export(notebook(view("a"), states=states))
    place = soup.select_one("[data-framelines-view]")
    assert place.noscript.get_text() == "Read <them>: this view needs JavaScript."
    assert place["data-kind"] == "sentences"


def test_code_is_folded_and_parameters_are_named():
    nb = notebook()
    nb.cells[1].metadata["tags"] = ["parameters"]
    _, soup = export(nb)
    assert [each.get_text() for each in soup.select("details.code > summary")] == ["Show the parameters"]


def test_page_without_views_has_no_state():
    assert StaticPage(notebook()).models == {}


def test_title_is_plain_words():
    assert find_title(notebook(prose="Text\n\n# The *big* `question` #")) == "The big question"


def test_json_for_scripts_cannot_close_the_script():
    text = script_json({"a": f"{HOSTILE}<!--&"})
    assert not re.search(r"[<>&]", text)
    assert json.loads(text)["a"] == f"{HOSTILE}<!--&"
