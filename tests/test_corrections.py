"""A researcher's corrections: read, applied last, told where they cannot be, the same after a rerun."""

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
from nbformat.v4 import new_code_cell, new_notebook

import analysis as an
from analysis.cli import main
from analysis.corrections import apply_corrections, read_corrections, say_corrections
from analysis.corrections.columns import CORRECTABLE, SPANNED, list_columns
from analysis.corrections.reading import REQUIRED, Correction, parse_corrections
from analysis.report.versions import fingerprint_corpus
from analysis.tables import check_tables
from analysis.views.evidence import attribution_evidence, frame_evidence

HARBOUR = """Mayor promises a safer harbour after talks

The council agreed the harbour plan on 3 March 2025 and announced a new levy on 4 March 2025.

Ana Ruiz, the mayor, will not speak again before the summer.

"We must protect our border and our economy," said Ana Ruiz, the mayor. "Crime at the docks is a threat."

The harbour police chief, Tom Archer, said the levy would cost £4 million and would pay for 30 officers.

He told reporters that the docks were safe.
"""
QUAY = """Traders fear the levy

Traders on the quay said that the levy would hurt the economy and cost 200 jobs.

"Nobody asked us about it," said Lena Marsh, who sells fish.
"""
PAGES = {"harbour.txt": HARBOUR, "quay.txt": QUAY}
SETTINGS = """topic = "none"
[[pages]]
match = "*.txt"
published = 2025-03-05
outlet = "Example Herald"
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The study without corrections, and the cache that its copies share."""
    folder, cache = tmp_path_factory.mktemp("study"), tmp_path_factory.mktemp("cache")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "corpus.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRAMELINES_CACHE", str(cache))
        yield folder, an.extract(an.load(folder))


@pytest.fixture
def study(kept, tmp_path):
    """A copy of the study, to correct."""
    folder = tmp_path / "study"
    shutil.copytree(kept[0], folder)
    return folder


@pytest.fixture
def plain(kept):
    """The tables without a correction."""
    return kept[1]


def row_of(tables, table, words=None, **having):
    """The one row of a table whose text has these words, or whose columns have these values."""
    frame = getattr(tables, table)
    rows = frame[frame["text"].str.contains(words, regex=False)] if words else frame
    for column, value in having.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def line(table, row, column, value, *, who="AB", when="2025-11-22T10:00:00", **further):
    """A row of corrections.csv for a row of a table."""
    if isinstance(row, str):
        place = {"article_id": row}
    else:
        place = {name: row.get(name, "") for name in ("article_id", "start", "end", "text")}
    return {"table": table, **place, "column": column, "value": value, "who": who, "when": when, **further}


def write(folder, *rows, delimiter=",", encoding="utf-8", ends="\n", columns=(*REQUIRED, "was", "field")):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator=ends, restval="")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "corrections.csv").write_bytes(out.getvalue().encode(encoding))


def correct(folder, *rows, **form):
    """The tables of a study after corrections: they keep their contract whatever the file says."""
    write(folder, *rows, **form)
    tables = an.extract(an.load(folder))
    check_tables(tables)
    return tables


def told(tables, severity="warning"):
    problems = tables.problems[tables.problems["stage"] == "correct"]
    return list(problems.loc[problems["severity"] == severity, "what"])


def changed(tables, table, plain):
    """Which columns of which rows differ from those without corrections."""
    new, old = getattr(tables, table), getattr(plain, table)
    assert len(new) == len(old)
    return {
        (label, column)
        for column in old
        if column != "corrected"
        for label in old.index
        if not (old[column][label] is new[column][label] or old[column][label] == new[column][label])
    }


def test_without_a_file_nothing_is_corrected(plain):
    assert plain.corrections == 0
    assert say_corrections(plain) == ""
    assert plain.quotes["corrected"].isna().all()


