"""Across articles: which carry the same story, which claims are of one event."""

from pipeline.compare.copies import Copy, Sketch, find_copies, make_sketch

__all__ = ["Copy", "Sketch", "find_copies", "make_sketch"]
