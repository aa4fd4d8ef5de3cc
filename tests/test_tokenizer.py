"""Words that were cut before are cut the same again."""

import pytest
import spacy

from analysis.matching import RememberingTokenizer, make_bare_pipeline

TEXT = "“Don't,” she said, \"it's the U.S., not D.C.\"\n\nThe well-known Mr. Okri: www.example.org."


def test_tokens_are_those_of_spacy_whether_a_word_is_new_or_known():
    plain = spacy.blank("en")
    remembering = RememberingTokenizer(spacy.blank("en").tokenizer)
    expected = [(token.text, token.norm_, token.whitespace_) for token in plain(TEXT)]
    for _ in range(2):
        assert [(t.text, t.norm_, t.whitespace_) for t in remembering(TEXT)] == expected


def test_no_word_is_cut_twice_though_a_rule_of_its_own_stands_before_it():
    tokenizer = spacy.blank("en").tokenizer
    asked: list[str] = []
    search = tokenizer.suffix_search
    tokenizer.suffix_search = lambda word: asked.append(word) or search(word)
    remembering = RememberingTokenizer(tokenizer)
    remembering("Don't see “Okri”; see “Shah”.")
    assert "Shah”." in asked
    asked.clear()
    remembering("Don't see “Shah”. See “Okri”;")
    assert set(asked) == {"See"}


@pytest.mark.parametrize(
    "word",
    [
        "x" * 300 + '."',
        "said" + "." * 400,
        "'\"" * 300,
        "9" * 250 + "km",
        "(" + "ab" * 200 + "!?’s",
        "…" * 260,
    ],
)
def test_tokens_of_very_long_words_are_those_of_spacy(word):
    plain, bare = spacy.blank("en"), make_bare_pipeline()
    for text in (word, f"He said {word} and {word}."):
        assert [token.text for token in bare(text)] == [token.text for token in plain(text)]
