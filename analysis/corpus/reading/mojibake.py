"""Text that was once decoded wrongly ("â€™" for "’"): found, mended by ftfy, and told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

# UTF-8 taken for Windows-1252 or Latin-1 is a lead byte's character and what a byte 0x80-0xBF looks like.
_TELLTALE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]+"
)
# A page flattened to one line is mended stretch by stretch, so that what is sound in it stays as it is.
_STRETCH = 2_000
_PIECE = re.compile(rf"[^\n]{{0,{_STRETCH}}}[^\n ]{{0,{_STRETCH}}}[\n ]?")


@dataclass(frozen=True)
class Mended:
    """A text after mending; ``places`` counts what was mended, ``example`` is the commonest: (bad, good)."""

    text: str
    places: int = 0
    example: tuple[str, str] | None = None


def mend_text(text: str) -> Mended:
    """Mend a text whose characters were decoded wrongly, line by line and only where that is plain.

    Nothing else is changed: neither quotation marks nor widths nor entities. Text that shows no sign of it
    costs one search.

    Source:
        Robyn Speer, ftfy (``badness`` says whether a line is bad, ``fix_encoding`` mends it).

    Example:
        >>> mend_text("It\u00e2\u20ac\u2122s late").text
        'It’s late'
    """
    if text.isascii() or not _TELLTALE.search(text):
        return Mended(text)
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    pieces, found = [], Counter()
    for piece in _PIECE.findall(text):
        bad = _TELLTALE.findall(piece)
        mended = fix_encoding(piece) if bad and is_bad(piece) else piece
        if mended != piece:
            found.update(bad)
            # What is no mojibake (a French capital before a quotation mark) is still there.
            found.subtract(_TELLTALE.findall(mended))
        pieces.append(mended)
    found = +found
    if not found:
        return Mended("".join(pieces))
    bad = found.most_common(1)[0][0]
    return Mended("".join(pieces), found.total(), (bad, fix_encoding(bad)))


def tell_mending(places: int, example: tuple[str, str] | None) -> dict[str, str]:
    """The words of the warning on what :func:`mend_text` did: what, allowed, todo."""
    bad, good = example or ("", "")
    where = f"{places} places" if places > 1 else "1 place"
    such = f": “{bad}” became “{good}”" if places == 1 else f", as “{bad}” that became “{good}”"
    return {
        "what": f"Wrongly decoded characters were mended in {where}{such}.",
        "allowed": "Text whose encoding was read rightly by every program that it passed.",
        "todo": "Look at a sentence with accents or quotation marks; export the text again as UTF-8.",
    }
