"""The name of what a number counts: the noun in the singular, with the words that make one name with it."""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.language.arguments import NOUNS
from analysis.language.measuring import UNIT_NOUNS
from analysis.language.units import SPELLINGS

_NAME_WORDS = 6
_IRREGULAR = {"feet": "foot", "inches": "inch", "pence": "penny", "persons": "people", "person": "people"}
# Nouns that another word alone tells apart: a servant is no civil servant, a school no high school.
_FIXED = frozenset(
    "civil servant,public servant,prime minister,chief executive,general practitioner,social worker,"
    "human being,special adviser,executive order,local authority,high school,primary school,secondary school,"
    "human right,solar panel,square mile,square foot,square metre,square kilometre,square yard,square inch,"
    "cubic metre,cubic foot,cubic kilometre,nautical mile".split(",")
)
# "two attorneys general"
_GENERALS = frozenset("attorney solicitor secretary governor".split(" "))
# Parts before a hyphen that are no words of their own: "co-defendants", "ex-wives"
_PREFIXES = frozenset(
    "co ex vice non semi sub step half great grand mid self by over under cross mini".split(" ")
)
_SUFFIX = re.compile(r"-(?:up|by|on|off|in-law|in-chief|elect|at-large)\b")
_WINDOW = 8


def name_of(noun: Token, first: int) -> str:
    """A noun in the singular with the nouns before it, and what those carry: "member state", "MP".

    An adjective of the counted noun itself is left out, unless the two are one name ("civil servant").

    Args:
        noun: The counted noun.
        first: The first token that may belong to the name.
    """
    doc, words = noun.doc, [_with_suffix(noun)]
    at = noun.i
    first = max(first, noun.i - _NAME_WORDS)
    while at > first:
        hyphen = doc[at - 1].text == "-" and not doc[at - 1].whitespace_ and at - 2 >= first
        before = doc[at - 2] if hyphen else doc[at - 1]
        if not before.is_alpha or not _belongs(before, noun, doc[at], hyphen=hyphen):
            break
        # "asylum-seekers" are asylum seekers; "co-defendants" keep their hyphen
        glue = "-" if hyphen and (at < noun.i or before.lower_ in _PREFIXES) else " "
        words.insert(0, (before.text if before.pos_ == "PROPN" or _is_name(before) else before.lower_) + glue)
        at = before.i
    after = noun.nbor() if noun.i + 1 < len(doc) else None
    if noun.lemma_ == "degree" and after is not None and after.lower_ in ("celsius", "fahrenheit"):
        return f"degree {after.text.capitalize()}"
    if after is not None and after.lower_ == "general" and words[-1].lower() in _GENERALS:
        words.append(" general")
    return "".join(words)


def _belongs(before: Token, noun: Token, after: Token, *, hyphen: bool) -> bool:
    """Whether a word is part of the name that a noun and the words before it make."""
    if hyphen and (before.lower_ in _PREFIXES or (before.pos_ in NOUNS and after == noun)):
        return True
    # "FA Cup finals" hangs "FA" on "Cup"
    if before.dep_ == "compound" and noun in (before.head, before.head.head):
        return True
    if f"{before.lower_} {singular(noun).lower()}" in _FIXED and after == noun:
        return True
    # "high school students", "Spanish-language networks": what the word before the noun carries itself
    return (
        after != noun and (before.head == after or hyphen) and before.dep_ in ("amod", "nummod", "compound")
    )


def _with_suffix(noun: Token) -> str:
    doc = noun.doc
    after = doc[noun.i + 1 : noun.i + 6].text if noun.i + 1 < len(doc) and not noun.whitespace_ else ""
    suffix = _SUFFIX.match(after)
    return singular(noun) + (suffix.group() if suffix else "")


def singular(token: Token) -> str:
    """A noun in the singular; a name keeps its capital ("Democrat", "MP"), a heading does not."""
    # A dash or a mark without a space leaves two words in one token.
    word = re.split(r"[—–\"“”]", token.text)[0] or token.text
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower == "people":
        return lower
    if word.isupper() and lower.removesuffix("s") in UNIT_NOUNS | {"day", "week", "month", "year", "vote"}:
        return lower.removesuffix("s")
    if word.rstrip("s").isupper():
        return word.removesuffix("s")
    plural = token.tag_ in ("NNPS", "NNS") or (token.tag_ == "NNP" and word.endswith("s"))
    if word != token.text or (word[:1].isupper() and plural and not word.isupper()):
        name = _strip(word) if plural else word
        return name if _is_name(token) else name.lower()
    lemma = token.lemma_.lower()
    if lemma.endswith("xe") and lower == f"{lemma}s" and lemma not in ("axe", "pickaxe"):
        lemma = lemma[:-1]  # "inboxes", a word that the lemmatiser does not know
    elif lemma.endswith("os") and lower == f"{lemma}es":
        lemma = f"{lemma}e"  # "doses"
    return SPELLINGS.get(lemma, lemma)


def _strip(word: str) -> str:
    """The singular of a plural name: "Tories", "Democrats", "Congresswomen"."""
    if word.endswith("men"):
        return f"{word[:-2]}an"
    if word in ("Series", "Species") or word.endswith(("ss", "us", "ics")):
        return word
    if re.search(r"[a-z]{2}ies$", word):
        return f"{word[:-3]}y"
    return re.sub(r"(?<=x|s|z)es$|(?<=[cs]h)es$|s$", "", word)


def _is_name(token: Token) -> bool:
    """Whether a capital says something: a heading has them on every long word."""
    doc = token.doc
    near = doc[max(0, token.i - _WINDOW) : token.i + _WINDOW + 1]
    return token.text[:1].isupper() and any(t.is_lower and len(t) > 3 and t.is_alpha for t in near)
