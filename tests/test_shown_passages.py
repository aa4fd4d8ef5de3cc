"""Shared passages as the browser reads them: cut around their changes, with no word lost."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.views.passages import encode_passages


def make_wording(first: str, second: str, pieces: list[tuple[str, str, str]]) -> pd.DataFrame:
    """Rows of shared wording: kind, words of the first text, words of the second."""
    rows, at = [], [0, 0]
    for kind, *words in pieces:
        row = {"passage": 1, "kind": kind}
        for side, text, n in (("a", first, 0), ("b", second, 1)):
            start = text.index(words[n], at[n]) if words[n] else None
            end = start + len(words[n]) if words[n] else None
            at[n] = end or at[n]
            row |= {f"start_{side}": start, f"end_{side}": end, f"text_{side}": words[n]}
        rows.append(row)
    return pd.DataFrame(rows).astype({f"{end}_{side}": "Int64" for end in ("start", "end") for side in "ab"})


def encode(pieces: list[tuple[str, str, str]], most_words: int, before: str = "", after: str = "") -> dict:
    first, second = (before + ", ".join(p[n] for p in pieces if p[n]) + after for n in (1, 2))
    wording = make_wording(first, second, pieces)
    return encode_passages(wording, ("a", "b"), {"a": first, "b": second}, most_words)[0]


EDITS = [
    ("same", "one two three four five six", "one two three four five six"),
    ("replaced", "illegal migrants", "people"),
    ("same", "seven eight nine ten eleven twelve", "seven eight nine ten eleven twelve"),
    ("only_a", "who came by boat", ""),
    ("same", "thirteen fourteen", "thirteen fourteen"),
    ("only_b", "", "at last"),
    ("same", "fifteen", "fifteen"),
]


def test_a_short_passage_is_whole_with_its_marks_and_commas():
    passage = encode(EDITS, 40, before="“", after="”, he said.")
    assert passage["pieces"][:2] == [
        ["same", "“one two three four five six,", "“one two three four five six,"],
        ["replaced", "illegal migrants,", "people,"],
    ]
    assert [kind for kind, *_ in passage["pieces"]] == [kind for kind, *_ in EDITS]
    assert passage["pieces"][-1] == ["same", "fifteen”,", "fifteen”,"]
    assert (passage["words"], passage["changes"]) == ([21, 18], 3)


def test_an_opening_mark_goes_with_its_word():
    first, second = "He said: “This is it, all of it.", "He said: “That is it, all of it."
    wording = make_wording(
        first, second,
        [("same", "He said: “", "He said: “"), ("replaced", "This ", "That "), ("same", "is it", "is it")],
    )  # fmt: skip
    pieces = encode_passages(wording, ("a", "b"), {"a": first, "b": second}, 40)[0]["pieces"]
    assert pieces[:2] == [["same", "He said:", "He said:"], ["replaced", "“This", "“That"]]


def test_a_long_passage_keeps_the_words_around_its_changes():
    passage = encode(EDITS, 12)
    assert [piece for piece in passage["pieces"] if piece[0] == "gap"] == [["gap", 5, 5], ["gap", 4, 4]]
    shown = " ".join(left for kind, left, _ in passage["pieces"] if left and kind != "gap")
    assert shown == "six, illegal migrants, seven twelve, who came by boat, thirteen fourteen, fifteen"


def test_a_copy_keeps_its_first_words():
    words = " ".join(map(str, range(100)))
    passage = encode([("same", words, words.upper())], 40)
    assert passage["pieces"][1:] == [["gap", 60, 60]]
    assert passage["pieces"][0][1].split() == words.split()[:40]
    assert passage["changes"] == 0


@given(
    st.lists(
        st.tuples(st.sampled_from(["replaced", "only_a", "only_b"]), st.integers(1, 30), st.integers(1, 60)),
        max_size=6,
    ),
    st.integers(1, 50),
)
def test_no_word_is_lost_or_shown_beyond_the_bound(edits, most_words):
    pieces = [("same", "start here", "start here")]
    for n, (kind, changed, same) in enumerate(edits):
        words = [" ".join(f"{side}{n}x{k}" for k in range(changed)) for side in "ab"]
        pieces.append((kind, "" if kind == "only_b" else words[0], "" if kind == "only_a" else words[1]))
        pieces.append(("same", *[" ".join(f"s{n}x{k}" for k in range(same))] * 2))
    passage = encode(pieces, most_words)
    for side in (1, 2):
        shown = [word for piece in passage["pieces"] if piece[0] != "gap" for word in piece[side].split()]
        left = sum(piece[side] for piece in passage["pieces"] if piece[0] == "gap")
        assert len(shown) <= most_words
        assert len(shown) + left == passage["words"][side - 1]
        whole = [word for piece in pieces for word in piece[side].split()]
        rest = iter(whole)
        assert all(word.rstrip(",") in rest for word in shown)
