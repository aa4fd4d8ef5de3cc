"""How Sphinx builds the documentation: `make docs`, or `python -m sphinx docs build/docs`."""

from importlib import metadata

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
