"""Below four articles a side there is no p-value, star or interval, whatever is called and however.

Every public name is either called here, with three articles of each of two papers and each way that it can be
asked, or stands in a list of those that compare nothing, with the reason.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import pytest
from made_rivals import HERALD, POST, THREE_EACH, write_rivals
from walking import Sizes, count_claims, find_faults, find_printed, find_words

import analysis as an
from analysis.compare.framing_terms import USES
from analysis.compare.framing_time import PERIODS
from analysis.compare.framing_units import GROUPINGS, UNITS
from analysis.compare.keyness import UNITS as KEYNESS_UNITS
from analysis.compare.sources.article_labels import COMPARED
from analysis.tables import Tables

CODEBOOKS = ("policy_frames", "narrative_frames", "immigration_frames")
BY = (None, *GROUPINGS)
TOO_FEW = "too few articles to test (3 and 3; 4 a side are needed)"


@dataclass(frozen=True)
class Call:
    """A public name, one way to call it, and what its result may show.

    Attributes:
        name: The public name.
        run: Calls it with tables.
        how: The arguments, for the name of the test.
        sizes: Where rows are not of outlets: how many articles stand behind each.
        plain: Columns named like an interval that hold what the text says.
        says: Words that must be said of three and three.
        back: Whether four and four have an interval, so that three and three lack it by the rule alone.
    """

    name: str
    run: Callable[[Any], Any]
    how: str = ""
    sizes: Sizes | None = None
    plain: tuple[str, ...] = ()
    says: str = ""
    back: bool = False

    def __str__(self) -> str:
        return f"{self.name}({self.how})"


def call(
    name: str,
    *args: Any,
    sizes: Sizes | None = None,
    plain: tuple[str, ...] = (),
    says: str = "",
    back: bool = False,
    **options: Any,
) -> Call:
    how = ", ".join([*map(repr, args), *(f"{key}={value!r}" for key, value in options.items())])
    return Call(
        name, lambda tables: getattr(an, name)(tables, *args, **options), how, sizes, plain, says, back
    )


def by_column(column: str, data: pd.DataFrame) -> pd.Series:
    return data[column] if column in data else pd.Series(0, data.index)


OF_ARTICLES = partial(by_column, "of_articles")
OF = partial(by_column, "of")


def groups(by: str | None) -> Sizes | None:
    """Sources are never four here; a voice or a speaker may be."""
    return None if by == "outlet" else OF_ARTICLES


def small_groups(shares: pd.DataFrame) -> pd.DataFrame:
    return shares[shares["of_articles"] < 4]


def with_evidence(name: str, dimension: str, plain: tuple[str, ...] = ()) -> list[Call]:
    """Rows of evidence, by themselves and as a view, and as sentences."""

    def explore(tables):
        rows = getattr(an, name)(tables)
        explorer = an.Explorer(rows, dimensions=["outlet", dimension])
        return [rows, explorer, explorer.show()]

    return [
        Call(name, explore, dimension, plain=plain),
        Call("show_evidence", lambda tables: an.show_evidence(getattr(an, name)(tables)), name),
    ]


def code_items(tables: Tables, items: int = 9) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Sentences coded by two people as the extraction has them: by default too few for an estimate."""
    sample = an.draw_sample(tables, "sentences", items)
    answers = an.answer_items(tables, sample, "policy_frames")
    return sample, pd.concat([answers.assign(coder=coder) for coder in "AB"]), "policy_frames"


def least_of_pair(pairs: pd.DataFrame) -> pd.Series:
    """At most so many articles have the rarer frame of a pair: there are no fewer units than articles."""
    return pairs[["with_a", "with_b"]].min(axis=1)


