"""What the page gives to take away, a table and a calendar, from disk with the network shut."""

from __future__ import annotations

import base64
import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from browser import Watched, open_file
from icalendar import Calendar
from made_tables import HOSTILE, SENTENCES, TEXT, make_tables
from test_browser_export import START, write_page
from test_lanes import LONG

from analysis.views.evidence import event_evidence
from analysis.views.explorer import Explorer, join_scripts

pytestmark = pytest.mark.browser

EVENTS = (
    "events = Explorer(evidence.event_evidence(tables), dimensions=['status', 'instrument', 'actors'],"
    " details=['event_id', 'what'], unit='event')\n"
    "widgets.VBox([events.filters(), events.downloads(), events.sentences()])"
)
FIGURES = (
    "figures = Explorer(evidence.figure_evidence(tables), dimensions=['measure', 'change'], unit='figure')\n"
    "widgets.VBox([figures.claims(), figures.downloads()])"
)
DOUBTS = (
    "from test_lanes import DOUBTFUL, DOUBTS\n"
    "tables = make_tables(events=DOUBTFUL)\n"
    "doubts = Explorer(evidence.event_evidence(tables), dimensions=['instrument', 'status'],"
    " details=DOUBTS)\n"
    "doubts.downloads()"
)
FORMULA = '=HYPERLINK("https://example.org","read")'


@pytest.fixture(scope="module")
def events(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("events"), (START, EVENTS))


def save(watched: Watched, button: str) -> tuple[str, bytes]:
    """Click a button of the view; the file's name and its bytes."""
    with watched.page.expect_download() as started:
        watched.view("downloads").get_by_role("button", name=button).click()
    download = started.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def read_table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_holds_every_telling_with_its_words(browser, events):
    with open_file(browser, events) as watched:
        name, content = save(watched, "as a table")
        assert not watched.requests and not watched.complaints
    rows = read_table(content)
    assert name == "framelines-4-events.csv"
    assert [row["article_id"] for row in rows] == [f"page.txt#{n}" for n in (0, 1, 3, 2)]
    assert {row["match"] for row in rows} == {"agreed"}
    assert {row["sentence"] for row in rows} == {SENTENCES[3]}
    assert rows[0]["actors"] == "Council; Ana Ruiz"
    assert (rows[1]["date_earliest"], rows[1]["date_latest"]) == ("2024-06-12", "2024-06-12")
    assert (rows[1]["published_earliest"], rows[1]["published_latest"]) == ("2025-02-01", "2025-02-28")
    assert rows[1]["headline"] == f"Talks {HOSTILE} go on"
    assert (rows[3]["outlet"], rows[3]["date_earliest"], rows[3]["actors"]) == ("Outlet not stated", "", "")


def test_every_row_of_the_table_leads_back_to_its_article(browser, events):
    with open_file(browser, events) as watched:
        rows = read_table(save(watched, "as a table")[1])
    assert {row["field"] for row in rows} == {"text"}
    assert {TEXT[int(row["start"]) : int(row["end"])] for row in rows} == {"agreed"}


def test_numbers_stand_in_the_table_and_signs_are_no_formulas(browser, tmp_path):
    with open_file(browser, write_page(tmp_path, (START, FIGURES))) as watched:
        rows = read_table(save(watched, "as a table")[1])
    assert [row["value"] for row in rows] == ["4000000", "4000001", "4000003", "4000002"]
    assert {(row["change"], row["high"]) for row in rows} == {("=", "")}
    assert TEXT[int(rows[0]["start"]) : int(rows[0]["end"])] == "£4 million"


def test_only_what_could_be_a_formula_is_marked(browser, tmp_path):
    told = ["-5", "-", "-1+2", "＝1"]
    code = f"tables.events = tables.events.assign(what={told!r}, instrument='+1,200')"
    with open_file(browser, write_page(tmp_path, (START, code, EVENTS))) as watched:
        rows = read_table(save(watched, "as a table")[1])
    assert sorted(row["what"] for row in rows) == sorted(["-5", "-", "'-1+2", "'＝1"])
    assert {row["instrument"] for row in rows} == {"+1,200"}


