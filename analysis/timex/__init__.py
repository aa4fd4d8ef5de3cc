"""English date expressions: what they say (TIMEX3) and which days they may mean. Text in, no spaCy.

grammar, rules, lexicon   words -> what an expression says
periods                   calendar units and their TIMEX3 values
ranges                    the year that two dates share ("from 1 January to 5 May 2025")
resolve                   what it says -> value and interval, counted from a publication interval
direction                 whether "on Thursday" means the past or the coming one
dated                     where a text may hold a date with a year
publication               what a text's own dates say about the day it was published
"""

from analysis.timex.direction import find_cue
from analysis.timex.meaning import Direction
from analysis.timex.publication import (
    Constraint,
    Estimate,
    combine_constraints,
    estimate_publication,
    find_constraints,
)
from analysis.timex.resolve import Reference, Timex, find_timexes, needs_direction

__all__ = [
    "Constraint",
    "Direction",
    "Estimate",
    "Reference",
    "Timex",
    "combine_constraints",
    "estimate_publication",
    "find_constraints",
    "find_cue",
    "find_timexes",
    "needs_direction",
]
