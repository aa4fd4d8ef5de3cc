"""What of the articles travels with a page, and who decides it."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import ARTICLES, SENTENCES, TEXT, make_tables

import analysis as an
from analysis import schema
from analysis.cli import main
from analysis.report.execute import run_notebook
from analysis.report.export import FramelinesExporter
from analysis.report.run import run_report
from analysis.report.static import STATE_TYPE, VIEW_TYPE
from analysis.views.sharing import (
    STAYS,
    TEXTS,
    WHOLE_HTML,
    is_live,
    leave_out_around,
    may_show_whole_texts,
    say_sharing,
)
from analysis.views.travelling import CLAIMS, choose_sentences


@pytest.mark.parametrize(
    ("told", "live", "whole", "words"),
    [
        (None, True, True, "Only sentences"),
        ("", True, True, "Only sentences"),
        ("evidence", False, False, "Only sentences"),
        ("full", False, True, "Whole articles travel"),
        ("everything", False, False, "Only sentences"),
    ],
)
def test_a_kernel_shows_whole_texts_where_live_or_told_so(monkeypatch, told, live, whole, words):
    monkeypatch.delenv(TEXTS, raising=False)
    if told is not None:
        monkeypatch.setenv(TEXTS, told)
    assert (is_live(), may_show_whole_texts()) == (live, whole)
    assert say_sharing().startswith(words)


ASK = "import os; print(os.environ.get('FRAMELINES_TEXTS', 'nothing'))"


@pytest.fixture
def study(tmp_path) -> Path:
    (tmp_path / "a.txt").write_text("Ferry row ends\nThe two towns agreed a timetable.\n", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    cells = [nbformat.v4.new_markdown_cell("# Told?"), nbformat.v4.new_code_cell(ASK)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "a.ipynb")
    return tmp_path


def read_output(page: Path) -> str:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser").select_one("pre.output").get_text().strip()


def test_a_report_tells_its_kernel_alone_and_runs_again_for_whole_texts(study, monkeypatch):
    monkeypatch.setenv(TEXTS, "full")  # a kernel that runs a report tells nothing on
    run = partial(run_report, study, progress=print)
    assert read_output(run().pages[0]) == "evidence"
    assert os.environ[TEXTS] == "full"
    assert run().reused == ["a"]
    whole = run(full_text=True)
    assert (whole.reused, read_output(whole.pages[0])) == ([], "full")


@pytest.mark.parametrize(("options", "told"), [([], "evidence"), (["--full-text"], "full")])
def test_export_and_report_take_full_text(study, options, told):
    page = study / "page.html"
    assert main(["export", str(study / "notebooks" / "a.ipynb"), "--out", str(page), *options]) == 0
    assert read_output(page) == told
    assert main(["report", str(study), *options]) == 0
    assert read_output(study / "exports" / "a.html") == told


def test_a_notebook_run_as_in_jupyterlab_is_told_nothing(study, monkeypatch):
    monkeypatch.setenv(TEXTS, "evidence")
    nb = nbformat.read(study / "notebooks" / "a.ipynb", 4)
    assert run_notebook(nb, folder=study, timeout=60, progress=print) is None
    assert nb.cells[1].outputs[0].text.strip() == "nothing"
    assert "framelines" not in nb.metadata
    assert run_notebook(nb, folder=study, timeout=60, progress=print, texts="evidence") is None
    assert nb.metadata["framelines"] == {"texts": "evidence"}


def told(monkeypatch, texts: str | None) -> None:
    monkeypatch.delenv(TEXTS, raising=False)
    if texts:
        monkeypatch.setenv(TEXTS, texts)


def make_bare(**changes):
    """Four articles of four sentences each, of which the first alone, a figure's, is evidence."""
    return make_tables(frames=[], terms=[], quotes=[], events=[], **changes)


@pytest.mark.parametrize("texts", [None, "full"])
def test_the_reader_has_every_sentence_live_and_with_full_text(monkeypatch, texts):
    told(monkeypatch, texts)
    evidence = an.sentence_evidence(make_tables())
    assert len(evidence) == len(ARTICLES) * len(SENTENCES)
    assert evidence.attrs["texts"] == "whole"
    assert an.Explorer(evidence, dimensions=["voice"], unit="sentence").store.data["texts"] == "whole"


