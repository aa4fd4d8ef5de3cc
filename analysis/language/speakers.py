"""Who speaks: the cue that introduces a quoted passage, and the noun phrase that goes with it.

The parser is unsure around quotation marks, so the words next to a passage are read in order first
("...," NAME said; "...," said NAME), and its parse is asked where that gives nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.language.cues import FILLERS, cue_verbs, speech_verbs, thought_verbs
from analysis.language.scene import Scene
from analysis.language.subjects import (
    DOCUMENTS,
    NOBODY,
    NOMINATIVE,
    NounPhrase,
    find_apposed,
    find_subject,
    phrase_from,
    phrase_of,
    stretch_phrase,
    trim_phrase,
)

# How far behind a passage its cue may stand, in words, and how many cues back a lead is read.
_FAR, _CUES_BACK = 40, 6
# Verbs that say nothing but that something is said.
_PLAIN = frozenset("say tell claim argue insist state add".split())
# How many words a name before the colon of a headline has, and what is no name there.
_HEADING = 5
_LABELS = frozenset(
    """exclusive breaking update updated analysis opinion comment video watch live revealed review explainer
    interview profile factbox timeline""".split()
)
_READS = frozenset("read reads reading said says saying states stated".split())
# They sign a quotation: "..." – NAME, Leeds
DASHES = ("–", "—", "―", "--", "-")


@dataclass(frozen=True)
class Attribution:
    """A cue with the words that name the speaker, both as token ranges; ``head`` is the phrase's noun."""

    cue_start: int
    cue_end: int
    first: int | None
    last: int | None
    head: int | None


def base_of(token: Token) -> str:
    """The base of a cue verb, or the word itself."""
    return cue_verbs().get(token.lower_, token.lower_)


def is_speech(token: Token) -> bool:
    """Whether a cue is a verb of speech proper (or "according to")."""
    return base_of(token) in speech_verbs() or token.lower_ in ("according", "put", "puts", "words")


def is_thought(token: Token) -> bool:
    """Whether a cue is a verb of thought."""
    return base_of(token) in thought_verbs() and base_of(token) not in speech_verbs()


def is_owned(scene: Scene, cue: int) -> bool:
    """Whether a cue is the "words" of somebody named before it ("in NAME's words"), not "words of"."""
    return scene.lowers[cue] == "words" and scene.lowers[cue + 1 : cue + 2] != ["of"]


def attribute_after(scene: Scene, tokens: range) -> Attribution | None:
    """Read an attribution in the words that follow a passage: "said NAME", "NAME, 44, said"."""
    near = (scene.doc[i] for i in tokens[: 2 * _FAR])
    words = [token for token in near if not token.is_space]
    dash = False
    while words and (words[0].is_punct or words[0].is_quote) and words[0].text not in "([":
        dash |= words[0].text in DASHES
        words = words[1:]
    cue = _first_cue(scene, words[:_FAR])
    if cue is None:
        return _signed(scene, words) if dash and words else None
    if cue.lower_ in ("according", "words"):
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
    found = phrase_from(scene, cue.i + 1)
    if found is not None:
        noun = scene.doc[found[2]]
        if noun.tag_ != "PRP" or noun.lower_ in NOMINATIVE:
            return Attribution(cue.i, cue.i + 1, *found)
        if alone:
            return None
    parsed = _parsed(scene, cue)
    return parsed if parsed.head is not None else _unparsed(scene, cue)


def _unparsed(scene: Scene, cue: Token) -> Attribution:
    """Read "said the 46-year-old" where the parse sees no noun phrase."""
    doc, first = scene.doc, cue.i + 1
    last = first
    if first < len(doc) and doc[first].lower_ in ("the", "one", "another"):
        while last < min(len(doc), first + 6) and not scene.quoted[last] and not _is_edge(doc[last]):
            last += 1
    phrase = (first, last, last - 1) if last > first else (None, None, None)
    return Attribution(cue.i, cue.i + 1, *phrase)


def _is_edge(token: Token) -> bool:
    return (
        token.is_space
        or token.pos_ in ("ADP", "VERB", "AUX", "CCONJ")
        or (token.is_punct and token.text != "-")
    )


