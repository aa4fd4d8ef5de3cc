"""Whether a date expression without a year points to the past or the future, from the words around it.

A surface reading of the clause: the verb group and the words of planning and reporting nearest to the
expression. It needs no tags and no parse.
"""

from __future__ import annotations

import re

from analysis.timex.meaning import Cue, Direction

# What lies ahead, however the verb is conjugated. All patterns are read in lower case: that is quicker than
# a pattern that ignores case.
_FUTURE = re.compile(
    r"""\b(?: will | won['’]t | shall | due | set\ +(?:to|for) | poised\ +to | likely\ +to | about\ +to
      | (?:is|are|looks?|seems?|['’](?:s|re))\ +(?:\w+\ +)?likely
      | supposed\ +to
      | (?:am|is|are|was|were|['’](?:s|re|m))\ +going\ +to | (?:is|are)\ +to | as\ +(?:early|soon)\ +as
      | (?:expect|plan|hop|aim|intend|schedul|prepar|vow|promis|pledg|want|agree)\w*\ +(?:to|for)
      | scheduled | planned | slated | billed | earmarked | expected | tipped | pencilled | ahead\ +of
      | in\ +time\ +for | look(?:s|ing|ed)?\ +forward | upcoming | forthcoming | turning\ +to
      | (?:is|are)\ +(?:\w+ly\ +|also\ +|now\ +)?(?:meeting|holding|hosting|travelling|traveling|visiting
         |flying|giving|making|heading|speaking|leaving|standing|opening|closing|starting|launching|voting|returning
         |arriving|coming|taking|facing|attending|appearing|publishing|unveiling|debating|joining)
      | ha(?:s|ve)\ +(?:until|till) | ha(?:s|ve)\ +to
      | may | might | could(?!\ +not|n) | can | must | should )\b | ['’]ll\b""",
    re.VERBOSE,
)
# Ahead of what is told, perhaps not of the telling: "announced that he would retire".
_AHEAD_OF_TOLD = re.compile(r"\bwould\b(?! +(?:not +)?have\b)|\bto be\b(?= \w+(?:ed|en|ld|de|nt|ut)\b)")
_PAST = re.compile(
    r"""\b(?: was | were | had | did | didn['’]t | has(?!\ +to\b) | have(?!\ +to\b) | been | could\ +not
      | couldn['’]t | ago
      | said | told | came | went | began | made | took | gave | held | met | won | lost | fell | rose | grew
      | sent | saw | found | led | left | kept | brought | became | got | wrote | spoke | ran | broke | drew
      | hit | cut | sold | bought | paid | spent | struck | fought | stood | sat | set\ +(?:out|up|aside)
      | threw | tore | flew | drove | knew | shot | laid | stole | quit | beat | cast | felt | fled
      | built | caught | taught | thought | dealt | heard | hid | meant | rode | sang | sank | shook | slept
      | sought | swept | swore | understood | wore | withdrew | chose | ate | put | read | shut | split
      | (?!(?:need|indeed|hundred|united|speed|proceed|exceed|succeed|feed|seed|greed|breed|bleed|sacred
           |naked|wicked|shed|bed|red)\b)\w{2,}ed )\b""",
    re.VERBOSE,
)
# Weaker: nouns of what is planned, the present of a timetable, and the infinitive of a headline. They may
# also be told of the past, so they count only where the clause has no other cue.
_PLANNED = re.compile(
    r"""\b(?: (?:summit|election|by-election|elections|referendum|ballot|polls|budget|deadline)
          (?:\ +\w+){0,3}\ +(?:on|for)(?:\ +the)?(?=\ +$)
      | deadline | \w{2,}s\ +(?:vote|go|fly|face|launch|decide|debate|hear|sit|march|strike)
      | (?:is|are)\ +(?:out\ +|back\ +)?on(?=\ +$)
      | meets? | returns? | begins? | starts? | opens | votes | goes | comes | holds? | takes?\ +place
      | launches | hosts? | visits? | travels? | flies | expires? | faces | arrives? | resumes? | convenes?
      | gathers? | awaits? | looms | effective )\b
      | ^\W*(?:[\w'’-]+\ ){1,4}to\ (?!the\b|an?\b|his\b|her\b|their\b|its\b|you\b|us\b|me\b|it\b)[a-z]+\b""",
    re.VERBOSE,
)
_TIMETABLE = re.compile(
    r"\b(?:meets?|returns?|begins?|starts?|opens|resumes?|expires?|takes? (?:place|effect)|ends)\b"
    r"(?: [\w'’-]+){0,4} (?:on|at|from|in)(?: the)? $"
)
# "have called a strike for Monday": what is arranged lies ahead, though the arranging is told.
_ARRANGED = re.compile(
    r"\b(?:call|arrang|conven|organi[sz]|announc|book|list|adjourn|postpon|delay|reschedul|fix"
    r"|prepar|brac|gear)\w*(?: [\w'’-]+){0,6} for (?:the )?$"
)
_TO_WHEN = (
    r"(?:until|till|to)\s"
    r"(?:(?:the|after|at\ least|noon|midnight|on|\d[\d:.]{0,5}(?:\s?[ap]\.?m\.?)?)\s){0,4}$"
)
# "Was postponed until July": told, and yet July lies ahead of the telling.
_PUT_OFF = re.compile(
    r"\b(?:postpon|delay|defer|suspend|extend|adjourn|prolong|reschedul|shelv"
    rf"|(?:put|push|mov|set)\w*\ (?:[\w'’-]+\ ){{0,3}}(?:back|off))\w*(?: [\w'’-]+){{0,6}} {_TO_WHEN}"
)
_TOLD_BEFORE = re.compile(r"\b(?:was|were|had)\b")
# "Was due to meet on Monday": it may have met, or be about to.
_WAS_DUE = re.compile(
    r"\b(?:was|were|had)\ +(?:not\ +)?(?:been\ +)?(?:\w+ly\ +|also\ +|not\ +|still\ +)?"
    r"(?:due|scheduled|slated|expected|supposed|planned|meant|set|going)\b(?:\ +(?:to|for)\b)?"
)
_WAS_TO = re.compile(r"\b(?:was|were)\ +(?:also\ +|not\ +)?to\ +(?!blame\b|come\b)\w+(?:\ [\w'’-]+){0,5}\ $")
# What stands before a full stop or a word is looked at behind its first character: a pattern that begins with
# characters passes over all others at once.
_NO_END = (
    r"(?<!\b[A-Za-z]\.)(?<!\b(?:Mr|Dr|Ms|St|Co)\.)(?<!\b(?:Mrs|Gov|Gen|Sen|Rep|Rev|Inc|Ltd)\.)(?<!\bCorp\.)"
)
_EDGE = re.compile(
    rf"\.(?=\s|$){_NO_END}|[!?;:](?=\s|$)|\n|[\"“”]"
    r"|(?:b(?<!\w.)(?:ut|ecause)|w(?<!\w.)(?:hile|hich|ho|hose)|a(?<!\w.)lthough|a(?<!\w.)(?<!until .)fter)\b"
)
# ", although critics object," between the verb and the date
_ASIDE = re.compile(
    r",\s+(?:although|though|while|which|who|whose|because|after|despite)\b[^,.;:!?\n]{0,120},"
)
# "would appeal against Thursday's ruling": what is done, though the verb looks ahead.
_DONE = re.compile(
    r"['’]s\ (?:[\w-]+\ )?(?:ruling|judgment|verdict|decision|announcement|attacks?|defeat|results?|remarks"
    r"|comments|arrests?|shooting|crash|deaths?|figures|resignation|revelations?|purchases?)\b"
)
_SAID = re.compile(
    r"\b(?:(?:has|have|had)\s)?(?:said|told|warned|announced|added|claimed|insisted|predicted|argued|agreed)\b"
)
_COMMA = re.compile(r",\s")
_MAY = re.compile(r"(?<=[\w,(–-] )May\b|(?<=[–-])May\b")
_UNTIL = re.compile(
    r"\b(?:until|till)\s(?:after\s)?(?:the\s|(?:\d[\d:.]{0,5}(?:\s?[ap]\.?m\.?)?|noon|midnight)\s(?:[a-z]{3},?\s)?(?:on\s)?)?$"
)
_OVER = re.compile(r"\b(?:was|were|had|did)\b")
_BY = re.compile(r"\b(?:by|from|through)\s+(?:the\s+)?$")
_BEFORE = re.compile(r"\bbefore\s+(?:the\s+)?$")


