"""What a number counts and measures, from the parse: its unit and its noun phrase."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from analysis.language.arguments import NOUNS, SUBJECTS, complements, subjects_of
from analysis.language.governed import (
    SPENDING,
    find_behind,
    find_beside,
    find_carried,
    find_enclosed,
    find_for,
    find_governor,
    last_subject,
)
from analysis.language.measuring import (
    UNIT_NOUNS,
    complement,
    find_first,
    fits,
    is_carrier,
    is_measuring,
    lead_token,
)
from analysis.language.noun_phrases import phrase_of, short_phrase
from analysis.language.number_words import Number
from analysis.language.owners import find_antecedent, find_holder, find_lasting, find_owner
from analysis.language.pipeline import text_of
from analysis.language.unit_names import name_of, singular
from analysis.language.units import GROUPS

_NAME_WORDS, _CLAUSE_WORDS = 4, 8
# Nouns that a number stands before without counting them: "the 20,000 mark", "a 300 average"
_UNCOUNTED = frozenset("mark average number figure margin end side plus total level threshold".split(" "))
_OBJECTS = ("dobj", "pobj", "nsubj", "nsubjpass", "attr", "conj")
_PREMODIFIERS = ("nummod", "amod", "compound", "nmod", "quantmod", "det", "poss")
_PER = re.compile(
    r"^(?:\sin\s(?:[a-z]+\s){0,2}?[a-z]+(?=\s(?:an?|each|every|per)\s(?:year|month|week|day)\b))?"
    r"(?:[\s-]+(?:per|an?|each|every)[\s-]+|\s?/\s?)(?P<noun>year|month|week|day|night|hour|minute|second|century|barrel|share"
    r"|head|person|ounce|gram|tonne|ton|litre|kilowatt|household|unit|square (?:foot|metre)|sq ft|sq m|mile"
    r"|child|pupil|annum|million)\b(?!\s(?:ago|earlier|later|before|old|on|out)\b)",
    re.IGNORECASE,
)
_CONVERTED = re.compile(r"\s\([^()\n]{2,30}\)(?=\s)")
_LONG = {"annum": "year", "sq ft": "square foot", "sq m": "square metre"}


def find_counted(span: Span, number: Number) -> Token | None:
    """The noun that a bare number counts; None where it counts none ("the 20,000 mark")."""
    counted = _governing_noun(span, number)
    if counted is None:
        return None
    counted = _whole_name(_behind_hyphen(counted), span)
    # "sent its 1,200 staff home"
    if counted.lower_ == "home" and counted.i > span.end:
        counted = counted.nbor(-1)
    # "as one treats a friend": the pronoun
    if span.text.lower() == "one" and counted.tag_ == "NNS" and counted.lemma_.lower() != counted.lower_:
        return None
    named = counted.tag_ == "NN" and counted.lower_ in _UNCOUNTED and number.value != 1
    return None if named and counted.i == span.end else counted


def _behind_hyphen(noun: Token) -> Token:
    """The noun that a prefix which the parse took for one belongs to: the wives, of "three ex-wives"."""
    doc = noun.doc
    if noun.whitespace_ or noun.i + 2 >= len(doc) or doc[noun.i + 1].text != "-":
        return noun
    after = doc[noun.i + 2]
    return after if not doc[noun.i + 1].whitespace_ and after.tag_ in ("NNS", "NNPS") else noun


def _whole_name(noun: Token, span: Span) -> Token:
    """The networks, of "two Spanish language networks", where the parse hangs the number on "language"."""
    head = noun.head
    inside = noun.tag_ == "NN" and noun.dep_ == "compound" and noun.i > span.end and head.tag_ == "NNS"
    return head if inside and head.i - noun.i <= _NAME_WORDS and not is_measuring(noun) else noun


def _governing_noun(span: Span, number: Number) -> Token | None:
    if number.kind not in ("plain", "share", "rank"):
        return None
    doc, root = span.doc, lead_token(span)
    after = doc[span.end] if span.end < len(doc) else None
    if root.lower_ in GROUPS:
        return next((t for t in complements(root, "of") if t.pos_ in NOUNS), None)
    # "a 5.2 litre engine", "a 43 second dash"
    if after is not None and number.kind == "plain" and after.tag_ != "NNS" and after.lower_ in UNIT_NOUNS:
        return after
    if number.kind == "share" or (after is not None and after.lower_ == "of"):
        return next((t for t in complements(root, "of", "in") if t.pos_ in NOUNS and t.i >= span.end), None)
    if root.dep_ in _PREMODIFIERS and root.head.i > root.i:
        head = root.head
        # A chain of numbers ("4 hundred million people") ends in its noun.
        while head.pos_ not in NOUNS and head.head.i > head.i and head.dep_ in _PREMODIFIERS:
            head = head.head
        # "moved 1,000 inmates": what follows a number is a plural, though the parse may see a verb
        noun = number.value > 1 and head.i == span.end and head.tag_ == "VBZ" and head.dep_ in _OBJECTS
        plural = noun or head.pos_ in NOUNS
        return head if plural and "\n" not in text_of(doc)[span.end_char : head.idx] else None
    if after is not None and after.tag_ in ("NNS", "NNPS") and after.idx - span.end_char <= 1:
        return after
    return None


def find_unit(doc: Doc, span: Span, number: Number, counted: Token | None) -> str | None:
    """The unit of a number: its own, or the noun counted, in the singular, with "per" and its noun.

    Example:
        "£20 a week" gives "pound sterling per week", "more than 6,400 small boats" gives "boat".
    """
    unit = number.unit
    if unit is None and counted is not None:
        unit = name_of(counted, span.end)
    if unit is None and lead_token(span).lower_ in GROUPS:
        unit = "people"
    if unit is None:
        unit = _age_unit(doc, span, number) or _carried_unit(span)
    if unit in (None, "year of age") or number.kind not in ("plain", "money", "unit"):
        return unit
    end = counted.idx + len(counted) if counted is not None and number.unit is None else number.end
    # The conversion between a price and what it is paid for: "C$6 ($4.46) per share"
    converted = _CONVERTED.match(text_of(doc)[end : end + 40])
    end += converted.end() if converted else 0
    per = _PER.match(text_of(doc)[end : end + 50])
    if per:
        noun = per["noun"].lower()
        unit += f" per {_LONG.get(noun, noun)}"
    return unit


def _age_unit(doc: Doc, span: Span, number: Number) -> str | None:
    """The unit of "Ann Lee, 21," and "he was actually 19": years of age."""
    if number.kind != "plain" or not 0 < number.value < 120 or number.value % 1:
        return None
    before, after = (
        text_of(doc)[max(0, number.start - 40) : number.start],
        text_of(doc)[number.end : number.end + 1],
    )
    if re.search(r"\b(?:aged?|age of|turn(?:s|ed|ing)?)\s+(?:just |only |about |around )?$", before):
        return "year of age"
    if re.search(r"[A-Z][\w’'-]+(?:, | \()$", before) and after in (",", ".", ")", ""):
        name = doc[span.start - 2] if span.start > 1 else None
        if name is not None and name.ent_type_ != "ORG" and name.pos_ == "PROPN":
            return "year of age"
    root = lead_token(span)
    if root.dep_ in ("attr", "acomp") and root.head.lemma_ == "be":
        subject = next(iter(subjects_of(root.head)), None)
        if subject is not None and (
            subject.lower_ in ("he", "she", "i", "who") or subject.ent_type_ == "PERSON"
        ):
            return "year of age"
    return None


def _carried_unit(span: Span) -> str | None:
    """The noun behind a bare number: "the number of people ... passed 20,000"."""
    governor = find_governor(lead_token(span), span)
    for _ in range(3):
        if governor is None or not is_carrier(governor):
            return None
        inner = complement(governor, span)
        if inner is not None:
            return singular(inner) if inner.tag_ in ("NNS", "NNPS") else None
        governor = find_governor(governor, span)
    return None


def find_measure(span: Span, number: Number, counted: Token | None) -> str | None:
    """The noun phrase counted or governed, as it stands in the text.

    What a plain number counts carries who has it, or what was done to it and by whom, where the clause
    says so.

    Example:
        "Small boat arrivals in Kent rose by 9 per cent" gives "Small boat arrivals in Kent", "The harbour
        has 12 piers" gives "piers (harbour)", "Officers arrested 40 men in Kent" gives "men arrested by
        Officers in Kent".
    """
    if counted is not None and not is_measuring(counted):
        return _counted_phrase(span, counted)
    # "8 miles of tunnels", "the field is 8 miles long": the tunnels, the field
    root = counted if counted is not None else lead_token(span)
    noun = _find_noun(span, number, root)
    if noun is not None and _opens_clause(noun):
        noun = None
    if noun is None and number.kind != "share":
        noun = last_subject(span) or find_behind(span, number)
    if noun is None:
        return None
    if counted is not None:
        lasting = find_lasting(counted, noun, span)
        # What is said of a person counts something unnamed: "four years ago" does not measure the man.
        if lasting is None and noun.ent_type_ == "PERSON":
            return None
        if lasting is not None:
            return _join(*(short_phrase(t, span) for t in lasting))
    phrase, asked = _owned_phrase(noun, span), find_for(span, number)
    if phrase is None or asked is None or asked == noun:
        return phrase
    if noun.dep_ in SUBJECTS and noun.head.lemma_ in SPENDING:
        return phrase_of(asked, span)
    buyer = short_phrase(asked, span)
    return f"{phrase} for {buyer}" if buyer and buyer not in phrase else phrase


def _opens_clause(noun: Token) -> bool:
    """Whether the parser took a clause for a noun phrase: "as officers target employers"."""
    before = noun.doc[max(noun.left_edge.i, noun.i - _CLAUSE_WORDS) : noun.i]
    return any(token.dep_ == "mark" and token.i < token.head.i < noun.i for token in before)


def _owned_phrase(noun: Token, span: Span) -> str | None:
    """The phrase of a noun that nothing counts, with who has it: "revenue (Kent Rail)" for "its revenue"."""
    phrase, owner = phrase_of(noun, span, units=True), find_holder(noun, span)
    first, _, rest = (phrase or "").partition(" ")
    if first.lower() in ("its", "their", "his", "her") and rest:
        owner = find_antecedent(noun, span)
        phrase = rest if owner is not None else phrase
    return _join(phrase, short_phrase(owner, span) if owner is not None else None)


def _join(phrase: str | None, name: str | None) -> str | None:
    return f"{phrase} ({name})" if phrase and name and name.lower() not in phrase.lower() else phrase


def _counted_phrase(span: Span, counted: Token) -> str | None:
    counted = _whole_compound(counted)
    owner = find_owner(counted, span)
    name = short_phrase(owner.noun, span) if owner is not None and owner.noun is not None else None
    done = owner.done if owner is not None else None
    if done is not None:
        return phrase_of(counted, span, done=f"{done} by {name}" if name else done)
    return _join(phrase_of(counted, span), name)


def _whole_compound(noun: Token) -> Token:
    """The noun that another stands before: the meal, of "a three course meal"."""
    before = noun.dep_ in ("compound", "nmod") and noun.tag_ == "NN" and noun.head.i > noun.i
    return noun.head if before and noun.head.pos_ in NOUNS else noun


def _find_noun(span: Span, number: Number, root: Token) -> Token | None:
    """The noun that a number with a unit, a price or a share is about."""
    root = find_first(root)
    beside = find_beside(span, root) or find_enclosed(span)
    if beside is not None:
        return beside
    wholes = ("of",) if number.kind == "plain" else ("of", "in")
    parts = (t for t in complements(root, *wholes) if fits(t, span))
    part = next((t for t in parts if t.i >= span.end), None)
    noun = part if part is not None else find_governor(root, span)
    # "a fall of 3 per cent": what fell is the noun's complement, or what it is itself said of.
    if noun is not None and is_carrier(noun) and complement(noun, span) is None:
        noun = find_carried(noun, span) or find_governor(noun, span) or noun
    return _whole_compound(noun) if noun is not None else None
