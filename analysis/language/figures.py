"""Figures: numbers with what they count, how they compare, as of when, and who said so.

:mod:`analysis.language.numbers` reads the number from the text; the parse gives the noun it counts and the
phrase it measures; the layers ``dates``, ``quotes`` and ``reported`` give its time and its source.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analysis.language.changes import find_change
from analysis.language.measured import (
    NOUNS,
    SUBJECTS,
    find_counted,
    find_measure,
    find_unit,
    is_measuring,
    lead_token,
)
from analysis.language.number_words import Number
from analysis.language.numbered import is_name, names_thing
from analysis.language.numbers import find_numbers
from analysis.language.pipeline import layer, set_layer, text_of
from analysis.language.quotes import voice_at

_RANK = re.compile(
    r"\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:nd|rd|th))[- ]"
    r"(?:largest|biggest|highest|lowest|smallest|oldest|youngest|most|best|worst|busiest|richest|poorest|longest)\b",
    re.IGNORECASE,
)
_ORDINALS = {
    w: float(n) for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)
}
# "rose 64 points to 4,577", "3.9 million headsets, up from 2.4 million": the second counts the same
_COMPARED = re.compile(
    r"(?:\s[a-z]+){0,2},?\s(?:to|from|up from|down from|more than the|fewer than the|than)\s"
    r"|[^.;\n\d]{1,90}\bcompared (?:with|to)\s(?:just |only |about |some )?"
)
# A conversion, or where a movement began or ended
_AGAIN = re.compile(
    r"(?:\s[\w /-]{1,25})?\s?\((?:about |around |~)?|,?\sor\s(?:about |around )?"
    r"|(?:\s[a-z]+){0,2}?,?\s(?:up from|down from|from|to|at|to a close of"
    r"|(?:to|and) (?:end|close|finish|trade|ended|closed) at)\s"
)
_LISTED = re.compile(r"(?:^|(?<=[\s:%]))(?P<name>[A-Z][\w&.'’-]*(?:\s[A-Z][\w&.'’-]*){0,3}(?:\s\d+)?)\s$")
# "In the year to March" is a length that the calendar ties down.
_PERIODS = ("DATE", "DURATION")
# A longer run without a stop is a table or a list, and nobody in it says anything.
LONGEST_SENTENCE = 400
_REPORTING = frozenset(
    "say show reveal suggest report estimate claim find state indicate put add announce confirm warn note "
    "record calculate believe understand tell according publish insist".split(" ")
)
_DATA = frozenset(
    "data figure statistic report survey poll study analysis number research estimate document".split(" ")
)


@dataclass(frozen=True)
class Figure:
    """A number with what it counts; ``doc.text[start:end]`` is ``text``."""

    start: int
    end: int
    text: str
    value: float
    high: float | None
    unit: str | None
    change: str
    measure: str | None
    as_of_earliest: str | None
    as_of_latest: str | None
    attributed_to: str | None
    voice: str
    quote_id: str | None


def find_figures(doc: Doc) -> list[Figure]:
    """Find the figures of a text.

    Calendar dates, names with a number in them ("No 10", "M25"), scores and ordinals are no figures; a
    duration or an age is one.

    Returns:
        Figures in reading order; they do not overlap.
    """
    numbers = sorted([*find_numbers(text_of(doc)), *_ranks(text_of(doc))], key=lambda number: number.start)
    days = [d for d in layer(doc, "dates") if d.type in ("DATE", "TIME")]
    found: list[Figure] = []
    for number in numbers:
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None or (found and number.start < found[-1].end):
            continue
        if is_name(doc, span, number) or _is_calendar(doc, number, days):
            continue
        if names_thing(number, find_counted(span, number)):
            continue
        found.append(_describe(doc, span, number, found[-1] if found else None))
    return found


def _ranks(text: str) -> list[Number]:
    ranks = []
    for match in _RANK.finditer(text):
        word = match.group(1).lower()
        value = _ORDINALS.get(word) or float(re.sub(r"\D", "", word))
        ranks.append(Number(match.start(), match.end(), value, kind="rank", unit="rank"))
    return ranks


def _is_calendar(doc: Doc, number: Number, days: list) -> bool:
    """Whether a date expression owns the number; "three weeks ago" still counts weeks."""
    if number.kind != "plain":
        return False
    for day in days:
        if number.high is not None and day.end < number.end:
            continue  # "2000" in "2000 - 2500 calories"
        if day.start < number.end and number.start < day.end:
            after = text_of(doc)[number.end : day.end]
            return not re.match(
                r"[\s-](?:more |full |\w+ing )?(?:year|month|week|day|hour|minute|decade)s?\b", after
            )
    return False


def _describe(doc: Doc, span: Span, number: Number, previous: Figure | None) -> Figure:
    start, _ = _sentence_at(doc, number.start)
    previous = previous if previous is not None and previous.start >= start else None
    counted = find_counted(span, number)
    unit = find_unit(doc, span, number, counted)
    if (
        unit is None
        and previous is not None
        and _COMPARED.fullmatch(text_of(doc)[previous.end : number.start])
    ):
        unit = (
            previous.unit if previous.unit not in ("percent", "percentage point", "share", "ratio") else None
        )
    change = find_change(doc, number, (previous.end, previous.change) if previous else None)
    phrase = _listed(doc, number) or _shared(doc, number, counted, previous)
    phrase = phrase or find_measure(span, number, counted)
    if unit is None and counted is None and previous is not None and previous.unit == "percent":
        unit = _level_unit(doc, start, number)
    voice, quote = voice_at(doc, number.start, number.end)
    when = _as_of(doc, span)
    value = -number.value if number.sign in ("-", "−") else number.value
    return Figure(
        number.start,
        number.end,
        text_of(doc)[number.start : number.end],
        value,
        number.high,
        unit,
        change,
        phrase,
        when[0],
        when[1],
        _source(doc, span, quote),
        voice,
        quote.quote_id if quote else None,
    )


def _shared(doc: Doc, number: Number, counted: Token | None, previous: Figure | None) -> str | None:
    """What the figure before measures, where this one tells it again: "8 miles (13 km)", "to 4 per cent"."""
    if previous is None or previous.measure is None or (counted is not None and not is_measuring(counted)):
        return None
    between, after = text_of(doc)[previous.end : number.start], text_of(doc)[number.end : number.end + 4]
    return previous.measure if len(between) < 40 and after != " of " and _AGAIN.fullmatch(between) else None


def _listed(doc: Doc, number: Number) -> str | None:
    """The name before a signed change in a list: "Dow +0.2% Nasdaq +0.8%"."""
    if number.kind != "percent" or number.sign not in ("+", "-", "−"):
        return None
    before = _LISTED.search(text_of(doc)[max(0, number.start - 40) : number.start])
    return before["name"] if before else None


def _level_unit(doc: Doc, start: int, number: Number) -> str | None:
    """The unit of an index's level, where the sentence names points: "at 1,463 points, that at 1,334"."""
    named = re.search(r"\d points\b", text_of(doc)[start : number.start])
    level = re.search(r"\b(?:to|at)\s$", text_of(doc)[max(0, number.start - 4) : number.start])
    return "point" if named and level else None


