"""Live blogs: a lead, then entries under headings or times of their own, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.corpus.splitting.page_lines import PageLines

_LIVE = re.compile(
    r"\b(?i:live (?:blog|updates?|coverage|reporting))\b|\bLIVE\b|^(?i:live)(?:$| ?[:–—-])|[–—:-] ?(?i:live)$"
    r"|^[A-Z]\w+ (?i:live)(?:$|:)"
)
_PHRASE = re.compile(r"\blive (?:blog|updates?|coverage|reporting)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2})?(?:\s?(?P<half>[ap])\.?m)?", re.IGNORECASE
)
_NO_BLOG = re.compile(r"\b(?:watch|listen|stream|streaming|scores?)\b", re.IGNORECASE)
_TITLE = re.compile(r"[\w’' ]{0,40}\bLIVE\b[\w’' :]{0,20}")
_REACH = 5  # lines below a heading within which its text has to begin
_MIN_SAID, _MIN_UNSAID = 2, 3
_MOSTLY, _MAX_SENTENCE_WORDS = 0.75, 14
_MAX_LABEL_REACH = 12  # lines from a label "Live" down to the text


@dataclass(frozen=True)
class Entry:
    """Where an entry begins, its heading and its time."""

    start: int
    heading: int | None = None
    stamp: int | None = None


def find_entries(lines: PageLines) -> list[Entry]:
    """The entries of a live blog; empty where the page is none.

    Times that stand with headings show where entries begin, if they come back; without them, the page has
    to call itself live, and headings above text are its entries.
    """
    first = next((i for i in range(len(lines)) if lines.running[i]), len(lines))
    said = any(
        _says_live(lines, i, first) for i, words in enumerate(lines.words) if "ive" in words or "IVE" in words
    )
    times = [i for i, kind in enumerate(lines.times) if kind in ("ago", "clock")]
    entries = _read_timed(lines, times, first) if len(times) >= _MIN_SAID else []
    headed = sum(entry.heading is not None for entry in entries)
    # Comments have times too, but no headings; and a page that does not say so runs from now to then.
    enough = headed * 2 > len(entries) and headed >= (_MIN_SAID if said else _MIN_UNSAID)
    if enough and (said or _runs_back(lines, entries)):
        return [_find_heading(lines, entry, headed / len(entries)) for entry in entries]
    entries = _read_headed(lines, first) if said else []
    return entries if len(entries) >= _MIN_SAID else []


def clear_lead(lines: PageLines, entries: list[Entry]) -> None:
    """Drop the blog's title, and headings that are listed above the entries."""
    for i in range(entries[0].start):
        if lines.running[i]:
            break
        if lines.roles[i] == "embed" and lines.count[i] >= 5 and _says_live(lines, i, i):
            lines.give(i, "headline", "headline that calls the page live")
            break
    headings = {lines.words[entry.heading] for entry in entries if entry.heading is not None}
    chosen = {entry.heading for entry in entries}
    for i in range(len(lines)):
        if i in chosen or lines.roles[i] != "paragraph":
            continue
        if i < entries[0].start and lines.words[i] in headings:
            lines.give(i, "furniture", "an entry's heading, listed above")
        elif not lines.ends[i] and _TITLE.fullmatch(lines.words[i]):
            lines.give(i, "furniture", "live blog title")


def _says_live(lines: PageLines, i: int, first: int) -> bool:
    """Whether a label or a heading calls the page live; a sentence on live coverage does not.

    ``first`` is the first line of text: a mere label counts only in the head above it.
    """
    words = lines.words[i]
    if len(words) > 260 or not ("ive" in words or "IVE" in words) or lines.running[i]:
        return False
    if words.isupper() and lines.count[i] > 2:
        # In a headline in capitals, LIVE is a verb as often as a label.
        words = words.lower()
    if not _LIVE.search(words) or _NO_BLOG.search(words):
        return False
    return lines.count[i] > 3 or bool(_PHRASE.search(words)) or 0 <= first - i <= _MAX_LABEL_REACH


