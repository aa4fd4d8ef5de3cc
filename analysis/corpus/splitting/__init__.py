"""A page to segments, and segments to articles: which lines are text, and where one article ends."""
