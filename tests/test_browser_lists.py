"""The lists in an exported page: counts, dots, sentences, words in context, and what survives a redraw."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from browser import SETTLED, open_file
from test_browser_export import write_page

from analysis.views.explorer import Explorer

pytestmark = pytest.mark.browser

OUTLETS = 16  # of which 12 have a column and a symbol
FRAMES = 30
LEFT_OUT = "[a sentence left out: it does not travel with this page]"
WORDS = ("border", "harbour", "Éclair", "asylum")
MANY = """
import pandas as pd
from test_browser_lists import make_many, make_few
from analysis.views.explorer import Explorer
import ipywidgets as widgets
many = Explorer(make_many(), dimensions=["frame", "voice"], unit="frame match")
widgets.VBox([many.filters(), many.counts("frame", "outlet"), many.articles(colour="outlet"),
              many.sentences(), many.contexts()])
"""
FEW = """
few = Explorer(make_few(), dimensions=["topic"], unit="match")
widgets.VBox([few.filters(), widgets.Tab([few.sentences(), few.contexts(width=20), few.counts("topic")],
                                         titles=["Read", "Words", "Topics"])])
"""
START = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})"


def row(article: str, outlet: str, day: str | None, sentence: str, match: str, **more: object) -> dict:
    start = sentence.index(match)
    return {
        "article_id": article, "outlet": outlet, "headline": f"On {article}", "published_earliest": day,
        "published_latest": day, "sentence": sentence, "match_start": start, "match_end": start + len(match),
        "before": None, "after": None, "date_earliest": day, "date_latest": day, **more,
    }  # fmt: skip


def make_many() -> pd.DataFrame:
    """One to three rows for each of 30 frames in each of 16 outlets, which have four articles each."""
    rows = []
    for outlet in range(OUTLETS):
        for frame in range(FRAMES):
            for copy in range(1 + (outlet + frame) % 3):
                words = WORDS[(outlet + frame + copy) % len(WORDS)]
                text = f"Number {outlet} of {frame} on the {words} plan and its {words} cost, part {copy}."
                about = {"frame": f"Frame {frame:02d}", "voice": "narration" if copy else "quotation"}
                article, day = f"a{outlet}-{frame % 4}", f"2025-01-{1 + frame:02d}"
                rows.append(row(article, f"Outlet {outlet:02d}", day, text, words, **about))
    return pd.DataFrame(rows)


def make_few() -> pd.DataFrame:
    """Four rows whose order by right, left, words, outlet and date is known by heart."""
    same = "The zebra plan costs more than the apple plan."
    return pd.DataFrame([
        row("b", "Post", "2025-03-01", same, "zebra plan", topic="cost",
            before="It began.", after="An undated small boat came."),
        row("b", "Post", "2025-03-01", same, "apple plan", topic="cost"),
        row("a", "Herald", "2025-01-01", "“Élan and small boats” was a title.", "small boats", topic="title"),
        row("c", "Courier", None, "An undated small boat came.", "small boat", topic="title"),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("lists"), (START, MANY, FEW))


def search(opened, words: str, number: int = 0) -> None:
    opened.view("filters", number).get_by_label("Search the sentences").fill(words)


def said(view) -> str:
    return view.locator(".fl-statement").inner_text()


def lines(view) -> list[str]:
    shown = view.locator(".fl-context").all()
    cells = [[each.locator("td").nth(at).inner_text().strip() for at in range(3)] for each in shown]
    return [" ".join(filter(None, each)) for each in cells]


def test_others_sum_what_has_no_cell_of_its_own(opened):
    view, data = opened.view("counts"), make_many()
    heads = view.locator("thead th").all_inner_texts()
    assert len(heads) == 1 + 12 + 1 + 1
    assert heads[-2:] == [f"Others ({OUTLETS - 12})", "All"]
    assert view.locator("tbody tr").count() == 25 + 1
    own = {head for head in heads if head.startswith("Outlet ")}
    first = view.locator("tbody tr").first
    frame = first.locator("th").inner_text()
    of_frame = data[data["frame"] == frame]
    rest = (~of_frame["outlet"].isin(own)).sum()
    assert first.locator("td").nth(12).inner_text() == str(rest)
    shown = view.locator("tbody tr th").all_inner_texts()
    others = (~data["frame"].isin(shown)).sum()
    last = view.locator("tbody tr").last
    assert (last.locator("th").inner_text(), last.locator("td").last.inner_text()) == (
        "Others (5)",
        str(others),
    )
    assert "Shown are 25 of 30 rows and 12 of 16 columns" in view.inner_text()
    view.get_by_role("button", name="Show all 16 columns").click()
    view.get_by_role("button", name="Show all 30 rows").click()
    assert view.locator("tbody tr").count() == FRAMES
    assert view.get_by_text("Others").count() == 0


def test_articles_are_counted_once_and_shares_stand_with_their_numbers(opened):
    view, data = opened.view("counts"), make_many()
    view.get_by_label("Count", exact=True).select_option("articles")
    whole = data.groupby("frame")["article_id"].nunique()
    for frame in ("Frame 00", "Frame 07"):
        name = f"{whole[frame]} articles: {frame}"
        assert view.get_by_role("button", name=name, exact=True).inner_text() == str(whole[frame])
    assert view.locator(".fl-grand").inner_text() == str(data["article_id"].nunique())
    view.get_by_label("Count", exact=True).select_option("rows")
    view.get_by_label("Show", exact=True).select_option("shares")
    outlet = view.locator("thead th").nth(1).inner_text()
    some = data[data["frame"] == "Frame 00"]
    number = (some["outlet"] == outlet).sum()
    words = f"{round(100 * number / len(some))} %"
    name = f"{words}, {number} of {len(some)} frame matches: Frame 00, {outlet}"
    assert view.get_by_role("button", name=name, exact=True).inner_text().split("\n") == [
        words,
        f"{number} of {len(some)}",
    ]


def test_rows_of_the_table_are_sorted_by_its_heads(opened):
    view, page = opened.view("counts"), opened.page
    view.get_by_role("button", name="Frame", exact=True).click()
    names = view.locator("tbody th").all_inner_texts()
    assert names[:-1] == [f"Frame {number:02d}" for number in range(25)]
    assert view.locator("th[aria-sort=ascending]").inner_text() == "Frame"
    head = view.locator("thead button").nth(1)
    head.focus()
    page.keyboard.press("Enter")
    numbers = [int(text) for text in view.locator("tbody tr td:nth-of-type(1)").all_inner_texts()[:-1]]
    assert numbers == sorted(numbers, reverse=True)
    assert view.locator("th[aria-sort=descending]").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert view.locator("th[aria-sort]").count() == 0
    assert view.get_by_role("status").inner_text() == "Rows stand as at the start."


def test_the_table_is_one_stop_of_tab_and_the_arrow_keys_go_through_it(opened):
    view, page = opened.view("counts"), opened.page
    assert view.locator("table [tabindex='0']").count() == 1
    view.locator("table [tabindex='0']").focus()
    label = "document.activeElement.getAttribute('aria-label')"
    first = page.evaluate(label)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    second = page.evaluate(label)
    assert first.split(": ")[1] != second.split(": ")[1]
    assert second.split(": ")[1].split(", ")[1] == view.locator("thead th").nth(2).inner_text()
    assert view.locator("table [tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    assert opened.view("sentences").locator(".fl-chip").inner_text().startswith("Reading: Frame")
    view.locator("[aria-pressed=true]").focus()
    page.keyboard.press("Escape")
    assert opened.view("sentences").locator(".fl-chip").inner_text() == ""
    assert page.evaluate(label) == second, "the focus stays where it was"
    page.keyboard.press("End")
    assert ", " not in page.evaluate(label).split(": ")[1], "the last of a line counts all of it"


def test_dots_say_which_values_share_a_symbol_and_are_sorted(opened):
    view, data = opened.view("articles"), make_many()
    legend = view.locator(".fl-legend li").all_inner_texts()
    assert len(legend) == 13
    assert legend[-1] == "Others (4)"
    assert (
        "12 most frequent values of outlet have a symbol of their own; 4 others share one"
        in view.inner_text()
    )
    numbers = [int(text) for text in view.locator(".fl-times").all_inner_texts()]
    assert len(numbers) == 30
    assert numbers == sorted(data.groupby("article_id").size(), reverse=True)[:30]
    view.get_by_label("Sort").select_option("outlet")
    outlets = view.locator(".fl-article strong").all_inner_texts()
    assert outlets == sorted(outlets)
    first = view.locator(".fl-article").first
    name = first.get_attribute("aria-label")
    search(opened, "asylum")
    assert first.get_attribute("aria-label") != name
    outlets = view.locator(".fl-article strong").all_inner_texts()
    assert outlets == sorted(outlets), "the order stays"
    search(opened, "")
    view.get_by_role("button", name="Show 30 more of 34").click()
    assert view.locator(".fl-article").count() == 60
    first.focus()
    opened.page.keyboard.press("End")
    assert opened.page.evaluate("document.activeElement === document.activeElement.parentNode.lastChild")


def test_sentences_keep_what_is_opened_and_their_place(opened):
    view, page = opened.view("sentences"), opened.page
    total = len(make_many())
    items = view.locator("li.fl-evidence")
    assert items.count() == 50
    assert view.locator(".fl-unprinted").text_content() == f"{total - 50} more frame matches are not printed."
    view.get_by_role("button", name="Show 50 more").click()
    assert items.count() == 100
    assert view.get_by_role("status").inner_text() == f"100 of {total} frame matches are shown."
    page.evaluate("""() => {
      const box = document.querySelector(".fl-view-sentences ol");
      box.children[60].dataset.kept = "yes";
      box.scrollTop = box.children[60].offsetTop - box.offsetTop + 4;
    }""")
    page.wait_for_function("() => document.querySelector('.fl-view-sentences ol').scrollTop > 1000")
    top = "el => el.getBoundingClientRect().top - el.parentNode.getBoundingClientRect().top"
    kept = view.locator("[data-kept]")
    words = kept.locator("mark").first.text_content()
    page.evaluate(SETTLED)
    search(opened, words)
    assert kept.count() == 1, "the same node stands for the same row"
    assert abs(kept.evaluate(top)) < 60
    assert kept.locator("mark mark.fl-hit").first.text_content() == words
    search(opened, "")
    page.emulate_media(color_scheme="dark")
    assert kept.count() == 1
    view.get_by_label("Sort").select_option("newest")
    assert "Frame 29" in items.first.inner_text(), "rows of the last day"
    view.get_by_label("Sort").select_option("outlet")
    assert "Outlet 00" in items.first.inner_text()


def test_opened_sentences_stay_open_while_filters_keep_their_row(opened):
    view = opened.view("sentences", 1)
    assert view.locator("details.fl-around").count() == 1
    view.get_by_text("Sentences around it").click()
    # What is evidence itself travels with the page, another sentence beside it does not.
    around = f"{LEFT_OUT} The zebra plan costs more than the apple plan. An undated small boat came."
    assert view.locator("details.fl-around p").inner_text() == around
    search(opened, "zeb", 1)
    assert view.locator("details.fl-around[open]").count() == 1
    assert view.locator("details.fl-around mark.fl-hit").inner_text() == "zeb"
    search(opened, "boat", 1)
    assert view.locator("details.fl-around").count() == 0
    search(opened, "", 1)
    assert view.locator("details.fl-around[open] p").inner_text() == around
    opened.page.get_by_role("tab", name="Words").click()
    opened.page.get_by_role("tab", name="Read").click()
    assert view.locator("details.fl-around[open]").count() == 1


def test_words_in_context_sort_outwards_from_the_match(opened):
    opened.page.get_by_role("tab", name="Words").click()
    view = opened.view("contexts", 1)
    by_right = [
        "… costs more than the apple plan .",
        "An undated small boat came.",
        "The zebra plan costs more than the …",
        "“Élan and small boats ” was a title.",
    ]
    at = {"apple": 0, "undated": 1, "zebra": 2, "Élan": 3}
    orders = {
        "right": ["apple", "undated", "zebra", "Élan"],
        "left": ["Élan", "zebra", "apple", "undated"],
        "words": ["apple", "undated", "Élan", "zebra"],
        "outlet": ["undated", "Élan", "apple", "zebra"],
        "date": ["Élan", "apple", "zebra", "undated"],
    }
    for sort, names in orders.items():
        view.get_by_label("Sort").select_option(sort)
        assert lines(view) == [by_right[at[name]] for name in names], sort
    assert said(view) == "4 of 4 lines, one for each match"


def test_each_hit_of_a_search_has_a_line_of_its_own_once(opened):
    opened.page.get_by_role("tab", name="Words").click()
    view = opened.view("contexts", 1)
    search(opened, "plan", 1)
    assert said(view) == "2 of 2 lines, one for each hit of the search, in 2 matches"
    assert lines(view) == ["… more than the apple plan .", "The zebra plan costs more than the …"]
    search(opened, '"the zebra"', 1)
    assert lines(view) == ["The zebra plan costs more …"]
    search(opened, "elan", 1)
    assert lines(view) == ["“ Élan and small boats” …"]
    button = view.get_by_role("button", name="Élan")
    button.focus()
    opened.page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    full = view.locator(".fl-context-full")
    assert full.locator("blockquote mark").all_inner_texts() == ["Élan", "small boats"]
    assert "Herald, 1 January 2025" in full.inner_text()
    assert opened.page.evaluate("document.activeElement.innerText") == "Élan"
    search(opened, "no such word", 1)
    assert view.get_by_role("button", name="Reset the filters").is_visible()


def test_many_lines_are_counted_and_drawn_fifty_at_a_time(opened):
    view, data = opened.view("contexts"), make_many()
    assert said(view) == f"50 of {len(data)} lines, one for each frame match"
    search(opened, "border")
    rows = data[data["sentence"].str.contains("border")]
    # The word stands twice in each of these sentences, and each sentence is one row.
    assert (
        said(view)
        == f"50 of {2 * len(rows)} lines, one for each hit of the search, in {len(rows)} frame matches"
    )
    first = view.locator(".fl-context-word").first
    first.focus()
    opened.page.keyboard.press("ArrowDown")
    assert view.locator(".fl-context-word:focus").count() == 1
    assert first.get_attribute("tabindex") == "-1"
    view.get_by_role("button", name=re.compile("Show 50 more")).click()
    assert view.locator(".fl-context").count() == 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_fit_a_narrow_page(browser, exported, scheme):
    with open_file(browser, exported, viewport={"width": 390, "height": 800}, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390
        small = watched.page.evaluate("""() =>
          [...document.querySelectorAll(".fl-view button, .fl-view summary")]
            .filter((node) => node.checkVisibility())
            .map((node) => [node.getBoundingClientRect().height, node.innerText])
            .filter(([height]) => height < 24)""")
        assert small == []


def test_paper_shows_all_that_is_shown_and_says_what_is_not(opened):
    opened.page.emulate_media(media="print")
    read = opened.view("sentences")
    assert read.locator("ol").evaluate("el => el.scrollHeight <= el.clientHeight + 1")
    assert read.locator(".fl-more").is_hidden()
    assert read.get_by_text("more frame matches are not printed").is_visible()
    assert opened.view("counts").locator(".fl-scroll").evaluate("el => el.scrollWidth <= el.clientWidth + 1")


def test_words_in_context_is_a_view_of_the_explorer():
    view = Explorer(make_few(), dimensions=["topic"], unit="match").contexts(width=20)
    assert (view.kind, view.title, view.width) == ("contexts", "Words in context", 20)
