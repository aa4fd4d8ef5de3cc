"""The view of claims in Chromium: an exported page from disk with the network shut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import Watched, open_file
from test_browser_export import CONTRASTS, write_page

pytestmark = pytest.mark.browser

CELLS = (
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    "import ipywidgets as widgets\nfrom analysis.views.evidence import figure_evidence\n"
    "from analysis.views.explorer import Explorer\nfrom made_tables import make_tables\n"
    "from test_claims import claim_explorer\nclaims = claim_explorer()",
    "widgets.VBox([claims.filters(), claims.claims(note='What is drawn.'), claims.sentences()])",
    "none = Explorer(figure_evidence(make_tables(figures=[])), dimensions=['unit'], unit='figure')\n"
    "none.claims()",
    "uncoded = Explorer(figure_evidence(make_tables()), dimensions=['unit'], unit='figure')\n"
    "uncoded.claims()",
    "from test_claims import close_explorer\nclose = close_explorer()\n"
    "widgets.VBox([close.filters(), close.claims(), close.sentences()])",
)
CLOSE = 3  # the view of close claims, among the views of claims
FIRST = "More than 20,000 people, as of 30 June – 5 July 2025, Example Post, said by Port Office"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("claims"), CELLS)


def choose(watched: Watched, measure: str, number: int = 0) -> None:
    select = watched.view("claims", number).get_by_label("Measure", exact=True)
    names = select.locator("option").all_inner_texts()
    select.select_option(label=next(name for name in names if name.startswith(measure)))


def statement(watched: Watched, kind: str = "claims") -> str:
    return watched.view(kind).locator(".fl-statement").inner_text()


def panel(watched: Watched, year: int, unit: str = "people"):
    return watched.view("claims").get_by_role("group", name=f"{year}, {unit}", exact=True)


def marks(place) -> list[str]:
    return [mark.get_attribute("aria-label") for mark in place.locator(".fl-claim").all()]


def test_measures_are_listed_with_their_claims_and_own_words_only_if_asked(opened):
    view = opened.view("claims")
    options = view.get_by_label("Measure", exact=True).locator("option")
    assert options.all_inner_texts() == ["arrivals (8 claims)", "grants (3 claims)"]
    assert statement(opened) == "8 claims of arrivals, by 3 outlets, as of 1 January 2024 – 9 July 2025"
    view.get_by_role("checkbox", name=re.compile("own words")).check()
    choose(opened, "ships (1 claim)")
    assert statement(opened) == "1 claim of ships, by 1 outlet, as of 31 March 2025"
    view.get_by_role("checkbox").uncheck()
    assert statement(opened).startswith("8 claims of arrivals")


def test_two_years_stand_apart_with_one_scale(opened):
    assert len(marks(panel(opened, 2024))) == 2
    assert len(marks(panel(opened, 2025))) == 4
    scales = [panel(opened, year).locator(".fl-claim-line").all_inner_texts() for year in (2024, 2025)]
    assert scales[0] == scales[1] == ["0", "10,000", "20,000", "30,000"]
    # The same value in both years stands at one height.
    alike = [panel(opened, year).get_by_role("button", name=re.compile("^more than 20,000")).bounding_box()
             for year in (2024, 2025)]  # fmt: skip
    assert alike[0]["y"] == alike[1]["y"]
    assert panel(opened, 2024).locator(".fl-claim-part").count() == 1, "days that go on into 2025"


def test_units_have_charts_of_their_own_and_a_cut_axis_says_so(opened):
    choose(opened, "grants")
    assert len(marks(panel(opened, 2025, "percent"))) == 2
    assert marks(panel(opened, 2025, "pound sterling")) == [
        "£75 million, as of April 2025, Example Times"
    ]  # fmt: skip
    assert "The axis starts at" in opened.view("claims").inner_text()
    ticks = panel(opened, 2025, "pound sterling").locator(".fl-claim-line").all_inner_texts()
    assert (ticks[0], ticks[-1]) == ("£0", "£80m")


def test_bounds_ranges_and_hedges_are_drawn_as_what_they_are(opened):
    def drawn(words: str, piece: str) -> bool:
        return opened.view("claims").get_by_role("button", name=words).locator(piece).count() == 1

    assert drawn(FIRST, ".fl-claim-arrow:not(.fl-claim-down)")
    assert drawn("nearly or up to 22,000 people, as of 9 July 2025", ".fl-claim-arrow.fl-claim-down")
    assert drawn("about 25,000 people", ".fl-claim-about")
    assert drawn("100 to 1,000 people, as of 1 November 2024 – 28 February 2025", ".fl-claim-range")
    assert not drawn("21,977 arrivals, as of 5 September 2024", ":is(.fl-claim-bar, .fl-claim-arrow)")
    key = opened.view("claims").get_by_role("list", name="What the marks mean").inner_text()
    for words in (
        "more than this",
        "nearly this, or up to this",
        "about this",
        "between these values",
        "later year",
    ):
        assert words in key


def test_arrow_of_a_lower_bound_begins_at_its_value_and_leads_upward(opened):
    mark = opened.view("claims").get_by_role("button", name=FIRST)
    arrow, symbol = (
        mark.locator(piece).bounding_box() for piece in (".fl-claim-arrow", ".fl-claim-point > .fl-symbol")
    )
    assert arrow["y"] < symbol["y"]
    assert arrow["y"] + arrow["height"] < symbol["y"] + symbol["height"]


def test_what_only_its_article_dates_is_hollow_and_says_so(opened):
    hollow = opened.view("claims").locator(".fl-claim-charts .fl-claim-hollow")
    words = "about 25,000 people, as of when is not said, published 2 August 2025, Example Times"
    assert [mark.get_attribute("aria-label") for mark in hollow.all()] == [words]


def test_changes_and_undated_claims_stand_below_as_buttons(opened):
    view = opened.view("claims")
    assert "As of when is not said: 1 claim" in view.inner_text()
    lists = view.locator(".fl-claim-list")
    assert lists.nth(0).inner_text() == "24,000 people, Example Herald"
    assert lists.nth(1).inner_text() == "up 1,225 people, as of September 2024, Example Herald"
    lists.nth(0).get_by_role("button").click()
    assert opened.view("sentences").locator("mark").all_inner_texts() == ["24,000"]


@pytest.mark.parametrize("way", ["click", "Enter"])
def test_a_mark_reads_its_sentence(opened, way):
    mark = opened.view("claims").get_by_role("button", name=FIRST)
    if way == "click":
        mark.click()
    else:
        mark.focus()
        opened.page.keyboard.press("Enter")
    read = opened.view("sentences")
    assert read.locator("blockquote").all_inner_texts() == ["The count is 20,000 now."]
    assert mark.get_attribute("aria-pressed") == "true"
    assert FIRST[1:] in read.inner_text()
    focused = opened.page.evaluate("document.activeElement.className")
    assert (focused == "fl-sentences") == (way == "Enter")
    if way == "Enter":
        # The page has moved there, and is not still on its way: what a reader points at next stands still.
        assert 0 <= read.locator("ol.fl-sentences").bounding_box()["y"] < opened.page.viewport_size["height"]
    mark.click()
    assert read.locator("li.fl-evidence").count() == 12
    assert opened.view("claims").locator(".fl-claim-read").inner_text() == FIRST


def test_arrow_keys_move_by_date_and_by_value_from_one_stop_of_tab(opened):
    view = opened.view("claims")
    assert view.locator(".fl-claim[tabindex='0']").count() == 1
    view.locator(".fl-claim[tabindex='0']").focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "End", "ArrowDown", "Home", "ArrowUp"):
        opened.page.keyboard.press(key)
        seen.append(opened.page.evaluate("document.activeElement.getAttribute('aria-label')").split(",")[0])
    assert seen == ["more than 20", "100 to 1", "about 25", "nearly or up to 22", "21", "21"]
    assert "21,977 arrivals" in view.locator(".fl-claim-read").inner_text()
    assert view.locator(".fl-claim[tabindex='0']").count() == 1


def test_legend_filters_by_outlet_and_every_view_follows(opened):
    view = opened.view("claims")
    view.get_by_role("button", name="Example Post", exact=True).click()
    assert statement(opened) == "2 of 8 claims of arrivals, by 1 outlet, as of 30 June – 9 July 2025"
    assert statement(opened, "filters") == "5 of 12 figures in 1 of 4 articles: Example Post"
    chosen = view.get_by_role("button", name="Example Post", exact=True)
    assert chosen.get_attribute("aria-pressed") == "true"
    assert view.locator(".fl-claim-outlet").count() == 3
    chosen.click()
    assert statement(opened).startswith("8 claims")


def test_claims_can_be_narrowed_to_what_they_are_counted_over(opened):
    over = opened.view("claims").get_by_label("Counted over")
    assert over.locator("option").all_inner_texts() == [
        "any period (8 claims)", "year to date (1 claim)", "not said (7 claims)",
    ]  # fmt: skip
    over.select_option(index=1)
    assert marks(opened.view("claims")) == [
        "more than 20,000 migrants, year to date, as of 1 January – 6 September 2024, Example Herald"
    ]


def test_filters_that_leave_none_say_so_with_the_way_out(opened):
    opened.view("filters").get_by_label("Search the sentences").fill("seven")
    view = opened.view("claims")
    assert "None of 8 claims of arrivals passes the filters." in view.inner_text()
    view.get_by_role("button", name="Reset the filters").click()
    assert statement(opened).startswith("8 claims")


def test_table_holds_every_claim(opened):
    view = opened.view("claims")
    view.get_by_text("As a table").click()
    view.locator("tbody tr").first.wait_for()
    lines = [line.split("\t") for line in view.locator("tbody tr").all_inner_texts()]
    assert len(lines) == 8
    assert ["30 June – 5 July 2025", "more than 20,000 people", "not said", "20,000", "Example Post",
            "Port Office", "the text"] in lines  # fmt: skip
    assert [line[6] for line in lines if line[0] == "2 August 2025"] == ["its article's publication"]
    view.get_by_role("table").get_by_role("button", name="24,000").click()
    assert opened.view("sentences").locator("mark").all_inner_texts() == ["24,000"]


def test_nothing_to_draw_is_said(opened):
    assert "No figures were found" in opened.view("claims", 1).inner_text()
    uncoded = opened.view("claims", 2)
    assert "None of 4 figures has a measure of the codebook" in uncoded.inner_text()
    uncoded.get_by_role("checkbox").check()
    choose(opened, "harbour plan", 2)
    assert uncoded.locator(".fl-claim-charts .fl-claim").count() == 0
    assert uncoded.locator(".fl-claim-list").first.locator("button").count() == 4
    assert "As of when is not said: 4 claims. No claim of this measure is dated" in uncoded.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_page_does_not_scroll_and_its_words_stand_out(browser, exported, scheme):
    size = {"width": 375, "height": 800}
    with open_file(browser, exported, viewport=size, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 375
        ratios = watched.page.evaluate(CONTRASTS)
        assert [(round(ratio, 1), text) for ratio, text in ratios if ratio < 4.5] == []


def test_labels_and_symbols_do_not_cover_each_other(opened):
    for year in (2024, 2025):
        place = panel(opened, year)
        pieces = place.locator(".fl-claim-label, .fl-claim-point > .fl-symbol").all()
        boxes = [piece.bounding_box() for piece in pieces]
        assert len(boxes) >= 4
        for at, a in enumerate(boxes):
            for b in boxes[at + 1 :]:
                apart = (
                    a["x"] + a["width"] <= b["x"] + 1
                    or b["x"] + b["width"] <= a["x"] + 1
                    or a["y"] + a["height"] <= b["y"] + 1
                    or b["y"] + b["height"] <= a["y"] + 1
                )
                assert apart, (a, b)


def close_view(opened):
    return opened.view("claims", CLOSE)


def middle(place) -> tuple[float, float]:
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def day_at(plot, day: int) -> float:
    """Where a day of 2025, counted from New Year's Day, has its middle."""
    box = plot.bounding_box()
    return box["x"] + 1 + (box["width"] - 1) * (day - 0.5) / 365


