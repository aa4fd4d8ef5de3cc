"""The noun phrase that goes with a cue: its subject, and how far the phrase reaches."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.language.cues import FILLERS
from analysis.language.scene import Scene

# First token, end and head of a noun phrase.
NounPhrase = tuple[int, int, int]

NOMINATIVE = frozenset("he she they we i it you".split())
# Nobody in particular, or the author: known words, unknown speaker.
NOBODY = frozenset(
    """i we you me us my our someone somebody anyone anybody everyone everybody nobody one people some many
    most others that this which there what""".split()
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLIMB = ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "relcl", "acl", "dep", "parataxis")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM")
DOCUMENTS = frozenset(
    """statement letter email e-mail tweet post message report memo note article editorial essay column poll
    ruling opinion speech video ad release filing banner sign text book interview""".split()
)
_STOP = frozenset(
    "who which that whom whose where when while as after before during because if , ; : ( ) –—".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_OPENERS = frozenset(
    """in on at to for from with by about under over as into after before during following since until despite
    amid asked told earlier later today yesterday tomorrow monday tuesday wednesday thursday friday saturday
    sunday so yet and but or then there however meanwhile""".split()
)
_LONGEST, _FAR = 14, 60


def find_subject(scene: Scene, cue: Token) -> Token | None:
    """The noun that governs a cue: its own subject, or that of the verb which it hangs on."""
    node = cue
    for child in cue.children:
        if child.dep_ == "agent":  # "was described by Mr Lee as"
            return next((c for c in child.children if c.dep_ == "pobj" and not scene.quoted[c.i]), None)
    for _ in range(4):
        for child in node.children:
            if any(c.tag_ in ("WRB", "WDT") for c in child.lefts):  # "how many arrests"
                continue
            if child.dep_ in _SUBJECTS and child.pos_ in _NOUNS and not scene.quoted[child.i]:
                if child.tag_ in ("WP", "WDT") and node.dep_ == "relcl":
                    return node.head
                return child if child.i != cue.i else None
        if node.dep_ == "acl" and node.head.pos_ in _NOUNS:
            noun = _topmost(node.head)
            if noun.dep_ != "dobj" or noun.lower_ in DOCUMENTS or noun.head.pos_ != "VERB":
                return None if scene.quoted[noun.i] else noun
            node = noun.head
            continue
        if node.dep_ not in _CLIMB or node.head.i == node.i:
            return None
        node = node.head
        if scene.quoted[node.i]:
            return None
    return None


def _topmost(noun: Token) -> Token:
    # "MPs on the right of politics insisting", "a letter to Mr Lee saying"
    for _ in range(_LONGEST):
        if noun.dep_ != "pobj" or noun.head.dep_ != "prep" or noun.head.head.pos_ not in _NOUNS:
            break
        noun = noun.head.head
    return noun


def phrase_of(scene: Scene, head: Token) -> NounPhrase:
    """The noun phrase around a head: first and last token (exclusive) and the head itself."""
    doc = scene.doc
    first, last, _ = scene.chunk_at(head.i) or (head.i, head.i + 1, head.i)
    end = head.right_edge.i + 1
    # keep "of the Home Office", "for Mr Trump", "from the Cambridgeshire force"
    while last < end and last - first < _LONGEST:
        token = doc[last]
        if token.lower_ in _STOP or token.is_punct or token.is_space or scene.quoted[last] or token.pos_ in (
            "VERB", "AUX", "SCONJ",
        ):  # fmt: skip
            break
        last += 1
    while last > head.i + 1 and doc[last - 1].pos_ in ("ADP", "CCONJ", "DET", "ADV"):
        last -= 1
    return trim_phrase(scene, first, last, head.i)


def trim_phrase(scene: Scene, first: int, last: int, head: int) -> NounPhrase:
    """A phrase without marks, stops and quoted words at its edges, and without a possessive at its end."""
    doc = scene.doc
    while first < head and (
        doc[first].is_punct or doc[first].is_space or scene.quoted[first] or doc[first].lower_ in NOMINATIVE
    ):
        first += 1
    # "On Friday Downing Street said"
    if first < head and doc[first].lower_ in _DAYS and first and doc[first - 1].lower_ == "on":
        first += 1
    while last > head + 1 and (
        doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].text in ("'s", "’s")
    ):
        last -= 1
    return first, last, head


def phrase_from(scene: Scene, index: int) -> NounPhrase | None:
    """The noun phrase that begins at a token, if one does."""
    if index >= len(scene.doc) or scene.quoted[index]:
        return None
    token = scene.doc[index]
    if token.tag_ in ("WRB", "WDT", "WP"):
        return None
    found = scene.chunk_at(index)
    if found is None:
        if token.pos_ in ("PROPN", "PRON") or token.ent_type_:
            last = index + 1
            while last < len(scene.doc) and scene.doc[last].pos_ == "PROPN" and not scene.quoted[last]:
                last += 1
            return index, last, last - 1
        return None
    first, last, head = found
    return trim_phrase(scene, max(first, index), last, max(head, index))


def _with_clause(scene: Scene, phrase: NounPhrase, cue: int) -> NounPhrase | None:
    """A common noun with the clause that says which one is meant: "the man who led the march said"."""
    first, last, head = phrase
    doc = scene.doc
    if doc[head].pos_ != "NOUN" or not 1 < cue - last < _LONGEST or doc[last].lower_ not in ("who", "that"):
        return None
    clause = [doc[i] for i in range(last, cue)]
    while clause and clause[-1].lower_ in ("also", "then", "later", "has", "have", "had"):
        clause = clause[:-1]
    # a name in the clause would be taken for the speaker's
    if any(t.is_punct or t.is_space or t.text[:1].isupper() or scene.quoted[t.i] for t in clause):
        return None
    return (first, clause[-1].i + 1, head) if len(clause) > 1 else None


def stretch_phrase(scene: Scene, phrase: NounPhrase, cue: int) -> NounPhrase:
    """Carry a phrase on to the name right before the cue ("Party co-leader and MP Ana Ruiz said")."""
    first, last, _ = phrase
    clause = _with_clause(scene, phrase, cue)
    if clause is not None:
        return clause
    if not 0 < cue - last < 2 * _LONGEST:
        return phrase
    between = [scene.doc[i] for i in range(last, cue)]
    while between and (between[-1].lower_ in FILLERS or between[-1].pos_ in ("ADV", "AUX")):
        between = between[:-1]
    if not between or len(between) > 10 or between[-1].pos_ != "PROPN":
        return phrase
    if any(t.pos_ in ("VERB", "AUX", "ADP") or t.text == "," or t.tag_ in ("WP", "WDT") for t in between):
        return phrase
    return first, between[-1].i + 1, between[-1].i


def find_apposed(scene: Scene, first: int, last: int) -> range | None:
    """The subject of a cue that a clause or an apposition parts from it: "NAME, who was in Leeds, said".

    Args:
        scene: The Doc with its passages.
        first: Where the sentence begins.
        last: The comma before the cue.
    """
    first = max(first, last - _FAR)
    commas = [i for i in range(first, last) if scene.texts[i] == ","]
    for begin, end in zip([first, *(i + 1 for i in commas)], commas, strict=False):
        while begin < end and (scene.doc[begin].is_space or scene.doc[begin].is_punct or scene.quoted[begin]):
            begin += 1
        if begin < end and _names(scene, begin, end):
            return range(begin, end)
    return None


def _names(scene: Scene, first: int, last: int) -> bool:
    """Whether the words between two commas may be a noun phrase: no opener, no verb, a noun or a name."""
    opening = scene.lowers[first]
    if last - first > _LONGEST or opening in _OPENERS or opening in _STOP or opening.endswith(("ing", "ly")):
        return False
    if scene.texts[first].isdigit() or any(scene.quoted[i] for i in range(first, last)):
        return False
    return not any(
        scene.doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") or scene.lowers[i] in FILLERS - {"and"}
        for i in range(first, last)
    )
