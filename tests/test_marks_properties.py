"""Quotation marks on any text at all, on text that is composed to be read back, and on a megabyte of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from steps import count_steps

from analysis.language.marks import Passage, find_passages, read_marks

MARKS = "“”\"„‟«»‘’'‚‛‹›`´"
ROLES = {"opening", "closing", "both", "apostrophe", "measure", "misplaced", "stray"}

ANY_TEXT = st.one_of(
    st.text(alphabet=st.sampled_from("ab sS.,!?:–()\n\r'\"‘’“”«»„‚‹›`´20£\u00a0\u2028😀"), max_size=120),
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                "he said",
                "It's",
                "the workers'",
                "goin'",
                "'em",
                "No.",
                "Why?",
                " ",
                ", ",
                "\n",
                "''",
                ": ",
                "12",
            ]
        )
        | st.sampled_from([*MARKS, "\nAdvertisement\n", "\nand so", "e.g. ", "… "]),
        max_size=40,
    ).map("".join),
)


def touches(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip()


@settings(max_examples=200)
@given(ANY_TEXT)
@example("‘“0\ra\r`0")
def test_any_text_gives_well_formed_passages(text):
    open_ones: list[Passage] = []
    for passage in find_passages(text):
        assert 0 <= passage.start < passage.end <= len(text)
        assert not text[passage.start].isspace() and not text[passage.end - 1].isspace()
        assert all(passage.start <= at < passage.end for at in passage.misplaced)
        while open_ones and open_ones[-1].end <= passage.start:
            open_ones.pop()
        assert not open_ones or passage.end <= open_ones[-1].end, "passages overlap without nesting"
        assert passage.depth == len(open_ones)
        open_ones.append(passage)


@settings(max_examples=200)
@given(ANY_TEXT)
def test_no_mark_of_any_text_is_lost(text):
    roles = read_marks(text)
    covered = [at for mark in roles for at in range(mark.start, mark.end)]
    assert covered == [at for at, character in enumerate(text) if character in MARKS]
    assert {mark.role for mark in roles} <= ROLES


@settings(max_examples=200)
@given(ANY_TEXT)
def test_roles_and_passages_tell_the_same(text):
    passages, roles = find_passages(text), read_marks(text)
    opening = [mark for mark in roles if mark.role in ("opening", "both")]
    closing = [mark for mark in roles if mark.role in ("closing", "both")]
    opened = sorted(passage.start for passage in passages if passage.opened)
    closed = sorted(passage.end for passage in passages if passage.closed)
    assert len(opening) == len(opened) and len(closing) == len(closed)
    assert all(touches(text, m.end, start) for m, start in zip(opening, opened, strict=True))
    assert all(touches(text, end, m.start) for m, end in zip(closing, closed, strict=True))
    misplaced = {mark.start for mark in roles if mark.role == "misplaced"}
    assert misplaced == {at for passage in passages for at in passage.misplaced}


@settings(max_examples=150)
@given(ANY_TEXT)
def test_a_text_without_marks_around_a_text_changes_nothing(text):
    before = find_passages(text)
    after = find_passages(f"No mark here.\n\n{text}\n\nNone here, and it ends.")
    assert [(p.start - 15, p.end - 15, p.depth) for p in after] == [(p.start, p.end, p.depth) for p in before]


class Page:
    """A text that is put together piece by piece, with the passages that a reader should find in it."""

    def __init__(self, outer: str, inner: str, paragraph: str) -> None:
        self.pairs, self.paragraph = (outer, inner), paragraph
        self.text = ""
        self.passages: list[tuple[str, int, bool, bool]] = []

    def quote(self, words: str, *, closed: bool = True, continues: bool = False) -> None:
        """Quote words; a part in braces is an inner quotation."""
        (left, right), (inner_left, inner_right) = self.pairs
        inner = re.search(r"\{(.*)\}", words)
        marked = words.replace("{", inner_left).replace("}", inner_right)
        self.passages.append((marked, 0, closed, continues))
        if inner:
            self.passages.append((inner[1], 1, True, False))
        self.text += left + marked + (right if closed else "")

    def write(self, kind: str, said: list[str], part: str) -> None:
        if kind == "narrated":
            self.text += "The ministers' plan wasn't ready. It's the council's turn."
        elif kind == "led in":
            self.text += "She said: "
            self.quote(" ".join(said))
            self.text += " Then the meeting's chairman left."
        elif kind == "followed":
            self.quote(" ".join([*said[:-1], said[-1][:-1] + ","]))
            self.text += " he said."
        elif kind == "interrupted":
            self.quote(said[0][:-1] + ",")
            self.text += " the party's leader said, "
            self.quote(part + ".")
        elif kind == "part":
            self.text += "They called it "
            self.quote(part)
            self.text += " and the parties' leaders agreed."
        elif kind == "nested":
            self.quote("They told me {never again} and left. " + said[0])
            self.text += " Nobody spoke."
        elif kind == "over paragraphs":
            self.text += "He told the crowd: "
            for number, sentence in enumerate([*said, "That is all we know."]):
                closed = number == len(said)
                self.quote(sentence, closed=closed, continues=number > 0)
                self.text += "" if closed else self.paragraph


KINDS = st.sampled_from(
    ["narrated", "led in", "followed", "interrupted", "part", "nested", "over paragraphs"]
)
SAID = st.lists(
    st.sampled_from(
        [
            "We will go home tonight.",
            "It's over, and they don't know it.",
            "The nurses' vote came too late.",
            "Twelve boats have come since Monday.",
            "Nobody's asked us what we want.",
            "Britain can't wait for that.",
        ]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)
PART = st.sampled_from(
    ["a complete mess", "not good enough", "and they've no answer", "beyond the people's reach"]
)
STYLES = st.sampled_from(
    [
        ("“”", "‘’"),
        ('""', "''"),
        ("‘’", "“”"),
        ("''", '""'),
        ("‘'", '""'),
        ('“"', "‘’"),
        ("«»", "‹›"),
        ("„“", "‚‘"),
    ]
)


def compose(style, paragraph: str, pieces) -> Page:
    page = Page(*style, paragraph)
    for number, (kind, said, part) in enumerate(pieces):
        page.text += paragraph if number else ""
        page.write(kind, said, part)
    return page


def read_back(text: str) -> list[tuple[str, int, bool, bool]]:
    return [(text[p.start : p.end], p.depth, p.closed, p.continues) for p in find_passages(text)]


@settings(max_examples=100)
@given(
    STYLES,
    st.sampled_from(["\n", "\n\n", "\r\n"]),
    st.lists(st.tuples(KINDS, SAID, PART), min_size=1, max_size=6),
)
def test_a_composed_page_is_read_back(style, paragraph, pieces):
    page = compose(style, paragraph, pieces)
    assert read_back(page.text) == page.passages


@settings(max_examples=100)
@given(STYLES, st.lists(st.tuples(KINDS, SAID, PART), min_size=1, max_size=6))
def test_a_composed_page_on_one_line_is_read_back(style, pieces):
    page = compose(style, " ", pieces)
    assert read_back(page.text) == page.passages


PATHOLOGICAL = {
    "news": "He said: 'It's late, and the workers' vote was \"a mess\".' They left. “One. “Two,” she said. ",
    "news in lines": "He said: 'It's late, and the workers' vote was “bad”.'\n\"One.\n\"Two,\" she said.\n",
    "marks alone": "'",
    "two marks in turn": "'\"",
    "marks and spaces": "' ",
    "two marks and spaces": "' \" ",
    "apostrophes": "workers' ",
    "a mark a line": "'\n",
    "an opening mark a line": "'a\n",
    "an opening mark a sentence": "“Ab. ",
    "an opening mark a clause": "“ab, ",
    "a lost opening mark a sentence": 'It is," he ',
    "words glued by marks": "'a-",
    "doubled marks": "''a ",
    "inner passages": "‘de. fg’ ",
    "captions": "'A b.\nCaption\n",
}


@pytest.mark.parametrize("unit", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_steps_grow_with_the_text_alone(unit):
    texts = ["“A. " + unit * (size // len(unit)) for size in (4_000, 16_000)]
    short, long = (count_steps(lambda text=text: find_passages(text)) for text in texts)
    assert long < 4.2 * short + 100


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["'", "'\"", ".'", "`", "“", ".)", "'a\n", "a'a-", " \n", "Caption\n"])
def test_a_long_text_of_one_unit_is_read_to_its_end(unit):
    text = unit * (60_000 // len(unit)) + "\nHe said: “Yes.”"
    assert text[slice(*[(p.start, p.end) for p in find_passages(text)][-1])] == "Yes."
