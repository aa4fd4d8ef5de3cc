"""Find date expressions: rules over the classes of tokens, longest match first.

Every token becomes one character that stands for its set of classes, so a rule is an ordinary regular
expression over tokens and runs in C. In a rule, ``{year4}`` is a token of that class, captured under its
name; ``<of|in>`` is a token of either class, not captured.

Most tokens of a text can be no part of any rule; they cut it into runs. The same runs ("of the first")
come again and again, so what the rules find in one is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from analysis.timex.lexicon import SPACED_TOKEN, classify, list_samples
from analysis.timex.meaning import Builder, Meaning, Token, Words
from analysis.timex.rules import RULES


class Expression(NamedTuple):
    """A date expression: where it stands and what it says."""

    start: int
    end: int
    meaning: Meaning


class _Candidate(NamedTuple):
    """A rule's match in a run of letters; ``first`` and ``stop`` count its tokens."""

    first: int
    stop: int
    match: re.Match[str]
    builder: Builder


_FIRST_LETTER = 0x4E00
# How many tokens before a run the rules look back at, and after it ahead.
_LOOK_BACK, _LOOK_AHEAD = 2, 1
_LONGEST_KEPT = 60  # letters: a longer run is a list or a table, and does not come again
_MOST_WORDS = 100_000
# Words that stand in every sentence: of what a rule needs, they tell least.
_FREQUENT = ("the", "to", "a", "an", "that", "this", "of", "in", "from", "and", "one", "new", "-", ",", ".")

_LOOK_AROUND = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)")
_OPTIONAL = re.compile(r"<[^<>]+>[?*]")
_INNERMOST = re.compile(r"\(\?:([^()]*)\)([?*+]?)")
_BRANCH = re.compile(r"\|(?![a-z_0-9|]*>)")
_CLASS_NAMES = re.compile(r"<(?![=!])([a-z_0-9|]+)>|\{([a-z_0-9]+)\}")


@cache
def _alphabet() -> dict[frozenset[str], str]:
    sets = dict.fromkeys(classify(sample) for sample in list_samples())
    return {classes: chr(_FIRST_LETTER + index) for index, classes in enumerate(sets)}


def _letter(classes: frozenset[str]) -> str:
    alphabet = _alphabet()
    if classes not in alphabet:
        # A combination that no sample showed: the rules must learn its letter.
        alphabet[classes] = chr(_FIRST_LETTER + len(alphabet))
        learnt = (_compile, _compile_class, _compile_run, _match_kept, _needs, _rules_by_letter)
        for known in learnt:
            known.cache_clear()
    return alphabet[classes]


