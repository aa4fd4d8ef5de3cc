"""The explorer in Python: what is sent to the browser, filters set from Python, errors."""

from __future__ import annotations

import re
from collections import Counter

import ipywidgets
import pytest
from made_tables import make_tables

from analysis.errors import UnknownNameError
from analysis.views import evidence as ev
from analysis.views.encoding import UNKNOWN, encode_evidence
from analysis.views.explorer import Explorer, join_scripts


@pytest.fixture
def frames() -> Explorer:
    evidence = ev.frame_evidence(make_tables())
    return Explorer(evidence, dimensions=["frame", "voice", "speaker"], unit="frame match")


def dimension(explorer: Explorer, name: str) -> dict:
    return next(each for each in explorer.store.data["dimensions"] if each["name"] == name)


def test_outlet_is_always_a_dimension_and_labels_are_words(frames):
    assert frames.dimensions == {"outlet": "Outlet", "frame": "Frame", "voice": "Voice", "speaker": "Speaker"}


def test_unknown_values_are_named_and_stand_last(frames):
    assert dimension(frames, "speaker")["values"] == ["Ana Ruiz", UNKNOWN]


def test_codes_lead_back_to_the_values(frames):
    made = dimension(frames, "frame")
    assert [made["values"][code] for code in made["codes"]] == list(frames.evidence["frame"])


def test_offsets_count_as_browsers_do():
    events = ev.quote_evidence(make_tables())
    data = encode_evidence(events, {"outlet": "Outlet"})
    sentence = data["sentences"][data["sentence"][0]].encode("utf-16-le")
    cut = sentence[2 * data["start"][0] : 2 * data["end"][0]].decode("utf-16-le")
    assert cut == "We need security 🚢 now,"


def test_each_sentence_is_sent_once(frames):
    data = frames.store.data
    assert len(data["sentences"]) == len(set(data["sentences"])) == 4


def test_lists_in_a_cell_become_several_values():
    explorer = Explorer(ev.event_evidence(make_tables()), dimensions=["actors"], unit="event")
    made = dimension(explorer, "actors")
    assert made["values"] == ["Ana Ruiz", "Council", UNKNOWN]
    assert made["codes"][0] == [1, 0]


def test_statement_counts_articles_without_a_match_too():
    explorer = Explorer(ev.frame_evidence(make_tables(frames=[])), dimensions=["frame"], unit="frame match")
    assert explorer.store.data["total_articles"] == 4
    assert explorer.store.data["empty"] == "No frame matches were found in this corpus of 4 articles."


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, 10),
        ({"outlet": "Example Herald"}, 6),
        ({"outlet": ["Example Herald", "Example Post"], "voice": "narration"}, 5),
        ({"search": "NEED SECURITY"}, 4),
        ({"start": "2025-02-10"}, 5),
        ({"end": "2025-01-31"}, 3),
        ({"frame": "Economic", "search": "“we"}, 0),
    ],
)  # fmt: skip
def test_filters_set_from_python_give_the_rows_that_the_views_count(frames, filters, left):
    frames.set_filters(**filters)
    assert len(frames.selection()) == left


def test_setting_filters_clears_those_not_given_and_the_picked_mark(frames):
    frames.store.picked = {"label": "x"}
    frames.set_filters(search="budget")
    frames.set_filters(outlet="Example Post")
    assert frames.store.filters["search"] == ""
    assert frames.store.picked == {}


def test_python_can_observe_the_filters(frames):
    seen = []
    frames.store.observe(lambda change: seen.append(change["new"]["search"]), "filters")
    frames.set_filters(search="budget")
    assert seen == ["budget"]


def test_every_view_is_a_widget_that_composes(frames):
    box = frames.show("frame", "outlet", timeline=True)
    assert isinstance(box, ipywidgets.VBox)
    parts = [view for part in box.children for view in getattr(part, "children", [part])]
    kinds = ["filters", "dates", "counts", "timeline", "articles", "sentences", "contexts", "downloads"]
    assert [view.kind for view in parts] == kinds
    assert {view.store for view in parts} == {frames.store}


def test_headings_are_full_sentences_of_labels(frames):
    assert frames.counts("frame", "outlet").title == "Frame matches by frame and outlet"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda explorer: explorer.counts("fram"),
        lambda explorer: explorer.timeline(colour="fram"),
        lambda explorer: explorer.set_filters(fram="x"),
        lambda explorer: explorer.set_filters(frame="Securty and defence"),
        lambda explorer: Explorer(explorer.evidence, dimensions=["fram"]),
    ],
)
def test_wrong_names_are_errors_with_the_closest_match(frames, wrong):
    with pytest.raises(UnknownNameError, match="Did you mean"):
        wrong(frames)


def test_no_two_scripts_declare_one_name():
    names = re.findall(r"^(?:async )?(?:function\*?|class|const|let|var) (\w+)", join_scripts(), re.MULTILINE)
    assert len(names) > 100
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_scripts_write_text_never_markup():
    source = join_scripts()
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert way not in source
    assert source.count("export default") == 1
