"""Every table and column of the data contract: name, type, unit, meaning.

The data dictionary, the checks on extracted tables and part of the tests are made from this module.

Types, and what stands in a DataFrame and in a file:

    string   text, an id or a name                 str          JSON string
    enum     one of the values listed              str          JSON string
    int      a count                               Int64        JSON number
    offset   a character offset, end exclusive     Int64        JSON number
    float    a value                               Float64      JSON number
    bool     yes or no                             boolean      true, false
    date     a calendar day, YYYY-MM-DD            str          JSON string
    list     a list of strings                     list         JSON array

Unknown is null everywhere: ``None``/``pd.NA`` in a DataFrame, ``null`` in JSON, never NaN or "".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.errors import UnknownNameError

DTYPES = {
    "string": "string",
    "enum": "string",
    "int": "Int64",
    "offset": "Int64",
    "float": "Float64",
    "bool": "boolean",
    "date": "string",
    "list": "object",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, type, meaning, and for an enum the values that may stand in it."""

    name: str
    type: str
    meaning: str
    values: tuple[str, ...] = ()

    @property
    def dtype(self) -> str:
        """The pandas dtype of the column."""
        return DTYPES[self.type]


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in the contract's order."""
        return [column.name for column in self.columns]


ROLES = (
    "headline", "byline", "standfirst", "crosshead", "paragraph", "caption", "embed", "advert",
    "furniture", "outlet", "stamp", "blank",
)  # fmt: skip
KINDS = ("main", "related", "liveblog_lead", "liveblog_entry", "letter", "record")
VOICES = ("narration", "quotation", "mixed")
QUOTE_KINDS = ("direct", "mixed", "scare", "title", "hypothetical")
ATTRIBUTIONS = ("explicit", "pronoun", "office", "continued", "none", "corrected")
STATUSES = (
    "proposed", "announced", "in negotiation", "agreed", "in force", "scrapped", "ruled out", "reported",
    "past fact",
)  # fmt: skip
SEVERITIES = ("error", "warning", "note")
STAGES = ("read", "segment", "date", "extract", "settings", "correct")
FIELDS = ("text", "headline")


def _c(name: str, type_: str, meaning: str, *values: str) -> Column:
    return Column(name, type_, meaning, tuple(values))


_ARTICLE = _c("article_id", "string", "The article the row belongs to: page#n, or the id of a record.")
_START = _c("start", "offset", "Where the evidence span begins, in characters of the article's text.")
_END = _c("end", "offset", "Where the evidence span ends (exclusive).")
_TEXT = _c("text", "string", "The evidence span itself: exactly text[start:end].")
_FIELD = _c("field", "enum", "Whether start and end count in the article's text or its headline.", *FIELDS)
_VOICE = _c("voice", "enum", "Whose words the span stands in: the journalist's, or quoted.", *VOICES)
_QUOTE = _c("quote_id", "string", "The quotation that the span stands in, if any.")
_SPEAKER = _c("speaker", "string", "Resolved name or office of the speaker, where quoted.")
_ACTOR = _c("actor_id", "string", "The actor in the table actors.")
_CORRECTED = _c("corrected", "list", "The columns that corrections.csv changed; null where it changed none.")
_SPAN = (_ARTICLE, _START, _END, _TEXT)
_FIELD_SPAN = (_ARTICLE, _FIELD, _START, _END, _TEXT)