def test_symbols_stand_at_their_day_and_give_way_upward_only(opened):
    choose(opened, "arrivals", CLOSE)
    plot = close_view(opened).locator(".fl-claim-plot").last
    places = {}
    for mark in plot.locator(".fl-claim").all():
        name = mark.get_attribute("aria-label")
        places[name] = middle(mark.locator(".fl-claim-point > .fl-symbol"))
    days = {"over 20,000": 183.5, "20,500": 184, "21,000": 191}
    for name, (x, _) in places.items():
        day = next(day for words, day in days.items() if name.startswith(words))
        assert x == pytest.approx(day_at(plot, day), abs=1), name
    heights = [next(y for name, (_, y) in places.items() if name.startswith(words)) for words in days]
    assert heights == sorted(heights, reverse=True), "higher values stand higher"
    assert len(places) == len({round(y) for _, y in places.values()}) == 4
    assert plot.locator(".fl-claim-leader").count() == 1
    assert "leads to its value" in close_view(opened).inner_text()


def test_what_counts_over_its_days_is_read_at_their_end_and_an_unknown_day_is_not(opened):
    choose(opened, "returns", CLOSE)
    view = close_view(opened)
    plot = view.locator(".fl-claim-plot").last
    over = view.get_by_role("button", name="nearly 30,000 people, year, as of 6 June 2024 – 7 June 2025")
    assert middle(over.locator(".fl-claim-point > .fl-symbol"))[0] == pytest.approx(day_at(plot, 158), abs=1)
    assert over.get_attribute("class").endswith("fl-claim-earlier")
    choose(opened, "arrivals", CLOSE)
    assert view.locator(".fl-claim-among").count() == 2, "a mark and its sample in the key"
    key = view.get_by_role("list", name="What the marks mean").inner_text()
    assert "as of a day among them" in key and "counted over these days" in key


