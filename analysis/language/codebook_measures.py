"""Which measure of the topic pack a figure gives: "small boat arrivals", whatever the words of the article.

A topic pack names what the statistics of its field count, each with the units it is counted in. Two figures
of one measure can be set side by side; whether they also count over the same period stands in ``period``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from analysis.codebooks import Entry
from analysis.language.measuring import TIME_UNITS, lead_token
from analysis.language.nearby import clause_of, clauses_up, is_under, root_between, sentence_at, starting_in
from analysis.language.number_words import Number
from analysis.language.periods import takes_total, text_before
from analysis.language.pipeline import context, text_of
from analysis.matching import Match, build_matcher

# Characters on either side of a number in which the words of a measure may stand.
_NEAR = 250
# Any person counted; a child or a man is one of them only, so their number is no total.
_PERSONS = frozenset(
    "people person human migrant immigrant newcomer individual arrival crosser refugee seeker claimant "
    "applicant deportee returnee patient senior retiree beneficiary enrollee enrolee recipient consumer "
    "customer taxpayer resident citizen american tenant renter homeowner".split()
)
# "The total passed 20,000", "this is 9 per cent more": what the sentence before speaks of
_TAKEN_UP = re.compile(
    r"(?:(?:the|this|that|its|their|latest|overall|provisional|official|new) )*"
    r"(?:number|total|figure|tally|count|toll|sum|bill|cost|this|that|it)s?"
    r"(?: for (?:the year|20\d\d))?(?: so far)?(?: this year)?",
    re.IGNORECASE,
)
# A difference of one of these is one of a measure counted in money
_MONEY = re.compile(r"\b(?:money|funding|spending|budget|cash)\b", re.IGNORECASE)
# How a clause hangs on one that says nothing of its numbers; a difference is said of its own clause alone.
_PARTED = frozenset(("conj", "parataxis"))
_POINTING = re.compile(r"(?:That|This|It) (?:is|was|represents|represented|marks|marked|means|compares)\b")
# Words between a comma and a difference that is told of the figure before it
_ADDING = frozenset(
    "a an and which is was this some about around nearly almost over more than just up down rise increase "
    "fall drop decrease jump of by or".split()
)


def find_measures(doc: Doc) -> list[Match]:
    """Where the words of a measure stand in a text, in reading order; none without a topic pack."""
    packs = context(doc).packs
    found = [match for pack in packs for match in build_matcher(doc.vocab, pack.measures).find(doc)]
    return sorted(found, key=lambda match: (match.start, match.end))


def choose_measure(
    doc: Doc,
    span: Span,
    number: Number,
    *,
    unit: str | None,
    difference: bool,
    phrase: str | None,
    matches: Sequence[Match],
    before: str | None,
) -> str | None:
    """The label of the measure that a number gives.

    Of the measures named in the sentence that are counted in the number's unit, the one in the noun phrase
    that the number measures comes first, then one of the same clause, then the nearest. A difference ("3 per
    cent more", "doubled") is a difference of any measure. A share, a rank, an age and a length of time give
    none, nor does a part of what is counted ("200 Albanian migrants").

    Args:
        doc: The annotated text.
        span: The number's tokens.
        number: The number.
        unit: Its unit.
        difference: Whether it is how much something moved by.
        phrase: The noun phrase that it counts or measures.
        matches: What :func:`find_measures` gives.
        before: The measure of the figure before, in this sentence or the one before it, or the one measure
            that the sentence before names: "the total" takes it up.

    Returns:
        The label; None where the sentence names no measure that fits.
    """
    if not matches:
        return None
    lead = lead_token(span)
    if _is_part(span, lead):
        return None
    difference = difference or number.kind == "ratio"
    # "boats (people)": the noun, and whose they are
    phrase = phrase.split(" (")[0] if phrase is not None else None
    if unit is None and phrase is not None and phrase.lower().split(" ")[0] in _PERSONS:
        unit = "people"
    if before is not None and (
        _goes_on(doc, span) if difference else unit is None and takes_total(doc, span)
    ):
        return before
    start, end = sentence_at(doc, number.start)
    near = starting_in(matches, max(start, number.start - _NEAR), min(end, number.end + _NEAR))
    own, ranked = clause_of(lead), []
    for order, match in enumerate(near):
        # "Arrests have doubled": the verb's phrase need not be what doubled
        inside = number.kind != "ratio" and _is_inside(match.text, phrase)
        if difference and phrase is not None and _MONEY.search(phrase) and "money" not in match.entry.units:
            continue
        if not (difference and _may_differ(number, unit)) and not _counts(match.entry, number, unit, inside):
            continue
        apart = _is_apart(doc, own, match, _PARTED | {"advcl"} if difference else _PARTED)
        if inside or not apart:
            gap = max(match.start - number.end, number.start - match.end, 0)
            ranked.append((not inside, gap, match.start - match.end, order, match.entry.label))
    if ranked:
        return min(ranked)[-1]
    return before if takes_up(doc, start, phrase) and (difference or unit is None) else None


def may_share(doc: Doc, number: Number, unit: str | None, label: str) -> bool:
    """Whether a measure of the topic pack is counted in a number's unit.

    Args:
        doc: The annotated text.
        number: The number.
        unit: Its unit.
        label: The measure, which the number's own words name too.
    """
    entries = (entry for pack in context(doc).packs for entry in pack.measures)
    return any(entry.label == label and _counts(entry, number, unit, inside=True) for entry in entries)


def _is_apart(doc: Doc, own: Token, match: Match, parted: frozenset[str]) -> bool:
    """Whether a measure is named in a clause that says nothing of the number's: "... and 50 were rescued"."""
    root = root_between(doc, match.start, match.end)
    other = clause_of(root)
    if own == other or is_under(root, own):
        return False
    above = clauses_up(own, other)
    return above is None or any(token.dep_ in parted for token in above)


def find_measure_before(doc: Doc, start: int, matches: Sequence[Match]) -> str | None:
    """The one measure that the sentence before a sentence names; None where it names none or several.

    Args:
        doc: The annotated text.
        start: Where the sentence begins.
        matches: What :func:`find_measures` gives.
    """
    first = max(sentence_at(doc, max(0, start - 1))[0], start - _NEAR)
    near = starting_in(matches, first, start)
    labels = {match.entry.label for match in near if not any(_holds(other, match) for other in near)}
    return labels.pop() if len(labels) == 1 else None


def _holds(match: Match, other: Match) -> bool:
    """Whether a match is wider than another and holds it: "small boat arrivals" holds "boat"."""
    inside = match.start <= other.start and other.end <= match.end
    return inside and match.end - match.start > other.end - other.start


def takes_up(doc: Doc, start: int, phrase: str | None) -> bool:
    """Whether a figure is of what the sentence before spoke of: "the total passed", "that is".

    Args:
        doc: The annotated text.
        start: Where the figure's sentence begins.
        phrase: The noun phrase that it counts or measures.
    """
    pointing = _POINTING.match(text_of(doc), start)
    return bool(pointing or (phrase is not None and _TAKEN_UP.fullmatch(phrase)))


def _goes_on(doc: Doc, span: Span) -> bool:
    """Whether a difference is one of the figure before: "36,000 people crossed, down 20 per cent"."""
    told, comma, tail = text_before(doc, span.start_char).rpartition(",")
    return bool(comma) and bool(re.search(r"\d", told)) and _ADDING.issuperset(tail.lower().split())


def _counts(entry: Entry, number: Number, unit: str | None, inside: bool) -> bool:
    """Whether a measure is counted in a number's unit; one without a unit must stand in its noun phrase."""
    if number.kind in ("share", "rank", "age", "ratio"):
        return False
    if number.kind in ("money", "percent"):
        return number.kind in entry.units
    if unit is None:
        return inside and "money" not in entry.units
    noun = re.split(r" (?:per|of) ", unit)[0].split(" ")[-1].lower()
    if noun in entry.units or ("people" in entry.units and noun in _PERSONS):
        return True
    return not entry.units and noun not in TIME_UNITS


def _may_differ(number: Number, unit: str | None) -> bool:
    """Whether a difference may be one of any measure: a percentage, a multiple or a bare number."""
    return number.kind in ("percent", "ratio") or unit in (None, "percent", "percentage point")


def _is_inside(words: str, phrase: str | None) -> bool:
    if phrase is None:
        return False
    one, other = words.casefold(), phrase.casefold()
    return one in other or (" " in other and other in one)


def _is_part(span: Span, lead: Token) -> bool:
    """Whether a number counts some of a kind only: "2,000 Albanian migrants"."""
    between = span.doc[span.end : min(lead.head.i, span.end + 6)]
    return any(token.pos_ == "ADJ" and token.is_title for token in between)
