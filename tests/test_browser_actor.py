"""The actor view in Chromium: in an exported page from disk with the network shut, and live in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import open_file
from lab import write_cells
from test_actor_view import HOSTILE, build
from test_browser_export import CONTRASTS

from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter

pytestmark = pytest.mark.browser

CELLS = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "import analysis as an\nfrom test_actor_view import build\n"
    "loose = [dict(row, actor_id=None, speaker='harbour official', speaker_text='an official')\n"
    "         for row in build().reported.to_dict('records')]\n"
    "tables = build(articles=30, reported=build(30).reported.to_dict('records') + loose[:2])",
    "an.show_actor(tables)",
    "an.show_actor(tables, 'Si Lent')",
    "an.show_actor(build(quotes=[], reported=[]))",
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("actor")
    nb = write_cells(folder / "actor.ipynb", CELLS)
    assert run_notebook(nb, folder=folder, timeout=300, progress=print) is None
    page = folder / "page.html"
    page.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    return page


def statement(view) -> str:
    return view.locator(".fl-statement").inner_text()


def test_most_quoted_actor_is_read_in_order_of_date(opened):
    view = opened.view("actor")
    assert statement(view) == "Ana Ruiz: 30 quotations and 30 reported statements in 30 of 30 articles."
    items = view.locator("li.fl-evidence")
    assert items.count() == 25
    first = items.first
    assert first.locator("mark").all_inner_texts() == [
        f"We need boats 🚢 now. They {HOSTILE} float.", "and soon",
    ]  # fmt: skip
    text = first.inner_text()
    assert text.startswith("Quotation 3 January 2025 · Example Post")
    start = build().quotes["start"].iloc[0]
    assert f"Article p.txt#11, characters {start}–" in text
    assert "Named as Ana Ruiz" in text
    assert "Role Harbour Minister" in text
    for label in ("Show 25 more of 35", "Show 10 more of 10"):
        view.get_by_role("button", name=label).click()
    kinds = view.locator(".fl-said").all_inner_texts()
    assert (kinds.count("Quotation"), kinds.count("Reported speech")) == (30, 30)
    assert "publication date not stated" in items.last.inner_text()


def test_profile_tells_roles_and_names(opened):
    profile = opened.view("actor").locator(".fl-actor").inner_text()
    for words in ("Harbour Minister × 30", "Mayor", "Ana Ruiz × 30", "not stated"):
        assert words in profile


def test_an_actor_is_picked_by_keyboard(opened):
    page, view = opened.page, opened.view("actor")
    view.get_by_label("Find a name, role or party").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("ArrowDown")
    assert statement(view) == "harbour official: 0 quotations and 2 reported statements in 2 of 30 articles."
    assert view.locator("li.fl-evidence").count() == 2
    assert "grouped by the words" in view.locator(".fl-actor").inner_text()
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    # The list itself can be reached and scrolled.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "Attributed to harbour official, in order of date"
    )


def test_search_finds_by_alias_and_says_when_it_finds_nobody(opened):
    view = opened.view("actor")
    find = view.get_by_label("Find a name, role or party")
    find.fill("AN OFFICIAL")
    assert statement(view).startswith("harbour official: 0 quotations")
    assert view.get_by_label("Actor", exact=True).locator("option").count() == 1
    find.fill("no such person")
    assert "None of 2 speakers has “no such person”" in view.inner_text()
    find.fill("")
    assert view.get_by_label("Actor", exact=True).locator("option").count() == 2
    assert statement(view).startswith("harbour official"), "what was read stays until another is picked"


def test_actor_without_words_and_corpus_without_speakers_say_why(opened):
    assert "nothing that was said is attributed to this actor" in opened.view("actor", 1).inner_text()
    assert "Nothing in 3 articles is attributed to anybody" in opened.view("actor", 2).inner_text()


def test_hostile_text_is_letters(opened):
    assert opened.page.locator("img").count() == 0
    assert HOSTILE in opened.view("actor").inner_text()
    assert opened.page.evaluate("window.ran ?? null") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_page_is_legible_and_does_not_scroll_sideways(browser, exported, scheme):
    with open_file(browser, exported, viewport={"width": 390, "height": 800}, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390
        ratios = watched.page.evaluate(CONTRASTS)
    assert len(ratios) > 50
    assert [(round(ratio, 1), text) for ratio, text in ratios if ratio < 4.5] == []
