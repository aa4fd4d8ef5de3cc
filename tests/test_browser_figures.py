"""The charts of an exported page in Chromium: keys, tooltip, a file of each, and what Plotly must draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import open_file
from lxml import etree
from made_tables import HOSTILE
from test_browser_export import START, write_page

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = (
    START,
    "charts.plot_frames(tables)",
    "charts.plot_timeline(tables)",
    "charts.plot_frames_by_outlet(tables)",
)
OTHERS = (
    "import plotly.graph_objects as go",
    "go.Figure(go.Pie(values=[3, 1], labels=['narration', 'quotation']), layout_title_text='Voices')",
    f"go.Figure(go.Bar(x=[{HOSTILE!r}, 'plain'], y=[1, 2], name={HOSTILE!r}), layout_title_text='Mine')",
)
NAME = "el => el.getAttribute('aria-label')"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """A page whose charts are all drawn."""
    return write_page(tmp_path_factory.mktemp("drawn"), CHARTS)


def focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def save(page, box) -> tuple[str, etree._Element]:
    with page.expect_download() as got:
        box.get_by_role("button", name="Download as SVG").click()
    return got.value.suggested_filename, etree.fromstring(Path(got.value.path()).read_bytes())


def test_a_chart_is_one_tab_stop_whose_marks_are_walked_with_arrow_keys(opened):
    page = opened.page
    chart = page.get_by_role("group", name="Chart. Articles in which a frame is found")
    marks = chart.get_by_role("img")
    names = [marks.nth(n).evaluate(NAME) for n in range(marks.count())]
    assert len(names) >= 2
    assert chart.evaluate("el => el.querySelectorAll('[tabindex=\"0\"]').length") == 1
    page.get_by_role("button", name="Download as SVG: Articles in which a frame is found").focus()
    page.keyboard.press("Shift+Tab")
    walked = [focused(page)]
    for _ in names[1:]:
        page.keyboard.press("ArrowDown")
        walked.append(focused(page))
    assert walked == names, "bars from top to bottom"
    page.keyboard.press("ArrowDown")
    assert focused(page) == names[-1], "the walk ends at the last mark"
    page.keyboard.press("Home")
    assert focused(page) == names[0]
    page.keyboard.press("End")
    assert focused(page) == names[-1]
    page.keyboard.press("Tab")
    assert focused(page) == "Download as SVG: Articles in which a frame is found"
    assert chart.evaluate(NAME).endswith(f"{len(names)} marks; the arrow keys move from one to the next.")


def test_tooltip_says_what_a_mark_says_and_goes_with_escape(opened):
    page = opened.page
    tip = page.locator(".framelines-tip")
    mark = page.get_by_role("group", name="Chart. Articles in which").get_by_role("img").first
    mark.hover()
    tip.wait_for(state="visible")
    assert tip.inner_text() == mark.evaluate(NAME)
    tip.hover()
    assert tip.is_visible(), "the pointer may rest on the words"
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    mark.focus()
    assert tip.inner_text() == mark.evaluate(NAME) and tip.is_visible()
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    assert focused(page) == mark.evaluate(NAME), "the mark keeps the focus"


def test_a_chart_is_kept_as_a_file_of_its_own(opened):
    box = opened.page.locator(".framelines-figure").first
    name, svg = save(opened.page, box)
    assert name == "articles-in-which-a-frame-is-found.svg"
    assert svg.tag == f"{SVG}svg" and svg.get("viewBox").startswith("0 0 880 ")
    assert svg.findtext(f"{SVG}title") == "Articles in which a frame is found"
    assert svg.findtext(f"{SVG}desc").startswith("Of 4 articles, 4 have words of the frame")
    assert "var(" not in etree.tostring(svg, encoding="unicode")
    assert svg.find(f"{SVG}rect").get("fill") == "#fff" and svg.get("fill") == "#1c1f23"
    assert not svg.xpath("//*[@tabindex]")


def test_one_of_two_drawings_is_shown_and_it_fits_its_place(browser, exported):
    for width, size in ((1280, "wide"), (390, "narrow")):
        with open_file(browser, exported, viewport={"width": width, "height": 800}) as watched:
            page = watched.page
            assert page.locator(".framelines-drawn:visible").count() == len(CHARTS) - 1
            assert page.locator(f".framelines-drawn.{size}:visible").count() == len(CHARTS) - 1
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            outside = page.evaluate(
                """() => [...document.querySelectorAll(".framelines-drawn svg")].flatMap((svg) => {
                  const own = svg.getBoundingClientRect();
                  return [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect())
                    .filter((box) => box.width && (box.left < own.left - 1 || box.right > own.right + 1));
                }).length"""
            )
            assert outside == 0, "no word is cut"
            assert (watched.requests, watched.complaints) == ([], [])


def test_charts_are_there_without_scripts_and_in_the_ink_of_the_theme(browser, exported):
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(exported.as_uri())
    assert page.get_by_role("group", name="Chart. Articles in which").get_by_role("img").count() >= 2
    context.close()
    inks = set()
    for scheme in ("light", "dark"):
        with open_file(browser, exported, color_scheme=scheme) as watched:
            words = watched.page.locator(".framelines-drawn.wide .words text").first
            inks.add(words.evaluate("el => getComputedStyle(el).fill"))
    assert len(inks) == 2


def test_what_is_not_drawn_is_left_to_plotly_and_kept_as_a_file_too(browser, tmp_path):
    path = write_page(tmp_path, OTHERS)
    with open_file(browser, path, viewport={"width": 1280, "height": 900}) as watched:
        page = watched.page
        boxes = page.locator(".framelines-figure")
        assert boxes.nth(0).locator(".pielayer .slice").count() == 2
        name, svg = save(page, boxes.nth(0))
        assert name == "voices.svg" and svg.findtext(f"{SVG}title") == "Voices"
        assert boxes.nth(1).locator(".framelines-drawing:visible").get_by_role("img").count() == 2
        name, svg = save(page, boxes.nth(1))
        assert name == "mine.svg" and HOSTILE[:8] in svg.xpath("string()")
        assert (watched.requests, watched.complaints) == ([], [])