_TABLES = (
    Table("pages", "a page that was read", (
        _c("page", "string", "POSIX path relative to the input."),
        _c("sha256", "string", "SHA-256 of the file's bytes, in hexadecimal."),
        _c("encoding", "string", "The encoding the bytes were decoded with."),
        _c("language", "string", "ISO 639-1 code of the page's main language."),
        _c("layout", "string", "The page family that split it into articles: single article, aggregator "
           "page, live blog, letters page, unknown layout (kept as one article), or an archive's export."),
        _c("text", "string", "The page as characters."),
    )),
    Table("problems", "something that could not be read or understood, or a note on it", (
        _c("page", "string", "The page, where the problem belongs to one."),
        _c("line", "int", "Line or row number in the file, from 1."),
        _c("article_id", "string", "The article, where the problem belongs to one."),
        _c("stage", "enum", "The step that met the problem.", *STAGES),
        _c("severity", "enum", "error: unread; warning: read with a doubt; note: for your information.",
           *SEVERITIES),
        _c("what", "string", "What went wrong, with the value."),
        _c("allowed", "string", "What would have been accepted."),
        _c("todo", "string", "What to do next."),
    )),
    Table("segments", "a stretch of a page; the segments of a page tile it", (
        _c("page", "string", "The page."),
        _c("start", "offset", "Where the segment begins, in characters of pages.text."),
        _c("end", "offset", "Where the segment ends (exclusive)."),
        _c("role", "enum", "What the segment is on the page.", *ROLES),
        _c("rule", "string", "The rule that gave the role."),
        _c("article_id", "string", "The article that the segment belongs to."),
        _c("article_start", "offset", "Where a kept segment begins in the article; null where dropped."),
        _c("article_end", "offset", "Where a kept segment ends in the article (exclusive)."),
    )),
    Table("articles", "an article", (
        _ARTICLE,
        _c("page", "string", "The page the article stands on."),
        _c("kind", "enum", "How the article stands on its page.", *KINDS),
        _c("outlet", "string", "Who published it."),
        _c("outlet_basis", "string", "What the outlet rests on."),
        _c("aggregator", "string", "The site that copied the page, where that shows."),
        _c("wire", "string", "The news agency whose copy it is, where the text says so."),
        _c("headline", "string", "The headline."),
        _c("byline", "string", "Who wrote it, as the page says."),
        _c("url", "string", "Its address, where known. Never opened."),
        _c("scraped", "date", "The day the page was copied, where known."),
        _c("published_earliest", "date", "First day on which it may have been published."),
        _c("published_latest", "date", "Last day on which it may have been published."),
        _c("published_basis", "string", "What the publication interval rests on."),
        _c("language", "string", "ISO 639-1 code."),
        _c("on_topic", "bool", "Whether a topic pack applies to it; null where no pack was used."),
        _c("on_topic_evidence", "string", "The topic words found in it."),
        _c("version_group", "string", "Articles that are versions of one text share this id."),
        _c("words", "int", "Words in the text."),
        _c("text", "string", "The article's kept segments joined by a newline."),
        _CORRECTED,
    )),
    Table("sentences", "a sentence", (
        _ARTICLE,
        _c("paragraph", "int", "Number of the paragraph in the article, from 0."),
        _c("sentence", "int", "Number of the sentence in the article, from 0."),
        _START, _END,
        _c("voice", "enum", "narration, quotation, or mixed where part of the sentence is quoted.", *VOICES),
        _CORRECTED,
    )),
    Table("quotes", "one passage inside one pair of quotation marks", (
        _ARTICLE, _FIELD,
        _c("quote_id", "string", "Passages of one quotation share this id."),
        _START, _END, _TEXT,
        _c("kind", "enum", "direct, mixed, scare, title or hypothetical.", *QUOTE_KINDS),
        _c("closed", "bool", "Whether the passage has both its marks."),
        _c("speaker_text", "string", "The words on the page that name the speaker."),
        _c("speaker_start", "offset", "Where speaker_text begins."),
        _c("speaker_end", "offset", "Where speaker_text ends (exclusive)."),
        _c("speaker", "string", "Resolved name or office."),
        _ACTOR,
        _c("role", "string", "The speaker's role, as the text or a dated list of office-holders gives it."),
        _c("party", "string", "The speaker's party, where certain."),
        _c("cue", "string", "The word or words that introduce the speech."),
        _c("attribution", "enum", "How the speaker was found.", *ATTRIBUTIONS),
        _c("cue_start", "offset", "Where cue begins."),
        _c("cue_end", "offset", "Where cue ends (exclusive)."),
        _CORRECTED,
    )),
    Table("reported", "indirect speech: a cue with a clause, not in quotation marks", (
        *_SPAN,
        _c("cue", "string", "The word that reports the speech."),
        _c("speaker_text", "string", "The words on the page that name the speaker."),
        _SPEAKER, _ACTOR,
        _CORRECTED,
    )),
    Table("mentions", "a mention of an actor", (*_SPAN, _ACTOR, _CORRECTED)),
    Table("actors", "an actor of the corpus", (
        _ACTOR,
        _c("name", "string", "Full name, or the office's name."),
        _c("kind", "enum", "What sort of actor it is.", "person", "office", "organisation", "group"),
        _c("role", "string", "Role as given."),
        _c("party", "string", "Party, where certain."),
        _c("country", "string", "Country, where certain."),
        _c("mentions", "int", "Mentions in the corpus."),
    )),
    Table("dates", "a date expression", (
        *_SPAN,
        _c("type", "enum", "TIMEX3 type.", "DATE", "TIME", "DURATION", "SET"),
        _c("value", "string", "TIMEX3 value."),
        _c("earliest", "date", "First day the expression may mean."),
        _c("latest", "date", "Last day the expression may mean."),
        _c("basis", "string", "What the interval rests on."),
        _CORRECTED,
    )),
    Table("figures", "a number with what it counts", (
        *_FIELD_SPAN,
        _c("value", "float", "The number, with its scale applied; the low end of a range."),
        _c("high", "float", "The high end of a range."),
        _c("unit", "string", "percent, a currency in words, a unit, or the counted noun in the singular."),
        _c("change", "enum", "= exactly, ~ about, > more than, < nearly or up to, up or down: a difference.",
           "=", "~", ">", "<", "up", "down"),
        _c("measure", "string", "The noun phrase counted or governed."),
        _c("codebook_measure", "string", "The measure that the figure gives, as the topic pack calls it."),
        _c("period", "string", "What it counts over, where the text says: year to date, day, week, month, "
           "year, 4 months, since 2018. Claims are about the same thing where measure and period agree."),
        _c("as_of_earliest", "date", "First day the figure speaks of."),
        _c("as_of_latest", "date", "Last day the figure speaks of."),
        _c("attributed_to", "string", "Who gives the figure, where the sentence says so."),
        _VOICE, _QUOTE,
        _c("direction", "enum", "Where the number is how much something moved by: which way. A movement that "
           "is named ('a cut of nearly 300') keeps its own change.", "up", "down"),
        _CORRECTED,
    )),
    Table("events", "an event that one sentence tells, with its days where they are known", (
        _ARTICLE, _FIELD,
        _c("event_id", "string", "Tellings of one event share this id."),
        _START, _END, _TEXT,
        _c("trigger", "string", "The verb or noun that asserts the happening."),
        _c("trigger_start", "offset", "Where the trigger begins."),
        _c("trigger_end", "offset", "Where the trigger ends (exclusive)."),
        _c("what", "string", "The clause around the trigger."),
        _c("instrument", "string", "The policy instrument, from the topic pack."),
        _c("actors", "list", "Names of the actors in the sentence."),
        _c("status", "enum", "What the text says of it, not what came later.", *STATUSES),
        _c("modality", "string", "The word that hedges or obliges (may, should, expected to)."),
        _c("negated", "bool", "Whether the sentence denies it."),
        _c("date_text", "string", "The words that date it."),
        _c("date_earliest", "date", "First day on which it may have happened."),
        _c("date_latest", "date", "Last day on which it may have happened."),
        _c("date_basis", "string", "What dates it: its words, a date near it, another telling, publication."),
        _VOICE, _QUOTE,
        _CORRECTED,
    )),
    Table("frames", "a match of a frame codebook", (
        *_FIELD_SPAN,
        _c("codebook", "string", "The codebook's name."),
        _c("version", "string", "The codebook's version."),
        _c("frame", "string", "The frame."),
        _c("entry", "string", "The entry of the codebook that matched."),
        _VOICE, _SPEAKER, _QUOTE,
        _CORRECTED,
    )),
    Table("terms", "a term for the people or process that a topic pack follows", (
        *_FIELD_SPAN,
        _c("term_group", "string", "The group of terms in the topic pack."),
        _c("use", "enum", "Whether it names people, modifies a noun, or names the process.",
           "person", "modifier", "process"),
        _c("entry", "string", "The entry of the topic pack that matched."),
        _VOICE, _SPEAKER, _QUOTE,
        _CORRECTED,
    )),
    Table("reuse", "a passage that two articles share word for word", (
        _c("article_a", "string", "The first article."),
        _c("start_a", "offset", "Where the passage begins in the first article."),
        _c("end_a", "offset", "Where it ends there (exclusive)."),
        _c("article_b", "string", "The second article."),
        _c("start_b", "offset", "Where the passage begins in the second article."),
        _c("end_b", "offset", "Where it ends there (exclusive)."),
        _c("words", "int", "Words in the passage."),
        _c("containment", "float", "Share (0 to 1) of the shorter article's five-word runs in the other."),
    )),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}

