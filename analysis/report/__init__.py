"""Notebooks -> pages to share: running them, and writing each as one offline HTML file."""
