"""What a number counts and measures, from the parse: its unit and its noun phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from analysis.language.number_words import Number
from analysis.language.pipeline import text_of
from analysis.language.units import GROUPS, MEASURES, SPELLINGS

NOUNS = frozenset({"NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
MEASURE_WORDS = 14

# Nouns that say how a number moves or is made up; what is measured is what they are "of" or "in".
_CARRIERS = frozenset(
    "number total sum amount figure rate level share proportion percentage average majority rise "
    "increase fall drop decline decrease growth jump gain cut reduction surge record estimate "
    "maximum minimum quarter high low".split(" ")
)
_UNIT_NOUNS = frozenset(SPELLINGS) | frozenset(
    "litre second minute hour mile metre kilometre foot inch tonne yard".split(" ")
)
_IRREGULAR = {"feet": "foot", "inches": "inch", "pence": "penny"}
# Nouns that measure something else: what is measured stands above them, or after "of".
_MEASURING = _UNIT_NOUNS | frozenset(
    "day week month year decade point degree unit time ounce gram kilogram kilo pound stone ton "
    "kilowatt megawatt gigawatt gallon barrel acre hectare celsius fahrenheit per dollar euro "
    "penny cent yen yuan shekel rupee ringgit franc pence millimeter centimeter meter kilometer "
    "liter volt watt calorie part".split(" ")
)
_SPENDING = frozenset("spend pay invest commit give put allocate set".split(" "))
_PREMODIFIERS = ("nummod", "amod", "compound", "nmod", "quantmod", "det", "poss")
_LOOSE_ENDS = ("prep", "det", "cc", "quantmod", "aux", "nsubj", "mark", "advmod")
_PER = re.compile(
    r"^[\s-]*(?:per|an?|each|every|/)[\s-]?(?P<noun>year|month|week|day|night|hour|minute|second|century|barrel|share"
    r"|head|person|ounce|gram|tonne|ton|litre|kilowatt|household|unit|square (?:foot|metre)|sq ft|sq m|mile"
    r"|child|pupil|annum|million)\b",
    re.IGNORECASE,
)
_CONVERTED = re.compile(r"\s\([^()\n]{2,30}\)(?=\s)")
_SUM = re.compile(r"[A-Z]{1,3}[\d,.]{3,}")
_LONG = {"annum": "year", "sq ft": "square foot", "sq m": "square metre"}


def lead_token(span: Span) -> Token:
    """The token of a number that carries its place in the parse."""
    # The parser may attach the parts of "$1.2 billion" one by one: the last number or noun leads.
    return next((t for t in reversed(span) if not span.start <= t.head.i < span.end), span.root)


def find_counted(span: Span, number: Number) -> Token | None:
    """The noun that a bare number counts; None where it counts none."""
    if number.kind not in ("plain", "share", "rank"):
        return None
    doc, root = span.doc, lead_token(span)
    after = doc[span.end] if span.end < len(doc) else None
    if root.lower_ in GROUPS:
        return next((t for t in _objects(root, "of") if t.pos_ in NOUNS), None)
    # "a 5.2 litre engine", "a 43 second dash"
    if after is not None and number.kind == "plain" and after.tag_ != "NNS" and after.lower_ in _UNIT_NOUNS:
        return after
    if number.kind == "share" or (after is not None and after.lower_ == "of"):
        return next((t for t in _objects(root, "of", "in") if t.pos_ in NOUNS and t.i >= span.end), None)
    if root.dep_ in _PREMODIFIERS and root.head.i > root.i:
        head = root.head
        # A chain of numbers ("4 hundred million people") ends in its noun.
        while head.pos_ not in NOUNS and head.head.i > head.i and head.dep_ in _PREMODIFIERS:
            head = head.head
        return head if head.pos_ in NOUNS and "\n" not in text_of(doc)[span.end_char : head.idx] else None
    if after is not None and after.tag_ in ("NNS", "NNPS") and after.idx - span.end_char <= 1:
        return after
    return None


def _objects(token: Token, *prepositions: str) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in prepositions:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def find_unit(doc: Doc, span: Span, number: Number, counted: Token | None) -> str | None:
    """The unit of a number: its own, or the noun counted, in the singular, with "per" and its noun.

    Example:
        "£20 a week" gives "pound sterling per week", "more than 6,400 small boats" gives "boat".
    """
    unit = number.unit
    if unit is None and counted is not None:
        unit = _name_of(counted, span)
    if unit is None and lead_token(span).lower_ in GROUPS:
        unit = "people"
    if unit is None:
        unit = _age_unit(doc, span, number) or _carried_unit(span)
    if unit is None or number.kind not in ("plain", "money", "unit"):
        return unit
    end = counted.idx + len(counted) if counted is not None and number.unit is None else number.end
    # The conversion between a price and what it is paid for: "C$6 ($4.46) per share"
    converted = _CONVERTED.match(text_of(doc)[end : end + 40])
    end += converted.end() if converted else 0
    per = _PER.match(text_of(doc)[end : end + 30])
    if per:
        noun = per["noun"].lower()
        unit += f" per {_LONG.get(noun, noun)}"
    return unit


def _name_of(noun: Token, span: Span) -> str:
    """A noun in the singular with the nouns before it: "member state", "MP"."""
    left = [t for t in noun.lefts if t.i >= span.end and t.is_alpha and t.i < noun.i]
    # "FA Cup finals" hangs "FA" on "Cup"
    left = [inner for t in left for inner in (*t.lefts, t) if inner.is_alpha and inner.i >= span.end]
    left = [t for t in left if t.dep_ == "compound" or t.lower_ in ("square", "cubic", "nautical")]
    left = sorted(set(left), key=lambda t: t.i)
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else None
    if noun.lemma_ == "degree" and after is not None and after.lower_ in ("celsius", "fahrenheit"):
        return f"degree {after.text.capitalize()}"
    return " ".join([*(t.text if t.pos_ == "PROPN" else t.lower_ for t in left), _singular(noun)])


def _singular(token: Token) -> str:
    if token.lower_ in _IRREGULAR:
        return _IRREGULAR[token.lower_]
    if token.text.rstrip("s").isupper():
        return token.text.removesuffix("s")
    if token.lower_ in ("people", "person", "persons"):
        return "people"
    if token.tag_ == "NNPS" and token.text.endswith("s") and not token.text.endswith("ss"):
        return token.text[:-1]
    lemma = token.lemma_.lower()
    return SPELLINGS.get(lemma, lemma)


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
        subject = next((t for t in root.head.children if t.dep_ in SUBJECTS), None)
        if subject is not None and (
            subject.lower_ in ("he", "she", "i", "who") or subject.ent_type_ == "PERSON"
        ):
            return "year of age"
    return None


def _carried_unit(span: Span) -> str | None:
    """The noun behind a bare number: "the number of people ... passed 20,000"."""
    governor = _govern(lead_token(span), span)
    for _ in range(3):
        if governor is None or governor.lemma_.lower() not in _CARRIERS:
            return None
        inner = _complement(governor, span)
        if inner is not None:
            return _singular(inner) if inner.tag_ in ("NNS", "NNPS") else None
        governor = _govern(governor, span)
    return None


def _complement(noun: Token, span: Span) -> Token | None:
    found = (t for t in _objects(noun, "of", "in", "for") if t.pos_ in NOUNS and not t.like_num)
    return next((t for t in found if not span.start <= t.i < span.end), None)


def is_measuring(token: Token) -> bool:
    """Whether a noun only carries a number: a percent sign, a currency, a unit."""
    symbol = token.like_num or token.lower_ in ("%", "percent", "cent", "pc", "$", "£", "€")
    return symbol or token.lemma_.lower() in _MEASURING or token.text in MEASURES


def _govern(token: Token, span: Span) -> Token | None:
    """Climb from a number to the noun it is about: a head noun, or an argument of its verb."""
    for _ in range(8):
        head = token.head
        if head == token:
            return None
        if head.pos_ in NOUNS and not is_measuring(head) and not span.start <= head.i < span.end:
            return head
        if head.pos_ in ("VERB", "AUX"):
            found = _argument(head, token, span)
            if found is not None:
                return found
        token = head
    return None


def _argument(verb: Token, below: Token, span: Span) -> Token | None:
    def fits(token: Token) -> bool:
        return token.pos_ in NOUNS and not is_measuring(token) and not span.start <= token.i < span.end

    spent = verb.lemma_ in _SPENDING and below.dep_ in ("dobj", "obj")
    bought = next((t for t in _objects(verb, "on", "for", "to", "into", "in") if spent and fits(t)), None)
    objects = [t for t in verb.children if t.dep_ == "dobj" and t != below and fits(t)]
    if below.dep_ not in ("prep", "npadvmod"):
        objects = []
    subjects = [t for t in verb.children if t.dep_ in SUBJECTS and fits(t)]
    heads = [verb.head] if verb.dep_ in ("acl", "relcl") and fits(verb.head) else []
    return next(iter([*([bought] if bought is not None else []), *objects, *subjects, *heads]), None)


def find_measure(span: Span, number: Number, counted: Token | None) -> str | None:
    """The noun phrase counted or governed, as it stands in the text."""
    root, noun = lead_token(span), counted
    if noun is not None and is_measuring(noun):
        # "8 miles of tunnels", "the field is 8 miles long": the tunnels, the field
        root, noun = noun, None
    if noun is None:
        parts = [t for t in _objects(root, "of", "in") if t.pos_ in NOUNS and not is_measuring(t)]
        part = next((t for t in parts if t.i >= span.end), None)
        noun = part if part is not None else _govern(root, span)
        # "a fall of 3 per cent": what fell is the noun's complement, or what it is itself said of.
        if noun is not None and noun.lemma_.lower() in _CARRIERS and _complement(noun, span) is None:
            noun = _govern(noun, span) or noun
    if noun is None and (number.kind != "share" and (counted is None or is_measuring(counted))):
        noun = _last_subject(span)
    # What is said of a person counts something unnamed: "four years ago" does not measure the man.
    if noun is None or (counted is not None and noun != counted and noun.ent_type_ == "PERSON"):
        return None
    return _phrase(noun, span)


def _last_subject(span: Span) -> Token | None:
    """The nearest subject before a number that nothing in the parse governs."""
    sentence = span.sent
    for token in reversed(span.doc[max(sentence.start, span.start - 25) : span.start]):
        if token.dep_ in SUBJECTS:
            fits = token.pos_ in NOUNS and not is_measuring(token) and token.ent_type_ != "PERSON"
            return token if fits else None
    return None


def _phrase(noun: Token, span: Span) -> str | None:
    """The noun with what stands before it and its complements, without number, article and hedge."""
    doc, inside = noun.doc, {t.i for t in noun.subtree}
    left = noun.i
    while left - 1 in inside and noun.i - left < 6:
        left -= 1
    if left < span.end <= noun.i:
        left = span.end
    while left < noun.i and _is_edge(doc[left]):
        left += 1
    right = noun.i
    for token in doc[noun.i + 1 : noun.i + MEASURE_WORDS]:
        stop = token.i not in inside or token.is_punct or token.is_space or span.start <= token.i < span.end
        if stop or (token.dep_ in ("cc", "appos") and token.head == noun):
            break
        right = token.i
    while right > noun.i and doc[right].dep_ in _LOOSE_ENDS:
        right -= 1
    phrase = doc[left : right + 1].text.strip(" \n\"'‘’“”,.;:-–()")
    # A sum of money is no noun, though the parser may read "A12,810,626" as one.
    return phrase if re.search(r"[^\W\d_]", phrase) and not _SUM.fullmatch(phrase) else None


def _is_edge(token: Token) -> bool:
    loose = token.pos_ in ("DET", "PUNCT", "NUM", "ADP", "ADV", "PRON", "CCONJ", "SPACE", "SYM")
    return (loose and token.dep_ != "poss") or token.lower_ in (
        "more",
        "than",
        "least",
        "nearly",
        "%",
        "per",
        "cent",
    )
