"""Known furniture: the codebook's rules as one pattern, and sentences in which a site speaks of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from analysis.codebooks import FurnitureRule, load_furniture

# No rule is longer: a longer line is not looked at.
_LONGEST = 700
_CASED = "(?-i:"

# A pattern that may start with any words is slow to fail; without one of these it cannot match.
_OPEN = ".{"
_OPEN_NEEDS = re.compile(r"[(@:]|cookie|privacy|all rights|commission|affiliate")

# Things of which a site speaks to its reader. One of them alone may be the article's own subject.
_SITE_TALK = (
    ("cookie", "tracking technolog", "similar technolog"),
    ("privacy", "personal data", "personal information", "your data", "your consent", "your information"),
    ("terms of", "terms and", "terms &", "user agreement", "you agree", "you consent", "you accept",
     "by continuing", "by clicking", "by signing", "by using", "all rights reserved",
     "may not be published", "may not be reproduced"),
    ("this site", "this website", "our site", "our website", "the site", "the website", "our partners",
     "our advertis", "our newsletter", "our journalism", "our app", "our readers", "our service",
     "your browser", "your device", "your inbox", "your account", "your email", "your e-mail",
     "your subscription", "your experience"),
    ("newsletter", "subscribe", "subscription", "subscribing", "sign up", "signing up", "signed up",
     "free trial", "log in", "logged in", "register now", "email address", "e-mail address", "javascript",
     "ad blocker", "adblocker"),
    ("click here", "click on", "affiliate", "commission", "follow us", "contact us", "email us", "e-mail us",
     "read our", "visit our", "find out more", "learn more", "recaptcha"),
)  # fmt: skip
_TO_A_READER = re.compile("you|our |si(?:te|gn)|subscri")
_TALK_WORDS = range(6, 121)
# A longer line of several sentences may be a whole article with one word of the site's at its end.
_LONG_TALK, _SENTENCES = 300, 4
_SENTENCE_END = re.compile(r"(?<=[.!?])['\"’”)]?\s+")


class _Rules:
    """The codebook's rules, joined so that most lines are passed over at once."""

    def __init__(self, rules: tuple[FurnitureRule, ...]) -> None:
        folded = [rule for rule in rules if _CASED not in rule.pattern]
        self.closed = _Joined(rule for rule in folded if not rule.pattern.startswith(_OPEN))
        self.open = _Joined(rule for rule in folded if rule.pattern.startswith(_OPEN))
        self.cased = [
            (re.compile(rule.pattern, re.IGNORECASE), rule) for rule in rules if _CASED in rule.pattern
        ]

    def match(self, line: str) -> FurnitureRule | None:
        if len(line) > _LONGEST:
            return None
        lower = line.lower()
        found = self.closed.match(lower)
        if found is None:
            found = next((rule for pattern, rule in self.cased if pattern.fullmatch(line)), None)
        if found is None and _OPEN_NEEDS.search(lower) and not holds_sentences(line, _LONG_TALK):
            found = self.open.match(lower)
        return found


class _Joined:
    """Rules blind to case as one pattern over lower-case text, where each fails at its first letter."""

    def __init__(self, rules: Iterable[FurnitureRule]) -> None:
        self.each = [(re.compile(_fold(rule.pattern)), rule) for rule in rules]
        self.any = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self.each))

    def match(self, lower: str) -> FurnitureRule | None:
        if not self.any.fullmatch(lower):
            return None
        return next(rule for pattern, rule in self.each if pattern.fullmatch(lower))


def _fold(pattern: str) -> str:
    """A pattern with its letters in lower case; escapes such as ``\\W`` stay."""
    return re.sub(r"\\.|[A-Z]", lambda m: m[0] if m[0][0] == "\\" else m[0].lower(), pattern)


@cache
def _rules() -> _Rules:
    return _Rules(load_furniture())


def match_furniture(line: str) -> tuple[str, str] | None:
    """The role and the rule's name of a line that is known furniture, else None."""
    rule = _rules().match(line)
    return (rule.role, f"furniture: {rule.id}") if rule else None


def holds_sentences(line: str, longer: int) -> bool:
    """Whether a line is longer than a number of characters and holds four sentences or more."""
    return len(line) > longer and len(_SENTENCE_END.split(line, _SENTENCES)) >= _SENTENCES


def speaks_of_site(line: str, words: int) -> bool:
    """Whether a line names two things or more of which a site speaks: cookies, terms, its newsletter.

    Of a long line of several sentences half have to name one.
    """
    if words not in _TALK_WORDS:
        return False
    lower = line.lower()
    if not _TO_A_READER.search(lower):
        return False
    if _count_things(lower) < 2:
        return False
    if not holds_sentences(line, _LONG_TALK):
        return True
    sentences = _SENTENCE_END.split(lower)
    return 2 * sum(_count_things(sentence) > 0 for sentence in sentences) >= len(sentences)


def _count_things(lower: str) -> int:
    named = 0
    for thing in _SITE_TALK:
        for phrase in thing:
            if phrase in lower:
                named += 1
                break
    return named
