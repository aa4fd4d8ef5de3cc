"""Frames learned from a coded sample: read it, learn from it, measure that, apply it with its evidence."""
