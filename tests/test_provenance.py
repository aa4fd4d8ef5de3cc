"""What numbers rest on: shown in a notebook, and named in the head and foot of an exported page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

import analysis as an
from analysis.report.about import AUTHORS, RELEASED
from analysis.report.export import FramelinesExporter
from analysis.report.parameters import inject_parameters

PAGE = "It rained on Friday.\n'We will wait for the tax cut,' Ana Ruiz said to the <b>board</b>.\n"
OWN = """
name = "harbour_frames"
version = "0.3"
title = "Frames of harbours"
source = "Notes of the study"
extends = "policy_frames"

[[category]]
name = "harbours"
definition = "What happens in harbours."
[category.entries.board]
patterns = ["the board"]
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "codebook.toml").write_text(OWN, encoding="utf-8")
    corpus = an.load(tmp_path)
    return corpus, an.extract(corpus)


def test_provenance_names_corpus_codebooks_corrections_and_packages(study):
    corpus, tables = study
    shown = an.show_provenance(corpus, tables)
    assert tables.fingerprint == corpus.fingerprint in repr(shown)
    assert "Nothing was corrected" in repr(shown)
    books = shown.data[shown.data["kind"] == "codebook"]
    assert tuple(zip(books["name"], books["version"], strict=True)) == tables.codebooks
    assert dict(tables.codebooks)["harbour_frames"] == "0.3"
    (about,) = books.loc[books["name"] == "harbour_frames", "about"]
    assert about == "Frames of harbours: Notes of the study; builds on policy_frames"
    packages = shown.data[shown.data["kind"] == "package"]
    assert {"python", "spacy", "framelines"} <= set(packages["name"])
    corrected = an.show_provenance(corpus, replace(tables, corrections=3))
    assert "3 corrections applied, 0 could not be." in repr(corrected)


def test_a_topic_pack_is_named_with_its_version(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Ministers met.\nAsylum seekers crossed in small boats.\n", encoding="utf-8"
    )
    corpus = an.load(tmp_path, topic="uk_migration")
    data = an.show_provenance(corpus, an.extract(corpus)).data
    (pack,) = data[data["kind"] == "topic pack"].to_dict("records")
    assert pack["name"] == "uk_migration" and pack["version"] and "Migration" in pack["about"]


def test_an_exported_page_names_the_codebooks_in_its_head_and_foot(study):
    corpus, tables = study
    tables = replace(tables, codebooks=(*tables.codebooks, ("<b>odd", "1")))
    shown = an.show_provenance(corpus, tables)
    output = nbformat.v4.new_output(
        "execute_result", {"text/html": shown._repr_html_(), "text/plain": repr(shown)}, execution_count=1
    )
    cell = nbformat.v4.new_code_cell("an.show_provenance(pages, tables)", outputs=[output])
    page, _ = FramelinesExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    head, _, rest = page.partition("</head>")
    assert f'content="{corpus.fingerprint}" name="framelines-corpus"' in head
    foot = rest[rest.index("<footer") : rest.index("</footer>")]
    assert "harbour_frames 0.3" in head and "harbour_frames 0.3" in foot
    assert "&lt;b&gt;odd 1" in foot and "<b>odd" not in page


def test_a_page_without_provenance_has_a_plain_foot():
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Rain")])
    page, _ = FramelinesExporter().from_notebook_node(nb)
    assert "Codebooks:" not in page and "framelines-codebooks" not in page


def write_page(study, *, metadata: dict | None = None, **parameters) -> BeautifulSoup:
    """The page of a notebook with parameters, its limits, and a cell that shows its provenance."""
    shown = an.show_provenance(*study)
    output = nbformat.v4.new_output("display_data", {"text/html": shown._repr_html_()})
    declared = 'corpus: str = "../seeds"  # where the pages are\nmost: int = 3  # how many'
    cells = [
        nbformat.v4.new_markdown_cell("# Does it rain in {Harbour} & bay?"),
        nbformat.v4.new_code_cell(declared, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_markdown_cell("## What this cannot tell you\n\nWhy."),
        nbformat.v4.new_code_cell("show()", outputs=[output]),
    ]
    nb = nbformat.v4.new_notebook(cells=cells, metadata=metadata or {})
    inject_parameters(nb, parameters)
    return BeautifulSoup(FramelinesExporter().from_notebook_node(nb)[0], "html.parser")


@pytest.fixture(autouse=True)
def no_day(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_a_page_says_under_its_title_what_was_run_on_what(study):
    corpus, tables = study
    line = write_page(study).select_one("header .run").get_text()
    assert line.startswith(f"Run on the corpus {corpus.path.name}: 1 article. Made with Framelines ")
    dated = replace(
        tables,
        articles=tables.articles.assign(published_earliest="2025-07-09", published_latest="2025-07-11"),
    )
    assert (
        "1 article, published 9–11 July 2025. " in write_page((corpus, dated)).select_one(".run").get_text()
    )
    assert str(corpus.path.parent) not in str(write_page(study)), "a page says nothing of the maker's disk"


def test_a_page_says_how_to_cite_it(study):
    corpus, _ = study
    soup = write_page(study, metadata={"authors": [{"name": "Ana Ruiz"}]})
    citation, bibtex = (soup.find(id=f"framelines-{name}").get_text() for name in ("citation", "bibtex"))
    assert citation.startswith("Ana Ruiz. “Does it rain in {Harbour} & bay?” Corpus ")
    assert f"fingerprint {corpus.fingerprint[:12]}. Framelines " in citation
    assert "@misc{does-it-rain-in-harbour-bay,\n  author = {Ana Ruiz}," in bibtex
    assert r"title = {{Does it rain in \{Harbour\} \& bay?}}" in bibtex


def test_the_software_is_cited_as_its_citation_file_says():
    cited = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    assert f'- name: "{AUTHORS}"' in cited
    assert re.search(r"^date-released: (\d{4})", cited, re.MULTILINE)[1] == RELEASED


def test_a_page_gives_a_day_only_where_it_is_told_one(study, monkeypatch):
    assert "Made on" not in write_page(study).footer.get_text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    foot = write_page(study).footer.get_text()
    assert "1 January 2026" in foot and "made on 1 January 2026" in foot


def test_parameters_say_which_the_run_set(study):
    corpus, _ = study
    soup = write_page(study, corpus="../../far/away/pages", most=5)
    assert "far/away" not in str(soup), "a page does not say where its corpus lay"
    rows = soup.select(".settings tbody tr")
    read = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]
    assert read == [
        ["corpus", f"{corpus.path.name!r} set for this run, instead of 'seeds'", "where the pages are"],
        ["most", "5 set for this run, instead of 3", "how many"],
    ]
    plain = write_page(study).select(".settings td:nth-of-type(1)")
    assert [cell.get_text() for cell in plain] == ["'seeds'", "3"]


def test_limits_lead_to_the_notebook_s_own_and_count_what_is_unknown(study):
    foot = write_page(study).footer
    assert foot.find("a", href="#what-this-cannot-tell-you").get_text() == "What this cannot tell you"
    assert "1 of 1 articles (100%) are without a date of publication" in foot.get_text()


@pytest.mark.parametrize(
    ("told", "said"),
    [("full", "Whole articles travel"), (None, "Only sentences that something here rests on")],
)
def test_a_page_says_what_of_the_texts_travels(study, told, said):
    soup = write_page(study, metadata={"framelines": {"texts": told}} if told else {})
    assert said in soup.footer.get_text()
    assert soup.find("meta", attrs={"name": "framelines-texts"})["content"] == (told or "evidence")
