"""The seed pages and what was marked in them by hand are kept byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

SHA256 = {
    "seeds/000_caf9617b41726f83.txt": "0d6a1c4cfe25d3f0581c35ec897b3d05d06da73e59b2857ba7964716857c6e25",
    "seeds/001_ee4847ebff879ed1.txt": "abc0ab08e9cc236dba4e63c0d583ebaea16c88f8cf732d43d30c911f2d5bac04",
    "seeds/002_db1d9a706e025b8f.txt": "d2e9241a93de386207403cb2eed40d0935abeaddd401f066349cbccf55b5deee",
    "seeds/003_6f21b80cc08b4ea9.txt": "46f05219b833ebbc54258d2ba1c5cbbc77e186af2655835e2f43eb830a3beb4e",
    "seeds/004_a577873e2491d8f5.txt": "74d5ac19b343c788cbb652d384c3e50b06d2aec1e7b2a3dbf0dde3685217750f",
    "tests/gold/actors.json": "0a9b146f1f684485cbbbcdc486684ad77377bc10279e30d756b03d2f5d50afbe",
    "tests/gold/articles.json": "bd5483b4e7b05f9890b3d24f23001ab4fa8f9a0fe3ea5ee3613f2353a42ca163",
    "tests/gold/events.json": "06a420738501a6384531ebd2700d157488f16de26e52dc4b3ba42152f25dd799",
    "tests/gold/figures.json": "445902ddb0bd55f58932c963d23418374ff7d25632f6e5b00ba67facee921118",
    "tests/gold/frames.json": "5dbb7c54ac95478359d25991b5a2451a9108ce8429a1d9e999f2325e1567afa0",
    "tests/gold/quotes.json": "b3eba3dedb47c6ee8aa627e7789a55c094e6ba51ad83931411ad8fd4a407fcda",
}


@pytest.mark.parametrize("path", SHA256)
def test_file_is_unchanged(path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == SHA256[path]


def test_every_page_and_every_gold_file_is_pinned() -> None:
    found = [*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/gold/*.json")]
    assert {path.relative_to(ROOT).as_posix() for path in found} == set(SHA256)


def test_readme_names_every_page() -> None:
    readme = (ROOT / "seeds/README.md").read_text(encoding="utf-8")
    missing = [page.name for page in ROOT.glob("seeds/*.txt") if page.name not in readme]
    assert missing == []


def test_git_leaves_their_bytes_alone() -> None:
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "seeds/*.txt -text" in rules
    assert "tests/gold/* -text" in rules
