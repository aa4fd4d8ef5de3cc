"""The codebooks that the guide shows can be loaded as they stand, and find what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy

from analysis.codebooks import GENERIC_CODEBOOKS, load_codebook, load_topic
from analysis.matching import EntryMatcher

GUIDE = (Path(__file__).parents[1] / "docs" / "codebooks.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The guide's codebooks by name, each read from a file."""
    codebooks = {}
    for number, text in enumerate(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)):
        path = tmp_path_factory.mktemp("guide") / f"{number}.toml"
        path.write_text(text, encoding="utf-8")
        codebook = load_codebook(path)
        codebooks[codebook.name] = codebook
    return codebooks


def test_the_example_finds_its_example(shown) -> None:
    codebook, nlp = shown["harbour_frames"], spacy.blank("en")
    find = EntryMatcher(nlp, codebook.entries).find
    (example,) = codebook.categories[0].examples
    assert find(nlp(example))
    assert not find(nlp("They lost a boat at sea. They will not lose their boats."))
    assert not find(nlp("The quota was published on Monday."))


def test_an_extension_leaves_out_what_it_says(shown) -> None:
    entries = {entry.id for entry in shown["my_policy_frames"].entries}
    parent = {entry.id for entry in load_codebook("policy_frames").entries}
    assert parent - entries == {"economic:taxation"}
    assert entries - parent == {"economic:growth"}


def test_the_guide_names_the_codebooks_that_ship_and_where_they_run() -> None:
    listed = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", GUIDE, re.MULTILINE)
    shipped = dict(listed[:5])
    topical = [name for name, where in shipped.items() if name not in GENERIC_CODEBOOKS]
    assert [name for name in shipped if name in GENERIC_CODEBOOKS] == list(GENERIC_CODEBOOKS)
    assert sorted(topical) == sorted(load_topic("uk_migration").codebooks)
