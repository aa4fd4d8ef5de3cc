"""What a reader sees of an HTML page: its visible text in lines, and the element that each line stands in.

No script is run and nothing is fetched. Blocks are lines of their own, inline elements are joined, white
space is collapsed as a browser collapses it. The walk is iterative, its time linear in the page's size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.errors import CorpusFormatError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# News pages nest some 30 deep and hold a few thousand elements. A body is found by methods whose time grows
# faster than the page's size, and some of which are recursive.
MAX_DEPTH, MAX_ELEMENTS = 200, 60_000

_UNSEEN = frozenset(
    "audio canvas datalist head iframe math meter noscript object option progress script select style svg "
    "template textarea title video".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre section "
    "summary table tbody tfoot thead tr caption ul".split()
)
_HIDING = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# White space that a browser collapses, and every other break that would end a line of the page.
_SPACE = re.compile(r"[ \n\r\f\v\t\x1c-\x1e\x85\u2028\u2029]+")
_SPACES = re.compile(" {2,}")
_AROUND_CELL = re.compile(r" ?\t[ \t]*")
_LINE_BREAK = re.compile(r"\r\n?|\n")

# What an element says of its text: role and name of the rule.
_TAGS = {
    "h1": ("headline", "<h1>"),
    **{f"h{n}": ("crosshead", f"<h{n}>") for n in range(2, 7)},
    "figcaption": ("caption", "inside <figcaption>"),
    "figure": ("caption", "inside <figure>"),
    "time": ("stamp", "inside <time>"),
    **{
        tag: ("furniture", f"inside <{tag}>") for tag in ("nav", "footer", "form", "button", "dialog", "menu")
    },
    "aside": ("furniture", "inside <aside>"),
}
_CLASSES = tuple(
    (role, name, re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])"))
    for role, name, pattern in (
        ("embed", "embedded post", "twitter tweet|instagram media|tiktok embed|bluesky embed"),
        ("furniture", "comments", "comments?|disqus(?: thread)?|replies"),
        ("furniture", "related stories", "related|recommended|recirc|most (?:read|popular|viewed)|trending"),
        ("advert", "advertisement", "adverts?|advertisements?|ads?|ad slot|sponsored"),
        ("byline", "byline", "bylines?|authors?"),
        ("stamp", "date", "dateline|timestamp|pub ?date|published(?: (?:at|on|date))?|datetime|date"),
        ("caption", "caption", "captions?|photo credit|image credit"),
        ("standfirst", "standfirst", "standfirst|dek|sub ?headline|sub ?title"),
        ("furniture", "navigation", "nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|masthead"),
        ("furniture", "newsletter or sharing", "newsletter|subscribe|sign ?up|social|share|sharing|cookies?"),
    )
)
_NO_HINT = ("", "", False)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# A long class list is made by a program, for programs.
_MAX_CLASSES = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the visible text, ``text[start:end]``, and what the elements around it say of it.

    ``role`` and ``rule`` are those of the innermost element that says anything, "" where none does;
    ``embedded`` is whether the line is part of a post from elsewhere.
    """

    start: int
    end: int
    role: str
    rule: str
    embedded: bool = False


@dataclass(frozen=True)
class Visible:
    """A page's visible text and its lines, which a newline parts."""

    text: str
    lines: tuple[Line, ...]


def parse_html(markup: str) -> tuple[HtmlElement, bool]:
    """Parse a page.

    Args:
        markup: The page's HTML, however broken.

    Returns:
        The page's root element, and whether it is too large or nested too deep to look for a body in it.
        Such a page comes back as lines under a single element, with nothing of its text lost.

    Raises:
        CorpusFormatError: There is no element and no text in it.
    """
    tree, whole = _parse(markup)
    if whole and _is_moderate(tree):
        return tree, False
    tree, _ = _parse(_flatten(markup))
    return tree, True


def render(tree: HtmlElement) -> Visible:
    """Read off what a browser shows of a page, without its scripts and style sheets.

    Args:
        tree: The page's root element. It is not changed.

    Returns:
        The visible text in document order. The cells of a table's row are parted by a tab.
    """
    from lxml.etree import iterwalk

    writer = _Writer()
    unseen = None
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN or _is_hidden(element):
                unseen = element
                walk.skip_subtree()
                continue
            writer.enter(tag, element)
            text = element.text
        else:
            if element is not unseen:
                writer.close(tag)
            text = element.tail
        if text:
            writer.write(text)
    writer.end_line()
    return Visible("\n".join(writer.texts), tuple(writer.lines))


