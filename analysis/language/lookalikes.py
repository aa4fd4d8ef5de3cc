"""Numbers that count nothing: addresses, clock times, telephone numbers, dates, labels, scores, idioms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.language.number_places import Place, search_places
from analysis.language.number_words import WORD

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_LABEL = (
    r"No|Nos|no|Number|number|Article|Articles|Section|Sections|section|Part|Clause|Chapter|Page|page|Title|Rule|"
    r"Schedule|Resolution|Protocol|Amendment|Appendix|Room|Route|Gate|Flight|Channel|Radio|Terminal|Level|Phase|"
    r"Stage|Tier|Category|category|Grade|Group|Episode|Season|Volume|Question|Order|Act|Highway|Interstate|Bill|"
    r"Proposition|Directive|Regulation|Model|Type|Class|chapter|paragraph|Paragraph|version|Version|Prop|District|"
    r"Precinct|Ward|Zone|Area|Exhibit|Pier|Platform|Building|Division|Form|Unit|Day|Week|Year|Round|Game|Slide|"
    r"Figure|Speaker|speaker|Table|Step|Item|UPDATE|Update|Covid|COVID|HCR|SCR|HJR|SJR|SB|HB|AB|LB|H\.?\s?R|S\.B|H\.B|Art|Sec|Fig"
)
# "night two", "phase one": which of several, not how many
_ORDINAL = r"night|day|round|phase|part|step|year|week|game|number|chapter|tier|stage|level|act"
_MASKS = re.compile(
    rf"""(?P<web>https?://\S+|www\.\S+|(?<!\S)[^\s@]{{1,64}}@\S+\.\w+)
      |(?P<item>(?m:^)[ \t]*\(?\d{{1,2}}[.)][ \t])
      |(?P<pictures>\b(?:Image|Photo|Caption|Slide|Page|Picture|Video|Gallery)\s\d+\sof\s\d+\b(?:\s(?:Photos|Images|Slides|Pictures)\b)?
        |\(\d{{1,3}}\s(?:Images|Photos|Slides|Pictures|Videos)\)
        |(?m:^)[ \t]*\d{{1,3}}\sof\s\d{{1,3}}(?=\s+[A-Z]|[ \t]*$))
      |(?P<slashed>\b(?![1-9]/(?:[234568]|1[06]|32|64|100|128)\s)\d+/\d+(?:/\d+)?\b)
      |(?P<iso>\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}\b)
      |(?P<clock>\b\d{{1,2}}[:.]\d\d(?:[:.]\d\d?)?\s?(?:[ap]\.?m(?:\b|(?=[A-Z]))|GMT|BST|UTC)
        |\b\d{{1,2}}:\d\d(?:[:.]\d+)?(?!\w)|\b\d{{1,2}}\s?[ap]\.?m\b|\b(?i:9|nine)[\s-]to[\s-](?i:5|five)\b)
      |(?P<phone>(?<!\w)(?:\+\d{{1,3}}[ -]?(?:\(0\))?[\d -]{{7,30}}\d|0\d{{2,4}}[ -]?\d{{3,4}}[ -]?\d{{3,4}}
        |\(?\d{{3}}\)?[ -]\d{{3}}-\d{{4}}|1-8\d\d(?:-\w+){{0,3}})\b
        |\b(?:911|999)(?=\s(?:call|number|dispatch|operator|emergency|system))|(?<=call\s)(?:911|999)\b
        |(?<=(?:called|dialed)\s)(?:911|999)\b|(?<=dialled\s)999\b)
      |(?P<post>\b(?!RM|PS|US|EU|UK)[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?\b(?![,.]\d|\s[a-z]))
      |(?P<law>(?<!§)§{{1,2}}\s?\d+|\b(?:cl|pp?|nn?|vol|ch|para|fn|sec|art|fig)\.\s?\d+(?:[-–]\d+)?
        |\b\d{{1,4}}\s(?:U\.\s?S\.|F\.\s?(?:[23]d|Supp\.)|S\.\s?Ct\.|Stat\.)\s\d+(?:,\s\d+)*
        |\bPub\.\sL\.\s(?:No\.\s)?\d+-\d+)
      |(?P<dayfirst>\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}}(?:st|nd|rd|th)?)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?\b)
      |(?P<monthfirst>\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?:,?\s+\d{{4}})?\b(?![,.]\d|%|\s?(?:per|million|people)))
      |(?P<label>\b(?:{_LABEL})\.?\s(?:\d+|[Tt]en)\b(?![,.]\d|%))
      |(?P<ordinal>\b(?i:{_ORDINAL})\s(?:one|two|three|four|five|six|seven|eight|nine|ten)\b(?!\s(?:[a-z]+s|people|men|women|children)\b))
      |(?P<release>\b(?i:version|release|edition|software|update)s?\s\d+(?:\.\d+)+)
      |(?P<plan>\b\d{{3,4}}\([a-z]\)(?:\(\d\))?)
      |(?P<group>\b(?:Gang|Group|Council)\sof\s(?:(?i:{WORD})|\d+)\b)
      |(?P<title>\b(?:60\sMinutes|48\sHours)\b|(?<![\w£$€.,])3M\b(?!\s[a-z]+s\b))
      |(?P<idiom>\b(?i:zero[\s-](?:tolerance|sum|hours?)|(?:ground|patient|net)[\s-]zero|(?:one|two)[\s-]way\s(?:street|road|traffic|ticket)|one\s(?:(?:way|form|kind|sort|reason)\sor\sanother|side\sor\sthe\sother|by\sone|or\sthe\sother)
        |under\sone\s(?:roof|banner|umbrella)|one\sand\sthe\ssame|(?:square|day|number)\sone
        |(?:in|on|with|from|at)\sone\s(?:way|regard|respect|sense|hand|end|side|voice|go|point|stage)
        |(?:\d0|{WORD})[\s-]somethings?)\b)
      |(?P<rue>\b\d{{1,4}},?\s(?:rue|Rue|Ave|Via|Calle)\.?\s[A-Z])
      |(?P<address>\b\d+(?:[-–]\d+)?[A-Za-z]?\s(?:[A-Z]\w+\s){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Place|Drive|Way|Boulevard)\b)
      |(?P<score>(?<![\w£$€.,])\d{{1,3}}[-–]\d{{1,3}}(?=\s+(?:win|defeat|victory|loss|draw|down|up|lead|home|away|to|over|vote|against|at|on
        |ruling|decision|majority|margin|split|opinion|tie|record|party)\b|[,.;)]|$))
      |(?P<pair>(?<![\w£$€.,–-])(?P<first>\d{{1,3}})[-–](?P<second>\d{{1,3}})(?![\w%–-]|[,.]\d|\s?(?:%|per\s?cent|pc\b)))
      |(?P<yearspan>\b(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:\d\d|(?:1[5-9]|20)\d\d)\b)
      |(?P<short>(?:(?<=\b(?:in|of|by)\s)|(?<=\bsince\s))[’'‘]\d\d\b(?![%’'‘]|\s[a-z]))
      |(?P<hours>\b24[-/]7\b)""",
    re.VERBOSE,
)


def find_lookalikes(text: str, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Where numbers stand that count nothing.

    Yields:
        Start and end of each, in reading order.
    """
    for match in search_places(_MASKS, text, places):
        # "52-48", "50-50" are scores; "48-52" may be a range
        if match["pair"] is None or int(match["first"]) >= int(match["second"]):
            yield match.span()
