"""What ``import analysis as an`` offers: all of it importable, documented, and nothing heavy at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

import analysis as an


@pytest.mark.parametrize("name", an.__all__)
def test_every_public_name_is_importable_and_documented(name):
    value = getattr(an, name)
    assert (value.__doc__ or "").strip(), f"{name} has no docstring"


def test_dir_is_the_public_face():
    assert dir(an) == an.__all__ == sorted(an.__all__)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'extrct'"):
        an.extrct  # noqa: B018


def test_importing_the_package_imports_nothing_heavy():
    heavy = ("spacy", "pandas", "plotly", "anywidget")
    code = f"import sys, analysis; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
