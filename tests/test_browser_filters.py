"""The filters in Chromium: searches as in Python, long lists, and the way out of an empty selection."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from browser import open_file
from made_tables import HOSTILE
from test_browser_export import START, write_page

from analysis.views.explorer import Explorer

pytestmark = pytest.mark.browser

SENTENCES = (
    "The migrants crossed.", "Immigration fell, the minister’s aide said.", "“Small  boats” came again.",
    "Smaller boats and boats that are small.", f"Critics {HOSTILE} of the Straße plan.",
    "Zoë's re\u00adsumé, İzmir.", "ΟΔΟΣ and όδος are one.", "🚢🚢 ships: a 🚢ship",
    "Cafe\u0301 ﬁgures of 2½ %",
    "a\u00a0b\u2009c … d", "Don’t `stop´ the boats", "नमस्ते मंत्री जी", "中文 and 中", "", "...",
    "O'Neill–Łódź, 24-hour Æsop",
)  # fmt: skip
SEARCHES = (
    "migra", "IMMIGRATION", "grants", '"small boats"', "“small boats”", '"small boat"', '"small boat',
    "boats small", "strasse", "zoe", "resume", "izmir", "οδος", "ship", "🚢", "café", "cafe\u0301",
    "figures 2",
    "a b", '"a b c"', "don't", "`stop", "<img", "न", "मन", "中", "…", '"', " ", "neill lodz", "aesop",
    "minister's", "-hour", '"crossed."',
)  # fmt: skip
PARTS = (
    START,
    "from test_browser_filters import make_explorer\nexplorer = make_explorer()\n"
    "widgets.VBox([explorer.filters(), explorer.counts('voice'), explorer.sentences()])",
)


def make_explorer() -> Explorer:
    """Rows of hostile and of foreign words, each with a speaker of its own, and 300 rows of one word."""
    texts = [*SENTENCES, *["Ferry traffic."] * 300]
    day = ["2025-07-01", None]
    evidence = pd.DataFrame(
        {
            "article_id": [f"a#{n}" for n in range(len(texts))],
            "outlet": [("Example Herald", "Example Post")[n % 2] for n in range(len(texts))],
            "headline": "A headline", "sentence": texts, "match_start": 0, "match_end": 0, "before": None,
            "after": None, "speaker": [f"Speaker {min(n, 250)}" if n else None for n in range(len(texts))],
            "voice": ["quotation" if n < 2 else "narration" for n in range(len(texts))],
            **{
                f"{kind}_{side}": [day[n % 2] for n in range(len(texts))]
                for kind in ("published", "date") for side in ("earliest", "latest")
            },
        }
    )  # fmt: skip
    return Explorer(evidence, dimensions=["voice", "speaker"], unit="sentence")


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("filters"), PARTS)


def statement(opened) -> str:
    return opened.view("filters").locator(".fl-statement").inner_text()


def test_browser_and_python_find_the_same_sentences_and_mark_their_words(opened):
    field, explorer = opened.view("filters").get_by_label("Search the sentences"), make_explorer()
    for search in SEARCHES:
        field.fill(search)
        explorer.set_filters(search=search)
        number = int(re.match(r"\d+", statement(opened))[0])
        assert number == len(explorer.selection()), search
    marked = {
        "resume": "re\u00adsumé",
        "cafe": "Cafe\u0301",
        "figures": "ﬁgures",
        "οδος": "ΟΔΟΣ",
        "ship": "ship",
    }
    for search, words in marked.items():
        field.fill(search)
        assert opened.view("sentences").locator("mark.fl-hit").first.text_content() == words


def test_typing_on_and_back_finds_what_each_search_finds_by_itself(opened):
    field, explorer, text = opened.view("filters").get_by_label("Search the sentences"), make_explorer(), ""
    field.click()
    for key in [*'the "small boats" ag', *["Backspace"] * 6, *"ca"]:
        opened.page.keyboard.press("Space" if key == " " else key)
        text = text[:-1] if key == "Backspace" else text + key
        explorer.set_filters(search=text)
        assert statement(opened).split()[0] == str(len(explorer.selection())), text


def test_a_long_list_shows_the_most_frequent_and_finds_the_rest(opened):
    group = opened.view("filters").locator("[data-dimension=speaker]")
    group.locator("summary").click()
    boxes = group.get_by_role("checkbox")
    assert boxes.count() == 100
    assert group.locator(".fl-option").first.inner_text().split() == ["Speaker", "250", "66"]
    find = group.get_by_label("Find in speaker")
    find.fill("speaker 24")
    assert boxes.count() == 11
    assert "11 found" in group.inner_text()
    group.get_by_role("button", name="Choose 11 found").click()
    assert statement(opened).startswith("11 of 316 sentences in 11 of 316 articles: speaker 11 of 251")
    # What was looked for is emptied by Escape first, then the list is closed.
    find.press("Escape")
    assert boxes.count() >= 100
    group.get_by_role("button", name="Show 140 more").click()
    assert boxes.count() == 251
    assert group.locator(".fl-option").last.inner_text().startswith("Not stated")
    group.get_by_role("button", name="Choose none").click()
    assert statement(opened).startswith("316 of 316")
    find.press("Escape")
    assert group.get_attribute("open") is None


def test_counts_say_what_a_choice_would_give(opened):
    filters = opened.view("filters")
    filters.get_by_label("Search the sentences").fill("ferry")
    group = filters.locator("[data-dimension=voice]")
    group.locator("summary").click()
    assert [line.split() for line in group.locator(".fl-option").all_inner_texts()] == [
        ["narration", "300"], ["quotation", "0"],
    ]  # fmt: skip
    assert group.locator(".fl-zero").count() == 1


def test_nothing_left_names_the_filter_in_the_way(opened):
    filters, read = opened.view("filters"), opened.view("sentences")
    filters.get_by_label("Search the sentences").fill("ferry")
    group = filters.locator("[data-dimension=voice]")
    group.locator("summary").click()
    group.get_by_role("checkbox", name="quotation").check()
    assert statement(opened) == "0 of 316 sentences in 0 of 316 articles: quotation voice; words “ferry”"
    assert "Without quotation voice there are 300." in read.inner_text()
    read.get_by_role("button", name="Drop quotation voice").click()
    assert statement(opened).startswith("300 of 316 sentences")
    assert not group.get_by_role("checkbox", name="quotation").is_checked()


def test_what_is_left_is_said_once_after_typing(opened):
    said = opened.view("filters").locator("output[aria-live=polite].fl-hidden")
    assert said.text_content() == ""
    opened.page.evaluate("""() => {
        window.heard = [];
        const node = document.querySelector(".fl-view-filters output.fl-hidden");
        new MutationObserver(() => heard.push(node.textContent)).observe(node, { childList: true });
    }""")
    opened.view("filters").get_by_label("Search the sentences").click()
    opened.page.keyboard.type("migra")
    opened.page.wait_for_function("() => heard.some(words => words.includes('words “migra”'))")
    assert opened.page.evaluate("() => heard.length") <= 3


def test_groups_stay_as_they_are_over_a_theme_change_and_ids_are_single(browser, exported):
    with open_file(browser, exported, viewport={"width": 390, "height": 800}) as watched:
        group = watched.view("filters").locator("[data-dimension=speaker]")
        group.locator("summary").click()
        options = group.locator(".fl-options")
        options.evaluate("box => { box.scrollTop = 400; }")
        watched.page.emulate_media(color_scheme="dark")
        watched.view("filters").get_by_label("Search the sentences").fill("ferry")
        assert group.get_attribute("open") is not None
        assert options.evaluate("box => box.scrollTop") == 400
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390
        ids = watched.page.locator(".fl-view [id]").evaluate_all("all => all.map(node => node.id)")
        assert len(ids) == len(set(ids)) > 3
