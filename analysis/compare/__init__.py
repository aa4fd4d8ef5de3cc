"""Tables to estimates with their uncertainty."""

from analysis.compare.shares import NO_OUTLET, count_by_outlet, count_rows_by_outlet, describe_outlets
from analysis.compare.small import MIN_ARTICLES, can_test, say_sizes

__all__ = [
    "MIN_ARTICLES",
    "NO_OUTLET",
    "can_test",
    "count_by_outlet",
    "count_rows_by_outlet",
    "describe_outlets",
    "say_sizes",
]