def test_nearly_is_not_at_most(opened):
    choose(opened, "returns", CLOSE)
    labels = close_view(opened).locator(".fl-claim-label").all_inner_texts()
    assert sorted(labels) == ["nearly 30,000", "nearly or up to 31,000"]


def test_articles_without_an_outlet_are_not_one_outlet(opened):
    choose(opened, "arrivals", CLOSE)
    view = close_view(opened)
    words = "4 claims of arrivals, by 1 outlet and 2 articles whose outlet is not stated"
    assert view.locator(".fl-statement").inner_text().startswith(words)
    unknown = view.locator(".fl-claim:has(.fl-claim-unknown)")
    assert [name.split("outlet not stated ")[1] for name in marks_of(unknown)] == [
        "(“Story 3”)", "(“Story 1”)", "(“Story 1”)"
    ]  # fmt: skip
    assert view.locator(".fl-claim-outlet").all_inner_texts() == ["Example Herald", "outlet not stated"]


def marks_of(marked) -> list[str]:
    return [mark.get_attribute("aria-label") for mark in marked.all()]


def test_measure_without_a_date_is_offered_and_listed(opened):
    choose(opened, "visits (1 claim)", CLOSE)
    view = close_view(opened)
    assert view.locator(".fl-claim-charts .fl-claim").count() == 0
    assert "As of when is not said: 1 claim. No claim of this measure is dated" in view.inner_text()
    assert view.locator(".fl-claim-list").inner_text().startswith("some 50 migrants, as of when is not said")


def test_measure_and_filter_follow_each_other(opened):
    view, filters = close_view(opened), opened.view("filters", 1)
    choice = filters.locator("[data-dimension=codebook_measure]")

    def shown() -> tuple[str, str, int]:
        select = view.get_by_label("Measure", exact=True)
        picked = select.evaluate("select => select.selectedOptions[0].textContent")
        read = opened.view("sentences", 1).locator("li.fl-evidence").count()
        return picked.split(" (")[0], choice.locator(".fl-choice-value").inner_text(), read

    assert shown() == ("arrivals", "all 3", 7)
    choose(opened, "returns", CLOSE)
    assert shown() == ("returns", "returns", 2)
    choice.locator("summary").click()
    choice.get_by_role("checkbox", name=re.compile("^returns")).uncheck()
    assert shown() == ("returns", "all 3", 7)
    choice.get_by_role("checkbox", name=re.compile("^visits")).check()
    assert shown() == ("visits", "visits", 1)
    filters.get_by_role("button", name="Reset").click()
    assert shown() == ("visits", "all 3", 7)
    search = filters.get_by_label("Search the sentences")
    search.fill("nearly")
    assert shown() == ("returns", "all 3", 1)
    search.fill("")
    assert shown() == ("visits", "all 3", 7)
