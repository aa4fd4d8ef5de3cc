"""A bare English pipeline, which only cuts texts into tokens, however long a word without white space is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

# No suffix is longer, but for a run of one mark ("....").
_END, _LONGEST_SUFFIX = 200, 50


def make_bare_pipeline(vocab: Vocab | bool = True) -> Language:
    """spaCy's English tokeniser alone.

    Args:
        vocab: The vocabulary to share; True makes one.
    """
    import spacy

    nlp = spacy.blank("en", vocab=vocab)
    nlp.max_length = 10**9
    look_at_ends(nlp.tokenizer)
    return nlp


def look_at_ends(tokenizer: Tokenizer) -> None:
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
