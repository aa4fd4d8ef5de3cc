"""The rule for small samples, which every interval and test goes through.

Below four articles a side the smallest two-sided permutation p is 0.10 (with three and three): no test can
say anything, and an interval would only look like knowledge. Then there are counts and evidence, no more.
"""

from __future__ import annotations

from analysis.compare.saying import say_list

MIN_ARTICLES = 4


def can_test(*sizes: int) -> bool:
    """Whether groups of these many articles are large enough for an interval or a test.

    Example:
        >>> can_test(4, 9), can_test(3, 9)
        (True, False)
    """
    return bool(sizes) and min(sizes) >= MIN_ARTICLES


def say_sizes(*sizes: int) -> str:
    """Say how many articles there are, and whether that is enough.

    Example:
        >>> say_sizes(2, 3)
        'too few articles to test (2 and 3; 4 a side are needed)'
        >>> say_sizes(9, 1, 4)
        'too few articles to test (9, 1 and 4; 4 a side are needed)'
        >>> say_sizes(6)
        '6 articles'
    """
    listed = say_list(map(str, sizes))
    if can_test(*sizes):
        return f"{listed} articles"
    return f"too few articles to test ({listed}; {MIN_ARTICLES} a side are needed)"
