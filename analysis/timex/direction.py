"""Whether a date expression without a year points to the past or the future, from the words around it."""

from __future__ import annotations

import re

from analysis.timex.meaning import Direction

# What lies ahead, however the verb is conjugated. Both are read in lower case: that is quicker than a pattern
# that ignores case.
_FUTURE = re.compile(
    r"""\b(?: will | won['’]t | shall | due | set\ +(?:to|for) | poised\ +to | likely\ +to | about\ +to
      | supposed\ +to
      | (?:am|is|are|was|were|['’](?:s|re|m))\ +going\ +to | (?:is|are)\ +to | as\ +(?:early|soon)\ +as
      | (?:expect|plan|hop|aim|intend|schedul|prepar|vow|promis|pledg|want|agree)\w*\ +(?:to|for)
      | scheduled | planned | slated | billed | earmarked | expected | tipped | pencilled | ahead\ +of
      | in\ +time\ +for | look(?:s|ing|ed)?\ +forward | upcoming | forthcoming | turning\ +to | deadline
      | (?:is|are)\ +(?:\w+ly\ +)?(?:meeting|holding|hosting|travelling|traveling|visiting|flying|giving
         |making|heading|speaking|leaving|standing|opening|closing|starting|launching|voting|returning|arriving|coming)
      | may | might | could(?!\ +not|n) | can | must | should )\b | ['’]ll\b""",
    re.VERBOSE,
)
_PAST = re.compile(
    r"""\b(?: was | were | had | did | didn['’]t | has | have | been | could\ +not | couldn['’]t | ago
      | said | told | came | went | began | made | took | gave | held | met | won | lost | fell | rose | grew
      | sent | saw | found | led | left | kept | brought | became | got | wrote | spoke | ran | broke | drew
      | hit | cut | sold | bought | paid | spent | struck | fought | stood | sat | set\ +(?:out|up|aside)
      | threw | tore | flew | drove | knew | shot | laid | stole | quit | beat | cast | felt | fled
      | built | caught | taught | thought | dealt | heard | hid | meant | rode | sang | sank | shook | slept
      | sought | swept | swore | understood | wore | withdrew | chose | ate | \w{2,}ed )\b""",
    re.VERBOSE,
)
_EDGE = re.compile(r"[.!?;:](?=\s|$)|\n|[\"“”]|\b(?:but|while|although|after|because|which|who|whose)\b")
_COMMA = re.compile(r",\s")
_UNTIL = re.compile(r"\b(?:until|till)\s+(?:the\s+)?$")
_BY = re.compile(r"\b(?:by|before|from)\s+(?:the\s+)?$")


def find_direction(text: str, start: int, end: int) -> Direction:
    """Read the direction of the expression ``text[start:end]`` from its clause; past where nothing says so.

    Example:
        >>> find_direction("Ministers will meet on Thursday.", 23, 31)
        'future'
        >>> find_direction("Ministers met on Thursday.", 17, 25)
        'past'
    """
    return find_cue(text, start, end) or "past"


def find_cue(text: str, start: int, end: int) -> Direction | None:
    """The direction that words of the clause give an expression; None where none does.

    The nearest cue before the expression counts most; a cue after it counts where none stands before.
    """
    before = _cut_last(_EDGE, text[max(0, start - 200) : start]).lower()
    after = _cut_first(_EDGE, text[end : end + 160]).lower()
    if _UNTIL.search(before) and not re.search(r"\b(?:was|were|had)\b", before):
        return "future"
    # first between the commas around the expression, then in the whole clause
    left, right = _cut_last(_COMMA, before), _cut_first(_COMMA, after)
    cue = _find_before(left) or _find_after(right)
    if cue is None and (left, right) != (before, after):
        cue = _find_before(before) or _find_after(after)
    if cue:
        return cue
    return "future" if _BY.search(before) else None


def _find_before(left: str) -> Direction | None:
    ahead, behind = _last_end(_FUTURE, left), _last_end(_PAST, left)
    if ahead < 0 and behind < 0:
        return None
    # "expected to be published on Thursday": the participle after the cue belongs to it
    return "future" if ahead >= 0 and (ahead >= behind or _governs(left, ahead, behind)) else "past"


def _find_after(right: str) -> Direction | None:
    ahead, behind = _first_start(_FUTURE, right), _first_start(_PAST, right)
    if ahead < 0 and behind < 0:
        return None
    return "future" if ahead >= 0 and (behind < 0 or ahead <= behind) else "past"


def _cut_last(edge: re.Pattern[str], text: str) -> str:
    ends = [match.end() for match in edge.finditer(text)]
    return text[ends[-1] :] if ends else text


def _cut_first(edge: re.Pattern[str], text: str) -> str:
    match = edge.search(text)
    return text[: match.start()] if match else text


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