COUNTED = (
    ("frames", "frame"), ("frames", "entry"), ("terms", "term_group"), ("quotes", "speaker"),
    ("quotes", "party"), ("figures", "codebook_measure"), ("events", "instrument"), ("mentions", "actor_id"),
)  # fmt: skip
# Every codebook by outlet, and one in every way
WAYS = (
    *itertools.product(CODEBOOKS[1:], ["article"], ["outlet"]),
    *itertools.product(CODEBOOKS[:1], ["sentence", "article"], BY),
    ("policy_frames", "paragraph", "outlet"),
)
# Charts draw the same shares
DRAWN = [(codebook, unit, by) for codebook, unit, by in WAYS if by == "outlet" or (by and unit == "sentence")]
USED = ((None, None), *itertools.product(["outlet"], (None, *USES)), *((by, "person") for by in BY[2:]))
COMPARISONS = [
    *(call("count_by_outlet", *each, back=each == ("frames", "frame")) for each in COUNTED),
    *(call("count_voices", by, back=True) for by in ("speaker", "party")),
    call("describe_actors"), call("describe_outlets"),
    call("describe_overlap"), call("describe_overlap", [POST, HERALD], off_topic=True),
    call("find_differences"), call("find_stories"), call("trace_instruments"), call("undated_events"),
    *(call("frame_shares", codebook, unit=unit, by=by, sizes=groups(by), back=by == "outlet")
      for codebook, unit, by in WAYS),
    *(call("frame_cooccurrence", unit=unit, sizes=least_of_pair) for unit in UNITS),
    *(call("frames_over_time", period=period, sizes=OF) for period in ("auto", *PERIODS)),
    *(call("headline_against_body", codebook) for codebook in CODEBOOKS),
    *(call("term_shares", by=by, use=use, sizes=groups(by), back=(by, use) == ("outlet", "person"))
      for by, use in USED),
    *(call("metaphor_shares", by=by, sizes=groups(by)) for by in BY),
    call("say_limits"),
]  # fmt: skip
CHARTS = [
    *(call("plot_frame_shares", codebook=codebook, unit=unit, by=by, sizes=groups(by),
           says=TOO_FEW if by == "outlet" else "", back=by == "outlet" and codebook == "policy_frames")
      for codebook, unit, by in DRAWN),
    *(call("plot_cooccurrence", unit=unit, sizes=least_of_pair) for unit in UNITS),
    *(call("plot_frames_over_time", period=period, sizes=OF) for period in ("auto", *PERIODS)),
    *(call("plot_term_shares", by=by, use=use, sizes=groups(by)) for by, use in USED if by),
    *(call("plot_metaphors", by=by, sizes=groups(by)) for by in GROUPINGS),
    *(call("plot_voices", by=by, back=True) for by in ("speaker", "party")),
    *(call(name, codebook=codebook) for codebook in CODEBOOKS
      for name in ("plot_headlines", "plot_frames", "plot_frames_by_outlet", "plot_frames_by_voice")),
    call("plot_figures"), call("plot_figures", measure="asylum seekers", plain=("high",)),
    *map(call, ("plot_pages", "plot_publication", "plot_reuse", "plot_speakers", "plot_terms",
                "plot_timeline")),
]  # fmt: skip
VIEWS = [
    Call("show_shares", lambda t: an.show_shares(an.frame_shares(t, by="outlet"), "Frames"), "frames",
         back=True),
    Call("show_shares", lambda t: an.show_shares(an.term_shares(t, by="outlet"), "Terms"), "terms",
         back=True),
    *(Call("show_shares", lambda t, by=by: an.show_shares(small_groups(an.frame_shares(t, by=by)), "Frames"),
           f"small groups by {by}") for by in ("speaker", "party")),
    Call("show_estimates", lambda t: an.show_estimates(an.count_by_outlet(t, "frames", "frame"), "Frames"),
         back=True),
    Call("show_table", lambda t: an.show_table(an.count_voices(t), "Voices")),
    call("show_limits"), call("show_actor"), call("show_reader"), call("show_contexts", frame="political"),
    *with_evidence("frame_evidence", "frame"), *with_evidence("metaphor_evidence", "frame"),
    *with_evidence("term_evidence", "term_group"), *with_evidence("quote_evidence", "speaker"),
    *with_evidence("attribution_evidence", "speaker"), *with_evidence("event_evidence", "status"),
    *with_evidence("instrument_evidence", "instrument"), *with_evidence("sentence_evidence", "voice"),
    *with_evidence("figure_evidence", "measure", plain=("high",)),
    *with_evidence("difference_evidence", "kind"),
]  # fmt: skip
# Errors of the extraction, over coded items: no sources are compared, and fewer than ten items tell nothing.
ITEMS = [
    Call("measure_accuracy", lambda t: an.measure_accuracy(t, *code_items(t)), "nine items"),
    Call("estimate_prevalence", lambda t: an.estimate_prevalence(t, *code_items(t)), "nine items"),
    Call("measure_agreement", lambda t: an.measure_agreement(*code_items(t)[1:]), "nine items"),
    Call("confuse_coders", lambda t: an.confuse_coders(*code_items(t)[1:]), "nine items"),
    Call("plot_prevalence", lambda t: an.plot_prevalence(an.estimate_prevalence(t, *code_items(t))), "nine"),
]
KEYNESS = [
    *(call("find_keyness", HERALD, unit=unit, says=TOO_FEW, back=unit == "word") for unit in KEYNESS_UNITS),
    call("find_keyness", HERALD, POST, within="month", says=TOO_FEW),
    call("find_keyness", HERALD, off_topic=True, codebook="narrative_frames", unit="frame", says=TOO_FEW),
    call("find_keyness_of_each", says=TOO_FEW, back=True),
    Call("find_uses", lambda t: an.find_uses(t, an.find_keyness(t, HERALD), ["channel", "seekers"])),
    Call("keyness_evidence", lambda t: an.keyness_evidence(t, an.find_keyness(t, HERALD))),
    *(
        Call(
            "plot_keyness",
            lambda t, unit=unit: an.plot_keyness(an.find_keyness(t, HERALD, unit=unit)),
            unit,
            says=TOO_FEW,
        )
        for unit in ("word", "frame", "term")
    ),
    call("show_keyness", says=TOO_FEW),
    call("show_keyness", sources=[POST], units=["word"], says=TOO_FEW, back=True),
    Call("Keyness", lambda t: an.find_keyness(t, HERALD).dots("channel"), "dots"),
]
SHARES = [
    *(call("compare_shares", what, permutations=99, says=TOO_FEW, back=what == "frame") for what in COMPARED),
    call("compare_shares", sources=[POST], within="month", says=TOO_FEW),
    call("compare_shares", off_topic=True, says=TOO_FEW),
    Call("compare_shares", lambda t: an.compare_shares(t).dots(), "dots"),
    *(
        Call(
            "plot_share_differences",
            lambda t, what=what: an.plot_share_differences(an.compare_shares(t, what)),
            repr(what),
            says=TOO_FEW,
            back=what == "frame",
        )
        for what in ("frame", "speaker", "quotation")
    ),
    call("edited_passages"),
    call("shared_wording", "r1", "r5"),
]
STORIES = [
    call("show_story"),
    call("show_story", articles=["r1", "r5"]),
    Call(
        "compare_story",
        lambda t: [an.compare_story(t, each) for each in an.find_stories(t)["story"].unique()],
    ),
    Call("compare_story", lambda t: an.compare_story(t, list(t.articles["article_id"])).grid, "grid"),
    Call("compare_story", lambda t: an.compare_story(t, list(t.articles["article_id"])).only, "only"),
]
CALLS = [*COMPARISONS, *CHARTS, *VIEWS, *ITEMS, *KEYNESS, *SHARES, *STORIES]