_DICTIONARY_HEAD = """\
# Data dictionary

Every table that `framelines extract` writes, and every column in its order. This page is made from
`analysis/schema.py` by `make docs`; do not edit it by hand.

| type | what stands there |
|---|---|
| string | text, an id or a name |
| enum | one of the values listed |
| int | a count |
| offset | a position in characters, counted from 0; an end is exclusive |
| float | a number that need not be whole |
| bool | yes or no |
| date | a calendar day, YYYY-MM-DD; the two ends of an interval are both set or both null |
| list | a list of strings |

Unknown is null everywhere. In every table that has `text` beside `start` and `end`, `text` is exactly the
characters from `start` to `end` of the article's `text` (of its `headline`, where `field` says so).
"""


def table(name: str) -> Table:
    """Look a table of the contract up.

    Raises:
        UnknownNameError: There is no such table.
    """
    if name not in TABLES:
        raise UnknownNameError.among("table", name, TABLES)
    return TABLES[name]


def build_frame(name: str, rows: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Make a DataFrame of a table: every column of the contract, in order, with its dtype.

    Columns that a row does not give are null. Columns beyond the contract follow, in order of appearance.

    Args:
        name: A table of the contract.
        rows: One mapping a row.

    Raises:
        UnknownNameError: There is no such table.
    """
    spec, rows = table(name), list(rows)
    extra = [key for key in dict.fromkeys(key for row in rows for key in row) if key not in spec.names]
    data: dict[str, pd.Series] = {}
    for column in spec.columns:
        values = [known_value(row.get(column.name)) for row in rows]
        data[column.name] = pd.Series(values, dtype=column.dtype)
    for key in extra:
        data[key] = pd.Series([known_value(row.get(key)) for row in rows], dtype="object")
    return pd.DataFrame(data, columns=[*spec.names, *extra])


def find_faults(name: str, frame: pd.DataFrame) -> list[str]:
    """List what breaks the contract in a table; an empty list means that it holds."""
    spec = table(name)
    faults = [f"{name}: column '{missing}' is missing" for missing in spec.names if missing not in frame]
    if faults:
        return faults
    if list(frame.columns[: len(spec.names)]) != spec.names:
        faults.append(f"{name}: the columns are not in the contract's order")
    for column in spec.columns:
        values = frame[column.name]
        if column.values:
            bad = sorted(set(values.dropna()) - set(column.values))
            if bad:
                faults.append(f"{name}.{column.name}: {bad[0]!r} is not one of {', '.join(column.values)}")
        if column.type == "date":
            wrong = values.dropna()[~values.dropna().str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
            if len(wrong):
                faults.append(f"{name}.{column.name}: {wrong.iloc[0]!r} is not a date YYYY-MM-DD")
        if column.type in ("string", "enum") and (values == "").fillna(False).any():
            faults.append(f"{name}.{column.name}: an empty string stands where null should")
    return faults


def describe_tables() -> str:
    """Write the data dictionary, docs/data-dictionary.md: every table and column as Markdown."""
    parts = [_DICTIONARY_HEAD]
    for spec in TABLES.values():
        lines = [f"## {spec.name}", "", f"One row is {spec.row}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{column.name}` | {column.type} | {_describe(column)} |" for column in spec.columns]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _describe(column: Column) -> str:
    """Meaning of a column, with the values of an enum, as it stands in a cell of a Markdown table."""
    values = f" Values: {', '.join(f'`{value}`' for value in column.values)}." if column.values else ""
    return (column.meaning + values).replace("|", "\\|")


def known_value(value: Any) -> Any:
    """The value, or None where it says nothing: an empty text, or no number."""
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return value