def test_files_hold_what_the_filters_leave(browser, events):
    with open_file(browser, events) as watched:
        watched.view("filters").locator("[data-dimension=outlet] summary").click()
        watched.view("filters").get_by_label("Example Post").check()
        button = watched.view("downloads").get_by_role("button", name="as a table")
        assert button.inner_text() == "Download 1 event as a table (.csv)"
        rows = read_table(save(watched, "as a table")[1])
        calendar = Calendar.from_ical(save(watched, "as a calendar")[1])
        watched.view("filters").get_by_label("Search").fill("nothing like this")
        assert button.is_disabled()
    assert [row["outlet"] for row in rows] == ["Example Post"]
    assert [str(entry["UID"]) for entry in calendar.walk("VEVENT")] == ["e-Example Post@framelines"]


def test_the_calendar_is_one_that_calendars_read(browser, events):
    with open_file(browser, events) as watched:
        name, content = save(watched, "as a calendar")
        assert "1 event without a date cannot stand in a calendar" in watched.view("downloads").inner_text()
    assert name == "framelines-4-events.ics"
    calendar = Calendar.from_ical(content)
    entries = calendar.walk("VEVENT")
    assert not calendar.errors and not any(entry.errors for entry in entries)
    assert (calendar["VERSION"], "PRODID" in calendar) == ("2.0", True)
    assert all(required in entry for entry in entries for required in ("UID", "DTSTAMP", "DTSTART"))
    # Two tellings of one event are one entry; what has no date is none.
    assert [str(e["UID"]) for e in entries] == ["e-Example Herald@framelines", "e-Example Post@framelines"]
    month, day = entries
    # The end of an all-day entry is the day after it.
    assert (month.decoded("DTSTART"), month.decoded("DTEND")) == (date(2024, 6, 1), date(2024, 7, 1))
    assert (day.decoded("DTSTART"), day.decoded("DTEND")) == (date(2024, 6, 12), date(2024, 6, 13))
    assert str(month["SUMMARY"]) == "fishing quota: agreed the quota (agreed)"
    assert str(month["DESCRIPTION"]).count(SENTENCES[3]) == 2
    assert "some time within June 2024" in str(month["DESCRIPTION"])
    assert [str(each) for each in month["CATEGORIES"].cats] == ["fishing quota", "agreed"]


def test_lines_of_the_calendar_keep_to_the_standard(browser, events):
    with open_file(browser, events) as watched:
        content = save(watched, "as a calendar")[1]
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")  # no character is cut in two by a fold


def test_the_calendar_tells_what_is_denied_and_which_day_is_carried_over(browser, tmp_path):
    with open_file(browser, write_page(tmp_path, (START, DOUBTS))) as watched:
        entries = Calendar.from_ical(save(watched, "as a calendar")[1]).walk("VEVENT")
        rows = read_table(save(watched, "as a table")[1])
    told = {str(each["UID"]).removesuffix("@framelines"): each for each in entries}
    assert str(told["dredging"]["SUMMARY"]).startswith("Denied: harbour pact: the council met on dredging")
    denied = str(told["dredging"]["DESCRIPTION"])
    assert "The text denies it" in denied and "It happened" not in denied
    assert (
        "modality: not expected to; negated: denied; date words: this year; date rests on: its own" in denied
    )
    carried = str(told["levy"]["DESCRIPTION"])
    assert "The day is not certain: date carried over from another sentence." in carried
    assert "certain as far as" not in carried
    assert "Denied in 1 of 2 tellings." in str(told["quay"]["DESCRIPTION"])
    assert str(told["toll"]["SUMMARY"]) == f"harbour pact: {LONG[: LONG.index(' ferries')]}… (agreed)"
    assert LONG in str(told["toll"]["DESCRIPTION"])
    assert LONG in {row["what"] for row in rows}
    assert {(row["modality"], row["negated"]) for row in rows} >= {("not expected to", "denied"), ("", "")}


def test_the_calendar_is_not_certain_of_a_day_on_which_tellings_differ(browser, tmp_path):
    days = ["2024-06-01", "2024-06-12", "2024-06-20", "2024-06-12"]
    code = (
        f"days = {days!r}\n"
        "tables.events = tables.events.assign(event_id='vote', date_earliest=days, date_latest=days)"
    )
    with open_file(browser, write_page(tmp_path, (START, code, EVENTS))) as watched:
        (entry,) = Calendar.from_ical(save(watched, "as a calendar")[1]).walk("VEVENT")
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2024, 6, 1), date(2024, 6, 21))
    words = str(entry["DESCRIPTION"])
    assert "The tellings differ on the day: it lies somewhere within 1–20 June 2024." in words
    assert "certain as far as" not in words


