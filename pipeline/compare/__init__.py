"""Across articles: which carry the same story, which claims are of one event, which agree or contradict each other."""

from pipeline.compare.agreement import Agreement, find_agreement
from pipeline.compare.copies import Copy, Sketch, find_copies, make_sketch

__all__ = ["Agreement", "Copy", "Sketch", "find_agreement", "find_copies", "make_sketch"]
