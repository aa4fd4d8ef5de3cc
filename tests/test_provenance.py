"""What numbers rest on: shown in a notebook, and named in the head and foot of an exported page."""

from __future__ import annotations

from dataclasses import replace

import nbformat
import pytest

import analysis as an
from analysis.report.export import FramelinesExporter

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