def test_a_corrected_speaker_takes_the_whole_quotation_with_it(study, plain):
    first = row_of(plain, "quotes", "We must protect")
    assert first["speaker"] == "Ana Ruiz"
    tables = correct(study, line("quotes", first, "speaker", "Tom Archer"))
    passages = tables.quotes[tables.quotes["quote_id"] == first["quote_id"]]
    assert len(passages) == 2
    assert set(passages["speaker"]) == {"Tom Archer"}
    assert set(passages["attribution"]) == {"corrected"}
    (actor,) = tables.actors.loc[tables.actors["name"] == "Tom Archer", "actor_id"]
    assert set(passages["actor_id"]) == {actor}
    # The words "Ana Ruiz" on the page name somebody else.
    assert passages["speaker_text"].isna().all() and passages["speaker_start"].isna().all()
    assert all("speaker" in columns for columns in passages["corrected"])
    framed = tables.frames[tables.frames["quote_id"] == first["quote_id"]]
    assert len(framed) and set(framed["speaker"]) == {"Tom Archer"}
    others = tables.quotes[tables.quotes["quote_id"] != first["quote_id"]]
    assert others["corrected"].isna().all()
    assert tables.corrections == 1 and told(tables) == []


def test_a_corrected_speaker_reaches_the_evidence(study, plain):
    first = row_of(plain, "quotes", "We must protect")
    tables = correct(study, line("quotes", first, "speaker", "Tom Archer"))
    said = attribution_evidence(tables)
    assert "Tom Archer" in set(said.loc[said["sentence"].str.contains("We must protect"), "speaker"])
    framed = frame_evidence(tables)
    quoted = framed[framed["sentence"].str.contains("Crime at the docks")]
    assert set(quoted["speaker"].dropna()) == {"Tom Archer"}


def test_a_speaker_outside_the_actors_is_kept_with_a_note(study, plain):
    first = row_of(plain, "quotes", "We must protect")
    tables = correct(study, line("quotes", first, "speaker", "Tom Archr"))
    row = row_of(tables, "quotes", "We must protect")
    assert row["speaker"] == "Tom Archr" and pd.isna(row["actor_id"])
    (note,) = told(tables, "note")
    assert "is no actor of this corpus" in note and "Did you mean 'Tom Archer'?" in note


def test_a_speaker_may_become_unknown(study, plain):
    tables = correct(study, line("quotes", row_of(plain, "quotes", "Nobody asked"), "speaker", ""))
    row = row_of(tables, "quotes", "Nobody asked")
    assert pd.isna(row["speaker"]) and pd.isna(row["actor_id"]) and row["attribution"] == "corrected"


def test_a_passage_with_a_line_of_its_own_keeps_its_speaker(study, plain):
    first, second = (row_of(plain, "quotes", words) for words in ("We must protect", "Crime at the docks"))
    tables = correct(
        study, line("quotes", second, "speaker", "Lena Marsh"), line("quotes", first, "speaker", "Tom Archer")
    )
    assert row_of(tables, "quotes", "We must protect")["speaker"] == "Tom Archer"
    assert row_of(tables, "quotes", "Crime at the docks")["speaker"] == "Lena Marsh"
    framed = tables.frames[tables.frames["text"] == "Crime"]
    assert set(framed["speaker"]) == {"Lena Marsh"}
    assert tables.corrections == 2


def test_reported_speech_is_corrected_alone(study, plain):
    row = row_of(plain, "reported", "docks were safe")
    tables = correct(study, line("reported", row, "speaker", "Lena Marsh"))
    new = row_of(tables, "reported", "docks were safe")
    assert new["speaker"] == "Lena Marsh" and new["actor_id"].startswith("person:lena")
    # "He" named nobody, so it still may be the words that mean her.
    assert new["speaker_text"] == row["speaker_text"]
    assert changed(tables, "quotes", plain) == set()


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2025-03-07", ("2025-03-07", "2025-03-07")),
        ("2025-03-01/2025-03-31", ("2025-03-01", "2025-03-31")),
        ("7 March 2025", ("2025-03-07", "2025-03-07")),
    ],
)
def test_a_date_of_an_event_is_corrected_with_its_basis(study, plain, value, days):
    row = row_of(plain, "events", trigger="announced")
    place = {"was": "trigger=announced"}
    tables = correct(study, line("events", row, "date", value, **place))
    new = row_of(tables, "events", trigger="announced")
    assert (new["date_earliest"], new["date_latest"]) == days
    assert new["date_basis"] == "corrected"
    assert new["corrected"] == ["date_earliest", "date_latest"]
    other = row_of(tables, "events", trigger="agreed")
    assert other["date_basis"] != "corrected"


