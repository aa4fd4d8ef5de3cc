"""``corpus.toml``: what the user knows about the pages. It always wins over inference.

topic = ["uk_migration"]        # names of topic packs, "auto" or "none"; `codebooks` is another name for it

[[pages]]
match = "2024/*.txt"            # a file pattern, relative to the corpus folder
outlet = "Daily Express"
published = "2024-11-04"        # the day the page's own articles were published
scraped = "2024-11-05"          # the day the page was copied: "3 hours ago" counts from here
url = "https://example.org/a"
exclude = false

A later rule wins over an earlier one. A rule speaks of a page's own articles; what stands under another
outlet's label keeps that label, and is dated by ``scraped`` and its own stamp.
"""

from __future__ import annotations

import datetime
import fnmatch
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analysis.corpus.provenance.days import read_day
from analysis.errors import CorpusFormatError, OutputError, Problem

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
    _check_names(content, {"codebooks", "topic", "pages"}, str(path))
    topic, pages = _read_topic(content, str(path)), content.get("pages", [])
    if not _is_list_of(dict, pages):
        raise _wrong_value("pages", pages, str(path), "a list of rules", "Begin each with a line [[pages]].")
    rules = (_read_rule(rule, f"{path}, [[pages]] number {n}") for n, rule in enumerate(pages, 1))
    return Settings(topic, tuple(rules))


def unused_rules(settings: Settings, names: Iterable[str]) -> list[Problem]:
    """A warning for each rule whose pattern fits no page.

    Args:
        settings: The corpus's settings.
        names: The pages' names, those excluded too.
    """
    names = list(names)
    return [
        Problem(
            "settings",
            "warning",
            f"{FILE_NAME}, [[pages]] number {n}: the pattern '{rule.match}' fits no page.",
            "A pattern is a path from the corpus folder on; * stands for any characters, capitals count.",
            "Mend the pattern, or remove the rule.",
            FILE_NAME,
        )
        for n, rule in enumerate(settings.pages, 1)
        if not any(fnmatch.fnmatchcase(name, rule.match) for name in names)
    ]


def write_settings(folder: Path, *, topic: str | None, pages: Sequence[str]) -> Path:
    """Write a ``corpus.toml`` whose comments explain it, for a user to fill in.

    Args:
        folder: The corpus folder; made where it does not exist.
        topic: The topic pack to begin with; "auto" if None.
        pages: The names of the pages that are there: each becomes a rule that is commented out.

    Returns:
        The path of the new file.

    Raises:
        OutputError: There is one already, or the folder cannot be written to.
    """
    path = folder / FILE_NAME
    rules = "".join(_EXAMPLE.format(match=json.dumps(_escape(name), ensure_ascii=False)) for name in pages)
    content = _TEMPLATE.format(topic=json.dumps(topic or "auto", ensure_ascii=False)) + (
        f"\n# The pages found here.\n{rules}" if rules else _EXAMPLE.format(match='"*.txt"')
    )
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            "This is a file.", where=str(folder), allowed="A folder of pages, or the name of a new one.",
            todo="Give the folder that it stands in.",
        )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as handle:
            handle.write(content)
    except FileExistsError as error:
        raise OutputError(
            f"There is a {FILE_NAME} already." if path.exists() else f"{error.strerror}.",
            where=str(path),
            allowed="A file that a user may have written is never replaced.",
            todo="Edit it, or remove it first.",
        ) from None
    except OSError as error:
        raise OutputError(
            f"The file cannot be written: {error.strerror}.",
            where=str(path),
            allowed="A folder in which you may write.",
            todo="Choose another folder.",
        ) from None
    return path


_TEMPLATE = """\
# What you know about this corpus. It wins over everything that Framelines works out by itself, and the
# columns outlet_basis and published_basis say so. Remove the # before a line to use it.

# Names of topic packs; "auto" takes each that fits the pages, "none" finds events of any subject.
topic = [{topic}]

# Each [[pages]] rule speaks of the pages that its pattern fits, as paths from this folder on: "2024/*.txt".
# A later rule wins over an earlier one. All lines but match may be left out:
#   outlet     the paper, broadcaster or site that published the page's own articles
#   published  the day of their publication
#   scraped    the day the page was copied: "3 hours ago" counts from it, and nothing is younger
#   url        where the page stood
#   exclude    true leaves the page out
"""
_EXAMPLE = """
# [[pages]]
# match = {match}
# outlet = "Example Herald"
# published = 2025-01-31
# scraped = 2025-01-31
"""


def _escape(name: str) -> str:
    """A pattern that fits this one name: a bracket, a star and a question mark stand for themselves."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _read_topic(content: dict[str, Any], where: str) -> tuple[str, ...]:
    if "topic" in content and "codebooks" in content:
        raise CorpusFormatError(
            "'codebooks' and 'topic' are both given, and mean the same.",
            where=where,
            allowed="One line with the names of topic packs.",
            todo="Remove one of them.",
        )
    name = "codebooks" if "codebooks" in content else "topic"
    topic = content.get(name, [])
    topic = [topic] if isinstance(topic, str) else topic
    if not _is_list_of(str, topic):
        raise _wrong_value(name, topic, where, "a name or a list of names", "See seeds/corpus.toml.")
    return tuple(topic)


def _read_rule(rule: dict[str, Any], where: str) -> PageSettings:
    _check_names(rule, {f.name for f in fields(PageSettings)}, where)
    values = {
        name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in rule.items()
    }
    for name in ("published", "scraped"):
        if name in values:
            values[name] = _read_setting_day(name, values[name], where)
    for name, value in values.items():
        if name == "exclude" and not isinstance(value, bool):
            raise _wrong_value(name, value, where, "true or false", "Write it without quotation marks.")
        if name != "exclude" and not (isinstance(value, str) and value):
            raise _wrong_value(name, value, where, "text", "Write text in quotation marks.")
    return PageSettings(**values)


def _read_setting_day(name: str, value: Any, where: str) -> str:
    day, wrong = read_day(value) if isinstance(value, str) else (None, None)
    if day is None:
        kind = f"a date that can be used ({wrong})" if wrong and "not a date" not in wrong else "a date"
        raise _wrong_value(name, value, where, kind, "Write dates as YYYY-MM-DD.")
    return day


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
