"""Find codebook entries in a tokenised text, with what cancels them."""

from analysis.matching.cover import Cover
from analysis.matching.matcher import EntryMatcher, EntrySet, JointMatcher, Match, build_matcher
from analysis.matching.tokenizer import RememberingTokenizer, make_bare_pipeline
from analysis.matching.words import bound_tokens

__all__ = [
    "Cover",
    "EntryMatcher",
    "EntrySet",
    "JointMatcher",
    "Match",
    "RememberingTokenizer",
    "bound_tokens",
    "build_matcher",
    "make_bare_pipeline",
]
