"""Files to pages to articles."""

from analysis.corpus.articles import Article, PlacedSegment
from analysis.corpus.load import Corpus, load_corpus
from analysis.corpus.pages import Page

__all__ = ["Article", "Corpus", "Page", "PlacedSegment", "load_corpus"]
