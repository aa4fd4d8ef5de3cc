"""Evidence: the right sentence around each claim, and the match in its place."""

from __future__ import annotations

import pytest
from made_tables import ARTICLES, HOSTILE, SENTENCES, TEXT, make_tables, span

from analysis.errors import UnknownNameError
from analysis.views import evidence as ev

MAKERS = (
    ev.frame_evidence, ev.metaphor_evidence, ev.term_evidence, ev.quote_evidence, ev.event_evidence,
    ev.figure_evidence,
)  # fmt: skip


@pytest.mark.parametrize("make", MAKERS)
def test_columns_stand_in_order_and_the_articles_looked_at_are_counted(make):
    evidence = make(make_tables())
    assert list(evidence.columns[: len(ev.COLUMNS)]) == list(ev.COLUMNS)
    assert evidence.attrs["articles"] == len(ARTICLES)


@pytest.mark.parametrize("make", MAKERS)
def test_no_rows_give_an_empty_frame_with_all_columns(make):
    empty = make_tables(frames=[], terms=[], quotes=[], events=[], figures=[])
    filled = make(make_tables())
    assert make(empty).empty
    assert list(make(empty).columns) == list(filled.columns)


def test_match_is_cut_from_its_sentence_with_the_sentences_around_it():
    first = ev.frame_evidence(make_tables()).iloc[0]
    assert first["sentence"] == SENTENCES[1]
    assert first["sentence"][first["match_start"] : first["match_end"]] == "security"
    assert (first["before"], first["after"]) == (SENTENCES[0], SENTENCES[2])


def test_first_sentence_has_none_before_it_and_the_last_none_after():
    figure = ev.figure_evidence(make_tables()).iloc[0]
    event = ev.event_evidence(make_tables()).iloc[0]
    assert figure["before"] is None or figure.isna()["before"]
    assert event.isna()["after"]


def test_quotation_over_two_sentences_shows_both():
    start, end = span("Ana Ruiz")["start"], span("Critics", 2)["end"]
    row = {"article_id": "page.txt#0", "field": "text", "start": start, "end": end, "kind": "direct"}
    made = ev.quote_evidence(make_tables(quotes=[row])).iloc[0]
    assert made["sentence"] == f"{SENTENCES[1]}\n{SENTENCES[2]}"
    assert made["sentence"][made["match_start"] : made["match_end"]].startswith("Ana Ruiz")


def test_match_in_a_headline_shows_the_headline():
    row = {"article_id": "page.txt#1", "field": "headline", "start": 0, "end": 5, "text": "Talks",
           "codebook": "policy_frames", "frame": "Political"}  # fmt: skip
    made = ev.frame_evidence(make_tables(frames=[row])).iloc[0]
    assert made["sentence"] == f"Talks {HOSTILE} go on"
    assert made["sentence"][made["match_start"] : made["match_end"]] == "Talks"


def test_claim_outside_of_every_sentence_shows_itself():
    made = ev.frame_evidence(make_tables(sentences=[])).iloc[0]
    assert made["sentence"] == "security"


def test_frames_and_metaphors_are_told_apart_by_codebook():
    row = {"article_id": "page.txt#0", **span("budget", 2), "frame": "water"}
    row["codebook"] = "uk_migration metaphors"
    tables = make_tables(frames=[row])
    assert ev.frame_evidence(tables).empty
    assert list(ev.metaphor_evidence(tables)["frame"]) == ["water"]


def test_a_match_carries_the_party_of_whoever_is_quoted_and_where_it_stands():
    tables = make_tables()
    tables.quotes["party"] = "Quay"
    headline = {"article_id": "page.txt#0", "field": "headline", "start": 0, "end": 7, "text": "Harbour"}
    matches = tables.frames.to_dict("records")
    matches.append({**headline, "codebook": "policy_frames", "frame": "Political", "voice": "narration"})
    terms = [{**row, "voice": "quotation", "quote_id": "q1"} for row in tables.terms.to_dict("records")]
    made = make_tables(frames=matches, quotes=tables.quotes.to_dict("records"), terms=terms)
    evidence = ev.frame_evidence(made)
    assert set(evidence.loc[evidence["voice"] == "quotation", "party"]) == {"Quay"}
    assert evidence.loc[evidence["voice"] == "narration", "party"].isna().all()
    assert evidence["field"].value_counts().to_dict() == {"text": 10, "headline": 1}
    assert set(ev.term_evidence(made)["party"]) == {"Quay"}


