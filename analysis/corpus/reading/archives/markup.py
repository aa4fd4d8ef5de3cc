"""HTML and XML of archive exports to the text that people see, one block a line, with each line's element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.corpus.reading.archives.documents import Line

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE = frozenset(
    "a abbr acronym b big bdi bdo cite code del dfn em font hlt i ins kbd label mark nobr q s samp small "
    "span strike strong sub sup tt u var wbr elink".split()
)
_HIDDEN = frozenset("head script style noscript template title input select button option textarea".split())
_CENTRED_CLASS = re.compile(r"\.(c[0-9]{1,4})\s{0,9}\{\s{0,9}text-align:\s{0,9}center")


@dataclass
class Rendered:
    """What is seen of a page: its text, its lines, the element that each line begins in.

    ``comments`` are the page's comments and ``anchors`` its named places, each with the lines before it.
    """

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    anchors: list[tuple[int, str]] = field(default_factory=list)


def render_markup(markup: str, *, xml: bool = False, own_line: frozenset[str] = frozenset()) -> Rendered:
    """Render a page; never raises for what it holds. Entities are not fetched, depth and size are bounded.

    Args:
        markup: The page.
        xml: Whether it is XML, and not HTML.
        own_line: Classes in small letters; an element of one of them has a line of its own, inline or not.
    """
    from lxml import etree

    options: dict[str, Any] = {"recover": True, "no_network": True, "huge_tree": False, "encoding": "utf-8"}
    parser = etree.XMLParser(resolve_entities=False, **options) if xml else etree.HTMLParser(**options)
    data = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup.lstrip("\ufeff")).encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return Rendered()
    if root is None:
        return Rendered()
    return _Renderer(frozenset(_CENTRED_CLASS.findall(markup)), own_line).render(root)


def iter_classes(element: _Element) -> Iterator[str]:
    """The classes of an element and of those that it stands in, from the inside out, in small letters."""
    while element is not None:
        yield from (element.get("class") or "").lower().split()
        element = element.getparent()


def local_name(element: _Element) -> str:
    """An element's name without its name space."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Renderer:
    def __init__(self, centred: frozenset[str], own_line: frozenset[str]) -> None:
        self._centred, self._own_line = centred, own_line
        self._rendered = Rendered()
        self._pieces: list[str] = []
        self._words: list[str] = []
        self._element: _Element | None = None
        self._length = self._block = 0

    def render(self, root: _Element) -> Rendered:
        from lxml import etree

        hidden = 0
        for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
            if event == "comment":
                self._rendered.comments.append((self._count_lines(), node.text or ""))
                self._add(node.tail, node.getparent(), hidden)
                continue
            name = local_name(node).lower()
            inline = name in _INLINE and not self._has_own_line(node)
            if event == "start":
                hidden += name in _HIDDEN
                if name == "a" and node.get("name"):
                    self._rendered.anchors.append((self._count_lines(), node.get("name")))
                if not inline:
                    self._end_line(end_block=name != "br")
                self._add(node.text, node, hidden)
            else:
                hidden -= name in _HIDDEN
                if not inline and name != "br":
                    self._end_line(end_block=True)
                self._add(node.tail, node.getparent(), hidden)
        self._end_line(end_block=True)
        self._rendered.text = "".join(self._pieces)
        return self._rendered

    def _has_own_line(self, element: _Element) -> bool:
        classes = (element.get("class") or "").lower().split() if self._own_line else ()
        return not self._own_line.isdisjoint(classes)

    def _count_lines(self) -> int:
        return len(self._rendered.lines) + bool("".join(self._words).strip())

    def _add(self, text: str | None, element: _Element | None, hidden: int) -> None:
        if not text or hidden:
            return
        if self._element is None and text.strip():
            self._element = element
        self._words.append(text)

    def _end_line(self, *, end_block: bool) -> None:
        words = " ".join(re.sub(r"[^\S\u00a0]+", " ", "".join(self._words)).strip().split(" "))
        text = words.strip()
        if text and self._element is not None:
            start = self._length
            self._pieces.append(text + "\n")
            self._length += len(text) + 1
            centred = self._is_centred(self._element)
            self._rendered.lines.append(Line(start, start + len(text), text, self._block, 0, centred))
            self._rendered.elements.append(self._element)
        # A line break with nothing before it is a blank line.
        self._block += end_block or not text
        self._words, self._element = [], None

    def _is_centred(self, element: _Element) -> bool:
        if not self._centred.isdisjoint(iter_classes(element)):
            return True
        while element is not None:
            name = local_name(element).lower()
            if name == "center" or (name != "table" and (element.get("align") or "").lower() == "center"):
                return True
            element = element.getparent()
        return False
