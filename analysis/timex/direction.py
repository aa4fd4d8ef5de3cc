"""Whether a date expression without a year points to the past or the future, from the words around it."""

from __future__ import annotations

import re

from analysis.timex.resolve import Direction

# What lies ahead, however the verb is conjugated.
_FUTURE = re.compile(
    r"""\b(?: will | won['’]t | shall | (?:am|is|are|was|were|be|been|being|['’](?:s|re|m))\ +going\ +to
      | due | set\ +to | set\ +for | poised\ +to | likely\ +to | about\ +to
      | (?:expect|plan|hop|aim|intend|schedul|prepar|vow|promis|pledg|want|agree)\w*\ +(?:to|for)
      | (?:scheduled|planned|slated|billed|earmarked|expected|tipped|pencilled) | (?:is|are)\ +to\b
      | ahead\ +of | in\ +time\ +for | looking?\ +forward | upcoming | forthcoming | turning\ +to
      | (?:is|are)\ +(?:\w+ly\ +)?(?:meeting|holding|hosting|travelling|traveling|visiting|flying|giving|making
         |heading|speaking|leaving|standing|opening|closing|starting|launching|voting|returning|arriving|coming)
      | deadline | may | might | could | can | must | should )\b | ['’]ll\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PAST = re.compile(
    r"""\b(?: was | were | had | did | didn['’]t | has | have | said | told | came | went | began | made | took | gave
      | held | met | won | lost | fell | rose | grew | sent | put | saw | found | led | left | kept | brought
      | became | got | wrote | spoke | ran | broke | drew | hit | cut | sold | bought | paid | spent | struck
      | fought | stood | sat | set\ +out | dead | ago | been | \w{2,}ed )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_EDGE = re.compile(r"[.!?;:](?=\s|$)|\n|[\"“”]|\b(?:but|while|although|after|because|which|who|whose)\b")
_UNTIL = re.compile(r"\b(?:until|till|by|before|from)\s+(?:the\s+)?$", re.IGNORECASE)


def find_direction(text: str, start: int, end: int) -> Direction:
    """Read the direction of the expression ``text[start:end]`` from its clause.

    The nearest cue before the expression counts most; a cue after it counts where none stands before.

    Example:
        >>> find_direction("Ministers will meet on Thursday.", 23, 31)
        'future'
        >>> find_direction("Ministers met on Thursday.", 17, 25)
        'past'
    """
    before = text[max(0, start - 200) : start]
    edges = [match.end() for match in _EDGE.finditer(before)]
    before = before[edges[-1] :] if edges else before
    after = text[end : end + 160]
    edge = _EDGE.search(after)
    after = after[: edge.start()] if edge else after
    ahead, behind = _last_end(_FUTURE, before), _last_end(_PAST, before)
    if ahead >= 0 or behind >= 0:
        # "expected to be published on Thursday": the participle after the cue belongs to it
        return "future" if ahead >= 0 and (ahead >= behind or _governs(before, ahead, behind)) else "past"
    ahead, behind = _first_start(_FUTURE, after), _first_start(_PAST, after)
    if ahead >= 0 or behind >= 0:
        return "future" if ahead >= 0 and (behind < 0 or ahead <= behind) else "past"
    return "future" if _UNTIL.search(before) else "past"


def _governs(before: str, ahead: int, behind: int) -> bool:
    between = before[ahead:behind]
    return bool(
        re.fullmatch(
            r"\s*(?:to\s+)?(?:not\s+|also\s+|\w+ly\s+)*(?:be|have|get|been)?\s*(?:\w+ly\s+)?\w+", between
        )
    )


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def _first_start(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else -1
