"""Events: what a sentence says was done, is planned or is denied, with status, actors and date.

With a topic pack the events are those of its policy: a sentence counts when it asserts an action and speaks
of the pack's topic or instruments, or goes on about them. Without a pack, on request, every finite verb and
event noun gives a row.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from analysis.language.dates import DateMention
from analysis.language.event_dates import REACH, EventDate, date_happening, date_happenings
from analysis.language.nearby import starting_in, touching
from analysis.language.pipeline import context, layer, set_layer, text_of
from analysis.language.quotes import Quote, voice_at
from analysis.language.status import is_negated, read_modality, read_status
from analysis.language.triggers import find_all_triggers, find_policy_triggers
from analysis.matching import build_matcher

WHAT_WORDS = 30
# Below this share of sentences on the topic, an article only touches it: each sentence must then name it.
DENSE = 0.25
# A sentence with more characters has lost its stops: what stands around the trigger is then its evidence.
LONG = 4 * REACH
_DONE = ("in force", "agreed", "scrapped", "past fact")

_GOES_ON = re.compile(
    r"^[\W_]*(?:It|They|He|She|This|These|That|Those|Such|The (?:plan|scheme|deal|measure"
    r"|move|law|talks|meeting|summit|agreement|treaty|bill|rules|proposals?|policy|visit|two)s?)\b"
)


@dataclass(frozen=True)
class Event:
    """A happening told by one sentence; ``start`` and ``end`` are the sentence's.

    ``status`` is what the text says. ``date_basis`` tells what the interval rests on (see
    :mod:`analysis.language.event_dates`); a policy event that no words date keeps None, never the day of
    publication.
    """

    start: int
    end: int
    text: str
    trigger: str
    trigger_start: int
    trigger_end: int
    what: str
    instrument: str | None
    actors: tuple[str, ...]
    status: str
    modality: str | None
    negated: bool
    date_text: str | None
    date_earliest: str | None
    date_latest: str | None
    date_basis: str | None
    voice: str
    quote_id: str | None

    def __repr__(self) -> str:
        return f"Event({self._about()}: {self.what!r})"

    def _repr_html_(self) -> str:
        before, after = self.trigger_start - self.start, self.trigger_end - self.start
        sentence = (
            f"{html.escape(self.text[:before])}<mark>{html.escape(self.text[before:after])}</mark>"
            f"{html.escape(self.text[after:])}"
        )
        return f"<p><strong>{html.escape(self._about())}</strong></p><p>{sentence}</p>"

    def _about(self) -> str:
        days = dict.fromkeys(day for day in (self.date_earliest, self.date_latest) if day)
        when = " to ".join(days) or "no date"
        return ", ".join(part for part in (self.instrument, self.status, when) if part)


@dataclass(frozen=True)
class _Line:
    """A sentence with what the topic pack finds in it; ``actors`` are the mentions' places and names."""

    start: int
    end: int
    span: Span
    instruments: tuple[tuple[int, str], ...]
    on_topic: bool
    actors: tuple[tuple[int, str], ...]
    dates: tuple[DateMention, ...]
    before: tuple[DateMention, ...]
    quote: Quote | None


def find_events(doc: Doc) -> list[Event]:
    """Find the events of a text.

    Returns:
        Policy events where the Doc's context names topic packs; events of any subject where it asks for
        them; else none.
    """
    about = context(doc)
    if about.packs:
        return [event for line in _relevant(doc) for event in _policy_events(doc, line)]
    if not about.any_subject:
        return []
    told = [(line, trigger) for line in _lines(doc) for trigger in find_all_triggers(line.span)]
    dates = date_happenings(doc, [(trigger, line.dates, line.before) for line, trigger in told])
    return [_event(doc, line, trigger, None, date) for (line, trigger), date in zip(told, dates, strict=True)]


def _lines(doc: Doc) -> list[_Line]:
    packs = context(doc).packs
    named: dict[int, str] = {}
    topical: list[int] = []
    for pack in packs:
        for match in build_matcher(doc.vocab, pack.instruments, across_labels=True).find(doc):
            named.setdefault(match.start, match.entry.label)
        topical += [m.start for m in build_matcher(doc.vocab, pack.topic + pack.terms).find(doc)]
    instruments, topical = sorted(named.items()), sorted(topical)
    actors = sorted((mention.start, mention.name) for mention in layer(doc, "mentions"))
    lines: list[_Line] = []
    dates, quotes = layer(doc, "dates"), _direct(doc)
    for sentence in layer(doc, "sentences"):
        start, end = sentence.start, sentence.end
        span = doc.char_span(start, end, alignment_mode="expand")
        own = tuple(_between(instruments, start, end))
        on_topic = bool(own) or bisect_left(topical, start) < bisect_left(topical, end)
        names = tuple(_between(actors, start, end))
        before = lines[-1].dates if lines else ()
        quote = next(reversed(touching(quotes, start, end)), None)
        within = tuple(starting_in(dates, start, end))
        lines.append(_Line(start, end, span, own, on_topic, names, within, before, quote))
    return lines


def _between(places: Sequence[tuple[int, str]], start: int, end: int) -> Sequence[tuple[int, str]]:
    return places[bisect_left(places, (start,)) : bisect_left(places, (end,))]


