"""Events on any text: nothing raises, spans hold, values are the schema's, and cost grows with the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.codebooks import load_topic
from analysis.language.events import find_events
from analysis.language.pipeline import layer
from analysis.schema import STATUSES, VOICES

COMPONENTS = ("sentences", "actors", "quotes", "dates", "events")
DAY = {"published_earliest": "2025-06-04", "published_latest": "2025-06-05"}
KINDS = [{"packs": (load_topic("uk_migration"),)}, {"any_subject": True}]

_WORDS = (
    "Ministers Starmer France will have has been not no signed agree met deny said the deal talks "
    "treaty until on by Monday in July 2026 1987 next week , . : ; ? ' ’ ‘ \" also small boats "
    "to if that which and due"
)
_TEXTS = st.one_of(
    st.lists(st.sampled_from(_WORDS.split(" ")), max_size=40).map(" ".join),
    st.text(max_size=80),
    st.lists(st.sampled_from(["small boats", "\n", "\u00a0", "🙂", "deal", "’", "met on"]), max_size=30).map(
        "".join
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TEXTS, st.sampled_from(KINDS))
def test_any_text_gives_rows_that_hold(annotate_text, text: str, kind: dict) -> None:
    for event in layer(annotate_text(text, components=COMPONENTS, **DAY, **kind), "events"):
        assert text[event.start : event.end] == event.text
        assert text[event.trigger_start : event.trigger_end] == event.trigger
        assert event.start <= event.trigger_start < event.trigger_end <= event.end
        assert event.status in STATUSES
        assert event.voice in VOICES
        assert (event.voice == "narration") == (event.quote_id is None)
        assert (event.date_earliest is None) == (event.date_latest is None) == (event.date_basis is None)
        assert event.date_earliest is None or event.date_earliest <= event.date_latest


SHAPES = {
    "clauses": "they met officials on Monday and signed a deal with Kosovo in July 2014 and ",
    "verbs": "they met and met and agreed and met and ",
    "lists": "officers arrested smugglers in May, ",
    "sayings": "he said that ministers agreed that ",
    "nouns": "small boats talks deal ",
    "quotations": '"We met Keir Starmer on Monday about small boats," said Yvette Cooper. ',
    "sentences": "Keir Starmer met Emmanuel Macron on 3 May about asylum. ",
}


@pytest.mark.parametrize("kind", KINDS, ids=["pack", "any subject"])
@pytest.mark.parametrize("shape", SHAPES)
def test_cost_grows_with_the_text(annotate_text, shape: str, kind: dict) -> None:
    steps = []
    for times in (40, 160):
        text = "Ministers, " + SHAPES[shape] * times + "small boats came"
        doc = annotate_text(text, components=COMPONENTS, **DAY, **kind)
        steps.append(count_steps(lambda doc=doc: find_events(doc)))
    assert steps[1] <= 6 * steps[0]  # four times the text; what is squared would cost sixteen times as much


def test_a_sentence_without_a_stop_is_cut_around_its_trigger(annotate_text) -> None:
    text = "Ministers met on small boats and " + "they signed a deal with Kosovo and " * 120
    events = layer(annotate_text(text, components=COMPONENTS, **DAY, **KINDS[0]), "events")
    assert len(events) > 50
    assert all(len(event.text) < 1300 and event.trigger in event.text for event in events)
