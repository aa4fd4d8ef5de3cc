"""Who published an article, where the page or the text says so.

Nothing is guessed from style: an outlet needs its address, a label, a masthead, or a sentence in which the
paper speaks of itself. "The minister told Sky News" is what another outlet writes too, and names nobody.
Whose copy an article is stands in :mod:`analysis.corpus.provenance.wires`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from analysis.codebooks import Outlet, load_outlets
from analysis.corpus.provenance.self_naming import bare_name, find_all, find_self_namings, names_of_outlets
from analysis.corpus.provenance.wires import find_wire

__all__ = [
    "aggregator_of_domain",
    "find_aggregator",
    "find_masthead",
    "find_outlet",
    "find_wire",
    "outlet_of_domain",
    "outlet_of_name",
]

_THIS_PAPER = re.compile(
    r"\b[Tt]his (?:newspaper|paper|website|magazine|title)\b"
    r"(?=['’]s\b| (?:has|can|understands|understood|revealed|reported)\b)"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[^\w]{0,4}(?:[0-9]{4}(?:[-–][0-9]{2,4})?)?[^\w]{0,4}(?P<name>.{2,80})",
    re.IGNORECASE,
)
# A line that may claim the copyright: quicker to rule out than to read.
_MAY_CLAIM = re.compile(r"\s*(?:©|\(c\)|copyright)", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@?#]*@)?(?P<host>[^/:?#]+)", re.IGNORECASE)
# Lines that offer to share a page on a service, or to follow somebody there, are on everybody's pages.
_SHARING = re.compile(
    r"\b(?:share|follow|find us|add us|add as|subscribe|sign (?:in|up)|log in|get|download|preferred"
    r"|source on|e-?mail|print|facebook|twitter|whatsapp|linkedin|reddit)\b|\b(?:on|via|to|with|from|in)\s+$",
    re.IGNORECASE,
)
_SHARED_TO = frozenset(
    {"Flipboard", "Google News", "Apple News", "Feedly", "Inoreader", "Pocket", "Digg", "Yahoo News"}
)
_MAX_MASTHEAD = 120  # characters
# A name further down may be one entry of a menu, or a sister paper's.
_MASTHEAD_LINES = 5
# What may follow an outlet's name in its claim of copyright; "CBS Interactive" is not CBS News.
_COMPANY = re.compile(
    r"(?:[^A-Z].*|(?:All|Terms|Privacy|Media|News|Newspapers?|Group|Publi\w+|Network|LLC|Ltd|Limited|Inc|Co|Company|"
    r"PLC|Corp\w*|Online|Digital)\b.*)?"
)


@cache
def _folded_names() -> dict[str, Outlet]:
    return {name.casefold(): outlet for name, outlet in reversed(names_of_outlets().items())}


@cache
def _whole_names() -> frozenset[str]:
    """Names as they stand in a masthead: "The National", where "National" is a section."""
    outlets = (outlet for outlet in load_outlets() if not outlet.common_word)
    return frozenset(name.casefold() for outlet in outlets for name in (outlet.name, *outlet.aliases))


@cache
def _domains() -> dict[str, Outlet]:
    return {domain: outlet for outlet in load_outlets() for domain in outlet.domains}


@cache
def _aggregators() -> re.Pattern[str]:
    names = [
        name
        for name, outlet in names_of_outlets().items()
        if outlet.kind == "aggregator" and not outlet.common_word
    ]
    return re.compile(
        rf"(?<![\w.-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])"
    )


def outlet_of_domain(url_or_domain: str) -> str | None:
    """The outlet whose own pages stand at an address; None for an unknown one, or an aggregator's.

    Example:
        >>> outlet_of_domain("https://www.theguardian.com/politics/a"), outlet_of_domain("example.org")
        ('The Guardian', None)
    """
    outlet = _find_domain(url_or_domain)
    return outlet.name if outlet and outlet.kind != "aggregator" else None


def aggregator_of_domain(url_or_domain: str) -> str | None:
    """The aggregator at an address; None for any other."""
    outlet = _find_domain(url_or_domain)
    return outlet.name if outlet and outlet.kind == "aggregator" else None


def _find_domain(address: str) -> Outlet | None:
    match = _HOST.match(address[:2000].strip())
    labels = match["host"].lower().strip(".").split(".") if match else []
    hosts = (".".join(labels[n:]) for n in range(min(len(labels), 8)))
    return next((_domains()[host] for host in hosts if host in _domains()), None)


def outlet_of_name(site_name: str) -> str:
    """The canonical name of an outlet as a page, a table or an export writes it, else the name itself.

    Example:
        >>> outlet_of_name("the guardian"), outlet_of_name(" Example  Herald ")
        ('The Guardian', 'Example Herald')
    """
    name = " ".join(site_name.split())
    outlet = _folded_names().get(bare_name(name).casefold()) or _find_domain(name)
    return outlet.name if outlet else name


def find_aggregator(lines: Iterable[str]) -> str | None:
    """The aggregator that a page's furniture names ("Explore what ... can do for you"), if any.

    A line that offers to share the page there, or to follow an outlet there, is no evidence.
    """
    for line in lines:
        match = _aggregators().search(line) if len(line) < 1000 else None
        if match is None:
            continue
        outlet = names_of_outlets()[match.group()]
        alone = line.strip() == match.group()
        if not _SHARING.search(line[: match.start()]) and not (alone and outlet.name in _SHARED_TO):
            return outlet.name
    return None


def find_masthead(lines: Iterable[str]) -> tuple[str | None, str | None]:
    """The outlet that a page's furniture names as its own, and the words; both None where none or two do.

    Args:
        lines: The page's lines outside its articles, in page order. A line counts that is one of the first
            and nothing but a known name, or that claims the copyright.
    """
    found: dict[str, str] = {}
    for n, line in enumerate(lines):
        if n >= _MASTHEAD_LINES and not _MAY_CLAIM.match(line):
            continue
        for outlet, basis in _read_masthead(line, may_be_name=n < _MASTHEAD_LINES):
            found.setdefault(outlet.name, basis)
    return next(iter(found.items())) if len(found) == 1 else (None, None)


def _read_masthead(line: str, *, may_be_name: bool) -> Iterator[tuple[Outlet, str]]:
    line = " ".join(line[: 2 * _MAX_MASTHEAD].split())
    if not line or len(line) > _MAX_MASTHEAD:
        return
    outlet = names_of_outlets().get(bare_name(line))
    if outlet and line.casefold() in _whole_names() and outlet.kind not in ("agency", "aggregator"):
        if may_be_name:
            yield outlet, f'the page\'s masthead "{line}"'
        return
    claim = _COPYRIGHT.match(line)
    words = claim["name"].split() if claim else []
    for n in range(len(words), 0, -1):
        outlet = names_of_outlets().get(bare_name(" ".join(words[:n])))
        if not (outlet and _COMPANY.fullmatch(" ".join(words[n:]))):
            continue
        if outlet.kind not in ("agency", "aggregator"):
            yield outlet, f'the page says "{line}"'
            return


def find_outlet(text: str, furniture: Iterable[str] = ()) -> tuple[str | None, str | None]:
    """The outlet that names itself, and the words it rests on; both None where none does.

    Args:
        text: The article's text.
        furniture: The page's lines outside its articles: "this newspaper" in the text is whoever they name.
    """
    found = [pair for pair in find_self_namings(text) if pair[0].kind not in ("agency", "aggregator")]
    names = {outlet.name for outlet, _ in found}
    if len(names) > 1:
        # Two papers that both "understand" leave it open whose page it is.
        return None, None
    if found:
        outlet, words = found[0]
        return outlet.name, f'the text says "{words}"'
    own = _find_this_paper(text)
    name, basis = find_masthead(furniture) if own else (None, None)
    return (name, f'the text says "{own.group()}", and {basis}') if own and name else (None, None)


def _find_this_paper(text: str) -> re.Match[str] | None:
    tried = (_THIS_PAPER.match(text, at - 1) for at in find_all("his ", text) if at)
    return next((match for match in tried if match), None)