def test_the_reader_of_a_report_has_the_sentences_that_something_rests_on(monkeypatch):
    told(monkeypatch, "evidence")
    evidence = an.sentence_evidence(make_bare())
    assert list(evidence["sentence"]) == [SENTENCES[0]] * len(ARTICLES)
    assert list(evidence["after"]) == [SENTENCES[1]] * len(ARTICLES)
    explorer = an.Explorer(evidence, dimensions=["voice"], unit="sentence")
    data = explorer.store.data
    assert (data["before"], data["after"]) == ([-1] * 4, [STAYS] * 4)
    assert data["sentences"] == [SENTENCES[0]]
    assert data["left_out"].startswith("4 of 16 sentences travel with this page: those that something")
    assert explorer.filters().note == data["left_out"]
    assert data["texts"] == ""


def test_of_no_article_more_than_half_travels_those_with_most_evidence_first(monkeypatch):
    told(monkeypatch, "evidence")
    evidence = an.sentence_evidence(make_tables())
    for _, own in evidence.groupby("article_id"):
        assert len(own) <= len(SENTENCES) / 2
        assert own["sentence"].str.len().sum() <= len(TEXT) / 2
    # A term, a frame or two: more than any other sentence has.
    assert set(evidence["article_id"]) == {f"page.txt#{number}" for number in range(len(ARTICLES))}
    assert SENTENCES[2] in set(evidence.loc[evidence["article_id"] == "page.txt#0", "sentence"])


def test_neighbours_that_are_evidence_themselves_are_kept(monkeypatch):
    tables = make_tables()
    told(monkeypatch, None)
    live = an.Explorer(an.frame_evidence(tables), dimensions=["frame"], unit="match").store.data
    told(monkeypatch, "evidence")
    sent = an.Explorer(an.frame_evidence(tables), dimensions=["frame"], unit="match").store.data
    assert live["texts"] == sent["left_out"] == ""
    assert set(sent["sentences"]) == {SENTENCES[1], SENTENCES[2]} < set(live["sentences"])
    for key in ("sentence", "before", "after"):
        words = [live["sentences"][code] if code >= 0 else code for code in live[key]]
        kept = [sent["sentences"][code] if code >= 0 else code for code in sent[key]]
        assert kept == [each if each in (-1, *sent["sentences"]) else STAYS for each in words]
    assert STAYS in sent["before"] + sent["after"]
    assert leave_out_around(sent) == sent
    told(monkeypatch, "full")
    assert an.Explorer(an.frame_evidence(tables), dimensions=["frame"], unit="match").store.data == live


@settings(max_examples=60)
@given(
    spans=st.lists(st.integers(1, 30), min_size=1, max_size=12),
    claims=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80)), max_size=12),
)
def test_what_travels_is_evidence_and_at_most_half(spans, claims):
    text, places, at = "x" * (sum(spans) + len(spans)), [], 0
    for length in spans:
        places.append((at, at + length))
        at += length + 1
    rows = [{"article_id": "a", "sentence": n, "start": s, "end": e} for n, (s, e) in enumerate(places)]
    figures = [{"article_id": "a", "field": "text", "start": s, "end": s + n} for s, n in claims]
    empty = {name: schema.build_frame(name, []) for name in CLAIMS}
    tables = SimpleNamespace(**empty | {
        "articles": schema.build_frame("articles", [{"article_id": "a", "text": text}]),
        "figures": schema.build_frame("figures", figures),
    })  # fmt: skip
    chosen = choose_sentences(tables, schema.build_frame("sentences", rows))
    kept = [place for place, each in zip(places, chosen, strict=True) if each]
    assert all(any(s < end and start < s + n for s, n in claims) for start, end in kept)
    assert len(kept) <= max(1, len(spans) / 2)
    assert len(kept) <= 1 or sum(end - start for start, end in kept) <= len(text) / 2
    if any(s < end and start < s + n for s, n in claims for start, end in places):
        assert kept


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG/A", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("https:javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https://bank.example@example.org/", False),
        ("https://example.org/\u202egro.knab", False),
        ('https://example.org/"onclick="alert(1)', False),
        ("https://[", False),
        ("https://", False),
    ],
)
def test_only_plain_addresses_of_the_web_can_be_followed(address, followed):
    articles = [{**make_tables().articles.iloc[0].to_dict(), "url": address}]
    evidence = an.frame_evidence(make_tables(articles=articles))
    article = an.Explorer(evidence, dimensions=["frame"], unit="match").store.data["articles"][0]
    assert article.get("url") == (address if followed else None)
    assert article.get("address") == (None if followed else address)


def test_an_article_without_an_address_has_none():
    evidence = an.frame_evidence(make_tables())
    for article in an.Explorer(evidence, dimensions=["frame"], unit="match").store.data["articles"]:
        assert not {"url", "address"} & set(article)


