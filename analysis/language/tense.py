"""When a sentence places a happening against the day it is written: past, present, future or supposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from spacy.attrs import LOWER
from spacy.tokens import Doc, Token

from analysis.language.arguments import read_relations
from analysis.language.nearby import DEEP
from analysis.language.pipeline import keep

Time = Literal["past", "present", "future", "anterior", "supposed"]

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_WILL = frozenset("will shall 'll ’ll wo".split(" "))
# What follows them with "to" lies ahead.
_AHEAD = frozenset(
    "expect plan hope hop aim intend schedule set due want promise pledge vow need seek prepare threaten "
    "slate wait about likely ready poise".split(" ")
)
_CONDITIONS = frozenset("if unless whether should".split(" "))
_ADVERBS = frozenset({"to", "be", "also"})


@dataclass(frozen=True)
class _Groups:
    """The small words of every verb group of a text, by the verb's place."""

    helpers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    supposed: set[int] = field(default_factory=set)
    words: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def _groups_of(doc: Doc) -> _Groups:
    # Read once: in a list without a stop thousands of words hang on one verb, and each would ask for all.
    return keep(doc, "verb groups", lambda: _read_groups(doc))


def _read_groups(doc: Doc) -> _Groups:
    groups = _Groups()
    number = doc.vocab.strings.add
    helping, mark = {number("aux"), number("auxpass")}, number("mark")
    adverbs, conditions = ({number(word): word for word in words} for words in (_ADVERBS, _CONDITIONS))
    relations, heads = read_relations(doc)
    for place, word in enumerate(doc.to_array(LOWER).tolist()):
        head, relation = heads[place], relations[place]
        if head == place:
            continue
        if relation in helping:
            groups.helpers[head].append(place)
        elif relation == mark and word in conditions:
            groups.supposed.add(head)
        if word in adverbs:
            groups.words[head].add(adverbs[word])
    return groups


def small_words(verb: Token) -> Collection[str]:
    """Which of "to", "be" and "also" hang on a verb."""
    return _groups_of(verb.doc).words.get(verb.i, ())


def carrier_of(trigger: Token) -> Token:
    """The finite verb that tells the time of a trigger: its own, or the one above a noun or an infinitive."""
    token = trigger
    for _ in range(DEEP):
        if is_finite(token) or token.head.i == token.i:
            break
        token = token.head
    return token


def is_finite(token: Token) -> bool:
    """Whether a verb has a tense, of its own or of an auxiliary."""
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
        return False
    return token.tag_ in _FINITE or any(helper.tag_ in _FINITE for helper in helpers_of(token))


def helpers_of(verb: Token) -> list[Token]:
    """The auxiliaries of a verb; those of the verb that it stands beside where it has none."""
    doc, helpers = verb.doc, _groups_of(verb.doc).helpers
    own = helpers.get(verb.i, ())
    if not own and verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN", "VBG") and verb.head.i != verb.i:
        own = helpers.get(verb.head.i, ())
    return [doc[helper] for helper in own]


def read_time(trigger: Token) -> Time:
    """Where a happening stands against the day of writing, as far as its verb group says.

    Returns:
        "past" (also "has done"), "present", "future" ("will", "is expected to", and what a headline is "to"
        do), "anterior" ("had done": before some other time) or "supposed" ("would", "may", "if ...").
    """
    token = trigger
    for _ in range(DEEP):
        if _is_supposed(token):
            return "supposed"
        if _is_ahead(token):
            # "was due to": the plan is past, and what was planned may be, or may never have come
            return "supposed" if _is_past_plan(token.head) else "future"
        if is_finite(token) or token.head.i == token.i:
            break
        token = token.head
    return _read_group(token)


def _is_supposed(token: Token) -> bool:
    return token.i in _groups_of(token.doc).supposed


def _is_ahead(token: Token) -> bool:
    """Whether a token is what somebody expects, plans or is due "to" do."""
    words = small_words(token)
    infinitive = "to" in words and (token.tag_ == "VB" or "be" in words)
    above = token.head
    return infinitive and (above.i == token.i or above.lemma_.lower() in _AHEAD)


def _is_past_plan(plan: Token) -> bool:
    if plan.pos_ not in ("VERB", "AUX"):
        plan = plan.head
    helpers = {helper.lower_ for helper in helpers_of(plan)}
    return "had" in helpers or bool(helpers & {"was", "were"}) or plan.lower_ in ("was", "were")


def _read_group(verb: Token) -> Time:
    helpers = {helper.lower_: helper for helper in helpers_of(verb)}
    if helpers.keys() & _WILL:
        return "future"
    if any(helper.tag_ == "MD" for helper in helpers.values()):
        return "supposed"
    if "had" in helpers and verb.tag_ in ("VBN", "VBD"):
        return "anterior"
    if verb.tag_ in ("VBD", "VBN") or any(helper.tag_ == "VBD" for helper in helpers.values()):
        return "past"
    return "present"
