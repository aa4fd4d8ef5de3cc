"""Framelines: framing, policy timelines and source comparison of political news, with the evidence.

>>> import analysis as an
>>> corpus = an.load("seeds")
>>> tables = an.extract(corpus)
>>> tables.quotes[["speaker", "text"]]
"""

from analysis.corpus import Article, Corpus
from analysis.corpus import load_corpus as load
from analysis.extraction import Tables
from analysis.progress import show_progress
from analysis.store import extract, write_tables

__all__ = ["Article", "Corpus", "Tables", "extract", "load", "show_progress", "write_tables"]
