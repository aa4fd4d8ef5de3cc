"""Texts with marked quotations: from JSON lines, and from the sample's own notation.

In the notation, an item begins with a line ``# name`` (``# name @2024-09-01`` where the day of publication
matters). ``[[words|Speaker]]`` is a passage that quotes somebody, ``[[words|?]]`` one whose speaker the text
does not tell, ``[[words]]`` one in marks that quotes nobody (a title, a term, speech that nobody spoke).
``Speaker/other name`` gives names that are as good. A third part leaves a mark out: ``|open`` has no closing
mark, ``|unopened`` no opening one. ``{words}`` inside a passage stands in the other kind of marks.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "tests" / "data" / "quotes"

# Opening and closing mark, then those inside, then the apostrophe.
STYLES = {
    "british": ("‘’“”’", "''\"\"'"),
    "double": ("“”‘’’", "\"\"'''"),
}

_ITEM = re.compile(r"^# (?P<name>[^@\n]+?)(?: @(?P<day>[\d-]+))?\n(?P<text>.*?)(?=^# |\Z)", re.M | re.S)
_PIECE = re.compile(r"\[\[([^|\]]+)(?:\|([^|\]]+))?(?:\|(open|unopened))?\]\]")

Document = dict[str, Any]


def read_sets(folder: Path) -> dict[str, list[Document]]:
    """Every set of a folder by its name: ``NAME.jsonl`` or ``NAME.jsonl.gz``, one text a line."""
    sets = {}
    for path in sorted(folder.glob("*.jsonl*")):
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as handle:
            rows = [json.loads(line) for line in handle if line.strip()]
        if rows and {"id", "text", "quoted", "quotes"} <= rows[0].keys():
            sets[path.name.partition(".")[0]] = rows
    return sets


def read_sample() -> dict[str, list[Document]]:
    """The sample that ships: made-up items in British and in double marks, and excerpts of GUM."""
    notation = (SAMPLE / "made_up.txt").read_text(encoding="utf-8")
    return {style: list(read_items(notation, style)) for style in STYLES} | read_sets(SAMPLE)


def read_items(notation: str, style: str) -> Iterator[Document]:
    """Each item of the notation in the marks of a style, first curly, then straight."""
    for marks in STYLES[style]:
        for item in _ITEM.finditer(notation):
            shape = "curly" if marks[0] in "‘“" else "straight"
            yield {"id": f"{item['name']} ({shape})", "date": item["day"], **_read_text(item["text"], marks)}


def _read_text(notation: str, marks: str) -> Document:
    opening, closing, inner_opening, inner_closing, apostrophe = marks
    inner = str.maketrans({"{": inner_opening, "}": inner_closing, "'": apostrophe})
    text = ""
    quoted, quotes = [], []
    done = 0
    notation = notation.strip("\n")
    for piece in _PIECE.finditer(notation):
        words, speaker, lost = piece.groups()
        text += notation[done : piece.start()].translate(inner) + ("" if lost == "unopened" else opening)
        start = len(text)
        text += words.translate(inner)
        quoted.append([start, len(text)])
        if speaker:
            names = [] if speaker == "?" else speaker.split("/")
            quotes.append(
                {
                    "start": start,
                    "end": len(text),
                    "speaker_text": names[0] if names else None,
                    "speaker_aliases": names[1:],
                    "type": "direct",
                }
            )
        text += "" if lost == "open" else closing
        done = piece.end()
    return {"text": text + notation[done:].translate(inner), "quoted": quoted, "quotes": quotes}
