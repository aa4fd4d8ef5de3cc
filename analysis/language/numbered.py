"""Numbers that are names: "S&P 500", "iPhone 4", "787 Dreamliner", "Formula One"."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from analysis.language.measuring import is_measuring
from analysis.language.number_words import Number
from analysis.language.pipeline import text_of

# Share indices that carry the number of their members.
_INDEX = re.compile(
    r"\b(?:S\s?(?:&|and|\s)\s?P|sp|Standard (?:&|and) Poor['’]?s|Stoxx|Nasdaq|Nikkei|FTSE|CAC|DAX|Russell"
    r"|Fortune|Topix|ASX|TSX|TA|BSE|CSI|Hang Seng|IBEX|SMI)[\s-]$",
    re.IGNORECASE,
)
# A word with a capital inside is a coined name: "iPhone 4".
_COINED = re.compile(r"(?<![\w])[a-z][A-Z][a-z]*\s[\"“]?$|(?<![\w])[a-z][A-Z]{2}\s$")
# What follows "double" where it is a multiple.
_MULTIPLIED = re.compile(
    r"\s+(?:the|that|its|their|his|her|what|in|last|this|from|to|since|over|within|as)\b"
)
# Nouns that a number counts in the singular: "300 police"
_COLLECTIVE = frozenset(
    "police staff crew people personnel cattle sheep fish aircraft spacecraft hovercraft offspring livestock "
    "infantry cavalry militia percent per head dead strong plus".split(" ")
)


def is_name(doc: Doc, span: Span, number: Number) -> bool:
    """Whether the number is part of a name: "Big 12", "S&P 500", "Formula One"."""
    token = span[0]
    if number.kind == "ratio":
        return _is_no_multiple(doc, span, number)
    if number.kind != "plain" or number.scale > 1 or number.sign == "+":
        return False
    before = doc[token.i - 1] if token.i else None
    if _is_labelled(text_of(doc), number):
        return True
    glued = before is not None and before.idx + len(before) <= token.idx and before.text[:1].isupper()
    if not glued or "\n" in text_of(doc)[before.idx : token.idx]:
        return token.text[:1].isupper() and not token.is_sent_start and token.pos_ == "PROPN"
    counts = token.dep_ == "nummod" and token.head.i > token.i
    counts = counts and (token.head.tag_ in ("NNS", "NNPS") or is_measuring(token.head))
    counts = counts and token.ent_type_ != "ORG"
    return before.pos_ == "PROPN" and not counts and "," not in token.text


def _is_labelled(text: str, number: Number) -> bool:
    """Whether the words beside a number show a name: an index, a product, a number in marks of its own."""
    before, after = text[max(0, number.start - 40) : number.start], text[number.end : number.end + 3]
    digits = text[number.start : number.end]
    if number.sign in ("-", "−"):
        # "COVID -19": a hyphen that lost its place
        return bool(re.search(r"[A-Z]\w*\s$", before))
    if before[-1:] in ('"', "“", "‘") and re.match(r"[,.]?[\"”’]", after):
        return True
    return bool((digits.isdigit() and len(digits) < 5 and _INDEX.search(before)) or _COINED.search(before))


def names_thing(number: Number, counted: Token | None) -> bool:
    """Whether what a number seems to count shows it to be a name: "787 Dreamliner", "Stoxx 600 index"."""
    if number.kind != "plain" or number.scale > 1:
        return False
    if counted is None:
        return number.value == 1
    if is_measuring(counted) or counted.text.endswith("s") or number.value <= 1:
        return False
    if re.match(r"\sof\s", text_of(counted.doc)[number.end : number.end + 4]):
        return False  # "the 4,192 of last May"
    # "the final 717 jet": a model; what is counted stands in the plural
    model = (
        counted.tag_ == "NN"
        and number.end - number.start == 3
        and number.high is None
        and 100 <= number.value < 1000
        and counted.idx == number.end + 1
        and len(counted) > 2
        and counted.lower_ not in _COLLECTIVE
    )
    return counted.tag_ == "NNP" or model


def _is_no_multiple(doc: Doc, span: Span, number: Number) -> bool:
    """Whether "double" is no multiple: it is one as a verb or before "the number", not in "double room"."""
    token, text = span[0], text_of(doc)[number.start : number.end].lower()
    if text not in ("double", "treble", "triple", "quadruple", "halve", "doubles", "triples"):
        return False
    if _MULTIPLIED.match(text_of(doc), number.end):
        before = text_of(doc)[max(0, number.start - len(" the ")) : number.start]
        return before.lower().endswith((" a ", " the "))
    return token.pos_ != "VERB"
