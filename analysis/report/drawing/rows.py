"""Places in pixels: straight scales, and rows that are as high as their labels need."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.report.drawing.axes import Axis, Tick
from analysis.report.drawing.text import LEADING, SIZE

LINE = SIZE * LEADING
_ABOVE = 6.0


@dataclass(frozen=True)
class Scale:
    """Numbers of an axis as pixels, in pieces that are each straight.

    ``pieces`` are ``(number, pixel, number, pixel)``, each with its numbers rising, in their order.
    """

    axis: Axis
    pieces: tuple[tuple[float, float, float, float], ...]

    def place(self, number: float) -> float:
        """The pixel of a number; where two rows meet, the one above the lower row's label."""
        starts = [piece[0] for piece in self.pieces]
        slack = 1e-9 * (self.pieces[-1][2] - starts[0])
        found = {bisect_left(starts, number - slack) - 1, bisect_right(starts, number + slack) - 1}
        return min(self._place_in(self.pieces[max(at, 0)], number) for at in found)

    @staticmethod
    def _place_in(piece: tuple[float, float, float, float], number: float) -> float:
        low, first, high, last = piece
        return first + (number - low) / ((high - low) or 1.0) * (last - first)

    def shift(self, by: float) -> Scale:
        """The same scale further down or to the right."""
        return Scale(self.axis, tuple((a, first + by, b, last + by) for a, first, b, last in self.pieces))


def straight_scale(axis: Axis, first: float, last: float) -> Scale:
    """A scale whose axis starts at one pixel and ends at another."""
    if axis.start <= axis.end:
        return Scale(axis, ((axis.start, first, axis.end, last),))
    return Scale(axis, ((axis.end, last, axis.start, first),))


@dataclass(frozen=True)
class Rows:
    """Rows from nought down: their scale, their height, and the middle of the first line of each label."""

    scale: Scale
    height: float
    labels: tuple[float, ...]


def lay_rows(
    axis: Axis, ticks: Sequence[Tick], height: float, *, above: bool, contents: Sequence[float]
) -> Rows:
    """Give each tick a band that holds its label and its marks.

    Args:
        axis: The axis of the rows.
        ticks: A tick a row, its lines wrapped.
        height: How high all rows are where their labels ask for no more.
        above: Whether a label stands above its marks rather than beside them.
        contents: What each row's marks need where they stand below their label.
    """
    base = straight_scale(axis, height, 0.0)
    order = sorted(range(len(ticks)), key=lambda n: base.place(ticks[n].at))
    centres = [base.place(ticks[n].at) for n in order]
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(centres)), height]
    top, pieces, labels = 0.0, [], dict[int, float]()
    for n, (start, end) in zip(order, pairwise(edges), strict=True):
        own, centre = max(end - start, 1.0), base.place(ticks[n].at)
        need = len(ticks[n].lines) * LINE
        if above:
            head, content = need + _ABOVE, min(own, contents[n])
            labels[n] = top + _ABOVE + LINE / 2
        else:
            # The label is centred on its tick, which need not be the middle of the band.
            free = 2 * min(centre - start, end - centre)
            head, content = 0.0, own * max(1.0, (need + 4) / max(free, need / 4, 1.0))
            labels[n] = top + content * (centre - start) / own - (need - LINE) / 2
        piece = (_number_at(base, start), top + head, _number_at(base, end), top + head + content)
        pieces.append(piece if piece[0] <= piece[2] else (*piece[2:], *piece[:2]))
        top += head + content
    return Rows(Scale(axis, tuple(sorted(pieces))), top, tuple(labels[n] for n in range(len(ticks))))


def _number_at(scale: Scale, pixel: float) -> float:
    low, first, high, last = scale.pieces[0]
    return low + (pixel - first) / (last - first) * (high - low)
