"""The story view in Chromium: an exported page from disk with the network shut, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from browser import open_file
from test_browser_export import CONTRASTS
from test_story_view import HOSTILE

from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter

pytestmark = pytest.mark.browser

CELLS = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "from pathlib import Path\nimport analysis as an\nfrom test_story_view import extract_stories\n"
    "folder = Path('pages'); folder.mkdir()\ntables = extract_stories(folder)",
    "an.show_story(tables)",
    "an.show_story(tables, articles=['deal-herald', 'deal-gazette'], most_words=12)",
    "an.show_story(tables.select(outlets=['Example Herald']))",
)
LEFT, RIGHT = "Left article", "Right article"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("story")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    assert run_notebook(nb, folder=folder, timeout=300, progress=print) is None
    page = folder / "page.html"
    page.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    return page


def statement(view) -> str:
    return view.locator("output.fl-statement").inner_text()


def section(view, title: str):
    return view.get_by_role("group", name=title)


def row_of(view, label: str):
    button = view.page.get_by_role("button", name=label, exact=True)
    return view.locator(".fl-story-row").filter(has=button)


def test_two_tellings_stand_side_by_side(opened):
    view = opened.view("story")
    assert statement(view).startswith("Example Herald and Example Post: ")
    heads = view.locator(".fl-teller").all_inner_texts()
    assert "Ana Ruiz" in heads[0] and "207 words" in heads[0] and "10 July 2025" in heads[0]
    assert "Ben Lind" in heads[1]
    assert "Why one story: " in view.inner_text()
    headlines = section(view, "Headline").locator(".fl-told").all_inner_texts()
    assert "Britain and France agree pilot returns deal" in headlines[0]
    assert HOSTILE in headlines[1]
    philp = row_of(section(view, "Who is quoted"), "Chris Philp").inner_text()
    assert "only in Example Post" in philp
    assert "not found" in philp
    assert "in both" in row_of(section(view, "Who is quoted"), "Keir Starmer").inner_text()
    assert "sentences are in this page" in view.inner_text()


def test_a_story_and_its_articles_are_chosen(opened):
    view = opened.view("story")
    pick = view.get_by_label("Story", exact=True)
    pick.select_option(label=pick.locator("option").nth(1).inner_text())
    assert statement(view).startswith("Example Herald and Example ")
    view.get_by_label(RIGHT).select_option("hotel-post")
    assert statement(view).startswith("Example Herald and Example Post: ")
    # The article of the other side is exchanged with this one.
    view.get_by_label(LEFT).select_option("hotel-post")
    assert statement(view).startswith("Example Post and Example Herald: ")
    assert view.get_by_label(RIGHT).input_value() == "hotel-herald"
    assert "Joyce Penhale" in section(view, "Who is quoted").inner_text()


def test_only_what_differs_is_shown_and_evidence_opens_by_keyboard(opened):
    page, view = opened.page, opened.view("story")
    both = statement(view)
    view.get_by_label("Only what differs").focus()
    page.keyboard.press("Space")
    assert statement(view) == both.replace(".", ". Only what differs is shown.")
    assert view.locator(".fl-where", has_text="in both").count() == 0
    page.keyboard.press("Space")
    assert statement(view) == both
    label = section(view, "Terms").get_by_role("button", name="illegal migrants", exact=True)
    label.focus()
    page.keyboard.press("Enter")
    assert label.get_attribute("aria-expanded") == "true"
    told = row_of(section(view, "Terms"), "illegal migrants").locator(".fl-story-told")
    # After a boat, which browsers count as two, the mark stands where it should.
    assert set(told.locator("mark").all_inner_texts()) == {"illegal migrants"}
    assert "Not found." in told.inner_text()
    page.keyboard.press("Enter")
    assert label.get_attribute("aria-expanded") == "false"
    assert not told.is_visible()


def test_changes_in_shared_passages_are_marked_and_cut_ones_say_so(opened):
    view = opened.view("story")
    passages = section(view, "Passages shared")
    assert "Passage 1 of " in passages.inner_text()
    assert "small boat arrivals" in " ".join(passages.locator("del").all_inner_texts())
    assert "illegal migrants" in " ".join(passages.locator("ins").all_inner_texts())
    copied = section(opened.view("story", 1), "Passages shared").inner_text()
    assert "word for word" in copied
    assert "words left out]" in copied
    assert "chosen by their ids" in opened.view("story", 1).inner_text()
    closest = opened.view("story", 2).inner_text()
    assert "No two articles here are found to tell one story. Set side by side all the same" in closest
    assert "have in common" in closest
    assert "Why one story" not in closest


def test_hostile_text_is_letters(opened):
    assert opened.page.locator("img").count() == 0
    assert HOSTILE in opened.view("story").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_is_legible_and_each_cell_says_whose_it_is(browser, exported, scheme):
    with open_file(browser, exported, viewport={"width": 375, "height": 800}, color_scheme=scheme) as watched:
        quoted = section(watched.view("story"), "Who is quoted")
        quoted.get_by_role("button", name="Keir Starmer", exact=True).click()
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 375
        cells = row_of(quoted, "Keir Starmer").locator("> .fl-told").all_inner_texts()
        assert [cell.split(":")[0] for cell in cells] == ["Example Herald", "Example Post"]
        ratios = watched.page.evaluate(CONTRASTS)
        assert (watched.requests, watched.complaints) == ([], [])
    assert len(ratios) > 50
    assert [(round(ratio, 1), text) for ratio, text in ratios if ratio < 4.5] == []
