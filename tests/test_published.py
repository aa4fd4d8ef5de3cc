"""Days of publication: an interval from evidence, never narrower than that allows."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.articles import Article
from analysis.corpus.provenance.offices import bound_by_offices
from analysis.corpus.provenance.published import date_articles
from analysis.timex import find_timexes
from analysis.timex.publication import find_constraints

TODAY = datetime.date(2026, 6, 1)


def date_all(*articles: Article) -> list[tuple[str | None, str | None]]:
    dated = date_articles(articles, today=TODAY)
    return [(article.published_earliest, article.published_latest) for article in dated]


def article(text: str = "It rained.", **known: object) -> Article:
    return Article("a", "p", known.pop("kind", "main"), text, **known)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        (
            "Home Secretary Yvette Cooper said on Monday 2 September that it was over.",
            ("2024-09-02", "2024-09-03"),
        ),
        ("HOME SECRETARY Yvette Cooper said so.", ("2024-07-05", "2025-09-05")),
        (
            "The shadow home secretary, Chris Philp, spoke. Arrivals so far in 2025 rose.",
            ("2025-01-01", "2025-12-31"),
        ),
        ("So far in 2025 it rained. The flood of 3 March 2025 is the worst.", ("2025-01-01", "2025-12-31")),
        ("It was stopped on 3 March 2025. So far in 2025 it rained.", ("2025-03-03", "2025-12-31")),
        (
            "Ten were sent in the year to March 2025. So far in 2025 it rained.",
            ("2025-03-31", "2025-12-31"),
        ),
        ("It rained on Thursday.", (None, None)),
        ("The market in Portugal opened in 2999.", (None, None)),
    ],
)
def test_the_text_bounds_its_day(text, interval):
    assert date_all(article(text)) == [interval]


@pytest.mark.parametrize(
    ("stamp", "interval"),
    [
        ("Published: 17 July 2025", ("2025-07-17", "2025-07-17")),
        ("Thursday 17 July 2025, 10:32", ("2025-07-17", "2025-07-17")),
        ("2025-07-17T10:32:00Z", ("2025-07-17", "2025-07-17")),
        ("Date: July 17, 2025", ("2025-07-17", "2025-07-17")),
        ("03/04/2025", (None, None)),
        ("17 July 2999", (None, None)),
        ("10:32", (None, None)),
    ],
)
def test_a_stamp_in_full_is_the_day(stamp, interval):
    assert date_all(article(stamp=stamp)) == [interval]


def test_an_update_only_says_that_the_article_is_no_younger():
    text = "Home Secretary Yvette Cooper spoke."
    assert date_all(article(text, stamp="Last updated: 17 July 2025")) == [("2024-07-05", "2025-07-17")]


def test_a_stamp_after_the_day_of_the_copy_is_not_used():
    text = "Home Secretary Yvette Cooper spoke."
    copied = article(text, stamp="17 July 2025", scraped="2025-07-01")
    assert date_all(copied) == [("2024-07-05", "2025-07-01")]


def test_a_live_blog_is_dated_as_one():
    lead = article("Later on Friday, ministers will meet.", kind="liveblog_lead")
    entry = article(
        "Home Secretary Yvette Cooper said on Thursday 5 September that it will end.", kind="liveblog_entry"
    )
    other = article("It rained.", kind="liveblog_entry")
    assert date_all(lead, entry, other) == [("2024-09-06", "2024-09-06")] * 3


def test_the_weekday_of_publication_narrows_only_a_few_weeks():
    (dated,) = date_articles(
        [article("Home Secretary Yvette Cooper will speak later on Friday.")], today=TODAY
    )
    assert (dated.published_earliest, dated.published_latest) == ("2024-07-05", "2025-09-05")


def test_records_are_dated_each_for_itself():
    records = [
        article("Home Secretary Yvette Cooper spoke.", kind="record"),
        article("It rained.", kind="record"),
        article("It snowed.", kind="record", published_earliest="2020-01-01", published_latest="2020-01-01"),
    ]
    assert date_all(*records) == [("2024-07-05", "2025-09-05"), (None, None), ("2020-01-01", "2020-01-01")]


def test_text_in_another_language_is_not_read_as_english():
    text = "Prime Minister Theresa May war da. 2017 so far."
    assert date_all(article(text, language="de")) == [(None, None)]
    assert date_all(article(text, language="en")) != [(None, None)]


def test_office_names_count_with_their_surroundings():
    assert bound_by_offices("The German Chancellor Rishi Sunak") == []
    assert bound_by_offices("the ex-Chancellor Rishi Sunak") == []
    (bounds,) = bound_by_offices("the chancellor, Rishi Sunak, said")
    assert bounds.earliest == datetime.date(2020, 2, 13)
    # One character of this is two in lower case, which moves nothing.
    assert bound_by_offices("İ İ İ Chancellor Rishi Sunak said") == [bounds]


def test_a_month_is_no_office_holder():
    assert bound_by_offices("The Home Secretary signed it on 3 May 2024.") == []
    (bounds,) = bound_by_offices("The Home Secretary signed it. Mrs May was pleased.")
    assert bounds.earliest == datetime.date(2010, 5, 12)


DATES = st.sampled_from(
    ["Monday 2 September", "in 2024", "so far in 2025", "3 March 2025", "the 20th century", "1980s",
     "2024-25", "03/04/2025", "Thursday, July 17", "since May 2023", "on Friday", "\n",
     "Home Secretary Yvette Cooper",
     ". ", "will", "was", "word", "the", "of", "a", "first", "12"]
)  # fmt: skip


@given(st.lists(DATES, max_size=60).map(" ".join))
def test_an_interval_is_in_order_and_not_after_today(text):
    ((first, last),) = date_all(article(text))
    assert (first is None) == (last is None)
    assert first is None or first <= last <= TODAY.isoformat()


@given(st.lists(DATES, max_size=60).map(" ".join))
def test_constraints_are_words_of_the_text_and_dates_that_the_whole_text_gives(text):
    spans = {(timex.start, timex.end) for timex in find_timexes(text)}
    for constraint in find_constraints(text):
        assert text[constraint.start : constraint.end] == constraint.text
        assert (constraint.start, constraint.end) in spans


@given(st.text(max_size=300))
def test_any_text_is_dated_or_not(text):
    ((first, last),) = date_all(article(text))
    assert (first is None) == (last is None)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit",
    ["2024 ", "1", "a1b2", "Monday 2 September ", "PM ", "the ", " ", "in 2024 was said. ", "century "],
)
def test_long_lines_stay_quick(unit):
    assert len(date_all(article(unit * (100_000 // len(unit))))) == 1


def test_basis_is_plain_text():
    (dated,) = date_articles([article("Home Secretary Yvette Cooper spoke.")], today=TODAY)
    assert "Yvette Cooper is Home Secretary" in json.dumps(dated.published_basis)


@pytest.mark.parametrize("post", ["0001-01-01", "9999-12-31"])
def test_impossible_day_of_a_post_bounds_nothing_and_stops_nothing(post):
    article = Article("a", "a.txt", "main", "It has been so since 2023.", aside=post, scraped="2024-06-07")
    (dated,) = date_articles([article])
    assert dated.published_earliest is None or dated.published_earliest >= "2023-01-01"
    assert post not in (dated.published_basis or "")