@pytest.fixture
def read_page(tmp_path):
    """The page view of one page with a long line, a short one and one without a space."""
    line = "The two towns agreed a ferry timetable on Tuesday, officials said <after> a night of talks."
    text = f"Ferry row ends\n\n{line}\n\nhttps://example.org/{'x' * 300}\n\n" + f"{line}\n" * 3
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    tables = an.extract(an.load(tmp_path))
    return lambda: an.show_pages(tables)._repr_html_()


@pytest.mark.parametrize("texts", [None, "full"])
def test_lines_of_a_page_are_whole_live_and_with_full_text(monkeypatch, read_page, texts):
    told(monkeypatch, texts)
    shown = read_page()
    assert "officials said &lt;after&gt; a night of talks." in shown
    assert WHOLE_HTML in shown


def test_lines_of_a_report_are_their_length_and_first_eight_words(monkeypatch, read_page):
    told(monkeypatch, "evidence")
    soup = BeautifulSoup(read_page(), "html.parser")
    lines = [" ".join(each.get_text().split()) for each in soup.select(".words")]
    assert "Ferry row ends (3 words, 14 characters)" in lines
    assert "The two towns agreed a ferry timetable on … (16 words, 91 characters)" in lines
    assert "night of talks" not in soup.get_text()
    assert "x" * 100 not in soup.get_text()
    assert all(each.get_text() for each in soup.select(".rule, .role"))
    assert "Only the first 8 words of a line travel with this page." in soup.get_text()
    assert WHOLE_HTML not in str(soup)


def test_words_in_context_end_with_their_sentence_in_a_report(monkeypatch):
    told(monkeypatch, None)
    live = an.show_contexts(make_tables(), frame="Economic", width=60).data.iloc[0]
    assert live["right"].endswith("The council agreed the quota in June.")
    told(monkeypatch, "evidence")
    sent = an.show_contexts(make_tables(), frame="Economic", width=60).data.iloc[0]
    assert sent["right"] == "."
    assert SENTENCES[2].endswith(f"{sent['left']} budget.")
    narrow = an.show_contexts(make_tables(), frame="Economic", width=12).data.iloc[0]
    assert narrow["left"] == "and the"


def save_live(*, texts: str | None = None) -> nbformat.NotebookNode:
    """A notebook as JupyterLab saves it: a reader of all sentences, frames, and the lines of a page."""
    tables = make_tables()
    reader = an.Explorer(an.sentence_evidence(tables), dimensions=["voice"], unit="sentence").sentences()
    frames = an.Explorer(an.frame_evidence(tables), dimensions=["frame"], unit="match").sentences()
    states = {
        each.model_id: {
            "model_name": "AnyModel",
            "state": json.loads(json.dumps(each.get_state(), default=str)),
        }
        for each in (reader, reader.store, frames, frames.store)
    }
    outputs = [{VIEW_TYPE: {"model_id": each.model_id}} for each in (reader, frames)]
    outputs.append({"text/html": f"<div {WHOLE_HTML}>{SENTENCES[3]}</div>"})
    cell = nbformat.v4.new_code_cell(
        "1", outputs=[nbformat.v4.new_output("display_data", data=data) for data in outputs]
    )
    metadata = {"widgets": {STATE_TYPE: {"state": states}}}
    if texts:
        metadata["framelines"] = {"texts": texts}
    return nbformat.v4.new_notebook(cells=[cell], metadata=metadata)


@pytest.mark.parametrize("texts", [None, "evidence"])
def test_whole_texts_saved_live_do_not_travel_with_a_page(monkeypatch, texts):
    told(monkeypatch, None)
    page = FramelinesExporter().from_notebook_node(save_live(texts=texts))[0]
    soup = BeautifulSoup(page, "html.parser")
    notices = [each.get_text() for each in soup.select("main .notice")]
    assert (
        sum(each.startswith("This view holds whole articles, which do not travel") for each in notices) == 2
    )
    assert len(soup.select("[data-framelines-view]")) == 1
    assert SENTENCES[2].split()[-1] in page, "the frames' own sentences do"
    for left_out in (SENTENCES[0], SENTENCES[3]):
        assert left_out not in page


def test_whole_texts_travel_where_the_notebook_was_run_for_it(monkeypatch):
    told(monkeypatch, None)
    page = FramelinesExporter().from_notebook_node(save_live(texts="full"))[0]
    assert len(BeautifulSoup(page, "html.parser").select("[data-framelines-view]")) == 2
    assert SENTENCES[0] in page
    assert SENTENCES[3] in page