def test_all_codebooks_stand_side_by_side_and_an_unknown_one_is_told():
    water = {"article_id": "page.txt#0", **span("budget", 2), "frame": "water"}
    water["codebook"] = "migration_metaphors"
    tables = make_tables()
    tables = make_tables(frames=[*tables.frames.to_dict("records"), water])
    everything = ev.frame_evidence(tables, codebook=None)
    assert set(everything["codebook"]) == {"policy_frames", water["codebook"]}
    assert set(everything["frame"]) == {"Security and defence", "Economic", "water"}
    tables.frames["frame"] = "Economic"
    named = ev.frame_evidence(tables, codebook=None).groupby("frame").size().to_dict()
    assert named == {"Economic (migration_metaphors)": 1, "Economic (policy_frames)": 10}
    tables = make_tables(frames=[*make_tables().frames.to_dict("records"), water])
    assert list(ev.metaphor_evidence(tables)["frame"]) == ["water"]
    with pytest.raises(UnknownNameError, match="Did you mean 'policy_frames'"):
        ev.frame_evidence(tables, codebook="policy_frame")


def test_only_direct_and_mixed_quotations_of_the_text_are_counted():
    base = {"article_id": "page.txt#0", **span("security", 1)}
    rows = [{**base, "kind": kind} for kind in ("direct", "mixed", "scare", "title", "hypothetical")]
    rows.append({**base, "kind": "direct", "field": "headline", "start": 0, "end": 7})
    tables = make_tables(quotes=rows)
    assert list(ev.quote_evidence(tables)["kind"]) == ["direct", "mixed"]
    assert len(ev.quote_evidence(tables, kinds=None)) == 5


def test_event_keeps_its_own_date_and_none_where_the_text_has_none():
    events = ev.event_evidence(make_tables()).set_index("article_id")
    assert events.loc["page.txt#1", "date_earliest"] == "2024-06-12"
    assert events["date_earliest"].isna()["page.txt#2"]
    assert events.loc["page.txt#0", "actors"] == ["Council", "Ana Ruiz"]


def test_figure_without_a_date_of_its_own_takes_its_articles():
    figures = ev.figure_evidence(make_tables()).set_index("article_id")
    assert figures.loc["page.txt#1", "date_latest"] == "2025-02-28"


@pytest.mark.parametrize("make", [*MAKERS, ev.sentence_evidence, ev.instrument_evidence])
def test_every_row_tells_where_its_match_stands_in_the_article(make):
    for row in make(make_tables()).to_dict("records"):
        assert row["sentence"] in TEXT
        assert TEXT[row["start"] : row["end"]].startswith(
            row["sentence"][row["match_start"] : row["match_end"]]
        )


def test_places_that_are_dimensions_already_stand_once():
    columns = list(ev.attribution_evidence(make_tables()).columns)
    assert columns.count("start") == columns.count("end") == columns.count("field") == 1


@pytest.mark.parametrize("make", [ev.event_evidence, ev.instrument_evidence])
def test_an_event_carries_its_hedge_its_denial_and_what_dates_it(make):
    tables = make_tables()
    tables.events = tables.events.assign(
        negated=[True, False, None, False],
        modality="not expected to",
        date_text="in June",
        date_basis="its own words",
    )
    rows = make(tables).set_index("article_id")
    assert rows.loc["page.txt#0", "negated"] == "denied"
    assert rows["negated"].isna().sum() == 3
    assert set(rows["modality"]) == {"not expected to"}
    assert set(rows["date_text"] + ": " + rows["date_basis"]) == {"in June: its own words"}


def test_missing_outlet_is_said():
    outlets = set(ev.frame_evidence(make_tables())["outlet"])
    assert outlets == {"Example Herald", "Example Post", "Outlet not stated"}
