"""Numbers and days in words, by the patterns that Plotly takes from d3, and what a mark says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from analysis.report.drawing.text import plain_words

_NUMBER = re.compile(r"(?P<sign>[+]?)(?P<comma>,?)(?:\.(?P<digits>\d{1,2}))?(?P<trim>~?)(?P<kind>[dfe%gs]?)")
_FIELD = re.compile(r"%\{([^{}:|]+)(?:[:|]([^{}]*))?\}")
_EXTRA = re.compile(r"<extra>(.*?)</extra>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DAY_FIELD = re.compile(r"%-?[a-zA-Z]")
_SCALES = ((1e9, "B"), (1e6, "M"), (1e3, "k"))
_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400.0
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def can_format(pattern: str) -> bool:
    """Whether a pattern of numbers or days is one that is known here."""
    if "%" in pattern and pattern[-1:] != "%":
        return all(field in _DAY_FIELDS for field in _DAY_FIELD.findall(pattern))
    return _NUMBER.fullmatch(pattern) is not None


def format_number(value: float, pattern: str = "") -> str:
    """Write a number by a d3 pattern such as ``,d`` or ``.1%``; without one as briefly as it is exact."""
    found = _NUMBER.fullmatch(pattern)
    if not pattern or not found:
        return format_plain(value)
    kind, comma = found["kind"], found["comma"]
    digits = int(found["digits"]) if found["digits"] else {"f": 6, "e": 6, "%": 6}.get(kind, 0)
    if kind == "s":
        text = _format_scaled(value, found["digits"])
    elif kind in ("d", ""):
        text = f"{round(value):{comma}}" if kind == "d" else f"{value:{comma}.12g}"
    elif kind == "g":
        text = f"{value:{comma}.{digits or 6}g}"
    else:
        text = f"{value:{comma}.{digits}{kind}}"
    if found["trim"] and "." in text:
        text = re.sub(r"\.?0+(?=\D*$)", "", text)
    if found["sign"] and value > 0:
        text = f"+{text}"
    return text.replace("-", "−")


def _format_scaled(value: float, digits: str | None) -> str:
    for scale, letter in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:.{digits or 6}g}{letter}"
    return f"{value:.{digits or 6}g}"


def format_plain(value: float) -> str:
    """A number with no nought too many, and from ten thousand on its thousands apart."""
    if value != 0 and not 1e-6 <= abs(value) < 1e15:
        return f"{value:.4g}".replace("-", "−")
    # Up to 9999 it may be a year.
    comma = "," if abs(value) >= 10_000 else ""
    text = f"{value:{comma}.6f}".rstrip("0").rstrip(".") if abs(value) < 1e6 else f"{value:,.0f}"
    return ("0" if text == "-0" else text).replace("-", "−")


def to_moment(days: float) -> datetime:
    """The moment of a number of days since 1970; days outside the calendar are its first or last."""
    try:
        return _EPOCH + timedelta(seconds=round(days * _DAY, 3))
    except OverflowError:
        return datetime.min if days < 0 else datetime.max


def format_day(days: float, pattern: str = "") -> str:
    """Write days since 1970 by a pattern such as ``%-d %b``; without one in full, with the hour if any."""
    moment = to_moment(days)
    if not pattern:
        pattern = "%-d %B %Y" + (", %H:%M" if moment.hour or moment.minute else "")
    return _DAY_FIELD.sub(lambda found: _DAY_FIELDS.get(found[0], lambda _: found[0])(moment), pattern)


_DAY_FIELDS = {
    "%-d": lambda moment: str(moment.day),
    "%d": lambda moment: f"{moment.day:02}",
    "%e": lambda moment: str(moment.day),
    "%b": lambda moment: _MONTHS[moment.month - 1][:3],
    "%B": lambda moment: _MONTHS[moment.month - 1],
    "%-m": lambda moment: str(moment.month),
    "%m": lambda moment: f"{moment.month:02}",
    "%Y": lambda moment: str(moment.year),
    "%y": lambda moment: f"{moment.year % 100:02}",
    "%H": lambda moment: f"{moment.hour:02}",
    "%M": lambda moment: f"{moment.minute:02}",
    "%S": lambda moment: f"{moment.second:02}",
}


def fill_template(template: str, values: Mapping[str, Any], *, days: frozenset[str] = frozenset()) -> str:
    """Fill a hover or text template of Plotly and say it in plain words, lines apart by commas.

    Args:
        template: For instance ``%{y}<br>%{x:,} words<extra>%{fullData.name}</extra>``.
        values: What the fields stand for: ``x``, ``y``, ``text``, ``customdata``, ``fullData.name``.
        days: Which of the fields are days, counted from 1970.
    """

    def fill(field: re.Match[str]) -> str:
        value = _find_value(values, field[1].strip())
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            write = format_day if field[1] in days else format_number
            return write(value, field[2] or "")
        # A break in a name is there because Plotly does not wrap; one in the text behind a mark is meant.
        return _BREAK.sub(" ", str(value)) if field[1] in ("x", "y") else str(value)

    extra = _EXTRA.search(template)
    parts = [_EXTRA.sub("", template), extra[1] if extra else str(values.get("fullData.name") or "")]
    said = (plain_words(_FIELD.sub(fill, part), between=", ") for part in parts)
    return ", ".join(filter(None, said))


def can_fill(template: str) -> bool:
    """Whether each field of a template is one that is known here."""
    return all(
        re.fullmatch(
            r"(x|y|text|hovertext|label|value|customdata(\[\d+\])?|fullData\.name)", field[1].strip()
        )
        and (not field[2] or can_format(field[2]))
        for field in _FIELD.finditer(template)
    )


def _find_value(values: Mapping[str, Any], name: str) -> Any:
    indexed = re.fullmatch(r"customdata\[(\d+)\]", name)
    if not indexed:
        return values.get(name)
    data, at = values.get("customdata"), int(indexed[1])
    return data[at] if isinstance(data, list | tuple) and at < len(data) else None
