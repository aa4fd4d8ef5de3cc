"""Figures drawn as SVG: values stand at their places, words are escaped, and the same gives the same."""

from __future__ import annotations

import base64
import json
import struct
from datetime import date
from itertools import pairwise
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from made_tables import HOSTILE, make_tables

from analysis.report.drawing import NARROW, WIDE, draw_figure, draw_picture
from analysis.report.drawing.text import block_width, plain_words, read_label, wrap_lines
from analysis.report.drawing.words import can_format, fill_template, format_day, format_number
from analysis.views import charts

SVG = "{http://www.w3.org/2000/svg}"


def draw(data: list[dict], width: int = WIDE, **layout) -> etree._Element:
    drawn = draw_figure({"data": data, "layout": layout}, width=width)
    assert drawn is not None
    return etree.fromstring(drawn.encode())


def marks(svg: etree._Element) -> list[etree._Element]:
    return svg.xpath("//*[@role='img']")


def names(svg: etree._Element) -> list[str]:
    return [mark.get("aria-label") for mark in marks(svg)]


def bars(svg: etree._Element) -> list[dict[str, float]]:
    return [{name: float(mark.get(name)) for name in ("x", "y", "width", "height")} for mark in marks(svg)]


def dots(svg: etree._Element) -> list[tuple[float, float]]:
    return [(float(mark.get("cx")), float(mark.get("cy"))) for mark in marks(svg)]


