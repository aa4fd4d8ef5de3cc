"""Reported speech: a cue with a clause, not in quotation marks.

Read from the words alone, so that a sentence that was not parsed gives the same rows as one that was; the
parse, where there is one, names the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.language.antecedents import Resolver
from analysis.language.cues import FILLERS
from analysis.language.scene import Scene
from analysis.language.speakers import Attribution, attribute_before, base_of, is_owned, is_speech
from analysis.language.subjects import NOMINATIVE, find_apposed

# Verbs that take a clause without "that"; of the others a clause is known by "that", "if" or "whether".
_BARE = frozenset(
    """say tell add warn claim insist argue admit confirm announce believe deny promise suggest state stress
    reveal acknowledge vow predict note concede reply explain declare pledge assert hint""".split()
)
_LINKS = frozenset("that if whether how why".split())
# Verbs that name whom they tell before what is told ("told MPs that", "asked him whether").
_ADDRESSING = frozenset("tell ask remind inform assure reassure warn advise notify promise".split())
_ASKING = frozenset("ask wonder question inquire enquire query".split())
# Cues that are as often no speech: their clause follows "that" at once, or there is none.
_UNSURE = frozenset("accept boast record mention specify highlight appeal share detail".split())
_BEFORE_THAT = frozenset("so such all those one the a".split())
# Words between a cue and its link: when, where and to whom it was said, but not what of.
_OF = frozenset("of about for".split())
_OBJECTS = frozenset("me him her us them you".split())
_DETERMINERS = frozenset("the a an his her its their our this these those no some many most there".split())
_PREPOSITIONS = frozenset(
    """of in on at to for from with by about under over as into after before during following since until
    despite amid among between without within against outside inside ahead because""".split()
)
# Words that begin a subordinate clause; a main clause has a finite verb more than there are of these.
_SUBORDINATING = frozenset(
    """who which that whom whose where when while as after before because if whether although though
    once""".split()
)
_FINITE_TAGS = frozenset("VBD VBZ VBP MD".split())
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
_OPENING_MARKS = frozenset("\"“‘'«,")
_JOINS = frozenset("and but while as when after before because that who which on in".split()) | _FINITE
_LONGEST_SUBJECT, _AHEAD, _FEWEST = 12, 14, 2
_FEWEST_BESIDE = 5
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
        # "in the minister's words": a quotation follows, no clause
        if _is_asked(scene, cue, sentence.start) or is_owned(scene, cue):
            continue
        floor = max(sentence.start, cue - _LONGEST, found[-1].last if found else 0)
        within = range(floor, min(sentence.stop, cue + _LONGEST))
        clause = _after(scene, cue, within, cues[number + 1 : number + _CUES_AHEAD]) or _before(
            scene, cue, within
        )
        if clause is not None and clause.last - clause.first >= _FEWEST and not _is_stub(scene, clause):
            found.append(clause)
    return found


def _is_asked(scene: Scene, cue: int, start: int) -> bool:
    """Whether a cue tells what somebody was asked: "Asked whether he would resign, NAME said"."""
    if not scene.lowers[cue].endswith(("ed", "told")):
        return False
    before = cue - 1
    while before >= start and (scene.lowers[before] in FILLERS or scene.lowers[before].endswith("ly")):
        before -= 1
    if before < start or not scene.texts[before].strip() or scene.lowers[before] in ("when", "if", "being"):
        return True
    return scene.doc[cue].tag_ == "VBN" and scene.doc[cue].dep_ in ("acl", "advcl")


def _is_stub(scene: Scene, clause: Clause) -> bool:
    """Whether a clause only leads in to quoted words ("he was", before a mark)."""
    following = clause.last
    while following < len(scene.texts) - 1 and scene.texts[following] in _OPENING_MARKS:
        following += 1
    if following >= len(scene.texts) or not scene.quoted[following]:
        return False
    last = scene.lowers[clause.last - 1]
    if clause.last - clause.first < _FEWEST_BESIDE or last in _FINITE | _DETERMINERS | _PREPOSITIONS:
        return True
    return scene.doc[clause.last - 1].tag_.startswith("VB")


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
    if scene.lowers[cue] in ("according", "words"):
        return _after_according(scene, cue, within)
    link = _find_link(scene, cue, range(cue + 1, min(within.stop, cue + _AHEAD)))
    if link is not None:
        first = link + 1 if scene.lowers[link] == "that" else link
    else:
        bare = _find_bare(scene, cue, within)
        if bare is None:
            return None
        first = bare
    while first < within.stop and not scene.quoted[first] and _is_blank(scene.doc[first]):
        first += 1
    limit = min(within.stop, _next_report(scene, first, following))
    last = _end_of(scene, first, limit)
    return Clause(cue, first, last, _subject_before(scene, cue, within.start))


def _find_link(scene: Scene, cue: int, ahead: range) -> int | None:
    # "told MPs that", "said on Monday that"; not "said it was the plan that failed", "warned of gangs that"
    base = base_of(scene.doc[cue])
    for i in ahead:
        lower = scene.lowers[i]
        if lower in _LINKS:
            return i if _is_link(scene, base, cue, i) else None
        if lower in _FINITE or lower in _OF or scene.texts[i] in _ENDS or scene.texts[i] == ",":
            return None
        if i == cue + 1 and not (base in _ADDRESSING or lower in _BESIDE or lower.endswith(("ly", "ever"))):
            return None  # "suggests divisions that may widen"
    return None


def _is_link(scene: Scene, base: str, cue: int, link: int) -> bool:
    """Whether a linking word begins what is reported, and is no relative ("the people that came")."""
    word = scene.lowers[link]
    if link > cue + 1 and base in _UNSURE:
        return False
    if word == "if":
        return base in _ASKING or (link == cue + 1 and base in _BARE)
    if word != "that":
        return True
    following = link + 1
    if following >= len(scene.lowers) or (link > cue + 1 and scene.lowers[link - 1] in _BEFORE_THAT):
        return False
    if link == cue + 1:
        return True
    return scene.lowers[following] not in _FINITE and not scene.doc[following].tag_.startswith(("VB", "MD"))


def _find_bare(scene: Scene, cue: int, within: range) -> int | None:
    """Where a clause without "that" begins: a subject first, and a finite verb soon."""
    base = base_of(scene.doc[cue])
    ahead = range(cue + 1, min(within.stop, cue + _AHEAD))
    if base not in _BARE or not ahead or scene.quoted[cue + 1]:
        return None
    first = scene.lowers[cue + 1]
    if not first[:1].isalnum() or first in _BESIDE or first in FILLERS:
        return None
    if base == "say" and first in NOMINATIVE | {"there"}:
        return cue + 1 if first != "it" or _is_verb(scene, cue + 2, within.stop) else None
    for i in ahead:
        if scene.texts[i] in _ENDS or scene.quoted[i]:
            return None
        if scene.lowers[i] in _FINITE:
            if i == cue + 1:
                return None
            if base != "say" and scene.lowers[i - 1] in ("that", "who", "which"):
                continue  # "suggests divisions that may widen"
            return _after_addressee(scene, cue, i) if base in _ADDRESSING else cue + 1
    return None


def _is_verb(scene: Scene, at: int, stop: int) -> bool:
    if at >= stop:
        return False
    tag = scene.doc[at].tag_
    if tag:
        return tag in _FINITE_TAGS or (at + 1 < stop and scene.doc[at + 1].tag_ in _FINITE_TAGS)
    return scene.lowers[at] in _FINITE or scene.lowers[at].endswith(("ed", "s"))


def _after_addressee(scene: Scene, cue: int, verb: int) -> int | None:
    """Where the clause begins after whom it is told to: "told MPs | it was", "told the court | they had"."""
    if scene.lowers[cue + 1] in NOMINATIVE - {"you", "it"}:
        return cue + 1
    if scene.lowers[cue + 1] in _OBJECTS and cue + 2 < verb:
        return cue + 2
    for i in range(cue + 2, verb):
        starts = scene.lowers[i] in NOMINATIVE or scene.lowers[i] in _DETERMINERS
        if starts and scene.lowers[i - 1] not in _PREPOSITIONS and scene.lowers[i - 1] != "and":
            return i
    chunk = scene.chunk_at(verb - 1)
    if chunk is not None and chunk[0] > cue + 1:
        return chunk[0]
    if base_of(scene.doc[cue]) in ("warn", "promise"):  # "warned prices would rise"
        return cue + 1
    return cue + 2 if cue + 2 < verb else None


def _after_according(scene: Scene, cue: int, within: range) -> Clause | None:
    """Read "According to Ana Ruiz, the homes ..."."""
    if any(scene.doc[i].is_alpha for i in range(within.start, cue)):
        return None
    comma = _find_comma(scene, range(cue + 2, within.stop))
    if comma is None:
        return None
    last = _end_of(scene, comma + 1, within.stop)
    return Clause(cue, comma + 1, last, range(cue + 2, min(comma, cue + 2 + _LONGEST_SUBJECT)))


def _before(scene: Scene, cue: int, within: range) -> Clause | None:
    """Read "The homes would cost more, the minister said." and "..., said Ana Ruiz"."""
    doc = scene.doc
    comma = _find_comma(scene, range(max(within.start, cue - _LONGEST_SUBJECT), cue)[::-1])
    if comma is None or comma <= within.start or scene.quoted[comma - 1] or scene.quoted[within.start]:
        return None
    between = [doc[i] for i in range(comma + 1, cue)]
    if any(token.lower_ in _FINITE or token.tag_.startswith("VB") for token in between[:-1]):
        return None
    inverted = all(token.lower_ in FILLERS for token in between)
    if scene.lowers[cue] == "words" and _touches(scene, cue, within.stop):
        return None
    if inverted and scene.lowers[cue] not in ("said", "says", "according"):
        return None
    subject = _subject_after(scene, cue, within.stop) if inverted else range(comma + 1, cue)
    first = within.start
    while first < comma and (_is_blank(doc[first]) or scene.lowers[first] in ("and", "but")):
        first += 1
    if not subject or _touches(scene, first, comma) or not _is_clause(scene, first, comma):
        return None
    if inverted and (
        (subject.stop < within.stop and scene.lowers[subject.stop] in _FINITE)
        or _last_part(scene, first, comma) in ("who", "which", "whose")
    ):
        return None  # "Judges Hill and Marsh, who agreed, said the law was": the subject of what follows
    return Clause(cue, first, comma, subject)


def _is_clause(scene: Scene, first: int, last: int) -> bool:
    """Whether words have a subject and a finite verb of their own, and do not only open a sentence."""
    opening = scene.lowers[first]
    led = opening in _SUBORDINATING | _PREPOSITIONS or opening.endswith("ing")
    comma = _find_comma(scene, range(first, last))
    if led and comma is not None and comma + 1 < last:  # "If it fails, the town will sue"
        return _is_clause(scene, comma + 1, last)
    if opening in NOMINATIVE and comma is None and not scene.cues_in(range(first, last)):
        return True
    known = any(scene.doc[i].tag_ for i in range(first, last))
    finite = sum(
        scene.doc[i].tag_ in _FINITE_TAGS if known else scene.lowers[i] in _FINITE
        for i in range(first + 1, last)
    )
    if known or led:
        return finite > sum(scene.lowers[i] in _SUBORDINATING for i in range(first, last))
    return finite > 0 or (comma is None and not opening.endswith("ed"))


def _last_part(scene: Scene, first: int, last: int) -> str:
    """The word after the last comma of a range, or its first."""
    comma = _find_comma(scene, range(first, last)[::-1])
    return scene.lowers[first if comma is None else comma + 1]


def _find_comma(scene: Scene, tokens: range) -> int | None:
    return next((i for i in tokens if scene.texts[i] == ","), None)


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
    if last > floor and scene.texts[last - 1] == ",":
        return find_apposed(scene, floor, last - 1) or range(last, last)
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


def _is_blank(token: Token) -> bool:
    return token.is_punct or token.is_space


def _parts(scene: Scene, at: int) -> bool:
    if scene.quoted[at] or scene.lowers[at] in _JOINS:
        return True
    token = scene.doc[at]
    return token.is_space or (token.is_punct and scene.texts[at] not in ("-", ".", "’", "'"))
