"""The sentences of a comparison of shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.compare.exchange import Units
from analysis.compare.keyness import LEVEL
from analysis.compare.saying import say_count, say_list
from analysis.compare.small import MIN_ARTICLES, can_test, say_sizes
from analysis.compare.sources.article_labels import COMPARED, QUOTATION
from analysis.compare.sources.power import say_needed

# More sources than these are counted, not listed.
_NAMED = 8


@dataclass(frozen=True)
class Told:
    """What a comparison was of, as its sentence needs it: texts and articles of each source, and so on."""

    what: str
    names: Sequence[str]
    texts: Sequence[int]
    articles: Sequence[int]
    labels: int
    left_out: int
    unnamed: tuple[int, int] | None


@dataclass(frozen=True)
class Tested:
    """What came of the tests: of how many differences and labels, how many were tested, and how many differ.

    ``moves`` says with strata how many articles could change sides; ``drawn`` how sides were dealt by chance.
    """

    able: bool
    of: int
    tested: int
    differ: int
    differing_labels: int | None
    drawn: str
    moves: str


def say_p(value: float, name: str = "q") -> str:
    """A p-value in words.

    Example:
        >>> say_p(0.0312), say_p(0.00004), say_p(1)
        ('q .031', 'q below .001', 'q 1')
    """
    if value < 0.001:
        return f"{name} below .001"
    return f"{name} 1" if value > 0.9995 else f"{name} {value:.3f}".replace(" 0.", " .")


def say_percent(share: float) -> str:
    """A share in per cent."""
    return f"{100 * share:.0f} %"


def say_verdict(q: float | None, what: str = "differ") -> str:
    """Say whether sources differ, with the corrected p-value.

    Example:
        >>> say_verdict(0.0312), say_verdict(0.4)
        ('differ, q .031', 'not shown to differ, q .400')
    """
    return f"{what if q <= LEVEL else 'not shown to differ'}, {say_p(q)}"


def say_share(name: str, articles: int, of: int, share: float, what: str) -> str:
    """Say what a source's share is: "12 of 40 articles of Example Herald (30 %)"."""
    if what == QUOTATION:
        quoting = f"{of} articles, {articles} quote anybody"
        return f"{say_percent(share)} of the words of an article of {name} on average ({quoting})"
    return f"{articles} of {say_count(of, 'article')} of {name} ({say_percent(share)})"


def say_pair(
    shares: Sequence[str],
    too_few: tuple[int, int] | None,
    difference: float,
    ends: tuple[float, float] | None,
    q: float | None,
    needed: int | None,
) -> str:
    """Say how two sources' shares differ, or why that is not tested.

    Args:
        shares: What each source's share is, in words.
        too_few: Texts a side, where they are too few to test.
        difference: The first share minus the second.
        ends: Its 95 % interval.
        q: The corrected p-value; null where it was not tested.
        needed: Articles a side that would find such a difference.
    """
    said = ", ".join(shares)
    if too_few is not None:
        return f"{said}: {say_sizes(*too_few)}"
    said += f": {_say_points(difference)} points"
    if ends is None or q is None:
        said += "; in too few articles to be tested, or in nearly all"
    else:
        said += f" ({_say_points(ends[0])} to {_say_points(ends[1])}); {say_verdict(q)}"
        needed = None if q <= LEVEL else needed
    return "; ".join(filter(None, (said, say_needed(needed))))


def say_comparison(told: Told, tested: Tested) -> str:
    """Say what was compared, what was tested and what differs."""
    names, number = list(told.names), len(told.names)
    if number < 2:
        which = names[0] if names else "none"
        return f"There is nothing to compare: one source at the most, {which}."
    if number > _NAMED:
        compared = (
            f"{number:,} sources of {min(told.texts):,} to {max(told.texts):,} articles{_say_small(told)}"
        )
    else:
        compared = f"{say_list(names)}: {_say_texts(told)}"
    said = [f"{compared}.", tested.moves]
    if not told.labels:
        said.append(f"No {told.what} was found in any of their articles.")
    elif not tested.able:
        said.append("Counts and the articles they come from are all there is.")
    else:
        said.append(_say_tests(told, tested))
    if told.left_out:
        said.append(f"{say_count(told.left_out, 'article')} off the topic left out.")
    if told.unnamed and told.unnamed[0]:
        none, of = told.unnamed
        said.append(
            f"{none:,} of {say_count(of, 'quotation')} {'has' if none == 1 else 'have'} no known {told.what}."
        )
    return " ".join(filter(None, said))


def say_moves(within: str, units: Units) -> str:
    """Say, with strata, how many articles have one on the other side to change places with."""
    few = "" if can_test(*units.moving) else f": {say_sizes(*units.moving)}"
    moves = int(units.moves[units.of].sum())
    return f"Within one {within}, {moves} of {len(units.of)} articles could change sides{few}."


def _say_points(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def _say_texts(told: Told) -> str:
    """How many texts each source has, and articles where these are more."""
    small = sum(not can_test(size) for size in told.texts)
    if len(told.texts) == 2 or len(told.texts) - small < 2:
        said = say_sizes(*told.texts)
    else:
        said = f"{_list_numbers(told.texts)} articles{_say_small(told)}"
    if sum(told.texts) < sum(told.articles):
        said += (
            f"; printed {_list_numbers(told.articles)}, with versions and shared copy of one source as one"
        )
    return said


def _say_small(told: Told) -> str:
    """Say of how many sources there are too few articles, where others have enough."""
    small = sum(not can_test(size) for size in told.texts)
    return f" (too few of {say_count(small, 'source')} to test; {MIN_ARTICLES} are needed)" if small else ""


def _say_tests(told: Told, tested: Tested) -> str:
    method = f"q of Holm at most {LEVEL}, {tested.drawn}"
    if told.what == QUOTATION and tested.differing_labels is None:
        shown = "differs" if tested.differ else "is not shown to differ"
        return f"The share of words in quotation {shown} ({method})."
    things = COMPARED[told.what] if told.labels > 1 else told.what
    if tested.differing_labels is None:
        stand = "stands" if tested.tested == 1 else "stand"
        return (
            f"{tested.tested:,} of {told.labels:,} {things} {stand} in enough articles to be tested; "
            f"{_differ(tested.differ)} ({method})."
        )
    found = f"{tested.differ:,} {'is' if tested.differ == 1 else 'are'} shown"
    return (
        f"Of {told.labels:,} {things}, {_differ(tested.differing_labels)} among the sources. Of "
        f"{tested.of:,} differences of two sources, {tested.tested:,} can be tested and {found} ({method})."
    )


def _differ(count: int) -> str:
    return f"{count:,} {'differ' if count > 1 else 'differs'}" if count else "none differs"


def _list_numbers(numbers: Sequence[int]) -> str:
    return say_list([f"{number:,}" for number in numbers])
