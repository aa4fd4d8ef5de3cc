"""Parts of a whole, multiples and counts left vague: "a third", "one in ten", "doubled", "hundreds"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.language.number_places import Place, search_places
from analysis.language.number_words import DIGITS, LONG_SCALE, WORD, Number, any_of, plain_value
from analysis.language.units import CURRENCIES, GROUPS, MULTIPLES, PARTS, SCALES, UNITS

_FRACTION = re.compile(
    rf"""(?<!-)\b(?:(?P<top>an?|one|two|three|four|five|six|seven|eight|nine)[-\s](?P<part>{any_of(PARTS)})s?\b
        (?=\s+(?:of|the|full|empty|as|have|has|are|were|was|is|say|said|in|higher|lower|less|more|over
          |(?P<later>last|this|since|from|to|after|before|during|between|within|compared|on|when|while|and|but|at|every
          |each|per|by|year))\b|[,.;)]|$)
      |(?P<over>[1-9])[/⁄](?P<under>[234568]|1[06]|32|64|100|128)(?=\s+(?:of\s|an?\s)?[a-z]{{2}})
      |(?P<half>half)(?=\s+(?:of|the|their|its|his|her|our|my|your|all|a|that|this|these|those)\b)(?!\s+an?\s+(?:{LONG_SCALE}|dozen))
      |(?P<n>{WORD}|\d+)(?:[\s-]in[\s-]|\s+out\s+of\s+(?:every\s+)?)(?P<m>{WORD}|\d+)(?=\s+[a-z]|[,.;]|$))""",
    re.VERBOSE | re.IGNORECASE,
)
# "fell by a third last year"; "a second win, and a third this week" counts on
_CHANGED = re.compile(
    r"\b(?:by|up|down|fell|rose|dropped|grew)\s(?:(?:about|around|almost|nearly|over|more than|roughly"
    r"|at least|up to|just|only|some)\s){0,2}$",
    re.IGNORECASE,
)
# "two and a half", "a year and a half"
_AND_PART = re.compile(
    rf"\b(?:{WORD}|\d+|(?:year|month|week|day|hour|minute|decade|century|mile|inch|foot|point)s?)[-\s]and[-\s]$",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    rf"""\b(?P<stem>{any_of(MULTIPLES)})(?:ed|es|ing)\b
      |\b(?P<bare>double|halve|treble|triple|quadruple)\b(?!-)
      |\b(?P<twice>twice)(?=\s+(?:as\s+(?:many|much|high|likely|big|large|long|fast|often)|the|that|what))
      |\b(?P<times>{WORD}|{DIGITS})\s+times(?=\s+(?:as|the|more|higher|larger|bigger|that|what|greater|its|their))
      |\b(?P<fold>{WORD}|\d+)-?fold\b
      |(?<![\w.,£$€-])(?P<odds>{WORD}|\d{{1,3}})-to-(?:one|1)\b
      |\b(?P<trio>{any_of(GROUPS)})(?=\s+of\b)""",
    re.VERBOSE | re.IGNORECASE,
)
# "dozens", "tens of thousands": one to ten times the word
_VAGUE = re.compile(
    r"""(?<![-\w])(?:(?P<times>tens|hundreds)\s+of\s+(?P<large>thousands|millions|billions)
      |(?P<word>dozens|hundreds|thousands|millions|billions|trillions))\b(?!-)
      (?:\s+of\s+(?P<money>dollars|pounds|euros)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)


def find_shares(text: str, places: Sequence[Place]) -> list[Number]:
    """Find fractions and "n in m"."""
    found = []
    for match in search_places(_FRACTION, text, places):
        if match["half"]:
            value = 0.5
        elif match["part"]:
            if _AND_PART.search(text[max(0, match.start() - 20) : match.start()]):
                continue
            if match["later"] and not _CHANGED.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            top = 1 if match["top"].lower() in ("a", "an") else UNITS[match["top"].lower()]
            value = top / PARTS[match["part"].lower()]
        elif match["over"]:
            value = int(match["over"]) / int(match["under"])
            after = text[match.end() : match.end() + 12]
            if not re.match(r"\s+of\s+(?:the|all|its|their)\b", after):
                # "1/2 pound", "1/16 of a pint" count units, no part of a whole
                found.append(Number(match.start(), match.end(), value))
                continue
        else:
            n, m = (plain_value(match[g]) for g in ("n", "m"))
            # "one in 2015" and "6 in 5" are no shares
            if not (n and m and n < m <= 1000) or re.match(
                r"\s+years?\b", text[match.end() : match.end() + 12]
            ):
                continue
            value = n / m
        # "the second half", "a second quarter" are periods
        if not re.search(
            r"\b(?:first|second|third|fourth|last|this|next)\s+$",
            text[max(0, match.start() - 12) : match.start()],
        ):
            found.append(Number(match.start(), match.end(), value, kind="share", unit="share"))
    return found


def find_multiples(text: str, places: Sequence[Place]) -> list[Number]:
    """Find multiples and words for a group."""
    found = []
    for match in search_places(_MULTIPLE, text, places):
        if match["trio"]:
            found.append(Number(match.start(), match.end(), GROUPS[match["trio"].lower()]))
            continue
        if match["bare"]:
            value = next(v for stem, v in MULTIPLES.items() if match["bare"].lower().startswith(stem))
        elif match["stem"]:
            value = MULTIPLES[match["stem"].lower()]
        else:
            value = 2.0 if match["twice"] else plain_value(match["times"] or match["fold"] or match["odds"])
        found.append(Number(match.start(), match.end(), value, kind="ratio", unit="ratio"))
    return found


def find_vague(text: str, places: Sequence[Place]) -> list[Number]:
    """Find plural scales ("hundreds of boats"), each as the range from one to ten times the scale."""
    found = []
    for match in search_places(_VAGUE, text, places):
        low = SCALES[(match["word"] or match["large"]).lower().removesuffix("s")]
        if match["times"]:
            low *= 10 if match["times"].lower() == "tens" else 100
        unit = CURRENCIES[match["money"].upper()] if match["money"] else None
        kind = "money" if unit else "plain"
        found.append(Number(match.start(), match.end(), low, 10 * low, kind, unit, scale=low))
    return found
