"""What two sources have in common: days, topics, and an outlet that is not stated is nobody else's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import make_tables

import analysis as an
from analysis.compare import NO_OUTLET
from analysis.compare.sources.choose import choose_articles
from analysis.compare.sources.overlap import say_overlap
from analysis.errors import UnknownNameError
from analysis.tables import Tables

HERALD, POST = "Example Herald", "Example Post"


def make_corpus(*articles: dict, events: tuple = (), mentions: tuple = ()):
    """Articles by outlet and days ("2025-01-03" or a pair); events and mentions as (number, what)."""
    rows = []
    for number, article in enumerate(articles):
        days = article.pop("days", None)
        first, last = days if isinstance(days, tuple) else (days, days)
        rows.append(
            {"article_id": f"a#{number}", "outlet": HERALD, "text": "Words.", "on_topic": None}
            | {"published_earliest": first, "published_latest": last}
            | article
        )
    made = make_tables(
        articles=rows,
        events=[{"article_id": f"a#{number}", "instrument": what} for number, what in events],
        mentions=[{"article_id": f"a#{number}", "actor_id": who} for number, who in mentions],
    )
    return Tables(**vars(made))


def in_days(outlet: str | None, *days) -> list[dict]:
    return [{"outlet": outlet, "days": day} for day in days]


def say(tables) -> str:
    (row,) = an.describe_overlap(tables).to_dict("records")
    return row["says"]


def test_sources_of_other_days_are_said_to_differ_with_both_spans() -> None:
    tables = make_corpus(
        *in_days(HERALD, "2025-01-03", "2025-01-20", ("2025-05-20", "2025-06-10"), None),
        *in_days(POST, "2025-06-01", "2025-06-09", "2025-06-30"),
    )
    (row,) = an.describe_overlap(tables).to_dict("records")
    assert row["says"] == (
        "Dates differ (Example Herald: 2025-01-03 to 2025-06-10; Example Post: 2025-06-01 to 2025-06-30): "
        "for certain in the other's days, 0 of 3 dated articles of Example Herald and 2 of 3 of Example Post."
    )
    assert (row["articles_first"], row["undated_first"], row["undated_second"]) == (4, 1, 0)
    # a day somewhere between 20 May and 10 June lies neither for certain inside June nor outside
    assert (row["inside_first"], row["outside_first"], row["share_inside_second"]) == (0, 2, 2 / 3)
    assert row["days_in_common"] == 10


def test_alike_dates_say_nothing() -> None:
    days = [f"2025-03-{day:02}" for day in range(1, 29, 3)]
    assert say(make_corpus(*in_days(HERALD, *days[::2]), *in_days(POST, *days[1::2]))) == ""
    assert say(make_corpus(*in_days(HERALD, "2025-03-01"), *in_days(POST, "2025-03-04"))) == ""


@pytest.mark.parametrize(("articles", "most"), [(5, 0.25), (20, 0.05), (60, 0.0)])
def test_halves_of_one_source_are_seldom_said_to_differ(articles: int, most: float) -> None:
    chance, differing = np.random.default_rng(articles), 0
    tables = make_corpus(*in_days(HERALD, *[None] * articles), *in_days(POST, *[None] * articles))
    chosen = choose_articles(tables)
    side = (chosen["outlet"] == HERALD).to_numpy(bool)
    for _ in range(20):
        after = chance.integers(0, 700, 2 * articles).astype("timedelta64[D]")
        days = (np.datetime64("2024-01-01") + after).astype(str)
        dated = chosen.assign(published_earliest=days, published_latest=days)
        differing += bool(say_overlap(tables, dated, side, (HERALD, POST)))
    assert differing / 20 <= most


def test_unknown_days_are_neither_alike_nor_different() -> None:
    year = ("2025-01-01", "2025-12-31")
    told = say(make_corpus(*in_days(HERALD, None, None, "2025-03-01"), *in_days(POST, "2025-03-02", year)))
    assert told == (
        "Whether dates differ is not known: no day of publication, or one too loose to tell, for 2 of 3 "
        "articles of Example Herald and 1 of 2 of Example Post."
    )
    assert "is not known" in say(make_corpus(*in_days(HERALD, None), *in_days(POST, "2025-03-02")))


def test_one_source_that_is_early_in_the_same_days_is_found() -> None:
    early = [f"2025-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 11)]
    late = [f"2025-{month:02}-{day:02}" for month in (11, 12) for day in range(1, 11)]
    tables = make_corpus(*in_days(HERALD, *early, late[-1]), *in_days(POST, early[0], *late))
    assert say(tables) == (
        "Dates differ: published by 2025-02-10, 20 of 21 dated articles of Example Herald and 1 of 21 of "
        "Example Post."
    )


def test_topics_that_only_one_side_has_are_counted() -> None:
    days = ["2025-03-01"] * 4
    events = [(0, "visa cap"), (0, "border pact"), (1, "visa cap"), (2, "border pact"), (4, "visa cap")]
    tables = make_corpus(*in_days(HERALD, *days), *in_days(POST, *days), events=[*events, (1, None)])
    assert say(tables) == ""
    events[-1] = (4, "ferry levy")
    tables = make_corpus(*in_days(HERALD, *days), *in_days(POST, *days), events=events)
    (row,) = an.describe_overlap(tables).to_dict("records")
    assert row["says"] == (
        "Topics differ: with a policy instrument, but none of the other's, 3 of 4 articles of Example Herald "
        "and 1 of 4 of Example Post."
    )
    assert (row["on_instruments_first"], row["instruments_apart_first"]) == (3, 3)
    assert row["instruments_in_common"] == 0


def test_without_instruments_the_persons_named_tell_topics_apart() -> None:
    days = ["2025-03-01"] * 2
    named = [(0, "p1"), (1, "p2"), (2, "p2"), (3, "p1"), (3, "p3")]
    assert say(make_corpus(*in_days(HERALD, *days), *in_days(POST, *days), mentions=named)) == ""
    apart = [(0, "p1"), (1, "p2"), (2, "p4"), (3, "p3")]
    told = say(make_corpus(*in_days(HERALD, *days), *in_days(POST, *days), mentions=apart))
    assert told == (
        "Topics differ: with persons or bodies, but none of the other's, 2 of 2 articles of Example Herald "
        "and 2 of 2 of Example Post."
    )


def test_off_topic_articles_count_only_where_asked_for() -> None:
    articles = [
        {"outlet": outlet, "days": "2025-03-01", "on_topic": on_topic}
        for outlet, own in ((HERALD, (True, True, True)), (POST, (True, False, False)))
        for on_topic in own
    ]
    tables = make_corpus(*(dict(each) for each in articles))
    (row,) = an.describe_overlap(tables).to_dict("records")
    assert (row["articles_second"], row["on_topic_second"], row["says"]) == (1, 1 / 3, "")
    (row,) = an.describe_overlap(tables, off_topic=True).to_dict("records")
    assert row["articles_second"] == 3
    assert row["says"] == (
        "Topics differ: on topic, 3 of 3 articles of Example Herald and 1 of 3 of Example Post."
    )


def test_a_chosen_comparison_is_told_with_the_names_of_its_sides() -> None:
    tables = make_corpus(
        *in_days(HERALD, "2024-01-03"), *in_days(POST, "2025-06-01"), *in_days("Example Echo", "2025-06-02")
    )
    articles = choose_articles(tables)
    side = (articles["outlet"] == HERALD).to_numpy(bool)
    assert say_overlap(tables, articles, side, (HERALD, "all others")) == (
        "Dates differ (Example Herald: 2024-01-03; all others: 2025-06-01 to 2025-06-02): for certain in the "
        "other's days, 0 of 1 dated articles of Example Herald and 0 of 2 of all others."
    )
    assert say_overlap(tables, articles, np.zeros(3, dtype=bool), (HERALD, POST)) == ""


def test_every_two_sources_have_a_row_largest_first_and_unknown_names_are_answered() -> None:
    tables = make_corpus(*in_days(POST, None, None), *in_days(HERALD, None), *in_days(None, None))
    pairs = an.describe_overlap(tables)[["first", "second"]].to_numpy().tolist()
    assert pairs == [[POST, HERALD], [POST, NO_OUTLET], [HERALD, NO_OUTLET]]
    chosen = an.describe_overlap(tables, [NO_OUTLET, POST])
    assert chosen[["first", "second"]].to_numpy().tolist() == [[NO_OUTLET, POST]]
    assert an.describe_overlap(tables, [POST, POST]).empty
    assert an.describe_overlap(make_corpus(*in_days(POST, None))).empty
    with pytest.raises(
        UnknownNameError, match=r"compared .*off_topic=True.*There is no outlet 'Exmple Herald'"
    ):
        an.describe_overlap(tables, ["Exmple Herald", POST])


_DAYS = st.tuples(st.dates(), st.dates()).map(lambda pair: tuple(day.isoformat() for day in sorted(pair)))


@pytest.fixture(scope="module")
def undated():
    """Six articles of each of two sources."""
    return make_corpus(*in_days(HERALD, *[None] * 6), *in_days(POST, *[None] * 6))


@settings(max_examples=15)
@given(*[st.lists(st.none() | _DAYS, max_size=6)] * 2)
def test_any_days_are_counted_once_and_alike_from_both_sides(undated, here: list, there: list) -> None:
    articles = undated.articles.iloc[[*range(len(here)), *range(6, 6 + len(there))]]
    ends = [[days and days[end] for days in (*here, *there)] for end in (0, 1)]
    dated = articles.assign(published_earliest=ends[0], published_latest=ends[1])
    tables = replace(undated, articles=dated)
    if not here or not there:
        assert an.describe_overlap(tables).empty
        return
    (row,) = an.describe_overlap(tables, [HERALD, POST]).to_dict("records")
    (other,) = an.describe_overlap(tables, [POST, HERALD]).to_dict("records")
    for one, two in (("first", "second"), ("second", "first")):
        assert row[f"inside_{one}"] == other[f"inside_{two}"]
        assert row[f"inside_{one}"] + row[f"outside_{one}"] + row[f"undated_{one}"] <= row[f"articles_{one}"]
    assert bool(row["says"]) == bool(other["says"])


def test_stories_that_both_tell_are_counted_where_one_source_tells_them_twice_they_are_not() -> None:
    shared = (
        "The harbour master of Colm said that the ferry would sail again on Monday after a week of repairs."
    )
    other = (
        "Farmers in three counties are owed millions by a firm that cooked lunches for schools until Friday."
    )
    texts = [shared, f"{shared} Islanders were glad.", other, f"{other} Administrators were called in."]
    outlets = (HERALD, POST, HERALD, HERALD)
    articles = [
        {"article_id": f"a#{number}", "outlet": outlet, "text": text, "headline": None, "on_topic": None}
        | {"published_earliest": "2025-07-09", "published_latest": "2025-07-09", "words": len(text.split())}
        for number, (outlet, text) in enumerate(zip(outlets, texts, strict=True))
    ]
    shares = [
        {"article_a": f"a#{a}", "start_a": 0, "end_a": len(texts[a]), "article_b": f"a#{a + 1}"}
        | {"start_b": 0, "end_b": len(texts[a]), "words": len(texts[a].split()), "containment": 1.0}
        for a in (0, 2)
    ]
    empty = {name: [] for name in ("sentences", "frames", "terms", "quotes", "figures", "events")}
    tables = make_tables(articles=articles, reuse=shares, **empty)
    assert an.find_stories(tables)["story"].nunique() == 2
    (row,) = an.describe_overlap(tables).to_dict("records")
    assert (row["first"], row["stories_in_common"], row["says"]) == (HERALD, 1, "")


DIGEST = "Example Digest"  # copies the pages of others, and has an article of its own


@pytest.fixture(scope="module")
def copied():
    """Four articles: one of the digest's own, one of the Post, and two that the digest copied."""
    tables = make_tables()
    tables.fingerprint, tables.codebooks = "made", ()
    tables.articles = tables.articles.assign(
        outlet=[DIGEST, POST, None, HERALD], aggregator=[None, None, DIGEST, DIGEST], on_topic=True
    )
    return tables


