"""A page to segments that tile it, each with a role and the rule that gave it.

A segment is first a line of the page; a line into which a whole article was flattened is cut further, at
captions, crossheads, embeds and promotions that were lines of their own. Roles that depend on what
stands around a segment (headline, outlet label) are given in :mod:`analysis.corpus.layouts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.codebooks import FurnitureRule, load_furniture
from analysis.corpus.pages import Segment
from analysis.corpus.profile import Profile

# Longer lines hold several paragraphs: their line breaks were lost.
FLATTENED = 900

# Every break that str.splitlines knows: a form feed or a line separator ends a line as a newline does.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

# The rule of a headline that opens another article in the middle of a line.
INLINE_HEADLINE = "inline headline before a byline"

_STAMP = re.compile(
    r"(?:[-–·|•]\s*)?(?:(?:posted|published|updated|last updated)\W+)?"
    r"(?:(?:an?|one|\d{1,3})\s+(?:min(?:ute)?|hour|hr|day|week|month|year)s?\s+ago|just now|yesterday"
    r"|\d{1,2}:\d{2}(?:\s*[ap]m)?(?:\s*(?:BST|GMT|UTC|EST|EDT))?)",
    re.IGNORECASE,
)
_CREDIT = (
    r"(?:\((?:(?:image|picture|photo|pic|credit|photograph)s?\s*:[^()]{1,80}"
    r"|[^()]{0,60}(?:/|\bvia\s)(?:PA|AP|AFP|Reuters|Getty|EPA|Shutterstock|Alamy|Bloomberg)[^()]{0,30}"
    r"|(?:PA|AP|AFP|Reuters|Getty|BBC)(?:\s(?:Graphics?|Archive|Media|Wire|Images?))?)\)"
    r"|(?:image|picture|photo(?:graph)?|credit)\s*(?:credit|by|source)?\s*:\s*.{2,60})"
)
_BYLINE = re.compile(
    r"(?:By|Words by|Written by)\s+(?:[A-Z][\w.'’-]*|(?:Mc|O')[A-Z]\w+)(?:\s+(?:and\s+)?[A-Z][\w.'’-]*){0,6}"
    r"(?:,?\s+[\w ,&-]{0,60})?"
)
_SENTENCE_END = re.compile(r"[.!?…:;,]['\"’”)\]]*$|^['\"‘“].*[.!?…]$")

# What a flattened line lost its breaks around. Each pattern starts after a sentence's end.
_AFTER_SENTENCE = r"(?:(?<=[.!?]\s)|(?<=[.!?]['’”\")]\s)|(?<=[.!?])(?=[#A-Z])|^)"
_OPENER = (
    r"(?:The|Those|These|This|That|It|In|He|She|They|We|A|An|But|And|When|While|If|As|At|On|For|From|There|By|"
    r"With|After|Before|However|Meanwhile|Critics|Some|Many|Last|Since|Under|Speaking|Asked|His|Her|Their)"
)
_QUOTED_CROSSHEAD = re.compile(
    rf"{_AFTER_SENTENCE}(?P<cut>['‘“\"](?P<words>[A-Z][^'’”\".!?]{{2,50}})['’”\"])\s(?=[A-Z][\w’']*\s)"
)
_PLAIN_CROSSHEAD = re.compile(
    rf"{_AFTER_SENTENCE}(?P<cut>(?P<words>[A-Z][^.!?:;\"“”‘]{{6,60}}?[a-z]))\s(?={_OPENER}\s[a-z’'])"
)
_INLINE_CAPTION = re.compile(rf"{_AFTER_SENTENCE}(?P<cut>[^.!?]{{0,220}}?{_CREDIT})(?=\s|$)")
_EMBED = re.compile(
    rf"{_AFTER_SENTENCE}(?P<cut>(?:[^.!?]{{0,200}}[.!?])?[^.!?]{{0,200}}—\s.{{1,60}}?"
    r"\s\(@\w+\)\s+[A-Z][a-z]+ \d{1,2}, \d{4})(?=\s|$)"
)
# A piece glued to the end of another brings its own headline and byline, without a stop between them.
_EMBEDDED_HEAD = re.compile(
    rf"{_AFTER_SENTENCE}(?P<headline>[A-Z][^.!?]{{25,180}}?)\s"
    r"(?P<byline>By (?:(?:Prof|Dr|Sir|Dame|Lord|Lady) )?[A-Z][\w’'-]+ (?:[A-Z]\.? )?[A-Z][\w’'-]+)"
    r"\s(?=[A-Z][a-z’']*\s[a-z])"
)
_LAST_SENTENCE = re.compile(r"(?P<stop>[.!?]['’”\")]*)\s+(?=\S[^.!?]*[.!?]?$)")
_SPEECH = re.compile(r"\b(?:said|says|told|added|asked|wrote|replied|warned|insisted|claimed)\b")


def split_page(text: str, profile: Profile | None = None) -> list[Segment]:
    """Tile a page with segments.

    Args:
        text: The page as characters; any line ending.
        profile: What pass 1 learnt about the corpus.

    Returns:
        Segments in page order, without gap or overlap, from 0 to ``len(text)``. White space between
        lines is a segment of the role ``blank``.
    """
    profile = profile or Profile()
    furniture = load_furniture()
    segments: list[Segment] = []
    for start, end in _line_spans(text):
        line = text[start:end]
        if not line.strip():
            segments.append(Segment(start, end, "blank", "white space"))
        elif len(line) > FLATTENED:
            segments += _split_flattened(text, start, end, furniture)
        else:
            role, rule = classify_line(line, profile, furniture)
            segments.append(Segment(start, end, role, rule))
    return _mark_alternative_texts(segments, text)


def classify_line(line: str, profile: Profile, furniture: tuple[FurnitureRule, ...]) -> tuple[str, str]:
    """The role of one line by itself, and the rule that gave it."""
    line = line.replace("\xa0", " ").strip()
    for rule in furniture:
        if re.fullmatch(rule.pattern, line, re.IGNORECASE):
            return rule.role, f"furniture: {rule.id}"
    if _STAMP.fullmatch(line):
        return "stamp", "relative or clock time"
    if _BYLINE.fullmatch(line) and len(line.split()) <= 14:
        return "byline", "starts with By and a name"
    if line in profile.repeated and not ends_sentence(line):
        return "furniture", f"repeated on {profile.repeated[line]} of {profile.pages} pages"
    return "paragraph", "running text" if ends_sentence(line) else "line without a sentence end"


def ends_sentence(line: str) -> bool:
    """Whether a line ends as running text does: with a stop, inside or outside a quotation mark."""
    return bool(_SENTENCE_END.search(line.strip()))


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of white space and of stripped lines, in turn, that tile the text."""
    last = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        end = start + len(stripped)
        if last < start:
            yield last, start
        yield start, end
        last = end
    if last < len(text):
        yield last, len(text)