HANDLING = "handles files, settings or codings"
MODEL = "trains, reads or measures a classifier on coded texts"
NO_COMPARISON = {
    **dict.fromkeys((
        "answer_items", "draw_sample", "save_sample", "read_sample", "read_codings", "open_validation",
        "event_question", "frame_question", "quote_question", "Question", "ValidationSample", "CodingPanel",
        "CorrectionPanel", "check_corpus", "check_tables", "extract", "load", "load_codebook",
        "list_topic_codebooks", "list_versions", "select_compared", "show_check", "show_corrections",
        "show_pages", "show_progress", "show_provenance", "write_tables", "Article", "Corpus", "Tables",
        "WorkbookError",
    ), HANDLING),
    **dict.fromkeys((
        "CodebookCoder", "CodedSample", "Evaluation", "FrameModel", "apply_frames", "code_left_out",
        "evaluate_frames", "learn_thresholds", "load_frame_model", "read_coded", "score_articles",
        "score_texts", "train_frames",
    ), MODEL),
    **dict.fromkeys((
        "extract_marked", "list_wrong", "measure_marked", "measure_marked_frames", "plot_marked",
        "wrong_evidence",
    ), "measures errors on the hand-marked pages that ship"),
    **dict.fromkeys((
        "ActorView", "Chart", "Explorer", "KeynessView", "ShareComparison", "Story", "StoryView",
    ), "the class of what is shown above"),
    "articles_needed": "a calculation from two shares that are given",
    "can_test": "the rule itself", "say_sizes": "the rule's words",
}  # fmt: skip


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Four articles of each paper."""
    return an.extract(an.load(write_rivals(tmp_path_factory.mktemp("rivals"))))


@pytest.fixture(scope="module")
def six(eight: Tables) -> Tables:
    """Three articles of each paper."""
    tables = eight.select(end=THREE_EACH)
    assert tables.articles["outlet"].value_counts().to_dict() == {HERALD: 3, POST: 3}
    return tables


def test_every_public_name_is_called_or_compares_nothing() -> None:
    called = {each.name for each in CALLS}
    assert sorted(called & set(NO_COMPARISON)) == []
    assert sorted(called | set(NO_COMPARISON)) == an.__all__


@pytest.mark.parametrize("each", CALLS, ids=str)
def test_three_and_three_have_no_interval_and_no_test(each: Call, six: Tables) -> None:
    result = each.run(six)
    assert find_faults(result, each.sizes, each.plain) == []
    assert each.says in "\n".join(find_words(result))


@pytest.mark.parametrize("each", [each for each in CALLS if each.back], ids=str)
def test_four_and_four_have_intervals_again(each: Call, eight: Tables) -> None:
    assert find_faults(each.run(eight), None) != []


def test_one_function_decides_for_all(eight: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.compare.small.MIN_ARTICLES", 5)
    shown = {str(each): find_faults(each.run(eight), None, each.plain) for each in CALLS if each.back}
    assert {name: faults for name, faults in shown.items() if faults} == {}


def test_one_side_of_three_is_too_few_whatever_the_other_has(eight: Tables) -> None:
    """Four articles of one paper, three of the other, and one of no stated outlet."""
    outlet = eight.articles["outlet"].mask(eight.articles["article_id"] == "r8")
    seven = replace(eight, articles=eight.articles.assign(outlet=outlet))
    for first, second in ((HERALD, POST), (HERALD, None), (POST, None)):
        keyness = an.find_keyness(seven, first, second, unit="term")
        assert not count_claims(keyness.table).any()
        # Of four against three and one, none is tested either, for no term stands in enough articles.
        assert (
            bool(find_printed(keyness.says))
            == an.can_test(*keyness.sizes)
            == (first == HERALD and not second)
        )
    shares = an.compare_shares(seven)
    assert shares.tested == 0 and not count_claims(shares.differences).any()
    assert not count_claims(shares.labels).any() and "too few articles to test" in shares.says
    assert set(shares.table["source"][count_claims(shares.table) > 0]) == {HERALD}
    for table in (an.count_by_outlet(seven, "frames", "frame"), an.frame_shares(seven, by="outlet")):
        assert set(table["outlet"][count_claims(table) > 0]) == {HERALD}


def test_the_check_sees_an_interval_wherever_it_stands(eight: Tables) -> None:
    chart = an.plot_frame_shares(eight, unit="article", by="outlet")
    assert find_faults(chart.data, None) and find_faults(chart.figure, None)
    assert find_faults(an.show_shares(chart.data, "Frames"), None)
    assert find_faults(an.show_estimates(chart.data, "Frames"), None)
    for printed in ("p = .03", "q<.05", "0.84 (0.70 to 0.93)", "2 of 3 (9 to 42%)", "tax*", "95 % interval"):
        assert find_printed(printed), printed
    for plain in ("2 of 3 articles", "12 per cent", "dated (2025-07-02 to 2025-07-21)", TOO_FEW):
        assert not find_printed(plain), plain
    assert find_printed({"data": [{"low": [0.2, None]}]}) and not find_printed({"data": [{"low": [None]}]})
    assert find_printed({"name": "q", "values": ["0.01"]}) and find_printed([{"p": 0.2}])
