"""Words that make a number a bound or a guess: "more than", "no more than", "about", "30 or so"."""

from __future__ import annotations

import re

from analysis.language.measuring import TIME_UNITS
from analysis.language.number_words import Number

_NOT = r"(?:no|not|never|nothing)"
# Verbs of going beyond a number; "top" alone is an adjective too ("the top 40")
_EXCEED = r"pass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|top(?:s|ped|ping)"
#: Verbs of reaching or passing a number, in all their forms
REACH = rf"(?:{_EXCEED}|top|reach(?:es|ed|ing)?|hit(?:s|ting)?|br(?:eak(?:s|ing)?|oken?))"
# People cross and breach other things than numbers: these reach one after "not", or before a mark
_CROSS = rf"(?:{REACH}|cross(?:es|ed|ing)?|breach(?:es|ed|ing)?)"
_LARGER = r"(?:more|greater|higher|larger|bigger|longer|older|heavier|taller)"
_SMALLER = r"(?:less|fewer|lower|smaller|shorter|younger|lighter)"
_MORE = (
    rf"{_NOT} {_SMALLER} than|(?:{_NOT}|n['’]t) (?:under|below)|as (?:few|little|low) as|{_LARGER} than"
    r"|over|above|beyond|at (?:the )?(?:very )?least|in excess of|upwards? of|north of|a?\bminimum(?: of)?"
    r"|(?:go|goes|going|went|gone|rose|risen|climbed|surged|soared|grew|grown|moved|well|far|just|shot) past"
    rf"|{_EXCEED}|(?:to|will|could|would|may|might|can|should) top|start(?:s|ing)? (?:at|from)|[>≥]=?"
)
_LESS = (
    rf"(?:{_NOT}|n['’]t) (?:{_LARGER} than|above|over)"
    rf"|(?:{_NOT}|n['’]t|yet to|fail(?:s|ed)? to) (?:yet |to )?{_CROSS}"
    rf"|{_SMALLER} than|under|below|up to|nearly|almost|at (?:the )?(?:very )?most"
    r"|as (?:many|much|high|large|far) as|short of|shy of|south of|a?\bmaximum(?: of)?"
    r"|sub|capped at|limited to|restricted to|approaching|nearing"
    r"|verging on|not quite|not even|virtually|practically|(?:best|better) part of|[<≤]=?"
)
_ABOUT = (
    r"about|around|approximately|approx\.?|roughly|broadly|more or less|some|estimated(?: at| to be)?"
    r"|circa|c\.|ca\."
    r"|(?:in|on|of) the (?:region|order|vicinity|neighbou?rhood) of|close to|near(?: to)?|something like|[~≈]"
)
# Words between a hedge and its number; "the" only after a verb, as in "passed the 30,000 mark".
_FILL = r"(?:an?|just|only|even|its|a total of|an average of|a mere|a combined|a further|another)"
_BEFORE = re.compile(
    rf"(?<![\w’'])(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<about>{_ABOUT}))[\s-]*(?:{_FILL}\s)?[\s“\"(]*$",
    re.IGNORECASE,
)
_MARK = re.compile(rf"\b{_CROSS} (?:the|a) $", re.IGNORECASE)
_MARKED = re.compile(r"[\s-](?:people |\w+ )?(?:mark|milestone|threshold|barrier)\b")
_AFTER = re.compile(
    r"""^(?:\s(?!or\b|and\b)[a-z]+){0,2}?(?:
      (?P<more>\s(?:or|and)\s(?:more|over|above|older|higher|greater|better|longer|larger|bigger|up|upwards|counting)\b
        |\splus(?=\s[a-z]+s\b|[,.;)]|$)|,?\sat\s(?:the\s)?(?:very\s)?(?:least|minimum)\b|\s(?:upwards|minimum)(?=[,.;)]|$))
     |(?P<less>\s(?:or|and)\s(?:less|fewer|under|below|younger|lower|smaller|shorter)\b
        |,?\sat\s(?:the\s)?(?:very\s)?(?:most|maximum)\b|\s(?:tops|max|maximum)(?=[,.;)]|$))
     |(?P<about>\sor\s(?:so|thereabouts)\b|,?\sgive\sor\stake\b|\sodd\s))""",
    re.VERBOSE,
)
# A length, or what goes on so long: "over 30 centuries", "over two terms"
_TIME = rf"(?:{'|'.join(sorted(TIME_UNITS))}|centuries|season|term|session|generation)"
_DURATION = re.compile(rf"[\s-](?:\w+\s)?{_TIME}")
_AGED = re.compile(r"[\s-]years?[\s-](?:old|ago|late|earlier)\b")
# "over 30 years" is longer than they are after these; after anything else something goes on during them.
_LASTING = re.compile(
    r"\b(?:for|just|well|far|little|slightly|last\w*|t[ao]ke[ns]?|took|taking|spen[dt]\w*|in|after|been|was|is|are|were|of"
    r"|an?|aged?|serv\w+|wait\w*|from|to|by|than|with|at|averag\w+)\s+$",
    re.IGNORECASE,
)
# After these, "over", "under" and "about" are prepositions of their own.
_TOPIC = re.compile(
    r"\b(?:(?P<over>rows?|disputes?|anger|concerns?|control|fight|battle|victory|win|lead|advantage|probe|charges?"
    r"|debate|arrest(?:ed|s)?|questioned|resign(?:ed|s)?)|(?P<under>serv(?:e|es|ed|ing)|work(?:s|ed|ing)?|lived?|living)"
    r"|(?P<about>talk\w*|complain\w*|worr\w+|ask\w*|t[eo]ll?d?s?|lied|questions?|concerns?|thoughts?|stor(?:y|ies)|debate))\s+$",
    re.IGNORECASE,
)
# "went up to 40" tells the level reached
_RAISED = re.compile(
    r"\b(?:g[oe]es|go|going|went|gone|ris(?:e|es|en|ing)|rose|climb\w*|mov\w+|push\w*|bring\w*|brought|t[ao]kes?|taken"
    r"|taking|took|shot|add\w*)\s(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
WINDOW = 60


def find_hedge(text: str, number: Number) -> str | None:
    """Whether words beside a number make it a bound or a guess.

    Returns:
        ``>``, ``<`` or ``~``; None where nothing does. A negated hedge turns round: "no more than" is ``<``.

    Example:
        "at least 40" gives ``>``, "not quite 40" ``<``, "40 or so" ``~``, "spread over 40 years" None.
    """
    before, after = text[max(0, number.start - WINDOW) : number.start], text[number.end : number.end + 40]
    if _MARK.search(before) and _MARKED.match(after):
        return ">"
    hedge = _BEFORE.search(before)
    if hedge is None or not _bounds(before[: hedge.start()], hedge, number, after):
        hedge = _AFTER.match(after)
        if hedge is None or (number.kind == "money" and hedge["more"] == " plus"):
            return None
    return ">" if hedge["more"] else "<" if hedge["less"] else "~"


def _bounds(before: str, hedge: re.Match[str], number: Number, after: str) -> bool:
    """Whether what looks like a hedge is one, and no verb or preposition of its own."""
    word = (hedge["more"] or hedge["less"] or hedge["about"]).lower()
    if word in ("over", "under", "about"):
        topic = _TOPIC.search(before)
        if topic and topic[word]:
            return False
    if word == "over" and number.kind != "age" and _DURATION.match(_unit_and(number, after)):
        return bool(_LASTING.search(before) or _AGED.match(after))
    if word == "up to":
        return not _RAISED.search(before)
    if word.startswith("start"):
        return number.high is None
    if word in ("near", "near to"):
        return number.kind in ("percent", "money")
    if word.startswith(("pass", "top", "tops")):
        # "passed two bills", "topped three polls"
        return number.kind != "plain" or number.value >= 1000 or not re.match(r"\s[a-z]", after)
    return True


def _unit_and(number: Number, after: str) -> str:
    """The unit that the number already holds ("a 10-year") and what follows it."""
    return f" {number.unit}{after}" if number.kind == "unit" else after
