"""A selection as a short string that can stand in a link: the same here and in the page (``selection.js``).

A token is JSON in base64url: its version, a key of the store it belongs to, how many rows that had, the
filters and the picked mark. Values are given by their words, so a token outlives a new run on more pages.
The key is a hash of the unit and the names of the dimensions; the number of rows is not part of it.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.errors import WorkbookError

VERSION = 1
#: Longer strings are no tokens: the longest selection anybody makes by hand is a tenth of this.
LONGEST = 20_000
_WORDS = 500
_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d")
_PICKED = {"label": "l", "choices": "c", "article": "a", "dates": "d", "undated": "u", "rows": "r"}
# Row numbers say something about the very same rows alone, and many of them would make a link too long.
_MOST_ROWS = 200


@dataclass
class Selection:
    """What a token selects in a store, and in words what of it is not there."""

    filters: dict[str, Any]
    picked: dict[str, Any]
    missing: list[str] = field(default_factory=list)
    wanted: int = 0

    def say_missing(self) -> str:
        """ "2 of 5 choices are not there: Example Post, crime."; empty where nothing is missing."""
        if not self.missing:
            return ""
        verb, count = ("is" if len(self.missing) == 1 else "are"), len(self.missing)
        of = f"{count} of {self.wanted} {'choice' if self.wanted == 1 else 'choices'}"
        return f"{of} {verb} not there: {', '.join(self.missing)}."


def store_key(data: Mapping[str, Any]) -> str:
    """Eight hexadecimal digits for a store's unit and dimensions (FNV-1a, 32 bits)."""
    key = 0x811C9DC5
    for byte in "\n".join([data["unit"], *(each["name"] for each in data["dimensions"])]).encode():
        key = ((key ^ byte) * 0x01000193) % 2**32
    return f"{key:08x}"


def write_token(data: Mapping[str, Any], filters: Mapping[str, Any], picked: Mapping[str, Any]) -> str:
    """The token for what is filtered and picked in a store.

    Args:
        data: The store's data, as the browser has it.
        filters: Its filters: choices, start, end, search.
        picked: Its picked mark; empty where none is.
    """
    chosen = filters.get("choices", {})
    choices = {
        each["name"]: [value for value in each["values"] if value in set(chosen[each["name"]])]
        for each in data["dimensions"]
        if chosen.get(each["name"])
    }
    parts = {
        "v": VERSION, "k": store_key(data), "n": len(data["article"]), "c": choices,
        "s": filters.get("start"), "e": filters.get("end"), "q": (filters.get("search") or "").strip(),
        "p": {short: picked.get(name) for name, short in _PICKED.items() if picked.get(name)},
    }  # fmt: skip
    if len(picked.get("rows") or ()) > _MOST_ROWS:
        parts["p"] = {}
    text = json.dumps(
        {name: part for name, part in parts.items() if part or name == "n"},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def read_token(data: Mapping[str, Any], token: str) -> Selection:
    """What a token selects in a store; what is not there is left out and named.

    Args:
        data: The store's data, as the browser has it.
        token: A token, or a link that ends in tokens.

    Raises:
        WorkbookError: The token cannot be read, or belongs to an explorer of other rows.
    """
    found = [_decode(each) for each in str(token).strip().rpartition("framelines=")[2].split(".")]
    tokens = [each for each in found if each]
    if not tokens:
        raise WorkbookError(
            "The token cannot be read: it may have been cut short.",
            where="Explorer.use_token",
            allowed="A token is what Explorer.token() or the button 'Copy a token' gives, whole.",
        )
    mine = next((each for each in tokens if each.get("k") == store_key(data)), None)
    if mine is None:
        names = ", ".join(each["name"] for each in data["dimensions"])
        raise WorkbookError(
            "The token belongs to another explorer.",
            where="Explorer.use_token",
            allowed=f"This one holds {data['units']} by {names}.",
            todo="Give the token to the explorer it was copied from.",
        )
    if mine.get("v") != VERSION:
        raise WorkbookError("The token is of another version of Framelines.", where="Explorer.use_token")
    return _select(data, mine)


def _decode(token: str) -> dict[str, Any] | None:
    """The JSON of a token; None where it is none."""
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}", token):
        return None
    try:
        made = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return made if isinstance(made, dict) else None


def _select(data: Mapping[str, Any], token: Mapping[str, Any]) -> Selection:
    made = Selection({"choices": {}, "start": "", "end": "", "search": ""}, {})
    known = {each["name"]: each for each in data["dimensions"]}
    chosen = token.get("c")
    for name, values in chosen.items() if isinstance(chosen, dict) else ():
        words = list(dict.fromkeys(_strings(values)))
        there = set(known[name]["values"]) if name in known else set()
        made.wanted += len(words)
        made.missing += [word for word in words if word not in there]
        kept = [word for word in words if word in there]
        if kept:
            made.filters["choices"][name] = [each for each in known[name]["values"] if each in set(kept)]
    for short, name in (("s", "start"), ("e", "end")):
        if token.get(short):
            made.wanted += 1
            if is_day(token[short]):
                made.filters[name] = token[short]
            else:
                made.missing.append(f"{name} {_cut(token[short])}")
    if isinstance(token.get("q"), str):
        made.filters["search"] = token["q"][:_WORDS]
    if isinstance(token.get("p"), dict) and token["p"]:
        made.wanted += 1
        made.picked = _pick(
            data, token, {**known, **{each["name"]: each for each in data.get("details", ())}}
        )
        if not made.picked:
            made.missing.append(_cut(token["p"].get("l") or "the mark that was picked"))
    return made


def _pick(data: Mapping[str, Any], token: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The picked mark; empty where any part of it is not there."""
    given = token["p"]
    picked = {name: given[short] for name, short in _PICKED.items() if given.get(short)}
    rows, size = picked.get("rows", []), len(data["article"])
    choices = picked.get("choices", {})
    sound = (
        isinstance(picked.get("label"), str)
        and isinstance(choices, dict)
        and all(name in columns and value in columns[name]["values"] for name, value in choices.items())
        and ("article" not in picked or any(each["id"] == picked["article"] for each in data["articles"]))
        and ("dates" not in picked or _are_days(picked["dates"]))
        and picked.get("undated", True) is True
        and isinstance(rows, list)
        and all(type(row) is int and 0 <= row < size for row in rows)
        and (not rows or token.get("n") == size)
    )
    return {**picked, "label": picked["label"][:_WORDS]} if sound else {}


def is_day(value: Any) -> bool:
    """Whether a value is a day as ``YYYY-MM-DD``."""
    try:
        return isinstance(value, str) and bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _are_days(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_day, value))


def _strings(values: Any) -> Iterable[str]:
    return (each for each in values if isinstance(each, str)) if isinstance(values, list) else ()


def _cut(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
