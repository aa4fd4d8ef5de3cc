"""Numbers as news writes them: a grammar over plain text, without a parser.

Digits, words, scales, currencies, percentages, fractions, multiples, ages and ranges become a value with,
where the text itself gives one, a unit. What only looks like a number is passed over: calendar dates, times,
telephone numbers, scores, ordinals, addresses, "No 10", "MI5", "Article 8".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from analysis.language.number_words import DIGITS, LONG_SCALE, WORD, Number, any_of, parse_words, plain_value
from analysis.language.shares import find_multiples, find_shares, find_vague
from analysis.language.units import CURRENCIES, LOOSE, MEASURES, SCALES, SPELLINGS, TENS, UNITS

_WORDS = (
    rf"\b(?:(?:half\s+an?\s+|an?\s+|{WORD}(?:[-\s]{WORD})?\s+)(?:(?:{LONG_SCALE}|dozen)\b)"
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
    rf"""(?<![\w.,/#@&\\])(?:(?<![\w%][-–])|(?<=\bsub-)|(?<=\bto-)|(?<=[\d%][-–])|(?=[£$€]))
    (?:(?P<currency>{_PREFIX})\s?)?(?P<sign>(?<![\w%])[+−-](?=[\d.])|[Mm]inus[\s-])?(?P<currency2>[£$€])?
    (?P<number>(?P<digits>{DIGITS})
        (?:(?P<scale>[\s-]?(?:{LONG_SCALE}|bn|mn|tn)(?![\w])|\s?(?:million|billion)(?=s\b)|[kKmMbB](?![\w/²2])))*
       |(?P<words>(?i:{_WORDS})))
    (?:(?P<points>[\s-](?:percentage|basis)[\s-]points?\b)|(?P<percent>(?i:{_PERCENT}))
      |(?P<age>[-\s]years?[-\s]olds?\b)
      |(?P<money>[\s-](?i:{_MONEY_WORD})\b(?!-)|\s?p\b(?=[\s,.)]|$))
      |-?(?P<glued>(?:{any_of(MEASURES)})(?![\w/]))
      |\s(?P<measure>(?:{any_of(set(MEASURES) - LOOSE)})(?![\w/]))
      |-(?P<hyphen>[a-z]{{3,}})(?![\w-])
      )?(?P<more>\+(?!\d))?""",
    re.VERBOSE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_LABEL = (
    r"No|Nos|no|Number|number|Article|Articles|Section|Sections|section|Part|Clause|Chapter|Page|page|Title|Rule|"
    r"Schedule|Resolution|Protocol|Amendment|Appendix|Room|Route|Gate|Flight|Channel|Radio|Terminal|Level|Phase|"
    r"Stage|Tier|Category|category|Grade|Group|Episode|Season|Volume|Question|Order|Act|Highway|Interstate|Bill|"
    r"Proposition|Directive|Regulation|Model|Type|Class|Level|chapter|paragraph|Paragraph|version|Version"
)
_MASKS = re.compile(
    rf"""(?P<web>https?://\S+|www\.\S+|(?<!\S)[^\s@]{{1,64}}@\S+\.\w+)
      |(?P<item>(?m:^)[ \t]*\(?\d{{1,2}}[.)][ \t])
      |(?P<slashed>\b(?![1-9]/(?:[234568]|1[06]|32|64|100|128)\s)\d+/\d+(?:/\d+)?\b)
      |(?P<iso>\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}\b)
      |(?P<clock>\b\d{{1,2}}[:.]\d\d(?:[:.]\d\d?)?\s?(?:[ap]\.?m\b|GMT|BST|UTC)|\b\d{{1,2}}:\d\d(?:[:.]\d+)?(?!\w)
        |\b\d{{1,2}}\s?[ap]\.?m\b)
      |(?P<phone>(?<!\w)(?:\+\d{{1,3}}[ -]?(?:\(0\))?[\d -]{{7,}}\d|0\d{{2,4}}[ -]?\d{{3,4}}[ -]?\d{{3,4}}
        |\(?\d{{3}}\)?[ -]\d{{3}}-\d{{4}})\b)
      |(?P<dayfirst>\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}}(?:st|nd|rd|th)?)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?\b)
      |(?P<monthfirst>\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?:,?\s+\d{{4}})?\b(?![,.]\d|%|\s?(?:per|million|people)))
      |(?P<label>\b(?:{_LABEL})\.?\s(?:\d+|[Tt]en)\b(?![,.]\d|%))
      |(?P<release>\b(?i:version|release|edition|software|update)s?\s\d+(?:\.\d+)+)
      |(?P<rue>\b\d{{1,4}},?\s(?:rue|Rue|Ave|Via|Calle)\.?\s[A-Z])
      |(?P<address>\b\d+(?:[-–]\d+)?[A-Za-z]?\s(?:[A-Z]\w+\s){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Place|Drive|Way|Boulevard)\b)
      |(?P<score>(?<![\w£$€.,])\d{{1,3}}[-–]\d{{1,3}}(?=\s+(?:win|defeat|victory|loss|draw|down|up|lead|home|away|to|over|vote|against|at|on)\b|[,.;)]|$))
      |(?P<yearspan>\b(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:\d\d|(?:1[5-9]|20)\d\d)\b)
      |(?P<hours>\b24[-/]7\b)""",
    re.VERBOSE,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|early|late|mid|summer|spring|autumn|winter|fall"
    r"|between|circa|A\.D\.|BC|between \d{4} and)[\s-]+$",
    re.IGNORECASE,
)
_HYPHEN_UNITS = frozenset(
    "year month week day hour minute second mile metre meter kilometre kilometer foot inch page point "
    "seat member strong tonne ton acre person child man woman night stage game bed bedroom".split(" ")
)


def find_numbers(text: str) -> list[Number]:
    """Find the numbers of a text, in reading order, with ranges joined.

    Returns:
        Numbers that do not overlap. A four-digit number that reads as a year is left out.

    Example:
        >>> [(n.value, n.high, n.unit) for n in find_numbers("£40m, up 3 to 5 per cent in 2025")]
        [(40000000.0, None, 'pound sterling'), (3.0, 5.0, 'percent')]
    """
    masked = _cover(text, (match.span() for match in _MASKS.finditer(text)))
    found = [*find_shares(text), *find_multiples(text), *find_vague(text)]
    taken = _cover(text, ((number.start, number.end) for number in found))
    for match in _NUMBER.finditer(text):
        number = _read(text, match)
        if number is not None and not _overlaps(number, taken):
            found.append(number)
    found = sorted((n for n in found if not _overlaps(n, masked)), key=lambda n: n.start)
    return [n for n in _join_ranges(text, found) if not (n.kind == "plain" and _is_tail(text, n.start))]


def _is_tail(text: str, start: int) -> bool:
    """Whether a number is the rest of a code: "A330-200", "3888-2"."""
    return text[start - 1 : start] in ("-", "–") and text[max(0, start - 2) : start - 1].isdigit()


def _cover(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte a character, set where a span lies: asking is then as cheap in a long table of numbers."""
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    return covered