def test_text_of_strangers_stays_text(browser, tmp_path):
    what, event_id = f"{FORMULA}\nBEGIN:VALARM;a,b\\n", "e;1\r\nX:y"
    code = f"tables.events = tables.events.head(1).assign(what={what!r}, event_id={event_id!r})"
    with open_file(browser, write_page(tmp_path, (START, code, EVENTS))) as watched:
        table = read_table(save(watched, "as a table")[1])
        content = save(watched, "as a calendar")[1]
    assert table[0]["what"].startswith("'=HYPERLINK(")
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert not entry.subcomponents and not entry.errors
    assert f"{FORMULA}\nBEGIN:VALARM;a,b\\n" in str(entry["SUMMARY"])
    assert "X" not in entry


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize(
    "before", ["", " ", "\u00a0", "\t", "\r\n", "\ufeff", "\u200b", "'", '"', "“", " ‘", "＂"]
)
def test_no_cell_begins_what_a_spreadsheet_would_run(scripted, before, sign):
    assert scripted.evaluate("text => csvCell(text)", f"{before}{sign}1+cmd").lstrip('"').startswith("'")


def test_cells_that_are_no_formula_stay_as_they_are(scripted):
    plain = ["-5", "+1,200", "-", "1e-3", "-1.5e+9", "5 = 5", "a-b", "“We need”", "– said Ana", "", "#name"]
    assert scripted.evaluate("texts => texts.map(csvCell)", plain) == ["-5", '"+1,200"', *plain[2:]]


@pytest.fixture(scope="module")
def scripted(browser):
    """A page with the views' scripts alone, to try a function on many values."""
    page = browser.new_page()
    page.add_script_tag(content=join_scripts().replace("export default", "const views ="))
    yield page
    page.close()


def test_every_column_and_its_name_are_safe_in_a_spreadsheet(browser, tmp_path):
    code = (
        f"bad = {FORMULA!r}\n"
        "rows = evidence.event_evidence(tables)"
        ".assign(outlet=bad, headline=bad, **{'=tone': bad, 'what': bad})\n"
        "Explorer(rows, dimensions=['=tone'], details=['what'], unit='event').downloads()"
    )
    with open_file(browser, write_page(tmp_path, (START, code))) as watched:
        content = save(watched, "as a table")[1]
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert "'=tone" in lines[0]
    assert sum(cell == f"'{FORMULA}" for cell in lines[1]) == 4
    assert not [cell for line in lines for cell in line if cell.startswith("=")]


def test_what_is_saved_is_said_beside_the_button(browser, events):
    with open_file(browser, events) as watched:
        watched.view("filters").get_by_label("Search").fill("agreed")
        assert "What is saved: 4 of 4 events in 4 of 4 articles" in watched.view("downloads").inner_text()


def follow(watched: Watched, token: str) -> None:
    """Follow a link with a token within the open page."""
    watched.page.evaluate("token => { location.hash = `framelines=${token}`; }", token)
    watched.page.wait_for_selector(".fl-restored")


def explore() -> Explorer:
    """The explorer of the page, in Python."""
    return Explorer(
        event_evidence(make_tables()), dimensions=["status", "instrument", "actors"],
        details=["event_id", "what"], unit="event",
    )  # fmt: skip


