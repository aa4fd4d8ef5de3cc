"""Which nouns can speak: people, bodies and documents do; arrests, figures and Tuesdays do not."""

from __future__ import annotations

import re

from spacy.tokens import Token

_HUMAN = re.compile(
    r"(?:er|or|ist|man|woman|ian|ee|ant|mate|boy|girl|source|official|aide|mp|victim|mother|father|friend|"
    r"chief|head|expert|person|resident|student|president|teen|chair|judge|mayor|migrant|critic|ally)$"
)
# Words shaped like people that are things.
_THINGS = frozenset(
    """career number paper power order letter offer matter border weather water summer winter computer
    newspaper tower error sector factor floor door labor behavior behaviour favor favour honor honour
    color colour answer center theater chapter quarter corner shoulder finger river winner-takes-all
    manner gender border member-state document statement government movement amendment argument moment
    department parliament settlement agreement investment employment development element environment
    percent cent event content amount extent account current intent accent talent patent front point
    print committee list gist twist mist fist""".split()
)
# Nouns made from verbs and qualities name doings and states, except these bodies and documents.
_ABSTRACT = re.compile(r"(?:tion|sion|ness|ity|ism|ance|ence|ment|ing|ship|ure)s?$")
_SPEAKING = frozenset(
    """administration commission corporation organization organisation association foundation institution
    federation delegation coalition opposition union nation population congregation petition publication
    resolution declaration legislation constitution citation caption description inscription transcription
    convention prosecution operation indictment statement amendment government parliament department regiment
    establishment announcement document agreement community university city majority minority authority
    charity entity celebrity committee audience conference alliance press leadership membership
    partnership filing ruling posting recording briefing being king advertisement complaint judgment
    judgement literature brochure assessment legislature""".split()
)
_DEEDS = frozenset(
    """arrest figure number formula clue move deal attack crisis way day week month year decade hour minute
    time case thing fact price rate share vote danger goal change end role half hand side part place life war
    boat crossing process copy system freeze goods tone theme effort push impact threat demand visit stage
    phenomenon economy sale cost level rise fall effect use""".split()
)
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december""".split()
)
_UNSPEAKING = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY")
INDEFINITE = frozenset("someone somebody".split())


def can_speak(noun: Token) -> bool:
    """Whether words can be put into a noun's mouth.

    A cue beside an abstract noun is a misreading, most often where a line lost words ("arrests led to
    charges, convictions or said ..."): its speaker is unknown, not "arrests".

    Args:
        noun: The head of the phrase that a cue was read with.
    """
    lower, lemma = noun.lower_, noun.lemma_.lower()
    if noun.pos_ == "PROPN":
        return not (lower in _CALENDAR and noun.ent_type_ in ("DATE", "TIME"))
    if noun.pos_ != "NOUN":
        return True
    if lemma in _SPEAKING or lower in _SPEAKING or noun.ent_type_ in ("PERSON", "ORG", "NORP"):
        return True
    if noun.ent_type_ in _UNSPEAKING and not _HUMAN.search(lower):
        return False
    return lemma not in _DEEDS and not _ABSTRACT.search(lower)


def is_human(noun: Token) -> bool:
    """Whether a common noun is shaped like a person's ("inmate", "adviser"), and is nobody's possession."""
    lower = noun.lower_
    if lower in INDEFINITE:
        return True
    if noun.pos_ != "NOUN" or noun.text[:1].isupper():
        return False
    return (
        bool(_HUMAN.search(lower)) and lower not in _THINGS and all(c.dep_ != "poss" for c in noun.children)
    )


def is_introduced(noun: Token) -> bool:
    """Whether a noun brings an unnamed person in beside the verb: "told to me by someone close to the king".

    Only indefinite phrases do ("with a former official"), after the prepositions of talking and company
    or as the object of a verb.
    """
    new = noun.lower_ in INDEFINITE or any(
        child.dep_ in ("det", "nummod") and child.lower_ in ("a", "an", "one", "another")
        for child in noun.children
    )
    met = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ in ("by", "with", "to", "from"))
    return new and met
