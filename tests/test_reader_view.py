"""The side-by-side reader in Python: what is marked, what travels with a page, and what stays."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_tables import make_tables
from test_story_view import SILENT, extract_stories

import analysis as an
from analysis.errors import UnknownNameError
from analysis.views import reader as reader_view
from analysis.views.encoding import count_units
from analysis.views.reader_encoding import (
    MOST_PASSAGE_WORDS,
    choose_pieces,
    divide_whole,
    encode_article,
    limit_passages,
    show_safely,
)
from analysis.views.reader_marks import LAYERS, Mark, Passage, find_passages, read_marks
from analysis.views.sharing import EVIDENCE, FULL, TEXTS, WHOLE

SEEDS = Path(__file__).parents[1] / "seeds"
WIRE_PAIR = ("deal-herald", "deal-post")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return extract_stories(tmp_path_factory.mktemp("reader"))


@pytest.fixture(scope="module")
def seeds():
    return an.extract(an.load(SEEDS))


def show(tables, monkeypatch, texts: str | None = EVIDENCE, **options):
    if texts is None:
        monkeypatch.delenv(TEXTS, raising=False)
    else:
        monkeypatch.setenv(TEXTS, texts)
    return an.show_reader(tables, **options)


def cut_out(text: str, start: int, end: int) -> str:
    """A part of a text as a browser cuts it: by UTF-16 units."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def read_state(view) -> str:
    """All that a page or a kernel's messages hold of a view: its state and its store's."""
    return json.dumps([view.store.data, view.get_state(["title", "note", "left", "right", "layers"])])


@pytest.mark.parametrize("texts", [EVIDENCE, FULL])
def test_each_mark_of_the_seeds_is_exactly_its_words(seeds, monkeypatch, texts):
    data = show(seeds, monkeypatch, texts, articles=list(seeds.articles["article_id"])).store.data
    known = seeds.articles.set_index("article_id")
    found: dict[str, set[tuple]] = {layer: set() for layer in LAYERS}
    for article, reading in data["readings"].items():
        text, headline = known.loc[article, "text"], known.loc[article, "headline"]
        for layer, in_headline, start, end, first, last, *_ in reading["marks"]:
            whole = headline if in_headline else text
            found[LAYERS[layer]].add((article, bool(in_headline), whole[first:last], first))
            assert cut_out(whole, start, end) == whole[first:last]
            for at, piece, *_ in reading["pieces"] if not in_headline else []:
                here, there = max(start, at), min(end, at + count_units(piece, len(piece)))
                if here < there:
                    assert cut_out(piece, here - at, there - at) == cut_out(whole, here, there)
    if texts == FULL:
        for layer, frame in (
            ("figures", seeds.figures), ("terms", seeds.terms),
            ("frames", seeds.frames[seeds.frames["codebook"] == "policy_frames"]),
        ):  # fmt: skip
            rows = frame[["article_id", "field", "text", "start"]].itertuples(index=False)
            assert found[layer] == {(row[0], row[1] == "headline", row[2], row[3]) for row in rows}
        spoken = an.quote_evidence(seeds)
        assert len(found["quotes"]) == len(spoken)
        assert {each[2] for each in found["events"]} == set(seeds.events["trigger"])
    else:
        assert all(found[layer] for layer in LAYERS[:-1])


def test_of_an_article_half_of_its_sentences_travel_and_none_that_are_left_out(tables, monkeypatch):
    view = show(tables, monkeypatch)
    state = read_state(view)
    assert SILENT not in state
    sentences = tables.sentences.merge(tables.articles[["article_id", "text"]], on="article_id")
    for article, reading in view.store.data["readings"].items():
        own = sentences[sentences["article_id"] == article]
        told = [text[a:b].strip() for text, a, b in zip(own["text"], own["start"], own["end"], strict=True)]
        shown = {piece.strip() for _, piece, *_ in reading["pieces"]}
        gone = [each for each in told if not any(each.startswith(piece) for piece in shown)]
        assert reading["sentences"] == len(told)
        assert len(gone) == len(told) - reading["shown"] >= len(told) / 2
        assert reading["after"] + sum(piece[3] for piece in reading["pieces"]) == len(gone)
        everywhere = {
            piece.strip() for each in view.store.data["readings"].values() for _, piece, *_ in each["pieces"]
        }
        for each in gone:
            assert json.dumps(each)[1:-1] not in state or any(each in piece for piece in everywhere)


