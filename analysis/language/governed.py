"""What a number is about, from the parse: the noun that governs it."""

from __future__ import annotations

from spacy.tokens import Span, Token

from analysis.language.arguments import NOUNS, SUBJECTS, complements, objects_of, subjects_of
from analysis.language.measuring import CURRENCY_NOUNS, fits, is_measuring
from analysis.language.number_words import Number
from analysis.language.owners import identify

SPENDING = frozenset(
    "spend pay invest commit give put allocate set pledge promise donate contribute earmark raise".split(" ")
)
# What they take away is their subject's, whoever pays it: "the scheme costs taxpayers £8m".
_COSTING = frozenset("cost save".split(" "))
# Nouns for a time, which nothing is spent on: "raised £5m in the same period"
_SPANS = frozenset("period quarter half term time total all return exchange".split(" "))
_CARRYING = frozenset("take bring push drive send lift pull drag".split(" "))
_MOST_STEPS, _MOST_SEEN = 8, 25


def find_governor(token: Token, span: Span) -> Token | None:
    """Climb from a number to the noun it is about: a head noun, or an argument of its verb."""
    for _ in range(_MOST_STEPS):
        if token.pos_ == "VERB" and span.start <= token.i < span.end:
            found = _argument(token, token, span)  # "Arrests have doubled"
            if found is not None:
                return found
        head = token.head
        if head == token:
            return None
        # "a fee of £5 for adults and £3": a number stands beside a number, whatever the parser says
        beside = token.dep_ == "conj" and is_measuring(token)
        if fits(head, span) and not beside:
            return identify(head, span) if token.dep_ in ("relcl", "acl") else head
        if head.pos_ in ("VERB", "AUX"):
            found = _argument(head, token, span)
            if found is not None:
                return found
        token = head
    return None


def _argument(verb: Token, below: Token, span: Span) -> Token | None:
    """The argument of a verb that a number below the verb is about."""
    if verb.lemma_ in SPENDING and below.dep_ in ("dobj", "nsubjpass"):
        bought = complements(verb, "on", "for", "to", "into", "in")
        things = (t for t in bought if t.lemma_ not in _SPANS)
        found = next((t for t in things if t.tag_ == "VBG" or fits(t, span)), None)
        if found is not None:
            return found
    found = None
    if verb.lemma_ in _COSTING and span.start <= below.i < span.end:
        return next(filter(None, (_as_argument(t, span) for t in subjects_of(verb))), None)
    if below.dep_ == "prep" or below == verb or (below.dep_ == "npadvmod" and not _is_apart(span)):
        found = next(filter(None, (_as_argument(t, span) for t in objects_of(verb) if t != below)), None)
    found = found or next(filter(None, (_as_argument(t, span) for t in subjects_of(verb))), None)
    if found is not None or not fits(verb.head, span) or verb.dep_ not in ("acl", "relcl"):
        missed = found is None and verb.dep_ == "conj" and not subjects_of(verb)
        return _missed_subject(verb, span) if missed else found
    return identify(verb.head, span)


def find_carried(carrier: Token, span: Span) -> Token | None:
    """What a movement moves: unemployment, in "the rise took unemployment to 5%"."""
    verb = carrier.head
    if carrier.dep_ not in SUBJECTS or verb.lemma_ not in _CARRYING:
        return None
    return next((t for t in objects_of(verb) if fits(t, span)), None)


def _is_apart(span: Span) -> bool:
    """Whether a comma parts a number from its clause: "500 men entered Kent, more than 80% by boat"."""
    return any(token.text == "," for token in span.doc[max(0, span.start - 3) : span.start])


