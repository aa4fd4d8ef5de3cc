"""Files to pages to articles."""

from analysis.corpus.articles import Article, PlacedSegment
from analysis.corpus.corpus import Corpus
from analysis.corpus.load import load_corpus
from analysis.corpus.pages import Page

__all__ = ["Article", "Corpus", "Page", "PlacedSegment", "load_corpus"]