def test_a_date_may_become_unknown(study, plain):
    row = row_of(plain, "events", trigger="announced")
    tables = correct(study, line("events", row, "date", "", was="trigger=announced"))
    new = row_of(tables, "events", trigger="announced")
    assert pd.isna(new["date_earliest"]) and pd.isna(new["date_latest"]) and new["date_basis"] == "corrected"


def test_outlet_and_publication_of_an_article_are_corrected_with_their_basis(study):
    tables = correct(
        study,
        line("articles", "quay.txt#0", "outlet", "Example Post"),
        line("articles", "quay.txt#0", "published", "2025-03-06"),
    )
    article = tables.articles.set_index("article_id").loc["quay.txt#0"]
    assert article["outlet"] == "Example Post" and article["outlet_basis"] == "corrected"
    assert article["published_earliest"] == article["published_latest"] == "2025-03-06"
    assert article["published_basis"] == "corrected"
    assert article["corrected"] == ["outlet", "published_earliest", "published_latest"]
    assert tables.select(outlets=["Example Post"]).corrections == 2


def test_values_of_every_type_are_written_by_hand(study, plain):
    event, figure = row_of(plain, "events", trigger="announced"), row_of(plain, "figures", "£4 million")
    tables = correct(
        study,
        line("events", event, "status", "in force", was="trigger=announced"),
        line("events", event, "negated", "yes", was="trigger=announced"),
        line("events", event, "actors", "Harbour Board; Ana Ruiz", was="trigger=announced"),
        line("figures", figure, "value", "4500000.5"),
        line("figures", figure, "measure", ""),
        line("quotes", row_of(plain, "quotes", "Nobody asked"), "closed", "false"),
    )
    new = row_of(tables, "events", trigger="announced")
    assert (new["status"], bool(new["negated"])) == ("in force", True)
    assert new["actors"] == ["Harbour Board", "Ana Ruiz"]
    assert new["corrected"] == ["actors", "status", "negated"]
    figure = row_of(tables, "figures", "£4 million")
    assert figure["value"] == 4500000.5 and pd.isna(figure["measure"])
    assert not row_of(tables, "quotes", "Nobody asked")["closed"]
    assert tables.corrections == 6


def test_one_of_two_frames_at_the_same_words_is_told_by_what_it_was(study, plain):
    frames = plain.frames[plain.frames["field"] == "text"]
    twice = frames[frames.duplicated(["article_id", "start", "end"], keep=False)]
    row, other = twice.iloc[0], twice.iloc[1]
    assert (row["start"], row["text"]) == (other["start"], other["text"])
    tables = correct(study, line("frames", row, "frame", "political"))
    assert "rows of 'frames' stand at" in told(tables)[0]
    (problem,) = tables.problems[tables.problems["severity"] == "warning"].to_dict("records")
    said = f"In 'was': codebook={row['codebook']} or codebook={other['codebook']}."
    assert problem["allowed"] == said
    tables = correct(study, line("frames", row, "frame", "political", was=f"codebook={row['codebook']}"))
    assert changed(tables, "frames", plain) == {(row.name, "frame")}
    which = f"codebook={other['codebook']}; frame={other['frame']}"
    tables = correct(study, line("frames", row, "row", "remove", was=which))
    assert len(tables.frames) == len(plain.frames) - 1
    kept = tables.frames[(tables.frames["start"] == row["start"]) & (tables.frames["text"] == row["text"])]
    assert list(kept["codebook"]) == [row["codebook"]]


def test_a_row_in_a_headline_is_found_there(study, plain):
    row = plain.frames[plain.frames["field"] == "headline"].iloc[0]
    tables = correct(study, line("frames", row, "row", "remove", field="headline"))
    assert len(tables.frames) == len(plain.frames) - 1
    assert tables.corrections == 1 and told(tables) == []


