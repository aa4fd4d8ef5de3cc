"""Who is said to have spoken a passage, what kind of passage it is, and which passages are one quotation."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.language.choice import passages_of
from analysis.language.kinds import QUOTING
from analysis.language.pipeline import build_pipeline, layer

PARTS = ("sentences", "actors", "quotes")


@pytest.fixture(scope="module")
def quotes(annotate_text):
    def read(text: str, **about: str):
        return layer(annotate_text(text, components=PARTS, article_id="page#0", **about), "quotes")

    return read


@pytest.mark.parametrize(
    ("text", "speaker_text", "cue"),
    [
        ("A statement read: 'The talks were good and frank.'", "A statement", "read"),
        (
            "A spokesperson for the Harbour Board said in an email: 'We will not close the pier.'",
            "A spokesperson for the Harbour Board",
            "said",
        ),
        ("'We will build,' Ana Ruiz, who took office in May, quietly told the BBC.", "Ana Ruiz", "told"),
        ("The man who led the march said: 'We will not go away.'", "The man who led the march", "said"),
        ("'We will not go away,' the man who led the march said.", "the man who led the march", "said"),
        ("“We will build the homes,” insisted the 46-year-old.", "the 46-year-old", "insisted"),
        ("In the words of Ana Ruiz, 'nobody should be left in the cold'.", "Ana Ruiz", "words of"),
        ("Ana Ruiz: 'We will build the homes by May.'", "Ana Ruiz", ":"),
        ("“They will never build in my lifetime.”\n– Ana Ruiz, Leeds", "Ana Ruiz", "–"),
        ("Ana Ruiz released a statement on Monday.\n“We will build them all.”", "Ana Ruiz", "released"),
        ("Ana Ruiz issued this statement to staff:\n“We will build them all.”", "Ana Ruiz", None),
        ("Ana Ruiz said her rivals would accept 'a rotten deal' in May.", "Ana Ruiz", "said"),
        ("The judges said the ban was 'plainly unlawful' in May.", "The judges", "said"),
        ("On Tuesday No 10 said: 'The plan stands and we will not move.'", "No 10", "said"),
        ("No. 10 called it 'a grave mistake by all of them'.", "No. 10", "called"),
        ("The plan was 'nonsense', according to Ana Ruiz.", "Ana Ruiz", "according to"),
        ("The bridge is, in the words of Ana Ruiz, 'a joke'.", "Ana Ruiz", "words of"),
        ("The bid was, in Ana Ruiz’s words, 'a long shot'.", "Ana Ruiz", "words"),
        ("The report found 'serious failings' at the pier.", "The report", "found"),
        (
            "A Harbour Board notice put up on Friday read: 'The pier is shut.'",
            "A Harbour Board notice",
            "read",
        ),
        ("A placard read: 'DON’T COME BACK'", "A placard", "read"),
        ("Judge: 'You will go to prison for six years.'", "Judge", ":"),
    ],
)
def test_the_words_beside_a_passage_name_its_speaker(quotes, text, speaker_text, cue):
    (quote,) = quotes(text)
    assert (quote.speaker_text, quote.kind in QUOTING) == (speaker_text, True)
    assert text[quote.speaker_start : quote.speaker_end] == speaker_text
    assert cue is None or quote.cue == cue


def test_a_passage_in_mid_sentence_goes_with_the_words_before_it(quotes):
    found = quotes(
        "Ana Ruiz says voters are 'right to be angry,' and want what Ben Okri calls 'real answers'."
    )
    assert [(quote.speaker, quote.cue) for quote in found] == [("Ana Ruiz", "says"), ("Ben Okri", "calls")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ana Ruiz: 'we will act'", "direct"),
        ("'We will act', says Ana Ruiz", "direct"),
        ("Ana Ruiz said they would 'act at once' on homes.", "mixed"),
        ("The ship, named 'Northern Star', left on Monday.", "title"),
        ("The robot, known as 'Rusty', won the cup.", "title"),
        ("She appeared on “The Morning Hour,” and Ana Ruiz said it went well.", "title"),
        ("Ana Ruiz, host of “Leeds at Noon,” said it went well.", "title"),
        ("The term 'red day' is new.", "scare"),
        ('<a href="page">Ana Ruiz said no.</a>', "scare"),
        ("Critics might ask: 'Where is the money?'", "hypothetical"),
    ],
)
def test_the_kind_of_a_passage(quotes, text, kind):
    (quote,) = quotes(text)
    assert quote.kind == kind
    assert (quote.speaker is None) or quote.kind in QUOTING


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        (
            "Ana Ruiz said: “We will build.\n“We will pay for it.\n“We will do it in May.”",
            [False, False, True],
        ),
        ("Ana Ruiz said: ‘We will build. ‘We will pay for it. ‘We will do it.’", [False, False, True]),
        ("“We will,” Ana Ruiz said, pausing to smile, “build them all.”", [True, True]),
        ("“We will build,” Ana Ruiz said. “We will build a lot of homes.”", [True, True]),
        ("Ana Ruiz said: “We will build the homes, and we\nAdvertisement\nwill pay for it.”", [False, True]),
        ("Ana Ruiz said: “We will build the homes and never stop.\nThen she left.", [False]),
    ],
)
def test_the_passages_of_one_quotation_have_one_id_and_speaker(quotes, text, closed):
    found = quotes(text)
    assert [quote.closed for quote in found] == closed
    assert {(quote.quote_id, quote.speaker) for quote in found} == {("page#0:q0", "Ana Ruiz")}


def test_two_quotations_of_one_speaker_have_two_ids(quotes):
    first, second = quotes("Ana Ruiz said 'it is over' in May. Later Ana Ruiz said: 'It goes on.'")
    assert first.quote_id != second.quote_id and first.speaker == second.speaker == "Ana Ruiz"


def test_a_headline_has_ids_of_its_own(quotes):
    (in_headline,) = quotes("Ruiz: 'We will act'", field="headline")
    (in_text,) = quotes("Ana Ruiz said: 'We will act.'")
    assert in_headline.kind == in_text.kind == "direct"
    assert in_headline.quote_id != in_text.quote_id


WORDS = st.sampled_from(
    """Ana Ruiz Sir Ben Okri the minister he she they homes Leeds said says told warned added MPs that and who
    according to in a statement it is would not called Advertisement 24 £5m 'em Ruiz's Mr. No. 10 é""".split()
)
MARKS = st.sampled_from("' \" “ ” ‘ ’ . , : ; – ( ) ? ! … \n \n\n".split(" "))
TEXTS = st.lists(st.one_of(WORDS, MARKS, st.sampled_from([" ", "\n", ", "])), max_size=60)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.sampled_from(["", " "]))
def test_any_text_gives_every_outermost_passage_one_row(pieces, gap):
    text = gap.join(pieces)
    doc = build_pipeline(PARTS)(text)
    found = layer(doc, "quotes")
    assert all(text[quote.start : quote.end] == quote.text != "" for quote in found)
    spans = [(quote.start, quote.end) for quote in found]
    outer = [(passage.start, passage.end) for passage in passages_of(doc) if passage.depth == 0]
    assert all(spans.count(span) == 1 for span in outer)
    quoting = sorted((quote.start, quote.end) for quote in found if quote.kind in QUOTING)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(quoting))
    for row in layer(doc, "reported"):
        assert text[row.start : row.end] == row.text
        assert all(row.end <= start or end <= row.start for start, end in outer), "no quotation is a report"


def test_a_text_without_quotations_is_read_without_a_parse(annotate_text):
    # the tokenizer moves tokens where it cuts "Ruiz's": their edges must not be trusted
    text = "‘–“\n\nwarnedwarned“toRuiz!!\n\n(added\n\n’homes Mr. Sir\n\n  ’Ruiz's,warned\n,said is,), \n\n"
    doc = annotate_text(text, components=PARTS)
    assert all(text[row.start : row.end] == row.text for row in layer(doc, "reported"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'Yes,' Ana Ruiz said.", "direct"),
        ("Ana Ruiz went to the pier. 'Why?' she asked.", "direct"),
        ("Ana Ruiz called it 'nonsense'.", "mixed"),
        ("“We must act now before it is too late” — Ana Ruiz", "direct"),
        ("A message on the wall read: “DON’T COME BACK”.", "direct"),
        ("The paper's headline was “Harbour rules the waves”.", "title"),
        ("Ana Ruiz was on the BBC's “Question Time” with her rival.", "title"),
        ("The court heard the attack was “savage” and planned.", "mixed"),
        ("Ana Ruiz was told her case was “hopeless”.", "mixed"),
        ("If anyone asks “Where is the money to come from?”, we have no answer.", "hypothetical"),
        ("Nobody is saying “Close the pier tomorrow”.", "hypothetical"),
        ("Voters could be forgiven for thinking “They are all the same”.", "hypothetical"),
        ("If he had said “We will pay for it all”, they would not have believed him.", "hypothetical"),
    ],
)
def test_the_words_around_a_passage_tell_its_kind(quotes, text, kind):
    assert [quote.kind for quote in quotes(text)] == [kind]
