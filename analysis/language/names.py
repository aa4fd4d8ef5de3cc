"""Personal names, courtesy titles and role words, as text; no language model."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TITLES = frozenset(
    """mr mrs ms miss mx dr doctor prof professor sir dame lord lady baroness baron viscount earl rev
    reverend fr rabbi imam sheikh rt""".split()
)
# Nouns that say what somebody is, and words that go before them.
_ROLE_NOUNS = frozenset(
    """secretary minister president chancellor premier leader co-leader chairman chairwoman chair chief
    director head commissioner ambassador envoy senator sen representative rep congressman congresswoman
    governor gov mayor councillor cllr judge justice sheriff general gen colonel col captain capt major
    maj lieutenant lt sergeant sgt admiral officer commander spokesman spokeswoman spokesperson adviser
    advisor aide strategist king queen prince princess pope archbishop bishop cardinal mp msp mep peer
    speaker attorney solicitor prosecutor lawyer counsel treasurer whip analyst economist pollster
    historian author writer journalist columnist editor presenter host founder co-founder owner boss
    coach manager inspector superintendent constable detective delegate candidate nominee taoiseach ex-
    president det insp supt backbencher frontbencher editor-in-chief commander-in-chief""".split()
)
_ROLE_WORDS = frozenset(
    """prime foreign home shadow former deputy vice assistant junior senior interior defence defense health
    education treasury finance energy culture climate transport business environment trade labor labour
    state immigration border security reform conservative tory democrat republican lib dem snp green
    plaid french german russian british american ukrainian israeli iranian italian polish irish scottish
    welsh turkish chinese albanian u.s. us uk eu european crown opposition parliamentary press campaign
    party police""".split()
)
# Ranks and posts in capitals, right before a name; "DC" elsewhere is a town.
_RANKS = frozenset("pc dc ds di dci dcs wpc ceo cfo coo".split())
_ROLE = _ROLE_NOUNS | _ROLE_WORDS
_OPENERS = frozenset(
    """then later but meanwhile yesterday today as while when after before although though if because earlier
    now monday tuesday wednesday thursday friday saturday sunday yet so or nor in on""".split()
)
_LINKS = frozenset("of for and the &".split())
# One house, several names.
_SEATS = re.compile(r"(?:No\.?|Number|Nº)\s?(?:10|Ten)(?:\s+Downing\s+Street)?|10\s+Downing\s+Street", re.I)
_ROLE_AFTER = re.compile(
    r",\s+(?:the\s+|an?\s+|who\s+(?:is|was)\s+(?:the\s+|an?\s+)?)?"
    r"([^,.;:“”\"\n]{0,50}?\b(?:secretary|minister|president|chancellor|leader|chairman|chairwoman|chair|chief|"
    r"head|director|director-general|commissioner|ambassador|senator|governor|mayor|judge|MP|MSP|MEP|councillor|"
    r"congressman|congresswoman|peer|candidate|nominee|spokesman|spokeswoman|spokesperson|adviser|analyst|"
    r"economist|professor|author|founder|strategist|lawyer|historian|co-leader|campaigner|activist)\b"
    r"[^,.;:“”\"\n]{0,50})[,.;]"
)
_PARTIES = {
    "Labour": r"Labour",
    "Conservative": r"Conservative|Tory",
    "Liberal Democrat": r"Liberal Democrats?|Lib Dems?",
    "Green": r"Green (?:Party|MP|MEP|leader|co-leader|peer|councillor|candidate)",
    "Reform UK": r"Reform(?: UK)? (?:MP|leader|councillor|candidate|mayor|peer|deputy)|Reform UK",
    "SNP": r"SNP|Scottish National Party",
    "Plaid Cymru": r"Plaid(?: Cymru)?",
    "DUP": r"DUP|Democratic Unionist",
    "Sinn Féin": r"Sinn F[ée]in",
    "UK Independence Party": r"U[Kk][Ii][Pp]",
    "Republican": r"Republican|GOP",
    "Democratic": r"Democrat(?:ic)?",
}
_PARTY = re.compile(
    "|".join(f"(?P<p{n}>{words})" for n, words in enumerate(_PARTIES.values())).join((r"\b(?:", r")\b"))
)
_PARTY_LETTER = re.compile(r",? \(?(R|D)-[A-Z][A-Za-z.]{0,6}[),]")
_LETTERS = {"R": "Republican", "D": "Democratic"}
_PARTY_IN_BRACKETS = re.compile(
    r" \((Lab|Con|Lib Dem|LD|SNP|Green|Reform(?: UK)?|DUP|Plaid(?: Cymru)?)(?:/Co-op)?[,)]"
)
_SHORT = {"Lab": "Labour", "Con": "Conservative", "Lib Dem": "Liberal Democrat", "LD": "Liberal Democrat"} | {
    "Reform": "Reform UK", "Plaid": "Plaid Cymru",
}  # fmt: skip
_PAST = re.compile(r"\b(?:[Ff]ormer(?:ly)?|[Ee]x|[Ee]xpelled|[Ss]uspended|anti|one-time)[\s-]")
_FEMALE = frozenset(
    "mrs ms miss dame lady baroness congresswoman chairwoman spokeswoman queen princess".split()
)
_MALE = frozenset("mr sir lord baron viscount earl congressman chairman spokesman king prince father".split())


def role_words_before(text: str, start: int) -> str | None:
    """The role that stands right before a name: "French interior minister" Gerald Darmanin.

    Args:
        text: The article.
        start: Where the name begins.
    """
    run: list[str] = []
    line = text[max(0, start - 90) : start].rpartition("\n")[2]
    for word in reversed(line.split()[-8:]):
        if word[0] in "“\"‘'(" or word[-1] in "”\"’'":
            break
        bare = word.lower()
        known = bare in _ROLE or bare.rstrip(".") in _ROLE
        if word[-1] in ",;:!?)" or (word[-1] == "." and not known) or re.search(r"[’']s$", word):
            break
        if not (known or word[:1].isupper() or (bare in _LINKS and run)):
            break
        run.insert(0, word.strip('“”"('))
    while run and run[0].lower() in (_LINKS | _OPENERS):
        run.pop(0)
    last = next((word for word in reversed(run) if word.lower() not in _LINKS), "")
    if not last or not (is_rank(last) or any(is_role_noun(word) for word in run)):
        return None
    return " ".join(run)


def role_after(text: str, end: int) -> str | None:
    """The role that stands after a name: Ana Ruiz, "the shadow harbour minister"."""
    after = _ROLE_AFTER.match(text, end, end + 130)
    return after[1].strip() if after else None


def party_in(text: str, end: int, role: str | None) -> str | None:
    """The party that a text gives to somebody: by a role ("Labour MP"), or what
    stands in brackets ("Ana Ruiz (R-Ohio)", "Ana Ruiz (Lab, Ayr)").

    Args:
        text: The article.
        end: Where the name ends.
        role: The role beside the name. A former member's party is not told by it.
    """
    letter = _PARTY_LETTER.match(text, end, end + 16)
    if letter:
        return _LETTERS[letter[1]]
    short = _PARTY_IN_BRACKETS.match(text, end, end + 30)
    if short:
        return _SHORT.get(short[1], short[1])
    found = _PARTY.search(role or "")
    if found is None or _PAST.search(role or ""):
        return None
    return list(_PARTIES)[int(str(found.lastgroup)[1:])]


def house_name(name: str) -> str:
    """One name for an organisation that goes by its address: "No 10" is Downing Street."""
    return "Downing Street" if _SEATS.fullmatch(name.strip()) else name


@lru_cache(maxsize=50_000)
def is_role(word: str) -> bool:
    """Whether a word is part of a role rather than of a name."""
    return word.lower().strip(" .,\n") in _ROLE


@lru_cache(maxsize=50_000)
def is_role_noun(word: str) -> bool:
    """Whether a word says what somebody is ("Secretary", "Sen."), not only of what ("Home")."""
    word = word.lower().strip(" .,\n")
    return word in _ROLE_NOUNS or word.startswith("ex-")


def is_rank(word: str) -> bool:
    """Whether a word in capitals is a rank or post right before a name: "PC", "CEO"."""
    return word.isupper() and word.lower() in _RANKS


@lru_cache(maxsize=50_000)
def is_title(word: str) -> bool:
    """Whether a word is a courtesy title ("Mr", "Sir")."""
    return word.lower().strip(".") in _TITLES


def gender_of(words: str) -> str | None:
    """The gender that a courtesy title in the words tells: "f", "m" or ``None``."""
    parts = {part.lower().strip(".,") for part in words.split()}
    if parts & _FEMALE:
        return "f"
    return "m" if parts & _MALE else None


def fold(name: str) -> str:
    """A name without case and accents: "Gérald" and "Gerald" are one man."""
    if name.isascii():
        return name.casefold()
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


def without_initials(name: str) -> str:
    """A name without its middle initials: "Donald J. Trump" gives "Donald Trump"."""
    parts = name.split()
    middle = [part for part in parts[1:-1] if not re.fullmatch(r"[A-Z]\.?", part)]
    return " ".join([parts[0], *middle, parts[-1]]) if len(parts) > 2 else name


def slug(name: str) -> str:
    """A name as the tail of an id: "Keir Starmer" gives "keir-starmer"."""
    return re.sub(r"[\W_]+", "-", fold(name).replace("'", "")).strip("-") or "unnamed"
