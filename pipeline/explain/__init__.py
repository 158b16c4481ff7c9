"""Shows why: what was found in each sentence of an article, and why claims of several articles are of one event."""

from pipeline.explain.events import explain_event
from pipeline.explain.sentences import explain

__all__ = ["explain", "explain_event"]
