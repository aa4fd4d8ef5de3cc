"""A researcher's corrections: applied last, told where they cannot be, the same whatever is corrected."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_corrections import QUAY, changed, copy_study, correct, keep_study, line, row_of, told

from analysis.corrections import apply_corrections, say_corrections
from analysis.corrections.columns import SPANNED, list_columns
from analysis.corrections.reading import REQUIRED, Correction, parse_corrections
from analysis.tables import check_tables
from analysis.views.evidence import attribution_evidence, frame_evidence


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


def test_a_mention_moves_to_another_actor_and_both_are_counted_anew(study, plain):
    row = plain.mentions[plain.mentions["text"] == "Lena Marsh"].iloc[0]
    tables = correct(study, line("mentions", row, "actor_id", "person:tom-archer"))
    counts = [each.actors.set_index("actor_id")["mentions"] for each in (plain, tables)]
    assert counts[1]["person:tom-archer"] == counts[0]["person:tom-archer"] + 1
    # She is still who is quoted.
    assert counts[1]["person:lena-marsh"] == 0


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


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
