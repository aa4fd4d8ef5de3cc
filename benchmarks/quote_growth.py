"""How the time for sentences, actors and quotations grows with the length of a text.

Made-up news of several shapes is annotated at doubling sizes; time that doubles with the text is linear.

Example:
    $ python benchmarks/quote_growth.py --kilobytes 250 500 1000
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.language.pipeline import DocContext, annotate, layer

COMPONENTS = ("sentences", "actors", "quotes")

_FIRST = "Ana Ben Carla David Ellen Frank Grace Hugh Irene James Karen Lewis".split()
_LAST = "Ruiz Okri Marsh Holt Brandt Pell Venn Larkin Stroud Amadi Corrie Dunmore".split()
_NOUNS = "harbour budget school council border ferry hospital station levy housing charity inquiry".split()
_VERBS = "closed opened rose fell moved changed waited failed grew stopped".split()


def _person(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def _clause(chance: random.Random) -> str:
    return (
        f"the {chance.choice(_NOUNS)} near the {chance.choice(_NOUNS)} {chance.choice(_VERBS)} in the spring"
    )


def _news(chance: random.Random) -> str:
    clause, second = _clause(chance), _clause(chance)
    return chance.choice(
        (
            f"{_person(chance)} said that {clause}. ",
            f"“{clause.capitalize()},” said {_person(chance)}, the harbour minister. ",
            f"{clause.capitalize()}, while {second}. ",
            f"A spokesman for the Harbour Council told MPs {clause}. ",
            f"“{clause.capitalize()},” he said. “We know that {second}.” ",
        )
    )


def _lines(chance: random.Random) -> str:
    return _news(chance) + "\n"


def _passages(chance: random.Random) -> str:
    return f"She called it “the {chance.choice(_NOUNS)}” and ‘a {chance.choice(_NOUNS)} too far’. "


def _pronouns(chance: random.Random) -> str:
    verb = chance.choice(_VERBS)
    return f"{_person(chance)} met {_person(chance)}. He said she knew that they {verb}. “No,” he said. "


def _cues(chance: random.Random) -> str:
    return f"{_person(chance)} said {_clause(chance)} and she added that {_clause(chance)}, "


SHAPES: dict[str, Callable[[random.Random], str]] = {
    "news, many lines": _lines,
    "news, one line": _news,
    "many passages": _passages,
    "pronouns and names": _pronouns,
    "cues, one sentence": _cues,
}


def make_text(shape: str, characters: int, seed: int = 4) -> str:
    """Made-up text of one shape, the same for the same seed.

    Args:
        shape: One of :data:`SHAPES`.
        characters: Length of the text.
        seed: Of the random choices.
    """
    chance = random.Random(f"{seed} {shape}")
    parts: list[str] = []
    size = 0
    while size < characters:
        parts.append(SHAPES[shape](chance))
        size += len(parts[-1])
    return "".join(parts)[:characters]


def measure(shape: str, characters: int) -> tuple[float, int]:
    """CPU-seconds to annotate one text of a shape, and how many quotations and reports were found."""
    text = make_text(shape, characters)
    start = time.process_time()
    doc = next(iter(annotate([(text, DocContext())], COMPONENTS)))
    return time.process_time() - start, len(layer(doc, "quotes")) + len(layer(doc, "reported"))


def main() -> None:
    """Print one row a shape: seconds at each size, the growth from size to size, and what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kilobytes", type=float, nargs="+", default=[250, 500, 1000], metavar="KB")
    parser.add_argument("--shape", choices=SHAPES, action="append", help="one shape alone; may be repeated")
    asked = parser.parse_args()
    sizes = sorted(round(1000 * size) for size in asked.kilobytes)
    list(annotate([("Ana Ruiz said “no”.", DocContext())], COMPONENTS))
    print("| text | " + " | ".join(f"{size / 1000:g} kB" for size in sizes) + " | growth | rows |")
    print("|---" * (len(sizes) + 3) + "|")
    for shape in asked.shape or SHAPES:
        found = [measure(shape, size) for size in sizes]
        seconds = [taken for taken, _ in found]
        growth = [f"{b / a:.2f}" for a, b in itertools.pairwise(seconds)]
        columns = [
            shape,
            *(f"{taken:.2f} s" for taken in seconds),
            ", ".join(growth) or "–",
            str(found[-1][1]),
        ]
        print("| " + " | ".join(columns) + " |", flush=True)


if __name__ == "__main__":
    main()
