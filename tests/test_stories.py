"""Articles that tell the same story are grouped, and those that share a subject or a minister are not."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from made_articles import ARTICLES as MADE

import analysis as an
from analysis import schema
from analysis.compare.sources.stories import STORY_COLUMNS, find_closest_articles
from analysis.reuse import find_shared_passages
from analysis.tables import Tables

# What every article on the subject has: the minister, and the words of the debate.
MINISTER = (
    "Home secretary Ada Quill wants fewer small boats and no asylum hotels.",
    "On borders and migration the home secretary, Ada Quill, had nothing new for asylum hotels or boats.",
    "Asylum, said Ada Quill, the home secretary, is about borders; boats and hotels are about migration.",
)
BARGE = (
    "The barge Corvina was towed out of Saltmarsh harbour before dawn with its sixty cabins empty.",
    "Legionella was found twice in the tanks of the Corvina, inspectors at Saltmarsh said.",
    "Harbour master Ines Calder watched the Corvina leave and said that Saltmarsh would not miss it.",
)
RETOLD = (
    "Before dawn tugs pulled the Corvina, the barge for asylum seekers, away from its Saltmarsh berth.",
    "Inspectors had found legionella in its water tanks, and its sixty cabins stood empty.",
    "Ines Calder, the harbour master, said nobody at Saltmarsh would miss the barge.",
)
VISAS = (
    "Fees for fruit pickers' visas rise by a third, growers in the Wendle valley were told.",
    "Strawberry farms there say that half of the crop was left to rot in June.",
    "Grower Tom Aspinall has let nine of his polytunnels to a garden centre.",
)


def article(article_id, headline, sentences, day, outlet="Example Herald", minister=True, **more):
    text = "\n".join([*sentences, *([MINISTER[len(headline) % 3]] if minister else [])])
    return {
        "article_id": article_id, "outlet": outlet, "headline": headline, "text": text, "kind": "main",
        "published_earliest": day, "published_latest": day, "words": len(text.split()), **more,
    }  # fmt: skip


def make_tables(articles, **rows):
    """Tables of articles alone: what they share word for word is found, the other rows are given."""
    texts = {row["article_id"]: row["text"] for row in articles}
    reuse = [vars(passage) for passage in find_shared_passages(texts)]
    frames = {name: schema.build_frame(name, rows.get(name, ())) for name in schema.TABLES}
    frames |= {"articles": schema.build_frame("articles", articles)}
    if "reuse" not in rows:
        frames["reuse"] = schema.build_frame("reuse", reuse)
    return Tables(**frames)


def background(count=12):
    """Articles on other subjects, one a day, by the same outlets."""
    days = pd.date_range("2025-06-25", periods=count).strftime("%Y-%m-%d")
    outlets = ("Example Herald", "Example Post", "Example Mail")
    return [
        article(f"other-{number:02}", headline, paragraphs, day, outlets[number % 3])
        for number, ((headline, paragraphs), day) in enumerate(zip(MADE, days, strict=False))
    ]


TWO = [
    article("a", "Barge Corvina leaves Saltmarsh", BARGE, "2025-07-02"),
    article("b", "Asylum barge towed from Saltmarsh after legionella", RETOLD, "2025-07-03", "Example Post"),
]


def groups(found):
    return {frozenset(own) for _, own in found.groupby("story")["article_id"]}


def test_one_event_told_by_two_outlets_is_one_story_with_words_that_say_why():
    found = an.find_stories(make_tables([*background(), *TWO]))
    assert list(found.columns) == list(STORY_COLUMNS)
    assert groups(found) == {frozenset("ab")}
    assert list(found["closest"]) == ["b", "a"]
    said = " ".join(found["basis"].iloc[0])
    assert "Corvina" in said
    assert "Ada Quill" not in said


def test_articles_that_share_a_minister_and_a_subject_are_not_one_story():
    visas = article("c", "Visa fees for fruit pickers rise", VISAS, "2025-07-02", "Example Post")
    assert an.find_stories(make_tables([*background(), TWO[0], visas])).empty
    assert an.find_stories(make_tables([TWO[0], visas])).empty


@pytest.mark.parametrize("count", [0, 1])
def test_no_or_one_article_is_no_story_and_the_columns_stand(count):
    tables = make_tables(TWO[:count])
    for found in (an.find_stories(tables), find_closest_articles(tables)):
        assert found.empty
        assert list(found.columns) == list(STORY_COLUMNS)


def test_a_story_told_twice_by_one_outlet_is_found():
    twice = [TWO[0], {**TWO[1], "outlet": "Example Herald"}]
    assert groups(an.find_stories(make_tables([*background(), *twice]))) == {frozenset("ab")}


def test_the_same_words_weeks_later_are_another_story():
    later = {**TWO[1], "published_earliest": "2025-07-20", "published_latest": "2025-07-20"}
    assert an.find_stories(make_tables([*background(), TWO[0], later])).empty


def test_the_order_of_the_articles_changes_nothing():
    articles = [*background(), *TWO]
    found = an.find_stories(make_tables(articles))
    random.Random(1).shuffle(articles)
    pd.testing.assert_frame_equal(an.find_stories(make_tables(articles)), found)


def test_an_article_without_a_date_joins_by_its_words_alone_only_where_it_shares_passages():
    undated = {**TWO[1], "published_earliest": None, "published_latest": None}
    assert an.find_stories(make_tables([*background(), TWO[0], undated])).empty
    copy = article("d", "Corvina gone", [*BARGE[:2], RETOLD[2]], None, "Example Mail", minister=False)
    found = an.find_stories(make_tables([*background(), TWO[0], copy]))
    assert groups(found) == {frozenset("ad")}
    assert any(words.startswith("shared passage of ") for words in found["basis"].iloc[0])
    assert list(found["article_id"]) == ["a", "d"], "what has no date comes last in its story"


def telling(article_id, start, event_id="event-1", **more):
    sentence = BARGE[0] if article_id == "a" else RETOLD[0]
    return {
        "article_id": article_id, "field": "text", "event_id": event_id, "start": start,
        "end": start + len(sentence), "text": sentence, "trigger": "towed", "what": "The barge was towed",
        "date_earliest": "2025-07-02", "date_latest": "2025-07-02",
        "date_basis": "its own words: nearest in the past of the publication day", **more,
    }  # fmt: skip


def test_an_article_without_a_date_joins_by_a_dated_event():
    undated = {**TWO[1], "published_earliest": None, "published_latest": None}
    events = [telling("a", 0), telling("b", 0)]
    found = an.find_stories(make_tables([*background(), TWO[0], undated], events=events))
    assert groups(found) == {frozenset("ab")}
    assert "event on 2025-07-02: The barge was towed" in found["basis"].iloc[0]


def test_last_years_law_told_as_background_ties_nothing():
    visas = article("b", "Visa fees for fruit pickers rise", VISAS, "2025-07-02", "Example Post")
    law = {"date_earliest": "2024-01-10", "date_latest": "2024-01-10"}
    start = len("\n".join(BARGE)) + 900
    events = [telling(name, start, **law) for name in "ab"]
    padded = [{**row, "text": row["text"] + " " * 900 + row["text"]} for row in (TWO[0], visas)]
    assert an.find_stories(make_tables([*background(), *padded], events=events)).empty


def test_articles_off_the_topic_can_be_left_out():
    marked = [{**TWO[0], "on_topic": True}, {**TWO[1], "on_topic": False}]
    others = [{**row, "on_topic": True} for row in background()]
    tables = make_tables([*others, *marked])
    assert groups(an.find_stories(tables)) == {frozenset("ab")}
    assert an.find_stories(tables, off_topic=False).empty


def test_the_two_most_alike_are_found_where_nothing_is_one_story():
    later = {**TWO[1], "published_earliest": "2025-07-20", "published_latest": "2025-07-20"}
    tables = make_tables([*background(), TWO[0], later])
    assert an.find_stories(tables).empty
    found = find_closest_articles(tables)
    assert list(found.columns) == list(STORY_COLUMNS)
    assert (list(found["article_id"]), list(found["closest"])) == (["a", "b"], ["b", "a"])
    assert found["story"].isna().all()
    assert any("Corvina" in words for words in found["basis"].iloc[0])
    off = tables.articles.assign(on_topic=tables.articles["article_id"] != "b")
    tables = make_tables(off.to_dict("records"))
    assert "b" not in set(find_closest_articles(tables, off_topic=False)["article_id"])


def test_articles_with_nothing_in_common_are_not_set_side_by_side():
    bare = article("b", "Nothing", ["Zwiebel kostet mehr."], "2025-07-02", minister=False)
    found = find_closest_articles(make_tables([TWO[0], bare]))
    assert found.empty
    assert list(found.columns) == list(STORY_COLUMNS)


def test_half_alike_articles_make_no_chain():
    """Each article shares half of its facts with the next; the first and the last share none."""
    facts = [sentence for _, paragraphs in MADE[:8] for sentence in paragraphs[:2]]
    chain = [
        article(
            f"link-{n}", f"Item {n}", facts[2 * n : 2 * n + 4], "2025-07-02", f"Outlet {n}", minister=False
        )
        for n in range(6)
    ]
    found = an.find_stories(make_tables(chain))
    assert all(len(group) <= 2 for group in groups(found))


@pytest.fixture
def benchmark(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "benchmarks")
    import stories

    return stories


def test_stories_of_a_made_up_corpus_are_found_and_few_others(benchmark):
    articles, truth = benchmark.make_stories(40, 5, 80, seed=3)
    found = an.find_stories(benchmark.make_tables(articles))
    of = dict(zip(found["article_id"], found["story"], strict=True))
    scores = benchmark.score(truth, [of.get(row["id"], row["id"]) for row in articles])
    assert scores.pairs[0] >= 0.95
    assert scores.pairs[1] >= 0.5
    assert scores.b_cubed[0] >= 0.97


def test_the_scores_agree_with_a_count_by_hand(benchmark):
    scores = benchmark.score("aabbc", "xxxyz")
    assert scores.pairs == (1 / 3, 1 / 2)
    precision = (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5
    assert scores.b_cubed == pytest.approx((precision, (1 + 1 + 1 / 2 + 1 / 2 + 1) / 5))
