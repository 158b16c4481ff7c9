"""Python's search for garbage in cycles, kept away from what is loaded once and stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Python searches new objects after 700 of them, and all after each tenth such search of a tenth search. An article
#: makes some 100,000, of which one or two are ever in a cycle, so it does to search when there are 100,000 more than
#: were freed: six times for 350 articles, where each 20,000 took twice as long.
_OBJECTS_BEFORE_SEARCH = 100_000


def spare_what_is_loaded() -> None:
    """Take all that is in memory now out of the searches, and search less often; for a process that only extracts.

    The model and the knowledge are 150,000 objects, which each full search would look through. Nor does a search
    write into them, so that processes forked from this one share their memory for longer. There is no search before:
    what is loaded leaves a dozen objects of garbage, and to look for them takes as long as two articles.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_BEFORE_SEARCH, 10, 10)


@contextmanager
def without_searches() -> Iterator[None]:
    """Search nothing while the block imports and loads: it makes objects that stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def spare_what_is_made() -> Iterator[None]:
    """Search neither while the block makes many objects that stay, as a list of all claims, nor in these later."""
    with without_searches():
        try:
            yield
        finally:
            gc.freeze()
