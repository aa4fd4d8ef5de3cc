"""Which column of a table holds what: the names that scrapers, archives and people give their columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from analysis.corpus.provenance.outlets import outlet_of_domain
from analysis.corpus.reading.decoding import replace_surrogates

# By field, the first to be tried first; letters and figures only, in lower case.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "text": tuple(
        "text maintext articletext fulltext storytext bodytext articlebody body articlecontent content "
        "fieldsbodytext textcontent cleanedtext rawtext fieldsbody bodyhtml contenthtml".split()
    ),
    "id": tuple(
        "id articleid docid documentid storyid storiesid storeid recordid uniqueid uuid guid "
        "identifier".split()
    ),
    "outlet": tuple(
        "outlet outletname sitename publication publicationname publicationtitle pubtitle newspaper "
        "sourcename medianame publisher publishername journal source sourcetitle sourcehostname hostname "
        "sourcedomain domain site mediaurl sourceurl".split()
    ),
    "published": tuple(
        "published publisheddate publicationdate publishdate datepublished datepublish publishedat "
        "publishedon publishedtime publicationtime pubdate firstpublicationdate webpublicationdate date dct "
        "datetime articledate newsdate day timestamp".split()
    ),
    "headline": tuple(
        "headline headlinemain title articletitle heading webtitle titlepage titlerss head".split()
    ),
    "byline": tuple(
        "byline bylineoriginal author authors authorname authornames writer writers journalist journalists "
        "creator fieldsbyline".split()
    ),
    "url": tuple(
        "url canonicallink canonicalurl articleurl weburl documenturl link permalink articlelink uri "
        "source".split()
    ),
}
# What exports write for "nothing here".
BLANKS = frozenset({"", "null", "None", "none", "NaN", "nan", "NaT", "NA", "N/A", "n/a", "<NA>", "-", "–"})

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}")
_RANKS = {
    name: [(field, names.index(name)) for field, names in SYNONYMS.items() if name in names]
    for name in {name for names in SYNONYMS.values() for name in names}
}
# Since 2001 and until 2033 a number in a column of dates is seconds since 1970, or thousandths of them.
_SECONDS = range(1_000_000_000, 2_000_000_000)


@dataclass(frozen=True)
class Fields:
    """What a row says of an article; None is unknown.

    ``text_column`` names the column that the text is from; ``nested`` names one that should hold the text
    and holds a list or an object instead; ``unix`` is the day as seconds since 1970.
    """

    text: str | None = None
    id: str | None = None
    outlet: str | None = None
    published: str | None = None
    headline: str | None = None
    byline: str | None = None
    url: str | None = None
    text_column: str | None = None
    nested: str | None = None
    unix: float | None = None


@lru_cache(maxsize=10_000)
def rank_column(name: str) -> tuple[tuple[str, int], ...]:
    """The fields that a column can stand for, each with its rank in :data:`SYNONYMS`."""
    plain = "".join(character for character in name[:80].casefold() if character.isalnum())
    return tuple(_RANKS.get(plain, ()))


def names_text(name: str) -> bool:
    """Whether a column of that name holds articles' texts."""
    return any(field == "text" for field, _ in rank_column(name))


def read_fields(row: Mapping[str, object]) -> Fields:
    """The fields of a row: of the columns that can stand for one, the first in rank that is not empty."""
    candidates: dict[str, list[tuple[int, str, object]]] = {}
    for name, value in _flatten(row):
        for field, rank in rank_column(name):
            candidates.setdefault(field, []).append((rank, name, value))
    found: dict[str, object] = {}
    for field, columns in candidates.items():
        columns.sort(key=lambda column: column[0])
        for _, name, value in columns:
            if field == "text" and isinstance(value, list | tuple | Mapping):
                found.setdefault("nested", name)
                continue
            if field == "published" and _is_unix(value):
                found["unix"] = float(value) / (1 if int(value) in _SECONDS else 1000)
                break
            read = _READERS.get(field, read_cell)(value, name)
            if read is not None:
                found[field] = read
                if field == "text":
                    found["text_column"] = name
                break
    return Fields(**found)


def read_cell(value: object, name: str = "") -> str | None:
    """A cell as text; None if it is empty, or a list or an object."""
    if value is None or value != value or isinstance(value, bool | Mapping):
        return None
    if isinstance(value, list | tuple):
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        # Sheets know no whole numbers: an id 12 is the number 12.0.
        value = int(value)
    text = replace_surrogates(str(value))
    return None if text.strip() in BLANKS else text


def _read_names(value: object, name: str) -> str | None:
    """A byline: a name, a list of names, or of objects that have one."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        names = (_read_names(item, name) for item in value if not isinstance(item, list | tuple))
        return ", ".join(item for item in names if item) or None
    return read_cell(value)


def _read_outlet(value: object, name: str) -> str | None:
    """An outlet's name; of a site's address the outlet whose pages stand there, else the host."""
    text = read_cell(value)
    if text is None or not (_ADDRESS.match(text) or _HOST.fullmatch(text)):
        return text
    if _ADDRESS.match(text):
        try:
            address = urlsplit(text)
        except ValueError:
            return None
        # In the column "source" an address with a path is that of the article.
        text = "" if address.path.strip("/") else address.hostname or ""
    return outlet_of_domain(text) or text.removeprefix("www.") or None


def _read_address(value: object, name: str) -> str | None:
    text = read_cell(value)
    plain = name.casefold()
    return text if text and (plain not in ("source", "uri") or _ADDRESS.match(text)) else None


def _read_date(value: object, name: str) -> str | None:
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return read_cell(value)


_READERS = {"byline": _read_names, "outlet": _read_outlet, "url": _read_address, "published": _read_date}


def _is_unix(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return False
    return abs(value) < 1e15 and (int(value) in _SECONDS or int(value / 1000) in _SECONDS)


def _flatten(row: Mapping[str, object]) -> Iterable[tuple[str, object]]:
    """A row's columns, and those of the objects in it: ``source.name`` of {"source": {"name": ...}}."""
    for name, value in row.items():
        yield str(name), value
        if isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", nested) for inner, nested in value.items())