GROUPED = {
    "choose_articles": lambda t: choose_articles(t)["outlet"],
    "describe_outlets": lambda t: an.describe_outlets(t)["outlet"],
    "count_by_outlet": lambda t: an.count_by_outlet(t, "terms", "term_group")["outlet"],
    "count_voices": lambda t: an.count_voices(t)["outlet"],
    "frame_shares": lambda t: an.frame_shares(t, by="outlet")["outlet"].drop_duplicates(),
    "term_shares": lambda t: an.term_shares(t, by="outlet")["outlet"],
    "plot_voices": lambda t: an.plot_voices(t).data["outlet"],
    "plot_frames_by_outlet": lambda t: an.plot_frames_by_outlet(t).data["outlet"].drop_duplicates(),
    "frame_evidence": lambda t: an.frame_evidence(t).drop_duplicates("article_id")["outlet"],
    "draw_sample": lambda t: an.draw_sample(t, "sentences").drop_duplicates("stratum")["stratum"],
    "find_keyness_of_each": lambda t: list(an.find_keyness_of_each(t)),
    "find_keyness": lambda t: an.find_keyness(t, DIGEST).articles["source"].replace(
        "all others", "|".join((HERALD, POST, NO_OUTLET))).str.split("|").explode().drop_duplicates(),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPED)
