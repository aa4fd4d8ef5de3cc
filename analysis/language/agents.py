"""Which nouns can speak: people, bodies and documents do; arrests, figures and Tuesdays do not."""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.language.name_words import DAYS_AND_MONTHS

_HUMAN = re.compile(
    r"(?:er|or|ist|man|woman|ian|ee|ant|mate|boy|girl|source|official|aide|mp|victim|mother|father|friend|"
    r"chief|head|expert|person|resident|student|president|teen|chair|judge|mayor|migrant|critic|ally|"
    r"witness|executive|sister|brother|bishop)$"
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
    """witness eyewitness administration commission corporation organization organisation association
    foundation institution
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
INDEFINITE = frozenset("someone somebody".split())
# Before a noun that nobody has heard of yet, and before somebody whom one talks or goes with.
NEW = frozenset("a an one another".split())
COMPANY = frozenset("by with to from".split())
_WOMEN = frozenset(
    """woman mother wife sister daughter girl aunt niece grandmother widow girlfriend bride mum mom actress
    businesswoman councilwoman policewoman saleswoman schoolgirl stepmother granddaughter heiress""".split()
)
_MEN = frozenset(
    """man father husband brother son boy uncle nephew grandfather widower boyfriend groom dad actor
    businessman councilman policeman salesman schoolboy stepfather grandson fisherman gunman""".split()
)
_GROUPS = frozenset(
    """pair trio duo couple group team panel quartet committee union families people parents children men
    women police staff crew brothers sisters""".split()
)


def can_speak(noun: Token) -> bool:
    """Whether words can be put into a noun's mouth.

    A cue beside an abstract noun is a misreading, most often where a line lost words ("arrests led to
    charges, convictions or said ..."): its speaker is unknown, not "arrests".

    Args:
        noun: The head of the phrase that a cue was read with.
    """
    lower, lemma = noun.lower_, noun.lemma_.lower()
    if noun.pos_ == "PROPN":
        return lower not in DAYS_AND_MONTHS or noun.ent_type_ == "PERSON"
    if noun.pos_ != "NOUN":
        return True
    if lemma in _SPEAKING or lower in _SPEAKING or noun.ent_type_:
        return True
    return lemma not in _DEEDS and not _ABSTRACT.search(lower)


def is_human_word(lower: str, text: str) -> bool:
    """Whether a word, by its shape alone, is for a person: "inmate", "adviser", "someone".

    Args:
        lower: The word in small letters.
        text: The word as it stands; one with a capital is part of a name or a title.
    """
    if lower in INDEFINITE:
        return True
    if not text.islower() or lower in _THINGS:
        return False
    return lower in _WOMEN or lower in _MEN or _HUMAN.search(lower) is not None


def is_human(noun: Token) -> bool:
    """Whether a common noun is shaped like a person's ("inmate", "adviser"), and is nobody's possession."""
    lower = noun.lower_
    if lower in INDEFINITE:
        return True
    if noun.pos_ != "NOUN" or not is_human_word(lower, noun.text):
        return False
    return all(child.dep_ != "poss" for child in noun.children)


def is_group(lower: str) -> bool:
    """Whether a noun in the singular or plural stands for several people: "trio", "families"."""
    return lower in _GROUPS


def gender_of_noun(lower: str) -> str | None:
    """The gender that a noun tells ("husband", "actress"): "f", "m" or ``None``."""
    if lower in _WOMEN or lower.endswith("woman"):
        return "f"
    return "m" if lower in _MEN or (lower.endswith("man") and lower != "human") else None


def is_introduced(noun: Token) -> bool:
    """Whether a noun brings an unnamed person in beside the verb: "told to me by someone close to the king".

    Only indefinite phrases do ("with a former official"), after the prepositions of talking and company
    or as the object of a verb.
    """
    new = noun.lower_ in INDEFINITE or any(
        child.dep_ in ("det", "nummod") and child.lower_ in NEW for child in noun.children
    )
    met = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ in COMPANY)
    return new and met


def is_told_by_author(noun: Token) -> bool:
    """Whether the writer tells of meeting or hearing somebody: "I was with a former official"."""
    verb = next((token for token in noun.ancestors if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and any(t.lower_ in ("i", "we", "me", "us") for t in verb.subtree if t.i < noun.i)
