"""Where reader and machine differ on the hand-marked seed pages: policy frames and terms, with the sentences.

    python benchmarks/frame_differences.py [--terms]

Reads the seed pages of this folder and prints a table in Markdown, as it stands in the method pages: one row
for each frame and paragraph of an article on the topic that one of the two sees and the other does not, with
the words that speak for it. ``--terms`` does the same for the words for migrants.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis.compare.marked import MarkedPages, extract_marked, marked_frames, mean_f1

Row = dict[str, Any]
READER, MACHINE = "reader", "machine"


def find_frame_differences(pages: MarkedPages) -> Iterator[tuple[str, str, str, str]]:
    """Frame, who alone sees it, the words that speak for it, and their sentence."""
    for unit, _, matches, _ in pages.units():
        marked, found = marked_frames(unit), {row["frame"] for row in matches}
        for each in unit["frames"]:
            name = each["frame"].replace("defense", "defence")
            if name not in found:
                words = [piece["text"] for piece in each["evidence"]]
                yield name, READER, _join(words), cut_sentence(unit["text"], words[0])
        for name in sorted(found - marked):
            words = [row["text"] for row in matches if row["frame"] == name]
            yield name, MACHINE, _join(words), cut_sentence(unit["text"], words[0])


def find_term_differences(pages: MarkedPages) -> Iterator[tuple[str, str, str, str]]:
    """Use, who alone counts the word, the word, and its sentence."""
    for unit, _, _, terms in pages.units():
        marked = Counter(_plain(term["text"]) for term in unit["terms"])
        found = Counter(_plain(row["text"]) for row in terms)
        for term in unit["terms"]:
            if (marked - found)[_plain(term["text"])]:
                yield term["type"], READER, term["text"], cut_sentence(unit["text"], term["text"])
        for row in terms:
            if (found - marked)[_plain(row["text"])]:
                yield row["use"], MACHINE, row["text"], cut_sentence(unit["text"], row["text"])


def cut_sentence(text: str, words: str) -> str:
    """The sentence of a paragraph that holds the words; the paragraph where none does."""
    sentences = re.split(r"(?<=[.!?])[\"'”’]?\s+", text)
    return next((sentence for sentence in sentences if words in sentence), text)


def _join(words: list[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").split())


def write_table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Rows as a table in Markdown."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def main() -> None:
    """Print the scores and the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--terms", action="store_true", help="words for migrants instead of policy frames")
    terms = parser.parse_args().terms
    pages = MarkedPages(extract_marked(settings=True))
    if terms:
        score = pages.score_terms()
        print(f"Terms: marked {score.marked}, found {score.found}, F1 {score.f1:.3f}.\n")
    else:
        print(f"Policy frames by paragraph: macro F1 {mean_f1(pages.score_frames()):.3f}.\n")
    rows = sorted(set(find_term_differences(pages) if terms else find_frame_differences(pages)))
    print(write_table(("use" if terms else "frame", "seen by", "words", "sentence"), rows))


if __name__ == "__main__":
    main()