class _Letters(dict[str, str]):
    """The letter of each token seen, white space before it included."""

    def __missing__(self, token: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        letter = self[token] = _letter(classify(_bare(token)))
        return letter


_LETTERS = _Letters()


def _bare(token: str) -> str:
    return token.lstrip() or "\n"


def _class_letters(names: str) -> str:
    wanted = set(names.split("|"))
    letters = [letter for classes, letter in _alphabet().items() if classes & wanted]
    return f"[{''.join(letters)}]" if letters else r"[\x00]"


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    pattern = re.sub(r"<(?![=!])([a-z_0-9|]+)>", lambda m: _class_letters(m[1]), pattern)
    pattern = re.sub(r"\{([a-z_0-9]+)\}", lambda m: f"(?P<{m[1]}>{_class_letters(m[1])})", pattern)
    pattern = re.sub(r"\{(\w+)=([^{}]+)\}", lambda m: f"(?P<{m[1]}>{m[2]})", pattern)
    return re.compile(pattern.replace(" ", ""))


def _possible_rules(present: frozenset[str]) -> list[int]:
    """The ranks of the rules that find all they need among some letters, in any order."""
    some = set().union(*(_rules_by_letter().get(letter, ()) for letter in present))
    return [rank for rank in some if not any(map(present.isdisjoint, _needs(RULES[rank][0])))]


@cache
def _rules_by_letter() -> dict[str, list[int]]:
    """Each letter to the ranks of the rules for whose rarest need it does."""
    table: dict[str, list[int]] = {}
    for rank, (pattern, _) in enumerate(RULES):
        for letter in _needs(pattern)[0]:
            table.setdefault(letter, []).append(rank)
    return table


@cache
def _needs(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of letters, of each of which every match of a rule holds one; the rarest in texts first."""
    rest = _LOOK_AROUND.sub("", pattern).replace(" ", "")
    rest = re.sub(r"\{([a-z_0-9]+)\}", r"<\1>", rest)
    rest = re.sub(r"\{\w+=", "(?:", rest).replace("}", ")")
    count = 1
    while count:
        rest, count = _INNERMOST.subn(_need_of_group, _OPTIONAL.sub("", rest))
    sets = {frozenset(_class_letters(names)[1:-1]) for names in re.findall(r"<([^<>]+)>", rest)}
    frequent = {_letter(classify(word)) for word in _FREQUENT}
    return tuple(sorted(sets, key=lambda letters: (len(letters & frequent), len(letters))))


def _need_of_group(group: re.Match[str]) -> str:
    """What is left of a group without groups in it: nothing if it is optional, the first of each branch."""
    if group[2] in ("?", "*"):
        return ""
    branches = _BRANCH.split(group[1])
    firsts = [re.match(r"<([^<>]+)>", branch) for branch in branches]
    if len(branches) == 1:
        return group[1]
    return f"<{'|'.join(first[1] for first in firsts if first)}>" if all(firsts) else ""


@cache
def _compile_class(names: str) -> re.Pattern[str]:
    return re.compile(_class_letters(names))


@cache
def _compile_run() -> re.Pattern[str]:
    """Runs of the tokens that some rule takes in, not only looks at, with one among them that it needs."""
    rules = (_LOOK_AROUND.sub("", pattern) for pattern, _ in RULES)
    names = {name for rule in rules for match in _CLASS_NAMES.findall(rule) for name in match if name}
    taken = set(_class_letters("|".join(names))[1:-1])
    needed = {letter for pattern, _ in RULES for letter in _needs(pattern)[0]}
    some, others = "".join(taken & needed), "".join(taken - needed)
    # a run is looked at from its first token alone, so that one of many "the"s takes no longer
    return re.compile(f"(?<![{some}{others}])[{others}]*[{some}][{some}{others}]*")


def find_expressions(
    text: str, start: int = 0, end: int | None = None, *, having: str | None = None
) -> list[Expression]:
    """Find the date expressions of a text, or of a stretch of it, in order and without overlap.

    The longest expression from the left wins; rules earlier in the list win a tie. ``having`` names classes
    of tokens ("day|year4"): runs of tokens that have none of them are passed over.

    Example:
        >>> text = "They may march on Friday, 5 September."
        >>> [text[e.start : e.end] for e in find_expressions(text)]
        ['Friday, 5 September']
    """
    stop = len(text[start:end].rstrip()) + start
    tokens = SPACED_TOKEN.findall(text, start, stop)
    letters = "".join(map(_LETTERS.__getitem__, tokens))
    ends: list[int] = []
    found: list[Expression] = []
    for run in _compile_run().finditer(letters):
        if having and not _compile_class(having).search(run.group()):
            continue
        first = max(0, run.start() - _LOOK_BACK)
        around = letters[first : run.end() + _LOOK_AHEAD]
        match_run = _match_kept if len(around) <= _LONGEST_KEPT else _match_run
        candidates = match_run(around, run.start() - first)
        if candidates:
            ends = ends or list(accumulate(map(len, tokens), initial=start))[1:]
            words = [
                Token(word := _bare(token), last - len(word), last)
                for token, last in zip(tokens[first : run.end()], ends[first : run.end()], strict=True)
            ]
            found += _choose(text, words, candidates)
    return found


def _match_run(letters: str, start: int) -> tuple[_Candidate, ...]:
    """All matches in a run from ``start`` on, the longest from the left first, then the earlier rule."""
    found = []
    for rank in _possible_rules(frozenset(letters[start:])):
        pattern, builder = RULES[rank]
        for match in _compile(pattern).finditer(letters, start):
            if match.end() > match.start():
                found.append((match.start(), -match.end(), rank, match, builder))
    found.sort(key=lambda candidate: candidate[:3])
    return tuple(_Candidate(first, -stop, match, builder) for first, stop, _, match, builder in found)


_match_kept = lru_cache(maxsize=50_000)(_match_run)


def _choose(text: str, tokens: list[Token], candidates: tuple[_Candidate, ...]) -> Iterator[Expression]:
    words = tuple(token.text.lower() for token in tokens)
    read = _read_kept if len(words) < _LONGEST_KEPT else _read
    done = 0
    for candidate in candidates:
        start, end = tokens[candidate.first].start, tokens[candidate.stop - 1].end
        if candidate.first < done or _is_glued(text, start, end):
            continue
        meaning = read(candidate, words)
        if meaning is None:
            continue
        yield Expression(start, end, meaning)
        done = candidate.stop


def _read(candidate: _Candidate, words: Sequence[str]) -> Meaning | None:
    return candidate.builder(Words(candidate.match, words))


_read_kept = lru_cache(maxsize=20_000)(_read)


def _is_glued(text: str, start: int, end: int) -> bool:
    # "A2024", "/2024/" in an address, "#2024": part of a longer name
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before.isalnum() or before in tuple("/_#@") or after.isalnum() or after == "_"
