"""Sentence and paragraph boundaries, set by rule before the parser runs.

News text that lost its line breaks ("...mental health'.Tory policy could...") misleads the parser's own
boundaries, and a boundary inside a quotation must not depend on a statistical guess.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy
from spacy.attrs import DEP, HEAD, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from analysis.language.marks import trim_span
from analysis.language.pipeline import set_layer, text_of, token_bounds

# Abbreviations after which a full stop does not end a sentence.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon gen col lt sgt capt maj sen rep gov st mt no nos vs etc al inc ltd co corp
    jr sr jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e cf pp vol approx dept est fig""".split()
)
_CLOSERS = "'\"’”)]"
_BREAK = re.compile(
    rf"""(?P<stop>[.!?…]+)(?P<close>[{re.escape(_CLOSERS)}]*)
        (?: (?P<space>\s+) | (?=[A-Z‘“]) )          # a lost space is still a break before a capital
        (?=[\s"'‘“(\[–-]*[A-Z0-9£$€‘“"'])""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_ENDED = re.compile(rf"[a-z0-9%{re.escape(_CLOSERS)}]")
# "Gov.UK" and "Booking.Com" are one word
_WEB_NAME = re.compile(r"(?:UK|Com|Org|Net)(?!\w)")


# Not frozen, as frames are not: that takes three times as long.
@dataclass(unsafe_hash=True)
class Sentence:
    """A sentence's evidence span and its paragraph's number, both from 0."""

    start: int
    end: int
    paragraph: int


def split_sentences(text: str) -> list[Sentence]:
    """Split a text into sentences; a newline always ends one.

    Every character that is not white space lies in exactly one sentence.

    Example:
        >>> text = "Mr Lee said no. 'Why?' He left."
        >>> [text[s.start:s.end] for s in split_sentences(text)]
        ['Mr Lee said no.', "'Why?'", 'He left.']
    """
    found: list[Sentence] = []
    paragraph = 0
    for line in re.finditer(r"[^\n]+", text):
        cuts = [line.start(), *_breaks(text, line.start(), line.end()), line.end()]
        kept = [trim_span(text, a, b) for a, b in itertools.pairwise(cuts)]
        kept = [(a, b) for a, b in kept if a < b]
        found += [Sentence(a, b, paragraph) for a, b in kept]
        paragraph += bool(kept)
    return found


def _breaks(text: str, start: int, end: int) -> list[int]:
    cuts = []
    for match in _BREAK.finditer(text, start, end):
        before = _LAST_WORD.search(text, max(start, match.start() - 20), match.start())
        word = before.group() if before else ""
        if match["stop"] == ".":
            # "No. 10" is an abbreviation, "He said no. Then" is not.
            number = word.lower() not in ("no", "nos") or text[match.end() : match.end() + 1].isdigit()
            if word.lower() in _ABBREVIATIONS and number and not match["close"]:
                continue
            # Initials ("J. Smith", "U.S. Army") and numbers ("2. Second") run on.
            if match["space"] is not None and _INITIALS.fullmatch(word):
                continue
            if match["space"] is None and not (match["close"] or _ENDED.match(text, match.start() - 1)):
                continue
        if match["space"] is None and _WEB_NAME.match(text, match.end()):
            continue
        cuts.append(match.end())
    return cuts


@Language.component("framelines_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set every token's ``is_sent_start`` and leave the layer ``sentences``."""
    sentences = split_sentences(text_of(doc))
    starts = numpy.zeros(len(doc), dtype=bool)
    if len(doc):
        # The sentence that a token's last character lies in: a token that straddles a break
        # ("health'.Tory") opens the later sentence.
        lasts = numpy.array(token_bounds(doc)[1]) - 1
        inside = numpy.searchsorted([sentence.start for sentence in sentences], lasts, side="right") - 1
        starts[0] = True
        starts[1:] = inside[1:] > numpy.maximum.accumulate(numpy.maximum(inside, -1))[:-1]
    # Walking the tree of a Doc that never had heads crashes the interpreter: each word is its own. spaCy sets
    # the tree up only where there is some relation, so one is given for that moment.
    none = numpy.zeros((len(doc), 2), dtype="uint64")
    doc.from_array([HEAD, DEP], none + numpy.array([0, doc.vocab.strings["dep"]], dtype="uint64"))
    doc.from_array([DEP], none[:, :1])
    # One array for all tokens: spaCy checks the whole Doc at each `token.is_sent_start = ...`
    doc.from_array([SENT_START], numpy.where(starts, 1, -1).astype("int64").astype("uint64").reshape(-1, 1))
    set_layer(doc, "sentences", sentences, always=True)
    return doc
