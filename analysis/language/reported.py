"""Reported speech: a cue with a clause, not in quotation marks.

Read from the words alone, so that a sentence that was not parsed gives the same rows as one that was; the
parse, where there is one, names the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.language.antecedents import Resolver
from analysis.language.cues import FILLERS
from analysis.language.scene import Scene
from analysis.language.speakers import Attribution, attribute_before, base_of, is_speech
from analysis.language.subjects import NOMINATIVE

# Verbs that take a clause without "that"; of the others a clause is known by "that", "if" or "whether".
_BARE = frozenset(
    """say tell add warn claim insist argue admit confirm announce believe deny promise suggest state stress
    reveal acknowledge vow predict note concede reply explain declare pledge assert hint""".split()
)
_LINKS = frozenset("that if whether how why".split())
_FINITE = frozenset(
    """is are was were be been am has have had do does did will would can could may might must shall should
    'll ’ll 'd ’d 're ’re 've ’ve won wo ca isn't n't n’t cannot""".split()
)
# Words after a cue that begin no clause: when, where and to whom it was said.
_BESIDE = frozenset(
    """on in at to of about by with for from during after before as last this earlier later today yesterday
    tomorrow monday tuesday wednesday thursday friday saturday sunday so nothing more goodbye""".split()
)
_ENDS = frozenset('.!?;:—–…"“”')
_JOINS = frozenset("and but while as when after before because that who which on in".split()) | _FINITE
_LONGEST_SUBJECT, _AHEAD, _FEWEST = 12, 14, 2
# How long a clause may be in words, and how many cues after its own are asked where it ends.
_LONGEST, _CUES_AHEAD = 120, 5


@dataclass(frozen=True)
class Reported:
    """A clause that reports what somebody said; never counted as quotation."""

    start: int
    end: int
    text: str
    cue: str
    speaker_text: str | None = None
    speaker: str | None = None
    actor_id: str | None = None


@dataclass(frozen=True)
class Clause:
    """What one cue reports, as token numbers; ``subject`` is a range that ends with the speaker's noun."""

    cue: int
    first: int
    last: int
    subject: range


def find_clauses(scene: Scene) -> list[Clause]:
    """Find each clause that a verb of speech reports and no quotation marks touch, in reading order."""
    cues = [i for i in scene.cues if is_speech(scene.doc[i])]
    found: list[Clause] = []
    for number, cue in enumerate(cues):
        sentence = scene.sentence_of(cue)
        floor = max(sentence.start, cue - _LONGEST, found[-1].last if found else 0)
        within = range(floor, min(sentence.stop, cue + _LONGEST))
        clause = _after(scene, cue, within, cues[number + 1 : number + _CUES_AHEAD]) or _before(
            scene, cue, within
        )
        if clause is not None and clause.last - clause.first >= _FEWEST:
            found.append(clause)
    return found


def report_clause(scene: Scene, resolver: Resolver, clause: Clause) -> Reported | None:
    """The row of a clause, its speaker resolved as for a quotation.

    Args:
        scene: The Doc with its passages.
        clause: One of :func:`find_clauses`.
        resolver: Resolves who speaks; clauses and passages come to it in reading order.
    """
    text = scene.text
    start = scene.offsets[clause.first]
    end = scene.offsets[clause.last - 1] + len(scene.texts[clause.last - 1])
    if not any(character.isalpha() for character in text[start:end]):
        return None
    attribution = attribute_before(scene, range(clause.cue, clause.cue + 1))
    if (attribution is None or attribution.head is None) and clause.subject:
        subject = clause.subject
        attribution = Attribution(clause.cue, clause.cue + 1, subject.start, subject.stop, subject.stop - 1)
    speaker = resolver.speaker_of(attribution) if attribution else None
    cue = "according to" if scene.lowers[clause.cue] == "according" else scene.texts[clause.cue]
    if speaker is None:
        return Reported(start, end, text[start:end], cue)
    return Reported(start, end, text[start:end], cue, speaker.text, speaker.name, speaker.actor_id)


def _after(scene: Scene, cue: int, within: range, following: Sequence[int]) -> Clause | None:
    """Read "Ana Ruiz told MPs that ..." and "he said the homes ..."."""
    doc = scene.doc
    if scene.lowers[cue] in ("according", "words"):
        return _after_according(scene, cue, within)
    link = _find_link(scene, range(cue + 1, min(within.stop, cue + _AHEAD)))
    if link is not None:
        first = link + 1 if scene.lowers[link] == "that" else link
    elif base_of(doc[cue]) in _BARE and _is_bare(scene, cue, within):
        first = cue + 1
    else:
        return None
    limit = min(within.stop, _next_report(scene, first, following))
    last = _end_of(scene, first, limit)
    return Clause(cue, first, last, _subject_before(scene, cue, within.start))


