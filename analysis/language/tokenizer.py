"""The model's tokeniser, with what it remembers of the words that it has cut.

spaCy remembers how a word was cut with what is glued to it ("said,”"), but from the first word of a text on
that has a rule of its own ("don't", "U.S."), it remembers no other of that text. So every new word is cut by
itself before its text is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.matching import look_at_ends

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

# So many words are remembered as they were cut: some 20 MB at most. A month of news has tens of thousands.
_CUT_WORDS = 100_000


class RememberingTokenizer:
    """Cuts texts into the very tokens that a tokeniser of spaCy's does.

    Args:
        tokenizer: The tokeniser; how much it remembers is set.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.max_cache_size = _CUT_WORDS
        look_at_ends(tokenizer)
        self.tokenizer = tokenizer
        self._met: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The text's tokens."""
        if len(self._met) < _CUT_WORDS:
            new = {word for word in text.split() if word not in self._met}
            for word in new:
                self.tokenizer(word)
            self._met |= new
        return self.tokenizer(text)
