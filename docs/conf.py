"""How Sphinx builds the documentation: `make docs`, or `python -m sphinx docs build/docs`."""

import re
from importlib import metadata

from pygments.lexers import TextLexer
from sphinx.application import Sphinx

project = "Framelines"
author = "Framelines contributors"
release = metadata.version("framelines")
html_title = f"Framelines {release}"
language = "en"

extensions = ["myst_parser"]
exclude_patterns = ["examples/**"]
# The pages are read on code hosts too, so their links name headings as those do.
myst_heading_anchors = 4

html_theme = "furo"
html_copy_source = False
html_show_copyright = False


def _bring_along(app: Sphinx, docname: str, source: list[str]) -> None:
    """Links to pages outside of this folder, such as the README, become files that travel with the HTML."""
    source[0] = re.sub(r"\[([^\]]+)\]\((\.\./[^)#]+\.md)(?:#[^)]*)?\)", r"{download}`\1 <\2>`", source[0])


def setup(app: Sphinx) -> None:
    """Say what MyST does not know by itself."""
    app.connect("source-read", _bring_along)
    app.add_lexer("csv", TextLexer)
