"""What pass 1 asks of one page, so that a page that has not changed need not be read for it again."""

from __future__ import annotations

from analysis.corpus.splitting.lines import ends_sentence
from analysis.corpus.splitting.profile import HEADLINE, OTHER, SENTENCE, LineMarks, hash_line
from analysis.corpus.splitting.segments import iter_lines

_HEADLINE_WORDS = range(4, 36)
# Longer lines hold several paragraphs: articles, not furniture.
_MAX_LENGTH = 1000


def mark_lines(text: str) -> LineMarks:
    """Read what pass 1 asks of a page's text."""
    lines = {line.strip() for line in text.replace("\xa0", " ").splitlines()}
    lines = {line: hash_line(line) for line in lines if 0 < len(line) <= _MAX_LENGTH}
    joined = {words for words, _, _ in iter_lines(text)} - lines.keys()
    return LineMarks(
        tuple(lines.values()),
        tuple(map(len, lines)),
        tuple(map(_kind_of, lines)),
        tuple(hash_line(words) for words in joined if len(words) <= _MAX_LENGTH),
    )


def _kind_of(line: str) -> int:
    if not ends_sentence(line):
        return HEADLINE if line.count(" ") + 1 in _HEADLINE_WORDS else OTHER
    return SENTENCE if line.count(" ") > 3 else OTHER