def test_an_article_or_a_page_is_left_out_of_every_table(study, plain):
    for table, name in (("articles", "quay.txt#0"), ("pages", "quay.txt")):
        tables = correct(study, line(table, name, "exclude", "true"))
        assert list(tables.articles["article_id"]) == ["harbour.txt#0"]
        for each, frame in tables.items():
            if "article_id" in frame and each not in ("problems", "segments"):
                assert set(frame["article_id"].dropna()) <= {"harbour.txt#0"}, each
        assert "Lena Marsh" not in set(tables.actors["name"])
        assert "Lena Marsh" in set(plain.actors["name"])
        assert "quay.txt#0" not in set(tables.segments["article_id"].dropna())
        assert ("quay.txt" in set(tables.pages["page"])) == (table == "articles")
        assert any("left out of every table" in note for note in told(tables, "note"))
        assert tables.corrections == 1


def test_a_later_correction_of_the_same_value_stands(study, plain):
    row = row_of(plain, "quotes", "Nobody asked")
    later = line("quotes", row, "speaker", "Tom Archer", who="CD", when="2025-11-23")
    tables = correct(study, later, line("quotes", row, "speaker", "Ana Ruiz"))
    assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Tom Archer"
    assert list(tables.correction_log["outcome"]) == ["applied", "overridden"]
    assert tables.corrections == 1
    (note,) = told(tables, "note")
    assert "The correction in line 2 of CD is later" in note
    # At the same moment, the later line stands.
    tables = correct(
        study, line("quotes", row, "speaker", "Ana Ruiz"), line("quotes", row, "speaker", "Tom Archer")
    )
    assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Tom Archer"


def test_a_later_correction_that_cannot_stand_leaves_the_earlier_one(study, plain):
    row = row_of(plain, "events", trigger="announced")
    which = {"was": "trigger=announced"}
    tables = correct(
        study,
        line("events", row, "date", "2025-03-07", **which),
        line("events", row, "date_latest", "", when="2025-11-23", **which),
        line("events", row, "date_latest", "2025-03-01", when="2025-11-24", **which),
    )
    new = row_of(tables, "events", trigger="announced")
    assert (new["date_earliest"], new["date_latest"]) == ("2025-03-07", "2025-03-07")
    assert list(tables.correction_log["outcome"]) == ["applied", "not applied", "not applied"]
    assert tables.corrections == 1
    # An end that a later correction leaves in order stands beside the other end of the earlier one.
    tables = correct(
        study,
        line("events", row, "date", "2025-03-07", **which),
        line("events", row, "date_latest", "2025-03-09", when="2025-11-23", **which),
    )
    new = row_of(tables, "events", trigger="announced")
    assert (new["date_earliest"], new["date_latest"]) == ("2025-03-07", "2025-03-09")
    assert list(tables.correction_log["outcome"]) == ["applied", "applied"]


@pytest.mark.parametrize(("column", "value"), [("row", "remove"), ("kind", "scare"), ("kind", "title")])
def test_what_stood_in_a_passage_that_is_no_quotation_is_the_journalists(study, plain, column, value):
    passage = row_of(plain, "quotes", "Crime at the docks")
    framed = plain.frames[plain.frames["quote_id"] == passage["quote_id"]]
    inside = framed["start"] >= passage["start"]
    assert inside.any() and not inside.all()
    tables = correct(study, line("quotes", passage, column, value))
    told_now = tables.frames.loc[framed.index[inside]]
    assert set(told_now["voice"]) == {"narration"}
    assert told_now["quote_id"].isna().all() and told_now["speaker"].isna().all()
    assert all({"voice", "quote_id"} <= set(columns) for columns in told_now["corrected"])
    # The other passage of the quotation keeps what it holds.
    pd.testing.assert_frame_equal(
        tables.frames.loc[framed.index[~inside]], framed[~inside], check_dtype=False
    )
    sentences = tables.sentences[tables.sentences["article_id"] == passage["article_id"]]
    (own,) = sentences.index[(sentences["start"] <= passage["start"]) & (passage["start"] < sentences["end"])]
    assert (plain.sentences["voice"][own], tables.sentences["voice"][own]) == ("quotation", "narration")
    assert tables.corrections == 1 and told(tables) == []


