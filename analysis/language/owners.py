"""Who has, makes, loses or does something to what a number counts, from the parse."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from analysis.language.arguments import NOUNS, complements, objects_of, subjects_of
from analysis.language.measuring import CARRIERS, TIME_UNITS, complement, find_first, fits, is_carrier
from analysis.language.units import GROUPS

# Verbs whose subject has, makes or loses what their object counts.
_HAVING = frozenset(
    "have hold own possess keep employ hire recruit retain offer provide contain include comprise feature "
    "boast carry house seat accommodate host operate run sell ship deliver produce manufacture make build "
    "open close cut axe eliminate shed lose gain win score net attract draw lack need require add receive "
    "record report register see face announce create handle move process get publish".split(" ")
)
# Verbs whose subject is what a number of things comes to: "Sales rose to 300 boats."
_MOVING = frozenset(
    "be become rise fall grow increase decrease drop climb decline jump surge slump slip gain total number "
    "stand reach hit exceed pass top begin start go expand shrink swell".split(" ")
)
# Nouns that belong to a thing: its height, its price
_ATTRIBUTES = frozenset(
    "altitude height depth speed weight length width size age temperature pressure frequency capacity price "
    "cost value rate fine penalty discount premium yield salary wage fee budget turnover revenue profit loss "
    "charge debt".split(" ")
)
# Prepositions that make one verb with theirs: "looked at two plans"
_BOUND = frozenset("at on with for into over across against through in from among".split(" "))
# Prepositions that tie what is counted to the noun before: "a survey of 900 farms"
_BELONGING = frozenset("of between among across with from at in for to by on into against".split(" "))
_SAYING = frozenset(
    "say tell add report write speak announce warn argue shout ask reply joke yell".split(" ")
)
_WHOLES = frozenset(GROUPS) | frozenset(
    "equivalent series range pair m fraction portion part rest remainder handful minority bulk set".split(" ")
)
_MOST_STEPS = 8


@dataclass(frozen=True)
class Owner:
    """Whose the counted things are: ``noun`` has them or, where ``done`` names a deed, did it to them."""

    noun: Token | None
    done: str | None = None


def find_owner(counted: Token, span: Span) -> Owner | None:
    """Who has, makes, loses or comes to what is counted, or what was done to it and by whom.

    Example:
        "The Greens have four MPs" gives the Greens; "officers arrested 30 people" gives the officers and
        the word "arrested".
    """
    token = _whole(counted, span)
    verb, preposition = token.head, ""
    if token.dep_ == "pobj":
        verb, preposition = verb.head, verb.lower_
    if verb.pos_ not in ("VERB", "AUX"):
        belongs = preposition in _BELONGING and fits(verb, span) and not is_carrier(verb)
        return Owner(verb) if belongs else None
    lemma = verb.lemma_.lower()
    moved = preposition in ("to", "by", "from", "with", "at") and lemma in _MOVING
    said = token.dep_ == "attr" and lemma == "be" and counted.tag_ in ("NNS", "NNPS")
    if moved or said or (token.dep_ == "dobj" and (lemma in _HAVING or lemma in _MOVING)):
        return Owner(find_possessor(verb, span))
    objects = any(t.i < counted.i for t in objects_of(verb))
    if preposition in _BOUND and not objects and verb.lemma_ not in _SAYING:
        return Owner(_own_subject(verb, span))
    if token.dep_ not in ("dobj", "nsubjpass") or _is_unsure(verb):
        return None
    if token.dep_ == "nsubjpass":
        agent = next((t for t in complements(verb, "by") if fits(t, span)), None)
        past = verb.tag_ == "VBN" and not (verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "to")
        return Owner(agent, verb.lower_) if past else None
    if verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lower_.endswith("ed")):
        return Owner(find_possessor(verb, span), verb.lower_)
    return Owner(_own_subject(verb, span))


def _own_subject(verb: Token, span: Span) -> Token | None:
    return next((t for t in subjects_of(verb) if fits(t, span)), None)


def find_holder(noun: Token, span: Span) -> Token | None:
    """Who has what a price or a rate is about: "Kent had a 25% tax", "a plane at a height of 30 feet"."""
    token = _whole(noun, span)
    verb = token.head
    if token.dep_ == "dobj" and verb.lemma_.lower() in _HAVING:
        return find_possessor(verb, span)
    attribute = noun.lemma_.lower() in _ATTRIBUTES and verb.lower_ != "with"
    if token.dep_ == "pobj" and attribute and verb.head.pos_ in ("VERB", "AUX"):
        return find_possessor(verb.head, span)
    return None


def find_lasting(unit: Token, noun: Token, span: Span) -> tuple[Token, Token] | None:
    """What takes as long as a number of years says, and who does it.

    Example:
        "Ann Lee led the party for six years" gives the party and Ann Lee, "Ann Lee kept running for six
        hours" running and Ann Lee.
    """
    first = find_first(unit)
    preposition, verb = first.head, _verb_above(first)
    if preposition.lower_ != "for" or unit.lemma_ not in TIME_UNITS or verb is None or verb.lemma_ in _SAYING:
        return None
    doer = find_possessor(verb, span)
    if doer is None or (doer == noun and noun.ent_type_ != "PERSON" and verb.tag_ != "VBG"):
        return None
    if noun != doer and noun in objects_of(verb):
        return noun, doer
    if verb.tag_ == "VBG":
        return verb, doer
    places = (t for t in complements(verb, "in", "at", "on", "with", "as") if t.i > verb.i and fits(t, span))
    return next(places, doer), doer


def find_antecedent(noun: Token, span: Span) -> Token | None:
    """Whom "its", "their", "his" or "her" before a noun means: the subject of its clause or of one above."""
    verb = _verb_above(noun)
    for _ in range(_MOST_STEPS):
        if verb is None or not any(_stands_in(noun, t) for t in subjects_of(verb)):
            break
        verb = _verb_above(verb)
    return find_possessor(verb, span) if verb is not None else None


def _stands_in(noun: Token, whole: Token) -> bool:
    return whole.left_edge.i <= noun.i <= whole.right_edge.i


def _whole(counted: Token, span: Span) -> Token:
    """What holds the place of the counted noun in the clause: "thousands" of "thousands of jobs"."""
    token = counted
    for _ in range(_MOST_STEPS):
        head = token.head
        above = head.head
        part = head.lower_ == "of" and token.dep_ == "pobj"
        counts = above.lemma_.lower() in CARRIERS or above.lower_ in _WHOLES
        if part and (counts or span.start <= above.i < span.end):
            token = above
        elif token.dep_ == "conj" and head.pos_ in NOUNS and head != token:
            token = head
        else:
            break
    return token


def _is_unsure(verb: Token) -> bool:
    """Whether a verb is denied or only possible: "could not visit"."""
    doc = verb.doc
    before = doc[max(0, verb.i - _MOST_STEPS) : verb.i]
    return any(t.head == verb and (t.tag_ == "MD" or t.dep_ == "neg") for t in before)


def find_possessor(verb: Token, span: Span) -> Token | None:
    """The subject of a verb, or of the verb that it hangs on."""
    for _ in range(_MOST_STEPS):
        subjects = subjects_of(verb)
        subject = next((t for t in subjects if fits(t, span)), None)
        if subject is not None:
            return complement(subject, span) if is_carrier(subject) else subject
        subject = subjects[0] if subjects else None
        if subject is not None and subject.pos_ != "PRON":
            return None
        clause = verb.dep_ in ("relcl", "acl")
        if clause and (subject is None or subject.tag_ in ("WDT", "WP")):
            return identify(verb.head, span) if fits(verb.head, span) else None
        # "The mayor said it has four piers" does not tell what has them
        personal = subject is not None and subject.lower_ in ("it", "he", "she", "they")
        shared = verb.dep_ in ("xcomp", "conj", "advcl") and subject is None
        if not shared and not (personal and (clause or verb.dep_ == "advcl")):
            return None
        verb = _verb_above(verb)
        if verb is None:
            return None
    return None


def _verb_above(verb: Token) -> Token | None:
    token = verb
    for _ in range(_MOST_STEPS):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def identify(noun: Token, span: Span) -> Token:
    """What a noun is said to be: the tunnel, in "the tunnel is the first project to cost £5m"."""
    verb = noun.head
    if noun.dep_ != "attr" or verb.lemma_ not in ("be", "become"):
        return noun
    return find_possessor(verb, span) or noun
