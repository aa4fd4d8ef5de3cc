"""Tables on disk: kept by content so that nothing is made twice, written for the user, and asked in SQL."""

from analysis.store.extracting import extract, extract_into_store, is_cached
from analysis.store.folder import Store, cache_folder
from analysis.store.keys import fingerprint_extraction, hash_files
from analysis.store.loading import load
from analysis.store.sql import ask, open_corpus, open_files
from analysis.store.writing import FORMATS, MARKER, check_output, write_answer, write_tables

__all__ = [
    "FORMATS",
    "MARKER",
    "Store",
    "ask",
    "cache_folder",
    "check_output",
    "extract",
    "extract_into_store",
    "fingerprint_extraction",
    "hash_files",
    "is_cached",
    "load",
    "open_corpus",
    "open_files",
    "write_answer",
    "write_tables",
]
