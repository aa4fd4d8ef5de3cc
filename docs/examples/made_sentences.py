"""Draws sentences of made-up news by the rules of ``sentences.txt``, which says how rules are written."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path

RULES = Path(__file__).with_name("sentences.txt")

#: So many words in a row are shared copy.
RUN = 10

_SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")


def read_rules() -> dict[str, list[str]]:
    """The wordings of each rule; a rule may have several lines."""
    rules: dict[str, list[str]] = {}
    for line in RULES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, wordings = line.partition(": ")
            rules.setdefault(name, []).extend(wordings.split(" | "))
    return rules


class Grammar:
    """Draws sentences; no two texts that were kept have ten words in a row in common."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.rules = read_rules()
        self._kept: set[tuple[str, ...]] = set()

    def draw(self, rule: str, fixed: Mapping[str, str] | None = None) -> str:
        """A wording of a rule, as unlike all that was kept as can be had; ``fixed`` fills slots."""
        for _ in range(50):
            text = self.fill("{" + rule + "}", fixed or {})
            if self.is_new(text):
                break
        return text

    def is_new(self, text: str) -> bool:
        """Whether a text shares no run of words with a text that was kept."""
        return self._kept.isdisjoint(_runs(text))

    def keep(self, text: str) -> None:
        """Keep a text: none that is drawn later shall be like it."""
        self._kept |= _runs(text)

    def fill(self, text: str, fixed: Mapping[str, str]) -> str:
        """A text with its slots filled."""

        def replace(slot: re.Match[str]) -> str:
            name, low, high = slot.groups()
            if low:
                return str(self.chance.randint(int(low), int(high)))
            drawn = fixed.get(name.lower()) or self.chance.choice(self.rules[name.lower()])
            drawn = self.fill(drawn, fixed)
            return drawn[:1].upper() + drawn[1:] if name[0].isupper() else drawn

        return _SLOT.sub(replace, text)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def words_of(*given: str) -> list[str]:
    """The words of rules, with the rules that they use; what is not a rule is its own words."""
    rules = read_rules()
    found: set[str] = set()
    waiting, met = list(given), set(given)
    while waiting:
        name = waiting.pop()
        for wording in rules.get(name, [name]):
            found |= set(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", _SLOT.sub(" ", wording).lower()))
            used = {slot[1].lower() for slot in _SLOT.finditer(wording) if not slot[2]} - met
            met |= used
            waiting += used
    return sorted(found)
