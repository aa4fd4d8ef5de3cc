"""The file of corrections: read however it is written, its faults told, and applied whatever is run."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_corrections import PAGES, copy_study, correct, keep_study, line, row_of, told, write
from nbformat.v4 import new_code_cell, new_notebook

import analysis as an
from analysis.cli import main
from analysis.corpus.reading.files import find_folder
from analysis.corrections import apply_corrections, read_corrections, say_corrections
from analysis.corrections.columns import CORRECTABLE, list_columns
from analysis.corrections.reading import REQUIRED, parse_corrections
from analysis.report.versions import fingerprint_corpus
from analysis.tables import check_tables


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    yield from keep_study(tmp_path_factory.mktemp("study"), tmp_path_factory.mktemp("store"))


@pytest.fixture
def study(kept, tmp_path):
    return copy_study(kept, tmp_path)


@pytest.fixture
def plain(kept):
    """The tables without a correction."""
    return kept[1]


FAULTS = [
    ({"table": "qoutes"}, "There is no table that can be corrected 'qoutes'. Did you mean 'quotes'?"),
    ({"column": "speeker"}, "There is no column 'speeker' in 'quotes'. Did you mean 'speaker'?"),
    ({"column": "quote_id"}, "The column 'quote_id' of 'quotes' says where the row stands"),
    ({"column": "kind", "value": "scared"}, "'scared' cannot stand in 'kind'."),
    ({"column": "kind", "value": ""}, "An empty value cannot stand in 'kind'."),
    ({"column": "closed", "value": "perhaps"}, "'perhaps' cannot stand in 'closed'."),
    ({"start": "x"}, "'x' in 'start' is not a number of characters."),
    ({"end": "-3"}, "'-3' in 'end' is not a number of characters."),
    ({"start": ""}, "The cell 'start' is missing."),
    ({"text": ""}, "The cell 'text' is missing."),
    ({"table": ""}, "The cell 'table' is missing."),
    ({"article_id": ""}, "The cell 'article_id' is missing."),
    ({"article_id": "quay.txt#7"}, "There is no article 'quay.txt#7'."),
    ({"field": "title"}, "'title' cannot stand in 'field'."),
    ({"column": "row", "value": "add"}, "A correction cannot add a row"),
    ({"was": "Tom Archer"}, "No row of 'quotes' at 'Nobody asked us about it,' was 'Tom Archer'."),
    ({"text": "on"}, "but more than once elsewhere"),
    ({"table": "reported"}, "'Nobody asked us about it,' stand there, but no row of 'reported' has them."),
    ({"table": "mentions", "column": "actor_id", "value": "person:no-one"}, "stand there, but no row"),
    ({"table": "articles", "column": "published", "value": "03/04/2025"}, "'03/04/2025' cannot stand in"),
    ({"table": "articles", "column": "published", "value": "2025-03-09/2025-03-01"}, "cannot stand in"),
    ({"table": "articles", "column": "published_earliest", "value": "2025-03-09"}, "leaves an interval with"),
    ({"table": "articles", "column": "published_latest", "value": ""}, "leaves an interval with one end"),
    ({"table": "articles", "column": "exclude", "value": ""}, "An empty value cannot stand in 'exclude'."),
    ({"table": "pages", "column": "exclude", "value": "true"}, "There is no page 'quay.txt#0'."),
]  # fmt: skip


def test_rows_with_faults_are_told_each_with_its_line_and_the_rest_is_applied(study, plain):
    row = row_of(plain, "quotes", "Nobody asked")
    bad = [line("quotes", row, "speaker", "Tom Archer") | fault for fault, _ in FAULTS]
    good = line("quotes", row_of(plain, "quotes", "We must protect"), "speaker", "Tom Archer")
    tables = correct(study, *bad, good)
    warnings = tables.problems[tables.problems["severity"] == "warning"]
    said = dict(zip(warnings["line"], warnings["what"], strict=True))
    assert sorted(said) == list(range(2, len(FAULTS) + 2))
    for number, (_, message) in enumerate(FAULTS, 2):
        assert message in said[number]
    assert warnings["todo"].notna().all() and warnings["allowed"].notna().all()
    assert row_of(tables, "quotes", "We must protect")["speaker"] == "Tom Archer"
    assert say_corrections(tables) == f"1 correction applied, {len(FAULTS)} could not be."


@pytest.mark.parametrize("form", [
    {}, {"encoding": "utf-8-sig"}, {"delimiter": ";"}, {"delimiter": "\t"}, {"ends": "\r\n"}, {"ends": "\r"},
    {"delimiter": ";", "encoding": "utf-8-sig", "ends": "\r\n"}, {"columns": REQUIRED},
    {"columns": REQUIRED[::-1]},
])  # fmt: skip
def test_the_file_is_read_as_spreadsheets_write_it(plain, tmp_path, form):
    row = row_of(plain, "quotes", "We must protect")
    write(tmp_path, line("quotes", row, "speaker", "Tom Archer"), **form)
    file = read_corrections(tmp_path / "corrections.csv")
    (correction,) = file.corrections
    assert file.problems == ()
    assert (correction.text, correction.value, correction.line) == (row["text"], "Tom Archer", 2)
    assert (correction.start, correction.end, correction.who) == (row["start"], row["end"], "AB")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("table,article_id\n", "The file has no column 'start'."),
        (f"{','.join(REQUIRED)},text\n", "The file has two columns 'text'."),
        ("table;article_id;start".encode("utf-16"), "The file is not UTF-8"),
        (f"{','.join(REQUIRED)}\nquotes,a,1,2,one, two,speaker,X,AB,2025\n", "10 cells, the first line 9"),
        (f"{','.join(REQUIRED)}\nquotes,a,1,2,one\n", "The cell 'column' is missing."),
        (f'{",".join(REQUIRED)}\nquotes,a,1,2,"one,speaker,X,AB,2025\n', "The line is no row of a CSV file"),
    ],
)
def test_a_file_that_is_no_table_of_corrections_is_told(study, content, message):
    content = content if isinstance(content, bytes) else content.encode()
    (study / "corrections.csv").write_bytes(content)
    tables = an.extract(an.load(study))
    assert message in told(tables)[0]
    assert "1 could not be" in say_corrections(tables)


def test_a_quotation_mark_that_is_never_closed_costs_one_row(study, plain):
    row = line("quotes", row_of(plain, "quotes", "We must protect"), "speaker", "Tom Archer")
    write(study, row)
    lines = (study / "corrections.csv").read_text(encoding="utf-8").splitlines()
    bad = 'quotes,quay.txt#0,1,5,"never closed,speaker,X,AB,2025-01-01'
    (study / "corrections.csv").write_text("\n".join([lines[0], bad, lines[1]]), encoding="utf-8")
    tables = an.extract(an.load(study))
    assert tables.corrections == 1 and len(told(tables)) == 1


def test_a_moment_that_cannot_be_read_is_a_note(study, plain):
    row = row_of(plain, "quotes", "Nobody asked")
    tables = correct(
        study,
        line("quotes", row, "speaker", "Ana Ruiz", when="2025-11-22"),
        line("quotes", row, "speaker", "Tom Archer", when="22nd of November"),
    )
    assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Ana Ruiz"
    assert any("is neither a day nor a moment" in note for note in told(tables, "note"))


CELLS = st.one_of(
    st.sampled_from([*CORRECTABLE, *(c for name in CORRECTABLE for c in list_columns(name))]),
    st.sampled_from(["quay.txt#0", "quay.txt", "0", "12", "Nobody", "true", "remove", "2025-03-01", ""]),
    st.text(max_size=12),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, max_size=12), max_size=6), st.booleans())
def test_no_text_of_a_file_raises_and_the_tables_keep_their_contract(plain, rows, quoted):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows([REQUIRED, *rows])
    file = parse_corrections(out.getvalue())
    tables = apply_corrections(plain, file.corrections)
    if tables.corrections:
        check_tables(tables)
    assert len(tables.correction_log) == len(file.corrections)


@settings(max_examples=150)
@given(st.text(alphabet='tableartic_id,;"\n\r\t x0\x00\ufeff', max_size=80) | st.binary(max_size=60))
def test_any_content_of_a_file_is_read_or_told(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "corrections.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    file = read_corrections(path)
    assert all(problem.stage == "correct" for problem in file.problems)


def test_the_folder_of_a_file_or_a_glob_holds_its_corrections(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one.txt").write_text("x", encoding="utf-8")
    for path in ("a", "a/one.txt", "a/*.txt", "a/2024-*/**/*.txt"):
        assert find_folder(tmp_path / path) == tmp_path / "a"
    assert find_folder(Path("no-such.txt")) == Path(".")


def test_corrections_survive_a_rerun_and_leave_the_cache_as_it_was(study, plain):
    write(study, line("quotes", row_of(plain, "quotes", "Nobody asked"), "speaker", "Tom Archer"))
    corpus = an.load(study)
    for fresh in (True, False):
        tables = an.extract(corpus, fresh=fresh)
        assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Tom Archer"
        assert tables.corrections == 1
    (study / "corrections.csv").unlink()
    again = an.extract(corpus)
    assert again.corrections == 0
    pd.testing.assert_frame_equal(again.quotes, plain.quotes)


def test_of_one_page_the_corrections_of_others_say_nothing(study, plain):
    write(
        study,
        line("quotes", row_of(plain, "quotes", "Nobody asked"), "speaker", "Tom Archer"),
        line("quotes", row_of(plain, "quotes", "We must protect"), "speaker", "Tom Archer"),
        line("pages", "harbour.txt", "exclude", "true"),
    )
    for path in (study / "quay.txt", study / "q*.txt"):
        tables = an.extract(an.load(path))
        assert tables.corrections == 1 and told(tables) == []
        assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Tom Archer"


def test_corrections_are_no_page_of_the_study(study, plain):
    write(study, line("pages", "quay.txt", "exclude", "false"))
    assert {page.page.page for page in an.load(study).pages} == set(PAGES)


def test_tables_can_be_written_and_name_how_many_corrections_they_hold(study, plain, tmp_path):
    tables = correct(study, line("quotes", row_of(plain, "quotes", "Nobody asked"), "speaker", "Tom Archer"))
    for form in ("parquet", "jsonl", "csv"):
        an.write_tables(tables, tmp_path / form, format=form)
        assert '"corrections": 1' in (tmp_path / form / ".framelines.json").read_text(encoding="utf-8")


def test_extract_check_and_report_say_in_a_line_how_many_were_applied(study, plain, tmp_path, capsys):
    write(
        study,
        line("quotes", row_of(plain, "quotes", "Nobody asked"), "speaker", "Tom Archer"),
        line("quotes", row_of(plain, "quotes", "Nobody asked"), "kind", "whispered"),
    )
    assert main(["extract", str(study), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "1 correction applied, 1 could not be." in said.out
    assert "warning: corrections.csv, line 3: 'whispered' cannot stand in 'kind'." in said.err
    assert main(["check", str(study)]) == 0
    said = capsys.readouterr().out
    assert "Corrections   1 to apply, 1 cannot be read" in said and "'whispered' cannot stand" in said
    (study / "notebooks").mkdir()
    notebook = new_notebook(
        cells=[
            new_code_cell('corpus: str = "seeds"  # the pages', metadata={"tags": ["parameters"]}),
            new_code_cell("import analysis as an\nan.show_corrections(an.extract(an.load(corpus)))"),
        ]
    )
    nbformat.write(notebook, study / "notebooks" / "own.ipynb")
    for row in ("Tom Archer", "Ana Ruiz"):
        write(study, line("quotes", row_of(plain, "quotes", "Nobody asked"), "speaker", row))
        assert main(["report", str(study), "--out", str(tmp_path / "pages")]) == 0
        said = capsys.readouterr().out
        # A changed correction makes the page anew.
        assert "reused" not in said and "1 correction applied, 0 could not be." in said
        assert row in (tmp_path / "pages" / "own.html").read_text(encoding="utf-8")


def test_the_fingerprint_of_a_page_notices_its_corrections(study):
    paths = (study, study / "quay.txt", study / "*.txt")
    before = [fingerprint_corpus(path) for path in paths]
    write(study, line("pages", "quay.txt", "exclude", "false"))
    assert all(old != fingerprint_corpus(path) for old, path in zip(before, paths, strict=True))


def test_the_example_of_the_documentation_works_on_the_seeds(tmp_path, monkeypatch):
    root = Path(__file__).parents[1]
    monkeypatch.setenv("FRAMELINES_CACHE", str(tmp_path / "cache"))
    for name in ("000_caf9617b41726f83.txt", "corpus.toml"):
        shutil.copy(root / "seeds" / name, tmp_path)
    text = (root / "docs" / "corrections.md").read_text(encoding="utf-8")
    example = text.split("```csv\n")[1].split("```")[0]
    (tmp_path / "corrections.csv").write_text(example, encoding="utf-8")
    tables = an.extract(an.load(tmp_path))
    check_tables(tables)
    assert told(tables) == []
    assert tables.corrections == len(tables.correction_log) == example.count("\n") - 1 == 5
    assert row_of(tables, "quotes", "We are blind to it")["speaker"] == "Inmate interviewed for the study"
    assert row_of(tables, "events", trigger="summit", start=927)["status"] == "announced"
    assert "000_caf9617b41726f83.txt#2" not in set(tables.articles["article_id"])
