"""Views of a sample of 60,000 rows in Chromium: counts are of all rows wherever the page can know them."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from browser import Watched
from test_browser_export import START, choose, write_page
from test_sampled import FRAMES, make_evidence

from analysis.views.sampling import sample_rows

pytestmark = pytest.mark.browser

ROWS, MOST = 60_000, 2_000
SHOWN = "2,000 of 60,000 sentences"
OF_ALL, OF_SAMPLE = f"{SHOWN}; counts are of all", f"{SHOWN}, a sample; counts here are of the sample"
DRAWN = f"{SHOWN}, a sample; what is shown and counted here is of the sample"
DAYS = 1499


def make_large() -> pd.DataFrame:
    """Too many speakers for any table of counts, and so many days and places that days go by months."""
    evidence = make_evidence(ROWS, days=DAYS)
    piers = np.random.default_rng(0).integers(0, 20, ROWS)
    return evidence.assign(
        speaker=[f"Speaker {n // 2}" for n in range(ROWS)], place=[f"Pier {pier}" for pier in piers]
    )


PARTS = (
    START,
    "from test_browser_sampled import MOST, make_large\n"
    "large = Explorer(make_large(), dimensions=['frame', 'voice', 'actors', 'place', 'speaker'],"
    " unit='sentence', most=MOST)\n"
    "widgets.VBox([large.filters(), large.dates(), large.counts('frame', 'outlet'),"
    " large.counts('actors', 'voice'), large.counts('speaker'), large.timeline(colour='frame'),"
    " large.lanes('frame'), large.articles(colour='frame'), large.contexts(), large.downloads(),"
    " large.sentences()])",
)


@pytest.fixture(scope="module")
def evidence() -> pd.DataFrame:
    return make_large()


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    return write_page(tmp_path_factory.mktemp("sampled"), PARTS)


def statement(watched: Watched, kind: str = "filters") -> str:
    return watched.view(kind).locator(".fl-statement").inner_text()


def line(watched: Watched, kind: str, number: int = 0) -> str:
    return watched.view(kind, number).locator(".fl-sampled").inner_text()


def read_table(watched: Watched, number: int = 0) -> dict[str, list[int]]:
    """The numbers of a table of counts, a list a row."""
    lines = watched.view("counts", number).locator("tbody tr, tfoot tr").all()
    numbers = {each.locator("th").inner_text(): each.locator("td").all_inner_texts() for each in lines}
    return {name: [int(cell.replace(",", "")) for cell in cells] for name, cells in numbers.items()}


def count_with_pandas(rows: pd.DataFrame, by_article: bool = False) -> dict[str, list[int]]:
    """The same table: a frame a row, an outlet a column, all in the last of both."""

    def count(part: pd.DataFrame) -> int:
        return part["article_id"].nunique() if by_article else len(part)

    outlets = ["Example Herald", "Example Post", "Example Times"]
    return {
        name: [*(count(part[part["outlet"] == outlet]) for outlet in outlets), count(part)]
        for name, part in [*((frame, rows[rows["frame"] == frame]) for frame in FRAMES), ("All", rows)]
    }


def test_every_view_says_what_it_shows_and_counts(opened, evidence):
    total = evidence["article_id"].nunique()
    assert statement(opened) == f"60,000 of 60,000 sentences in {total:,} of {total:,} articles"
    for kind, number in (("filters", 0), ("dates", 0), ("counts", 0), ("counts", 1), ("sentences", 0)):
        assert line(opened, kind, number) == OF_ALL
    # Speakers are too many to be counted in all.
    assert line(opened, "counts", 2) == OF_SAMPLE
    for kind in ("timeline", "lanes", "articles", "contexts", "downloads"):
        assert line(opened, kind) == DRAWN
    assert opened.page.locator(".fl-sampled").count() == opened.page.locator(".fl-view[data-view]").count()


def test_counts_under_filters_are_those_of_pandas_over_all_rows(opened, evidence):
    choose(opened, "frame", "cost")
    choose(opened, "voice", "quotation")
    filters = opened.view("filters")
    filters.get_by_label("From", exact=True).fill("2024-02-01")
    filters.get_by_label("To", exact=True).fill("2026-06-30")
    dated = evidence[evidence["date_earliest"].between("2024-02-01", "2026-06-30")]
    quoted = dated[dated["voice"] == "quotation"]
    rows = quoted[quoted["frame"] == "cost"]
    articles = rows["article_id"].nunique()
    assert (
        statement(opened)
        == statement(opened, "sentences")
        == (
            f"{len(rows):,} of 60,000 sentences in {articles:,} of 20,000 articles: "
            "cost frame; quotation voice; 1 February 2024 – 30 June 2026"
        )
    )
    assert line(opened, "counts") == line(opened, "dates") == OF_ALL
    assert read_table(opened) == count_with_pandas(rows)
    opened.view("counts").get_by_label("Count").select_option("articles")
    assert line(opened, "counts") == OF_ALL
    assert read_table(opened) == count_with_pandas(rows, by_article=True)
    # One row with two actors counts once for each.
    exploded = rows["actors"].map(lambda cell: cell or ["Not stated"]).explode()
    told = {name: cells[-1] for name, cells in read_table(opened, 1).items()}
    assert told == {**exploded.value_counts().to_dict(), "All": len(rows)}
    # Beside a choice stands what it would give under all the other filters.
    beside = filters.locator("[data-dimension=frame] label", has_text="safety").locator(".fl-option-count")
    assert beside.inner_text() == f"{(quoted['frame'] == 'safety').sum():,}"
    opened.view("dates").get_by_text("Show as a table").click()
    bars = opened.view("dates").locator(".fl-dates-table tbody tr")
    # the table is filled once it is open
    bars.first.wait_for()
    selected = {bar.locator("th").inner_text(): bar.locator("td").all_inner_texts() for bar in bars.all()}
    april = [part["date_earliest"].str.startswith("2024-04").sum() for part in (evidence, rows)]
    assert selected["April 2024"] == [f"{number:,}" for number in april]
    said = statement(opened, "dates")
    assert said.startswith(f"1 February 2024 – 30 June 2026: {len(rows):,} of 60,000 sentences")


def test_what_the_counts_of_all_cannot_know_is_of_the_sample_and_says_so(opened):
    filters = opened.view("filters")
    filters.get_by_label("Search the sentences").fill("late")
    shown = int(statement(opened).split(" of the ")[0])
    assert 300 < shown < 500
    sample = f"{shown} of the 2,000 sentences shown, a sample of 60,000"
    assert statement(opened) == f"{sample}: words “late”"
    for kind in ("filters", "dates", "counts", "sentences"):
        assert line(opened, kind) == OF_SAMPLE
    assert read_table(opened)["All"][-1] == shown
    assert f"{shown} of 2,000 sentences" in statement(opened, "dates")
    with opened.page.expect_download() as saved:
        opened.view("downloads").locator("[data-key=csv]").click()
    assert saved.value.suggested_filename == f"framelines-{shown}-sentences-sample.csv"
    with Path(saved.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == shown
    assert {row["sampled_from"] for row in rows} == {"60000"}
    filters.get_by_role("button", name="Reset").click()
    # Days within a month are not told apart: that date is asked of the sample alone.
    filters.get_by_label("From", exact=True).fill("2024-02-10")
    assert line(opened, "dates") == OF_SAMPLE
    assert "of the 2,000 sentences shown, a sample of 60,000: from 10 February 2024" in statement(opened)
    filters.get_by_label("From", exact=True).fill("2024-03-01")
    assert line(opened, "dates") == OF_ALL
    opened.view("counts").get_by_role("button", name="cost, Example Post").click()
    assert "sentences shown, a sample of 60,000" in statement(opened, "sentences")
    assert line(opened, "sentences") == OF_SAMPLE
    assert line(opened, "counts") == OF_ALL


def test_what_no_row_of_the_sample_has_is_counted_all_the_same(opened, evidence):
    rare = evidence[evidence["frame"] == "rare"]
    shown = evidence.index.isin(sample_rows(evidence, ["outlet", "frame"], most=MOST))
    months = rare["date_earliest"].str[:7]
    month = min(set(months) - set(months[shown[rare.index]]))
    rows = rare[months == month]
    choose(opened, "frame", "rare")
    filters = opened.view("filters")
    filters.get_by_label("From", exact=True).fill(f"{month}-01")
    filters.get_by_label("To", exact=True).fill(str((pd.Period(month) + 1).start_time.date() - timedelta(1)))
    found = f"{len(rows)} of 60,000 sentences in {rows['article_id'].nunique()} of 20,000 articles: rare"
    assert statement(opened).startswith(found)
    assert read_table(opened)["rare"][-1] == len(rows)
    said = opened.view("sentences").locator(".fl-empty").inner_text()
    assert said.startswith(f"None of the {len(rows)} sentence")
    assert "is in the sample of 2,000." in said