def written(svg: etree._Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def test_bars_are_as_long_as_their_values_and_stand_in_their_order():
    first, second, third = bars(
        draw([{"type": "bar", "orientation": "h", "x": [4, 2, 1], "y": ["a", "b", "c"]}])
    )
    assert first["width"] == pytest.approx(2 * second["width"], abs=0.02)
    assert first["width"] == pytest.approx(4 * third["width"], abs=0.02)
    assert first["x"] == second["x"] == third["x"]
    assert first["y"] > second["y"] > third["y"], "the first category of an axis is the lowest"


def test_rows_from_the_top_where_the_axis_runs_backwards():
    trace = {"type": "bar", "orientation": "h", "x": [4, 2], "y": ["a", "b"]}
    first, second = bars(draw([trace], yaxis={"autorange": "reversed"}))
    assert first["y"] < second["y"]


def test_stacked_bars_begin_where_the_one_before_ends():
    traces = [
        {"type": "bar", "orientation": "h", "x": [3, 1], "y": ["a", "b"], "name": name} for name in ("p", "q")
    ]
    p_a, p_b, q_a, q_b = bars(draw(traces, barmode="stack"))
    assert q_a["x"] == pytest.approx(p_a["x"] + p_a["width"], abs=0.02)
    assert q_b["x"] == pytest.approx(p_b["x"] + p_b["width"], abs=0.02)
    assert p_a["y"] == q_a["y"]


def test_relative_bars_of_both_signs_lie_on_either_side():
    traces = [{"type": "bar", "x": ["a"], "y": [2]}, {"type": "bar", "x": ["a"], "y": [-1]}]
    up, down = bars(draw(traces, barmode="relative"))
    assert down["y"] == pytest.approx(up["y"] + up["height"], abs=0.02)
    assert up["height"] == pytest.approx(2 * down["height"], abs=0.02)


def test_grouped_bars_stand_side_by_side_and_do_not_overlap():
    traces = [{"type": "bar", "x": ["a", "b"], "y": [2, 1]}, {"type": "bar", "x": ["a", "b"], "y": [1, 2]}]
    one, two, other_one, _ = sorted(bars(draw(traces)), key=lambda bar: bar["x"])
    assert one["x"] + one["width"] <= two["x"] + 0.02
    assert two["x"] + two["width"] < other_one["x"]


def test_a_bar_without_length_is_not_drawn():
    assert names(draw([{"type": "bar", "x": ["a", "b"], "y": [0, 3]}])) == ["b, 3"]


@pytest.mark.parametrize(
    ("values", "axis", "shares"),
    [
        ([0, 5, 20], {"range": [0, 20]}, [0, 0.25, 1]),
        ([1, 10, 1000], {"type": "log", "range": [0, 3]}, [0, 1 / 3, 1]),
        (["2025-01-01", "2025-01-11", "2025-02-10"], {"range": ["2025-01-01", "2025-02-10"]}, [0, 0.25, 1]),
        (["a", "b", "c"], {"range": [0, 2]}, [0, 0.5, 1]),
    ],
)
def test_points_stand_at_their_values_on_every_kind_of_axis(values, axis, shares):
    trace = {"type": "scatter", "mode": "markers", "x": values, "y": [1, 1, 1]}
    x = [place for place, _ in dots(draw([trace], xaxis=axis))]
    assert [(each - x[0]) / (x[2] - x[0]) for each in x] == pytest.approx(shares, abs=0.001)


def test_points_outside_a_range_that_is_set_are_not_drawn():
    trace = {"type": "scatter", "mode": "markers", "x": [1, 5, 50], "y": [1, 1, 1]}
    assert len(marks(draw([trace], xaxis={"range": [0, 10]}))) == 2


def test_intervals_reach_to_their_ends():
    error = {"type": "data", "symmetric": False, "array": [2], "arrayminus": [4], "width": 0}
    trace = {"type": "scatter", "mode": "markers", "x": [6], "y": [1], "error_x": error}
    (mark,) = marks(draw([trace], xaxis={"range": [0, 10]}))
    path, circle = mark.find(f"{SVG}path").get("d"), mark.find(f"{SVG}circle")
    start, end = float(path[1:].split(",")[0]), float(path.split("H")[1])
    assert (float(circle.get("cx")) - start) / (end - start) == pytest.approx(4 / 6, abs=0.001)
    assert mark.get("aria-label") == "6, 1 (line from 2 to 8)"


def test_an_interval_of_days_is_one_mark_and_a_day_one_symbol():
    trace = {
        "type": "scatter", "mode": "lines+markers", "name": "past fact",
        "x": ["2025-01-01", "2025-03-01", None, "2025-02-01", "2025-02-01", None],
        "y": [0, 0, None, 1, 1, None], "text": ["January", "January", "", "February", "February", ""],
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
    }  # fmt: skip
    axis = {"tickmode": "array", "tickvals": [0, 1], "ticktext": ["Pact", "Treaty"], "range": [1.5, -0.5]}
    svg = draw([trace], yaxis=axis)
    assert names(svg) == ["Pact: January, past fact", "Treaty: February, past fact"]
    assert [len(mark.findall(f"{SVG}circle")) for mark in marks(svg)] == [2, 1]


def test_a_missing_value_breaks_a_line():
    trace = {"type": "scatter", "mode": "lines", "x": [1, 2, 3, 4, 5], "y": [1, 2, None, 2, 1]}
    lines = [
        path for path in draw([trace]).iter(f"{SVG}path") if path.get("stroke") and "L" in path.get("d", "")
    ]
    assert len(lines) == 2


def test_hover_text_is_said_in_plain_words():
    trace = {
        "type": "bar", "orientation": "h", "x": [1200], "y": ["policy &amp;<br>evaluation"], "name": "quoted",
        "customdata": [["3 articles"]],
        "hovertemplate": "%{y}<br>%{x:,} words in %{customdata[0]}<extra>%{fullData.name}</extra>",
    }  # fmt: skip
    assert names(draw([trace])) == ["policy & evaluation, 1,200 words in 3 articles, quoted"]


def test_marks_without_hover_text_say_their_values_and_silent_ones_nothing():
    trace = {"type": "scatter", "mode": "markers", "x": [1.5], "y": ["Herald"], "name": "rate"}
    assert names(draw([trace])) == ["Herald, 1.5, rate"]
    assert names(draw([{**trace, "hoverinfo": "skip"}])) == []


def test_words_of_others_stay_words():
    trace = {
        "type": "bar", "orientation": "h", "x": [1], "y": [HOSTILE], "text": [HOSTILE], "name": HOSTILE,
        "customdata": [HOSTILE], "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    layout = {"title": {"text": HOSTILE}, "showlegend": True, "meta": {"description": HOSTILE}}
    for width in (WIDE, NARROW):
        svg = draw([trace], width, **layout)
        tags = {etree.QName(node).localname for node in svg.iter()}
        assert tags <= {"svg", "g", "rect", "text", "tspan", "path", "circle", "defs", "pattern"}
        assert not [
            name for node in svg.iter() for name in node.attrib if name.startswith("on") or name == "href"
        ]


def test_entities_are_read_once_and_breaks_bold_and_italics_are_kept():
    assert plain_words("&amp;lt;b&amp;gt; R&amp;D") == "&lt;b&gt; R&D"
    lines = read_label("one<br><b>two</b> <i>three</i>")
    assert [[(run.text, run.style) for run in line] for line in lines] == [
        [("one", "")], [("two", "b"), (" ", ""), ("three", "i")],
    ]  # fmt: skip
    assert plain_words("a\x00b\ud800") == "ab"
    assert plain_words("<a href='x'>link</a> of <nobody> and 3 < 4") == "link of <nobody> and 3 < 4"


def test_colours_that_are_no_colours_are_not_written():
    trace = {"type": "bar", "x": ["a"], "y": [1], "marker": {"color": "url(https://example.org/x)"}}
    assert draw_figure({"data": [trace], "layout": {}}) is None


def test_long_names_wrap_and_stay_whole_at_both_widths():
    name = "An outlet with a remarkably long name, of which not one word may be cut or hidden " * 2
    trace = {"type": "bar", "orientation": "h", "x": [3, 1], "y": [name, "short"]}
    for width in (WIDE, NARROW):
        svg = draw([trace], width)
        (text,) = [text for text in svg.iter(f"{SVG}text") if "remarkably" in "".join(text.itertext())]
        assert "".join("".join(text.itertext()).split()) == "".join(name.split())
        assert len(text.findall(f"{SVG}tspan")) >= 2


def test_a_word_wider_than_its_place_is_broken_and_nothing_of_it_is_lost():
    lines = wrap_lines(read_label("Donaudampfschifffahrtsgesellschaft"), 80)
    assert len(lines) > 2 and block_width(lines) <= 80
    assert "".join(run.text for line in lines for run in line) == "Donaudampfschifffahrtsgesellschaft"


def test_labels_of_rows_do_not_overlap():
    names_of_rows = [f"row {n} " + "with a long name that wraps " * 3 for n in range(12)]
    trace = {"type": "bar", "orientation": "h", "x": list(range(1, 13)), "y": names_of_rows}
    for width in (WIDE, NARROW):
        reach = []
        for text in draw([trace], width, height=200).iter(f"{SVG}text"):
            if "".join(text.itertext()).startswith("row"):
                top = float(text.get("y"))
                reach.append((top, top + 13 * 1.3 * len(text.findall(f"{SVG}tspan"))))
        reach.sort()
        assert len(reach) == 12
        assert all(end < start for (_, end), (start, _) in pairwise(reach))


def test_days_on_an_axis_are_thinned_and_the_year_is_written_where_it_changes():
    days = [date(2024, month, 1).isoformat() for month in range(1, 13)] + ["2025-06-01"]
    trace = {"type": "scatter", "mode": "markers", "x": days, "y": [1] * len(days)}
    ticks = [text for text in written(draw([trace], xaxis={"tickformat": "%-d %b\n%Y"})) if " " in text]
    said = [text for text in ticks if text.startswith("1 ")]
    assert 3 <= len(said) <= 12
    assert [text[-4:] for text in said if text[-4:].isdigit()] == ["2024", "2025"]


def test_numbers_and_days_are_written_by_plotlys_patterns():
    assert [format_number(1234.5, each) for each in (",d", ".1f", "")] == ["1,234", "1234.5", "1234.5"]
    assert format_number(0.256, ".0%") == "26%" and format_number(-0.5, "+.1f") == "−0.5"
    assert format_day(0, "%-d %B %Y") == "1 January 1970"
    assert can_format(",d") and can_format("%b %Y") and not can_format("%Q") and not can_format("$,.2f|x")
    assert fill_template("%{x}: %{y}<extra></extra>", {"x": "a<br>b", "y": 2}) == "a b: 2"


def test_packed_numbers_are_read():
    packed = {"dtype": "f8", "bdata": base64.b64encode(struct.pack("<3d", 1, 2, 4)).decode()}
    widths = [
        bar["width"]
        for bar in bars(draw([{"type": "bar", "orientation": "h", "x": packed, "y": ["a", "b", "c"]}]))
    ]
    assert widths[2] == pytest.approx(4 * widths[0], abs=0.02)


@pytest.mark.parametrize(
    ("data", "layout"),
    [
        ([{"type": "pie", "values": [1]}], {}),
        ([{"type": "heatmap", "z": [[1]]}], {}),
        ([{"type": "scatter", "x": [1], "y": [1], "fill": "tozeroy"}], {}),
        ([{"type": "scatter", "x": [1], "y": [1], "marker": {"color": [1], "colorscale": "Viridis"}}], {}),
        ([{"type": "bar", "x": ["a"], "y": [1]}], {"annotations": [{"text": "here", "x": 0, "y": 1}]}),
        ([{"type": "bar", "x": ["a"], "y": [1]}], {"yaxis": {"type": "log"}}),
        ([{"type": "bar", "x": ["a"], "y": [1]}], {"sliders": [{}]}),
        ([{"type": "bar", "x": [["a"], ["b"]], "y": [1]}], {}),
        ([], {}),
    ],
)
def test_what_is_not_drawn_is_left_to_plotly(data, layout):
    assert draw_figure({"data": data, "layout": layout}) is None
    assert draw_picture({"data": data, "layout": layout}) == ""


def test_every_chart_of_ours_is_drawn_with_each_of_its_marks():
    tables = make_tables()
    plots = [getattr(charts, name) for name in charts.__all__ if name.startswith("plot_")]
    made = [plot(tables) for plot in plots]
    figures = [json.loads(chart.figure.to_json()) for chart in made if chart.figure is not None]
    assert len(figures) >= 8
    for figure in figures:
        for width in (WIDE, NARROW):
            svg = etree.fromstring(draw_figure(figure, width=width).encode())
            assert svg.get("role") == "group" and svg.get("aria-label").startswith("Chart. ")
            assert marks(svg) and all(names(svg))
        assert etree.fromstring(draw_picture(figure).encode()).get("aria-hidden") == "true"


def test_panels_share_their_axis_and_keep_their_titles():
    from plotly.subplots import make_subplots

    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, subplot_titles=["First", "Second"])
    figure.add_scatter(x=["2025-01-01", "2025-03-01"], y=[1, 2], mode="markers", row=1, col=1)
    figure.add_scatter(x=["2025-02-01"], y=[5], mode="markers", row=2, col=1)
    svg = etree.fromstring(draw_figure(json.loads(figure.to_json())).encode())
    (a, high), (b, _), (middle, low) = dots(svg)
    assert a < middle < b and low > high
    assert {"First", "Second"} <= set(written(svg))


def test_a_drawing_has_no_colour_of_its_own_for_words_and_reads_no_script():
    drawn = draw_figure({"data": [{"type": "bar", "x": ["a"], "y": [1]}], "layout": {}})
    assert "<script" not in drawn and "style=" not in drawn
    style = (Path(draw_figure.__code__.co_filename).parents[1] / "figures.css").read_text(encoding="utf-8")
    assert "fill: var(--page-ink)" in style and "stroke: var(--page-line)" in style


VALUES = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
LABELS = st.text(max_size=40)
DAYS = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat)