def _sentence_at(doc: Doc, start: int) -> tuple[int, int]:
    """Where the sentence around a character begins and ends."""
    sentences = layer(doc, "sentences")
    at = bisect.bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1
    return (sentences[at].start, sentences[at].end) if at >= 0 else (0, len(text_of(doc)))


def _as_of(doc: Doc, span: Span) -> tuple[str | None, str | None]:
    """The day or period that the figure speaks of: the nearest date of its sentence, its own clause first."""
    start, end = _sentence_at(doc, span.start_char)
    dated = [d for d in layer(doc, "dates") if start <= d.start < end and d.earliest and d.type in _PERIODS]
    dated = [d for d in dated if not (d.start < span.end_char and span.start_char < d.end)]
    if not dated:
        return None, None
    lead = lead_token(span)
    ranked: list[tuple[bool, int, str, str]] = []
    for mention in dated:
        root = doc.char_span(mention.start, mention.end, alignment_mode="expand").root
        # In run-on text another clause's date says nothing of this figure.
        if _clause(root).is_ancestor(lead) or _clause(lead).is_ancestor(root):
            gap = min(abs(mention.start - span.end_char), abs(span.start_char - mention.end))
            ranked.append((_clause(root) != _clause(lead), gap, mention.earliest, mention.latest))
    return min(ranked)[2:] if ranked else (None, None)


def _clause(token: Token) -> Token:
    """The verb whose clause the token stands in."""
    for parent in (token, *token.ancestors):
        if parent.pos_ in ("VERB", "AUX") and parent.dep_ not in ("aux", "auxpass", "amod"):
            return parent
    return token.sent.root


def _source(doc: Doc, span: Span, quote: object | None) -> str | None:
    """Who gives the figure: the quotation's speaker, or the subject that reports it in the same sentence."""
    if quote is not None:
        return quote.speaker or quote.speaker_text
    for reported in layer(doc, "reported"):
        if reported.start <= span.start_char < reported.end and (reported.speaker or reported.speaker_text):
            return reported.speaker or reported.speaker_text
    if len(span.sent) > LONGEST_SENTENCE:
        return None
    according = re.search(r"\baccording to ([^,.;\n]{3,60})", span.sent.text)
    if according:
        return _clean(according.group(1))
    for parent in lead_token(span).ancestors:
        speaker = _reporter(parent, span)
        if speaker is not None:
            return _name(doc, speaker)
    return None


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
    for mention in layer(doc, "mentions"):
        if near.start_char <= mention.start < near.end_char:
            return mention.name
    return None if speaker.pos_ == "PRON" else _clean(phrase.text)


def _clean(text: str) -> str | None:
    text = re.sub(r"\s+", " ", re.split(r"[,;(\n–]", text)[0]).strip(" \"'‘’“”.")
    return text[:80] or None


@Language.component("framelines_figures")
def mark_figures(doc: Doc) -> Doc:
    """Leave the layer ``figures``."""
    set_layer(doc, "figures", find_figures(doc))
    return doc
