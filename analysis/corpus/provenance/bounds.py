"""The first and last day on which something can have been published, and the evidence for them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Bounds:
    """The first and last day of publication that evidence allows; None is open. ``why`` is the evidence."""

    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    why: tuple[str, ...] = ()

    def meet(self, other: Bounds) -> Bounds:
        """What both allow. Evidence that contradicts what is known already is left out."""
        starts = [day for day in (self.earliest, other.earliest) if day]
        ends = [day for day in (self.latest, other.latest) if day]
        earliest, latest = max(starts, default=None), min(ends, default=None)
        if earliest and latest and earliest > latest:
            return self
        narrower = (earliest, latest) != (self.earliest, self.latest)
        return Bounds(earliest, latest, self.why + other.why) if narrower else self

    def widen(self, days: int, why: str) -> Bounds:
        """The same bounds for something that happened up to ``days`` days before or after."""
        step = _DAY * days
        return Bounds(self.earliest and self.earliest - step, self.latest and self.latest + step, (why,))
