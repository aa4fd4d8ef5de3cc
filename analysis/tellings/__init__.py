"""Tellings to events: the same happening told in several sentences or by several articles is one event."""

from analysis.tellings.grouping import FORTNIGHT, WEEK, group_tellings

__all__ = ["FORTNIGHT", "WEEK", "group_tellings"]
