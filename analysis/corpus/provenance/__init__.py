"""Who published an article, whose copy it is, and when: what the page and the text say, with the basis."""
