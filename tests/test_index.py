"""The index: a card a notebook with what it found, and what all pages were made from."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from made_tables import HOSTILE

from analysis.report.cards import Card, find_finding, first_sentences, read_card
from analysis.report.export import FramelinesExporter
from analysis.report.index import IndexEntry, build_index
from analysis.report.static import PLOTLY_TYPE

BAR = {"data": [{"type": "bar", "orientation": "h", "x": [3, 1], "y": ["rain", "snow"]}], "layout": {}}


def chart(sentence: str, *tags: str, figure: dict | None = BAR) -> nbformat.NotebookNode:
    """A cell that shows a chart as :class:`analysis.views.chart.Chart` does."""
    shown = [{PLOTLY_TYPE: figure}] if figure else []
    said = f'<figure class="framelines-chart"><figcaption>{sentence}</figcaption></figure>'
    outputs = [nbformat.v4.new_output("display_data", data) for data in (*shown, {"text/html": said})]
    return nbformat.v4.new_code_cell("plot()", outputs=outputs, metadata={"tags": list(tags)})


def notebook(*cells: nbformat.NotebookNode, title: str = "Does it rain?") -> nbformat.NotebookNode:
    prose = nbformat.v4.new_markdown_cell(f"# {title}\n\nWhat the *weather* was.")
    return nbformat.v4.new_notebook(cells=[prose, *cells])


def write_page(folder: Path, name: str, nb: nbformat.NotebookNode) -> IndexEntry:
    page = folder / f"{name}.html"
    page.write_text(FramelinesExporter().from_notebook_node(nb)[0], encoding="utf-8")
    return IndexEntry.of(name, nb, None, page)


def read_index(*entries: IndexEntry, corpus: Path = Path("seeds")) -> BeautifulSoup:
    index = build_index(entries, corpus=corpus, fingerprint="0" * 64, versions={"plotly": "6"})
    return BeautifulSoup(index, "html.parser")


def test_a_card_has_title_question_finding_and_picture_of_the_first_chart(tmp_path):
    nb = notebook(
        chart("It rained on 3 days.", figure=None), chart("It snowed. Once. Then not."), chart("No.")
    )
    (card,) = read_index(write_page(tmp_path, "a", nb)).select(".reports > li")
    assert card.select_one("h2 a").attrs == {"href": "a.html"}
    assert card.select_one(".asks").get_text() == "What the weather was."
    assert card.select_one(".finding").get_text() == "It snowed. Once."
    assert card.select_one(".picture[aria-hidden=true] svg") is not None


def test_the_tagged_cell_gives_the_card(tmp_path):
    entry = write_page(tmp_path, "a", notebook(chart("First."), chart("Second.", "card")))
    assert entry.card.finding == "Second."


def test_a_notebook_without_a_chart_has_a_card_of_words(tmp_path):
    (card,) = read_index(write_page(tmp_path, "a", notebook())).select(".reports > li")
    assert card.select_one(".finding") is None and card.select_one(".picture") is None
    assert card.select_one("h2").get_text() == "Does it rain?"


def test_a_failed_notebook_says_why_and_has_no_link(tmp_path):
    entry = IndexEntry.of("b", notebook(), f"code cell 2 of 3 failed with {HOSTILE}", tmp_path / "none.html")
    (card,) = read_index(entry).select("li.failed")
    assert HOSTILE in card.get_text()
    assert card.find("a") is None and card.find("img") is None


def test_a_hostile_sentence_is_text_in_page_and_index(tmp_path):
    escaped = HOSTILE.replace("<", "&lt;")
    entry = write_page(tmp_path, "a", notebook(chart(escaped), title=escaped))
    assert entry.card.finding == HOSTILE
    soup = read_index(entry)
    assert HOSTILE in soup.main.get_text() and soup.find("img") is None and soup.find("script") is None


def test_facts_and_what_travels_stand_below_and_nothing_of_the_disk(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    soup = read_index(
        IndexEntry("a", "A", "", None, Card(codebooks="weather 1.0")), corpus=tmp_path / "my study"
    )
    foot = soup.footer.get_text("\n")
    assert {"my study", "weather 1.0", "plotly 6", f"sha256 {'0' * 64}"} <= set(foot.splitlines())
    assert "Only sentences that something here rests on" in foot and "Made on" not in foot
    assert str(tmp_path) not in str(soup)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    full = read_index(IndexEntry("a", "A", "", None, Card(texts="full")))
    assert "Whole articles travel" in full.footer.get_text() and "1 January 2026" in full.footer.get_text()


def test_a_glob_is_named_by_its_folder():
    assert read_index(corpus=Path("/somewhere/study/*/*.txt")).h1.get_text() == "Report on study"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One. Two. Three.", "One. Two."),
        ("Of 20 articles, 3.5 % do. So does No. 10. And more.", "Of 20 articles, 3.5 % do. So does No. 10."),
        ("He said “stop.” She went. End.", "He said “stop.” She went."),
        ("No end here", "No end here"),
        ("", ""),
    ],
)
def test_a_finding_is_never_longer_than_two_sentences(text, kept):
    assert first_sentences(text) == kept


def test_a_chart_drawn_from_nothing_is_no_finding():
    assert find_finding(notebook(chart("Nothing to draw.", figure=None))) == ("", None)


def test_a_page_that_carries_no_card_gives_an_empty_one(tmp_path):
    (tmp_path / "a.html").write_text("<!DOCTYPE html><p>older", encoding="utf-8")
    assert read_card(tmp_path / "a.html") == Card()
