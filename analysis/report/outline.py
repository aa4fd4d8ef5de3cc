"""The outline of a page: one title, headings without a jump, and the list of contents."""

from __future__ import annotations

import html
import re

from bs4 import BeautifulSoup, Tag

LIMITS = re.compile(r"what this (cannot|can't|does not) tell", re.IGNORECASE)


def set_title(soup: BeautifulSoup, title: str) -> None:
    """Give the page its one ``h1``: the notebook's first, moved into the head, else the page's title."""
    heading = soup.select_one("main .prose h1")
    if heading is None:
        heading = soup.new_tag("h1")
        heading.string = title
    soup.select_one("header.page-head").insert(0, heading.extract())


def order_headings(soup: BeautifulSoup) -> None:
    """Set the levels below the title so that none is passed over, whatever the notebook wrote.

    A further ``#`` stands on the level of a ``##``, and what it holds moves down with it.
    """
    open_levels: list[int] = []
    for heading in soup.select("main :is(h1, h2, h3, h4, h5, h6)"):
        level = int(heading.name[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading.name = f"h{min(len(open_levels) + 1, 6)}"


def add_contents(soup: BeautifulSoup) -> None:
    """Give each heading of the notebook an id of its own, and fill the list of contents."""
    taken: dict[str, int] = {}
    entries = []
    for heading in _own_headings(soup):
        base = re.sub(r"[^\w-]+", "-", heading.get_text().strip().lower()).strip("-") or "section"
        taken[base] = taken.get(base, 0) + 1
        heading["id"] = base if taken[base] == 1 else f"{base}-{taken[base]}"
        if heading.name in ("h2", "h3"):
            entries.append((heading.name[1], heading["id"], heading.get_text().strip()))
    nav = soup.select_one("nav.contents")
    if not entries:
        nav.decompose()
        return
    items = "".join(
        f'<li class="level-{level}"><a href="#{html.escape(anchor)}">{html.escape(text)}</a></li>'
        for level, anchor, text in entries
    )
    listed = f"<details open><summary>On this page</summary><ol>{items}</ol></details>"
    nav.append(BeautifulSoup(listed, "html.parser"))


def find_limits(soup: BeautifulSoup) -> tuple[str, str] | None:
    """Id and words of the notebook's own section on what it cannot tell; ``None`` where there is none."""
    found = [heading for heading in _own_headings(soup) if LIMITS.search(heading.get_text())]
    return (found[0]["id"], found[0].get_text().strip()) if found else None


def _own_headings(soup: BeautifulSoup) -> list[Tag]:
    own = "main section.prose :is(h2, h3, h4, h5, h6), header.page-head h1"
    return soup.select(own)