def _leading_pronoun(scene: Scene, lead: Sequence[Token]) -> int | None:
    """The pronoun that is the subject of a cue after a passage, whatever the parser makes of it."""
    if len(lead) > 1 and lead[0].lower_ in ("he", "she", "they") and lead[1].pos_ == "PROPN":
        return lead[0].i  # words lost where lines were joined: "he Ana Ruiz, the minister, said"
    near = next((t for t in lead[::-1] if t.lower_ not in FILLERS and t.pos_ not in ("ADV", "AUX")), None)
    if near is None or near.lower_ not in NOMINATIVE:
        return None
    return near.i if near.i == lead[0].i or scene.doc[near.i - 1].text == "," else None


def _leading_phrase(scene: Scene, lead: Sequence[Token], cue: Token) -> Attribution:
    """Read "NAME said" and "NAME, the minister, said"."""
    first = phrase_from(scene, lead[0].i)
    subject = find_subject(scene, cue)
    if subject is not None and lead[0].i <= subject.i < cue.i:
        # the parser may take the nearer noun of an apposition: the phrase that opens the clause wins
        apposed = first is not None and any(t.text == "," for t in lead if first[2] < t.i < subject.i)
        phrase = first if apposed else stretch_phrase(scene, phrase_of(scene, subject), cue.i)
        return Attribution(cue.i, cue.i + 1, *phrase)
    return Attribution(cue.i, cue.i + 1, *first) if first is not None else _parsed(scene, cue)


def _first_cue(scene: Scene, words: Sequence[Token]) -> Token | None:
    if not words:
        return None
    cues = [scene.doc[i] for i in scene.cues_in(range(words[0].i, words[-1].i + 1))]
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
    found = phrase_from(scene, words[0].i)
    if found is None or scene.doc[found[2]].pos_ != "PROPN" or len(words) > 12:
        return None
    return Attribution(words[0].i - 1, words[0].i, *found)


def attribute_before(scene: Scene, tokens: range) -> Attribution | None:
    """Read an attribution in the words that lead up to a passage: the nearest cue, then its subject."""
    cues = [scene.doc[i] for i in scene.cues_in(tokens)[-_CUES_BACK:]]
    if not cues:
        return None
    nearest = found = _attribute_cue(scene, tokens, cues)
    # a present participle without a subject ("called it a mistake, saying") has that of the cue before
    while len(cues) > 1 and found is not None and found.head is None and cues[-1].tag_ == "VBG":
        cues = cues[:-1]
        found = _attribute_cue(scene, tokens, cues)
    return nearest if found is not None and found.head is None else found


def _attribute_cue(scene: Scene, tokens: range, cues: Sequence[Token]) -> Attribution | None:
    cue = cues[-1]
    # a bare thought yields to speech
    if is_thought(cue) and len(cues) > 1 and is_speech(cues[-2]):
        cue = cues[-2]
    if base_of(cue) not in _PLAIN:  # "says her rival accepted": what is told of is not what is said
        cue = next((c for c in cues[-2::-1] if base_of(c) in _PLAIN and _is_below(cue, c)), cue)
    if cue.lower_ in ("according", "words"):
        return _according(scene, cue)
    back = _back_over(scene, cue.i - 1, tokens.start)
    named = _named_before(scene, range(tokens.start, back + 1))
    if named is not None:
        return Attribution(cue.i, cue.i + 1, named.start, named.stop, named.stop - 1)
    subject = find_subject(scene, cue)
    if subject is not None:
        if subject.lower_ in NOBODY and not is_speech(cue):
            return None
        return Attribution(cue.i, cue.i + 1, *stretch_phrase(scene, phrase_of(scene, subject), cue.i))
    if back > tokens.start and scene.texts[back] == ",":
        return _apposed(scene, cue, range(tokens.start, back))
    chunk = scene.chunk_at(back) if back >= tokens.start and not scene.quoted[back] else None
    phrase = trim_phrase(scene, *chunk) if chunk else (None, None, None)
    return Attribution(cue.i, cue.i + 1, *phrase)


def _named_before(scene: Scene, tokens: range) -> range | None:
    """An actor right before a cue that the parse takes for no noun: "No 10 said"."""
    if not tokens or scene.doc[tokens[-1]].pos_ in ("NOUN", "PROPN", "PRON", ""):
        return None
    named = scene.mention_before(tokens.stop)
    if named is None or named.start < tokens.start:
        return None
    led = named.start > tokens.start and scene.lowers[named.start - 1] in ("for", "of", "from", "at", "by")
    return None if led else named


