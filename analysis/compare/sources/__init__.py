"""Sources side by side: which articles are compared, how far they can be, and where they differ."""