def _split_flattened(text: str, start: int, end: int, furniture: tuple[FurnitureRule, ...]) -> list[Segment]:
    """Cut captions, crossheads, embeds and closing promotions out of a line that holds several paragraphs."""
    cuts: list[Segment] = []
    line = text[start:end]
    for match in _EMBEDDED_HEAD.finditer(line):
        cuts.append(Segment(start + match.start(1), start + match.end(1), "headline", INLINE_HEADLINE))
        cuts.append(
            Segment(start + match.start(2), start + match.end(2), "byline", "inline, after a headline")
        )
    for pattern, role, rule in (
        (_EMBED, "embed", "inline post with its handle and date"),
        (_INLINE_CAPTION, "caption", "inline picture credit"),
        (_QUOTED_CROSSHEAD, "crosshead", "quoted words between two sentences"),
        (_PLAIN_CROSSHEAD, "crosshead", "short words without a stop before a new sentence"),
    ):
        for match in pattern.finditer(line):
            if role == "crosshead" and not _is_crosshead(
                match["words"], line[match.end() : match.end() + 60]
            ):
                continue
            cuts.append(Segment(start + match.start("cut"), start + match.end("cut"), role, rule))
    cuts += _closing_promotions(line, start, furniture)
    return list(_fill(text, start, end, _without_overlaps(cuts)))


def _is_crosshead(words: str, after: str) -> bool:
    return (
        len(words.split()) <= 7
        and not _SPEECH.search(words)
        and not _SPEECH.search(" ".join(after.split()[:4]))
    )


def _closing_promotions(line: str, offset: int, furniture: tuple[FurnitureRule, ...]) -> list[Segment]:
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
        rule = next((r for r in furniture if re.fullmatch(r.pattern, sentence, re.IGNORECASE)), None)
        if rule is None:
            return found
        found.append(Segment(offset + start, offset + end, rule.role, f"furniture: {rule.id}"))
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
        for a, b in _line_spans(text[at : cut.start]):
            blank = not text[at + a : at + b].strip()
            yield Segment(
                at + a, at + b, *(("blank", "white space") if blank else ("paragraph", "running text"))
            )
        if cut.start < cut.end:
            yield cut
        at = cut.end


def _mark_alternative_texts(segments: list[Segment], text: str) -> list[Segment]:
    """A short line without a stop right before a credited caption is the picture's own text."""
    marked = list(segments)
    solid = [n for n, segment in enumerate(segments) if segment.role != "blank"]
    for place, n in enumerate(solid[:-1]):
        segment, following = segments[n], segments[solid[place + 1]]
        words = len(segment.text(text).split())
        # The first line is the headline, whatever follows it.
        if (
            place > 1
            and segment.rule == "line without a sentence end"
            and following.role == "caption"
            and words <= 8
        ):
            marked[n] = replace(segment, role="caption", rule="picture text before a caption")
    return marked
