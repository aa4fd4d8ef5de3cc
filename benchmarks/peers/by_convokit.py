"""ConvoKit's FightingWords with its defaults, an article as an utterance.

Words and phrases of up to three words that stand in ten articles or more and in half of them at most; called
distinctive is what :meth:`get_ngrams_past_threshold` gives, which is |z| > 1. With fewer than twenty articles
no word can be in ten and in half at most, and it raises an error.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from convokit.fighting_words import FightingWords
from convokit.model import Corpus, Speaker, Utterance
from finding import Found, Row, attempt
from scipy.special import ndtr

warnings.simplefilter("ignore")


class Finder:
    """``FightingWords`` between the utterances of two speakers."""

    def __init__(self) -> None:
        self.about = f"ConvoKit {version('convokit')}"

    def find(self, texts: Sequence[dict[str, Any]]) -> Iterator[Found]:
        """The words and p-values of each pair of sides: ``first`` and ``second`` are lists of articles."""
        for pair in texts:
            yield attempt(_compare, pair)


def _compare(pair: dict[str, Any]) -> Iterator[Row]:
    speakers = {side: Speaker(id=side) for side in ("first", "second")}
    spoken = [
        Utterance(id=f"{side}-{n}", speaker=speaker, conversation_id=f"{side}-{n}", text=text)
        for side, speaker in speakers.items()
        for n, text in enumerate(pair[side])
    ]
    fighting = FightingWords().fit(
        Corpus(utterances=spoken),
        class1_func=lambda utterance: utterance.speaker.id == "first",
        class2_func=lambda utterance: utterance.speaker.id == "second",
    )
    for words in fighting.get_ngrams_past_threshold():
        for word in words:
            yield {"word": word, "p": 2 * float(ndtr(-abs(fighting.get_zscore(word))))}
