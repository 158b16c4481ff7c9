"""Exports of press databases: many articles in one text, each with fields around it.

``find_entries`` tries the parsers in order. To read another database, write a module beside these with a function from
lines to entries and add it to ``_SYSTEMS``.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.corpus.press.entries import Entry, Lines, clean_lines
from pipeline.corpus.press.europresse import find_europresse_entries
from pipeline.corpus.press.factiva import find_factiva_entries
from pipeline.corpus.press.lexisnexis import find_lexisnexis_entries
from pipeline.corpus.press.newsbank import find_newsbank_entries
from pipeline.corpus.press.nexis import find_nexis_entries
from pipeline.corpus.press.proquest import find_proquest_entries

__all__ = ["Entry", "clean_lines", "find_entries"]

#: The parser of each database, the one with the surest signs first.
_SYSTEMS: tuple[Callable[[Lines], tuple[Entry, ...]], ...] = (
    find_lexisnexis_entries,
    find_nexis_entries,
    find_factiva_entries,
    find_proquest_entries,
    find_newsbank_entries,
    find_europresse_entries,
)


def find_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of a press database's export in their order; () for lines that are no such export."""
    for find in _SYSTEMS:
        if entries := find(lines):
            return entries
    return ()
