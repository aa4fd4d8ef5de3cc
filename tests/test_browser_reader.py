"""The side-by-side reader in Chromium: an exported page that holds evidence alone, and live in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import open_file
from lab import run_notebook_live, write_cells
from test_browser_export import CONTRASTS
from test_story_view import HOSTILE, SILENT

from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter
from analysis.views.sharing import EVIDENCE

pytestmark = pytest.mark.browser

START = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "from pathlib import Path\nimport analysis as an\nfrom test_story_view import extract_stories\n"
    "folder = Path('pages'); folder.mkdir()\ntables = extract_stories(folder)"
)
CELLS = (START, "an.show_reader(tables)", "an.show_reader(tables, ['hotel-post'], note='One alone.')")
LEFT, RIGHT = "Left article", "Right article"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("reader")
    nb = write_cells(folder / "reader.ipynb", CELLS)
    assert run_notebook(nb, folder=folder, timeout=300, progress=print, texts=EVIDENCE) is None
    page = folder / "page.html"
    page.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    return page


def body(view, side: str):
    return view.locator(f".fl-rd-{side}.fl-rd-body")


def marked(view, layer: str, side: str = "left") -> list[str]:
    return body(view, side).locator(f".fl-rd-{layer}").all_inner_texts()


def switch(view, layer: str) -> None:
    view.get_by_role("checkbox", name=layer).click()


def focused(opened) -> str:
    return opened.page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_two_articles_stand_side_by_side_with_what_is_left_out_said(opened, exported):
    view = opened.view("reader")
    assert view.locator(".fl-statement").inner_text().startswith("Example Herald and Example Post: ")
    left, right = body(view, "left"), body(view, "right")
    assert left.locator(".fl-rd-headline").inner_text() == "Britain and France agree pilot returns deal"
    assert "Ana Ruiz" in left.locator(".fl-teller").inner_text()
    assert HOSTILE in right.locator(".fl-rd-headline").inner_text()
    assert "sentences left out]" in left.inner_text()
    assert SILENT not in exported.read_text(encoding="utf-8")
    assert "travel with this page, those that carry a mark" in view.inner_text()
    assert "This is a groundbreaking deal that will break the gangs," in "".join(marked(view, "quotes"))
    assert "21,000" in marked(view, "figures")
    # After a boat, which browsers count as two, a mark stands where it should.
    assert set(marked(view, "terms", "right")) & {"illegal migrants"}


def test_layers_are_switched_and_counted(opened):
    view = opened.view("reader")
    before = body(view, "left").inner_text()
    quotes = view.get_by_role("checkbox", name="Quotes")
    counts = quotes.locator("xpath=..").inner_text()
    assert "1 of 2 | 2 of 3" in counts
    assert "1 of 2 in the left article, 2 of 3 in the right article" in counts
    for layer in ("Quotes", "Frames", "Figures", "Terms", "Events", "Shared"):
        assert body(view, "left").locator(".fl-rd-mark").count() > 0
        switch(view, layer)
    assert body(view, "left").locator(".fl-rd-mark").count() == 0
    assert body(view, "left").inner_text() == before
    view.get_by_role("button", name="Next mark").click()
    assert "No layer that is switched on has a mark here." in view.inner_text()
    switch(view, "Figures")
    assert body(view, "left").locator(".fl-rd-mark").count() == len(marked(view, "figures")) > 0
    assert marked(view, "quotes") == []


def test_marks_are_walked_by_keyboard_and_read_out(opened):
    page, view = opened.page, opened.view("reader")
    for layer in ("Quotes", "Figures", "Terms", "Events", "Shared"):
        switch(view, layer)
    own = body(view, "left").locator('.fl-rd-mark[tabindex="0"]')
    assert own.count() == body(view, "right").locator('.fl-rd-mark[tabindex="0"]').count() == 1
    own.focus()
    first = focused(opened)
    assert first.startswith("frame: ")
    assert "; journalist’s own words; “" in first
    page.keyboard.press("n")
    second = focused(opened)
    page.keyboard.press("ArrowRight")
    third = focused(opened)
    assert len({first, second, third}) == 3
    page.keyboard.press("ArrowLeft")
    assert focused(opened) == second
    page.keyboard.press("p")
    assert focused(opened) == first
    page.keyboard.press("End")
    page.keyboard.press("n")
    assert "right article: frame: " in view.locator(".fl-rd-told").inner_text()
    names = [each.get_attribute("aria-label") for each in body(view, "left").locator("[role=button]").all()]
    names += [each.get_attribute("aria-label") for each in body(view, "right").locator("[role=button]").all()]
    assert any("; quoted: " in name for name in names)
    # The buttons keep the focus, and say the mark.
    following = view.get_by_role("button", name="Next mark")
    following.focus()
    page.keyboard.press("Enter")
    assert focused(opened) is None
    assert view.locator(".fl-rd-told").get_attribute("aria-live") == "polite"
    assert view.locator("[aria-current=true]").count() == 1


def test_a_shared_passage_leads_to_the_other_side_and_back(opened):
    page, view = opened.page, opened.view("reader")
    for layer in ("Quotes", "Frames", "Figures", "Terms", "Events"):
        switch(view, layer)
    start = body(view, "left").locator(".fl-rd-mark[role=button]").first
    start.focus()
    name = focused(opened)
    assert name.startswith("shared passage: 1 of ")
    page.keyboard.press("Enter")
    other = focused(opened)
    assert other.split(";")[0] == name.split(";")[0]
    assert page.evaluate("document.activeElement.closest('.fl-rd-right') !== null")
    page.keyboard.press("Enter")
    assert focused(opened) == name
    start.click()
    assert focused(opened) == other
    for side, changed in (("left", "small boat arrivals"), ("right", "illegal migrants")):
        words = " ".join(marked(view, "shared", side))
        assert 10 < len(words.split()) <= 40
        assert changed not in words
        assert changed in body(view, side).inner_text()


def test_articles_are_found_chosen_swapped_and_left_out(opened):
    view = opened.view("reader")
    said = view.locator(".fl-statement")
    view.get_by_label("Find the left article by outlet, date or headline").fill("redcliff")
    pick = view.get_by_label(LEFT, exact=True)
    # What is read stays in the list.
    assert [each.split(",")[0] for each in pick.locator("option").all_inner_texts()] == [
        "Example Herald", "Example Herald", "Example Gazette",
    ]  # fmt: skip
    pick.select_option("hotel-gazette")
    assert said.inner_text().startswith("Example Gazette and Example Post: 0 passages shared.")
    view.get_by_role("button", name="Swap sides").click()
    assert said.inner_text().startswith("Example Post and Example Gazette: ")
    view.get_by_label(RIGHT, exact=True).select_option("")
    assert said.inner_text() == "Example Post alone."
    assert body(view, "right").is_hidden()
    alone = opened.view("reader", 1)
    assert "One alone." in alone.inner_text()
    assert alone.locator(".fl-statement").inner_text() == "Example Post alone."
    assert alone.get_by_role("button", name="Swap sides").is_disabled()


def test_layers_and_scroll_survive_a_redraw(opened):
    view = opened.view("reader")
    left = body(view, "left")
    left.evaluate("(box) => { box.style.maxHeight = '260px'; box.scrollTop = 120; }")
    opened.page.wait_for_function("document.querySelector('.fl-rd-left.fl-rd-body').scrollTop === 120")
    switch(view, "Events")
    assert left.evaluate("(box) => box.scrollTop") == 120
    pick = view.get_by_label(LEFT, exact=True)
    pick.select_option("hotel-herald")
    pick.select_option("deal-herald")
    opened.page.wait_for_function("document.querySelector('.fl-rd-left.fl-rd-body').scrollTop === 120")
    assert not view.get_by_role("checkbox", name="Events").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_and_a_narrow_page_does_not_scroll_sideways(browser, exported, scheme):
    with open_file(browser, exported, viewport={"width": 390, "height": 800}, color_scheme=scheme) as watched:
        page = watched.page
        ratios = page.evaluate(CONTRASTS)
        assert len(ratios) > 20
        assert [(round(ratio, 1), text) for ratio, text in ratios if ratio < 4.5] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        tops = [body(watched.view("reader"), side).bounding_box()["y"] for side in ("left", "right")]
        assert tops[0] < tops[1]
        page.emulate_media(media="print")
        box = body(watched.view("reader"), "left")
        assert box.evaluate("(node) => node.scrollHeight - node.clientHeight") <= 1
        assert (watched.requests, watched.complaints) == ([], [])


@pytest.mark.timeout(400)
def test_a_live_reader_has_the_whole_text_from_the_kernel(browser, lab):
    notebook = lab.make_folder("reader") / "reader.ipynb"
    write_cells(notebook, (START, "an.show_reader(tables)"))
    with run_notebook_live(browser, lab, notebook) as page:
        left = page.locator(".fl-rd-left.fl-rd-body")
        left.get_by_text(SILENT).wait_for()
        page.get_by_text("Example Herald and Example Post: 1 passage shared.").wait_for()
        assert page.get_by_text("sentences left out]").count() == 0
        assert "Whole articles, read from the kernel" in page.locator(".fl-view-reader").inner_text()
        page.get_by_label(LEFT, exact=True).select_option("hotel-gazette")
        left.get_by_text("a night.").wait_for()
        page.locator(".fl-rd-shared").first.wait_for(state="attached")
