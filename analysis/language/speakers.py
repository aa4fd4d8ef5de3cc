"""Who speaks: the cue that introduces a quoted passage, and the noun phrase that goes with it.

The parser is unsure around quotation marks, so the words next to a passage are read in order first
("...," NAME said; "...," said NAME), and its parse is asked where that gives nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from analysis.language.cues import FILLERS, cue_verbs, speech_verbs, thought_verbs
from analysis.language.marks import Passage

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLIMB = ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "relcl", "acl", "dep", "parataxis")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM")
_NOMINATIVE = frozenset("he she they we i it you".split())
# Nobody in particular, or the author: known words, unknown speaker.
NOBODY = frozenset(
    """i we you me us my our someone somebody anyone anybody everyone everybody nobody one people some many
    most others that this which there what""".split()
)
_DOCUMENTS = frozenset(
    """statement letter email e-mail tweet post message report memo note article editorial essay column poll
    ruling opinion speech video ad release filing banner sign text book interview""".split()
)
_STOP = frozenset(
    "who which that whom whose where when while as after before during because if , ; : ( ) –—".split()
)


@dataclass(frozen=True)
class Attribution:
    """A cue with the words that name the speaker, both as token ranges; ``head`` is the phrase's noun."""

    cue_start: int
    cue_end: int
    first: int | None
    last: int | None
    head: int | None


@dataclass
class Scene:
    """A Doc with what is read off it once: which tokens are quoted, its noun phrases, its cues."""

    doc: Doc
    text: str
    passages: Sequence[Passage]
    quoted: list[bool] = field(init=False)
    chunk_at: dict[int, tuple[int, int, int]] = field(init=False)
    cues: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        doc = self.doc
        self.quoted = [False] * len(doc)
        for passage in self.passages:
            for token in tokens_between(doc, passage.start, passage.end):
                self.quoted[token.i] = True
        self.chunk_at = {}
        for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
            if chunk[0].tag_ in ("WRB", "WDT"):  # "how many arrests"
                continue
            for i in range(chunk.start, chunk.end):
                self.chunk_at[i] = (chunk.start, chunk.end, chunk.root.i)
        self.cues = [self._is_cue(token) for token in doc]

    def _is_cue(self, token: Token) -> bool:
        lower = token.lower_
        if self.quoted[token.i]:
            return False
        if lower == "according" and token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ == "to":
            return True
        if lower in ("put", "puts") and token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ == "it":
            return True
        base = cue_verbs().get(lower)
        if base is None or token.dep_ in ("amod", "compound", "det"):
            return False
        if token.i and self.doc[token.i - 1].text in ("-", "–"):
            return False
        if token.tag_.startswith("VB"):
            # "is thought to be", "was told": passive, so its subject did not say it
            passive = token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children)
            return not passive or any(c.dep_ == "agent" for c in token.children)
        # "said" is never anything else; a noun such as "claim" or "report" is
        return (
            lower in ("said", "told", "added", "tweeted", "wrote", "says", "adds") and token.ent_type_ == ""
        )


def tokens_between(doc: Doc, start: int, end: int) -> list[Token]:
    """Tokens that have a character in ``start..end`` (a glued mark splits no token)."""
    span = doc.char_span(start, end, alignment_mode="expand") if start < end else None
    return list(span) if span is not None else []


def base_of(token: Token) -> str:
    """The base of a cue verb, or the word itself."""
    return cue_verbs().get(token.lower_, token.lower_)


def is_speech(token: Token) -> bool:
    """Whether a cue is a verb of speech proper (or "according to")."""
    return base_of(token) in speech_verbs() or token.lower_ in ("according", "put", "puts")


def is_thought(token: Token) -> bool:
    """Whether a cue is a verb of thought."""
    return base_of(token) in thought_verbs() and base_of(token) not in speech_verbs()


def attribute_after(scene: Scene, tokens: Sequence[Token]) -> Attribution | None:
    """Read an attribution in the words that follow a passage: "said NAME", "NAME, 44, said"."""
    words = [token for token in tokens if not token.is_space]
    dash = False
    while words and (words[0].is_punct or words[0].is_quote) and words[0].text not in "([":
        dash |= words[0].text in ("–", "—", "―", "--", "-")
        words = words[1:]
    cue = _first_cue(scene, words[:40])
    if cue is None:
        return _signed(scene, words) if dash and words else None
    if cue.lower_ == "according":
        return _according(scene, cue)
    lead = [token for token in words if token.i < cue.i]
    if all(token.lower_ in FILLERS or token.pos_ == "ADV" for token in lead):
        return _inverted(scene, cue, alone=not lead)
    pronoun = _leading_pronoun(scene, lead)
    if pronoun is not None:
        return Attribution(cue.i, cue.i + 1, pronoun, pronoun + 1, pronoun)
    return _leading_phrase(scene, lead, cue)


