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
    topic = content.get("topic", [])
    topic = [topic] if isinstance(topic, str) else topic
    rules = tuple(
        _read_rule(rule, f"{path}, [[pages]] number {n}")
        for n, rule in enumerate(content.get("pages", []), 1)
    )
    return Settings(tuple(str(name) for name in topic), rules)


def _read_rule(rule: dict[str, Any], where: str) -> PageSettings:
    _check_names(rule, {f.name for f in fields(PageSettings)}, where)
    values = {
        name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in rule.items()
    }
    for name in ("published", "scraped"):
        try:
            datetime.date.fromisoformat(values.get(name, "2000-01-01"))
        except (ValueError, TypeError):
            raise CorpusFormatError(
                f"'{name}' is '{values[name]}', which is not a date.",
                where=where,
                allowed="Write dates as YYYY-MM-DD.",
                todo="Mend the value, or leave the line out.",
            ) from None
    return PageSettings(**values)


def _check_names(content: dict[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(content) - known)
    if unknown:
        raise CorpusFormatError(
            f"'{unknown[0]}' is not a setting.",
            where=where,
            allowed=f"Known: {', '.join(sorted(known))}.",
            todo="Mend the name, or leave the line out.",
        )
