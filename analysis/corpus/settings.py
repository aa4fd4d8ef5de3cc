"""``corpus.toml``: what the user knows about the pages. It always wins over inference.

topic = ["uk_migration"]        # names of topic packs, "auto" or "none"
codebooks = ["my_frames.toml"]  # frame codebooks besides the generic ones: names, or paths from this file on
pages_at = "s3://bucket/2024"   # where the pages stand, if not in this folder: another folder, or a URL

[[pages]]
match = "2024/*.txt"            # a file pattern, relative to the corpus folder
outlet = "Daily Express"
published = "2024-11-04"        # the day the page's own articles were published
scraped = "2024-11-05"          # the day the page was copied: "3 hours ago" counts from here
url = "https://example.org/a"
exclude = false

A later rule wins over an earlier one. A rule speaks of a page's own articles; what stands under another
outlet's label keeps that label, and is dated by ``scraped`` and its own stamp.

A file ``codebook.toml`` beside it is a frame codebook too, and needs no line here. While it holds nothing but
comments, it is none.
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

from analysis.codebooks import is_begun, list_topics
from analysis.corpus.provenance.days import read_day
from analysis.errors import CorpusFormatError, OutputError, Problem, hint_at

FILE_NAME = "corpus.toml"
CODEBOOK_NAME = "codebook.toml"


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
    """A corpus's settings: the topic packs named (empty: not named), and rules by file pattern.

    ``codebooks`` are the user's frame codebooks, as names or as paths that can be opened; ``pages_at`` is
    where the pages stand, empty where that is the corpus's folder.
    """

    topic: tuple[str, ...] = ()
    pages: tuple[PageSettings, ...] = ()
    codebooks: tuple[str, ...] = ()
    pages_at: str = ""

    def of(self, page: str) -> PageSettings:
        """What is known about one page: every rule that fits, later ones over earlier ones."""
        known: dict[str, Any] = {}
        for rule in self.pages:
            if fnmatch.fnmatchcase(page, rule.match):
                given = {f.name: getattr(rule, f.name) for f in fields(rule)}
                known.update({name: value for name, value in given.items() if value not in (None, False)})
        return PageSettings(**{**known, "match": page})


def load_settings(folder: Path) -> Settings:
    """Read ``corpus.toml`` in a folder, and see whether a codebook stands beside it.

    Raises:
        CorpusFormatError: The file is not TOML, or a name or a value in it is not known.
        CodebookError: The codebook is not TOML.
    """
    path = folder / FILE_NAME
    codebook = folder / CODEBOOK_NAME
    beside = (str(codebook),) if codebook.is_file() and is_begun(codebook) else ()
    if not path.is_file():
        return Settings(codebooks=beside)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusFormatError(
            f"The file is not valid TOML: {error}.",
            where=str(path),
            allowed="See seeds/corpus.toml for an example.",
            todo="Mend that line, or remove the file.",
        ) from None
    _check_names(content, {"codebooks", "topic", "pages", "pages_at"}, str(path))
    topic = (_locate(name, folder) for name in _read_names(content, "topic", str(path)))
    pages = content.get("pages", [])
    codebooks = _read_codebooks(content, folder, str(path))
    pages_at = content.get("pages_at", "")
    if not isinstance(pages_at, str):
        raise _wrong_value(
            "pages_at", pages_at, str(path), "text", "Write a folder or a URL in quotation marks."
        )
    if not _is_list_of(dict, pages):
        raise _wrong_value("pages", pages, str(path), "a list of rules", "Begin each with a line [[pages]].")
    rules = (_read_rule(rule, f"{path}, [[pages]] number {n}") for n, rule in enumerate(pages, 1))
    return Settings(tuple(topic), tuple(rules), tuple(dict.fromkeys((*beside, *codebooks))), pages_at)


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
    content = _TEMPLATE.format(
        topic=json.dumps(topic or "auto", ensure_ascii=False), known=", ".join(list_topics())
    ) + (f"\n# The pages found here.\n{rules}" if rules else _EXAMPLE.format(match='"pages/*.txt"'))
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
# Shipped: {known}.
topic = [{topic}]

# Frame codebooks of your own, or shipped ones to use as well; a file codebook.toml here is used without this.
# codebooks = ["my_frames.toml"]

# Where the pages stand, if not in this folder: another folder, or the URL of one.
# pages_at = "../archive/2024"

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


def _read_names(content: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    names = content.get(name, [])
    names = [names] if isinstance(names, str) else names
    if not _is_list_of(str, names):
        raise _wrong_value(name, names, where, "a name or a list of names", "See seeds/corpus.toml.")
    return tuple(names)


def _read_codebooks(content: dict[str, Any], folder: Path, where: str) -> list[str]:
    """Names as they are, paths from the corpus folder on."""
    names = _read_names(content, "codebooks", where)
    for name in names:
        if name in (*list_topics(), "auto", "none"):
            raise CorpusFormatError(
                f"'codebooks' has '{name}', which is no frame codebook: it belongs under 'topic'.",
                where=where,
                allowed="'topic' names topic packs, 'codebooks' names frame codebooks, or paths to them.",
                todo=f'Write: topic = ["{name}"]',
            )
    return [_locate(name, folder) for name in names]


def _locate(name: str, folder: Path) -> str:
    """A path as it can be opened from here; a name stays what it is."""
    return str(folder / name) if name.endswith(".toml") else name


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
            f"'{unknown[0]}' is not a setting.{hint_at(unknown[0], known)}",
            where=where,
            allowed=f"Known: {', '.join(sorted(known))}.",
            todo="Mend the name, or leave the line out.",
        )
