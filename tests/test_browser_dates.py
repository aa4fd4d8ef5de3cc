"""Rows over time and the brush on them, in an exported page from disk with the network shut."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Watched, open_file
from test_browser_export import CONTRASTS, START, write_page

pytestmark = pytest.mark.browser

# A day each in 2024, two of them in June, one somewhere within a quarter, one without a date.
DAYS = (
    ("2024-01-10", "2024-01-10"), ("2024-03-05", "2024-03-05"), ("2024-06-03", "2024-06-03"),
    ("2024-06-20", "2024-06-20"), ("2024-07-01", "2024-09-30"), ("2024-12-24", "2024-12-24"), (None, None),
)  # fmt: skip
TOLD = (
    f"from test_lanes import tell\ndays = {DAYS!r}\n"
    "told = [tell(n % 2, f'e{n}', 'harbour pact', 'agreed', *day) for n, day in enumerate(days)]\n"
)
DATES = (
    TOLD + "pact = Explorer(evidence.event_evidence(make_tables(events=told)),"
    " dimensions=['status', 'instrument'], unit='event')\n"
    "widgets.VBox([pact.filters(), pact.dates(), pact.sentences(),"
    " pact.timeline(colour='status', label='instrument')])"
)
NONE = (
    "none = Explorer(evidence.event_evidence(make_tables(events=told[-1:])), dimensions=['status'],"
    " unit='event')\nnone.dates(title='Nothing dated')"
)
# An interval that goes on to the last bar.
WIDE = (
    "days = [('2024-01-01', '2024-01-01'), ('2024-01-20', '2024-02-10')]\n"
    "wide = [tell(0, f'e{n}', 'harbour pact', 'agreed', *day) for n, day in enumerate(days)]\n"
    "wide = Explorer(evidence.event_evidence(make_tables(events=wide)), dimensions=['status'],"
    " unit='event')\nwide.dates(title='To the end')"
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("dates"), (START, DATES, NONE, WIDE))


def said(watched: Watched, kind: str = "dates") -> str:
    return watched.view(kind).locator(".fl-statement").inner_text()


def filtered(watched: Watched) -> tuple[str, str]:
    filters = watched.view("filters")
    return filters.get_by_label("From", exact=True).input_value(), filters.get_by_label(
        "To", exact=True
    ).input_value()


def slider(watched: Watched, name: str):
    return watched.view("dates").get_by_role("slider", name=name)


def place(watched: Watched, share: float) -> tuple[float, float]:
    """A place on the bars, as a share of their width."""
    box = slider(watched, "Bar that is read").bounding_box()
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def drag(watched: Watched, start: float, end: float, *, hold: bool = False) -> None:
    mouse = watched.page.mouse
    mouse.move(*place(watched, start))
    mouse.down()
    mouse.move(*place(watched, end), steps=6)
    if not hold:
        mouse.up()


def test_bars_are_told_in_a_sentence_and_in_a_table(opened):
    view = opened.view("dates")
    assert said(opened) == "6 of 7 events from 10 January 2024 to 24 December 2024; at most 1 in a week."
    assert "Each bar is a week. 1 event could lie in more than one week" in view.inner_text()
    view.get_by_text("Show as a table").click()
    # the table is filled once it is open
    view.locator("tbody tr").first.wait_for()
    rows = [row.inner_text().split("\t") for row in view.locator("tbody tr").all()]
    counts = {row[0]: tuple(map(int, row[1:])) for row in rows}
    assert counts["17–23 June 2024"] == (1, 1, 0)
    # The one somewhere within three months stands in each of their weeks, and is counted as unsure there.
    assert sum(each[1] - each[2] for each in counts.values()) == 5
    assert [each for each in counts.values() if each[2]] == [(1, 1, 1)] * 14
    assert len(counts) == 51


def test_a_drag_chooses_days_and_says_so_at_its_end(opened):
    before = said(opened)
    drag(opened, 0.42, 0.99, hold=True)
    opened.page.wait_for_function("document.querySelector('.fl-view-filters .fl-date input').value")
    assert said(opened) == before
    opened.page.mouse.up()
    start, end = filtered(opened)
    assert ("2024-05-27" <= start <= "2024-06-03", end) == (True, "2024-12-29")
    assert said(opened).endswith("December 2024: 4 of 7 events; at most 1 in a week.")
    assert said(opened, "sentences").startswith("4 of 7 events in 2 of 4 articles")
    assert "1 without a date left out." in opened.view("dates").inner_text()
    # What is inside of the brush moves it, days and all.
    drag(opened, 0.6, 0.1)
    assert filtered(opened)[0] == "2024-01-08"
    opened.page.keyboard.press("Escape")
    assert filtered(opened) == ("", "")
    assert said(opened) == before


def test_a_drag_that_is_given_up_leaves_the_dates_as_they_were(opened):
    drag(opened, 0.2, 0.3)
    kept = filtered(opened)
    assert all(kept)
    drag(opened, 0.6, 0.9, hold=True)
    opened.page.wait_for_function(
        "kept => document.querySelector('.fl-view-filters .fl-date input').value != kept", arg=kept[0]
    )
    opened.page.keyboard.press("Escape")
    assert filtered(opened) == kept
    opened.page.mouse.up()
    assert filtered(opened) == kept


def test_a_click_on_a_bar_chooses_its_days_and_again_lets_go(opened):
    view = opened.view("dates")
    opened.page.mouse.click(*place(opened, 0.001))
    assert filtered(opened) == ("2024-01-08", "2024-01-14")
    assert said(opened) == "8–14 January 2024: 1 of 7 events; most in 8–14 January 2024: 1."
    assert view.locator(".fl-dates-told").inner_text() == "8–14 January 2024: 1"
    opened.page.mouse.click(*place(opened, 0.001))
    assert filtered(opened) == ("", "")
    opened.page.mouse.click(*place(opened, 0.001))
    view.get_by_role("button", name="All dates").click()
    assert filtered(opened) == ("", "")


def test_handles_move_by_bar_and_by_month_and_speak_dates(opened):
    first, last, press = slider(opened, "First day"), slider(opened, "Last day"), opened.page.keyboard.press
    assert (first.get_attribute("aria-valuetext"), last.get_attribute("aria-valuetext")) == (
        "the earliest",
        "the latest",
    )
    first.focus()
    press("ArrowRight")
    assert filtered(opened) == ("2024-01-15", "")
    assert first.get_attribute("aria-valuetext") == "15 January 2024"
    press("PageUp")
    assert filtered(opened)[0] == "2024-02-05"
    press("PageDown")
    press("ArrowLeft")
    # At the end of the whole time nothing is filtered there: what has no date is back as well.
    assert filtered(opened) == ("", "")
    last.focus()
    press("Home")
    assert filtered(opened) == ("", "2024-01-14")
    first.focus()
    press("End")
    assert filtered(opened) == ("", "2024-01-14")
    last.focus()
    press("End")
    assert filtered(opened) == ("", "")


def test_bars_are_read_one_by_one_and_chosen_by_enter(opened):
    bar, press = slider(opened, "Bar that is read"), opened.page.keyboard.press
    bar.focus()
    press("Home")
    assert bar.get_attribute("aria-valuetext") == "8–14 January 2024: 1 event"
    press("End")
    assert bar.get_attribute("aria-valuetext") == "23–29 December 2024: 1 event"
    press("ArrowLeft")
    assert bar.get_attribute("aria-valuetext") == "16–22 December 2024: 0 events"
    press("ArrowRight")
    press("Enter")
    assert filtered(opened) == ("2024-12-23", "2024-12-29")
    assert opened.page.evaluate("document.activeElement.className") == "fl-dates-plot"
    press("Escape")
    assert filtered(opened) == ("", "")


def test_the_brush_follows_filters_set_elsewhere(opened):
    filters, first = opened.view("filters"), slider(opened, "First day")
    left = first.bounding_box()["x"]
    filters.get_by_label("From", exact=True).fill("2024-06-05")
    assert first.get_attribute("aria-valuetext") == "5 June 2024"
    assert first.bounding_box()["x"] > left + 100
    # A day within a bar: the arrows go to the nearest edge on either side.
    first.focus()
    opened.page.keyboard.press("ArrowLeft")
    assert filtered(opened)[0] == "2024-06-03"
    filters.get_by_role("button", name="Reset").click()
    assert first.bounding_box()["x"] == left


def test_what_may_lie_in_a_bar_is_what_its_days_select(opened):
    opened.view("filters").get_by_label("From", exact=True).fill("2024-08-05")
    opened.view("filters").get_by_label("To", exact=True).fill("2024-08-11")
    assert said(opened) == "5–11 August 2024: 1 of 7 events; at most 1 in a week."
    assert said(opened, "sentences").startswith("1 of 7")


def test_an_interval_is_hatched_to_the_last_bar(opened):
    view = opened.view("dates", 2)
    assert "Each bar is a day. 1 event could lie in more than one day" in view.inner_text()
    bar = view.get_by_role("slider", name="Bar that is read")
    bar.focus()
    opened.page.keyboard.press("End")
    assert bar.get_attribute("aria-valuetext") == "10 February 2024: 1 event, of which 1 may lie elsewhere"
    # 22 days, each drawn by itself.
    assert view.locator("path.fl-dates-full").nth(1).get_attribute("d").count("M") == 22


def test_looking_closer_gives_finer_bars_and_the_whole_time_comes_back(opened):
    view = opened.view("dates")
    closer = view.get_by_role("button", name="Look closer")
    assert closer.get_attribute("aria-disabled") == "true"
    opened.view("filters").get_by_label("From", exact=True).fill("2024-06-01")
    opened.view("filters").get_by_label("To", exact=True).fill("2024-06-30")
    closer.click()
    assert "Each bar is a day." in view.inner_text()
    bar = slider(opened, "Bar that is read")
    bar.focus()
    opened.page.keyboard.press("End")
    assert "June 2024" in bar.get_attribute("aria-valuetext")
    view.get_by_role("button", name="Whole time").click()
    assert "Each bar is a week." in view.inner_text()


def test_nothing_dated_and_nothing_selected_say_so(opened):
    empty = opened.view("dates", 1)
    assert empty.locator(".fl-statement").inner_text() == "None of the 1 event has a date."
    assert empty.get_by_role("slider").count() == 0
    opened.view("filters").get_by_label("Search").fill("nothing like this")
    assert said(opened) == "No events are selected."
    opened.view("dates").get_by_role("button", name="Reset the filters").click()
    assert said(opened).startswith("6 of 7 events")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_page_fits_and_can_be_read(browser, exported, scheme):
    with open_file(browser, exported, viewport={"width": 390, "height": 800}, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") == 390
        for name in ("First day", "Last day", "Bar that is read"):
            box = slider(watched, name).bounding_box()
            assert min(box["width"], box["height"]) >= 24
        assert [words for contrast, words in watched.page.evaluate(CONTRASTS) if contrast < 4.5] == []
        assert (watched.requests, watched.complaints) == ([], [])


def test_lines_of_the_time_line_stay_and_arrows_lead_through_them(opened):
    line, press = opened.view("timeline"), opened.page.keyboard.press
    rows = line.locator(".fl-time-row")
    assert rows.count() == 6
    assert line.locator(".fl-time-row[tabindex='0']").count() == 1
    rows.nth(3).evaluate("node => { window.kept = node; }")
    rows.first.focus()
    for key in ("ArrowDown", "ArrowDown", "End", "Home", "ArrowDown"):
        press(key)
    focused = "document.activeElement.getAttribute('aria-label')"
    assert opened.page.evaluate(focused) == "5 March 2024, harbour pact, agreed: 1 event"
    opened.view("filters").get_by_label("From", exact=True).fill("2024-03-01")
    assert rows.count() == 5
    # What is shown before and after is the same node: its focus and its place stay.
    assert opened.page.evaluate("kept === document.querySelectorAll('.fl-time-row')[2]")
    assert line.locator(".fl-time-row[tabindex='0']").get_attribute("aria-label").startswith("5 March 2024")
