"""A line into which a whole article was flattened, cut at what were lines of their own.

Captions, crossheads, embedded posts, the headline and byline of a glued piece, and closing promotions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.corpus.pages import Segment
from analysis.corpus.splitting.furniture import holds_sentences, match_furniture
from analysis.corpus.splitting.lines import line_spans

# Longer lines hold several paragraphs: their line breaks were lost. So do lines longer than the second
# number that hold four sentences or more.
FLATTENED, _FLATTENED_SENTENCES = 900, 400

# The rule of a headline that opens another article in the middle of a line.
INLINE_HEADLINE = "inline headline before a byline"

_BRACKETED = (
    r"\((?:(?:image|picture|photo|pic|credit|photograph)s?\s*:[^()]{1,80}"
    r"|[^()]{0,60}(?:/|\bvia\s)(?:PA|AP|AFP|Reuters|Getty|EPA|Shutterstock|Alamy|Bloomberg)[^()]{0,30}"
    r"|(?:PA|AP|AFP|Reuters|Getty|BBC)(?:\s(?:Graphics?|Archive|Media|Wire|Images?))?)\)"
)
_LABELLED = r"(?:image|picture|photo(?:graph)?|credit)\s*(?:credit|by|source)?\s*:\s*.{2,60}"
# "LONDON (AP) —" opens a report: an agency before a dash is no credit.
_DASH = r"\s{1,3}[–—-]{1,2}\s"
# Each pattern alone begins with letters that are quick to find, unlike the two together.
_CREDITS = (re.compile(_BRACKETED), re.compile(_LABELLED))
# What a flattened line lost its breaks around begins after a sentence's end: it is looked for there alone.
_SENTENCE_END = re.compile(r"[.!?](?:['’”\")]?\s|(?=[#A-Z]))")
_OPENER = (
    r"(?:The|Those|These|This|That|It|In|He|She|They|We|A|An|But|And|When|While|If|As|At|On|For|From|There|By|"
    r"With|After|Before|However|Meanwhile|Critics|Some|Many|Last|Since|Under|Speaking|Asked|His|Her|Their)"
)
_QUOTED_CROSSHEAD = re.compile(
    r"(?P<cut>['‘“\"](?P<words>[A-Z][^'’”\".!?]{2,50})['’”\"])\s(?=[A-Z][\w’']*\s)"
)
_PLAIN_CROSSHEAD = re.compile(
    rf"(?P<cut>(?P<words>[A-Z][^.!?:;\"“”‘]{{6,60}}?[a-z]))\s(?={_OPENER}\s[a-z’'])"
)
_INLINE_CAPTION = re.compile(rf"(?P<cut>[^.!?]{{0,220}}?(?:{_BRACKETED}(?!{_DASH})|{_LABELLED}))(?=\s|$)")
_EMBED = re.compile(
    r"(?P<cut>(?:[^.!?]{0,200}[.!?])?[^.!?]{0,200}—\s.{1,60}?"
    r"\s\(@\w+\)\s+[A-Z][a-z]+ \d{1,2}, \d{4})(?=\s|$)"
)
# A piece glued to the end of another brings its own headline and byline, without a stop between them.
_EMBEDDED_HEAD = re.compile(
    r"(?P<headline>[A-Z][^.!?]{25,180}?)\s"
    r"(?P<byline>By (?:(?:Prof|Dr|Sir|Dame|Lord|Lady) )?[A-Z][\w’'-]+ (?:[A-Z]\.? )?[A-Z][\w’'-]+)"
    r"\s(?=[A-Z][a-z’']*\s[a-z])"
)
_LAST_SENTENCE = re.compile(r"(?P<stop>[.!?]['’”\")]*)\s+(?=\S[^.!?]*[.!?]?$)")
_SPEECH = re.compile(r"\b(?:said|says|told|added|asked|wrote|replied|warned|insisted|claimed)\b")


def is_flattened(line: str) -> bool:
    """Whether a line is so long that it holds several paragraphs."""
    return len(line) > FLATTENED or holds_sentences(line, _FLATTENED_SENTENCES)


def split_flattened(text: str, start: int, end: int) -> list[Segment]:
    """Cut captions, crossheads, embeds and closing promotions out of a line that holds several paragraphs."""
    cuts: list[Segment] = []
    line = text[start:end]
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(line))]
    for match in _find_each(_EMBEDDED_HEAD, line, starts) if "By " in line else ():
        cuts.append(Segment(start + match.start(1), start + match.end(1), "headline", INLINE_HEADLINE))
        cuts.append(
            Segment(start + match.start(2), start + match.end(2), "byline", "inline, after a headline")
        )
    for pattern, needed, role, rule in (
        (_EMBED, "(@", "embed", "inline post with its handle and date"),
        (_INLINE_CAPTION, "", "caption", "inline picture credit"),
        (_QUOTED_CROSSHEAD, "", "crosshead", "quoted words between two sentences"),
        (_PLAIN_CROSSHEAD, "", "crosshead", "short words without a stop before a new sentence"),
    ):
        if needed not in line or (role == "caption" and not any(credit.search(line) for credit in _CREDITS)):
            continue
        for match in _find_each(pattern, line, starts):
            if role == "crosshead" and not _is_crosshead(
                match["words"], line[match.end() : match.end() + 60]
            ):
                continue
            cuts.append(Segment(start + match.start("cut"), start + match.end("cut"), role, rule))
    cuts += _closing_promotions(line, start)
    return list(_fill(text, start, end, _without_overlaps(cuts)))


def _find_each(pattern: re.Pattern[str], line: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What a pattern matches at some places of a line, from left to right, without overlaps."""
    at = 0
    for start in starts:
        if start >= at and (match := pattern.match(line, start)):
            yield match
            at = match.end()


def _is_crosshead(words: str, after: str) -> bool:
    return (
        len(words.split()) <= 7
        and not _SPEECH.search(words)
        and not _SPEECH.search(" ".join(after.split()[:4]))
    )


def _closing_promotions(line: str, offset: int) -> list[Segment]:
    """Whole sentences at the end of a line that are known furniture."""
    found = []
    end = len(line)
    while True:
        # No rule is longer than a line: looking at the end alone keeps a very long line linear.
        tail = max(0, end - FLATTENED)
        before = _LAST_SENTENCE.search(line[tail:end])
        if before is None:
            return found
        start = tail + before.end()
        sentence = line[start:end]
        known = match_furniture(sentence)
        if known is None:
            return found
        found.append(Segment(offset + start, offset + end, *known))
        end = tail + before.end("stop")


def _without_overlaps(cuts: list[Segment]) -> list[Segment]:
    kept: list[Segment] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept


def _fill(text: str, start: int, end: int, cuts: list[Segment]) -> Iterator[Segment]:
    """The cuts, and paragraphs and white space for everything between them."""
    at = start
    for cut in [*cuts, Segment(end, end, "", "")]:
        for a, b in line_spans(text[at : cut.start]):
            blank = not text[at + a : at + b].strip()
            yield Segment(
                at + a, at + b, *(("blank", "white space") if blank else ("paragraph", "running text"))
            )
        if cut.start < cut.end:
            yield cut
        at = cut.end
