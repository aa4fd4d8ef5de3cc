"""Date expressions of an article, counted from the days on which it may have been published.

They are read from the words alone: no tags and no parse are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from analysis.language.pipeline import context, set_layer, text_of
from analysis.timex import Direction, Reference, Timex, find_cue, find_timexes


@dataclass(frozen=True)
class DateMention:
    """A date expression with its evidence span.

    ``value`` is the TIMEX3 value, with X for what is not known. ``earliest`` and ``latest`` are ISO days,
    both set or both None. ``direction`` is the way an expression without a year was read ("past",
    "future"), None where the expression says that itself, or where the words leave it open ("was due to meet
    on Monday": the interval then covers both).
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
    about, text = context(doc), text_of(doc)
    reference = Reference.read(about.published_earliest, about.published_latest)
    timexes = find_timexes(text, reference, direct=partial(find_cue, text))
    return [_as_mention(timex) for timex in timexes]


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
