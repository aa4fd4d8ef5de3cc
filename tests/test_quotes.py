"""Quotes with kind, cue and speaker; reported speech; whose voice a stretch is in."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.language.cues import cue_verbs
from analysis.language.kinds import QUOTING
from analysis.language.pipeline import build_pipeline, layer
from analysis.language.quotes import find_quotes, voice_at

PARTS = ("sentences", "actors", "quotes")
PAPER = {"article_id": "page#0", "published_earliest": "2025-03-03", "published_latest": "2025-03-04"}


@pytest.fixture(scope="module")
def read(annotate_text):
    return lambda text, **about: annotate_text(text, components=PARTS, **(PAPER | about))


def quotes_of(doc):
    return layer(doc, "quotes")


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("Ana Ruiz said: 'We will build the homes.'", "Ana Ruiz", "said"),
        ("'We will build the homes,' Ana Ruiz said on Monday.", "Ana Ruiz", "said"),
        ("'We will build the homes,' said Ana Ruiz, the housing minister.", "Ana Ruiz", "said"),
        ("“We will build,” Ana Ruiz told reporters, “and we will pay.”", "Ana Ruiz", "told"),
        ("'We will build,' Ana Ruiz, the housing minister, later added.", "Ana Ruiz", "added"),
        ("The homes are 'a waste of public money', according to Ana Ruiz.", "Ana Ruiz", "according to"),
        ("Ana Ruiz described the homes as 'a waste of public money' yesterday.", "Ana Ruiz", "described"),
        ("'Will you build the homes?' Ana Ruiz asked.", "Ana Ruiz", "asked"),
        ("The plan was described by Ana Ruiz as 'a waste of public money'.", "Ana Ruiz", "described"),
        ("“They will never build these homes in my lifetime.” – Ana Ruiz", "Ana Ruiz", "–"),
    ],
)
def test_the_speaker_stands_before_inside_or_after(read, text, speaker, cue):
    for quote in quotes_of(read(text)):
        assert (quote.speaker, quote.cue, quote.kind in QUOTING) == (speaker, cue, True)


def test_speaker_text_is_the_words_on_the_page(read):
    text = "Sir Ben Okri spoke. Yesterday Sir Ben said: 'I shall never resign.'"
    (quote,) = quotes_of(read(text))
    assert quote.speaker_text == "Sir Ben" == text[quote.speaker_start : quote.speaker_end]
    assert quote.cue == text[quote.cue_start : quote.cue_end]
    assert (quote.speaker, quote.actor_id) == ("Ben Okri", "person:ben-okri")
    assert text[quote.start : quote.end] == quote.text == "I shall never resign."


def test_pronouns_mean_the_prominent_person_of_their_gender(read):
    text = (
        "Dr Hanna Berg, author of the report, said: 'Jails are full.' She added: 'They are violent.' "
        "One inmate who met the team said nobody listens. He said: 'We are forgotten in here.'"
    )
    found = [(q.speaker, q.attribution) for q in quotes_of(read(text))]
    assert found == [
        ("Hanna Berg", "explicit"),
        ("Hanna Berg", "pronoun"),
        ("inmate who met the team", "pronoun"),
    ] or (
        found[:2] == [("Hanna Berg", "explicit"), ("Hanna Berg", "pronoun")]
        and found[2] == ("inmate", "pronoun")
    )


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("A Number 10 spokesman", "Downing Street spokesperson"),
        ("A No10 spokeswoman", "Downing Street spokesperson"),
        ("A Home Office spokesperson", "Home Office spokesperson"),
        ("A spokesman for the Home Office", "Home Office spokesperson"),
    ],
)
def test_spokespeople_are_named_by_their_office(read, words, speaker):
    (quote,) = quotes_of(read(f"{words} said: 'The talks were very good.'"))
    assert (quote.speaker, quote.speaker_text, quote.attribution) == (speaker, words, "office")


def test_an_office_means_its_holder_on_the_day(read):
    text = "Crossings to the UK rose. The Home Secretary said: 'We will act today.'"
    (quote,) = quotes_of(read(text))
    assert (quote.speaker, quote.role, quote.party, quote.attribution) == (
        "Yvette Cooper",
        "Home Secretary",
        "Labour",
        "office",
    )
    (quote,) = quotes_of(read(text, published_earliest="2024-01-01", published_latest="2025-03-04"))
    assert quote.speaker == "Home Secretary", "two people held the office in those days"


def test_a_quotation_over_paragraphs_has_one_id_and_speaker(read):
    text = "Ana Ruiz said: 'One point is this.\n'Two points are that.'\nThen she left."
    first, second = quotes_of(read(text))
    assert first.quote_id == second.quote_id
    assert (first.closed, second.closed) == (False, True)
    assert (second.speaker, second.attribution) == ("Ana Ruiz", "continued")


def test_an_interrupted_quotation_has_one_id(read):
    first, second = quotes_of(read("“We will build,” Ana Ruiz said. “We will build a lot of homes.”"))
    assert first.quote_id == second.quote_id and second.attribution == "continued"
    first, second = quotes_of(read("Ana Ruiz called it 'a great mistake' and 'an open wound' in May."))
    assert first.quote_id != second.quote_id and second.speaker == "Ana Ruiz"


def test_kinds(read):
    def kind(text: str) -> str:
        return quotes_of(read(text))[0].kind

    assert kind("Ana Ruiz said: 'We will act at once.'") == "direct"
    assert kind("Ana Ruiz said the bill was 'a very bad idea' for all.") == "mixed"
    assert kind("Ana Ruiz called the bill 'toxic'.") == "mixed"
    assert kind("The so-called 'red days' are back.") == "scare"
    assert kind("More 'return hubs' opened in spring.") == "scare"
    assert kind("She sang in the film 'The Long Road Home' in spring.") == "title"
    assert kind("It will fail. They will say: 'Nobody could have known this.'") == "hypothetical"


def test_a_scare_quote_inside_a_quotation_has_its_own_row(read):
    found = quotes_of(read("Ana Ruiz said: “The ‘dark zone’ jails are bad for us.”"))
    assert [(q.text, q.kind) for q in found] == [
        ("The ‘dark zone’ jails are bad for us.", "direct"),
        ("dark zone", "scare"),
    ]


def test_no_speaker_is_made_up(read):
    (quote,) = quotes_of(read("The weather was 'a thing of beauty and joy' all week."))
    assert quote.speaker is None and quote.attribution == "none"


def test_passive_verbs_do_not_make_their_subject_a_speaker(read):
    assert all(q.speaker is None for q in quotes_of(read("The rise is thought to be due to 'red days'.")))


def test_reported_speech_has_a_clause_and_no_marks(read):
    text = "Ana Ruiz warned that the homes would cost more."
    doc = read(text)
    (reported,) = layer(doc, "reported")
    assert (reported.speaker, reported.cue) == ("Ana Ruiz", "warned")
    assert text[reported.start : reported.end] == reported.text
    assert "the homes would cost more" in reported.text
    assert not quotes_of(doc)


def test_voice(read):
    text = "Ana Ruiz said: 'We will act. It is time.' The 'red days' came."
    doc = read(text)
    voice, quote = voice_at(doc, text.index("It is"), text.index("time") + 4)
    assert (voice, quote.speaker) == ("quotation", "Ana Ruiz")
    assert voice_at(doc, 0, text.index("It is"))[0] == "mixed"
    assert voice_at(doc, text.index("red"), text.index("days")) == ("narration", None)
    assert voice_at(doc, text.index("'We"), text.index(" The"))[0] == "quotation", "marks are no words"


def test_a_quotation_that_stands_alone_is_of_whoever_acts_in_the_sentence_before(read):
    (quote,) = quotes_of(read("Ana Ruiz was furious. “I have waited for two years.”"))
    assert (quote.speaker, quote.cue, quote.attribution) == ("Ana Ruiz", None, "continued")
    (quote,) = quotes_of(read("The rain was heavy. “I have waited for two years.”"))
    assert (quote.speaker, quote.attribution) == (None, "none")
    text = "Ben Okri said: “No.” Ana Ruiz left the room. “I have waited for two years.”"
    assert [quote.speaker for quote in quotes_of(read(text))] == ["Ben Okri", "Ben Okri"]


def test_a_passage_without_its_opening_mark_is_not_closed(read):
    found = quotes_of(read("We were never asked about it,” said Ana Ruiz. She left. “It is late,” she said."))
    assert [(quote.text, quote.closed) for quote in found] == [
        ("We were never asked about it,", False),
        ("It is late,", True),
    ]


def test_one_long_line_and_a_headline(read):
    line = "Ana Ruiz said: 'It is late. 'We must go now.' Ben Okri replied: 'No, we must all stay.'"
    assert [q.speaker for q in quotes_of(read(line))] == ["Ana Ruiz", "Ana Ruiz", "Ben Okri"]
    (quote,) = quotes_of(read("Ruiz: ‘We will never give in'", field="headline"))
    assert quote.quote_id == "page#0:hq0"


def test_without_a_model_the_words_are_still_read():
    import spacy

    from analysis.language.sentences import mark_sentences

    doc = mark_sentences(spacy.blank("en")("Nothing here. 'We will act at once,' said Ana."))
    assert [quote.text for quote in find_quotes(doc)] == ["We will act at once,"]


def test_cue_verbs_have_all_their_forms():
    forms = cue_verbs()
    assert {forms[form] for form in ("said", "saying", "says")} == {"say"}
    assert (forms["admitted"], forms["labeling"], forms["denied"], forms["argued"]) == (
        "admit",
        "label",
        "deny",
        "argue",
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("He said we.,:?! \n\"'“”‘’–(x)0😀"), max_size=160))
def test_any_text_keeps_the_contract(text):
    nlp = build_pipeline(PARTS)
    doc = nlp(text)
    for quote in layer(doc, "quotes"):
        assert text[quote.start : quote.end] == quote.text != ""
        assert (quote.speaker_text is None) == (quote.speaker_start is None)
        if quote.speaker_text is not None:
            assert text[quote.speaker_start : quote.speaker_end] == quote.speaker_text
        if quote.kind in ("scare", "title"):
            assert quote.speaker is None and quote.attribution == "none"
        assert quote.speaker != "" and quote.cue != ""
    for reported in layer(doc, "reported"):
        assert text[reported.start : reported.end] == reported.text


@pytest.mark.timeout(60)
def test_many_marks_on_one_line_take_no_more_than_their_share(read):
    def count(times: int) -> int:
        return count_steps(lambda: read("\"a 'b “c " * times))

    assert len(quotes_of(read("\"a 'b “c " * 600))) > 100
    assert count(600) < 4.4 * count(150)
