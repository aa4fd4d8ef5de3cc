"""Voices by outlet: a quotation counts once, the unknown is a group, and counts are those of the tables."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis as an
from analysis.compare import NO_OUTLET, count_voices, describe_actors
from analysis.errors import UnknownNameError
from analysis.schema import TABLES, build_frame
from analysis.tables import Tables


def make_tables(**rows: list[dict]) -> Tables:
    return Tables(**{name: build_frame(name, rows.get(name, ())) for name in TABLES})


def quote(article: str, number: int, text: str, speaker: str | None = None, **more: object) -> dict:
    """A passage; the same number in the same article is the same quotation."""
    return {
        "article_id": article, "field": "text", "quote_id": f"{article}:q{number}", "start": 10 * number,
        "end": 10 * number + len(text), "text": text, "kind": "direct", "speaker": speaker, **more,
    }  # fmt: skip


@pytest.fixture
def tables() -> Tables:
    outlets = ["Example Herald"] * 4 + ["Example Post", None]
    articles = [{"article_id": f"a{n}", "outlet": outlet, "words": 90} for n, outlet in enumerate(outlets)]
    ana = {"actor_id": "person:ana-ruiz", "party": "Harbour Party", "role": "Minister"}
    quotes = [
        quote("a0", 1, "one two three", "Ana Ruiz", **ana),
        quote("a0", 1, "four", "Ana Ruiz", **ana),
        quote("a0", 2, "five six", "Bo Lind", actor_id="person:bo-lind", kind="mixed"),
        quote("a0", 3, "one two three", "Ana Ruiz", field="headline", **ana),
        quote("a1", 1, "seven", "Ana Ruiz", **ana),
        quote("a1", 2, "eight nine"),
        quote("a1", 3, "so-called", "Ana Ruiz", kind="scare", **ana),
        quote("a1", 4, "nobody said", "Ana Ruiz", kind="hypothetical", **ana),
        quote("a4", 1, "ten", "harbour official"),
        quote("a5", 1, "eleven twelve"),
    ]
    reported = [
        {"article_id": "a4", "start": 40, "end": 44, "text": "that", "speaker": "Ana Ruiz",
         "actor_id": "person:ana-ruiz"},
        {"article_id": "a5", "start": 40, "end": 44, "text": "that", "speaker": "harbour official"},
        {"article_id": "a5", "start": 50, "end": 54, "text": "this", "speaker": None},
    ]  # fmt: skip
    actors = [
        {"actor_id": "person:ana-ruiz", "name": "Ana Ruiz", "kind": "person", "party": "Harbour Party"},
        {"actor_id": "person:bo-lind", "name": "Bo Lind", "kind": "person"},
        {"actor_id": "person:silent", "name": "Si Lent", "kind": "person"},
    ]
    return make_tables(articles=articles, quotes=quotes, reported=reported, actors=actors)


def row(data: pd.DataFrame, outlet: str, voice: str) -> dict:
    (found,) = data[(data["outlet"] == outlet) & (data.iloc[:, 1] == voice)].to_dict("records")
    return found


def test_a_quotation_counts_once_and_headlines_and_other_kinds_do_not(tables):
    ana = row(count_voices(tables), "Example Herald", "Ana Ruiz")
    assert (ana["articles"], ana["of"], ana["quotations"], ana["passages"], ana["words"]) == (2, 4, 2, 3, 5)
    assert ana["share_of_articles"] == 0.5
    assert ana["share_of_quoted_words"] == pytest.approx(5 / 9, abs=5e-4)


def test_who_is_not_known_is_a_group_of_its_own(tables):
    speakers, parties = count_voices(tables), count_voices(tables, by="party")
    assert row(speakers, "Example Herald", "unknown")["words"] == 2
    assert row(speakers, NO_OUTLET, "unknown")["quotations"] == 1
    # Bo Lind is known, and the party is not.
    assert row(parties, "Example Herald", "not stated")["quotations"] == 2
    assert row(parties, "Example Post", "not stated")["quotations"] == 1


def test_shares_of_an_outlet_make_a_whole(tables):
    for by in ("speaker", "party"):
        whole = count_voices(tables, by).groupby("outlet")["share_of_quoted_words"].sum()
        assert list(whole) == pytest.approx([1] * len(whole), abs=0.002)


def test_largest_outlet_and_loudest_voice_come_first_and_the_unknown_last(tables):
    data = count_voices(tables)
    assert list(dict.fromkeys(data["outlet"])) == ["Example Herald", "Example Post", NO_OUTLET]
    assert list(data[data["outlet"] == "Example Herald"]["speaker"]) == ["Ana Ruiz", "Bo Lind", "unknown"]


def test_intervals_from_four_articles_on(tables):
    data = count_voices(tables)
    assert data.loc[data["of"] < 4, ["low", "high"]].isna().all(axis=None)
    assert data.loc[data["of"] >= 4, ["low", "high"]].notna().all(axis=None)


def test_passages_of_one_quotation_are_never_two_voices(tables):
    mixed = [
        quote("a0", 1, "one", None),
        quote("a0", 1, "two", "Ana Ruiz"),
        quote("a0", 1, "three", "Bo Lind"),
    ]
    data = count_voices(make_tables(articles=tables.articles.to_dict("records"), quotes=mixed))
    assert data[["speaker", "quotations", "passages"]].to_numpy().tolist() == [["Ana Ruiz", 1, 3]]


def test_nothing_to_count_keeps_its_columns(tables):
    empty = make_tables(articles=tables.articles.to_dict("records"))
    assert list(count_voices(empty)) == list(count_voices(tables))
    assert list(describe_actors(empty)) == list(describe_actors(tables))
    assert len(count_voices(empty)) == len(describe_actors(empty)) == 0
    assert len(count_voices(make_tables())) == 0


def test_another_grouping_is_refused(tables):
    with pytest.raises(UnknownNameError, match="Did you mean 'party'"):
        count_voices(tables, by="partie")


def test_actors_are_listed_with_what_is_attributed_to_them(tables):
    data = describe_actors(tables).set_index("actor")
    assert list(data.index) == ["Ana Ruiz", "harbour official", "Bo Lind"]
    ana = data.loc["Ana Ruiz"]
    assert tuple(ana[["quotations", "passages", "words", "reported", "articles"]]) == (2, 3, 5, 1, 3)
    official = data.loc["harbour official"]
    assert (official["kind"], official["reported"]) == ("not resolved", 1)
    assert pd.isna(official["actor_id"])


def test_chart_says_what_the_table_has(tables):
    chart = an.plot_voices(tables)
    assert chart.sentence.startswith(
        "Of 12 words in quotation, 5 are by speakers of Harbour Party, the most of any party; 7 have no party"
    )
    assert chart.sentence.endswith("2 of 3 outlets have fewer than four articles.")
    drawn = {trace.name: sum(trace.x) for trace in chart.figure.data}
    assert drawn == chart.data.groupby("party")["words"].sum().to_dict()
    assert chart.figure.data[0].y[0] == "Example Herald (4 articles)"


def test_chart_of_many_speakers_keeps_every_word(tables):
    quotes = [quote("a0", n, "word " * (n + 1), f"Speaker {n}") for n in range(9)]
    chart = an.plot_voices(
        make_tables(articles=tables.articles.to_dict("records"), quotes=quotes), by="speaker", top=3
    )
    drawn = {trace.name: sum(trace.x) for trace in chart.figure.data}
    assert drawn == {"Speaker 8": 9, "Speaker 7": 8, "Speaker 6": 7, "all other speakers": 21}
    assert "3 of 9 speakers are drawn apart." in chart.sentence


def test_chart_without_quotations_says_why(tables):
    chart = an.plot_voices(make_tables(articles=tables.articles.to_dict("records")))
    assert chart.figure is None
    assert chart.sentence == "None of 6 articles quotes anybody."


def test_counts_are_those_of_the_evidence_in_a_real_corpus(tmp_path):
    said = (
        "Example Herald\n\nHarbour plan agreed\n\nMinister Ana Ruiz welcomed the plan on Monday. “We will "
        "build the harbour in two years,” said Ana Ruiz. “It will be paid for,” she added, “and it will "
        "last.” Bo Lind said: “Nobody asked the fishermen who work here.” Bo Lind argued that the cost would "
        "double.\n"
    )
    (tmp_path / "page.txt").write_text(said, encoding="utf-8")
    tables = an.extract(an.load(tmp_path))
    speakers = count_voices(tables)
    evidence = an.quote_evidence(tables)
    assert speakers["passages"].sum() == len(evidence)
    assert speakers.set_index("speaker")["passages"].to_dict() == {"Ana Ruiz": 3, "Bo Lind": 1}
    assert speakers["quotations"].sum() == tables.quotes["quote_id"].nunique()
    attributed = an.attribution_evidence(tables)
    texts = tables.articles.set_index("article_id")["text"]
    for each in attributed.to_dict("records"):
        words = texts[each["article_id"]][each["start"] : each["end"]]
        assert each["sentence"][each["match_start"] : each["match_end"]] == words
    assert (attributed["said"] == "quotation").sum() == len(evidence)
