"""Milestones: the set phrases in which news tells a step in the life of a law or a scheme.

"Came into force", "became law", "was given royal assent", "had its second reading", "went live": the verb
alone says nothing, so each phrase is a verb of one class with a noun of another, and the noun is the trigger.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Span, Token

from analysis.language.tense import is_finite

# What has happened once the phrase is told as done; "taken" is a step that leaves the status open.
Stage = Literal["in force", "agreed", "scrapped", "proposed", "taken"]

_MOVING = frozenset("come enter go be bring put get remain stay pass sign write".split(" "))
# Verbs with a preposition and a noun: "came into force", "is in operation", "was put on hold".
_PLACES: dict[tuple[str, str], Stage] = {
    **{(link, noun): "in force" for link in ("in", "into") for noun in ("force", "effect", "operation")},
    ("into", "law"): "agreed", ("on", "book"): "agreed", ("under", "way"): "taken",
    ("on", "hold"): "scrapped", ("on", "ice"): "scrapped",
    ("to", "end"): "scrapped", ("to", "halt"): "scrapped",
}  # fmt: skip
_GETTING = frozenset("have get receive give grant win gain secure obtain".split(" "))
_CONSENTS = frozenset("assent ahead light approval".split(" "))
_HOUSES = frozenset("commons lords parliament house houses mps peers senate congress".split(" "))
# "Royal assent" and a "second reading" are expected, due or granted too.
_COMING = frozenset("expect schedule plan slate be grant come follow".split(" "))
_ORDINALS = frozenset("first second third final".split(" "))
_UNLAWFUL = frozenset("unlawful illegal unconstitutional void invalid incompatible".split(" "))
_JUDGING = frozenset("rule declare find hold deem judge".split(" "))
_OBJECTS = ("dobj", "attr", "oprd", "nsubjpass")
# What such a clause tells is supposed or taken up again, not told.
_BACKGROUND = frozenset(
    "if unless whether until till before once when whenever as because although".split(" ")
)
_CLAUSES = ("ROOT", "conj", "ccomp", "relcl", "acl", "advcl", "parataxis")


def find_milestone(verb: Token) -> Token | None:
    """The token that tells the step which a verb and its phrase take, None where they take none."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ == "prep":
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and _stage_in_place(lemma, child, noun) is not None:
                return noun
        elif _takes_step(lemma, child):
            return child
    return verb if is_judged_unlawful(verb) or _is_laid(verb) else None


def _takes_step(lemma: str, child: Token) -> bool:
    name = child.lemma_.lower()
    if child.dep_ in _OBJECTS and _stage_of_object(lemma, child) is not None:
        return True
    if child.dep_ in ("nsubj", "nsubjpass") and _stage_of_subject(lemma, child) is not None:
        return True
    if child.dep_ not in ("advmod", "acomp"):
        return False
    return (name == "live" and lemma in ("go", "be")) or (name == "underway" and lemma == "get")


def find_milestones(sentence: Span) -> Iterator[Token]:
    """The steps told anywhere in a sentence, also in a relative clause: "the deal, which came into force"."""
    for token in sentence:
        if token.dep_ not in _CLAUSES or not (is_finite(token) or token.dep_ == "acl"):
            continue
        if any(child.lower_ in _BACKGROUND for child in token.lefts if child.dep_ in ("mark", "advmod")):
            continue
        step = find_milestone(token)
        if step is not None:
            yield step


def verb_of_milestone(trigger: Token) -> Token | None:
    """The verb of the phrase that a trigger closes, None where it closes none."""
    if trigger.pos_ in ("VERB", "AUX") and (is_judged_unlawful(trigger) or _is_laid(trigger)):
        return trigger
    # asked of the trigger, not of all that hangs on its verb: a list without stops hangs on one verb
    link = trigger.head
    verb = link.head if trigger.dep_ == "pobj" else link
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    lemma = verb.lemma_.lower()
    if trigger.dep_ == "pobj":
        return verb if link.dep_ == "prep" and _stage_in_place(lemma, link, trigger) else None
    return verb if _takes_step(lemma, trigger) else None


def stage_of_milestone(trigger: Token) -> Stage | None:
    """The stage reached once the phrase around a trigger is told as done."""
    verb = verb_of_milestone(trigger)
    if verb is None:
        return None
    lemma = verb.lemma_.lower()
    if trigger == verb:
        return "proposed" if _is_laid(verb) else "taken"
    if trigger.dep_ == "pobj":
        return _stage_in_place(lemma, trigger.head, trigger)
    if trigger.dep_ in ("nsubj", *_OBJECTS):
        return _stage_of_object(lemma, trigger) or _stage_of_subject(lemma, trigger)
    return "in force" if trigger.lower_ == "live" else "taken"


def is_judged_unlawful(verb: Token) -> bool:
    """Whether a verb says that something was ruled, declared or found unlawful."""
    if verb.lemma_.lower() not in _JUDGING:
        return False
    clauses = (child for child in verb.children if child.dep_ in ("ccomp", "xcomp") and child.lemma_ == "be")
    return any(
        child.lemma_.lower() in _UNLAWFUL and child.dep_ in ("acomp", "oprd", "advmod", "amod", "ccomp")
        for parent in (verb, *clauses)
        for child in parent.children
    )


def _is_laid(verb: Token) -> bool:
    """Whether something is laid or put before a house of parliament."""
    if verb.lemma_.lower() not in ("lay", "put", "bring"):
        return False
    before = (child for child in verb.children if child.dep_ == "prep" and child.lower_ == "before")
    return any(noun.lower_ in _HOUSES for child in before for noun in child.children)


def _stage_in_place(lemma: str, link: Token, noun: Token) -> Stage | None:
    preposition, name = link.lower_, noun.lemma_.lower()
    if name == "way" and lemma == "be":
        # "Talks are under way": the talks are what happens
        return None
    if name == "book" and not any(child.lower_ == "statute" for child in noun.lefts):
        return None
    # "in the force": the army; "put under the law"
    if name in ("force", "effect", "law", "way", "hold", "operation") and any(noun.lefts):
        full = [child for child in noun.lefts if child.lower_ not in ("full", "immediate")]
        if full:
            return None
    return _PLACES.get((preposition, name)) if lemma in _MOVING else None


def _stage_of_subject(lemma: str, noun: Token) -> Stage | None:
    """ "Royal assent is expected in July", "the third reading is on Monday"."""
    before = {child.lower_ for child in noun.lefts}
    if lemma not in _COMING:
        return None
    if noun.lower_ == "assent" and "royal" in before:
        return "agreed"
    return "taken" if noun.lower_ == "reading" and before & _ORDINALS else None


def _stage_of_object(lemma: str, noun: Token) -> Stage | None:
    name = noun.lemma_.lower()
    if noun.dep_ in ("attr", "oprd"):
        bare = noun.lower_ == "law" and not any(child.dep_ in ("det", "amod", "poss") for child in noun.lefts)
        return "agreed" if bare and lemma in ("become", "be") else None
    if lemma == "take" and name == "effect":
        return "in force"
    if lemma == "put" and name in ("end", "stop", "halt"):
        return "scrapped"
    if lemma in ("reach", "enter") and name == "book" and any(c.lower_ == "statute" for c in noun.lefts):
        return "agreed"
    if lemma not in _GETTING:
        return None
    before = {child.lower_ for child in noun.lefts}
    if name in _CONSENTS:
        return "agreed" if name in ("assent", "approval") or before & {"green", "go"} else None
    return "taken" if name == "reading" and before & _ORDINALS else None