def _relevant(doc: Doc) -> Iterator[_Line]:
    """Sentences that speak of the pack's policy, or go on about it; an instrument carries over."""
    lines = _lines(doc)
    dense = sum(line.on_topic for line in lines) >= DENSE * max(1, len(lines))
    previous: _Line | None = None
    for number, line in enumerate(lines):
        goes_on = previous is not None and previous.on_topic and _goes_on(doc, line, previous)
        if goes_on and not line.instruments and previous is not None:
            carried = tuple((line.start, label) for _, label in previous.instruments[-1:])
            line = replace(line, instruments=carried, on_topic=True)
        near = number < 2 or any(other.on_topic for other in lines[number - 1 : number + 2])
        acted = dense and (near or bool(line.actors))
        if line.on_topic or acted:
            yield line
        previous = line


def _goes_on(doc: Doc, line: _Line, previous: _Line) -> bool:
    """Whether a sentence takes up the one before: a pronoun, "the scheme", or the same quotation."""
    text = text_of(doc)[line.start : line.end]
    if _GOES_ON.match(text):
        return True
    quotes = [voice_at(doc, part.start, part.end)[1] for part in (previous, line)]
    return quotes[0] is not None and quotes[1] is not None and quotes[0].quote_id == quotes[1].quote_id


def _policy_events(doc: Doc, line: _Line) -> Iterator[Event]:
    if text_of(doc)[line.start : line.end].rstrip("'\"’”").endswith("?"):
        return
    triggers = find_policy_triggers(line.span)
    for trigger in triggers:
        date = date_happening(doc, (trigger, line.dates, line.before))
        yield _event(doc, line, trigger, _instrument(line, trigger), date)


def _instrument(line: _Line, trigger: Token) -> str | None:
    """The instrument named nearest to the trigger."""
    after = bisect_left(line.instruments, (trigger.idx,))
    nearest = line.instruments[max(0, after - 1) : after + 1]
    return min(nearest, key=lambda pair: abs(pair[0] - trigger.idx))[1] if nearest else None


def _event(doc: Doc, line: _Line, trigger: Token, instrument: str | None, date: EventDate | None) -> Event:
    start, end = _bounds(doc, line, trigger)
    around = line.actors if line.end - line.start <= LONG else _between(line.actors, start, end)
    voice, quote = voice_at(doc, start, end)
    what = _clause_text(trigger, line.span)
    text = text_of(doc)[start:end]
    return Event(
        start,
        end,
        text,
        trigger.text,
        trigger.idx,
        trigger.idx + len(trigger),
        what,
        instrument,
        tuple(dict.fromkeys(name for _, name in around)),
        _status(doc, trigger, read_status(trigger, what, text, start), date),
        read_modality(trigger, what),
        is_negated(trigger),
        date.text if date else None,
        date.earliest if date else None,
        date.latest if date else None,
        date.basis if date else None,
        voice,
        quote.quote_id if quote else None,
    )


def _status(doc: Doc, trigger: Token, told: str, date: EventDate | None) -> str:
    """What a plain present tells of a day to come is announced: "the treaty comes into force on Monday"."""
    last = context(doc).published_latest
    ahead = date is not None and last is not None and date.earliest > last
    return "announced" if ahead and told in _DONE and not is_negated(trigger) else told


def _bounds(doc: Doc, line: _Line, trigger: Token) -> tuple[int, int]:
    """The evidence span: the sentence, or the words quoted where they are all that it tells."""
    start, end, quote = line.start, line.end, line.quote
    if end - start > LONG:
        near = doc.char_span(
            max(start, trigger.idx - REACH), min(end, trigger.idx + REACH), alignment_mode="contract"
        )
        return near.start_char, near.end_char
    if quote is None:
        return start, end
    lead = text_of(doc)[start : max(start, quote.start)]
    if not re.search(r"\w", lead) or re.search(r":\W*$", lead):
        start = max(start, quote.start)
    tail = text_of(doc)[min(end, quote.end) : end]
    if start < quote.end and not re.search(r"\w", tail):
        end = min(end, quote.end)
    inside = start <= trigger.idx and trigger.idx + len(trigger) <= end
    return (start, end) if inside else (line.start, line.end)


def _direct(doc: Doc) -> list[Quote]:
    return [quote for quote in layer(doc, "quotes") if quote.kind in ("direct", "hypothetical")]


def _clause_text(trigger: Token, span: Span) -> str:
    """The clause around the trigger, at most :data:`WHAT_WORDS` words."""
    head = trigger
    while (
        head.pos_ not in ("VERB", "AUX")
        and head.head != head
        and head.head.i in range(span.start, span.end)
        and abs(head.head.i - trigger.i) <= REACH
    ):
        head = head.head
    while head.dep_ == "xcomp" and head.head.i in range(span.start, span.end):
        head = head.head
    first = max(span.start, head.left_edge.i, trigger.i - WHAT_WORDS)
    last = head.right_edge.i
    # a second main clause tells a happening of its own
    for clause in reversed([c for c in head.rights if c.dep_ == "conj" and c.i > trigger.i]):
        if clause.right_edge.i >= last:
            last = clause.left_edge.i - 1
    last = min(last, first + WHAT_WORDS, span.end - 1)
    text = span.doc[first : max(last, trigger.i) + 1].text
    return re.sub(r"\s+", " ", text).strip(" \"'‘’“”,.;:-–") or trigger.text


@Language.component("framelines_events")
def mark_events(doc: Doc) -> Doc:
    """Leave the layer ``events``."""
    set_layer(doc, "events", find_events(doc))
    return doc
