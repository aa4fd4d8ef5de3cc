"""The words of a clause as tellings are compared by them: stems, kinds of action, what says little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# Verbs and nouns of one kind of action; the first names the kind.
_KINDS = (
    "agree agreement sign strike seal deal ratify conclude treaty pact accord",
    "announce announcement unveil reveal outline publish declare",
    "talk talks discuss discussion negotiate negotiation",
    "meet meeting summit host chair conference gather",
    "scrap cancel axe abandon ditch abolish repeal shelve end withdraw revoke scupper lapse expire bin junk",
    "launch begin start open opening reopen",
    "pass approve enact assent",
    "arrest detain seize",
    "arrive arrival cross crossing land",
    "propose proposal call demand urge recommend want seek push press",
    "plan pledge promise vow commit",
    "deport deportation remove removal return expel",
    "reject refuse block deny",
    "kill murder die death stab shoot shooting",
    "ruling rule judge quash overturn annul",
    "resign resignation quit",
    "suspend halt pause",
    "sue lawsuit challenge",
)
# Another form of the same word, or of the same country.
_FORMS = {
    "met": "meet", "struck": "strike", "held": "hold", "sought": "seek", "began": "begin", "begun": "begin",
    "sent": "send", "brought": "bring", "led": "lead", "said": "say", "told": "tell", "took": "take",
    "taken": "take", "broke": "break", "broken": "break", "gave": "give", "given": "give", "won": "win",
    "lost": "lose", "built": "build", "bought": "buy", "paid": "pay", "sold": "sell", "spoke": "speak",
    "spoken": "speak", "drawn": "draw", "drew": "draw", "withdrew": "withdraw", "withdrawn": "withdraw",
    "shot": "shoot", "died": "die", "dying": "die", "rose": "rise", "risen": "rise", "fell": "fall",
    "fallen": "fall", "made": "make", "went": "go", "gone": "go", "came": "come", "left": "leave",
    "drove": "drive", "driven": "drive", "caught": "catch", "fought": "fight", "spent": "spend",
    "british": "britain", "uk": "britain", "european": "europe", "eu": "europe", "brussels": "europe",
    "french": "france", "german": "germany", "irish": "ireland", "scottish": "scotland", "welsh": "wales",
    "italian": "italy", "spanish": "spain", "dutch": "netherlands", "belgian": "belgium", "polish": "poland",
    "albanian": "albania", "rwandan": "rwanda", "turkish": "turkey", "iraqi": "iraq", "afghan": "afghanistan",
    "american": "america", "mexican": "mexico", "russian": "russia", "ukrainian": "ukraine",
    "children": "child", "women": "woman", "men": "man", "people": "person", "talks": "talk",
}  # fmt: skip
_EMPTY = frozenset(
    "a an the this that these those it its he his him she her hers they their them we our us you your i "
    "my me who whom whose which what when where why how there here and or but nor so if then than as of "
    "at by for with from to in into on onto upon off over under about after before during between among "
    "against through out up down around near without within while because since until till although "
    "though not no never only just also still even ever very more most much many some any all both each "
    "every other another such own same too is are was were be been being am do does did done have has "
    "had having will would can could may might must shall should say said tell told get got make made "
    "go gone come came take took one two first last next new late early ago s t re ve ll d m mr mrs ms "
    "sir today yesterday tomorrow tonight now monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december jan feb mar apr "
    "jun jul aug sep sept oct nov dec morning afternoon evening night day week weekend month year time "
    "recent recently earlier later already expect set due likely seem appear begin".split(" ")
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENDINGS = ("ations", "ation", "ments", "ment", "ions", "ings", "ion", "ing", "ied", "ies", "ed", "es", "s")


@lru_cache(maxsize=1 << 16)
def is_content(word: str) -> bool:
    """Whether a word says something of its own: no article, pronoun, weekday or verb of saying."""
    return len(word) > 1 and word.lower() not in _EMPTY


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Take the endings of number, tense and noun off an English word: "agreement", "agreed" -> "agr"."""
    word = re.sub(r"['’]s?$", "", word.lower())
    word = _FORMS.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in ("ied", "ies") else "")
            break
    word = word.rstrip("e") if len(word) > 3 else word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls" else word


