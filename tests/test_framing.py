"""Shares of frames and of terms, counted by hand; what goes together; headline against text; over time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from made_frames import Line, join_stories, make_story

from analysis.compare.framing import frame_cooccurrence, frame_shares, headline_against_body
from analysis.compare.framing_intervals import cluster_intervals
from analysis.compare.framing_limits import say_limits
from analysis.compare.framing_terms import metaphor_shares, term_shares
from analysis.compare.framing_time import frames_over_time
from analysis.errors import UnknownNameError

LINES = (
    "The {economic:tax} will rise.",
    Line(
        "“The {law:court} is full and {economic:wages} fall,” Ana Ruiz said of {law:judges}.",
        "Ana Ruiz",
        "Quay",
    ),
    Line("“No {economic:money} is left.”", "Bo Lind", same=True),
    "It rained.",
)  # fmt: skip


def one_story():
    return join_stories([make_story("a", *LINES, headline="A {law:judge} speaks")])


def pick(data: pd.DataFrame, **where: object) -> dict:
    for name, value in where.items():
        data = data[data[name.replace("_of_", " of ")] == value]
    (row,) = data.to_dict("records")
    return row


def many_stories(count: int = 6):
    """Stories of which every second is all about money."""
    stories = []
    for n in range(count):
        lines = ["The {economic:tax} rises."] * (3 if n % 2 else 1) + ["It rained."] * (n + 1)
        stories.append(make_story(f"a{n}", *lines, outlet="Example Post" if n < 2 else "Example Herald"))
    return stories


def test_sentences_are_counted_in_the_voice_of_the_frames_own_words():
    data = frame_shares(one_story())
    law, money = ({voice: pick(data, frame=frame, voice=voice) for voice in ("narration", "quotation")}
                  for frame in ("law", "economic"))  # fmt: skip
    # narration: lines 1, 2 (in part) and 4; quotation: lines 2 (in part) and 3
    assert [(law[v]["units"], law[v]["of"]) for v in law] == [(1, 3), (1, 2)]
    assert [(money[v]["units"], money[v]["of"]) for v in money] == [(1, 3), (2, 2)]
    assert law["narration"]["share"] == pytest.approx(1 / 3, abs=1e-4)
    assert law["narration"]["share_of"] == "of 3 sentences with words in the journalist's voice"
    assert law["quotation"]["share_of"] == "of 2 sentences with words in quotation"


def test_a_sentence_with_two_frames_counts_for_both_and_that_is_said():
    data = frame_shares(one_story(), by=None)
    assert data[["frame", "units", "of"]].to_numpy().tolist() == [["economic", 3, 4], ["law", 1, 4]]
    assert data.attrs["note"] == (
        "Of 3 sentences with a frame, 1 carries two or more and counts for each; 4 sentences looked at."
    )


@pytest.mark.parametrize(("unit", "counts"), [("paragraph", [2, 3]), ("article", [1, 1])])
def test_paragraphs_and_articles_are_units_too(unit, counts):
    row = pick(frame_shares(one_story(), unit=unit, by=None), frame="economic")
    assert [row["units"], row["of"]] == counts


def test_an_article_has_its_headline_but_no_voice_has():
    stories = [make_story("a", "It rained.", headline="{law:Judge} rules"), make_story("b", "It rained.")]
    tables = join_stories(stories)
    assert pick(frame_shares(tables, unit="article", by=None), frame="law")["units"] == 1
    assert pick(frame_shares(tables, unit="article", by="outlet"), frame="law")["of"] == 2
    assert frame_shares(tables, unit="article", by="voice").empty
    assert frame_shares(tables, by=None).empty


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("speaker", {"Ana Ruiz": (1, 1), "Bo Lind": (1, 1)}),
        ("party", {"Quay": (1, 1), "not stated": (1, 1)}),
        ("kind of voice", {"person": (1, 1), "not stated": (1, 1)}),
        ("outlet", {"Example Herald": (3, 4)}),
    ],
)
def test_groups_are_counted_apart_and_the_unknown_stay_unknown(by, expected):
    tables = one_story()
    tables.quotes.loc[tables.quotes["speaker"] == "Ana Ruiz", "actor_id"] = "person:ana"
    tables.actors.loc[0, ["actor_id", "kind"]] = ["person:ana", "person"]
    data = frame_shares(tables, by=by)
    money = data[data["frame"] == "economic"]
    assert {row[by]: (row["units"], row["of"]) for row in money.to_dict("records")} == expected
    assert list(money[by]) == list(expected)


def test_below_four_articles_there_are_counts_alone():
    stories = many_stories(6)
    data = frame_shares(join_stories(stories), by="outlet")
    small, large = (pick(data, outlet=name) for name in ("Example Post", "Example Herald"))
    assert (small["units"], small["of"], small["of_articles"]) == (4, 7, 2)
    assert pd.isna(small["low"]) and pd.isna(small["high"])
    assert 0 <= large["low"] < large["share"] < large["high"] <= 1
    articles = frame_shares(join_stories(stories), unit="article", by="outlet")
    assert pd.isna(pick(articles, outlet="Example Post")["high"])
    assert pick(articles, outlet="Example Herald")["high"] == 1


def test_intervals_are_the_same_again_and_the_order_of_articles_changes_nothing():
    stories = many_stories(7)
    there, back = (frame_shares(join_stories(each)) for each in (stories, stories[::-1]))
    pd.testing.assert_frame_equal(there, back)
    pd.testing.assert_frame_equal(there, frame_shares(join_stories(stories)))


def test_the_interval_of_a_share_agrees_with_the_linearised_variance_of_a_cluster_sample():
    random = np.random.default_rng(4)
    of = random.integers(5, 40, size=300)
    found = random.binomial(of, random.beta(2, 6, size=300))
    ((low, high),) = cluster_intervals(found[:, None], of)
    share = found.sum() / of.sum()
    # Cochran (1977), "Sampling techniques", 2.11: the variance of a ratio of totals
    error = np.sqrt(((found - share * of) ** 2).sum() / 299 * 300) / of.sum()
    assert (low, high) == pytest.approx((share - 1.96 * error, share + 1.96 * error), abs=0.1 * error)


def draw_articles(random: np.random.Generator, size: int, share: float, alike: float):
    """Articles of very different lengths, whose shares vary around one: ``alike`` as sentences of one are."""
    of = np.maximum(random.lognormal(np.log(15), 0.6, size), 2).astype(np.int64)
    spread = 1 / alike - 1
    return random.binomial(of, random.beta(share * spread, (1 - share) * spread, size)), of


@pytest.mark.parametrize(("size", "wide"), [(4, 0.85), (8, 0.5), (20, 0.3), (60, 0.17)])
@pytest.mark.parametrize(("share", "alike"), [(0.1, 0.1), (0.3, 0.1), (0.1, 0.25), (0.3, 0.25)])
def test_an_interval_holds_the_true_share_as_often_as_it_says(size, wide, share, alike):
    random, times = np.random.default_rng(1857), 600
    drawn = [draw_articles(random, size, share, alike) for _ in range(times)]
    made = [cluster_intervals(found[:, None], of)[0] for found, of in drawn]
    ends = np.array([each for each in made if each is not None])
    assert len(ends) > 0.85 * times
    held = ((ends[:, 0] <= share) & (share <= ends[:, 1])).mean()
    assert held >= 0.95 - 1.96 * np.sqrt(0.95 * 0.05 / len(ends))
    assert np.median(ends[:, 1] - ends[:, 0]) <= wide


def test_articles_all_alike_are_no_surer_than_as_many_sentences():
    ((low, high),) = cluster_intervals(np.array([[1]] * 5), np.full(5, 4))
    # Clopper and Pearson's interval of 5 of 20, a little wider for having few articles
    assert low < 0.087 and high > 0.491
    assert high - low < 0.6


def test_one_article_with_all_of_it_leaves_nearly_everything_open():
    ((low, high),) = cluster_intervals(np.array([[30], [0], [0], [0]]), np.array([40, 5, 5, 5]))
    assert low < 0.05 and high > 0.95


def test_articles_without_a_unit_do_not_make_a_sample_larger():
    of = np.array([5, 5, 5, 0, 0])
    assert cluster_intervals(np.array([[1], [2], [3], [0], [0]]), of) == [None]


def test_what_never_varies_has_no_interval():
    of = np.full(5, 4)
    assert cluster_intervals(np.array([[0, 4]] * 5), of) == [None, None]


def test_a_topic_packs_codebook_looks_at_the_articles_on_the_topic_alone():
    metaphors = {"codebook": "uk_migration metaphors"}
    stories = [
        make_story("a", "A {water:wave} came.", "It rained.", **metaphors),
        make_story("b", "It rained.", on_topic=False, **metaphors),
        make_story("c", "Il pleut.", language="fr", on_topic=False),
    ]
    tables = join_stories(stories, topic=("uk_migration",))
    row = pick(frame_shares(tables, "uk_migration metaphors", by=None), frame="water")
    assert (row["units"], row["of"], row["of_articles"]) == (1, 2, 1)
    assert row["share_of"] == "of 2 sentences in articles on the topic"
    tables.frames["codebook"] = "policy_frames"
    assert pick(frame_shares(tables, by=None), frame="water")["of"] == 3


def test_unknown_names_are_told_with_the_closest():
    with pytest.raises(UnknownNameError, match="Did you mean 'policy_frames'"):
        frame_shares(one_story(), "policy_frame")
    with pytest.raises(UnknownNameError, match="Did you mean 'sentence'"):
        frame_shares(one_story(), unit="sentences")
    with pytest.raises(UnknownNameError, match="Did you mean 'party'"):
        frame_shares(one_story(), by="partys")
    with pytest.raises(UnknownNameError, match="no period 'decade'"):
        frames_over_time(one_story(), period="decade")


def test_a_codebook_that_ships_and_did_not_run_has_no_matches():
    tables = join_stories([make_story("a", "A {water:wave}.", codebook="harbour metaphors")])
    assert frame_shares(tables).empty


def test_a_match_over_two_sentences_stands_in_both():
    tables = one_story()
    tables.frames.loc[0, "end"] = tables.sentences.loc[1, "start"] + 3
    assert pick(frame_shares(tables, by=None), frame="economic")["units"] == 3
    assert pick(frame_shares(tables, by="voice"), frame="economic", voice="narration")["units"] == 2


def test_pairs_are_counted_with_what_chance_would_give():
    both, one = "The {law:court} hears of {economic:tax}.", "The {law:court} sits."
    stories = [make_story(f"a{n}", both, one, "It rained.", "Rates of {economic:tax}.") for n in range(4)]
    (row,) = frame_cooccurrence(join_stories(stories)).to_dict("records")
    assert (row["frame_a"], row["frame_b"], row["units"], row["of"], row["articles"]) == (
        "economic", "law", 4, 16, 4,
    )  # fmt: skip
    assert (row["with_a"], row["with_b"], row["expected"], row["lift"]) == (8, 8, 4.0, 1.0)
    assert (row["article_id"], row["words_a"], row["words_b"]) == ("a0", "tax", "court")
    text = join_stories(stories).articles["text"].iloc[0]
    assert text[row["start"] : row["end"]] == "The court hears of tax."


def test_pairs_in_fewer_than_four_articles_are_counts_alone():
    (row,) = frame_cooccurrence(one_story()).to_dict("records")
    assert row["units"] == 1
    assert pd.isna(row["expected"]) and pd.isna(row["lift"])


def test_headline_and_text_are_set_against_each_other():
    stories = [
        make_story("a", "The {law:court} sits.", headline="{law:Judge} rules on {economic:tax}"),
        make_story("b", "The {law:court} sits.", headline="Rain"),
        make_story("c", "It rained.", headline="A {law:law}"),
        make_story("d", "The {law:court} sits.", headline=None),
    ]
    data = headline_against_body(join_stories(stories))
    assert data.to_dict("records") == [
        {"frame": "law", "both": 1, "headline_only": 1, "text_only": 1, "of": 3},
        {"frame": "economic", "both": 0, "headline_only": 1, "text_only": 0, "of": 3},
    ]
    assert data.attrs["without_headline"] == 1


def dated(n: int, first: str, last: str | None = None):
    return make_story(f"a{n}", "The {law:court}." if n % 2 else "Rain.", days=(first, last or first))


def test_periods_need_four_articles_that_lie_inside_them():
    stories = [dated(n, f"2025-03-0{n + 1}") for n in range(5)]
    stories += [dated(5, "2025-04-01"), dated(6, "2025-03-31", "2025-04-01"), make_story("a7", "Rain.")]
    data = frames_over_time(join_stories(stories), period="month")
    (row,) = data.to_dict("records")
    assert (row["period"], row["earliest"], row["latest"]) == ("2025-03", "2025-03-01", "2025-03-31")
    assert (row["frame"], row["articles"], row["of"], row["share"]) == ("law", 2, 5, 0.4)
    assert data.attrs["small"] == {"2025-04": 1}
    assert (data.attrs["not_placed"], data.attrs["undated"]) == (["a6"], ["a7"])
    assert data.attrs["note"] == (
        "1 month of 4 articles or more: 2025-03 (5 articles). Left out for having fewer: 2025-04 (1). 1 "
        "article may have been published in either of two months and is not placed: a6. 1 article without "
        "a date: a7."
    )


def test_no_period_large_enough_is_said():
    data = frames_over_time(join_stories([dated(n, f"2025-0{n + 1}-01") for n in range(4)]), period="month")
    assert data.empty
    assert data.attrs["note"].startswith("No month has 4 articles or more, so no share over time is given.")


@pytest.mark.parametrize(
    ("last", "period"),
    [("2025-02-20", "week"), ("2025-12-01", "month"), ("2027-06-01", "quarter"), ("2032-01-01", "year")],
)
def test_the_period_goes_by_how_far_the_publications_reach(last, period):
    data = frames_over_time(join_stories([dated(1, "2025-01-06"), dated(3, last)]))
    assert data.attrs["period"] == period


def test_a_week_begins_on_monday():
    stories = [
        dated(n, day) for n, day in enumerate(["2025-01-06", "2025-01-07", "2025-01-08", "2025-01-12"])
    ]
    data = frames_over_time(join_stories([*stories, dated(4, "2025-01-13")]), period="week")
    assert set(data["period"]) == {"week from 2025-01-06"}
    assert data.attrs["small"] == {"week from 2025-01-13": 1}


def term(article_id: str, group: str, voice: str = "narration", use: str = "person", **more: object) -> dict:
    return {"article_id": article_id, "field": "text", "start": 0, "end": 1, "text": "x", "term_group": group,
            "use": use, "voice": voice, **more}  # fmt: skip


def test_terms_are_shared_out_within_their_use_and_voice():
    terms = [term("a", "people"), term("a", "people", "quotation"), term("a", "migrants"),
             term("a", "migrants", "mixed"), term("a", "migration", use="process")]  # fmt: skip
    tables = join_stories([make_story("a", "Rain.")], terms=terms)
    data = term_shares(tables)
    assert set(data["term_group"]) == {"people", "migrants"}
    found = {
        (row["voice"], row["term_group"]): (row["matches"], row["of"]) for row in data.to_dict("records")
    }
    assert found == {
        ("narration", "migrants"): (2, 3), ("quotation", "migrants"): (1, 2),
        ("narration", "people"): (1, 3), ("quotation", "people"): (1, 2),
    }  # fmt: skip
    assert data["low"].isna().all()
    assert pick(term_shares(tables, use=None, by=None), term_group="migration")["of"] == 5


def test_metaphors_are_those_of_every_codebook_of_metaphors():
    stories = [
        make_story("a", "A {water:wave} and a {war:fight}.", codebook="harbour metaphors"),
        make_story("b", "A {water:wave}.", codebook="migration_metaphors", outlet=None),
        make_story("c", "A {law:court}."),
    ]
    data = metaphor_shares(join_stories(stories), by="outlet")
    assert set(data["frame"]) == {"water", "war"}
    assert pick(data, frame="water", outlet="Outlet not stated")["share"] == 1
    assert list(data["outlet"].unique()) == ["Example Herald", "Outlet not stated"]


def test_limits_are_counted_not_recited():
    stories = [make_story(f"a{n}", "The {law:court}.", "Rain.", page="p1") for n in range(4)]
    stories.append(make_story("b", Line("“Rain,” she said."), outlet="Example Post", page="p2", wire="PA"))
    stories.append(make_story("c", "Il pleut.", language="fr", on_topic=False, page="p3"))
    said = say_limits(join_stories(stories, topic=("uk_migration",)))
    for sentence in (
        "5 articles of 2 named outlets: Example Herald (4) and Example Post (1).",
        "No two outlets can be tested against each other, of 1 pair: only Example Herald has 4 articles or "
        "more. Differences between outlets are counts to read, no findings.",
        "5 articles of 5 have no date of publication and can be placed in no period.",
        "5 of 5 articles are on the topic of uk_migration: terms, metaphors and the topic's own codebooks "
        "look at them alone.",
        "5 of 9 sentences (56%) have no frame of 'policy_frames': they may carry one in words "
        "that no entry knows.",
        "1 article in other languages is not looked at.",
    ):
        assert sentence in said, said
    (quoted,) = (each for each in said if "stand in quotation" in each)
    assert quoted.startswith("7% of 15 words stand in quotation, in 1 quotation: 1 with no known speaker")
    (copies,) = (each for each in said if "agency" in each)
    assert copies.startswith("1 of 5 articles names an agency as source; 0 share their text")


def test_limits_of_a_corpus_that_allows_comparison_and_of_an_empty_one():
    stories = [
        make_story(f"a{n}", "Rain.", outlet=f"Outlet {n % 3}", days=("2025-01-01",) * 2) for n in range(11)
    ]
    said = say_limits(join_stories(stories))
    assert (
        "1 of 3 pairs of outlets has 4 articles or more a side: those among Outlet 0 and Outlet 1. Between "
        "the others there are counts alone."
    ) in said
    assert "No topic pack applies: there are no terms and no metaphors to compare." in said
    assert not any("no date" in sentence for sentence in said)
    assert say_limits(join_stories([])) == ["There is no article that can be read, so nothing can be told."]
