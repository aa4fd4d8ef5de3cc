"""Search in Python: words at their beginning, phrases as they stand, whatever case, accents and marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.views.searching import find_sentences, fold, parse_search

# Letters that fold to one, none or several, marks, spaces, and what browsers count as two units.
LETTERS = st.sampled_from(list("abIiéßÆøŁΣςσﬁ½İ0 \u0301\u00ad\u00a0\n’‘“”\"'-.…🚢क्षि中"))
TEXTS = st.text(LETTERS, max_size=30)
WORDS = st.text(st.sampled_from("abcé"), min_size=1, max_size=6)


def finds(search: str, sentence: str) -> bool:
    return bool(find_sentences(search, [sentence])[0])


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("migra", True),
        ("MIGRANTS", True),
        ("grants", False),
        ("boats migrants", True),
        ("boats ferries", False),
        ('"small boats"', True),
        ("“small boats”", True),
        ('"small boat"', False),
        ('"small boat', True),
        ('"boats small"', False),
        ('"migrants" "zoe"', True),
        ('"boats, say o\'neill"', True),
        ("neill", True),
        ("£4", True),
        ("ss strasse", False),
        ("strasse", True),
        ("resume", True),
        ("", True),
        ('" "', True),
    ],
)
def test_words_begin_and_phrases_are_whole(search, found):
    sentence = "Zoë’s migrants in small  boats, say O’Neill’s re\u00adsumé of 24 Straße: £40m."
    assert finds(search, sentence) is found


@given(TEXTS)
def test_folding_twice_changes_nothing_and_leaves_no_accent(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert not any("\u0300" <= each <= "\u036f" for each in folded)
    assert "  " not in folded


@given(TEXTS)
def test_forms_of_one_text_are_one(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_each_beginning_of_each_word_and_each_run_of_words_is_found(words, data):
    sentence = f"“{' '.join(words)}.”"
    word = data.draw(st.sampled_from(words))
    assert finds(word[: data.draw(st.integers(1, len(word)))].upper(), sentence)
    start = data.draw(st.integers(0, len(words) - 1))
    run = words[start : data.draw(st.integers(start + 1, len(words)))]
    assert finds(f'"{" ".join(run)}"', sentence)


@given(WORDS, WORDS)
def test_the_inside_of_a_word_is_not_found(first, second):
    assert not finds(f"x{second}", f"{first}x{second}")
    assert not finds(f'"{first}"', f"{first}x{second}")


@given(TEXTS, TEXTS, TEXTS)
def test_more_words_never_find_more(search, more, sentence):
    plain = search.replace('"', "").replace("“", "").replace("”", "")
    if finds(f"{plain} {more}", sentence):
        assert finds(plain, sentence)


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_search_can_be_asked_of_any_text(search, sentence):
    assert finds(search, sentence) or parse_search(search)
