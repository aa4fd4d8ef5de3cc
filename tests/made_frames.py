"""Made-up stories with frames in them, written so that a test can be counted by eye.

``{economic:tax}`` is a match of the frame "economic"; words in “ ” are a quotation of the line's speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.schema import TABLES, build_frame
from analysis.tables import Tables

_PART = re.compile(r"\{([^:{}]+):([^{}]+)\}|[“”]|[^{}“”]+")


@dataclass(frozen=True)
class Line:
    """A sentence with its marks; ``same`` where it goes on in the paragraph of the line before."""

    marked: str
    speaker: str | None = None
    party: str | None = None
    same: bool = False


def make_story(
    article_id: str,
    *lines: str | Line,
    outlet: str | None = "Example Herald",
    days: tuple[str, str] | None = None,
    headline: str | None = "Harbour row",
    on_topic: bool = True,
    codebook: str = "policy_frames",
    **about: Any,
) -> dict[str, list[dict[str, Any]]]:
    """The rows of one article: its text, sentences, frames, quotations."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("sentences", "frames", "quotes")}
    base = {"article_id": article_id}
    frame = {**base, "codebook": codebook, "version": "1"}
    text, paragraph = "", -1
    for number, each in enumerate(lines):
        line = each if isinstance(each, Line) else Line(each)
        paragraph += not line.same
        start, quote_id = len(text) + bool(text), f"{article_id}:q{number}"
        text += "\n" * bool(text)
        opened, quoted = None, 0
        for part in _PART.finditer(line.marked):
            name, words = part[1], part[2] or part[0]
            span = {"start": len(text), "end": len(text) + len(words), "text": words, "field": "text"}
            said = {"voice": "narration"}
            if opened is not None:
                said = {"voice": "quotation", "speaker": line.speaker, "quote_id": quote_id}
            if name:
                rows["frames"].append({**frame, **span, **said, "frame": name, "entry": f"{name}:{words}"})
            text += words
            if words == "“":
                opened = len(text)
            elif words == "”" and opened is not None:
                quoted += len(text) - opened + 1
                passage = {"start": opened, "end": len(text) - 1, "text": text[opened:-1], "field": "text"}
                rows["quotes"].append({**base, **passage, "quote_id": quote_id, "kind": "direct",
                                       "speaker": line.speaker, "party": line.party})  # fmt: skip
                opened = None
        whole = quoted == len(text) - start
        rows["sentences"].append({
            **base, "paragraph": paragraph, "sentence": number, "start": start, "end": len(text),
            "voice": "quotation" if whole else "mixed" if quoted else "narration",
        })  # fmt: skip
    plain = None
    if headline is not None:
        plain = ""
        for part in _PART.finditer(headline):
            words = part[2] or part[0]
            span = {"start": len(plain), "end": len(plain) + len(words), "text": words, "field": "headline"}
            if part[1]:
                rows["frames"].append({**frame, **span, "frame": part[1], "voice": "narration"})
            plain += words
    rows["articles"] = [{
        **base, "outlet": outlet, "headline": plain, "text": text, "words": len(text.split()),
        "published_earliest": days and days[0], "published_latest": days and days[1], "on_topic": on_topic,
        **about,
    }]  # fmt: skip
    return rows


def join_stories(stories: Sequence[dict[str, list[dict[str, Any]]]], **more: Any) -> Tables:
    """Tables of some stories; keywords add rows to a table, or set ``topic`` and ``codebooks``."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for story in stories:
        for name, own in story.items():
            rows[name] += own
    about = {name: more.pop(name) for name in ("topic", "codebooks") if name in more}
    for name, own in more.items():
        rows[name] += own
    return Tables(**{name: build_frame(name, own) for name, own in rows.items()}, **about)
