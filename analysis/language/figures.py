"""Figures: numbers with what they count, how they compare, as of when, and who said so.

:mod:`analysis.language.numbers` reads the number from the text; the parse gives the noun it counts and the
phrase it measures; the topic pack names the measure; the layers ``dates``, ``quotes`` and ``reported`` give
its time and its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analysis.language.arguments import NOUNS
from analysis.language.as_of import AsOf, find_as_of
from analysis.language.changes import Change, find_change
from analysis.language.codebook_measures import (
    choose_measure,
    find_measure_before,
    find_measures,
    may_share,
    takes_up,
)
from analysis.language.dates import DateMention
from analysis.language.figure_sources import find_source
from analysis.language.governed import find_enclosed
from analysis.language.measured import find_counted, find_measure, find_unit
from analysis.language.measuring import fits, is_carrier, is_measuring
from analysis.language.nearby import sentence_at, touching
from analysis.language.number_words import Number
from analysis.language.numbered import is_name, names_thing
from analysis.language.numbers import find_numbers
from analysis.language.pipeline import layer, set_layer, text_of
from analysis.language.quotes import voice_at
from analysis.matching import Match

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
    r"|(?P<words>(?:\s[a-z]+){0,2}?),?\s(?:up from|down from|from|to|at|to a close of"
    r"|(?:to|and) (?:end|close|finish|trade|ended|closed) at)\s"
)
# A word for any number, which tells less than the topic pack's measure does
_BARE = re.compile(
    r"(?:latest |overall |provisional |official |new )?(?:figure|number|total|tally|count)s?", re.I
)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)*")
# So many figures before a difference can be what it is told of.
_TAKEN = 8
# A swap of people, no count of them
_SWAP = re.compile(r"\bone[\s-]in,?[\s-](?:and[\s-])?one[\s-]out\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|(?<=[\s:%]))(?P<name>[A-Z][\w&.'’-]*(?:\s[A-Z][\w&.'’-]*){0,3}(?:\s\d+)?)\s$")


@dataclass(frozen=True)
class Figure:
    """A number with what it counts; ``doc.text[start:end]`` is ``text``.

    ``measure`` is in the text's own words; ``codebook_measure`` is the topic pack's name for it. Two figures
    are claims about the same thing only where ``codebook_measure`` and ``period`` agree and neither is None.
    """

    start: int
    end: int
    text: str
    value: float
    high: float | None
    unit: str | None
    change: str
    direction: str | None
    measure: str | None
    codebook_measure: str | None
    period: str | None
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
    swaps = {at for match in _SWAP.finditer(text_of(doc)) for at in range(*match.span())}
    days = [d for d in layer(doc, "dates") if d.type in ("DATE", "TIME")]
    measures = find_measures(doc)
    found: list[Figure] = []
    for number in numbers:
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None or (found and number.start < found[-1].end):
            continue
        if number.start in swaps or is_name(doc, span, number) or _is_calendar(doc, number, days):
            continue
        if names_thing(number, find_counted(span, number)):
            continue
        found.append(_describe(doc, span, number, measures, found))
    return found


def _ranks(text: str) -> list[Number]:
    ranks = []
    for match in _RANK.finditer(text):
        word = match.group(1).lower()
        value = _ORDINALS.get(word) or float(re.sub(r"\D", "", word))
        ranks.append(Number(match.start(), match.end(), value, kind="rank", unit="rank"))
    return ranks


def _is_calendar(doc: Doc, number: Number, days: Sequence[DateMention]) -> bool:
    """Whether a date expression owns the number; "three weeks ago" still counts weeks."""
    if number.kind != "plain":
        return False
    for day in touching(days, number.start, number.end):
        if number.high is not None and day.end < number.end:
            continue  # "2000" in "2000 - 2500 calories"
        after = text_of(doc)[number.end : day.end]
        return not re.match(
            r"[\s-](?:more |full |\w+ing )?(?:year|month|week|day|hour|minute|decade)s?\b", after
        )
    return False


def _describe(
    doc: Doc, span: Span, number: Number, measures: Sequence[Match], found: Sequence[Figure]
) -> Figure:
    start, _ = sentence_at(doc, number.start)
    previous = found[-1] if found else None
    before = _measure_before(doc, start, measures, previous)
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
    told = (previous.end, Change(previous.change, previous.direction)) if previous else None
    change, direction = find_change(doc, number, told)
    phrase = _listed(doc, number) or _shared(doc, span, number, counted, previous)
    phrase = phrase or find_measure(span, number, counted)
    if unit is None and counted is None and previous is not None and previous.unit == "percent":
        unit = _level_unit(doc, start, number)
    voice, quote = voice_at(doc, number.start, number.end)
    when = find_as_of(doc, span, number, unit, direction is not None)
    label = choose_measure(
        doc,
        span,
        number,
        unit=unit,
        difference=direction is not None,
        phrase=phrase,
        matches=measures,
        before=before,
    )
    same = previous is not None and phrase is not None and phrase == previous.measure
    if label is None and same and previous.codebook_measure is not None:
        named = may_share(doc, number, unit, previous.codebook_measure)
        label = previous.codebook_measure if named else None
    taken = _taken_up(doc, start, phrase, label, found) if direction else None
    if taken is not None:
        unit = taken.unit if unit is None and counted is None else unit
        if when.compared and taken.as_of_earliest is not None:
            when = AsOf(taken.as_of_earliest, taken.as_of_latest, taken.period)
    value = -number.value if number.sign in ("-", "−") else number.value
    return Figure(
        number.start,
        number.end,
        text_of(doc)[number.start : number.end],
        value,
        number.high,
        unit,
        change,
        direction,
        None if phrase is None or _is_bare(phrase, unit, label) else phrase,
        label,
        when.period,
        when.earliest,
        when.latest,
        find_source(doc, span, quote),
        voice,
        quote.quote_id if quote else None,
    )


def _is_bare(phrase: str, unit: str | None, label: str | None) -> bool:
    """Whether a phrase tells nothing: "figure" beside the measure that it stands for, or whose age it is."""
    word = label is not None and _BARE.fullmatch(phrase)
    return bool(word or (unit == "year of age" and _NAME.fullmatch(phrase)))


def _taken_up(
    doc: Doc, start: int, phrase: str | None, label: str | None, found: Sequence[Figure]
) -> Figure | None:
    """The figure of the sentence before that a difference is told of: "This is 1,200 more than in May"."""
    if label is None or not takes_up(doc, start, phrase):
        return None
    since = sentence_at(doc, max(0, start - 1))[0]
    near = (f for f in found[: -_TAKEN - 1 : -1] if since <= f.start < start)
    return next((f for f in near if f.codebook_measure == label and f.direction is None), None)


def _measure_before(doc: Doc, start: int, measures: Sequence[Match], previous: Figure | None) -> str | None:
    """The measure spoken of before a figure: the last figure's in this sentence or the one before it."""
    since = sentence_at(doc, max(0, start - 1))[0]
    if previous is not None and previous.start >= since and previous.codebook_measure is not None:
        return previous.codebook_measure
    return find_measure_before(doc, start, measures)


