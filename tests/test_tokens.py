"""Selections as tokens in Python: what they hold, what they refuse, and that nothing hostile does harm."""

from __future__ import annotations

import base64
import json
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import make_tables

from analysis.errors import WorkbookError
from analysis.views import evidence as ev
from analysis.views.explorer import Explorer
from analysis.views.tokens import read_token

TEXT = st.text("abk1-_é\u2028", max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)


def build(**changes) -> Explorer:
    dimensions = changes.pop("dimensions", ["frame", "voice"])
    return Explorer(ev.frame_evidence(make_tables(**changes)), dimensions=dimensions, unit="frame match")


EXPLORER = build()


def encode(**parts) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode(token: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(token + "=="))


KEY = decode(EXPLORER.token())["k"]


def test_a_token_brings_filters_and_the_picked_mark_back():
    explorer = build()
    explorer.set_filters(
        outlet="Example Post", voice=["narration", "quotation"], start="2025-01-01", search="needs, “now”"
    )
    explorer.store.picked = {
        "label": "Economic",
        "choices": {"frame": "Economic"},
        "dates": ["2025-01-03", "2025-01-31"],
    }
    token, other = explorer.token(), build()
    assert token.isascii() and set(token) <= set("-_") | set(filter(str.isalnum, token))
    other.use_token(f"file:///a/page.html#framelines={encode(v=1, k='00000000')}.{token}")
    assert (other.store.filters, other.store.picked) == (explorer.store.filters, explorer.store.picked)
    assert other.token() == token
    assert len(other.selection()) == len(explorer.selection())


def test_values_are_words_so_that_a_token_holds_after_a_new_run():
    explorer = build()
    explorer.set_filters(frame="Security and defence")
    fewer = build(frames=make_tables().frames.head(2).to_dict("records"))
    fewer.use_token(explorer.token())
    assert len(fewer.selection()) == 2


def test_what_is_not_there_is_left_out_and_said():
    explorer = build()
    token = encode(v=1, k=KEY, n=10, c={"frame": ["Economic", "Weather"], "tone": ["grave"]}, s="2025-02-30",
                   p={"l": "gone", "a": "other.txt#0"})  # fmt: skip
    with pytest.warns(
        UserWarning, match="4 of 5 choices are not there: Weather, grave, start 2025-02-30, gone."
    ):
        explorer.use_token(token)
    assert explorer.store.filters == {
        "choices": {"frame": ["Economic"]},
        "start": "",
        "end": "",
        "search": "",
    }
    assert explorer.store.picked == {}


def test_row_numbers_hold_for_the_same_rows_alone():
    picked = {"label": "two", "rows": [1, 2]}
    explorer = build()
    explorer.store.picked = picked
    same = build()
    same.use_token(explorer.token())
    assert same.store.picked == picked
    found = read_token(same.store.data, encode(v=1, k=KEY, n=11, p={"l": "two", "r": [1, 2]}))
    assert (found.picked, found.missing) == ({}, ["two"])


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "cannot be read"),
        (EXPLORER.token()[:-3], "cannot be read"),
        ("A" * 30_000, "cannot be read"),
        (base64.urlsafe_b64encode(b"[" * 12_000).decode().rstrip("="), "cannot be read"),
        (build(dimensions=["frame"]).token(), "another explorer"),
        (encode(v=9, k=KEY), "another version"),
    ],
)
def test_what_is_no_token_of_this_explorer_is_an_error_and_changes_nothing(token, words):
    explorer = build()
    explorer.set_filters(frame="Economic")
    before = explorer.store.filters
    with pytest.raises(WorkbookError, match=words):
        explorer.use_token(token)
    assert explorer.store.filters == before


@settings(max_examples=60)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys("nceqsp", JSON)))
def test_whatever_a_token_holds_only_what_is_there_is_selected(parts):
    explorer = EXPLORER
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        explorer.use_token(encode(v=1, k=KEY, **parts))
    for name, values in explorer.store.filters["choices"].items():
        known = next(each["values"] for each in explorer.store.data["dimensions"] if each["name"] == name)
        assert set(values) <= set(known)
    assert len(explorer.selection()) <= 10
    again = explorer.token()
    explorer.use_token(again)
    assert explorer.token() == again