def _apposed(scene: Scene, cue: Token, before: range) -> Attribution:
    """Read "NAME, who was in Leeds, said" where the parse has lost the subject."""
    parted = find_apposed(scene, max(before.start, scene.sentence_of(cue.i).start), before.stop)
    phrase = phrase_from(scene, parted.start) if parted else None
    return Attribution(cue.i, cue.i + 1, *(phrase or (None, None, None)))


def _is_below(cue: Token, other: Token) -> bool:
    """Whether a cue stands in the clause that another cue reports."""
    for _ in range(_CUES_BACK):
        if cue.head.i == cue.i or cue.dep_ == "relcl":
            return False
        if cue.dep_ == "ccomp" and cue.head.i == other.i:
            return True
        cue = cue.head
    return False


def _back_over(scene: Scene, back: int, floor: int) -> int:
    """Step back over adverbs, auxiliaries and a bracket: "Paul Ryan (R-WI) also said"."""
    doc, floor = scene.doc, max(floor, back - _FAR)
    while back >= floor and (doc[back].lower_ in FILLERS or doc[back].pos_ in ("ADV", "AUX")):
        back -= 1
    if back >= floor and doc[back].text == ")":
        while back > floor and doc[back].text != "(":
            back -= 1
        back -= 1
    return back


def attribute_colon(scene: Scene, tokens: range) -> Attribution | None:
    """Read "NAME: ..." or "a sign on the wall: ..." where a colon stands without a verb of speech."""
    near = (scene.doc[i] for i in tokens[-3 * _FAR :])
    words = [token for token in near if not token.is_space and not token.is_quote]
    if not words or words[-1].text not in (":", "–", "—", ",", "-"):
        return None
    colon, words = words[-1].i, words[:-1]
    cue = words[-1].i if words and words[-1].lower_ in _READS else colon
    for token in words:
        if token.dep_ in ("nsubj", "nsubjpass") and not scene.quoted[token.i]:
            return Attribution(cue, cue + 1, *phrase_of(scene, token))
    if not words or len(words) > 12:
        return None
    found = phrase_from(scene, words[0].i)
    return Attribution(cue, cue + 1, *found) if found else None


def attribute_document(scene: Scene, tokens: range) -> Attribution | None:
    """Read "Ana Ruiz released a statement on Monday.", for the quotation that stands alone after it."""
    for token in (scene.doc[i] for i in tokens[: 2 * _FAR] if scene.lowers[i] in DOCUMENTS):
        if token.dep_ == "dobj" and token.head.pos_ == "VERB":
            subject = find_subject(scene, token.head)
            if subject is not None and subject.i < token.head.i:
                return Attribution(token.head.i, token.head.i + 1, *phrase_of(scene, subject))
    return None


def attribute_headed(scene: Scene, tokens: range) -> Attribution | None:
    """Read the name before the colon of a headline: "Ruiz: time to 'act' on homes"."""
    near = tokens[:_HEADING]
    colon = next((i for i in near if scene.texts[i] == ":"), None)
    if colon is None or colon == tokens.start:
        return None
    name = [scene.doc[i] for i in range(tokens.start, colon)]
    if any(token.pos_ != "PROPN" or token.lower_ in _LABELS for token in name):
        return None
    return Attribution(colon, colon + 1, tokens.start, colon, colon - 1)


def _parsed(scene: Scene, cue: Token) -> Attribution:
    subject = find_subject(scene, cue)
    phrase = phrase_of(scene, subject) if subject is not None else (None, None, None)
    return Attribution(cue.i, cue.i + 1, *phrase)


def _in_words(scene: Scene, cue: Token) -> Attribution:
    """Read "in NAME's words", "in her own words"."""
    first = next(i for i in range(cue.i - 1, -1, -1) if scene.lowers[i] == "in") + 1
    last = cue.i
    while last > first + 1 and scene.lowers[last - 1] in ("own", "'s", "’s", "'", "’"):
        last -= 1
    return Attribution(cue.i, cue.i + 1, first, last, last - 1)


def _according(scene: Scene, cue: Token) -> Attribution:
    if is_owned(scene, cue.i):
        return _in_words(scene, cue)
    found: NounPhrase | None = phrase_from(scene, cue.i + 2)
    phrase = phrase_of(scene, scene.doc[found[2]]) if found else (None, None, None)
    return Attribution(cue.i, cue.i + 2, *phrase)
