"""The view and the chart of keyness in Python: what is sent to the browser, its bounds, and its errors."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest
from made_tables import HOSTILE, make_tables

from analysis.compare.keyness import find_keyness
from analysis.errors import UnknownNameError
from analysis.views import keyness_encoding, keyness_sentences
from analysis.views.keyness import show_keyness
from analysis.views.keyness_charts import plot_keyness

TESTS = ("log_odds", "low", "high", "p", "q")
COMMON = "The council spoke of the harbour 🚢 again. Nobody knew when the ferry would come. Talks go on."
OWN = {
    "Example Herald": "A crackdown was asked for. The crackdown comes.",
    "Example Post": "Families want safety.",
    HOSTILE: f"Traders {HOSTILE} wait.",
}


def build(sizes: tuple[int, ...] = (3, 2), *, differ: bool = True):
    """Articles of the first outlets, each with a few words of its outlet's own where they differ."""
    rows = {name: [] for name in ("articles", "sentences", "frames")}
    for outlet, size in zip(OWN, sizes, strict=False):
        for n in range(size):
            # From the fifth article on some say it twice and some do not.
            times = (1 if n < 4 else n % 3) if differ else 0
            also = ["Ferries wait."] * (n // 3)  # as often in one outlet as in another
            text = " ".join([COMMON, *[OWN[outlet]] * times, *also])
            article = f"{list(OWN).index(outlet)}-{n:02}.txt#0"
            rows["articles"].append(
                {"article_id": article, "outlet": outlet, "headline": f"Story {n} {HOSTILE}", "text": text,
                 "published_earliest": f"2025-01-{n + 1:02}", "published_latest": f"2025-01-{n + 1:02}"}
            )  # fmt: skip
            at = 0
            for number, sentence in enumerate(text.replace(". ", ".\n").split("\n")):
                place = {"start": at, "end": at + len(sentence), "text": sentence, "sentence": number}
                rows["sentences"].append({"article_id": article, **place})
                at += len(sentence) + 1
            for word in {"crackdown", "harbour"} & set(text.split()):
                start = text.index(word)
                rows["frames"].append(
                    {"article_id": article, "field": "text", "start": start, "end": start + len(word),
                     "text": word, "codebook": "policy_frames", "frame": word.title(), "entry": word}
                )  # fmt: skip
    return make_tables(**rows, terms=[], quotes=[], events=[], figures=[])


@cache
def compared():
    """Twelve and twelve articles, and three of a third outlet that cannot be tested."""
    return show_keyness(build((12, 12, 3)), units=("word", "frame"), permutations=200, top=8)


def pick(view, name: str, unit: str = "word") -> dict:
    return next(
        each for each in view.store.data["comparisons"] if (each["name"], each["unit"]) == (name, unit)
    )


def read(view, comparison: dict, feature: str) -> list[list[tuple[str, list[str]]]]:
    """What the browser shows of a feature, a side: outlet, and the words of each mark."""
    data, rows = view.store.data, comparison["rows"][comparison["feature"].index(feature)]
    shown: list[list[tuple[str, list[str]]]] = []
    for side in rows:
        shown.append([])
        for row in side:
            units = data["sentences"][data["sentence"][row]].encode("utf-16-le")
            words = [units[2 * start : 2 * end].decode("utf-16-le") for start, end in data["marks"][row]]
            shown[-1].append((data["articles"][data["article"][row]]["outlet"], words))
    return shown


def test_too_few_articles_have_counts_dots_and_sentences_but_no_test():
    view = show_keyness(build((3, 2)), units=("word", "frame"))
    for comparison in view.store.data["comparisons"]:
        assert not set(TESTS) & set(comparison)
        assert "too few articles to test (3 and 2; 4 a side are needed)" in comparison["says"]
        assert "chance alone makes such a list" in comparison["result"]
    words = pick(view, "Example Herald and Example Post")
    at = words["feature"].index("crackdown")
    assert (words["more"][at], words["of"]) == (0, [3, 2])
    assert [side[at] for side in words["count"]] == [6, 0]
    assert [side[at] for side in words["articles"]] == [3, 0]
    assert "the" not in words["feature"], "what all articles say is not listed"
    written = json.dumps(view.store.data)
    assert not any(name in written for name in ('"p"', '"q"', '"low"', '"high"', "NaN"))


def test_marks_are_the_words_and_articles_without_them_are_dots_at_nought():
    view = show_keyness(build((3, 2)), units=("word",))
    words = pick(view, "Example Herald and Example Post")
    herald = ("Example Herald", ["crackdown"])
    assert read(view, words, "crackdown") == [[herald] * 6, []]
    at = words["feature"].index("crackdown")
    first, counts, second, none = words["dots"][at]
    assert (len(first), counts, len(second), none) == (3, [2, 2, 2], 2, [0, 0])
    assert {article for article, _ in words["words"]} == {*first, *second}
    assert words["told"][at] == [6, 0]


def test_what_was_tested_has_intervals_and_the_rest_of_a_short_list_has_none():
    view = compared()
    words = pick(view, "Example Herald and Example Post")
    at = words["feature"].index("crackdown")
    assert words["low"][at] < words["log_odds"][at] < words["high"][at]
    assert words["q"][at] <= 0.05
    assert max(words["more"].count(side) for side in (0, 1)) <= 8
    small = pick(view, f"Example Herald and {HOSTILE}")
    assert not set(TESTS) & set(small)
    assert "too few articles to test (12 and 3" in small["says"]


def test_each_source_with_all_others_then_every_two():
    names = [each["name"] for each in compared().store.data["comparisons"] if each["unit"] == "word"]
    assert names[0] == "Example Herald and all others"
    assert [name for name in names if name.endswith("all others")] == names[:3]
    assert names[3:] == [
        "Example Herald and Example Post", f"Example Herald and {HOSTILE}", f"Example Post and {HOSTILE}",
    ]  # fmt: skip
    assert (compared().comparison, compared().unit, compared().shown) == (names[0], "word", "all")
    assert repr(compared()).startswith("Example Herald and all others: 12 and 15 articles.")


def test_what_is_not_corrected_together_is_told():
    assert compared().note == (
        "27 articles of 3 sources by outlet. Comparisons of two sources are tested each by itself: chance "
        "alone may find something in one of twenty."
    )


def test_sources_beyond_the_most_are_left_out_and_named():
    view = show_keyness(build((3, 2, 1)), units=("word",), most=2)
    assert [each["name"] for each in view.store.data["comparisons"]] == ["Example Herald and Example Post"]
    assert view.note == f"6 articles of 3 sources by outlet. Left out: 1 source with 1 article ({HOSTILE})."
    alone = show_keyness(build((3, 2, 1)), units="word", sources="Example Post")
    assert alone.comparison == "Example Post and all others"
    assert pick(alone, alone.comparison)["of"] == [2, 4]


def test_no_difference_is_a_result():
    view = show_keyness(build((8, 8), differ=False), units=("word", "term"), permutations=200)
    words, terms = view.store.data["comparisons"]
    assert words["result"].startswith("No word ")
    assert terms["result"] == "No term was found in these articles: there is nothing to compare."
    assert terms["feature"] == []


def test_one_source_or_none_says_why():
    view = show_keyness(build((4,)))
    why = "All 4 articles have one source by outlet, Example Herald: nothing to compare."
    assert view.store.data["comparisons"] == []
    assert repr(view).startswith(why)
    one = show_keyness(build((1,)))
    assert repr(one).startswith(
        "The only article has one source by outlet, Example Herald: nothing to compare."
    )
    assert repr(show_keyness(build((3, 2)), units=())) == "No unit was chosen."
    assert show_keyness(build(())).store.data["empty"].startswith("There is no article to compare.")


def test_sentences_are_bounded_and_articles_take_turns():
    view = show_keyness(build((9, 2)), units=("word",), sentences=4)
    words = pick(view, view.comparison)
    at = words["feature"].index("crackdown")
    assert words["told"][at] == [20, 0]
    articles = [view.store.data["article"][row] for row in words["rows"][at][0]]
    assert len(set(articles)) == len(articles) == 4
    ids = [view.store.data["articles"][each]["id"] for each in articles]
    assert (ids[0], ids[-1]) == ("0-00.txt#0", "0-08.txt#0"), "from the first day to the last"


def test_whole_articles_never_travel(monkeypatch):
    view = show_keyness(build((3, 2)), units=("word", "frame", "phrase"))
    data = view.store.data
    sent = Counter(article for article, _ in set(zip(data["article"], data["sentence"], strict=True)))
    whole = build((3, 2)).sentences["article_id"].value_counts()
    assert all(count <= whole[data["articles"][at]["id"]] / 2 for at, count in sent.items())
    monkeypatch.setattr(keyness_sentences, "MOST_CHARACTERS", 30)
    monkeypatch.setattr(keyness_encoding, "MOST_DOTS", 2)
    loose = build((4, 2))
    loose.sentences = loose.sentences.assign(start=0, end=loose.sentences["end"].max())
    view = show_keyness(loose, units=("word",))
    words = pick(view, view.comparison)
    assert max(map(len, view.store.data["sentences"])) == 30
    assert all(count > 0 for count in view.store.data["cut"])
    assert read(view, words, "crackdown")[0][0][1] == ["crackdown"]
    at = words["rows"][words["feature"].index("ferries")][0][0]
    shown = view.store.data["sentences"][view.store.data["sentence"][at]]
    assert shown.endswith(" Ferries wait.") and len(shown) == 30, "as much as may travel"
    assert [len(each) for each in words["dots"][0]] == [2, 2, 2, 2]


def test_progress_counts_every_comparison():
    told = []
    show_keyness(build((3, 2, 1)), units=("word", "frame"), progress=lambda *step: told.append(step))
    assert told[0] == ("Comparing sources", 0, 12)
    assert told[-1] == ("Comparing sources", 12, 12)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_unknown_unit_and_source_name_the_closest():
    with pytest.raises(UnknownNameError, match="Did you mean 'frame'"):
        show_keyness(build(), units=("frames",))
    with pytest.raises(UnknownNameError, match="Did you mean 'Example Post'"):
        show_keyness(build(), sources=["Example Pots"])


def test_chart_of_too_few_articles_draws_each_and_no_interval():
    chart = plot_keyness(find_keyness(build((3, 2)), "Example Herald", "Example Post"))
    assert "too few articles to test (3 and 2; 4 a side are needed)" in chart.sentence
    assert [len(trace.x) % size for trace, size in zip(chart.figure.data, (3, 2), strict=True)] == [0, 0]
    assert all(trace.error_x.array is None for trace in chart.figure.data)
    assert not set(TESTS) & set(chart.data.columns)


def test_chart_of_what_differs_has_a_symbol_and_an_interval_a_side():
    found = find_keyness(build((12, 12)), "Example Herald", "Example Post", permutations=200)
    chart = plot_keyness(found, top=3)
    assert [trace.name for trace in chart.figure.data] == ["more by Example Herald", "more by Example Post"]
    assert len({trace.marker.symbol for trace in chart.figure.data}) == 2
    assert all(len(trace.error_x.array) == len(trace.x) <= 3 for trace in chart.figure.data)
    assert f"{len(found.distinctive)} differ with q at most 0.05" in chart.sentence
    assert chart.sentence.endswith("(12 and 12 articles).")
    copied = build((12, 12))
    pair = {"article_a": "0-00.txt#0", "article_b": "0-01.txt#0", "containment": 0.9}
    copied.reuse = copied.reuse.reindex([0]).assign(**pair)
    once = plot_keyness(find_keyness(copied, "Example Herald", "Example Post", permutations=200))
    assert once.sentence.endswith("(11 and 12 articles, what is printed twice counted once).")


def test_chart_says_that_nothing_differs():
    found = find_keyness(build((8, 8), differ=False), "Example Herald", "Example Post", permutations=200)
    chart = plot_keyness(found)
    assert chart.figure is None
    assert "No word" in chart.sentence
    hostile = plot_keyness(find_keyness(build((3, 2, 3)), HOSTILE))
    assert HOSTILE not in hostile.to_html()
    assert all("<" not in trace.name for trace in hostile.figure.data)