def test_a_token_of_python_selects_the_same_rows_in_the_page_and_back(browser, events):
    explorer = explore()
    explorer.set_filters(outlet="Example Herald", actors=["Council"], start="2024-06-01", search="council")
    explorer.store.picked = {"label": "June 2024, agreed", "dates": ["2024-06-01", "2024-06-30"]}
    with open_file(browser, events, permissions=["clipboard-read", "clipboard-write"]) as watched:
        page = watched.page
        page.evaluate("token => history.replaceState(null, '', `#framelines=${token}`)", explorer.token())
        page.reload()
        page.wait_for_selector(".fl-restored")
        told = page.locator(".fl-restored [role=status]").inner_text()
        assert told.startswith(
            f"A selection was restored from the link: {len(explorer.selection())} of 4 events"
        )
        assert "Reading: June 2024, agreed" in watched.view("sentences").inner_text()
        assert [row["outlet"] for row in read_table(save(watched, "as a table")[1])] == ["Example Herald"] * 2
        link = copied(watched)
        assert link == f"{events.as_uri()}#framelines={explorer.token()}"
        page.get_by_role("button", name="Show everything").click()
        assert page.locator(".fl-restored").count() == 0
        watched.view("filters").locator("[data-dimension=outlet] summary").click()
        watched.view("filters").get_by_label("Example Post").check()
        explorer.use_token(copied(watched))
        assert not watched.requests and not watched.complaints
    assert list(explorer.selection()["outlet"]) == ["Example Post"]
    assert explorer.store.picked == {}


def copied(watched: Watched) -> str:
    """The link that the button gives: in the clipboard, or, where that is refused, in a field."""
    view = watched.view("downloads")
    view.get_by_role("button", name="Copy a link to this selection").click()
    view.locator(".fl-copied").filter(has_text=".").wait_for()
    field = view.get_by_role("textbox")
    if field.count():
        assert (
            watched.page.evaluate("getSelection().toString() || document.activeElement.value")
            == field.input_value()
        )
        return field.input_value()
    return watched.page.evaluate("navigator.clipboard.readText()")


def test_where_copying_is_refused_the_link_stands_in_a_field(browser, events):
    with open_file(browser, events) as watched:
        watched.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        assert copied(watched).startswith(f"{events.as_uri()}#framelines=")
        assert "does not let this page copy" in watched.view("downloads").inner_text()
        assert watched.page.evaluate("document.activeElement.readOnly")


def test_a_link_says_what_is_not_in_this_page(browser, events):
    token = token_of(c={"outlet": ["Example Post", "Example Gazette"]}, p={"l": "gone", "r": [99]})
    with open_file(browser, events) as watched:
        follow(watched, token)
        told = watched.page.locator(".fl-restored").inner_text()
        assert "2 of 3 choices are not in this page: Example Gazette, gone." in told
        assert "1 of 4 events" in watched.view("filters").inner_text()


def token_of(**parts: object) -> str:
    key = json.loads(base64.urlsafe_b64decode(explore().token() + "=="))["k"]
    text = json.dumps({"v": 1, "k": key, "n": 4, **parts})
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_hostile_tokens_do_nothing_harmful(browser, events):
    tokens = [
        token_of(c={"__proto__": ["x"], "constructor": ["y"], "outlet": "Example Post"}),
        token_of(c=["outlet"], s=5, e={"a": 1}, q=["x"], p="mark"),
        token_of(c={"outlet": [None, 3, {"a": []}]}, s="2024-13-45", e="9" * 400, q=7),
        token_of(p={"l": HOSTILE, "c": {"__proto__": "x", "toString": "y"}}),
        token_of(p={"l": {"toString": 1}, "a": ["page.txt#0"], "d": [1, 2, 3], "u": "yes", "r": [-1, 1e9]}),
        token_of(c={"outlet": [HOSTILE] * 100}, q=HOSTILE),
        token_of(v=2),
        token_of(k="ffffffff"),
        *("A" * 50_000, "W1tb" * 4000, "%3Cscript%3E", "..", "e30", "bnVsbA", "__proto__"),
    ]
    with open_file(browser, events) as watched:
        for token in tokens:
            follow(watched, token)
            assert watched.page.evaluate("Object.keys(Object.prototype).length === 0 && ({}).x === undefined")
            assert HOSTILE not in watched.page.locator(".fl-restored").first.inner_html()
            watched.view("filters").get_by_label("Search").fill("")
            assert "4 of 4 events" in watched.view("filters").inner_text()
            watched.page.get_by_role("button", name="Hide this line").first.click()
        assert "another page" in said_of(watched, tokens[7])
        assert "another version" in said_of(watched, tokens[6])
        assert "cannot be read" in said_of(watched, tokens[-1])
        assert not watched.requests and not watched.complaints


def said_of(watched: Watched, token: str) -> str:
    follow(watched, token)
    words = watched.page.locator(".fl-restored").first.inner_text()
    watched.page.get_by_role("button", name="Hide this line").first.click()
    return words