def _as_argument(token: Token, span: Span) -> Token | None:
    """A subject or object as what is measured: also a currency, an index, or the whole that a part is of."""
    if fits(token, span) or (token.tag_ == "VBG" and token.dep_ in SUBJECTS):
        return token
    if span.start <= token.i < span.end:
        return None
    before = token.nbor(-1) if token.i else None
    bare = before is not None and not before.like_num and before.text not in ("$", "£", "€")
    index = bare and token.like_num and before.pos_ in NOUNS and before.head == token
    if index or (bare and token.lemma_.lower() in CURRENCY_NOUNS):
        return token
    return next((t for t in complements(token, "of") if fits(t, span)), None) if is_measuring(token) else None


def _missed_subject(verb: Token, span: Span) -> Token | None:
    """The noun phrase right before a verb that the parser hung elsewhere: "2 F and the load was 5 volts"."""
    found = None
    token = verb
    for _ in range(_MOST_STEPS + 2):
        if not token.i or token.is_sent_start:
            return None
        token = token.nbor(-1)
        if token.dep_ in ("cc", "mark"):
            return found
        if token.is_punct or token.pos_ == "VERB" or span.start <= token.i < span.end:
            return None
        if found is None and token.dep_ in ("conj", "dobj", "appos", "attr") and fits(token, span):
            found = token
    return None


def find_beside(span: Span, root: Token) -> Token | None:
    """The noun that a number follows as in a list: "Kent Rail, down 3%", "with inflation at 5%"."""
    doc, at = span.doc, span.start
    if at < 2:
        return None
    word = doc[at - 1]
    if word.lower_ in ("up", "down") and at > 2:
        before = doc[at - 2]
        before = doc[at - 3] if before.text == "," else before
        if before.pos_ == "PROPN" and before.dep_ != "pobj" and fits(before, span):
            return before
    before = doc[at - 2]
    absolute = before.dep_ == "pobj" and before.head.lower_ == "with" and word.lower_ == "at"
    listed = before.dep_ == "conj" and word.lower_ in ("at", "between") and word.head != before
    if (absolute or listed) and fits(before, span) and root.pos_ != "VERB":
        return before
    return None


def find_enclosed(span: Span) -> Token | None:
    """The noun in a bracket that a number opens: "a pipe (5mm inner width)"."""
    doc, at = span.doc, span.end
    if not span.start or doc[span.start - 1].text != "(":
        return None
    words = doc[at : at + _MOST_STEPS]
    close = next((t.i for t in words if t.text == ")"), None)
    inside = doc[at:close] if close is not None else doc[0:0]
    plain = len(inside) > 0 and all(t.pos_ in ("ADJ", *NOUNS) for t in inside)
    return inside[-1] if plain and fits(inside[-1], span) else None


def find_for(span: Span, number: Number) -> Token | None:
    """What a price is asked for, right behind it: "£40 for adults and £20 for children"."""
    doc, at = span.doc, span.end
    if at < len(doc) and doc[at].text == "(":
        at = next((t.i + 1 for t in doc[at : at + _MOST_STEPS] if t.text == ")"), at)
    elif at < len(doc) and doc[at].text == ")":
        at += 1
    after = doc[at] if at < len(doc) else None
    if number.kind not in ("money", "plain") or after is None or after.lower_ != "for":
        return None
    return next((t for t in complements(after.head, "for") if t.head == after and fits(t, span)), None)


def last_subject(span: Span) -> Token | None:
    """The nearest subject before a number that nothing in the parse governs."""
    token = span[0]
    for _ in range(_MOST_SEEN):
        if token.is_sent_start or not token.i:
            return None
        token = token.nbor(-1)
        if token.dep_ in SUBJECTS:
            found = _as_argument(token, span)
            return found if found is not None and found.ent_type_ != "PERSON" else None
    return None


def find_behind(span: Span, number: Number) -> Token | None:
    """What a percentage without a subject is drawn from: "shooting 47% from the left"."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    if number.kind != "percent" or after is None or after.lower_ not in ("from", "among", "on"):
        return None
    drawn = complements(after.head, after.lower_)
    return next((t for t in drawn if t.head == after and t.pos_ in NOUNS), None)
