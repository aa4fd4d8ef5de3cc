"""spaCy's tokeniser, with what it remembers of the words that it has cut, and no time lost on endless words.

spaCy remembers how a word was cut with what is glued to it ("said,”"), but from the first word of a text on
that has a rule of its own ("don't", "U.S."), it remembers no other of that text. So every new word is cut by
itself before its text is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# So many words are remembered as they were cut: some 20 MB at most. A month of news has tens of thousands.
_CUT_WORDS = 100_000
# No suffix is longer, but for a run of one mark ("....").
_END, _LONGEST_SUFFIX = 200, 50


class RememberingTokenizer:
    """Cuts texts into the very tokens that a tokeniser of spaCy's does.

    Args:
        tokenizer: The tokeniser; how much it remembers is set, and how it looks for suffixes.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.max_cache_size = _CUT_WORDS
        _look_at_ends(tokenizer)
        self.tokenizer = tokenizer
        self._met: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The text's tokens."""
        if len(self._met) < _CUT_WORDS:
            for word in set(text.split()) - self._met:
                if len(word) <= _END:
                    self.tokenizer(word)
                    self._met.add(word)
        return self.tokenizer(text)


def make_bare_pipeline(vocab: Vocab | bool = True) -> Language:
    """A pipeline for English that only cuts texts into tokens, however long they are.

    Args:
        vocab: The vocabulary to share; True makes one.
    """
    import spacy

    nlp = spacy.blank("en", vocab=vocab)
    nlp.max_length = 10**9
    nlp.tokenizer = RememberingTokenizer(nlp.tokenizer)
    return nlp


def _look_at_ends(tokenizer: Tokenizer) -> None:
    """Have a tokeniser look for suffixes at the end of a word; its tokens stay the same.

    spaCy looks through the whole word for each suffix that it cuts off: 40,000 quotation marks in a row take
    minutes.
    """
    search = tokenizer.suffix_search

    def search_end(word: str) -> re.Match[str] | None:
        if len(word) <= _END:
            return search(word)
        found = search(word[-_END:])
        # one that begins so far back may have begun before
        return search(word) if found and found.start() < _END - _LONGEST_SUFFIX else found

    tokenizer.suffix_search = search_end
