"""Tables to estimates with their uncertainty."""

from analysis.compare.differences import DIFFERENCE_KINDS, find_differences
from analysis.compare.framing import frame_cooccurrence, frame_shares, headline_against_body
from analysis.compare.framing_limits import say_limits
from analysis.compare.framing_terms import metaphor_shares, term_shares
from analysis.compare.framing_time import frames_over_time
from analysis.compare.instruments import trace_instruments, undated_events
from analysis.compare.said import QUOTED_KINDS, UNRESOLVED, select_attributed, select_quotations
from analysis.compare.shares import NO_OUTLET, count_by_outlet, count_rows_by_outlet, describe_outlets
from analysis.compare.small import MIN_ARTICLES, can_test, say_sizes
from analysis.compare.voices import VOICES, count_voices, describe_actors

__all__ = [
    "DIFFERENCE_KINDS",
    "MIN_ARTICLES",
    "NO_OUTLET",
    "QUOTED_KINDS",
    "UNRESOLVED",
    "VOICES",
    "can_test",
    "count_by_outlet",
    "count_rows_by_outlet",
    "count_voices",
    "describe_actors",
    "describe_outlets",
    "find_differences",
    "frame_cooccurrence",
    "frame_shares",
    "frames_over_time",
    "headline_against_body",
    "metaphor_shares",
    "say_limits",
    "say_sizes",
    "select_attributed",
    "select_quotations",
    "term_shares",
    "trace_instruments",
    "undated_events",
]