def test_an_outlet_that_is_not_stated_is_its_own_group_and_not_the_site_that_copied_it(name, copied) -> None:
    assert sorted(GROUPED[name](copied)) == sorted([DIGEST, POST, HERALD, NO_OUTLET])


def test_an_aggregator_has_the_articles_of_its_own_alone(copied) -> None:
    outlets = an.describe_outlets(copied).set_index("outlet")["articles"]
    assert outlets.to_dict() == {DIGEST: 1, POST: 1, HERALD: 1, NO_OUTLET: 1}
    assert an.find_keyness(copied, DIGEST).sizes == (1, 3)
    assert an.find_keyness(copied, NO_OUTLET, DIGEST).articles["article_id"].to_list() == [
        "page.txt#0",
        "page.txt#2",
    ]


@pytest.mark.parametrize(
    ("on_topic", "kept"), [((True, False, None, True), 2), ((False,) * 4, 0), ((None,) * 4, 4)]
)
def test_the_tables_of_compared_articles_are_of_those_on_a_topic(on_topic, kept) -> None:
    tables = Tables(**vars(make_tables()))
    tables = replace(tables, articles=tables.articles.assign(on_topic=pd.array(on_topic, dtype="boolean")))
    for off_topic, left in ((False, kept), (True, 4)):
        compared = an.select_compared(tables, off_topic=off_topic)
        ids = set(compared.articles["article_id"])
        assert len(ids) == left and ids == set(choose_articles(tables, off_topic=off_topic)["article_id"])
        assert set(compared.quotes["article_id"]) == set(tables.quotes["article_id"]) & ids
