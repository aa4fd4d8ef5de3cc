"""The parse of chosen words: the same as the model's own, whatever is left out and however long the text."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.language.pipeline import DocContext, annotate, find_model
from analysis.language.sentences import mark_sentences

ALL = ("sentences", "figures")
HOSTS = ("sentences", "quotes")
TEXT = (
    "The council met on Monday. Ana Ruiz, the housing minister, said that it wouldn't build.\n"
    "“We’re going to build homes that people can afford,” she told reporters. Nobody had asked her.\n"
    "It rained all day. The roads were wet and the buses were late."
)


def _read(text: str, components: tuple[str, ...]) -> list[tuple[str, str, str, str, int]]:
    (doc,) = annotate([(text, DocContext())], components)
    return [(t.text, t.tag_, t.pos_, t.dep_, t.head.i) for t in doc]


def _model(text: str) -> list[tuple[str, str, str, str, int]]:
    nlp = spacy.load(find_model(), exclude=["ner", "lemmatizer"])
    doc = mark_sentences(nlp.make_doc(text))
    for _, part in nlp.pipeline:
        doc = part(doc)
    return [(t.text, t.tag_, t.pos_, t.dep_, t.head.i) for t in doc]


def test_every_word_is_read_as_the_model_reads_it():
    assert _read(TEXT, ALL) == _model(TEXT)


def test_base_forms():
    (doc,) = annotate([("Two ministers were said to have built better homes in Wales.", DocContext())], ALL)
    bases = "two minister be say to have build well home in Wales ."
    assert " ".join(token.lemma_ for token in doc) == bases


def test_only_the_words_around_a_quotation_are_parsed():
    parsed = [word for word, tag, *_ in _read(TEXT, HOSTS) if tag]
    assert "rained" not in parsed and "afford" in parsed
    assert [word for word in parsed if word in ("she", "told", "reporters")] == ["she", "told", "reporters"]
    assert "homes" not in parsed  # far from both marks
    assert "Ruiz" in parsed  # the sentence before may name her


def test_sentence_starts_stay_where_the_rules_put_them():
    (doc,) = annotate([(TEXT, DocContext())], HOSTS)
    assert [token.text for token in doc if token.is_sent_start] == ["The", "Ana", "“", "Nobody", "It", "The"]


def test_a_long_text_is_parsed_to_its_end():
    words = _read("Ministers said they would act. " * 900, ALL)
    assert len(words) == 900 * 6 and words[:6] == [
        (w, *rest, head - 894 * 6) for w, *rest, head in words[-36:-30]
    ]


@settings(max_examples=40)
@given(st.text(alphabet="aI n't’“”'\".\n\u00a0é😀", max_size=60))
def test_a_head_stands_in_the_sentence_of_its_word(text):
    for components in (ALL, HOSTS):
        (doc,) = annotate([(text, DocContext())], components)
        assert doc.text == text
        numbers = list(itertools.accumulate(bool(token.is_sent_start) for token in doc))
        assert all(numbers[token.i] == numbers[token.head.i] for token in doc)


def test_texts_that_two_threads_parse_at_once_keep_their_own_parses(annotate_text):
    texts = [
        "The minister who had resigned told the paper that boats would be stopped. " * 8,
        "Rain fell on the harbour, and nobody in the small town by the sea knew why it did. " * 12,
    ]

    def parse(text: str) -> list[tuple[int, str]]:
        return [(token.head.i, token.dep_) for token in annotate_text(text)]

    alone = [parse(text) for text in texts]
    with ThreadPoolExecutor(2) as pool:
        for _ in range(12):
            assert list(pool.map(parse, texts)) == alone
