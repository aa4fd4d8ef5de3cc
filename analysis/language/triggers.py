"""Triggers: the verb or event noun with which a sentence asserts that something happened or will.

Two readings. The narrow one finds the happenings that policy reporting turns on: from the root of a
sentence it goes down through verbs of saying and hedging ("said that", "is expected to") and through light
verbs ("held talks") to a verb or noun of action. The wide one takes every finite verb and event noun.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from analysis.language.milestones import find_milestone, find_milestones
from analysis.language.nearby import tokens_around

# What follows them is asserted, hedged or wished; they are not themselves the happening.
SAYING = frozenset(
    "say tell add explain note stress insist state claim warn argue believe think understand know "
    "feel suggest report show reveal indicate find estimate expect appear seem hope look continue "
    "fail try aim intend mean remain help need want come go be have become happen detail confirm "
    "admit acknowledge allege deny write fear worry doubt wonder ask hear see get let make use start begin "
    "stop keep able set hop".split(" ")  # "hop": what the lemmatizer makes of "hopes"
)
LIGHT = frozenset(
    "be have hold take see do make give include come get bring need put carry undertake conduct "
    "stage mark face remain involve require receive".split(" ")
)
NEGOTIATING = frozenset("negotiate discuss talk press push lobby consult explore".split(" "))
AGREEING = frozenset("agree sign ratify strike seal approve endorse conclude enact".split(" "))
SCRAPPING = frozenset(
    "scrap axe ax abandon cancel ditch abolish repeal drop withdraw suspend pause halt shelve reverse "
    "overturn revoke scupper end lapse expire bin junk".split(" ")
)
PROPOSING = frozenset(
    "propose call demand urge recommend consider seek want table draft float advocate "
    "suggest weigh mull".split(" ")
)
ANNOUNCING = frozenset(
    "announce pledge promise unveil vow commit launch reveal publish set outline plan commission "
    "task order appoint declare confirm".split(" ")
)
# Government, parliament and court at work, and what happens to people on the way.
ACTING = frozenset(
    "deport remove return detain arrest seize intercept raid charge convict jail imprison "
    "sentence fine prosecute patrol intervene crack target disrupt dismantle enforce ban bar "
    "block introduce implement impose open fund spend invest pay extend tighten change raise cut "
    "increase reform overhaul replace strengthen toughen expand deploy send bring move house "
    "process grant refuse reject appeal rule visit meet host hold lead chair attend welcome cross "
    "land rescue die drown kill stab murder shoot pass reach hit exceed top win lose defeat "
    "resign elect vote veto legislate restrict limit allow permit criminalise criminalize step "
    "intensify root designate proscribe sanction accept resettle relocate repatriate evict "
    "disperse protest clash investigate create establish build close transfer swap share hire "
    "recruit train award sue challenge amend review start begin tackle smash boost drive work "
    "gather stop prevent deny break attack bomb invade force lift restore resume delay postpone "
    "puncture collapse speed clear arrive leave offer threaten debate complete finish reopen quash annul "
    "reinstate revive restart relaunch shut".split(" ")
)
# Verbs that are an action with their particle alone; what was "struck down" was not agreed.
PARTICLES = frozenset(
    "kick_off roll_out phase_in phase_out bring_in bring_forward usher_in strike_down throw_out vote_down "
    "call_off wind_down wind_up shut_down scale_back scale_up put_off stand_down".split(" ")
)
# To accept "that ..." is to hold an opinion, to share one of these a state.
_SHARED = frozenset(
    "will view goal aim value concern belief commitment ambition interest priority opinion vision desire "
    "determination conviction objective responsibility border sense understanding".split(" ")
)
# What such verbs end or begin by themselves: "the scheme ended", "the hub opened".
_BY_ITSELF = frozenset("end open close shut start begin launch resume".split(" "))
# A visa or a lease runs out too; a policy is one of these.
_RUNS_OUT = frozenset(("lapse", "expire"))
INSTRUMENTS = frozenset(
    "agreement accord act arrangement ban bill cap contract deal exemption instrument law legislation "
    "measure memorandum moratorium order pact partnership pilot plan policy power programme program "
    "protocol provision regulation restriction rule sanction scheme suspension treaty".split(" ")
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december spring summer autumn winter today tomorrow tonight week "
    "month year weekend morning".split(" ")
)
# Words of every day: a plain present of them is a habit or an opinion, "immigration can strengthen a nation".
EVERYDAY = frozenset(
    "bring send spend share drive lead lose win hold move build cross reach hit land begin start leave break "
    "force boost lift change raise cut increase pay lead prevent strengthen threaten implement reveal "
    "replace gather allow close restore".split(" ")
)
_STOPS = frozenset(". ! ... … ' \" ’ ”".split(" "))
ACTIONS = NEGOTIATING | AGREEING | SCRAPPING | PROPOSING | ANNOUNCING | ACTING
EVENT_NOUNS = frozenset(
    "summit meeting talk talks negotiation discussion deal agreement treaty pact accord law "
    "legislation bill raid operation arrest crackdown ban visit vote ruling election attack "
    "announcement speech strike protest seizure crossing deportation removal flight launch review "
    "analysis consultation inquiry inquest reform push drive action arrangement "
    "attempt effort progress call plan proposal pledge decision appeal sentence trial "
    "murder killing death explosion war ceasefire merger takeover sale purchase crash landing "
    "takeoff take-off release unveiling delivery order production resignation appointment debut "
    "bankruptcy invasion earthquake flood storm bombing shooting conference debate campaign "
    "hearing report tightening toughening strengthening overhaul expansion assent signing ratification "
    "closure opening suspension repeal introduction".split(" ")
)


def find_policy_triggers(sentence: Span) -> list[Token]:
    """Triggers of the happenings that a sentence of policy news asserts; usually one.

    Args:
        sentence: A parsed sentence; it may hold several roots where the parse broke.

    Returns:
        Tokens in reading order, at most one a coordinated main clause, and the milestones of other clauses.
    """
    found: dict[int, Token] = {}
    for root in (token for token in sentence if token.dep_ == "ROOT" or token.head.i not in _range(sentence)):
        for clause in (root, *_coordinated(root), *_mistaken(root)):
            if found and _is_unmentioned(clause):
                continue
            trigger = _descend(clause, set(), 0)
            if trigger is not None:
                found.setdefault(trigger.i, trigger)
    for trigger in (*find_milestones(sentence), *_beside(sentence)):
        found.setdefault(trigger.i, trigger)
    if not found:
        # A headline's verb taken for a noun: no plural stands before another noun, or has a subject.
        taken = (t for t in sentence if t.tag_ == "NNS" and t.lemma_ in ACTIONS and _is_verb_like(t))
        found = {token.i: token for token in taken if token.i > sentence.start}
    return [found[key] for key in sorted(found)]


def _is_verb_like(noun: Token) -> bool:
    return noun.dep_ == "compound" or any(child.dep_ == "nsubj" for child in noun.children)


def _range(span: Span) -> range:
    return range(span.start, span.end)


def _coordinated(verb: Token) -> Iterator[Token]:
    todo = [verb]
    while todo:
        clauses = [c for c in todo.pop().rights if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")]
        yield from clauses
        todo += clauses


def _mistaken(root: Token) -> Iterator[Token]:
    """The clauses beside an event noun that was taken for a verb: "they unveiled the returns deal"."""
    if root.tag_ in ("VBP", "VB") and root.lemma_ in EVENT_NOUNS - ACTIONS:
        yield from (c for c in root.children if c.dep_ in ("ccomp", "advcl") and c.tag_ in ("VBD", "VBZ"))


def _beside(sentence: Span) -> Iterator[Token]:
    """What a side clause agrees or ends: "if a deal were struck", "by scrapping the plan"."""
    for verb in sentence:
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in AGREEING | SCRAPPING:
            continue
        supposed = verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.lefts)
        means = verb.dep_ == "pcomp" and verb.tag_ == "VBG" and verb.head.lower_ == "by"
        things = (c.lemma_.lower() for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))
        if (supposed or means) and any(thing in INSTRUMENTS for thing in things):
            yield verb


def _descend(token: Token, seen: set[int], depth: int) -> Token | None:
    """The action that a clause asserts, below its verbs of saying and its light verbs."""
    if token.i in seen or depth > 5:
        return None
    seen.add(token.i)
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN"):
        # A headline or a broken sentence may be a noun with its clause.
        inner = next((c for c in token.children if c.dep_ in ("acl", "relcl") and _is_action(c)), None)
        told = inner is not None and inner.dep_ == "acl" and inner.tag_ == "VBD"
        return token if _names_event(token) and not told else inner
    milestone = find_milestone(token)
    if milestone is not None:
        return milestone
    complements = [
        child for child in token.children if child.dep_ in ("ccomp", "xcomp") and child.pos_ != "NOUN"
    ]
    conceded = lemma == "accept" and any(child.dep_ == "ccomp" for child in complements)
    if lemma in SAYING or lemma in LIGHT or conceded or not complements:
        below = _below(token, lemma, complements, seen, depth)
        if below is not None:
            return below
    if token.pos_ in ("VERB", "AUX") and not conceded and _acts(token, lemma):
        return token
    objects = (child for child in token.children if depth and child.dep_ == "dobj")
    return next((child for child in objects if _names_event(child)), None)


def _names_event(noun: Token) -> bool:
    """Whether a noun names a happening; the "operation" of "co-operation" is no word of its own."""
    before = noun.doc[max(0, noun.i - 2) : noun.i]
    return noun.lemma_.lower() in EVENT_NOUNS and before.text.lower() not in ("co-", "co‑")


def _below(token: Token, lemma: str, complements: list[Token], seen: set[int], depth: int) -> Token | None:
    if lemma == "be":
        for child in _complements_of_adjectives(token):
            found = _descend(child, seen, depth + 1)
            if found is not None:
                return found
    if lemma in LIGHT or _is_unmentioned(token):
        nouns = _arguments(token) if lemma in LIGHT else (c for c in token.children if c.dep_ == "dobj")
        noun = next((n for n in nouns if _names_event(n)), None)
        if noun is not None:
            reported = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl")), None)
            inner = _descend(reported, seen, depth + 1) if reported is not None and lemma == "be" else None
            return inner if inner is not None else noun
    if lemma not in SAYING and lemma not in LIGHT and lemma != "accept":
        return None
    wider = (
        [c for c in token.children if c.dep_ in ("advcl", "pcomp")]
        if lemma in ("come", "include", "see")
        else []
    )
    dangling = [c for c in token.children if c.dep_ in ("prep", "parataxis") and lemma in ("include", "come")]
    wider += [c for d in dangling for c in d.children if c.dep_ in ("pcomp", "ccomp")]
    for child in (*complements, *_complements_of_adjectives(token), *wider):
        found = _descend(child, seen, depth + 1)
        if found is not None:
            return found
    return None


def _is_unmentioned(verb: Token) -> bool:
    """Whether a verb says what was left out: "did not mention any talks"."""
    return verb.lemma_.lower() == "mention" and any(child.dep_ == "neg" for child in verb.children)


def _complements_of_adjectives(verb: Token) -> list[Token]:
    """What somebody is "due to", "set to", "likely to" do."""
    adjectives = [child for child in verb.children if child.dep_ == "acomp"]
    return [c for adjective in adjectives for c in adjective.children if c.dep_ in ("xcomp", "ccomp")]


def _arguments(verb: Token) -> Iterator[Token]:
    """The subject's and object's heads, through "a number of"; what somebody "is in"."""
    for child in verb.children:
        if child.lower_ == "in" and verb.lemma_ == "be":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
        if child.dep_ in ("dobj", "attr", "nsubjpass", "nsubj", "oprd", "dative"):
            yield child
            for prep in child.children:
                if prep.dep_ == "prep" and prep.lower_ in ("of", "with", "in"):
                    yield from (inner for inner in prep.children if inner.dep_ == "pobj")
            yield from (inner for inner in child.children if inner.dep_ == "conj")


def _acts(token: Token, lemma: str) -> bool:
    children = list(token.children)
    if name_with_particle(token) in PARTICLES:
        return True
    if any(child.dep_ == "csubj" and child.tag_ == "VBG" for child in children):
        # "making clear that ... will send a message": an opinion on what would be done
        return False
    if {"will", "to"} <= {child.lower_ for child in children if child.dep_ == "aux"}:
        # "the same will to tackle": a noun taken for a verb
        return False
    if lemma == "share" and any(_is_shared_state(child) for child in children if child.dep_ == "dobj"):
        return False
    if lemma in ("take", "turn") and any(child.lower_ in ("back", "over", "away") for child in children):
        return True
    if lemma not in ACTIONS:
        return False
    if lemma in _RUNS_OUT:
        subjects = (child for child in children if child.dep_ in ("nsubj", "nsubjpass"))
        return any(subject.lemma_.lower() in INSTRUMENTS for subject in subjects)
    if lemma in ("end", "set", "raise", "open", "close", "share", "lead"):
        moved = any(child.dep_ in ("dobj", "nsubjpass", "prt") and child.lower_ != "up" for child in children)
        return moved or (lemma in _BY_ITSELF and _is_told(token))
    if lemma in ("pass", "reach", "hit", "exceed", "top"):
        return any(child.dep_ in ("dobj", "npadvmod", "nsubjpass", "prep") for child in children)
    if lemma == "call":
        return any(child.lower_ == "for" or child.dep_ in ("xcomp", "prt") for child in children)
    if lemma == "work":
        return any(child.lower_ in ("with", "on", "alongside") or child.dep_ == "xcomp" for child in children)
    if lemma in ("want", "need", "suggest", "consider"):
        return any(child.dep_ in ("dobj", "xcomp", "ccomp", "nsubjpass") for child in children)
    return not (lemma in EVERYDAY and _is_habit(token))


def _is_shared_state(thing: Token) -> bool:
    return thing.lemma_.lower() in _SHARED or any(child.lower_ == "same" for child in thing.lefts)


def name_with_particle(verb: Token) -> str:
    """A verb's lemma with its particle, "strike_down"; the lemma alone where it has none."""
    particle = next((c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod") and c.i > verb.i), "")
    return f"{verb.lemma_.lower()}_{particle}" if particle else verb.lemma_.lower()


def _is_action(verb: Token) -> bool:
    return verb.lemma_.lower() in ACTIONS or name_with_particle(verb) in PARTICLES


def _is_told(verb: Token) -> bool:
    """Whether a verb without an object tells of one time: a past, a future, or a present with its day."""
    helped = any(child.dep_ == "aux" and child.lower_ not in ("do", "does", "can") for child in verb.children)
    return verb.tag_ == "VBD" or helped or _has_day(verb)


def _has_day(verb: Token) -> bool:
    for child in verb.children:
        nouns = [c for c in child.children if c.dep_ == "pobj"] if child.dep_ == "prep" else [child]
        if any(n.lower_ in _DAYS and n.dep_ in ("pobj", "npadvmod", "advmod") for n in nouns):
            return True
    return False


def _is_habit(verb: Token) -> bool:
    """Whether a verb tells what is so or can be, not what is done: a plain present, outside a headline."""
    last = verb.doc[tokens_around(verb.doc, verb.i)[1] - 1]
    if last.text not in _STOPS or _has_day(verb):
        return False
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return "can" in helpers or (helpers <= {"do", "does"} and verb.tag_ in ("VBZ", "VBP"))


def find_all_triggers(sentence: Span) -> list[Token]:
    """Every finite verb and event noun that asserts a happening, whatever the subject."""
    return [token for token in sentence if _is_finite(token) or _is_event_noun(token)]


def _is_finite(token: Token) -> bool:
    if token.pos_ != "VERB" or token.dep_ in ("amod", "compound", "aux", "auxpass"):
        return False
    if token.lemma_.lower() in ("be", "have", "do"):
        return False
    helped = any(child.dep_ in ("aux", "auxpass") for child in token.children)
    return token.tag_ in ("VBD", "VBZ", "VBP", "VBN", "VBG") or helped


def _is_event_noun(token: Token) -> bool:
    return (
        token.pos_ == "NOUN"
        and token.lemma_.lower() in EVENT_NOUNS
        and token.dep_ not in ("compound", "amod")
    )
