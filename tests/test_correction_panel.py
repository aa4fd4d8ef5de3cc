"""The panel for corrections: it writes what a rerun applies, and refuses what is no value."""

from __future__ import annotations

import pytest
from made_corrections import copy_study, keep_study, line, row_of, told, write

import analysis as an
from analysis.corrections import read_corrections
from analysis.corrections.columns import CORRECTABLE, list_columns
from analysis.corrections.reading import REQUIRED
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
