"""``corpus.toml``: what the user knows about the pages. It always wins over inference.

topic = ["uk_migration"]        # names of topic packs, "auto" or "none"

[[pages]]
match = "2024/*.txt"            # a file pattern, relative to the corpus folder
outlet = "Daily Express"
published = "2024-11-04"        # the day the page's own articles were published
scraped = "2024-11-05"          # the day the page was copied: "3 hours ago" counts from here
url = "https://example.org/a"
exclude = false
"""

from __future__ import annotations

import datetime
import fnmatch
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analysis.errors import CorpusFormatError

FILE_NAME = "corpus.toml"


@dataclass(frozen=True)
class PageSettings:
    """What is known about the pages that ``match`` fits; None is unknown. Days are ISO."""

    match: str = "*"
    outlet: str | None = None
    published: str | None = None
    scraped: str | None = None
    url: str | None = None
    exclude: bool = False


@dataclass(frozen=True)
class Settings:
    """A corpus's settings: the topic packs named (empty: not named), and rules by file pattern."""

    topic: tuple[str, ...] = ()
    pages: tuple[PageSettings, ...] = ()

    def of(self, page: str) -> PageSettings:
        """What is known about one page: every rule that fits, later ones over earlier ones."""
        known: dict[str, Any] = {}
        for rule in self.pages:
            if fnmatch.fnmatchcase(page, rule.match):
                given = {f.name: getattr(rule, f.name) for f in fields(rule)}
                known.update({name: value for name, value in given.items() if value not in (None, False)})
        return PageSettings(**{**known, "match": page})


def load_settings(folder: Path) -> Settings:
    """Read ``corpus.toml`` in a folder; empty settings where there is none.

    Raises:
        CorpusFormatError: The file is not TOML, or a name or a value in it is not known.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusFormatError(
            f"The file is not valid TOML: {error}.",
            where=str(path),
            allowed="See seeds/corpus.toml for an example.",
            todo="Mend that line, or remove the file.",
        ) from None
    _check_names(content, {"topic", "pages"}, str(path))
    topic, pages = content.get("topic", []), content.get("pages", [])
    topic = [topic] if isinstance(topic, str) else topic
    if not _is_list_of(str, topic):
        raise _wrong_value("topic", topic, str(path), "a name or a list of names", "See seeds/corpus.toml.")
    if not _is_list_of(dict, pages):
        raise _wrong_value("pages", pages, str(path), "a list of rules", "Begin each with a line [[pages]].")
    rules = (_read_rule(rule, f"{path}, [[pages]] number {n}") for n, rule in enumerate(pages, 1))
    return Settings(tuple(topic), tuple(rules))


def _read_rule(rule: dict[str, Any], where: str) -> PageSettings:
    _check_names(rule, {f.name for f in fields(PageSettings)}, where)
    values = {
        name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in rule.items()
    }
    for name in ("published", "scraped"):
        try:
            datetime.date.fromisoformat(values.get(name, "2000-01-01"))
        except (ValueError, TypeError):
            raise _wrong_value(name, values[name], where, "a date", "Write dates as YYYY-MM-DD.") from None
    for name, value in values.items():
        if name == "exclude" and not isinstance(value, bool):
            raise _wrong_value(name, value, where, "true or false", "Write it without quotation marks.")
        if name != "exclude" and not (isinstance(value, str) and value):
            raise _wrong_value(name, value, where, "text", "Write text in quotation marks.")
    return PageSettings(**values)


def _is_list_of(kind: type, value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _wrong_value(name: str, value: Any, where: str, kind: str, allowed: str) -> CorpusFormatError:
    return CorpusFormatError(
        f"'{name}' is {value!r}, which is not {kind}.",
        where=where,
        allowed=allowed,
        todo="Mend the value, or leave the line out.",
    )


def _check_names(content: dict[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(content) - known)
    if unknown:
        raise CorpusFormatError(
            f"'{unknown[0]}' is not a setting.",
            where=where,
            allowed=f"Known: {', '.join(sorted(known))}.",
            todo="Mend the name, or leave the line out.",
        )
