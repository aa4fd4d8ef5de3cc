"""Shares of articles by source: counted by hand, tested against others' tests, and only counts of a few."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from made_frames import Line, join_stories, make_story
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from analysis.compare.sources.share_differences import compare_shares
from analysis.errors import UnknownNameError, WorkbookError
from analysis.views.share_charts import plot_share_differences
from analysis.views.theme import PALETTE

HERALD, POST, ECHO = "Example Herald", "Example Post", "Example Echo"
FRAMES = ("economic", "law", "security", "health", "crime", "party", "fairness", "rural")


def make_corpus(having: dict[str | None, list[str]], *, prefix: str = "a", **more):
    """One article of each source for every list of frames, given as words: "law crime"."""
    stories, number = [], itertools.count()
    for outlet, articles in having.items():
        for frames in articles:
            lines = [f"Of {{{frame}:it}}." for frame in frames.split()] or ["It rained."]
            stories.append(make_story(f"{prefix}{next(number):04}", *lines, outlet=outlet))
    return join_stories(stories, **more)


def count_corpus(**counts: tuple[int, int]):
    """Two sources of which so many articles have each frame: ``law=(3, 10)``, first and second."""
    sizes = counts.pop("of")
    having = {
        outlet: [
            " ".join(frame for frame, has in counts.items() if n < has[side]) for n in range(sizes[side])
        ]
        for side, outlet in enumerate((HERALD, POST))
    }
    return make_corpus(having)


def draw_corpus(seed: int, sizes: dict[str, int], rates: dict[str, float]):
    """Articles of one source, whatever name they bear: how often a frame stands varies with the story."""
    chance = np.random.default_rng(seed)
    having = {}
    for outlet, size in sizes.items():
        swing = chance.beta(2, 2, size) * 2
        having[outlet] = [
            " ".join(frame for frame, rate in rates.items() if chance.random() < rate * swing[n])
            for n in range(size)
        ]
    return make_corpus(having)


def pick(rows: pd.DataFrame, **where: str) -> dict:
    for name, value in where.items():
        rows = rows[rows[name] == value]
    (row,) = rows.to_dict("records")
    return row


def test_an_article_counts_once_and_its_share_has_wilsons_interval() -> None:
    tables = make_corpus({HERALD: ["law law", "law", "", "crime"], POST: ["law", "", "", "", ""]})
    compared = compare_shares(tables)
    row = pick(compared.table, label="law", source=HERALD)
    assert (row["articles"], row["of"], row["share"]) == (2, 4, 0.5)
    assert (row["low"], row["high"]) == pytest.approx(proportion_confint(2, 4, method="wilson"))
    assert pick(compared.table, label="crime", source=POST)["articles"] == 0
    assert compared.sources == (POST, HERALD)


@pytest.mark.parametrize("counts", [((3, 10), (30, 24)), ((0, 7), (12, 12)), ((9, 9), (10, 30))])
def test_two_sources_differ_by_newcombes_interval_and_fishers_p(counts) -> None:
    (one, other), of = counts
    compared = compare_shares(count_corpus(law=(one, other), of=of), sources=[HERALD, POST])
    (row,) = compared.differences.to_dict("records")
    assert row["difference"] == pytest.approx(one / of[0] - other / of[1])
    ends = confint_proportions_2indep(one, of[0], other, of[1], method="newcomb", compare="diff")
    # statsmodels' normal quantile has fewer digits
    assert (row["low"], row["high"]) == pytest.approx(ends, abs=1e-4)
    exact = stats.fisher_exact([[one, of[0] - one], [other, of[1] - other]])[1]
    assert row["p"] == row["q"] == pytest.approx(exact)
    assert "every permutation of whole articles" in compared.says


def test_frames_are_corrected_for_their_number_as_statsmodels_does() -> None:
    tables = count_corpus(law=(3, 20), crime=(5, 16), health=(12, 15), of=(30, 30))
    rows = compare_shares(tables).differences
    assert compare_shares(tables).tested == 3
    assert list(rows["q"]) == pytest.approx(multipletests(rows["p"].astype(float), method="holm")[1])
    assert list(rows["label"]) == ["law", "crime", "health"]


def test_a_frame_of_one_article_is_not_tested_and_takes_no_power_from_others() -> None:
    rare = {f"rare{n}": (1, 0) for n in range(6)}
    alone = compare_shares(count_corpus(law=(4, 14), of=(20, 20)))
    among = compare_shares(count_corpus(law=(4, 14), **rare, of=(20, 20)))
    assert among.tested == 1
    assert pick(among.differences, label="law")["q"] == pick(alone.differences, label="law")["q"]
    row = pick(among.differences, label="rare1")
    assert all(pd.isna(row[name]) for name in ("p", "q", "low", "high"))
    assert "in too few articles to be tested" in row["says"]


def find_false(times: int, sizes: dict[str, int], rates: dict[str, float]) -> float:
    """The share of comparisons with a difference, where names are dealt to the articles of one source."""
    names, found = [name for name, size in sizes.items() for _ in range(size)], []
    for seed in range(times):
        if seed % 10 == 0:
            tables = draw_corpus(seed, {HERALD: len(names)}, rates)
        tables.articles["outlet"] = np.random.default_rng(seed).permutation(names)
        compared = compare_shares(tables, permutations=400, seed=seed)
        found.append(bool((compared.differences["q"] <= 0.05).any() or (compared.labels["q"] <= 0.05).any()))
    return float(np.mean(found))


@pytest.mark.parametrize(
    ("sizes", "times"),
    [({HERALD: 5, POST: 9}, 8), ({HERALD: 30, POST: 20}, 10), ({HERALD: 20, POST: 12, ECHO: 30}, 8)],
)
def test_nothing_differs_where_all_articles_are_one_sources(sizes, times) -> None:
    rates = dict(zip(FRAMES, (0.5, 0.4, 0.3, 0.2, 0.5, 0.1, 0.25, 0.05), strict=True))
    assert find_false(times, sizes, rates) <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / times)


def test_a_planted_difference_is_found_and_no_other() -> None:
    rates = dict(zip(FRAMES[1:], [0.3] * 7, strict=True))
    found = []
    for seed in range(4):
        here, there = (draw_corpus(seed + s, {name: 60}, rates | {"economic": rate})
                       for s, name, rate in ((0, HERALD, 0.2), (50, POST, 0.6)))  # fmt: skip
        there.frames["article_id"] = "b" + there.frames["article_id"]
        there.articles["article_id"] = "b" + there.articles["article_id"]
        for name in ("frames", "articles"):
            joined = pd.concat([getattr(here, name), getattr(there, name)], ignore_index=True)
            object.__setattr__(here, name, joined)
        found.append(list(compare_shares(here).differing["label"]))
    assert sum("economic" in labels for labels in found) >= 3
    assert sum(len(labels) for labels in found) <= 5


def test_copies_move_as_one_and_count_for_one_in_the_interval() -> None:
    having = {HERALD: ["law"] * 8 + [""] * 4, POST: [""] * 12}
    copies = [{"article_a": "a0000", "article_b": f"a{n:04}", "containment": 0.9} for n in range(1, 8)]
    alone, copied = compare_shares(make_corpus(having)), compare_shares(make_corpus(having, reuse=copies))
    plain, row = (pick(each.differences, label="law") for each in (alone, copied))
    assert plain["q"] < 0.05 and copied.differing.empty
    assert row["difference"] == plain["difference"]
    wide, narrow = (pick(each.table, label="law", source=HERALD) for each in (copied, alone))
    assert wide["share"] == narrow["share"] and wide["articles"] == narrow["articles"] == 8
    assert wide["high"] - wide["low"] > 1.5 * (narrow["high"] - narrow["low"])
    assert copied.says.startswith(f"{HERALD} and {POST}: 5 and 12 articles; printed 12 and 12, with versions")


def test_dealing_pairs_of_copies_gives_what_fishers_test_of_the_pairs_gives() -> None:
    having = {HERALD: ["law"] * 6 + [""] * 14, POST: ["law"] * 14 + [""] * 6}
    tables = make_corpus(having)
    tables.articles["version_group"] = [f"v{n // 2}" for n in range(40)]
    (row,) = compare_shares(tables, permutations=20_000).differences.to_dict("records")
    exact = stats.fisher_exact([[3, 7], [7, 3]])[1]
    assert row["p"] == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 20_000))


def test_copy_in_both_sources_says_nothing_about_them() -> None:
    having = {HERALD: ["law"] * 6 + [""] * 6, POST: ["law"] * 6 + [""] * 6}
    wire = [{"article_a": f"a{n:04}", "article_b": f"a{n + 12:04}", "containment": 1.0} for n in range(12)]
    (row,) = compare_shares(make_corpus(having, reuse=wire)).differences.to_dict("records")
    assert pd.isna(row["p"])
    having = {HERALD: ["law"] * 12 + [""] * 2, POST: ["law"] * 7 + [""] * 7}
    wire = [{"article_a": f"a{n:04}", "article_b": f"a{n + 14:04}", "containment": 1.0} for n in range(6)]
    (row,) = compare_shares(make_corpus(having, reuse=wire)).differences.to_dict("records")
    assert row["p"] == pytest.approx(stats.fisher_exact([[6, 2], [1, 7]])[1])


def test_strata_are_the_exact_conditional_test_of_mantel_and_haenszel() -> None:
    tables = count_corpus(law=(3, 9), of=(12, 12))
    tables.articles["kind"] = ["main" if n % 3 else "letter" for n in range(24)]
    (row,) = compare_shares(tables, within="kind").differences.to_dict("records")
    articles = tables.articles.assign(law=tables.articles["article_id"].isin(tables.frames["article_id"]))
    chances = np.ones(1)
    for _, stratum in articles.groupby("kind"):
        first = int((stratum["outlet"] == HERALD).sum())
        own = stats.hypergeom(len(stratum), int(stratum["law"].sum()), first).pmf(np.arange(first + 1))
        chances = np.convolve(chances, own)
    assert row["p"] == pytest.approx(chances[chances <= chances[3] * (1 + 1e-9)].sum())


def test_without_enough_articles_in_shared_strata_nothing_is_tested() -> None:
    tables = count_corpus(law=(3, 9), of=(12, 12))
    tables.articles["kind"] = ["letter"] * 2 + ["main"] * 10 + ["record"] * 9 + ["letter"] * 3
    compared = compare_shares(tables, within="kind")
    assert compared.differences[["p", "q", "low", "high", "needed"]].isna().all(axis=None)
    assert "Within one kind, 5 of 24 articles could change sides: too few articles to test (2 and 3" in (
        compared.says
    )


def test_three_sources_are_tested_at_once_and_two_by_two() -> None:
    having = {
        HERALD: ["law crime"] * 18 + ["crime"] * 12,
        POST: ["law crime"] * 5 + ["crime"] * 10 + [""] * 10,
        ECHO: ["law"] * 8 + ["crime"] * 12,
    }
    compared = compare_shares(make_corpus(having), permutations=20_000)
    counts = np.array([[18, 12], [5, 20], [8, 12]])
    row = pick(compared.labels, label="law")
    expected = stats.chi2_contingency(counts, correction=False)[1]
    assert row["p"] == pytest.approx(expected, abs=0.002)
    assert list(compared.labels["q"]) == pytest.approx(multipletests(compared.labels["p"], method="holm")[1])
    assert len(compared.differences) == 6 and compared.tested == 6
    law = pick(compared.differences, label="law", first=HERALD, second=POST)
    assert law["p"] == pytest.approx(stats.fisher_exact(counts[:2])[1])
    q = multipletests(compared.differences["p"].astype(float), method="holm")[1]
    assert list(compared.differences["q"]) == pytest.approx(q)
    assert "Of 2 frames" in compared.says and "20,000 permutations of whole articles, seed 1" in compared.says


def test_three_sources_give_the_same_p_drawn_at_once_and_dealt_one_by_one() -> None:
    having = {HERALD: ["law"] * 9 + [""] * 6, POST: ["law"] * 3 + [""] * 9, ECHO: ["law"] * 5 + [""] * 5}
    alone, copied = make_corpus(having), make_corpus(having)
    for tables in (alone, copied):
        tables.articles["kind"] = ["main" if n % 3 else "letter" for n in range(len(tables.articles))]
    # Two of the last source that are one text leave the others to be dealt.
    copied.articles["version_group"] = [None] * 35 + ["v", "v"]
    drawn, dealt = (compare_shares(each, within="kind").labels["p"].iloc[0] for each in (alone, copied))
    assert drawn == pytest.approx(dealt, abs=0.04) and drawn != dealt


def test_many_sources_are_counted_and_not_listed() -> None:
    having = {f"Example {n:02}": ["law"] * 4 + ["crime"] * (n % 3) for n in range(20)} | {HERALD: ["law"] * 3}
    compared = compare_shares(make_corpus(having), permutations=99)
    assert compared.says.startswith(
        "21 sources of 3 to 6 articles (too few of 1 source to test; 4 are needed). Of 2 frames, "
    )


def test_one_source_is_set_against_all_others() -> None:
    having = {HERALD: ["law"] * 9 + [""], POST: [""] * 6, ECHO: ["law"] * 2 + [""] * 2}
    compared = compare_shares(make_corpus(having), sources=[HERALD])
    assert compared.sources == (HERALD, "all others")
    assert list(compared.table["of"]) == [10, 10]
    assert pick(compared.differences, label="law")["p"] == pytest.approx(
        stats.fisher_exact([[9, 1], [2, 8]])[1]
    )


def test_the_same_seed_gives_the_same_and_the_order_of_rows_changes_nothing() -> None:
    tables = draw_corpus(3, {HERALD: 12, POST: 9, ECHO: 7}, dict.fromkeys(FRAMES[:4], 0.4))
    once, again = (compare_shares(tables, permutations=300) for _ in range(2))
    pd.testing.assert_frame_equal(once.labels, again.labels)
    other = compare_shares(tables, permutations=300, seed=2)
    assert not once.labels["p"].equals(other.labels["p"])
    for name in ("articles", "frames"):
        object.__setattr__(tables, name, getattr(tables, name).iloc[::-1].reset_index(drop=True))
    back = compare_shares(tables, permutations=300)
    pd.testing.assert_frame_equal(once.labels, back.labels)
    pd.testing.assert_frame_equal(once.differences, back.differences)


@pytest.mark.parametrize("sources", [None, [HERALD]])
def test_of_three_and_three_there_are_counts_and_nothing_else(sources) -> None:
    having = {HERALD: ["law"] * 3, POST: ["", "", "crime"]}
    compared = compare_shares(make_corpus(having), sources=sources)
    assert compared.table[["low", "high"]].isna().all(axis=None)
    assert compared.differences[["low", "high", "p", "q", "needed"]].isna().all(axis=None)
    assert compared.labels[["p", "q"]].isna().all(axis=None)
    assert compared.differing.empty and compared.tested == 0
    assert "too few articles to test (3 and 3; 4 a side are needed)" in compared.says
    says = pick(compared.differences, label="law")["says"]
    assert says.endswith("too few articles to test (3 and 3; 4 a side are needed)")
    assert "3 of 3 articles of Example Herald" in says


def test_articles_off_the_topic_stay_out_unless_asked_for_and_an_unknown_outlet_is_its_own() -> None:
    having = {HERALD: ["law"] * 5, None: ["law"] * 4}
    tables = make_corpus(having)
    tables.articles["on_topic"] = [True] * 4 + [False] + [True] * 4
    compared = compare_shares(tables)
    assert compared.sources == (HERALD, "Outlet not stated")
    assert list(compared.table["of"]) == [4, 4]
    assert "1 article off the topic left out." in compared.says
    assert list(compare_shares(tables, off_topic=True).table["of"]) == [5, 4]


def test_sources_told_apart_by_another_column_are_named_after_it() -> None:
    tables = make_corpus({HERALD: ["law"] * 4 + [""] * 10})
    tables.articles["wire"] = pd.array(["Example Wire"] * 5 + [None] * 9, dtype="string")
    compared = compare_shares(tables, by="wire", sources=[])
    assert compared.sources == ("Example Wire", "wire not stated")
    first, second = (trace for trace in plot_share_differences(compared).figure.data)
    assert second.marker.color == PALETTE[-1] != first.marker.color
    for column in ("words", "on_topic"):
        with pytest.raises(WorkbookError, match=f"(?s)'{column}' is of type .*outlet, page"):
            compare_shares(tables, by=column)


def test_what_a_topic_pack_finds_is_looked_for_on_its_topic_alone() -> None:
    tables = make_corpus({HERALD: [""] * 6, POST: [""] * 5})
    tables.articles["on_topic"] = [True] * 5 + [False] + [True] * 4 + [False]
    tables.articles.loc[3, "language"] = "fr"
    tables.terms["article_id"] = ["a0000", "a0005", "a0007"]
    tables.terms["term_group"] = ["migrants"] * 3
    compared = compare_shares(tables, "term", off_topic=True)
    assert list(compared.table["articles"]) == [1, 1] and list(compared.table["of"]) == [4, 4]


def test_voices_actors_figures_and_instruments_are_labels_too() -> None:
    lines = [Line("“We object,” Ana Ruiz said.", "Ana Ruiz", "Quay"), Line("“No,” said a man.")]
    stories = [make_story(f"a{n}", *lines[: n % 3], outlet=HERALD if n < 5 else POST) for n in range(10)]
    figures = [{"article_id": "a1", "field": "text", "codebook_measure": "arrivals"}, {"article_id": "a2"}]
    tables = join_stories(
        stories,
        figures=figures,
        events=[{"article_id": "a1", "instrument": "returns deal"}] * 2,
        mentions=[{"article_id": "a3", "actor_id": "p1"}, {"article_id": "a4"}],
        actors=[{"actor_id": "p1", "name": "Ana Ruiz", "kind": "person"}],
    )
    tables.quotes.loc[tables.quotes["speaker"] == "Ana Ruiz", "actor_id"] = "p1"
    expected = {"party": "Quay", "speaker": "Ana Ruiz", "kind of voice": "person", "actor": "Ana Ruiz",
                "figure": "arrivals", "instrument": "returns deal"}  # fmt: skip
    for what, label in expected.items():
        compared = compare_shares(tables, what)
        assert list(compared.table["label"]) == [label] * 2, what
        assert compared.table["articles"].sum() == (6 if what in ("party", "speaker", "kind of voice") else 1)
    assert "3 of 9 quotations have no known party." in compare_shares(tables, "party").says


def test_how_much_is_quotation_is_a_mean_over_articles() -> None:
    chance = np.random.default_rng(5)
    stories = []
    for n in range(24):
        quoted = int(chance.integers(2, 8)) + (6 if n < 12 else 0)
        line = f"“{'word ' * quoted}.” {'other ' * (30 - quoted)}."
        stories.append(make_story(f"a{n:02}", Line(line, "Ana Ruiz"), outlet=HERALD if n < 12 else POST))
    compared = compare_shares(join_stories(stories), "quotation")
    values = [own["value"].to_numpy() for _, own in compared.dots().groupby("source")]
    row = pick(compared.table, source=HERALD)
    assert row["share"] == pytest.approx(values[0].mean())
    assert (row["low"], row["high"]) == pytest.approx(DescrStatsW(values[0]).tconfint_mean())
    (difference,) = compared.differences.to_dict("records")
    ends = CompareMeans(*map(DescrStatsW, values)).tconfint_diff(usevar="unequal")
    assert (difference["low"], difference["high"]) == pytest.approx(ends)
    assert difference["q"] < 0.01
    assert "The share of words in quotation differs" in compared.says


def test_dots_are_the_articles_behind_each_share() -> None:
    compared = compare_shares(make_corpus({HERALD: ["law", "crime law", ""], POST: ["crime", ""]}))
    dots = compared.dots()
    assert len(dots) == 2 * 5
    counted = dots[dots["has"]].groupby(["label", "source"]).size()
    for row in compared.table.to_dict("records"):
        assert counted.get((row["label"], row["source"]), 0) == row["articles"]
    with pytest.raises(UnknownNameError, match="Did you mean 'crime'"):
        compared.dots(["crimes"])


def test_unknown_names_are_told_and_nothing_to_compare_is_said() -> None:
    tables = make_corpus({HERALD: ["law"] * 5, POST: [""] * 5})
    with pytest.raises(UnknownNameError, match="Did you mean 'frame'"):
        compare_shares(tables, "frames")
    with pytest.raises(UnknownNameError, match="Did you mean 'Example Post'"):
        compare_shares(tables, sources=["Exampel Post", HERALD])
    with pytest.raises(UnknownNameError, match="policy_frames"):
        compare_shares(tables, codebook="policy_frame")
    assert "No metaphor was found" in compare_shares(tables, "metaphor").says
    assert compare_shares(tables, "speaker").table.empty
    alone = compare_shares(tables.select(outlets=[HERALD]))
    assert alone.says == f"There is nothing to compare: one source at the most, {HERALD}."
    nothing = compare_shares(join_stories([]))
    assert nothing.table.empty and "nothing to compare" in nothing.says


def test_the_chart_draws_the_shares_of_the_table_and_says_which_differ() -> None:
    compared = compare_shares(count_corpus(law=(3, 20), crime=(15, 16), of=(30, 30)))
    chart = plot_share_differences(compared)
    first, second = (trace for trace in chart.figure.data if trace.mode == "markers")
    assert first.name == f"{HERALD} (of 30)" and first.marker.symbol != second.marker.symbol
    rows = chart.data[chart.data["source"] == HERALD]
    assert list(first.x) == pytest.approx(list(rows["share"]))
    assert [x + more for x, more in zip(first.x, first.error_x.array, strict=True)] == pytest.approx(
        list(rows["high"])
    )
    assert list(chart.figure.layout.yaxis.ticktext) == ["law<br><i>differ, q below .001</i>", "crime"]
    assert chart.sentence.startswith(compared.says)


def test_the_chart_of_a_few_has_a_dot_for_each_article() -> None:
    having = {HERALD: ["law", "law", ""], POST: ["law", ""], ECHO: ["law"] * 9}
    compared = compare_shares(make_corpus(having))
    chart = plot_share_differences(compared)
    dots = [trace for trace in chart.figure.data if trace.showlegend is False and trace.mode == "markers"]
    assert [(trace.name, len(trace.x)) for trace in dots] == [(ECHO, 9), (HERALD, 3), (POST, 2)]
    assert [symbol.endswith("-open") for symbol in dots[1].marker.symbol] == [False, False, True]
    counts = [trace.text for trace in chart.figure.data if trace.mode == "text"]
    assert counts == [("9 of 9",), ("2 of 3",), ("1 of 2",)]
    assert "q" not in chart.data and not any(trace.error_x.array for trace in dots)
    words = plot_share_differences(compare_shares(make_corpus(having), "quotation"))
    assert words.sentence.endswith("Each dot is an article.")


def test_the_chart_draws_the_largest_differences_and_says_what_it_leaves_out() -> None:
    counts = {f"frame <i>{n:02}</i>": n for n in range(1, 19)}
    stories = [
        make_story(f"a{n}", "It rained.", *(f"Of {{{name}:it}}." for name, has in counts.items() if n < has))
        for n in range(20)
    ] + [make_story(f"b{n}", "It rained.", outlet=POST) for n in range(20)]
    chart = plot_share_differences(compare_shares(join_stories(stories)))
    names = chart.figure.layout.yaxis.ticktext
    assert len(names) == 15 and names[0].startswith("frame &lt;i&gt;18&lt;/i&gt;<br><i>differ, q")
    assert chart.data["label"].nunique() == 18
    assert chart.sentence.endswith("3 labels more stand in the data only.")
    assert plot_share_differences(compare_shares(join_stories([]))).figure is None


def test_it_tells_how_many_labels_are_tested_of_two_sources_and_of_all() -> None:
    having = {f"Example {n}": [["law", "crime"][i % 2] for i in range(6)] for n in range(3)}
    told: list[tuple[str, int, int]] = []
    compared = compare_shares(make_corpus(having), permutations=99, progress=lambda *step: told.append(step))
    counts = {what: [step[1:] for step in told if step[0] == what] for what, _, _ in told}
    assert compared.tested == 3 * 2
    assert counts["Testing two sources each"] == [(done, 6) for done in range(7)]
    assert counts["Testing all sources"] == [(done, 2) for done in range(3)]
    for steps in counts.values():
        assert [done for done, _ in steps] == list(range(steps[-1][1] + 1))