def _find_link(scene: Scene, ahead: range) -> int | None:
    # "told MPs that", "said on Monday that"; not "said it was the plan that failed"
    for i in ahead:
        if scene.lowers[i] in _LINKS:
            return i
        if scene.lowers[i] in _FINITE or scene.texts[i] in _ENDS or scene.texts[i] == ",":
            return None
    return None


def _is_bare(scene: Scene, cue: int, within: range) -> bool:
    """Whether a clause without "that" follows: a subject first, and a finite verb soon."""
    doc = scene.doc
    ahead = range(cue + 1, min(within.stop, cue + _AHEAD))
    if not ahead or scene.quoted[cue + 1]:
        return False
    first = scene.lowers[cue + 1]
    if not first[:1].isalnum() or first in _BESIDE or first in FILLERS:
        return False
    if base_of(doc[cue]) == "say" and first in NOMINATIVE | {"there"}:
        return True
    for i in ahead:
        if scene.texts[i] in _ENDS or scene.quoted[i]:
            return False
        if scene.lowers[i] in _FINITE:
            return i > cue + 1
    return False


def _after_according(scene: Scene, cue: int, within: range) -> Clause | None:
    """Read "According to Ana Ruiz, the homes ..."."""
    if any(scene.doc[i].is_alpha for i in range(within.start, cue)):
        return None
    comma = next((i for i in range(cue + 2, within.stop) if scene.texts[i] == ","), None)
    if comma is None:
        return None
    last = _end_of(scene, comma + 1, within.stop)
    return Clause(cue, comma + 1, last, range(cue + 2, min(comma, cue + 2 + _LONGEST_SUBJECT)))


def _before(scene: Scene, cue: int, within: range) -> Clause | None:
    """Read "The homes would cost more, the minister said." and "..., said Ana Ruiz"."""
    doc = scene.doc
    comma = next(
        (
            i
            for i in range(cue - 1, max(within.start, cue - _LONGEST_SUBJECT) - 1, -1)
            if scene.texts[i] == ","
        ),
        None,
    )
    if comma is None or comma <= within.start or any(scene.quoted[i] for i in (comma - 1, within.start)):
        return None
    between = [doc[i] for i in range(comma + 1, cue)]
    if any(token.lower_ in _FINITE or token.tag_.startswith("VB") for token in between[:-1]):
        return None
    inverted = all(token.lower_ in FILLERS for token in between)
    if inverted and scene.lowers[cue] not in ("said", "says", "according"):
        return None
    subject = _subject_after(scene, cue, within.stop) if inverted else range(comma + 1, cue)
    first = within.start
    while first < comma and (
        doc[first].is_punct or doc[first].is_space or scene.lowers[first] in ("and", "but")
    ):
        first += 1
    if not subject or _touches(scene, first, comma):
        return None
    return Clause(cue, first, comma, subject)


def _touches(scene: Scene, first: int, last: int) -> bool:
    return any(scene.quoted[i] for i in range(first, last))


def _end_of(scene: Scene, first: int, stop: int) -> int:
    """Where a clause ends: with its sentence, before the next cue's subject, or before quotation marks."""
    last = first
    while last < stop and not scene.quoted[last] and scene.texts[last] not in _ENDS:
        last += 1
    while last > first and (scene.doc[last - 1].is_punct or scene.lowers[last - 1] in ("and", "but", "as")):
        last -= 1
    return last


def _next_report(scene: Scene, first: int, following: Sequence[int]) -> int:
    """Where the next report of a sentence begins: "..., and Ben Okri replied that ..."."""
    for cue in following:
        subject = _subject_before(scene, cue, first)
        if subject.start > first and scene.lowers[subject.start - 1] in ("and", "but", "while"):
            return subject.start
    return len(scene.doc)


def _subject_before(scene: Scene, cue: int, floor: int) -> range:
    """The words before a cue back to a stop, a comma or a joining word: "and the minister also" gives two."""
    last = cue
    while last > floor and (scene.lowers[last - 1] in FILLERS or scene.lowers[last - 1].endswith("ly")):
        last -= 1
    first = last
    while first > max(floor, last - _LONGEST_SUBJECT) and not _parts(scene, first - 1):
        first -= 1
        if scene.lowers[first] in NOMINATIVE:
            break
    return range(first, last)


def _subject_after(scene: Scene, cue: int, stop: int) -> range:
    first = cue + (2 if scene.lowers[cue] == "according" else 1)
    last = first
    while last < min(stop, first + _LONGEST_SUBJECT) and not _parts(scene, last):
        last += 1
    return range(first, last)


def _parts(scene: Scene, at: int) -> bool:
    if scene.quoted[at] or scene.lowers[at] in _JOINS:
        return True
    token = scene.doc[at]
    return token.is_space or (token.is_punct and scene.texts[at] not in ("-", ".", "’", "'"))
