"""Counts and lists as a sentence says them."""

from __future__ import annotations

from collections.abc import Iterable


def say_count(count: int, noun: str) -> str:
    """A count with its noun, whose plural is the noun with an s.

    Example:
        >>> say_count(1, "pair"), say_count(1200, "pair")
        ('1 pair', '1,200 pairs')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def say_list(names: Iterable[str], most: int | None = None) -> str:
    """Names with commas and an "and"; more than ``most`` are counted.

    Example:
        >>> say_list(["a", "b", "c"]), say_list(["a", "b", "c"], most=2)
        ('a, b and c', 'a, b and 1 more')
    """
    names = list(names)
    if most is not None and len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