def test_no_row_refers_to_a_quotation_that_is_gone(study, plain):
    passages = plain.quotes[plain.quotes["article_id"] == "harbour.txt#0"].to_dict("records")
    tables = correct(study, *(line("quotes", each, "row", "remove") for each in passages))
    gone = {each["quote_id"] for each in passages}
    for name in ("frames", "terms", "figures", "events"):
        frame = getattr(tables, name)
        rows = frame[frame["article_id"] == "harbour.txt#0"]
        assert not gone & set(rows["quote_id"].dropna()) and set(rows["voice"]) <= {"narration"}, name


def test_a_passage_that_is_a_quotation_after_all_gives_its_words_to_its_speaker(study, plain):
    passage = row_of(plain, "quotes", "Crime at the docks")
    before = correct(study, line("quotes", passage, "kind", "scare"))
    place = {name: passage[name] for name in ("start", "end", "text")}
    made = [
        Correction("quotes", passage["article_id"], column, value, **place)
        for column, value in (("kind", "direct"), ("speaker", "Tom Archer"))
    ]
    tables = apply_corrections(before, made)
    check_tables(tables)
    crime = (before.frames["field"] == "text") & (before.frames["text"] == "Crime")
    assert set(before.frames.loc[crime, "voice"]) == {"narration"}
    framed = tables.frames[crime]
    assert set(framed["voice"]) == {"quotation"} and set(framed["speaker"]) == {"Tom Archer"}
    assert set(framed["quote_id"]) == {passage["quote_id"]}


def test_an_exclusion_is_taken_back_by_a_later_line(study):
    tables = correct(
        study,
        line("pages", "quay.txt", "exclude", "true"),
        line("pages", "quay.txt", "exclude", "false", when="2025-11-24"),
    )
    assert "quay.txt" in set(tables.pages["page"])


def test_words_that_moved_are_found_where_they_stand_once(study, plain):
    row = row_of(plain, "quotes", "Nobody asked")
    page = study / "quay.txt"
    page.write_text(QUAY.replace("Traders on the quay", "All traders on the quay"), encoding="utf-8")
    tables = correct(study, line("quotes", row, "speaker", "Tom Archer"))
    assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Tom Archer"
    (note,) = told(tables, "note")
    assert f"moved from {row['start']} to {row['start'] + 4}" in note
    assert tables.corrections == 1


def test_words_that_stand_there_no_more_are_a_problem(study, plain):
    row = row_of(plain, "quotes", "Nobody asked")
    (study / "quay.txt").write_text(QUAY.replace("about it", "about this"), encoding="utf-8")
    tables = correct(study, line("quotes", row, "speaker", "Tom Archer"))
    assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Lena Marsh"
    assert told(tables) == ["The words 'Nobody asked us about it,' no longer stand in the article."]
    (problem,) = tables.problems[tables.problems["stage"] == "correct"].to_dict("records")
    assert (problem["page"], problem["line"], problem["article_id"]) == ("corrections.csv", 2, "quay.txt#0")
    assert "take the line out" in problem["todo"]
    assert say_corrections(tables) == "0 corrections applied, 1 could not be."


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


def test_a_mention_moves_to_another_actor_and_both_are_counted_anew(study, plain):
    row = plain.mentions[plain.mentions["text"] == "Lena Marsh"].iloc[0]
    tables = correct(study, line("mentions", row, "actor_id", "person:tom-archer"))
    counts = [each.actors.set_index("actor_id")["mentions"] for each in (plain, tables)]
    assert counts[1]["person:tom-archer"] == counts[0]["person:tom-archer"] + 1
    # She is still who is quoted.
    assert counts[1]["person:lena-marsh"] == 0


CELLS = st.one_of(
    st.sampled_from([*CORRECTABLE, *(c for name in CORRECTABLE for c in list_columns(name))]),
    st.sampled_from(["quay.txt#0", "quay.txt", "0", "12", "Nobody", "true", "remove", "2025-03-01", ""]),
    st.text(max_size=12),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='tableartic_id,;"\n\r\t x0\x00\ufeff', max_size=80) | st.binary(max_size=60))
