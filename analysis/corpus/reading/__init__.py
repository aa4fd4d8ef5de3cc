"""One file to what is in it: pages with what their format shows, records, and problems."""
