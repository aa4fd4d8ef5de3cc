"""The view of keyness in Chromium: in an exported page with the network shut, and live in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import open_file
from lab import run_notebook_live, write_cells
from test_browser_export import CONTRASTS
from test_keyness_view import HOSTILE

from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter

pytestmark = pytest.mark.browser

START = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "import analysis as an\nfrom test_keyness_view import build"
)
TESTED = "view = an.show_keyness(build((12, 12, 3)), units=('word', 'frame'), top=30, permutations=200)\nview"
CELLS = (
    START,
    TESTED,
    "an.show_keyness(build((3, 2)), units=('word',))",
    "an.show_keyness(build((8, 8), differ=False), units=('frame',), permutations=200)",
    "an.show_keyness(build((4,)))",
)
SEEN = (
    "import ipywidgets\nseen = ipywidgets.Label()\nipywidgets.link((view, 'feature'), (seen, 'value'))\nseen"
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("keyness")
    nb = write_cells(folder / "keyness.ipynb", CELLS)
    assert run_notebook(nb, folder=folder, timeout=300, progress=print) is None
    page = folder / "page.html"
    page.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    return page


def features(view) -> list[str]:
    return view.locator(".fl-key-feature").all_inner_texts()


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    )


def test_a_word_is_reached_by_keyboard_and_its_sentences_are_read(opened):
    page, view = opened.page, opened.view("keyness")
    view.get_by_label("Comparison", exact=True).select_option("Example Herald and Example Post")
    said = view.locator(".fl-statement").inner_text()
    assert said.startswith("Example Herald and Example Post: 12 and 12 articles.")
    table = view.get_by_role("table", name="Words, Example Herald and Example Post")
    row = table.get_by_role("row", name="crackdown")
    assert "10 of 12 articles" in row.inner_text()
    assert "0 of 12 articles" in row.inner_text()
    assert row.locator(".fl-key-more").inner_text().endswith("Example Herald")
    assert row.locator(".fl-key-line").count() == 1

    view.get_by_label("Find in the words").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    assert focused(page) == features(view)[-1]
    page.keyboard.press("Home")
    while focused(page) != "crackdown":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert focused(page) == "crackdown", "the focus stays where it was"
    assert view.locator(".fl-key-title strong").inner_text() == "crackdown"
    first = view.get_by_role("list", name="crackdown: sentences, Example Herald")
    assert first.evaluate("list => list.scrollHeight <= list.clientHeight"), "no sentence is out of sight"
    assert set(first.locator("mark").all_inner_texts()) == {"crackdown"}
    assert "6 of 26 sentences" in view.locator(".fl-key-said").first.inner_text()
    assert "none of 12 articles says it" in view.locator(".fl-key-said").nth(1).inner_text()
    assert (
        view.locator("p[role=status]")
        .inner_text()
        .endswith("Read below is “crackdown”: 6 of 26 sentences of Example Herald, none of Example Post.")
    )


def test_dots_are_articles_and_one_of_them_is_read_alone(opened):
    page, view = opened.page, opened.view("keyness")
    view.get_by_label("Comparison", exact=True).select_option("Example Herald and Example Post")
    view.get_by_role("button", name="crackdown", exact=True).click()
    dots = view.locator(".fl-key-dot")
    assert dots.count() == 24
    assert view.locator(".fl-key-dot[tabindex='0']").count() == 1
    assert view.locator(".fl-key-none").count() == 14
    said = {dot.get_attribute("aria-label") for dot in dots.all()}
    assert f"Example Herald, 1 January 2025: Story 0 {HOSTILE}, 2 uses in 25 words" in said

    view.locator(".fl-key-dot[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    assert focused(page).endswith("0 uses in 23 words")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Example Post")
    page.keyboard.press("ArrowUp")
    view.locator(".fl-key-dots").first.locator(".fl-key-dot:not(.fl-key-none)").first.focus()
    page.keyboard.press("Enter")
    assert view.locator(".fl-key-dot[aria-pressed='true']").count() == 1
    assert "Reading one article: Example Herald" in view.inner_text()
    assert view.locator(".fl-key-said").count() == 1
    held = view.locator(".fl-key-said li").count()
    assert held <= 2
    view.get_by_role("button", name="Read all again").click()
    assert view.locator(".fl-key-said").count() == 2

    view.get_by_text("The dots as a table").click()
    rows = view.locator(".fl-key-articles tbody tr")
    rows.last.wait_for()
    assert rows.count() == 24
    rows.first.get_by_role("button").click()
    assert rows.first.get_by_role("button").get_attribute("aria-pressed") == "true"
    # Another comparison keeps what is read, where it has it.
    view.get_by_label("Comparison", exact=True).select_option("Example Herald and all others")
    assert view.locator(".fl-key-title strong").inner_text() == "crackdown"


def test_filters_and_units_say_what_is_left(opened):
    view = opened.view("keyness")
    everything = len(features(view))
    view.get_by_label("Show", exact=True).select_option("distinctive")
    assert 0 < len(features(view)) < everything
    assert view.get_by_text("not distinctive", exact=True).count() == 0
    view.get_by_label("Find in the words").fill("CRACK")
    assert features(view) == ["crackdown"]
    view.get_by_label("Find in the words").fill("no such word")
    assert features(view) == []
    assert "has “no such word” in it" in view.inner_text()
    view.get_by_role("button", name="Show all that are listed").click()
    assert len(features(view)) == everything
    view.get_by_label("Compare by").select_option("frame")
    assert sorted(features(view)) == ["Crackdown", "Harbour"]


def test_too_few_articles_and_no_difference_are_said_and_never_tested(opened):
    few, same, alone = (opened.view("keyness", number) for number in (1, 2, 3))
    assert (
        "too few articles to test (3 and 2; 4 a side are needed)" in few.locator(".fl-statement").inner_text()
    )
    assert few.get_by_label("Show", exact=True).is_hidden()
    assert few.locator(".fl-key-odds, .fl-key-q").count() == 0
    assert few.locator(".fl-key-dot").count() == 5
    assert few.locator(".fl-key-said mark").count() > 0
    assert "(that is a result)" in same.inner_text() or "Nothing is tested" in same.inner_text()
    assert "All 4 articles have one source by outlet" in alone.inner_text()


def test_hostile_text_is_letters(opened):
    view = opened.view("keyness")
    view.get_by_label("Comparison", exact=True).select_option(f"Example Herald and {HOSTILE}")
    assert f"Example Herald and {HOSTILE}: too few articles" in view.inner_text()
    view.get_by_role("button", name="traders", exact=True).click()
    assert f"Traders {HOSTILE} wait." in view.locator(".fl-key-said").nth(1).inner_text()
    assert opened.page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_page_is_legible_and_does_not_scroll_sideways(browser, exported, scheme):
    with open_file(browser, exported, viewport={"width": 375, "height": 800}, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 375
        table = watched.view("keyness").get_by_role("table").first
        assert table.get_by_role("rowheader").count() == len(features(watched.view("keyness")))
        ratios = watched.page.evaluate(CONTRASTS)
    assert len(ratios) > 50
    assert [(round(ratio, 1), text) for ratio, text in ratios if ratio < 4.5] == []


@pytest.mark.timeout(400)
def test_keyness_answers_in_jupyterlab(browser, lab):
    notebook = lab.make_folder("keyness") / "keyness.ipynb"
    write_cells(notebook, (START, "view = an.show_keyness(build((5, 5, 1)), units='word')\nview", SEEN))
    with run_notebook_live(browser, lab, notebook) as page:
        view = page.locator(".fl-view-keyness").first
        view.locator(".fl-key-feature").first.wait_for()
        view.get_by_label("Comparison", exact=True).select_option("Example Herald and Example Post")
        view.get_by_role("button", name="safety", exact=True).click()
        assert set(view.locator(".fl-key-said mark").all_inner_texts()) == {"safety"}
        assert view.locator(".fl-key-dot").count() == 10
        page.locator(".widget-label", has_text="safety").wait_for()
