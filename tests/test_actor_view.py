"""The actor view in Python: what is sent to the browser, its bounds, and its errors."""

from __future__ import annotations

import pytest
from made_tables import HOSTILE, make_tables

from analysis.errors import UnknownNameError
from analysis.views import actor as actor_view
from analysis.views.actor import show_actor

WORDS = (
    f"Ana Ruiz said: “We need boats 🚢 now. They {HOSTILE} float.” She added “and soon”. "
    "She said that it rains."
)
DATES = (("2025-03-01", "2025-03-31"), (None, None), ("2025-01-03", "2025-01-03"))


def build(articles: int = 3, **changes):
    """Articles with the same words: Ana Ruiz is quoted, then reported; an official is not resolved."""
    rows = {name: [] for name in ("articles", "sentences", "quotes", "reported", "mentions")}
    for n in range(articles):
        earliest, latest = DATES[n % 3]
        about = {"article_id": f"p.txt#{n}"}
        rows["articles"].append(
            {**about, "outlet": None if n == 1 else "Example Post", "headline": f"Story {HOSTILE}",
             "text": WORDS, "published_earliest": earliest, "published_latest": latest}
        )  # fmt: skip
        ana = {"actor_id": "person:ana-ruiz", "speaker": "Ana Ruiz", "cue": "said"}
        passages = ((f"We need boats 🚢 now. They {HOSTILE} float.", "Ana Ruiz"), ("and soon", "She"))
        for text, named in passages:
            rows["quotes"].append(
                {**about, **place(text), **ana, "field": "text", "quote_id": f"{n}:q", "kind": "direct",
                 "speaker_text": named, "role": "Harbour Minister"}
            )  # fmt: skip
        rows["reported"].append({**about, **place("that it rains"), **ana, "speaker_text": "She"})
        rows["mentions"].append({**about, **place("Ana Ruiz"), "actor_id": "person:ana-ruiz"})
        rows["sentences"].append({**about, "start": 0, "end": len(WORDS), "text": WORDS})
    actors = [
        {"actor_id": "person:ana-ruiz", "name": "Ana Ruiz", "kind": "person", "role": "Mayor", "mentions": 3},
        {"actor_id": "person:si-lent", "name": "Si Lent", "kind": "person", "mentions": 1},
    ]
    return make_tables(**{**rows, "actors": actors, **changes})


def place(text: str) -> dict[str, object]:
    start = WORDS.index(text)
    return {"start": start, "end": start + len(text), "text": text}


def picked(view) -> dict:
    return next(each for each in view.store.data["actors"] if each["id"] == view.actor)


def read(view) -> list[tuple[str, str, list[str]]]:
    """What the browser shows of the picked actor: kind, date, and the words of each mark."""
    data, one = view.store.data, picked(view)
    said = next(each for each in data["dimensions"] if each["name"] == "said")
    shown = []
    for at in range(one["first"], one["end"]):
        text = data["sentences"][data["sentence"][at]].encode("utf-16-le")
        words = [text[2 * start : 2 * end].decode("utf-16-le") for start, end in data["marks"][at]]
        shown.append(
            (said["values"][said["codes"][at]], data["articles"][data["article"][at]]["published"], words)
        )
    return shown


def test_everything_in_order_of_date_and_undated_last():
    view = show_actor(build())
    quoted = [f"We need boats 🚢 now. They {HOSTILE} float.", "and soon"]
    days = ("3 January 2025", "March 2025", "publication date not stated")
    assert read(view) == [
        row
        for day in days
        for row in (("quotation", day, quoted), ("reported speech", day, ["that it rains"]))
    ]


def test_reported_speech_is_no_quotation_and_passages_are_one():
    one = picked(show_actor(build()))
    assert one["statement"] == "3 quotations and 3 reported statements in 3 of 3 articles."
    assert (one["quotations"], one["reported"]) == (3, 3)


def test_roles_and_names_seen_are_counted():
    one = picked(show_actor(build()))
    assert one["roles"] == [["Harbour Minister", 3], ["Mayor", 0]]
    assert one["aliases"] == [["Ana Ruiz", 3]]
    assert one["parties"] == []


def test_offsets_are_those_of_the_article():
    data = show_actor(build()).store.data
    start, end = data["place"][0]
    assert WORDS[start:end].startswith("We need boats")
    assert WORDS[start:end].endswith("and soon")