def find_cue(text: str, start: int, end: int, *, sure: bool = False) -> Cue | None:
    """The direction that words of the clause give an expression; None where none does.

    The nearest cue before the expression counts most; a cue after it counts where none stands before.

    Args:
        text: Plain text.
        start, end: The expression.
        sure: Take only words that place it before or after the day of writing: not "would", which may look
            ahead from a day long past, nor the present of a timetable.

    Returns:
        ``open`` for what "was due", which may lie on either side of the day of writing; ``onward`` for what
        was put off to a date: after that, and so most likely ahead.

    Example:
        >>> find_cue("Ministers will meet on Thursday.", 23, 31)
        'future'
        >>> find_cue("Ministers met on Thursday.", 17, 25)
        'past'
    """
    around = text[max(0, start - 200) : start]
    before = _lower(_cut_last(_EDGE, around))
    after = _lower(_cut_first(_EDGE, text[end : end + 160]))
    if _PUT_OFF.search(before):
        return "future" if not _TOLD_BEFORE.search(before) else None if sure else "onward"
    if _UNTIL.search(before) and not _OVER.search(before) and not _OVER.search(after):
        return "future"
    if not sure and _ARRANGED.search(before) and not _OVER.search(before):
        return "future"
    if not sure and _DONE.match(after):
        return "past"
    cue = _find_in_clause(before, after, sure)
    if (cue == "future" and _is_was_due(before)) or (cue == "past" and _WAS_TO.search(before)):
        return None if sure else "open"
    if cue:
        return cue
    if _BY.search(before) or (_BEFORE.search(before) and not after.startswith(("'", "’"))):
        return "future"
    return None if sure else _find_weak(around, before)