def _inverted(scene: Scene, cue: Token, *, alone: bool) -> Attribution | None:
    """Read "said NAME"; an object pronoun after the cue ("told me") is no speaker."""
    found = _phrase_from(scene, cue.i + 1)
    if found is not None:
        noun = scene.doc[found[2]]
        if noun.tag_ != "PRP" or noun.lower_ in _NOMINATIVE:
            return Attribution(cue.i, cue.i + 1, *found)
        if alone:
            return None
    return _parsed(scene, cue)


def _leading_pronoun(scene: Scene, lead: Sequence[Token]) -> int | None:
    """The pronoun that is the subject of a cue after a passage, whatever the parser makes of it."""
    if len(lead) > 1 and lead[0].lower_ in ("he", "she", "they") and lead[1].pos_ == "PROPN":
        return lead[0].i  # words lost where lines were joined: "he Ana Ruiz, the minister, said"
    near = next((t for t in lead[::-1] if t.lower_ not in FILLERS and t.pos_ not in ("ADV", "AUX")), None)
    if near is None or near.lower_ not in _NOMINATIVE:
        return None
    return near.i if near.i == lead[0].i or scene.doc[near.i - 1].text == "," else None


def _leading_phrase(scene: Scene, lead: Sequence[Token], cue: Token) -> Attribution:
    """Read "NAME said" and "NAME, the minister, said"."""
    first = _phrase_from(scene, lead[0].i)
    subject = find_subject(scene, cue)
    if subject is not None and lead[0].i <= subject.i < cue.i:
        # the parser may take the nearer noun of an apposition: the phrase that opens the clause wins
        apposed = first is not None and any(t.text == "," for t in lead if first[2] < t.i < subject.i)
        return Attribution(cue.i, cue.i + 1, *(first if apposed else phrase_of(scene, subject)))
    return Attribution(cue.i, cue.i + 1, *first) if first is not None else _parsed(scene, cue)


def _first_cue(scene: Scene, words: Sequence[Token]) -> Token | None:
    cues = [token for token in words if scene.cues[token.i]]
    if not cues:
        return None
    if not is_speech(cues[0]):
        # "..., since most cases were decided by a vote, said NAME": the speech verb after a comma
        for cue in cues[1:]:
            if base_of(cue) in speech_verbs() and scene.doc[cue.i - 1].text == ",":
                return cue
    return cues[0] if cues[0].i - words[0].i < 30 else None


def _signed(scene: Scene, words: Sequence[Token]) -> Attribution | None:
    """A name after a dash, as under a letter: "..." - Ana Ruiz, Leeds."""
    found = _phrase_from(scene, words[0].i)
    if found is None or scene.doc[found[2]].pos_ != "PROPN" or len(words) > 12:
        return None
    return Attribution(words[0].i - 1, words[0].i, *found)


def attribute_before(scene: Scene, tokens: Sequence[Token]) -> Attribution | None:
    """Read an attribution in the words that lead up to a passage: the nearest cue, then its subject."""
    cues = [token for token in tokens if scene.cues[token.i]]
    if not cues:
        return None
    cue = cues[-1]
    # "called it a mistake, saying" and "was quoted as saying": the last cue; a bare thought yields to speech
    if is_thought(cue) and len(cues) > 1 and is_speech(cues[-2]):
        cue = cues[-2]
    if cue.lower_ == "according":
        return _according(scene, cue)
    subject = find_subject(scene, cue)
    if subject is not None:
        if subject.lower_ in NOBODY and not is_speech(cue):
            return None
        first, last, head = phrase_of(scene, subject)
        return Attribution(cue.i, cue.i + 1, *_stretched(scene, first, last, head, cue.i))
    if len(cues) > 1 and cue.tag_ == "VBG":
        earlier = attribute_before(scene, [token for token in tokens if token.i < cue.i])
        if earlier is not None and earlier.head is not None:
            return earlier
    back = _back_over(scene, cue.i - 1, tokens[0].i)
    if back >= tokens[0].i and back in scene.chunk_at and not scene.quoted[back]:
        return Attribution(cue.i, cue.i + 1, *_trimmed(scene, *scene.chunk_at[back]))
    return Attribution(cue.i, cue.i + 1, None, None, None)


