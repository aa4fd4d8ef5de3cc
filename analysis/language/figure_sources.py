"""Who gives a figure: the speaker of its quotation, or whom its own sentence names as the source."""

from __future__ import annotations

import re
from itertools import islice

from spacy.tokens import Doc, Span, Token

from analysis.language.arguments import NOUNS, SUBJECTS, subjects_of
from analysis.language.measuring import lead_token
from analysis.language.nearby import count_around, sentence_at, starting_in, touching
from analysis.language.pipeline import layer, text_of
from analysis.language.quotes import Quote

# A longer run without a stop is a table or a list, and nobody in it says anything.
LONGEST_SENTENCE = 400
# Verbs this far above a figure still speak of it.
_HIGHEST = 25
# Characters on either side of a figure in which "according to" speaks of it.
_NEAR = 300
# Looked ahead for, so that one source does not hide the next
_ACCORDING = re.compile(r"\baccording to (?=([^,.;\n]{3,60}))", re.IGNORECASE)
_REPORTING = frozenset(
    "say show reveal suggest report estimate claim find state indicate put add announce confirm warn note "
    "record calculate believe understand tell according publish insist".split(" ")
)
_DATA = frozenset(
    "data datum figure statistic report survey poll study analysis number research estimate document".split(
        " "
    )
)


def find_source(doc: Doc, span: Span, quote: Quote | None) -> str | None:
    """Who gives a figure, as far as its own sentence says.

    The speaker of the quotation it stands in comes first; then whoever a clause around it reports
    ("ministers said that 40 ..."), the inner of two, and before them the data that shows it inside what
    they say; then the nearest "according to"; then the subject of a
    verb of reporting above it ("data released by the Port Office shows ...").

    Args:
        doc: The annotated text, with the layers ``quotes``, ``reported`` and ``mentions``.
        span: The number.
        quote: The quotation that it stands in, if any.

    Returns:
        A name, or the words of the text where it names nobody known; None where the sentence gives none.
    """
    if quote is not None:
        return quote.speaker or quote.speaker_text
    for reported in touching(layer(doc, "reported"), span.start_char, span.start_char + 1):
        if reported.speaker or reported.speaker_text:
            inner = _reported_within(doc, span, reported.start)
            return inner or reported.speaker or reported.speaker_text
    if count_around(span) > LONGEST_SENTENCE:
        return None
    according = _according_to(doc, span)
    if according is not None:
        return according
    for parent in lead_token(span).ancestors:
        speaker = _reporter(parent, span)
        if speaker is not None:
            return _name(doc, speaker)
    return None


def _reported_within(doc: Doc, span: Span, start: int) -> str | None:
    """The data that gives a figure inside what somebody says: "ministers say surveys show that 40 ..."."""
    for verb in islice(lead_token(span).ancestors, _HIGHEST):
        if verb.idx < start:
            return None
        source = _reporter(verb, span) or _data_before(verb, span)
        if source is not None and source.lemma_.lower() in _DATA:
            return _name(doc, source)
    return None


def _data_before(verb: Token, span: Span) -> Token | None:
    """The data right before a verb of reporting that the parser hung elsewhere, as in run-on text."""
    if not verb.i or verb.i > span.start or verb.lemma_.lower() not in _REPORTING or subjects_of(verb):
        return None
    before = verb.nbor(-1)
    return before if before.pos_ in NOUNS else None


def _according_to(doc: Doc, span: Span) -> str | None:
    """The source named by the nearest "according to" of the sentence."""
    start, end = sentence_at(doc, span.start_char)
    start, end = max(start, span.start_char - _NEAR), min(end, span.end_char + _NEAR)
    found = list(_ACCORDING.finditer(text_of(doc), start, end))
    if not found:
        return None
    nearest = min(found, key=lambda m: max(m.start() - span.end_char, span.start_char - m.end()))
    return _clean(nearest.group(1))


def _reporter(verb: Token, span: Span) -> Token | None:
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _REPORTING:
        return None
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    if subject is None or any(t.i in range(span.start, span.end) for t in subject.subtree):
        return None
    said = [t for t in verb.children if t.dep_ in ("ccomp", "dobj", "parataxis", "prt") and t != subject]
    holds = any(span.start in {t.i for t in inner.subtree} for inner in said) or verb.i > span.end
    return (
        subject
        if holds and subject.pos_ in (*NOUNS, "PRON") and subject.lower_ not in ("it", "that", "which")
        else None
    )


def _name(doc: Doc, speaker: Token) -> str | None:
    """The reporter's name: a known actor in the phrase, else the phrase; none for a bare pronoun."""
    phrase = doc[speaker.left_edge.i : speaker.right_edge.i + 1]
    near = phrase if speaker.lemma_.lower() in _DATA else doc[speaker.left_edge.i : speaker.i + 1]
    mentions = starting_in(layer(doc, "mentions"), near.start_char, near.end_char)
    if mentions:
        return mentions[0].name
    return None if speaker.pos_ == "PRON" else _clean(phrase.text)


def _clean(text: str) -> str | None:
    text = re.sub(r"\s+", " ", re.split(r"[,;(\n–]| and (?=\d)", text)[0]).strip(" \"'‘’“”.")
    return text[:80] or None