def is_told(text: str, start: int, end: int) -> bool:
    """Whether the clause tells only of what has happened, so that "this year" ends with the day of writing.

    Verbs of saying are passed over: what is said to be so this year may last.
    """
    if text[end : end + 2] in ("'s", "’s"):
        return False
    before = _lower(_cut_last(_EDGE, text[max(0, start - 200) : start]))
    after = _lower(_cut_first(_EDGE, text[end : end + 160]))
    if any(cue.search(part) for cue in (_FUTURE, _AHEAD_OF_TOLD) for part in (before, after)):
        return False
    return bool(_PAST.search(_SAID.sub("", before)) or _PAST.search(_SAID.sub("", after)))


def _lower(text: str) -> str:
    # the month is no modal verb
    return _MAY.sub("mai", text).lower()


def _is_was_due(before: str) -> bool:
    due = _last_end(_WAS_DUE, before)
    return due >= 0 and due >= max(_last_end(_FUTURE, before), _last_end(_AHEAD_OF_TOLD, before))


def _find_weak(around: str, before: str) -> Direction | None:
    whole, asides = _ASIDE.subn(" ", around)
    cue = _find_before(_lower(_cut_last(_EDGE, whole)), False) if asides else None
    return cue or ("future" if _PLANNED.search(before) else None)


def _find_in_clause(before: str, after: str, sure: bool) -> Direction | None:
    """First between the commas around the expression, then in the whole clause."""
    left, right = _cut_last(_COMMA, before), _cut_first(_COMMA, after)
    cue = _find_before(left, sure) or _find_after(right, sure)
    if cue is None and (left, right) != (before, after):
        # "the scheme starts on Friday, the Home Office has confirmed"
        if not sure and right != after and _TIMETABLE.search(left):
            return "future"
        cue = _find_before(before, sure) or _find_after(after, sure)
    return cue


def _find_before(left: str, sure: bool) -> Direction | None:
    ahead, behind = _last_end(_FUTURE, left), _last_end(_PAST, left)
    if not sure:
        ahead = max(ahead, _last_end(_AHEAD_OF_TOLD, left))
    if ahead < 0 and behind < 0:
        return None
    # "expected to be published on Thursday": the participle after the cue belongs to it
    return "future" if ahead >= 0 and (ahead >= behind or _governs(left, ahead, behind)) else "past"


def _find_after(right: str, sure: bool) -> Direction | None:
    ahead, behind = _first_start(_FUTURE, right), _first_start(_PAST, right)
    if not sure:
        told = _first_start(_AHEAD_OF_TOLD, right)
        ahead = min(place for place in (ahead, told) if place >= 0) if max(ahead, told) >= 0 else -1
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