def _shared(
    doc: Doc, span: Span, number: Number, counted: Token | None, previous: Figure | None
) -> str | None:
    """What the figure before measures, where this one tells it again: "8 miles (13 km)", "to 4 per cent"."""
    if previous is None or previous.measure is None or (counted is not None and not is_measuring(counted)):
        return None
    # "12 pipes (5mm inner width)", "£4m, at 5 per cent interest" tell of something else
    if find_enclosed(span) is not None or _has_noun(doc, span, number):
        return None
    between, after = text_of(doc)[previous.end : number.start], text_of(doc)[number.end : number.end + 4]
    again = _AGAIN.fullmatch(between) if len(between) < 40 and after != " of " else None
    other = again and again["words"] and _has_other_noun(doc, previous, previous.end + again.end("words"))
    return previous.measure if again and not other else None


def _has_other_noun(doc: Doc, previous: Figure, end: int) -> bool:
    """Whether a noun that the figure before does not count follows it: "£4m for barns at £3m"."""
    words = doc.char_span(previous.end, end, alignment_mode="expand")
    own = f"{previous.unit} {previous.measure}".lower()
    nouns = (t for t in words or () if t.pos_ in NOUNS and t.idx >= previous.end)
    return any(not is_measuring(t) and not is_carrier(t) and t.lemma_.lower() not in own for t in nouns)


def _has_noun(doc: Doc, span: Span, number: Number) -> bool:
    """Whether a percentage stands right before a noun of its own: "14.5 per cent interest"."""
    after = doc[span.end] if span.end < len(doc) else None
    if number.kind != "percent" or after is None or after.idx != number.end + 1:
        return False
    return after.tag_ == "NN" and fits(after, span) and not is_carrier(after)


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


@Language.component("framelines_figures")
def mark_figures(doc: Doc) -> Doc:
    """Leave the layer ``figures``."""
    set_layer(doc, "figures", find_figures(doc))
    return doc
