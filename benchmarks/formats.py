"""What archive exports count themselves, beside what Framelines finds in them.

    python benchmarks/formats.py [--data DIR] [--words]

DIR holds exports in any layout of folders: your own from Nexis, Factiva or Europresse, or those among the
tests of public readers of such files. Without it, made-up exports of our own are built and read: that
shows that the formats are read, not how well the archives' own files are. ``--words`` also prints every
document whose text is more than a tenth shorter or longer than the export says.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import analysis as an  # noqa: E402

# What each format marks its documents with, counted in the file itself and not by the readers.
MARKERS = (
    (
        "N of M DOCUMENTS",
        re.compile(r"\b[0-9.,]+ (?:of|von|van|de) [0-9.,]+ DO[CK]|^ *Dokument [0-9]+ von", re.M),
    ),
    ("End of Document", re.compile(r"^\s*End of Document\s*$", re.M)),
    ("Factiva number", re.compile(r">\s*Do[ck]ument [A-Z0-9]+[a-z0-9]+\s*<")),
    ("accessionNo", re.compile(r"<accessionNo>")),
    ("Europresse number", re.compile(r"Numéro de document")),
)
_DOC_MARK = re.compile(r"<DOC NUMBER=")
_STATED = re.compile(
    r"([0-9][0-9.,]*)\s+(?:words|mots|w(?:ö|oe|\ufffd)rter|woorden|palabras|parole)$", re.IGNORECASE
)
_TOLERANCE = 0.1


@dataclass
class Measured:
    """One file: its markers, what was found, and the words stated and found by article."""

    path: Path
    marker: str
    counted: int | None
    found: int
    outlets: int
    headlines: int
    dates: int
    words: list[tuple[str, int, int]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def measure(path: Path) -> Measured:
    """Load one file and compare."""
    raw = _read_raw(path)
    marker, counted = _count_markers(raw)
    try:
        corpus = an.load(path)
    except an.WorkbookError as error:
        return Measured(path, marker, counted, 0, 0, 0, 0, problems=[str(error).splitlines()[0]])
    stated: dict[str, int] = {}
    for placed in corpus.segments:
        text = next((p.page.text for p in corpus.pages if p.page.page == placed.page), "")
        words = _find_stated(placed.segment.text(text), placed.segment.rule)
        if words is not None and placed.article_id:
            stated.setdefault(placed.article_id, words)
    articles = corpus.articles
    return Measured(
        path,
        marker,
        counted,
        len(articles),
        sum(article.outlet is not None for article in articles),
        sum(article.headline is not None for article in articles),
        # A day, and not an interval that the text bounds.
        sum(
            a.published_earliest is not None and a.published_earliest == a.published_latest for a in articles
        ),
        [(a.article_id, stated[a.article_id], a.words) for a in articles if a.article_id in stated],
        [str(problem) for problem in corpus.problems],
    )


def _read_raw(path: Path) -> str:
    if path.suffix.lower() == ".docx":
        import docx

        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return path.read_bytes().decode("utf-8", "replace")


def _count_markers(raw: str) -> tuple[str, int | None]:
    marks = len(_DOC_MARK.findall(raw))
    if marks:
        return "DOC NUMBER", marks
    counts = [(name, len(pattern.findall(raw))) for name, pattern in MARKERS]
    name, count = max(counts, key=lambda item: item[1])
    return (name, count) if count else ("none", None)


def _find_stated(text: str, rule: str) -> int | None:
    match = re.fullmatch("([0-9]+)", text) if rule.endswith("wordCount") else None
    match = match or (_STATED.search(text) if len(text) < 60 else None)
    return int(re.sub(r"\D", "", match[1])) if match else None


def build_samples(folder: Path) -> None:
    """Made-up exports of every format, five documents each."""
    import made_exports as made

    documents = made.make_documents(5)
    for language in made.LANGUAGES:
        (folder / f"nexis-{language}.txt").write_text(made.nexis_text(documents, language=language), "utf-8")
    pages = {
        "nexis.html": made.nexis_html(documents),
        "factiva-plain.html": made.factiva_html(documents),
        "factiva-coded.html": made.factiva_html(documents, coded=True, language="de"),
        "factiva.xml": made.factiva_xml(documents),
        "europresse.html": made.europresse_html(documents),
    }
    for name, page in pages.items():
        (folder / name).write_text(page, "utf-8")
    made.write_docx(folder / "nexis-uni.docx", made.nexis_uni(documents))
    made.write_rtf(folder / "nexis-uni.rtf", made.nexis_uni(documents))


def report(measured: Iterable[Measured], *, words: bool) -> None:
    """Print the table, its totals, and the documents whose length is off."""
    rows = list(measured)
    heads = f"{'counted':>7} {'found':>6} {'outlet':>6} {'headl.':>6} {'date':>6} {'words':>7}"
    print(f"{'file':42} {'marker':18} {heads}")
    for row in rows:
        shares = [found / stated for _, stated, found in row.words if stated]
        share = f"{sorted(shares)[len(shares) // 2]:7.2f}" if shares else "      -"
        print(
            f"{row.path.name:42} {row.marker:18} {'-' if row.counted is None else row.counted:>7} "
            f"{row.found:6} {row.outlets:6} {row.headlines:6} {row.dates:6} {share}"
        )
    counted = [row for row in rows if row.counted is not None]
    found = sum(row.found for row in counted)
    print(
        f"\nDocuments counted {sum(row.counted or 0 for row in counted)}, articles found {found}",
        end="; with ",
    )
    for name, count in (
        ("outlet", sum(row.outlets for row in counted)),
        ("headline", sum(row.headlines for row in counted)),
        ("date", sum(row.dates for row in counted)),
    ):
        print(
            f"{name} {count} ({count / found:.1%})" if found else name, end=", " if name != "date" else ".\n"
        )
    print("words: median of words found / words that the export states.")
    for row in rows:
        for article_id, stated, number in row.words if words else ():
            if abs(number - stated) > _TOLERANCE * stated:
                print(f"  {article_id}: {number} words, {stated} stated")
        for problem in row.problems if words else ():
            print(f"  {problem}")


def main() -> None:
    """Measure the files of a folder, or made-up ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder of exports")
    parser.add_argument(
        "--words", action="store_true", help="print problems, and documents of another length"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.data
        if folder is None:
            print("No --data: made-up exports of our own, five documents each.\n")
            folder = Path(made)
            build_samples(folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        report((measure(path) for path in files if path.name.lower() != "readme.md"), words=options.words)


if __name__ == "__main__":
    main()