def _overlaps(number: Number, covered: bytearray) -> bool:
    return any(covered[number.start : number.end])


def _read(text: str, match: re.Match[str]) -> Number | None:
    digits, prefix = match["digits"], match["currency"] or match["currency2"]
    value = plain_value(digits) if digits else parse_words(match["words"])
    read = _read_unit(match, prefix)
    if value is None or read is None:
        return None
    kind, unit, end = read
    scale = SCALES.get((match["words"] or "").lower().split(" ")[-1], 1.0)
    if digits:
        words = re.findall(rf"{LONG_SCALE}|bn|mn|tn|[kmb]", match["number"][len(digits) :].lower())
        scale = math.prod(SCALES[word] for word in words)
        value *= scale
    sign = (match["sign"] or "").lower() or ("more" if match["more"] else "")
    if sign.startswith("minus"):
        sign = "-"
    elif sign in ("-", "−") and not re.search(
        r"(?:^|[\s(])$", text[max(0, match.start() - 1) : match.start()]
    ):
        sign = ""
    number = Number(match.start(), end, value, None, kind, unit, sign, scale)
    return None if _is_no_quantity(text, number, digits, match) else number


def _read_unit(match: re.Match[str], prefix: str | None) -> tuple[str, str | None, int] | None:
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
        unit = unit or CURRENCIES[match["money"].strip(" -").upper()]
        kind, end = "money", match.end("money")
    elif name and not prefix:
        kind, unit, end = "unit", MEASURES[name], match.end("glued")
    elif match["hyphen"]:
        noun = match["hyphen"].removesuffix("s")
        if noun in SPELLINGS or noun in _HYPHEN_UNITS or (match["digits"] and not prefix and len(noun) > 3):
            unit = "people" if noun == "strong" else SPELLINGS.get(noun, noun)
            kind, end = "unit", match.end("hyphen")
        elif not match["digits"]:
            return None
    return kind, unit, max(end, match.end("number"))


def _is_no_quantity(text: str, number: Number, digits: str | None, match: re.Match[str]) -> bool:
    after, before = text[number.end : number.end + 12], text[max(0, number.start - 16) : number.start]
    if number.kind != "plain":
        return False
    if digits is None:
        alone = match["words"].lower()
        # "no one", "one of", "one another", "this one", "the one": a pronoun
        if alone == "one":
            return not re.match(r"\s+[a-z]", after) or bool(
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
    if re.match(r"0\d", digits):
        return True
    if not re.fullmatch(r"\d{4}", digits) or number.scale > 1:
        return len(digits) > 9 and "," not in digits and "." not in digits
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
    elif between not in ("to", "-", "–", "—", "to-", "-to-") and not (
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
