"""What kind of passage stands in quotation marks, and whose voice the words are that it touches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.language.cues import cue_verbs
from analysis.language.hosts import Found
from analysis.language.marks import Passage
from analysis.language.scene import CUE_WORDS, Scene
from analysis.language.speakers import DASHES

# Kinds that count as quotation; a scare quote or a title is the journalist's own voice.
QUOTING = frozenset({"direct", "mixed", "hypothetical"})

_TITLE_NOUN = re.compile(
    r"\b(?:book|novel|memoir|film|movie|documentary|series|show|programme|program|podcast|song|album|play|"
    r"article|essay|column|editorial|op-ed|paper|report|study|magazine|newspaper|newsletter|episode|headline|"
    r"headlined|entitled|titled|called|hit|poem|game|special|drama|sitcom|musical|ad|spot|video)[\s,:]*$",
    re.I,
)
_TITLE_HOST = re.compile(
    r"\b(?:on|in|of|to|watch(?:ed|ing)?|told)\s+(?:the\s+)?(?:[A-Z][\w.&]*[’'](?:s\s+|\s+))$"
)
# What a work, a programme or a club stands after, where its title carries the sentence's own comma.
_TITLE_PLACE = re.compile(
    r"(?:\b(?:on|in|of|from|read|reads|watch|host|hosts|author|nickname)|[”\"’']\s*(?:,|and|or))\s+$"
)
_NAMED = re.compile(
    r"\b(?:(?:re|code)?named|nicknamed|christened|titled|entitled|subtitled|headlined|known as|slogan|motto|"
    r"nickname)\s+(?:(?:his|her|its|their|the|an?)\s+(?:[\w-]+\s+){0,2}[\w-]+\s+)?$"
)
_SMALL = frozenset("a an and as at but by for from in into is it of on or over the to up with vs".split())
_GENERIC = frozenset(
    "they you we i one people some critics many opponents supporters everyone someone".split()
)
# What a court heard, or somebody was told or accused of: quoted, though nobody is named who said them.
_TOLD = re.compile(
    r"\b(?:(?:court|jury|inquest|tribunal|inquiry|hearing|committee|trial|judge|magistrates)\s+"
    r"(?:also\s+|has\s+|had\s+)?(?:heard|hears)|(?:was|were|been|is|are)\s+(?:told|accused\s+of|warned))\b[^.?!;:\n]*$"
)
# A sign, a message or a post: what it reads is all there is of it.
_READS = re.compile(r"\b(?:read|reads|reading|said|says|saying|stated|states)\s*:$")
_HEADLINE = re.compile(r"\bheadlines?\s+(?:was|is|were|reads?|ran|said)\W*$", re.I)
_FORGIVEN = re.compile(r"\bforgiven\s+for\s+(?:\w+\s+)?(?:thinking|asking|saying|wondering|believing)\W*$")
_NOBODY = frozenset("nobody no-one none anyone anybody".split())
_BEFORE = 60


def tell_voice(text: str, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> str:
    """Whose words a stretch of text is, by the passages that count as quotation and touch it.

    Args:
        text: The text.
        start: First character of the stretch.
        end: Last character, exclusive.
        quoted: The passages that touch it; none of them overlaps another.

    Returns:
        "quotation" where all its letters and figures stand inside, "mixed" where some do, else "narration".
    """
    if not quoted:
        return "narration"
    # letters and figures alone: marks, and a stop outside them, do not make a sentence "mixed"
    total = sum(character.isalnum() for character in text[start:end])
    inside = sum(character.isalnum() for a, b in quoted for character in text[max(start, a) : min(end, b)])
    return "quotation" if inside >= total else "mixed"


def _is_sentence(text: str, words: list[str]) -> bool:
    """Whether a passage has a capital at its start and a stop (or the comma before "he said") at its end."""
    return len(words) > 1 and text.lstrip("…. [(")[:1].isupper() and text[-1] in ".,!?…—–-;"


def kind_of(scene: Scene, passage: Passage, found: Found) -> str:
    """The kind of an outermost passage.

    Args:
        scene: The Doc with its passages.
        passage: An outermost passage.
        found: What attributes it.

    Returns:
        "direct", "mixed", "scare", "title" or "hypothetical".
    """
    text = scene.text[passage.start : passage.end]
    words = re.findall(r"[\w’'-]+", text)
    before = scene.text[max(0, passage.start - _BEFORE) : max(0, passage.start - 1)]
    own = found.attribution is not None and found.basis == "explicit"
    if passage.continues:
        return "direct"
    # a term held off, or the value of an attribute in a page's markup
    if re.search(r"\bso[- ]called\W*$|=$", before, re.I):
        return "scare"
    if before.endswith("(") and not own:
        return "title"
    alone = _is_alone(scene, passage) and text[-1] in ".?!"
    whole = _is_sentence(text, words) or ((own or alone) and _is_word_said(before, text, words))
    if _HEADLINE.search(before) and len(words) < 12:
        return "title"
    if _READS.search(before.rstrip()) and text[:1].isupper() and len(words) > 1:
        return "direct"
    if _is_work(text, words, before, whole=whole, own=own):
        return "title"
    if (own and _is_imagined(scene, found)) or _FORGIVEN.search(before):
        return "hypothetical"
    told = len(words) <= 4 and not whole and words and _TOLD.search(before) is not None
    if told:
        return "mixed"
    if (
        len(words) <= 2
        and not whole
        and not (own and found.attribution.head is not None and _is_near(scene, passage, found))
    ):
        return "scare"
    if len(words) <= 4 and not whole and found.basis == "continued" and not _is_led_in(before):
        return "scare"
    if found.attribution is None and not whole:
        return "scare" if len(words) <= 4 else "mixed"
    if own and scene.texts[found.attribution.cue_start] in DASHES and text[:1].isupper() and len(words) > 3:
        return "direct"
    return "direct" if whole or _is_introduced(scene, passage, text, words, before) else "mixed"


def _is_alone(scene: Scene, passage: Passage) -> bool:
    """Whether a passage with its marks is a paragraph."""
    before = scene.text[max(0, passage.start - 2) : max(0, passage.start - 1)]
    return before in ("", "\n") and scene.text[passage.end + 1 : passage.end + 2] in ("", "\n")


def _is_word_said(before: str, text: str, words: list[str]) -> bool:
    """Whether a passage of one word is a sentence: "“Yes,” he said", where a sentence may begin."""
    begins = not before.strip() or before.endswith("\n") or before.rstrip()[-1] in ".!?:,”"
    return begins and len(words) == 1 and text[:1].isupper() and text[-1] in ".,!?…"


def _is_introduced(scene: Scene, passage: Passage, text: str, words: list[str], before: str) -> bool:
    """Whether a passage stands behind a colon, or whole before a comma ("'We will act', says PM")."""
    after = scene.text[passage.end : passage.end + 3]
    return before.rstrip().endswith(":") or (text[:1].isupper() and len(words) > 2 and "," in after)


def _is_led_in(before: str) -> bool:
    return before.rstrip(" \"'“‘").endswith((":", ","))


def _is_work(text: str, words: list[str], before: str, *, whole: bool, own: bool) -> bool:
    """Whether a passage is the name of a work, a programme, a slogan or a thing."""
    if not words or not words[0][:1].isupper():
        return False
    titled = _is_capitalised(words)
    if _NAMED.search(before) and (titled or len(words) <= 2) and len(words) < 9:
        return True
    if whole and len(words) < 9 and titled and text[-1] in ",." and _TITLE_PLACE.search(before):
        return True
    if whole and len(words) < 7 and _TITLE_HOST.search(before) and titled:
        return True  # CBS's "Face the Nation," with the comma inside the marks
    if whole and (len(words) > 3 or own):
        return False
    if _TITLE_NOUN.search(before):
        return len(words) < 12
    return titled and (bool(_TITLE_HOST.search(before)) or len(words) in (3, 4, 5, 6))


def _is_capitalised(words: list[str]) -> bool:
    return all(word[:1].isupper() or word.lower() in _SMALL or word[0].isdigit() for word in words)


def _is_near(scene: Scene, passage: Passage, found: Found) -> bool:
    """Whether the cue stands within a dozen words of the passage: a single word needs that."""
    cue = scene.doc[min(found.attribution.cue_start, len(scene.doc) - 1)]
    distance = min(abs(cue.idx - passage.start), abs(cue.idx - passage.end))
    return distance < 70 and (cue.lower_ in cue_verbs() or cue.lower_ in CUE_WORDS or cue.text == ":")


def _is_imagined(scene: Scene, found: Found) -> bool:
    """Speech that nobody spoke: "they will say", "critics might ask"."""
    cue, head = found.attribution.cue_start, found.attribution.head
    words = set(scene.lowers[max(0, cue - 4) : cue])
    subject = scene.lowers[head] if head is not None else ""
    if subject in _NOBODY:
        return True
    first = found.attribution.first
    if first and first < cue and scene.lowers[first - 1] == "if":
        # "If he had said"; not "asked if he had said"
        return first - 1 == scene.sentence_of(first).start and "had" in words
    if words & {"would", "might", "could", "imagine", "suppose", "if"}:
        return "have" not in words and subject in _GENERIC
    return bool(words & {"will", "'ll", "’ll", "can"}) and subject in _GENERIC - {"we", "i"}