def test_sentences_with_most_marks_come_first():
    text = "One is here. Two are there. Three sat down. Four stood up."
    spans = [(0, 12, 0), (13, 27, 0), (28, 43, 1), (44, 58, 1)]
    marks = [Mark("terms", False, at, at + 3, "a", "", "", "") for at in (0, 28, 34, 44, 49)]
    pieces, after = choose_pieces(text, spans, marks, [])
    # The first has one mark, the others two each: two of four sentences may travel.
    assert [(piece.start, piece.before) for piece in pieces] == [(28, 2), (44, 0)]
    assert after == 0
    assert choose_pieces(text, spans, [], []) == ([], 4)
    in_headline = [Mark("terms", True, 0, 3, "a", "", "", "")]
    assert choose_pieces(text, spans, in_headline, []) == ([], 4)


def test_a_shared_passage_shows_forty_words_and_ends_with_how_many_it_leaves_out():
    words = " ".join(f"word{n}" for n in range(60))
    text = f"{words}. " + "Something else stands here and is not marked by anybody at all. " * 12
    place = (0, len(words))
    passage = Passage(("a", "b"), (place, place), ((place,), (place,)), (60, 60), 0)
    limits = limit_passages([passage], {"a": text, "b": text})
    ((start, end),) = limits[0, 0]
    assert len(text[start:end].split()) == MOST_PASSAGE_WORDS
    (piece,), _ = choose_pieces(
        text, [(0, len(words) + 1, 0), (len(words) + 2, len(text), 1)], [], [(start, end)]
    )
    assert text[piece.start : piece.end].split()[-1] == "word39"
    assert piece.cut == 20
    # A sentence that something else rests on travels whole; the passage is marked as far as it may be.
    late = Mark("figures", False, words.index("word50"), words.index("word51"), "a", "", "", "")
    (piece,), _ = choose_pieces(
        text, [(0, len(words) + 1, 0), (len(words) + 2, len(text), 1)], [late], [(start, end)]
    )
    assert piece.cut == 0


def test_passages_that_overlap_share_their_forty_words():
    text = " ".join(f"word{n}" for n in range(100))
    place = [
        (text.index(f"word{first} "), text.index(f"word{last} "))
        for first, last in ((0, 60), (30, 90), (50, 95))
    ]
    passages = [
        Passage(("a", other), (each, each), ((each,), (each,)), (60, 60), 0)
        for other, each in zip("bcd", place, strict=True)
    ]
    limits = limit_passages(passages, dict.fromkeys("abcd", text))
    shown = [limits[number, 0] for number in range(3)]
    assert shown[0][-1][1] == shown[1][-1][1] == text.index(" word40")
    assert shown[2] == ()
    alone = [text[slice(*limits[number, 1][0])] for number in range(3)]
    assert [len(words.split()) for words in alone] == [MOST_PASSAGE_WORDS] * 3


def test_shared_passages_stand_on_both_sides_of_the_pair_that_has_most(tables, monkeypatch):
    view = show(tables, monkeypatch)
    data = view.store.data
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    assert {view.left, view.right} <= set(texts)
    own = [each for each in data["passages"] if set(each["articles"]) == {view.left, view.right}]
    assert own
    for passage in data["passages"]:
        sides = zip(passage["articles"], passage["places"], passage["units"], strict=True)
        for article, (start, end), parts in sides:
            marked = [cut_out(texts[article], *part) for part in parts]
            assert all(words in texts[article][start:end] for words in marked)
            assert sum(len(words.split()) for words in marked) <= MOST_PASSAGE_WORDS
    edited = find_passages(tables, [WIRE_PAIR])
    assert max(passage.changes for passage in edited) > 0
    for passage in edited:
        both = zip(WIRE_PAIR, passage.parts, strict=True)
        same = [[texts[each][a:b].casefold() for a, b in parts] for each, parts in both]
        assert [re.findall(r"\w+", part) for part in same[0]] == [
            re.findall(r"\w+", part) for part in same[1]
        ]
        assert "illegal migrants" not in " ".join(same[1])


