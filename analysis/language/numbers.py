"""Numbers as news writes them: a grammar over plain text, without a parser.

Digits, words, scales, currencies, percentages, fractions, multiples, ages and ranges become a value with,
where the text itself gives one, a unit. What only looks like a number is passed over: calendar dates, times,
telephone numbers, scores, ordinals, addresses, "No 10", "MI5", "Article 8".
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from analysis.language.lookalikes import find_lookalikes
from analysis.language.number_places import find_places, search_places
from analysis.language.number_words import DIGITS, LONG_SCALE, WORD, Number, any_of, parse_words, plain_value
from analysis.language.shares import find_multiples, find_shares, find_vague
from analysis.language.units import CURRENCIES, LOOSE, MEASURES, SCALES, SPELLINGS, TENS, UNITS
from analysis.matching import Cover

_WORDS = (
    rf"\b(?:{WORD}[-\s]and[-\s]an?[-\s](?:half|quarter)\b(?:\s+(?:{LONG_SCALE})\b)?"
    rf"|(?:half\s+an?\s+|an?\s+|{WORD}(?:[-\s]{WORD})?\s+)(?:(?:{LONG_SCALE}|dozen)\b)"
    rf"(?:\s+(?:and\s+)?{WORD}(?:[-\s]{WORD})?(?:\s+(?:{LONG_SCALE})\b)?)*(?:\s+(?:{LONG_SCALE})\b)*"
    rf"|(?:{any_of(TENS)})[-\s](?:{any_of(UNITS)})|{WORD})(?![\w’]|'\w)"
)
_PREFIX = (
    any_of(
        [
            name
            for name in CURRENCIES
            if not name.isalpha() or name in ("GBP", "EUR", "USD", "CHF", "RM", "JPY", "INR")
        ]
    )
    + r"|PS(?=\d{1,3}(?:,\d{3}|\.\d|m\b|bn\b))"
)
_MONEY_WORD = any_of([name for name in CURRENCIES if re.fullmatch(r"[A-Z ]{3,}", name)])
_PERCENT = r"\s?%|[\s-]per\s?cent\b|\s?pc\b"
_NUMBER = re.compile(
    rf"""(?<![\w./#@&\\])(?<![\d,],)(?:(?<![\w%][-–])|(?<=\bsub-)|(?<=\bto-)|(?<=[\d%][-–])|(?=[£$€]))
    (?:(?P<currency>{_PREFIX})\s?)?(?P<sign>(?<![\w%])[+−-](?=[\d.])|[Mm]inus[\s-])?(?P<currency2>[£$€])?
    (?P<number>(?P<digits>{DIGITS})
        (?:(?P<scale>[\s-]?(?:(?i:{LONG_SCALE})|[BbMmTt]n)(?![\w])|\s?(?:million|billion)(?=s\b)|[kKmMbB](?![\w/²2])
            |(?(currency)\s[MB](?![\w/²])|\s[MB](?=\s(?:people|[a-z]{{3,}}s)\b))))*
       |(?P<words>(?i:{_WORDS})))
    (?:(?P<points>[\s-](?:percentage|basis)[\s-]points?\b)|(?P<percent>(?i:{_PERCENT}))
      |(?P<age>[-\s]years?[-\s]olds?\b)
      |(?P<money>[\s-](?i:{_MONEY_WORD})\b(?!-|['’]t\b)|\s?p\b(?=[\s,.)]|$))
      |-?(?P<glued>(?:{any_of(MEASURES)})(?![\w/]))
      |\s(?P<measure>(?:{any_of(set(MEASURES) - LOOSE)})(?![\w/]))
      |-(?P<hyphen>[a-z]{{3,}})(?![\w-])
      )?(?P<more>\+(?!\d))?""",
    re.VERBOSE,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|early|late|mid|summer|spring|autumn|winter|fall"
    r"|between|circa|BC|between (?:A\.?D\.? )?\d{4} and)[\s-]+$",
    re.IGNORECASE,
)
_HYPHEN_UNITS = frozenset(
    "year month week day hour minute second mile metre meter kilometre kilometer foot inch page point "
    "seat member strong tonne ton acre person child man woman night stage game bed bedroom cylinder door "
    "decade century storey story goal vote judge party state lane car part round".split(" ")
)
# "thirty-odd", "three-plus"
_GUESSED = {"odd": "about", "ish": "about", "plus": "more"}
# A weight, and no money: "200 pounds of flour", "weighs 200 pounds", "a 200-pound man"
_WEIGHED = re.compile(r"\b(?:weigh\w*|lift\w*|los(?:e|es|t|ing)|gained|carry)\s(?:\w+\s){0,3}$")
_OF_STUFF = re.compile(
    r"\sof\s(?!(?:\w+\s)?(?:money|debt|tax\w*|aid|cash|savings?|cuts?|fund\w*|invest\w*|spend\w*|public|sales|income"
    r"|revenue|profits?|loans?|grants?|support|damages?|assets|business|trade|orders?|our|your|my|his|her|their)\b)"
)
_SUSPENDED = re.compile(r"-(?:,? ?| ?/ ?| (?:or|and|to) )")


def find_numbers(text: str) -> list[Number]:
    """Find the numbers of a text, in reading order, with ranges joined.

    Returns:
        Numbers that do not overlap. A four-digit number that reads as a year is left out.

    Example:
        >>> [(n.value, n.high, n.unit) for n in find_numbers("£40m, up 3 to 5 per cent in 2025")]
        [(40000000.0, None, 'pound sterling'), (3.0, 5.0, 'percent')]
    """
    places = find_places(text)
    masked = Cover(len(text), find_lookalikes(text, places))
    found = [*find_shares(text, places), *find_multiples(text, places), *find_vague(text, places)]
    taken = Cover(len(text), ((number.start, number.end) for number in found))
    for match in search_places(_NUMBER, text, places):
        number = _read(text, match)
        if number is not None and (number.start, number.end) not in taken:
            found.append(number)
    found = sorted((n for n in found if (n.start, n.end) not in masked), key=lambda n: n.start)
    joined = _share_units(text, _join_ranges(text, found))
    return [n for n in joined if not (n.kind == "plain" and _is_tail(text, n.start))]


def _share_units(text: str, numbers: list[Number]) -> list[Number]:
    """Give a number the unit that only the next one names: "16- and 17-year-olds", "50-42%"."""
    shared: list[Number] = []
    for number in reversed(numbers):
        later = shared[-1] if shared else None
        if later is not None and number.kind == "plain" and later.kind in ("unit", "age", "percent"):
            between = text[number.end : later.start]
            poll = later.kind == "percent" and between in ("-", "–")
            if poll or (later.kind != "percent" and _SUSPENDED.fullmatch(between)):
                number = replace(number, kind=later.kind, unit=later.unit)
        shared.append(number)
    return shared[::-1]


def _is_tail(text: str, start: int) -> bool:
    """Whether a number is the rest of a code: "A330-200", "3888-2"."""
    return text[start - 1 : start] in ("-", "–") and text[max(0, start - 2) : start - 1].isdigit()


def _read(text: str, match: re.Match[str]) -> Number | None:
    digits, prefix = match["digits"], match["currency"] or match["currency2"]
    value = plain_value(digits) if digits else parse_words(match["words"])
    read = _read_unit(text, match, prefix)
    if value is None or read is None:
        return None
    kind, unit, end = read
    scale = SCALES.get((match["words"] or "").lower().split(" ")[-1], 1.0)
    if digits:
        words = re.findall(rf"{LONG_SCALE}|bn|mn|tn|[kmb]", match["number"][len(digits) :].lower())
        scale = math.prod(SCALES[word] for word in words)
        value *= scale
    sign = (match["sign"] or "").lower() or ("more" if match["more"] else _GUESSED.get(match["hyphen"], ""))
    if sign.startswith("minus"):
        sign = "-"
    elif sign in ("-", "−") and not re.search(
        r"(?:^|[\s(])$", text[max(0, match.start() - 1) : match.start()]
    ):
        sign = ""
    number = Number(match.start(), end, value, None, kind, unit, sign, scale)
    return None if _is_no_quantity(text, number, digits, match) else number


def _read_unit(text: str, match: re.Match[str], prefix: str | None) -> tuple[str, str | None, int] | None:
    """Kind, unit and end of a number by its currency sign and what follows; None for a mere modifier."""
    kind, unit, end = ("money", CURRENCIES[prefix.upper()], 0) if prefix else ("plain", None, 0)
    name = match["glued"] or match["measure"]
    if match["percent"]:
        kind, unit, end = "percent", "percent", match.end("percent")
    elif match["points"]:
        unit = "percentage point" if "percentage" in match["points"] else "basis point"
        kind, end = "percent", match.end("points")
    elif match["age"]:
        kind, unit, end = "age", "year of age", match.end("age")
    elif match["money"]:
        kind, unit, end = "money", unit or CURRENCIES[match["money"].strip(" -").upper()], match.end("money")
        if _is_weight(text, match, prefix):
            kind, unit = "unit", "pound"
    elif name and not prefix:
        kind, unit, end = "unit", MEASURES[name], match.end("glued")
    elif match["hyphen"] in _GUESSED:
        end = match.end("hyphen")
    elif match["hyphen"]:
        noun = match["hyphen"].removesuffix("s")
        if noun in SPELLINGS or noun in _HYPHEN_UNITS or (match["digits"] and not prefix and len(noun) > 3):
            unit = "people" if noun == "strong" else SPELLINGS.get(noun, noun)
            kind, end = "unit", match.end("hyphen")
        elif not match["digits"]:
            return None
    return kind, unit, max(end, match.end("number"))


def _is_weight(text: str, match: re.Match[str], prefix: str | None) -> bool:
    """Whether "pounds" weigh: they do of a stuff, of who weighs them, and in "a 200-pound man"."""
    word = match["money"].lower()
    if prefix or word.strip(" -") not in ("pound", "pounds"):
        return False
    if word == "-pound":
        return not re.search(
            r"(?i:[mb]illion|thousand|hundred|bn|mn|tn)$|[kKmMbB]$", match["number"]
        ) and not re.match(
            r"\s(?:note|fine|fee|coin|ticket|prize|bill|deal|charge|levy|bet|bonus)",
            text[match.end() : match.end() + 8],
        )
    near = text[max(0, match.start() - 40) : match.start()]
    return bool(_OF_STUFF.match(text, match.end("money")) or _WEIGHED.search(near))


def _is_no_quantity(text: str, number: Number, digits: str | None, match: re.Match[str]) -> bool:
    after, before = text[number.end : number.end + 12], text[max(0, number.start - 24) : number.start]
    if number.kind != "plain":
        return False
    if digits is None:
        alone = match["words"].lower()
        # "no one", "one of", "one another", "this one", "the one": a pronoun
        if alone == "one":
            following = r"\s+[A-Za-z]" if match["words"] == "one" else r"\s+(?:[a-z]|(?:US|UK|EU)\s[a-z])"
            return not re.match(following, after) or bool(
                re.match(
                    r"\s+(?:of|another|day|or|who|that|is|was|has|could|can|would|might|may|to|in|and|for|by)\b",
                    after,
                )
                or re.search(
                    r"\b(?:no|any|some|every|each|this|that|the|another|which|not|only|big|same|new)\s+$",
                    before,
                    re.I,
                )
            )
        return bool(re.match(r"-[a-z]", after)) or bool(
            alone in ("a", "an") or re.match(r"(?:st|nd|rd|th)\b", after)
        )
    # letters glued to digits: "5G", "22nd", "1990s", "777-200LR", "4x4"; a leading zero: a code
    if re.match(r"['’]?[A-Za-z²]|[-–/:][\dA-Z]*[A-Z]|°", after) and number.scale == 1:
        return True
    if re.match(r"0[\d,]", digits) or re.search(r"\b(?:A\.?D\.?|BCE?)\s$", before):
        return True
    if not re.fullmatch(r"\d{4}", digits) or number.scale > 1:
        return len(digits) > 9 and "," not in digits and "." not in digits
    # "two 1099 forms"; "(1892)"
    if re.search(rf"\b(?i:{WORD})\s$", before) or (before.endswith("(") and after.startswith(")")):
        return True
    year = int(digits)
    if re.match(r"\s?[-–]\s?(?!1[5-9]|20)\d{4}\s[A-Za-z]", after):
        return False
    if 1900 <= year <= 2199:
        counting = r"\b(?:than|over|about|around|nearly|almost|some|total of|least)\s+$"
        return not (re.search(counting, before) and re.match(r"\s+[a-z]+s\b|\s+people", after))
    return 1000 <= year < 1900 and bool(_YEAR_BEFORE.search(before)) and not re.match(r"\s+[a-z]+s\b", after)


def _join_ranges(text: str, numbers: list[Number]) -> list[Number]:
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        merged = _range(text, last, number) if last is not None and last.high is None else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(number)
    return joined


def _range(text: str, low: Number, high: Number) -> Number | None:
    """Join "20 to 25 per cent" and the like; None where the two are figures of their own."""
    between = re.sub(r"\s+", " ", text[low.end : high.start]).strip().lower()
    before = text[max(0, low.start - 40) : low.start].lower()
    if between == "and":
        if not re.search(r"\bbetween (?:about |around |roughly )?$", before):
            return None
    elif between == "or":
        if high.value != low.value + 1 or low.kind != "plain":
            return None
    elif between not in ("to", "-", "–", "—", "to-", "-to-", "- to") and not (
        between.endswith("up to") and len(between) < 16 and re.search(r"\bfrom $", before)
    ):
        return None
    elif re.search(r"\bfrom $", before) and re.search(_MOVED, before):
        # "rose from 4 to 6 per cent" tells two figures, "from 4 to 6 per cent" one range
        return None
    elif re.search(r"\bby $", before) and high.value > 3 * low.value * (high.scale if low.scale == 1 else 1):
        # "rose by 40 to 419"
        return None
    if low.unit not in (None, high.unit) and not (
        low.kind == "money" and high.kind == "plain" and between in "-–"
    ):
        return None
    if {low.kind, high.kind} & {"share", "ratio"}:
        return None
    value = low.value
    if low.scale == 1 and value < high.value / high.scale:
        value *= high.scale
    if value >= high.value:
        return None
    kind, unit = (high.kind, high.unit) if high.unit else (low.kind, low.unit)
    return replace(high, start=low.start, value=value, high=high.value, kind=kind, unit=unit, sign=low.sign)


_MOVED = re.compile(
    r"\b(?:rose|rise|rises|risen|fell|fall|falls|fallen|up|down|grew|grown|increased?|dropped|jumped|climbed|went|gone|cut"
    r"|reduced|raised|lifted|declined|slipped|surged|doubled|moved|slow|slowed|recovered)\b"
)
