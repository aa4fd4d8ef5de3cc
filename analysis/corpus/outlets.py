"""Who published an article, and whose copy it is, where the page says so.

Nothing is guessed from style: an outlet needs a label, or a sentence in which the paper names itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from analysis.codebooks import Outlet, load_outlets

# "The Telegraph understands ..." is the Telegraph speaking of itself. The name stands before or after.
_BEFORE = re.compile(
    r"(?<![\w&.’'-])(?P<name>(?:[A-Z0-9][\w&.’'-]*,? ){1,6})(?:news agency )?"
    r"(?P<cue>understands|understood|has learn(?:ed|t)|can reveal|can disclose|has seen|has been told)\b"
)
_AFTER = re.compile(
    r"(?P<cue>\b(?:[Ss]ources|[Ii]nsiders|[Oo]fficials)(?: \w+)? (?:have )?told|\b[Ww]elcome(?: back)? to)"
    r" (?:the )?(?P<name>(?:[A-Z0-9][\w&.’'-]* ?){1,6})"
)
_ARTICLE = re.compile(r"^(?:the|The) ")


@cache
def _names() -> dict[str, Outlet]:
    return {
        _ARTICLE.sub("", name): outlet for outlet in load_outlets() for name in (outlet.name, *outlet.aliases)
    }


@cache
def _aggregators() -> re.Pattern[str]:
    names = [name for name, outlet in _names().items() if outlet.kind == "aggregator"]
    return re.compile(
        rf"(?<![\w.-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])"
    )


def find_aggregator(lines: Iterable[str]) -> str | None:
    """The aggregator that a page's furniture names ("Explore what ... can do for you"), if any."""
    match = next((found for line in lines if (found := _aggregators().search(line))), None)
    return _names()[match.group()].name if match else None


def find_outlet(text: str) -> tuple[str | None, str | None]:
    """The outlet that names itself in a text, and the words it rests on; both None where none does."""
    found = [pair for pair in _self_namings(text) if pair[0].kind not in ("agency", "aggregator")]
    if len({outlet.name for outlet, _ in found}) != 1:
        # Two papers that both "understand" leave it open whose page it is.
        return None, None
    outlet, words = found[0]
    return outlet.name, f'the text says "{words}"'


def find_wire(text: str, byline: str | None) -> str | None:
    """The news agency whose copy an article is, by its byline or a sentence in the agency's own voice."""
    for outlet, _ in _self_namings(text):
        if outlet.kind == "agency":
            return outlet.name
    agencies = {name: outlet.name for name, outlet in _names().items() if outlet.kind == "agency"}
    words = re.findall(r"[\w&.’'-]+", byline or "")
    runs = (" ".join(words[a:b]) for a in range(len(words)) for b in range(len(words), a, -1))
    return next((agencies[run] for run in runs if run in agencies), None)


def _self_namings(text: str) -> Iterator[tuple[Outlet, str]]:
    """Known outlets that speak of themselves, with the words."""
    for match in _BEFORE.finditer(text):
        words = match["name"].split()
        for n in range(len(words)):
            outlet = _names().get(_ARTICLE.sub("", " ".join(words[n:])))
            if outlet:
                yield outlet, " ".join([*words[n:], match["cue"]])
                break
    for match in _AFTER.finditer(text):
        words = match["name"].split()
        for n in range(len(words), 0, -1):
            # "GB News' live blog", "the Guardian's live blog"
            name = re.sub(r"(?:['’]s?|[.,])$", "", " ".join(words[:n]))
            outlet = _names().get(name)
            if outlet:
                yield outlet, f"{match['cue']} {name}"
                break