def test_a_large_corpus_is_asked_for_passages_word_for_word_alone(tables, monkeypatch):
    monkeypatch.setattr("analysis.views.reader_marks.MOST_SEARCHED", 2)
    monkeypatch.setattr(reader_view, "MOST_SEARCHED", 2)
    pair = tuple(tables.reuse.iloc[0][["article_b", "article_a"]])
    rows = tables.reuse[tables.reuse["article_a"].isin(pair) & tables.reuse["article_b"].isin(pair)]
    found = find_passages(tables, [pair])
    assert len(found) == len(rows)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    for passage in found:
        first, second = (
            texts[each][slice(*place)].lower() for each, place in zip(pair, passage.places, strict=True)
        )
        # The words are the same; what ends a sentence need not be.
        assert re.findall(r"\w+", first) == re.findall(r"\w+", second)
    assert show(tables, monkeypatch).right


def test_a_live_view_has_no_text_and_asks_the_kernel_for_it(tables, monkeypatch):
    view = show(tables, monkeypatch, None)
    state = read_state(view)
    assert view.store.data["readings"] == {}
    for text in tables.articles["text"]:
        assert not any(json.dumps(part)[1:-1] in state for part in text.split(". ") if len(part) > 40)
    answers = []
    monkeypatch.setattr(view.comm, "send", lambda *args, **kwargs: answers.append(kwargs["data"]["content"]))
    for asked in (
        {"kind": "text", "article": "deal-post"}, {"kind": "passages", "pair": list(WIRE_PAIR)},
        {"kind": "text", "article": "nobody"}, {"kind": "passages", "pair": ["nobody", "deal-post"]}, {},
    ):  # fmt: skip
        view._handle_custom_msg(asked, [])
    assert [answer["kind"] for answer in answers] == ["text", "passages"]
    own = tables.articles.set_index("article_id").loc["deal-post", "text"]
    assert "".join(piece[1] for piece in answers[0]["reading"]["pieces"]) == own
    assert answers[0]["reading"]["found"]["quotes"] == 3
    assert len(answers[1]["passages"]) == len(find_passages(tables, [WIRE_PAIR]))


def test_a_live_view_of_a_large_corpus_lists_some_of_its_articles_and_says_so(tables, monkeypatch):
    row = tables.articles.iloc[[0]]
    many = pd.concat([tables.articles, *(row.assign(article_id=f"more#{n}") for n in range(2000))])
    view = show(replace(tables, articles=many.reset_index(drop=True)), monkeypatch, None)
    heads = [head["id"] for head in view.store.data["heads"]]
    assert len(heads) == reader_view.MOST_LISTED
    assert {view.left, view.right} <= set(heads)
    assert view.store.data["chosen"].startswith(f"2,000 of {len(many)} articles")


def test_a_page_answers_nothing_even_where_it_is_asked(tables, monkeypatch):
    view = show(tables, monkeypatch)
    sent = []
    monkeypatch.setattr(view.comm, "send", lambda *args, **kwargs: sent.append(args))
    view._handle_custom_msg({"kind": "text", "article": "deal-post"}, [])
    assert sent == []


def test_full_text_travels_whole_and_says_so(tables, monkeypatch):
    data = show(tables, monkeypatch, FULL).store.data
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    assert {
        key: "".join(piece[1] for piece in each["pieces"]) for key, each in data["readings"].items()
    } == texts
    assert data["texts"] == WHOLE
    assert "whole articles travel" in data["sharing"].lower()
    assert show(tables, monkeypatch).store.data["texts"] != WHOLE
    assert show(tables, monkeypatch, None).store.data["texts"] != WHOLE