def _find_heading(lines: PageLines, entry: Entry, headed: float) -> Entry:
    """An entry with a short sentence for a heading, on a page where most entries have one."""
    i = next((i for i in range(entry.start, len(lines)) if not lines.times[i]), len(lines))
    if entry.heading is not None or headed < _MOSTLY or i + 1 >= len(lines):
        return entry
    short = lines.count[i] <= _MAX_SENTENCE_WORDS and lines.running[i] and lines.running[i + 1]
    return replace(entry, heading=i) if short else entry


def _runs_back(lines: PageLines, entries: list[Entry]) -> bool:
    """Whether the clock times of a page's entries go back from the newest, but once at midnight."""
    clocks = [match for e in entries if e.stamp and (match := _CLOCK.search(lines.words[e.stamp]))]
    minutes = [
        (int(m["hour"]) % 12 + 12 * (m["half"] in "pP") if m["half"] else int(m["hour"])) * 60
        + int(m["minute"])
        for m in clocks
    ]
    return len(minutes) >= _MIN_UNSAID and sum(one < other for one, other in pairwise(minutes)) <= 1


def _read_timed(lines: PageLines, times: list[int], first: int) -> list[Entry]:
    """Entries that a time stands above, or under the heading, or at the end of: as on most of the page."""
    above = [i for i in times if i > first and _heads_text(lines, i + 1)]
    under = [i for i in times if i > first and _is_under(lines, i)]
    if len(under) > len(above):
        return _read_under(lines, times, first)
    if not above:
        return []
    # Below the last entry's text, a time that opens nothing is that entry's own.
    closing = [i for i in times if i > above[-1] and not (i + 1 < len(lines) and lines.running[i + 1])]
    return _read_closed(lines, times, first) if closing else _read_opened(lines, times, first, set(above))


def _read_opened(lines: PageLines, times: list[int], first: int, headed: set[int]) -> list[Entry]:
    entries = []
    for i in times:
        start = i - 1 if i and lines.times[i - 1] else i
        if i in headed:
            entries.append(Entry(start, i + 1, i))
        elif i > first and _parts_text(lines, start, i):
            entries.append(Entry(start, None, i))
    return entries


def _read_under(lines: PageLines, times: list[int], first: int) -> list[Entry]:
    entries = []
    for i in times:
        if i > first and _is_under(lines, i):
            entries.append(Entry(i - 1, i - 1, i))
        elif i > first and _parts_text(lines, i, i):
            entries.append(Entry(i, None, i))
    return entries


def _read_closed(lines: PageLines, times: list[int], first: int) -> list[Entry]:
    opening = next((i for i in range(first + 1, len(lines)) if _heads_text(lines, i, least=4)), None)
    times = [i for i in times if opening is not None and i > opening]
    if opening is None or not times:
        return []
    entries = [Entry(opening, opening, times[0])]
    for one, other in pairwise(times):
        kept = [i for i in range(one + 1, other) if lines.roles[i] == "paragraph"]
        if any(lines.running[i] for i in kept):
            entries.append(Entry(one + 1, kept[0] if lines.is_headline(kept[0], least=2) else None, other))
    return entries


def _read_headed(lines: PageLines, first: int) -> list[Entry]:
    return [Entry(i, i) for i in range(first + 1, len(lines)) if _heads_text(lines, i, least=4)]


def _heads_text(lines: PageLines, i: int, *, least: int = 3) -> bool:
    """Whether a heading has text right below, a byline at most between."""
    if i >= len(lines) or not lines.is_headline(i, least=least) or (lines.ends[i] and least > 3):
        return False
    for j in range(i + 1, min(i + 1 + _REACH, len(lines))):
        if lines.running[j]:
            return True
        if lines.times[j] or lines.is_headline(j):
            return False
    return False


def _is_under(lines: PageLines, i: int) -> bool:
    below = range(i + 1, min(i + 1 + _REACH, len(lines)))
    text = next((j for j in below if lines.running[j] or lines.times[j] or lines.is_headline(j)), None)
    return lines.is_headline(i - 1) and text is not None and lines.running[text]


def _parts_text(lines: PageLines, first: int, last: int) -> bool:
    """Whether text stands right below, and above is not a head's headline or byline."""
    if first < 1 or last + 1 >= len(lines) or not lines.running[last + 1]:
        return False
    return (
        not lines.is_headline(first - 1)
        and not lines.byline(first - 1)
        and lines.roles[first - 1] != "byline"
    )
