"""Date expressions of an article, counted from the days on which it may have been published."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from analysis.language.pipeline import context, set_layer
from analysis.timex import Direction, Reference, Timex, find_cue, find_timexes

_WILL = ("will", "'ll", "’ll", "shall")


@dataclass(frozen=True)
class DateMention:
    """A date expression with its evidence span.

    ``value`` is the TIMEX3 value, with X for what is not known. ``earliest`` and ``latest`` are ISO days,
    both set or both None. ``direction`` is the way an expression without a year was read ("past",
    "future"), None where the expression says that itself.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    earliest: str | None
    latest: str | None
    basis: str
    direction: Direction | None


def find_dates(doc: Doc) -> list[DateMention]:
    """Find the date expressions of a Doc and resolve them against its publication interval.

    Without a publication interval a relative expression ("on Thursday") keeps a null interval, and one
    that names its year ("July 2024") is resolved all the same.

    Returns:
        Mentions in reading order; ``doc.text[m.start:m.end] == m.text``.
    """
    about = context(doc)
    reference = Reference.read(about.published_earliest, about.published_latest)

    def direct(start: int, end: int) -> Direction | None:
        return find_cue(doc.text, start, end) or _read_tense(doc, start, end)

    return [_as_mention(timex) for timex in find_timexes(doc.text, reference, direct=direct)]


def _read_tense(doc: Doc, start: int, end: int) -> Direction | None:
    """The direction that the tense of the governing verb gives, where the Doc has been parsed."""
    if not doc.has_annotation("DEP"):
        return None
    span = doc.char_span(start, end, alignment_mode="expand")
    for token in (span.root, *span.root.ancestors):
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if any(child.tag_ == "MD" and child.lower_ in _WILL for child in token.children):
            return "future"
        if token.tag_ == "VBD" or any(child.tag_ == "VBD" for child in token.children if child.dep_ == "aux"):
            return "past"
        # an infinitive or participle: the verb above it knows
    return None


def _as_mention(timex: Timex) -> DateMention:
    return DateMention(
        timex.start,
        timex.end,
        timex.text,
        timex.type,
        timex.value,
        timex.earliest.isoformat() if timex.earliest else None,
        timex.latest.isoformat() if timex.latest else None,
        timex.basis,
        timex.direction,
    )


@Language.component("framelines_dates")
def mark_dates(doc: Doc) -> Doc:
    """Leave the layer ``dates``, each span labelled with its TIMEX3 type."""
    mentions = find_dates(doc)
    set_layer(doc, "dates", mentions, [mention.type for mention in mentions])
    return doc