def test_what_can_be_chosen_is_bounded_and_counted(tables, monkeypatch):
    monkeypatch.setattr(reader_view, "MOST_ARTICLES", 3)
    data = show(tables, monkeypatch).store.data
    assert len(data["heads"]) == len(data["readings"]) == 3
    assert data["chosen"] == "3 of 6 articles can be chosen."
    ids = list(tables.articles["article_id"])
    view = show(tables, monkeypatch, articles=ids[1:])
    assert [head["id"] for head in view.store.data["heads"]] == ids[1:]
    assert (view.left, view.right) == (ids[1], ids[2])
    assert len(show(tables, monkeypatch, None).store.data["heads"]) == 6


def test_one_article_stands_alone_and_wrong_names_are_said(tables, monkeypatch):
    alone = show(tables, monkeypatch, articles=["hotel-post"])
    assert (alone.left, alone.right) == ("hotel-post", "")
    assert repr(alone) == "Example Post, 2 August 2025: Victory for locals as migrant hotel shuts"
    with pytest.raises(UnknownNameError, match=r"hotel-pots.*hotel-post"):
        show(tables, monkeypatch, articles=["hotel-pots"])
    with pytest.raises(UnknownNameError, match="policy_frame"):
        show(tables, monkeypatch, codebook="policy_frame")
    with pytest.raises(UnknownNameError, match="policy_frame"):
        show(tables, monkeypatch, None, codebook="policy_frame")
    with pytest.raises(UnknownNameError, match="hotel-pots"):
        alone.read_article("hotel-pots")


def test_nothing_to_read_is_said(monkeypatch):
    empty = make_tables(articles=[], sentences=[], frames=[], terms=[], quotes=[], figures=[], events=[])
    view = show(empty, monkeypatch)
    assert repr(view) == "There is no article to read: none was found in this corpus."
    assert view.store.data["heads"] == []


def test_without_a_pair_the_longest_of_two_outlets_are_read(monkeypatch):
    monkeypatch.setattr(reader_view, "MOST_SEARCHED", 0)
    view = show(make_tables(), monkeypatch)
    outlets = {head["id"]: head["outlet"] for head in view.store.data["heads"]}
    assert (outlets[view.left], outlets[view.right]) == ("Example Herald", "Example Post")


def test_marks_say_what_they_are_and_whose_words():
    marks = read_marks(make_tables(), ["page.txt#0"], "policy_frames")["page.txt#0"]
    said = [(mark.layer, mark.label, mark.details, mark.voice, mark.tag) for mark in marks]
    own = "journalist’s own words"
    assert ("frames", "Security and defence", own, "own", "") in said
    assert ("frames", "Security and defence", "quoted: Ana Ruiz", "quoted", "") in said
    assert ("quotes", "Ana Ruiz", "direct quotation; said", "", "Ana Ruiz") in said
    assert ("figures", "harbour plan", f"{own}; 4,000,000 pound sterling", "own", "") in said
    assert ("terms", "critics", f"{own}; person", "own", "") in said
    assert ("events", "agreed, June 2024", f"{own}; fishing quota", "own", "agreed, June 2024") in said


hostile = st.text(st.sampled_from("ab \n\0\x1b\u202e\u2066\ud800\udc00🚢é<&>"), min_size=1, max_size=40)


@given(hostile, st.data())
def test_no_text_moves_a_mark(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    split = data.draw(st.integers(0, len(text)))
    spans = [span for span in ((0, split, 0), (split, len(text), 1)) if span[0] < span[1]]
    mark = Mark("terms", False, start, end, "label", "", "", "")
    article = {"text": text, "headline": None}
    reading = encode_article(article, divide_whole(text, spans), 0, [mark], len(spans))
    whole = "".join(piece[1] for piece in reading["pieces"])
    assert whole == show_safely(text)
    # Two halves of one sign are one to a browser, and no page can hold a half alone: both become a sign.
    assert cut_out(whole, *reading["marks"][0][2:4]) == show_safely(text[start:end])
    json.dumps(reading, ensure_ascii=False).encode("utf-8")
