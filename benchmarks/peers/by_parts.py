"""Ours with parts of the language model added or switched off, to see what each is worth."""

from __future__ import annotations

import by_framelines
import spacy
from spacy.language import Language

from analysis.language.pipeline import build_pipeline, find_model
from analysis.language.syntax import Syntax, choose_all


class Finder(by_framelines.Finder):
    """Ours, with the pipeline that it is about to use changed as a row of the table says.

    Args:
        row: "shipped" changes nothing; "whole text" tags and parses every sentence; "whole text and names"
            runs the model's named entities, too; "no base forms" leaves out the part of speech and the
            lemma; "tags alone" leaves out the parser; "no model" leaves out all.
    """

    def __init__(self, row: str) -> None:
        super().__init__()
        self.about += f", {row}"
        nlp = build_pipeline(by_framelines.COMPONENTS)
        syntax = nlp.get_pipe("framelines_syntax")
        if row.startswith("whole text"):
            syntax.choose = choose_all
        if row == "whole text and names":
            add_names(nlp)
        elif row == "no base forms":
            syntax.naming = []
        elif row == "tags alone":
            leave_out(syntax, "parser")
        elif row == "no model":
            nlp.remove_pipe("framelines_syntax")


def add_names(nlp: Language) -> None:
    """Run the model's named entities before everything else; `actors` reads them where they are."""
    nlp.add_pipe("ner", source=spacy.load(find_model()), first=True)


def leave_out(syntax: Syntax, name: str) -> None:
    """Take one part of the model out of the syntax."""
    syntax.parts = [part for part in syntax.parts if part.name != name]
