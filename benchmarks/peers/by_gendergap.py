"""Rules in the manner of the Gender Gap Tracker, written from its published method.

Asr, Mazraeh, Lopes, Gautam, Gonzales, Rao and Taboada (2021), "The Gender Gap Tracker: Using Natural Language
Processing to measure gender bias in media", PLoS ONE 16(1), e0245533. Three steps, each on what the ones
before it left:

1. *Syntactic* quotes: a verb of saying with a clause as its complement (or one it stands inside) and a
   subject; and what "according to" somebody is so.
2. *Heuristic* quotes: words between marks, a verb of saying beside them, and its subject.
3. *Floating* quotes: a sentence that is nothing but words in marks and comes after a quotation belongs to
   the same speaker.

The original resolves speakers by coreference on a large model; here they stay as they stand on the page, and
the model is the small one. Marks are made straight double ones first, as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finding import Found, Row, attempt, load_model
from spacy.tokens import Doc, Span, Token

SAYING = frozenset(
    "accuse acknowledge add admit advise agree allege announce answer argue ask assert believe claim comment "
    "complain concede conclude confess confirm contend continue declare deny describe disclose emphasize "
    "estimate expect explain express feel hint hope indicate insist joke maintain mention note observe point "
    "predict promise propose protest question recall remark remember reply report respond reveal say state "
    "stress suggest tell testify think tweet urge voice vow warn wonder worry write".split()
)
BESIDE = 15  # how many tokens from the marks a verb of saying may stand
LEAST = 3  # tokens in a quotation

_MARKED = re.compile(r'"([^"\n]+)"')


class Finder:
    """The three steps on the small English model.

    Args:
        model: "whole" or "lean", as :func:`finding.load_model` has it.
    """

    def __init__(self, model: str = "whole") -> None:
        self.nlp, about = load_model(model)
        self.about = f"rules after Asr et al. 2021, {about}"

    def find(self, texts: Sequence[Row]) -> Iterator[Found]:
        """Quotations of each text, or the error that it raised."""
        straight = (_straighten(text["text"]) for text in texts)
        for doc in self.nlp.pipe(straight, batch_size=32):
            yield attempt(find_quotes, doc)


def find_quotes(doc: Doc) -> list[Row]:
    """The three steps over one text."""
    quotes = [*_find_clauses(doc), *_find_sources(doc)]
    marked = [doc.char_span(*m.span(), alignment_mode="contract") for m in _MARKED.finditer(doc.text)]
    for span in filter(None, marked):
        if len(span) >= LEAST and not _taken(span, quotes):
            verb = _verb_beside(span)
            if verb is not None:
                quotes.append(_quote(span, _subject(verb)))
    quotes.sort(key=lambda quote: quote["start"])
    return quotes + _find_floating(doc, quotes)


def _straighten(text: str) -> str:
    """Straight marks; single ones only where they are not apostrophes. Lengths stay."""
    text = re.sub("[“”„«»]", '"', text)
    text = re.sub(r"(?<!\w)[‘'](?=\w)", '"', text)
    return re.sub(r"(?<=[.,!?])[’'](?!\w)", '"', text).replace("’", "'")


def _find_clauses(doc: Doc) -> Iterator[Row]:
    for verb in doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in SAYING:
            continue
        subject = _subject(verb)
        if subject is None:
            continue
        clauses = [child for child in verb.children if child.dep_ == "ccomp"]
        if not clauses and verb.dep_ in ("parataxis", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
            clauses = [verb.head]
        for clause in clauses:
            yield from (_quote(span, subject) for span in _stretches(doc, clause, verb))


def _stretches(doc: Doc, clause: Token, verb: Token) -> Iterator[Span]:
    """The words of a clause without those of the verb of saying and its subject, in stretches."""
    said = {verb.i} | {
        token.i
        for child in verb.children
        if child.i != clause.i and child.dep_ != "ccomp"
        for token in child.subtree
    }
    inside = [token.i for token in clause.subtree if token.i not in said]
    first = 0
    for n in range(1, len(inside) + 1):
        if n == len(inside) or inside[n] != inside[n - 1] + 1:
            if n - first >= LEAST:
                yield doc[inside[first] : inside[n - 1] + 1]
            first = n


def _find_sources(doc: Doc) -> Iterator[Row]:
    for token in doc[:-1]:
        if token.lower_ == "according" and doc[token.i + 1].lower_ == "to":
            source = next((child for child in doc[token.i + 1].children if child.dep_ == "pobj"), None)
            if source is not None:
                rest = [other for other in token.sent if other.i < token.i or other.i > source.right_edge.i]
                before = doc[token.sent.start : token.i]
                after = doc[source.right_edge.i + 1 : token.sent.end]
                span = before if len(before) >= len(after) else after
                if len(rest) >= LEAST and len(span) >= LEAST:
                    yield _quote(span, source)


def _verb_beside(span: Span) -> Token | None:
    """The nearest verb of saying with a subject, outside the marks and in the sentences they touch."""
    doc = span.doc
    first = max(span[0].sent.start, span.start - BESIDE)
    last = min(doc[span.end].sent.end if span.end < len(doc) else len(doc), span.end + BESIDE)
    near = [doc[i] for i in (*range(span.end, last), *range(first, span.start))]
    saying = [t for t in near if t.pos_ == "VERB" and t.lemma_ in SAYING and _subject(t) is not None]
    return min(saying, key=lambda t: min(abs(t.i - span.start), abs(t.i - span.end)), default=None)


def _find_floating(doc: Doc, quotes: Sequence[Row]) -> list[Row]:
    floating: list[Row] = []
    for match in re.finditer(r'^\s*"([^"\n]+)"?\s*$', doc.text, re.MULTILINE):
        start, end = match.span(1)
        if any(quote["start"] < end and start < quote["end"] for quote in quotes):
            continue
        earlier = [quote for quote in (*quotes, *floating) if quote["end"] <= start]
        if earlier:
            before = max(earlier, key=lambda quote: quote["end"])
            floating.append({"start": start, "end": end, "speaker_text": before["speaker_text"]})
    return floating


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _taken(span: Span, quotes: Sequence[Row]) -> bool:
    return any(quote["start"] < span.end_char and span.start_char < quote["end"] for quote in quotes)


def _quote(span: Span, speaker: Token | None) -> Row:
    words = None if speaker is None else speaker.doc[speaker.left_edge.i : speaker.right_edge.i + 1].text
    return {"start": span.start_char, "end": span.end_char, "speaker_text": words}