def test_begins_with_the_actor_asked_for():
    for wanted in ("Si Lent", "person:si-lent"):
        view = show_actor(build(), wanted)
        assert (view.actor, read(view)) == ("person:si-lent", [])
        assert picked(view)["statement"] == "0 quotations and 0 reported statements in 0 of 3 articles."
    assert show_actor(build()).actor == "person:ana-ruiz"


def test_unknown_actor_names_the_closest():
    with pytest.raises(UnknownNameError, match=r"There is no actor 'Ana Riuz'\. Did you mean 'Ana Ruiz'"):
        show_actor(build(), "Ana Riuz")


def test_speakers_that_are_no_actor_stand_apart_and_last():
    loose = [
        {"article_id": "p.txt#0", **place("that it rains"), "speaker": "harbour official",
         "speaker_text": "A harbour official", "cue": "said"}
    ]  # fmt: skip
    view = show_actor(build(reported=loose))
    last = view.store.data["actors"][-1]
    assert (last["name"], last["resolved"], last["aliases"]) == (
        "harbour official", False, [["A harbour official", 1]],
    )  # fmt: skip
    assert view.store.data["actors"][0]["resolved"]


def test_nothing_attributed_says_why():
    view = show_actor(build(quotes=[], reported=[]))
    why = (
        "Nothing in 3 articles is attributed to anybody: no speaker of quotation or reported speech is known."
    )
    assert (view.store.data["empty"], repr(view)) == (why, why)
    assert view.store.data["actors"] == []
    nobody = [
        {"article_id": "p.txt#0", **place("and soon"), "field": "text", "quote_id": "q", "kind": "mixed"}
    ]
    view = show_actor(build(quotes=nobody, reported=[]))
    assert view.store.data["empty"] == f"{why} 1 quotation has no known speaker."


def test_what_is_sent_is_bounded_and_what_is_left_out_is_told(monkeypatch):
    monkeypatch.setattr(actor_view, "MOST_OF_ACTOR", 4)
    view = show_actor(build(articles=9))
    assert len(read(view)) == 4
    assert picked(view)["left_out"] == "The first 4 of 18 in order of date are here."
    assert picked(view)["statement"].startswith("9 quotations and 9 reported statements")
    monkeypatch.setattr(actor_view, "MOST_ACTORS", 1)
    view = show_actor(build(), "Si Lent")
    assert [each["name"] for each in view.store.data["actors"]] == ["Si Lent"]
    assert "The first 1 of 2 speakers can be picked." in view.note


def test_actors_share_what_may_be_sent_and_the_one_asked_for_has_more(monkeypatch):
    monkeypatch.setattr(actor_view, "MOST_ITEMS", 6)
    quotes = build(articles=9).quotes.to_dict("records")
    quotes += [{**row, "quote_id": f"b{row['quote_id']}", "actor_id": "person:bo-lind"} for row in quotes]
    tables = build(articles=9, quotes=quotes, reported=[])
    shown = {each["id"]: each["end"] - each["first"] for each in show_actor(tables).store.data["actors"]}
    assert shown == {"person:ana-ruiz": 3, "person:bo-lind": 3}
    asked = show_actor(tables, "person:bo-lind")
    assert (len(read(asked)), picked(asked)["left_out"]) == (9, "")


def test_a_long_text_is_cut_around_its_mark(monkeypatch):
    monkeypatch.setattr(actor_view, "MOST_CHARACTERS", 60)
    view = show_actor(build(articles=1))
    data = view.store.data
    kept = data["sentences"][data["sentence"][0]]
    assert (len(kept), data["cut"][0]) == (60, len(WORDS) - 60)
    assert read(view)[0][2][0].startswith("We need boats 🚢 now.")
    assert read(view)[1][2] == ["that it rains"]


def test_a_quotation_interrupted_at_length_becomes_two_items(monkeypatch):
    monkeypatch.setattr(actor_view, "_GAP", 2)
    assert [kind for kind, _, _ in read(show_actor(build(articles=1)))] == [
        "quotation", "quotation", "reported speech",
    ]  # fmt: skip


def test_of_many_roles_the_most_frequent_are_named_and_the_rest_counted():
    tables = build(20)
    tables.quotes["role"] = [f"Role {n // 2}" for n in range(len(tables.quotes))]
    one = picked(show_actor(tables))
    assert len(one["roles"]) == actor_view.MOST_ALIASES
    assert one["more_roles"] == 21 - actor_view.MOST_ALIASES
    assert "more_parties" not in one
