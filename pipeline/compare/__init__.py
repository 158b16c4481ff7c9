"""Across articles: which claims are of one event."""
