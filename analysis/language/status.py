"""Status of a happening as its sentence tells it: proposed, announced, agreed, in force, and so on."""

from __future__ import annotations

import re
from itertools import islice

from spacy.tokens import Token

from analysis.language.milestones import Stage, stage_of_milestone, verb_of_milestone
from analysis.language.nearby import DEEP, is_under, root_between
from analysis.language.tense import read_time
from analysis.language.triggers import (
    AGREEING,
    ANNOUNCING,
    INSTRUMENTS,
    NEGOTIATING,
    PROPOSING,
    SCRAPPING,
    name_with_particle,
)

_MODALS = frozenset("may might could should would must can ought shall".split(" "))
_TALKS = frozenset("talk talks negotiation discussion".split(" "))
_GOES_ON = frozenset("resume begin start open continue hold restart lead kick get".split(" "))
_DENYING = frozenset("deny fail refuse decline avoid".split(" "))
_NOBODY = frozenset("no neither nobody none".split(" "))
_UNDER_WAY = frozenset(
    "work push drive hold have seek summit meeting deal effort attempt agreement treaty".split(" ")
)
_PLANNED = re.compile(
    r"\b(?:due|set|expected|likely|scheduled|poised|about|planned|slated|is|are)\s+to\b"
    r"|\b(?:plans?|planning|hopes?|hoped|hoping|aims?|intends?|promised|pledged|vowed)\s+to\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:is|are|was|were) (?:not )?(?:understood|thought|believed|reported|rumoured|said|alleged)\b"
    r"|\breports? (?:that|suggest(?:s|ed)?|of|claim(?:s|ed)?|say)\b"
    r"|\bbeen reports\b|\breported that\b|\breportedly\b|\ballegedly\b|\bunderstands\b"
    r"|\bsources? (?:suggest|say|said|claim)"
    r"|\b(?:appear(?:s|ed)?|seem(?:s|ed)?) to\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(r"\b(?:is|are|was|were) (?:(?:not )?expected|unlikely)\b", re.IGNORECASE)
_LEFT_OPEN = re.compile(
    r"\b(?:not|never|n[’']t|(?:refus|declin)(?:e[sd]?|ing) to) (?:yet |entirely )?rul(?:ed?|ing) out\b",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(
    r"\b(?:rul(?:e[sd]?|ing) out|no plans? (?:to|for)|(?<!that )(?<!who )(?<!which )refus(?:e[sd]?|ing) to"
    r"|(?:will|would) not|won[’']t|wouldn[’']t|reject(?:s|ed|ing)?|never (?:be|agree|accept))\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:call(?:s|ed|ing)? for|demand(?:s|ed|ing)?|propos(?:e[sd]?|al|als|ing)|urg(?:e[sd]?|ing)"
    r"|(?:drives?|bids?|pleas?) for|draft law|(?:new|introducing) (?:laws?|legislation)"
    r"|consider(?:s|ed|ing)|need (?:a|an|to))\b",
    re.IGNORECASE,
)
_WORKING_ON = re.compile(
    r"\b(?:in talks|talks? (?:to|with|between)|talked to|negotiat\w+|discussions? (?:with|about|on|between)"
    r"|working with .{1,40} to\b|push(?:es|ed|ing)? (?:the|for)\b)",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"\b(?:(?:came|come|comes|coming) into (?:force|effect)|took effect|takes? effect|in force"
    r"|already in place|(?:have|has) been (?:changed|introduced|tightened|extended|banned|in place))\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:(?:not )?expected to|due to(?= \w+ )|set to|likely to|unlikely to|plans? to|hop(?:e[sd]?|ing) to"
    r"|need(?:s|ed)? to|ha(?:s|ve) to|appear(?:s|ed)? to|seem(?:s|ed)? to|reportedly|allegedly"
    r"|understood to|thought to|about to)\b",
    re.IGNORECASE,
)
# A verb whose denial denies what it governs: who does not expect a deal tells of none.
_RAISING = frozenset(
    "expect mention plan intend think believe propose appear seem want hope hop mean wish say ask suppose "
    "anticipate envisage foresee aim schedule set".split(" ")
)
_RAISING_ADJECTIVES = frozenset("likely due ready set able willing prepared certain sure".split(" "))
_RAISING_NOUNS = frozenset(
    "plan intention mention prospect sign hope proposal suggestion chance need word".split(" ")
)
_SUBJECTS = ("nsubj", "nsubjpass")
_SIDE = ("advcl", "relcl", "acl")
_STATIVE_PRESENT = ("VBZ", "VBP")
_VERBS = ("VERB", "AUX")
_NOT_YET = re.compile(r"\b(?:yet|until|till|before)\b", re.IGNORECASE)
# "started to take effect" tells a start; "wanted to bring into force" tells a wish.
_PHASES = frozenset("begin start continue cease stop".split(" "))
_HOPING = frozenset("hope hop want expect wish".split(" "))
_WISHES = frozenset("want wish need seek like hope hop".split(" "))
# A court says what the law is; whether the policy ended is for the text to say.
_COURTS = frozenset("court judge tribunal justice judges justices ruling jury bench".split(" "))
_VERDICTS = frozenset("injunction ruling judgment judgement verdict conviction sentence".split(" "))
_SCHEDULING = frozenset("expect schedule plan slate".split(" "))
_REVERSALS = frozenset(
    "suspension repeal withdrawal closure cancellation abolition termination pause".split(" ")
)
_NO_LONGER = re.compile(r"\b(?:no longer|not any ?more|ceased? to)\b", re.IGNORECASE)
_VOIDING = frozenset(("quash", "annul", "strike_down"))
_ENDING = frozenset("call_off phase_out wind_down wind_up".split(" "))
_REJECTING = frozenset(("throw_out", "vote_down"))
_RESTRICTIONS = frozenset("ban cap restriction sanction embargo curb limit freeze moratorium".split(" "))
_LAWS = frozenset("bill act law legislation amendment".split(" "))


def read_modality(trigger: Token, clause: str) -> str | None:
    """The word that hedges or obliges the trigger: a modal verb, or "expected to" and the like."""
    if _is_condition(trigger):
        return "if"
    for token in (trigger, verb_of_milestone(trigger) or trigger.head):
        for child in token.children:
            if child.dep_ == "aux" and child.lower_ in _MODALS:
                return child.lower_
        if token.pos_ in ("VERB", "AUX"):
            break
    hedge = _HEDGES.search(clause)
    if hedge is None and trigger.dep_ == "ccomp" and trigger.head.lemma_.lower() in _HOPING:
        return trigger.head.lower_
    return hedge.group().lower() if hedge else None


def _is_condition(trigger: Token) -> bool:
    """Whether a trigger is a clause with "if": "if a deal were struck"."""
    marks = (child.lower_ for child in trigger.lefts if child.dep_ == "mark")
    return trigger.dep_ == "advcl" and "if" in marks


def _is_supposed_means(trigger: Token) -> bool:
    """Whether a trigger is how something would come about: "by scrapping the plan, they would ..."."""
    return trigger.dep_ == "pcomp" and trigger.tag_ == "VBG" and read_time(trigger) in ("future", "supposed")


def is_negated(trigger: Token) -> bool:
    """Whether the trigger, or the verb that carries it, is denied."""
    phrase = verb_of_milestone(trigger)
    chain = [trigger] if phrase in (None, trigger) else [trigger, phrase]
    while chain[-1].dep_ in ("xcomp", "dobj", "attr", "nsubj", "nsubjpass") and len(chain) < 4:
        chain.append(chain[-1].head)
    above = chain[-1].head if chain[-1].dep_ == "ccomp" else chain[-1]
    if any(token.lemma_.lower() in _DENYING for token in (*chain[1:], above) if token.i != trigger.i):
        return True
    denied = any(child.dep_ == "neg" for token in chain for child in token.children)
    arguments = [c for c in trigger.children if c.dep_ in (*_SUBJECTS, "dobj", "attr")]
    denied = denied or any(_is_nobody(noun) for noun in (trigger, *arguments))
    return denied or _is_denied_above(trigger) or _is_denied_above(chain[-1])


def _is_nobody(noun: Token) -> bool:
    return any(word.lower_ in _NOBODY for word in (noun, *noun.lefts))


def _is_denied_above(below: Token) -> bool:
    """Whether a verb, noun or adjective that governs a happening is denied: "is not expected to agree"."""
    for _ in range(DEEP):
        above = below.head
        lemma = above.lemma_.lower()
        if below.dep_ in ("ccomp", "xcomp", "dobj") and above.pos_ in _VERBS and lemma in _RAISING:
            # "did not say that ..." denies the saying
            stated = below.dep_ == "ccomp" and lemma == "say"
            subjects = (child for child in above.children if child.dep_ in _SUBJECTS)
            denied = any(child.dep_ == "neg" for child in above.children) or any(map(_is_nobody, subjects))
            if denied and not stated:
                return True
        elif below.dep_ in ("xcomp", "ccomp") and above.dep_ == "acomp" and lemma in _RAISING_ADJECTIVES:
            if any(child.dep_ == "neg" for child in (*above.children, *above.head.children)):
                return True
        elif below.dep_ in ("acl", "prep") and lemma in _RAISING_NOUNS:
            return any(child.dep_ == "neg" for child in above.head.children) or _is_nobody(above)
        elif below.dep_ not in ("pobj", "pcomp") or above.dep_ != "prep":
            return False
        below = above
    return False


def read_status(trigger: Token, clause: str, sentence: str, start: int) -> str:
    """The status of a happening, from cue words first, then the trigger's lemma, then its tense.

    Args:
        trigger: The verb or event noun.
        clause: The text of its clause.
        sentence: The sentence's text.
        start: Where the sentence begins in the text: a cue counts in the trigger's own clause and in those
            that govern it, not in a clause beside it ("after reports suggested ...").

    Returns:
        One of :data:`analysis.schema.STATUSES`.
    """
    lemma = trigger.lemma_.lower()
    if _LEFT_OPEN.search(clause) or _is_condition(trigger) or _is_supposed_means(trigger):
        return "proposed"
    is_reported = _has_own(_REPORTED, trigger, sentence, start) or _is_press_report(trigger)
    stage = stage_of_milestone(trigger)
    if stage is not None:
        return _status_of_milestone(trigger, stage, clause, is_reported)
    if _RULED_OUT.search(clause) and _has_own(_RULED_OUT, trigger, sentence, start):
        return "ruled out"
    if _is_aim(trigger) and not _PLANNED.search(clause):
        return "proposed"
    if _is_demanded(trigger) or _is_wished(trigger):
        return "proposed"
    settled = not is_negated(trigger) and _is_settled(trigger)
    done = _status_when_done(trigger, lemma) if settled else None
    if done is not None:
        return done
    if is_reported or _has_own(_EXPECTED, trigger, sentence, start):
        return "reported"
    if lemma in NEGOTIATING or lemma in _TALKS or (lemma in _UNDER_WAY and _WORKING_ON.search(clause)):
        return "in negotiation"
    if _resumes_talks(trigger):
        return "in negotiation"
    if _is_approval(trigger, lemma) and settled and not _PLANNED.search(clause):
        return "agreed"
    if lemma not in PROPOSING and _is_future(trigger, ("will", "'ll", "’ll", "shall")):
        return "announced"
    if lemma in PROPOSING or _PROPOSED.search(clause):
        return "proposed"
    if lemma in ANNOUNCING or _is_future(trigger) or _PLANNED.search(clause):
        return "announced"
    return _by_tense(trigger, clause)


def _status_of_milestone(trigger: Token, stage: Stage, clause: str, is_reported: bool) -> str:
    """The status of a step in the life of a law: the stage it leads to, once the text tells it as taken."""
    verb = verb_of_milestone(trigger) or trigger
    waits = _NOT_YET.search(clause) is not None
    if _RULED_OUT.search(clause) and not waits:
        return "ruled out"
    if is_reported:
        return "reported"
    if is_negated(trigger):
        return "announced" if waits else "past fact"
    if _is_demanded(verb):
        return "proposed"
    time = read_time(trigger)
    helpers = {child.lower_ for child in _verb_of(trigger).children if child.dep_ == "aux"}
    if time == "future" or (time == "supposed" and not helpers & _MODALS - {"would"}):
        return "proposed" if _is_wished(verb) else "announced"
    if _lemmas(verb, "acomp") & {"due", "likely"} or (verb.lemma_.lower() in _SCHEDULING and verb != trigger):
        return "announced"
    if verb.tag_ == "VB" and (waits or _PLANNED.search(clause)):
        return "announced"
    asserted = verb.tag_ != "VB" or verb.head.lemma_.lower() in _PHASES or "did" in helpers
    if time == "supposed" or not asserted:
        return "proposed"
    if stage == "taken":
        return "in negotiation" if _resumes_talks(verb) else "past fact"
    if stage == "in force" and _NO_LONGER.search(clause):
        return "scrapped"
    # that the suspension of a scheme is in force does not put the scheme into force
    return "past fact" if _lemmas(verb, "nsubj", "nsubjpass", "dobj") & _REVERSALS else stage


def _has_own(cue: re.Pattern[str], trigger: Token, sentence: str, start: int) -> bool:
    """Whether a cue stands in the clause of a trigger or in one that governs it."""
    found = cue.finditer(sentence)
    return any(
        _governs(root_between(trigger.doc, start + m.start(), start + m.end()), trigger) for m in found
    )


def _governs(word: Token, trigger: Token) -> bool:
    for step in (word, *islice(word.ancestors, DEEP)):
        if step == trigger or is_under(trigger, step):
            return True
        if step.dep_ in _SIDE:
            return False
    return True


def _is_press_report(trigger: Token) -> bool:
    """Whether a clause is what a paper "reported"."""
    return trigger.dep_ == "ccomp" and trigger.head.lemma_.lower() == "report"


def _is_settled(trigger: Token) -> bool:
    """Whether a happening is told as done or under way, not as what will, may or is expected to be."""
    aim = trigger.tag_ == "VB" and trigger.dep_ in ("acl", "advcl")
    due = trigger.head.lemma_ == "be" and any(c.lower_ == "to" for c in trigger.children if c.dep_ == "aux")
    ahead = aim or due or _is_future(trigger, (*_FUTURE, *_MODALS))
    return not ahead and read_time(trigger) not in ("future", "supposed")


def _is_wished(verb: Token) -> bool:
    if verb.dep_ not in ("xcomp", "ccomp"):
        return False
    # "that means doing everything": what it would take
    needed = verb.head.lemma_.lower() == "mean" and verb.tag_ == "VBG"
    return needed or verb.head.lemma_.lower() in _WISHES


def _status_when_done(trigger: Token, lemma: str) -> str | None:
    """The status of an ending, a judgment, a rejection or a bill brought in, once it is told as done."""
    name = name_with_particle(trigger) if trigger.pos_ in _VERBS else lemma
    objects = _lemmas(trigger, "dobj", "nsubjpass")
    if name in _VOIDING or (lemma in SCRAPPING and (_is_by_court(trigger) or objects & _VERDICTS)):
        return "past fact"
    if lemma in ("lapse", "expire") and trigger.tag_ in _STATIVE_PRESENT:
        # "the pact expires at the end of the year"
        return "announced"
    if lemma == "end" and not objects and not _lemmas(trigger, "nsubj") & INSTRUMENTS:
        return "past fact"
    if lemma in SCRAPPING or name in _ENDING or (lemma == "lift" and objects & _RESTRICTIONS):
        return "scrapped"
    if name in _REJECTING:
        return "ruled out"
    brought_in = name in ("introduce", "bring_forward") and objects & {"bill", "amendment"}
    return "proposed" if brought_in else None


def _is_by_court(trigger: Token) -> bool:
    agents = {
        inner.lemma_.lower()
        for child in trigger.children
        if child.dep_ == "agent"
        for inner in child.children
        if inner.dep_ == "pobj"
    }
    return bool((_lemmas(trigger, "nsubj") | agents) & _COURTS)


def _is_approval(trigger: Token, lemma: str) -> bool:
    """Whether something is agreed or a law is passed; a bill that passed one stage is not."""
    if lemma == "pass":
        return bool(_lemmas(trigger, "dobj", "nsubjpass") & _LAWS)
    return lemma in AGREEING


def _lemmas(verb: Token, *relations: str) -> set[str]:
    return {child.lemma_.lower() for child in verb.children if child.dep_ in relations}


def _is_demanded(trigger: Token) -> bool:
    """Whether a verb is what somebody demands or asks others to do."""
    asked = trigger.dep_ in ("ccomp", "xcomp") and trigger.tag_ in ("VB", "VBP")
    return asked and trigger.head.lemma_.lower() in ("demand", "urge", "ask", "recommend", "implore", "press")


def _resumes_talks(trigger: Token) -> bool:
    subjects = (child for child in trigger.children if child.dep_ in ("nsubj", "nsubjpass", "dobj"))
    return trigger.lemma_.lower() in _GOES_ON and any(s.lemma_.lower() in _TALKS for s in subjects)


_FUTURE = ("will", "'ll", "’ll", "would", "shall")


def _is_future(trigger: Token, words: tuple[str, ...] = _FUTURE) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in words for child in _verb_of(trigger).children)


def _is_aim(trigger: Token) -> bool:
    """Whether a trigger is what something "is ... to" do: "the answer is: to agree a treaty"."""
    verb = _verb_of(trigger)
    return verb.lemma_ == "be" and any(
        child.dep_ == "xcomp" and child.tag_ == "VB" for child in verb.children
    )


def _is_carried(token: Token) -> bool:
    if token.dep_ == "conj" and token.tag_ == "VB":
        # "there is work to do, and the force will begin": a clause of its own
        return not any(child.dep_ == "aux" for child in token.children)
    return token.dep_ == "xcomp"


def _verb_of(trigger: Token) -> Token:
    """The verb that carries an event noun, or a non-finite trigger's finite verb."""
    token = trigger
    for _ in range(DEEP):
        carried = token.pos_ not in _VERBS or (token.head.pos_ in _VERBS and _is_carried(token))
        if token.head == token or not carried:
            break
        token = token.head
    return token


def _by_tense(trigger: Token, clause: str) -> str:
    verb = _verb_of(trigger)
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if _IN_FORCE.search(clause):
        return "in force"
    if helpers & _MODALS:
        return "proposed"
    if verb.tag_ in ("VBG", "VBN") and helpers & {"is", "are", "'re", "’re", "am", "'m"}:
        return "in force"
    if verb.tag_ in _STATIVE_PRESENT and not helpers & {"did", "had", "was", "were", "has", "have"}:
        return "in force"
    return "past fact"
