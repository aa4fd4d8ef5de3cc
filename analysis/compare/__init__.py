"""Tables to estimates with their uncertainty."""

from analysis.compare.differences import DIFFERENCE_KINDS, find_differences
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
    "say_sizes",
    "select_attributed",
    "select_quotations",
    "trace_instruments",
    "undated_events",
]