def _back_over(scene: Scene, back: int, floor: int) -> int:
    """Step back over adverbs, auxiliaries and a bracket: "Paul Ryan (R-WI) also said"."""
    doc = scene.doc
    while back >= floor and (doc[back].lower_ in FILLERS or doc[back].pos_ in ("ADV", "AUX")):
        back -= 1
    if back >= floor and doc[back].text == ")":
        while back > floor and doc[back].text != "(":
            back -= 1
        back -= 1
    return back


def _stretched(scene: Scene, first: int, last: int, head: int, cue: int) -> tuple[int, int, int]:
    """Carry a phrase on to the name right before the cue ("Party co-leader and MP Ana Ruiz said")."""
    doc = scene.doc
    between = [doc[i] for i in range(last, cue)]
    while between and (between[-1].lower_ in FILLERS or between[-1].pos_ in ("ADV", "AUX")):
        between = between[:-1]
    if not between or len(between) > 10 or between[-1].pos_ != "PROPN":
        return first, last, head
    if any(t.pos_ in ("VERB", "AUX", "ADP") or t.text == "," or t.tag_ in ("WP", "WDT") for t in between):
        return first, last, head
    return first, between[-1].i + 1, between[-1].i


def attribute_colon(scene: Scene, tokens: Sequence[Token]) -> Attribution | None:
    """Read "NAME: ..." or "a sign on the wall: ..." where a colon stands without a verb of speech."""
    words = [token for token in tokens if not token.is_space and not token.is_quote]
    if not words or words[-1].text not in (":", "–", "—", ",", "-"):
        return None
    words = words[:-1]
    for token in words:
        if token.dep_ in ("nsubj", "nsubjpass") and not scene.quoted[token.i]:
            return Attribution(words[-1].i, words[-1].i + 1, *phrase_of(scene, token))
    if not words or len(words) > 12:
        return None
    found = _phrase_from(scene, words[0].i)
    return Attribution(words[-1].i + 1, words[-1].i + 2, *found) if found else None


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
            if noun.dep_ != "dobj" or noun.lower_ in _DOCUMENTS or noun.head.pos_ != "VERB":
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
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ in _NOUNS:
        noun = noun.head.head
    return noun


def phrase_of(scene: Scene, head: Token) -> tuple[int, int, int]:
    """The noun phrase around a head: first and last token (exclusive) and the head itself."""
    doc = scene.doc
    first, last, _ = scene.chunk_at.get(head.i, (head.i, head.i + 1, head.i))
    end = head.right_edge.i + 1
    # keep "of the Home Office", "for Mr Trump", "from the Cambridgeshire force"
    while last < end and last - first < 14:
        token = doc[last]
        if token.lower_ in _STOP or token.is_punct or token.is_space or scene.quoted[last] or token.pos_ in (
            "VERB", "AUX", "SCONJ",
        ):  # fmt: skip
            break
        last += 1
    while last > head.i + 1 and doc[last - 1].pos_ in ("ADP", "CCONJ", "DET", "ADV"):
        last -= 1
    return _trimmed(scene, first, last, head.i)


def _trimmed(scene: Scene, first: int, last: int, head: int) -> tuple[int, int, int]:
    doc = scene.doc
    while first < head and (
        doc[first].is_punct or doc[first].is_space or scene.quoted[first] or doc[first].lower_ in _NOMINATIVE
    ):
        first += 1
    while last > head + 1 and (
        doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].text in ("'s", "’s")
    ):
        last -= 1
    return first, last, head


def _phrase_from(scene: Scene, index: int) -> tuple[int, int, int] | None:
    """The noun phrase that begins at a token, if one does."""
    if index >= len(scene.doc) or scene.quoted[index]:
        return None
    found = scene.chunk_at.get(index)
    if scene.doc[index].tag_ in ("WRB", "WDT", "WP"):
        return None
    if found is None:
        token = scene.doc[index]
        if token.pos_ in ("PROPN", "PRON") or token.ent_type_:
            last = index + 1
            while last < len(scene.doc) and scene.doc[last].pos_ == "PROPN" and not scene.quoted[last]:
                last += 1
            return index, last, last - 1
        return None
    first, last, head = found
    return _trimmed(scene, max(first, index), last, max(head, index))


def _parsed(scene: Scene, cue: Token) -> Attribution:
    subject = find_subject(scene, cue)
    phrase = phrase_of(scene, subject) if subject is not None else (None, None, None)
    return Attribution(cue.i, cue.i + 1, *phrase)


def _according(scene: Scene, cue: Token) -> Attribution:
    found = _phrase_from(scene, cue.i + 2)
    phrase = phrase_of(scene, scene.doc[found[2]]) if found else (None, None, None)
    return Attribution(cue.i, cue.i + 2, *phrase)