# Every second sentence on policy has some of these.
GENERAL = frozenset(
    stem(word)
    for word in (
        "government minister ministers secretary home office prime president official spokesman party leader "
        "country nation state world people person man woman family child migrant immigrant immigration "
        "border plan policy measure law rule system action issue problem work help use need want new number "
        "million thousand hundred britain united kingdom america europe union drug medicine price patient"
    ).split(" ")
)
_LIGHT = frozenset(stem(word) for word in "hold lead reach attend make give take convene stage".split(" "))
_DONE_WITH_LIGHT = frozenset(
    "deal agreement treaty pact accord talks negotiations discussions meeting summit conference announcement "
    "proposal pledge".split(" ")
)
_KIND_OF = {stem(word): kind.split(" ")[0] for kind in _KINDS for word in kind.split(" ")}


# Set phrases: kind, triggers as they stand in the text ("forced" is no "force"), and words of which one must
# stand close before the noun, or after the verb.
_NOUN_PHRASES = (
    ("in force", "force", "into in"), ("in force", "effect", "into in take takes took taken"),
    ("in force", "operation", "into in"), ("in force", "live", "go goes went gone going is was"),
    ("pass", "law", "become becomes became into"), ("pass", "book books", "statute"),
    ("reading", "reading", "first second third final"), ("pass", "light", "green"), ("pass", "ahead", "go"),
    ("pass", "approval", ""), ("launch", "way", "under"), ("launch", "underway", ""),
    ("suspend", "hold ice", "on"),
)  # fmt: skip
_VERB_PHRASES = (
    ("launch", "kicked kicks kick", "off"), ("launch", "rolled rolls roll rolling", "out"),
    ("launch", "phased phasing", "in"), ("scrap", "phased phasing", "out"),
    ("ruling", "struck strike strikes", "down"),
    ("ruling", "declared ruled found held deemed judged", "unlawful illegal unconstitutional void invalid"),
    ("reject", "threw thrown throws throw", "out"), ("reject", "voted votes vote", "down"),
)  # fmt: skip
_BEFORE, _AFTER = 3, 7


def find_kind(trigger: str, words: Sequence[str]) -> str:
    """The kind of action: of "held talks" and "reached a deal" it is the noun that tells.

    Args:
        trigger: The trigger as it stands in the text.
        words: The words of its clause, in order.
    """
    phrase = _find_phrase(trigger.lower(), words)
    if phrase is not None:
        return phrase
    stems = [stem(trigger)]
    if stems[0] in _LIGHT:
        stems = [*(stem(word) for word in words if word.lower() in _DONE_WITH_LIGHT), *stems]
    return kind_of_stem(stems[0])


def _list_phrases() -> dict[str, list[tuple[str, frozenset[str], bool]]]:
    """Trigger to the phrases it may be in: kind, words beside it, and whether these come before it."""
    listed: dict[str, list[tuple[str, frozenset[str], bool]]] = {}
    for phrases, before in ((_NOUN_PHRASES, True), (_VERB_PHRASES, False)):
        for kind, triggers, beside in phrases:
            for trigger in triggers.split(" "):
                listed.setdefault(trigger, []).append((kind, frozenset(beside.split()), before))
    return listed


_PHRASES = _list_phrases()


def _find_phrase(trigger: str, words: Sequence[str]) -> str | None:
    if trigger not in _PHRASES:
        return None
    words = [word.lower() for word in words]
    at = words.index(trigger) if trigger in words else 0
    near = {True: words[max(0, at - _BEFORE) : at], False: words[at + 1 : at + _AFTER]}
    for kind, beside, before in _PHRASES[trigger]:
        if not beside or not beside.isdisjoint(near[before]):
            return kind
    return None


def kind_of_stem(word: str) -> str:
    """The kind of action that a stem stands for: itself where it stands in none of the sets."""
    return _KIND_OF.get(word, word)