def test_any_content_of_a_file_is_read_or_told(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "corrections.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    file = read_corrections(path)
    assert all(problem.stage == "correct" for problem in file.problems)


@st.composite
def corrections_of(draw, tables):
    """Corrections of rows that are there, with values that their columns take or do not take."""
    table = draw(st.sampled_from([name for name in SPANNED if len(getattr(tables, name))]))
    frame = getattr(tables, table)
    row = frame.iloc[draw(st.integers(0, len(frame) - 1))]
    column = draw(st.sampled_from(sorted(list_columns(table))))
    spec = list_columns(table)[column]
    value = draw(st.sampled_from([*spec.values, "", "2025-03-01", "true", "3.5", "Tom Archer", "a; b"]))
    article = tables.articles.set_index("article_id").loc[row["article_id"]]
    text = article[row.get("field", "text")][row["start"] : row["end"]]
    was = draw(st.sampled_from(["", "", str(row.get("frame", ""))]))
    return [table, row["article_id"], row["start"], row["end"], text, column, value, "AB", "2025-11-22", was]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_corrected_the_tables_keep_their_contract(plain, data):
    made = data.draw(st.lists(corrections_of(plain), min_size=1, max_size=5))
    out = io.StringIO()
    csv.writer(out).writerows([(*REQUIRED, "was"), *made])
    file = parse_corrections(out.getvalue())
    tables = apply_corrections(plain, file.corrections)
    check_tables(tables)
    assert all(problem.stage == "correct" for problem in file.problems)
    for table in ("events", "articles", "figures", "dates"):
        frame = getattr(tables, table)
        for first in (name for name in frame if name.endswith("earliest")):
            last = first.replace("earliest", "latest")
            assert (frame[first].isna() == frame[last].isna()).all()
            assert (frame[first].dropna() <= frame[last].dropna()).all()
    done = tables.corrections + (tables.correction_log["outcome"] != "applied").sum()
    assert done == len(file.corrections) == len(made) - len(file.problems)


def test_an_earlier_object_is_not_changed(plain):
    before = plain.quotes.copy()
    row = row_of(plain, "quotes", "Nobody asked")
    made = Correction(
        "quotes", row["article_id"], "speaker", "Tom Archer", int(row["start"]), int(row["end"]), row["text"]
    )
    tables = apply_corrections(plain, [made])
    pd.testing.assert_frame_equal(plain.quotes, before)
    assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Tom Archer"


def test_the_folder_of_a_file_or_a_glob_holds_its_corrections(tmp_path):
    from analysis.corrections import find_folder

    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one.txt").write_text("x", encoding="utf-8")
    for path in ("a", "a/one.txt", "a/*.txt", "a/2024-*/**/*.txt"):
        assert find_folder(tmp_path / path) == tmp_path / "a"
    assert find_folder(Path("no-such.txt")) == Path(".")


@pytest.fixture
def panel(study, plain):
    """The panel on a study, with its form open and a name given."""
    made = an.CorrectionPanel(plain, study)
    made.start.click()
    made.who.value = "AB"
    return made


def choose(panel, table, search, column):
    panel.table.value, panel.search.value = table, search
    panel.column.value = column


def test_the_panel_writes_what_a_rerun_applies(panel, study):
    choose(panel, "quotes", "Nobody asked", "speaker")
    assert "<mark>Nobody asked us about it,</mark>" in panel.passage.value
    assert "Now: <strong>Lena Marsh</strong>" in panel.present.value
    assert "Tom Archer" in panel.value.options
    panel.value.value = "Tom Archer"
    panel.save.click()
    assert "Written to corrections.csv: quotes, speaker: Tom Archer." in panel.said.value
    assert "from the next run on" in panel.made.value and "AB" in panel.made.value
    tables = an.extract(an.load(study))
    check_tables(tables)
    assert row_of(tables, "quotes", "Nobody asked")["speaker"] == "Tom Archer"
    assert "Tom Archer" in repr(an.show_corrections(tables))
    assert "Lena Marsh | Tom Archer | AB" in repr(an.show_corrections(tables))
    panel.undo.click()
    assert not (study / "corrections.csv").exists()
    assert panel.undo.disabled


def test_the_panel_offers_the_values_that_a_column_takes(panel):
    choose(panel, "events", "announced", "status")
    assert panel.value.options == list_columns("events")["status"].values
    choose(panel, "quotes", "Nobody", "closed")
    assert panel.value.options == ("true", "false")
    choose(panel, "pages", "quay", "exclude")
    assert [label for label, _ in panel.row.options] == ["quay.txt"]


# Terms need a topic pack, and the study has none.
@pytest.mark.parametrize("table", [name for name in CORRECTABLE if name != "terms"])
def test_the_panel_writes_a_line_for_a_row_of_every_table(panel, study, plain, table):
    assert len(getattr(plain, table)), "the study has no such row"
    panel.table.value = table
    for name in ("exclude", "row"):
        if name in panel.column.options:
            panel.column.value = name
            panel.value.value = panel.value.options[0]
    panel.save.click()
    tables = correct_by_panel(study)
    assert told(tables) == [] and tables.corrections == 1
    assert sum(len(frame) for _, frame in tables.items()) < sum(len(frame) for _, frame in plain.items()) + 2


def correct_by_panel(study):
    tables = an.extract(an.load(study))
    check_tables(tables)
    return tables


def test_the_panel_tells_rows_at_the_same_words_apart(panel, study, plain):
    twice = plain.frames[plain.frames.duplicated(["article_id", "field", "start", "end"], keep=False)]
    choose(panel, "frames", "", "row")
    panel.row.value = twice.index[0]
    panel.save.click()
    tables = correct_by_panel(study)
    assert told(tables) == []
    assert len(tables.frames) == len(plain.frames) - 1


def test_the_panel_refuses_what_is_no_value_and_asks_for_a_name(panel, study):
    choose(panel, "events", "announced", "date")
    panel.value.value = "last Friday"
    panel.save.click()
    assert "Not saved." in panel.said.value and "YYYY-MM-DD" in panel.said.value
    panel.who.value = " "
    panel.save.click()
    assert "Give your name" in panel.said.value
    choose(panel, "quotes", "no such words", "speaker")
    panel.save.click()
    assert "Choose a row." in panel.said.value
    assert not (study / "corrections.csv").exists()


def test_the_panel_keeps_the_form_of_a_file_and_takes_back_only_its_own_line(panel, study, plain):
    row = line("quotes", row_of(plain, "quotes", "We must protect"), "speaker", "Tom Archer")
    write(study, row, delimiter=";", encoding="utf-8-sig", ends="\r\n", columns=REQUIRED)
    before = (study / "corrections.csv").read_bytes()
    frames = plain.frames
    headline = frames[frames["field"] == "headline"].index[0]
    choose(panel, "frames", "", "row")
    panel.row.value = headline
    panel.save.click()
    after = (study / "corrections.csv").read_bytes()
    assert after.startswith(b"\xef\xbb\xbftable;") and after.count(b"\r\n") == after.count(b"\n") == 3
    file = read_corrections(study / "corrections.csv")
    assert [item.line for item in file.corrections] == [2, 3] and file.problems == ()
    assert file.corrections[1].field == "headline"
    (study / "corrections.csv").write_bytes(after + b"\r\n")
    panel.undo.click()
    assert "The file has changed since" in panel.said.value
    (study / "corrections.csv").write_bytes(before)
    panel.save.click()
    panel.undo.click()
    assert (study / "corrections.csv").read_bytes() == before


def test_without_a_kernel_the_panel_is_a_table(study, plain):
    write(study, line("quotes", row_of(plain, "quotes", "Nobody asked"), "speaker", "<b>Tom</b>"))
    panel = an.CorrectionPanel(plain, study)
    assert panel.children == (panel.start, panel.made)
    assert "&lt;b&gt;Tom&lt;/b&gt;" in panel.made.value and "2025-11-22T10:00:00" in panel.made.value
    assert "Nothing was corrected" in repr(an.show_corrections(plain))


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
