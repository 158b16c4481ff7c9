"""Engines decide in which processes ``process_all()`` runs, never what it does: all give the same results, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from pipeline.records import Article, Rejected, Result

#: What comes to be extracted, and what passes through.
Item = Article | Rejected | Result

#: What gives the versions that a result depends on, by what they are of: {"spacy": "3.8.7", ...}.
Versions = Callable[[], Mapping[str, str]]

#: How the reason of every article begins that was read but couldn't be processed.
PROCESSING_FAILED = "processing failed"
#: The line that a worker writes after the last one of a result.
END_OF_RESULT = "end"


class Engine(Protocol):
    """Whatever calls ``process_all()``: a Result for every Article, in order; all else passes through in its place."""

    def __call__(self, items: Iterable[Item], /) -> Iterator[Result | Rejected]:
        """What the items give; closing the iterator early ends whatever the engine has started."""
