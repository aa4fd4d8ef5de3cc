"""The page around the views in Chromium: contents, the switch for code, copying, printing, no JavaScript."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import open_file
from pypdf import PdfReader

from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter

pytestmark = pytest.mark.browser

START = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "import pandas as pd\nimport analysis as an\nfrom made_tables import make_tables\n"
    "from analysis.views import charts, evidence\nfrom analysis.views.explorer import Explorer\n"
    "tables = make_tables()"
)
SECTIONS = (
    ("What was found?", "charts.plot_frames(tables)"),
    (
        "Which rows are there?",
        "note, file = 'A long remark on the rain. ' * 9, 'a_name_without_any_gap_' * 6\n"
        "rows = pd.DataFrame([{'town': f'Town number {n}', 'note': note, 'file': file} for n in range(90)])\n"
        "an.show_table(rows, 'Ninety towns', most=90)",
    ),
    (
        "Who says so?",
        "found = evidence.frame_evidence(tables)\n"
        "Explorer(found, dimensions=['frame', 'voice'], unit='match').show('frame')",
    ),
    ("What this cannot tell you", "1 + 1"),
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """A page with a chart, a long and wide table, and views."""
    folder = tmp_path_factory.mktemp("page")
    nb = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Where does it rain?\n\nA question.")]
    )
    nb.cells.append(nbformat.v4.new_code_cell(START))
    for heading, source in SECTIONS:
        nb.cells += [nbformat.v4.new_markdown_cell(f"## {heading}"), nbformat.v4.new_code_cell(source)]
    assert run_notebook(nb, folder=folder, timeout=300, progress=print) is None
    page = folder / "page.html"
    page.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    return page


@pytest.fixture
def scriptless(browser: Any, exported: Path) -> Iterator[Any]:
    """The page in a browser that has JavaScript switched off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(exported.as_uri())
    yield page
    context.close()


def test_one_switch_opens_all_code_and_each_cell_still_opens_by_itself(opened):
    page = opened.page
    switch, cells = page.get_by_role("button", name="Show code"), page.locator("details.code")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.focus()
    page.keyboard.press("Enter")
    assert switch.get_attribute("aria-pressed") == "true"
    assert page.locator("details.code[open]").count() == cells.count() == len(SECTIONS) + 1
    cells.nth(1).locator("summary").click()
    assert page.locator("details.code[open]").count() == len(SECTIONS)
    switch.click()
    assert page.locator("details.code[open]").count() == 0


def test_contents_mark_the_section_that_is_read(opened):
    page = opened.page
    here = page.locator(".contents a[aria-current]")
    for heading in ("Who says so?", "Which rows are there?"):
        page.get_by_role("navigation").get_by_role("link", name=heading).click()
        page.wait_for_function(
            "words => document.querySelector('.contents a[aria-current]')?.textContent === words", arg=heading
        )
        assert here.all_inner_texts() == [heading]


def test_a_citation_is_copied_or_selected_and_said(opened):
    page = opened.page
    page.get_by_role("link", name="About this page").click()
    page.get_by_role("button", name="Copy the citation").click()
    told = page.locator(".about [role=status]").first
    page.wait_for_function("node => node.textContent", arg=told.element_handle())
    assert told.inner_text() in ("Copied.", "Selected: press Ctrl+C to copy.")
    page.get_by_text("BibTeX", exact=True).click()
    assert "@misc{where-does-it-rain" in page.locator("#framelines-bibtex").inner_text()


def test_the_page_hardly_shifts_while_its_views_are_drawn(browser, exported):
    with open_file(browser, exported, viewport={"width": 1280, "height": 900}) as watched:
        shift = watched.page.evaluate("""() => new Promise((done) => {
            let sum = 0;
            const add = (list) => list.getEntries().forEach((each) => { sum += each.value; });
            const observer = new PerformanceObserver(add);
            observer.observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
        })""")
    assert shift < 0.1


def test_without_javascript_views_say_what_is_missing_and_switches_are_hidden(scriptless):
    places = scriptless.locator("[data-framelines-view]")
    assert places.count() == 7
    for place in places.all():
        assert place.inner_text().endswith("this view needs JavaScript.")
        assert place.bounding_box()["height"] < 150
    assert scriptless.locator(".page button:visible, .about button:visible").count() == 0
    assert scriptless.get_by_text("Town number 89").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_printed_is_whole_and_black_on_white(browser, exported, scheme):
    with open_file(browser, exported, color_scheme=scheme) as watched:
        page = watched.page
        read = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
        page.emulate_media(media="print", color_scheme=scheme)
        colours = page.evaluate("""() => ["body", ".fl-view mark"].map((chosen) => {
            const style = getComputedStyle(document.querySelector(chosen));
            return [style.color, style.backgroundColor];
        })""")
    words = " ".join(read.split())
    for heading in (
        "Where does it rain?",
        *(heading for heading, _ in SECTIONS),
        "About this page",
        "How to cite",
    ):
        assert heading in words
    assert all(f"Town number {n} " in words for n in range(90))
    assert "Show code" not in words and "import analysis as an" not in words
    assert colours == [["rgb(0, 0, 0)", "rgb(255, 255, 255)"], ["rgb(28, 31, 35)", "rgb(255, 224, 138)"]]


def test_what_is_printed_fits_the_paper_and_holds_code_that_is_open(browser, exported):
    with open_file(browser, exported, viewport={"width": 1280, "height": 900}) as watched:
        page = watched.page
        page.locator("details.code summary").first.click()
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        assert "import analysis as an" in sheets[0].extract_text()
        assert "charts.plot_frames" not in "".join(sheet.extract_text() for sheet in sheets)
        # The browser shrinks a page that is wider than the paper: then its words would be smaller.
        page.set_viewport_size({"width": 680, "height": 900})
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 680
