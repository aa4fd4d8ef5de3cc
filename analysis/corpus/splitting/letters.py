"""Letters pages: each letter with its heading, its salutation, its text, and who signed it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from analysis.corpus.splitting.page_lines import PageLines

SALUTATION = re.compile(
    r"(?:SIR|Sir|Sirs|Madam|MADAM|Editor|Dear (?:[Ss]irs?|[Ee]ditor|[Mm]adam)(?: or [Mm]adam|/[Mm]adam)?"
    r"|To the [Ee]ditor)\b\s*(?:[–—:,]|-\s|$)"
)
SALUTATION_LETTERS = "SMEDT"  # what a salutation may begin with
_CLOSING = re.compile(
    r"(?:yours(?: (?:faithfully|sincerely|truly|etc|ever))?|(?:kind|best|with best) (?:regards|wishes))"
    r"\W{0,3}",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:(?:your|readers[’']?|today[’']s|our) )?letters?\b.{0,30}", re.IGNORECASE)
_SMALL = frozenset("of on the upon and in de by under next to at for a le".split())
_MAX_SIGNATURE_WORDS, _MAX_SIGNATURE_LINES, _MAX_TITLE_WORDS = 12, 4, 5


@dataclass(frozen=True)
class Letter:
    """A letter's first line, its heading, and the lines of its signature."""

    start: int
    heading: int | None
    signature: tuple[int, ...]


def find_letters(lines: PageLines) -> list[Letter]:
    """The letters of a page; empty where the page holds fewer than two.

    A salutation opens a letter where a short line, a signature or a heading, parts it from the text above.
    """
    opened = [
        i
        for i, words in enumerate(lines.words)
        if words[:1] in SALUTATION_LETTERS and lines.roles[i] == "paragraph" and SALUTATION.match(words[:40])
    ]
    salutations = [i for n, i in enumerate(opened) if not n or _is_parted(lines, opened[n - 1], i)]
    if len(salutations) < 2:
        return []
    between = [_lines_between(lines, one, other) for one, other in pairwise(salutations)]
    signed = _count_signature(lines, between)
    headings = [_heading_above(lines, salutations[0])]
    signatures = []
    for loose in between:
        headed = len(loose) > signed or (len(loose) > 1 and not _is_place(lines.words[loose[-1]]))
        headings.append(
            loose[-1] if headed and loose and not _CLOSING.fullmatch(lines.words[loose[-1]]) else None
        )
        signatures.append(tuple(i for i in loose if i != headings[-1]))
    signatures.append(_last_signature(lines, salutations[-1], signed))
    starts = [salutations[n] if heading is None else heading for n, heading in enumerate(headings)]
    return [Letter(*found) for found in zip(starts, headings, signatures, strict=True)]


def name_signature(lines: PageLines, letter: Letter) -> str | None:
    """Mark a letter's signature; gives its words without the closing formula."""
    for i in letter.signature:
        lines.give(i, "byline", "signature below a letter")
    words = [lines.words[i] for i in letter.signature if not _CLOSING.fullmatch(lines.words[i])]
    return ", ".join(words) or None


def clear_page(lines: PageLines, letters: list[Letter]) -> None:
    """Drop the page's own title and notices, above the first letter and below the last."""
    for i in range(letters[0].start):
        if lines.roles[i] == "paragraph":
            lines.give(i, "furniture", "above the first letter")
    last = letters[-1].signature
    for i in range(last[-1] + 1 if last else len(lines), len(lines)):
        if lines.roles[i] == "paragraph":
            lines.give(i, "furniture", "below the last letter's signature")


def _is_parted(lines: PageLines, previous: int, salutation: int) -> bool:
    last = _last_text(lines, previous, salutation)
    return any(lines.roles[i] != "advert" for i in range(last + 1, salutation))


def _last_text(lines: PageLines, salutation: int, stop: int) -> int:
    """The last line of a letter's own text above ``stop``."""
    for i in range(stop - 1, salutation, -1):
        heading = i == stop - 1 and lines.is_headline(i) and not lines.running[i - 1]
        if lines.running[i] and not heading and not _CLOSING.fullmatch(lines.words[i]):
            return i
    return salutation


def _lines_between(lines: PageLines, salutation: int, following: int) -> list[int]:
    """The short lines between a letter's text and the next salutation: its signature, the next heading."""
    last = _last_text(lines, salutation, following)
    return [i for i in range(last + 1, following) if lines.roles[i] not in ("advert", "caption", "embed")]


def _count_signature(lines: PageLines, between: list[list[int]]) -> int:
    """How many lines a signature takes on this page: what most letters have, less the next one's heading."""
    usual, _ = Counter(len(loose) for loose in between).most_common(1)[0]
    last = [loose[-1] for loose in between if len(loose) == usual and loose]
    headed = sum(not _is_place(lines.words[i]) for i in last)
    return usual - 1 if usual > 1 and headed * 2 > len(last) else usual


def _heading_above(lines: PageLines, salutation: int) -> int | None:
    for i in range(salutation - 1, max(salutation - 6, -1), -1):
        title = lines.count[i] <= _MAX_TITLE_WORDS and _TITLE.fullmatch(lines.words[i])
        if lines.roles[i] == "headline" or (
            lines.roles[i] == "paragraph" and not title and not lines.times[i]
        ):
            return i if lines.is_heading(i) or lines.is_headline(i) else None
    return None


def _last_signature(lines: PageLines, salutation: int, usual: int) -> tuple[int, ...]:
    """The signature of the last letter, below which only the page's own lines follow."""
    signature: list[int] = []
    for i in range(salutation + 1, len(lines)):
        words = lines.words[i]
        closing = bool(_CLOSING.fullmatch(words))
        if closing or (
            signature and len(signature) < min(usual, _MAX_SIGNATURE_LINES) and _is_short(lines, i)
        ):
            signature.append(i)
        elif signature:
            break
        elif _is_short(lines, i) and _is_place(words) and not _text_follows(lines, i):
            signature.append(i)
    return tuple(signature)


def _is_short(lines: PageLines, i: int) -> bool:
    return lines.count[i] <= _MAX_SIGNATURE_WORDS and not lines.running[i] and lines.roles[i] != "advert"


def _text_follows(lines: PageLines, i: int) -> bool:
    return any(lines.running[j] and lines.count[j] > 20 for j in range(i + 1, min(i + 4, len(lines))))


def _is_place(words: str) -> bool:
    """Whether a line reads as a name, a post or a place: a capital on every word but the smallest."""
    parts = words.split()
    named = all(part.lower().strip("’',") in _SMALL or not part[:1].islower() for part in parts)
    return (named and len(parts) <= (9 if "," in words else 4)) or words.lower().startswith(
        "name and address"
    )
