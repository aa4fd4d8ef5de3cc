"""The sentences that host quoted passages, and which words of them attribute which passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.language.agents import can_speak, is_human
from analysis.language.cues import cue_verbs
from analysis.language.marks import Passage
from analysis.language.scene import Scene
from analysis.language.speakers import (
    Attribution,
    attribute_after,
    attribute_before,
    attribute_colon,
    attribute_document,
    attribute_headed,
    is_speech,
)
from analysis.language.subjects import NOBODY, phrase_of

_LEFT_OPEN = re.compile(r"[,?!…—–-]$")
# How many passages away a cue of the same host may stand; it also keeps the time linear.
_REACH = 5
# Over so many sentences without a quotation nobody is taken to go on speaking.
_MEMORY = 4
_NAME_FIRST = re.compile(
    r"(?:(?:The|A|An)\s)?(?:[A-Z][\w.’'-]*\s){0,4}[A-Z][\w.’'-]*(?:,[^,.?!]{3,80},)?\s(?:also\s|then\s|later\s)?"
    r"(?P<verb>[a-z]+)\b"
)
# The longest line that signs a quotation: "– Ana Ruiz, Leeds".
_SIGNATURE = 80
_SPEAKS_NEXT = re.compile(r"[:,]$")


@dataclass
class Host:
    """A sentence counted outside quotation marks, with the passages in it; ``paragraph`` from 0."""

    start: int
    end: int
    paragraph: int
    passages: list[Passage] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """What attributes one passage; ``joins`` says that it is part of the quotation before it."""

    host: Host
    attribution: Attribution | None
    basis: str
    joins: bool


def find_hosts(text: str, sentences: Sequence[object], passages: Sequence[Passage]) -> list[Host]:
    """Join the sentences whose boundary lies inside a passage, so that a host ends outside all marks.

    Args:
        text: The article's text.
        sentences: The layer ``sentences``.
        passages: Outermost passages, in order.
    """
    hosts: list[Host] = []
    waiting = list(passages)[::-1]
    for sentence in sentences:
        joins = bool(hosts) and (
            (hosts[-1].paragraph == sentence.paragraph and _inside(hosts[-1], sentence.start))
            or _asks(text, hosts[-1], sentence)
        )
        if joins:
            hosts[-1].end = sentence.end
        else:
            hosts.append(Host(sentence.start, sentence.end, sentence.paragraph))
        while waiting and waiting[-1].start < hosts[-1].end:
            hosts[-1].passages.append(waiting.pop())
    for passage in waiting[::-1]:
        hosts.append(Host(passage.start, passage.end, hosts[-1].paragraph if hosts else 0, [passage]))
    return hosts


def _inside(host: Host, at: int) -> bool:
    return bool(host.passages) and host.passages[-1].start <= at < host.passages[-1].end


def _asks(text: str, host: Host, sentence: object) -> bool:
    # "Why?" Mr Lee asked.  A question mark before a capital is no end when a cue follows the name.
    if not host.passages or sentence.paragraph - host.paragraph > 1:
        return False
    last = host.passages[-1]
    if host.end - last.end > 2:
        return False
    if text[sentence.start] in "–—―" and sentence.end - sentence.start < _SIGNATURE:
        return True
    if host.paragraph != sentence.paragraph:
        return False
    if text[last.end - 1] not in "?!…":
        return False
    named = _NAME_FIRST.match(text, sentence.start, sentence.end)
    return named is not None and named["verb"] in cue_verbs()


def attribute_passages(scene: Scene, hosts: Sequence[Host]) -> list[Found]:
    """Find the attribution of every passage, in order.

    Returns:
        One :class:`Found` a passage. ``attribution`` is ``None`` where nothing tells.
    """
    found: list[Found] = []
    narrated: Attribution | None = None
    last_host = -9
    for number, host in enumerate(hosts):
        if not host.passages:
            narrated = _narrated(scene, host) or _acting(scene, host)
            continue
        near = number - last_host == 1 and found and hosts[last_host].paragraph == host.paragraph
        previous = found[-1] if found and number - last_host <= _MEMORY else None
        found += _attribute_host(scene, host, previous, narrated, bool(near))
        narrated, last_host = None, number
    return found


def _narrated(scene: Scene, host: Host) -> Attribution | None:
    """What a sentence without quotation marks reports, to attribute the bare quotation after it."""
    tokens = scene.unquoted_in(host.start, host.end)
    found = attribute_before(scene, tokens)
    if _words(scene, tokens).endswith(":"):  # "Ana Ruiz released a statement:"
        return found if found is not None and found.head is not None else attribute_colon(scene, tokens)
    if found is None or found.head is None or not is_speech(scene.doc[found.cue_start]):
        found = attribute_document(scene, tokens)
    if found is None:
        return None
    return None if scene.doc[found.head].lower_ in NOBODY else found


def _acting(scene: Scene, host: Host) -> Attribution | None:
    """Who does something in a sentence that says nothing of speaking, as an attribution without a cue.

    A quotation that stands alone after it is theirs where nobody else has spoken ("Dr Osman was angry when
    she came out. 'They never told us.'").
    """
    for i in scene.unquoted_in(host.start, host.end):
        token = scene.doc[i]
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT":
            person = is_human(token) if token.pos_ == "NOUN" else can_speak(token)
            if token.lower_ in NOBODY or not person:
                return None
            return Attribution(i, i, *phrase_of(scene, token))
    return None


def _attribute_host(
    scene: Scene, host: Host, previous: Found | None, narrated: Attribution | None, near: bool
) -> list[Found]:
    gaps = _gaps(scene, host)
    text = scene.text
    found: list[Found] = []
    for index, passage in enumerate(host.passages):
        before, after = gaps[index], gaps[index + 1]
        if passage.continues and previous is not None:
            left_open = _LEFT_OPEN.search(text[passage.end - 1 : passage.end])
            own = attribute_after(scene, after) if left_open else None
            found.append(Found(host, own or previous.attribution, "explicit" if own else "continued", True))
            previous = found[-1]
            continue
        attribution = _own(scene, passage, before, after)
        basis, joins = "explicit", False
        if attribution is None and found and found[-1].attribution is not None:
            # "A," he said, "B": no cue of its own, the host has spoken
            attribution = found[-1].attribution
        if attribution is None:
            attribution = _elsewhere(scene, gaps, index) or attribute_headed(scene, gaps[0])
        if attribution is None:
            attribution, basis, joins = _carried(scene, before, after, previous, narrated, near)
        elif index and _is_same(found[-1].attribution, attribution):
            joins = (
                text[host.passages[index - 1].end - 1] in ",—–-"
                and _SPEAKS_NEXT.search(_words(scene, before)) is not None
            )
        if attribution is not None and attribution.head is None and previous is not None and near:
            # a cue whose subject is lost or far: whoever has just spoken
            attribution, basis = _continue(attribution, previous.attribution), "continued"
        found.append(Found(host, attribution, basis if attribution else "none", joins))
        previous = found[-1]
    return found


def _is_same(one: Attribution | None, other: Attribution) -> bool:
    return one is not None and one.cue_start == other.cue_start


def _own(scene: Scene, passage: Passage, before: range, after: range) -> Attribution | None:
    """The attribution in the words right before or right after a passage, whichever it leans on."""
    lead = _words(scene, before)
    first = attribute_before(scene, before)
    if first is not None and first.head is not None and _SPEAKS_NEXT.search(lead):
        return first
    if lead.endswith(":"):
        colon = attribute_colon(scene, before)
        if colon is not None:
            return colon
    text = scene.text[passage.start : passage.end]
    if not (_LEFT_OPEN.search(text) or not lead):
        return first or attribute_after(scene, after)
    second = attribute_after(scene, after)
    if second is None or second.head is None:
        return first if first is not None and (first.head is not None or second is None) else second
    # "says they are 'right to be angry,' but hungry for what she calls ...": in mid-sentence the words
    # before go with a passage, unless those after it are its own ("..., he said")
    led = first is not None and first.head is not None and not text[:1].isupper()
    return first if led and not _is_next_to(scene, second, after) else second


def _is_next_to(scene: Scene, found: Attribution, after: range) -> bool:
    """Whether the words that follow a passage begin with its attribution: "he said", "said Ana Ruiz"."""
    begins = next((i for i in after if not (scene.doc[i].is_punct or scene.doc[i].is_space)), None)
    return begins in (found.first, found.cue_start) or found.first is None


def _elsewhere(scene: Scene, gaps: Sequence[range], index: int) -> Attribution | None:
    """A cue further off in the same host: before the passage, nearest first, then after it."""
    for gap in gaps[max(0, index - _REACH) : index][::-1]:
        found = attribute_before(scene, gap)
        if found is not None and found.head is not None:
            return found
    for gap in gaps[index + 2 : index + 2 + _REACH]:
        found = attribute_after(scene, gap)
        if found is not None and found.head is not None:
            return found
    return None


def _carried(
    scene: Scene,
    before: range,
    after: range,
    previous: Found | None,
    narrated: Attribution | None,
    near: bool,
) -> tuple[Attribution | None, str, bool]:
    alone = len(_words(scene, before)) < 2 and len(_words(scene, after)) < 4
    spoke = previous is not None and previous.attribution is not None
    acts = narrated is not None and narrated.cue_start == narrated.cue_end
    if narrated is not None and narrated.head is not None and not (acts and (spoke or not alone)):
        return narrated, "continued", False
    if spoke:
        return previous.attribution, "continued", near and alone
    return None, "none", False


def _continue(cue: Attribution, previous: Attribution | None) -> Attribution:
    if previous is None:
        return cue
    return replace(cue, first=previous.first, last=previous.last, head=previous.head)


def _gaps(scene: Scene, host: Host) -> list[range]:
    """The host's words outside its passages: before the first, between two, after the last."""
    edges = [host.start]
    for passage in host.passages:
        edges += [passage.start, passage.end]
    edges.append(max(host.end, edges[-1]))
    return [scene.unquoted_in(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _words(scene: Scene, tokens: range) -> str:
    return scene.words(tokens).strip(" \"'“”‘’«»\n")