@st.composite
def small_figures(draw_from) -> dict:
    size = draw_from(st.integers(1, 6))

    def many(each):
        return draw_from(st.lists(each, min_size=size, max_size=size))

    traces = []
    for _ in range(draw_from(st.integers(1, 3))):
        if draw_from(st.booleans()):
            lying = draw_from(st.booleans())
            values, labels = many(st.one_of(st.none(), VALUES)), many(LABELS)
            sides = {"x": values, "y": labels} if lying else {"x": labels, "y": values}
            traces.append({"type": "bar", "orientation": "h" if lying else "v", **sides})
        else:
            mode = draw_from(st.sampled_from(["markers", "lines+markers", "markers+text"]))
            places = many(draw_from(st.sampled_from([VALUES, LABELS, DAYS])))
            values = many(st.one_of(st.none(), VALUES))
            traces.append({"type": "scatter", "mode": mode, "x": places, "y": values})
        traces[-1] |= {"name": draw_from(LABELS), "text": many(LABELS)}
    return {"data": traces, "layout": {"barmode": draw_from(st.sampled_from(["group", "stack", "relative"]))}}


@settings(max_examples=120)
@given(figure=small_figures(), width=st.sampled_from([WIDE, NARROW]))
def test_any_small_figure_is_drawn_within_its_frame_and_twice_the_same(figure, width):
    drawn = draw_figure(figure, width=width)
    if drawn is None:
        assert any(trace["type"] == "bar" for trace in figure["data"]), "only bars along an axis of names"
        return
    assert drawn == draw_figure(json.loads(json.dumps(figure)), width=width)
    assert (
        "nan" not in drawn.replace("&", "").lower().split("aria-label")[0]
        and "inf" not in drawn.split("viewBox")[1][:40]
    )
    svg = etree.fromstring(drawn.encode())
    _, _, wide, high = map(float, svg.get("viewBox").split())
    for node in marks(svg):
        if node.get("cx"):
            assert 0 <= float(node.get("cx")) <= wide and 0 <= float(node.get("cy")) <= high
        elif node.get("width"):
            assert (
                float(node.get("x")) >= -0.01
                and float(node.get("x")) + float(node.get("width")) <= wide + 0.01
            )
            assert (
                float(node.get("y")) >= -0.01
                and float(node.get("y")) + float(node.get("height")) <= high + 0.01
            )


def test_plotlys_own_defaults_do_not_change_the_drawing_of_a_users_figure():
    figure = json.loads(go.Figure(go.Bar(x=["a", "b"], y=[1, 2]), layout_title_text="Mine").to_json())
    svg = etree.fromstring(draw_figure(figure).encode())
    assert names(svg) == ["a, 1", "b, 2"] and "Mine" in written(svg)
