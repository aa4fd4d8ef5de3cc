"""Swim lanes in Chromium: an exported page from disk with the network shut."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Watched, open_file
from test_browser_export import CONTRASTS, START, write_page
from test_lanes import LONG

pytestmark = pytest.mark.browser

CROWD = (
    "from test_lanes import tell\n"
    "crowd = [tell(0, f'e{n}', 'harbour pact', 'agreed', '2025-05-05') for n in range(14)]\n"
    "crowd.append(tell(0, 'old', 'harbour pact', 'proposed', '1997-05-01'))\n"
    "build_explorer(lambda tables: evidence.event_evidence(make_tables(events=crowd))).lanes('instrument')"
)
# Forty-five lanes, of which twenty hold two events each.
MANY = (
    "from test_lanes import tell\n"
    "many = [tell(0, f'e{n}', f'pact {n % 45}', 'agreed', '2025-05-05') for n in range(65)]\n"
    "build_explorer(lambda tables: evidence.event_evidence(make_tables(events=many)), unit='event')"
    ".lanes('instrument')"
)
# More marks than are drawn at once wherever they are: a day each over a year, in ten lanes.
YEAR = (
    "from datetime import date, timedelta\nfrom test_lanes import tell\n"
    "days = [str(date(2024, 1, 1) + timedelta(n)) for n in range(360)]\n"
    "year = [tell(0, f'e{n}', f'pact {n % 10}', 'agreed', day) for n, day in enumerate(days)]\n"
    "year = build_explorer(lambda tables: evidence.event_evidence(make_tables(events=year)), unit='event')\n"
    "widgets.VBox([year.filters(), year.dates(), year.lanes('instrument', colour='status')])"
)
# A lane and its marks, as a reader and a screen reader get them; equal lanes give equal words.
DRAWN = """() => JSON.stringify([...document.querySelectorAll(".fl-view-lanes .fl-lane")].map((lane) => [
  lane.querySelector(".fl-lane-name").textContent, lane.querySelector(".fl-lane-track").style.cssText,
  [...lane.querySelectorAll(".fl-lane-mark")].map((mark) => [
    mark.className, mark.style.cssText, mark.innerHTML,
    ...["aria-label", "aria-pressed", "tabindex", "data-key"].map((name) => mark.getAttribute(name)),
  ]),
]))"""
CELLS = (
    START + "\nfrom test_lanes import build_explorer",
    "events = build_explorer()\nwidgets.VBox([events.filters(), events.lanes('instrument', colour='status',"
    " title='Events'), events.sentences()])",
    "life = build_explorer(lambda tables: evidence.frame_evidence(tables).assign("
    "instrument=lambda rows: rows.frame, status=['agreed', 'proposed'] * 5), details=[])\n"
    "widgets.VBox([life.lanes('status', colour='outlet', within='instrument'), life.sentences(),"
    " life.filters()])",
    "rows = build_explorer(details=[])\nrows.lanes('instrument')",
    "Explorer(evidence.event_evidence(make_tables(events=[])), dimensions=['instrument'], unit='event')"
    ".lanes('instrument')",
    CROWD,
    "from test_lanes import DOUBTFUL, DOUBTS\n"
    "doubts = build_explorer(lambda tables: evidence.event_evidence(make_tables(events=DOUBTFUL)),"
    " details=DOUBTS)\n"
    "widgets.VBox([doubts.lanes('instrument'), doubts.downloads(), doubts.sentences()])",
)
PACT = (
    "10 February 2025, the council met on pact, harbour pact; 3 tellings; status differs: agreed × 2,"
    " announced × 1; dated as 10 February 2025 × 2, February 2025 × 1"
)
TALKS = "1 January – 31 March 2025, the council met on talks, in negotiation, harbour pact"
QUOTA = (
    "12 June – 30 September 2024, the council met on quota, agreed, fishing quota; 2 tellings;"
    " dates differ: 12 June 2024 × 1, September 2024 × 1"
)
CUT = "15 January 2026, the council met on cut, proposed, fishing quota"
FERRY = "3 May 2023, the council met on ferry, scrapped, Not stated"
LOOKS = {"fl-certain", "fl-within", "fl-carried", "fl-denied"}
WHOLE = "3 May 2023 – 15 January 2026; 5 of 5 events with a date"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("lanes"), CELLS)


def said(view) -> str:
    return view.locator(".fl-statement").inner_text()


def press(view, *names: str) -> None:
    for name in names:
        view.get_by_role("button", name=name, exact=True).click()


def focused(watched: Watched) -> str:
    return watched.page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_mark_is_an_event_and_lanes_stand_in_order_of_time(opened):
    view = opened.view("lanes")
    names = [name.inner_text() for name in view.locator(".fl-lane-name > span:first-child").all()]
    assert names == ["fishing quota", "harbour pact", "Not stated"]
    marks = [mark.get_attribute("aria-label") for mark in view.locator(".fl-lane-mark").all()]
    assert marks == [QUOTA, CUT, TALKS, PACT, FERRY]
    assert said(view) == WHOLE
    assert "2 events without a date" in view.inner_text()
    assert "1 lane is not drawn, as nothing there has a date: reef survey." in view.inner_text()


def test_days_intervals_and_differences_look_unlike(opened):
    view = opened.view("lanes")

    def mark(name):
        return view.get_by_role("button", name=name, exact=True)

    assert mark(CUT).locator(".fl-lane-bar").count() == 0
    assert mark(TALKS).locator(".fl-lane-bar").bounding_box()["width"] > 50
    # Both statuses are drawn, in a ring, with the number of tellings.
    assert mark(PACT).locator(".fl-differ .fl-symbol").count() == 2
    assert mark(PACT).inner_text() == "×3"
    assert "fl-disputed" in mark(QUOTA).get_attribute("class")
    keys = view.locator(".fl-lane-shapes li").all_inner_texts()
    assert keys == ["a certain day", "somewhere within the bar", "status differs", "dates differ"]


def test_what_is_denied_or_dated_by_other_words_is_no_certain_happening(opened):
    view = opened.view("lanes", 5)
    marks = {mark.get_attribute("aria-label"): mark for mark in view.locator(".fl-lane-mark").all()}
    denied, carried, cut, mixed = marks
    assert denied == "2025, denied: the council met on dredging, harbour pact"
    assert carried.endswith("the council met on levy, harbour pact; date carried over from another sentence")
    assert cut == f"4 May 2025, {LONG[: LONG.index(' ferries')]}…, harbour pact"
    assert mixed.endswith("harbour pact; 2 tellings; denied in 1 of 2")
    looks = [set(mark.get_attribute("class").split()) & LOOKS for mark in marks.values()]
    assert looks == [{"fl-within", "fl-denied"}, {"fl-carried"}, {"fl-certain"}, {"fl-certain"}]
    fills = [
        mark.locator(".fl-symbol").first.evaluate("node => getComputedStyle(node).fill")
        for mark in marks.values()
    ]
    assert fills[0] == fills[1] != fills[2] == fills[3]
    assert view.locator(".fl-lane-shapes li").all_inner_texts() == [
        "a certain day", "a day carried over from other words", "somewhere within the bar",
        "denied or not expected",
    ]  # fmt: skip


def test_sentences_tell_the_hedge_the_denial_and_what_the_date_rests_on(opened):
    first = opened.view("sentences", 2).locator("li.fl-evidence").first
    tags = first.locator(".fl-tag").all_inner_texts()
    assert tags[-4:] == [
        "Modality not expected to", "Negated denied", "Date words this year",
        "Date rests on its own words: counted from it",
    ]  # fmt: skip


def test_marks_of_a_lane_do_not_overlap(opened):
    for lane in opened.view("lanes").locator(".fl-lane").all():
        boxes = [mark.bounding_box() for mark in lane.locator(".fl-lane-mark").all()]
        for at, one in enumerate(boxes):
            assert one["width"] >= 24 and one["height"] >= 24
            for other in boxes[at + 1 :]:
                apart = [one[x] + one[size] <= other[x] or other[x] + other[size] <= one[x]
                         for x, size in (("x", "width"), ("y", "height"))]  # fmt: skip
                assert any(apart)


@pytest.mark.parametrize("way", ["click", "Enter", "Space"])
def test_a_mark_reads_its_tellings(opened, way):
    mark = opened.view("lanes").get_by_role("button", name=PACT, exact=True)
    if way == "click":
        mark.click()
    else:
        mark.focus()
        opened.page.keyboard.press(way)
    read = opened.view("sentences")
    assert read.locator("li.fl-evidence").count() == 3
    assert mark.get_attribute("aria-pressed") == "true"
    assert opened.page.evaluate("document.activeElement.className == 'fl-sentences'") == (way != "click")
    mark.click()
    assert read.locator("li.fl-evidence").count() == 10


def test_arrow_keys_lead_through_lanes_and_marks(opened):
    page, view = opened.page, opened.view("lanes")
    assert view.locator(".fl-lane-mark[tabindex='0']").count() == 1
    view.get_by_role("button", name=QUOTA, exact=True).focus()
    path = [("ArrowRight", CUT), ("Home", QUOTA), ("End", CUT), ("ArrowDown", TALKS), ("ArrowRight", PACT),
            ("ArrowUp", QUOTA), ("ArrowUp", QUOTA)]  # fmt: skip
    for key, name in path:
        page.keyboard.press(key)
        assert focused(opened) == name
    told = view.locator(".fl-lane-told")
    assert told.inner_text() == QUOTA
    page.keyboard.press("Escape")
    assert told.is_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(opened) == QUOTA


def test_buttons_zoom_and_move_and_say_what_is_shown(opened):
    view = opened.view("lanes")
    assert view.get_by_role("button", name="Zoom out").get_attribute("aria-disabled") == "true"
    press(view, "Zoom in")
    assert said(view).endswith("; 3 of 5 events with a date")
    press(view, "Later")
    assert "9 February 2026; 4 of 5" in said(view)
    press(view, "Earlier", "Earlier")
    assert said(view).startswith("8 April 2023 – ")
    press(view, "Whole time")
    assert said(view) == WHOLE


def test_a_year_or_month_is_chosen_and_ticks_follow(opened):
    view = opened.view("lanes")
    period = view.get_by_label("Go to")
    # Begun or ended in February or not: the talks go on through it.
    assert "February 2025 (2)" in period.inner_text()
    period.select_option("2025 (2)")
    assert said(view) == "2025; 2 of 5 events with a date"
    assert "0 of 2 events: 1 earlier, 1 later" in view.locator(".fl-lane-count").first.inner_text()
    assert "Jul 2025" in view.locator(".fl-tick").all_inner_texts()
    period.select_option("February 2025 (2)")
    assert said(view) == "February 2025; 2 of 5 events with a date"
    assert "10 Feb" in view.locator(".fl-tick").all_inner_texts()
    # The talks go on beyond both ends of the window.
    assert {"fl-earlier", "fl-later"} <= set(
        view.get_by_role("button", name=TALKS, exact=True).get_attribute("class").split()
    )


@pytest.mark.parametrize("number", [0, 4])
def test_go_to_counts_what_it_opens(opened, number):
    view = opened.view("lanes", number)
    period = view.get_by_label("Go to")
    options = period.locator("option").all_inner_texts()[1:]
    assert options
    for option in options:
        period.select_option(option)
        days, count = option.removesuffix(")").split(" (")
        assert said(view).startswith(f"{days}; {count} of ")


def test_a_click_tells_what_is_read_and_leads_there_and_back(opened):
    page, view = opened.page, opened.view("lanes")
    bar, mark = view.locator(".fl-lane-reading"), view.get_by_role("button", name=PACT, exact=True)
    assert bar.is_hidden()
    mark.click()
    assert (
        bar.locator("span").inner_text().startswith("Reading 3 tellings below: 10 February 2025, the council")
    )
    page.wait_for_function(
        "() => document.querySelector('.fl-lane-reading').getBoundingClientRect().bottom <= innerHeight + 1"
    )
    press(bar, "Go to the sentences")
    assert page.evaluate("document.activeElement.className") == "fl-sentences"
    press(bar, "Read all again")
    assert bar.is_hidden()
    assert focused(opened) == PACT
    mark.click()
    page.keyboard.press("Escape")
    assert bar.is_hidden()
    assert mark.get_attribute("aria-pressed") == "false"
    assert opened.view("sentences").locator("li.fl-evidence").count() == 10


def test_events_without_a_date_are_counted_in_the_same_words(opened):
    words = "1 event (2 tellings) without a date"
    assert words in opened.view("lanes", 5).inner_text()
    assert f"{words} cannot stand in a calendar" in opened.view("downloads").inner_text()


def test_keys_zoom_and_the_focus_stays(opened):
    page, view = opened.page, opened.view("lanes")
    view.get_by_role("button", name=PACT, exact=True).focus()
    for _ in range(4):
        page.keyboard.press("+")
    assert said(view).endswith("2 of 5 events with a date")
    assert focused(opened) == PACT
    # The next mark lies outside the window, which moves to it.
    page.keyboard.press("ArrowUp")
    assert focused(opened) == QUOTA
    page.keyboard.press("-")
    page.keyboard.press("Shift+ArrowRight")
    assert said(view) != WHOLE
    page.keyboard.press("0")
    assert said(view) == WHOLE


def test_the_wheel_zooms_only_with_control(opened):
    page, view = opened.page, opened.view("lanes")
    mark = view.get_by_role("button", name=TALKS, exact=True)
    mark.hover()
    page.mouse.wheel(0, -100)
    assert said(view) == WHOLE
    # The page may have scrolled under the pointer.
    mark.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    page.wait_for_function(
        "words => document.querySelector('.fl-view-lanes .fl-statement').innerText != words", arg=WHOLE
    )


def test_the_legend_filters_every_view_and_can_be_widened(opened):
    view = opened.view("lanes")
    keys = view.locator(".fl-lane-key")
    life = ["proposed", "announced", "in negotiation", "agreed", "scrapped"]
    assert keys.all_inner_texts() == life
    keys.get_by_text("agreed").click()
    assert said(opened.view("filters")) == "4 of 10 tellings in 3 of 4 articles: agreed status"
    assert view.locator(".fl-lane-mark").count() == 2
    assert [key.get_attribute("aria-pressed") for key in keys.all()] == ["false"] * 3 + ["true", "false"]
    keys.get_by_text("scrapped").click()
    assert view.locator(".fl-lane-mark").count() == 3
    keys.get_by_text("agreed").click()
    keys.get_by_text("scrapped").click()
    assert said(view) == WHOLE


def test_what_has_no_date_is_read_on_its_own(opened):
    opened.view("lanes").get_by_role("button", name="2 events without a date").click()
    assert opened.view("sentences").locator("li.fl-evidence").count() == 2


def test_a_life_shows_one_value_at_a_time_dated_by_its_sources(opened):
    view = opened.view("lanes", 1)
    chosen = view.get_by_label("Instrument")
    assert chosen.locator("option").all_inner_texts() == [
        "Security and defence (8 tellings)",
        "Economic (2 tellings)",
    ]
    names = [name.inner_text() for name in view.locator(".fl-lane-name > span:first-child").all()]
    assert names == ["proposed", "agreed"]
    assert said(view).startswith("Security and defence: ")
    assert said(view).endswith("; 3 of 3 articles with a date")
    view.locator(".fl-lane-mark").first.click()
    assert opened.view("sentences", 1).locator("li.fl-evidence").count() == 1
    chosen.select_option("Economic (2 tellings)")
    assert said(view).startswith("Economic: ")
    view.locator(".fl-lane-key").get_by_text("Example Herald").click()
    assert said(view).endswith("; 2 of 2 articles with a date")


def test_the_value_shown_filters_the_sentences_and_follows_the_filters(opened):
    view, read, filters = opened.view("lanes", 1), opened.view("sentences", 1), opened.view("filters", 1)
    chosen, reset = view.get_by_label("Instrument"), filters.get_by_role("button", name="Reset", exact=True)
    assert said(read) == "8 of 10 tellings in 4 of 4 articles: instrument Security and defence"
    assert reset.is_disabled()
    view.locator(".fl-lane-mark").first.click()
    chosen.select_option("Economic (2 tellings)")
    # The mark that was picked before is let go of.
    assert said(read) == "2 of 10 tellings in 2 of 4 articles: instrument Economic"
    assert read.get_by_role("button", name="Read all again").count() == 0
    assert said(filters) == said(read)
    reset.click()
    assert chosen.input_value() == "Security and defence"
    assert said(read).startswith("8 of 10")
    box = filters.locator("[data-dimension=instrument]")
    box.locator("summary").click()
    box.get_by_label("Economic").check()
    assert chosen.input_value() == "Security and defence"
    box.get_by_label("Security and defence").uncheck()
    assert chosen.input_value() == "Economic"
    assert said(view).startswith("Economic: ")


def test_without_event_ids_a_row_is_a_mark(opened):
    view = opened.view("lanes", 2)
    assert view.locator(".fl-lane-mark").count() == 8
    assert view.locator(".fl-lane-key").count() == 0


def test_one_far_off_date_is_reached_by_the_whole_time(opened):
    view = opened.view("lanes", 4)
    assert said(view) == "18 April – 7 May 2025; 14 of 15 events with a date"
    press(view, "Whole time")
    assert said(view).endswith("15 of 15 events with a date")


def test_a_crowded_lane_opens_and_closes(opened):
    view = opened.view("lanes", 4)
    assert view.locator(".fl-lane-mark").count() == 12
    press(view, "Show 2 more")
    assert view.locator(".fl-lane-mark").count() == 14
    assert opened.page.evaluate("document.activeElement.innerText") == "Show fewer"
    press(view, "Show fewer")
    view.locator(".fl-lane-mark").first.focus()
    opened.page.keyboard.press("End")
    assert view.locator(".fl-lane-mark").count() == 14
    assert view.locator(".fl-lane-mark").last.get_attribute("aria-label") == focused(opened)


def test_many_lanes_are_drawn_in_steps_and_the_others_are_told(browser, tmp_path):
    with open_file(browser, write_page(tmp_path, (CELLS[0], MANY))) as watched:
        view = watched.view("lanes")
        assert view.locator(".fl-lane").count() == 20
        assert view.locator(".fl-lane-name > span:first-child").first.inner_text() == "pact 0"
        words = "The 20 lanes that hold most are drawn. Others: 25 lanes, 25 events."
        assert words in view.inner_text()
        press(view, "Show 20 more lanes")
        assert view.locator(".fl-lane").count() == 40
        assert watched.page.evaluate("document.activeElement.innerText") == "Show 5 more lanes"
        press(view, "Show 5 more lanes")
        assert view.locator(".fl-lane").count() == 45
        assert "Others" not in view.inner_text()
        assert (watched.requests, watched.complaints) == ([], [])


# Whether some of the 360 events are left, and every lane, those out of sight too, shows its part of them.
ALL_DRAWN = r"""() => {
    const view = document.querySelector(".fl-view-lanes");
    const left = parseInt(view.querySelector(".fl-statement").textContent.match(/(\d+) of/)[1]);
    const counts = [...view.querySelectorAll(".fl-lane-count")].map((each) => parseInt(each.textContent));
    return left < 360 && counts.reduce((sum, count) => sum + count, 0) === left;
}"""


def choose_days(watched: Watched, start: str, end: str) -> None:
    for name, day in (("From", start), ("To", end)):
        watched.view("filters").get_by_label(name, exact=True).fill(day)


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("year"), (CELLS[0], YEAR))


@pytest.fixture
def dragging(browser, year):
    """The mouse is down and has chosen days of the year; the lanes are below the window."""
    with open_file(browser, year, viewport={"width": 1000, "height": 500}) as watched:
        page, plot = watched.page, watched.view("dates").locator(".fl-dates-plot")
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 50)
        page.mouse.down()
        page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 50, steps=4)
        yield watched
        assert (watched.requests, watched.complaints) == ([], [])


def drawn_anew(browser, year: Path, dragging: Watched) -> tuple[str, str]:
    """The lanes of a page of its own on the days that were dragged, and what they say."""
    first = dragging.view("filters").get_by_label("From", exact=True)
    dragging.page.wait_for_function("node => node.value", arg=first.element_handle())
    start, end = (
        dragging.view("filters").get_by_label(name, exact=True).input_value() for name in ("From", "To")
    )
    with open_file(browser, year, viewport={"width": 1000, "height": 500}) as fresh:
        choose_days(fresh, start, end)
        fresh.page.wait_for_function(ALL_DRAWN)
        return fresh.page.evaluate(DRAWN), said(fresh.view("lanes"))


def test_a_drag_tells_at_once_and_draws_lanes_out_of_sight_at_its_end(browser, year, dragging):
    page, view = dragging.page, dragging.view("lanes")
    before = page.evaluate(DRAWN)
    drawn, words = drawn_anew(browser, year, dragging)
    assert said(view) == words
    assert page.evaluate(DRAWN) == before != drawn
    page.mouse.up()
    page.wait_for_function(f"drawn => ({DRAWN})() === drawn", arg=drawn)
    assert said(view) == words


def test_lanes_that_come_in_sight_during_a_drag_are_drawn(browser, year, dragging):
    page, view = dragging.page, dragging.view("lanes")
    drawn, _ = drawn_anew(browser, year, dragging)
    view.locator(".fl-lane").nth(3).evaluate("lane => lane.scrollIntoView({ block: 'center' })")
    page.wait_for_function(
        f"drawn => JSON.stringify(JSON.parse(({DRAWN})())[3]) === JSON.stringify(JSON.parse(drawn)[3])",
        arg=drawn,
    )


def test_a_drag_that_is_given_up_leaves_the_lanes_as_they_were(dragging):
    page = dragging.page
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_function("() => !document.querySelector('.fl-view-filters .fl-date input').value")
    whole = "1 January – 25 December 2024; 360 of 360 events with a date"
    page.wait_for_function(
        "words => document.querySelector('.fl-view-lanes .fl-statement').textContent === words", arg=whole
    )
    page.wait_for_function(
        "() => [...document.querySelectorAll('.fl-lane-count')]"
        ".every((each) => each.textContent === '36 events')"
    )


def test_filters_leave_nothing_stale_below_and_the_picked_mark_stays_pressed(browser, year):
    with open_file(browser, year, viewport={"width": 1000, "height": 500}) as watched:
        page, view = watched.page, watched.view("lanes")
        mark = view.get_by_role("button", name="3 March 2024, the council met on e62, agreed, pact 2")
        whole = page.evaluate(DRAWN)
        choose_days(watched, "2024-02-01", "2024-04-30")
        # The counts in the list of periods follow, too.
        page.wait_for_function(
            "() => [...document.querySelectorAll('.fl-lane-controls option')]"
            ".some((each) => each.textContent === '2024 (90)')"
        )
        assert view.locator(".fl-lane-mark").count() == 90
        mark.click()
        press(view, "Zoom in", "Later", "Earlier")
        assert mark.get_attribute("aria-pressed") == "true"
        assert view.locator(".fl-lane-mark[aria-pressed=true]").count() == 1
        assert view.locator(".fl-lane-mark[tabindex='0']").count() == 1
        press(view, "Whole time", "Read all again")
        watched.view("filters").get_by_role("button", name="Reset", exact=True).click()
        page.wait_for_function("() => document.querySelectorAll('.fl-lane-mark').length > 90")
        same = "() => [...document.querySelectorAll('.fl-lane-mark')].map((mark) => mark.dataset.key).join()"
        keys = page.evaluate(same)
        assert keys == page.evaluate(
            "all => JSON.parse(all).flatMap(([, , marks]) => marks.map((mark) => mark.at(-1))).join()", whole
        )


def test_a_mark_that_is_gone_gives_nobody_its_focus(browser, year):
    with open_file(browser, year) as watched:
        page, view = watched.page, watched.view("lanes")
        mark = view.locator(".fl-lane-mark").first
        mark.focus()
        here = focused(watched)
        for _ in range(3):
            page.keyboard.press("+")
        assert focused(watched) == here
        for _ in range(3):
            page.keyboard.press("Shift+ArrowRight")
        # The lanes have the focus, or the mark that Tab would reach.
        assert focused(watched) != here
        assert page.evaluate(
            "() => document.activeElement.matches('.fl-lanes, .fl-lane-mark[tabindex=\"0\"]')"
        )


def test_no_evidence_says_so(opened):
    view = opened.view("lanes", 3)
    assert "No events were found in this corpus of 4 articles." in view.inner_text()
    assert view.get_by_role("button").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_page_fits_and_its_words_can_be_read(browser, exported, scheme):
    with open_file(browser, exported, viewport={"width": 375, "height": 800}, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") == 375
        for lane in watched.view("lanes").locator(".fl-lane").all():
            name, track = (lane.locator(part).bounding_box() for part in (".fl-lane-name", ".fl-lane-track"))
            assert name["y"] + name["height"] <= track["y"] + 1
        faint = [words for contrast, words in watched.page.evaluate(CONTRASTS) if contrast < 4.5]
        assert faint == []
        assert (watched.requests, watched.complaints) == ([], [])
