"""Across articles: which carry the same story."""

from pipeline.compare.copies import Copy, Sketch, find_copies, make_sketch

__all__ = ["Copy", "Sketch", "find_copies", "make_sketch"]
