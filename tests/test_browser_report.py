"""The shipped notebooks' exports of the seeds in Chromium, from disk, with the network shut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from browser import Watched, open_file
from made_report import NAMES

import analysis as an
from analysis.views.sharing import EVIDENCE as EVIDENCE_ALONE
from analysis.views.sharing import TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def find_faults(tables: an.Tables) -> pd.DataFrame:
    marked = an.extract_marked()
    return an.wrong_evidence(marked, an.list_wrong(marked))


EVIDENCE = {
    "00-start-here": an.sentence_evidence,
    "01-political-framing": an.frame_evidence,
    "02-policy-timelines": an.event_evidence,
    "03-source-comparison": lambda tables: an.quote_evidence(an.select_compared(tables)),
    "04-validation": find_faults,
}
# What is wrong was marked on the shipped pages, whatever corpus the report is of.
OUTLETS = {"04-validation": "Telegraph"}


@pytest.fixture(scope="module")
def pages(report) -> dict[str, Path]:
    return report.pages


@pytest.fixture(scope="module")
def tables(report) -> an.Tables:
    return an.extract(an.load(report.corpus))


@pytest.fixture(params=NAMES)
def opened(request, browser, pages) -> Iterator[tuple[str, Watched]]:
    with open_file(browser, pages[request.param], viewport={"width": 1280, "height": 900}) as watched:
        yield request.param, watched
        assert watched.requests == []
        assert watched.complaints == []


def count(statement: str) -> int:
    return int(re.match(r"[\d,]+", statement).group().replace(",", ""))


def test_every_view_and_chart_is_drawn_and_the_page_is_small(opened, pages):
    name, watched = opened
    page = watched.page
    assert pages[name].stat().st_size <= 3_500_000
    assert page.locator(".fl-view").count() >= 4
    assert page.locator(".fl-view:empty").count() == 0
    charts = page.locator(".framelines-figure")
    assert charts.count() >= 1
    for n in range(charts.count()):
        assert charts.nth(n).locator("svg [role=img]").count() > 0
    assert page.locator("h1").count() == 1


def test_outlet_filter_changes_all_linked_views_and_agrees_with_the_tables(opened, tables, monkeypatch):
    name, watched = opened
    # What a report's kernel sends.
    monkeypatch.setenv(TEXTS, EVIDENCE_ALONE)
    filters = watched.view("filters")
    whole = EVIDENCE[name](tables)
    assert count(filters.locator(".fl-statement").inner_text()) == len(whole)
    group = filters.locator("[data-dimension=outlet]")
    group.locator("summary").click()
    outlet = OUTLETS.get(name, "Daily Express")
    group.get_by_role("checkbox", name=outlet).check()
    wanted = int((whole["outlet"] == outlet).sum())
    assert 0 < wanted < len(whole)
    for kind in ("filters", "sentences"):
        assert count(watched.view(kind).locator(".fl-statement").inner_text()) == wanted
    assert watched.view("counts").locator(".fl-grand").inner_text() == str(wanted)
    articles = whole.loc[whole["outlet"] == outlet, "article_id"].nunique()
    assert watched.view("articles").locator(".fl-article").count() == articles


def test_a_count_shows_the_sentences_it_counts(opened):
    name, watched = opened
    if name == "00-start-here":
        button = watched.view("counts").get_by_role(
            "button", name=re.compile(r"^\d+ sentences?: quotation, Daily Express")
        )
    else:
        button = watched.view("counts").locator("td button:not(:disabled)").first
    wanted = count(button.get_attribute("aria-label") or button.inner_text())
    button.focus()
    watched.page.keyboard.press("Enter")
    sentences = watched.view("sentences")
    assert count(sentences.locator(".fl-statement").inner_text()) == wanted
    assert sentences.locator("li.fl-evidence").count() == min(wanted, 50)


def test_hostile_page_is_shown_as_letters_and_runs_nothing(opened):
    name, watched = opened
    # The page of faults shows the marked pages, and of this corpus the sample's outlets only.
    assert watched.page.get_by_text("<img src=x").count() > 0 or name == "04-validation"
    assert watched.page.locator("img[src=x]").count() == 0


def test_index_leads_to_every_page(browser, pages):
    index = next(iter(pages.values())).with_name("index.html")
    page = browser.new_page()
    page.goto(index.as_uri())
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    page.close()
    assert [link for link in links if link.endswith(".html")] == [f"{name}.html" for name in NAMES]


def test_every_line_of_a_page_is_shown_with_its_rule(browser, pages, tables):
    with open_file(browser, pages["00-start-here"], viewport={"width": 1280, "height": 900}) as watched:
        views = watched.page.locator(".framelines-source")
        assert views.count() == len(tables.pages)
        view = views.first
        view.locator("summary").click()
        segments = tables.segments[tables.segments["page"] == tables.pages["page"].iloc[0]]
        segments = segments[segments["role"] != "blank"]
        lines = view.locator("li:not(.article)")
        assert lines.count() == len(segments)
        rule = lines.first.locator(".rule")
        assert rule.is_hidden()
        lines.first.hover()
        assert rule.is_visible()
        assert rule.inner_text() == segments["rule"].iloc[0]
        # Without a pointer, all rules at once.
        view.get_by_label("Show the rule of every line").check()
        assert lines.last.locator(".rule").is_visible()
        # The page around it keeps its own look: a list in the prose has no stripe.
        stripe = "element => getComputedStyle(element).borderLeftWidth"
        assert watched.page.locator("main li:not(.framelines-source li)").first.evaluate(stripe) != "5px"
        assert watched.complaints == []