def _parse(markup: str) -> tuple[HtmlElement, bool]:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        no_network=True,
        huge_tree=True,
    )
    data = markup.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = document_fromstring(data, parser=parser)
    except etree.LxmlError:
        tree = None
    if tree is None:
        raise CorpusFormatError(
            "There is no HTML in it.",
            allowed="A page needs elements with text.",
            todo="Save it again, or remove it.",
        )
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return tree, all(entry.type != limit for entry in parser.error_log)


def _is_moderate(tree: HtmlElement) -> bool:
    from lxml.etree import iterwalk

    depth = elements = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
            return False
    return True


_ANY_TAG = re.compile(r"<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9:-]*)[^<>]*>")


def _flatten(markup: str) -> str:
    """The same text without nesting: a line break for each block, nothing for an inline element."""

    def flat(match: re.Match[str]) -> str:
        tag = match["tag"].lower()
        if tag in ("script", "style", "title"):
            return f"<{match['close']}{tag}>"
        return "<br>" if tag in _BLOCKS or tag in ("br", "td", "th") else ""

    return f"<html><body>{_ANY_TAG.sub(flat, markup)}</body></html>"


class _Writer:
    """Collects a page's lines while its elements open and close."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.lines: list[Line] = []
        self._at = 0
        self._pieces: list[str] = []
        self._hint = _NO_HINT
        # What the open elements say, the innermost last.
        self._hints = [_NO_HINT]
        self._preformatted = 0

    def enter(self, tag: str, element: HtmlElement) -> None:
        """An element begins."""
        if tag in _BLOCKS:
            self.end_line()
        elif tag in ("td", "th") and self._pieces:
            self._pieces.append("\t")
        self._preformatted += tag == "pre"
        hint = _read_hint(tag, element.get("class", ""), element.get("id", ""))
        if hint is None:
            hint = self._hints[-1]
        elif self._hints[-1][2]:
            hint = (*hint[:2], True)
        self._hints.append(hint)

    def close(self, tag: str) -> None:
        """An element ends."""
        if tag in _BLOCKS or tag == "br":
            self.end_line()
        self._preformatted -= tag == "pre"
        self._hints.pop()

    def write(self, text: str) -> None:
        """Text as it stands in the markup."""
        if not self._preformatted:
            self._collect(text)
            return
        first, *rest = _LINE_BREAK.split(text)
        self._collect(first)
        for line in rest:
            self.end_line()
            self._collect(line)

    def end_line(self) -> None:
        """The line is complete; an empty one is none."""
        if not self._pieces:
            return
        text = _SPACES.sub(" ", "".join(self._pieces))
        if "\t" in text:
            text = _AROUND_CELL.sub("\t", text)
        # A no-break space alone keeps a line open in the browser, and says nothing.
        text = text.strip()
        self._pieces = []
        if text:
            self.texts.append(text)
            self.lines.append(Line(self._at, self._at + len(text), *self._hint))
            self._at += len(text) + 1

    def _collect(self, text: str) -> None:
        collapsed = _SPACE.sub(" ", text)
        if not self._pieces:
            if not collapsed or collapsed == " ":
                return
            self._hint = self._hints[-1]
        self._pieces.append(collapsed)


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDING.search(style))


@lru_cache(maxsize=4096)
def _read_hint(tag: str, classes: str, name: str) -> tuple[str, str, bool] | None:
    """Role and rule that a tag, its classes and its id give to what stands in it, if any."""
    if tag in ("html", "body", "main", "article"):
        return None
    if classes or name:
        words = _CAMEL.sub(" ", f"{classes[:_MAX_CLASSES]} {name[:_MAX_CLASSES]}")
        words = words.replace("-", " ").replace("_", " ").lower()
        for role, label, pattern in _CLASSES:
            if pattern.search(words):
                return role, f"inside a block of class or id {label}", role == "embed"
    return (*_TAGS[tag], False) if tag in _TAGS else None
